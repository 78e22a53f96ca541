"""L1, L2 and their sum: a penalty on single weights."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.model.penalty import Blocks, Hold, Penalty
from regdesk.core.model.penalty_ball import PlanePenalty, SinglePlanePenalty
from regdesk.core.types import Booleans, Float64s, Integers


@dataclass(frozen=True, eq=False)
class ElasticNet(Penalty):
    """R = l1_ratio·‖W‖₁ + (1 − l1_ratio)/2·‖W‖₂² (Zou & Hastie 2005): L1 at ratio 1, L2 at 0.

    Each weight's part of R is multiplied by its entry of ``factors`` ``(n_weights,)``; None means 1. Without them
    value, prox and smallest subgradient take weights of any shape.
    """

    l1_ratio: float
    factors: Float64s | None = None

    @property
    def is_even(self) -> bool:
        return self.factors is None

    def is_free(self, n_weights: int) -> Booleans:
        return np.zeros(n_weights, dtype=bool) if self.factors is None else np.asarray(self.factors == 0.0)

    def of_some(self, chosen: Integers) -> Penalty:
        return self if self.factors is None else replace(self, factors=self.factors[chosen])

    @property
    def _l1(self) -> Float64s | float:
        l1 = self.lam * self.l1_ratio
        return l1 if self.factors is None else l1 * self.factors

    @property
    def _l2(self) -> Float64s | float:
        l2 = self.lam * (1.0 - self.l1_ratio)
        return l2 if self.factors is None else l2 * self.factors

    @property
    def l1_share(self) -> float:
        return self.l1_ratio

    @property
    def is_separable(self) -> bool:
        return True

    @property
    def as_lasso(self) -> Penalty:
        return self if self.l1_ratio > 0.0 else replace(self, l1_ratio=1.0)

    @property
    def simplest(self) -> Penalty:
        return ElasticNet(0.0, 0.0) if self.lam == 0.0 else self

    def value(self, weights: Float64s) -> float:
        if self.factors is not None:
            parts = self.l1_ratio * np.abs(weights) + 0.5 * (1.0 - self.l1_ratio) * np.square(weights)
            return float(np.sum(self.factors * parts))
        # Of the parts that there are: a path asks at every λ, and each takes as long as all else that is asked there.
        l1 = self.l1_ratio * np.abs(weights).sum() if self.l1_ratio > 0.0 else 0.0
        return float(l1 + 0.5 * (1.0 - self.l1_ratio) * np.square(weights).sum() if self.l1_ratio < 1.0 else l1)

    def prox(self, points: Float64s, rates: Float64s | float) -> Float64s:
        l1, l2 = self._l1, self._l2
        sizes = np.maximum(np.abs(points) - rates * l1, 0.0) / (1.0 + rates * l2)
        # Adding 0 makes 0 of the −0 that is left of a negative point.
        return np.asarray(np.sign(points) * sizes + 0.0)

    def smallest_subgradient(self, weights: Float64s, gradients: Float64s) -> Float64s:
        l1 = self._l1
        smooth = gradients + self._l2 * weights
        at_zero = np.sign(smooth) * np.maximum(np.abs(smooth) - l1, 0.0)
        return np.where(weights == 0.0, at_zero, smooth + l1 * np.sign(weights))

    def derivatives(self, weights: Float64s, chosen: Booleans) -> tuple[Float64s, Float64s]:
        own, l2 = weights[chosen], self.lam * (1.0 - self.l1_ratio)
        if self.factors is not None:
            l1s, l2s = self.lam * self.l1_ratio * self.factors[chosen], l2 * self.factors[chosen]
            return l1s * np.sign(own) + l2s * own, np.diag(l2s)
        return self.lam * self.l1_ratio * np.sign(own) + l2 * own, l2 * np.eye(len(own))

    def steepness(self, gradients: Float64s) -> Float64s:
        if self.factors is None:
            return np.asarray(np.abs(gradients))
        found = np.full(len(gradients), np.inf)
        return np.asarray(np.divide(np.abs(gradients), self.factors, out=found, where=self.factors > 0.0))

    def conjugate_gap(self, weights: Float64s, minus_gradient: Float64s) -> tuple[float, float]:
        l1, l2 = self.lam * self.l1_ratio, self.lam * (1.0 - self.l1_ratio)
        if self.factors is not None:
            # What is never penalised has no pull left: the dual point sees to it.
            is_held = self.factors > 0.0
            return self._conjugate_gap_of(weights[is_held], minus_gradient[is_held], self.factors[is_held])
        if l2 > 0.0:
            # Half of ‖l2 w − (what of the pull l1 does not bear)‖²/l2, and what the signs leave.
            borne = np.clip(-minus_gradient, -l1, l1)
            free = -minus_gradient - borne
            return 1.0, float((_squares_over(l2 * weights - free, l2) + l1 * np.abs(weights) - borne * weights).sum())
        largest = float(np.abs(minus_gradient).max(initial=0.0))
        scale = 1.0 if largest <= l1 else l1 / largest
        return scale, float(np.sum(l1 * np.abs(weights) + scale * minus_gradient * weights))

    def _conjugate_gap_of(self, weights: Float64s, minus_gradient: Float64s, factors: Float64s) -> tuple[float, float]:
        l1s, l2s = self.lam * self.l1_ratio * factors, self.lam * (1.0 - self.l1_ratio) * factors
        if self.l1_ratio < 1.0:
            borne = np.clip(-minus_gradient, -l1s, l1s)
            free = -minus_gradient - borne
            return 1.0, float(
                (_squares_over(l2s * weights - free, l2s) + l1s * np.abs(weights) - borne * weights).sum()
            )
        limit, largest = self.lam, float((np.abs(minus_gradient) / factors).max(initial=0.0))
        scale = 1.0 if largest <= limit else limit / largest
        return scale, float(np.sum(np.maximum(l1s * np.abs(weights) + scale * minus_gradient * weights, 0.0)))

    def blocks(self, chosen: Integers) -> Blocks:
        limits = np.full(len(chosen), self.lam * self.l1_ratio)
        ridges = np.full(len(chosen), self.lam * (1.0 - self.l1_ratio))
        if self.factors is not None:
            limits, ridges = limits * self.factors[chosen], ridges * self.factors[chosen]
        return Blocks(np.arange(len(chosen) + 1), limits, ridges)

    def owners(self, n_weights: int) -> Integers:
        return np.arange(n_weights)

    def is_alive(self, weights: Float64s) -> Booleans:
        if self.lam * self.l1_ratio > 0.0:
            return np.asarray((weights != 0.0) | self.is_free(len(weights)))
        return np.ones(len(weights), dtype=bool)

    def generators(
        self, weights: Float64s, minus_gradient: Float64s, tied: float
    ) -> tuple[Integers, Float64s, Float64s]:
        is_tied = (weights != 0.0) | (np.abs(minus_gradient) >= (1.0 - tied) * self._l1)
        owners = np.where(is_tied, np.cumsum(is_tied) - 1, -1)
        return owners, np.where(weights != 0.0, np.sign(weights), np.sign(minus_gradient)), np.abs(weights[is_tied])

    def hold_on(self, position: int) -> Hold:
        factor = 1.0 if self.factors is None else float(self.factors[position])
        return Hold(slice(position, position + 1), self.lam * self.l1_ratio * factor, False, factor)

    def on_plane(self, weights: Float64s, pair: tuple[int, int]) -> PlanePenalty:
        own = (1.0, 1.0) if self.factors is None else (float(self.factors[pair[0]]), float(self.factors[pair[1]]))
        return SinglePlanePenalty(self.l1_ratio, 1.0 - self.l1_ratio, own)


def _squares_over(rests: Float64s, l2: Float64s | float) -> Float64s:
    """Half of each square of ``rests`` ``(n,)`` over ``l2``; infinite where λ is so small that nothing is certified."""
    with np.errstate(over="ignore"):
        return np.asarray(np.square(rests) / (2.0 * l2))
