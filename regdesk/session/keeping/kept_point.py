"""What a calculator is asked, as JSON holds it, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regdesk.core.fitted.column_encoding import ColumnEncoding
    from regdesk.core.fitted.encoding import Encoding
    from regdesk.session.calculator_service import Asked

MOST_LINES = 2**53
LARGEST = 1.7e308
"""About the largest number there is; no infinite number is below it, and no NaN."""


def point_look(asked: Asked) -> dict[str, Any]:
    """A cell for each column, null for a missing one; no point for the training means."""
    point, line = asked
    return {"point": None if point is None else list(point), "line": line}


def point_of(record: Any, encoding: Encoding | None) -> Asked:
    """What ``point_look`` has made ``record`` of; the training means where it is no point of ``encoding``."""
    point, line = (record.get("point"), record.get("line")) if isinstance(record, dict) else (None, 0)
    if encoding is None or not isinstance(point, list) or len(point) != len(encoding.columns):
        return None, 0
    if not all(map(_is_cell, point, encoding.columns)):
        return None, 0
    cells = tuple(one if isinstance(one, str) or one is None else float(one) for one in point)
    if not isinstance(line, int) or isinstance(line, bool) or not 0 <= line < MOST_LINES:
        return cells, 0
    return cells, line


def _is_cell(cell: Any, column: ColumnEncoding) -> bool:
    if cell is None:
        return True
    if column.levels:
        return isinstance(cell, str)
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < LARGEST
