"""One thread for work that reads files or prepares data, so that the window never waits for either."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

ShouldStop = Callable[[], bool]
Work = Callable[[ShouldStop], object]
MOST_WAIT_S = 0.5
REPORT_EVERY_S = 0.1
"""Oftener, a bar would not move more smoothly, and the window would have more to do."""


class BackgroundThread(QThread):
    """Runs one piece of work after the other; a newer one supersedes those before it.

    Signals: ``succeeded(number, result)``, ``failed(number, Exception)``, ``progressed(number, fraction)`` when work
    has called ``report``, ``glimpsed(number, value)`` when it has called ``glimpse``. No outcome is emitted for work
    that was superseded or cancelled. Work is handed a function that says whether its result is still wanted.
    """

    succeeded = Signal(int, object)
    failed = Signal(int, object)
    progressed = Signal(int, float)
    glimpsed = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("background")
        self._queue: deque[tuple[int, Work, bool]] = deque()
        self._newest = 0
        self._present = 0
        self._reported_s = float("-inf")
        self._is_stopping = False
        self._is_held = False
        self._wake = threading.Event()
        self._seen = threading.Event()

    @property
    def newest(self) -> int:
        """The number of the work submitted last; results of others are no longer wanted."""
        return self._newest

    def submit(self, work: Work, *, is_kept: bool = False) -> int:
        """Run ``work`` next; returns the number under which its outcome is reported.

        What ``is_kept``, such as what writes a file, is done to its end whatever is asked for after it, also ``stop``.
        """
        self._newest += 1
        self._queue.append((self._newest, work, is_kept))
        self._wake.set()
        self._seen.set()
        if not self._is_held and not self.isRunning():
            self.start()
        return self._newest

    def cancel(self) -> None:
        """What was submitted is no longer wanted; its outcome is not reported."""
        self._newest += 1
        self._seen.set()

    def report(self, fraction: float) -> None:
        """Called by work, now and then: ``fraction`` of it is done, 0 to 1."""
        now_s = time.monotonic()
        if now_s - self._reported_s >= REPORT_EVERY_S and not self._is_stopping:
            self._reported_s = now_s
            self.progressed.emit(self._present, fraction)

    def glimpse(self, value: object) -> None:
        """Called by work: ``value`` can be shown until its result is there.

        Waits until it is ``seen``, at most ``MOST_WAIT_S``: a first painting beside work that takes a processor, and
        Python's lock, takes three times as long.
        """
        if not self._is_stopping:
            self._seen.clear()
            self.glimpsed.emit(self._present, value)
            self._seen.wait(MOST_WAIT_S)

    def seen(self) -> None:
        """What was glimpsed is on the screen: work goes on."""
        self._seen.set()

    def hold(self) -> None:
        """Keep what is submitted until ``release``."""
        self._is_held = True

    def release(self) -> None:
        """Begin with what was submitted last, if anything was."""
        self._is_held = False
        if self._queue and not self._is_stopping and not self.isRunning():
            self.start()

    def stop(self) -> None:
        """End the thread as soon as the present work looks whether it is still wanted."""
        self._is_stopping = True
        self._wake.set()
        self._seen.set()

    def run(self) -> None:
        while self._queue or not self._is_stopping:
            self._wake.clear()
            while self._queue:
                self._do(*self._queue.popleft())
            if not self._is_stopping:
                self._wake.wait()

    def _do(self, number: int, work: Work, is_kept: bool) -> None:
        def is_unwanted() -> bool:
            return self._is_stopping or number != self._newest

        def should_stop() -> bool:
            return is_unwanted() and not is_kept

        if should_stop():
            return
        self._present = number
        try:
            result = work(should_stop)
        except Exception as error:
            # Reported, not handled: the controller knows which errors are the user's and which are ours.
            if not is_unwanted():
                self.failed.emit(number, error)
            return
        if not is_unwanted():
            self.succeeded.emit(number, result)
