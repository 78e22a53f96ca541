"""Signals of the system, heard while Qt's event loop waits and Python has no turn."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class SignalWatch(QObject):
    """Signals: ``arrived(int)``: the number of the first signal since the watch was made, once.

    Made before there is an application; ``begin`` when there is one. Python's part of a signal, which runs whenever
    Python is in turn, writes the number into a socket; Qt wakes for what can be read. Main thread only.
    """

    arrived = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier: QSocketNotifier | None = None
        self.number: int | None = None
        """Of the signal that has arrived."""
        self._former = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)

    def begin(self) -> None:
        """Emit from the event loop on; also for what has come before."""
        self._notifier = notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._on_activated)

    def end(self) -> None:
        """Hear nothing more; safe to call twice."""
        if self._writer.fileno() < 0:
            return
        signal.set_wakeup_fd(self._former)
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _on_activated(self) -> None:
        self.number = number = self._reader.recv(1)[0]
        # Whoever closes a terminal sends several: the window is on its way to its end with the first.
        assert self._notifier is not None
        self._notifier.setEnabled(False)
        self.arrived.emit(number)
