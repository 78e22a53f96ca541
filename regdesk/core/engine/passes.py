"""Forward and backward, block by block: samples on the contiguous axis, activations that stay in the cache.

Literal integers are passed as np.int64(…): numba compiles a function anew for each literal argument.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from regdesk.core.engine.elementary import tanh_in_place
from regdesk.core.engine.output_layer import data_loss, output_deltas
from regdesk.core.engine.records import TANH
from regdesk.core.engine.tiles import (
    dense_tile_1,
    dense_tile_4,
    outer_tile_1x1,
    outer_tile_1x4,
    outer_tile_4x1,
    outer_tile_4x4,
)


@njit(nogil=True, error_model="numpy", inline="never")
def dense(
    weights, weight, input_step, output_step, bias, n_inputs, n_outputs, source, source_offset, source_stride,
    destination, destination_offset, destination_stride, n_samples,
):  # fmt: skip
    """destination[j] = bias[j] + Σ_k weights[weight + k·input_step + j·output_step] · source[k]; bias < 0: none."""
    output = 0
    while output + 4 <= n_outputs:
        dense_tile_4(
            weights, weight + output * output_step, input_step, output_step,
            bias + output if bias >= 0 else -1, n_inputs, source, source_offset, source_stride,
            destination, destination_offset + output * destination_stride, destination_stride, n_samples,
        )  # fmt: skip
        output += 4
    while output < n_outputs:
        dense_tile_1(
            weights, weight + output * output_step, input_step, output_step,
            bias + output if bias >= 0 else -1, n_inputs, source, source_offset, source_stride,
            destination, destination_offset + output * destination_stride, destination_stride, n_samples,
        )  # fmt: skip
        output += 1


@njit(nogil=True, error_model="numpy", inline="never")
def _outer(
    gradient, weight, n_inputs, n_outputs, source, source_offset, source_stride, deltas, deltas_offset, deltas_stride,
    n_samples,
):  # fmt: skip
    """gradient[weight + k·n_outputs + j] += Σ_samples source[k] · deltas[j]."""
    row = 0
    while row + 4 <= n_inputs:
        source_row = source_offset + row * source_stride
        first = weight + row * n_outputs
        column = 0
        while column + 4 <= n_outputs:
            outer_tile_4x4(
                gradient, first + column, n_outputs, source, source_row, source_stride,
                deltas, deltas_offset + column * deltas_stride, deltas_stride, n_samples,
            )  # fmt: skip
            column += 4
        while column < n_outputs:
            outer_tile_4x1(
                gradient, first + column, n_outputs, source, source_row, source_stride,
                deltas, deltas_offset + column * deltas_stride, deltas_stride, n_samples,
            )  # fmt: skip
            column += 1
        row += 4
    while row < n_inputs:
        source_row = source_offset + row * source_stride
        first = weight + row * n_outputs
        column = 0
        while column + 4 <= n_outputs:
            outer_tile_1x4(
                gradient, first + column, n_outputs, source, source_row, source_stride,
                deltas, deltas_offset + column * deltas_stride, deltas_stride, n_samples,
            )  # fmt: skip
            column += 4
        while column < n_outputs:
            outer_tile_1x1(
                gradient, first + column, n_outputs, source, source_row, source_stride,
                deltas, deltas_offset + column * deltas_stride, deltas_stride, n_samples,
            )  # fmt: skip
            column += 1
        row += 1


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def relu_in_place(values, start, stop):
    view = values[start:stop]
    for i in range(view.size):
        view[i] = max(view[i], view[i] * 0)


@njit(nogil=True, error_model="numpy")
def forward(layout, parameters, source, source_offset, source_stride, n_samples, activations, block):
    """Activations of every layer for one block; returns the offset of the output rows."""
    n_layers = layout.weight_offsets.size
    one = np.int64(1)
    previous = start = np.int64(0)
    for layer in range(n_layers):
        n_inputs, n_outputs = layout.sizes[layer], layout.sizes[layer + 1]
        weight, bias = layout.weight_offsets[layer], layout.bias_offsets[layer]
        if layer == 0:
            dense(
                parameters, weight, n_outputs, one, bias, n_inputs, n_outputs, source, source_offset, source_stride,
                activations, start, block, n_samples,
            )  # fmt: skip
        else:
            dense(
                parameters, weight, n_outputs, one, bias, n_inputs, n_outputs, activations, previous, block,
                activations, start, block, n_samples,
            )  # fmt: skip
        if layer < n_layers - 1:
            for unit in range(n_outputs):
                row = start + unit * block
                if layout.activation == TANH:
                    tanh_in_place(activations, row, row + n_samples)
                else:
                    relu_in_place(activations, row, row + n_samples)
        previous = start
        start += n_outputs * block
    return previous


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _times_derivative(activation, deltas, activations):
    if activation == TANH:
        for i in range(deltas.size):
            deltas[i] -= deltas[i] * activations[i] * activations[i]
    else:
        for i in range(deltas.size):
            deltas[i] = deltas[i] if activations[i] > 0 else deltas[i] * 0


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _sum(values):
    total = values[0] * 0
    for i in range(values.size):
        total += values[i]
    return total


@njit(nogil=True, error_model="numpy")
def backward(layout, parameters, source, source_offset, source_stride, n_samples, activations, deltas, gradient, block):
    """Adds one block's gradient; the output deltas stand at the start of ``deltas``."""
    n_layers = layout.weight_offsets.size
    half = deltas.size // 2
    one, no_bias = np.int64(1), np.int64(-1)
    current = start = np.int64(0)
    for layer in range(n_layers - 1):
        start += layout.sizes[layer + 1] * block
    for layer in range(n_layers - 1, -1, -1):
        n_inputs, n_outputs = layout.sizes[layer], layout.sizes[layer + 1]
        weight, bias = layout.weight_offsets[layer], layout.bias_offsets[layer]
        previous = start - n_inputs * block
        if layer == 0:
            _outer(
                gradient, weight, n_inputs, n_outputs, source, source_offset, source_stride,
                deltas, current, block, n_samples,
            )  # fmt: skip
        else:
            _outer(
                gradient, weight, n_inputs, n_outputs, activations, previous, block, deltas, current, block, n_samples
            )
        for unit in range(n_outputs):
            row = current + unit * block
            gradient[bias + unit] += _sum(deltas[row : row + n_samples])
        if layer > 0:
            other = half - current
            dense(
                parameters, weight, one, n_outputs, no_bias, n_outputs, n_inputs, deltas, current, block,
                deltas, other, block, n_samples,
            )  # fmt: skip
            for unit in range(n_inputs):
                row, activation_row = other + unit * block, previous + unit * block
                _times_derivative(
                    layout.activation,
                    deltas[row : row + n_samples],
                    activations[activation_row : activation_row + n_samples],
                )
            current = other
        start = previous


@njit(nogil=True, error_model="numpy")
def gradient_pass(
    layout, parameters, inputs, inputs_offset, inputs_stride, targets, weights, inverse_total, work, want_loss
):  # fmt: skip
    """Adds the gradient of the mean loss over all columns of ``targets``; returns the loss if wanted, else 0."""
    block = work.block
    loss = 0.0
    n_columns = targets.size
    start = 0
    while start < n_columns:
        n_samples = min(block, n_columns - start)
        output = forward(
            layout, parameters, inputs, inputs_offset + start, inputs_stride, n_samples, work.activations, block
        )
        block_targets, block_weights = targets[start : start + n_samples], weights[start : start + n_samples]
        if want_loss:
            loss += data_loss(layout, work.activations, output, block, block_targets, block_weights)
        output_deltas(layout, work.activations, output, block, block_targets, block_weights, inverse_total, work.deltas)
        backward(
            layout, parameters, inputs, inputs_offset + start, inputs_stride, n_samples,
            work.activations, work.deltas, work.gradient, block,
        )  # fmt: skip
        start += n_samples
    return loss * inverse_total
