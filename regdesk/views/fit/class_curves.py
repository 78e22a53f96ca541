"""One input and several classes: a probability curve for each, with its rows in a lane of their own beneath."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from regdesk.views.fit.axes import connection
from regdesk.views.kit import theme
from regdesk.views.kit.blends import faint
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.text_size import heading_font, scaled_px
from regdesk.views.plots.class_marks import ClassPoints, class_colour, fair_share
from regdesk.views.plots.free_place import spread
from regdesk.views.plots.steady_items import SteadyCurve, named

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitFrame, FitScene
    from regdesk.core.types import Float64s, Integers

LANE_HEIGHT, LANES_HEIGHT = 0.14, 0.7
"""Of one lane and at most of all, where the axis of probabilities is 1 high."""
GAP = 0.04
ROOM_ABOVE = 0.12
LABEL_OPACITY = 150
MAX_LABELLED_CLASSES = 8
"""As many as there are colours. Beyond, labels on the curves would hide them: the readout has a key, and the second
time round the colours are dashed."""


class ClassCurves:
    """Curves and labels are made once for a scene and then given new data."""

    def __init__(self, view: Any) -> None:
        """``view`` is the widget of the plot that they stand in."""
        self._view = view
        self._plot = plot = view.getPlotItem()
        self.points = ClassPoints(plot, 7.0)
        self.curves: list[Any] = []
        self.labels: list[Any] = []
        self._scene: FitScene | None = None
        self._label_px = 0
        self._lanes: Float64s = np.empty(0)
        self._columns: Integers = np.empty(0, dtype=np.int64)
        self._fit: FitFrame | None = None
        plot.getViewBox().sigResized.connect(self._on_view_resized)

    def hide(self) -> None:
        for item in (*self.curves, *self.labels):
            self._plot.removeItem(item)
        self.curves, self.labels, self._scene, self._fit = [], [], None, None
        self.points.set_visible(False)

    def show_scene(self, scene: FitScene, label_px: int) -> float:
        """Draw the rows and make the curves; ``label_px`` is the room beside the lanes. Returns the axis's low end."""
        self._scene, self._label_px = scene, label_px
        n_classes = len(scene.classes)
        pitch = min(LANE_HEIGHT, LANES_HEIGHT / n_classes)
        self._lanes = -GAP - pitch * (np.arange(n_classes, dtype=np.float64) + 0.5)
        rows: list[tuple[Float64s, Float64s, Float64s]] = [
            (places[:, 0], np.asarray(self._lanes[targets.astype(np.int64)] + shift * pitch), targets)
            for places, targets, shift in (
                (scene.train_places, scene.train_targets, 0.24),
                (scene.validation_places, scene.validation_targets, -0.24),
            )
        ]
        self.points.show_rows(rows[0], rows[1], scene.has_others)
        for index in range(n_classes):
            style = Qt.PenStyle.SolidLine if index < MAX_LABELLED_CLASSES else Qt.PenStyle.DashLine
            pen = pg.mkPen(class_colour(index), width=2.5, style=style)
            self.curves.append(named(SteadyCurve(pen=pen), "classCurve"))
            self._plot.addItem(self.curves[-1], ignoreBounds=True)
        ground = faint(theme.colours().background, LABEL_OPACITY)
        for index in range(n_classes if n_classes <= MAX_LABELLED_CLASSES else 0):
            label = pg.TextItem(color=class_colour(index), anchor=(0.5, 1.0), fill=pg.mkBrush(ground))
            label.setObjectName("classLabel")
            label.setVisible(False)
            label.setZValue(10)
            self.labels.append(label)
            self._plot.addItem(label, ignoreBounds=True)
        self._write_labels()
        return float(self._lanes[-1] - 0.5 * pitch - GAP)

    def show_frame(self, fit: FitFrame) -> None:
        assert self._scene is not None
        self._fit = fit
        for index, curve in enumerate(self.curves):
            curve.setData(self._scene.grid[0], fit.surface[:, index], connect=connection(self._scene))
        self._place_labels()

    def _place_labels(self) -> None:
        if self._scene is None or self._fit is None:
            return
        for index, label in enumerate(self.labels):
            column = self._columns[index]
            label.setPos(self._scene.grid[0][column], self._fit.surface[column, index])
            label.setVisible(True)

    def _write_labels(self) -> None:
        """What is written at the lanes and at the curves, as far as there is room."""
        if self._scene is None:
            return
        box, metrics, classes = self._plot.getViewBox(), self._view.fontMetrics(), self._scene.classes
        lane_px = box.height() / (1.0 + ROOM_ABOVE - self._lanes[-1]) * abs(self._lanes[-1]) / len(classes)
        every = max(1, math.ceil(0.9 * metrics.height() / max(lane_px, 1.0)))
        ticks = [(0.0, "0"), (0.5, "0.5"), (1.0, "1")]
        names = elided_all(classes, metrics, float(scaled_px(self._label_px)))
        ticks += [(float(self._lanes[k]), names[k]) for k in range(0, len(classes), every)]
        self._plot.getAxis("left").setTicks([ticks])
        if self.labels:
            font = heading_font(self._view.font())
            metrics = QFontMetrics(font)
            gap_px = metrics.horizontalAdvance("n")
            share_px = fair_share([metrics.horizontalAdvance(text) + gap_px for text in classes], box.width())
            texts = elided_all(classes, metrics, min(share_px - gap_px, scaled_px(self._label_px)))
            for label, text in zip(self.labels, texts, strict=True):
                label.setFont(font)
                label.setPlainText(text)
            widths = np.array([metrics.horizontalAdvance(text) + gap_px for text in texts]) / max(box.width(), 1.0)
            self._columns = label_columns(self._scene, widths)
            self._place_labels()

    def _on_view_resized(self) -> None:
        self._write_labels()


def label_columns(scene: FitScene, widths: Float64s) -> Integers:
    """Where each class's label rides its curve: at the class's median, or as near as leaves none above another.

    ``widths`` ``(n_classes,)`` are shares of the axis. Returns numbers of the grid's points, ``(n_classes,)``; they
    stand still while the curves move.
    """
    places = np.concatenate([scene.train_places[:, 0], scene.validation_places[:, 0]])
    targets = np.concatenate([scene.train_targets, scene.validation_targets])
    grid = scene.grid[0]
    middle = float(grid.mean())
    medians = np.array(
        [np.median(places[targets == k]) if (targets == k).any() else middle for k in range(len(widths))]
    )
    order = np.argsort(medians, kind="stable")
    wanted = spread((medians[order] - grid[0]) / (grid[-1] - grid[0]), widths[order])
    columns = np.empty(len(widths), dtype=np.int64)
    columns[order] = np.rint(np.clip(wanted, 0.0, 1.0) * (len(grid) - 1)).astype(np.int64)
    return columns
