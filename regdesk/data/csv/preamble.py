"""Where the table begins in a file: after titles and comments, with names or without them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.cell_looks import is_missing, is_said_note, is_value
from regdesk.data.csv.dialect_warnings import ONE_COLUMN, dialect_warnings, header_warnings, row_name_warnings
from regdesk.data.csv.header import count_header_rows, header_votes, is_header
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.names import first_below_settings, group_above
from regdesk.data.csv.row_shape import RowShape, is_written_without_last_cells
from regdesk.data.csv.table import TableWarning
from regdesk.data.csv.trial import Record, Trial
from regdesk.data.errors import shorten

NAME_DELIMITERS = ",;\t|"
_COMMAS_OF_TEXT = re.compile(r"[^,]+(?:, [^,]*)+")
_SETTING = re.compile(r"[\w .-]{1,40}(?::\s|=)")
_MOST_RECORDS_BEFORE = 30
HEADER_MARKS = ("#", "%", "//", "!", "*")
"""What stands before names in a line that is a comment to other programs."""


def find_beginning(
    path: Path, lines: Sequence[str], options: ReadingOptions, trial: Trial
) -> tuple[Layout, list[TableWarning]]:
    """The layout of ``trial`` with the place and form of the header in the sample ``lines``, and what to tell of it.

    Raises DataError for rows that stand in quotes as a whole.
    """
    layout, records, width = trial.layout, trial.records, max(trial.width, 1)
    if not records:
        return replace(layout, has_header=options.has_header is not False), []
    warnings = dialect_warnings(path, lines, options, trial)
    is_padded, groups = options.has_header is not False and _is_padded(records), None
    if is_padded:
        width = records[0].width
        records = tuple(_as_wide(record, width) for record in records)
    elif width > 1 and options.n_skipped is None:
        layout = _with_start(lines, trial)
        records = tuple(record for record in records if record.line > layout.n_skipped)
        if layout.header_delimiter:
            message = f"the names are delimited by {layout.header_delimiter!r} and the rows by {layout.delimiter!r}."
            warnings.append(TableWarning(records[0].line, None, message))
        if layout.has_row_names:
            are_quoted = all(lines[record.line - 1].lstrip().startswith('"') for record in records[1:])
            layout = replace(layout, has_quoted_row_names=are_quoted)
            warnings += row_name_warnings(lines, options, layout, records)
        skipped = [record for record in trial.records if record.line <= layout.n_skipped]
        groups = group_above(skipped, records[0])
        if groups is not None:
            layout, records = replace(layout, n_skipped=groups.line - 1), (skipped.pop(), *records)
        if skipped:
            before = "header" if options.has_header is not False else "first row"
            what = "1 line is" if len(skipped) == 1 else f"{len(skipped)} lines are"
            text = shorten(lines[skipped[0].line - 1])
            warnings.append(TableWarning(skipped[0].line, None, f"{what} left out before the {before}: {text}."))
    header, rows = records[0], _alike(records[1:], width)
    if header.width == 1 < width and not layout.has_row_names and not layout.header_delimiter:
        warnings.append(TableWarning(header.line, None, ONE_COLUMN))
    has_header = options.has_header
    if has_header is None:
        is_known = layout.has_row_names or bool(layout.header_mark) or header.width != width or groups is not None
        has_header = is_known or (is_header(header.cells, rows) if rows else not all(map(is_value, header.cells)))
        warnings += header_warnings(header, rows, has_header, is_known)
    layout = replace(layout, has_header=has_header)
    n_header_rows = 0
    if has_header and not layout.has_row_names and header.width == width > 1:
        layout = _without_mark(layout, header, rows)
        n_adjacent = sum(1 for _ in takewhile(lambda record: record.width == width, records))
        n_header_rows = 2 if groups is not None else min(count_header_rows([header, *rows]), n_adjacent)
        if n_header_rows > 1:
            message = f"the names stand in {n_header_rows} rows, which are joined."
            warnings.append(TableWarning(rows[0].line, None, message))
            layout = replace(layout, n_header_rows=n_header_rows)
    below = _alike(_undisturbed(records[max(n_header_rows, int(has_header)) :]), width)
    shape = RowShape.of([row.cells for row in below], is_padded)
    return replace(layout, n_columns=width if header.width > width > 1 else None, row_shape=shape), warnings


def _undisturbed(rows: Sequence[Record]) -> list[Record]:
    """Those of ``rows`` that are no comments and stand above the first blank line, without notes at the end."""
    gap = next((place for place in range(2, len(rows)) if rows[place].line > rows[place - 1].last_line + 1), len(rows))
    end = gap
    while end > 1 and is_said_note(rows[end - 1].cells[0]):
        end -= 1
    return [row for row in rows[:end] if not row.is_comment]


def _is_padded(records: Sequence[Record]) -> bool:
    """Whether ``records`` lack their empty last cells, and the first has the names of all columns."""
    names, rows = records[0], records[1:]
    if not is_written_without_last_cells(names.cells, [row.cells for row in rows]):
        return False
    return header_votes(names.cells, [_as_wide(row, names.width) for row in rows]) > 0


def _as_wide(record: Record, width: int) -> Record:
    return replace(record, cells=record.cells + ("",) * (width - record.width))


def _without_mark(layout: Layout, header: Record, rows: Sequence[Record]) -> Layout:
    """``layout`` with the mark of a comment taken off its names, as numpy writes it: a blank stands behind it."""
    mark = next((mark for mark in HEADER_MARKS if header.cells[0].startswith(f"{mark} ")), None)
    if mark is None or any(row.cells[0].startswith(mark) for row in rows):
        return layout
    return replace(layout, n_skipped=header.line - 1, header_mark=mark)


def _with_start(lines: Sequence[str], trial: Trial) -> Layout:
    """The layout of ``trial`` with the lines before the header skipped."""
    records, width, layout = trial.records, trial.width, trial.layout
    mark = _mark_between_names(lines[records[0].line - 1], trial)
    if mark:
        return replace(layout, n_skipped=records[0].line - 1, header_delimiter=mark)
    if _counts_what_follows(records[0], records[1:], width):
        return replace(layout, n_skipped=records[0].line)
    start = _first_of_table(lines, trial)
    if start == 0:
        return layout
    first, before, rest = records[start], records[start - 1], _alike(records[start + 1 :], width)
    # Words of missing are names only where none stand above them.
    are_names = is_header(first.cells, rest) and not all(map(is_missing, first.cells))
    if not are_names and before.last_line == first.line - 1:
        mark = next((mark for mark in HEADER_MARKS if before.cells[0].startswith(mark)), "")
        if mark:
            marked = replace(layout, n_skipped=before.line - 1, header_mark=mark)
            names = Trial.of(lines[: before.last_line], marked).records
            # A name and what is set, as in "# columns: 2", are no names of two columns.
            is_setting = bool(names) and names[0].cells[0].endswith(":")
            if names and names[0].width == width and not is_setting and is_header(names[0].cells, [first, *rest]):
                return marked
            if before.width > 1 and before.cells[0] != mark and _can_be_names(before, width, [first, *rest]):
                # The rows end with a delimiter, and the name of the first column begins with that mark.
                return replace(layout, n_skipped=before.line - 1)
        elif _may_be_one_column(lines, trial, before, [first, *rest]):
            # Reading them names the first row.
            return replace(layout, n_skipped=before.line - 1)
        elif _lacks_a_name_for_row_names(before, width, [first, *rest]):
            return replace(layout, n_skipped=before.line - 1, has_row_names=True)
        elif _can_be_names(before, width, [first, *rest]):
            return replace(layout, n_skipped=before.line - 1)
        elif before.width > 1 and not before.is_comment:
            # A header that does not fit its rows is no title: reading them names the first that is of another width.
            return replace(layout, n_skipped=before.line - 1)
    return replace(layout, n_skipped=first.line - 1)


def _counts_what_follows(first: Record, rows: Sequence[Record], width: int) -> bool:
    """Whether ``first`` says how many ``rows`` and inputs there are, and what the classes are called: 150,4,red,blue.

    The sample may end before the rows do.
    """
    counts = [int(cell) for cell in first.cells[:2] if cell.isascii() and cell.isdecimal()]
    if len(counts) < 2 or counts[1] not in (width - 1, width) or len(_alike(rows, width)) < len(rows):
        return False
    if first.width != width:
        return len(rows) <= counts[0]
    return len(rows) == counts[0] and any(cell and not is_value(cell) for cell in first.cells[2:])


def _mark_between_names(line: str, trial: Trial) -> str:
    """The mark that delimits the names on ``line``, the first of the file, where rows have another; else nothing."""
    rows = _alike(trial.records[1:], trial.width)
    if trial.records[0].width > 1 or len(rows) < len(trial.records) - 1 or '"' in line:
        return ""
    for mark in NAME_DELIMITERS:
        names = [name.strip() for name in line.split(mark)]
        if len(names) == trial.width and all(names) and is_header(names, rows):
            return mark
    return ""


def _first_of_table(lines: Sequence[str], trial: Trial) -> int:
    """The number of the first record that is as wide as the rest, and neither a title nor a comment."""
    records, width = trial.records, trial.width
    place = next(place for place, record in enumerate(records) if record.width == width)
    place = max(place, _first_below_gap(records, width), first_below_settings(records, width))
    while True:
        # Comments of another width stand between comments.
        after = place + 1
        while after < len(records) and records[after].is_comment and records[after].width != width:
            after += 1
        if (
            after >= len(records)
            or records[after].width != width
            or (after > place + 1 and not records[place].is_comment)
        ):
            return place
        here, below = records[place], records[after]
        rest = _alike(records[after + 1 :], width)
        is_alone = here.n_filled == 1 and bool(here.cells[0]) and below.n_filled > 1
        is_title = is_alone or here.cells[0].endswith(":") or here.is_comment or _is_sentence(lines, here, trial)
        is_title = is_title and (is_header(below.cells, rest) or bool(rest and group_above([below], rest[0])))
        if not rest or not (is_title or _is_better_header(below, here, rest)):
            return place
        place = after


def _is_sentence(lines: Sequence[str], record: Record, trial: Trial) -> bool:
    """Whether all commas of ``record`` have a blank behind them, and most of those below have none."""
    if trial.layout.delimiter != "," or not _COMMAS_OF_TEXT.fullmatch(lines[record.line - 1]):
        return False
    below = [lines[one.line - 1] for one in trial.records if one.line > record.line]
    return 2 * sum(map(bool, map(_COMMAS_OF_TEXT.fullmatch, below))) < len(below)


def _is_better_header(below: Record, above: Record, rows: Sequence[Record]) -> bool:
    """Whether ``below`` are names of ``rows`` and ``above`` has values where names would be."""
    votes_above, votes_below = header_votes(above.cells, rows), header_votes(below.cells, rows)
    if votes_above < 0 < votes_below:
        return above.n_filled < above.width or not all(map(is_value, below.cells))
    are_names = below.n_filled == below.width and not any(map(is_value, below.cells))
    return votes_above == 0 < votes_below and are_names and any(map(is_value, above.cells))


def _first_below_gap(records: Sequence[Record], width: int) -> int:
    """The number of the record below a blank line, where it has all names and none above has a last cell; or 0."""
    gap = next((at for at in range(1, len(records)) if records[at].line > records[at - 1].last_line + 1), 0)
    are_pairs = 2 * gap < len(records) and _are_pairs(records[:gap])
    for place in range(1, min(len(records) - 1, _MOST_RECORDS_BEFORE)):
        here, before = records[place], records[place - 1]
        # The head of a mail may be as wide by accident: To: Ann, Bob.
        is_setting = all(_SETTING.match(one.cells[0]) for one in (records[0], before)) or are_pairs
        if before.width == width and before.cells[-1] and not is_setting:
            return 0
        if here.line > before.last_line + 1 and here.width == width == here.n_filled:
            return place if header_votes(here.cells, _alike(records[place + 1 :], width)) > 0 else 0
    return 0


def _are_pairs(records: Sequence[Record]) -> bool:
    """Whether ``records`` are settings: a word and what it is set to, values among it, and no names above them.

    A word may stand alone below the first.
    """
    are_words = all(one.cells[0] and not is_value(one.cells[0]) and not any(one.cells[2:]) for one in records)
    return are_words and bool(records) and records[0].n_filled == 2 and is_value(records[0].cells[1])


def _alike(records: Sequence[Record], width: int) -> list[Record]:
    return [record for record in records if record.width == width]


def _lacks_a_name_for_row_names(names: Record, width: int, rows: Sequence[Record]) -> bool:
    """Whether ``names`` are one too few because the first cells of ``rows``, all different, only tell rows apart.

    A single name could be a title as well: then they have to be words, or to count from 1.
    """
    if names.width != width - 1 or names.n_filled < names.width or not any(row.cells[-1] for row in rows):
        return False
    first = [row.cells[0] for row in rows]
    if len(set(first)) < len(first):
        return False
    counts = first == [str(number) for number in range(1, len(first) + 1)]
    return width > 2 or (" " not in names.cells[0] and (counts or not any(map(is_value, first))))


def _may_be_one_column(lines: Sequence[str], trial: Trial, name: Record, rows: Sequence[Record]) -> bool:
    """Whether ``rows`` may be numbers with a decimal comma below their ``name``, and not cells below a title."""
    if trial.layout.delimiter != "," or trial.width != 2 or " " in name.cells[0] or is_value(name.cells[0]):
        return False
    is_bare = not any(lines[row.line - 1].lstrip().startswith(trial.layout.quote or '"') for row in rows)
    return is_bare and all(cell.isdigit() for row in rows for cell in row.cells)


def _can_be_names(names: Record, width: int, rows: Sequence[Record]) -> bool:
    """Whether ``names`` differ from the width of ``rows`` by cells that are empty, in it or in all rows."""
    if names.width > width:
        return not any(names.cells[width:])
    return not any(cell for row in rows for cell in row.cells[names.width :])
