"""Figures of merit on held-out rows; NaN where they are not defined (no rows, a class without rows)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regdesk.core.model.column_figures import means_and_deviations, root_mean_square
from regdesk.core.types import Float64s, Integers


@dataclass(frozen=True)
class ClassificationScores:
    """Figures of a classification; for more than two classes AUROC and average precision are macro averages."""

    accuracy: float
    auroc: float
    average_precision: float


def r_squared(targets: Float64s, predictions: Float64s) -> float:
    """1 − residual over total sum of squares; shapes ``(n_rows,)``; NaN for a constant target."""
    if not len(targets):
        return float("nan")
    deviation = float(means_and_deviations(targets[:, np.newaxis])[1][0])
    if deviation == 0.0:
        return float("nan")
    ratio = root_mean_square(targets - predictions) / deviation
    return 1.0 - ratio * ratio


def root_mean_squared_error(targets: Float64s, predictions: Float64s) -> float:
    """In the units of ``targets``; shapes ``(n_rows,)``."""
    return root_mean_square(targets - predictions) if len(targets) else float("nan")


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
    hits, counts, _ = at_thresholds(targets > 0.5, scores)
    true_positive = np.concatenate([[0.0], hits / n_positive])
    false_positive = np.concatenate([[0.0], (counts - hits) / n_negative])
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
    hits, counts, _ = at_thresholds(is_positive, scores)
    recall = np.concatenate([[0.0], hits / hits[-1]])
    return float(np.sum(np.diff(recall) * (hits / counts)))


def at_thresholds(is_positive: NDArray[np.bool_], scores: Float64s) -> tuple[Integers, Integers, Float64s]:
    """Positive rows and all rows at each score or above, and the scores, the highest first; each ``(n_scores,)``."""
    # Rows of one score enter together, so that their own order does not matter and the quickest sort will do.
    order = np.argsort(-scores)
    ordered = scores[order]
    ends = np.append(np.flatnonzero(np.diff(ordered)), len(scores) - 1)
    return np.cumsum(is_positive[order])[ends], ends + 1, ordered[ends]


def classification_scores(targets: Float64s, outputs: Float64s) -> ClassificationScores:
    """Scores of ``outputs`` ``(n_rows, n_outputs)``: log-odds of the second of two classes, or a logit a class.

    ``targets`` ``(n_rows,)`` hold the class's index. With several classes AUROC and average precision are the
    unweighted mean over the classes, each against the rest (macro average, one versus rest: Fawcett 2006, section 9),
    and NaN when a class has no row or all of them.
    """
    if outputs.shape[1] == 1:
        scores = outputs[:, 0]
        return ClassificationScores(
            accuracy(targets, scores), area_under_roc(targets, scores), average_precision(targets, scores)
        )
    is_right = predicted_classes(outputs) == targets
    scores_of_class = class_log_odds(outputs)
    return ClassificationScores(
        float(np.mean(is_right)) if len(targets) else float("nan"),
        _macro_average(area_under_roc, targets, scores_of_class),
        _macro_average(average_precision, targets, scores_of_class),
    )


def _macro_average(figure: Callable[[Float64s, Float64s], float], targets: Float64s, scores: Float64s) -> float:
    """Mean over the classes of ``figure`` for one against the rest; ``scores`` ``(n_rows, n_classes)``."""
    if len(np.unique(targets)) < scores.shape[1]:
        return float("nan")
    return float(np.mean([figure((targets == k).astype(np.float64), scores[:, k]) for k in range(scores.shape[1])]))


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


def confusion_matrix(targets: Float64s | Integers, predicted: Integers, n_classes: int) -> Integers:
    """Counts ``(n_classes, n_classes)``: rows are the actual class, columns the predicted one.

    ``targets`` and ``predicted`` ``(n_rows,)`` are indices of classes.
    """
    cells = targets.astype(np.int64) * n_classes + predicted
    return np.bincount(cells, minlength=n_classes**2).reshape(n_classes, n_classes)
