"""Powers of a number, by multiplying on: the same bits in every language that multiplies doubles."""

from __future__ import annotations

import numpy as np

from regdesk.core.types import Float64s

MOST_DEGREE = 20
LARGEST_POWER = 1e300
"""Differences of such numbers are still finite."""


def largest_base(degree: int) -> float:
    """The largest number that is raised to the power ``degree``."""
    return float(LARGEST_POWER ** (1.0 / degree))


def powers(numbers: Float64s, degree: int) -> Float64s:
    """x, x², … of ``numbers`` ``(n_rows,)``, ``(n_rows, degree)``; what double precision cannot hold is infinite."""
    found = np.empty((len(numbers), degree))
    found[:, 0] = numbers
    with np.errstate(over="ignore", under="ignore"):
        for place in range(1, degree):
            np.multiply(found[:, place - 1], numbers, out=found[:, place])
    return found
