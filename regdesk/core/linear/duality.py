"""How far a linear model can be from the optimum: the duality gap, for every loss and penalty."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regdesk.core.model.class_hessian import class_hessian
from regdesk.core.model.loss_gaps import class_loss_gap
from regdesk.core.model.losses import Loss, class_probabilities
from regdesk.core.model.penalty import Penalty
from regdesk.core.types import Float64s, Integers

MOST_BALANCINGS = 200
MOST_PULL_STEPS = 2
"""The second takes away what rounding has left of the first."""
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
    bound. ``inputs`` ``(n_rows, n_inputs)``, ``targets`` ``(n_rows,)``. Nothing may pull on what is never penalised:
    the dual point is moved off those inputs as it is off the biases.
    """
    if penalty.lam == 0.0:
        return float("inf")
    outputs = inputs @ weights + biases
    slopes = loss.derivatives(outputs, targets)
    is_free = penalty.is_free(weights.size).reshape(weights.shape)[:, 0]
    if is_free.any():
        balanced = _without_pull(loss, slopes, inputs[:, is_free], outputs)
    else:
        balanced = _balanced(loss, slopes, targets)
    minus_gradient = inputs.T @ balanced / len(targets)
    if loss.kind == "squared":
        return squared_gap(penalty, weights.ravel(), minus_gradient.ravel(), balanced, slopes)
    scale, left = penalty.conjugate_gap(weights.ravel(), minus_gradient.ravel())
    moved, labels = scale * balanced, targets.astype(np.int64)
    if loss.shares is None:
        return left + class_loss_gap(slopes, moved, loss.values(outputs, targets), labels)
    # Probabilities are those of a row by itself.
    each, losses = loss.shares[:, np.newaxis], loss.weighed(None).values(outputs, targets)
    return left + class_loss_gap(slopes / each, moved / each, losses, labels, loss.shares)


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


def _without_pull(loss: Loss, slopes: Float64s, free: Float64s, outputs: Float64s) -> Float64s:
    """``slopes`` moved as little as takes the pull on the biases and on the columns ``free`` ``(n_rows, n_free)`` away.

    Of squared error by a projection. Of classes by one Newton step, in which a row moves in proportion to its own
    curvature: what is left are differences of probabilities, or NaN where the step is too long for that.
    """
    rows = np.column_stack([np.ones(len(free)), free - free.mean(axis=0)])
    units = np.sqrt(np.mean(np.square(rows), axis=0))
    rows = rows / np.where(units > 0.0, units, 1.0)
    if loss.kind == "squared":
        basis, sizes, _ = np.linalg.svd(rows, full_matrices=False)
        basis = basis[:, sizes > max(rows.shape) * np.finfo(np.float64).eps * sizes.max()]
        left = slopes - basis @ (basis.T @ slopes)
        return np.asarray(left - basis @ (basis.T @ left))
    chances, n_outputs, moved = class_probabilities(outputs), slopes.shape[1], slopes
    hessian = class_hessian(rows, chances, n_outputs, shares=loss.shares) * len(rows)
    each = 1.0 if loss.shares is None else loss.shares[:, np.newaxis]
    for _ in range(MOST_PULL_STEPS):
        pull = (rows.T @ moved).ravel()
        turn = (rows @ np.linalg.lstsq(hessian, pull, rcond=1e-14)[0].reshape(-1, n_outputs)).reshape(-1, n_outputs)
        if n_outputs == 1:
            moved = moved - each * (chances[:, :1] * chances[:, 1:]) * turn
        else:
            moved = moved - each * chances * (turn - np.sum(chances * turn, axis=1, keepdims=True))
    # A probability may become neither negative nor more than 1: every part keeps its sign.
    return moved if (moved * slopes >= 0.0).all() else np.full(slopes.shape, np.nan)


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
    return _balanced_classes(slopes, labels, loss.shares)


def _balanced_classes(slopes: Float64s, labels: Integers, shares: Float64s | None) -> Float64s:
    """What rows of class c give to class k is multiplied by d_c/d_k, so that every class gets what it gives.

    Such d exist wherever the sums are those of probabilities (Osborne 1960 on balancing a matrix); each round makes
    one class equal. All is scaled down until no row gives away more than it has, which is its share or 1.
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
    n_given = n_given if shares is None else n_given / shares
    given *= _share(1.0, float(n_given.max(initial=0.0)))
    given[rows, labels] = -given.sum(axis=1)
    return np.asarray(given)
