"""A small plot on paper: axes through zero, curves and labels, in coordinates of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from regdesk.views.kit import theme

N_POINTS = 121


class Pane:
    """``room`` in pixels shows ``x`` and ``y``, each from its first to its second number."""

    def __init__(
        self, painter: QPainter, room: QRectF, x: tuple[float, float], y: tuple[float, float], caption: str = ""
    ) -> None:
        self._painter, self.colours = painter, theme.colours()
        self._line_px = painter.fontMetrics().height()
        self._room = room.adjusted(0.0, self._line_px if caption else 0.0, 0.0, 0.0)
        self._x, self._y = x, y
        if caption:
            painter.setPen(QColor(self.colours.quiet_text))
            painter.drawText(QRectF(room.topLeft(), room.size()), Qt.AlignmentFlag.AlignHCenter, caption)

    def point(self, x: float, y: float) -> QPointF:
        """In pixels."""
        across = (x - self._x[0]) / (self._x[1] - self._x[0])
        up = (y - self._y[0]) / (self._y[1] - self._y[0])
        return QPointF(self._room.left() + across * self._room.width(), self._room.bottom() - up * self._room.height())

    def axes(self, horizontal: float | None = 0.0, vertical: float | None = 0.0) -> None:
        """Thin lines at these heights and places; None for none."""
        self._painter.setPen(QPen(QColor(self.colours.disabled_text), 1.0))
        if horizontal is not None:
            self._painter.drawLine(self.point(self._x[0], horizontal), self.point(self._x[1], horizontal))
        if vertical is not None:
            self._painter.drawLine(self.point(vertical, self._y[0]), self.point(vertical, self._y[1]))

    def line(self, points: Sequence[tuple[float, float]], colour: str, is_dashed: bool = False) -> None:
        """Through ``points``, cut at the edge."""
        pen = QPen(QColor(colour), 2.0)
        pen.setStyle(Qt.PenStyle.DashLine if is_dashed else Qt.PenStyle.SolidLine)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.save()
        self._painter.setClipRect(self._room.adjusted(-1.0, -1.0, 1.0, 1.0))
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPolyline(QPolygonF([self.point(*one) for one in points]))
        self._painter.restore()

    def curve(
        self,
        heights: Callable[[float], float],
        colour: str,
        is_dashed: bool = False,
        ends: tuple[float, float] | None = None,
    ) -> None:
        """The graph of ``heights``, over all of x or between ``ends``."""
        first, last = ends or self._x
        places = [first + (last - first) * number / (N_POINTS - 1) for number in range(N_POINTS)]
        self.line([(place, heights(place)) for place in places], colour, is_dashed)

    def area(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """Filled palely, with an edge."""
        path = QPainterPath()
        path.addPolygon(QPolygonF([self.point(*one) for one in points]))
        path.closeSubpath()
        pale = QColor(colour)
        pale.setAlphaF(0.2)
        self._painter.setPen(QPen(QColor(colour), 1.5))
        self._painter.setBrush(pale)
        self._painter.drawPath(path)

    def bar(self, place: float, height: float, width: float, colour: str) -> None:
        """From 0 to ``height``."""
        box = QRectF(self.point(place - 0.5 * width, max(height, 0.0)), self.point(place + 0.5 * width, min(height, 0)))
        self._painter.fillRect(box, QColor(colour))

    def dot(self, x: float, y: float, colour: str, is_hollow: bool = False) -> None:
        size = 0.28 * self._line_px
        self._painter.setPen(QPen(QColor(colour), 2.0))
        self._painter.setBrush(QColor(self.colours.background if is_hollow else colour))
        self._painter.drawEllipse(self.point(x, y), size, size)

    def label(self, x: float, y: float, text: str, colour: str, align: Qt.AlignmentFlag) -> None:
        """``text`` at that point: to the right of it, to the left or around it, as ``align`` says."""
        place, metrics = self.point(x, y), self._painter.fontMetrics()
        width = metrics.horizontalAdvance(text) + 2.0
        shares = {Qt.AlignmentFlag.AlignRight: 1.0, Qt.AlignmentFlag.AlignHCenter: 0.5}
        left = place.x() - width * shares.get(align, 0.0)
        self._painter.setPen(QColor(colour))
        box = QRectF(left, place.y() - 0.5 * self._line_px, width, self._line_px)
        self._painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
