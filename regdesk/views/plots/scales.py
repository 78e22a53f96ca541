"""Where values stand on axes: ranges that widen to the next 1-2-5 number, a place for λ = 0, and numbers as words.

Without pyqtgraph, which the first paint does not wait for.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.rounding import round_limit
from regdesk.views.plots.rulers import Ruler

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

OFF_POSITION = -6.0
"""Where λ = 0 stands on an axis of log₁₀ λ: one decade below the smallest λ of the slider."""

FINE_DECADES = 1.6
"""An axis of log₁₀ λ shorter than this has numbers between the powers of ten."""
LEAST_NUMBERS, N_NUMBERS = 3, 4


class WideningRange(Ruler):
    """The upper end of an axis; grows in 1-2-5 steps when a value leaves it, and never shrinks on its own."""

    remembered = ("top",)

    def __init__(self, start: float) -> None:
        self._start = start
        self.top = round_limit(start)

    def reset(self, start: float | None = None) -> None:
        self.top = round_limit(self._start if start is None else start)

    def include(self, value: float) -> bool:
        """Widen for ``value``; whether the range has changed."""
        if not math.isfinite(value) or value <= self.top:
            return False
        self.top = round_limit(value)
        return True


def lambda_position(lam: float) -> float:
    """log₁₀ λ, or the place of its own for λ = 0."""
    return OFF_POSITION if lam <= 0 else max(math.log10(lam), OFF_POSITION + 0.5)


def lambda_positions(lambdas: Float64s) -> Float64s:
    """``lambda_position`` of each of ``lambdas`` ``(n,)``."""
    logarithms = np.log10(lambdas, where=lambdas > 0, out=np.zeros(len(lambdas)))
    return np.where(lambdas <= 0, OFF_POSITION, np.maximum(logarithms, OFF_POSITION + 0.5))


def lambda_floor(highest: float) -> float:
    """The lower end of a λ axis that reaches up to log₁₀ λ = ``highest``: room for the word under "off"."""
    return OFF_POSITION - 0.12 * (highest - OFF_POSITION)


def fine_decades(low: float, high: float) -> list[float]:
    """Places of log₁₀ λ between ``low`` and ``high`` for numbers, where powers of ten are too far apart."""
    for digits in ((1.0, 2.0, 5.0), (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0)):
        found = [
            exponent + math.log10(digit)
            for exponent in range(math.floor(low), math.floor(high) + 1)
            for digit in digits
            if low <= exponent + math.log10(digit) <= high
        ]
        if len(found) >= LEAST_NUMBERS:
            return found
    # So near that log₁₀ is next to a straight line.
    first, last = 10.0**low, 10.0**high
    step = round_limit((last - first) / N_NUMBERS)
    return [math.log10(step * number) for number in range(math.ceil(first / step), math.floor(last / step) + 1)]


def decade_text(place: float) -> str:
    """λ at a place of log₁₀ λ: a power of ten as it is read at a glance, any other with as many digits as it has."""
    return power_text(round(place)) if abs(place - round(place)) < 1e-9 else f"{10.0**place:.6g}"


def large_text(value: float) -> str:
    """A number from 10,000 on, short: 20k, 1.5M, 2×10¹⁰."""
    size = abs(value)
    if size < 1e6:
        return f"{value / 1e3:g}k"
    if size < 1e9:
        return f"{value / 1e6:g}M"
    exponent = math.floor(math.log10(size) + 1e-9)
    mantissa = f"{value / 10.0**exponent:.3g}"
    return power_text(exponent) if mantissa == "1" else f"{mantissa}×{power_text(exponent)}"


def power_text(exponent: int) -> str:
    """10ᵏ as it is read at a glance: 0.01 … 100 in full, else as a power."""
    if abs(exponent) <= 2:
        return f"{10.0**exponent:g}"
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
