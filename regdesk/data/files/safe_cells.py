"""Rows as CSV that a spreadsheet shows and does not run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from regdesk.data.columns.cells import CellClass, classify

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that some spreadsheet takes for a formula (OWASP, CSV injection)."""


def csv_bytes(rows: Iterable[Iterable[Any]]) -> bytes:
    """``rows`` as CSV in UTF-8: None is an empty cell, numbers stay as they are, words are made safe."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "surrogateescape")


def _safe(cell: Any) -> Any:
    if cell is None:
        return ""
    return safe_cell(cell) if isinstance(cell, str) else cell


def safe_cell(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would run it; a word that is a number stays one."""
    is_run = text.lstrip(" ").startswith(_RUN)
    is_number = classify(text.strip()) in (CellClass.WHOLE, CellClass.POINT, CellClass.COMMA)
    return f"'{text}" if is_run and not is_number else text


def own_cell(text: str) -> str:
    """What ``text`` was before ``safe_cell`` put an apostrophe before it; ``text`` where it has not."""
    rest = text.removeprefix("'")
    return rest if rest != text and safe_cell(rest) == text else text


def tsv_text(rows: Iterable[Iterable[Any]]) -> str:
    """``rows`` with tabs between the cells, as spreadsheets paste them; words are made safe and stay on their line."""
    return "".join("\t".join(_tab_cell(cell) for cell in row) + "\n" for row in rows)


def _tab_cell(cell: Any) -> str:
    safe = _safe(cell)
    return " ".join(safe.replace("\0", " ").split()) if isinstance(safe, str) else str(safe)
