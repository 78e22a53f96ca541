"""A line of rich text that says less where it has less room."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QTextDocumentFragment

from regdesk.views.kit.readout_label import ReadoutLabel

BOLD = 1.06
"""Parts are bold, which is so much wider at most."""


class FittingLabel(ReadoutLabel):
    """Shows the first of several texts that has room, otherwise the last one as far as it has; the tool tip holds the
    first.

    Signal: ``clicked()``.
    """

    clicked = Signal()
    # Qt tells of a font before the rest is made.
    _keeps_room = False

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._texts: tuple[str, ...] = ("",)

    def show_first_fitting(self, *texts: str) -> None:
        """``texts`` from the fullest to the shortest."""
        self._texts = texts
        self.setToolTip(texts[0])
        self._choose()

    def keep_room(self) -> None:
        """What is beside it goes into the next line of a flow before the shortest of its texts is cut."""
        self._keeps_room = True
        self.ensurePolished()
        margins = self.contentsMargins()
        self.setMinimumWidth(self._width_of(self._texts[-1]) + margins.left() + margins.right())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Larger text wants more room.
        if self._keeps_room and event.type() == QEvent.Type.FontChange:
            self.keep_room()

    def _width_of(self, text: str) -> int:
        plain = QTextDocumentFragment.fromHtml(text).toPlainText()
        return math.ceil(self.fontMetrics().horizontalAdvance(plain) * BOLD)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        self.ensurePolished()
        fitting = (text for text in self._texts if self._width_of(text) <= self.contentsRect().width())
        chosen = next(fitting, self._texts[-1])
        if chosen != self.text():
            self.setText(chosen)
