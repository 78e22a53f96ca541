"""Contours of a grid as polylines that one plot item can draw; contourpy's marching squares find them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from contourpy import ContourGenerator, LineType, contour_generator

from regdesk.core.geometry.plane import PlaneGrid
from regdesk.core.types import Float64s


def contour_lines(grid: PlaneGrid, levels: Iterable[float]) -> list[Float64s]:
    """A line ``(n_points, 2)`` for each of ``levels``: pieces apart by a row of NaN, closed ones end where they begin.

    Its points lie on lines between grid points, where the values in between are taken as straight; in a saddle the mean
    of a cell's corners says which of them belong together. A cell with a corner of NaN or infinity has no line.
    """
    generator = _generator_of(grid)
    # All of the grid is one chunk, which has no points where it has no line.
    found = [generator.lines(float(level))[0][0] for level in levels]
    return [np.empty((0, 2)) if points is None else np.asarray(points, dtype=np.float64) for points in found]


@lru_cache(maxsize=2)
def _generator_of(grid: PlaneGrid) -> ContourGenerator:
    """Of the newest grids: a picture asks twice for lines of one, and a profile keeps its grid while a model trains.

    Of 61 × 61 points it takes as long as six lines. A grid is known by being the same one, as it is never changed.
    """
    return contour_generator(
        grid.x_values,
        grid.y_values,
        grid.values,
        name="serial",
        corner_mask=False,
        line_type=LineType.ChunkCombinedNan,
    )
