"""Upright ticks of one colour: a line that is two pixels wide is far dearer to Qt than the rectangle that it covers."""

from __future__ import annotations

from typing import Any

import numpy as np
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from regdesk.views.plots.steady_items import SteadyCurve


class SteadyTicks(SteadyCurve):
    """Lines between every other point and the next, above it, as pens without antialiasing draw them.

    480 of them take 0.04 ms as rectangles, 0.45 as lines; the pixels are the same.
    """

    def __init__(self) -> None:
        super().__init__(connect="pairs", antialias=False)
        self._boxes = PrimitiveArray(QRectF, 4)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        transform, pen = painter.transform(), self.opts["pen"]
        is_on_screen = self._exportOpts is False and widget is not None and widget.devicePixelRatioF() == 1.0
        if not is_on_screen or transform.m12() or transform.m21() or not _covers_rectangles(pen):
            super().paint(painter, option, widget)
            return
        width_px = pen.widthF()
        # Qt's lines begin and end at 64ths of a pixel.
        x_px = np.rint(64.0 * (transform.m11() * self.xData[::2] + transform.dx())) / 64.0
        y_px = np.rint(64.0 * (transform.m22() * self.yData + transform.dy())) / 64.0
        one, other = y_px[::2], y_px[1::2]
        self._boxes.resize(len(x_px))
        boxes = self._boxes.ndarray()
        # A square cap reaches half a width beyond each end.
        boxes[:, 0], boxes[:, 1] = x_px - 0.5 * width_px, np.minimum(one, other) - 0.5 * width_px
        boxes[:, 2], boxes[:, 3] = width_px, np.abs(one - other) + width_px
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.brush())
        # Of the stubs' two, PySide takes the C++ form: the first of an array, and how many there are.
        draw: Any = painter.drawRects
        draw(*self._boxes.drawargs())


def _covers_rectangles(pen: Any) -> bool:
    """Whether an upright line of ``pen`` is a rectangle, as wide in pixels as it says."""
    is_solid = pen.style() == Qt.PenStyle.SolidLine and pen.isSolid() and pen.widthF() > 1.0
    return bool(is_solid and pen.isCosmetic() and pen.capStyle() == Qt.PenCapStyle.SquareCap)
