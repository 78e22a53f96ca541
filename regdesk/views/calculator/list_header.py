"""What stands in each row of the calculator, said once above them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from regdesk.views.calculator.input_row import row_parts
from regdesk.views.kit import theme


class ListHeader(QWidget):
    """The captions stand where the columns of the rows do; where there is no room the middle of one goes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = ("", "", "")
        self._row_px = 0

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_texts(self, names: str, curves: str, adds: str) -> None:
        if (names, curves, adds) != self.texts:
            self.texts = (names, curves, adds)
            self.update()

    def show_row_width(self, width_px: int) -> None:
        """How wide the first row is."""
        if width_px != self._row_px:
            self._row_px = width_px
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(theme.colours().quiet_text))
        width_px = self._row_px or self.width()
        aligned = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignHCenter)
        parts = row_parts(QSize(width_px, self.height()))
        for text, part, flag in zip(self.texts, parts, aligned, strict=True):
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, part.width())
            painter.drawText(QRectF(part), int(flag | Qt.AlignmentFlag.AlignVCenter), cut)
        painter.end()
