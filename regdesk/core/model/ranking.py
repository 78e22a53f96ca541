"""How scores rank two classes: the ROC with its thresholds, and the scores themselves, counted for each class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.model.metrics import at_thresholds, average_precision
from regdesk.core.model.row_weights import mean_of_rows
from regdesk.core.types import Counts, Float64s

N_SCORE_BINS = 25


@dataclass(frozen=True)
class Ranking:
    """The ROC of some rows and its figures.

    Attributes:
        false_positive, true_positive: rates ``(n_points,)`` from (0, 0) to (1, 1), ties as one step; empty when a
            class has no rows.
        thresholds: ``(n_points,)``, the score from which on rows are called positive; infinite at (0, 0).
        auroc: by the trapezoidal rule; NaN when a class has no rows.
        average_precision: Σ (Rₖ − Rₖ₋₁) Pₖ; NaN when no row is positive.
        n_rows: rows that were ranked.
    """

    false_positive: Float64s
    true_positive: Float64s
    thresholds: Float64s
    auroc: float
    average_precision: float
    n_rows: int


def rank(targets: Float64s, scores: Float64s, weights: Float64s | None = None) -> Ranking:
    """Rank rows by ``scores``; ``targets`` are 0 or 1, shapes ``(n_rows,)``. One sort serves all figures.

    ``weights`` ``(n_rows,)`` say how much each row counts, as in ``row_weights.py``; None: once.
    """
    is_positive = targets > 0.5
    if is_positive.all() or not is_positive.any():
        none = np.empty(0)
        return Ranking(none, none, none, float("nan"), average_precision(targets, scores), len(targets))
    hits, misses, thresholds = at_thresholds(is_positive, scores, weights)
    true_positive = np.concatenate([[0.0], hits / hits[-1]])
    false_positive = np.concatenate([[0.0], misses / misses[-1]])
    return Ranking(
        false_positive,
        true_positive,
        np.concatenate([[np.inf], thresholds]),
        float(np.trapezoid(true_positive, false_positive)),
        float(np.sum(np.diff(true_positive) * (hits / (hits + misses)))),
        len(targets),
    )


def score_counts(targets: Float64s, probabilities: Float64s, weights: Float64s | None = None) -> Counts:
    """Rows of each class in equal bins of the probability of the second, ``(2, N_SCORE_BINS)``; 1 is in the last bin.

    ``targets`` are 0 or 1, shapes ``(n_rows,)``; with ``weights`` each row counts so much.
    """
    bins = np.minimum((probabilities * N_SCORE_BINS).astype(np.int64), N_SCORE_BINS - 1)
    cells = (targets > 0.5) * N_SCORE_BINS + bins
    return np.bincount(cells, weights=weights, minlength=2 * N_SCORE_BINS).reshape(2, N_SCORE_BINS)


def rates_at_even_odds(targets: Float64s, logits: Float64s, weights: Float64s | None = None) -> tuple[float, float]:
    """False and true positive rate where a probability above 0.5 is called positive; NaN for a class without rows."""
    is_positive, is_called = targets > 0.5, logits > 0
    rates = [
        float(mean_of_rows(is_called[rows], None if weights is None else weights[rows])) if rows.any() else float("nan")
        for rows in (~is_positive, is_positive)
    ]
    return rates[0], rates[1]


def thinned(ranking: Ranking, most: int) -> tuple[Float64s, Float64s]:
    """The curve of a ranking in at most ``most`` points, the corners at both ends among them."""
    n_points = len(ranking.false_positive)
    if n_points <= most:
        return ranking.false_positive, ranking.true_positive
    kept = np.linspace(0, n_points - 1, most).astype(np.int64)
    return ranking.false_positive[kept], ranking.true_positive[kept]
