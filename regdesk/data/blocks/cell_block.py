"""The cells of many neighbouring rows as bytes, and those of one column as a builder asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Booleans, Integers

if TYPE_CHECKING:
    from regdesk.core.engine.cell_splitter import CellMarks

_FEW = 50
"""Cells: to look for equal ones among them takes longer than to read all."""


@dataclass(frozen=True)
class CellBlock:
    """Cells of ``n_rows`` rows and ``n_columns`` columns.

    Attributes:
        text: the bytes, with ``BYTES_BEHIND`` others behind the last cell.
        marks: ``(n_columns, n_rows)``, where they stand in it, and the numbers that they are.
        encoding: what the bytes are text in.
        quote: what stands twice in a cell that is quoted; empty where nothing does.
        mark: what probably begins decimals, '.' or ','.
    """

    text: NDArray[np.uint8]
    marks: CellMarks
    encoding: str
    quote: str
    mark: str

    @property
    def n_rows(self) -> int:
        return int(self.marks.starts.shape[1])

    def column(self, number: int) -> ColumnCells:
        """The cells of one column."""
        return ColumnCells(self, self.marks.column(number))

    def row(self, number: int) -> list[str]:
        """The cells of one row."""
        marks = self.marks.rows(np.array([number]))
        return self.texts(marks.starts[:, 0], marks.ends[:, 0], marks.is_doubled[:, 0])

    def text_of_row(self, number: int) -> bytes:
        """One row as it is written, without the quotes around its first cell and its last."""
        return self.text[self.marks.starts[0, number] : self.marks.ends[-1, number]].tobytes()

    def texts(self, starts: Integers, ends: Integers, is_doubled: Booleans) -> list[str]:
        """The cells between these places."""
        text, encoding = self.text, self.encoding
        cells = [
            text[start:end].tobytes().decode(encoding)
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
        for place in np.flatnonzero(is_doubled).tolist():
            cells[place] = cells[place].replace(self.quote * 2, self.quote)
        return cells

    def taken(self, rows: slice | Integers) -> CellBlock:
        """The block with these ``rows`` alone."""
        return CellBlock(self.text, self.marks.rows(rows), self.encoding, self.quote, self.mark)


@dataclass(frozen=True)
class DistinctCells:
    """The distinct cells among many.

    Attributes:
        texts: each once, in order of their first appearance.
        kinds: ``(n_cells,)``, which of ``texts`` each cell is.
        first: ``(n_distinct,)``, the cell in which each is first.
    """

    texts: list[str]
    kinds: Integers
    first: Integers


@dataclass(frozen=True)
class ColumnCells:
    """The cells of a column of a block."""

    block: CellBlock
    marks: CellMarks

    @cached_property
    def kinds(self) -> tuple[Integers, Integers]:
        """Of each cell which of the distinct ones it is, and in which cell each of those is first."""
        marks = self.marks
        if marks.is_doubled.any():
            # Cells with the same bytes may differ, as quotes are one in one of them and two in the other.
            return _kinds_of(self.texts(np.arange(len(marks.starts))))
        from regdesk.core.engine.cell_interner import CellInterner

        kinds = CellInterner().numbers(self.block.text, marks.starts, marks.ends).astype(np.int64)
        # Numbers rise as cells come: each is first where the highest so far does.
        return kinds, np.flatnonzero(np.diff(np.maximum.accumulate(kinds), prepend=-1))

    def distinct(self) -> DistinctCells:
        """The distinct cells."""
        kinds, first = self.kinds
        return DistinctCells(self.texts(first), kinds, first)

    def distinct_of(self, rows: Integers) -> DistinctCells:
        """The distinct cells of ``rows``, whose places among these ``first`` has; of few some may come again."""
        if len(rows) < _FEW:
            every = np.arange(len(rows))
            return DistinctCells(self.texts(rows), every, every)
        return ColumnCells(self.block, self.marks.at(rows)).distinct()

    def texts(self, rows: Integers) -> list[str]:
        """The cells of ``rows``."""
        marks = self.marks
        return self.block.texts(marks.starts[rows], marks.ends[rows], marks.is_doubled[rows])


def _kinds_of(cells: list[str]) -> tuple[Integers, Integers]:
    kind_of: dict[str, int] = {}
    first: list[int] = []
    for place, cell in enumerate(cells):
        if kind_of.setdefault(cell, len(kind_of)) == len(first):
            first.append(place)
    return np.array([kind_of[cell] for cell in cells], np.int64), np.array(first, np.int64)
