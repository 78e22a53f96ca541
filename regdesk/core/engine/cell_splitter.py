"""The cells of a text, and the numbers in them, found by compiled code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regdesk.core.engine.cell_code import cell_code
from regdesk.core.engine.cell_kernel import (
    HAS_EXPONENT,
    HAS_MARK,
    IS_DOUBLED,
    IS_NEGATIVE,
    IS_OTHER,
    TABLES,
)
from regdesk.core.types import Booleans, Float64s, Integers

Bytes = NDArray[np.uint8]
BYTES_BEHIND = 80
"""Line ends that follow the text, so that what looks at the byte behind another, or at 64 of them, may do so."""


@dataclass(frozen=True)
class CellMarks:
    """What is known of each of many cells, ``(n_cells,)``, or ``(n_columns, n_rows)``.

    Attributes:
        starts: where in the text it begins, and
        ends: the place behind its end.
        values: its number, of no meaning where ``is_other``; 0 where it is empty.
        flags: bits of what is asked for below.
        n_digits: how many digits it has before an exponent, and
        n_decimals: how many of them behind the mark; both as far as it is a number.
    """

    starts: Integers
    ends: Integers
    values: Float64s
    flags: Bytes
    n_digits: Bytes
    n_decimals: Bytes

    def column(self, number: int) -> CellMarks:
        """Those of one column."""
        return self.at(number)

    def rows(self, chosen: slice | Integers) -> CellMarks:
        """Those of some rows of all columns."""
        return self.at((slice(None), chosen))

    def at(self, place: int | Integers | tuple[slice, slice | Integers]) -> CellMarks:
        """Those at ``place`` of the arrays."""
        places = self.starts[place], self.ends[place]
        return CellMarks(*places, self.values[place], self.flags[place], self.n_digits[place], self.n_decimals[place])

    @property
    def is_other(self) -> Booleans:
        """Whether it is neither empty nor a number that has been read."""
        return self._has(IS_OTHER)

    @property
    def is_negative(self) -> Booleans:
        """Whether it begins with a minus."""
        return self._has(IS_NEGATIVE)

    @property
    def has_mark(self) -> Booleans:
        """Whether its number has a mark of decimals."""
        return self._has(HAS_MARK)

    @property
    def has_exponent(self) -> Booleans:
        """Whether its number has an exponent."""
        return self._has(HAS_EXPONENT)

    @property
    def is_doubled(self) -> Booleans:
        """Whether quotes in it are written twice."""
        return self._has(IS_DOUBLED)

    def _has(self, bit: int) -> Booleans:
        found: Booleans = (self.flags & bit) != 0
        return found


@dataclass(frozen=True)
class SplitText:
    """The rows of a text: ``lines`` ``(n_rows,)`` is how many lines came before each.

    ``n_bytes`` and ``n_lines`` is what they take of it; what follows is the beginning of a row.
    """

    cells: CellMarks
    lines: Integers
    n_bytes: int
    n_lines: int


def split_cells(text: Bytes, size: int, delimiter: str, quote: str, mark: str, width: int) -> SplitText | None:
    """The rows of ``width`` cells in the first ``size`` bytes of ``text``; ``BYTES_BEHIND`` line ends follow these.

    ``quote`` is empty where there is none; ``mark`` begins decimals. All three are characters of ASCII. None where a
    row is of another width, and where a quote or a carriage return stands where none may.
    """
    n_rows = int(np.count_nonzero(text[:size] == ord("\n")))
    shape = width, n_rows
    places = np.empty((2, *shape), np.int64)
    values, smalls, lines = np.empty(shape), np.empty((3, *shape), np.uint8), np.empty(n_rows + 2, np.int64)
    arrays = (places[0], places[1], values, *smalls, lines, TABLES)
    marks = ord(delimiter), ord(quote) if quote else 0, ord(mark)
    found = cell_code().split_cells(text.ctypes.data, size, *marks, width, n_rows, *(one.ctypes.data for one in arrays))
    if found < 0:
        return None
    cells = CellMarks(places[0], places[1], values, *smalls)
    if found < n_rows:
        cells = cells.rows(slice(0, found))
    return SplitText(cells, lines[:found], int(lines[n_rows]), int(lines[n_rows + 1]))
