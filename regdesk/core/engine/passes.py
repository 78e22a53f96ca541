"""Forward and backward, block by block: samples on the contiguous axis, activations that stay in the cache.

Literal integers are passed as np.int64(…): numba compiles a function anew for each literal argument.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from regdesk.core.engine.outer_tiles import (
    outer_1x1,
    outer_1x1_and_sums,
    outer_1x4,
    outer_1x4_and_sums,
    outer_2x1,
    outer_2x1_and_sums,
    outer_2x4,
    outer_2x4_and_sums,
    outer_4x1,
    outer_4x1_and_sums,
    outer_4x4,
    outer_4x4_and_sums,
)
from regdesk.core.engine.output_layer import data_loss, output_deltas
from regdesk.core.engine.records import TANH
from regdesk.core.engine.tiles import (
    dense_plain_1,
    dense_plain_4,
    dense_relu_1,
    dense_relu_4,
    dense_relu_slope_1,
    dense_relu_slope_4,
    dense_tanh_1,
    dense_tanh_4,
    dense_tanh_slope_1,
    dense_tanh_slope_4,
)


def _make_dense(tile_4, tile_1):
    """destination[j] = f(bias[j] + Σ_k weights[weight + k·input_step + j·output_step] · source[k]), as the tiles have f.

    bias < 0: none. Four outputs at a time.
    """

    @njit(nogil=True, error_model="numpy", inline="never")
    def dense(
        weights, weight, input_step, output_step, bias, n_inputs, n_outputs, source, source_offset, source_stride,
        destination, destination_offset, destination_stride, activations, activations_offset, n_samples,
    ):  # fmt: skip
        output = 0
        while output + 4 <= n_outputs:
            ahead = output * destination_stride
            tile_4(
                weights, weight + output * output_step, input_step, output_step,
                bias + output if bias >= 0 else -1, n_inputs, source, source_offset, source_stride,
                destination, destination_offset + ahead, destination_stride, activations, activations_offset + ahead,
                n_samples,
            )  # fmt: skip
            output += 4
        while output < n_outputs:
            ahead = output * destination_stride
            tile_1(
                weights, weight + output * output_step, input_step, output_step,
                bias + output if bias >= 0 else -1, n_inputs, source, source_offset, source_stride,
                destination, destination_offset + ahead, destination_stride, activations, activations_offset + ahead,
                n_samples,
            )  # fmt: skip
            output += 1

    return dense


_dense_plain = _make_dense(dense_plain_4, dense_plain_1)
_dense_tanh = _make_dense(dense_tanh_4, dense_tanh_1)
_dense_relu = _make_dense(dense_relu_4, dense_relu_1)
_dense_tanh_slope = _make_dense(dense_tanh_slope_4, dense_tanh_slope_1)
_dense_relu_slope = _make_dense(dense_relu_slope_4, dense_relu_slope_1)


@njit(nogil=True, error_model="numpy")
def dense(
    weights, weight, input_step, output_step, bias, n_inputs, n_outputs, source, source_offset, source_stride,
    destination, destination_offset, destination_stride, n_samples,
):  # fmt: skip
    """destination[j] = bias[j] + Σ_k weights[weight + k·input_step + j·output_step] · source[k]; bias < 0: none."""
    _dense_plain(
        weights, weight, input_step, output_step, bias, n_inputs, n_outputs, source, source_offset, source_stride,
        destination, destination_offset, destination_stride, destination, destination_offset, n_samples,
    )  # fmt: skip


def _make_outer(four, two, one):
    """gradient[weight + k·n_outputs + j] += Σ_samples source[k] · deltas[j], of as many columns as the tiles have.

    Each argument is a tile without and one with the sums of the deltas, of four, two or one rows; the first tile of a
    column adds those sums to gradient[bias + j].
    """
    four_plain, four_and_sums = four
    two_plain, two_and_sums = two
    one_plain, one_and_sums = one

    @njit(nogil=True, error_model="numpy", inline="never")
    def outer(
        gradient, weight, n_inputs, n_outputs, bias, source, source_offset, source_stride, deltas, deltas_offset,
        deltas_stride, n_samples,
    ):  # fmt: skip
        row = 0
        while row < n_inputs:
            first, source_row = weight + row * n_outputs, source_offset + row * source_stride
            left = n_inputs - row
            if left >= 4:
                if row == 0:
                    four_and_sums(
                        gradient, first, n_outputs, bias, source, source_row, source_stride, deltas, deltas_offset, deltas_stride,
                        n_samples,
                    )  # fmt: skip
                else:
                    four_plain(
                        gradient, first, n_outputs, bias, source, source_row, source_stride, deltas, deltas_offset, deltas_stride,
                        n_samples,
                    )  # fmt: skip
                row += 4
            elif left >= 2:
                if row == 0:
                    two_and_sums(
                        gradient, first, n_outputs, bias, source, source_row, source_stride, deltas, deltas_offset, deltas_stride,
                        n_samples,
                    )  # fmt: skip
                else:
                    two_plain(
                        gradient, first, n_outputs, bias, source, source_row, source_stride, deltas, deltas_offset, deltas_stride,
                        n_samples,
                    )  # fmt: skip
                row += 2
            else:
                if row == 0:
                    one_and_sums(
                        gradient, first, n_outputs, bias, source, source_row, source_stride, deltas, deltas_offset, deltas_stride,
                        n_samples,
                    )  # fmt: skip
                else:
                    one_plain(
                        gradient, first, n_outputs, bias, source, source_row, source_stride, deltas, deltas_offset, deltas_stride,
                        n_samples,
                    )  # fmt: skip
                row += 1

    return outer


_outer_four = _make_outer((outer_4x4, outer_4x4_and_sums), (outer_2x4, outer_2x4_and_sums), (outer_1x4, outer_1x4_and_sums))
_outer_one = _make_outer((outer_4x1, outer_4x1_and_sums), (outer_2x1, outer_2x1_and_sums), (outer_1x1, outer_1x1_and_sums))


@njit(nogil=True, error_model="numpy")
def _outer(
    gradient, weight, n_inputs, n_outputs, bias, source, source_offset, source_stride, deltas, deltas_offset,
    deltas_stride, n_samples,
):  # fmt: skip
    """gradient[weight + k·n_outputs + j] += Σ_samples source[k] · deltas[j], and gradient[bias + j] += Σ deltas[j]."""
    column = 0
    while column + 4 <= n_outputs:
        _outer_four(
            gradient, weight + column, n_inputs, n_outputs, bias + column, source, source_offset, source_stride,
            deltas, deltas_offset + column * deltas_stride, deltas_stride, n_samples,
        )  # fmt: skip
        column += 4
    while column < n_outputs:
        _outer_one(
            gradient, weight + column, n_inputs, n_outputs, bias + column, source, source_offset, source_stride,
            deltas, deltas_offset + column * deltas_stride, deltas_stride, n_samples,
        )  # fmt: skip
        column += 1


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def relu_in_place(values, start, stop):
    view = values[start:stop]
    for i in range(view.size):
        view[i] = max(view[i], view[i] * 0)


@njit(nogil=True, error_model="numpy")
def _layer(
    layout, parameters, layer, source, source_offset, source_stride, activations, start, block, n_samples
):  # fmt: skip
    """Outputs of one layer, after its activation unless it is the last."""
    n_inputs, n_outputs = layout.sizes[layer], layout.sizes[layer + 1]
    weight, bias, one = layout.weight_offsets[layer], layout.bias_offsets[layer], np.int64(1)
    if layer == layout.weight_offsets.size - 1:
        _dense_plain(
            parameters, weight, n_outputs, one, bias, n_inputs, n_outputs, source, source_offset, source_stride,
            activations, start, block, activations, start, n_samples,
        )  # fmt: skip
    elif layout.activation == TANH:
        _dense_tanh(
            parameters, weight, n_outputs, one, bias, n_inputs, n_outputs, source, source_offset, source_stride,
            activations, start, block, activations, start, n_samples,
        )  # fmt: skip
    else:
        _dense_relu(
            parameters, weight, n_outputs, one, bias, n_inputs, n_outputs, source, source_offset, source_stride,
            activations, start, block, activations, start, n_samples,
        )  # fmt: skip


@njit(nogil=True, error_model="numpy")
def forward(layout, parameters, source, source_offset, source_stride, n_samples, activations, block):
    """Activations of every layer for one block; returns the offset of the output rows."""
    start = np.int64(0)
    _layer(layout, parameters, np.int64(0), source, source_offset, source_stride, activations, start, block, n_samples)
    for layer in range(1, layout.weight_offsets.size):
        previous = start
        start += layout.sizes[layer] * block
        _layer(layout, parameters, layer, activations, previous, block, activations, start, block, n_samples)
    return start


@njit(nogil=True, error_model="numpy")
def backward(layout, parameters, source, source_offset, source_stride, n_samples, activations, deltas, gradient, block):
    """Adds one block's gradient; the output deltas stand at the start of ``deltas``."""
    n_layers = layout.weight_offsets.size
    half = deltas.size // 2
    one, no_bias = np.int64(1), np.int64(-1)
    current = start = np.int64(0)
    for layer in range(n_layers - 1):
        start += layout.sizes[layer + 1] * block
    for layer in range(n_layers - 1, 0, -1):
        n_inputs, n_outputs = layout.sizes[layer], layout.sizes[layer + 1]
        weight, bias = layout.weight_offsets[layer], layout.bias_offsets[layer]
        previous, other = start - n_inputs * block, half - current
        _outer(
            gradient, weight, n_inputs, n_outputs, bias, activations, previous, block, deltas, current, block, n_samples
        )
        if layout.activation == TANH:
            _dense_tanh_slope(
                parameters, weight, one, n_outputs, no_bias, n_outputs, n_inputs, deltas, current, block,
                deltas, other, block, activations, previous, n_samples,
            )  # fmt: skip
        else:
            _dense_relu_slope(
                parameters, weight, one, n_outputs, no_bias, n_outputs, n_inputs, deltas, current, block,
                deltas, other, block, activations, previous, n_samples,
            )  # fmt: skip
        current, start = other, previous
    _outer(
        gradient, layout.weight_offsets[0], layout.sizes[0], layout.sizes[1], layout.bias_offsets[0],
        source, source_offset, source_stride, deltas, current, block, n_samples,
    )  # fmt: skip


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
