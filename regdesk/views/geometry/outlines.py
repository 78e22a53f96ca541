"""Shapes in the plane of two weights, from their corners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPolygonF

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

HEAD_SHARE, HEAD_WIDTH = 0.28, 0.16


def polygon_of(points: Float64s) -> QPolygonF:
    """Through ``points`` ``(n_points, 2)``."""
    if not len(points):
        return QPolygonF()
    polygon: QPolygonF = pg.functions.arrayToQPolygonF(*np.ascontiguousarray(points.T, dtype=np.float64))
    return polygon


def arrow_of(start: Float64s, along: Float64s) -> Float64s:
    """``(5, 2)`` of a line with a head, from ``start`` ``(2,)`` on by ``along`` ``(2,)``."""
    end, across = start + along, np.array([-along[1], along[0]])
    back = end - HEAD_SHARE * along
    return np.array([start, end, back + HEAD_WIDTH * across, end, back - HEAD_WIDTH * across])
