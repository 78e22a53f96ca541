"""What of a plane's picture holds still from one to the next: its frame, and the levels of its contours."""

from __future__ import annotations

import numpy as np

from regdesk.core.geometry.close_up import LEAST_REACH, REACH, close_extent
from regdesk.core.geometry.looks import contours_of_levels
from regdesk.core.geometry.plane import SLACK_SHARE, PlaneFrame, PlaneGrid, contour_levels
from regdesk.core.geometry.view import Contour
from regdesk.core.types import Float64s

MOST_TRACED = 8
CLOSE_SLACK = 0.25
"""Of a frame around a small ball: in one that it fills less its corner would be hidden once more. At 0.4 the ball
looked as large at every λ.
"""
NO_BALL: Float64s = np.empty((0, 2))


class PlaneMemory:
    """Of the models of one dataset; ``null_loss`` is the loss of the model without weights."""

    def __init__(self, null_loss: float) -> None:
        self._null_loss = null_loss
        self._frame: tuple[object, PlaneFrame] | None = None
        self._is_close = False
        self._levels: dict[object, Float64s] = {}
        self._traced: dict[object, tuple[PlaneGrid, Float64s, tuple[Contour, ...]]] = {}

    def frame_around(self, parts: Float64s, key: object, is_whole: bool, ball: Float64s = NO_BALL) -> PlaneFrame:
        """A frame that holds the points ``parts`` ``(n, 2)``: that of the last time, where the ``key`` is the same.

        ``is_whole``: nothing else is to be seen but ``parts``. Of a ``ball`` ``(n, 2)`` that is small beside them only
        its neighbourhood is shown: marks of its size would hide the corner that a contour touches.
        """
        close = close_extent(ball, parts, self._is_close)
        self._is_close = close is not None
        if close is not None:
            return self._kept_or_new(close, (key, "close"), CLOSE_SLACK, LEAST_REACH / REACH * close)
        if not is_whole:
            # Of a network only the trail is known: contours are looked at around it as well.
            finite = parts[np.isfinite(parts).all(axis=1)]
            middle = 0.5 * (finite.min(axis=0) + finite.max(axis=0))
            parts = np.vstack([parts, middle + 1.2 * (finite - middle)])
        return self._kept_or_new(parts, key, SLACK_SHARE)

    def _kept_or_new(self, parts: Float64s, key: object, slack: float, needed: Float64s | None = None) -> PlaneFrame:
        """A frame around ``parts``; the last one has to hold what is ``needed`` of them, or else all."""
        last = self._frame[1] if self._frame is not None and self._frame[0] == key else None
        frame = PlaneFrame.around(parts) if last is None else last.kept_or_new(parts, slack, needed)
        self._frame = key, frame
        return frame

    def contours_of(self, key: tuple[object, ...], grid: PlaneGrid) -> tuple[Contour, ...]:
        """Those of the last time while neither grid nor levels are others: then they are not drawn again either."""
        levels = self._levels_of(key, grid)
        known = self._traced.get(key)
        if known is None or known[0] is not grid or known[1] is not levels:
            if len(self._traced) > MOST_TRACED:
                self._traced.clear()
            known = self._traced[key] = grid, levels, contours_of_levels(grid, levels)
        return known[2]

    def _levels_of(self, key: tuple[object, ...], grid: PlaneGrid) -> Float64s:
        """Chosen once for a frame and what is drawn in it, and again when hardly any of them is in it any more."""
        assert self._frame is not None
        values = grid.within(self._frame[1])
        lowest, highest = float(values.min()), float(values.max())
        levels = self._levels.get(key)
        # A slice sinks as the other weights are trained: levels that stayed would leave it.
        is_left = levels is not None and abs(lowest - levels[0]) > 0.06 * (levels[-1] - levels[0])
        if levels is None or is_left or np.count_nonzero((levels > lowest) & (levels < highest)) < 4:
            if len(self._levels) > 20:
                self._levels.clear()
            null = self._null_loss
            if null < lowest + 0.02 * (highest - lowest):
                # A model at its first weights is worse than none: its slice is drawn all the same.
                null = lowest + 0.25 * (highest - lowest)
            levels = self._levels[key] = contour_levels(lowest, min(null, highest))
        return levels
