"""The data loss of a network over a plane of its parameters, compiled.

Over two single weights only the deeper one's unit changes from point to point: its pre-activation is known and moves
along one input, the next layer follows by one product a unit, and layers below stand still.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from regdesk.core.engine.elementary import exp_of_negative, tanh_in_place
from regdesk.core.engine.passes import dense, forward, relu_in_place
from regdesk.core.engine.stored import njit
from regdesk.core.engine.structs import LOGISTIC, SQUARED, TANH


class PlaneRows(NamedTuple):
    """Rows as the engine reads them: ``inputs`` ``(n_inputs * n_padded,)``, targets and weights ``(n_padded,)``."""

    inputs: Any
    targets: Any
    weights: Any
    n_padded: int


class PlaneWork(NamedTuple):
    """Scratch, in blocks of ``block`` samples: every layer's rows, one unit's twice, the next layer's, losses."""

    activations: Any
    unit: Any
    moved: Any
    following: Any
    losses: Any
    totals: Any
    block: int


class SliceAxes(NamedTuple):
    """The two weights of a slice: positions in the row of parameters, ``place`` that of the inner one, their values.

    The inner one's layer is no lower than the outer one's.
    """

    outer: int
    inner: int
    place: Any
    outer_values: Any
    inner_values: Any


class Place(NamedTuple):
    """One weight: from unit ``source`` of the layer below to ``unit`` of ``layer`` (0 is the first)."""

    layer: int
    source: int
    unit: int


# Reassociation would fold the rounding of the exponential by a magic number away; the sum is taken apart from it.
@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _log_losses(outputs, targets, losses):
    """log(1 + e^z) − y z; log1p is 2 artanh(e/(2 + e)), by its series: the C library's takes ten times as long."""
    for i in range(losses.size):
        z = np.float64(outputs[i])
        e = exp_of_negative(-abs(z))
        s = e / (2.0 + e)
        q = s * s
        p = 1.0 / 25.0 + q * (1.0 / 27.0 + q * (1.0 / 29.0 + q * (1.0 / 31.0)))
        p = 1.0 / 17.0 + q * (1.0 / 19.0 + q * (1.0 / 21.0 + q * (1.0 / 23.0 + q * p)))
        p = 1.0 / 9.0 + q * (1.0 / 11.0 + q * (1.0 / 13.0 + q * (1.0 / 15.0 + q * p)))
        p = 1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * p)))
        losses[i] = max(z, 0.0) + 2.0 * s * p - np.float64(targets[i]) * z


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _squared_losses(outputs, targets, losses):
    for i in range(losses.size):
        residual = np.float64(outputs[i]) - np.float64(targets[i])
        losses[i] = 0.5 * residual * residual


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _add_powers(outputs, largest, totals):
    for i in range(totals.size):
        totals[i] += exp_of_negative(np.float64(outputs[i]) - largest[i])


@njit(nogil=True, error_model="numpy")
def _softmax_losses(activations, output, block, n_classes, targets, losses, totals):
    for i in range(losses.size):
        losses[i] = np.float64(activations[output + i])
        totals[i] = 0.0
    for k in range(1, n_classes):
        row = activations[output + k * block : output + k * block + losses.size]
        for i in range(losses.size):
            losses[i] = losses[i] if losses[i] >= row[i] else np.float64(row[i])
    for k in range(n_classes):
        _add_powers(activations[output + k * block : output + k * block + losses.size], losses, totals)
    for i in range(losses.size):
        chosen = np.float64(activations[output + np.int64(targets[i]) * block + i])
        losses[i] += math.log(totals[i]) - chosen


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _weighted_sum(losses, weights):
    total = 0.0
    for i in range(losses.size):
        total += np.float64(weights[i]) * losses[i]
    return total


@njit(nogil=True, error_model="numpy")
def _loss(layout, rows, start, n_samples, output, work):
    """Σ weight · ℓ of the block from ``start`` on, its outputs standing at ``output``."""
    losses, targets = work.losses[:n_samples], rows.targets[start : start + n_samples]
    if layout.loss == SQUARED:
        _squared_losses(work.activations[output : output + n_samples], targets, losses)
    elif layout.loss == LOGISTIC:
        _log_losses(work.activations[output : output + n_samples], targets, losses)
    else:
        n_classes = layout.sizes[layout.sizes.size - 1]
        _softmax_losses(work.activations, output, work.block, n_classes, targets, losses, work.totals[:n_samples])
    return _weighted_sum(losses, rows.weights[start : start + n_samples])


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _moved(base, factor, along, destination):
    """destination = base + factor · along."""
    for i in range(destination.size):
        destination[i] = base[i] + factor * along[i]


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _subtract(values, others):
    for i in range(values.size):
        values[i] -= others[i]


@njit(nogil=True, error_model="numpy")
def _activate(activation, values, start, stop):
    if activation == TANH:
        tanh_in_place(values, start, stop)
    else:
        relu_in_place(values, start, stop)


