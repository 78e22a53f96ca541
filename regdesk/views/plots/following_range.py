"""A range that follows what is in it: wider at once, narrower when most of its room has been empty for a while."""

from __future__ import annotations

import math

from regdesk.core.rounding import round_limit
from regdesk.views.plots.scales import WideningRange

PATIENCE = 90
"""Frames that a wish for another range must last: some 2 to 4 seconds of training, so that what moves to and fro, or is
about to come back, moves no axis."""
LEAST_SHARE = 1.0 / 3.0
"""Of an axis: data that take less of it leave most of the room empty."""
ROOM = 1.2
"""Times the data, that a narrower range has room for. With it, and steps of 1, 2 and 5, they take a third at least."""


class Patience:
    """Counts the frames for which something has been so."""

    def __init__(self, n_frames: int = PATIENCE) -> None:
        self._n_frames = n_frames
        self._n_so_far = 0

    def is_over(self, is_so: bool, n_frames: int = 1) -> bool:
        """To be asked once every ``n_frames``; true, and begun anew, when ``is_so`` has been true for long enough."""
        self._n_so_far = self._n_so_far + n_frames if is_so else 0
        if self._n_so_far < self._n_frames:
            return False
        self._n_so_far = 0
        return True

    def begin_again(self) -> None:
        self._n_so_far = 0


class FollowingRange(WideningRange):
    """The upper end of an axis; grows at once in 1-2-5 steps, and comes down to what is there after ``PATIENCE``."""

    def __init__(self, start: float) -> None:
        super().__init__(start)
        self._patience = Patience()

    def reset(self, start: float | None = None) -> None:
        super().reset(start)
        self._patience.begin_again()

    def follow(self, value: float, least: float = 0.0, n_frames: int = 1) -> bool:
        """Fit the largest ``value`` of a frame, the first looked at of ``n_frames``; whether the range has changed. It
        does not fall below ``least``.
        """
        if self.include(value):
            self._patience.begin_again()
            return True
        wanted = round_limit(max(ROOM * value, least)) if math.isfinite(value) and max(value, least) > 0 else self.top
        if not self._patience.is_over(value < LEAST_SHARE * self.top and wanted < self.top, n_frames):
            return False
        self.top = wanted
        return True
