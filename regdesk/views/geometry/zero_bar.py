"""The pull of the loss on one weight as a bar, against the threshold that holds it at zero."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from regdesk.core.geometry.tangency import ZeroReason
from regdesk.core.rounding import round_limit
from regdesk.core.words.number_text import number_text
from regdesk.views.kit import theme

LEAST_TOP = 1e-9
BAR_PX = 16
"""Height of the bar with its threshold; the words are beneath."""


def bar_top(reason: ZeroReason) -> float:
    """The pull at which the bar is full: twice the threshold, which then stands in the middle, or the next 1-2-5 number
    above a pull that is larger. It depends on nothing that was shown before.
    """
    top = 2.0 * reason.threshold
    return top if reason.pull < top else round_limit(max(reason.pull, LEAST_TOP))


class ZeroBar(QWidget):
    """|∂loss/∂w| as a bar in the loss's colour; the threshold as a line in λ's. Signal: ``clicked()``."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("geometryZeroBar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.reason: ZeroReason | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(
            self.tr(
                "The pull on this weight (the slope of the data loss), and the largest pull at which a weight stays at "
                "zero. Click: onto an axis"
            )
        )

    def sizeHint(self) -> QSize:
        return QSize(0, BAR_PX + self.fontMetrics().height())

    def show_reason(self, reason: ZeroReason) -> None:
        self.reason = reason
        self.setAccessibleName(
            self.tr("Pull of the loss {pull}; a weight stays at zero up to a pull of {threshold}").format(
                pull=number_text(reason.pull), threshold=number_text(reason.threshold)
            )
        )
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.reason is None:
            return
        colours, reason = theme.colours(), self.reason
        painter = QPainter(self)
        ground = QRectF(0.5, 2.5, self.width() - 1.0, 11.0)
        painter.fillRect(ground, QColor(colours.window))
        top = bar_top(reason)
        share = min(reason.pull / top, 1.0)
        painter.fillRect(
            QRectF(ground.left(), ground.top(), share * ground.width(), ground.height()), QColor(colours.training)
        )
        painter.setPen(QPen(QColor(colours.grid), 1))
        painter.drawRect(ground)
        x = ground.left() + min(reason.threshold / top, 1.0) * ground.width()
        painter.setPen(QPen(QColor(colours.lam), 3))
        if reason.threshold > 0.0:
            painter.drawLine(round(x), 0, round(x), BAR_PX)
        text = self.tr("pull {pull}").format(pull=number_text(reason.pull))
        painter.setPen(QColor(colours.training))
        baseline = self.height() - painter.fontMetrics().descent()
        painter.drawText(0, baseline, text)
        painter.setPen(QColor(colours.lam))
        limit = self.tr("limit {threshold}").format(threshold=number_text(reason.threshold))
        painter.drawText(self.width() - painter.fontMetrics().horizontalAdvance(limit), baseline, limit)
        painter.end()
