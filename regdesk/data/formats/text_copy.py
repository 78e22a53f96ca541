"""A table as text that the reader of text reads in place of the file it stands in, and which row each line is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import Integers
from regdesk.data.csv.dialect_warnings import ONE_COLUMN
from regdesk.data.csv.lines import Progress
from regdesk.data.csv.table import Dialect, Table, TableWarning
from regdesk.data.errors import DataError


@dataclass(frozen=True)
class LineMap:
    """Rows of a sheet and lines of its copy: from line ``lines[i]`` on they run in step, beginning with ``rows[i]``."""

    lines: tuple[int, ...] = (1,)
    rows: tuple[int, ...] = (1,)

    def rows_of(self, lines: Integers) -> Integers:
        """The row of each of ``lines`` of the copy, ``(n_lines,)``, both from 1."""
        starts, rows = np.array(self.lines, np.int64), np.array(self.rows, np.int64)
        step = np.maximum(np.searchsorted(starts, lines, "right") - 1, 0)
        # A cell of several lines belongs to one row: what follows it begins with the next.
        ends = np.append(rows[1:] - 1, np.iinfo(np.int64).max)
        found: Integers = np.minimum(rows[step] + lines - starts[step], ends[step])
        return found

    def row_of(self, line: int | None) -> int | None:
        """As ``rows_of``, of one."""
        return None if line is None else int(self.rows_of(np.array([line]))[0])


@dataclass(frozen=True)
class TextSource:
    """What is read as text: the file itself, its unpacked text, or a copy of its cells.

    Attributes:
        file: the file as the user knows it.
        text: the file to be read.
        delimiter: that of a copy of ours; None for text, whose delimiter is its writer's.
        digest: sha256 of ``file``, in hexadecimal digits; empty where it is read itself.
        has_names: whether the first line of ``text`` is known to be the names of the columns.
        warnings: what was decided in opening it; rows are those of the sheet.
    """

    file: Path
    text: Path
    digest: str = ""
    delimiter: str | None = None
    has_names: bool = False
    line_map: LineMap = LineMap()
    warnings: tuple[TableWarning, ...] = ()

    def table(self, found: Table) -> Table:
        """The table ``found`` in ``text`` as that of ``file``."""
        if self.text == self.file:
            return found
        warnings = tuple(replace(one, row=self.line_map.row_of(one.row)) for one in found.warnings)
        dialect = found.dialect
        if self.delimiter is not None:
            # They are the copy's, and the file has none.
            dialect = Dialect("", quote="", encoding="", decimal=dialect.decimal, header=dialect.header)
            warnings = tuple(one for one in warnings if one.message != ONE_COLUMN)
        return replace(
            found,
            path=self.file,
            name=self.file.name,
            dialect=dialect,
            warnings=self.warnings + warnings,
            row_lines=self.line_map.rows_of(found.row_lines),
            digest=self.digest,
        )

    def reading(self, options: ReadingOptions) -> ReadingOptions:
        """How ``text`` is read where ``options`` are those for ``file``: how a copy is written is known."""
        if self.delimiter is None:
            return options
        known = replace(options, delimiter=self.delimiter, quote='"', encoding="utf-8")
        return replace(known, has_header=True, n_skipped=0) if self.has_names else known

    def second_half(self, progress: Progress) -> Progress:
        """``progress`` for reading ``text``: of the whole, where making it was the first half."""
        return progress if self.text == self.file else lambda share: progress(0.5 + share / 2)

    def error(self, found: DataError) -> DataError:
        """The error ``found`` in ``text`` as one of ``file``."""
        row = self.line_map.row_of(found.row)
        return DataError(found.problem, file=self.file, row=row, column=found.column)
