"""The proximal steps of the penalties in the metric of the optimiser, for one model's parameters.

Formulas: the proximal form of a step in the optimiser's own metric, Yun, Lozano & Yang 2020 (ProxGen).
"""

from __future__ import annotations

import math

import numpy as np

from regdesk.core.engine.arrays import fill, larger
from regdesk.core.engine.stored import njit

MAX_NEWTON_STEPS = 60
"""Of the group prox; from its start below the root it takes about five."""


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def proximal_step(parameters, direction, scale, rates, is_weight, l1, l2, one, tiny):
    """w ← prox(w − rate·scale·direction), the prox being that of rate·(l1‖w‖₁ + l2/2‖w‖₂²) on weights.

    NaN passes through, so that divergence is noticed and not hidden.
    """
    zero = one - one
    for i in range(parameters.size):
        u = parameters[i] - rates[i] * (scale * direction[i])
        pull = rates[i] * is_weight[i]
        size = (abs(u) - pull * l1) / (one + pull * l2)
        parameters[i] = zero if size <= tiny else (size if u > zero else -size)


@njit(nogil=True, error_model="numpy")
def _group_prox(values, rates, strength, tiny):
    """``values`` ← the prox of strength·‖w‖₂ in the metric 1/rates, for one group.

    0 iff Σ (uⱼ/tⱼ)² ≤ 1 with tⱼ = rateⱼ·strength; else uⱼ s/(s + tⱼ), where s = ‖w‖₂ solves Σ (uⱼ/(s + tⱼ))² = 1:
    Newton's method on 1/√Σ − 1, which is concave and rises, from below (Moré & Sorensen 1983). NaN passes through.
    """
    zero = values[0] * 0
    dual, norm, widest = 0.0, 0.0, 0.0
    for j in range(values.size):
        u, pull = np.float64(values[j]), np.float64(rates[j]) * strength
        dual += (u / pull) * (u / pull) if u != 0.0 else 0.0
        norm += u * u
        widest = larger(widest, pull)
    if dual <= 1.0:
        fill(values, zero)
        return
    s = larger(math.sqrt(norm) - widest, 0.0)
    for _ in range(MAX_NEWTON_STEPS):
        total, slope = 0.0, 0.0
        for j in range(values.size):
            length = s + np.float64(rates[j]) * strength
            square = (np.float64(values[j]) / length) ** 2
            total += square
            slope += square / length
        change = total * (math.sqrt(total) - 1.0) / slope
        if not change > 1e-15 * s:
            break
        s += change
    for j in range(values.size):
        u = np.float64(values[j])
        value = u * (s / (s + np.float64(rates[j]) * strength))
        values[j] = zero if abs(value) <= tiny else value


@njit(nogil=True, error_model="numpy")
def group_proxes(layout, parameters, rates, lam, tiny):
    for group in range(layout.group_starts.size):
        start, size = layout.group_starts[group], layout.group_sizes[group]
        _group_prox(parameters[start : start + size], rates[start : start + size], lam * math.sqrt(size), tiny)
