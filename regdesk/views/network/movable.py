"""A picture without axes that a hand zooms and moves as it does plots: wheel, drag, double click and keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from regdesk.views.network.lens import WHOLE, Lens
from regdesk.views.plots.plot_zoom import PAN_KEYS, RESTORE_KEYS, ZOOM_KEYS, is_for_scrolling

WHEEL_BASE = 1.02
"""To the power of eighths of a degree times WHEEL_SHARE: as pyqtgraph's plots take a wheel."""
WHEEL_SHARE = 1.0 / 8.0


class MovablePicture(QWidget):
    """Arrow keys are for what is in it: with Shift they move what is seen.

    Signals: ``lens_changed()``, by a hand or for good reason, and ``restore_wanted()`` by a double click or a key.
    """

    lens_changed = Signal()
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lens = WHOLE
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None

    def take_press(self, place: QPointF) -> bool:
        """Whether a press at ``place`` is for what is there; else it is on the ground, which is dragged."""
        raise NotImplementedError

    def take_click_on_ground(self) -> None:
        """The ground has been clicked on and not dragged."""
        raise NotImplementedError

    def show_lens(self, lens: Lens) -> None:
        if lens != self.lens:
            self.lens = lens
            self.lens_changed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if is_for_scrolling(self, event) or not event.angleDelta().y():
            event.ignore()
            return
        factor, place = WHEEL_BASE ** (WHEEL_SHARE * event.angleDelta().y()), event.position()
        self.show_lens(self.lens.zoomed(factor, place.x() / max(self.width(), 1), place.y() / max(self.height(), 1)))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif not self.take_press(event.position()):
            self._pressed, self._dragged = event.position(), None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pressed, place = self._pressed, event.position()
        if pressed is None:
            return
        if self._dragged is None:
            if (place - pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._dragged = pressed
        by, self._dragged = place - self._dragged, place
        self.show_lens(self.lens.panned(-by.x() / max(self.width(), 1), -by.y() / max(self.height(), 1)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        is_click = self._pressed is not None and self._dragged is None
        self._pressed = self._dragged = None
        if is_click:
            self.take_click_on_ground()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # Its first click was for what is there; the second is no other one.
        if event.button() == Qt.MouseButton.LeftButton:
            self.restore_wanted.emit()
        else:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ZOOM_KEYS:
            self.show_lens(self.lens.zoomed(ZOOM_KEYS[key]))
        elif key in PAN_KEYS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across, up = PAN_KEYS[key]
            self.show_lens(self.lens.panned(across, -up))
        elif key in RESTORE_KEYS and not self.lens.is_whole:
            self.restore_wanted.emit()
        else:
            super().keyPressEvent(event)
