"""tanh and exp that LLVM can vectorise."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit, types
from numba.extending import overload

from regdesk.core.engine.tiles import bits_from_float32, bits_from_float64, float32_from_bits, float64_from_bits
from regdesk.core.types import Floats


def tanh(x: Any) -> Any:
    raise RuntimeError("compiled only")


def exp_of_negative(x: Any) -> Any:
    """e^x for x ≤ 0; e^-87 at the least."""
    raise RuntimeError("compiled only")


def _reduced(x: Any) -> Any:
    """(p, 2ⁿ) with e^x = 2ⁿ(1 + p) and |p| < ½: Cody & Waite's reduction and the Taylor polynomial of expm1."""
    raise RuntimeError("compiled only")


@overload(_reduced, inline="always")
def _overload_reduced(x: Any) -> Any:
    if x == types.float64:
        magic, one_bits, shift = 6755399441055744.0, 1023, 52
        log2e, ln2_high, ln2_low = 1.4426950408889634, 0.6931471803691238, 1.9082149292705877e-10
        c = [1.0 / math.factorial(power) for power in range(15)]
        c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 = c[2:14]

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
    magic_32, one_bits_32, shift_32 = f(12582912.0), np.int32(127), np.int32(23)
    log2e_32, ln2_high_32, ln2_low_32 = f(1.44269504), f(0.693359375), f(-2.12194440e-4)
    d2, d3, d4, d5, d6, d7 = (f(1.0 / math.factorial(power)) for power in range(2, 8))

    def reduced_32(x: Any) -> Any:
        t = x * log2e_32 + magic_32
        n = t - magic_32
        r = (x - n * ln2_high_32) - n * ln2_low_32
        p = d2 + r * (d3 + r * (d4 + r * (d5 + r * (d6 + r * d7))))
        return r + r * r * p, float32_from_bits(np.int32((bits_from_float32(t) + one_bits_32) << shift_32))

    return reduced_32


@overload(tanh)
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


@overload(exp_of_negative)
def _overload_exp_of_negative(x: Any) -> Any:
    real = np.float64 if x == types.float64 else np.float32
    limit = real(-87.0)

    def compiled(x: Any) -> Any:
        p, power = _reduced(limit if x < limit else x)
        return power * p + power

    return compiled


# Reassociation is left out here: it would fold the rounding by a magic number away.
@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def tanh_in_place(values: Floats, start: int, stop: int) -> None:
    """tanh of ``values[start:stop]``, standardised pre-activations."""
    # A view from 0: numba's check for negative indices would keep the loop scalar.
    view = values[start:stop]
    for i in range(view.size):
        view[i] = tanh(view[i])
