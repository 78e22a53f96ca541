"""The numbers of a column of a block: runs of digits at once, and the few other cells one by one."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from regdesk.core.types import Booleans, Float64s
from regdesk.data.columns.cell_block import ColumnCells
from regdesk.data.columns.cells import comma_numbers, plain_numbers
from regdesk.data.columns.digit_runs import DigitRuns
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
        present: the distinct ones among those that were read one by one and are not missing.
    """

    values: Float64s
    decimal: str
    present: Sequence[str]
    cells: ColumnCells
    runs: DigitRuns
    is_run: Booleans

    def are_either(self) -> bool:
        """Whether each mark may be one of thousands as well as one of decimals; as ``is_either``."""
        runs = self.runs
        n_whole = runs.n_digits - runs.n_decimals
        fits = (runs.n_decimals == 3) & (n_whole >= 1) & (n_whole <= 3) & ~self._begin_with_zero()
        marked = (cell.strip().lstrip("+-") for cell in self.present if self.decimal in cell)
        return bool(fits[self.is_run & runs.has_mark].all()) and all(map(is_either, marked))

    def is_zero_led(self) -> bool:
        """Whether one of the runs of more than one digit begins with a zero."""
        return bool((self.is_run & (self.runs.n_digits > 1) & self._begin_with_zero()).any())

    def are_digits(self) -> bool:
        """Whether no run has a sign."""
        return not (self.is_run & self.runs.is_negative).any()

    def _begin_with_zero(self) -> Booleans:
        found: Booleans = self.cells.block.text[self.cells.starts + self.runs.is_negative] == _ZERO
        return found


def read_numbers(cells: ColumnCells, known: Set[str]) -> BlockNumbers | None:
    """The numbers in ``cells``, where those that are one of the words ``known`` are missing.

    None where others are no numbers, where there are many of them, and where marks of decimals differ.
    """
    runs, mark = cells.runs, cells.block.mark
    n_others = np.count_nonzero(runs.is_other)
    if n_others > _MOST_OTHERS * len(runs.values):
        return None
    values = runs.values.copy()
    is_run = ~runs.is_other
    is_empty = is_run & (runs.n_digits == 0)
    values[is_empty] = np.nan
    is_run &= ~is_empty
    present: list[str] = []
    has_mark = bool((is_run & runs.has_mark).any())
    if n_others:
        found = cells.distinct(runs.is_other)
        stripped = [cell.strip() for cell in found.texts]
        present = [cell for cell in stripped if cell not in known]
        numbers = _plain_numbers(present, mark)
        if numbers is None:
            return None
        spread = np.full(len(stripped), np.nan)
        spread[[cell not in known for cell in stripped]] = numbers
        values[runs.is_other] = spread[found.kinds]
        has_mark = has_mark or any(mark in cell for cell in present)
    return BlockNumbers(values, mark if has_mark else "", present, cells, runs, is_run)


def _plain_numbers(cells: Sequence[str], mark: str) -> Float64s | None:
    """``cells`` as numbers, none of which has another mark of decimals than ``mark``."""
    if mark == ",":
        return comma_numbers(cells)
    found = plain_numbers(cells)
    return None if found is None else found[0]
