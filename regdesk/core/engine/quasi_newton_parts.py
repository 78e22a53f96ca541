"""The pieces of the quasi-Newton method: penalised objective, smallest subgradient, direction, projection.

L1 is a group lasso whose groups are single weights: where a weight (a group) is not 0 the penalty is smooth; at 0 it
stays unless the gradient overcomes the penalty. So all kinds go one way. ``is_weight`` of a layout is each weight's
unit here, which it is divided by in ``parameters``, times its penalty factor: 1 as a rule, 0 for biases.
"""

from __future__ import annotations

import math

import numpy as np

from regdesk.core.engine.arrays import copy, fill
from regdesk.core.engine.passes import gradient_pass
from regdesk.core.engine.quasi_newton_structs import GROUPED, SINGLE
from regdesk.core.engine.stored import njit


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def dot(left, right):
    total = left.dtype.type(0.0)
    for i in range(left.size):
        total += left[i] * right[i]
    return total


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def masked_dot(left, right, mask):
    total = left.dtype.type(0.0)
    for i in range(left.size):
        total += left[i] * right[i] * mask[i]
    return total


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def add_multiple(target, factor, values, mask):
    """target += factor · values where ``mask`` is 1."""
    factor = target.dtype.type(factor)
    for i in range(target.size):
        target[i] += factor * values[i] * mask[i]


@njit(nogil=True, error_model="numpy")
def largest(values):
    """∞-norm."""
    result = 0.0
    for i in range(values.size):
        size = abs(values[i])
        result = result if result >= size else size
    return result


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _ridge(parameters, ridges, gradient):
    """Adds the gradient of ½ Σ ridge w² to ``gradient`` and returns the sum."""
    total = 0.0
    for i in range(parameters.size):
        pull = ridges[i] * parameters[i]
        gradient[i] += pull
        total += pull * parameters[i]
    return 0.5 * total


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _absolute_sum(parameters, is_weight):
    total = 0.0
    for i in range(parameters.size):
        total += abs(parameters[i]) * is_weight[i]
    return total


@njit(nogil=True, error_model="numpy")
def corner_penalty(layout, kind, strength, parameters):
    """λ times the part of R that has corners."""
    if kind == SINGLE:
        return strength * _absolute_sum(parameters, layout.is_weight)
    total = 0.0
    if kind == GROUPED:
        for group in range(layout.group_starts.size):
            start, size = layout.group_starts[group], layout.group_sizes[group]
            members = parameters[start : start + size]
            total += layout.is_weight[start] * math.sqrt(size * dot(members, members))
    return strength * total


@njit(nogil=True, error_model="numpy", cache=True)
def smooth_value(layout, problem, model, parameters, ridges, work, gradient):
    """Mean data loss of one model's training rows, and loss + ½ Σ ridge w² with its gradient into ``gradient``.

    ``parameters`` and ``gradient`` are float64; the pass over the rows is in the dtype of ``problem`` and ``work``.
    """
    problem_set = problem.set_of_model[model]
    set_start, weights_start = problem_set * problem.n_padded, model * problem.n_padded
    n_active = problem.n_active[model]
    real = work.gradient.dtype.type
    fill(work.gradient, real(0.0))
    copy(parameters, work.rates)
    loss = gradient_pass(
        layout, work.rates, problem.inputs, problem_set * layout.sizes[0] * problem.n_padded,
        problem.n_padded, problem.targets[set_start : set_start + n_active],
        problem.train_weights[weights_start : weights_start + n_active],
        real(1.0 / problem.train_total[model]), work, np.bool_(True),
    )  # fmt: skip
    copy(work.gradient, gradient)
    return loss, loss + _ridge(parameters, ridges, gradient)


@njit(nogil=True, error_model="numpy")
def _smallest_single(is_weight, strength, parameters, gradient, result):
    for i in range(parameters.size):
        pull = strength * is_weight[i]
        slope = gradient[i]
        if parameters[i] > 0.0:
            result[i] = slope + pull
        elif parameters[i] < 0.0:
            result[i] = slope - pull
        else:
            size = max(abs(slope) - pull, 0.0)
            result[i] = size if slope > 0.0 else -size


@njit(nogil=True, error_model="numpy")
def _smallest_grouped(layout, strength, parameters, gradient, result):
    for group in range(layout.group_starts.size):
        start, size = layout.group_starts[group], layout.group_sizes[group]
        members, slopes = parameters[start : start + size], gradient[start : start + size]
        pull, norm = strength * layout.is_weight[start] * math.sqrt(size), math.sqrt(dot(members, members))
        if norm > 0.0:
            for i in range(start, start + size):
                result[i] = gradient[i] + pull / norm * parameters[i]
        else:
            steepness = math.sqrt(dot(slopes, slopes))
            left = 1.0 - pull / steepness if steepness > pull else 0.0
            for i in range(start, start + size):
                result[i] = left * gradient[i]


@njit(nogil=True, error_model="numpy")
def smallest_subgradient(layout, kind, strength, parameters, gradient, result):
    """The element of the subdifferential nearest to 0; its negative is the steepest way down."""
    if kind == SINGLE:
        _smallest_single(layout.is_weight, strength, parameters, gradient, result)
    else:
        copy(gradient, result)
        if kind == GROUPED:
            _smallest_grouped(layout, strength, parameters, gradient, result)


@njit(nogil=True, error_model="numpy")
def mark_free(parameters, slopes, mask):
    """1 for what may move: all that is not 0, and what the gradient pulls away from 0."""
    for i in range(parameters.size):
        mask[i] = 0.0 if parameters[i] == 0.0 and slopes[i] == 0.0 else 1.0


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _add(target, factor, values):
    """target += factor · values."""
    factor = target.dtype.type(factor)
    for i in range(target.size):
        target[i] += factor * values[i]


