"""A line around the box that a check stands in: Fusion's own cannot be seen in dark colours."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from regdesk.views.kit import theme


def draw_check_outline(painter: QPainter, box: QRect) -> None:
    """Around ``box``, where the style has drawn a check or none; of what can be checked."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(QColor(theme.colours().outline), 1))
    painter.drawRect(box.adjusted(0, 0, -1, -1))
    painter.restore()


class OutlinedCheckBox(QCheckBox):
    """A check box that can be seen without its check."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isEnabled():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        draw_check_outline(painter, self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        painter.end()
