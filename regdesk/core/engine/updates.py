"""From a gradient to new parameters: the optimiser's means, its metric, the prox.

Formulas: Adam, Kingma & Ba 2015, algorithm 1; its proximal form in the optimiser's own metric, Yun, Lozano & Yang
2020 (ProxGen), with a floor under the metric (see ``metric_floor``).
"""

from __future__ import annotations

import math

import numpy as np

from regdesk.core.engine.arrays import fill, larger, smaller
from regdesk.core.engine.stored import njit
from regdesk.core.engine.structs import (
    ADAM,
    ADAM_EPSILON,
    BETA_1,
    BETA_2,
    FLOOR_STEPS,
    MOMENTUM,
    MOMENTUM_BETA,
    SGD,
    SHRINK_STEPS,
)

MAX_NEWTON_STEPS = 60
"""Of the group prox; from its start below the root it takes about five."""


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _update_means(gradient, first, second, beta_1, beta_2, one, tiny):
    """Adam's running means of g and g²; values below ``tiny`` become 0 (denormal numbers cost 50 times the time)."""
    rest_1, rest_2, zero = one - beta_1, one - beta_2, one - one
    for i in range(gradient.size):
        value = beta_1 * first[i] + rest_1 * gradient[i]
        first[i] = zero if abs(value) <= tiny else value
    for i in range(gradient.size):
        value = beta_2 * second[i] + rest_2 * gradient[i] * gradient[i]
        second[i] = zero if value <= tiny else value


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _adam_rates(second, learning_rate, correction, epsilon, floor, rates):
    """η/d with d = max(√v̂ + ε, floor), per parameter."""
    for i in range(rates.size):
        metric = math.sqrt(second[i] * correction) + epsilon
        rates[i] = learning_rate / (floor if metric < floor else metric)


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _proximal_step(parameters, direction, scale, rates, is_weight, l1, l2, one, tiny):
    """w ← prox(w − rate·scale·direction), the prox being that of rate·(l1‖w‖₁ + l2/2‖w‖₂²) on weights.

    NaN passes through, so that divergence is noticed and not hidden.
    """
    zero = one - one
    for i in range(parameters.size):
        u = parameters[i] - rates[i] * (scale * direction[i])
        pull = rates[i] * is_weight[i]
        size = (abs(u) - pull * l1) / (one + pull * l2)
        parameters[i] = zero if size <= tiny else (size if u > zero else -size)


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _damped_mean(gradient, first, beta, one, tiny):
    """v ← βv + (1 − β)g. Undamped, βv + g, a threshold of ηλ would solve the problem at λ(1 − β)."""
    rest, zero = one - beta, one - one
    for i in range(gradient.size):
        value = beta * first[i] + rest * gradient[i]
        first[i] = zero if abs(value) <= tiny else value


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
def _group_proxes(layout, parameters, rates, lam, tiny):
    for group in range(layout.group_starts.size):
        start, size = layout.group_starts[group], layout.group_sizes[group]
        strength = lam * math.sqrt(size) * np.float64(layout.is_weight[start])
        # What is never penalised has had its gradient step.
        if strength > 0.0:
            _group_prox(parameters[start : start + size], rates[start : start + size], strength, tiny)


@njit(nogil=True, error_model="numpy")
def metric_floor(lam, learning_rate, floor_steps_left):
    """The least d that Adam divides by, for gradient and prox alike; any positive d has the same fixed points.

    min(λ, 1), because after a rest at λ = 0 the gradients and so √v̂ have vanished, and one step would kill every
    weight. A step then shrinks by the learning rate: at 0.01 a third of a network is gone within 50 steps, and what
    a network has lost may not come back. So once λ has risen the floor begins high enough for a step to take 1/300
    at most (of a group √|g|/300), and comes down over ``FLOOR_STEPS``, of which ``floor_steps_left`` are left. Breast
    cancer data, 16-16, λ 0 → 0.02 after a rest of 60,000 steps, learning rate 0.01: after 50 steps L1 keeps 523 of 752
    weights instead of 183, L2 85 % of ‖W‖₂ instead of 61 %; after 3,000 both have arrived.
    """
    raised = larger(1.0, SHRINK_STEPS * learning_rate * floor_steps_left / FLOOR_STEPS)
    return smaller(lam * raised, 1.0)


@njit(nogil=True, error_model="numpy")
def update(
    layout,
    parameters,
    first,
    second,
    beta_powers,
    lam,
    l1_ratio,
    is_grouped,
    learning_rate,
    optimizer,
    floor_steps_left,
    work,
):
    """One optimiser step of one model from ``work.gradient``."""
    real = parameters.dtype.type
    one, tiny = real(1.0), work.tiny
    is_grouped = is_grouped and lam > 0.0
    l1 = real(0.0 if is_grouped else lam * l1_ratio)
    l2 = real(0.0 if is_grouped else lam * (1.0 - l1_ratio))
    scale = one
    if optimizer == ADAM:
        _update_means(work.gradient, first, second, real(BETA_1), real(BETA_2), one, tiny)
        beta_powers[0] *= BETA_1
        beta_powers[1] *= BETA_2
        _adam_rates(
            second, real(learning_rate), real(1.0 / (1.0 - beta_powers[1])), real(ADAM_EPSILON),
            real(metric_floor(lam, learning_rate, floor_steps_left)), work.rates,
        )  # fmt: skip
        scale = real(1.0 / (1.0 - beta_powers[0]))
    else:
        fill(work.rates, real(learning_rate))
    if optimizer == MOMENTUM:
        _damped_mean(work.gradient, first, real(MOMENTUM_BETA), one, tiny)
    direction = work.gradient if optimizer == SGD else first
    _proximal_step(parameters, direction, scale, work.rates, layout.is_weight, l1, l2, one, tiny)
    if is_grouped:
        _group_proxes(layout, parameters, work.rates, lam, tiny)
