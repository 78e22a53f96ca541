"""tanh of one vector, in LLVM's own instructions: for the tiles, whose sums then never leave the registers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import llvmlite.ir as ir

from regdesk.core.engine.emitter import Emitter


@dataclass(frozen=True)
class ExpConstants:
    """Of e^x = 2ⁿ(1 + p): Cody & Waite's reduction, whose rounding is by a magic number, and a polynomial.

    Attributes:
        limit: of |x| in tanh x, beyond which it is ±1.
        series: (expm1(r) − r)/r² for |r| ≤ ln 2/2, lowest power first.
    """

    limit: float
    magic: float
    one_bits: int
    shift: int
    log2e: float
    ln2_high: float
    ln2_low: float
    series: tuple[float, ...]


# Fitted so that the largest error of expm1 is least, 1.3e-8 of its value; Taylor's needs a term more.
SINGLE = ExpConstants(
    10.0, 12582912.0, 127, 23, 1.44269504, 0.693359375, -2.12194440e-4,
    (0.49999998149, 0.16666543387, 0.04166720088, 0.00836655221, 0.00138825151),
)  # fmt: skip
DOUBLE = ExpConstants(
    20.0, 6755399441055744.0, 1023, 52, 1.4426950408889634, 0.6931471803691238, 1.9082149292705877e-10,
    tuple(1.0 / math.factorial(power) for power in range(2, 14)),
)  # fmt: skip


def vector_tanh(emitter: Emitter, x: Any) -> Any:
    """tanh x = e/(e + 2) with e = expm1(2x), as ``elementary.tanh`` has it: to 3 units in the last place."""
    builder, lanes = emitter.builder, emitter.lanes
    known = SINGLE if emitter.item_bytes == 4 else DOUBLE
    integer = ir.VectorType(ir.IntType(8 * emitter.item_bytes), lanes)

    def constant(value: float) -> Any:
        return ir.Constant(emitter.vector, [value] * lanes)

    def bits(value: int) -> Any:
        return ir.Constant(integer, [value] * lanes)

    # Compared so that NaN passes through.
    for comparison, limit in ((">", known.limit), ("<", -known.limit)):
        is_beyond = builder.fcmp_ordered(comparison, x, constant(limit))
        x = builder.select(is_beyond, constant(limit), x)
    t = emitter.product_sum(x, constant(2.0 * known.log2e), constant(known.magic))
    n = builder.fsub(t, constant(known.magic))
    r = emitter.product_sum(n, constant(-known.ln2_high), builder.fadd(x, x))
    r = emitter.product_sum(n, constant(-known.ln2_low), r)
    p = constant(known.series[-1])
    for term in known.series[-2::-1]:
        p = emitter.product_sum(p, r, constant(term))
    p = emitter.product_sum(builder.fmul(r, r), p, r)
    power = builder.shl(builder.add(builder.bitcast(t, integer), bits(known.one_bits)), bits(known.shift))
    power = builder.bitcast(power, emitter.vector)
    e = emitter.product_sum(power, p, builder.fsub(power, constant(1.0)))
    return builder.fdiv(e, builder.fadd(e, constant(2.0)))
