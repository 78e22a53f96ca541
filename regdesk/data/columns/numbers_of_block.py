"""The numbers of a column of a block: those that compiled code has read, and the few other cells one by one."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from regdesk.core.types import Booleans, Float64s, Integers
from regdesk.data.blocks.cell_block import ColumnCells
from regdesk.data.columns.cells import comma_numbers, is_like_name, is_vanished, plain_numbers
from regdesk.data.columns.number_formats import is_either

_MOST_OTHERS = 0.5
"""Of the cells: where more of them have to be looked at one by one, all may as well be."""
_ZERO = ord("0")


@dataclass(frozen=True)
class BlockNumbers:
    """The cells of a column of a block, all of them numbers or missing.

    Attributes:
        values: ``(n_rows,)``, NaN where missing.
        decimal: the mark of decimals that some of them have, '' where none has.
        present: the ones among those that were read one by one which are not missing.
        cells: where they come from.
        is_read: ``(n_rows,)``, whether each is a number that compiled code has read.
    """

    values: Float64s
    decimal: str
    present: Sequence[str]
    cells: ColumnCells
    is_read: Booleans

    def are_either(self) -> bool:
        """Whether each mark may be one of thousands as well as one of decimals; as ``is_either``."""
        marks = self.cells.marks
        n_whole = marks.n_digits - marks.n_decimals
        fits = (marks.n_decimals == 3) & (n_whole >= 1) & (n_whole <= 3) & ~marks.has_exponent
        fits &= ~self._begin_with_zero()
        marked = (cell.strip().lstrip("+-") for cell in self.present if self.decimal in cell)
        return bool(fits[self.is_read & marks.has_mark].all()) and all(map(is_either, marked))

    def has_vanished(self) -> bool:
        """Whether one that was read by itself is zero without being written so."""
        return any(is_vanished(cell, 0.0) and float(cell.replace(",", ".")) == 0.0 for cell in self.present)

    def like_names(self, are_keys: bool) -> Integers:
        """The cells among which ones such as 12e3 are: two digits, of keys one, no mark, and an exponent."""
        marks = self.cells.marks
        among = self.is_read & marks.has_exponent & ~marks.has_mark & (marks.n_digits > int(not are_keys))
        # Those that were not read by themselves have no marks to go by, and are few.
        return np.flatnonzero(
            among | ~self.is_read if any(is_like_name(cell, are_keys) for cell in self.present) else among
        )

    def is_zero_led(self) -> bool:
        """Whether a zero stands before another digit anywhere."""
        return bool((self.is_read & (self.cells.marks.n_digits > 1) & self._begin_with_zero()).any())

    def are_digits(self) -> bool:
        """Whether no number that was read has a sign or an exponent."""
        marks = self.cells.marks
        return not (self.is_read & (marks.is_negative | marks.has_exponent)).any()

    def _begin_with_zero(self) -> Booleans:
        marks = self.cells.marks
        found: Booleans = self.cells.block.text[marks.starts + marks.is_negative] == _ZERO
        return found


def read_numbers(cells: ColumnCells, known: Set[str]) -> BlockNumbers | None:
    """The numbers in ``cells``, where those that are one of the words ``known`` are missing.

    None where others are no numbers, where there are many of them, and where marks of decimals differ.
    """
    marks, mark = cells.marks, cells.block.mark
    is_other = marks.is_other
    n_others = np.count_nonzero(is_other)
    if n_others > _MOST_OTHERS * len(is_other):
        return None
    values = marks.values
    is_read = ~is_other
    if n_others or marks.n_digits.min() == 0:
        is_empty = is_read & (marks.n_digits == 0)
        values[is_empty] = np.nan
        is_read &= ~is_empty
    present: list[str] = []
    has_mark = bool((is_read & marks.has_mark).any())
    if n_others:
        found = cells.distinct_of(np.flatnonzero(is_other))
        stripped = [cell.strip() for cell in found.texts]
        present = [cell for cell in stripped if cell not in known]
        numbers = _plain_numbers(present, mark)
        if numbers is None:
            return None
        spread = np.full(len(stripped), np.nan)
        spread[[cell not in known for cell in stripped]] = numbers
        values[is_other] = spread[found.kinds]
        has_mark = has_mark or any(mark in cell for cell in present)
    return BlockNumbers(values, mark if has_mark else "", present, cells, is_read)


def _plain_numbers(cells: Sequence[str], mark: str) -> Float64s | None:
    """``cells`` as numbers, none of which has another mark of decimals than ``mark``."""
    if mark == ",":
        return comma_numbers(cells)
    found = plain_numbers(cells)
    return None if found is None else found[0]
