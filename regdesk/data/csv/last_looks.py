"""What is seen of a table once all its columns are there: names of rows, decimal marks, an end that was cut off."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from regdesk.core.types import Integers
from regdesk.data.columns.built_column import BuiltColumn
from regdesk.data.columns.word_notes import CodesOfTwoLetters
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.line_mending import BLANK
from regdesk.data.csv.names import UnnamedColumn
from regdesk.data.csv.table import Column, NumberColumn, TableWarning, WordColumn
from regdesk.data.encodings.text_faults import MOST_LISTED, listed
from regdesk.data.errors import shorten

_LOOKED_AT_BYTES = 32_768
_LEAST_ROWS = 5
_LEAST_COLUMNS = 3
_LEAST_DECIMALS = 2
_MOST_TOGETHER = 2
_DIGIT = re.compile("[0-9]")
_DECIMALS = re.compile(r"[+-]?[0-9]*[.,]([0-9]*)|[+-]?[0-9]+()")


def decimal_warnings(built: Sequence[BuiltColumn]) -> list[TableWarning]:
    """What to tell of columns with a decimal point, beside others with a decimal comma."""
    if not any(one.decimal == "," for one in built):
        return []
    message = "this column is read with a decimal point, others with a decimal comma."
    return [TableWarning(None, one.column.name, message) for one in built if one.decimal == "."]


def told_of_columns(built: Sequence[BuiltColumn], have_na: Sequence[bool]) -> list[TableWarning]:
    """What the columns have to tell, each by itself.

    ``have_na`` (n_columns,): in which columns of words NA is written. In two of them it means missing, and no country.
    """
    is_usual = sum(have_na) > 1
    return [
        warning
        for one in built
        for warning in one.warnings
        if not (is_usual and isinstance(warning, CodesOfTwoLetters))
    ]


def are_row_names(first: Column, layout: Layout, warnings: Sequence[TableWarning]) -> bool:
    """Whether the first column has no name in the header, and different numbers or words that tell rows apart."""
    is_unnamed = layout.has_header and any(
        warning.column == first.name and isinstance(warning, UnnamedColumn) for warning in warnings
    )
    if not is_unnamed or first.n_missing or first.distinct < len(first.missing):
        return False
    if not isinstance(first, NumberColumn):
        # Dates below a header that is one short may as well be a column of it.
        return not (layout.has_row_names and first.kind == "datetime")
    if layout.has_row_names:
        # Other numbers may as well be a column whose rows have a cell more than the header: that is told.
        return first.numbers[0] in (0, 1) and bool((np.diff(first.numbers) == 1.0).all())
    return True


def cut_off_warnings(path: Path, layout: Layout, columns: Sequence[Column], row_lines: Integers) -> list[TableWarning]:
    """What to tell where the file seems to end within its last row: no line end, and less than the other rows have.

    Of a last number that is fixed to some decimals, of a last date, of a last label and of a last cell that is empty
    this can be seen.
    """
    column, last = columns[-1], len(row_lines) - 1
    if last < _LEAST_ROWS or len(columns) < 2 or layout.encoding.startswith(("utf-16", "utf-32")):
        return []
    lines = _last_lines(path)
    if len(lines) < _LEAST_ROWS or not lines[-1]:
        return []
    cells = [line.rpartition(layout.delimiter)[2].strip() for line in lines if line.strip()]
    if column.missing[last]:
        is_cut = not cells[-1] and not column.missing[:last].any() and layout.delimiter != BLANK
        what = "its last cell is empty, as in no other row" if is_cut else ""
    elif isinstance(column, WordColumn):
        is_date = column.kind == "datetime"
        what = _beginning_of_a_date(cells) if is_date else _beginning_of_another(column, cells[-1])
    else:
        what = _fewer_decimals(cells)
    if not what:
        return []
    message = f"the file ends in this row without the end of a line, and {what}: it may have been cut off."
    return [TableWarning(int(row_lines[last]), column.name, message)]


def heading_warnings(columns: Sequence[Column], row_lines: Integers) -> list[TableWarning]:
    """What to tell of rows that have one cell alone, the first row among them: headings of the rows below each.

    All stand in one column, of words, and at most two of them together, as that of a part stands below that of the
    whole.
    """
    filled = [column for column in columns if not column.missing[0]]
    if len(columns) < _LEAST_COLUMNS or len(filled) != 1 or not isinstance(filled[0], WordColumn):
        return []
    column = filled[0]
    others = [other.missing for other in columns if other is not column]
    rows = np.flatnonzero(~column.missing & np.logical_and.reduce(others))
    begins = np.flatnonzero(np.diff(rows, prepend=-2) > 1)
    longest = np.diff(begins, append=len(rows)).max()
    if len(begins) < 2 or longest > _MOST_TOGETHER or rows[-1] == len(row_lines) - 1 or len(rows) > len(row_lines) / 2:
        return []
    lines = row_lines[rows[: MOST_LISTED + 1]].tolist()
    also = f" (so {'have' if len(rows) > 2 else 'has'} {listed(lines[1:], len(rows) - 1)})"
    which = "a first cell" if column is columns[0] else "one cell"
    message = (
        f"this row has {which} alone{also} and may be a heading of the rows below it; it is read as a row like "
        "the others, whose other cells are missing."
    )
    return [TableWarning(lines[0], column.name, message)]


def counting_warnings(columns: Sequence[Column], row_lines: Integers) -> list[TableWarning]:
    """What to tell where the first row counts the columns, 1, 2, 3, as offices write it below the names.

    Only where it stands above words: numbers may count by accident.
    """
    if len(columns) < _LEAST_COLUMNS or not any(isinstance(column, WordColumn) for column in columns):
        return []
    for number, column in enumerate(columns, 1):
        if column.missing[0]:
            return []
        if isinstance(column, NumberColumn):
            is_counted = column.numbers[0] == number
        else:
            is_counted = column.kind != "datetime" and column.levels[column.codes[0]] == str(number)
        if not is_counted:
            return []
    message = (
        "this row counts the columns, and is read as a row like the others; take it out if it belongs to the names."
    )
    return [TableWarning(int(row_lines[0]), None, message)]


def _last_lines(path: Path) -> list[str]:
    """The last lines of the file, whole ones but for the last, which is empty where the file ends with a line end."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - _LOOKED_AT_BYTES, 0))
        text = file.read().decode("latin-1")
    lines = re.split("\r\n|\n|\r", text)
    return lines[1:] if size > _LOOKED_AT_BYTES else lines


