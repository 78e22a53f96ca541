"""What scikit-learn hands to an estimator, as a table to train on and as rows to predict.

Numbers stay what they are. A column with texts in it is read as ``regdesk fit`` reads these cells in a file: as labels,
truth values, dates or numbers, and NA means missing. A column of categories (``category`` of pandas) has labels.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from regdesk.core.errors import RegdeskError
from regdesk.core.fitted.cells import NumberCells
from regdesk.core.fitted.column_encoding import ColumnEncoding, Rows
from regdesk.core.fitted.encoding import Encoding
from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.built_column import number_column
from regdesk.data.columns.column_builder import ColumnBuilder
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.csv.table import Column, Dialect, NumberColumn, Table
from regdesk.data.errors import DataError
from regdesk.data.prepare.given_cells import Cell, cells_of
from regdesk.data.prepare.mapping_rows import MappingRows

PLACE = Path("X")
Given = Float64s | list[Cell]
"""A column: numbers with NaN for missing ones, or cells among which there are texts or dates."""


class GivenDataError(RegdeskError, ValueError):
    """Data that no model can be fitted on, or predict. ``str()`` is one sentence that names column and row."""


def refuse(problem: Exception) -> NoReturn:
    raise GivenDataError(str(problem)) from None


def given_columns(rows: NDArray[Any], names: Sequence[str]) -> dict[str, Given]:
    """The columns of ``rows`` ``(n_rows, n_columns)`` by ``names``. Raises GivenDataError for an infinite number."""
    if rows.dtype.kind in "biuf":
        return {name: rows[:, place].astype(np.float64) for place, name in enumerate(names)}
    return {name: _given(rows[:, place], name) for place, name in enumerate(names)}


def category_names(rows: Any, names: Sequence[str]) -> frozenset[str]:
    """Which columns of the data frame ``rows`` have categories; none where it is no data frame."""
    kinds = getattr(rows, "dtypes", None)
    if kinds is None or len(kinds) != len(names):
        return frozenset()
    words = [str(kind).lower() for kind in kinds]
    # Polars writes Categorical and Enum(categories=[…]).
    return frozenset(name for name, word in zip(names, words, strict=True) if word.startswith(("categor", "enum")))


def table_of(
    given: Mapping[str, Given], categories: frozenset[str], target: Column, weights: NumberColumn | None, rows: Integers
) -> Table:
    """The table of columns ``given``, those in ``categories`` read as labels, of ``target`` and of row ``weights``.

    ``rows`` ``(n_rows,)`` are their numbers from 1, for sentences. Raises GivenDataError for cells that no file may
    have.
    """
    try:
        columns = [_column(name, cells, name in categories, rows) for name, cells in given.items()]
    except DataError as problem:
        refuse(problem)
    columns += [target] if weights is None else [target, weights]
    return Table(PLACE, "X", tuple(columns), Dialect(","), (), rows, _digest(columns))


def rows_of(given: Mapping[str, Given], encoding: Encoding) -> Rows:
    """Rows to predict. Raises GivenDataError where a column is of another kind than in training."""
    plain = {name: cells for name, cells in given.items() if isinstance(cells, np.ndarray)}
    if len(plain) == len(given) and not any(one.levels or one.date_form for one in encoding.columns):
        return _NumberRows(plain)
    try:
        return MappingRows(given, encoding)
    except DataError as problem:
        refuse(problem)


class _NumberRows:
    """Rows of numbers alone, which nobody has to look at one by one."""

    def __init__(self, columns: Mapping[str, Float64s]) -> None:
        self._columns = columns

    @property
    def n_rows(self) -> int:
        """How many there are."""
        return len(next(iter(self._columns.values())))

    def cells(self, column: ColumnEncoding) -> NumberCells:
        """As ``Rows`` has it."""
        return NumberCells(self._columns[column.name])


def _given(column: NDArray[Any], name: str) -> Given:
    try:
        cells = cells_of(column, name)
    except DataError:
        # Something that is neither number nor text nor date has the label that Python writes for it.
        cells = [_cell_of(one, name) for one in column]
    if any(isinstance(one, str | datetime) for one in cells):
        return cells
    numbers = np.array([np.nan if one is None else one for one in cells], np.float64)
    infinite = np.flatnonzero(np.isinf(numbers))
    if infinite.size:
        raise GivenDataError(f"X, column '{name}': row {infinite[0] + 1} is infinity or a value too large.")
    return numbers


def _cell_of(cell: Any, name: str) -> Cell:
    try:
        return cells_of([cell], name)[0]
    except DataError:
        return str(cell)


def _column(name: str, cells: Given, is_category: bool, rows: Integers) -> Column:
    if isinstance(cells, np.ndarray) and not is_category:
        return number_column(name, cells, (), None)
    texts = [text_of(one) for one in (cells.tolist() if isinstance(cells, np.ndarray) else cells)]
    builder = ColumnBuilder(name, ",", as_words=True, given=GivenReading("categorical" if is_category else None))
    builder.add(texts)
    return builder.finish(PLACE, rows).column


def text_of(cell: Cell) -> str:
    """``cell`` as a file would have it, empty where it is missing."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat()
    # A data frame makes 3.0 of a whole number 3 as soon as one of its cells is missing.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53 else str(cell)


def _digest(columns: Sequence[Column]) -> str:
    """sha256 of the names and cells: two fits with the same digest had the same data."""
    found = hashlib.sha256()
    for column in columns:
        found.update(repr(column.name).encode())
        if isinstance(column, NumberColumn):
            found.update(column.numbers.astype("<f8").tobytes())
        else:
            found.update(repr(column.levels).encode() + column.codes.astype("<i4").tobytes())
    return found.hexdigest()
