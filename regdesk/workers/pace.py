"""How many optimiser steps are due: an even pace, or as many as fit into a chunk."""

from __future__ import annotations

from regdesk.core.training.epoch_loop import StepTime

BATCH_S = 0.008
"""At a set pace steps are grouped into wake-ups of this length: twice as fine as a frame, and cheap."""
MAX_LAG_S = 0.1


class Pace(StepTime):
    """Counts steps against a clock that the caller reads (seconds, monotonic)."""

    def __init__(self) -> None:
        super().__init__()
        self._rate: float | None = None
        self._origin_s = 0.0
        self._done = 0

    def set_rate(self, steps_per_second: float | None, now_s: float) -> None:
        """None is as fast as possible. A new rate, and a start after a pause, begin a new count."""
        self._rate = steps_per_second
        self.restart(now_s)

    @property
    def rate(self) -> float | None:
        return self._rate

    def restart(self, now_s: float) -> None:
        self._origin_s, self._done = now_s, 0

    def due(self, now_s: float, chunk_s: float) -> int:
        """Steps to run now, no more than fit into ``chunk_s``; at least one when flat out."""
        fitting = self.fitting(chunk_s)
        if self._rate is None:
            return fitting
        lag_s = now_s - self._origin_s - self._done / self._rate
        if lag_s > MAX_LAG_S + 1.0 / self._rate:
            # The engine cannot keep up, or the thread was held: catching up in a burst would be seen.
            self._origin_s += lag_s - 1.0 / self._rate
        return min(fitting, max(0, int((now_s - self._origin_s) * self._rate + 1e-9) - self._done))

    def note(self, n_steps: int, elapsed_s: float) -> None:
        """``n_steps`` of those due were run in ``elapsed_s``."""
        self._done += n_steps
        self.learn(n_steps, elapsed_s)

    def wait_s(self, now_s: float) -> float:
        """Seconds until the next steps are due; 0 when flat out."""
        if self._rate is None:
            return 0.0
        next_step_s = self._origin_s + (self._done + 1) / self._rate - now_s
        # Behind by more than a batch: the engine is the limit, and sleeping would slow it down.
        return 0.001 if next_step_s < -BATCH_S else max(next_step_s, BATCH_S)
