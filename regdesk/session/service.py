"""What all services share: the threads that work for one, which answers it still expects, and how it ends."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal

NOTHING = 0
"""No answer has this number."""


class Worker(Protocol):
    """A thread that can be told to end, and waited for."""

    def stop(self) -> None: ...

    def wait(self) -> object: ...


class Delay(Protocol):
    """A timer that may be under way."""

    def stop(self) -> None: ...


class Service(QObject):
    """One kind of background work.

    Signal: ``failed(Exception)``, emitted in the GUI thread, where whoever hears it raises it or says it.

    Every request has a number, which comes back with its answer: of the sweep, of the run, or of what was
    submitted to the thread. An
    answer under another number than is expected is late, and nothing is done with it. What a service was asked to end
    is answered by nothing: after ``stop`` no number is expected, whatever the threads have emitted before.
    """

    failed = Signal(object)

    def __init__(self, *workers: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers = workers
        self._delays: tuple[Delay, ...] = ()
        self._expected = NOTHING
        self._is_stopped = False

    def stop(self) -> None:
        """Give up what is under way; ``wait`` until it has ended."""
        self._is_stopped, self._expected = True, NOTHING
        for delay in self._delays:
            delay.stop()
        for worker in self._workers:
            worker.stop()

    def wait(self) -> None:
        """Return when every thread has ended."""
        for worker in self._workers:
            # Without a limit: a thread that is destroyed while it runs takes the process with it.
            worker.wait()

    def _expect(self, number: int) -> None:
        """From now on answers of this number count, and no others; ``NOTHING`` for none."""
        self._expected = NOTHING if self._is_stopped else number

    def _is_expected(self, number: int) -> bool:
        return number != NOTHING and number == self._expected
