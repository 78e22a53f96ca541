"""Ridge regression and least squares at one λ, and the sums over rows they need, in blocks that can be given up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.types import Float64s

BLOCK_ROWS = 16_384
RIDGE_SHIFT = 1e-12
MOST_CORRECTIONS = 30


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
