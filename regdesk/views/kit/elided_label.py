"""A line of text that ends in … where there is no room, with the whole of it as the tool tip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOption

from regdesk.views.kit.plain_text import PlainLabel, tool_tip


class ElidedLabel(PlainLabel):
    """``text()`` is always the whole text; long names lose their middle, since they often differ at the end."""

    # Qt tells of a font before the rest is made.
    _keeps_room = False

    def __init__(self) -> None:
        super().__init__()
        self._shorter: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def is_elided(self) -> bool:
        """Whether the text is wider than its room."""
        return self.fontMetrics().horizontalAdvance(self._fitting) > self.width()

    def show_text(self, text: str, *shorter: str) -> None:
        """``text``, or the first of ``shorter`` that has room where it has none."""
        self._shorter = shorter
        self.setText(text)
        self.setToolTip(tool_tip(text))

    def keep_room(self) -> None:
        """What is beside it gives way to the shortest of its texts."""
        self._keeps_room = True
        shortest = (self.text(), *self._shorter)[-1]
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(shortest) + 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Larger text wants more room.
        if self._keeps_room and event.type() == QEvent.Type.FontChange:
            self.keep_room()

    @property
    def _fitting(self) -> str:
        metrics = self.fontMetrics()
        texts = (self.text(), *self._shorter)
        return next((one for one in texts if metrics.horizontalAdvance(one) <= self.width()), texts[-1])

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOption()
        option.initFrom(self)
        text = self.fontMetrics().elidedText(self._fitting, Qt.TextElideMode.ElideMiddle, self.width())
        painter = QPainter(self)
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        self.style().drawItemText(
            painter, self.rect(), int(self.alignment()), self.palette(), enabled, text, QPalette.ColorRole.WindowText
        )
        painter.end()
