"""What to say of quotes that are broken, so that a row cannot be split, or that have no partner within a cell."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import numpy as np

from regdesk.core.types import Integers
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.table import Column, TableWarning, WordColumn
from regdesk.data.encodings.text_faults import MOST_LISTED, listed
from regdesk.data.errors import DataError, shorten

_AT_ONCE = 10_000
_MOST_LINES = 20_000
_LEAST_WHOLE = 2
_AFTER_FIGURE = re.compile(r'\d\s?"(?!\d)')


def unsplit(path: Path, layout: Layout, start: int, line: int, error: csv.Error) -> DataError:
    """The error for a row that starts on line ``start`` and that cannot be split on ``line``, as ``error`` says."""
    text = str(error)
    if "field larger" in text:
        return DataError(
            f"a cell of this row has more than {csv.field_size_limit():,} characters; shorten it, or close its quote.",
            file=path,
            row=start,
        )
    if "end of data" in text:
        return DataError(
            "a quote opens here and is never closed; close it, or double a quote that belongs to the cell.",
            file=path,
            row=_open_quote_line(path, layout, start),
        )
    if "expected after" in text:
        since = f"the row starts in line {start}" if line > start else ""
        others = _broken_lines(path, layout)[1:]
        also = f"as wrong: {listed(others[:MOST_LISTED], len(others))}" if others else ""
        more = f" ({'; '.join(filter(None, (since, also)))})" if since or also else ""
        return DataError(
            f"text follows a closing quote{more}; double a quote that belongs to the cell, or close the one before.",
            file=path,
            row=line,
        )
    return DataError(f"this row cannot be split into cells ({shorten(text, 80)}).", file=path, row=start)


def _open_quote_line(path: Path, layout: Layout, start: int) -> int:
    """The line on which the last quote of the record starting at line ``start`` opens."""
    opened, quoted, closed, at_cell_start = start, False, False, True
    with path.open(encoding=layout.encoding, errors="replace", newline="") as stream:
        for number, line in enumerate(islice(stream, start - 1, None), start):
            for character in line:
                if quoted:
                    closed = character == layout.quote
                    quoted = not closed
                elif character == layout.quote and (closed or at_cell_start):
                    # Right after a closing quote it is a doubled one: the cell it belongs to opened earlier.
                    opened = opened if closed else number
                    quoted = True
                else:
                    closed = False
                at_cell_start = not quoted and (character == layout.delimiter or (at_cell_start and character == " "))
    return opened


def _broken_lines(path: Path, layout: Layout) -> list[int]:
    """The lines of ``path`` on which text follows a closing quote; after each the next line begins a row."""
    found: list[int] = []
    first = layout.n_skipped
    with path.open(encoding=layout.encoding, errors="replace", newline="") as stream:
        text = layout.prepared(line.replace("\0", "") for line in islice(stream, first, None))
        while True:
            reader = csv.reader(text, **layout.csv_form)
            try:
                for _ in reader:
                    pass
            except csv.Error as error:
                first += reader.line_num
                if "expected after" not in str(error):
                    return found
                found.append(first)
            else:
                return found


def unclosed_apostrophe(path: Path, layout: Layout) -> TableWarning | None:
    """What to tell of the one cell that begins with an apostrophe and does not end, where others end with theirs.

    Looked for in the first lines alone, and only where apostrophes are read as letters.
    """
    if layout.quote != '"' or len(layout.delimiter) != 1 or layout.delimiter in " '":
        return None
    edge = re.escape(layout.delimiter)
    begun, whole = re.compile(rf"(?:^|{edge}) *'"), re.compile(rf"(?:^|{edge}) *'(?:[^']|'')*' *(?={edge}|$)")
    n_whole, unclosed = 0, []
    with path.open(encoding=layout.encoding, errors="replace", newline="") as stream:
        for number, line in enumerate(islice(stream, layout.n_skipped, _MOST_LINES), layout.n_skipped + 1):
            if "'" not in line:
                continue
            rest, n_closed = whole.subn("", line.rstrip("\r\n"))
            n_whole += n_closed
            if begun.search(rest):
                unclosed.append(number)
    if len(unclosed) != 1 or n_whole < _LEAST_WHOLE:
        return None
    message = "a cell of this row begins with a single quote and does not end with one, as other cells do; close it."
    return TableWarning(unclosed[0], None, message)


def at_its_cause(layout: Layout, error: DataError) -> DataError:
    """``error``, or one that names its cause: a single quote above that is not closed, or a carriage return.

    That cuts the line in two which editors show, where most lines end with a line feed.
    """
    if error.row is None or error.column is not None:
        return error
    open_quote = unclosed_apostrophe(Path(error.file), layout)
    if open_quote is not None and open_quote.row is not None and open_quote.row <= error.row:
        return DataError(open_quote.message, file=error.file, row=open_quote.row)
    with Path(error.file).open(encoding=layout.encoding, errors="replace", newline="") as stream:
        cut = [number for number, line in enumerate(stream, 1) if line.endswith("\r")]
        stream.seek(0)
        n_whole = sum(line.endswith("\n") for line in stream)
    n_before = sum(number < error.row for number in cut)
    if not cut or len(cut) >= n_whole or not {error.row - 1, error.row} & set(cut):
        return error
    return DataError(
        "a carriage return stands within this row and cuts it in two; take it out, or put quotes around the cell.",
        file=error.file,
        row=error.row - n_before,
    )


def stray_quote_warnings(
    path: Path, layout: Layout, columns: Iterable[Column], row_lines: Integers
) -> list[TableWarning]:
    """For each of ``columns`` the first cell with a quote that has no partner and is not that of inches.

    One that is doubled or escaped in ``path`` is a letter because its writer said so.
    """
    found: list[TableWarning] = []
    found_open: list[TableWarning] = []
    for column in columns:
        if layout.quote != '"' or not isinstance(column, WordColumn):
            continue
        levels = column.levels
        if not found_open and any(level.startswith("'") and level.endswith("'") for level in levels[:_AT_ONCE]):
            found_open = [one for one in (unclosed_apostrophe(path, layout),) if one is not None]
        if not any('"' in "".join(levels[first : first + _AT_ONCE]) for first in range(0, len(levels), _AT_ONCE)):
            continue
        odd = [number for number, level in enumerate(column.levels) if '"' in level and _is_odd(level)]
        rows = np.flatnonzero(np.isin(column.codes, odd))
        if len(rows) and not _is_written_as_letter(path, layout, int(row_lines[rows[0]])):
            also = "" if len(rows) == 1 else f" ({len(rows)} cells of this column have one)"
            message = f"{shorten(column.levels[column.codes[rows[0]]])} has a quote that is read as a letter{also}."
            found.append(TableWarning(int(row_lines[rows[0]]), column.name, message))
    return [*found_open, *found]


def _is_odd(level: str) -> bool:
    return level.count('"') % 2 == 1 and _AFTER_FIGURE.sub("", level).count('"') % 2 == 1


def _is_written_as_letter(path: Path, layout: Layout, line: int) -> bool:
    with path.open(encoding=layout.encoding, errors="replace", newline="") as stream:
        text = next(islice(stream, line - 1, None), "")
    return '""' in text or '\\"' in text
