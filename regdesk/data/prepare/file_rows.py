"""Rows of a file as a fitted model reads them, block by block: no more of the file is held than a block."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import numpy as np

from regdesk.core.fitted.cells import LabelCells, NumberCells
from regdesk.core.fitted.column_encoding import ColumnEncoding
from regdesk.core.fitted.encoding import Encoding
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.cells import CellClass, classify, plain_numbers
from regdesk.data.columns.missing_words import MISSING_AMONG_NUMBERS, MISSING_WORDS
from regdesk.data.csv.detection import find_layout
from regdesk.data.csv.file_watch import FileWatch
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.lines import Progress, read_records
from regdesk.data.csv.names import column_names, grouped, made_up_names
from regdesk.data.csv.row_flow import Chunk
from regdesk.data.csv.rows import LeftOutRow
from regdesk.data.csv.table import MISSING_CODE, Codes, TableWarning
from regdesk.data.csv.trial import TAB
from regdesk.data.errors import DataError, shorten
from regdesk.data.files.safe_cells import own_cell
from regdesk.data.prepare.cell_reading import mark_of, missing_words_of, own_words, read_words, without_missing
from regdesk.data.prepare.table_rows import check_kind, check_names


@dataclass
class _FileSoFar:
    """What is known of a file's columns from the blocks before: their decimal mark, and that their kind is right."""

    path: Path
    comma_allowed: bool
    place: dict[str, int]
    marks: dict[str, str] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)


@dataclass(frozen=True, eq=False)
class FileRows:
    """Neighbouring rows of a file.

    Attributes:
        names: those of all columns of the file; ``records`` its cells as they are written, ``(n_rows, n_columns)``.
        lines: ``(n_rows,)``, the line of the file on which each row starts, from 1.
        why_none: of rows that stand below the table, such as totals, why nothing is said of each; else nothing.
    """

    names: tuple[str, ...]
    records: Sequence[Sequence[str]]
    lines: Integers
    _file: _FileSoFar
    why_none: tuple[str, ...] = ()

    @property
    def n_rows(self) -> int:
        """How many there are."""
        return len(self.records)

    def cells(self, column: ColumnEncoding) -> NumberCells | LabelCells:
        """As ``Rows`` has it. Raises DataError when the column is of another kind than in training."""
        place = self._file.place[column.source_name]
        cells = without_missing(column, own_words(column, [record[place].strip() for record in self.records]))
        if not column.levels and column.date_form is None and column.number_form is None:
            numbers = _plain(cells)
            if numbers is not None and self._file.marks.get(column.name) != ",":
                if any("." in cell for cell in cells):
                    self._file.marks[column.name] = "."
                if not np.isnan(numbers).all():
                    self._file.checked.add(column.name)
                return NumberCells(numbers)
        levels, codes = _distinct(cells, missing_words_of(column) if column.levels else MISSING_WORDS)
        if column.levels:
            if column.part is None:
                self._check_labels(column, levels)
            return read_words(column, levels, codes)
        mark = self._file.marks.get(column.name, "")
        if not mark and column.date_form is None:
            mark = mark_of(levels, codes, self._file.comma_allowed)
            self._file.marks[column.name] = mark
        found = read_words(column, levels, codes, mark or ".", bool(mark))
        if isinstance(found, NumberCells) and column.name not in self._file.checked:
            check_kind(self._file.path, column, found, self.lines)
            if not np.isnan(found.numbers).all():
                self._file.checked.add(column.name)
        return found

    def _check_labels(self, column: ColumnEncoding, levels: Sequence[str]) -> None:
        """Raises DataError when the first labels of the file are numbers, and the model has seen none of them."""
        if column.name in self._file.checked or not levels:
            return
        self._file.checked.add(column.name)
        are_numbers = all(classify(level) <= CellClass.POINT for level in levels)
        if are_numbers and not {column.label_of(level) for level in levels} & set(column.seen):
            place = self._file.place[column.name]
            row = next(row for row, record in enumerate(self.records) if record[place].strip() == levels[0])
            raise DataError(
                f"these are numbers, such as {shorten(levels[0])}, and the model was fitted on labels, such as "
                f"{shorten(column.levels[0])}.",
                file=self._file.path,
                row=int(self.lines[row]),
                column=column.name,
            )


