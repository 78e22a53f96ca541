"""What stands in each row of the calculator, said once above them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from regdesk.views.calculator.input_row import row_parts
from regdesk.views.kit import spacing, theme


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

    @property
    def places(self) -> tuple[QRectF, QRectF, QRectF]:
        """Where the captions stand; the one of narrow plots takes what its neighbours do not need."""
        metrics, width_px = self.fontMetrics(), self._row_px or self.width()
        names, plot, adds = map(QRectF, row_parts(QSize(width_px, self.height())))
        lengths = [float(metrics.horizontalAdvance(text)) for text in self.texts]
        begin = names.left() + min(lengths[0], names.width()) + spacing.USUAL_PX
        end = adds.center().x() - min(lengths[2], adds.width()) / 2.0 - spacing.USUAL_PX
        length = max(min(lengths[1] + 1.0, end - begin), plot.width())
        left = min(max(plot.center().x() - length / 2.0, begin), end - length)
        return names, QRectF(left if length > plot.width() else plot.left(), 0.0, length, plot.height()), adds

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(theme.colours().quiet_text))
        aligned = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignHCenter)
        for text, place, flag in zip(self.texts, self.places, aligned, strict=True):
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, int(place.width()))
            painter.drawText(place, int(flag | Qt.AlignmentFlag.AlignVCenter), cut)
        painter.end()
