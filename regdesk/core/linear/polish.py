"""A solution of a linear model with the last digits that rounding leaves it, by Newton's method where J is smooth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.proximal_gradient import linear_gradient
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.model.class_hessian import class_hessian
from regdesk.core.model.losses import class_probabilities
from regdesk.core.model.penalty import Penalty
from regdesk.core.quadratic.scaled_system import solve_scaled
from regdesk.core.stopping import Stop
from regdesk.core.types import Booleans, Float64s

MOST_POLISHES = 8


def data_gradient(
    problem: LinearProblem, statistics: GramStatistics | None, weights: Float64s, biases: Float64s
) -> Float64s:
    """∇ of the data loss by ``weights`` ``(n_inputs, n_outputs)``; of squared error from its ``statistics``."""
    if statistics is not None:
        return np.asarray((statistics.gram @ weights[:, 0] - statistics.products)[:, np.newaxis])
    return linear_gradient(problem.inputs, problem.targets, problem.loss, weights, biases)[0]


def _hessian(
    problem: LinearProblem,
    statistics: GramStatistics | None,
    penalty: Penalty,
    weights: Float64s,
    biases: Float64s,
    alive: Booleans,
    stop: Stop | None = None,
) -> Float64s:
    """Of J by the ``alive`` of all weights ``(n_weights,)`` and, but for squared error, the biases after them.

    ``statistics`` are those of squared error, None of classes. Raises Stopped soon after ``stop`` says so.
    """
    n_outputs = problem.n_outputs
    if statistics is not None:
        hessian = statistics.gram[np.ix_(alive, alive)].copy()
    else:
        columns = alive.reshape(-1, n_outputs).any(axis=1)
        rows = np.column_stack([problem.inputs[:, columns], np.ones(len(problem.targets))])
        outputs = problem.inputs @ weights + biases
        hessian = class_hessian(rows, class_probabilities(outputs), n_outputs, stop, problem.loss.shares)
        is_used = np.append(alive, np.ones(n_outputs, dtype=bool))
        kept = is_used[np.repeat(np.append(columns, True), n_outputs)]
        hessian = hessian[np.ix_(kept, kept)]
    n_alive = int(alive.sum())
    hessian[:n_alive, :n_alive] += penalty.lam * replace(penalty, lam=1.0).derivatives(weights.ravel(), alive)[1]
    return np.asarray(hessian)


def _slope(
    problem: LinearProblem,
    statistics: GramStatistics | None,
    penalty: Penalty,
    weights: Float64s,
    biases: Float64s,
    alive: Booleans,
) -> Float64s:
    """Of J, by the same as ``_hessian``."""
    if statistics is not None:
        slope = data_gradient(problem, statistics, weights, biases)[alive, 0]
    else:
        by_weight, by_bias = linear_gradient(problem.inputs, problem.targets, problem.loss, weights, biases)
        slope = np.append(by_weight.ravel()[alive], by_bias)
    slope[: int(alive.sum())] += penalty.lam * replace(penalty, lam=1.0).derivatives(weights.ravel(), alive)[0]
    return np.asarray(slope)


def polished(
    problem: LinearProblem,
    statistics: GramStatistics | None,
    penalty: Penalty,
    weights: Float64s,
    biases: Float64s,
    stop: Stop | None = None,
) -> tuple[Float64s, Float64s]:
    """Newton's steps among the weights that are not 0, as long as they bring the slope down.

    ``weights`` ``(n_inputs, n_outputs)`` and ``biases`` ``(n_outputs,)`` are close to the minimum; ``statistics`` those
    of squared error, None of classes. Raises Stopped soon after ``stop`` says so.
    """
    stop = stop or Stop()
    alive = penalty.is_alive(weights.ravel())
    n_alive = int(alive.sum())
    best, smallest = (weights, biases), np.inf
    for _ in range(MOST_POLISHES):
        stop.check()
        slope = _slope(problem, statistics, penalty, weights, biases, alive)
        size = float(np.abs(slope).max(initial=0.0))
        if size >= smallest:
            break
        best, smallest = (weights, biases), size
        step = solve_scaled(_hessian(problem, statistics, penalty, weights, biases, alive, stop), -slope)
        flat = weights.ravel().copy()
        flat[alive] += step[:n_alive]
        has_other_signs = ((flat * weights.ravel() <= 0.0) & alive & ~penalty.is_free(len(flat))).any()
        if has_other_signs and penalty.is_separable and penalty.lam * penalty.l1_share > 0.0:
            break
        weights = flat.reshape(weights.shape)
        if statistics is not None:
            biases = np.array([statistics.target_mean - float(statistics.means @ weights[:, 0])])
        else:
            biases = biases + step[n_alive:]
    return best


def size_slope(
    problem: LinearProblem, statistics: GramStatistics | None, penalty: Penalty, weights: Float64s, biases: Float64s
) -> float:
    """How R of a solution falls as λ rises: dR/dλ, 0 or below, from the conditions of the optimum.

    −pᵀH⁻¹p of R's slope p and J's Hessian H among the weights that are not 0: these conditions, differentiated by λ.
    Arguments as those of ``polished``.
    """
    alive = penalty.is_alive(weights.ravel())
    n_alive = int(alive.sum())
    if not n_alive:
        return 0.0
    hessian = _hessian(problem, statistics, penalty, weights, biases, alive)
    pull = np.zeros(len(hessian))
    pull[:n_alive] = replace(penalty, lam=1.0).derivatives(weights.ravel(), alive)[0]
    return min(-float(pull @ solve_scaled(hessian, pull)), 0.0)
