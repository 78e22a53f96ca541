"""The picture of one column: its histogram, the prediction along it, and a line at the present value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from regdesk.views.kit import theme
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

MARGIN_PX = 6.0
HISTOGRAM_SHARE = 0.6
"""Of the height, for the tallest bar."""
LEAST_SLOT_PX = 26.0
"""Of a label, for its name to stand beneath it."""
SMALL_TEXT = 0.85


@dataclass(frozen=True)
class ColumnScale:
    """What stands still in the plot of a column: ``low`` and ``high`` of its range, the labels it tells apart (none:
    numbers), the rows in each bar, whether only whole numbers occur, and what stands under the ends of the range.
    """

    low: float
    high: float
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    is_whole: bool
    ends: tuple[str, str]


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
        below_px = QFontMetricsF(self._small_font).height()
        return QRectF(self.rect()).adjusted(MARGIN_PX, 3.0, -MARGIN_PX, -below_px - 1.0)

    @property
    def _small_font(self) -> QFont:
        font = QFont(self.font())
        size = font.pointSizeF()
        if size > 0.0:
            font.setPointSizeF(SMALL_TEXT * size)
        else:
            font.setPixelSize(max(round(SMALL_TEXT * font.pixelSize()), 1))
        return font

    def x_of(self, place: float) -> float:
        """Where a place stands, in pixels."""
        low, high = self.axis
        room = self.room
        return room.left() + room.width() * (place - low) / (high - low) if high > low else room.center().x()

    def y_of(self, answer: float) -> float:
        low, high = self.answers
        room = self.room
        share = (answer - low) / (high - low) if high > low else 0.5
        return room.bottom() - room.height() * min(max(share, -0.02), 1.02)

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
        for number, count in enumerate(scale.counts):
            if not count:
                continue
            if scale.labels:
                left, right = self.x_of(number - 0.36), self.x_of(number + 0.36)
            else:
                width = (scale.high - scale.low) / len(scale.counts)
                left, right = (self.x_of(scale.low + (number + end) * width) for end in (0, 1))
            height = max(HISTOGRAM_SHARE * room.height() * count / largest, 1.0)
            painter.drawRect(QRectF(left, room.bottom() - height, max(right - left - 0.5, 1.0), height))
        painter.setPen(QPen(QColor(theme.colours().disabled_text), 1.0))
        painter.drawLine(room.bottomLeft(), room.bottomRight())

    def _paint_curves(self, painter: QPainter) -> None:
        places = self.places
        if places is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for curve in self.curves:
            painter.setPen(QPen(QColor(curve.colour), curve.width_px))
            answers = curve.answers.tolist()
            if self.scale.labels:
                for place, answer in zip(places.tolist(), answers, strict=True):
                    y = self.y_of(answer)
                    painter.drawLine(QPointF(self.x_of(place - 0.36), y), QPointF(self.x_of(place + 0.36), y))
                continue
            points = [QPointF(self.x_of(x), self.y_of(y)) for x, y in zip(places.tolist(), answers, strict=True)]
            painter.drawPolyline(QPolygonF(points))

    def _paint_present(self, painter: QPainter) -> None:
        if self.place is None:
            return
        colours, room = theme.colours(), self.room
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
