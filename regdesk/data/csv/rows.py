"""Which records of a file are rows of its table, and one sentence on all those that cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from regdesk.data.csv.encodings import MOST_LISTED, listed
from regdesk.data.csv.table import TableWarning
from regdesk.data.csv.trial import is_ruler, is_value
from regdesk.data.errors import DataError, shorten

TOTAL_WORDS = frozenset(
    ("total", "totals", "sum", "grand total", "summe", "gesamt", "gesamtsumme", "insgesamt", "total général", "totale",
     "totaal", "suma")
)  # fmt: skip
CONFLICT_MARKS = ("<<<<<<<", "=======", ">>>>>>>")
_COMMENT = "#"
_FOOTNOTES = ("note", "source", "footnote", "quelle", "anmerkung", "*", "(")


@dataclass(frozen=True)
class OddRecord:
    """A record that is not as wide as the header, on lines ``line`` to ``last_line``."""

    line: int
    last_line: int
    cells: list[str]
    follows_blank: bool


@dataclass
class RowSorter:
    """Takes the records that are not as wide as the ``header``, and tells at the end what became of them."""

    path: Path
    header: list[str]
    told: list[TableWarning]
    _pending: list[OddRecord] = field(default_factory=list)
    _faults: list[OddRecord] = field(default_factory=list)
    _n_faults: int = 0
    _left_out: dict[str, list[int]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return len(self.header)

    def leave_out(self, what: str, line: int) -> None:
        """The record on ``line`` is none of the table's."""
        self._left_out.setdefault(what, []).append(line)

    def trimmed(self, record: OddRecord) -> list[str] | None:
        """The cells of ``record`` where it is a row but for empty cells at its end; None where it is no row, or not yet
        known to be one."""
        if len(record.cells) > self.width and not any(cell.strip() for cell in record.cells[self.width :]):
            self.end_pending()
            return record.cells[: self.width]
        if is_ruler(record.cells):
            return None
        if not any(cell.strip() for cell in record.cells):
            self.leave_out("blank row", record.line)
        elif record.cells[0].lstrip().startswith(_COMMENT):
            self.leave_out("comment", record.line)
        else:
            self._pending.append(record)
        return None

    def end_pending(self) -> None:
        """A row of the table follows: what was odd before it stands in the middle of the table."""
        if self._pending:
            self._n_faults += len(self._pending)
            self._faults += self._pending[: MOST_LISTED + 1 - len(self._faults)]
            self._pending = []

    def finish(self) -> None:
        """Tell what has been left out. Raises DataError for records in the table that are not as wide as its header."""
        if self._faults or not all(self._is_footer(record) for record in self._pending):
            self.end_pending()
            raise self._ragged()
        for record in self._pending:
            self.leave_out("line after the table", record.line)
        for what, lines in self._left_out.items():
            also = f" (so are {listed(lines[1 : MOST_LISTED + 1], len(lines) - 1)})" if len(lines) > 1 else ""
            also = also.replace("so are line ", "so is line ")
            self.told.append(TableWarning(lines[0], None, f"this {what} is left out{also}."))

    def _is_footer(self, record: OddRecord) -> bool:
        filled = [cell.strip() for cell in record.cells if cell.strip()]
        if len(record.cells) >= self.width or is_value(filled[0]):
            return False
        return record.follows_blank or len(filled) == 1 or filled[0].casefold().startswith(_FOOTNOTES)

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
        cells = "1 cell" if n_found == 1 else f"{n_found} cells"
        if first.last_line > first.line:
            remedy = (
                f"a quote opened in this row runs on to line {first.last_line} and is probably not closed where it "
                "should be"
            )
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

    def _is_second_table(self) -> bool:
        first = self._faults[0]
        alike = [one for one in self._faults if len(one.cells) == len(first.cells) > 1]
        return first.follows_blank and len(alike) > 1
