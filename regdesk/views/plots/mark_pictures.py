"""Pictures of the marks in a plot: only those are kept that some point has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg

if TYPE_CHECKING:
    from collections.abc import Callable

FEW_MARKS = 32
"""Kinds of marks of which pictures are kept whether or not a point still has them."""


def without_old_marks(points: pg.ScatterPlotItem, draw: Callable[[], None], most: int) -> int:
    """Give up the pictures of marks that no point has any more, where there are more than ``most``; returns how many
    there may be from here on. ``draw`` makes those that are needed.

    A new pen or brush makes a new picture, though it looks like the last. pyqtgraph keeps a thousand of each item: in
    an hour of new colours, sizes of text and runs, the thirty items of a window grew by 2 KB with each.
    """
    if len(points.fragmentAtlas) <= most:
        return most
    points.fragmentAtlas.clear()
    points.data["sourceRect"] = 0
    draw()
    return max(FEW_MARKS, 2 * len(points.fragmentAtlas))


class MarkedCurve(pg.PlotDataItem):
    """A line through points that are marked, without the pictures of marks that it had before."""

    _most_marks = FEW_MARKS

    def updateItems(self, *args: Any, **options: Any) -> None:
        super().updateItems(*args, **options)
        self._most_marks = without_old_marks(self.scatter, self.scatter.updateSpots, self._most_marks)


def add_marked_curve(plot: Any, symbol: str, size_px: float) -> MarkedCurve:
    """A new one in ``plot``, without points yet; its marks have ``size_px`` from end to end."""
    curve = MarkedCurve(symbol=symbol, symbolSize=size_px)
    plot.addItem(curve)
    return curve
