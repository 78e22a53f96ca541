"""Slices through the inputs: one or two columns vary, and the others stand at what is usual among training rows."""

from __future__ import annotations

import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.model.row_weights import mean_of_rows, median_of_rows
from regdesk.core.powers import powers
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers

SliceColumns = tuple[str, ...]
"""The one or two columns of a slice; empty: the picture that suits the data."""

MARGIN = 0.06
"""Share of a numeric axis beyond the data, at either end."""
BAR_HALF_WIDTH = 0.36
JITTER_HALF_WIDTH = 0.3
"""Of a category's place on its axis, which is 1 wide: the model's level, and the rows around it."""
SPREADS = np.sqrt([2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0])
"""Multiples of a square root are spread evenly; those of two of them fill the square, where one would draw a line."""
_CELLS_AT_ONCE = 1 << 21


def inputs_of(dataset: Dataset, column: int) -> Integers:
    """Numbers of the inputs that come from a column, ``(n,)``: one, one for each of three and more categories, or one
    for each power of a number.
    """
    return np.flatnonzero(dataset.input_groups == column).astype(np.int64)


def categories_of(dataset: Dataset, column: int) -> tuple[str, ...]:
    """Labels of a column that tells two or more apart, sorted; empty for a number."""
    labels = dataset.labels[column] if dataset.labels else ()
    return labels if len(labels) > 1 else ()


def is_plain(dataset: Dataset, column: int) -> bool:
    """Whether a column is an axis of its own without being asked: a number, with its powers, or two categories."""
    return len(inputs_of(dataset, column)) == 1 or has_powers(dataset, column)


def has_powers(dataset: Dataset, column: int) -> bool:
    """Whether the inputs of a column are the powers of a number."""
    return bool(dataset.labels) and not dataset.labels[column] and len(inputs_of(dataset, column)) > 1


def usual_row(dataset: Dataset, stop: Stop | None = None) -> Float64s:
    """``(n_inputs,)`` in original units: the median of each number and the most frequent category, in training rows.

    Raises Stopped as ``stop`` says.
    """
    stop = stop or Stop()
    rows, weights = dataset.inputs[dataset.split.train], dataset.weights_of(dataset.split.train)
    if weights is None:
        usual, size = np.empty(rows.shape[1]), max(_CELLS_AT_ONCE // len(rows), 1)
        for first in range(0, len(usual), size):
            stop.check()
            usual[first : first + size] = np.median(rows[:, first : first + size], axis=0)
    else:
        usual = np.array([median_of_rows(column, weights) for column in rows.T])
    for column in range(len(dataset.features)):
        inputs, n_categories = inputs_of(dataset, column), len(categories_of(dataset, column))
        if n_categories == 2:
            usual[inputs] = float(mean_of_rows(rows[:, inputs[0]], weights) > 0.5)
        elif n_categories:
            usual[inputs] = 0.0
            usual[inputs[np.argmax(mean_of_rows(rows[:, inputs], weights))]] = 1.0
        elif has_powers(dataset, column):
            usual[inputs] = powers(usual[inputs[:1]], len(inputs))[0]
    return np.asarray(usual)


def axis_positions(dataset: Dataset, column: int, n_points: int, is_bar: bool) -> Float64s:
    """Where the model is asked along a column: ``n_points`` across its numbers, or each category's place 0, 1, 2 …

    ``is_bar``: both ends of a level line for each category instead of its place.
    """
    categories = categories_of(dataset, column)
    if categories:
        places = np.arange(len(categories), dtype=np.float64)
        return np.asarray((places[:, np.newaxis] + [-BAR_HALF_WIDTH, BAR_HALF_WIDTH]).ravel() if is_bar else places)
    values = dataset.inputs[:, inputs_of(dataset, column)[0]]
    low, high = float(values.min()), float(values.max())
    margin = MARGIN * (high - low) if high > low else 0.5
    return np.linspace(low - margin, high + margin, n_points)


def set_column(rows: Float64s, dataset: Dataset, column: int, positions: Float64s) -> None:
    """Put ``positions`` ``(n_rows,)`` on the column's axis into ``rows`` ``(n_rows, n_inputs)``."""
    inputs = inputs_of(dataset, column)
    if len(inputs) == 1:
        rows[:, inputs[0]] = np.rint(positions) if categories_of(dataset, column) else positions
    elif has_powers(dataset, column):
        rows[:, inputs] = powers(positions, len(inputs))
    else:
        rows[:, inputs] = 0.0
        rows[np.arange(len(rows)), inputs[np.rint(positions).astype(np.int64)]] = 1.0


def places_of(dataset: Dataset, column: int, rows: Integers) -> Float64s:
    """Where rows of the dataset stand on the column's axis ``(n_rows,)``: numbers as they are, categories spread a
    little about their place. A category that the training rows have not stands at −1, off the axis.
    """
    values = dataset.inputs[np.ix_(rows, inputs_of(dataset, column))]
    if not categories_of(dataset, column):
        return np.asarray(values[:, 0])
    places = np.where(values.any(axis=1), values.argmax(axis=1), -1) if values.shape[1] > 1 else values[:, 0]
    # The same for a row in every run.
    spread = rows * SPREADS[column % len(SPREADS)] % 1.0
    return np.asarray(places + JITTER_HALF_WIDTH * (2.0 * spread - 1.0))
