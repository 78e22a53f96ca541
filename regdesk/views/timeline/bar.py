"""The bar under the history: its handle stands at the moment that is shown, on the time axis of the plots above it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from regdesk.core.moments.view import TravelView
from regdesk.views.kit import theme
from regdesk.views.kit.blends import faded

N_POSITIONS = 10_000
"""Of the slider, from the beginning of the run to now; keys go from moment to moment, however near these are."""
PAGE = 10
"""Moments that Page Up and Page Down go."""
HEIGHT_PX, LINE_PX, HANDLE_PX = 14, 4.0, 8.0
"""Whatever the size of the text, of which there is none: plots need the room."""
NOW_REACH_PX = 4.0
"""So near to the end of the course a pointer means now."""
LINE_SHARE = 0.45
WHEEL_STEP = 120
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageUp: PAGE,
    Qt.Key.Key_PageDown: -PAGE,
}


class TimelineSlider(QSlider):
    """Signals: ``epoch_chosen(float)`` for the moment there or the last before it, ``steps_chosen(int)``, so many
    moments on or back, ``now_chosen()``. ``show_travel`` moves it without a word.

    Its value is the share of the course from the beginning to now; its end is now.
    """

    epoch_chosen = Signal(float)
    steps_chosen = Signal(int)
    now_chosen = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("timelineSlider")
        self.setAccessibleName(self.tr("Moment of the run"))
        self.setRange(0, N_POSITIONS)
        self.setValue(N_POSITIONS)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._view = TravelView()
        # Left and right end of the plot above, in pixels, and the epochs there.
        self._ends, self._epochs = (0.0, 1.0), (0.0, 1.0)
        self._is_held = False
        self.valueChanged.connect(self._on_value_changed)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(100, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, HEIGHT_PX)

    def show_axis(self, ends: tuple[float, float], epochs: tuple[float, float]) -> None:
        """The plot above reaches from ``ends[0]`` to ``ends[1]`` (pixels of this widget) and shows ``epochs``."""
        if (ends, epochs) != (self._ends, self._epochs):
            self._ends, self._epochs = ends, epochs
            self.update()

    def show_travel(self, view: TravelView) -> None:
        """Which moment is shown, and whether there are others."""
        if view == self._view:
            return
        self._view = view
        self.setEnabled(not view.unavailable_reason)
        self._show_value()
        self._say()
        self.update()

    def _show_value(self) -> None:
        view, value = self._view, N_POSITIONS
        if view.epoch is not None and view.now > 0.0:
            value = min(N_POSITIONS - 1, int(N_POSITIONS * view.epoch / view.now))
        with QSignalBlocker(self):
            self.setValue(value)

    def _say(self) -> None:
        view = self._view
        if view.unavailable_reason:
            tip = view.unavailable_reason
        elif view.is_earlier:
            tip = self.tr("Epoch {epoch:,.6g} of {now:,.6g}. End goes back to now.")
            tip = tip.format(epoch=view.epoch, now=view.now)
        else:
            tip = self.tr("Drag it, or press ←: everything shows that moment, and the model stays as it is.")
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)

    def place_of(self, epoch: float) -> float:
        """x of an epoch, in pixels; of one that the plot does not show it is the nearer end of the plot."""
        (left, right), (first, last) = self._ends, self._epochs
        share = (epoch - first) / (last - first) if last > first else 1.0
        return left + min(max(share, 0.0), 1.0) * (right - left)

    def _epoch_at(self, x: float) -> float:
        (left, right), (first, last) = self._ends, self._epochs
        share = (x - left) / (right - left) if right > left else 1.0
        return max(0.0, first + min(max(share, 0.0), 1.0) * (last - first))

    @property
    def handle_x(self) -> float:
        """x of the middle of its handle, in pixels."""
        view = self._view
        return self.place_of(view.now if view.epoch is None else view.epoch)

    def paintEvent(self, _event: QPaintEvent) -> None:
        view, colours, middle = self._view, theme.colours(), 0.5 * self.height()
        if view.now <= 0.0:
            # There is no course yet to go back on; its room is kept, so that nothing moves when there is.
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        (left, right), begin, now = self._ends, self.place_of(0.0), self.place_of(view.now)
        for start, end, colour in (
            (left, right, QColor(colours.grid)),
            (begin, now, QColor(*faded(colours.lam, LINE_SHARE))),
        ):
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(start, middle - 0.5 * LINE_PX, max(end - start, 0.0), LINE_PX), 2.0, 2.0)
        if self.isEnabled():
            self._paint_handle(painter, middle)
        painter.end()

    def _paint_handle(self, painter: QPainter, middle: float) -> None:
        colours = theme.colours()
        is_strong = self._view.is_earlier or self.hasFocus() or self._is_held
        painter.setBrush(QColor(colours.lam if is_strong else colours.button))
        painter.setPen(QPen(QColor(colours.text if is_strong else colours.outline), 1.5 if self.hasFocus() else 1.0))
        high = self.height() - 2.0
        painter.drawRoundedRect(QRectF(self.handle_x - 0.5 * HANDLE_PX, middle - 0.5 * high, HANDLE_PX, high), 3.0, 3.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._is_held = True
        if abs(event.position().x() - self.handle_x) > 0.5 * HANDLE_PX:
            # A click on the handle itself asks for nothing yet.
            self._choose_at(event.position())
        self.update()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_held:
            self._choose_at(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_held = False
        self.update()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Only where it was asked for: a page that is scrolled past it must not begin to travel.
        n_steps = round((event.angleDelta().y() or -event.angleDelta().x()) / WHEEL_STEP)
        if self._view.is_earlier and n_steps:
            self.steps_chosen.emit(n_steps)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        n_steps = (
            _STEPS.get(Qt.Key(event.key())) if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier else None
        )
        if n_steps is not None:
            self.steps_chosen.emit(n_steps)
        elif event.key() == Qt.Key.Key_Home:
            self.epoch_chosen.emit(0.0)
        elif event.key() == Qt.Key.Key_End:
            self.now_chosen.emit()
        else:
            super().keyPressEvent(event)

    def _choose_at(self, place: QPointF) -> None:
        now = self.place_of(self._view.now)
        if place.x() >= now - NOW_REACH_PX and self._epochs[1] >= self._view.now:
            self.now_chosen.emit()
        else:
            self.epoch_chosen.emit(self._epoch_at(place.x()))

    def _on_value_changed(self, value: int) -> None:
        """By a script, or by what reads the screen aloud."""
        if value >= N_POSITIONS:
            self.now_chosen.emit()
        else:
            self.epoch_chosen.emit(self._view.now * value / N_POSITIONS)
