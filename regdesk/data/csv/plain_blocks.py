"""Lines of which every one is a row of the table, found and split at once; any others are not for here."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

import numpy as np

from regdesk.core.types import Integers
from regdesk.data.blocks.cell_block import CellBlock
from regdesk.data.csv.cell_looks import COMMENT_MARKS, DOTS, FOOTNOTES, is_ruler, is_said_note
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.row_shape import RowShape

_LONGEST_CELL = 100_000
_MOST_LOOKED_AT = 64
COMMENT_STARTS = frozenset(mark[0] for mark in COMMENT_MARKS)
_COMMENT_BYTES = np.frombuffer("".join(COMMENT_STARTS).encode(), np.uint8)
NOTE_STARTS = frozenset("".join(mark[0] + mark[0].upper() for mark in FOOTNOTES))
_NOTE_BYTES = np.frombuffer("".join(NOTE_STARTS).encode(), np.uint8)
_LONGEST_WORD_OF_NOTES = len("anmerkungen ")
_PRINTED = (ord(" "), 127)


@dataclass(frozen=True)
class RowForm:
    """How the rows of a table look: ``width`` cells, and ``names`` are none of them, where there is a header."""

    layout: Layout
    width: int
    names: tuple[str, ...] | None


@dataclass(frozen=True)
class PlainBlock:
    """The rows of lines of a file: ``lines`` ``(n_rows,)`` are theirs, from 0.

    They take ``n_lines`` lines and ``n_bytes`` bytes; what follows these is the beginning of another row.
    """

    cells: CellBlock
    lines: Integers
    n_lines: int
    n_bytes: int


def plain_block(lines: bytes, form: RowForm, encoding: str) -> PlainBlock | None:
    """The rows that ``lines`` are, which end with a line end; None where any may be something else than a row.

    In ``encoding`` bytes below 128 are those of ASCII wherever they stand.
    Where it is None nothing has been found out about them; else it is what the standard library's reader finds.
    """
    from regdesk.core.engine.cell_splitter import BYTES_BEHIND, split_cells

    if b"\0" in lines or b"\f" in lines:
        return None
    if not lines.isascii():
        if lines.startswith(codecs.BOM_UTF8) or b"\n" + codecs.BOM_UTF8 in lines:
            return None
        try:
            lines.decode(encoding)
        except UnicodeDecodeError:
            return None
    text = np.empty((len(lines) + BYTES_BEHIND + 7) // 8 * 8, np.uint8)
    text[: len(lines)] = np.frombuffer(lines, np.uint8)
    text[len(lines) :] = ord("\n")
    layout = form.layout
    mark = "," if layout.delimiter != "," and lines.count(b",") > lines.count(b".") else "."
    found = split_cells(text, len(lines), layout.delimiter, layout.quote, mark, form.width)
    if found is None or not len(found.lines) or (found.cells.ends - found.cells.starts).max() > _LONGEST_CELL:
        return None
    cells = CellBlock(text, found.cells, encoding, layout.quote, mark)
    if _has_odd_rows(cells, form):
        return None
    return PlainBlock(cells, found.lines, found.n_lines, found.n_bytes)


def _has_odd_rows(cells: CellBlock, form: RowForm) -> bool:
    """Whether any row may be none; also where too many would have to be looked at."""
    if _has_blank_rows(cells) or is_ruler(cells.row(-1)):
        return True
    if 0 in form.layout.row_shape.value_places and _has_comments(cells):
        return True
    if form.width == 1:
        return False
    if _has_dots(cells) or _has_said_notes(cells):
        return True
    if form.layout.row_shape.value_places and _has_footnotes(cells, form.layout.row_shape):
        return True
    return _has_notes(cells) or (form.names is not None and _has_names(cells, form.names))


def _has_comments(cells: CellBlock) -> bool:
    """Whether any row begins as a comment does, and not with a number."""
    marks = cells.marks.column(0)
    rows = np.flatnonzero(marks.is_other)
    return bool(np.isin(cells.text[marks.starts[rows]], _COMMENT_BYTES).any())


def _has_dots(cells: CellBlock) -> bool:
    """Whether any row may be dots, which stand for rows; also where too many would have to be looked at."""
    starts, ends, text = cells.marks.starts[0], cells.marks.ends[0], cells.text
    for dots in DOTS:
        mark = dots.encode(cells.encoding, "ignore")
        rows = np.flatnonzero(ends - starts == len(mark)) if mark else starts[:0]
        for place, byte in enumerate(mark):
            rows = rows[text[starts[rows] + place] == byte]
        if rows.size > _MOST_LOOKED_AT or any(set(DOTS).issuperset(cells.row(row)) for row in rows.tolist()):
            return True
    return False


def _has_said_notes(cells: CellBlock) -> bool:
    """Whether any row begins with a word for a note and a colon; also where too many would have to be looked at."""
    marks, text = cells.marks.column(0), cells.text
    rows = np.flatnonzero(marks.is_other)
    rows = rows[np.isin(text[marks.starts[rows]], _NOTE_BYTES)]
    if not rows.size:
        return False
    colons = np.minimum(marks.starts[rows, None] + np.arange(_LONGEST_WORD_OF_NOTES + 1), text.size - 1)
    rows = rows[(text[colons] == ord(":")).any(axis=1)]
    if rows.size > _MOST_LOOKED_AT:
        return True
    return any(is_said_note(cells.row(row)[0].strip()) for row in rows.tolist())


def _has_footnotes(cells: CellBlock, shape: RowShape) -> bool:
    """Whether any row begins as a footnote does and holds nothing but words."""
    marks = cells.marks
    rows = np.flatnonzero(marks.column(0).is_other)
    for place in shape.value_places:
        rows = rows[marks.column(place).is_other[rows]]
    rows = rows[np.isin(cells.text[marks.starts[0, rows]], _NOTE_BYTES)]
    return any(shape.may_be_names(cells.row(row)) for row in rows.tolist())


def _has_notes(cells: CellBlock) -> bool:
    """Whether any row has a first cell, which is no number, and nothing but that."""
    starts, ends = cells.marks.starts, cells.marks.ends
    rows = np.flatnonzero((starts[-1] == ends[-1]) & cells.marks.column(0).is_other)
    if not rows.size:
        return False
    is_filled = (starts[1:, rows] < ends[1:, rows]) & (cells.text[starts[1:, rows]] > _PRINTED[0])
    return not is_filled.any(axis=0).all()


def _has_blank_rows(cells: CellBlock) -> bool:
    """Whether any row may be blank; also where too many would have to be looked at."""
    starts, ends, text = cells.marks.starts, cells.marks.ends, cells.text
    if len(starts) == 1:
        return bool((starts == ends).any())
    # A cell that begins with a blank, or beyond ASCII, may be nothing but blanks.
    rows = np.flatnonzero((starts[0] == ends[0]) | (text[starts[0]] <= _PRINTED[0]))
    if not rows.size:
        return False
    begins = text[starts[:, rows]]
    is_filled = (starts[:, rows] < ends[:, rows]) & (begins > _PRINTED[0]) & (begins < _PRINTED[1])
    rows = rows[~is_filled.any(axis=0)]
    if rows.size > _MOST_LOOKED_AT:
        return True
    return any(not "".join(cells.row(row)).strip() for row in rows.tolist())


def _has_names(cells: CellBlock, names: tuple[str, ...]) -> bool:
    """Whether any row may be the ``names`` once more; also where too many would have to be looked at."""
    rows = np.arange(cells.n_rows)
    for number, name in enumerate(names):
        # What stands behind quotes that are written twice is as it is.
        last = name.strip(" ")[-1:].encode(cells.encoding, "replace")[-1:]
        if not last or name != name.strip(" "):
            continue
        starts, ends = cells.marks.starts[number, rows], cells.marks.ends[number, rows]
        rows = rows[(ends > starts) & (cells.text[ends - 1] == last[0])]
        if not rows.size:
            return False
    if rows.size > _MOST_LOOKED_AT:
        return True
    return any(cells.row(row) == list(names) for row in rows.tolist())
