"""Reading a file into a table. A reader for other formats replaces ``CsvReader`` behind ``TableReader``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import Integers
from regdesk.data.columns.column_builder import ColumnBuilder
from regdesk.data.columns.given_readings import given_readings
from regdesk.data.csv.detection import find_layout
from regdesk.data.csv.file_watch import FileWatch
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.line_mending import BLANK
from regdesk.data.csv.lines import Chunk, Progress, read_records
from regdesk.data.csv.names import column_names, made_up_names
from regdesk.data.csv.stray_quotes import stray_quote_warnings
from regdesk.data.csv.table import Column, Dialect, NumberColumn, Table, TableWarning, WordColumn
from regdesk.data.errors import DataError


class TableReader(Protocol):
    """Whatever turns a file into a table."""

    def read(self, path: Path, progress: Progress | None = None) -> Table:
        """The table in ``path``. Raises DataError; ``progress`` may raise to cancel."""


@dataclass(frozen=True)
class CsvReader:
    """Reads text with delimiters as ``options`` say, and detects what they leave open."""

    options: ReadingOptions = field(default_factory=ReadingOptions)

    def read(self, path: Path, progress: Progress | None = None) -> Table:
        """As ``read_table``."""
        return read_table(path, self.options, progress)


def read_table(path: Path | str, options: ReadingOptions | None = None, progress: Progress | None = None) -> Table:
    """The table in the text file ``path``, read as ``options`` say; what they leave open is detected.

    ``progress`` is called now and then with the share of the bytes read, 0 to 1; raising in it cancels.
    Raises DataError, naming file, line and column, when the file is not clean, and when it changes while it is read.
    """
    path = Path(path)
    watch = FileWatch(path)
    try:
        return _read(path, options or ReadingOptions(), progress, watch)
    except (DataError, OSError):
        # A row of two files is no fault of either, nor is one that has gone.
        watch.check()
        raise


def _read(path: Path, options: ReadingOptions, progress: Progress | None, watch: FileWatch) -> Table:
    warnings: list[TableWarning] = []
    layout = find_layout(path, options, warnings, progress)
    builders, row_lines = _collect(path, layout, options, None, watch, progress, warnings)

    def with_spellings(wanted: list[bool]) -> list[ColumnBuilder]:
        """The builders, those that are ``wanted`` read again: spellings of numbers are not kept the first time."""
        if not any(wanted):
            return builders
        only = frozenset(number for number, is_wanted in enumerate(wanted) if is_wanted)
        again, _ = _collect(path, layout, options, only, watch, progress, [])
        return [again[number] if number in only else builder for number, builder in enumerate(builders)]

    builders = with_spellings([builder.lost_words for builder in builders])
    marks = {builder.decimal_evidence() for builder in builders} - {""}
    elsewhere = next(iter(marks)) if len(marks) == 1 else None
    builders = with_spellings([builder.is_open(elsewhere) for builder in builders])
    built = [builder.finish(path, row_lines, elsewhere) for builder in builders]
    if _are_row_names(built[0].column, layout, warnings):
        if not (layout.has_row_names and layout.delimiter == BLANK and isinstance(built[0].column, WordColumn)):
            # Nobody misses a name for what only tells rows apart; words before blanks may be a cell cut in two.
            warnings = [warning for warning in warnings if warning.column != built[0].column.name]
        built[0] = replace(built[0], column=replace(built[0].column, kind="identifier"))
    decimal = "," if any(one.decimal == "," for one in built) else "."
    warnings += chain.from_iterable(one.warnings for one in built)
    if decimal == ",":
        warnings += [
            TableWarning(
                None, one.column.name, "this column is read with a decimal point, others with a decimal comma."
            )
            for one in built
            if one.decimal == "."
        ]
    columns = tuple(one.column for one in built)
    warnings += stray_quote_warnings(path, layout, columns, row_lines)
    dialect = Dialect(
        layout.delimiter_text or layout.delimiter,
        layout.quote,
        layout.encoding,
        decimal,
        layout.has_header,
        layout.n_skipped,
    )
    return Table(path, path.name, columns, dialect, tuple(warnings), row_lines, watch.digest)


def _are_row_names(first: Column, layout: Layout, warnings: list[TableWarning]) -> bool:
    """Whether the first column has no name in the header, and different whole numbers or words that tell rows apart."""
    is_unnamed = layout.has_header and any(
        warning.column == first.name and "no name" in warning.message for warning in warnings
    )
    if not is_unnamed or first.n_missing or first.distinct < len(first.missing):
        return False
    if not isinstance(first, NumberColumn):
        # Dates below a header that is one short may as well be a column of it.
        return not (layout.has_row_names and first.kind == "datetime")
    if layout.has_row_names:
        # Other numbers may as well be a column whose rows have a cell more than the header: that is told.
        return first.numbers[0] in (0, 1) and bool((np.diff(first.numbers) == 1.0).all())
    return bool((first.numbers == np.round(first.numbers)).all())


def _collect(
    path: Path,
    layout: Layout,
    options: ReadingOptions,
    only: frozenset[int] | None,
    watch: FileWatch,
    progress: Progress | None,
    warnings: list[TableWarning],
) -> tuple[list[ColumnBuilder], Integers]:
    """All columns, or those numbered in ``only`` as words, and the line of each row ``(n_rows,)``.

    Raises DataError also for a kind that is given of a column which is not there.
    """
    lines: list[Integers] = []
    told: list[TableWarning] = []
    with closing(read_records(path, layout, watch, progress, told)) as found:
        chunks: Iterator[Chunk] = found
        header = next(chunks, None)
        if header is None:
            raise DataError("the file is empty; it needs a header line and rows of data.", file=path)
        if layout.has_header:
            names = column_names(header.rows, header.lines[0], warnings)
        else:
            names = made_up_names(len(header.rows[0]))
            chunks = chain((header,), chunks)
        given = given_readings(path, names, options)
        builders = [
            ColumnBuilder(name, layout.delimiter, only is not None and number in only, given[number])
            for number, name in enumerate(names)
        ]
        for chunk in chunks:
            lines.append(np.array(chunk.lines, np.int64))
            for number, (builder, cells) in enumerate(zip(builders, zip(*chunk.rows, strict=True), strict=True)):
                if only is None or number in only:
                    builder.add(cells)
    if not lines:
        raise DataError("there is a header and no data; add rows below it.", file=path, row=header.lines[0])
    warnings += told
    return builders, np.concatenate(lines)
