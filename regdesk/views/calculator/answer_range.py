"""The range of predictions that all small plots share: it holds still, so that a curve is seen to move."""

from __future__ import annotations

import math

from regdesk.core.rounding import round_limit

LEAST_SHARE = 1.0 / 3.0
"""Of the range: curves that take less of it leave most of the room empty."""
PATIENCE = 20
"""Pictures for which that must be so before the range narrows: some two seconds of training."""
N_STEPS = 4


class AnswerRange:
    """``low`` to ``high``, both round; wider at once, narrower when most of it has been empty for a while."""

    def __init__(self) -> None:
        self.low, self.high = 0.0, 1.0
        self._is_known = False
        self._n_empty = 0

    def reset(self) -> None:
        """Other columns or another target: the next picture decides."""
        self._is_known = False
        self._n_empty = 0

    def fix(self, low: float, high: float) -> None:
        """As for probabilities."""
        self.low, self.high, self._is_known, self._n_empty = low, high, True, 0

    def follow(self, least: float, most: float) -> bool:
        """Take in all that is from ``least`` to ``most``; whether the range has changed."""
        if not (math.isfinite(least) and math.isfinite(most)):
            return False
        span = self.high - self.low
        is_outside = least < self.low or most > self.high
        self._n_empty = self._n_empty + 1 if most - least < LEAST_SHARE * span else 0
        if self._is_known and not is_outside and self._n_empty < PATIENCE:
            return False
        before = (self.low, self.high)
        self._is_known, self._n_empty = True, 0
        # Of what is flat, a range in which it is seen to be.
        wanted = max(most - least, 1e-3 * max(abs(least), abs(most)), 1e-12)
        step = round_limit(wanted / N_STEPS)
        self.low, self.high = step * math.floor(least / step), step * math.ceil(most / step)
        if self.low >= self.high:
            self.low, self.high = self.low - step, self.high + step
        return (self.low, self.high) != before
