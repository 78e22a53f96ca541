"""Penalties R(W): value, prox and smallest subgradient. Biases never enter.

All of them are the elastic net l1_ratio·‖W‖₁ + (1 − l1_ratio)/2·‖W‖₂² (Zou & Hastie 2005) at a ratio of
their own: L1 at 1, L2 at 0, and λ = 0 for none. Group lasso will be a class beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.types import Float64s, TrainSettings


@dataclass(frozen=True)
class Penalty:
    """λ·R(W) with R = l1_ratio·‖W‖₁ + (1 − l1_ratio)/2·‖W‖₂²."""

    lam: float
    l1_ratio: float

    @classmethod
    def of(cls, settings: TrainSettings) -> Penalty:
        return cls(settings.effective_lam, settings.effective_l1_ratio)

    @property
    def l1(self) -> float:
        return self.lam * self.l1_ratio

    @property
    def l2(self) -> float:
        return self.lam * (1.0 - self.l1_ratio)

    def value(self, weights: Float64s) -> float:
        """R of ``weights`` (any shape), without λ."""
        return float(self.l1_ratio * np.sum(np.abs(weights)) + 0.5 * (1.0 - self.l1_ratio) * np.sum(np.square(weights)))

    def prox(self, points: Float64s, rates: Float64s | float) -> Float64s:
        """argmin over w of ½(w − u)² + rate·λ·R(w), elementwise; ``rates`` broadcast against ``points``."""
        return prox(points, rates * self.l1, rates * self.l2)

    def smallest_subgradient(self, weights: Float64s, gradients: Float64s) -> Float64s:
        """The element of ∇f + λ∂R(w) nearest to 0, elementwise; both arguments of one shape."""
        smooth = gradients + self.l2 * weights
        at_zero = np.sign(smooth) * np.maximum(np.abs(smooth) - self.l1, 0.0)
        return np.where(weights == 0.0, at_zero, smooth + self.l1 * np.sign(weights))


def prox(points: Float64s, l1_rates: Float64s | float, l2_rates: Float64s | float) -> Float64s:
    """argmin over w of ½(w − u)² + l1_rate·|w| + l2_rate·w²/2, elementwise (soft threshold, then shrink)."""
    sizes = np.maximum(np.abs(points) - l1_rates, 0.0) / (1.0 + l2_rates)
    # Adding 0 makes 0 of the −0 that is left of a negative point.
    return np.asarray(np.sign(points) * sizes + 0.0)


def penalty_value(settings: TrainSettings, weights: Float64s) -> float:
    """R(W) as it is reported: 0 when there is no penalty."""
    return 0.0 if settings.penalty == "none" else Penalty.of(settings).value(weights)
