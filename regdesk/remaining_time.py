"""How long work will go on, in words that are true enough: from the share done and the time that it took."""

from __future__ import annotations

import time

LEAST_SHARE, LEAST_S = 0.05, 1.0
"""Before so much is done, in so much time, nothing is said: the first models tell little about the last."""


class RemainingTime:
    """Counts from the first share above 0."""

    def __init__(self) -> None:
        self._started_s: float | None = None
        self._first_share = 0.0

    def text(self, share: float) -> str:
        """``share`` of the work is done, 0 to 1; such as "about 2 min left", or "estimating"."""
        now_s = time.monotonic()
        if self._started_s is None:
            if share > 0:
                self._started_s, self._first_share = now_s, share
            return "estimating"
        elapsed_s, done = now_s - self._started_s, share - self._first_share
        if done < LEAST_SHARE or elapsed_s < LEAST_S:
            return "estimating"
        return duration_text(elapsed_s * (1.0 - share) / done)


def duration_text(seconds: float) -> str:
    """As exact as an estimate is: "a few seconds left", "about 20 s left", "about 2 min left", "about 1.5 h left"."""
    if seconds < 7.5:
        return "a few seconds left"
    if seconds < 55:
        return f"about {5 * round(seconds / 5):d} s left"
    if seconds < 3300:
        return f"about {max(1, round(seconds / 60)):d} min left"
    return f"about {round(seconds / 1800) / 2:g} h left"
