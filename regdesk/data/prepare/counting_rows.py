"""Columns as the rows say that count: text in rows of weight 0 makes no words of a column of numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.data.columns.format_choice import DecimalHints
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.columns.word_cells import WordCells, sure_words
from regdesk.data.columns.word_columns import column_of_words
from regdesk.data.csv.table import MISSING_CODE, Column, Mask, NumberColumn, Table, WordColumn


def with_columns_of_counting_rows(
    table: Table, names: frozenset[str | None], weight_column: Column
) -> tuple[Table, tuple[str, ...]]:
    """``table`` with columns of numbers for those whose words all stand where the weight is 0, and notes on these.

    ``names`` are the columns that are read again. In rows of weight 0, which are as good as absent, their cells are
    missing. Raises DataError for a number in another row that is written otherwise than the others.
    """
    if not isinstance(weight_column, NumberColumn):
        return table, ()
    is_absent = weight_column.numbers == 0.0
    if not is_absent.any():
        return table, ()
    columns, notes = list(table.columns), []
    for place, column in enumerate(columns):
        if column.name in names and isinstance(column, WordColumn) and not _is_settled(column):
            found = _read_again(table, column, is_absent)
            if found is not None:
                columns[place], said = found
                notes += said
    return (replace(table, columns=tuple(columns)) if notes else table), tuple(notes)


def _is_settled(column: WordColumn) -> bool:
    """Whether ``column`` has its kind by a person's word, or by what it was made of."""
    return column.is_kind_given or column.part is not None


def _read_again(table: Table, column: WordColumn, is_absent: Mask) -> tuple[Column, list[str]] | None:
    counting = column.codes[~is_absent]
    kept = np.unique(counting[counting != MISSING_CODE])
    if len(kept) in (0, len(column.levels)):
        return None
    is_gone = np.ones(len(column.levels), np.bool_)
    is_gone[kept] = False
    codes = np.where(is_absent, MISSING_CODE, column.codes)
    cells = WordCells(column.name, column.levels, codes, table.path, table.row_lines, None, sure_words(column.levels))
    levels, codes = cells.without(is_gone)
    decimal = "," if table.dialect.decimal == "," else None
    given = GivenReading(words=column.missing_words)
    hints = DecimalHints(None, decimal, table.dialect.delimiter)
    built = column_of_words(replace(cells, levels=levels, codes=codes, is_sure=cells.is_sure[~is_gone]), given, hints)
    if not isinstance(built.column, NumberColumn):
        return None
    notes = [f"{column.name} is read as numbers, as all its words are in rows of weight 0."]
    notes += [f"{column.name}: {warning.message}" for warning in built.warnings]
    return replace(built.column, missing_words=column.missing_words), notes
