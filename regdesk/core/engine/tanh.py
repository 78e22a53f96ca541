"""tanh that LLVM can vectorise."""

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


@overload(tanh)
def _overload_tanh(x: Any) -> Any:
    """tanh x = e/(e + 2) with e = expm1(2x): accurate relative to the value, zero included.

    expm1 by Cody & Waite's reduction and the Taylor polynomial; a loop over it is vectorised, where the
    C library's tanh is not.
    """
    if x == types.float64:
        magic, one_bits, shift = 6755399441055744.0, 1023, 52
        log2e, ln2_high, ln2_low = 1.4426950408889634, 0.6931471803691238, 1.9082149292705877e-10
        limit = 20.0
        c = [1.0 / math.factorial(power) for power in range(15)]
        c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 = c[2:14]

        def tanh_64(x: Any) -> Any:
            y = 2.0 * (limit if x > limit else (-limit if x < -limit else x))
            t = y * log2e + magic
            n = t - magic
            r = (y - n * ln2_high) - n * ln2_low
            p = c10 + r * (c11 + r * (c12 + r * c13))
            p = c6 + r * (c7 + r * (c8 + r * (c9 + r * p)))
            p = c2 + r * (c3 + r * (c4 + r * (c5 + r * p)))
            p = r + r * r * p
            power = float64_from_bits((bits_from_float64(t) + one_bits) << shift)
            e = power * p + (power - 1.0)
            return e / (e + 2.0)

        return tanh_64

    f = np.float32
    magic_32, one_bits_32, shift_32 = f(12582912.0), np.int32(127), np.int32(23)
    log2e_32, ln2_high_32, ln2_low_32 = f(1.44269504), f(0.693359375), f(-2.12194440e-4)
    limit_32, one, two = f(10.0), f(1.0), f(2.0)
    d2, d3, d4, d5, d6, d7 = (f(1.0 / math.factorial(power)) for power in range(2, 8))

    def tanh_32(x: Any) -> Any:
        y = two * (limit_32 if x > limit_32 else (-limit_32 if x < -limit_32 else x))
        t = y * log2e_32 + magic_32
        n = t - magic_32
        r = (y - n * ln2_high_32) - n * ln2_low_32
        p = d2 + r * (d3 + r * (d4 + r * (d5 + r * (d6 + r * d7))))
        p = r + r * r * p
        power = float32_from_bits(np.int32((bits_from_float32(t) + one_bits_32) << shift_32))
        e = power * p + (power - one)
        return e / (e + two)

    return tanh_32


# Reassociation is left out here: it would fold the rounding by a magic number away.
@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def tanh_in_place(values: Floats, start: int, stop: int) -> None:
    """tanh of ``values[start:stop]``, standardised pre-activations."""
    # A view from 0: numba's check for negative indices would keep the loop scalar.
    view = values[start:stop]
    for i in range(view.size):
        view[i] = tanh(view[i])
