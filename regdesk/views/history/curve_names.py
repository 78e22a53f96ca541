"""The names of curves beside a plot, at their ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    pass

LABEL_ROOM_PX = 92
"""Right of the plot, where the names of the curves stand."""
LEAST_VIEW_PX, END_ROOM_PX = 300, 8
"""Width of a view with names right of the plot, and what stays free in a narrower one."""


def keep_label_room(plot: Any, width_px: float) -> bool:
    """Room for the names of curves right of ``plot`` in a view that is ``width_px`` wide, for text of the size in
    force; whether there is any. In a narrow view the curves would have too little, and the readout names them as well.
    """
    left, top, _, bottom = plot.layout.getContentsMargins()
    has_room = width_px >= scaled_px(LEAST_VIEW_PX)
    plot.layout.setContentsMargins(left, top, scaled_px(LABEL_ROOM_PX) if has_room else END_ROOM_PX, bottom)
    return has_room


class CurveNames:
    """The names of curves right of the plot, level with their ends and kept apart."""

    def __init__(self, plot: Any, names: Sequence[str]) -> None:
        self._plot = plot
        self._has_room = True
        self._names = tuple(names)
        self.labels = [QGraphicsSimpleTextItem(name, plot) for name in names]
        for label in self.labels:
            label.hide()

    def colour(self, colours: Sequence[str]) -> None:
        for label, colour in zip(self.labels, colours, strict=True):
            label.setBrush(QColor(colour))

    def fit(self, width_px: float) -> bool:
        """The view has another width; whether names are to be shown again."""
        before, self._has_room = self._has_room, keep_label_room(self._plot, width_px)
        if not self._has_room:
            self.hide()
        return self._has_room and not before

    def show(self, heights: Sequence[float]) -> None:
        """``heights`` in units of the axis; a curve that ends outside it is named at that edge, with an arrow.

        One without a height (NaN) is not named.
        """
        box = self._plot.getViewBox()
        bounds = self._plot.mapRectFromItem(box, box.rect())
        low, high = box.viewRange()[1]
        line_px = self.labels[0].boundingRect().height()
        places = []
        for name, label, height in zip(self._names, self.labels, heights, strict=True):
            is_named = self._has_room and not math.isnan(height)
            label.setVisible(is_named)
            if is_named:
                arrow = " ↑" if height > high else " ↓" if height < low else ""
                if label.text() != name + arrow:
                    label.setText(name + arrow)
                share = (min(max(height, low), high) - low) / (high - low)
                places.append((bounds.bottom() - share * bounds.height(), label))
        places.sort(key=lambda place: place[0])
        # Downwards, each below the one above it, then back up from the lower edge.
        tops: list[float] = []
        for place, _ in places:
            tops.append(max(place - 0.5 * line_px, tops[-1] + line_px if tops else bounds.top()))
        limit = bounds.bottom() - 0.6 * line_px
        for index in reversed(range(len(tops))):
            tops[index] = min(tops[index], limit)
            limit = tops[index] - line_px
        for top, (_, label) in zip(tops, places, strict=True):
            label.setPos(QPointF(bounds.right() + 6, top))

    def hide(self) -> None:
        for label in self.labels:
            label.hide()
