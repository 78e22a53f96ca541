"""Contours of a grid as polylines that one plot item can draw."""

from __future__ import annotations

import numpy as np

from regdesk.core.geometry.plane import PlaneGrid
from regdesk.core.types import Float64s


def contour_line(grid: PlaneGrid, level: float) -> Float64s:
    """The line at ``level``, ``(n_points, 2)``: pieces apart by a row of NaN, closed ones end where they begin.

    Its points lie on lines between grid points, where the values in between are taken as straight.
    """
    from regdesk.core.engine.contour_kernels import trace

    values = np.ascontiguousarray(grid.values)
    # Each edge is crossed once; a piece has two points at least, and adds its end and its gap.
    points = np.empty((4 * values.size, 2))
    links = np.empty((2 * values.size, 2), dtype=np.int64)
    n_points = trace(grid.x_values, grid.y_values, values, float(level), links, points)
    return points[:n_points].copy()
