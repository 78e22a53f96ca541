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
from regdesk.core.engine.quasi_newton_structs import SMOOTH, Memory, Point
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


@njit(allocates=True, nogil=True, error_model="numpy")
def _empty_memory(n_places, n, real):
    pairs = np.zeros((n_places, n), real), np.zeros((n_places, n), real)
    return Memory(*pairs, np.zeros((n_places, 2)), np.zeros(n_places), np.zeros(n_places))


@njit(allocates=True, nogil=True, error_model="numpy")
def _empty_point(parameters):
    return Point(parameters, np.zeros(parameters.size), np.zeros(parameters.size))


@njit(nogil=True, error_model="numpy")
def _evaluate(rows, penalty, point):
    """Data loss and J at ``point``, whose gradient is filled in."""
    loss, value = smooth_value(
        rows.layout, rows.problem, rows.model, point.parameters, penalty.ridges, rows.work, point.gradient
    )
    return loss, value + corner_penalty(rows.layout, penalty.kind, penalty.strength, point.parameters)


@njit(nogil=True, error_model="numpy")
def _find_slopes(rows, penalty, point):
    smallest_subgradient(
        rows.layout, penalty.kind, penalty.strength, point.parameters, point.gradient, point.slopes
    )  # fmt: skip


@njit(nogil=True, error_model="numpy")
def _find_step(rows, penalty, point, memory, newest, n_pairs, scratch, direction):
    """``direction`` becomes the way on from ``point``; whether pairs have given it its length.

    ``scratch`` are two rows ``(n_parameters,)`` in the dtype of a pass.
    """
    rough, mask = scratch
    if penalty.kind == SMOOTH:
        has_scale = find_direction(memory, newest, n_pairs, point.slopes, rough)
    else:
        mark_free(point.parameters, point.slopes, mask)
        has_scale = find_free_direction(memory, newest, n_pairs, mask, point.slopes, rough)
    copy(rough, direction)
    if penalty.kind != SMOOTH:
        cut_direction(rows.layout, penalty.kind, point.parameters, point.slopes, direction)
    return has_scale


@njit(nogil=True, error_model="numpy")
def _search(rows, penalty, limits, point, trial, direction, start, stop):
    """A weak Wolfe search from ``point`` along ``direction``, whose result ``trial`` becomes.

    ``start`` holds J at ``point``, the length to begin with and the passes so far. Returns (whether it was accepted,
    data loss and J at ``trial``, passes).
    """
    value, length, passes = start
    descent = dot(point.slopes, direction)
    low, high = 0.0, math.inf
    is_accepted = False
    trial_loss, trial_value = 0.0, 0.0
    for _ in range(MAX_TRIALS):
        has_crossed = step_within(
            rows.layout, penalty.kind, point.parameters, point.slopes, direction, length, trial.parameters
        )
        trial_loss, trial_value = _evaluate(rows, penalty, trial)
        passes += 1
        expected = _expected_change(point.slopes, trial.parameters, point.parameters)
        # Written so that NaN is refused.
        is_accepted = trial_value <= value + SUFFICIENT * min(expected, 0.0) + limits.rounding * abs(value)
        if is_accepted:
            _find_slopes(rows, penalty, trial)
            # Past a corner the direction is bent, and its slope says nothing.
            if has_crossed or dot(trial.slopes, direction) >= CURVATURE * descent or passes >= limits.max_passes:
                break
            low = length
            length = 2.0 * length if high == math.inf else 0.5 * (low + high)
        else:
            high = length
            length = _shorter(low, high, value, expected, trial_value)
        if stop[0] != 0 or high - low <= 1e-14 * high:
            break
    return is_accepted, trial_loss, trial_value, passes


@njit(nogil=True, error_model="numpy")
def _remember(memory, newest, n_pairs, step, change):
    """Keep a pair that tells of the curvature, in place of the oldest; the newest's place, and how many there are."""
    curvature, size = dot(step, change), dot(change, change)
    if curvature > LEAST_CURVATURE * math.sqrt(dot(step, step) * size):
        n_places = memory.steps.shape[0]
        newest, n_pairs = (newest + 1) % n_places, min(n_pairs + 1, n_places)
        copy(step, memory.steps[newest])
        copy(change, memory.changes[newest])
        memory.products[newest, 0], memory.products[newest, 1] = curvature, size
    return newest, n_pairs


@njit(nogil=True, error_model="numpy")
def _move(trial, point):
    copy(trial.parameters, point.parameters)
    copy(trial.gradient, point.gradient)
    copy(trial.slopes, point.slopes)


@njit(allocates=True, nogil=True, error_model="numpy", cache=True)
def minimise(rows, penalty, limits, parameters, n_places, stop):
    """Of one model, from and into ``parameters`` ``(n_parameters,)``, float64.

    ``rows`` are ``NetworkRows``, ``penalty`` a ``CornerPenalty``; it ends by ``limits``, or one pass after
    ``stop[0]`` is no longer 0. ``n_places`` curvature pairs are kept. A pass has the dtype of ``rows.work``, and
    everything else is float64. Returns (why it ended, objective, data loss, residual, passes).
    """
    n, real = parameters.size, rows.work.gradient.dtype
    point, trial = _empty_point(parameters), _empty_point(np.zeros(n))
    direction, step, change = np.zeros(n), np.zeros(n), np.zeros(n)
    scratch, memory = (np.zeros(n, real), np.zeros(n, real)), _empty_memory(n_places, n, real)
    loss, value = _evaluate(rows, penalty, point)
    _find_slopes(rows, penalty, point)
    residual = largest(point.slopes)
    passes, n_pairs, newest = 1, 0, -1
    window_value, window_passes = value, passes
    while True:
        if residual <= limits.tolerance:
            return AT_RESIDUAL, value, loss, residual, passes
        if stop[0] != 0:
            return CANCELLED, value, loss, residual, passes
        if passes >= limits.max_passes:
            return AT_LIMIT, value, loss, residual, passes
        if passes - window_passes >= limits.window:
            if window_value - value <= limits.fall * abs(value):
                return AT_FALL, value, loss, residual, passes
            window_value, window_passes = value, passes
        has_scale = _find_step(rows, penalty, point, memory, newest, n_pairs, scratch, direction)
        length = 1.0 if has_scale else min(1.0, 1.0 / math.sqrt(dot(point.slopes, point.slopes)))
        is_accepted, trial_loss, trial_value, passes = _search(
            rows, penalty, limits, point, trial, direction, (value, length, passes), stop
        )
        if not is_accepted:
            if n_pairs == 0:
                return AT_ROUNDING if stop[0] == 0 else CANCELLED, value, loss, residual, passes
            n_pairs = 0
            continue
        note_pair(rows.layout, penalty, point, trial, step, change)
        newest, n_pairs = _remember(memory, newest, n_pairs, step, change)
        _move(trial, point)
        value, loss, residual = trial_value, trial_loss, largest(point.slopes)
