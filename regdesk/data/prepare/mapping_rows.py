"""Rows that stand in a mapping of columns, as a script or a notebook holds them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

import numpy as np

from regdesk.core.fitted.cells import LabelCells, NumberCells
from regdesk.core.fitted.column_encoding import ColumnEncoding
from regdesk.core.fitted.encoding import Encoding
from regdesk.core.types import Integers
from regdesk.data.columns.cells import CellClass, classify
from regdesk.data.columns.date_parts import part_of_cell
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.columns.missing_words import MISSING_AMONG_NUMBERS
from regdesk.data.csv.table import MISSING_CODE
from regdesk.data.dates.formats import ISO_8601
from regdesk.data.errors import DataError, shorten
from regdesk.data.prepare.cell_reading import missing_words_of, no_value_text, read_words
from regdesk.data.prepare.given_cells import PLACE, Cell, cells_of, described, names_of
from regdesk.data.prepare.table_rows import check_kind, check_names

_SECONDS_A_DAY = 86_400.0


class Columns(Protocol):
    """Columns by their names: a dict of lists or arrays, or a data frame."""

    def keys(self) -> Any:
        """The names."""

    def __getitem__(self, name: str, /) -> Any:
        """The cells of a column."""


class MappingRows:
    """Rows of ``columns``, all of one length, for a model with ``encoding``.

    A cell is a number, a text as a file would have it (with a decimal point), a truth value or a date; None, NaN, what
    is masked and the words that mean missing in a file are missing. Of labels a number is the one that is this number,
    and of two labels that mean no and yes a truth value is the one that it means. Raises DataError when these are no
    columns, one is missing or of another length, or a cell is anything else.
    """

    def __init__(self, columns: Columns, encoding: Encoding) -> None:
        keys = names_of(columns)
        check_names(PLACE, list(keys), encoding.columns)
        self._columns = {
            one.name: cells_of(columns[keys[one.source_name]], one.source_name) for one in encoding.columns
        }
        lengths = {name: len(cells) for name, cells in self._columns.items()}
        self._n_rows = next(iter(lengths.values()))
        for name, length in lengths.items():
            if length != self._n_rows:
                first = next(iter(lengths))
                raise DataError(
                    f"it has {length} cells and '{first}' has {self._n_rows}; every column needs one for each row.",
                    file=PLACE,
                    column=name,
                )

    @property
    def n_rows(self) -> int:
        """How many there are."""
        return self._n_rows

    @property
    def lines(self) -> Integers:
        """The number of each row, from 1, ``(n_rows,)``."""
        return np.arange(1, self._n_rows + 1)

    def cells(self, column: ColumnEncoding) -> NumberCells | LabelCells:
        """As ``Rows`` has it. Raises DataError when the column is of another kind than in training."""
        given = self._columns[column.name]
        if column.part is not None:
            return _parts(column, given)
        return _labels(column, given) if column.levels else _numbers(column, given)


def _numbers(column: ColumnEncoding, cells: Sequence[Cell]) -> NumberCells:
    """Numbers, or dates as days since 1970."""
    are_dates = column.date_form is not None
    given = None if column.missing_words is None else GivenReading(words=column.missing_words)
    words: dict[str, int] = {}
    codes = np.full(len(cells), MISSING_CODE, np.int32)
    numbers = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        if cell is None:
            continue
        if are_dates and isinstance(cell, datetime):
            numbers[row] = (cell if cell.tzinfo else cell.replace(tzinfo=UTC)).timestamp() / _SECONDS_A_DAY
        elif not are_dates and isinstance(cell, int | float):
            is_gone = given is not None and given.is_missing(repr(float(cell)), among_numbers=True)
            numbers[row] = np.nan if is_gone else cell
        else:
            # 20240131.0 of a data frame is 20240131.
            word = f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()
            is_gone = given is not None and given.is_missing(word, among_numbers=True)
            if word not in MISSING_AMONG_NUMBERS and not is_gone:
                codes[row] = words.setdefault(word, len(words))
    found = read_words(column, tuple(words), codes)
    assert isinstance(found, NumberCells)
    # A text may be a word for a value that is not known; what else is no number is a mistake.
    strange = {row: word for row, word in found.words.items() if not isinstance(cells[row], str)}
    faults = dict(found.faults) | {row: no_value_text(column, word) for row, word in strange.items()}
    words_left = {row: word for row, word in found.words.items() if row not in strange}
    found = NumberCells(np.where(np.isnan(numbers), found.numbers, numbers), faults, words_left)
    check_kind(PLACE, column, found, None)
    infinite = np.flatnonzero(np.isinf(found.numbers)).tolist()
    if infinite:
        faults = dict.fromkeys(infinite, "it is infinite or too large") | dict(found.faults)
        found = NumberCells(np.where(np.isinf(found.numbers), np.nan, found.numbers), faults, found.words)
    return found


def _parts(column: ColumnEncoding, cells: Sequence[Cell]) -> LabelCells:
    """Months or weekdays of dates."""
    texts = [cell.isoformat() if isinstance(cell, datetime) else cell for cell in cells]
    words = ["" if text is None else f"{text:.15g}" if isinstance(text, float) else str(text).strip() for text in texts]
    levels = tuple(dict.fromkeys(words))
    places = {level: place for place, level in enumerate(levels)}
    codes = np.array([places[word] if word else MISSING_CODE for word in words], np.int32)
    read = read_words(column, levels, codes)
    assert isinstance(read, LabelCells)
    are_moments = {text for text, cell in zip(words, cells, strict=True) if isinstance(cell, datetime)}
    known, no_dates = list(read.labels), set(read.no_dates)
    for place, level in enumerate(levels):
        found = part_of_cell(level, ISO_8601, column.part or "") if level in are_moments else None
        if found is not None:
            known[place] = found
            no_dates.discard(place)
    return LabelCells(read.codes, tuple(known), frozenset(no_dates))


def _labels(column: ColumnEncoding, cells: Sequence[Cell]) -> LabelCells:
    """Raises DataError for what is neither a label nor a text, such as a number where no label is one."""
    seen, missing = set(column.seen), missing_words_of(column)
    numbers = {float(one.replace(",", ".")): one for one in column.seen if classify(one) < CellClass.NONE}
    words: dict[str, int] = {}
    codes = np.full(len(cells), MISSING_CODE, np.int32)
    # Texts are mostly a few labels, over and over.
    told: dict[Cell, int] = {}
    strange, is_label = None, False
    for row, cell in enumerate(cells):
        if cell is None:
            continue
        if isinstance(cell, str) and cell in told:
            codes[row] = told[cell]
            continue
        word = cell.strip() if isinstance(cell, str) else _label_of(column, cell, numbers)
        if word in missing:
            continue
        is_known = column.label_of(word) in seen
        is_none = not isinstance(cell, str) and (not numbers or isinstance(cell, bool | datetime) or math.isinf(cell))
        if is_none and not is_known:
            raise _not_a_label(column, row, cell)
        if not is_known and (not isinstance(cell, str) or classify(word) < CellClass.NONE):
            strange = (row, cell) if strange is None else strange
        else:
            # A word may be a label that no training row has.
            is_label = True
        codes[row] = told[cell] = words.setdefault(word, len(words))
    if strange is not None and not is_label:
        # As of a table: a number beside labels is one that no training row has; numbers alone are another kind.
        raise _not_a_label(column, *strange)
    found = read_words(column, tuple(words), codes)
    assert isinstance(found, LabelCells)
    return found


def _label_of(column: ColumnEncoding, cell: int | float | datetime, numbers: Mapping[float, str]) -> str:
    """The label that ``cell`` is, or its words where it is none; ``numbers`` are the labels that are numbers."""
    if isinstance(cell, datetime):
        spellings = [cell.isoformat(), cell.isoformat(" "), cell.date().isoformat()]
        spellings += [one.removesuffix("+00:00") for one in spellings]
        known = [one for one in spellings if column.label_of(one) in column.seen]
        # Its day alone is the label of a midnight, not of any other hour.
        return next((one for one in known if "T" in one or " " in one or not _has_hour(cell)), spellings[0])
    if isinstance(cell, bool):
        if column.label_of(str(cell)) in column.seen or column.kind != "boolean" or len(column.levels) != 2:
            return str(cell)
        return column.levels[int(cell)]
    return numbers.get(float(cell), f"{cell:.17g}" if isinstance(cell, float) else str(cell))


def _has_hour(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second, moment.microsecond) != (0, 0, 0, 0)


def _not_a_label(column: ColumnEncoding, row: int, cell: Cell) -> DataError:
    said = f"the date {cell.isoformat()}" if isinstance(cell, datetime) else described(cell)
    return DataError(
        f"row {row + 1} is {said}, and the model was fitted on labels, such as {shorten(column.levels[0])}.",
        file=PLACE,
        column=column.name,
    )
