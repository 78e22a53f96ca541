"""When a session begins, and the clock by which its window is brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from regdesk.session.clock import Clock
    from regdesk.views.window.main_window import MainWindow

FRAME_MS = 16
START_AFTER_MS, AFTER_PAINT_MS = 250, 20
"""What takes time begins when the window has been painted with all that its first layout has asked for, or where
nothing is painted."""


class FrameClock(QObject):
    """Signals, in this order: ``start_reached()`` when the window has been painted, ``parts_built()`` when it has made
    all that its first paint could do without, and from then on ``ticked(float)`` sixty times a second, with the time in
    seconds.
    """

    start_reached = Signal()
    parts_built = Signal()
    ticked = Signal(float)

    def __init__(self, window: MainWindow, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._clock = window, clock
        self._is_stopped = False
        self._start_delay = clock.delay(START_AFTER_MS, self)
        # One thing a tick: each takes up to 50 ms, in which the window answers to nothing.
        self._build_ticks = clock.ticks(0, self)
        self._frame_ticks = clock.ticks(FRAME_MS, self)
        self._start_delay.timeout.connect(self._on_start_due)
        self._build_ticks.timeout.connect(self._on_build_due)
        self._frame_ticks.timeout.connect(self._on_frame_due)
        window.painted.connect(self._on_window_painted)

    def start(self) -> None:
        """Begin soon, when the window has been painted."""
        self._start_delay.start()

    @contextmanager
    def held(self) -> Iterator[None]:
        """While no frame is due."""
        was_on = self._frame_ticks.isActive()
        self._frame_ticks.stop()
        try:
            yield
        finally:
            if was_on and not self._is_stopped:
                self._frame_ticks.start()

    def stop(self) -> None:
        """Nothing is due any more."""
        self._is_stopped = True
        for timer in (self._start_delay, self._build_ticks, self._frame_ticks):
            timer.stop()

    def _on_window_painted(self) -> None:
        if self._start_delay.isActive():
            self._start_delay.start(AFTER_PAINT_MS)

    def _on_start_due(self) -> None:
        self.start_reached.emit()
        self._build_ticks.start()

    def _on_build_due(self) -> None:
        if self._window.build_next():
            return
        self._build_ticks.stop()
        self.parts_built.emit()
        self._frame_ticks.start()

    def _on_frame_due(self) -> None:
        self.ticked.emit(self._clock.now_s())
