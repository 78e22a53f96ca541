"""A table as a person sees it before it is opened, with what is proposed for each of its columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from regdesk.core.reading_options import NO_QUOTE, ReadingOptions
from regdesk.core.stopping import Stop
from regdesk.core.words.data_facts import usual_roles
from regdesk.core.words.import_facts import ImportColumn, ImportPreview, ImportWarning
from regdesk.data.columns.date_parts import has_date_parts
from regdesk.data.csv.table import Dialect, Table
from regdesk.data.errors import DataError
from regdesk.data.formats.opening import format_of
from regdesk.data.formats.signatures import TEXT
from regdesk.data.prepare.column_facts import column_facts
from regdesk.data.prepare.likely_targets import likely_targets
from regdesk.data.prepare.splitting import split_of
from regdesk.data.preview.bars import bars_of
from regdesk.data.preview.rows import TableRows, TextLines, lines_around, texts_of_lines


def preview_of(
    table: Table, reading: ReadingOptions, sheets: tuple[str, ...] = (), stop: Stop | None = None
) -> ImportPreview:
    """``table`` as it was read under ``reading``; ``sheets`` are what could be read in its place.

    Raises Stopped as ``stop`` says.
    """
    stop = stop or Stop()
    facts = column_facts(table)
    roles = usual_roles(facts)
    columns = []
    for fact, column in zip(facts, table.columns, strict=True):
        stop.check()
        split, parts = split_of(column), has_date_parts(column)
        columns.append(ImportColumn(fact, column.kind, roles[fact.name], bars_of(column), split, parts))
    splits = [column.name for column in columns if column.split is not None and column.split.is_named]
    split_column = splits[0] if len(splits) == 1 else ""
    return ImportPreview(
        title=table.name,
        file=str(table.path),
        reading=reading,
        found=_found(reading, table.dialect),
        columns=tuple(columns),
        rows=TableRows(table),
        warnings=_warnings_of(table),
        sheets=sheets,
        targets=likely_targets(table, [split_column], stop),
        split_column=split_column,
    )


def preview_of_unread(
    file: Path, reading: ReadingOptions, problem: DataError, sheets: tuple[str, ...] = ()
) -> ImportPreview:
    """The text of ``file``, which cannot be read as a table under ``reading`` because of ``problem``."""
    return ImportPreview(
        title=file.name,
        file=str(file),
        reading=reading,
        found=reading,
        columns=(),
        # What is packed, or no text at all, says nothing to a reader.
        rows=lines_around(file, problem.row, reading.encoding) if format_of(file) is TEXT else TextLines(),
        warnings=(ImportWarning(problem.row, problem.column, problem.problem),),
        sheets=sheets,
        problem=str(problem),
        problem_line=problem.row,
    )


def _warnings_of(table: Table) -> tuple[ImportWarning, ...]:
    """With the text of lines that are no rows: names, comments, totals, and what else was left out."""
    told = {one.row for one in table.warnings if one.row is not None}
    outside = told.difference(table.row_lines[np.isin(table.row_lines, list(told))].tolist())
    # Lines of several files are counted on from one to the next; those of other formats are no text.
    is_text = bool(outside) and bool(table.dialect.encoding) and format_of(table.path) is TEXT
    texts = texts_of_lines(table.path, outside, table.dialect.encoding) if is_text else {}
    return tuple(
        ImportWarning(one.row, one.column, one.message, texts.get(one.row or 0, ""), one.offer)
        for one in table.warnings
    )


def _found(reading: ReadingOptions, dialect: Dialect) -> ReadingOptions:
    return ReadingOptions(
        delimiter=dialect.delimiter or None,
        encoding=dialect.encoding or None,
        quote=dialect.quote or NO_QUOTE,
        decimal=dialect.decimal,
        has_header=dialect.header,
        n_skipped=dialect.n_skipped,
        missing_words=reading.missing_words,
        kinds=reading.kinds,
        sheet=reading.sheet,
    )
