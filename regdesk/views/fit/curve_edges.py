"""Where a fitted curve leaves the picture: a mark at its edge for each peak that nobody sees, with its height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QTimer

from regdesk.core.words.number_text import signed_text
from regdesk.views.kit import theme
from regdesk.views.plots.edge_marks import EdgeMarks, Outside
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.types import Float64s

MOST_MARKS = 4
"""The peaks that are furthest outside; of a wild curve one sees that it is wild."""


class CurveEdges(QObject):
    """The marks of ``curve``, of which the words keep off it and off the points of ``others``."""

    def __init__(self, plot: Any, curve: Any, others: Sequence[Any], parent: QObject) -> None:
        super().__init__(parent)
        self._plot, self._curve, self._others = plot, curve, others
        # Made when a curve first leaves the picture.
        self._marks: EdgeMarks | None = None
        self._is_shown = False
        # A hand moves the axes of a model that is paused; not at once, as a layout may be under way.
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._draw)
        for moved in (plot.vb.sigRangeChanged, plot.vb.sigResized):
            moved.connect(self._on_view_moved)

    def hide(self) -> None:
        """There is no curve."""
        self._is_shown = False
        if self._marks is not None:
            self._marks.clear()

    def show(self) -> None:
        """Bring the marks to what the curve holds."""
        self._is_shown = True
        self._draw()

    def _on_view_moved(self) -> None:
        if self._is_shown:
            self._soon.start()

    def _draw(self) -> None:
        if not self._is_shown:
            return
        x, y = self._curve.getData()
        across, up = self._plot.vb.viewRange()
        outside = [] if x is None else peaks_outside(x, y, across, up, theme.colours().text)
        if self._marks is None:
            if not outside:
                return
            self._marks = EdgeMarks(self._plot)
        points = NO_POINTS
        if outside:
            pixels = PlotPixels(self._plot.vb)
            seen = (item.getData() for item in self._others if item.isVisible())
            points = np.concatenate([pixels.line(x, y), *(pixels.marks(*data) for data in seen if len(data[0]))])
        self._marks.show(outside, points=points)


def peaks_outside(
    x: Float64s, y: Float64s, x_range: Sequence[float], y_range: Sequence[float], colour: str
) -> list[Outside]:
    """Of a curve ``x``, ``y`` ``(n,)`` the highest place of each stretch above ``y_range``, and the lowest of each
    below it, as far as ``x_range`` shows them: at most ``MOST_MARKS``, those that are furthest outside first.
    """
    is_seen = np.isfinite(y) & (x >= x_range[0]) & (x <= x_range[1])
    found = []
    for away, is_above in ((y - y_range[1], True), (y_range[0] - y, False)):
        rows = np.flatnonzero(is_seen & (away > 0.0))
        for stretch in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
            if len(stretch):
                row = stretch[away[stretch].argmax()]
                found.append((away[row], Outside(float(x[row]), signed_text(float(y[row])), colour, is_above)))
    found.sort(key=lambda one: -one[0])
    return [mark for _, mark in found[:MOST_MARKS]]
