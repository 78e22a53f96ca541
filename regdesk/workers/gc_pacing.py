"""How the threads share the one interpreter, so that the window's turn comes soon; and memory that nobody uses."""

from __future__ import annotations

import ctypes
import gc
import sys

from PySide6.QtCore import QObject, QTimer

SWITCH_INTERVAL_S = 0.0001
"""Python's own is 5 ms: so long another thread's Python code keeps the interpreter from one that asks for it. A paint
asks a few hundred times: beside the reading of 300,000 rows one took 230 ms at 5 ms, 130 at 0.5 and 50 at 0.1.
"""
COLLECT_EVERY_MS = 250
ALL_EVERY = 40
"""Every ten seconds what has outlived two collections is looked at too."""
LAUNCH_TICKS = 240
"""After a minute garbage is collected even if there is nothing to train: a failed file may hang on its error."""


def give_back_memory() -> None:
    """Whole pages that are free in the heaps of the GNU C library go back to the system; elsewhere nothing is done.

    It gives back by itself only what lies at a heap's end. The room of runs, sweeps and pictures that are gone lies
    between what stays: 27 MB after a minute of opening and sweeping and 37 after half an hour, while what was in use
    stayed. To give back 14 MB takes the window's thread 2 ms.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        # musl has none.
        library.malloc_trim.argtypes = (ctypes.c_size_t,)
        library.malloc_trim(0)


class FairShare(QObject):
    """Garbage is collected between two frames of the GUI thread, and what the launch has made is not looked at again.

    A collection holds the interpreter, and Python starts it in whichever thread makes an object: while numba was
    imported a full one of 500,000 objects took 58 ms, on busy cores 150 to 200. Here nothing is collected until
    ``settle``, and from then on only what is younger: 1 to 3 ms.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(COLLECT_EVERY_MS)
        self._timer.timeout.connect(self._on_timed_out)
        self._n_ticks = 0
        self._is_settled = False
        self._switch_interval_s: float | None = None
        self._has_collected = False
        self._has_left_run = False

    def start(self) -> None:
        """Short turns from here on, and no collection that was not asked for."""
        self._switch_interval_s = sys.getswitchinterval()
        self._has_collected = gc.isenabled()
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        gc.disable()
        if self._has_collected:
            self._timer.start()

    def settle(self) -> None:
        """The launch is over; what it has made stays. Does nothing when called again."""
        if self._timer.isActive() and not self._is_settled:
            self._is_settled = True
            gc.freeze()

    def note_left_run(self) -> None:
        """What a run needed is free soon: its memory is given back with the next full collection, at most every ten
        seconds. While one run goes on it uses its room again and again, and nothing is given back.
        """
        self._has_left_run = True

    def stop(self) -> None:
        """As it was before ``start``; safe to call twice."""
        if self._switch_interval_s is None:
            return
        self._timer.stop()
        sys.setswitchinterval(self._switch_interval_s)
        self._switch_interval_s = None
        if self._has_collected:
            gc.unfreeze()
            gc.enable()

    def _on_timed_out(self) -> None:
        self._n_ticks += 1
        if not self._is_settled and self._n_ticks <= LAUNCH_TICKS:
            return
        is_full = self._n_ticks % ALL_EVERY == 0
        gc.collect(2 if is_full else 1)
        if is_full and self._has_left_run:
            self._has_left_run = False
            give_back_memory()
