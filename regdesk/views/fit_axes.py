"""Where the pictures of the data fit stand: ranges, the ground of a map, and what is written at an axis."""

from __future__ import annotations

import math
from html import escape
from typing import Any

from PySide6.QtCore import QRectF, Qt

from regdesk.core.fit_scene import FitScene
from regdesk.core.types import Float64s
from regdesk.views.class_marks import elided, widest

LABEL_GAP_PX = 6


def axis_span(scene: FitScene, axis: int) -> tuple[float, float]:
    """The ends of an axis of a curve or map."""
    if scene.axis_categories[axis]:
        return -0.5, len(scene.axis_categories[axis]) - 0.5
    return float(scene.grid[axis][0]), float(scene.grid[axis][-1])


def map_rect(scene: FitScene) -> QRectF:
    """What the cells around the grid's points cover."""
    ends = []
    for axis, positions in enumerate(scene.grid):
        low, high = axis_span(scene, axis)
        half = 0.0 if scene.axis_categories[axis] else (positions[1] - positions[0]) / 2
        ends.append((low - half, high - low + 2 * half))
    (left, width), (bottom, height) = ends
    return QRectF(left, bottom, width, height)


def connection(scene: FitScene) -> str:
    """How pyqtgraph joins the points of a curve: through, or a level line for each category."""
    return "pairs" if scene.axis_categories[0] else "all"


def target_label(scene: FitScene) -> str:
    """The target, or the probability of the second of two classes."""
    return f"probability of {scene.target} = {scene.classes[1]}" if scene.classes else scene.target


def with_margin(values: Float64s, share: float) -> tuple[float, float]:
    """The ends of ``values`` ``(n_rows,)``, with ``share`` of their distance around them."""
    low, high = float(values.min()), float(values.max())
    margin = share * (high - low) if high > low else 0.5
    return low - margin, high + margin


def show_html(label: Any, html: str) -> None:
    """Lines of rich text in a TextItem; without a width they cannot be aligned."""
    label.setHtml(html)
    label.setTextWidth(-1)
    label.setTextWidth(math.ceil(label.textItem.document().idealWidth()))


class AxisWords:
    """The names of a plot's two axes and of the categories along them, cut to the room that there is."""

    def __init__(self, view: Any) -> None:
        """``view`` is the widget of the plot."""
        self._view = view
        self._plot = view.getPlotItem()
        self.names = {"bottom": "", "left": ""}
        self._categories: dict[str, tuple[str, ...]] = {"bottom": (), "left": ()}
        self._label_px = 0
        self._plot.getViewBox().sigResized.connect(self._on_view_resized)

    def show_names(self, bottom: str, left: str) -> None:
        self.names = {"bottom": bottom, "left": left}
        self._write_names()

    def show_categories(self, bottom: tuple[str, ...], left: tuple[str, ...], label_px: int) -> None:
        """Labels at 0, 1, 2 … of an axis; none where it has numbers. ``label_px`` is the room at the left."""
        self._categories, self._label_px = {"bottom": bottom, "left": left}, label_px
        self._write_categories()

    def _room_px(self, side: str) -> float:
        box = self._plot.getViewBox()
        return float(box.width() if side == "bottom" else box.height())

    def _write_names(self) -> None:
        for side, name in self.names.items():
            room_px = max(40.0, self._room_px(side))
            cut = self._view.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, round(room_px))
            axis = self._plot.getAxis(side)
            if axis.labelText != escape(cut):
                axis.setLabel(escape(cut))
                # A new text is not centred before the axis is given another size.
                axis.resizeEvent()

    def _write_categories(self) -> None:
        metrics = self._view.fontMetrics()
        for side, labels in self._categories.items():
            if not labels:
                continue
            cell_px = self._room_px(side) / len(labels)
            if side == "bottom":
                least_px = widest(labels, metrics, metrics.horizontalAdvance("n…n")) + LABEL_GAP_PX
                every = max(1, math.ceil(least_px / max(cell_px, 1.0)))
                room_px = every * cell_px - LABEL_GAP_PX
            else:
                every, room_px = max(1, math.ceil(metrics.height() / max(cell_px, 1.0))), float(self._label_px)
            ticks = [(float(k), elided(labels[k], metrics, room_px)) for k in range(0, len(labels), every)]
            self._plot.getAxis(side).setTicks([ticks])

    def _on_view_resized(self) -> None:
        self._write_names()
        self._write_categories()
