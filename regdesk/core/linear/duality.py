"""How far a linear model can be from the optimum: the duality gap, for every loss and penalty."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regdesk.core.model.loss_gaps import class_loss_gap
from regdesk.core.model.losses import Loss
from regdesk.core.model.penalty import Penalty
from regdesk.core.types import Float64s, Integers

MOST_BALANCINGS = 200
BALANCED = 4e-16
"""Share to which what flows into a class and out of it are made equal; at ``HARDLY_BALANCED`` there is no bound yet."""
HARDLY_BALANCED = 1e-9


def duality_gap(
    inputs: Float64s, targets: Float64s, loss: Loss, penalty: Penalty, weights: Float64s, biases: Float64s
) -> float:
    """J at ``weights`` ``(n_inputs, n_outputs)`` and ``biases`` minus a lower bound of J, by Fenchel duality.

    The dual point is the gradient by the outputs, moved to where no bias can gain by it and scaled until no weight's
    pull exceeds what the penalty bears; of classes it stays a difference of probabilities. The gap is the sum of what
    Fenchel's and Young's inequalities leave (Rockafellar 1970, §12 and 31.1), row by row and weight by weight: none of
    it is negative, so that no digit is lost however small J is. Infinite without a penalty, of which there is no such
    bound. ``inputs`` ``(n_rows, n_inputs)``, ``targets`` ``(n_rows,)``.
    """
    if penalty.lam == 0.0:
        return float("inf")
    outputs = inputs @ weights + biases
    slopes = loss.derivatives(outputs, targets)
    balanced = _balanced(loss, slopes, targets)
    minus_gradient = inputs.T @ balanced / len(targets)
    if loss.kind == "squared":
        return squared_gap(penalty, weights.ravel(), minus_gradient.ravel(), balanced, slopes)
    scale, left = penalty.conjugate_gap(weights.ravel(), minus_gradient.ravel())
    return left + class_loss_gap(slopes, scale * balanced, loss.values(outputs, targets), targets.astype(np.int64))


def squared_gap(
    penalty: Penalty,
    weights: Float64s,
    minus_gradient: Float64s,
    dual: NDArray[np.floating],
    slopes: NDArray[np.floating],
) -> float:
    """The same of squared error: ``dual`` are ``slopes`` with mean 0, both of every row.

    ``minus_gradient`` is Xᵀ``dual``/n.

    ``weights`` and ``minus_gradient`` ``(n_weights,)``; what is of more digits than float64 keeps them.
    """
    scale, left = penalty.conjugate_gap(weights, minus_gradient)
    return left + float(0.5 * np.mean(np.square(scale * dual - slopes)))


def _share(limit: float, largest: float) -> float:
    return 1.0 if largest <= limit else limit / largest


def _balanced(loss: Loss, slopes: Float64s, targets: Float64s) -> Float64s:
    """``slopes`` ``(n_rows, n_outputs)`` moved a little, so that their sum over the rows is 0.

    Taking the mean off would leave probabilities below 0 where a row's own is next to nothing: rows of a class are
    multiplied by one number instead, by 1 at most.
    """
    if loss.kind == "squared":
        return np.asarray(slopes - slopes.mean(axis=0))
    labels = targets.astype(np.int64)
    if loss.kind == "logistic":
        sums = np.array([float(slopes[labels == 0].sum()), -float(slopes[labels == 1].sum())])
        least = float(sums.min())
        factors = np.divide(least, sums, out=np.zeros(2), where=sums > 0.0)
        return np.asarray(slopes * np.minimum(factors, 1.0)[labels][:, np.newaxis])
    return _balanced_classes(slopes, labels)


def _balanced_classes(slopes: Float64s, labels: Integers) -> Float64s:
    """What rows of class c give to class k is multiplied by d_c/d_k, so that every class gets what it gives.

    Such d exist wherever the sums are those of probabilities (Osborne 1960 on balancing a matrix); each round makes
    one class equal. All is scaled down until no row gives away more than it has.
    """
    rows, n_classes = np.arange(len(labels)), slopes.shape[1]
    given = slopes.copy()
    given[rows, labels] = 0.0
    flows = np.zeros((n_classes, n_classes))
    np.add.at(flows, labels, given)
    factors = np.ones(n_classes)
    for _ in range(MOST_BALANCINGS):
        is_balanced = True
        for k in range(n_classes):
            away = factors[k] * float(np.sum(flows[k] / factors))
            towards = float(np.sum(factors * flows[:, k])) / factors[k]
            if away > 0.0 and towards > 0.0:
                is_balanced &= abs(away - towards) <= BALANCED * away
                factors[k] *= np.sqrt(towards / away)
        if is_balanced:
            break
    spread = factors[:, np.newaxis] * flows / factors
    away, towards = spread.sum(axis=1), spread.sum(axis=0)
    if (np.abs(away - towards) > HARDLY_BALANCED * np.maximum(away, towards)).any():
        return np.full(slopes.shape, np.nan)
    given *= factors[labels][:, np.newaxis] / factors
    n_given = given.sum(axis=1)
    given *= _share(1.0, float(n_given.max(initial=0.0)))
    given[rows, labels] = -given.sum(axis=1)
    return np.asarray(given)
