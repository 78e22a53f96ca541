"""Which records of a file are rows of its table, and one sentence on all those that cannot be."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from regdesk.data.csv.cell_looks import FOOTNOTES, is_missing, is_ruler, is_said_note, is_value
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.line_mending import BLANK
from regdesk.data.csv.table import TableWarning
from regdesk.data.encodings.text_faults import MOST_LISTED, listed
from regdesk.data.errors import DataError, shorten

_MOST_NUMBERS_BELOW = 20
MERGE_MARKS = ("<<<<<<<", ">>>>>>>")
CONFLICT_MARKS = (*MERGE_MARKS, "=======")
_COMMENTS = ("#", "%", "//", ";", "--")
_END_OF_DOS = "\x1a"


@dataclass(frozen=True)
class OddRecord:
    """A record that is not as wide as the header, on lines ``line`` to ``last_line``."""

    line: int
    last_line: int
    cells: list[str]
    follows_blank: bool


@dataclass(frozen=True)
class LeftOutRow:
    """A record at the end of the file, on ``line``, that is no row of the table, and ``why``, without a full stop."""

    line: int
    cells: list[str]
    why: str


@dataclass
class RowSorter:
    """Takes the records that are not as wide as the ``header``, and tells at the end what became of them.

    ``below`` are at the end those that stand below the table.
    """

    path: Path
    header: list[str]
    told: list[TableWarning]
    layout: Layout
    header_line: int = 1
    below: list[LeftOutRow] = field(default_factory=list)
    _pending: list[OddRecord] = field(default_factory=list)
    _faults: list[OddRecord] = field(default_factory=list)
    _n_faults: int = 0
    _notes: dict[str, list[int]] = field(default_factory=dict)
    _held: list[tuple[int, list[str]]] = field(default_factory=list)
    _short: list[OddRecord] = field(default_factory=list)
    _n_short: int = 0
    _last_line: int = 0
    _n_rows: int = 0
    _gaps: list[int] = field(default_factory=list)
    _has_notes_in_rows: bool = False

    def __post_init__(self) -> None:
        self._n_named = max((place + 1 for place, name in enumerate(self.header) if name.strip()), default=0)

    @property
    def width(self) -> int:
        return len(self.header)

    def leave_out(self, what: str, line: int) -> None:
        """The record on ``line`` is none of the table's."""
        self._note(f"this {what} is left out{{}}.", line)

    def note_gap(self, line: int, cells: Sequence[str]) -> None:
        """A blank line stands before the row of ``cells``: among rows of words nothing else shows another table."""
        stripped = (cell.strip() for cell in cells)
        if (
            self.width > 1
            and not self.layout.row_shape.value_places
            and not any(is_value(cell) or is_missing(cell) for cell in stripped)
        ):
            self._gaps = [*self._gaps[:1], line]

    def look_at_lines(self, record: OddRecord) -> None:
        """Note a record of several lines, each of which would be a row if its quotes were letters."""
        mark = self.layout.delimiter
        lines = mark.join(record.cells).split("\n")
        if self.width > 1 and len(lines) > 1 and all(line.count(mark) == self.width - 1 for line in lines):
            note = (
                "a quoted cell of this row runs on to the next line, and both would be rows without its quotes{}; "
                "check that it is closed where it should be."
            )
            self._note(note, record.line)

    def holds(self, record: OddRecord) -> bool:
        """Whether ``record``, as wide as the header, is kept back: it may be a note below the table, or new names."""
        cells, shape = record.cells, self.layout.row_shape
        is_alone = self.width > 1 and not any(map(str.strip, cells[1:])) and not is_value(cells[0].strip())
        follows_blank = record.follows_blank or bool(self._held)
        is_marked = cells[0].strip().casefold().startswith(FOOTNOTES)
        is_note = (is_alone and follows_blank) or (is_marked and (is_alone or shape.may_be_names(cells)))
        is_note = is_note or (follows_blank and shape.begins_with_word(cells))
        # The words of a sentence are as many as the columns by accident.
        is_text = follows_blank and self.layout.delimiter == BLANK and shape.has_word_for_value(cells)
        is_note = is_note or is_text or self._is_said_note(cells)
        if is_note or (record.follows_blank and self.width > 1 and shape.may_be_names(cells)):
            self._held.append((record.line, cells))
            return True
        return False

    def _is_said_note(self, cells: Sequence[str]) -> bool:
        """Whether the first of ``cells`` says that it is a note, as no row above does: commas in it make it a row."""
        if self.width == 1 or not is_said_note(cells[0].strip()):
            return False
        self._has_notes_in_rows |= self._n_rows <= len(self._held)
        return not self._has_notes_in_rows

    def released(self, line: int, cells: list[str]) -> list[tuple[int, list[str]]]:
        """What was kept back and belongs to the table, since the row ``cells`` on ``line`` follows it.

        Raises DataError where it is the names of another table.
        """
        self.follow(line)
        if not self._held:
            return []
        held, self._held = self._held, []
        self._has_notes_in_rows |= any(is_said_note(row[0].strip()) for _, row in held)
        place, names = held[-1]
        shape = self.layout.row_shape
        if shape.may_be_names(names) and shape.has_values(cells):
            problem = "a second table seems to begin here; keep one table in a file."
            raise DataError(problem, file=self.path, row=place)
        return held

    @property
    def is_holding(self) -> bool:
        """Whether anything is kept back."""
        return bool(self._held)

    def follow(self, line: int, n_rows: int = 1) -> None:
        """``n_rows`` rows follow, the last of them on ``line``, while nothing is kept back."""
        self.end_pending()
        self._last_line = line
        self._n_rows += n_rows

    def trimmed(self, record: OddRecord) -> list[str] | None:
        """The cells of ``record`` where it is a row but for empty cells at its end, too many of them or too few.

        None where it is no row, or not yet known to be one.
        """
        if len(record.cells) > self.width and not any(cell.strip() for cell in record.cells[self.width :]):
            self.end_pending()
            return record.cells[: self.width]
        if is_ruler(record.cells):
            return None
        if self._n_named <= len(record.cells) < self.width:
            # What is lacking are cells of columns without a name.
            return record.cells + [""] * (self.width - len(record.cells))
        if not any(cell.strip() for cell in record.cells):
            self.leave_out("blank row", record.line)
        elif record.cells[0].lstrip().startswith(_COMMENTS):
            self.leave_out("comment", record.line)
        elif self._is_short_row(record):
            self.end_pending()
            self._n_short += 1
            self._short = [*self._short[:MOST_LISTED], record]
            self._note("this row lacks its last cells, which are missing{}.", record.line)
            return record.cells + [""] * (self.width - len(record.cells))
        elif record.cells != [_END_OF_DOS]:
            self._pending.append(record)
        return None

    def _is_short_row(self, record: OddRecord) -> bool:
        """Whether ``record`` can be nothing but a row without its last cells, which are empty."""
        is_note = record.follows_blank or record.cells[0].strip().casefold().startswith(FOOTNOTES)
        is_whole = record.line == record.last_line and len(record.cells) < self.width
        return is_whole and not is_note and self.layout.row_shape.lacks_last_cells(record.cells, self.width)

    def end_pending(self) -> None:
        """A row of the table follows: what was odd before it stands in the middle of the table."""
        if self._pending:
            self._n_faults += len(self._pending)
            self._faults += self._pending[: MOST_LISTED + 1 - len(self._faults)]
            self._pending = []

    def finish(self) -> None:
        """Tell what has been left out. Raises DataError for records in the table that are not as wide as its header."""
        is_cut = bool(self._short) and self._short[-1].line == self._last_line
        if is_cut and not self.layout.row_shape.pads_rows:
            # Nothing follows it: the file may have been cut.
            self._pending.insert(0, self._short.pop())
            self._n_short -= 1
        if self._faults or not self._are_footers(self._pending):
            self.end_pending()
            # Beside rows that are damaged, those that lack cells are so as well.
            self._n_faults += self._n_short
            self._faults = sorted([*self._faults, *self._short], key=lambda record: record.line)[: MOST_LISTED + 1]
            raise self._ragged()
        below = [*((record.line, record.cells) for record in self._pending), *self._held]
        for line, cells in sorted(below, key=lambda one: one[0]):
            self.leave_out("line after the table", line)
            self.below.append(LeftOutRow(line, cells, "this line stands after the table"))
        if len(self._gaps) == 1:
            note = "a blank line stands before this row; if another table begins here, keep one table in a file."
            self.told.append(TableWarning(self._gaps[0], None, note))
        for note, lines in self._notes.items():
            also = f" (so are {listed(lines[1 : MOST_LISTED + 1], len(lines) - 1)})" if len(lines) > 1 else ""
            also = also.replace("so are line ", "so is line ")
            self.told.append(TableWarning(lines[0], None, note.format(also)))

    def _note(self, note: str, line: int) -> None:
        self._notes.setdefault(note, []).append(line)

    def _are_footers(self, records: Sequence[OddRecord]) -> bool:
        """Whether ``records``, the last of the file, stand below the table; most rows are never left out."""
        n_numbers = sum(_are_mostly_values(" ".join(record.cells).split()) for record in records)
        is_below_rows = self._n_rows > 0 or not records
        return (
            is_below_rows and n_numbers <= min(self._n_rows, _MOST_NUMBERS_BELOW) and all(map(self._is_footer, records))
        )

    def _is_row_in_quotes(self, record: OddRecord) -> bool:
        """Whether the one cell of ``record`` is a whole row, which was quoted once more."""
        if len(record.cells) != 1 or self.width == 1 or not self.layout.quote:
            return False
        try:
            rows = list(csv.reader(record.cells, **self.layout.csv_form))
        except csv.Error:
            return False
        shape = self.layout.row_shape
        is_like_rows = not shape.value_places or shape.has_values([*rows[0], *[""] * self.width])
        return len(rows) == 1 and len(rows[0]) == self.width and is_like_rows

    def _is_footer(self, record: OddRecord) -> bool:
        filled = [cell.strip() for cell in record.cells if cell.strip()]
        is_note = filled[0].casefold().startswith(FOOTNOTES)
        # A note may have any number of commas, but a row has values.
        is_note_alone = is_note and (is_said_note(filled[0]) or not any(map(is_value, filled)))
        is_wide = len(record.cells) >= self.width and not is_note_alone
        if is_wide or is_value(filled[0]) or self._is_row_in_quotes(record):
            return False
        if filled[0].startswith(MERGE_MARKS):
            return False
        return record.follows_blank or len(filled) == 1 or is_note

    def _ragged(self) -> DataError:
        first = self._faults[0]
        marks = [one for one in self._faults if one.cells[0].startswith(CONFLICT_MARKS)]
        if marks:
            problem = (
                f"{shorten(marks[0].cells[0])} is a mark that a merge has left where two versions of the file differ; "
                "choose one of the two and take the marks out."
            )
            return DataError(problem, file=self.path, row=marks[0].line)
        n_found = len(first.cells)
        if not self._n_rows and self._n_faults > 1 and self._are_all_as_wide(first):
            problem = (
                f"the header has {self.width} names, and every row below it, from line {first.line} on, has {n_found} "
                "cells; take a name out, or add the cell that each row lacks."
            )
            return DataError(problem, file=self.path, row=self.header_line)
        cells = "1 cell" if n_found == 1 else f"{n_found} cells"
        if first.last_line > first.line:
            remedy = (
                f"a quote opened in this row runs on to line {first.last_line} and is probably not closed where it "
                "should be"
            )
        elif self._is_row_in_quotes(first):
            remedy = "it stands in quotes as a whole, so that it is one cell; take these quotes out"
        elif self._is_second_table():
            remedy = "a second table seems to begin here; keep one table in a file"
        else:
            remedy = "add what is missing, or put quotes around a cell that contains the delimiter"
        also = ""
        if self._n_faults > 1:
            lines = [one.line for one in self._faults[1 : MOST_LISTED + 1]]
            also = f" (as wrong: {listed(lines, self._n_faults - 1)})"
        problem = f"this row has {cells}, the header has {self.width}{also}; {remedy}."
        return DataError(problem, file=self.path, row=first.line)

    def _are_all_as_wide(self, first: OddRecord) -> bool:
        """Whether all faults are rows one width, below that of the header, each on a line: the header may be wrong."""
        return self._n_faults == len(self._faults) and all(
            1 < len(one.cells) == len(first.cells) < self.width and one.line == one.last_line for one in self._faults
        )

    def _is_second_table(self) -> bool:
        first = self._faults[0]
        alike = [one for one in self._faults if len(one.cells) == len(first.cells) > 1]
        return first.follows_blank and len(alike) > 1


def _are_mostly_values(words: Sequence[str]) -> bool:
    return 2 * sum(map(is_value, words)) >= len(words)