def read_rows(
    path: Path | str,
    encoding: Encoding,
    options: ReadingOptions | None = None,
    progress: Progress | None = None,
    told: list[TableWarning] | None = None,
) -> Generator[FileRows, None, None]:
    """The rows of the CSV file ``path`` in blocks, one at least, for a model with ``encoding``.

    Columns that it does not know stay unread. A last row with a name and nothing else is a row, as of it a prediction
    is wanted, and its cells are missing. A line below a blank one, and totals, are no rows and are told: the last block
    has them, so that they keep their place, and says ``why_none``. What is to be told of the file, such as rows that
    are left out, is in ``told`` at the end.
    Raises DataError as ``read_table``, and when a column that the model needs is missing or of another kind.
    """
    path = Path(path)
    watch = FileWatch(path)
    try:
        warnings: list[TableWarning] = []
        left_out: list[TableWarning] = []
        below: list[LeftOutRow] = []
        options = options or ReadingOptions()
        layout = _layout_of(path, encoding, options, warnings, progress)
        with closing(read_records(path, layout, watch, progress, left_out, below)) as found:
            chunks: Iterator[Chunk] = found
            header = next(chunks, None)
            if header is None:
                raise DataError("the file is empty; it needs a header line and rows of data.", file=path)
            names = _names(header, layout, warnings)
            chunks = chunks if layout.has_header else chain((header,), chunks)
            # A name that a file of ours has made safe for spreadsheets, '=x, is =x unless that is there too.
            places = {own_cell(name): place for place, name in enumerate(names)}
            places |= {name: place for place, name in enumerate(names)}
            check_names(path, list(places), encoding.columns)
            so_far = _FileSoFar(path, layout.delimiter != ",", places)
            if options.decimal is not None:
                so_far.marks = dict.fromkeys((column.name for column in encoding.columns), options.decimal)
            has_rows = False
            for chunk in chunks:
                has_rows = True
                yield FileRows(names, chunk.rows, np.array(chunk.lines, np.int64), so_far)
            if below:
                yield _below_the_table(names, below, layout, so_far)
            elif not has_rows:
                yield FileRows(names, (), np.empty(0, np.int64), so_far)
            if told is not None:
                told += grouped(warnings, set(names) - {column.source_name for column in encoding.columns})
                told += left_out
    except DataError:
        # A row of two files is no fault of either.
        watch.check()
        raise


def _layout_of(
    path: Path,
    encoding: Encoding,
    options: ReadingOptions,
    warnings: list[TableWarning],
    progress: Progress | None = None,
) -> Layout:
    """How ``path`` is laid out, as ``find_layout`` has it, and where that does not show what the model knows: names.

    Words above words look like a row of the table, and decimal commas below one name like marks between cells.
    """
    layout = find_layout(path, options, warnings, progress)
    needed = {own_cell(column.source_name) for column in encoding.columns}
    others = []
    if len(needed) == 1 and options.delimiter is None and options.has_header is not False:
        # The tab stands in no cell.
        others.append(replace(options, delimiter=TAB, has_header=True))
    if not layout.has_header and options.has_header is None:
        others.append(replace(options, has_header=True))
    if not others:
        return layout
    names = _names_in(path, layout)
    if layout.has_header and len(names) > 1 and {own_cell(name) for name in names} >= needed:
        return layout
    for other in others:
        told: list[TableWarning] = []
        tried = find_layout(path, other, told)
        found = {own_cell(name) for name in _names_in(path, tried)}
        if found == needed if other.delimiter else found >= needed:
            warnings[:] = told
            return tried
    return layout


def _below_the_table(
    names: tuple[str, ...], below: Sequence[LeftOutRow], layout: Layout, so_far: _FileSoFar
) -> FileRows:
    """What stands ``below`` the table, each with as many cells as there are ``names``."""
    last = len(names) - 1
    records = []
    for one in below:
        # A sentence may have any number of commas.
        cells = [*one.cells[:last], layout.delimiter.join(one.cells[last:])]
        records.append([*cells, *[""] * (len(names) - len(cells))])
    lines = np.array([one.line for one in below], np.int64)
    return FileRows(names, records, lines, so_far, tuple(one.why for one in below))


def read_names(path: Path | str, encoding: Encoding, options: ReadingOptions | None = None) -> tuple[str, ...]:
    """The names of the columns of the CSV file ``path``, as of its ``FileRows``. Raises DataError as ``read_table``."""
    return _names_in(Path(path), _layout_of(Path(path), encoding, options or ReadingOptions(), []))


def _names_in(path: Path, layout: Layout) -> tuple[str, ...]:
    with closing(read_records(path, layout, FileWatch(path))) as found:
        header = next(found, None)
    return () if header is None else _names(header, layout, [])


def _names(header: Chunk, layout: Layout, warnings: list[TableWarning]) -> tuple[str, ...]:
    """Those in ``header``, or made up where the first row holds none."""
    if layout.has_header:
        return tuple(column_names(header.rows, header.lines[0], warnings))
    return tuple(made_up_names(len(header.rows[0])))


def _plain(cells: Sequence[str]) -> Float64s | None:
    """``cells`` as numbers with a decimal point, NaN where missing, ``(n_cells,)``; None when any is something else."""
    found = plain_numbers(cells)
    if found is not None:
        return found[0]
    is_present = np.array([cell not in MISSING_AMONG_NUMBERS for cell in cells], np.bool_)
    found = plain_numbers([cell for cell, present in zip(cells, is_present.tolist(), strict=True) if present])
    if found is None:
        return None
    numbers = np.full(len(cells), np.nan)
    numbers[is_present] = found[0]
    return numbers


def _distinct(cells: Sequence[str], missing: frozenset[str]) -> tuple[tuple[str, ...], Codes]:
    """The words of ``cells`` by their first appearance, and the number of each cell's, −1 where it is ``missing``."""
    levels: dict[str, int] = {}
    codes = (MISSING_CODE if cell in missing else levels.setdefault(cell, len(levels)) for cell in cells)
    found = np.fromiter(codes, np.int32, len(cells))
    return tuple(levels), found
