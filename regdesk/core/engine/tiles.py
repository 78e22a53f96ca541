"""Register tiles: the three inner products of a dense layer, written as vector instructions.

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

from regdesk.core.engine.emitter import Emitter, generator, number

LANE_MULTIPLE = 16
"""Samples are padded to this; one vector of float32, two of float64."""


def _dense_body(n_outputs: int, unroll: int) -> Callable[..., None]:
    def body(
        emitter: Emitter, weights: Any, source: Any, destination: Any,
        weight: Any, input_step: Any, output_step: Any, bias: Any, n_inputs: Any, source_offset: Any,
        source_stride: Any, destination_offset: Any, destination_stride: Any, n_samples: Any,
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
                row = builder.add(destination_offset, builder.mul(number(output), destination_stride))
                for lane, total in zip(lanes, totals[output], strict=True):
                    emitter.store(builder.load(total), destination, row, sample, lane)

        wide = number(unroll * emitter.lanes)
        n_wide = builder.sub(n_samples, builder.srem(n_samples, wide))
        with cgutils.for_range_slice(builder, number(0), n_wide, wide, inc=True) as (sample, _):
            strip(sample, unroll)
        narrow = number(emitter.lanes)
        with cgutils.for_range_slice(builder, n_wide, n_samples, narrow, inc=True) as (sample, _):
            strip(sample, 1)

    return body


def _make_dense_tile(n_outputs: int, unroll: int) -> Any:
    """destination[j] = bias[j] + Σ_k weights[weight + k·input_step + j·output_step] · source[k], j < n_outputs."""
    body = _dense_body(n_outputs, unroll)

    @intrinsic
    def dense_tile(
        typing_context: Any, weights: Any, weight: Any, input_step: Any, output_step: Any, bias: Any, n_inputs: Any,
        source: Any, source_offset: Any, source_stride: Any,
        destination: Any, destination_offset: Any, destination_stride: Any, n_samples: Any,
    ) -> Any:  # fmt: skip
        index = types.intp
        signature = types.void(
            weights, index, index, index, index, index, source, index, index, destination, index, index, index
        )

        return signature, generator(f"dense_{n_outputs}", (0, 6, 9), body)

    return dense_tile


def _outer_body(n_inputs: int, n_outputs: int) -> Callable[..., None]:
    def body(
        emitter: Emitter, gradient: Any, source: Any, deltas: Any,
        first: Any, input_step: Any, source_offset: Any, source_stride: Any,
        deltas_offset: Any, deltas_stride: Any, n_samples: Any,
    ) -> None:  # fmt: skip
        builder = emitter.builder
        zeros = ir.Constant(emitter.vector, [0.0] * emitter.lanes)
        totals = [[emitter.accumulator(zeros) for _ in range(n_outputs)] for _ in range(n_inputs)]
        step = number(emitter.lanes)
        with cgutils.for_range_slice(builder, number(0), n_samples, step, inc=True) as (sample, _):
            lefts = [
                emitter.load(source, source_offset, builder.mul(number(row), source_stride), sample)
                for row in range(n_inputs)
            ]
            rights = [
                emitter.load(deltas, deltas_offset, builder.mul(number(column), deltas_stride), sample)
                for column in range(n_outputs)
            ]
            for left, row_totals in zip(lefts, totals, strict=True):
                for right, total in zip(rights, row_totals, strict=True):
                    emitter.add_product(left, right, total)
        for row, row_totals in enumerate(totals):
            for column, total in enumerate(row_totals):
                address = emitter.address(gradient, first, builder.mul(number(row), input_step), number(column))
                added = emitter.horizontal_sum(builder.load(total))
                builder.store(builder.fadd(builder.load(address), added), address)

    return body


def _make_outer_tile(n_inputs: int, n_outputs: int) -> Any:
    """gradient[first + k·input_step + j] += Σ_samples source[k] · deltas[j], for k < n_inputs and j < n_outputs."""
    body = _outer_body(n_inputs, n_outputs)

    @intrinsic
    def outer_tile(
        typing_context: Any, gradient: Any, first: Any, input_step: Any,
        source: Any, source_offset: Any, source_stride: Any,
        deltas: Any, deltas_offset: Any, deltas_stride: Any, n_samples: Any,
    ) -> Any:  # fmt: skip
        index = types.intp
        signature = types.void(gradient, index, index, source, index, index, deltas, index, index, index)

        return signature, generator(f"outer_{n_inputs}x{n_outputs}", (0, 3, 6), body)

    return outer_tile


dense_tile_4 = _make_dense_tile(n_outputs=4, unroll=2)
dense_tile_1 = _make_dense_tile(n_outputs=1, unroll=4)
outer_tile_4x4 = _make_outer_tile(4, 4)
outer_tile_4x1 = _make_outer_tile(4, 1)
outer_tile_1x4 = _make_outer_tile(1, 4)
outer_tile_1x1 = _make_outer_tile(1, 1)


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
