"""The prediction itself: a number in the unit of the target, or the probability of each class as a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit import theme
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.text_size import HERO, heading_font, larger_font, scaled_px

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

CLASS_PX = 150
"""Of the width, that a class takes with its label, its bar and its number."""
MOST_LINES = 4
LABEL_SHARE, LEAST_BAR_PX = 0.42, 40
TITLE_GAP_PX, NAMED_PX = 10.0, 90
"""Between a name and its number, and the least of a cut name by which a target is known."""


def class_colours(classes: tuple[str, ...]) -> list[str]:
    """The colour of each class in curves and bars: of two the answer is that of one curve."""
    colours = theme.colours()
    if len(classes) < 3:
        return [colours.text] * len(classes)
    return [colours.classes[number % len(colours.classes)] for number in range(len(classes))]


def fitting_title(title: str, metrics: QFontMetrics, room_px: float) -> str:
    """As much of the name of what is predicted as has room; empty where a few letters of it would name nothing, as the
    sentence above has all of it.
    """
    if metrics.horizontalAdvance(title) <= room_px:
        return title
    is_known = room_px >= scaled_px(NAMED_PX)
    return metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, int(room_px)) if is_known else ""


class AnswerView(QWidget):
    """Signal: ``class_chosen(int)`` with the class that was clicked on."""

    class_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("calculatorAnswer")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.title, self.text = "", ""
        self.classes: tuple[str, ...] = ()
        self.probabilities: Float64s = np.empty(0)
        self.chosen = 0
        self._n_shown = 0

    def show_number(self, title: str, text: str) -> None:
        """A number, and what it is; or no number, and why there is none."""
        before, self.title, self.text, self.classes = (self.title, self.text, self.classes), title, text, ()
        self._show(before != (title, text, ()))

    def show_classes(self, classes: tuple[str, ...], probabilities: Float64s, chosen: int) -> None:
        """The probability of each class; ``chosen`` is the one that curves and additions are of."""
        has_changed = classes != self.classes
        self.title, self.text, self.classes = "", "", classes
        self.probabilities, self.chosen = probabilities, chosen
        self._show(has_changed)

    def _show(self, is_other: bool) -> None:
        if is_other:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if not self.classes:
            return QSize(scaled_px(160), round(HERO * self.fontMetrics().height()) + 4)
        n_lines = -(-len(self._numbers) // self._n_across)
        return QSize(scaled_px(160), n_lines * self._line_px + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @property
    def _line_px(self) -> int:
        return self.fontMetrics().height() + 3

    @property
    def _n_across(self) -> int:
        return max(min(self.width() // scaled_px(CLASS_PX), len(self.classes)), 1)

    @property
    def _numbers(self) -> list[int]:
        """The classes that have room: where they are too many the likeliest, always with the chosen one."""
        most = MOST_LINES * self._n_across
        if len(self.classes) <= most:
            return list(range(len(self.classes)))
        order = np.argsort(-self.probabilities, kind="stable").tolist()[:most]
        if self.chosen not in order:
            order[-1] = self.chosen
        return sorted(order)

    def _rect(self, position: int) -> QRectF:
        width = self.width() / self._n_across
        down, across = divmod(position, self._n_across)
        return QRectF(across * width, down * self._line_px, width - 8.0, self._line_px)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for position, number in enumerate(self._numbers if self.classes else ()):
            if self._rect(position).contains(event.position()):
                self.class_chosen.emit(number)
                return
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._n_across != self._n_shown:
            self._n_shown = self._n_across
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.classes:
            self._paint_classes(painter)
        else:
            self._paint_number(painter)
        painter.end()

    def _paint_number(self, painter: QPainter) -> None:
        colours = theme.colours()
        room = QRectF(self.rect())
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        title = safe_line(self.title)
        font = self.font()
        large = larger_font(font, HERO)
        painter.setFont(large)
        text_px = painter.fontMetrics().horizontalAdvance(self.text)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        title = fitting_title(title, metrics, room.width() - text_px - TITLE_GAP_PX)
        title_px = float(metrics.horizontalAdvance(title))
        painter.setPen(QColor(colours.quiet_text))
        painter.drawText(QRectF(room.left(), room.top(), title_px + 1.0, room.height()), int(middle), title)
        painter.setFont(large)
        painter.setPen(QColor(colours.text))
        painter.drawText(room.adjusted(title_px + 8.0 if title else 0.0, 0.0, 0.0, 0.0), int(middle), self.text)

    def _paint_classes(self, painter: QPainter) -> None:
        colours, metrics, numbers = theme.colours(), painter.fontMetrics(), self._numbers
        if not numbers:
            return
        tints = class_colours(self.classes)
        number_px = metrics.horizontalAdvance("0.000") + 4.0
        width = self._rect(0).width()
        labels = [self.classes[number] for number in numbers]
        bold = QFontMetrics(heading_font(self.font()))
        # As much as the longest needs, until a bar has no more than it takes to be told from others.
        needed_px = max(bold.horizontalAdvance(safe_line(label)) for label in labels) + 2.0
        label_px = min(needed_px, max(LABEL_SHARE * (width - number_px), width - number_px - scaled_px(LEAST_BAR_PX)))
        names = elided_all(labels, bold, label_px)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for position, (number, name) in enumerate(zip(numbers, names, strict=True)):
            place, probability = self._rect(position), float(self.probabilities[number])
            font = self.font()
            font.setBold(number == self.chosen)
            painter.setFont(font)
            painter.setPen(QColor(colours.text))
            painter.drawText(QRectF(place.left(), place.top(), label_px, place.height()), int(middle), name)
            room = place.adjusted(label_px + 4.0, 3.0, -number_px - 2.0, -3.0)
            painter.fillRect(room, QColor(colours.grid))
            share = probability if np.isfinite(probability) else 0.0
            painter.fillRect(
                QRectF(room.left(), room.top(), room.width() * share, room.height()), QColor(tints[number])
            )
            text = f"{probability:.3f}" if np.isfinite(probability) else "–"
            painter.drawText(
                QRectF(place.right() - number_px, place.top(), number_px, place.height()), int(middle), text
            )
