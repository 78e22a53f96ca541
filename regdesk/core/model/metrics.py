"""Figures of merit on held-out rows; NaN where they are not defined (no rows, a class without rows).

``weights`` ``(n_rows,)`` say how much each row counts, as in ``row_weights.py``; None: once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regdesk.core.model.column_figures import means_and_deviations, root_mean_square
from regdesk.core.model.row_weights import mean_of_rows
from regdesk.core.types import Counts, Float64s, Integers


@dataclass(frozen=True)
class ClassificationScores:
    """Figures of a classification; for more than two classes AUROC and average precision are macro averages."""

    accuracy: float
    auroc: float
    average_precision: float


def r_squared(targets: Float64s, predictions: Float64s, weights: Float64s | None = None) -> float:
    """1 − residual over total sum of squares; shapes ``(n_rows,)``; NaN for a constant target."""
    if not len(targets):
        return float("nan")
    deviation = float(means_and_deviations(targets[:, np.newaxis], weights)[1][0])
    if deviation == 0.0:
        return float("nan")
    ratio = root_mean_square(targets - predictions, weights) / deviation
    return 1.0 - ratio * ratio


def root_mean_squared_error(targets: Float64s, predictions: Float64s, weights: Float64s | None = None) -> float:
    """In the units of ``targets``; shapes ``(n_rows,)``."""
    return root_mean_square(targets - predictions, weights) if len(targets) else float("nan")


def accuracy(targets: Float64s, logits: Float64s, weights: Float64s | None = None) -> float:
    """Share of rows on the right side of log-odds 0; targets 0 or 1, shapes ``(n_rows,)``."""
    is_right = (logits > 0) == (targets > 0.5)
    return float(mean_of_rows(is_right, weights)) if len(targets) else float("nan")


def roc_curve(targets: Float64s, scores: Float64s, weights: Float64s | None = None) -> tuple[Float64s, Float64s]:
    """False and true positive rates ``(n_points,)`` from (0, 0) to (1, 1), ties as one step (Fawcett 2006, alg. 1).

    Empty arrays when a class has no rows.
    """
    is_positive = targets > 0.5
    if is_positive.all() or not is_positive.any():
        return np.empty(0), np.empty(0)
    hits, misses, _ = at_thresholds(is_positive, scores, weights)
    true_positive = np.concatenate([[0.0], hits / hits[-1]])
    false_positive = np.concatenate([[0.0], misses / misses[-1]])
    return false_positive, true_positive


def area_under_roc(targets: Float64s, scores: Float64s, weights: Float64s | None = None) -> float:
    """AUROC by the trapezoidal rule; NaN when a class has no rows."""
    false_positive, true_positive = roc_curve(targets, scores, weights)
    if not len(false_positive):
        return float("nan")
    return float(np.trapezoid(true_positive, false_positive))


def average_precision(targets: Float64s, scores: Float64s, weights: Float64s | None = None) -> float:
    """Σ (Rₖ − Rₖ₋₁) Pₖ over thresholds, without interpolation; NaN when no row is positive."""
    is_positive = targets > 0.5
    if not is_positive.any():
        return float("nan")
    hits, misses, _ = at_thresholds(is_positive, scores, weights)
    recall = np.concatenate([[0.0], hits / hits[-1]])
    return float(np.sum(np.diff(recall) * (hits / (hits + misses))))


def at_thresholds(
    is_positive: NDArray[np.bool_], scores: Float64s, weights: Float64s | None = None
) -> tuple[Counts, Counts, Float64s]:
    """Positive rows and the others at each score or above, and the scores, the highest first; each ``(n_scores,)``."""
    # Rows of one score enter together, so that their own order does not matter and the quickest sort will do.
    order = np.argsort(-scores)
    ordered = scores[order]
    ends = np.append(np.flatnonzero(np.diff(ordered)), len(scores) - 1)
    if weights is None:
        positive = np.cumsum(is_positive[order])[ends]
        return positive, ends + 1 - positive, ordered[ends]
    own, is_hit = weights[order], is_positive[order]
    # Summed apart: a class without weight at a score adds exactly nothing there, and a light one keeps its digits.
    return np.cumsum(np.where(is_hit, own, 0.0))[ends], np.cumsum(np.where(is_hit, 0.0, own))[ends], ordered[ends]


def classification_scores(
    targets: Float64s, outputs: Float64s, weights: Float64s | None = None
) -> ClassificationScores:
    """Scores of ``outputs`` ``(n_rows, n_outputs)``: log-odds of the second of two classes, or a logit a class.

    ``targets`` ``(n_rows,)`` hold the class's index. With several classes AUROC and average precision are the
    unweighted mean over the classes, each against the rest (macro average, one versus rest: Fawcett 2006, section 9),
    and NaN when a class has no row or all of them.
    """
    if outputs.shape[1] == 1:
        scores = outputs[:, 0]
        return ClassificationScores(
            accuracy(targets, scores, weights),
            area_under_roc(targets, scores, weights),
            average_precision(targets, scores, weights),
        )
    is_right = predicted_classes(outputs) == targets
    scores_of_class = class_log_odds(outputs)
    return ClassificationScores(
        float(mean_of_rows(is_right, weights)) if len(targets) else float("nan"),
        _macro_average(area_under_roc, targets, scores_of_class, weights),
        _macro_average(average_precision, targets, scores_of_class, weights),
    )


def _macro_average(
    figure: Callable[[Float64s, Float64s, Float64s | None], float],
    targets: Float64s,
    scores: Float64s,
    weights: Float64s | None,
) -> float:
    """Mean over the classes of ``figure`` for one against the rest; ``scores`` ``(n_rows, n_classes)``."""
    if len(np.unique(targets)) < scores.shape[1]:
        return float("nan")
    one_against_rest = [(targets == k).astype(np.float64) for k in range(scores.shape[1])]
    return float(np.mean([figure(one, scores[:, k], weights) for k, one in enumerate(one_against_rest)]))


def predicted_classes(outputs: Float64s) -> Integers:
    """The likeliest class's index ``(n_rows,)`` from ``outputs`` ``(n_rows, n_outputs)``; the first where they tie."""
    if outputs.shape[1] == 1:
        return (outputs[:, 0] > 0).astype(np.int64)
    return np.asarray(np.argmax(outputs, axis=1), np.int64)


