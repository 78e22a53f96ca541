"""What the training rows hold in each column: the ranges in which a model has seen anything at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.fitted.encoding import Encoding
from regdesk.core.model.column_figures import means_and_deviations
from regdesk.core.types import Float64s

N_BARS = 20


@dataclass(frozen=True)
class ColumnSpread:
    """The training rows' cells of one column, missing ones filled.

    Attributes:
        column: its name, as a ``ColumnEncoding`` has it.
        minimum, maximum: of numbers, in original units (days since 1970 for dates); None for labels.
        counts: of numbers the rows in each of 20 bars of one width from ``minimum`` to ``maximum``, ``(20,)``; of
            labels the rows of each of the column's ``levels``.
        is_whole: of numbers whether all are whole.
        means: of each of its inputs, ``(n_inputs,)``, rows counted by their weights; of a label the share of rows that
            have it. Empty where that is not known.
    """

    column: str
    minimum: float | None
    maximum: float | None
    counts: tuple[int, ...]
    is_whole: bool = False
    means: tuple[float, ...] = ()


def column_spreads(encoding: Encoding, inputs: Float64s, weights: Float64s | None = None) -> tuple[ColumnSpread, ...]:
    """Of each column of ``encoding``; ``inputs`` ``(n_rows, n_inputs)`` are those of rows, in original units.

    ``weights`` ``(n_rows,)`` say how much each row counts in a mean; None: once.
    """
    found, start = [], 0
    for column in encoding.columns:
        own = inputs[:, start : start + len(column.input_names)]
        start += own.shape[1]
        if column.levels:
            spread = ColumnSpread(column.name, None, None, _level_counts(own, len(column.levels)))
        else:
            spread = _spread_of(column.name, own[:, 0])
        means = means_and_deviations(own, weights)[0].tolist() if len(own) else []
        found.append(replace(spread, means=tuple(means)))
    return tuple(found)


def _level_counts(inputs: Float64s, n_levels: int) -> tuple[int, ...]:
    counts: Sequence[float] = inputs.sum(axis=0).tolist()
    # Of two levels the one input is 1 for the second.
    whole = [len(inputs) - counts[0], counts[0]] if n_levels == 2 else counts
    return tuple(int(count) for count in whole)


def _spread_of(name: str, numbers: Float64s) -> ColumnSpread:
    if not len(numbers):
        return ColumnSpread(name, None, None, ())
    low, high = float(numbers.min()), float(numbers.max())
    # Between −1e308 and 1e308 there is no width that double precision holds.
    with np.errstate(over="ignore"):
        width = (high - low) / N_BARS
    if not np.isfinite(width) or width <= 0.0:
        counts = np.zeros(N_BARS, np.int64)
        counts[0] = len(numbers)
    else:
        places = np.minimum((numbers - low) / width, N_BARS - 1).astype(np.int64)
        counts = np.bincount(places, minlength=N_BARS)
    return ColumnSpread(name, low, high, tuple(counts.tolist()), bool((numbers == np.floor(numbers)).all()))
