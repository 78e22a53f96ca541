"""What a query gives, as text: SQLite and DuckDB answer alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from regdesk.data.csv.lines import Progress
from regdesk.data.csv.table import TableWarning
from regdesk.data.formats.copy_writer import COPY_DELIMITER, write_copy
from regdesk.data.formats.sheet_rows import cell_text
from regdesk.data.formats.text_copy import LineMap, TextSource

ROWS_A_TIME = 4096


def copy_of_query(
    file: Path,
    target: Path,
    cursor: Any,
    names: Sequence[str],
    n_rows: int,
    warnings: tuple[TableWarning, ...],
    progress: Progress,
) -> TextSource:
    """The ``n_rows`` rows of ``cursor`` written to ``target``, of columns called ``names``, which are line 1.

    ``progress`` is called with the share that is written, 0 to 1.
    """

    def rows() -> Iterator[tuple[int, Sequence[str]]]:
        yield 1, names
        line = 2
        while found := cursor.fetchmany(ROWS_A_TIME):
            for row in found:
                yield line, [cell_text(cell) for cell in row]
                line += 1
            progress(min((line - 2) / n_rows, 1.0))

    lines, numbers = write_copy(target, rows())
    return TextSource(
        file,
        target,
        delimiter=COPY_DELIMITER,
        has_names=True,
        line_map=LineMap(tuple(lines), tuple(numbers)),
        warnings=warnings,
    )
