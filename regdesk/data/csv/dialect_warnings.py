"""What to tell of the delimiter and the quotes that were found, where they may be others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.cell_looks import is_missing, is_value
from regdesk.data.csv.header import may_be_row
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.line_mending import BLANK
from regdesk.data.csv.names import RowNamesWarning
from regdesk.data.csv.table import TableWarning
from regdesk.data.csv.trial import Record, Trial, n_commented, said_delimiter
from regdesk.data.errors import DataError, shorten

ONE_COLUMN = "no delimiter stands in every line, so the file has one column; say the delimiter if it has more."
_LINE_NUMBER = re.compile(r"\s*([0-9]{1,6}):")
_LEAST_NUMBERED = 3
_LEAST_BESIDE_NAME = 3
"""Columns and rows beside which a word alone in its row is odd."""
_MARK_BEFORE = re.compile(r"(?:>+|»|\$|\*|-) ")
"""A prompt of a program, or what a mail has before each line that it repeats."""
_ONE_COMMA = re.compile(r"[^,]*[0-9],[0-9][^,]*")
_IN_BLANK_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3})+")
_DELIMITERS_WITHIN = ",;\t|"
_MOST_LOOKED_AT = 100
_COMMENT_BEHIND = re.compile(r"\s+#.*", re.DOTALL)
_COMMENT = re.compile(r"\s*(?:#|//|%|;)(?:[ \t]|\s*$)")
_QUOTES_OF_PRINT = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‹": "›"}
_NAMES_OF_KEYS = frozenset(("id", "ids", "key", "name", "names", "nr", "no", "no.", "index", "code", "date", "time"))
"""What the first column is called where it tells rows apart: then it does not lack a name, but another does."""


def header_warnings(first: Record, rows: Sequence[Record], are_names: bool, is_certain: bool) -> list[TableWarning]:
    """What to tell of the ``first`` record, of which it was found out whether they ``are_names`` of ``rows``."""
    if not are_names:
        names = "column_1" if first.width == 1 else f"column_1 to column_{first.width}"
        message = f"the first row is like the rows below it, so it is read as data and the names are {names}."
        return [TableWarning(first.line, None, message)]
    if _has_name_alone(first, rows):
        message = (
            f"this row has {shorten(rows[0].cells[0])} in its first column and nothing else, and is read as a row; if "
            "that is the name of the column, as pandas writes it, take the line out."
        )
        return [TableWarning(rows[0].line, None, message)]
    if is_certain or not may_be_row(first.cells, rows):
        return []
    message = (
        "the first row, which holds numbers as the rows below it do, is taken for the names of the columns; if it is a "
        "row of data, say so (--no-header)."
    )
    return [TableWarning(first.line, None, message)]


def _has_name_alone(first: Record, rows: Sequence[Record]) -> bool:
    """Whether the first of ``rows`` has a word above other words and nothing else, which no other of them is like."""
    if first.width < _LEAST_BESIDE_NAME or len(rows) < _LEAST_BESIDE_NAME or is_missing(rows[0].cells[0]):
        return False
    are_alone = [bool(row.cells[0]) and not any(row.cells[1:]) for row in rows]
    return are_alone[0] and not any(are_alone[1:]) and not any(is_value(row.cells[0]) for row in rows)


def dialect_warnings(path: Path, lines: Sequence[str], options: ReadingOptions, trial: Trial) -> list[TableWarning]:
    """What to tell of the dialect of ``trial``. Raises DataError for what is no table, or in quotes row by row."""
    _refuse_comments_alone(path, lines, options)
    layout, records = trial.layout, trial.records
    warnings: list[TableWarning] = []
    said = said_delimiter(lines) if options.n_skipped is None and options.delimiter is None else None
    if said not in (None, layout.delimiter):
        message = f"this line names {said!r} as delimiter, which none of the rows has; it is left out."
        warnings.append(TableWarning(1, None, message))
    n_left_out = n_commented(lines) if options.n_skipped is None else 0
    if n_left_out:
        what = "1 line is" if n_left_out == 1 else f"{n_left_out} lines are"
        warnings.append(TableWarning(1, None, f"{what} left out as a comment: {shorten(lines[0])}."))
    _refuse_quotes_of_print(path, lines, trial)
    if layout.quote and len(records) > 1 and _are_quoted_twice(records[:_MOST_LOOKED_AT], layout.quote):
        message = "every cell has quotes within its quotes, and these are read as letters; take one pair of them out."
        warnings.append(TableWarning(records[0].line, None, message))
    if layout.delimiter == BLANK and options.delimiter is None and not _has_value(records):
        message = (
            f"blanks are taken for what stands between cells, as every line has {trial.width} words; if they belong to "
            "the cells of one column, name a delimiter that stands in no line (--delimiter '|')."
        )
        warnings.append(TableWarning(records[0].line, None, message))
    if not layout.quote and options.quote is None:
        first = next((one for one in records if any(cell.startswith('"') for cell in one.cells)), records[0])
        message = "quotes are read as letters, since no cell of the file is quoted as a whole and some have a quote."
        warnings.append(TableWarning(first.line, None, message))
    other = _other_delimiter(lines, options, trial)
    if other:
        message = f"{other!r} stands as regularly in every line as {layout.delimiter!r}, which is taken as delimiter."
        warnings.append(TableWarning(records[0].line, None, message))
    cut = _first_cut_brackets(trial) if options.delimiter is None else None
    if cut is not None:
        message = f"brackets are cut in pieces at {layout.delimiter!r}: put quotes around cells that contain it."
        warnings.append(TableWarning(cut, None, message))
    if records and _are_numbered(lines[layout.n_skipped :]):
        message = (
            f"every line begins with its number, as in {shorten(lines[layout.n_skipped].strip())}, the first one too: "
            "some program has added it; take the numbers out."
        )
        warnings.append(TableWarning(records[0].line, None, message))
    mark = _MARK_BEFORE.match(lines[layout.n_skipped]) if len(records) >= _LEAST_NUMBERED else None
    if mark is not None and all(line.startswith(mark[0]) for line in lines[layout.n_skipped :] if line.strip()):
        message = (
            f"every line begins with {mark[0]!r}, the first one too, and it is read as a part of the cell; take it out."
        )
        warnings.append(TableWarning(records[0].line, None, message))
    if trial.width == 1:
        if options.delimiter is None and options.quote is None:
            _refuse_quoted_rows(path, records)
            _refuse_comments_behind_cells(path, lines, records)
            _refuse_fixed_width(path, lines[layout.n_skipped :], records)
        warnings.append(TableWarning(records[0].line, None, _of_one_column(records)))
    return warnings


def _of_one_column(records: Sequence[Record]) -> str:
    for part, what, delimiter in ((_ONE_COMMA, "comma", ","), (_IN_BLANK_GROUPS, "blank", "blanks")):
        if len(records) > 1 and all(part.fullmatch(record.cells[0]) for record in records[1:]):
            return (
                f"the {what} in every line is read as a part of its number, so the file has one column; if it stands "
                f"between two numbers, say so (--delimiter {delimiter})."
            )
    return ONE_COLUMN


def _are_numbered(lines: Sequence[str]) -> bool:
    """Whether each of ``lines`` begins with its number and a colon, as grep -n writes it, names among them."""
    found = [_LINE_NUMBER.match(line) for line in lines[:_MOST_LOOKED_AT]]
    if len(found) < _LEAST_NUMBERED or not all(found):
        return False
    numbers = [int(one[1]) for one in found if one is not None]
    # A row may begin with a number, too, but names stand in the first line: no figure follows there.
    first = lines[0][found[0].end() :] if found[0] is not None else ""
    return numbers == list(range(1, len(numbers) + 1)) and not any(map(str.isdecimal, first))


def _first_cut_brackets(trial: Trial) -> int | None:
    """The line on which a bracket opens in one cell and closes in another: in the first record, or in half of them."""
    rows = [record for record in trial.records[:_MOST_LOOKED_AT] if record.width == trial.width > 1]
    cut = [record.line for record in rows if any(map(_has_cut, (record.cells,) * 3, "[{(", "]})"))]
    return cut[0] if cut and (2 * len(cut) >= len(rows) or cut[0] == rows[0].line) else None


def _has_cut(cells: Sequence[str], opening: str, closing: str) -> bool:
    if opening not in "".join(cells):
        return False
    depths = [cell.count(opening) - cell.count(closing) for cell in cells]
    return any(depths) and sum(depths) == 0


def row_name_warnings(
    lines: Sequence[str], options: ReadingOptions, layout: Layout, records: Sequence[Record]
) -> list[TableWarning]:
    """What to tell of names that are one fewer than the cells of a row, where something else may be amiss.

    R writes such names, and quotes them and those of rows; without quotes it mostly puts tabs or blanks between cells.
    There may also lack another name than the first, which is likelier where the first cells are numbers, or every row
    may have a cell that contains the delimiter.
    """
    if layout.delimiter == BLANK or any(lines[record.line - 1].lstrip().startswith('"') for record in records[1:2]):
        return []
    are_numbers = all(is_value(record.cells[0].strip()) for record in records[1:])
    if layout.delimiter == "\t" and not are_numbers and records[0].cells[0].strip().casefold() not in _NAMES_OF_KEYS:
        return []
    remedy = "another name is lacking, add it; if a cell contains the delimiter, put quotes around it"
    if options.delimiter is None and _may_have_decimal_commas(layout, records):
        remedy = "commas are decimal marks here, put another delimiter between the cells"
    message = (
        "the names are one fewer than the cells of a row, the first of which is read as the name of the row; if "
        f"{remedy}."
    )
    return [RowNamesWarning(records[0].line, None, message)]


def _may_have_decimal_commas(layout: Layout, records: Sequence[Record]) -> bool:
    """Whether commas stand between whole numbers alone, the first of which count up."""
    if layout.delimiter != ",":
        return False
    counts = [record.cells[0] for record in records[1:]]
    start = int(counts[0] == "1")
    is_count = counts == [str(number) for number in range(start, len(counts) + start)]
    return is_count and all(cell.isdigit() for record in records[1:] for cell in record.cells)


def _other_delimiter(lines: Sequence[str], options: ReadingOptions, trial: Trial) -> str:
    """Another delimiter that splits every record into as many cells as the first, where nobody has named one."""
    layout, first = trial.layout, trial.records[0]
    if options.delimiter is not None or trial.width == 1 or layout.delimiter_text:
        return ""
    for mark in _DELIMITERS_WITHIN:
        if mark == layout.delimiter or not any(mark in cell and not is_value(cell) for cell in first.cells):
            continue
        rows = Trial.of(lines, replace(layout, delimiter=mark))
        has_blanks = all(line.count(f"{mark} ") == line.count(mark) for line in lines)
        if not rows.is_damaged and not has_blanks and {record.width for record in rows.records} == {rows.width}:
            return mark
    return ""


def _refuse_comments_alone(path: Path, lines: Sequence[str], options: ReadingOptions) -> None:
    """Raises DataError where every one of ``lines`` is a comment, and nobody has said how they are to be read."""
    rows = [line for line in lines if line.strip()]
    if rows and options == ReadingOptions() and all(map(_COMMENT.match, rows)):
        problem = "every line is a comment, so there is no table; take the marks out where lines are rows of one."
        raise DataError(problem, file=path, row=1)


def _has_value(records: Sequence[Record]) -> bool:
    return any(is_value(cell) for record in records[1:_MOST_LOOKED_AT] for cell in record.cells)


def _are_quoted_twice(records: Sequence[Record], quote: str) -> bool:
    cells = [cell for record in records for cell in record.cells if cell]
    return bool(cells) and all(len(cell) > 1 and cell.startswith(quote) and cell.endswith(quote) for cell in cells)


def _refuse_quotes_of_print(path: Path, lines: Sequence[str], trial: Trial) -> None:
    """Raises DataError where every cell, names among them, stands between quotes as books have them."""
    records = trial.records[:_MOST_LOOKED_AT]
    pair = lines[records[0].line - 1].strip()[:1] if len(records) > 1 and trial.width > 1 else ""
    last = _QUOTES_OF_PRINT.get(pair, "")
    if last and all(cell[:1] == pair and cell[-1:] in last for record in records for cell in record.cells):
        problem = (
            f"every cell stands between {pair} and {last[0]}, which are letters in a file; put plain quotes there."
        )
        raise DataError(problem, file=path, row=records[0].line)


def _refuse_quoted_rows(path: Path, records: Sequence[Record]) -> None:
    """Raises DataError where the one cell of each record is a row of values itself, and that of the first its names."""
    for mark in _DELIMITERS_WITHIN:
        split = [record.cells[0].split(mark) for record in records[:_MOST_LOOKED_AT]]
        if len(split) < 2 or len(split[0]) < 2 or len({len(cells) for cells in split}) > 1:
            continue
        n_values = sum(is_value(cell.strip()) for cells in split[1:] for cell in cells)
        if n_values * 2 >= sum(map(len, split[1:])) and not any(is_value(cell.strip()) for cell in split[0]):
            problem = "every row stands in quotes as a whole, so that it is one cell; take these quotes out."
            raise DataError(problem, file=path, row=records[0].line)


def _refuse_comments_behind_cells(path: Path, lines: Sequence[str], records: Sequence[Record]) -> None:
    """Raises DataError where the cells of every row have blanks between them, but for comments behind some."""
    rows = [(record.line, lines[record.line - 1]) for record in records[:_MOST_LOOKED_AT] if not record.is_comment]
    split = [_COMMENT_BEHIND.sub("", text).split() for _, text in rows]
    commented = [line for line, text in rows if _COMMENT_BEHIND.search(text)]
    if not commented or len(split) < 2 or len(split[0]) < 2 or len({len(cells) for cells in split}) > 1:
        return
    if 2 * sum(map(is_value, (cell for cells in split[1:] for cell in cells))) >= sum(map(len, split[1:])):
        raise DataError(
            "a comment after the cells of this row keeps the blanks between cells from being seen as such; take the "
            "comment out.",
            file=path,
            row=commented[0],
        )


def _refuse_fixed_width(path: Path, lines: Sequence[str], records: Sequence[Record]) -> None:
    """Raises DataError where ``lines`` have blanks in common, several in some line, from the first to the last."""
    rows = [line.rstrip() for line in lines[:_MOST_LOOKED_AT] if line.strip()]
    if len(rows) < 3:
        return
    common = set(range(1, min(map(len, rows))))
    for row in rows:
        common &= {place for place in common if row[place] == " "}
    if any(any("  " in row[max(place - 1, 0) : place + 2] for row in rows) for place in common):
        raise DataError(
            "the file seems to have columns of fixed width, which are not told apart here; save it with a delimiter. "
            "If it has one column, name a delimiter that stands in no line (--delimiter '|').",
            file=path,
            row=records[0].line,
        )
