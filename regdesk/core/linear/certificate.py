"""What certifies a linear model: how far J can be above its minimum, and a slope that is 0 but for rounding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.linear.duality import duality_gap
from regdesk.core.linear.least_squares import MOST_SCALED_INPUTS, ridge_gap
from regdesk.core.linear.proximal_gradient import linear_kkt_residual
from regdesk.core.model.losses import Loss
from regdesk.core.model.penalty import Penalty
from regdesk.core.types import Float64s

SOLVED_GAP = 1e-8
ROUNDING = 64.0 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Certificate:
    """``gap`` is the most that J can be too high, infinite without a penalty; ``is_solved`` what both allow to say."""

    objective: float
    gap: float
    kkt_residual: float
    is_solved: bool


def certificate_of(
    inputs: Float64s,
    targets: Float64s,
    loss: Loss,
    penalty: Penalty,
    weights: Float64s,
    biases: Float64s,
    tolerance: float,
    known_gap: float = np.inf,
) -> Certificate:
    """Of ``weights`` ``(n_inputs, n_outputs)`` and ``biases`` ``(n_outputs,)``; ``known_gap`` is another bound.

    Solved is a kkt residual of at most ``tolerance``, or of what rounding leaves of it, and a gap of at most 1e-8 of J,
    or of what rounding leaves of a perfect fit.
    """
    rows = (inputs, targets, loss, penalty, weights, biases)
    objective = float(loss.values(inputs @ weights + biases, targets).mean())
    objective += penalty.lam * penalty.value(weights.ravel())
    gap, residual = min(duality_gap(*rows), known_gap), linear_kkt_residual(*rows)
    if (
        penalty.is_ridge
        and penalty.is_even
        and penalty.lam > 0.0
        and loss.kind == "squared"
        and gap > SOLVED_GAP * objective
        and inputs.shape[1] <= max(MOST_SCALED_INPUTS, len(targets))
    ):
        gap = min(gap, ridge_gap(inputs, targets, penalty.lam, weights[:, 0], float(biases[0])))
    is_close = residual <= max(tolerance, rounding_of_slope(*rows[:3], weights, biases))
    # J is never below 0: of a perfect fit nothing is left that could be too high but rounding.
    is_perfect = loss.kind == "squared" and objective <= rounding_of_squares(inputs, targets, weights, biases)
    is_certain = penalty.lam == 0.0 or gap <= SOLVED_GAP * objective or gap == 0.0 or is_perfect
    return Certificate(objective, gap, residual, bool(is_close and is_certain))


def rounding_of_slope(inputs: Float64s, targets: Float64s, loss: Loss, weights: Float64s, biases: Float64s) -> float:
    """What rounding leaves in a gradient of the mean loss: no residual below it can be told from 0."""
    sizes = np.abs(loss.derivatives(inputs @ weights + biases, targets))
    if loss.kind == "squared":
        sizes = _sizes(inputs, targets, weights, biases)
    largest = float((np.abs(inputs).T @ sizes).max(initial=0.0)) / len(targets)
    return ROUNDING * max(largest, float(sizes.mean(axis=0).max()))


def rounding_of_squares(inputs: Float64s, targets: Float64s, weights: Float64s, biases: Float64s) -> float:
    """What rounding leaves of ½ mean (y − Xw − b)² where every row is fitted exactly."""
    return float(0.5 * np.mean(np.square(ROUNDING * _sizes(inputs, targets, weights, biases))))


def _sizes(inputs: Float64s, targets: Float64s, weights: Float64s, biases: Float64s) -> Float64s:
    """What each row's error is the sum of, ``(n_rows, n_outputs)``."""
    found: Float64s = np.abs(inputs) @ np.abs(weights) + np.abs(biases) + np.abs(targets)[:, np.newaxis]
    return found