@njit(nogil=True, error_model="numpy")
def find_direction(memory, newest, n_pairs, slopes, direction):
    """direction = −H·slopes by the two loops of L-BFGS (Nocedal 1980), where everything may move.

    ``newest`` is the place in ``memory`` of the newest of ``n_pairs``. Pairs and ``direction`` have the dtype of a
    pass: what they are read from is no more precise, and in float32 half as much is read.
    """
    steps, changes, products, coefficients = memory.steps, memory.changes, memory.products, memory.coefficients
    n_places = steps.shape[0]
    copy(slopes, direction)
    for k in range(n_pairs):
        pair = (newest - k) % n_places
        coefficients[pair] = dot(steps[pair], direction) / products[pair, 0]
        _add(direction, -coefficients[pair], changes[pair])
    scale = direction.dtype.type(-products[newest, 0] / products[newest, 1] if n_pairs > 0 else -1.0)
    for i in range(direction.size):
        direction[i] *= scale
    for k in range(n_pairs - 1, -1, -1):
        pair = (newest - k) % n_places
        back = dot(changes[pair], direction) / products[pair, 0]
        _add(direction, -coefficients[pair] - back, steps[pair])
    return n_pairs > 0


@njit(nogil=True, error_model="numpy")
def find_free_direction(memory, newest, n_pairs, mask, slopes, direction):
    """As ``find_direction`` in the subspace of the free parameters, to which every pair is cut down.

    Pairs without positive curvature in it are left out.
    """
    steps, changes, coefficients, inverses = memory.steps, memory.changes, memory.coefficients, memory.inverses
    n_places = steps.shape[0]
    copy(slopes, direction)
    scale, has_scale = 1.0, False
    for k in range(n_pairs):
        pair = (newest - k) % n_places
        curvature = masked_dot(steps[pair], changes[pair], mask)
        size = masked_dot(changes[pair], changes[pair], mask)
        if not curvature > 1e-10 * math.sqrt(size * masked_dot(steps[pair], steps[pair], mask)):
            inverses[pair] = 0.0
            continue
        inverses[pair] = 1.0 / curvature
        if not has_scale:
            scale, has_scale = curvature / size, True
        coefficients[pair] = dot(steps[pair], direction) * inverses[pair]
        add_multiple(direction, -coefficients[pair], changes[pair], mask)
    factor = direction.dtype.type(scale)
    for i in range(direction.size):
        direction[i] *= factor
    for k in range(n_pairs - 1, -1, -1):
        pair = (newest - k) % n_places
        if inverses[pair] > 0.0:
            back = dot(changes[pair], direction) * inverses[pair]
            add_multiple(direction, coefficients[pair] - back, steps[pair], mask)
    for i in range(direction.size):
        direction[i] = -direction[i]
    return has_scale


@njit(nogil=True, error_model="numpy")
def cut_direction(layout, kind, parameters, slopes, direction):
    """What stands at 0 leaves it only downhill."""
    if kind == SINGLE:
        for i in range(parameters.size):
            if parameters[i] == 0.0 and layout.is_weight[i] > 0.0 and direction[i] * slopes[i] >= 0.0:
                direction[i] = 0.0
    elif kind == GROUPED:
        for group in range(layout.group_starts.size):
            start, size = layout.group_starts[group], layout.group_sizes[group]
            if largest(parameters[start : start + size]) == 0.0:
                along = dot(direction[start : start + size], slopes[start : start + size])
                if along >= 0.0:
                    fill(direction[start : start + size], 0.0)


@njit(nogil=True, error_model="numpy")
def step_within(layout, kind, parameters, slopes, direction, length, result):
    """result = parameters + length·direction, and 0 where that crosses a corner; says whether anything did.

    A weight keeps its sign (Andrew & Gao 2007, equation 9), a group stays on its side of the plane through 0.
    """
    for i in range(parameters.size):
        result[i] = parameters[i] + length * direction[i]
    has_crossed = False
    if kind == SINGLE:
        for i in range(parameters.size):
            if layout.is_weight[i] > 0.0:
                side = parameters[i] if parameters[i] != 0.0 else -slopes[i]
                if result[i] * side <= 0.0:
                    has_crossed = has_crossed or parameters[i] != 0.0
                    result[i] = 0.0
    elif kind == GROUPED:
        for group in range(layout.group_starts.size):
            start, size = layout.group_starts[group], layout.group_sizes[group]
            before, after = parameters[start : start + size], result[start : start + size]
            was_zero = largest(before) == 0.0
            side = -dot(slopes[start : start + size], after) if was_zero else dot(before, after)
            if side <= 0.0:
                has_crossed = has_crossed or not was_zero
                fill(after, 0.0)
    return has_crossed


@njit(nogil=True, error_model="numpy")
def note_pair(layout, penalty, point, trial, step, change):
    """The step, and how J's gradient changed along it: of what is 0 at either end the smooth part alone.

    L1's own gradient does not change between two corners; a group's turns with the group.
    """
    for i in range(step.size):
        step[i] = trial.parameters[i] - point.parameters[i]
        change[i] = trial.gradient[i] - point.gradient[i]
    if penalty.kind == GROUPED:
        for group in range(layout.group_starts.size):
            start, size = layout.group_starts[group], layout.group_sizes[group]
            before, after = point.parameters[start : start + size], trial.parameters[start : start + size]
            norm, next_norm = math.sqrt(dot(before, before)), math.sqrt(dot(after, after))
            if norm > 0.0 and next_norm > 0.0:
                pull = penalty.strength * layout.is_weight[start] * math.sqrt(size)
                for i in range(size):
                    change[start + i] += pull * (after[i] / next_norm - before[i] / norm)
