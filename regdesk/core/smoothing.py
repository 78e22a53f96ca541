"""Exponential moving average of a curve whose points are not evenly spaced."""

from __future__ import annotations

import numpy as np

from regdesk.core.types import Float64s


def smoothed(epochs: Float64s, values: Float64s, epochs_remembered: float) -> Float64s:
    """sᵢ = sᵢ₋₁ + (1 − exp(−Δ/τ))(xᵢ − sᵢ₋₁), s₀ = x₀, with Δ epochs between points and τ = ``epochs_remembered``.

    ``epochs`` and ``values`` are ``(n_points,)``, the former rising. Points that are not finite stay so and are not
    remembered. A τ of 0 gives ``values``.
    """
    if epochs_remembered <= 0 or not len(values):
        return values.copy()
    gains = -np.expm1(-np.diff(epochs, prepend=epochs[:1]) / epochs_remembered)
    gains[0] = 1.0
    results = []
    average = float("nan")
    for gain, value in zip(gains.tolist(), values.tolist(), strict=True):
        if value - value != 0.0:
            results.append(value)
            continue
        average = value if average != average else average + gain * (value - average)
        results.append(average)
    return np.array(results)
