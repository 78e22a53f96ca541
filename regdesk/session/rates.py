"""Measured steps and frames per second, over the last second or so."""

from __future__ import annotations

from collections import deque

WINDOW_S = 1.0


class Rates:
    """Counts events against times that the caller reads from a steady clock, in seconds."""

    def __init__(self) -> None:
        self._ticks: deque[float] = deque()
        self._steps: deque[tuple[float, int]] = deque()

    def reset_steps(self) -> None:
        """A new run counts from 0, and a pause counts for nothing."""
        self._steps.clear()

    def note_tick(self, now_s: float) -> None:
        """The window was brought up to date."""
        self._ticks.append(now_s)
        while now_s - self._ticks[0] > WINDOW_S:
            self._ticks.popleft()

    def note_step(self, step: int, now_s: float) -> None:
        """The model stood at ``step``."""
        self._steps.append((now_s, step))
        while len(self._steps) > 2 and now_s - self._steps[1][0] > WINDOW_S:
            self._steps.popleft()

    def frames_per_second(self) -> float:
        return _rate(len(self._ticks) - 1, self._ticks[0], self._ticks[-1]) if self._ticks else 0.0

    def steps_per_second(self, now_s: float) -> float:
        """0 when no step was seen for a while."""
        if not self._steps or now_s - self._steps[-1][0] > WINDOW_S:
            return 0.0
        (start_s, first), (end_s, last) = self._steps[0], self._steps[-1]
        return _rate(last - first, start_s, end_s)


def _rate(count: int, start_s: float, end_s: float) -> float:
    return count / (end_s - start_s) if end_s > start_s else 0.0
