"""What stands under the pointer, read out in a bubble beside it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

OFFSET_PX = 14


class HoverBubble(QLabel):
    """A label and not a tool tip: those go away by themselves, and a picture of the window lacks them."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self.setObjectName(panel.objectName().replace("Panel", "Hover"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self.setFrameShape(QLabel.Shape.Box)
        self.setMargin(3)
        self.hide()

    def show_text(self, text: str | None, pointer: QPoint) -> None:
        """``pointer`` is a place in the panel; None takes the bubble away."""
        if text is None:
            self.hide()
            return
        self.setText(text)
        self.adjustSize()
        room = self.parentWidget()
        assert room is not None
        # Right below the pointer, or on its other side where there is no room.
        x, y = pointer.x() + OFFSET_PX, pointer.y() + OFFSET_PX
        if x + self.width() > room.width():
            x = max(0, pointer.x() - OFFSET_PX - self.width())
        if y + self.height() > room.height():
            y = max(0, pointer.y() - OFFSET_PX - self.height())
        self.move(x, y)
        self.show()
        self.raise_()
