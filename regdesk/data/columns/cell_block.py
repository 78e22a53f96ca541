"""The cells of many neighbouring rows as bytes, and those of one column as a builder asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regdesk.core.types import Booleans, Integers
from regdesk.data.columns.digit_runs import BYTES_BEFORE, Bytes, DigitRuns, read_digit_runs
from regdesk.data.columns.distinct_cells import distinct_cells

NEWLINE = ord("\n")


@dataclass(frozen=True)
class CellBlock:
    """Cells of ``n_rows`` rows and ``n_columns`` columns.

    Attributes:
        text: the bytes, with ``BYTES_BEFORE`` others before the first cell and ``BYTES_BEHIND`` behind the last.
        starts, ends: ``(n_rows, n_columns)``, where in ``text`` each cell begins, and the place behind its end.
        encoding: what the bytes are text in.
        mark: what probably begins decimals, '.' or ','.
        runs: the numbers in the cells, row by row, where most of the bytes are digits; else each column finds its own.
    """

    text: Bytes
    starts: Integers
    ends: Integers
    encoding: str
    mark: str
    runs: DigitRuns | None = None

    @property
    def n_rows(self) -> int:
        return len(self.starts)

    def column(self, number: int) -> ColumnCells:
        """The cells of one column."""
        return ColumnCells(self, number)

    def row(self, number: int) -> list[str]:
        """The cells of one row."""
        return self.texts(self.starts[number], self.ends[number])

    def texts(self, starts: Integers, ends: Integers) -> list[str]:
        """The cells between these places, without blanks before them."""
        text = self.text
        return [
            text[start:end].tobytes().decode(self.encoding).lstrip(" ")
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]

    def taken(self, rows: Integers) -> CellBlock:
        """The block with these ``rows`` alone."""
        return CellBlock(self.text, self.starts[rows], self.ends[rows], self.encoding, self.mark)

    def without_last(self) -> CellBlock:
        """The block without its last row."""
        n_cells = self.starts[:-1].size
        runs = None if self.runs is None else self.runs.part(slice(0, n_cells))
        return CellBlock(self.text, self.starts[:-1], self.ends[:-1], self.encoding, self.mark, runs)


@dataclass(frozen=True)
class DistinctCells:
    """The distinct cells among many.

    Attributes:
        texts: each once, in order of their first appearance, without blanks before it.
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
    number: int

    @property
    def starts(self) -> Integers:
        return self.block.starts[:, self.number]

    @property
    def ends(self) -> Integers:
        return self.block.ends[:, self.number]

    @cached_property
    def runs(self) -> DigitRuns:
        """The numbers in them."""
        runs = self.block.runs
        if runs is not None:
            return runs.part(slice(self.number, None, self.block.starts.shape[1]))
        return read_digit_runs(self._as_lines(), NEWLINE, ord(self.block.mark))[2]

    def distinct(self, chosen: Booleans | None = None) -> DistinctCells:
        """The distinct cells, of all or of those that are ``chosen`` ``(n_rows,)``."""
        starts, ends = self.starts, self.ends
        if chosen is not None:
            starts, ends = starts[chosen], ends[chosen]
        first, kinds = distinct_cells(self.block.text, starts, ends)
        return DistinctCells(self.block.texts(starts[first], ends[first]), kinds, first)

    def texts(self, rows: Integers) -> list[str]:
        """The cells of ``rows``."""
        return self.block.texts(self.starts[rows], self.ends[rows])

    def _as_lines(self) -> Bytes:
        """The cells, each on a line, behind ``BYTES_BEFORE`` line ends."""
        lengths = self.ends - self.starts + 1
        behind = np.cumsum(lengths)
        places = np.arange(behind[-1]) + np.repeat(self.starts - (behind - lengths), lengths)
        lines = np.full(BYTES_BEFORE + behind[-1], NEWLINE, np.uint8)
        lines[BYTES_BEFORE:] = self.block.text[places]
        lines[BYTES_BEFORE - 1 + behind] = NEWLINE
        return lines
