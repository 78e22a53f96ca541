"""A dock that looks like a card: its title stands on it with small buttons, and a thin edge is around all."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QStyle, QToolButton, QWidget

from regdesk.views.kit import theme

EDGE_PX = 1
"""Of a card; one that floats has the frame of a window."""


def title_button(name: str, tip: str) -> QToolButton:
    """Named for tests and for who does not see it; its icon comes with the theme."""
    button = QToolButton()
    button.setObjectName(name)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    button.setIconSize(QSize(16, 16))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class CardDock(QDockWidget):
    """Qt draws no edge where the title bar is our own, and a title on the colour of the window seems to belong to what
    is above it.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None, around_px: int = 0) -> None:
        """``around_px`` are left free around the card where nothing else keeps it off the window's edges."""
        super().__init__(title, parent)
        self._around_px = around_px
        self.topLevelChanged.connect(self._on_floated)
        self._on_floated(False)

    def card(self) -> QRect:
        """What the card takes of the dock, its edge included."""
        free = 0 if self.isFloating() else self._around_px
        return self.rect().adjusted(free, free, -free, -free)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, floats = theme.colours(), self.isFloating()
        width = self.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetFrameWidth, None, self) if floats else EDGE_PX
        card, painter = self.card(), QPainter(self)
        painter.fillRect(card, QColor(colours.quiet_text if floats else colours.grid))
        painter.fillRect(card.adjusted(width, width, -width, -width), QColor(colours.background))
        painter.end()

    def _on_floated(self, floats: bool) -> None:
        margin = EDGE_PX if floats else EDGE_PX + self._around_px
        self.setContentsMargins(margin, margin, margin, margin)
