"""A ring around what the Tab key has reached: not every control shows by itself that it has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

WIDTH_PX = 2.0
CORNER_PX = 3.0


class _Ring(QWidget):
    """Lies over its sibling ``widget`` and follows it; goes with it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget.parentWidget())
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._widget = widget
        widget.installEventFilter(self)
        self.setGeometry(widget.geometry())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and watched is self._widget:
            self.setGeometry(self._widget.geometry())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().highlight().color(), WIDTH_PX))
        inset = 0.5 * WIDTH_PX
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), CORNER_PX, CORNER_PX)
        painter.end()


class FocusRing(QObject):
    """Shown after Tab; gone as soon as something else has the keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ring: _Ring | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def show_around(self, widget: QWidget | None) -> None:
        """``widget`` has got the keyboard by Tab: it is scrolled into sight and marked."""
        self._hide()
        if widget is None or widget.isWindow():
            return
        parent = widget.parentWidget()
        while parent is not None and not parent.isWindow():
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()
        self._ring = _Ring(widget)

    def _hide(self) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None

    def _on_focus_changed(self, _before: QWidget | None, _now: QWidget | None) -> None:
        self._hide()
