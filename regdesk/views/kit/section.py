"""A group of controls under a heading: a bold name and a line beside it, and no frame around what is in it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGroupBox

from regdesk.views.kit import spacing, theme
from regdesk.views.kit.type_scale import heading_font


class Section(QGroupBox):
    """For who does not see it a group box with its title; without a title only what is in it is seen."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        title = self.title()
        if not title:
            return
        font = heading_font(self.font())
        metrics = QFontMetrics(font)
        # As far out as what stands under it.
        room = QRect(self.contentsRect().left(), 0, self.contentsRect().width(), metrics.height())
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        start = room.left() + metrics.horizontalAdvance(shown) + spacing.USUAL_PX
        middle = room.center().y() + 1
        painter.setPen(QColor(theme.colours().grid))
        painter.drawLine(start, middle, room.right(), middle)
        painter.end()
