"""Rows of a table as a fitted model reads them, whether it was fitted on this table or on another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from regdesk.core.fitted.cells import LabelCells, NumberCells
from regdesk.core.fitted.column_encoding import ColumnEncoding
from regdesk.core.fitted.encoding import Encoding
from regdesk.core.types import Integers
from regdesk.data.columns.number_dates import as_words
from regdesk.data.columns.number_formats import PLAIN, format_of
from regdesk.data.csv.table import MISSING_CODE, Column, NumberColumn, Table
from regdesk.data.dates.time_forms import NUMBER_FORMS
from regdesk.data.errors import DataError, listing, shorten
from regdesk.data.prepare.cell_reading import mark_of, no_value_text, read_words
from regdesk.data.prepare.features import nearest_names


class TableRows:
    """Some rows of a table, or all of them, for an encoding that need not come from it.

    A whole column is read once, however many parts of it are asked for.
    """

    def __init__(self, table: Table, rows: Integers | None = None) -> None:
        self.table = table
        self._rows = np.arange(table.n_rows) if rows is None else rows
        self._read: dict[str, tuple[ColumnEncoding, NumberCells | LabelCells]] = {}

    @property
    def n_rows(self) -> int:
        """How many there are."""
        return len(self._rows)

    @property
    def lines(self) -> Integers:
        """Of each row the line of the file on which it starts, from 1, ``(n_rows,)``."""
        return self.table.row_lines[self._rows]

    def part(self, start: int, stop: int) -> TableRows:
        """The rows from ``start`` on, up to and without ``stop``."""
        found = TableRows(self.table, self._rows[start:stop])
        found._read = self._read
        return found

    def check(self, encoding: Encoding) -> None:
        """Raises DataError, naming file and column, where a column is missing or of another kind than in training."""
        check_names(self.table.path, self.table.column_names, encoding.columns)
        for column in encoding.columns:
            self._whole(column)

    def cells(self, column: ColumnEncoding) -> NumberCells | LabelCells:
        """As ``Rows`` has it. Raises DataError as ``check``."""
        whole = self._whole(column)
        if isinstance(whole, LabelCells):
            return LabelCells(whole.codes[self._rows], whole.labels, whole.no_dates)
        if not whole.faults and not whole.words:
            return NumberCells(whole.numbers[self._rows])
        rows = list(enumerate(self._rows.tolist()))
        wrong = {row: whole.faults[number] for row, number in rows if number in whole.faults}
        words = {row: whole.words[number] for row, number in rows if number in whole.words}
        return NumberCells(whole.numbers[self._rows], wrong, words)

    def _whole(self, wanted: ColumnEncoding) -> NumberCells | LabelCells:
        """All cells of the table's column."""
        try:
            column = self.table.column(wanted.source_name)
        except KeyError:
            check_names(self.table.path, self.table.column_names, [wanted])
            raise
        if isinstance(column, NumberColumn) and not wanted.levels and wanted.date_form is None:
            self._check_unit(column, wanted)
            return NumberCells(column.numbers)
        known = self._read.get(wanted.name)
        if known is None or known[0] is not wanted:
            known = self._read[wanted.name] = wanted, self._read_column(column, wanted)
        return known[1]

    def _check_unit(self, column: NumberColumn, wanted: ColumnEncoding) -> None:
        """Raises DataError when the numbers are in another unit or currency than in training."""
        own, known = (PLAIN if one is None else format_of(one) for one in (column.number_form, wanted.number_form))
        if column.n_missing == len(column.missing) or own.is_of_scale_of(known):
            return
        what = f"are in {own.affix}" if own.affix else "have no unit"
        raise DataError(
            f"the numbers of this column {what}, and the model was fitted on "
            f"{f'numbers in {known.affix}' if known.affix else 'numbers without a unit'}.",
            file=self.table.path,
            row=int(self.table.row_lines[int(np.argmin(column.missing))]),
            column=column.name,
        )

    def _read_column(self, column: Column, wanted: ColumnEncoding) -> NumberCells | LabelCells:
        if isinstance(column, NumberColumn):
            return self._numbers_as_words(column, wanted)
        if wanted.levels:
            return read_words(wanted, column.levels, column.codes)
        mark = mark_of(column.levels, column.codes, self.table.dialect.delimiter != ",")
        found = read_words(wanted, column.levels, column.codes, mark or ".", bool(mark))
        if isinstance(found, NumberCells):
            check_kind(self.table.path, wanted, found, self.table.row_lines)
        return found

    def _numbers_as_words(self, column: NumberColumn, wanted: ColumnEncoding) -> NumberCells | LabelCells:
        """A column of numbers where the model knows labels or dates; what its cells said is in ``levels``."""
        if wanted.date_form in NUMBER_FORMS:
            dates = as_words(column, wanted.date_form or "")
            return read_words(wanted, dates.levels, dates.codes)
        spelled = {float(level.replace(",", ".")): level for level in column.levels}
        known = {wanted.label_of(level) for level in column.levels} & set(wanted.seen)
        is_empty = column.n_missing == len(column.missing)
        if not is_empty and (not known or len(spelled) != len(column.levels)):
            row = int(np.argmin(column.missing))
            raise DataError(
                f"these are numbers, such as {column.numbers[row]:g}, and the model was fitted on "
                f"{'dates' if wanted.date_form else f'labels, such as {shorten(wanted.levels[0])}'}.",
                file=self.table.path,
                row=int(self.table.row_lines[row]),
                column=column.name,
            )
        levels = list(spelled.values())
        place = {number: code for code, number in enumerate(spelled)}
        codes = np.array([place.get(number, MISSING_CODE) for number in column.numbers.tolist()], np.int32)
        return read_words(wanted, levels, codes)


def check_names(file: Path | str, names: Sequence[str], columns: Sequence[ColumnEncoding]) -> None:
    """Raises DataError when one of ``columns`` is not among ``names``; the first is named with what is near."""
    there = set(names)
    missing = list(dict.fromkeys(column.source_name for column in columns if column.source_name not in there))
    if not missing:
        return
    if len(missing) == 1:
        raise DataError(
            f"it is not there, and the model needs it; {nearest_names(missing[0], names)}", file=file, column=missing[0]
        )
    named = listing([f"'{name}'" for name in missing])
    raise DataError(f"the model needs columns that are not there: {named}.", file=file)


def check_kind(file: Path | str, column: ColumnEncoding, cells: NumberCells, lines: Integers | None) -> None:
    """Raises DataError when ``cells`` hold words alone where ``column`` was fitted on numbers or dates.

    ``lines`` ``(n_rows,)`` are lines of the file; None where there is none.
    """
    if not (cells.faults or cells.words) or not np.isnan(cells.numbers).all():
        return
    row = min(*cells.faults, *cells.words, len(cells.numbers))
    wanted = f"dates in the form {column.date_form}" if column.date_form else "numbers"
    said = cells.faults[row] if row in cells.faults else no_value_text(column, cells.words[row])
    raise DataError(
        f"{said}, and no other cell of this column is one; the model was fitted on {wanted}.",
        file=file,
        row=None if lines is None else int(lines[row]),
        column=column.name,
    )
