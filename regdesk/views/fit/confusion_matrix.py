"""Several inputs and several classes: how many rows of each class were taken for each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from regdesk.core.words.number_text import count_text
from regdesk.views.fit.picture_columns import confusion_columns
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.class_marks import widest
from regdesk.views.plots.steady_items import named

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitFrame, FitScene
    from regdesk.core.types import Counts, Float64s
    from regdesk.views.plots.data_columns import Column

MAX_WRITTEN_CLASSES = 12
"""Beyond, cells are too small for numbers: they are shaded, and the readout names the largest confusions."""
PALEST, FULLEST = 0.12, 0.6
"""Shares of the colour in a cell with hardly any and with all rows of its class: one mistake among hundreds is seen,
and dark numbers can be read on all of them."""
LABEL_GAP_PX = 6
CORNER_PX, CORNER_SHARE = 12.0, 0.3
"""Of the filled corner of a cell with mistakes: so many pixels, at most that share of the cell."""
FRAME_PX = 2.0
"""Of the cells of the diagonal."""
SHARE_LINE_PX = (44, 34)
"""The least width and height of a cell that has room for the share beneath the count."""
FROZEN_LINE_PX = (52, 50)
"""And for what it was when the fit was frozen."""


class MatrixItem(pg.GraphicsObject):
    """The cells; the actual class k stands in row n − 1 − k from below, so that the diagonal falls as in print.

    Right and wrong have a colour each. For whoever cannot tell these apart the diagonal has a frame, and a cell with
    mistakes a filled corner.

    ``counts`` and ``shares`` (of the actual class's rows) are ``(n_classes, n_classes)``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counts = np.zeros((0, 0), dtype=np.int64)
        self.shares: Float64s = np.zeros((0, 0))
        self.frozen: Counts | None = None
        self.shown: tuple[FitScene, FitFrame] | None = None

    def data_columns(self) -> list[Column]:
        return [] if self.shown is None else confusion_columns(*self.shown)

    def set_counts(self, counts: Counts) -> None:
        if counts.shape != self.counts.shape:
            self.prepareGeometryChange()
        self.counts = counts
        totals = counts.sum(axis=1, keepdims=True)
        self.shares = counts / np.where(totals > 0, totals, 1)
        self.update()

    def set_frozen(self, counts: Counts | None) -> None:
        """Counts of a frozen fit, written beneath those that have changed since."""
        self.frozen = counts
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0.0, 0.0, float(len(self.counts)), float(len(self.counts)))

    @staticmethod
    def cell_colour(share: float, is_right: bool) -> QColor:
        colour = theme.colours().right if is_right else theme.colours().wrong
        return blended(colour, PALEST + (FULLEST - PALEST) * share if share else 0.0)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        n_classes = len(self.counts)
        transform = painter.worldTransform()
        # In pixels: text must not be stretched as the cells are.
        painter.resetTransform()
        for actual in range(n_classes):
            for predicted in range(n_classes):
                cell = transform.mapRect(QRectF(predicted, n_classes - 1 - actual, 1.0, 1.0)).adjusted(1, 1, -1, -1)
                self._paint_cell(painter, cell, actual, predicted)

    def _paint_cell(self, painter: QPainter, cell: QRectF, actual: int, predicted: int) -> None:
        count, share = float(self.counts[actual, predicted]), float(self.shares[actual, predicted])
        colours, is_right = theme.colours(), actual == predicted
        painter.fillRect(cell, self.cell_colour(share, is_right))
        painter.setPen(QPen(QColor(colours.quiet_text if is_right else colours.grid), FRAME_PX if is_right else 1.0))
        painter.drawRect(cell)
        if count and not is_right:
            side = min(CORNER_PX, CORNER_SHARE * cell.width(), CORNER_SHARE * cell.height())
            corner = cell.topRight()
            points = [corner, corner - QPointF(side, 0.0), corner + QPointF(0.0, side)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.wrong))
            painter.drawPolygon(QPolygonF(points))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if len(self.counts) > MAX_WRITTEN_CLASSES:
            return
        painter.setPen(QColor(theme.colours().text if count else theme.colours().zero))
        was = None if self.frozen is None else float(self.frozen[actual, predicted])
        text = cell_text(count, share, cell.width(), cell.height(), was)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)


class ConfusionMatrix:
    """The cells and the labels at their axes."""

    def __init__(self, view: Any) -> None:
        """``view`` is the widget of the plot that it stands in."""
        self._view = view
        self._plot = view.getPlotItem()
        self.item = named(MatrixItem(), "confusionMatrix")
        self.item.setVisible(False)
        self._plot.addItem(self.item)
        self._scene: FitScene | None = None
        self._label_px = 0
        self._plot.getViewBox().sigResized.connect(self._on_view_resized)

    def hide(self) -> None:
        self._scene = None
        self.item.setVisible(False)

    def show_scene(self, scene: FitScene, label_px: int) -> None:
        """``label_px`` is the room for labels at the left axis."""
        self._scene, self._label_px = scene, label_px
        self._write_labels()

    def show_frame(self, fit: FitFrame) -> None:
        assert self._scene is not None
        self.item.shown = self._scene, fit
        self.item.set_counts(fit.confusion)
        self.item.setVisible(True)

    def _write_labels(self) -> None:
        if self._scene is None:
            return
        classes, box, metrics = self._scene.classes, self._plot.getViewBox(), self._view.fontMetrics()
        n_classes = len(classes)
        cell_width, cell_height = box.width() / n_classes, box.height() / n_classes
        # Where labels do not fit side by side, every second or third is written.
        least_px = widest(classes, metrics, metrics.horizontalAdvance("n…n")) + LABEL_GAP_PX
        across = max(1, math.ceil(least_px / max(cell_width, 1.0)))
        down = max(1, math.ceil(metrics.height() / max(cell_height, 1.0)))
        room_px = across * cell_width - LABEL_GAP_PX
        along, beside = (elided_all(classes, metrics, room) for room in (room_px, float(scaled_px(self._label_px))))
        bottom = [(k + 0.5, along[k]) for k in range(0, n_classes, across)]
        left = [(n_classes - k - 0.5, beside[k]) for k in range(0, n_classes, down)]
        self._plot.getAxis("bottom").setTicks([bottom])
        self._plot.getAxis("left").setTicks([left])

    def _on_view_resized(self) -> None:
        self._write_labels()


def cell_text(count: float, share: float, width_px: float, height_px: float, was: float | None = None) -> str:
    """The count, where there is room the share of the actual class's rows, and what a frozen fit had there."""
    lines = [count_text(count)]
    if count and width_px >= SHARE_LINE_PX[0] and height_px >= SHARE_LINE_PX[1]:
        lines.append(f"{100.0 * share:.0f} %")
    if was is not None and was != count and width_px >= FROZEN_LINE_PX[0] and height_px >= FROZEN_LINE_PX[1]:
        lines.append(f"was {count_text(was)}")
    return "\n".join(lines)


def largest_confusions(counts: Counts, classes: tuple[str, ...], n_most: int = 3) -> list[tuple[str, str, float]]:
    """The classes that are mistaken most often: (actual, taken for, rows), the most frequent first."""
    mistakes = counts.copy()
    np.fill_diagonal(mistakes, 0)
    order = np.argsort(-mistakes, axis=None, kind="stable")[:n_most]
    pairs = [divmod(int(flat), len(classes)) for flat in order]
    return [
        (classes[actual], classes[predicted], mistakes[actual, predicted].item())
        for actual, predicted in pairs
        if mistakes[actual, predicted]
    ]
