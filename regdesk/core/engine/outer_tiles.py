"""A layer's gradient from register tiles: inputs times deltas, summed over the samples. Matrices as in tiles.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import llvmlite.ir as ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from regdesk.core.engine.emitter import Emitter, call_out_of_line, generator, number
from regdesk.core.engine.registers import REGISTERS


def _tile_body(n_inputs: int, n_outputs: int, has_sums: bool) -> Callable[..., None]:
    """gradient[first + k·input_step + j] += Σ_samples source[k] · deltas[j], for k < n_inputs and j < n_outputs.

    With ``has_sums`` also gradient[bias + j] += Σ_samples deltas[j].
    """

    def body(
        emitter: Emitter, gradient: Any, source: Any, deltas: Any,
        first: Any, input_step: Any, bias: Any, source_offset: Any, source_stride: Any,
        deltas_offset: Any, deltas_stride: Any, n_samples: Any,
    ) -> None:  # fmt: skip
        builder, parts = emitter.builder, emitter.parts
        zeros = ir.Constant(emitter.vector, [0.0] * emitter.lanes)

        def accumulators() -> list[Any]:
            return [emitter.accumulator(zeros) for _ in parts]

        totals = [[accumulators() for _ in range(n_outputs)] for _ in range(n_inputs)]
        sums = [accumulators() for _ in range(n_outputs if has_sums else 0)]
        step = number(emitter.lanes * len(parts))
        with cgutils.for_range_slice(builder, number(0), n_samples, step, inc=True) as (sample, _):
            for part, lane in enumerate(parts):
                rights = [
                    emitter.load(
                        deltas, deltas_offset, builder.mul(number(column), deltas_stride), sample, number(lane)
                    )
                    for column in range(n_outputs)
                ]
                for row, row_totals in enumerate(totals):
                    ahead = builder.mul(number(row), source_stride)
                    left = emitter.load(source, source_offset, ahead, sample, number(lane))
                    for right, total in zip(rights, row_totals, strict=True):
                        emitter.add_product(left, right, total[part])
                for right, total in zip(rights[: len(sums)], sums, strict=True):
                    builder.store(builder.fadd(builder.load(total[part]), right), total[part])

        def loaded(slots: list[Any]) -> list[Any]:
            return [builder.load(slot) for slot in slots]

        found = [loaded(total) for row_totals in totals for total in row_totals]
        for row, added in enumerate(emitter.whole_sums(found, n_outputs)):
            emitter.increase(gradient, builder.add(first, builder.mul(number(row), input_step)), added)
        if has_sums:
            (added,) = emitter.whole_sums([loaded(total) for total in sums], n_outputs)
            emitter.increase(gradient, bias, added)

    return body


def _outer_body(
    emitter: Emitter, gradient: Any, source: Any, deltas: Any,
    weight: Any, n_inputs: Any, n_outputs: Any, bias: Any, source_offset: Any, source_stride: Any,
    deltas_offset: Any, deltas_stride: Any, n_samples: Any,
) -> None:  # fmt: skip
    builder = emitter.builder
    column, row = cgutils.alloca_once_value(builder, number(0)), cgutils.alloca_once(builder, ir.IntType(64))

    def tile(n_rows: int, n_columns: int, has_sums: bool) -> None:
        at, line = builder.load(column), builder.load(row)
        call_out_of_line(
            builder, emitter.dtype, f"outer_{n_rows}x{n_columns}_{has_sums:d}", [gradient, source, deltas],
            [
                builder.add(builder.add(weight, at), builder.mul(line, n_outputs)), n_outputs, builder.add(bias, at),
                builder.add(source_offset, builder.mul(line, source_stride)), source_stride,
                builder.add(deltas_offset, builder.mul(at, deltas_stride)), deltas_stride, n_samples,
            ],
            _tile_body(n_rows, n_columns, has_sums),
        )  # fmt: skip

    for n_columns in REGISTERS.outer_columns:
        with emitter.while_there_are(column, n_outputs, n_columns):
            builder.store(number(0), row)
            for n_rows in REGISTERS.outer_rows:
                with emitter.while_there_are(row, n_inputs, n_rows):
                    is_first = builder.icmp_signed("==", builder.load(row), number(0))
                    with builder.if_else(is_first) as (then, otherwise):
                        with then:
                            tile(n_rows, n_columns, has_sums=True)
                        with otherwise:
                            tile(n_rows, n_columns, has_sums=False)


@intrinsic
def outer(
    typing_context: Any, gradient: Any, weight: Any, n_inputs: Any, n_outputs: Any, bias: Any, source: Any,
    source_offset: Any, source_stride: Any, deltas: Any, deltas_offset: Any, deltas_stride: Any, n_samples: Any,
) -> Any:  # fmt: skip
    """gradient[weight + k·n_outputs + j] += Σ_samples source[k] · deltas[j], and gradient[bias + j] += Σ deltas[j]."""
    index = types.intp
    signature = types.void(gradient, index, index, index, index, source, index, index, deltas, index, index, index)
    return signature, generator("outer", (0, 5, 8), _outer_body)
