"""Register tiles: the inner products of a dense layer, written as vector instructions.

Numba cannot promise LLVM that two rows of one workspace do not overlap, so plain loops over several
rows are not vectorised, or re-load every partial sum. These intrinsics emit the vector code directly:
a tile of outputs is held in registers while the inputs stream by. Measured at 16×16 weights and 256
samples: 2 to 4 times the plain loop.

All matrices are flat arrays with samples on the contiguous axis: element (row, sample) stands at
``offset + row * stride + sample``. Sample counts are multiples of ``LANE_MULTIPLE``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import llvmlite.ir as ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from regdesk.core.engine.emitter import Emitter, call_out_of_line, generator, number
from regdesk.core.engine.registers import REGISTERS
from regdesk.core.engine.vector_tanh import vector_tanh

LANE_MULTIPLE = 16
"""Samples are padded to this; one vector of float32, two of float64, in as many registers as the processor needs."""


PLAIN, TANH, RELU, TANH_SLOPE, RELU_SLOPE = "plain", "tanh", "relu", "tanh_slope", "relu_slope"
"""What becomes of a dense tile's sums; a slope is that of the unit whose activation is given."""


def _finished(emitter: Emitter, finish: str, total: Any, activation: Any) -> Any:
    builder, zero = emitter.builder, ir.Constant(emitter.vector, [0.0] * emitter.lanes)
    if finish == RELU:
        # Compared so that NaN passes through.
        return builder.select(builder.fcmp_ordered("<", total, zero), zero, total)
    if finish == TANH_SLOPE:
        return emitter.product_sum(builder.fneg(builder.fmul(total, activation)), activation, total)
    if finish == RELU_SLOPE:
        # Times 0 and not 0, so that NaN is noticed.
        is_live = builder.fcmp_ordered(">", activation, zero)
        return builder.select(is_live, total, builder.fmul(total, zero))
    return total


def _tanh_body(emitter: Emitter, values: Any, offset: Any, stride: Any, n_rows: Any, n_samples: Any) -> None:
    builder = emitter.builder
    with cgutils.for_range(builder, n_rows) as loop:
        row = builder.add(offset, builder.mul(loop.index, stride))
        step = number(emitter.lanes)
        with cgutils.for_range_slice(builder, number(0), n_samples, step, inc=True) as (sample, _):
            emitter.store(vector_tanh(emitter, emitter.load(values, row, sample)), values, row, sample)


def _tile_body(n_outputs: int, finish: str) -> Callable[..., None]:
    """destination[j] = f(bias[j] + Σ_k weights[weight + k·input_step + j·output_step] · source[k]), j < n_outputs.

    f is ``finish``; a slope's activations have the rows and the stride of the destination, from an offset of their own.
    """
    has_slope = finish in (TANH_SLOPE, RELU_SLOPE)
    strips = REGISTERS.dense_strips[n_outputs == 1]

    def body(
        emitter: Emitter, weights: Any, source: Any, destination: Any, activations: Any,
        weight: Any, input_step: Any, output_step: Any, bias: Any, n_inputs: Any, source_offset: Any,
        source_stride: Any, destination_offset: Any, destination_stride: Any, activations_offset: Any, n_samples: Any,
    ) -> None:  # fmt: skip
        builder = emitter.builder
        has_bias = builder.icmp_signed(">=", bias, number(0))
        # Without biases the first weight stands in as a valid address; its value is not used.
        slot, step = builder.select(has_bias, bias, weight), builder.select(has_bias, number(1), number(0))
        starts = []
        for output in range(n_outputs):
            value = builder.load(emitter.address(weights, slot, builder.mul(number(output), step)))
            starts.append(builder.select(has_bias, value, ir.Constant(emitter.scalar, 0.0)))

        def strip(sample: Any, n_vectors: int) -> None:
            lanes = [number(vector * emitter.lanes) for vector in range(n_vectors)]
            totals = [[emitter.accumulator(emitter.splat(start)) for _ in lanes] for start in starts]
            with cgutils.for_range(builder, n_inputs) as loop:
                row = builder.add(source_offset, builder.mul(loop.index, source_stride))
                column = builder.add(weight, builder.mul(loop.index, input_step))
                vectors = [emitter.load(source, row, sample, lane) for lane in lanes]
                for output in range(n_outputs):
                    address = emitter.address(weights, column, builder.mul(number(output), output_step))
                    factor = emitter.splat(builder.load(address))
                    for vector, total in zip(vectors, totals[output], strict=True):
                        emitter.add_product(factor, vector, total)
            for output in range(n_outputs):
                ahead = builder.mul(number(output), destination_stride)
                row, own = builder.add(destination_offset, ahead), builder.add(activations_offset, ahead)
                for lane, total in zip(lanes, totals[output], strict=True):
                    activation = emitter.load(activations, own, sample, lane) if has_slope else None
                    value = _finished(emitter, finish, builder.load(total), activation)
                    emitter.store(value, destination, row, sample, lane)

        done = number(0)
        for n_vectors in strips:
            step = number(n_vectors * emitter.lanes)
            stop = builder.sub(n_samples, builder.srem(builder.sub(n_samples, done), step))
            with cgutils.for_range_slice(builder, done, stop, step, inc=True) as (sample, _):
                strip(sample, n_vectors)
            done = stop
        if finish == TANH:
            # In a loop of its own: amid the sums its constants would leave the registers (4 % slower).
            _tanh_body(emitter, destination, destination_offset, destination_stride, number(n_outputs), n_samples)

    return body


