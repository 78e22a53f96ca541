"""Forward and backward, block by block: samples on the contiguous axis, activations that stay in the cache.

Literal integers are passed as np.int64(…): numba compiles a function anew for each literal argument. What is marked
``call-arg`` is an intrinsic, whose first argument numba adds.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.arrays import larger, smaller
from regdesk.core.engine.calls import call_forward, call_gradient_pass
from regdesk.core.engine.outer_tiles import outer
from regdesk.core.engine.output_layer import data_loss, output_deltas
from regdesk.core.engine.stored import njit
from regdesk.core.engine.structs import TANH
from regdesk.core.engine.tiles import dense_plain, dense_relu, dense_relu_slope, dense_tanh, dense_tanh_slope


@njit(nogil=True, error_model="numpy")
def dense(
    weights, weight, input_step, output_step, bias, n_inputs, n_outputs, source, source_offset, source_stride,
    destination, destination_offset, destination_stride, n_samples,
):  # fmt: skip
    """destination[j] = bias[j] + Σ_k weights[weight + k·input_step + j·output_step] · source[k]; bias < 0: none."""
    dense_plain(
        weights, weight, input_step, output_step, bias, n_inputs, n_outputs, source, source_offset, source_stride,
        destination, destination_offset, destination_stride, destination, destination_offset, n_samples,
    )  # fmt: skip


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def relu_in_place(values, start, stop):
    view = values[start:stop]
    for i in range(view.size):
        view[i] = larger(view[i], view[i] * 0)


@njit(nogil=True, error_model="numpy")
def _layer(
    layout, parameters, layer, source, source_offset, source_stride, activations, start, block, n_samples
):  # fmt: skip
    """Outputs of one layer, after its activation unless it is the last."""
    n_inputs, n_outputs = layout.sizes[layer], layout.sizes[layer + 1]
    weight, bias, one = layout.weight_offsets[layer], layout.bias_offsets[layer], np.int64(1)
    if layer == layout.weight_offsets.size - 1:
        dense_plain(
            parameters, weight, n_outputs, one, bias, n_inputs, n_outputs, source, source_offset, source_stride,
            activations, start, block, activations, start, n_samples,
        )  # fmt: skip
    elif layout.activation == TANH:
        dense_tanh(
            parameters, weight, n_outputs, one, bias, n_inputs, n_outputs, source, source_offset, source_stride,
            activations, start, block, activations, start, n_samples,
        )  # fmt: skip
    else:
        dense_relu(
            parameters, weight, n_outputs, one, bias, n_inputs, n_outputs, source, source_offset, source_stride,
            activations, start, block, activations, start, n_samples,
        )  # fmt: skip


@njit(nogil=True, error_model="numpy")
def forward(layout, parameters, source, source_offset, source_stride, n_samples, activations, block):
    """Activations of every layer for one block; returns the offset of the output rows."""
    return call_forward(  # type: ignore[call-arg]
        layout.forward_at, layout, parameters, source, source_offset, source_stride, n_samples, activations, block
    )


@njit(nogil=True, error_model="numpy", cache=True, inner=True)
def forward_here(layout, parameters, source, source_offset, source_stride, n_samples, activations, block):
    """What is at a layout's ``forward_at``."""
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
        outer(  # type: ignore[call-arg]
            gradient, weight, n_inputs, n_outputs, bias, activations, previous, block, deltas, current, block, n_samples
        )
        if layout.activation == TANH:
            dense_tanh_slope(
                parameters, weight, one, n_outputs, no_bias, n_outputs, n_inputs, deltas, current, block,
                deltas, other, block, activations, previous, n_samples,
            )  # fmt: skip
        else:
            dense_relu_slope(
                parameters, weight, one, n_outputs, no_bias, n_outputs, n_inputs, deltas, current, block,
                deltas, other, block, activations, previous, n_samples,
            )  # fmt: skip
        current, start = other, previous
    outer(  # type: ignore[call-arg]
        gradient, layout.weight_offsets[0], layout.sizes[0], layout.sizes[1], layout.bias_offsets[0],
        source, source_offset, source_stride, deltas, current, block, n_samples,
    )  # fmt: skip


@njit(nogil=True, error_model="numpy")
def gradient_pass(
    layout, parameters, inputs, inputs_offset, inputs_stride, targets, weights, inverse_total, work, want_loss
):  # fmt: skip
    """Adds the gradient of the mean loss over all columns of ``targets``; returns the loss if wanted, else 0."""
    return call_gradient_pass(  # type: ignore[call-arg]
        layout.gradient_pass_at, layout, parameters, inputs, inputs_offset, inputs_stride, targets, weights,
        inverse_total, work, want_loss,
    )  # fmt: skip


@njit(nogil=True, error_model="numpy", cache=True, inner=True)
def gradient_pass_here(
    layout, parameters, inputs, inputs_offset, inputs_stride, targets, weights, inverse_total, work, want_loss
):  # fmt: skip
    """What is at a layout's ``gradient_pass_at``."""
    block = work.block
    loss = 0.0
    n_columns = targets.size
    start = 0
    while start < n_columns:
        n_samples = smaller(block, n_columns - start)
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
