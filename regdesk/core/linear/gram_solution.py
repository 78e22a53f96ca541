"""Squared error at one λ from sums over the rows alone, and these sums in blocks between which they can be given up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from regdesk.core.linear.squared_path import GramStatistics, squared_path
from regdesk.core.model.penalty import Penalty
from regdesk.core.quadratic.active_set import quadratic_minimum
from regdesk.core.quadratic.groups import group_minimum
from regdesk.core.quadratic.scaled_system import solve_scaled
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s

BLOCK_ROWS = 16_384
RIDGE_SHIFT = 1e-12
MOST_CORRECTIONS = 30
AIM = 1e-13
"""Gap, as a share of J, at which a solution is left: its weights are then exact to some 1e-8."""
NOISE = 1e-15
"""Share of the largest pull: less than that calls no weight in."""
MOST_SWEEPS = 200


def gram_weights(statistics: GramStatistics, penalty: Penalty, stop: Stop | None = None) -> Float64s:
    """Weights ``(n_inputs,)`` under ``penalty``, of any kind and with any factors. Raises Stopped as ``stop`` says."""
    if not penalty.is_even:
        return _uneven_weights(statistics, penalty, stop or Stop())
    if penalty.is_smooth:
        return ridge_weights(statistics, penalty.lam)
    found = next(squared_path(statistics, penalty, np.array([penalty.lam]), AIM, stop))
    return np.asarray(found.weights[0])


def _uneven_weights(statistics: GramStatistics, penalty: Penalty, stop: Stop) -> Float64s:
    n_inputs = len(statistics.products)
    blocks, start = penalty.blocks(np.arange(n_inputs)), np.zeros(n_inputs)
    slope, gram = -statistics.products, statistics.gram
    if penalty.is_separable:
        noise = NOISE * float(np.abs(slope).max())
        return quadratic_minimum(gram, slope, start, blocks.limits, blocks.ridges, noise, stop.check)
    enough = AIM * statistics.square
    return group_minimum(gram, slope, start, blocks.bounds, blocks.limits, enough, MOST_SWEEPS, stop.check)


def exact_gram_weights(statistics: GramStatistics, penalty: Penalty) -> Float64s:
    """As ``gram_weights``, with the digits that one solve among the weights other than 0 has, where groups are none."""
    weights = gram_weights(statistics, penalty)
    alive = penalty.is_alive(weights)
    if not (penalty.is_separable and alive.any()):
        return weights
    own = penalty.blocks(np.flatnonzero(alive))
    matrix, l1 = statistics.gram[np.ix_(alive, alive)] + np.diag(own.ridges), own.limits
    exact = np.zeros(len(weights))
    exact[alive] = solve_scaled(matrix, statistics.products[alive] - l1 * np.sign(weights[alive]))
    return weights if ((exact * weights < 0.0)[alive] & (l1 > 0.0)).any() else exact


def ridge_weights(statistics: GramStatistics, lam: float) -> Float64s:
    """(XᵀX/n + λ)⁻¹ Xᵀy/n, by an inverse in units of the inputs and steps that take its rounding away.

    Where inputs depend on each other and λ = 0 it is one of the solutions. 0.12 s for 1,000 inputs; an
    eigendecomposition would serve every λ, but takes four times as long, in which nothing can be given up.
    """
    ridge = statistics.gram + lam * np.eye(len(statistics.gram))
    units = np.sqrt(np.maximum(np.diag(ridge), np.finfo(np.float64).tiny))
    inverse = np.linalg.inv(ridge / np.outer(units, units) + RIDGE_SHIFT * np.eye(len(ridge)))
    weights, slope = np.zeros(len(ridge)), statistics.products
    for _ in range(MOST_CORRECTIONS):
        weights = weights + (inverse @ (slope / units)) / units
        last, slope = slope, statistics.products - ridge @ weights
        if np.abs(slope / units).max(initial=0.0) >= 0.5 * np.abs(last / units).max(initial=0.0):
            break
    return np.asarray(weights)


def statistics_of(inputs: Float64s, targets: Float64s, check: Callable[[], None]) -> GramStatistics:
    """As ``GramStatistics.of``, in blocks of rows between which it can be given up."""
    n_rows, n_inputs = inputs.shape
    means, target_mean = inputs.mean(axis=0), float(targets.mean())
    gram, products, square = np.zeros((n_inputs, n_inputs)), np.zeros(n_inputs), 0.0
    for first in range(0, n_rows, BLOCK_ROWS):
        check()
        centred = inputs[first : first + BLOCK_ROWS] - means
        left = targets[first : first + BLOCK_ROWS] - target_mean
        gram += centred.T @ centred
        products += centred.T @ left
        square += float(left @ left)
    return GramStatistics(n_rows, means, target_mean, gram / n_rows, products / n_rows, square / n_rows)
