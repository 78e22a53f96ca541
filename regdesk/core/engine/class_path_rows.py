"""The mean loss of classes and its gradient at the model that a path has come to, compiled."""

from __future__ import annotations

import math

from regdesk.core.engine.arrays import fill, larger, smaller
from regdesk.core.engine.elementary import exp_of_negative
from regdesk.core.engine.path_factor import add, add_four, dot, dot_four
from regdesk.core.engine.stored import njit

SMALL_LOSS = 1e-2
"""A mean loss below which a product of probabilities would lose digits: each row has then a logarithm of its own."""
MOST_NATS = 600.0
"""Logarithm of a product that is still a number."""
MEAN_LOSS, LARGEST_OUTPUT, IS_MOVED, N_STEPS, N_SPARE, HAS_CRAWLED = range(6)
"""Places in ``ClassState.figures``."""


@njit(allocates=True, nogil=True, error_model="numpy")
def _fill_outputs(rows, state):
    """Z = XW + b from the columns of inputs whose weights are not all zero."""
    columns, outputs, point, alive = rows.columns, state.outputs, state.point, state.alive
    n_inputs, n_outputs = columns.shape[0], outputs.shape[0]
    n_alive = 0
    for j in range(n_inputs):
        is_alive = False
        for k in range(n_outputs):
            is_alive |= point[j * n_outputs + k] != 0.0
        if is_alive:
            alive[n_alive] = j
            n_alive += 1
    for k in range(n_outputs):
        fill(outputs[k], point[n_inputs * n_outputs + k])
    done = 0
    while done + 4 <= n_alive:
        a, b, c, d = alive[done], alive[done + 1], alive[done + 2], alive[done + 3]
        for k in range(n_outputs):
            own = (
                point[a * n_outputs + k],
                point[b * n_outputs + k],
                point[c * n_outputs + k],
                point[d * n_outputs + k],
            )
            add_four(outputs[k], own, columns[a], columns[b], columns[c], columns[d])
        done += 4
    for position in range(done, n_alive):
        for k in range(n_outputs):
            add(outputs[k], point[alive[position] * n_outputs + k], columns[alive[position]])


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "nnan", "nsz"})
def _largest_size(values):
    found = 0.0
    for i in range(values.size):
        found = larger(found, abs(values[i]))
    return found


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _loss_of_two(outputs, owns, others, first, last, sign):
    """Σ loss of rows whose probabilities are known."""
    product, above = 1.0, 0.0
    for i in range(first, last):
        product *= larger(owns[i], others[i])
        above += larger(sign * outputs[i], 0.0)
    return above - math.log(product)


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _some_of_two(outputs, state, first, last, sign):
    """Of rows of one class of two: Σ loss. ``sign`` is 1 where an output above 0 is wrong, −1 for the other class.

    What is added up is written by no loop that adds: where one writes, LLVM has two forms of it, of which the places of
    arrays in memory choose one, and their last digits differ.
    """
    slopes, owns, others = state.slopes[0], state.owns, state.others
    for i in range(first, last):
        wrong = sign * outputs[i]
        power = exp_of_negative(-abs(wrong))
        likely = 1.0 / (1.0 + power)
        unlikely = power * likely
        other = likely if wrong > 0.0 else unlikely
        owns[i] = unlikely if wrong > 0.0 else likely
        others[i] = other
        slopes[i] = sign * other
    return _loss_of_two(outputs, owns, others, first, last, sign)


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _powers(outputs, own, largest, powers, others, first, last):
    """powers = e^(output − own − largest), added to ``others``."""
    for i in range(first, last):
        powers[i] = exp_of_negative(outputs[i] - own[i] - largest[i])
    for i in range(first, last):
        others[i] += powers[i]


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _loss_of_several(owns, others, largest, first, last):
    """Σ loss of rows whose powers are known."""
    product, above = 1.0, 0.0
    for i in range(first, last):
        product *= owns[i] + others[i]
        above += largest[i]
    return above + math.log(product)


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _normed(owns, others, largest, inverse, first, last):
    """Both as probabilities; Σ loss."""
    found = _loss_of_several(owns, others, largest, first, last)
    for i in range(first, last):
        inverse[i] = 1.0 / (owns[i] + others[i])
        owns[i] *= inverse[i]
        others[i] *= inverse[i]
    return found


@njit(allocates=True, nogil=True, error_model="numpy")
def _some_of_class(state, label, first, last):
    """Of rows of one class of several: Σ loss."""
    outputs, slopes, owns, others = state.outputs, state.slopes, state.owns, state.others
    largest, inverse = state.row_work[0], state.row_work[1]
    own = outputs[label]
    for i in range(first, last):
        largest[i] = 0.0
        others[i] = 0.0
    for k in range(outputs.shape[0]):
        if k != label:
            for i in range(first, last):
                largest[i] = larger(largest[i], outputs[k, i] - own[i])
    for i in range(first, last):
        owns[i] = exp_of_negative(-largest[i])
    for k in range(outputs.shape[0]):
        if k != label:
            _powers(outputs[k], own, largest, slopes[k], others, first, last)
    total = _normed(owns, others, largest, inverse, first, last)
    for k in range(outputs.shape[0]):
        if k != label:
            for i in range(first, last):
                slopes[k, i] *= inverse[i]
    for i in range(first, last):
        slopes[label, i] = -others[i]
    return total


