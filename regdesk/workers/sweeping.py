"""The sweeping thread: runs one sweep over λ after the other and keeps what it has found so far."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QThread, Signal

from regdesk.core.stopping import Stop, Stopped
from regdesk.core.types import TrainSettings
from regdesk.tasks.sweep_steps import NetworkStep
from regdesk.workers.niceness import SWEEP, step_back

if TYPE_CHECKING:
    from collections.abc import Generator

    from regdesk.core.model.scale import ModelScale
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.remaining_time import SweepProgress
    from regdesk.crews.choice import CrewChoice
    from regdesk.tasks.loading import Loaded
    from regdesk.tasks.sweep_curves import GrowingCurve
    from regdesk.tasks.sweep_steps import LinearStep

    SweepSteps: TypeAlias = Generator[LinearStep, None, object] | Generator[NetworkStep, None, object]


_log = logging.getLogger("regdesk.sweep")


@dataclass(frozen=True)
class SweepWork:
    """A request to sweep; ``begin`` is called in the thread, and imports there what it needs.

    It is handed what says whether a live model needs a processor, a Stop that ends its steps soon after it says so
    (they raise Stopped), and whom to tell of paths that a crew has done.
    """

    settings: TrainSettings
    begin: Callable[[Callable[[], bool], Stop, Callable[[SweepProgress], None]], SweepSteps]


def sweep_work(loaded: Loaded, configuration: Configuration, workers: CrewChoice | None = None) -> SweepWork:
    """A sweep of ``loaded``, used as it is, under ``configuration``; ``workers`` None: threads of this process."""
    prepared = replace(configuration, data=loaded.settings, seed=loaded.seed)

    def begin(has_company: Callable[[], bool], stop: Stop, paths: Callable[[SweepProgress], None]) -> SweepSteps:
        from regdesk.tasks.sweep import sweep_steps
        from regdesk.workers.sweep_crew import window_crew

        crew = window_crew(workers, configuration.architecture.is_linear, has_company)
        return sweep_steps(loaded.table, prepared, crew, stop, paths)

    return SweepWork(configuration.training, begin)


class SweepThread(QThread):
    """Signals: ``ended(number)`` when all points are there or it was cancelled, ``failed(number, Exception)``.

    A newer sweep supersedes the one before it. ``newest`` is pulled by the window at its own pace: the number of the
    sweep and its curve so far, a new object whenever there is more to see.
    """

    ended = Signal(int)
    failed = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sweeping")
        self.newest: tuple[int, SweepCurve] | None = None
        self.seen: tuple[int, SweepCurve] | None = None
        """What the window has pulled last; no curve is made that nobody would look at."""
        self.scale: tuple[int, ModelScale] | None = None
        """The number of the sweep and the scale that its weights belong to; there before the first curve is."""
        self.progress: tuple[int, SweepProgress] | None = None
        """Of a sweep by units, of networks or by a crew: its number and how far it is."""
        self.has_company = False
        """Whether a live model trains beside the sweep, which then leaves it a processor."""
        self._queue: deque[tuple[int, SweepWork]] = deque()
        self._number = 0
        self._cancelled = 0
        self._stop = Stop()
        self._is_stopping = False
        self._is_at_work = False
        self._wake = threading.Event()

    @property
    def is_at_work(self) -> bool:
        """Whether there is a sweep under way or to come."""
        return self._is_at_work or bool(self._queue)

    def submit(self, work: SweepWork) -> int:
        """Sweep next; returns the number under which it is reported."""
        self.cancel()
        self._number += 1
        self._queue.append((self._number, work))
        self._wake.set()
        if not self.isRunning():
            self.start()
        return self._number

    def cancel(self) -> None:
        """End within the point under way; what has been found stays in ``newest``."""
        self._cancelled = self._number
        self._stop.request()

    def stop(self) -> None:
        """End the thread within the point under way; the caller waits for it."""
        self._is_stopping = True
        self._stop.request()
        self._wake.set()

    def run(self) -> None:
        step_back(SWEEP)
        while not self._is_stopping:
            self._wake.clear()
            while self._queue and not self._is_stopping:
                self._is_at_work = True
                number, work = self._queue.popleft()
                _log.info("Sweep %d begins: penalty %s.", number, work.settings.penalty)
                try:
                    self._sweep(number, work)
                except Exception as error:
                    _log.info("Sweep %d failed: %s: %s", number, type(error).__name__, error)
                    # Reported, not handled: the controller knows which errors are the user's and which are ours.
                    self.failed.emit(number, error)
                else:
                    self._note_end(number)
                    self.ended.emit(number)
                self._is_at_work = False
            if not self._is_stopping:
                self._wake.wait()

    def _note_end(self, number: int) -> None:
        found = self.newest[1] if self.newest is not None and self.newest[0] == number else None
        n_found, n_all = (len(found.lambdas), found.n_lambdas) if found is not None else (0, 0)
        end = "is cancelled" if self._is_over(number) else "is done"
        _log.info("Sweep %d %s: %d of %d λ.", number, end, n_found, n_all)

    def _is_over(self, number: int) -> bool:
        return self._is_stopping or number <= self._cancelled

    def _sweep(self, number: int, work: SweepWork) -> None:
        stop = self._stop = Stop()
        # Looked at after there is something to hear the next cancellation.
        if self._is_over(number):
            return
        from regdesk.tasks.sweep_curves import growing_curve

        def note(progress: SweepProgress) -> None:
            self.progress = number, progress

        growing: GrowingCurve | None = None
        try:
            with closing(work.begin(lambda: self.has_company, stop, note)) as steps:
                for step in steps:
                    if growing is None:
                        growing = growing_curve(step)
                        self.scale = number, step.prepared.scale
                    if isinstance(step, NetworkStep):
                        note(step.progress)
                    has_more = growing.add(step)
                    if self._is_over(number):
                        break
                    if has_more and self.newest is self.seen and (curve := growing.curve(False)) is not None:
                        self.newest = number, curve
        except Stopped:
            pass
        found = None if growing is None else growing.curve(True)
        if growing is None or found is None:
            return
        self.newest = number, found
        if not self._is_over(number):
            # Drawn already: its events become exact when they are known.
            exact = growing.exact_curve(found, lambda: not self._is_over(number))
            self.newest = self.newest if exact is None else (number, exact)
