"""A scroll area that ends between two rows: half a row at its edge reads as a fault, and its words cannot be read."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from regdesk.views.kit.text_size import scaled_px

MOST_LEFT_PX = 40
"""What may stay empty: a higher part, such as a paragraph, is cut between its lines or anywhere."""


class WholeRowsArea(QScrollArea):
    """What does not fit is scrolled to; at the top of the scroll bar the lowest row is whole, or not there."""

    _left_px = 0

    def __init__(self) -> None:
        super().__init__()
        # Not at once: rows get their places after the area has got its own.
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def fit_soon(self) -> None:
        """What is in it has changed."""
        self._soon.start()

    def _fit(self) -> None:
        inner, room_px = self.widget(), self.contentsRect().height()
        left_px = 0 if inner is None else room_px - whole_px(inner, room_px)
        if left_px != self._left_px:
            self._left_px = left_px
            self.setViewportMargins(0, 0, 0, left_px)


def whole_px(inner: QWidget, room_px: int) -> int:
    """How much of the top of ``inner`` fits into ``room_px`` without cutting a row."""
    if inner.sizeHint().height() <= room_px:
        return room_px
    tops = []
    for part in inner.findChildren(QWidget):
        top = part.mapTo(inner, QPoint(0, 0)).y()
        if part.isVisibleTo(inner) and not part.findChild(QWidget) and top < room_px < top + part.height():
            tops.append(top)
    least = room_px - scaled_px(MOST_LEFT_PX)
    return min((top for top in tops if top >= least), default=room_px)
