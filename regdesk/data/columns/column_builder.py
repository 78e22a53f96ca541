"""One column while it is read, chunk by chunk: numbers as long as they are, words from then on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from regdesk.core.types import Float64s, Integers
from regdesk.data.blocks.cell_block import ColumnCells, DistinctCells
from regdesk.data.blocks.growing_array import GrowingArray
from regdesk.data.blocks.level_table import LevelTable
from regdesk.data.blocks.new_spellings import KeptSpellings
from regdesk.data.blocks.spelling_forms import SpellingForms
from regdesk.data.columns.built_column import LARGEST_EXACT, BuiltColumn, number_column
from regdesk.data.columns.cells import comma_numbers, plain_numbers
from regdesk.data.columns.format_choice import DecimalHints
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.columns.missing_codes import missing_code_warning
from regdesk.data.columns.name_codes import is_name_of_keys, is_version_name, lost_digits_warning
from regdesk.data.columns.number_dates import with_offer_of_dates
from regdesk.data.columns.number_formats import NumberFormat, is_either
from regdesk.data.columns.numbers_of_block import read_numbers
from regdesk.data.columns.rare_spellings import RareSpellings
from regdesk.data.columns.word_cells import WordCells, controls_warning, no_check, sure_words
from regdesk.data.columns.word_columns import column_of_words, evidence_of_words
from regdesk.data.csv.table import MISSING_CODE, Mask, NumberColumn

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
        is_named_so = self._given.kind is None and is_version_name(name)
        self._words = as_words or is_named_so or self._given.kind not in (None, "numeric")
        self._lost = False
        self._numbers = GrowingArray(np.float64)
        self._spellings = KeptSpellings(SPELLINGS_KEPT, self._given.missing_in_passing)
        self._levels = LevelTable(self._given.missing_words, MISSING_CODE)
        self._codes = GrowingArray(np.int32)
        self._na_row: int | None = None
        self._sure: Mask | None = None
        self._forms: SpellingForms | None = None
        self._rare = RareSpellings(is_name_of_keys(name))
        self._is_zero_led = False
        self._is_plus_led = False
        self._are_digits = True
        self._either_alone = True
        self._known = self._given.missing_in_passing

    def expect(self, n_rows: int) -> None:
        """About so many rows will come."""
        self._numbers.expect(n_rows)
        self._codes.expect(n_rows)

    def add(self, cells: Sequence[str]) -> None:
        """Append a chunk of cells."""
        self._add(cells, None)

    def add_plain(self, values: Float64s, cells: Sequence[str]) -> bool:
        """As ``add``, of ``cells`` that are known to be ``values``; False where ``add`` has to look at them.

        They have digits, points and signs of minus alone, and no value is inexact, or 0 for another number.
        """
        decimal = "." if any("." in cell for cell in cells) else ""
        if self._words or not self._fits(decimal):
            return False
        self._look_at_spelling(cells, decimal)
        self._append(values, decimal)
        self._spellings.add(cells)
        return True

    def add_block(self, cells: ColumnCells) -> None:
        """Append the cells of a block, to the same effect as ``add``."""
        if self._lost:
            return
        if self._words:
            codes, na_place = self._levels.add_block(cells, "NA")
            if self._na_row is None and na_place is not None:
                self._na_row = len(self._codes) + na_place
            self._codes.append(codes)
            return
        if len(self._numbers) and self._add_read(cells):
            return
        found = cells.distinct()
        self._add(found.texts, found)

    def _add(self, cells: Sequence[str], where: DistinctCells | None) -> None:
        """Append ``cells``, or where they are distinct ones the cells that they are ``where``."""
        if not self._words:
            if self._add_numbers(cells, where):
                return
            self._words = True
            self._lost = len(self._numbers) > 0
        if not self._lost:
            self._add_words(cells, where)

    def decimal_evidence(self, check: Callable[[], None] = no_check) -> str:
        """The decimal mark that the cells prove, '' for none; not for ``lost_words``. ``check`` may raise."""
        if self._words:
            levels = self._levels.levels()
            if self._forms is None:
                self._forms = SpellingForms(levels, check)
            if self._sure is None:
                self._sure = sure_words(levels, check, self._forms)
            return evidence_of_words(levels, self._codes.whole(), self._sure, self._given, self._delimiter, check)
        return "" if self._either_alone else self._decimal

    @property
    def has_na(self) -> bool:
        """Whether NA is written in a cell of this column of words."""
        return self._na_row is not None

    @property
    def lost_words(self) -> bool:
        """Whether spellings that are needed were not kept: words after numbers, or what may be codes or names.

        These are 00123, +4930123456, and whole numbers that are too long to be told apart.
        """
        may_be_code = (self._is_zero_led and self._are_digits) or self._is_plus_led or self._rare.is_rounded
        return self._lost or (may_be_code and not self._words and self._given.kind != "numeric")

    def is_open(self, elsewhere: str | None) -> bool:
        """Whether all marks in these numbers may be ones of thousands, and spellings are needed to read them so.

        ``elsewhere`` is the decimal mark of the file's other columns, None where they have none or both.
        """
        if self._words or not self._decimal or self._given.decimal is not None:
            return False
        if self._decimal == "," and (self._either_alone or self._delimiter != ";"):
            # Where most fit as thousands those that do not are named.
            return elsewhere != ","
        if self._decimal == "," or not (self._either_alone or elsewhere == ","):
            return False
        # In files with semicolons the comma mostly is the decimal mark, and the point may be one of thousands.
        return elsewhere == "," or (elsewhere is None and self._delimiter == ";")

    def _add_read(self, cells: ColumnCells) -> bool:
        """Append numbers that nobody has to look at one by one; False where there are too few of them."""
        found = read_numbers(cells, self._known)
        if found is None or not self._fits(found.decimal):
            return False
        n_before = len(self._numbers)
        if not self._rare.is_rounded:
            large = np.flatnonzero(np.abs(found.values) >= LARGEST_EXACT)
            if large.size:
                self._rare.look_for_rounding(found.values[large], cells.texts(large), large, n_before)
        if not self._rare.has_vanished and found.has_vanished():
            others = np.flatnonzero(~found.is_read)
            self._rare.look_for_vanished(found.values[others], cells.texts(others), others, n_before)
        if not self._rare.is_like_name:
            rows = found.like_names(self._rare.are_keys)
            self._rare.look_for_names(cells.texts(rows), rows, n_before)
        if found.decimal:
            self._are_digits = False
            self._either_alone = self._either_alone and found.are_either()
        elif self._are_digits:
            self._is_zero_led = self._is_zero_led or found.is_zero_led()
            self._are_digits = found.are_digits()
            self._look_at_spelling(found.present, "")
        self._append(found.values, found.decimal)
        self._spellings.add_block(cells)
        return True

    def _add_numbers(self, cells: Sequence[str], where: DistinctCells | None) -> bool:
        found = plain_numbers(cells)
        if found is not None:
            values, has_point = found
            return self._accept(values, "." if has_point else "", cells, cells, where)
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
        return self._accept(spread, decimal, stripped, present, where)

    def _accept(
        self,
        values: Float64s,
        decimal: str,
        cells: Sequence[str],
        present: Sequence[str],
        where: DistinctCells | None,
    ) -> bool:
        if not self._fits(decimal):
            return False
        self._rare.look_at_all(values, cells, None if where is None else where.first, len(self._numbers))
        self._look_at_spelling(present, decimal)
        self._append(values if where is None else values[where.kinds], decimal)
        self._spellings.add(present)
        return True

    def _fits(self, decimal: str) -> bool:
        """Whether cells with this mark of decimals, '' for none, may stand in the column."""
        return not decimal or (self._decimal in ("", decimal) and self._given.decimal in (None, decimal))

    def _append(self, values: Float64s, decimal: str) -> None:
        if self._given.missing_numbers.size:
            values[np.isin(values, self._given.missing_numbers)] = np.nan
        self._decimal = decimal or self._decimal
        self._numbers.append(values)

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

    def _add_words(self, cells: Sequence[str], where: DistinctCells | None) -> None:
        codes = self._levels.add(cells)
        place = next((place for place, cell in enumerate(cells) if cell.strip() == "NA"), None)
        if self._na_row is None and place is not None:
            self._na_row = len(self._codes) + (place if where is None else int(where.first[place]))
        self._codes.append(codes if where is None else codes[where.kinds])

    def finish(
        self, path: Path, row_lines: Integers, elsewhere: str | None = None, check: Callable[[], None] = no_check
    ) -> BuiltColumn:
        """The column. ``row_lines`` ``(n_rows,)`` are lines of the file; ``elsewhere`` as of ``is_open``.

        ``check`` is called now and then, and may raise.

        Raises DataError when cells are not what all others of the column are.
        """
        found = self._finish(path, row_lines, elsewhere, check)
        if self._given.kind is None:
            found = with_offer_of_dates(found, row_lines)
        if self._given.words is None or found.column.missing_words is not None:
            return found
        return replace(found, column=replace(found.column, missing_words=self._given.words))

    def _finish(self, path: Path, row_lines: Integers, elsewhere: str | None, check: Callable[[], None]) -> BuiltColumn:
        if self._words:
            levels, codes = self._levels.levels(), self._codes.whole()
            forms = SpellingForms(levels, check) if self._forms is None else self._forms
            sure = sure_words(levels, check, forms) if self._sure is None else self._sure
            cells = WordCells(self.name, levels, codes, path, row_lines, self._na_row, sure, check, forms)
            found = column_of_words(cells, self._given, DecimalHints(self._given.decimal, elsewhere, self._delimiter))
            is_read = isinstance(found.column, NumberColumn) or found.column.kind == "datetime"
            unseen = controls_warning(cells) if is_read else None
            return found if unseen is None else replace(found, warnings=(*found.warnings, unseen))
        numbers = self._numbers.whole()
        levels, gone = tuple(self._spellings.kept), self._given.missing_among_numbers
        levels = levels if gone.isdisjoint(levels) else tuple(word for word in levels if word not in gone)
        warnings = self._rare.warnings(self.name, row_lines, self._given.kind is None)
        warnings.insert(2, lost_digits_warning(self.name, levels, numbers, row_lines))
        if self._given.are_codes_sought:
            warnings.append(missing_code_warning(self.name, numbers, row_lines))
        # Where commas stand between cells, one inside a cell needs its form: a new file may mean thousands.
        form = NumberFormat("", ",").text() if (self._decimal, self._delimiter) == (",", ",") else None
        column = number_column(self.name, numbers, levels, self._given.kind, form)
        return BuiltColumn(column, self._decimal, tuple(one for one in warnings if one is not None))
