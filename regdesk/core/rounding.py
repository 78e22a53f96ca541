"""Round numbers that are not below a value: where axes, bars and grids end."""

from __future__ import annotations

import math
from collections.abc import Sequence

ONE_TWO_FIVE = (1.0, 2.0, 5.0, 10.0)
SLACK = 1e-12
"""Share by which rounding may have put a value above a round number that it stands for."""


def round_limit(value: float, digits: Sequence[float] = ONE_TWO_FIVE, slack: float = SLACK) -> float:
    """The smallest of ``digits`` × 10ᵏ, the last of which is 10, that is at least ``value``.

    It is 1 where ``value`` is not finite, or not above 0.
    """
    if not math.isfinite(value) or value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return float(next((digit * power for digit in digits if digit * power >= value * (1.0 - slack)), 10.0 * power))
