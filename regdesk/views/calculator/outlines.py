"""Edges of boxes that stand on the ground of a panel, which on a dark ground is the ground of the boxes, too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from regdesk.views.kit import theme


def outline_boxes(parent: QWidget, boxes: Sequence[QWidget]) -> None:
    """Draw a line around each of ``boxes`` that is seen, on ``parent``, which is being painted."""
    colours = theme.colours()
    if not colours.is_dark:
        return
    painter = QPainter(parent)
    painter.setPen(QPen(QColor(colours.outline), 1.0))
    for box in boxes:
        if box.isVisible():
            place = QRect(box.mapTo(parent, QPoint(0, 0)), box.size())
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
    painter.end()
