"""One row that stands in no table: a cell for each column of a model, as a person puts them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regdesk.core.fitted.cells import LabelCells, NumberCells
from regdesk.core.fitted.column_encoding import ColumnEncoding
from regdesk.core.fitted.encoding import Encoding

Cell = float | str | None
"""A number (of dates days since 1970-01-01), a label, or None for a missing cell."""
Point = tuple[Cell, ...]
"""A cell for each column of an encoding, in their order."""


@dataclass(frozen=True)
class PointRows:
    """``points`` as rows that a model can be asked about.

    Raises ValueError when a point has not a cell for each of ``encoding``'s columns.
    """

    encoding: Encoding
    points: Sequence[Point]

    def __post_init__(self) -> None:
        n_columns = len(self.encoding.columns)
        for point in self.points:
            if len(point) != n_columns:
                raise ValueError(f"a point has {len(point)} cells, and the model {n_columns} columns")

    @property
    def n_rows(self) -> int:
        """How many there are."""
        return len(self.points)

    def cells(self, column: ColumnEncoding) -> NumberCells | LabelCells:
        """As ``Rows`` has it. Raises ValueError where a label stands for a number, or the other way round."""
        place = self._places[column.name]
        return _cells_of(column, [point[place] for point in self.points])

    @cached_property
    def _places(self) -> dict[str, int]:
        return {column.name: place for place, column in enumerate(self.encoding.columns)}


def _cells_of(column: ColumnEncoding, cells: Sequence[Cell]) -> NumberCells | LabelCells:
    if column.levels:
        labels = tuple(dict.fromkeys(_label(column, cell) for cell in cells if cell is not None))
        codes = [-1 if cell is None else labels.index(_label(column, cell)) for cell in cells]
        return LabelCells(np.array(codes, np.int64), labels)
    numbers = [np.nan if cell is None else _number(column, cell) for cell in cells]
    return NumberCells(np.array(numbers, np.float64))


def _label(column: ColumnEncoding, cell: Cell) -> str:
    if not isinstance(cell, str):
        raise ValueError(f"{cell!r} is no label of {column.name}")
    return cell


def _number(column: ColumnEncoding, cell: Cell) -> float:
    if isinstance(cell, str) or cell is None:
        raise ValueError(f"{cell!r} is no number of {column.name}")
    return float(cell)