def class_log_odds(outputs: Float64s) -> Float64s:
    """Log-odds of each class against the rest, ``(n_rows, n_classes)``, from ``outputs`` ``(n_rows, n_outputs)``.

    For softmax zₖ − log Σ_{j≠k} e^zⱼ. It orders rows as the probability of k does, which however rounds to exactly 1
    far out and would make ties of different rows.
    """
    if outputs.shape[1] == 1:
        return np.hstack([-outputs, outputs])
    rows = np.arange(len(outputs))
    largest = np.argmax(outputs, axis=1)
    shifted = outputs - outputs[rows, largest][:, np.newaxis]
    powers = np.exp(shifted)
    # All but the largest are at most half of the sum, so that little is lost by taking them out of it.
    others = powers.sum(axis=1, keepdims=True) - powers
    rest = shifted.copy()
    rest[rows, largest] = -np.inf
    second = rest.max(axis=1, initial=-np.inf)
    others[rows, largest] = 1.0
    result = shifted - np.log(others)
    result[rows, largest] = -second - np.log(np.exp(rest - second[:, np.newaxis]).sum(axis=1))
    return np.asarray(result)


def confusion_matrix(
    targets: Float64s | Integers, predicted: Integers, n_classes: int, weights: Float64s | None = None
) -> Counts:
    """Counts ``(n_classes, n_classes)``: rows are the actual class, columns the predicted one.

    ``targets`` and ``predicted`` ``(n_rows,)`` are indices of classes.
    """
    cells = targets.astype(np.int64) * n_classes + predicted
    return np.bincount(cells, weights=weights, minlength=n_classes**2).reshape(n_classes, n_classes)
