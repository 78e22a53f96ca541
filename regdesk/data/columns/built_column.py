"""What has become of a column's cells, and what a person may have said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regdesk.core.reading_options import ReadingOffer
from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.cells import is_inexact
from regdesk.data.columns.kinds import kind_of_numbers
from regdesk.data.csv.table import Column, ColumnKind, Mask, NumberColumn, TableWarning
from regdesk.data.errors import shorten

LARGEST_EXACT = 2**53
"""From it on double precision skips whole numbers: two cells that differ may become the same number."""


@dataclass(frozen=True)
class BuiltColumn:
    """A column, the decimal mark its cells have ('' for none), and what to tell the user about it.

    ``order_warning`` is the one of ``warnings`` that says that no cell decides in which order day and month are.
    """

    column: Column
    decimal: str
    warnings: tuple[TableWarning, ...] = ()
    order_warning: TableWarning | None = None


def number_column(
    name: str, numbers: Float64s, levels: Sequence[str], given: ColumnKind | None, number_form: str | None = None
) -> NumberColumn:
    """A column of ``numbers`` ``(n_rows,)``, NaN where missing, that were spelled as ``levels``.

    ``given`` is the kind that a person has named: what counts the rows is numeric, too, where somebody says so.
    """
    missing = np.isnan(numbers)
    ordered = numbers[~missing] if missing.any() else numbers.copy()
    ordered.sort()
    distinct = int(np.count_nonzero(ordered[1:] != ordered[:-1])) + 1 if ordered.size else 0
    kind = "numeric" if given == "numeric" and distinct > 1 else kind_of_numbers(numbers, distinct)
    return NumberColumn(name, kind, missing, levels, distinct, numbers, number_form)


def cell_count(chosen: Mask) -> str:
    """How many of ``chosen`` ``(n_rows,)`` are true, with the noun: 3 cells."""
    number = int(np.count_nonzero(chosen))
    return "1 cell" if number == 1 else f"{number:,} cells"


def first_rounded(values: Float64s, cells: Sequence[str]) -> tuple[int, str] | None:
    """Of the first of ``cells`` that is a whole number which ``values`` ``(n_cells,)`` cannot hold, place and text."""
    large = np.flatnonzero(np.abs(values) >= LARGEST_EXACT)
    return next(
        ((row, cells[row].strip()) for row in large.tolist() if is_inexact(cells[row], float(values[row]))), None
    )


def vanished_warning(name: str, vanished: tuple[int, str] | None, row_lines: Integers) -> TableWarning | None:
    """What to tell of a number other than zero that has been read as zero: its row of ``row_lines``, and its text."""
    if vanished is None:
        return None
    row, cell = vanished
    return TableWarning(
        int(row_lines[row]),
        name,
        f"{shorten(cell)} becomes 0: it is nearer to zero than any number that can be kept ({5e-324}). Multiply all "
        "numbers of the column if that matters.",
    )


def like_name_warning(name: str, found: tuple[int, str] | None, row_lines: Integers) -> TableWarning | None:
    """What to tell of a number such as 12e3, which may be a name: its row of ``row_lines``, and its text."""
    if found is None:
        return None
    row, cell = found
    offer = ReadingOffer(column=name, kind="categorical")
    return TableWarning(
        int(row_lines[row]),
        name,
        f"{shorten(cell)} is read as {float(cell):g}, its e as an exponent; if these are names, say so "
        f"({offer.option}).",
        offer,
    )


def rounding_warning(name: str, rounded: tuple[int, str] | None, row_lines: Integers) -> TableWarning | None:
    """What to tell of ``first_rounded``, whose place is a row of ``row_lines``."""
    if rounded is None:
        return None
    row, cell = rounded
    return TableWarning(
        int(row_lines[row]),
        name,
        f"{shorten(cell)} becomes {float(cell):.0f}: from {LARGEST_EXACT} on not every whole number can be kept, "
        "and cells that differ may become equal. Subtract a number from all of them, or write a letter before them "
        "if they are names.",
    )
