"""Penalties R(W): value, prox and smallest subgradient, on the row of all weights. Biases never enter.

Points, weights and gradients are ``(n_weights,)``; penalties on single weights take any shape. The compiled engine
holds the same proxes for its inner loop; a test keeps the two equal.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from regdesk.core.model.network import Network
from regdesk.core.types import Float64s, Integers, TrainSettings

MAX_NEWTON_STEPS = 60
"""Of the group prox; from its start below the root it takes about five."""


@dataclass(frozen=True)
class Penalty(ABC):
    """λ·R(W)."""

    lam: float

    @abstractmethod
    def value(self, weights: Float64s) -> float:
        """R of ``weights``, without λ."""

    @abstractmethod
    def prox(self, points: Float64s, rates: Float64s | float) -> Float64s:
        """argmin over w of Σ ½(wⱼ − uⱼ)²/rateⱼ + λ·R(w): the prox in the diagonal metric 1/rate.

        ``rates`` are one positive number, or one for each of ``points``.
        """

    @abstractmethod
    def smallest_subgradient(self, weights: Float64s, gradients: Float64s) -> Float64s:
        """The element of ∇f + λ∂R(w) nearest to 0; both arguments of one shape."""


@dataclass(frozen=True)
class ElasticNet(Penalty):
    """R = l1_ratio·‖W‖₁ + (1 − l1_ratio)/2·‖W‖₂² (Zou & Hastie 2005): L1 at ratio 1, L2 at 0."""

    l1_ratio: float

    def value(self, weights: Float64s) -> float:
        return float(self.l1_ratio * np.sum(np.abs(weights)) + 0.5 * (1.0 - self.l1_ratio) * np.sum(np.square(weights)))

    def prox(self, points: Float64s, rates: Float64s | float) -> Float64s:
        l1, l2 = self.lam * self.l1_ratio, self.lam * (1.0 - self.l1_ratio)
        sizes = np.maximum(np.abs(points) - rates * l1, 0.0) / (1.0 + rates * l2)
        # Adding 0 makes 0 of the −0 that is left of a negative point.
        return np.asarray(np.sign(points) * sizes + 0.0)

    def smallest_subgradient(self, weights: Float64s, gradients: Float64s) -> Float64s:
        l1 = self.lam * self.l1_ratio
        smooth = gradients + self.lam * (1.0 - self.l1_ratio) * weights
        at_zero = np.sign(smooth) * np.maximum(np.abs(smooth) - l1, 0.0)
        return np.where(weights == 0.0, at_zero, smooth + l1 * np.sign(weights))


@dataclass(frozen=True, eq=False)
class GroupLasso(Penalty):
    """R = Σ over groups of √|g|·‖W_g‖₂ (Yuan & Lin 2006): weights of one group go to zero together.

    ``bounds`` ``(n_groups + 1,)``: where each group begins in the row of weights, and the end.
    """

    bounds: Integers

    @property
    def sizes(self) -> Integers:
        """|g| of each group, ``(n_groups,)``."""
        return np.diff(self.bounds)

    def _sums(self, values: Float64s) -> Float64s:
        return np.asarray(np.add.reduceat(values, self.bounds[:-1]))

    def _norms(self, values: Float64s) -> Float64s:
        # By their largest, so that squares neither overflow nor vanish.
        largest = np.maximum.reduceat(np.abs(values), self.bounds[:-1])
        scales = np.where(largest > 0, largest, 1.0)
        return scales * np.sqrt(self._sums(np.square(values / self._spread(scales))))

    def _spread(self, per_group: Float64s) -> Float64s:
        return np.repeat(per_group, self.sizes)

    def value(self, weights: Float64s) -> float:
        return float(np.sum(np.sqrt(self.sizes) * self._norms(weights.ravel())))

    def prox(self, points: Float64s, rates: Float64s | float) -> Float64s:
        """0 for a group with Σ (uⱼ/tⱼ)² ≤ 1, tⱼ = rateⱼ·λ·√|g|; else wⱼ = uⱼ s/(s + tⱼ) with s = ‖w‖₂.

        s is the root of Σ (uⱼ/(s + tⱼ))² = 1. In 1/√Σ − 1, which is concave and rises, Newton's method from below
        never overshoots (Moré & Sorensen 1983 on the trust region's equation of the same form); with equal rates it is
        exact after one step.
        """
        if self.lam == 0.0:
            return points.copy()
        thresholds = rates * self.lam * np.sqrt(self._spread(self.sizes.astype(np.float64)))
        norms = self._norms(points)
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            squares = np.where(points == 0.0, 0.0, np.square(points / thresholds))
            # Written so that NaN passes through.
            is_kept = ~(self._sums(squares) <= 1.0)
        roots = np.where(is_kept, np.maximum(norms - np.maximum.reduceat(thresholds, self.bounds[:-1]), 0.0), 1.0)
        for _ in range(MAX_NEWTON_STEPS):
            lengths = self._spread(roots) + thresholds
            squares = np.square(points / lengths)
            totals = self._sums(squares)
            steps = np.where(is_kept, totals * (np.sqrt(totals) - 1.0), 0.0)
            steps = np.divide(steps, self._sums(squares / lengths), out=np.zeros_like(steps), where=steps > 0)
            roots = roots + steps
            if (steps <= 1e-15 * roots).all():
                break
        shrunk = points * self._spread(roots) / (self._spread(roots) + thresholds)
        return np.where(np.repeat(is_kept, self.sizes), shrunk, 0.0)

    def smallest_subgradient(self, weights: Float64s, gradients: Float64s) -> Float64s:
        limits = self.lam * np.sqrt(self.sizes)
        norms, slopes = self._norms(weights), self._norms(gradients)
        left = np.maximum(slopes - limits, 0.0) / np.where(slopes > 0, slopes, 1.0)
        pull = self._spread(limits / np.where(norms > 0, norms, 1.0))
        return np.where(self._spread(norms) > 0, gradients + pull * weights, gradients * self._spread(left))


def penalty_for(settings: TrainSettings, network: Network) -> Penalty:
    """The penalty in force on the weights of ``network``; λ = 0 where there is none."""
    if settings.is_grouped:
        return GroupLasso(settings.effective_lam, network.group_bounds)
    return ElasticNet(settings.effective_lam, settings.effective_l1_ratio)


def penalty_value(settings: TrainSettings, network: Network, weights: Float64s) -> float:
    """R(W) as it is reported, of all weights ``(n_weights,)`` in a row: 0 when there is no penalty."""
    return 0.0 if settings.penalty == "none" else penalty_for(settings, network).value(weights)
