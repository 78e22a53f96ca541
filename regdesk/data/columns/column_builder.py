"""One column while it is read, chunk by chunk: numbers as long as they are, words from then on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.built_column import BuiltColumn, first_rounded, number_column, rounding_warning
from regdesk.data.columns.cells import comma_numbers, plain_numbers
from regdesk.data.columns.format_choice import DecimalHints
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.columns.missing_codes import missing_code_warning
from regdesk.data.columns.missing_words import SPREADSHEET_ERRORS
from regdesk.data.columns.name_codes import is_version_name
from regdesk.data.columns.number_dates import with_dates
from regdesk.data.columns.number_formats import NumberFormat, is_either
from regdesk.data.columns.word_cells import WordCells
from regdesk.data.columns.word_columns import column_of_words, evidence_of_words
from regdesk.data.csv.table import MISSING_CODE, Codes

SPELLINGS_KEPT = 1000
_ZERO_LED = re.compile(r"\n[ \t]*0[0-9]")
_PLUS_LED = re.compile(r"[ \t]*\+[0-9]{8}")
_DIGITS_ALONE = re.compile(r"[0-9 \t\n]*")


class ColumnBuilder:
    """Collects the cells of one column.

    Cells that are plain numbers are kept as such. Where their spelling turns out to matter, ``lost_words`` or
    ``is_open`` says so, and the file has to be read again with ``as_words``, which keeps every spelling.
    """

    def __init__(self, name: str, delimiter: str, as_words: bool = False, given: GivenReading | None = None) -> None:
        self.name = name
        self._given = given or GivenReading()
        self._delimiter = delimiter
        self._decimal = ""
        self._words = as_words or self._given.kind not in (None, "numeric")
        if self._given.kind is None and is_version_name(name):
            self._words = True
        self._lost = False
        self._numbers: list[Float64s] = []
        self._spellings: dict[str, None] | None = {}
        self._levels: dict[str, int] = {}
        self._codes: list[Codes] = []
        self._rounded: tuple[int, str] | None = None
        self._is_zero_led = False
        self._is_plus_led = False
        self._are_digits = True
        self._either_alone = True
        self._known = self._given.missing_among_numbers - SPREADSHEET_ERRORS

    def add(self, cells: Sequence[str]) -> None:
        """Append a chunk of cells."""
        if not self._words:
            if self._add_numbers(cells):
                return
            self._words = True
            self._lost = bool(self._numbers)
        if not self._lost:
            self._add_words(cells)

    def decimal_evidence(self) -> str:
        """The decimal mark that the cells prove, '' where they prove none. Not to be asked of ``lost_words``."""
        if self._words:
            return evidence_of_words(tuple(self._levels), self._whole_codes(), self._given, self._delimiter)
        return "" if self._either_alone else self._decimal

    @property
    def lost_words(self) -> bool:
        """Whether spellings that are needed were not kept: words after numbers, or what may be codes or names.

        These are 00123, +4930123456, and whole numbers that are too long to be told apart.
        """
        may_be_code = (self._is_zero_led and self._are_digits) or self._is_plus_led or self._rounded is not None
        return self._lost or (may_be_code and not self._words and self._given.kind != "numeric")

    def is_open(self, elsewhere: str | None) -> bool:
        """Whether all marks in these numbers may be ones of thousands, and spellings are needed to read them so.

        ``elsewhere`` is the decimal mark of the file's other columns, None where they have none or both.
        """
        if self._words or not (self._decimal and self._either_alone) or self._given.decimal is not None:
            return False
        if self._decimal == ",":
            return elsewhere != ","
        # In files with semicolons the comma mostly is the decimal mark, and the point may be one of thousands.
        return elsewhere == "," or (elsewhere is None and self._delimiter == ";")

    def _add_numbers(self, cells: Sequence[str]) -> bool:
        found = plain_numbers(cells)
        if found is not None:
            values, has_point = found
            return self._accept(values, "." if has_point else "", cells, cells)
        stripped = [cell.strip() for cell in cells]
        present = [cell for cell in stripped if cell not in self._known]
        found = plain_numbers(present)
        if found is not None:
            values, decimal = found[0], "." if found[1] else ""
        else:
            with_comma = comma_numbers(present)
            if with_comma is None:
                return False
            values, decimal = with_comma, ","
        spread = np.full(len(cells), np.nan)
        spread[[cell not in self._known for cell in stripped]] = values
        return self._accept(spread, decimal, stripped, present)

    def _accept(self, values: Float64s, decimal: str, cells: Sequence[str], present: Sequence[str]) -> bool:
        if decimal and (self._decimal or self._given.decimal or decimal) != decimal:
            return False
        if decimal and self._given.decimal not in (None, decimal):
            return False
        self._look_for_rounding(values, cells)
        self._look_at_spelling(present, decimal)
        if self._given.missing_numbers.size:
            values[np.isin(values, self._given.missing_numbers)] = np.nan
        self._decimal = decimal or self._decimal
        self._numbers.append(values)
        if self._spellings is not None:
            self._spellings.update(dict.fromkeys(present))
            if len(self._spellings) > SPELLINGS_KEPT:
                self._spellings = None
        return True

    def _look_for_rounding(self, values: Float64s, cells: Sequence[str]) -> None:
        if self._rounded is None:
            found = first_rounded(values, cells)
            self._rounded = None if found is None else (sum(map(len, self._numbers)) + found[0], found[1])

    def _look_at_spelling(self, cells: Sequence[str], decimal: str) -> None:
        """Whether ``cells`` may be codes such as 00123, and whether all marks in them may be ones of thousands."""
        if not self._numbers:
            # Whether all others begin so, too, is seen when their spellings are kept.
            self._is_plus_led = bool(cells) and all(map(_PLUS_LED.match, cells))
        if decimal:
            self._are_digits = False
            if self._either_alone:
                marked = (cell.strip().lstrip("+-") for cell in cells if decimal in cell)
                self._either_alone = all(map(is_either, marked))
        elif self._are_digits:
            joined = "\n" + "\n".join(cells)
            self._are_digits = _DIGITS_ALONE.fullmatch(joined) is not None
            # Most numbers begin otherwise, and to look for these takes a tenth of the time.
            may_be = "\n0" in joined or "\n " in joined or "\n\t" in joined
            self._is_zero_led = self._is_zero_led or (may_be and _ZERO_LED.search(joined) is not None)

    def _add_words(self, cells: Sequence[str]) -> None:
        levels, missing = self._levels, self._given.missing_words
        stripped = [cell.strip() for cell in cells]
        codes = (MISSING_CODE if cell in missing else levels.setdefault(cell, len(levels)) for cell in stripped)
        self._codes.append(np.fromiter(codes, np.int32, len(stripped)))

    def _whole_codes(self) -> Codes:
        return np.concatenate(self._codes) if self._codes else np.empty(0, np.int32)

    def finish(self, path: Path, row_lines: Integers, elsewhere: str | None = None) -> BuiltColumn:
        """The column. ``row_lines`` ``(n_rows,)`` are lines of the file; ``elsewhere`` as of ``is_open``.

        Raises DataError when cells are not what all others of the column are.
        """
        found = self._finish(path, row_lines, elsewhere)
        if self._given.kind is None:
            found = with_dates(found, row_lines)
        return replace(found, column=replace(found.column, missing_words=self._given.words))

    def _finish(self, path: Path, row_lines: Integers, elsewhere: str | None) -> BuiltColumn:
        if self._words:
            cells = WordCells(self.name, tuple(self._levels), self._whole_codes(), path, row_lines)
            return column_of_words(cells, self._given, DecimalHints(self._given.decimal, elsewhere, self._delimiter))
        numbers = np.concatenate(self._numbers) if self._numbers else np.empty(0)
        words = (spelling.strip() for spelling in self._spellings or ())
        levels = tuple(dict.fromkeys(word for word in words if word not in self._given.missing_among_numbers))
        warnings = [rounding_warning(self.name, self._rounded, row_lines)]
        if self._given.are_codes_sought:
            warnings.append(missing_code_warning(self.name, numbers, row_lines))
        # Where commas stand between cells, one inside a cell needs its form: a new file may mean thousands.
        form = NumberFormat("", ",").text() if (self._decimal, self._delimiter) == (",", ",") else None
        column = number_column(self.name, numbers, levels, self._given.kind, form)
        return BuiltColumn(column, self._decimal, tuple(one for one in warnings if one is not None))
