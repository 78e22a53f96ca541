"""The picture of one column: its histogram, the prediction along it, and a line at the present value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from regdesk.views.kit import theme
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.text_size import SMALL, scaled_px, sized_font

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

MARGIN_PX = 6.0
HISTOGRAM_SHARE = 0.6
"""Of the height, for the tallest bar."""
LEAST_SLOT_PX = 26.0
"""Of a label, for its name to stand beneath it."""


@dataclass(frozen=True)
class ColumnScale:
    """What stands still in the plot of a column: ``low`` and ``high`` of its range, the labels it tells apart (none:
    numbers), the rows in each bar, whether only whole numbers occur, what stands under the ends of the range, and what
    a missing number counts as.
    """

    low: float
    high: float
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    is_whole: bool
    ends: tuple[str, str]
    fill: float | None = None


@dataclass(frozen=True, eq=False)
class Curve:
    """One line: colour, width in pixels, and what is predicted at each of the places ``(n_points,)``."""

    colour: str
    width_px: float
    answers: Float64s


class ProfilePicture(QWidget):
    """What is seen of a ``ProfilePlot``; it answers to nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = ColumnScale(0.0, 1.0, (), (), False, ("", ""))
        self.place: float | None = None
        """The present value; None where it is missing."""
        self.places: Float64s | None = None
        self.curves: tuple[Curve, ...] = ()
        """The last of them is the one that is asked about, and has the point."""
        self.answers = (0.0, 1.0)
        # While the line is dragged the axis stays what it was.
        self._held_axis: tuple[float, float] | None = None
        self._names: tuple[int, list[str]] | None = None
        # Of a font, the room for names beneath the curves.
        self._below: tuple[str, float] | None = None

    def sizeHint(self) -> QSize:
        return QSize(scaled_px(160), scaled_px(56))

    def show_scale(self, scale: ColumnScale) -> None:
        """What stands still."""
        self.scale, self._names = scale, None
        self.places, self.curves = None, ()
        self.update()

    def show_place(self, place: float | None) -> None:
        """The present value, for which the curves come a moment later."""
        if place != self.place:
            self.place = place
            self.update()

    def show_curves(self, places: Float64s, curves: tuple[Curve, ...], answers: tuple[float, float]) -> None:
        """What is predicted along the column, in the range of predictions that all plots share."""
        self.places, self.curves, self.answers = places, curves, answers
        self.update()

    @property
    def axis(self) -> tuple[float, float]:
        """The ends of the axis: the range of the training rows, as far as the present value; still while it is
        dragged."""
        if self._held_axis is not None:
            return self._held_axis
        scale = self.scale
        if scale.labels:
            return -0.5, len(scale.labels) - 0.5
        if self.place is None:
            return scale.low, scale.high
        return min(scale.low, self.place), max(scale.high, self.place)

    @property
    def room(self) -> QRectF:
        """Where curves are drawn: above the names of the ends."""
        font = self.font().key()
        if self._below is None or self._below[0] != font:
            self._below = font, QFontMetricsF(self._small_font).height()
        return QRectF(self.rect()).adjusted(MARGIN_PX, 3.0, -MARGIN_PX, -self._below[1] - 1.0)

    @property
    def _small_font(self) -> QFont:
        return sized_font(self.font(), SMALL)

    def x_of(self, place: float) -> float:
        """Where a place stands, in pixels."""
        return float(self._xs(np.array([place]))[0])

    def y_of(self, answer: float) -> float:
        """Where a prediction stands, in pixels; what is outside stops just beyond the edge."""
        return float(self._ys(np.array([answer]))[0])

    def _xs(self, places: Float64s) -> Float64s:
        low, high = self.axis
        room = self.room
        share = (places - low) / (high - low) if high > low else np.full(len(places), 0.5)
        return np.asarray(room.left() + room.width() * share)

    def _ys(self, answers: Float64s) -> Float64s:
        low, high = self.answers
        room = self.room
        share = (answers - low) / (high - low) if high > low else np.full(len(answers), 0.5)
        return np.asarray(room.bottom() - room.height() * np.clip(share, -0.02, 1.02))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_histogram(painter)
        self._paint_curves(painter)
        self._paint_present(painter)
        self._paint_ends(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.colours().highlight), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 3.0, 3.0)
        painter.end()

    def _paint_histogram(self, painter: QPainter) -> None:
        scale, room = self.scale, self.room
        largest = max(scale.counts, default=0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().grid))
        if largest:
            heights = HISTOGRAM_SHARE * room.height() * np.array(scale.counts) / largest
            painter.drawRects(
                [
                    QRectF(left, room.bottom() - max(height, 1.0), max(right - left - 0.5, 1.0), max(height, 1.0))
                    for left, right, height in zip(*self._bar_ends(), heights.tolist(), strict=True)
                    if height
                ]
            )
        painter.setPen(QPen(QColor(theme.colours().disabled_text), 1.0))
        painter.drawLine(room.bottomLeft(), room.bottomRight())

    def _bar_ends(self) -> tuple[list[float], list[float]]:
        """Where each bar of the histogram begins and ends, in pixels."""
        scale, n_bars = self.scale, len(self.scale.counts)
        if scale.labels:
            middle = np.arange(float(n_bars))
            left, right = middle - 0.36, middle + 0.36
        else:
            edges = np.linspace(scale.low, scale.high, n_bars + 1)
            left, right = edges[:-1], edges[1:]
        return self._xs(left).tolist(), self._xs(right).tolist()

    def _paint_curves(self, painter: QPainter) -> None:
        places = self.places
        if places is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = 0.36 if self.scale.labels else 0.0
        left, right = self._xs(places - half), self._xs(places + half)
        for curve in self.curves:
            painter.setPen(QPen(QColor(curve.colour), curve.width_px))
            ys = self._ys(curve.answers)
            if self.scale.labels:
                lines = zip(left.tolist(), right.tolist(), ys.tolist(), strict=True)
                painter.drawLines([QLineF(start, y, end, y) for start, end, y in lines])
            elif len(ys):
                painter.drawPolyline(arrayToQPolygonF(left, ys))

    def _paint_present(self, painter: QPainter) -> None:
        colours, room = theme.colours(), self.room
        if self.place is None:
            if self.scale.fill is not None:
                x = self.x_of(self.scale.fill)
                painter.setPen(QPen(QColor(colours.highlight), 1.5, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
            return
        x = self.x_of(self.place)
        painter.setPen(QPen(QColor(colours.highlight), 1.5))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        answer = self._present_answer()
        if answer is not None:
            painter.setPen(QPen(QColor(colours.background), 1.0))
            painter.setBrush(QBrush(QColor(colours.highlight)))
            painter.drawEllipse(QPointF(x, self.y_of(answer)), 3.5, 3.5)

    def _present_answer(self) -> float | None:
        """What the curve says at the present value, between its points along a straight line."""
        if self.places is None or not self.curves or self.place is None or not len(self.places):
            return None
        return float(np.interp(self.place, self.places, self.curves[-1].answers))

    def _paint_ends(self, painter: QPainter) -> None:
        scale, room = self.scale, self.room
        painter.setFont(self._small_font)
        painter.setPen(QColor(theme.colours().quiet_text))
        strip = QRectF(self.rect()).adjusted(MARGIN_PX, room.bottom() + 1.0, -MARGIN_PX, 0.0)
        if not scale.labels:
            low, high = self.x_of(scale.low), self.x_of(scale.high)
            metrics = painter.fontMetrics()
            first_px, last_px = (float(metrics.horizontalAdvance(end)) for end in scale.ends)
            left = min(max(low, strip.left()), strip.right() - first_px)
            right = max(min(high, strip.right()), strip.left() + last_px)
            top = Qt.AlignmentFlag.AlignTop
            painter.drawText(QRectF(left, strip.top(), first_px + 1.0, strip.height()), int(top), scale.ends[0])
            if right - last_px > left + first_px + 4.0:
                place = QRectF(right - last_px, strip.top(), last_px + 1.0, strip.height())
                painter.drawText(place, int(top), scale.ends[1])
            return
        slot_px = room.width() / len(scale.labels)
        if slot_px < LEAST_SLOT_PX:
            return
        if self._names is None or self._names[0] != round(slot_px):
            self._names = round(slot_px), elided_all(list(scale.labels), painter.fontMetrics(), slot_px - 3.0)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        for number, name in enumerate(self._names[1]):
            place = QRectF(self.x_of(float(number)) - 0.5 * slot_px, strip.top(), slot_px, strip.height())
            painter.drawText(place, int(centre), name)
