"""From records to rows of the table: those that are rows, in chunks, and the last held back while others may follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from regdesk.core.types import Integers
from regdesk.data.blocks.cell_block import CellBlock
from regdesk.data.csv.cell_looks import DOTS, is_ruler
from regdesk.data.csv.plain_blocks import COMMENT_STARTS, NOTE_STARTS, RowForm
from regdesk.data.csv.rows import LeftOutRow, OddRecord, RowSorter
from regdesk.data.csv.table import TableWarning
from regdesk.data.csv.totals import MOST_TOTALS, labels_like_totals, n_notes, n_totals
from regdesk.data.encodings.text_faults import listed

ROWS_A_CHUNK = 4096
ROWS_LOOKED_AT = 1000
"""From the first row on, for groups that are called as totals are: a group is rarely first met below them."""


@dataclass(frozen=True)
class Record:
    """The cells of a record and its first and last line in the file, from 1."""

    line: int
    last_line: int
    cells: list[str]


@dataclass(frozen=True)
class Chunk:
    """Neighbouring records: ``lines[i]`` is the line of the file, from 1, on which ``rows[i]`` starts."""

    lines: list[int]
    rows: list[list[str]]

    def taken(self, rows: Integers) -> Chunk:
        """The chunk with these ``rows`` alone."""
        places = rows.tolist()
        return Chunk([self.lines[place] for place in places], [self.rows[place] for place in places])


@dataclass(frozen=True)
class RowBlock:
    """Neighbouring rows, not split into strings: ``lines`` ``(n_rows,)`` are those of the file, from 1, on which they
    start, and the last ends on ``last_line``."""

    lines: Integers
    last_line: int
    cells: CellBlock

    def taken(self, rows: Integers) -> RowBlock:
        """The block with these ``rows`` alone."""
        return RowBlock(self.lines[rows], self.last_line, self.cells.taken(rows))


@dataclass
class RowFlow:
    """Takes the records below the header one after the other; ``names`` are its last row, None without a header.

    ``keeps_notes``: a last row that has a first cell alone is a row, however long its words are.
    """

    sorter: RowSorter
    names: list[str] | None
    keeps_notes: bool = False
    _lines: list[int] = field(default_factory=list)
    _rows: list[list[str]] = field(default_factory=list)
    _is_after_blank: bool = False
    _is_first: bool = True
    _has_given: bool = False
    _blank_lines: list[int] = field(default_factory=list)
    _n_above: int = 0
    _labels_above: set[str] = field(default_factory=set)
    _form: RowForm = field(init=False)

    def __post_init__(self) -> None:
        names = None if self.names is None else tuple(self.names)
        self._form = RowForm(self.sorter.layout, self.width, names)

    @property
    def width(self) -> int:
        return self.sorter.width

    @property
    def row_form(self) -> RowForm | None:
        """How rows look that may follow in a block; None while it matters what was before them."""
        if self._is_first or self._is_after_blank or self.sorter.is_holding:
            return None
        return self._form

    @property
    def is_full(self) -> bool:
        """Whether there are enough rows for a chunk."""
        return len(self._rows) >= ROWS_A_CHUNK + MOST_TOTALS

    def take(self, record: Record) -> None:
        """A record, which may be a row or something else."""
        cells, sorter, line = record.cells, self.sorter, record.line
        width, shape = sorter.width, sorter.layout.row_shape
        odd = OddRecord(line, record.last_line, cells, self._is_after_blank)
        if len(cells) != width:
            if not cells or (len(cells) == 1 and not cells[0].strip()):
                self._is_after_blank = True
                if width == 1:
                    self._blank_lines.append(line)
                return
            trimmed = sorter.trimmed(odd)
            if trimmed is None:
                return
            cells = trimmed
            odd = replace(odd, cells=cells)
        if width > 1 and not (cells[0] and cells[0].strip()) and not any(cell.strip() for cell in cells):
            sorter.leave_out("blank row", line)
            self._is_after_blank = True
            return
        if width > 1 and self._are_names(cells):
            sorter.leave_out("repeated header", line)
            self._is_after_blank = False
            return
        if cells[0] in DOTS and width > 1 and all(cell in DOTS for cell in cells):
            sorter.leave_out("row of dots, which stands for rows that are not in the file,", line)
            return
        if self._is_first and (is_ruler(cells) or self._are_drawn_below_names(cells)):
            return
        if cells[0][:1] in COMMENT_STARTS and shape.is_comment(cells):
            sorter.leave_out("comment", line)
            return
        if odd.last_line > line:
            sorter.look_at_lines(odd)
        is_perhaps_note = self._is_after_blank or cells[0][:1] in NOTE_STARTS or not (cells[-1] or any(cells[1:]))
        if is_perhaps_note and sorter.holds(odd):
            return
        if self._is_after_blank and not self._is_first:
            sorter.note_gap(line, cells)
            for blank in self._blank_lines:
                sorter.leave_out("blank line, which may be a missing cell (NA would say so),", blank)
        self._blank_lines = []
        for row_line, row in [*sorter.released(line, cells), (line, cells)]:
            self._lines.append(row_line)
            self._rows.append(row)
        self._is_first = self._is_after_blank = False

    def _are_names(self, cells: list[str]) -> bool:
        """Whether ``cells`` are the header, written once more: a new page may begin with a form feed."""
        names = self.names
        if names is None or cells == names:
            return cells == names
        return cells[0] != names[0] == cells[0].strip() and [cell.strip() for cell in cells] == names

    def _are_drawn_below_names(self, cells: list[str]) -> bool:
        """Whether ``cells`` are dashes, as many as each name has letters: of names of one letter they are single."""
        return self.width > 1 and self.names is not None and cells == ["-" * len(name.strip()) for name in self.names]

    def take_block(self, block: RowBlock) -> Iterator[Chunk | RowBlock]:
        """Rows, all of them; those that may leave now."""
        self.sorter.follow(int(block.lines[-1]), len(block.lines))
        ends = np.append(block.lines[1:] - 1, block.last_line)
        for row in np.flatnonzero(ends > block.lines).tolist():
            # Every second row may have an address of several lines.
            if self._may_be_rows(block.cells.text_of_row(row)):
                odd = OddRecord(int(block.lines[row]), int(ends[row]), block.cells.row(row), False)
                self.sorter.look_at_lines(odd)
        if self._rows:
            self._has_given = True
            self._note_labels(self._rows)
            yield Chunk(self._lines, self._rows)
        n_looked_at = min(max(len(block.lines) - MOST_TOTALS, 0), ROWS_LOOKED_AT - self._n_above)
        self._note_labels([block.cells.row(row) for row in range(n_looked_at)])
        cut = max(len(block.lines) - MOST_TOTALS, 0)
        self._lines = block.lines[cut:].tolist()
        self._rows = [block.cells.row(row) for row in range(cut, len(block.lines))]
        if cut:
            self._has_given = True
            yield RowBlock(block.lines[:cut], int(block.lines[cut]) - 1, block.cells.taken(slice(0, cut)))

    def _may_be_rows(self, text: bytes) -> bool:
        """Whether each line of ``text``, a record as it is written, may be a row if its quotes were letters."""
        mark, n_marks = self.sorter.layout.delimiter.encode(), self.width - 1
        return all(line.count(mark) == n_marks for line in text.split(b"\n"))

    def all_but_last(self) -> Chunk:
        """The rows but for the last, which may be totals."""
        found = Chunk(self._lines[:-MOST_TOTALS], self._rows[:-MOST_TOTALS])
        self._note_labels(found.rows)
        self._lines, self._rows = self._lines[-MOST_TOTALS:], self._rows[-MOST_TOTALS:]
        self._has_given = True
        return found

    def _note_labels(self, rows: list[list[str]]) -> None:
        """Of the first rows, which may be of groups that are called as totals are."""
        if self._n_above < ROWS_LOOKED_AT:
            self._labels_above |= labels_like_totals(rows[: ROWS_LOOKED_AT - self._n_above])
            self._n_above += len(rows)

    def finish(self) -> Chunk | None:
        """The last rows. Raises DataError for records in the table that are not as wide as its header."""
        self.sorter.finish()
        lines, rows = self._lines, self._rows
        n_first = 0 if self._has_given else 1
        lines, rows = _without_last_rulers(lines, rows, n_first)
        if self.width > 1 and self.sorter.layout.row_shape.value_places and not self.keeps_notes:
            n_below = n_notes(rows[n_first:])
            lines, rows = self._without_notes(lines, rows, n_below) if n_below else (lines, rows)
        # Those in the middle of a long file are looked at nowhere, however many of its rows are here.
        last = rows[-MOST_TOTALS - 1 :] if self._has_given else rows[n_first:]
        n_left_out = n_totals(last, self._labels_above) if self.width > 1 else 0
        if n_left_out:
            also = f" (so {'is' if n_left_out == 2 else 'are'} {listed(lines[1 - n_left_out :], n_left_out - 1)})"
            message = f"this row of totals is left out{also if n_left_out > 1 else ''}."
            self.sorter.told.append(TableWarning(lines[-n_left_out], None, message))
            totals = zip(lines[-n_left_out:], rows[-n_left_out:], strict=True)
            self.sorter.below += [LeftOutRow(line, row, "this is a row of totals") for line, row in totals]
            lines, rows = _without_last_rulers(lines[:-n_left_out], rows[:-n_left_out], n_first)
        return Chunk(lines, rows) if rows else None

    def _without_notes(
        self, lines: list[int], rows: list[list[str]], n_below: int
    ) -> tuple[list[int], list[list[str]]]:
        also = f" (so {'is' if n_below == 2 else 'are'} {listed(lines[1 - n_below :], n_below - 1)})"
        message = f"this line after the table is left out{also if n_below > 1 else ''}."
        self.sorter.told.append(TableWarning(lines[-n_below], None, message))
        return lines[:-n_below], rows[:-n_below]


def _without_last_rulers(lines: list[int], rows: list[list[str]], n_first: int) -> tuple[list[int], list[list[str]]]:
    """``rows`` and the ``lines`` they start on, without those at the end that are drawn; ``n_first`` stay."""
    end = len(rows)
    while end > n_first and is_ruler(rows[end - 1]):
        end -= 1
    return lines[:end], rows[:end]
