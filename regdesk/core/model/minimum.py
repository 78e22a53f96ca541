"""Whether a small gradient can be a minimum's: without a penalty many models have none, and weights grow for ever."""

from __future__ import annotations

import numpy as np

from regdesk.core.model.losses import Loss
from regdesk.core.model.shortfalls import Doubt
from regdesk.core.types import Float64s, TrainSettings


def margins_of(outputs: Float64s, targets: Float64s) -> Float64s:
    """How far each row is on its right side, in log-odds: ``(n_rows,)``; negative on the wrong one.

    ``outputs`` ``(n_rows, n_outputs)`` are log-odds of the second of two classes, or the logits of several; ``targets``
    ``(n_rows,)`` the class's index.
    """
    if outputs.shape[1] == 1:
        return np.where(targets > 0.5, outputs[:, 0], -outputs[:, 0])
    rows, own = np.arange(len(outputs)), targets.astype(np.int64)
    others = outputs.copy()
    others[rows, own] = -np.inf
    return np.asarray(outputs[rows, own] - others.max(axis=1))


def doubt_of_minimum(
    loss: Loss, settings: TrainSettings, is_linear: bool, outputs: Float64s, targets: Float64s
) -> Doubt | None:
    """Why a point with next to no gradient need not be a minimum; None where it is one.

    With a penalty J grows with the weights without bounds, so that it has a minimum; least squares always have one.
    Where ``outputs`` of the training rows (as for ``margins_of``) tell all classes apart, the output layer's weights
    times t > 1 have a lower loss.
    """
    if settings.effective_lam > 0.0:
        return None
    if loss.kind == "squared":
        return None if is_linear else Doubt.NETWORK
    if margins_of(outputs, targets).min() > 0.0:
        return Doubt.TOLD_APART
    return None if is_linear else Doubt.NETWORK
