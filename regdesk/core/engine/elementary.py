"""tanh and exp that LLVM can vectorise."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types
from numba.extending import overload

from regdesk.core.engine.stored import njit
from regdesk.core.engine.tiles import (
    bits_from_float32,
    bits_from_float64,
    float32_from_bits,
    float64_from_bits,
    tanh_rows,
)
from regdesk.core.engine.units import PART
from regdesk.core.engine.vector_tanh import DOUBLE, SINGLE
from regdesk.core.types import Floats


def tanh(x: Any) -> Any:
    raise RuntimeError("compiled only")


def exp_of_negative(x: Any) -> Any:
    """e^x for x ≤ 0; e^-87 at the least."""
    raise RuntimeError("compiled only")


def _reduced(x: Any) -> Any:
    """(p, 2ⁿ) with e^x = 2ⁿ(1 + p) and |p| < ½, as in ``vector_tanh``."""
    raise RuntimeError("compiled only")


_AS_A_PART: Any = {"pipeline_class": PART}


@overload(_reduced, inline="always")
def _overload_reduced(x: Any) -> Any:
    if x == types.float64:
        magic, one_bits, shift = DOUBLE.magic, DOUBLE.one_bits, DOUBLE.shift
        log2e, ln2_high, ln2_low = DOUBLE.log2e, DOUBLE.ln2_high, DOUBLE.ln2_low
        c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 = DOUBLE.series

        def reduced_64(x: Any) -> Any:
            t = x * log2e + magic
            n = t - magic
            r = (x - n * ln2_high) - n * ln2_low
            p = c10 + r * (c11 + r * (c12 + r * c13))
            p = c6 + r * (c7 + r * (c8 + r * (c9 + r * p)))
            p = c2 + r * (c3 + r * (c4 + r * (c5 + r * p)))
            return r + r * r * p, float64_from_bits((bits_from_float64(t) + one_bits) << shift)

        return reduced_64

    f = np.float32
    magic_32, one_bits_32, shift_32 = f(SINGLE.magic), np.int32(SINGLE.one_bits), np.int32(SINGLE.shift)
    log2e_32, ln2_high_32, ln2_low_32 = f(SINGLE.log2e), f(SINGLE.ln2_high), f(SINGLE.ln2_low)
    d2, d3, d4, d5, d6 = (f(one) for one in SINGLE.series)

    def reduced_32(x: Any) -> Any:
        t = x * log2e_32 + magic_32
        n = t - magic_32
        r = (x - n * ln2_high_32) - n * ln2_low_32
        p = d2 + r * (d3 + r * (d4 + r * (d5 + r * d6)))
        return r + r * r * p, float32_from_bits(np.int32((bits_from_float32(t) + one_bits_32) << shift_32))

    return reduced_32


@overload(tanh, jit_options=_AS_A_PART)
def _overload_tanh(x: Any) -> Any:
    """tanh x = e/(e + 2) with e = expm1(2x): accurate relative to the value, zero included.

    A loop over it is vectorised, where the C library's tanh is not.
    """
    real = np.float64 if x == types.float64 else np.float32
    limit, one, two = real(20.0) if real is np.float64 else real(10.0), real(1.0), real(2.0)

    def compiled(x: Any) -> Any:
        y = two * (limit if x > limit else (-limit if x < -limit else x))
        p, power = _reduced(y)
        e = power * p + (power - one)
        return e / (e + two)

    return compiled


@overload(exp_of_negative, jit_options=_AS_A_PART)
def _overload_exp_of_negative(x: Any) -> Any:
    real = np.float64 if x == types.float64 else np.float32
    limit = real(-87.0)

    def compiled(x: Any) -> Any:
        p, power = _reduced(limit if x < limit else x)
        return power * p + power

    return compiled


@njit(nogil=True, error_model="numpy")
def tanh_in_place(values: Floats, start: int, stop: int) -> None:
    """tanh of ``values[start:stop]``, a multiple of ``LANE_MULTIPLE``: standardised pre-activations."""
    tanh_rows(values, start, 0, 1, stop - start)
