"""What a calculator asks: rows of the data as points, what the training rows hold, and the answer at a point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regdesk.core.fitted.calculation import Calculation, calculate
from regdesk.core.fitted.calculator_model import CalculatorModel
from regdesk.core.fitted.cells import NumberCells
from regdesk.core.fitted.column_encoding import ColumnEncoding
from regdesk.core.fitted.column_spread import ColumnSpread, column_spreads
from regdesk.core.fitted.points import Cell, Point
from regdesk.core.model.dataset import Dataset
from regdesk.core.types import Float64s
from regdesk.data.csv.table import Table
from regdesk.data.prepare.table_rows import TableRows


def spreads_of(dataset: Dataset) -> tuple[ColumnSpread, ...]:
    """What the training rows of ``dataset``, which comes from a table, hold in each column."""
    assert dataset.encoding is not None
    rows = dataset.split.train
    return column_spreads(dataset.encoding, dataset.inputs[rows], dataset.weights_of(rows))


def answer_at(model: CalculatorModel, point: Point, columns: Sequence[int]) -> Calculation:
    """The answer at ``point``, with the curves of ``columns``."""
    return calculate(model, point, columns)


def point_of_row(table: Table, dataset: Dataset, row: int) -> Point:
    """Row ``row`` of ``dataset``, which was made of ``table``; raises ValueError for data that come from no file.

    Where several files were joined, a line of the file may not say which row of the table it is. Then the point has
    what missing cells were filled with.
    """
    encoding = dataset.encoding
    if encoding is None:
        raise ValueError(f"{dataset.name} comes from no table")
    found = np.flatnonzero(table.row_lines == dataset.row_lines[row])
    if len(found) != 1:
        starts = np.cumsum([0, *(len(column.input_names) for column in encoding.columns)])
        return tuple(
            _cell_of_inputs(column, dataset.inputs[row, starts[number] : starts[number + 1]])
            for number, column in enumerate(encoding.columns)
        )
    rows = TableRows(table, found)
    return tuple(_cell_of_row(rows, column) for column in encoding.columns)


def _cell_of_row(rows: TableRows, column: ColumnEncoding) -> Cell:
    cells = rows.cells(column)
    if isinstance(cells, NumberCells):
        number = float(cells.numbers[0])
        return None if np.isnan(number) else number
    code = int(cells.codes[0])
    return None if code < 0 else cells.labels[code]


def _cell_of_inputs(column: ColumnEncoding, inputs: Float64s) -> Cell:
    if not column.levels:
        return float(inputs[0])
    if len(column.levels) == 2:
        return column.levels[int(inputs[0] > 0.5)]
    return column.levels[int(np.argmax(inputs))] if inputs.any() else None
