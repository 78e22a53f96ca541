"""Reading a file into a table. A reader for other formats replaces ``CsvReader`` behind ``TableReader``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np

from regdesk.core.reading_options import NO_QUOTE, ReadingOptions
from regdesk.core.types import Integers
from regdesk.data.csv.cells import CellClass, classify
from regdesk.data.csv.column_builder import ColumnBuilder
from regdesk.data.csv.delimiters import detect_delimiter
from regdesk.data.csv.file_watch import FileWatch
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.lines import Chunk, Progress, check_file, read_records
from regdesk.data.csv.table import Dialect, Table, TableWarning
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
    except DataError:
        # A row of two files is no fault of either.
        watch.check()
        raise


def _read(path: Path, options: ReadingOptions, progress: Progress | None, watch: FileWatch) -> Table:
    layout = find_layout(path, options)
    warnings: list[TableWarning] = []
    builders, row_lines = _collect(path, layout, frozenset(), watch, progress, warnings)
    lost = frozenset(number for number, builder in enumerate(builders) if builder.lost_words)
    if lost:
        # Spellings of numeric cells are not kept; a column that turns to words late needs them back.
        again, _ = _collect(path, layout, lost, watch, progress, [])
        builders = [again[number] if number in lost else builder for number, builder in enumerate(builders)]
    built = [builder.finish(path, row_lines) for builder in builders]
    decimal = "," if any(one.decimal == "," for one in built) else "."
    warnings += [one.warning for one in built if one.warning is not None]
    if decimal == ",":
        warnings += [
            TableWarning(
                None, one.column.name, "this column is read with a decimal point, others with a decimal comma."
            )
            for one in built
            if one.decimal == "."
        ]
    columns = tuple(one.column for one in built)
    dialect = Dialect(layout.delimiter, layout.quote, layout.encoding, decimal, layout.has_header, layout.n_skipped)
    return Table(path, path.name, columns, dialect, tuple(warnings), row_lines, watch.digest)


def _collect(
    path: Path,
    layout: Layout,
    only: frozenset[int],
    watch: FileWatch,
    progress: Progress | None,
    warnings: list[TableWarning],
) -> tuple[list[ColumnBuilder], Integers]:
    """All columns, or those numbered in ``only`` as words, and the line of each row ``(n_rows,)``."""
    lines: list[Integers] = []
    with closing(read_records(path, layout, watch, progress)) as found:
        chunks: Iterator[Chunk] = found
        header = next(chunks, None)
        if header is None:
            raise DataError("the file is empty; it needs a header line and rows of data.", file=path)
        if layout.has_header:
            names = column_names(path, header.lines[0], header.rows[0], warnings)
        else:
            names = [f"column_{number}" for number in range(1, len(header.rows[0]) + 1)]
            chunks = chain((header,), chunks)
        builders = [ColumnBuilder(name, layout.delimiter, number in only) for number, name in enumerate(names)]
        for chunk in chunks:
            lines.append(np.array(chunk.lines, np.int64))
            for number, (builder, cells) in enumerate(zip(builders, zip(*chunk.rows, strict=True), strict=True)):
                if not only or number in only:
                    builder.add(cells)
    if not lines:
        raise DataError("there is a header and no data; add rows below it.", file=path, row=header.lines[0])
    return builders, np.concatenate(lines)


def find_layout(path: Path, options: ReadingOptions) -> Layout:
    """What ``options`` say of ``path``, and for what they leave open what is found in it. Raises DataError."""
    delimiter = options.delimiter
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise DataError(f"a delimiter is one character such as , or ; and not {delimiter!r}.", file=path)
    encoding = check_file(path, options.encoding)
    n_skipped = options.n_skipped or 0
    quote = '"' if options.quote is None else options.quote.replace(NO_QUOTE, "")
    return Layout(
        encoding,
        delimiter or detect_delimiter(path, encoding, n_skipped),
        quote,
        options.has_header is not False,
        n_skipped,
    )


def column_names(path: Path, line: int, cells: list[str], warnings: list[TableWarning]) -> list[str]:
    """Names of the header, empty ones replaced by column_N. Raises DataError when two are the same."""
    names = [" ".join(cell.split()) for cell in cells]
    given = {name for name in names if name}
    for number, name in enumerate(names):
        if not name:
            replacement = f"column_{number + 1}"
            while replacement in given:
                replacement += "_"
            given.add(replacement)
            names[number] = replacement
            warnings.append(TableWarning(line, replacement, "the header has no name for this column."))
    for number, name in enumerate(names):
        if name in names[:number]:
            raise DataError(
                f"columns {names.index(name) + 1} and {number + 1} have the same name; rename one of them.",
                file=path,
                row=line,
                column=name,
            )
    if all(classify(name) <= CellClass.COMMA for name in names):
        message = "the first line holds only numbers and is taken as the header; if it is data, add a header above it."
        warnings.append(TableWarning(line, None, message))
    return names
