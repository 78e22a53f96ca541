"""Where the table begins in a file: after titles and comments, with names or without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.header import count_header_rows, header_votes, is_header
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.table import TableWarning
from regdesk.data.csv.trial import COMMENT_MARKS, Record, Trial, is_value
from regdesk.data.errors import shorten


def find_beginning(lines: Sequence[str], options: ReadingOptions, trial: Trial) -> tuple[Layout, list[TableWarning]]:
    """The layout of ``trial`` with the place and form of the header in the sample ``lines``, and what to tell of it."""
    layout, records = trial.layout, trial.records
    warnings: list[TableWarning] = []
    if not records:
        return replace(layout, has_header=options.has_header is not False), warnings
    if trial.width > 1 and options.n_skipped is None:
        layout = _with_start(lines, trial)
        records = tuple(record for record in records if record.line > layout.n_skipped)
        skipped = [record for record in trial.records if record.line <= layout.n_skipped]
        if skipped:
            before = "header" if options.has_header is not False else "first row"
            what = "1 line is" if len(skipped) == 1 else f"{len(skipped)} lines are"
            text = shorten(lines[skipped[0].line - 1])
            warnings.append(TableWarning(skipped[0].line, None, f"{what} left out before the {before}: {text}."))
    if trial.width == 1:
        message = "no delimiter stands in every line, so the file has one column; say the delimiter if it has more."
        warnings.append(TableWarning(records[0].line, None, message))
    header, rows = records[0], [record for record in records[1:] if record.width == max(trial.width, 1)]
    has_header = options.has_header
    if has_header is None:
        is_known = layout.has_row_names or bool(layout.header_mark) or header.width != trial.width or not rows
        has_header = is_known or is_header(header.cells, rows)
        if not has_header:
            warnings.append(_without_header(header))
    layout = replace(layout, has_header=has_header)
    if has_header and not layout.has_row_names and header.width == trial.width > 1:
        n_adjacent = sum(1 for _ in takewhile(lambda record: record.width == trial.width, records))
        count = min(count_header_rows([header, *rows]), n_adjacent)
        if count > 1:
            message = f"the names stand in {count} rows, which are joined."
            warnings.append(TableWarning(rows[0].line, None, message))
            layout = replace(layout, n_header_rows=count)
    n_columns = trial.width if header.width > trial.width > 1 else None
    return replace(layout, n_columns=n_columns), warnings


def _without_header(first: Record) -> TableWarning:
    n_columns = first.width
    names = "column_1" if n_columns == 1 else f"column_1 to column_{n_columns}"
    message = f"the first row is like the rows below it, so it is read as data and the names are {names}."
    return TableWarning(first.line, None, message)


def _with_start(lines: Sequence[str], trial: Trial) -> Layout:
    """The layout of ``trial`` with the lines before the header skipped."""
    records, width, layout = trial.records, trial.width, trial.layout
    start = _first_of_table(trial)
    if start == 0:
        return layout
    first, before, rest = records[start], records[start - 1], _alike(records[start + 1 :], width)
    if not is_header(first.cells, rest) and before.last_line == first.line - 1:
        mark = next((mark for mark in COMMENT_MARKS if before.cells[0].startswith(mark)), "")
        if mark:
            marked = replace(layout, n_skipped=before.line - 1, header_mark=mark)
            names = Trial.of(lines[: before.last_line], marked).records
            if names and names[0].width == width and is_header(names[0].cells, [first, *rest]):
                return marked
        elif _lacks_a_name_for_row_names(before, width, [first, *rest]):
            return replace(layout, n_skipped=before.line - 1, has_row_names=True)
        elif _can_be_names(before, width, [first, *rest]):
            return replace(layout, n_skipped=before.line - 1)
        elif before.width > 1 and not before.is_comment:
            # A header that does not fit its rows is no title: reading them names the first that is of another width.
            return replace(layout, n_skipped=before.line - 1)
    return replace(layout, n_skipped=first.line - 1)


def _first_of_table(trial: Trial) -> int:
    """The number of the first record that is as wide as the rest, and neither a title nor a comment."""
    records, width = trial.records, trial.width
    place = next(place for place, record in enumerate(records) if record.width == width)
    while place + 1 < len(records) and records[place + 1].width == width:
        here, below = records[place], records[place + 1]
        rest = _alike(records[place + 2 :], width)
        is_title = here.n_filled == 1 and bool(here.cells[0]) and below.n_filled > 1 and is_header(below.cells, rest)
        is_better = header_votes(here.cells, rest) < 0 < header_votes(below.cells, rest)
        is_comment = here.is_comment and bool(rest) and is_header(below.cells, rest)
        if not rest or not (is_title or is_comment or is_better):
            break
        place += 1
    return place


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


def _can_be_names(names: Record, width: int, rows: Sequence[Record]) -> bool:
    """Whether ``names`` differ from the width of ``rows`` by cells that are empty, in it or in all rows."""
    if names.width > width:
        return not any(names.cells[width:])
    return names.width > 1 and not any(cell for row in rows for cell in row.cells[names.width :])
