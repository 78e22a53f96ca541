"""From records to rows of the table: those that are rows, in chunks, and the last held back while others may follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from regdesk.core.types import Integers
from regdesk.data.columns.cell_block import CellBlock
from regdesk.data.csv.rows import TOTAL_WORDS, OddRecord, RowSorter
from regdesk.data.csv.table import TableWarning
from regdesk.data.csv.trial import is_ruler

ROWS_A_CHUNK = 4096


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


@dataclass(frozen=True)
class RowBlock:
    """Neighbouring rows, not split into strings: ``lines`` ``(n_rows,)`` are those of the file, from 1."""

    lines: Integers
    cells: CellBlock


@dataclass
class RowFlow:
    """Takes the records below the header one after the other; ``names`` are its last row, None without a header."""

    sorter: RowSorter
    names: list[str] | None
    _lines: list[int] = field(default_factory=list)
    _rows: list[list[str]] = field(default_factory=list)
    _is_after_blank: bool = False
    _is_first: bool = True
    _has_given: bool = False

    @property
    def width(self) -> int:
        return self.sorter.width

    @property
    def is_empty(self) -> bool:
        """Whether no row has come yet."""
        return self._is_first

    @property
    def is_full(self) -> bool:
        """Whether there are enough rows for a chunk."""
        return len(self._rows) > ROWS_A_CHUNK

    def take(self, record: Record) -> None:
        """A record, which may be a row or something else."""
        cells, width = record.cells, self.sorter.width
        if len(cells) != width:
            if not cells or (len(cells) == 1 and not cells[0].strip()):
                self._is_after_blank = True
                return
            trimmed = self.sorter.trimmed(OddRecord(record.line, record.last_line, cells, self._is_after_blank))
            if trimmed is None:
                return
            cells = trimmed
        if not cells[0] and width > 1 and not any(cell.strip() for cell in cells):
            self.sorter.leave_out("blank row", record.line)
            self._is_after_blank = True
            return
        if cells == self.names and width > 1:
            self.sorter.leave_out("repeated header", record.line)
            return
        if self._is_first and is_ruler(cells):
            return
        self.sorter.end_pending()
        self._is_first = False
        self._is_after_blank = False
        self._lines.append(record.line)
        self._rows.append(cells)

    def take_block(self, block: RowBlock) -> Iterator[Chunk | RowBlock]:
        """Rows, all of them; those that may leave now."""
        self.sorter.end_pending()
        self._is_after_blank = False
        if self._rows:
            self._has_given = True
            yield Chunk(self._lines, self._rows)
        self._lines, self._rows = [int(block.lines[-1])], [block.cells.row(-1)]
        if len(block.lines) > 1:
            self._has_given = True
            yield RowBlock(block.lines[:-1], block.cells.taken(slice(0, -1)))

    def all_but_last(self) -> Chunk:
        """The rows but for the last, which may be a total."""
        found = Chunk(self._lines[:-1], self._rows[:-1])
        self._lines, self._rows = self._lines[-1:], self._rows[-1:]
        self._has_given = True
        return found

    def finish(self) -> Chunk | None:
        """The last rows. Raises DataError for records in the table that are not as wide as its header."""
        self.sorter.finish()
        lines, rows = self._lines, self._rows
        is_alone = len(rows) == 1 and not self._has_given
        if rows and not is_alone and self.width > 1 and rows[-1][0].strip().rstrip(":").casefold() in TOTAL_WORDS:
            self.sorter.told.append(TableWarning(lines[-1], None, "this row of totals is left out."))
            lines, rows = lines[:-1], rows[:-1]
        return Chunk(lines, rows) if rows else None
