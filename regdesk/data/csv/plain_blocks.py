"""Lines of which every one is a row of the table, found and split at once; any others are not for here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.types import Integers
from regdesk.data.columns.cell_block import NEWLINE, CellBlock
from regdesk.data.columns.digit_runs import BYTES_BEFORE, joined_runs, read_digit_runs
from regdesk.data.columns.distinct_cells import BYTES_BEHIND

PIECE_BYTES = 131_072
"""Of numbers that are read at once: what is made of them is to stay near the processor."""
_DIGIT_SHARE = 0.6
_LOOKED_AT = 4096
_LONGEST_CELL = 100_000
_MOST_LOOKED_AT = 64
_DIGITS = b"0123456789"
_PRINTED = (ord(" "), 127)


@dataclass(frozen=True)
class RowForm:
    """How the rows of a table are written.

    Attributes:
        encoding: one in which bytes below 128 are those of ASCII wherever they stand.
        quote: what stands around cells; empty where quotes are ordinary characters.
        names: the last row of the header, which is none of the table's where it is repeated; None without a header.
    """

    delimiter: str
    quote: str
    encoding: str
    width: int
    names: tuple[str, ...] | None


@dataclass(frozen=True)
class PlainBlock:
    """The rows of whole lines of a file: ``lines`` ``(n_rows,)`` are theirs, from 0, and ``n_lines`` there are."""

    cells: CellBlock
    lines: Integers
    n_lines: int


def plain_block(lines: bytes, form: RowForm) -> PlainBlock | None:
    """The rows that ``lines`` are, which end with a line end; None where any may be something else than a row.

    Then nothing has been found out about them. What is returned is what the standard library's reader finds.
    """
    if b"\0" in lines:
        return None
    if b"\r" in lines:
        if lines.count(b"\r") != lines.count(b"\r\n"):
            return None
        lines = lines.replace(b"\r\n", b"\n")
    if not lines.isascii():
        try:
            lines.decode(form.encoding)
        except UnicodeDecodeError:
            return None
    if form.quote and form.quote.encode() in lines:
        unquoted = _without_quotes(lines, form)
        if unquoted is None:
            return None
        lines = unquoted
    cells = _cells(lines, form)
    if cells is None or _has_other_rows(cells, form):
        return None
    return PlainBlock(cells, np.arange(cells.n_rows), cells.n_rows)


def _without_quotes(lines: bytes, form: RowForm) -> bytes | None:
    """``lines`` without the quotes around cells; None where a quote stands elsewhere, or around what needs it."""
    text = np.frombuffer(b"\n" + lines, np.uint8)
    quote, delimiter = ord(form.quote), ord(form.delimiter)
    places = np.flatnonzero(text == quote)
    if len(places) % 2:
        return None
    opened, closed = places[::2], places[1::2]
    before, behind = text[opened - 1], text[closed + 1]
    if (
        not ((before == delimiter) | (before == NEWLINE)).all()
        or not ((behind == delimiter) | (behind == NEWLINE)).all()
    ):
        return None
    ends = np.flatnonzero((text == delimiter) | (text == NEWLINE))
    if not np.array_equal(np.searchsorted(ends, opened), np.searchsorted(ends, closed)):
        return None
    return lines.translate(None, form.quote.encode())


def _cells(lines: bytes, form: RowForm) -> CellBlock | None:
    """The cells of ``lines``, in which nothing is quoted; None unless all rows are as wide as the table.

    Rows may have empty cells more.
    """
    size = BYTES_BEFORE + len(lines) + BYTES_BEHIND
    text = np.full((size + 7) // 8 * 8, NEWLINE, np.uint8)
    text[BYTES_BEFORE : BYTES_BEFORE + len(lines)] = np.frombuffer(lines, np.uint8)
    mark = "," if form.delimiter != "," and lines.count(b",") > lines.count(b".") else "."
    end = BYTES_BEFORE + len(lines)
    head = lines[:_LOOKED_AT]
    n_digits = len(head) - len(head.translate(None, _DIGITS))
    runs = None
    if n_digits < _DIGIT_SHARE * len(head):
        places = np.flatnonzero((text == ord(form.delimiter)) | (text == NEWLINE))
        places = places[np.searchsorted(places, BYTES_BEFORE - 1) : np.searchsorted(places, end)]
        starts, ends = places[:-1] + 1, places[1:]
    else:
        parts = []
        first = BYTES_BEFORE
        while first < end:
            last = _cut(lines, first - BYTES_BEFORE) + BYTES_BEFORE
            found = read_digit_runs(text[first - BYTES_BEFORE : last], ord(form.delimiter), ord(mark))
            parts.append((found[0] + (first - BYTES_BEFORE), found[1] + (first - BYTES_BEFORE), found[2]))
            first = last
        starts, ends = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
        runs = joined_runs([part[2] for part in parts])
    n_rows = lines.count(b"\n")
    n_cells, rest = divmod(len(starts), n_rows)
    if rest or n_cells < form.width:
        return None
    starts, ends = starts.reshape(n_rows, n_cells), ends.reshape(n_rows, n_cells)
    if not (text[ends[:, -1]] == NEWLINE).all() or (ends - starts).max() > _LONGEST_CELL:
        return None
    if n_cells > form.width:
        if (starts[:, form.width :] < ends[:, form.width :]).any():
            return None
        starts, ends = starts[:, : form.width], ends[:, : form.width]
        runs = None
    return CellBlock(text, starts, ends, form.encoding, mark, runs)


def _cut(lines: bytes, first: int) -> int:
    """Where the piece of ``lines`` that begins at ``first`` ends: behind a line end."""
    found = lines.rfind(b"\n", first, first + PIECE_BYTES) + 1
    return found or lines.index(b"\n", first) + 1


def _has_other_rows(cells: CellBlock, form: RowForm) -> bool:
    """Whether any row is blank or the header once more; also where too many would have to be looked at."""
    return _has_blank_rows(cells) or (form.width > 1 and form.names is not None and _has_names(cells, form.names))


def _has_blank_rows(cells: CellBlock) -> bool:
    starts, ends, text = cells.starts, cells.ends, cells.text
    width = starts.shape[1]
    if width == 1 and (starts == ends).any():
        return True
    # What begins with a blank, or beyond ASCII, may be nothing but blanks.
    first = text[starts[:, 0]]
    rows = np.flatnonzero((starts[:, 0] == ends[:, 0]) | (first <= _PRINTED[0]))
    if not rows.size or width == 1:
        return False
    begins = text[starts[rows]]
    is_filled = (starts[rows] < ends[rows]) & (begins > _PRINTED[0]) & (begins < _PRINTED[1])
    rows = rows[~is_filled.any(axis=1)]
    if rows.size > _MOST_LOOKED_AT:
        return True
    return any(not "".join(cells.row(row)).strip() for row in rows.tolist())


def _has_names(cells: CellBlock, names: tuple[str, ...]) -> bool:
    rows = np.arange(cells.n_rows)
    for number, name in enumerate(names):
        encoded = name.encode(cells.encoding, "replace")
        if not encoded:
            continue
        starts, ends = cells.starts[rows, number], cells.ends[rows, number]
        rows = rows[(ends - starts >= len(encoded)) & (cells.text[ends - 1] == encoded[-1])]
        if not rows.size:
            return False
    if rows.size > _MOST_LOOKED_AT:
        return True
    return any(cells.row(row) == list(names) for row in rows.tolist())
