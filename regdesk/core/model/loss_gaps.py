"""What Fenchel's and Young's inequality leaves between the losses of classes and their conjugates."""

from __future__ import annotations

import numpy as np

from regdesk.core.model.row_weights import mean_of_rows
from regdesk.core.types import Float64s, Integers


def class_loss_gap(
    slopes: Float64s, moved: Float64s, losses: Float64s, labels: Integers, shares: Float64s | None = None
) -> float:
    """Mean of ℓ(z) + ℓ*(moved) − z·moved over the rows, where ``slopes`` is ∇ℓ(z); both ``(n_rows, n_outputs)``.

    It is the divergence of the probabilities that ``moved`` stands for from the model's (Kullback & Leibler 1951).
    ``losses`` ``(n_rows,)`` are −log of those of the rows' own classes. With ``shares`` ``(n_rows,)``, whose mean is 1,
    each row counts so much, and all else is of rows that count alike.
    """
    if not np.isfinite(moved).all():
        return float("inf")
    others, moved_others = np.abs(slopes), np.abs(moved)
    if slopes.shape[1] > 1:
        rows = np.arange(len(labels))
        others[rows, labels] = moved_others[rows, labels] = 0.0
    change = moved_others - others
    own = _divergence(-change.sum(axis=1), np.exp(-losses))
    return float(mean_of_rows(_divergence(change, others).sum(axis=1) + own, shares))


def _divergence(change: Float64s, probabilities: Float64s) -> Float64s:
    """p' log(p'/p) − p' + p with p' = p + ``change``, which is not negative: to second order (p' − p)²/(2p)."""
    # Of a subnormal probability the share is beyond all numbers: what has more than doubled goes by logarithms.
    is_large = change > probabilities
    is_used = (probabilities > 0.0) & ~is_large
    shares = np.divide(change, probabilities, out=np.zeros_like(change), where=is_used)
    gone = shares <= -1.0
    logs = np.log1p(np.where(gone, 0.0, shares))
    # (1 + c) log(1 + c) − c, by its series where the difference would lose its digits.
    is_small = np.abs(shares) < 1e-3
    small = np.where(is_small, shares, 0.0)
    series = small**2 * (0.5 - small * (1.0 / 6.0 - small * (1.0 / 12.0 - small / 20.0)))
    sizes = np.where(is_small, series, np.maximum((1.0 + shares) * logs - shares, 0.0))
    found = probabilities * np.where(gone, 1.0, sizes)
    is_large &= probabilities > 0.0
    reached = np.where(is_large, probabilities + change, 1.0)
    risen = reached * (np.log(reached) - np.log(np.where(is_large, probabilities, 1.0))) - change
    found = np.where(is_large, np.maximum(risen, 0.0), found)
    return np.where((probabilities == 0.0) & (change > 0.0), np.inf, found)
