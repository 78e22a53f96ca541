"""A copy of a table in which single cells are others than in its file, and rows stand that the file does not have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.types import Integers
from regdesk.data.columns.kinds import labels_of
from regdesk.data.csv.table import MISSING_CODE, Column, NumberColumn, Table, WordColumn
from regdesk.data.errors import DataError, shorten

ChangedCell = tuple[str, str]
"""Row and column, such as "12:temperature", the first row of the table being 1; and what is in the cell."""


@dataclass(frozen=True)
class TableCopy:
    """A table with what was changed in it.

    Attributes:
        rows: numbers of the rows of the file, from 0, of which a cell is another, sorted.
        n_added: rows that stand behind those of the file.
    """

    table: Table
    rows: tuple[int, ...] = ()
    n_added: int = 0

    @property
    def sentence(self) -> str:
        """What was changed, for the user; empty where nothing was."""
        parts = [f"{_points(len(self.rows))} moved"] if self.rows else []
        parts += [f"{self.n_added} added" if parts else f"{_points(self.n_added)} added"] if self.n_added else []
        if not parts:
            return ""
        return f"Your copy of {shorten(self.table.name).strip(chr(39))}: {', '.join(parts)}; the file is untouched."


def with_changed_cells(table: Table, cells: Sequence[ChangedCell]) -> TableCopy:
    """A copy of ``table`` with ``cells``. Rows behind its last one are added, and lack every cell that is not given.

    Raises DataError for a row, a column or a value that cannot be, naming row and column.
    """
    if not cells:
        return TableCopy(table)
    wanted: dict[str, dict[int, str]] = {}
    for place, value in cells:
        row, name, text = _read_place(table, place, value)
        wanted.setdefault(name, {})[row] = text
    touched = {row for own in wanted.values() for row in own}
    added = sorted(row for row in touched if row >= table.n_rows)
    if added != list(range(table.n_rows, table.n_rows + len(added))):
        first = next(row for place, row in enumerate(added, table.n_rows) if row != place)
        raise DataError(
            f"row {first + 1} cannot be added: the table has {table.n_rows} rows, and those that are added follow "
            "them without a gap.",
            file=table.path,
        )
    columns = tuple(_changed(table, column, wanted.get(column.name, {}), len(added)) for column in table.columns)
    copy = replace(table, columns=columns, row_lines=_lines(table.row_lines, len(added)))
    return TableCopy(copy, tuple(sorted(touched - set(added))), len(added))


def _points(number: int) -> str:
    return "1 point" if number == 1 else f"{number:,} points"


def _read_place(table: Table, place: str, value: str) -> tuple[int, str, str]:
    """Row, from 0, column and text of a changed cell. Raises DataError where there is no such cell."""
    number, _, rest = place.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) <= 9 and int(number) >= 1 and rest):
        raise DataError(
            f"{shorten(place)} names no cell; a row from 1 on and a column do, such as 12:{table.column_names[0]}.",
            file=table.path,
        )
    # A name or a label may have a = in it.
    parts = f"{rest}={value}".split("=")
    for n_parts in range(1, len(parts)):
        name = "=".join(parts[:n_parts])
        if name in table.column_names:
            return int(number) - 1, name, "=".join(parts[n_parts:])
    raise DataError("there is no such column to change a cell of.", file=table.path, column=rest)


def _changed(table: Table, column: Column, texts: dict[int, str], n_added: int) -> Column:
    missing = np.concatenate([column.missing, np.ones(n_added, np.bool_)])
    missing[list(texts)] = False
    if isinstance(column, NumberColumn):
        numbers = np.concatenate([column.numbers, np.full(n_added, np.nan)])
        for row, text in texts.items():
            numbers[row] = _number(table, column, row, text)
        distinct = len(np.unique(numbers[~missing]))
        return replace(column, numbers=numbers, missing=missing, distinct=distinct)
    codes = np.concatenate([column.codes, np.full(n_added, MISSING_CODE, column.codes.dtype)])
    for row, text in texts.items():
        codes[row] = _code(table, column, row, text)
    return replace(column, codes=codes, missing=missing)


def _number(table: Table, column: Column, row: int, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = np.nan
    if not np.isfinite(number):
        raise DataError(f"{shorten(text)} in row {row + 1} is not a number.", file=table.path, column=column.name)
    return number


def _code(table: Table, column: WordColumn, row: int, text: str) -> int:
    """Of the first spelling of the label ``text``."""
    labels = labels_of(column)
    if column.kind == "datetime" or text not in labels:
        what = "a date cannot be changed" if column.kind == "datetime" else f"{shorten(text)} is none of its labels"
        raise DataError(f"{what}, in row {row + 1}.", file=table.path, column=column.name)
    return labels.index(text)


def _lines(row_lines: Integers, n_added: int) -> Integers:
    """Rows that are added stand where they would in the file."""
    last = int(row_lines.max()) if len(row_lines) else 1
    return np.concatenate([row_lines, np.arange(last + 1, last + 1 + n_added)])
