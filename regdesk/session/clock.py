"""The time that a session goes by: one steady clock, and timers that run by it."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer


class Clock:
    """The computer's own; a session is handed it, and so can be handed one that is moved by hand."""

    def now_s(self) -> float:
        """Seconds since some moment; they only grow."""
        return time.monotonic()

    def ticks(self, every_ms: int, parent: QObject) -> QTimer:
        """A timer that has not begun; begun, it times out again and again, to the millisecond."""
        timer = QTimer(parent)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(every_ms)
        return timer

    def delay(self, after_ms: int, parent: QObject) -> QTimer:
        """A timer that has not begun; begun, it times out once, and to begin it again puts that off."""
        timer = QTimer(parent)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        return timer
