"""What the path panel draws of a path: one number for each input and λ, over the axis that was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.rounding import round_limit

if TYPE_CHECKING:
    from regdesk.core.settings.configuration import PathAxis
    from regdesk.core.sweep.weight_path import WeightPath
    from regdesk.core.types import Float64s

STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
STEP_SLACK = 1e-6


@dataclass(frozen=True)
class PathChoice:
    """How a path is looked at; ``output`` is the number of a class, None for the norm over several."""

    axis: PathAxis = "lambda"
    is_original: bool = False
    output: int | None = None


@dataclass(frozen=True, eq=False)
class PathPicture:
    """``places`` ``(n_done,)`` along the axis and ``values`` ``(n_done, n_inputs)``.

    ``ends`` are those of the axis, where the sweep will end included as far as it is known.
    """

    path: WeightPath
    choice: PathChoice
    places: Float64s
    values: Float64s
    ends: tuple[float, float]
    is_done: bool
    is_stale: bool

    @property
    def is_dense_left(self) -> bool:
        """Whether small λ, where most weights are not zero, stand on the left."""
        return self.choice.axis == "lambda"

    def place_of(self, lam: float) -> float | None:
        """Where ``lam`` stands; None where it is not on the axis."""
        lambdas = self.path.lambdas
        if lam <= 0.0:
            return None
        if self.choice.axis == "lambda":
            place = float(np.log10(lam))
            return place if self.ends[0] <= place <= self.ends[1] else None
        if not lambdas[-1] <= lam <= lambdas[0]:
            return None
        return float(np.interp(np.log(lam), np.log(lambdas[::-1]), self.places[::-1]))


def picture_of(
    path: WeightPath, choice: PathChoice, swept: tuple[float, float], is_done: bool, is_stale: bool
) -> PathPicture:
    """``swept`` are the first λ of the sweep and the one that it will end with."""
    weights = path.original_weights() if choice.is_original else path.weights
    if weights.shape[2] == 1:
        values = weights[:, :, 0]
    elif choice.output is None:
        values = np.sqrt(np.square(weights).sum(axis=2))
    else:
        values = weights[:, :, choice.output]
    if choice.axis == "lambda":
        places = np.log10(path.lambdas)
        ends = float(np.log10(min(swept))), float(np.log10(max(swept)))
    else:
        places = path.l1_norms if choice.axis == "norm" else path.explained
        ends = min(0.0, float(places.min())), _end(float(places.max()), is_done)
    return PathPicture(path, choice, places, values, ends, is_done, is_stale)


def _end(largest: float, is_done: bool) -> float:
    """The end of an axis from 0: the largest value, and while it grows a step beyond it."""
    if largest <= 0.0:
        return 1.0
    return largest if is_done else step_above(largest)


def step_above(value: float) -> float:
    """The next of 1, 1.5, 2, 3, 5, 7 × 10ᵏ that is at least ``value``, which is above 0."""
    return round_limit(value, STEPS, STEP_SLACK)


def value_ends(picture: PathPicture) -> tuple[float, float]:
    """The ends of the axis of values: a little beyond them when the sweep has ended, in steps while it grows."""
    values = picture.values[np.isfinite(picture.values)]
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    if low == high:
        return -1.0, 1.0
    if not picture.is_done:
        return (-step_above(-low) if low < 0 else 0.0), (step_above(high) if high > 0 else 0.0)
    room = 0.04 * (high - low)
    return low - room, high + room
