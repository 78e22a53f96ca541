"""The clock of a whole window in a test: while a model trains, fewer moments a second are shown than to a person."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from regdesk.session.clock import Clock
from regdesk.session.controllers.frame_clock import FRAME_MS
from regdesk.session.live_model import LiveModel

CALM_MS = 40
"""As on a busy machine. A test waits for an epoch and reads a few moments: to draw sixty a second, as FRAME_MS asks,
takes most of a core. While the model rests they come as ever, so that axes come to rest as soon.
"""


class CalmClock(Clock):
    """The computer's own, whose frames come every ``CALM_MS`` while a model trains."""

    def __init__(self) -> None:
        self._frames: list[QTimer] = []

    def ticks(self, every_ms: int, parent: QObject) -> QTimer:
        timer = super().ticks(every_ms, parent)
        if every_ms == FRAME_MS:
            self._frames.append(timer)
        return timer

    def listen(self, model: LiveModel) -> None:
        """Follow the model of the window that has been made with this clock."""
        model.running_changed.connect(self._on_running_changed)
        self._on_running_changed(model.is_running)

    def _on_running_changed(self, is_running: bool) -> None:
        (timer,) = self._frames
        timer.setInterval(CALM_MS if is_running else FRAME_MS)
