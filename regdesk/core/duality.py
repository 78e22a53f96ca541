"""How far a linear model can be from the optimum: the duality gap, for every loss and penalty."""

from __future__ import annotations

import numpy as np

from regdesk.core.losses import Loss
from regdesk.core.penalties import ElasticNet, GroupLasso, Penalty
from regdesk.core.types import Float64s


def duality_gap(
    inputs: Float64s, targets: Float64s, loss: Loss, penalty: Penalty, weights: Float64s, biases: Float64s
) -> float:
    """J at ``weights`` ``(n_inputs, n_outputs)`` minus a lower bound of J, by Fenchel duality (Rockafellar 1970, 31.1).

    The dual point is the gradient by the outputs, less its mean (no bias can gain by it), scaled until no weight's
    pull exceeds what the penalty bears. Without a penalty there is no such bound: infinite, but for the optimum.
    ``inputs`` ``(n_rows, n_inputs)``, ``targets`` ``(n_rows,)``.
    """
    n_rows = len(targets)
    outputs = inputs @ weights + biases
    slopes = loss.derivatives(outputs, targets)
    slopes = slopes - slopes.mean(axis=0)
    pulls = inputs.T @ slopes / n_rows
    scale, at_pulls = _conjugate(penalty, pulls.ravel())
    primal = float(loss.values(outputs, targets).mean()) + penalty.lam * penalty.value(weights.ravel())
    return primal + at_pulls + _conjugate_loss(loss, scale * slopes, targets)


def _conjugate(penalty: Penalty, pulls: Float64s) -> tuple[float, float]:
    """The factor for ``pulls`` ``(n_weights,)`` at which the penalty's conjugate is finite, and its value there."""
    if isinstance(penalty, ElasticNet):
        l1, l2 = penalty.lam * penalty.l1_ratio, penalty.lam * (1.0 - penalty.l1_ratio)
        if l2 > 0:
            return 1.0, float(np.sum(np.square(np.maximum(np.abs(pulls) - l1, 0.0)))) / (2.0 * l2)
        largest = float(np.abs(pulls).max(initial=0.0))
        return (1.0 if largest <= l1 else l1 / largest), 0.0
    assert isinstance(penalty, GroupLasso)
    norms = np.sqrt(np.add.reduceat(np.square(pulls), penalty.bounds[:-1])) / np.sqrt(penalty.sizes)
    largest = float(norms.max(initial=0.0))
    return (1.0 if largest <= penalty.lam else penalty.lam / largest), 0.0


def _conjugate_loss(loss: Loss, slopes: Float64s, targets: Float64s) -> float:
    """Mean of ℓ*(slope) over the rows; ``slopes`` ``(n_rows, n_outputs)``; infinite outside of its domain."""
    if loss.kind == "squared":
        return float(np.mean(0.5 * np.square(slopes[:, 0]) + slopes[:, 0] * targets))
    if loss.kind == "logistic":
        second = slopes[:, 0] + targets
        probabilities = np.column_stack([1.0 - second, second])
    else:
        probabilities = slopes.copy()
        probabilities[np.arange(len(targets)), targets.astype(np.int64)] += 1.0
    if probabilities.min() < -1e-9:
        return float("inf")
    logs = np.log(np.where(probabilities > 0, probabilities, 1.0))
    return float(np.mean(np.sum(probabilities * logs, axis=1)))