def _dense_body(finish: str) -> Callable[..., None]:
    def body(
        emitter: Emitter, weights: Any, source: Any, destination: Any, activations: Any,
        weight: Any, input_step: Any, output_step: Any, bias: Any, n_inputs: Any, n_outputs: Any, source_offset: Any,
        source_stride: Any, destination_offset: Any, destination_stride: Any, activations_offset: Any, n_samples: Any,
    ) -> None:  # fmt: skip
        builder, output = emitter.builder, cgutils.alloca_once_value(emitter.builder, number(0))
        has_bias = builder.icmp_signed(">=", bias, number(0))
        for n_tile in (4, 1):
            with emitter.while_there_are(output, n_outputs, n_tile):
                at = builder.load(output)
                ahead = builder.mul(at, destination_stride)
                call_out_of_line(
                    builder, emitter.dtype, f"dense_{n_tile}_{finish}", [weights, source, destination, activations],
                    [
                        builder.add(weight, builder.mul(at, output_step)), input_step, output_step,
                        builder.select(has_bias, builder.add(bias, at), number(-1)), n_inputs, source_offset,
                        source_stride, builder.add(destination_offset, ahead), destination_stride,
                        builder.add(activations_offset, ahead), n_samples,
                    ],
                    _tile_body(n_tile, finish),
                )  # fmt: skip

    return body


def _make_dense(finish: str) -> Any:
    """destination[j] = f(bias[j] + Σ_k weights[weight + k·input_step + j·output_step] · source[k]), as a tile has it.

    bias < 0: none.
    """
    body = _dense_body(finish)

    @intrinsic
    def dense(
        typing_context: Any, weights: Any, weight: Any, input_step: Any, output_step: Any, bias: Any, n_inputs: Any,
        n_outputs: Any, source: Any, source_offset: Any, source_stride: Any, destination: Any, destination_offset: Any,
        destination_stride: Any, activations: Any, activations_offset: Any, n_samples: Any,
    ) -> Any:  # fmt: skip
        index = types.intp
        signature = types.void(
            weights, index, index, index, index, index, index, source, index, index, destination, index, index,
            activations, index, index,
        )  # fmt: skip

        return signature, generator(f"dense_{finish}", (0, 7, 10, 13), body)

    return dense


dense_plain, dense_tanh, dense_relu = _make_dense(PLAIN), _make_dense(TANH), _make_dense(RELU)
dense_tanh_slope, dense_relu_slope = _make_dense(TANH_SLOPE), _make_dense(RELU_SLOPE)


def _copy_body(
    emitter: Emitter, source: Any, destination: Any, source_offset: Any, source_stride: Any,
    destination_offset: Any, destination_stride: Any, n_rows: Any, n_samples: Any,
) -> None:  # fmt: skip
    builder = emitter.builder
    step = number(emitter.lanes)
    with cgutils.for_range(builder, n_rows) as loop:
        row = builder.add(source_offset, builder.mul(loop.index, source_stride))
        target = builder.add(destination_offset, builder.mul(loop.index, destination_stride))
        with cgutils.for_range_slice(builder, number(0), n_samples, step, inc=True) as (sample, _):
            emitter.store(emitter.load(source, row, sample), destination, target, sample)


def _make_copy_rows() -> Any:
    """destination[k] = source[k] for k < n_rows: a numba slice costs more than the 16 samples it copies."""

    @intrinsic
    def copy_rows(
        typing_context: Any, source: Any, source_offset: Any, source_stride: Any,
        destination: Any, destination_offset: Any, destination_stride: Any, n_rows: Any, n_samples: Any,
    ) -> Any:  # fmt: skip
        index = types.intp
        signature = types.void(source, index, index, destination, index, index, index, index)

        return signature, generator("copy", (0, 3), _copy_body)

    return copy_rows


copy_rows = _make_copy_rows()


def _make_tanh_rows() -> Any:
    """values[k] ← tanh values[k] for k < n_rows."""

    @intrinsic
    def tanh_rows(typing_context: Any, values: Any, offset: Any, stride: Any, n_rows: Any, n_samples: Any) -> Any:
        index = types.intp
        signature = types.void(values, index, index, index, index)

        return signature, generator("tanh", (0,), _tanh_body)

    return tanh_rows


tanh_rows = _make_tanh_rows()


def _make_bit_cast(integer: Any, real: Any) -> Any:
    @intrinsic
    def from_bits(typing_context: Any, bits: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.bitcast(arguments[0], context.get_value_type(real))

        return real(integer), generate

    @intrinsic
    def to_bits(typing_context: Any, value: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.bitcast(arguments[0], context.get_value_type(integer))

        return integer(real), generate

    return from_bits, to_bits


float64_from_bits, bits_from_float64 = _make_bit_cast(types.int64, types.float64)
float32_from_bits, bits_from_float32 = _make_bit_cast(types.int32, types.float32)