def _beginning_of_another(column: WordColumn, cell: str) -> str:
    """What to say where the last cell, which no other row has, is the beginning of a label that others have."""
    code = column.codes[-1]
    if column.kind not in ("categorical", "boolean") or np.count_nonzero(column.codes == code) > 1:
        return ""
    label = column.levels[code]
    if label != cell:
        return ""
    whole = next((other for other in column.levels if other != label and other.startswith(label)), None)
    return "" if whole is None else f"its last cell, {shorten(label)}, is the beginning of {shorten(whole)}"


def _beginning_of_a_date(cells: Sequence[str]) -> str:
    """What to say where the last of ``cells`` has what dates above begin with, which all have as many digits."""
    above = {_DIGIT.sub("0", cell) for cell in cells[1:-1]}
    last = _DIGIT.sub("0", cells[-1])
    if len(cells) < _LEAST_ROWS or len(above) != 1 or last in above or not above.pop().startswith(last):
        return ""
    return f"its last cell, {shorten(cells[-1])}, is shorter than all others"


def _fewer_decimals(cells: Sequence[str]) -> str:
    """What to say where all numbers but the last of ``cells`` have as many decimals, zeros at the end among them."""
    found = list(map(_DECIMALS.fullmatch, cells))
    if found[-1] is None:
        return ""
    decimals = [one[1] or "" for one in found if one is not None]
    lengths = list(map(len, decimals))
    above = decimals[1:-1]
    is_fixed = len(above) >= _LEAST_ROWS and all(first == second for first, second in pairwise(lengths[1:-1]))
    if not is_fixed or lengths[-2] < _LEAST_DECIMALS or lengths[-1] >= lengths[-2]:
        return ""
    if not any(one.endswith("0") for one in above):
        return ""
    return f"its last number, {shorten(cells[-1])}, has fewer decimals than all others"
