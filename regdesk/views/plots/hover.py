"""What stands under the pointer, read out in a bubble beside it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from regdesk.core.words.safe_text import safe_text
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.plain_text import PlainLabel

OFFSET_PX = 14


class HoverBubble(PlainLabel):
    """A label and not a tool tip: those go away by themselves, and a picture of the window lacks them."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__()
        self.setParent(panel)
        self.setObjectName(panel.objectName().replace("Panel", "Hover"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
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
        room = self.parentWidget()
        assert room is not None
        self._fit_into(safe_text(text), room.width())
        x = pointer.x() + OFFSET_PX
        if x + self.width() > room.width():
            x = pointer.x() - OFFSET_PX - self.width()
        if x < 0:
            # Neither side has room; above or below the pointer it still covers nothing that is pointed at.
            x = room.width() - self.width()
        above, below = pointer.y() - OFFSET_PX, room.height() - pointer.y() - OFFSET_PX
        is_below = self.height() <= below or below >= above
        self.resize(self.width(), min(self.height(), max(below if is_below else above, 0)))
        self.move(x, pointer.y() + OFFSET_PX if is_below else above - self.height())
        self.show()
        self.raise_()

    def _fit_into(self, text: str, width_px: int) -> None:
        """Take the size of ``text``, wrapped where a line of it is wider than ``width_px``."""
        self.setWordWrap(False)
        self.setText(text)
        self.adjustSize()
        if self.width() <= width_px:
            return
        frame_px = 2 * (self.frameWidth() + self.margin())
        # A label wraps between words only.
        words = list(dict.fromkeys(text.replace("\n", " ").split(" ")))
        cut = dict(zip(words, elided_all(words, self.fontMetrics(), width_px - frame_px), strict=True))
        lines = (" ".join(cut[word] for word in line.split(" ")) for line in text.split("\n"))
        self.setWordWrap(True)
        self.setText("\n".join(lines))
        self.resize(width_px, self.heightForWidth(width_px))
