"""What a person sees of a file before it is opened: values, filled where tables are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from regdesk.core.reading_options import ReadingOffer, ReadingOptions
from regdesk.core.types import ColumnRole, SplitPart
from regdesk.core.words.data_facts import ColumnFact


class PreviewRows(Protocol):
    """Rows of a file as they are read; whoever shows some asks for these alone."""

    @property
    def n_rows(self) -> int: ...

    def text(self, row: int, column: int) -> str | None:
        """What stands in a cell, None where it is missing; both numbers from 0."""

    def line(self, row: int) -> int:
        """The line of the file, from 1, on which a row begins."""

    def row_at(self, line: int) -> int:
        """The row that stands on a line of the file, or the next one; the last where none comes after."""


@dataclass(frozen=True)
class ColumnSplit:
    """How a column could split the rows into those that train, validate and test.

    Attributes:
        is_named: whether its name or its cells say which part is which.
        true_label: the cell that says true; empty where cells name the parts themselves.
        when_true: what that cell stands for by the column's name, or by the rule where it says nothing.
    """

    is_named: bool
    true_label: str = ""
    when_true: SplitPart = "train"


@dataclass(frozen=True)
class ImportColumn:
    """A column of the file.

    Attributes:
        kind: as options say it, such as ``numeric``.
        role: what it is for where nobody chooses.
        split: how it could split the rows; None where it cannot.
        bars: heights from 0 to 1 of a histogram of its values, or of its most frequent words; empty without any.
        has_date_parts: whether its cells are days, whose month and weekday could be features.
    """

    fact: ColumnFact
    kind: str
    role: ColumnRole
    bars: tuple[float, ...] = ()
    split: ColumnSplit | None = None
    has_date_parts: bool = False

    @property
    def name(self) -> str:
        return self.fact.name


@dataclass(frozen=True)
class ImportWarning:
    """Something that was decided in reading; ``line`` of the file, from 1, and ``column`` where it has them.

    ``text`` is what stands on the line where that is no row of the table, as far as it is known. ``offer`` is the other
    reading that the message speaks of.
    """

    line: int | None
    column: str | None
    message: str
    text: str = ""
    offer: ReadingOffer | None = None


@dataclass(frozen=True)
class LargeFile:
    """A file of which it is told before it is read what that ``needs``; a sample of it has ``sample_rows``."""

    title: str
    needs: str
    sample_rows: int


@dataclass(frozen=True)
class ImportPreview:
    """A file as it is read, or why it cannot be.

    Attributes:
        reading: what was said of how it is written.
        found: the same with what was detected; of a file that cannot be read it is ``reading``.
        columns: of the table; none where the file cannot be read, whose ``rows`` are then its lines as text.
        sheets: what one of can be chosen; none where there is no choice.
        targets: names of columns that are likely to be what is predicted, the likeliest first.
        split_column: the one that says how it splits the rows, by its cells or its name; empty where none does.
        is_partial: whether these are the first rows alone, of a file whose rest is being read.
        problem: one sentence where the file cannot be read as was said, and ``problem_line`` of the file.
    """

    title: str
    file: str
    reading: ReadingOptions
    found: ReadingOptions
    columns: tuple[ImportColumn, ...]
    rows: PreviewRows
    warnings: tuple[ImportWarning, ...] = ()
    sheets: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    split_column: str = ""
    is_partial: bool = False
    problem: str = ""
    problem_line: int | None = None
    usual_roles: dict[str, ColumnRole] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "usual_roles", {column.name: column.role for column in self.columns})
