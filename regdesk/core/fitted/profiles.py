"""How the prediction goes when one column runs through its range and all others stay where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from regdesk.core.fitted.calculator_model import CalculatorModel
from regdesk.core.powers import powers
from regdesk.core.types import Float64s

N_POINTS = 41
"""Of the curve of a number: small plots are some 200 pixels wide."""
ROOM_DEVIATIONS = 3.0
"""Of a range where nothing but mean and deviation is known."""


@dataclass(frozen=True, eq=False)
class Profile:
    """The answers along one column.

    Attributes:
        places: ``(n_points,)``, numbers in original units, or of labels their places among the column's ``seen``.
        answers: ``(n_points, n_answers)``.
    """

    places: Float64s
    answers: Float64s


def range_of(model: CalculatorModel, column: int) -> tuple[float, float]:
    """The smallest and the largest place of a column: of numbers those of the training rows, of labels 0 and the last.

    Where the training rows are not known, three deviations to either side of the mean. The two are never equal.
    """
    one, spread = model.encoding.columns[column], model.spread(column)
    if one.levels:
        return 0.0, float(max(len(one.seen) - 1, 1))
    if spread is not None and spread.minimum is not None and spread.maximum is not None:
        low, high = spread.minimum, spread.maximum
    else:
        low, high = (one.means[0] + side * ROOM_DEVIATIONS * one.scales[0] for side in (-1.0, 1.0))
    if low < high:
        return low, high
    half = max(0.5, 0.01 * abs(low))
    return low - half, high + half


def is_whole(model: CalculatorModel, column: int) -> bool:
    """Whether all training rows have whole numbers, or days, there."""
    spread = model.spread(column)
    return spread is not None and spread.is_whole


def places_of(model: CalculatorModel, column: int, present: float | None) -> Float64s:
    """Where the column is asked about, ``(n_points,)``: over its range, or as far as ``present``, which may be beyond.

    Few whole numbers, and labels, are asked about each for itself.
    """
    one = model.encoding.columns[column]
    if one.levels:
        return np.arange(float(len(one.seen)))
    low, high = range_of(model, column)
    if present is not None and np.isfinite(present):
        low, high = min(low, present), max(high, present)
    if is_whole(model, column) and high - low < N_POINTS:
        return np.arange(np.ceil(low), np.floor(high) + 1.0)
    return np.linspace(low, high, N_POINTS)


def inputs_at(model: CalculatorModel, column: int, places: Float64s) -> Float64s:
    """Inputs of the column, in original units ``(n_points, n_own)``, at ``places``."""
    one = model.encoding.columns[column]
    if not one.levels:
        return powers(places, one.degree)
    labels = [one.seen[int(place)] for place in places]
    return np.array([[1.0 if label == level else 0.0 for level in one.input_levels] for label in labels])


def profiles(
    model: CalculatorModel, inputs: Float64s, columns: Sequence[int], presents: Mapping[int, float | None]
) -> dict[int, Profile]:
    """Of each of ``columns``, by its number; the others stand at ``inputs`` ``(n_inputs,)``, in original units.

    ``presents`` are the numbers that columns have now; None, or none, for labels and missing cells.
    """
    others = model.sums_without(inputs)
    places = [places_of(model, column, presents.get(column)) for column in columns]
    sums = [
        others[column] + model.sums_of(column, inputs_at(model, column, own))
        for column, own in zip(columns, places, strict=True)
    ]
    if not sums:
        return {}
    # All of them at once: of fifty columns one by one the calls take longer than the arithmetic.
    answers = np.split(model.answers_of_sums(np.concatenate(sums)), np.cumsum([len(own) for own in places])[:-1])
    return {column: Profile(*found) for column, *found in zip(columns, places, answers, strict=True)}
