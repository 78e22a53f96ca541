"""What one column adds to the prediction, as a bar from the middle and a number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from regdesk.views.kit import theme
from regdesk.views.kit.text_size import scaled_px

BAR_PX = 8.0


class AdditionBar(QWidget):
    """To the right what raises the prediction, to the left what lowers it; half the width stands for ``limit``."""

    def __init__(self) -> None:
        super().__init__()
        self.value = 0.0
        self.limit = 1.0
        self.text = ""

    def sizeHint(self) -> QSize:
        return QSize(scaled_px(84), scaled_px(40))

    def show_addition(self, value: float, limit: float, text: str) -> None:
        if (value, limit, text) != (self.value, self.limit, self.text):
            self.value, self.limit, self.text = value, limit, text
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, room = theme.colours(), QRectF(self.rect()).adjusted(2.0, 0.0, -2.0, 0.0)
        painter = QPainter(self)
        height_px = painter.fontMetrics().height() + 3.0 + BAR_PX
        top = room.center().y() - 0.5 * height_px
        painter.setPen(QColor(colours.text))
        words = QRectF(room.left(), top, room.width(), painter.fontMetrics().height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), self.text)
        middle, bar_top = room.center().x(), words.bottom() + 3.0
        length = 0.5 * room.width() * min(max(self.value / self.limit, -1.0), 1.0) if self.limit > 0.0 else 0.0
        painter.fillRect(QRectF(min(middle, middle + length), bar_top, abs(length), BAR_PX), QColor(colours.weights))
        painter.setPen(QPen(QColor(colours.disabled_text), 1.0))
        painter.drawLine(round(middle), round(bar_top - 2.0), round(middle), round(bar_top + BAR_PX + 2.0))
        painter.end()
