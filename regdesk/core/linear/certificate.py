"""What certifies a linear model: how far J can be above its minimum, and a slope that is 0 but for rounding.

Whoever has solved for a model, and from whatever, what is claimed of it is made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from regdesk.core.linear.duality import duality_gap
from regdesk.core.linear.least_squares import MOST_SCALED_INPUTS, ridge_gap
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.proximal_gradient import linear_kkt_residual
from regdesk.core.model.losses import Loss
from regdesk.core.model.penalty import Penalty
from regdesk.core.types import LINEAR_TOLERANCE, Float64s

if TYPE_CHECKING:
    from regdesk.core.linear.squared_path import GramStatistics, Solutions

SOLVED_GAP = 1e-8
ROUNDING = 64.0 * float(np.finfo(np.float64).eps)
ROW_SHARE = 1e-5
"""J over the null model's below which certificates are taken from the rows: a Gram matrix has lost their digits."""


class Certificate(NamedTuple):
    """How good a model is, as far as it has been computed.

    A tuple, as a path of a hundred λ makes a hundred of them in one millisecond.

    Attributes:
        objective: J.
        gap: the most that J can be above its minimum; infinite without a penalty, of which there is no such bound.
        kkt_residual: ∞-norm of the smallest subgradient of J.
        is_solved: ``gap`` is at most 1e-8 of J, or without a penalty the residual next to nothing; and the residual is
            what was asked for, where somebody has asked.
    """

    objective: float
    gap: float
    kkt_residual: float
    is_solved: bool

    @property
    def optimal_to(self) -> float:
        """The most that J can be too high, as a share of J; infinite where no bound is known."""
        if self.gap == 0.0:
            return 0.0
        return self.gap / self.objective if self.objective > 0.0 else np.inf


def certificate_of(
    problem: LinearProblem,
    penalty: Penalty,
    weights: Float64s,
    biases: Float64s,
    tolerance: float | None = None,
    known_gap: float = np.inf,
) -> Certificate:
    """From the rows, of ``weights`` ``(n_inputs, n_outputs)`` and ``biases`` ``(n_outputs,)`` under ``penalty``.

    ``known_gap`` is another bound. With a ``tolerance`` the KKT residual must be at most that, or what rounding leaves
    of it, and every bound is tried that there is; without one the first is enough. Solved is also a gap of at most 1e-8
    of J, or of what rounding leaves of a perfect fit.
    """
    rows = (problem.inputs, problem.targets, problem.loss, penalty, weights, biases)
    objective = objective_of(problem, penalty, weights, biases)
    gap, residual = min(duality_gap(*rows), known_gap), linear_kkt_residual(*rows)
    if (
        tolerance is not None
        and penalty.is_ridge
        and penalty.lam > 0.0
        and not penalty.is_free(weights.size).any()
        and problem.loss.kind == "squared"
        and gap > SOLVED_GAP * objective
        and problem.inputs.shape[1] <= max(MOST_SCALED_INPUTS, len(problem.targets))
    ):
        ridges = penalty.lam if penalty.is_even else penalty.blocks(np.arange(len(weights))).ridges
        bound = ridge_gap(problem.inputs, problem.targets, ridges, weights[:, 0], float(biases[0]))
        gap = min(gap, bound)
    # J is never below 0: of a perfect fit nothing is left that could be too high but rounding.
    is_perfect = problem.loss.kind == "squared" and objective <= rounding_of_squares(
        problem.inputs, problem.targets, weights, biases
    )
    is_certain = penalty.lam == 0.0 or gap <= SOLVED_GAP * objective or gap == 0.0 or is_perfect
    if tolerance is None:
        tolerance = np.inf if penalty.lam > 0.0 else LINEAR_TOLERANCE
    is_close = residual <= tolerance or residual <= rounding_of_slope(*rows[:3], weights, biases)
    return Certificate(objective, gap, residual, bool(is_close and is_certain))


def certificate_of_sums(statistics: GramStatistics, penalty: Penalty, weights: Float64s) -> Certificate:
    """Of ``weights`` ``(n_inputs,)`` and their best bias under squared error and a ``penalty`` on all of them.

    Of a fit so close that sums over the rows have lost its digits it says nothing: see ``ROW_SHARE``.
    """
    gradient = -statistics.minus_gradient(weights[np.newaxis])[0]
    loss = float(statistics.losses(weights[np.newaxis], -gradient[np.newaxis])[0])
    objective, gap = loss + penalty.lam * penalty.value(weights), np.inf
    if penalty.lam > 0.0:
        # The dual point is that of ``duality.duality_gap``: the residuals, whose mean is 0, scaled.
        scale, left = penalty.conjugate_gap(weights, gradient)
        gap = left + (1.0 - scale) ** 2 * loss
    residual = float(np.abs(penalty.smallest_subgradient(weights, gradient)).max(initial=0.0))
    is_solved = gap <= SOLVED_GAP * objective if penalty.lam > 0.0 else residual <= LINEAR_TOLERANCE
    return Certificate(objective, gap, residual, bool(is_solved))


def certificates_along(solutions: Solutions) -> Iterator[Certificate]:
    """One for each λ of ``solutions``, whose bounds a path has found from sums as it went."""
    # A small residual alone says nothing of a small λ: at λ = 1e-9 that of no weights at all may be as small.
    is_solved = solutions.gaps <= SOLVED_GAP * solutions.objectives
    is_solved |= (solutions.kkt_residuals <= LINEAR_TOLERANCE) & (solutions.lambdas == 0.0)
    # Lists, as reading single numbers from arrays takes longer than all that is done with them here.
    return map(
        Certificate,
        solutions.objectives.tolist(),
        # Without a penalty the bound is 0, which says nothing of how far J is above its minimum.
        np.where(solutions.lambdas > 0, np.maximum(solutions.gaps, 0.0), np.inf).tolist(),
        solutions.kkt_residuals.tolist(),
        is_solved.tolist(),
    )


def objective_of(problem: LinearProblem, penalty: Penalty, weights: Float64s, biases: Float64s) -> float:
    """J of the rows."""
    losses = problem.loss.values(problem.inputs @ weights + biases, problem.targets)
    return float(losses.mean()) + penalty.lam * penalty.value(weights.ravel())


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
