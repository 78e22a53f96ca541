"""Reading a file into a table. A reader for other formats replaces ``CsvReader`` behind ``TableReader``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, takewhile
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from regdesk.core.reading_options import DECIMAL_MARKS, ReadingOptions
from regdesk.core.types import Integers
from regdesk.data.blocks.growing_array import GrowingArray
from regdesk.data.columns.built_column import BuiltColumn
from regdesk.data.columns.column_builder import ColumnBuilder
from regdesk.data.columns.date_columns import with_settled_orders
from regdesk.data.columns.given_readings import given_readings
from regdesk.data.columns.known_shapes import forget_shapes
from regdesk.data.csv.detection import find_layout
from regdesk.data.csv.file_watch import FileWatch
from regdesk.data.csv.last_looks import (
    are_row_names,
    counting_warnings,
    cut_off_warnings,
    decimal_warnings,
    heading_warnings,
    told_of_columns,
)
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.line_mending import BLANK
from regdesk.data.csv.lines import Progress, read_blocks
from regdesk.data.csv.names import column_names, grouped, made_up_names
from regdesk.data.csv.plain_columns import add_columns
from regdesk.data.csv.quote_faults import stray_quote_warnings
from regdesk.data.csv.row_flow import Chunk, RowBlock
from regdesk.data.csv.table import Column, Dialect, DrawnRows, Table, TableWarning, WordColumn
from regdesk.data.csv.totals import totals_warnings
from regdesk.data.errors import DataError

_READ, _AGAIN = 0.8, 0.05
"""Of the work: to read all cells once, and to read some columns again, which happens twice at most."""
_MORE = 1.05
_CELLS_AT_ONCE = 20_000


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

    ``progress`` is called now and then with the share that is done, from 0 up to 1; raising in it cancels.
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
    report = progress or (lambda share: None)
    layout = find_layout(path, options, warnings, report)
    rows, drawn = _drawn_rows(path, layout, options, watch, _part(report, 0.0, _READ / 2))
    first = 0.0 if drawn is None else _READ / 2
    builders, row_lines = _collect(path, layout, options, None, watch, _part(report, first, _READ), warnings, rows)
    if drawn is not None:
        message = f"{len(row_lines):,} of {drawn.n_rows:,} rows were drawn, with seed {drawn.seed}; no other is read."
        warnings.append(TableWarning(None, None, message))

    def with_spellings(wanted: list[bool], first: float) -> list[ColumnBuilder]:
        """The builders, those that are ``wanted`` read again: spellings of numbers are not kept the first time."""
        if not any(wanted):
            return builders
        only = frozenset(number for number, is_wanted in enumerate(wanted) if is_wanted)
        again, _ = _collect(path, layout, options, only, watch, _part(report, first, first + _AGAIN), [], rows)
        return [again[number] if number in only else builder for number, builder in enumerate(builders)]

    builders = with_spellings([builder.lost_words for builder in builders], _READ)
    elsewhere = _marks_elsewhere(_evidence(builders, _part(report, _READ + _AGAIN, _READ + _AGAIN)))
    are_open = [builder.is_open(mark) for builder, mark in zip(builders, elsewhere, strict=True)]
    builders = with_spellings(are_open, _READ + _AGAIN)
    built: list[BuiltColumn] = []
    rest = _part(report, _READ + 2 * _AGAIN, 1.0)
    for builder, mark in zip(builders, elsewhere, strict=True):
        built.append(builder.finish(path, row_lines, mark, partial(rest, len(built) / len(builders))))
        rest(len(built) / len(builders))
    # It keeps the spellings of the last column, of which there may be a million.
    forget_shapes()
    built = with_settled_orders(built, row_lines)
    if are_row_names(built[0].column, layout, warnings):
        may_be_cut = layout.has_row_names and layout.delimiter == BLANK and not layout.has_quoted_row_names
        if not (may_be_cut and _has_letters(built[0].column)):
            # Nobody misses a name for what only tells rows apart; bare words before blanks may be a cell cut in two.
            warnings = [warning for warning in warnings if warning.column != built[0].column.name]
        built[0] = replace(built[0], column=replace(built[0].column, kind="identifier"))
    decimal = "," if any(one.decimal == "," for one in built) else "."
    warnings += told_of_columns(built, [builder.has_na for builder in builders])
    warnings += decimal_warnings(built)
    columns = tuple(one.column for one in built)
    last = takewhile(lambda column: bool(column.missing.all()), reversed(columns))
    warnings = grouped(warnings, {column.name for column in last})
    warnings += stray_quote_warnings(path, layout, columns, row_lines)
    # What it looks up in the file is of the bytes that were read.
    watch.check()
    warnings += totals_warnings(columns, row_lines, partial(report, 1.0))
    warnings += counting_warnings(columns, row_lines) + heading_warnings(columns, row_lines)
    warnings += [] if drawn else cut_off_warnings(path, layout, columns, row_lines)
    dialect = Dialect(
        layout.delimiter_text or layout.delimiter,
        layout.quote,
        layout.encoding,
        decimal,
        layout.has_header,
        layout.n_skipped,
    )
    return Table(path, path.name, columns, dialect, tuple(warnings), row_lines.astype(np.int64), watch.digest, drawn)


def _has_letters(column: Column) -> bool:
    return isinstance(column, WordColumn) and any(character.isalpha() for level in column.levels for character in level)


def _drawn_rows(
    path: Path, layout: Layout, options: ReadingOptions, watch: FileWatch, progress: Progress
) -> tuple[Integers | None, DrawnRows | None]:
    """The numbers of the rows that are drawn, from 0 and in their order, and from what; None where all are read.

    How many rows there are is found by going over all of them.
    """
    n_wanted = options.sample_rows
    if n_wanted is None:
        return None, None
    _, lines = _collect(path, layout, options, frozenset(), watch, progress, [], None)
    if len(lines) <= n_wanted:
        return None, None
    generator = np.random.default_rng(options.sample_seed)
    rows = np.sort(generator.choice(len(lines), n_wanted, replace=False, shuffle=False))
    return rows, DrawnRows(len(lines), options.sample_seed)


def _evidence(builders: Sequence[ColumnBuilder], progress: Progress) -> list[str]:
    """The decimal mark that each column proves, '' where it proves none."""
    found: list[str] = []
    for builder in builders:
        # Of many rows each takes a while, and may be the last that is wanted.
        share = len(found) / len(builders)
        progress(share)
        found.append(builder.decimal_evidence(partial(progress, share)))
    return found


@dataclass
class _Heard:
    """Tells ``progress`` of a share, and once more of the last one: raising in it may be what it is waited for."""

    progress: Progress
    _share: float = 0.0

    def __call__(self, share: float) -> None:
        self._share = share
        self.progress(share)

    def again(self) -> None:
        self.progress(self._share)


def _part(progress: Progress, first: float, last: float) -> Progress:
    """What tells ``progress`` of a share of the part from ``first`` to ``last``."""
    return lambda share: progress(first + (last - first) * share)


def _marks_elsewhere(evidence: Sequence[str]) -> list[str | None]:
    """For each column the decimal mark that all others prove, None where they prove none or both.

    ``evidence`` is what each of them proves itself, '' for nothing.
    """
    counts = Counter(evidence)
    found: list[str | None] = []
    for own in evidence:
        marks = [mark for mark in DECIMAL_MARKS if counts[mark] > (own == mark)]
        found.append(marks[0] if len(marks) == 1 else None)
    return found


def _collect(
    path: Path,
    layout: Layout,
    options: ReadingOptions,
    only: frozenset[int] | None,
    watch: FileWatch,
    progress: Progress,
    warnings: list[TableWarning],
    rows: Integers | None,
) -> tuple[list[ColumnBuilder], Integers]:
    """All columns, or those numbered in ``only`` as words, and the line of each row ``(n_rows,)``.

    ``rows`` are the numbers of those that are wanted, from 0 and in their order; None for all.

    Raises DataError also for a kind that is given of a column which is not there.
    """
    # A line has a byte at least: of most files their numbers take half the memory until the table is made.
    lines: GrowingArray[Any] = GrowingArray(np.int32 if path.stat().st_size < np.iinfo(np.int32).max else np.int64)
    told: list[TableWarning] = []
    heard = _Heard(progress)
    with closing(read_blocks(path, layout, watch, heard, told)) as found:
        chunks: Iterator[Chunk | RowBlock] = found
        header = next(chunks, None)
        if not isinstance(header, Chunk):
            raise DataError("the file is empty; it needs a header line and rows of data.", file=path)
        if layout.has_header:
            names = column_names(header.rows, header.lines[0], warnings)
        else:
            names = made_up_names(len(header.rows[0]))
            chunks = chain((header,), chunks)
        heard.again()
        given = given_readings(path, names, options)
        builders = [
            ColumnBuilder(name, layout.delimiter, only is not None and number in only, given[number])
            for number, name in enumerate(names)
        ]
        n_expected = 0
        for chunk in chunks if rows is None else _chosen(chunks, rows):
            wanted = range(len(builders)) if only is None else sorted(only)
            if isinstance(chunk, RowBlock) and not n_expected:
                n_expected = _n_expected(path, chunk) if rows is None else len(rows)
                lines.expect(n_expected)
                for number in wanted:
                    builders[number].expect(n_expected)
            lines.append(np.asarray(chunk.lines))
            if isinstance(chunk, RowBlock):
                for number in wanted:
                    builders[number].add_block(chunk.cells.column(number))
                # While the next one is made.
                del chunk
                continue
            at_once = max(_CELLS_AT_ONCE // len(chunk.rows), 1)
            for first in range(0, len(wanted), at_once):
                heard.again()
                some = wanted[first : first + at_once]
                add_columns([builders[number] for number in some], _columns(chunk.rows, some))
    if not len(lines):
        raise DataError("there is a header and no data; add rows below it.", file=path, row=header.lines[0])
    warnings += told
    return builders, lines.whole()


def _columns(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> list[tuple[str, ...]]:
    """Of ``rows``, which are equally wide, the columns with these ``numbers``, which rise."""
    first, end = numbers[0], numbers[-1] + 1
    # All at once would take a third of a second where there are millions of cells.
    columns = list(zip(*(row[first:end] for row in rows), strict=True))
    return columns if len(columns) == len(numbers) else [columns[number - first] for number in numbers]


def _n_expected(path: Path, block: RowBlock) -> int:
    """About how many rows ``path`` has if all are like those of ``block``, and some more."""
    return int(_MORE * path.stat().st_size / len(block.cells.text) * len(block.lines))


def _chosen(chunks: Iterator[Chunk | RowBlock], rows: Integers) -> Iterator[Chunk | RowBlock]:
    """Of ``chunks`` the ``rows``, by their numbers from 0, which rise."""
    first = 0
    for chunk in chunks:
        place, end = np.searchsorted(rows, (first, first + len(chunk.lines)))
        if place < end:
            yield chunk.taken(rows[place:end] - first)
        first += len(chunk.lines)
