"""Where words have room in a plot: off what is drawn, off other words, and inside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

CURVE_PX = 4.0
"""Kept between words and the points of a curve."""
STEP_PX = 4.0
"""Between two points of a line that words keep off."""
MOST_STEPS = 8_000
"""Of one line; the losses of small batches go up and down the plot a few hundred times."""
NO_POINTS: Float64s = np.empty((0, 2))


class PlotPixels:
    """The pixels of a view box, from its upper left corner, and the units of its axes."""

    def __init__(self, box: Any) -> None:
        (self.low, self.high), (self.bottom, self.top) = box.viewRange()
        area = box.rect()
        self.area = QRectF(0.0, 0.0, area.width(), area.height())
        self._across = max(area.width(), 1.0) / (self.high - self.low)
        self._up = max(area.height(), 1.0) / (self.top - self.bottom)

    def x_px(self, x: Float64s | float) -> Any:
        return self._across * (x - self.low)

    def y_px(self, y: Float64s | float) -> Any:
        return self._up * (self.top - y)

    def place(self, x_px: float, y_px: float) -> tuple[float, float]:
        """In units of the axes."""
        return self.low + x_px / self._across, self.top - y_px / self._up

    def marks(self, x: Float64s, y: Float64s) -> Float64s:
        """``(n_inside, 2)`` pixels of those of the points ``x``, ``y`` ``(n,)`` that can be seen."""
        points = np.column_stack([self.x_px(x), self.y_px(y)]).astype(np.float64)
        width, height = self.area.width(), self.area.height()
        with np.errstate(invalid="ignore"):
            is_inside = (points >= -CURVE_PX).all(axis=1) & (points <= (width + CURVE_PX, height + CURVE_PX)).all(
                axis=1
            )
        return points[is_inside]

    def line(self, x: Float64s, y: Float64s) -> Float64s:
        """``(n_points, 2)`` pixels along the line through ``x``, ``y`` ``(n,)``, as close as words need them."""
        x_px, y_px = np.asarray(self.x_px(x), dtype=np.float64), np.asarray(self.y_px(y), dtype=np.float64)
        # What is outside counts as little beyond the edge: a jump to 1e9 has no points that anybody sees.
        height = self.area.height()
        y_px = np.clip(y_px, -height, 2.0 * height)
        is_known = np.isfinite(x_px) & np.isfinite(y_px)
        x_px, y_px = x_px[is_known], y_px[is_known]
        if len(x_px) < 2:
            return np.column_stack([x_px, y_px])
        lengths = np.maximum(np.abs(np.diff(x_px)), np.abs(np.diff(y_px)))
        way = np.append(0.0, np.cumsum(lengths))
        n_steps = int(min(max(way[-1] / STEP_PX, 1.0), MOST_STEPS))
        at = np.linspace(0.0, way[-1], n_steps + 1)
        # Two points on one spot would leave no way to go along.
        keep = np.append(True, lengths > 0)
        return np.column_stack([np.interp(at, way[keep], one[keep]) for one in (x_px, y_px)])


def is_free(box: QRectF, taken: Iterable[QRectF], points: Float64s, apart_px: float = CURVE_PX) -> bool:
    """Whether ``box`` touches none of ``taken`` and holds none of ``points`` ``(n, 2)``, ``apart_px`` around it."""
    return not any(box.intersects(other) for other in taken) and not n_covered(box, points, apart_px)


def n_covered(box: QRectF, points: Float64s, apart_px: float = CURVE_PX) -> int:
    """How many of ``points`` are within ``apart_px`` of ``box``."""
    across, down = points[:, 0], points[:, 1]
    is_over = (
        (across > box.left() - apart_px)
        & (across < box.right() + apart_px)
        & (down > box.top() - apart_px)
        & (down < box.bottom() + apart_px)
    )
    return int(is_over.sum())


def best_place(
    places: Sequence[QRectF], area: QRectF, taken: Sequence[QRectF], points: Float64s, kept: QRectF | None = None
) -> QRectF | None:
    """``kept``, where words stand already, if it is free; else the first of ``places`` that is.

    Where none is, the one inside ``area`` that covers the fewest of ``points`` and none of ``taken``, or None.
    """
    inside = [one for one in places if area.contains(one)]
    for one in ([kept] if kept is not None and area.contains(kept) else []) + inside:
        if is_free(one, taken, points):
            return one
    apart = [one for one in inside if not any(one.intersects(other) for other in taken)]
    return min(apart, key=lambda one: n_covered(one, points, 0.0), default=None)


def spread(wanted: Float64s, widths: Float64s) -> Float64s:
    """Centres in [0, 1] nearest to those ``wanted`` (ascending) at which labels of these widths do not overlap.

    Without the labels' widths what is left must ascend: isotonic regression, by pooling neighbours that do not.
    """
    offsets = np.cumsum(widths) - 0.5 * widths
    blocks: list[list[float]] = []
    for value in wanted - offsets:
        blocks.append([float(value)])
        while len(blocks) > 1 and np.mean(blocks[-2]) > np.mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    pooled = np.concatenate([np.full(len(block), np.mean(block)) for block in blocks])
    return np.asarray(np.clip(pooled, 0.0, max(0.0, 1.0 - float(widths.sum()))) + offsets)
