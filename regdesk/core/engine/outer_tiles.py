"""Register tiles of a layer's gradient: inputs times deltas, summed over the samples. Matrices as in tiles.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import llvmlite.ir as ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from regdesk.core.engine.emitter import Emitter, generator, number


def _outer_body(n_inputs: int, n_outputs: int, has_sums: bool) -> Callable[..., None]:
    def body(
        emitter: Emitter, gradient: Any, source: Any, deltas: Any,
        first: Any, input_step: Any, bias: Any, source_offset: Any, source_stride: Any,
        deltas_offset: Any, deltas_stride: Any, n_samples: Any,
    ) -> None:  # fmt: skip
        builder = emitter.builder
        zeros = ir.Constant(emitter.vector, [0.0] * emitter.lanes)
        totals = [[emitter.accumulator(zeros) for _ in range(n_outputs)] for _ in range(n_inputs)]
        sums = [emitter.accumulator(zeros) for _ in range(n_outputs if has_sums else 0)]
        step = number(emitter.lanes)
        with cgutils.for_range_slice(builder, number(0), n_samples, step, inc=True) as (sample, _):
            rights = [
                emitter.load(deltas, deltas_offset, builder.mul(number(column), deltas_stride), sample)
                for column in range(n_outputs)
            ]
            for row, row_totals in enumerate(totals):
                left = emitter.load(source, source_offset, builder.mul(number(row), source_stride), sample)
                for right, total in zip(rights, row_totals, strict=True):
                    emitter.add_product(left, right, total)
            for right, total in zip(rights[: len(sums)], sums, strict=True):
                builder.store(builder.fadd(builder.load(total), right), total)
        found = [builder.load(total) for row_totals in totals for total in row_totals]
        for row, added in enumerate(emitter.horizontal_sums(found, n_outputs)):
            emitter.increase(gradient, builder.add(first, builder.mul(number(row), input_step)), added)
        if has_sums:
            (added,) = emitter.horizontal_sums([builder.load(total) for total in sums], n_outputs)
            emitter.increase(gradient, bias, added)

    return body


def _make_outer_tile(n_inputs: int, n_outputs: int, has_sums: bool) -> Any:
    """gradient[first + k·input_step + j] += Σ_samples source[k] · deltas[j], for k < n_inputs and j < n_outputs.

    With ``has_sums`` also gradient[bias + j] += Σ_samples deltas[j].
    """
    body = _outer_body(n_inputs, n_outputs, has_sums)

    @intrinsic
    def outer_tile(
        typing_context: Any, gradient: Any, first: Any, input_step: Any, bias: Any,
        source: Any, source_offset: Any, source_stride: Any,
        deltas: Any, deltas_offset: Any, deltas_stride: Any, n_samples: Any,
    ) -> Any:  # fmt: skip
        index = types.intp
        signature = types.void(gradient, index, index, index, source, index, index, deltas, index, index, index)

        return signature, generator(f"outer_{n_inputs}x{n_outputs}_{has_sums:d}", (0, 4, 7), body)

    return outer_tile


outer_4x4, outer_4x4_and_sums = _make_outer_tile(4, 4, False), _make_outer_tile(4, 4, True)
outer_2x4, outer_2x4_and_sums = _make_outer_tile(2, 4, False), _make_outer_tile(2, 4, True)
outer_1x4, outer_1x4_and_sums = _make_outer_tile(1, 4, False), _make_outer_tile(1, 4, True)
outer_4x1, outer_4x1_and_sums = _make_outer_tile(4, 1, False), _make_outer_tile(4, 1, True)
outer_2x1, outer_2x1_and_sums = _make_outer_tile(2, 1, False), _make_outer_tile(2, 1, True)
outer_1x1, outer_1x1_and_sums = _make_outer_tile(1, 1, False), _make_outer_tile(1, 1, True)
