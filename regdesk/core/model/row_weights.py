"""Row weights: how much each row counts, and means of rows under them.

A row of weight w is as good as w rows (frequency weights): a mean is Σ w x / Σ w, and what counts rows counts Σ w. So
weights times a constant have the same model; standard errors over rows, AIC and BIC, which know a number of rows, take
Σ w for it. Weights are ``(n_rows,)``, each above 0, or None where every row counts once.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.types import Booleans, Float64s

TIED = 1e-12
"""Share of Σ w by which half of it may be missed by rounding."""


def n_counted(weights: Float64s | None, n_rows: int) -> float:
    """How many rows ``n_rows`` of these ``weights`` count as: Σ w."""
    return float(n_rows) if weights is None else float(weights.sum())


def shares_of(weights: Float64s) -> Float64s:
    """``weights`` times what makes their mean 1, ``(n_rows,)``."""
    # By the largest first: a sum of large weights and a quotient of small ones stay numbers.
    scaled = weights / weights.max()
    return np.asarray(scaled * (len(scaled) / scaled.sum()))


def mean_of_rows(values: Float64s | Booleans, weights: Float64s | None) -> Float64s:
    """Σ w x / Σ w of ``values`` ``(n_rows, …)``, of the shape of one of them."""
    if weights is None:
        return np.asarray(values.mean(axis=0))
    return np.asarray(weights @ values / weights.sum())


def median_of_rows(values: Float64s, weights: Float64s | None) -> float:
    """The median of ``values`` ``(n_rows,)`` with each as often as its weight says: half of Σ w is on either side.

    Where half of Σ w ends with a value it is the middle between that and the next, as of an even number of rows.
    """
    if weights is None:
        return float(np.median(values))
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    half, slack = 0.5 * float(reached[-1]), TIED * float(reached[-1])
    low = int(np.searchsorted(reached, half - slack))
    high = int(np.searchsorted(reached, half + slack, side="right"))
    pair = values[order[[low, min(high, len(values) - 1)]]]
    return float(pair[0]) if pair[0] == pair[1] else float(0.5 * pair[0] + 0.5 * pair[1])


def as_plain_rows(inputs: Float64s, targets: Float64s, weights: Float64s) -> tuple[Float64s, Float64s]:
    """Rows without weights that have the same weighted mean of (y − Xw − b)², whatever w and b are.

    Rows are multiplied by √w; then the column of √w, which b has, is turned into one of ones by a reflection
    (Householder 1958), which changes no sum of squares. So everything that is known of plain rows holds: means, sums of
    products, residuals' squares, duality gaps, knots. Rounding goes by the inputs' size: where they lie 10⁶
    deviations from 0, as only inputs that are not standardised can, w is off by some 1e-11.
    ``inputs`` ``(n_rows, n_inputs)``, ``targets`` ``(n_rows,)``.
    """
    roots = np.sqrt(shares_of(weights))
    # Off √w + 1 and not √w − 1, which would be next to nothing for nearly equal weights: the sign is turned after it.
    axis = roots + 1.0
    axis /= np.linalg.norm(axis)
    means, target_mean = mean_of_rows(inputs, weights), float(mean_of_rows(targets, weights))
    # What does not vary stays what it is, to the last digit.
    rows = roots[:, np.newaxis] * (inputs - means)
    left = roots * (targets - target_mean)
    rows = np.outer(2.0 * axis, axis @ rows) - rows
    return rows + means, 2.0 * axis * float(axis @ left) - left + target_mean
