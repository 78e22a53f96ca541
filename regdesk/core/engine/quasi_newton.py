"""Minimises loss + λR of one model to a stationary point: L-BFGS in the subspace of what is not held at 0.

Between two corners of the penalty J is smooth, and the method is L-BFGS (Liu & Nocedal 1989) with a weak Wolfe search.
A step that would cross a corner ends in it, as in the orthant-wise method (Andrew & Gao 2007); what is at 0 leaves when
its gradient overcomes the penalty. Curvature pairs are cut down to the free parameters before the two loops, so that
those at 0 do not bend the direction (as the subspace phase of Keskar, Nocedal, Öztoprak & Wächter 2016 does).
"""

from __future__ import annotations

import math

import numpy as np

from regdesk.core.engine.arrays import copy
from regdesk.core.engine.quasi_newton_parts import (
    SMOOTH,
    corner_penalty,
    cut_direction,
    dot,
    find_direction,
    find_free_direction,
    largest,
    mark_free,
    note_pair,
    smallest_subgradient,
    smooth_value,
    step_within,
)
from regdesk.core.engine.stored import njit

AT_RESIDUAL, AT_FALL, AT_LIMIT, CANCELLED, AT_ROUNDING = 0, 1, 2, 3, 4
"""Why it ended; at the last no shorter step lowers J any more, not even straight down."""
SUFFICIENT, CURVATURE = 1e-4, 0.9
"""Of the Wolfe conditions (Nocedal & Wright 2006, section 3.1)."""
MAX_TRIALS = 40
LEAST_CURVATURE = 1e-10
"""The cosine between a step and the change of the gradient over it from which on they tell of the curvature."""


@njit(allocates=True, nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _expected_change(slopes, trial, parameters):
    total = 0.0
    for i in range(slopes.size):
        total += slopes[i] * (trial[i] - parameters[i])
    return total


@njit(allocates=True, nogil=True, error_model="numpy")
def _shorter(low, high, value, expected, trial_value):
    """Where the parabola through value, slope and the refused value is least, a tenth to a half of the way."""
    share = 0.1
    if math.isfinite(trial_value) and expected < 0.0:
        share = -0.5 * expected / (trial_value - value - expected)
    return low + (high - low) * min(max(share, 0.1), 0.5)


@njit(allocates=True, nogil=True, error_model="numpy", cache=True)
def minimise(
    layout, problem, model, parameters, l2, kind, strength, tolerance, fall, window, max_passes, memory, rounding,
    work, stop,
):  # fmt: skip
    """Of one model, from and into ``parameters`` ``(n_parameters,)``, float64.

    The penalty is l2/2‖W‖² + strength·(L1 or group norms, as ``kind`` says). Ends when the ∞-norm of the smallest
    subgradient is at most ``tolerance``, when J falls by at most ``fall``·|J| in ``window`` passes over the rows, after
    ``max_passes``, or one pass after ``stop[0]`` is no longer 0. J never rises by more than ``rounding``·|J|, which
    is what a pass in the dtype of ``work`` is uncertain by; everything else is float64. Returns
    (why it ended, objective, data loss, residual, passes).
    """
    n = parameters.size
    vectors = np.zeros((8, n))
    gradient, slopes, direction, step, change = vectors[0], vectors[1], vectors[2], vectors[3], vectors[4]
    trial, trial_gradient, trial_slopes = vectors[5], vectors[6], vectors[7]
    real = work.gradient.dtype
    steps, changes = np.zeros((memory, n), real), np.zeros((memory, n), real)
    course, mask = np.zeros(n, real), np.zeros(n, real)
    coefficients, inverses, products = np.zeros(memory), np.zeros(memory), np.zeros((memory, 2))
    loss, value = smooth_value(layout, problem, model, parameters, l2, work, gradient)
    value += corner_penalty(layout, kind, strength, parameters)
    smallest_subgradient(layout, kind, strength, parameters, gradient, slopes)
    residual = largest(slopes)
    passes, n_pairs, newest = 1, 0, -1
    window_value, window_passes = value, passes
    while True:
        if residual <= tolerance:
            return AT_RESIDUAL, value, loss, residual, passes
        if stop[0] != 0:
            return CANCELLED, value, loss, residual, passes
        if passes >= max_passes:
            return AT_LIMIT, value, loss, residual, passes
        if passes - window_passes >= window:
            if window_value - value <= fall * abs(value):
                return AT_FALL, value, loss, residual, passes
            window_value, window_passes = value, passes
        if kind == SMOOTH:
            has_scale = find_direction(steps, changes, products, newest, n_pairs, slopes, coefficients, course)
        else:
            mark_free(parameters, slopes, mask)
            has_scale = find_free_direction(
                steps, changes, newest, n_pairs, mask, slopes, coefficients, inverses, course
            )  # fmt: skip
        copy(course, direction)
        if kind != SMOOTH:
            cut_direction(layout, kind, parameters, slopes, direction)
        descent = dot(slopes, direction)
        length = 1.0 if has_scale else min(1.0, 1.0 / math.sqrt(dot(slopes, slopes)))
        low, high = 0.0, math.inf
        is_accepted = False
        for _ in range(MAX_TRIALS):
            has_crossed = step_within(layout, kind, parameters, slopes, direction, length, trial)
            trial_loss, trial_value = smooth_value(layout, problem, model, trial, l2, work, trial_gradient)
            trial_value += corner_penalty(layout, kind, strength, trial)
            passes += 1
            expected = _expected_change(slopes, trial, parameters)
            # Written so that NaN is refused.
            is_accepted = trial_value <= value + SUFFICIENT * min(expected, 0.0) + rounding * abs(value)
            if is_accepted:
                smallest_subgradient(layout, kind, strength, trial, trial_gradient, trial_slopes)
                # Past a corner the direction is bent, and its slope says nothing.
                if has_crossed or dot(trial_slopes, direction) >= CURVATURE * descent or passes >= max_passes:
                    break
                low = length
                length = 2.0 * length if high == math.inf else 0.5 * (low + high)
            else:
                high = length
                length = _shorter(low, high, value, expected, trial_value)
            if stop[0] != 0 or high - low <= 1e-14 * high:
                break
        if not is_accepted:
            if n_pairs == 0:
                return AT_ROUNDING if stop[0] == 0 else CANCELLED, value, loss, residual, passes
            n_pairs = 0
            continue
        note_pair(layout, kind, strength, parameters, trial, gradient, trial_gradient, step, change)
        curvature, size = dot(step, change), dot(change, change)
        if curvature > LEAST_CURVATURE * math.sqrt(dot(step, step) * size):
            newest, n_pairs = (newest + 1) % memory, min(n_pairs + 1, memory)
            copy(step, steps[newest])
            copy(change, changes[newest])
            products[newest, 0], products[newest, 1] = curvature, size
        copy(trial, parameters)
        copy(trial_gradient, gradient)
        copy(trial_slopes, slopes)
        value, loss, residual = trial_value, trial_loss, largest(slopes)
