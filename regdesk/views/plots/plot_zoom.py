"""The zoom of a view of plots: wheel, drag, double click and keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from regdesk.views.plots.rulers import is_memory
from regdesk.views.plots.zoom_box import PAN_SHARE, STEP, ZoomBox

ZOOM_KEYS = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1.0 / STEP}
PAN_KEYS = {
    Qt.Key.Key_Left: (-PAN_SHARE, 0.0),
    Qt.Key.Key_Right: (PAN_SHARE, 0.0),
    Qt.Key.Key_Down: (0.0, -PAN_SHARE),
    Qt.Key.Key_Up: (0.0, PAN_SHARE),
}
RESTORE_KEYS = (Qt.Key.Key_0, Qt.Key.Key_Home, Qt.Key.Key_Escape)


class PlotZoom(QObject):
    """Of one ``view``; its boxes are those that are in it now.

    Signals: ``moved()`` a turn of the loop after a hand has moved a box or let all go, ``double_clicked(object)`` with
    the place in the scene, ``restore_wanted()`` by a key.
    """

    moved = Signal()
    double_clicked = Signal(object)
    restore_wanted = Signal()

    def __init__(self, view: Any) -> None:
        super().__init__(view)
        self._view = view
        view.plot_zoom = self
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        # One picture for all that came in between.
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.moved)

    @property
    def boxes(self) -> list[ZoomBox]:
        """What can be moved."""
        return [one for one in self._view.scene().items() if isinstance(one, ZoomBox) and one.can_be_moved]

    @property
    def is_zoomed(self) -> bool:
        return any(any(box.is_held) for box in self.boxes)

    def restore(self) -> None:
        """The whole of every plot again."""
        for box in self.boxes:
            box.release()
        self._soon.start()

    def memory(self) -> list[list[float]]:
        """Of each box whether its axes are held, and their ends."""
        return [[*map(float, box.is_held), *box.viewRange()[0], *box.viewRange()[1]] for box in self.boxes]

    def bring_back(self, memory: Any) -> None:
        """Hold what was held when ``memory`` was handed out; anything else is left as it is."""
        boxes = self.boxes
        if not isinstance(memory, list) or len(memory) != len(boxes) or not all(is_memory(one, 6) for one in memory):
            return
        for box, (held_x, held_y, left, right, bottom, top) in zip(boxes, memory, strict=True):
            if left < right and bottom < top:
                box.hold((left, right) if held_x else None, (bottom, top) if held_y else None)
        if self.is_zoomed:
            self._soon.start()

    def zoom(self, factor: float) -> None:
        for box in self.boxes:
            box.zoom(factor)

    def note_moved(self) -> None:
        """A hand has moved a box of the view."""
        self._soon.start()

    def note_double_click(self, place: QPointF) -> None:
        """In a plot, at ``place`` of the scene."""
        self.double_clicked.emit(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._takes_key(event)
        elif isinstance(event, QWheelEvent) and is_for_scrolling(self._view, event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _takes_key(self, event: QKeyEvent) -> bool:
        takes = getattr(self._view, "takes", None)
        if takes is not None and takes(event):
            # Of a view in which points are moved by keys.
            return True
        key = Qt.Key(event.key())
        if key in ZOOM_KEYS:
            self.zoom(ZOOM_KEYS[key])
        elif key in PAN_KEYS:
            for box in self.boxes:
                box.pan(*PAN_KEYS[key])
        elif key in RESTORE_KEYS:
            self.restore_wanted.emit()
        else:
            # What pyqtgraph would swallow is for the panel and the window, such as the menu key.
            event.ignore()
        return True


def is_for_scrolling(view: QWidget, event: QWheelEvent) -> bool:
    """Whether the wheel is for what ``view`` stands in, which does not show all of it; with Ctrl it zooms."""
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    parent: QWidget | None = view.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QScrollArea) and parent.verticalScrollBar().maximum() > 0:
            return True
        parent = parent.parentWidget()
    return False
