"""How uncertain scores are that were measured on so many rows: the percentile bootstrap (Efron 1979)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regdesk.core.model.metrics import class_log_odds, predicted_classes
from regdesk.core.types import Float64s, Integers

N_DRAWS = 2000
LEVEL = 0.95
MOST_WORK = 40_000_000
"""Rows times outputs times draws, which takes 2.4 s: of more than 20,000 rows fewer draws are made."""
LEAST_DRAWS = 200
"""Of however many rows."""
AT_ONCE = 100_000
"""Counts that are held together. With 2,000,000, which leave the processor's cache, it takes three times as long."""


@dataclass(frozen=True)
class Interval:
    """Of a score: where ``LEVEL`` of its draws lie. ``n_undefined`` draws had none, such as without one class."""

    low: float
    high: float
    n_draws: int
    n_undefined: int = 0


@dataclass(frozen=True, eq=False)
class ScoredRows:
    """Rows with what a model says of them; scores are those of ``metrics.py``, of many draws at once.

    Attributes:
        losses: ``(n_rows,)``, of each row as if it counted once.
        targets: ``(n_rows,)``, in original units, or the class's index.
        outputs: ``(n_rows, n_outputs)``: of classes log-odds or logits, else the prediction in units of the target.
        weights: ``(n_rows,)``, how much each row counts; None: once.
    """

    losses: Float64s
    targets: Float64s
    outputs: Float64s
    is_classification: bool
    weights: Float64s | None = None

    def intervals(self, seed: int, n_draws: int = N_DRAWS) -> dict[str, Interval]:
        """Of each score the percentile interval over draws of as many of the rows, with replacement.

        The model stays as it is. A score that less than half of the draws define has no interval.
        """
        n_rows = len(self.targets)
        if n_rows < 2:
            return {}
        n_draws = max(min(n_draws, MOST_WORK // self.outputs.size), min(LEAST_DRAWS, n_draws))
        generator, found = np.random.default_rng(seed), []
        ranked = self._ranked()
        for start in range(0, n_draws, max(AT_ONCE // n_rows, 1)):
            n_now = min(max(AT_ONCE // n_rows, 1), n_draws - start)
            picked = generator.integers(0, n_rows, (n_now, n_rows))
            picked += np.arange(n_now)[:, np.newaxis] * n_rows
            counts = np.bincount(picked.ravel(), minlength=n_now * n_rows).reshape(n_now, n_rows)
            found.append(self._scores(counts.astype(np.float64), ranked))
        together = {name: np.concatenate([one[name] for one in found]) for name in found[0]}
        return {name: interval for name, values in together.items() if (interval := _percentiles(values)) is not None}

    def scores(self, counts: Float64s) -> dict[str, Float64s]:
        """Scores ``(n_draws,)`` where a row is there ``counts`` ``(n_draws, n_rows)`` times, NaN if undefined."""
        return self._scores(counts, self._ranked())

    def _scores(self, counts: Float64s, ranked: tuple[_Ranked, ...]) -> dict[str, Float64s]:
        own = counts if self.weights is None else counts * (self.weights / self.weights.max())
        totals = own.sum(axis=1)
        found = {"loss": own @ self.losses / totals}
        if not self.is_classification:
            # Around the mean and in units of the largest: no difference of large sums, and no square beyond bounds.
            centred = self.targets * 0.5 - float(np.mean(self.targets * 0.5))
            unit = float(np.abs(centred).max())
            residuals = self.targets * 0.5 - self.outputs[:, 0] * 0.5
            scale = max(unit, float(np.abs(residuals).max())) or 1.0
            squares, level = own @ (centred / scale) ** 2 / totals, own @ (centred / scale) / totals
            errors = own @ (residuals / scale) ** 2 / totals
            variances = squares - level**2
            is_constant = variances <= 1e-12 * squares
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                found["r2"] = np.where(is_constant, np.nan, 1.0 - errors / variances)
                found["rmse"] = np.sqrt(errors) * scale * 2.0
            return found
        is_right = predicted_classes(self.outputs) == self.targets
        found["accuracy"] = own @ is_right.astype(np.float64) / totals
        figures = [one.areas(own) for one in ranked]
        found["auroc"] = np.mean([area for area, _ in figures], axis=0)
        found["average_precision"] = np.mean([precision for _, precision in figures], axis=0)
        return found

    def _ranked(self) -> tuple[_Ranked, ...]:
        """Of two classes the rows by the log-odds of the second, of more by those of each class against the rest."""
        if not self.is_classification:
            return ()
        if self.outputs.shape[1] == 1:
            return (_Ranked.of(self.targets > 0.5, self.outputs[:, 0], needs_both=False),)
        odds = class_log_odds(self.outputs)
        return tuple(_Ranked.of(self.targets == k, odds[:, k], needs_both=True) for k in range(odds.shape[1]))


@dataclass(frozen=True, eq=False)
class _Ranked:
    """Rows by score, the highest first, sorted once for all draws. Rows of one score end at one of ``ends``.

    ``needs_both`` as macro averages do: without a positive row there is no average precision either way.
    """

    order: Integers
    ends: Integers
    is_positive: NDArray[np.bool_]
    needs_both: bool

    @classmethod
    def of(cls, is_positive: NDArray[np.bool_], scores: Float64s, needs_both: bool) -> _Ranked:
        order = np.argsort(-scores)
        ends = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
        return cls(order, ends, is_positive[order], needs_both)

    def areas(self, counts: Float64s) -> tuple[Float64s, Float64s]:
        """AUROC by the trapezoidal rule, and average precision, each ``(n_draws,)``; NaN where a class has no rows."""
        own = counts[:, self.order]
        hits = np.cumsum(np.where(self.is_positive, own, 0.0), axis=1)[:, self.ends]
        misses = np.cumsum(np.where(self.is_positive, 0.0, own), axis=1)[:, self.ends]
        with np.errstate(divide="ignore", invalid="ignore"):
            found = hits / hits[:, -1:]
            gained = np.diff(found, axis=1, prepend=0.0)
            missed = np.diff(misses / misses[:, -1:], axis=1, prepend=0.0)
            area = (missed * (found - 0.5 * gained)).sum(axis=1)
            # Where no row of a draw has come yet there is nothing to add.
            called = hits + misses
            shares = np.divide(hits, called, out=np.zeros_like(hits), where=called > 0)
            precision = (gained * shares).sum(axis=1)
        if self.needs_both:
            precision = np.where(misses[:, -1] > 0, precision, np.nan)
        return area, precision


def _percentiles(values: Float64s) -> Interval | None:
    defined = values[np.isfinite(values)]
    if 2 * len(defined) < len(values):
        return None
    outside = 0.5 * (1.0 - LEVEL)
    low, high = np.quantile(defined, [outside, 1.0 - outside])
    return Interval(float(low), float(high), len(values), len(values) - len(defined))