@njit(nogil=True, error_model="numpy")
def _rest(layout, parameters, layer, start, n_samples, work):
    """Layers ``layer`` and above, of which the one below stands at ``start``; returns the offset of the outputs."""
    n_layers, block = layout.weight_offsets.size, work.block
    one = np.int64(1)
    for above in range(layer, n_layers):
        n_inputs, n_outputs = layout.sizes[above], layout.sizes[above + 1]
        following = start + n_inputs * block
        dense(
            parameters, layout.weight_offsets[above], n_outputs, one, layout.bias_offsets[above], n_inputs, n_outputs,
            work.activations, start, block, work.activations, following, block, n_samples,
        )  # fmt: skip
        if above < n_layers - 1:
            for unit in range(n_outputs):
                row = following + unit * block
                _activate(layout.activation, work.activations, row, row + n_samples)
        start = following
    return start


@njit(nogil=True, error_model="numpy")
def _slice_block(layout, rows, parameters, axes, start, n_samples, work, losses):
    """Adds one block's losses for every value of the inner weight; the block has gone forward at the present one."""
    place, present, values = axes.place, parameters[axes.inner], axes.inner_values
    layer, block, n_layers = place.layer, work.block, layout.weight_offsets.size
    own = below = np.int64(0)
    for k in range(layer):
        below = own
        own += layout.sizes[k + 1] * block
    n_inputs, n_units = layout.sizes[layer], layout.sizes[layer + 1]
    weight, bias = layout.weight_offsets[layer] + place.unit, layout.bias_offsets[layer] + place.unit
    one, zero = np.int64(1), np.int64(0)
    if layer == 0:
        first = place.source * rows.n_padded + start
        along = rows.inputs[first : first + n_samples]
        dense(
            parameters, weight, n_units, one, bias, n_inputs, one, rows.inputs, start, rows.n_padded,
            work.unit, zero, block, n_samples,
        )  # fmt: skip
    else:
        first = below + place.source * block
        along = work.activations[first : first + n_samples]
        dense(
            parameters, weight, n_units, one, bias, n_inputs, one, work.activations, below, block,
            work.unit, zero, block, n_samples,
        )  # fmt: skip
    base, moved = work.unit[:n_samples], work.moved[:n_samples]
    row = own + place.unit * block
    standing = work.activations[row : row + n_samples]
    if layer == n_layers - 1:
        for column in range(values.size):
            _moved(base, values[column] - present, along, standing)
            losses[column] += _loss(layout, rows, start, n_samples, own, work)
        return
    n_next = layout.sizes[layer + 2]
    next_weight, following = layout.weight_offsets[layer + 1], own + n_units * block
    dense(
        parameters, next_weight, n_next, one, layout.bias_offsets[layer + 1], n_units, n_next,
        work.activations, own, block, work.following, zero, block, n_samples,
    )  # fmt: skip
    for column in range(values.size):
        _moved(base, values[column] - present, along, moved)
        _activate(layout.activation, work.moved, zero, n_samples)
        _subtract(moved, standing)
        for unit in range(n_next):
            row = following + unit * block
            _moved(
                work.following[unit * block : unit * block + n_samples],
                parameters[next_weight + place.unit * n_next + unit], moved, work.activations[row : row + n_samples],
            )  # fmt: skip
            if layer + 1 < n_layers - 1:
                _activate(layout.activation, work.activations, row, row + n_samples)
        output = _rest(layout, parameters, layer + 2, following, n_samples, work)
        losses[column] += _loss(layout, rows, start, n_samples, output, work)


@njit(nogil=True, error_model="numpy", cache=True)
def slice_losses(layout, rows, parameters, axes, first, last, work, losses):
    """Σ weight · ℓ over rows ``first`` to ``last`` of the grid, into ``losses`` ``(n_outer, n_inner)``.

    Both weights of ``axes`` stand in ``parameters`` as they were when it returns.
    """
    before = parameters[axes.outer]
    for number in range(first, last):
        parameters[axes.outer] = axes.outer_values[number]
        for column in range(axes.inner_values.size):
            losses[number, column] = 0.0
        start = np.int64(0)
        while start < rows.n_padded:
            n_samples = min(work.block, rows.n_padded - start)
            forward(layout, parameters, rows.inputs, start, rows.n_padded, n_samples, work.activations, work.block)
            _slice_block(layout, rows, parameters, axes, start, n_samples, work, losses[number])
            start += n_samples
    parameters[axes.outer] = before


@njit(nogil=True, error_model="numpy", cache=True)
def losses_at(layout, rows, points, first, last, work, losses):
    """Σ weight · ℓ at ``points`` ``(n_points, n_parameters)``, numbers ``first`` to ``last``, into ``losses``."""
    for number in range(first, last):
        losses[number] = 0.0
        start = np.int64(0)
        while start < rows.n_padded:
            n_samples = min(work.block, rows.n_padded - start)
            output = forward(
                layout, points[number], rows.inputs, start, rows.n_padded, n_samples, work.activations, work.block
            )
            losses[number] += _loss(layout, rows, start, n_samples, output, work)
            start += n_samples
