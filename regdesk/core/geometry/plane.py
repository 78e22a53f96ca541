"""A plane of two weights: its values on a grid, the quadratic that needs no grid, and the frame that holds still."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from regdesk.core.rounding import round_limit
from regdesk.core.types import Float64s

Reading = Literal["slice", "profile"]
"""``slice``: the other weights and biases as they are. ``profile``: the others at their best for each point."""

MARGIN = 0.08
"""Share of what a frame must contain that it is wider on each side."""
LEAST_WIDTH = 1e-6
TICKS_WANTED = 8
SLACK_SHARE = 0.65
"""A frame is kept while what it must contain fills at least this share of it, one way or the other. A share of 0.25
left ball and contours in the middle third of a tall panel, where labels cut the contour that touches.
"""


@dataclass(frozen=True, eq=False)
class PlaneGrid:
    """Values over a plane: ``x_values`` ``(n_x,)`` and ``y_values`` ``(n_y,)`` ascend, ``values`` is ``(n_y, n_x)``."""

    x_values: Float64s
    y_values: Float64s
    values: Float64s

    def within(self, frame: PlaneFrame) -> Float64s:
        """The values that stand in ``frame``, ``(n_rows, n_columns)``."""
        columns = (self.x_values >= frame.left) & (self.x_values <= frame.right)
        rows = (self.y_values >= frame.bottom) & (self.y_values <= frame.top)
        return self.values[np.ix_(rows, columns)]

    def at(self, x: float, y: float) -> float:
        """The value at a point, bilinear between grid points; NaN outside."""
        xs, ys = self.x_values, self.y_values
        if not (xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]):
            return math.nan
        column = min(int(np.searchsorted(xs, x, side="right")) - 1, len(xs) - 2)
        row = min(int(np.searchsorted(ys, y, side="right")) - 1, len(ys) - 2)
        right = (x - xs[column]) / (xs[column + 1] - xs[column])
        up = (y - ys[row]) / (ys[row + 1] - ys[row])
        (a, b), (c, d) = self.values[row : row + 2, column : column + 2]
        return float((1 - up) * ((1 - right) * a + right * b) + up * ((1 - right) * c + right * d))


@dataclass(frozen=True, eq=False)
class Quadratic:
    """value(p) = ``constant`` + ``slope``·p + ½ pᵀ ``curvature`` p for points p ``(2,)``."""

    constant: float
    slope: Float64s
    curvature: Float64s

    def value_at(self, point: Float64s) -> float:
        return float(self.constant + self.slope @ point + 0.5 * point @ self.curvature @ point)

    def gradient_at(self, point: Float64s) -> Float64s:
        """``(2,)``."""
        return np.asarray(self.slope + self.curvature @ point)

    def minimum(self) -> Float64s:
        """The point ``(2,)`` where it is least; along directions in which it does not change the one nearest to 0."""
        return np.asarray(-np.linalg.pinv(self.curvature, rcond=1e-12, hermitian=True) @ self.slope)

    def level_box(self, point: Float64s) -> Float64s:
        """Two corners ``(2, 2)`` of the box around the ellipse of all points that are as low as ``point`` ``(2,)``.

        No rows ``(0, 2)`` where the level has no such end: the curvature is not positive, or next to it.
        """
        (xx, xy), (_, yy) = self.curvature
        determinant = float(xx * yy - xy * xy)
        if not (xx > 0.0 and yy > 0.0 and determinant > 1e-9 * xx * yy):
            return np.empty((0, 2))
        middle = self.minimum()
        height = max(self.value_at(point) - self.value_at(middle), 0.0)
        # Along axis i a level reaches √(2 height (H⁻¹)ᵢᵢ) far: the greatest of pᵢ under ½ pᵀHp ≤ height.
        half = np.sqrt(2.0 * height * np.array([yy, xx]) / determinant)
        return np.vstack([middle - half, middle + half])

    def grid(self, x_values: Float64s, y_values: Float64s) -> PlaneGrid:
        x, y = x_values[np.newaxis, :], y_values[:, np.newaxis]
        (xx, xy), (_, yy) = self.curvature
        values = self.constant + x * (self.slope[0] + 0.5 * xx * x) + y * (self.slope[1] + 0.5 * yy * y) + xy * x * y
        return PlaneGrid(x_values, y_values, values)


@dataclass(frozen=True)
class PlaneFrame:
    """Ranges of the two axes, equal in length, so that a disc is round where pixels are square."""

    left: float
    right: float
    bottom: float
    top: float

    @classmethod
    def around(cls, points: Float64s) -> PlaneFrame:
        """The frame for ``points`` ``(n_points, 2)``: 0 is in it, and its bounds are multiples of 1, 2 or 5 · 10ᵏ.

        Points that are not finite are passed over.
        """
        finite = points[np.isfinite(points).all(axis=1)]
        shown = np.vstack([np.zeros((1, 2)), finite])
        low, high = shown.min(axis=0), shown.max(axis=0)
        width = max(float((high - low).max()), LEAST_WIDTH) * (1.0 + 2.0 * MARGIN)
        step = round_limit(width / TICKS_WANTED)
        n_steps = math.ceil(width / step)
        # Rounding a middle to whole steps can take half a step from one side.
        while True:
            starts = np.floor((0.5 * (low + high) - 0.5 * n_steps * step) / step + 0.5) * step
            ends = starts + n_steps * step
            if (starts <= low - 0.5 * MARGIN * width).all() and (ends >= high + 0.5 * MARGIN * width).all():
                return cls(float(starts[0]), float(ends[0]), float(starts[1]), float(ends[1]))
            n_steps += 1

    def contains(self, points: Float64s) -> bool:
        """Whether all finite ``points`` ``(n_points, 2)`` are in it."""
        finite = points[np.isfinite(points).all(axis=1)]
        return bool((finite >= (self.left, self.bottom)).all() and (finite <= (self.right, self.top)).all())

    def kept_or_new(self, points: Float64s, slack: float = SLACK_SHARE, needed: Float64s | None = None) -> PlaneFrame:
        """This frame while it holds ``points`` ``(n_points, 2)``, or as much of them as is ``needed``, and they fill at
        least the share ``slack`` of it, one way or the other; else one around them.
        """
        if not self.contains(points if needed is None else needed):
            return PlaneFrame.around(points)
        new = PlaneFrame.around(points)
        return new if new.right - new.left < slack * (self.right - self.left) else self

    def axes(self, n_points: int, aspect: float = 1.0) -> tuple[Float64s, Float64s]:
        """``n_points`` values along x and as many along y, ends included.

        They fill a plot around the frame whose height is ``aspect`` times its width.
        """
        beside = 0.5 * (self.right - self.left) * max(1.0 / aspect - 1.0, 0.0)
        beyond = 0.5 * (self.top - self.bottom) * max(aspect - 1.0, 0.0)
        return (
            np.linspace(self.left - beside, self.right + beside, n_points),
            np.linspace(self.bottom - beyond, self.top + beyond, n_points),
        )


def contour_levels(lowest: float, null_loss: float, n_levels: int = 10) -> Float64s:
    """Levels ``(n_levels,)`` from just above ``lowest`` up to beyond ``null_loss``, ascending.

    Their heights above ``lowest`` are squares, so that those of a bowl stand equally apart. The unit is one of the
    1-2-5 row, so levels stay while ``null_loss`` − ``lowest`` moves little; choose them once for each frame.
    """
    height = round_limit(max(null_loss - lowest, 1e-12 * max(abs(lowest), 1e-300)))
    shares = np.arange(1, n_levels + 1) / (0.75 * n_levels)
    return np.asarray(lowest + height * np.square(shares))


def points_of(parts: Sequence[Float64s]) -> Float64s:
    """Points ``(n, 2)`` and single ones ``(2,)`` in one table ``(n_points, 2)``, as frames take them."""
    return np.vstack([np.atleast_2d(part) for part in parts if part.size]) if parts else np.empty((0, 2))