@njit(nogil=True, error_model="numpy")
def _exact_loss(rows, state):
    """Σ share · loss, to all digits of each: −log p = log(1 + (1 − p)/p)."""
    total = 0.0
    for i in range(state.owns.size):
        total += rows.shares[i] * math.log1p(state.others[i] / state.owns[i])
    return total


@njit(allocates=True, nogil=True, error_model="numpy")
def _fill_slopes(rows, state):
    """Probabilities and slopes; the mean loss."""
    outputs, bounds = state.outputs, rows.bounds
    n_outputs, n_rows = outputs.shape
    at_once = max(1, int(MOST_NATS / math.log(bounds.size)))
    total = 0.0
    for label in range(bounds.size - 1):
        first = bounds[label]
        while first < bounds[label + 1]:
            last = smaller(first + at_once, bounds[label + 1])
            if n_outputs == 1:
                total += _some_of_two(outputs[0], state, first, last, 1.0 - 2.0 * label)
            else:
                total += _some_of_class(state, label, first, last)
            first = last
    if not rows.is_even or total < SMALL_LOSS * n_rows:
        total = _exact_loss(rows, state)
    if not rows.is_even:
        for k in range(n_outputs):
            for i in range(n_rows):
                state.slopes[k, i] *= rows.shares[i]
    return total / n_rows


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _sum(values, first, last):
    total = 0.0
    for i in range(first, last):
        total += values[i]
    return total


@njit(allocates=True, nogil=True, error_model="numpy")
def _fill_pulls(rows, state):
    """The parts of the gradient that rows of each class have; a class's own output gets what all others give."""
    columns, bounds, pulls = rows.columns, rows.bounds, state.pulls
    n_inputs, (n_classes, n_outputs) = columns.shape[0], state.flows.shape
    done = n_inputs - n_inputs % 4
    for j in range(0, done, 4):
        for label in range(n_classes):
            first, last = bounds[label], bounds[label + 1]
            a, b = columns[j, first:last], columns[j + 1, first:last]
            c, d = columns[j + 2, first:last], columns[j + 3, first:last]
            for k in range(n_outputs):
                if n_outputs == 1 or k != label:
                    own = pulls[label, k]
                    own[j], own[j + 1], own[j + 2], own[j + 3] = dot_four(state.slopes[k, first:last], a, b, c, d)
    for j in range(done, n_inputs):
        for label in range(n_classes):
            first, last = bounds[label], bounds[label + 1]
            for k in range(n_outputs):
                if n_outputs == 1 or k != label:
                    pulls[label, k, j] = dot(columns[j, first:last], state.slopes[k, first:last])
    for label in range(n_classes):
        for k in range(n_outputs):
            if n_outputs == 1 or k != label:
                state.flows[label, k] = abs(_sum(state.slopes[k], bounds[label], bounds[label + 1]))
        if n_outputs > 1:
            fill(pulls[label, label], 0.0)
            state.flows[label, label] = 0.0
            for k in range(n_outputs):
                if k != label:
                    add(pulls[label, label], -1.0, pulls[label, k])


@njit(allocates=True, nogil=True, error_model="numpy")
def _fill_gradient(state):
    pulls, flows, gradient = state.pulls, state.flows, state.gradient
    n_classes, n_outputs, n_inputs = pulls.shape
    n_rows = state.owns.size
    for k in range(n_outputs):
        for j in range(n_inputs):
            total = 0.0
            for label in range(n_classes):
                total += pulls[label, k, j]
            gradient[j * n_outputs + k] = total / n_rows
        balance = flows[0, 0] - flows[1, 0] if n_outputs == 1 else 0.0
        if n_outputs > 1:
            for other in range(n_classes):
                balance += flows[other, k] - flows[k, other]
        gradient[n_inputs * n_outputs + k] = balance / n_rows


@njit(allocates=True, nogil=True, error_model="numpy")
def measure(rows, state):
    """Outputs, slopes, mean loss and gradient at ``state.point``."""
    _fill_outputs(rows, state)
    largest = 0.0
    for k in range(state.outputs.shape[0]):
        largest = larger(largest, _largest_size(state.outputs[k]))
    state.figures[LARGEST_OUTPUT] = largest
    state.figures[MEAN_LOSS] = _fill_slopes(rows, state)
    _fill_pulls(rows, state)
    _fill_gradient(state)
