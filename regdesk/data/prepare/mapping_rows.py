"""Rows that stand in a mapping of columns, as a script or a notebook holds them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol

import numpy as np

from regdesk.core.model.cells import LabelCells, NumberCells
from regdesk.core.model.column_encoding import ColumnEncoding
from regdesk.core.model.encoding import Encoding
from regdesk.core.types import Integers
from regdesk.data.csv.cells import MISSING_AMONG_NUMBERS, MISSING_WORDS
from regdesk.data.csv.table import MISSING_CODE
from regdesk.data.errors import DataError
from regdesk.data.prepare.cell_reading import read_words
from regdesk.data.prepare.table_rows import check_kind, check_names

PLACE = "columns given"


class Columns(Protocol):
    """Columns by their names: a dict of lists or arrays, or a data frame."""

    def keys(self) -> Any:
        """The names."""

    def __getitem__(self, name: str, /) -> Any:
        """The cells of a column."""


class MappingRows:
    """Rows of ``columns``, all of one length, for a model with ``encoding``.

    A cell is a number, a text as a file would have it (with a decimal point), a truth value or a date; None, NaN and
    the words that mean missing in a file are missing. Raises DataError when a column is missing or of another length.
    """

    def __init__(self, columns: Columns, encoding: Encoding) -> None:
        check_names(PLACE, [str(name) for name in columns.keys()], encoding.columns)  # noqa: SIM118
        self._columns = {one.name: _listed(columns[one.name]) for one in encoding.columns}
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
        cells = self._columns[column.name]
        is_number = not column.levels and column.date_form is None
        missing = MISSING_AMONG_NUMBERS if is_number else MISSING_WORDS
        words: dict[str, int] = {}
        codes = np.full(len(cells), MISSING_CODE, np.int32)
        numbers = np.full(len(cells), np.nan)
        for row, cell in enumerate(cells):
            if cell is None or cell != cell:
                continue
            if is_number and isinstance(cell, int | float):
                numbers[row] = float(cell)
                continue
            word = _word(cell, column).strip()
            if word not in missing:
                codes[row] = words.setdefault(word, len(words))
        found = read_words(column, tuple(words), codes)
        if isinstance(found, LabelCells):
            return found
        found = NumberCells(np.where(np.isnan(numbers), found.numbers, numbers), found.faults)
        check_kind(PLACE, column, found, None)
        infinite = np.flatnonzero(np.isinf(found.numbers)).tolist()
        if infinite:
            faults = dict.fromkeys(infinite, "it is infinite") | dict(found.faults)
            found = NumberCells(np.where(np.isinf(found.numbers), np.nan, found.numbers), faults)
        return found


def _listed(cells: Any) -> Sequence[Any]:
    """``cells`` as a list of plain values: those of an array as Python has them."""
    if isinstance(cells, np.ndarray) and cells.dtype.kind == "M":
        return [None if np.isnat(cell) else cell.astype("datetime64[us]").item() for cell in cells]
    return [cell.item() if isinstance(cell, np.generic) else cell for cell in cells]


def _word(cell: Any, column: ColumnEncoding) -> str:
    """What a file would have for ``cell``; a date in the form that ``column`` was fitted on."""
    if isinstance(cell, date) and column.date_form is not None:
        moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day, tzinfo=UTC)
        iso = column.date_form == "ISO 8601"
        return moment.isoformat() if iso else moment.strftime(column.date_form)
    # A number that names a class is written without the point that floats have.
    return f"{cell:.17g}" if isinstance(cell, float) else str(cell)
