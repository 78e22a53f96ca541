"""Figures of merit on held-out rows; NaN where they are not defined (no rows, one class)."""

from __future__ import annotations

import numpy as np

from regdesk.core.types import Float64s


def r_squared(targets: Float64s, predictions: Float64s) -> float:
    """1 − residual over total sum of squares; shapes ``(n_rows,)``; NaN for a constant target."""
    if not len(targets):
        return float("nan")
    total = float(np.sum((targets - targets.mean()) ** 2))
    return 1.0 - float(np.sum((targets - predictions) ** 2)) / total if total > 0 else float("nan")


def root_mean_squared_error(targets: Float64s, predictions: Float64s) -> float:
    """In the units of ``targets``; shapes ``(n_rows,)``."""
    return float(np.sqrt(np.mean((targets - predictions) ** 2))) if len(targets) else float("nan")


def accuracy(targets: Float64s, logits: Float64s) -> float:
    """Share of rows on the right side of log-odds 0; targets 0 or 1, shapes ``(n_rows,)``."""
    return float(np.mean((logits > 0) == (targets > 0.5))) if len(targets) else float("nan")


def roc_curve(targets: Float64s, scores: Float64s) -> tuple[Float64s, Float64s]:
    """False and true positive rates ``(n_points,)`` from (0, 0) to (1, 1), ties as one step (Fawcett 2006, alg. 1).

    Empty arrays when a class has no rows.
    """
    n_positive = float(np.sum(targets > 0.5))
    n_negative = len(targets) - n_positive
    if n_positive == 0 or n_negative == 0:
        return np.empty(0), np.empty(0)
    order = np.argsort(-scores, kind="stable")
    sorted_scores = scores[order]
    hits = np.cumsum(targets[order] > 0.5)
    ends = np.append(np.flatnonzero(np.diff(sorted_scores)), len(scores) - 1)
    true_positive = np.concatenate([[0.0], hits[ends] / n_positive])
    false_positive = np.concatenate([[0.0], (ends + 1 - hits[ends]) / n_negative])
    return false_positive, true_positive


def area_under_roc(targets: Float64s, scores: Float64s) -> float:
    """AUROC by the trapezoidal rule; NaN when a class has no rows."""
    false_positive, true_positive = roc_curve(targets, scores)
    if not len(false_positive):
        return float("nan")
    return float(np.trapezoid(true_positive, false_positive))


def average_precision(targets: Float64s, scores: Float64s) -> float:
    """Σ (Rₖ − Rₖ₋₁) Pₖ over thresholds, without interpolation; NaN when no row is positive."""
    is_positive = targets > 0.5
    if not is_positive.any():
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(is_positive[order])
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    precision = hits[ends] / (ends + 1)
    recall = np.concatenate([[0.0], hits[ends] / hits[-1]])
    return float(np.sum(np.diff(recall) * precision))
