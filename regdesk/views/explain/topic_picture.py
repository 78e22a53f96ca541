"""The picture of a topic: one that is drawn here, or a formula."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from regdesk.views.explain.pictures import IN_WORDS, PICTURES
from regdesk.views.kit.text_size import scaled_px

HEIGHT_PX, AMPLE_WIDTH_PX, MOST_WIDTH_PX = 146, 270, 440
"""In less than an ample width the words in a picture are smaller than those around it."""


class TopicPicture(QWidget):
    """``name`` is what is drawn; empty for nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("explainPicture")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.name = ""

    def show_picture(self, name: str) -> None:
        self.name = name if name in PICTURES else ""
        self.setVisible(bool(self.name))
        self.setAccessibleName(IN_WORDS.get(name, ""))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled_px(HEIGHT_PX), scaled_px(HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, scaled_px(HEIGHT_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.name:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(2.0, 2.0, -2.0, -4.0)
        room.setWidth(min(room.width(), float(scaled_px(MOST_WIDTH_PX))))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * min(1.0, room.width() / scaled_px(AMPLE_WIDTH_PX)))
        painter.setFont(font)
        PICTURES[self.name](painter, room)
        painter.end()
