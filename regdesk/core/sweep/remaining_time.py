"""How long a sweep will still take, from how far it has come: in words that do not promise what nobody knows."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass

LEAST_SHARE, LEAST_S = 0.05, 2.0
"""Of the fits, and seconds, before anything is said."""
GUESSED_FROM_S = 10.0
"""From then on what is known is said although more may come: somebody waits."""
MOST_DRIFT = 1.0
"""How far the whole work may have moved since half of what is done now was done, as a share of what is left. Beyond it
nobody can tell: models that are still to come are found as the sweep goes on, and that has not come to an end."""
MEMORY_S = 3.0
"""Over which an estimate is smoothed: fits differ by a factor of a hundred in how long they take."""


@dataclass(frozen=True)
class SweepProgress:
    """Fits done of all that there will be; 0 of 0 before that is known. ``left_s`` None: nobody can tell now.

    ``least_left_s`` is how long what is known by now will take, where ``left_s`` is None; None where not even that is
    known. ``phase`` is that of a network's sweep, 1 to 3; 0 where there are none.
    """

    n_done: int
    n_fits: int
    left_s: float | None
    phase: int = 0
    least_left_s: float | None = None


class RemainingTime:
    """Told of the seconds since the beginning with every fit; counts down what it has said, and corrects it slowly.

    The pace is that of the second half of the time: the first models, collapsed ones, cost next to nothing.
    """

    def __init__(self) -> None:
        self._left_s: float | None = None
        self._times_s: list[float] = []
        self._done: list[float] = []
        self._totals: list[float] = []

    def progress(
        self, elapsed_s: float, n_done: int, n_fits: int, work: tuple[float, float] | None = None
    ) -> SweepProgress:
        """``work`` done and left, in whatever unit; None: in fits."""
        done, left = work or (float(n_done), float(n_fits - n_done))
        told_s = self._times_s[-1] if self._times_s else 0.0
        self._times_s.append(elapsed_s)
        self._done.append(done)
        self._totals.append(done + left)
        if n_done < 1 or done < LEAST_SHARE * (done + left) or elapsed_s < LEAST_S:
            return SweepProgress(n_done, n_fits, None, least_left_s=self._guess(elapsed_s, done, left))
        half = bisect_left(self._times_s, 0.5 * elapsed_s)
        lately = done - self._done[half]
        if lately <= 0:
            return SweepProgress(n_done, n_fits, self._left_s)
        now_s = (elapsed_s - self._times_s[half]) * left / lately
        if self._left_s is None:
            self._left_s = now_s
        else:
            passed_s = elapsed_s - told_s
            counted_s = max(self._left_s - passed_s, 0.0)
            self._left_s = counted_s + (now_s - counted_s) * (1.0 - math.exp(-passed_s / MEMORY_S))
        before = self._totals[bisect_left(self._done, 0.5 * done)]
        is_known = abs(done + left - before) <= MOST_DRIFT * left
        if is_known:
            return SweepProgress(n_done, n_fits, self._left_s)
        return SweepProgress(n_done, n_fits, None, least_left_s=self._left_s if elapsed_s >= GUESSED_FROM_S else None)

    @staticmethod
    def _guess(elapsed_s: float, done: float, left: float) -> float | None:
        """From what the first of the work took; None where none of it is done, or nobody has waited yet."""
        return elapsed_s * left / done if done > 0.0 and elapsed_s >= GUESSED_FROM_S else None
