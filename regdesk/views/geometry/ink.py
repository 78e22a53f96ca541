"""Where lines run in a plot, counted once, so that very many places for words can be asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from regdesk.core.types import Float64s, Integers

CELL_PX = 2.0
"""Of the squares in which a line is or is not; about as wide as a line."""
MOST_CELLS = 5_000


class Ink:
    """``points`` ``(n, 2)`` stand close together along every line, in pixels as ``area`` has them."""

    def __init__(self, area: QRectF, points: Float64s) -> None:
        self._corner = np.array([area.left(), area.top()])
        size = np.nan_to_num(np.array([area.width(), area.height()]) / CELL_PX)
        # A plot that has not been laid out has no size, or any.
        self._shape = np.clip(np.ceil(size), 1.0, MOST_CELLS).astype(np.int64)
        places = np.floor((points - self._corner) / CELL_PX)
        cells = places[((places >= 0) & (places < self._shape)).all(axis=1)].astype(np.int64)
        is_inked = np.zeros(self._shape, dtype=np.int64)
        is_inked[cells[:, 0], cells[:, 1]] = 1
        # Sums over all that is left and above: four of them give the sum over any box.
        self._sums = np.pad(is_inked.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))

    def covered(self, corners: Float64s) -> Integers:
        """``(n_boxes,)``: how many squares with a line in them each box touches; ``corners`` ``(n_boxes, 2, 2)`` are
        upper left and lower right.
        """
        edges = np.nan_to_num((corners - self._corner) / CELL_PX)
        first = np.clip(np.floor(edges[:, 0]), 0, self._shape).astype(np.int64)
        last = np.clip(np.ceil(edges[:, 1]), 0, self._shape).astype(np.int64)
        (left, top), (right, bottom) = first.T, last.T
        sums = self._sums
        found: Integers = sums[right, bottom] - sums[left, bottom] - sums[right, top] + sums[left, top]
        return found
