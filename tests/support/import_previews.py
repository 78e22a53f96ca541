"""A file as the import dialog is shown it, made by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import ColumnRole
from regdesk.core.words.data_facts import ColumnFact
from regdesk.core.words.import_facts import ImportColumn, ImportPreview, ImportWarning


@dataclass(frozen=True)
class HandRows:
    """Rows that begin on lines of the file one after the other, the first on ``first``."""

    cells: tuple[tuple[str | None, ...], ...]
    first: int = 2

    @property
    def n_rows(self) -> int:
        return len(self.cells)

    def text(self, row: int, column: int) -> str | None:
        return self.cells[row][column]

    def line(self, row: int) -> int:
        return self.first + row

    def row_at(self, line: int) -> int:
        return min(max(line - self.first, 0), len(self.cells) - 1)


def import_column(name: str, kind: str = "numeric", role: ColumnRole = "feature", reason: str = "") -> ImportColumn:
    fact = ColumnFact(name, kind, 0, 3, "1 input", reason, True)
    return ImportColumn(fact, kind, role, (0.5, 1.0))


FOUND = ReadingOptions(
    delimiter=",", encoding="utf-8", quote='"', decimal=".", has_header=True, n_skipped=0, missing_words=None
)
COLUMNS = (
    import_column("id", "identifier", "identifier", "it numbers or names the rows"),
    import_column("a"),
    import_column("b"),
    import_column("part", "categorical"),
    import_column("y"),
)
ROWS = HandRows(
    tuple((f"k{row}", f"{row}", None if row == 2 else "<b>x</b>", "train", f"{row}.5") for row in range(60))
)
PREVIEW = ImportPreview(
    title="small.csv",
    file="/data/small.csv",
    reading=ReadingOptions(),
    found=FOUND,
    columns=COLUMNS,
    rows=ROWS,
    warnings=(
        ImportWarning(40, "b", "'<b>x</b>' is a word <i>among</i> numbers."),
        ImportWarning(None, None, "nothing in particular."),
    ),
    targets=("y", "a"),
)
UNREAD = replace(
    PREVIEW,
    found=ReadingOptions(),
    columns=(),
    rows=HandRows((("a,b",), ("1,2",), ("1,2,3",)), 1),
    warnings=(ImportWarning(3, None, "this row has 3 cells and the header has 2."),),
    targets=(),
    problem="small.csv, line 3: this row has 3 cells and the header has 2.",
    problem_line=3,
)
