"""One column while it is read, chunk by chunk: numbers as long as they are, words from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from regdesk.core.types import Float64s, Integers
from regdesk.data.csv.cells import (
    MISSING_AMONG_NUMBERS,
    MISSING_WORDS,
    CellClass,
    classify,
    comma_numbers,
    is_inexact,
    plain_numbers,
)
from regdesk.data.csv.kinds import kind_of_numbers, kind_of_words
from regdesk.data.csv.table import MISSING_CODE, Codes, Column, NumberColumn, TableWarning, WordColumn
from regdesk.data.errors import DataError, shorten

SPELLINGS_KEPT = 1000
LARGEST_EXACT = 2**53
"""From it on double precision skips whole numbers: two cells that differ may become the same number."""
NUMERIC_SHARE = 0.75


@dataclass(frozen=True)
class BuiltColumn:
    """A column, the decimal mark its cells have ('' for none), and what to tell the user about it."""

    column: Column
    decimal: str
    warning: TableWarning | None = None


class ColumnBuilder:
    """Collects the cells of one column.

    ``lost_words`` becomes true when words turn up after cells that were kept as numbers alone; then the file has
    to be read again with ``as_words``, which keeps every spelling.
    """

    def __init__(self, name: str, delimiter: str, as_words: bool = False) -> None:
        self.name = name
        self.lost_words = False
        self._comma_allowed = delimiter != ","
        self._decimal = ""
        self._words = as_words
        self._numbers: list[Float64s] = []
        self._spellings: dict[str, None] | None = {}
        self._levels: dict[str, int] = {}
        self._codes: list[Codes] = []
        self._rounded: tuple[int, str] | None = None

    def add(self, cells: Sequence[str]) -> None:
        """Append a chunk of cells."""
        if not self._words:
            if self._add_numbers(cells):
                return
            self._words = True
            self.lost_words = bool(self._numbers)
        if not self.lost_words:
            self._add_words(cells)

    def _add_numbers(self, cells: Sequence[str]) -> bool:
        found = plain_numbers(cells)
        if found is not None:
            values, has_point = found
            self._look_for_rounding(values, cells)
            return self._accept(values, "." if has_point else "", cells)
        stripped = [cell.strip() for cell in cells]
        present = [cell for cell in stripped if cell not in MISSING_AMONG_NUMBERS]
        found = plain_numbers(present)
        if found is not None:
            values, decimal = found[0], "." if found[1] else ""
        else:
            with_comma = comma_numbers(present) if self._comma_allowed else None
            if with_comma is None:
                return False
            values, decimal = with_comma, ","
        spread = np.full(len(cells), np.nan)
        spread[[cell not in MISSING_AMONG_NUMBERS for cell in stripped]] = values
        self._look_for_rounding(spread, stripped)
        return self._accept(spread, decimal, present)

    def _look_for_rounding(self, values: Float64s, cells: Sequence[str]) -> None:
        """Remember the first of ``cells`` that is a whole number double precision cannot hold."""
        if self._rounded is None:
            before = sum(map(len, self._numbers))
            large = np.flatnonzero(np.abs(values) >= LARGEST_EXACT)
            inexact = (row for row in large.tolist() if is_inexact(cells[row], float(values[row])))
            self._rounded = next(((before + row, cells[row].strip()) for row in inexact), None)

    def _accept(self, values: Float64s, decimal: str, spellings: Sequence[str]) -> bool:
        if decimal and self._decimal and decimal != self._decimal:
            return False
        self._decimal = decimal or self._decimal
        self._numbers.append(values)
        if self._spellings is not None:
            self._spellings.update(dict.fromkeys(spellings))
            if len(self._spellings) > SPELLINGS_KEPT:
                self._spellings = None
        return True

    def _add_words(self, cells: Sequence[str]) -> None:
        levels = self._levels
        stripped = [cell.strip() for cell in cells]
        codes = (MISSING_CODE if cell in MISSING_WORDS else levels.setdefault(cell, len(levels)) for cell in stripped)
        self._codes.append(np.fromiter(codes, np.int32, len(stripped)))

    def finish(self, path: Path, row_lines: Integers) -> BuiltColumn:
        """The column. ``row_lines`` ``(n_rows,)`` are lines of the file.

        Raises DataError when most cells are numbers and one is not.
        """
        if not self._words:
            numbers = np.concatenate(self._numbers) if self._numbers else np.empty(0)
            found = self._number_column(numbers, self._decimal, tuple(self._spellings or ()))
            return replace(found, warning=self._rounding_warning(row_lines))
        codes = np.concatenate(self._codes) if self._codes else np.empty(0, np.int32)
        classes = np.array([classify(level) for level in self._levels] + [CellClass.NONE], np.int8)
        # The last entry stands for missing cells: their code, -1, picks it.
        by_row = classes[codes]
        points, commas = (int(np.count_nonzero(by_row == one)) for one in (CellClass.POINT, CellClass.COMMA))
        comma = self._comma_allowed and commas > points
        decimal_class = CellClass.COMMA if comma else CellClass.POINT
        is_number = (by_row == CellClass.WHOLE) | (by_row == decimal_class)
        offending = ~is_number & (by_row != CellClass.NONE)
        n_present = int(np.count_nonzero(is_number | offending))
        if not offending.any() and is_number.any():
            return self._number_column(self._values(codes), ("," if commas else "." if points else ""))
        if is_number.any() and np.count_nonzero(is_number) >= NUMERIC_SHARE * n_present:
            row = int(np.argmax(offending))
            cell = tuple(self._levels)[codes[row]]
            raise DataError(
                f"{shorten(cell)} is not a number, as nearly all other cells of this column are; "
                "correct the cell, or leave it empty or write NA if the value is not known.",
                file=path,
                row=int(row_lines[row]),
                column=self.name,
            )
        return self._word_column(codes, row_lines, self._comma_warning(by_row, n_present, row_lines))

    def _rounding_warning(self, row_lines: Integers) -> TableWarning | None:
        if self._rounded is None:
            return None
        row, cell = self._rounded
        return TableWarning(
            int(row_lines[row]),
            self.name,
            f"{shorten(cell)} becomes {float(cell):.0f}: from {LARGEST_EXACT} on not every whole number can be kept, "
            "and cells that differ may become equal. Subtract a number from all of them, or write a letter before them "
            "if they are names.",
        )

    def _values(self, codes: Codes) -> Float64s:
        values = np.array(
            [np.nan if classify(level) == CellClass.NONE else float(level.replace(",", ".")) for level in self._levels]
            + [np.nan]
        )
        return values[codes]

    def _comma_warning(self, by_row: np.ndarray, n_present: int, row_lines: Integers) -> TableWarning | None:
        commas = by_row == CellClass.COMMA
        if self._comma_allowed or np.count_nonzero(commas) < NUMERIC_SHARE * max(n_present, 1):
            return None
        return TableWarning(
            int(row_lines[int(np.argmax(commas))]),
            self.name,
            "the cells look like numbers with a comma inside; they are read as words, since the file is separated by "
            "commas. Write them with a decimal point and without thousands separators.",
        )

    def _number_column(self, numbers: Float64s, decimal: str, spellings: tuple[str, ...] | None = None) -> BuiltColumn:
        missing = np.isnan(numbers)
        distinct = int(np.unique(numbers[~missing]).size)
        if spellings is None:
            spellings = tuple(self._levels) if len(self._levels) <= SPELLINGS_KEPT else ()
        words = (spelling.strip() for spelling in spellings)
        levels = tuple(dict.fromkeys(word for word in words if word not in MISSING_AMONG_NUMBERS))
        kind = kind_of_numbers(numbers, distinct)
        return BuiltColumn(NumberColumn(self.name, kind, missing, levels, distinct, numbers), decimal)

    def _word_column(self, codes: Codes, row_lines: Integers, warning: TableWarning | None) -> BuiltColumn:
        levels = tuple(self._levels)
        missing = codes == MISSING_CODE
        kind, distinct = kind_of_words(levels, int(np.count_nonzero(~missing)))
        return BuiltColumn(WordColumn(self.name, kind, missing, levels, distinct, codes), "", warning)
