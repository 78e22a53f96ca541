"""L1, L2 and their sum: a penalty on single weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.model.penalty import Blocks, Hold, Penalty
from regdesk.core.model.penalty_ball import PlanePenalty, SinglePlanePenalty
from regdesk.core.types import Booleans, Float64s, Integers


@dataclass(frozen=True)
class ElasticNet(Penalty):
    """R = l1_ratio·‖W‖₁ + (1 − l1_ratio)/2·‖W‖₂² (Zou & Hastie 2005): L1 at ratio 1, L2 at 0.

    Value, prox and smallest subgradient take weights of any shape.
    """

    l1_ratio: float

    @property
    def l1_share(self) -> float:
        return self.l1_ratio

    @property
    def is_separable(self) -> bool:
        return True

    @property
    def simplest(self) -> Penalty:
        return ElasticNet(0.0, 0.0) if self.lam == 0.0 else self

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

    def derivatives(self, weights: Float64s, chosen: Booleans) -> tuple[Float64s, Float64s]:
        own, l2 = weights[chosen], self.lam * (1.0 - self.l1_ratio)
        return self.lam * self.l1_ratio * np.sign(own) + l2 * own, l2 * np.eye(len(own))

    def steepness(self, gradients: Float64s) -> Float64s:
        return np.asarray(np.abs(gradients))

    def conjugate_gap(self, weights: Float64s, minus_gradient: Float64s) -> tuple[float, float]:
        l1, l2 = self.lam * self.l1_ratio, self.lam * (1.0 - self.l1_ratio)
        if l2 > 0.0:
            # Half of ‖l2 w − (what of the pull l1 does not bear)‖²/l2, and what the signs leave.
            borne = np.clip(-minus_gradient, -l1, l1)
            free = -minus_gradient - borne
            left = np.square(l2 * weights - free) / (2.0 * l2) + l1 * np.abs(weights) - borne * weights
            return 1.0, float(left.sum())
        largest = float(np.abs(minus_gradient).max(initial=0.0))
        scale = 1.0 if largest <= l1 else l1 / largest
        return scale, float(np.sum(l1 * np.abs(weights) + scale * minus_gradient * weights))

    def blocks(self, chosen: Integers) -> Blocks:
        limits = np.full(len(chosen), self.lam * self.l1_ratio)
        return Blocks(np.arange(len(chosen) + 1), limits, np.full(len(chosen), self.lam * (1.0 - self.l1_ratio)))

    def owners(self, n_weights: int) -> Integers:
        return np.arange(n_weights)

    def is_alive(self, weights: Float64s) -> Booleans:
        if self.lam * self.l1_ratio > 0.0:
            return np.asarray(weights != 0.0)
        return np.ones(len(weights), dtype=bool)

    def generators(
        self, weights: Float64s, minus_gradient: Float64s, tied: float
    ) -> tuple[Integers, Float64s, Float64s]:
        is_tied = (weights != 0.0) | (np.abs(minus_gradient) >= (1.0 - tied) * self.lam * self.l1_ratio)
        owners = np.where(is_tied, np.cumsum(is_tied) - 1, -1)
        return owners, np.where(weights != 0.0, np.sign(weights), np.sign(minus_gradient)), np.abs(weights[is_tied])

    def hold_on(self, position: int) -> Hold:
        return Hold(slice(position, position + 1), self.lam * self.l1_ratio, False)

    def on_plane(self, weights: Float64s, pair: tuple[int, int]) -> PlanePenalty:
        return SinglePlanePenalty(self.l1_ratio, 1.0 - self.l1_ratio)
