"""The small plot of one column as a control: the line at the present value is dragged, or moved by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from regdesk.views.calculator.profile_picture import ProfilePicture

N_STEPS = 50
"""Of the range, that the arrow keys go through."""


class ProfilePlot(ProfilePicture):
    """Signals: ``place_chosen(float)``: a number, or the place of a label, by mouse or keys; ``pointed(object)``: the
    place under the pointer, None when it leaves.

    Left and Right go on by a fiftieth of the range or to the next label, with Page keys by ten; Home and End go to the
    ends of what the training rows hold.
    """

    place_chosen = Signal(float)
    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setMouseTracking(True)

    def place_at(self, x_px: float) -> float:
        """The place under ``x_px``, none beyond the axis: a label, a whole number where there are no others."""
        low, high = self.axis
        room = self.room
        share = min(max((x_px - room.left()) / max(room.width(), 1.0), 0.0), 1.0)
        place = low + share * (high - low)
        if self.scale.labels:
            return float(min(max(round(place), 0), len(self.scale.labels) - 1))
        return float(round(place)) if self.scale.is_whole else place

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._held_axis = self.axis
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._choose(self.place_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held_axis is not None:
            self._choose(self.place_at(event.position().x()))
        self.pointed.emit(self.place_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._held_axis is not None:
            self._held_axis = None
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_PageDown: -10, keys.Key_PageUp: 10}
        scale = self.scale
        last = float(len(scale.labels) - 1)
        if event.key() in (keys.Key_Home, keys.Key_End):
            is_end = event.key() == keys.Key_End
            self._choose((last if is_end else 0.0) if scale.labels else (scale.high if is_end else scale.low))
        elif event.key() in steps:
            self.step(steps[keys(event.key())])
        else:
            super().keyPressEvent(event)

    def step(self, n_steps: int) -> None:
        """Go on from the present value, from the middle where it is missing; numbers stop at no end."""
        scale = self.scale
        if scale.labels:
            now = -1.0 if self.place is None else self.place
            self._choose(min(max(now + n_steps, 0.0), len(scale.labels) - 1.0))
            return
        width = (scale.high - scale.low) / N_STEPS
        if scale.is_whole:
            width = max(1.0, float(round(width)))
        now = 0.5 * (scale.low + scale.high) if self.place is None else self.place
        place = now + n_steps * width
        self._choose(float(round(place)) if scale.is_whole else place)

    def _choose(self, place: float) -> None:
        if place != self.place:
            self.show_place(place)
            self.place_chosen.emit(place)
