"""Moving average of a curve whose points are not evenly spaced, such as a loss."""

from __future__ import annotations

import numpy as np

from regdesk.core.types import Float64s

REMEMBERED_SHARE = 0.25
"""Of the epochs behind a point, at most this share is remembered: the first loss, which may be a hundred times all
later ones, weighs (Δ/t)⁴ after t epochs. With one memory from the start it draws a slow fall that never was."""


def smoothed(epochs: Float64s, values: Float64s, epochs_remembered: float) -> Float64s:
    """sᵢ = sᵢ₋₁ + (1 − exp(−Δᵢ/τᵢ))(xᵢ − sᵢ₋₁), s₀ = x₀, with Δᵢ epochs between points.

    τᵢ is ``epochs_remembered``, or a quarter of the epochs since the first point if that is less.
    ``epochs`` and ``values`` are ``(n_points,)``, the former rising. Points that are not finite stay so and are not
    remembered. An ``epochs_remembered`` of 0 gives ``values``.
    """
    results = values.copy()
    rows = np.flatnonzero(np.isfinite(values))
    if epochs_remembered <= 0 or len(rows) < 2:
        return results
    times = epochs[rows] - epochs[rows[0]]
    memories = np.clip(REMEMBERED_SHARE * times[1:], 1e-9, epochs_remembered)
    gains = -np.expm1(-np.diff(times) / memories)
    average = float(values[rows[0]])
    averages = [average]
    for gain, value in zip(gains.tolist(), values[rows[1:]].tolist(), strict=True):
        average += gain * (value - average)
        averages.append(average)
    results[rows] = averages
    return results
