"""The pointer of a lecture: an arrow in a disc that can be followed from the last row."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap, QPolygonF

SIZE_PX = 64
"""Larger ones some systems do not show."""
DISC = QColor(255, 210, 0, 110)
EDGE = QColor(60, 40, 0, 200)
ARROW = ((0, 0), (0, 20), (4.8, 15.6), (8.2, 23), (11.4, 21.6), (8.1, 14.4), (14.4, 14.4))


def lecture_pointer() -> QCursor:
    """It points with the arrow's tip, which is the middle of the disc."""
    pixmap = QPixmap(SIZE_PX, SIZE_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    middle = QPointF(SIZE_PX / 2, SIZE_PX / 2)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(EDGE, 1.5))
    painter.setBrush(DISC)
    painter.drawEllipse(middle, SIZE_PX / 2 - 1, SIZE_PX / 2 - 1)
    # The arrow is dark with a pale edge: one of both stands out on any ground.
    painter.setPen(QPen(QColor("white"), 1.2))
    painter.setBrush(QColor("black"))
    painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in ARROW]))
    painter.end()
    return QCursor(pixmap, SIZE_PX // 2, SIZE_PX // 2)
