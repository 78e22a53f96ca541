"""The sweeping thread: runs one sweep over λ after the other and keeps what it has found so far."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from regdesk.core.stopping import Stop, Stopped
from regdesk.core.types import TrainSettings
from regdesk.tasks.sweep_tasks import LinearSweepTask, NetworkSweepTask
from regdesk.workers.niceness import SWEEP, step_back

if TYPE_CHECKING:
    from regdesk.core.linear.cross_validation import SweepPoint
    from regdesk.core.linear.solution import LinearSolution
    from regdesk.core.model.scale import ModelScale
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.remaining_time import SweepProgress
    from regdesk.tasks.loading import Loaded
    from regdesk.tasks.sweep_plan import SweepPlan


_log = logging.getLogger("regdesk.sweep")


@dataclass(frozen=True)
class SweepWork:
    """A request to sweep; ``begin`` is called in the thread, and imports there what it needs.

    What it does and the points after it raise Stopped soon after the Stop that it is handed says so.
    """

    settings: TrainSettings
    begin: Callable[[Stop], LinearSweepTask | NetworkSweepTask]


def sweep_work(loaded: Loaded, configuration: Configuration, plan: SweepPlan) -> SweepWork:
    """A sweep of ``loaded`` under ``configuration``; its folds are prepared when it begins, in its thread."""

    def begin(stop: Stop) -> LinearSweepTask | NetworkSweepTask:
        from regdesk.tasks.sweep_work import linear_sweep_task, network_sweep_task

        task = linear_sweep_task if configuration.architecture.is_linear else network_sweep_task
        return task(loaded, configuration, plan, stop)

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
        """Of a network's sweep: its number and how far it is."""
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
        from regdesk.core.sweep.curve import curve_of

        points: list[SweepPoint] = []
        task: LinearSweepTask | None = None

        def curve(is_done: bool) -> SweepCurve:
            assert task is not None
            return curve_of(points, work.settings, task.n_lambdas, task.n_folds, is_done, task.facts)

        try:
            begun = work.begin(stop)
            if isinstance(begun, NetworkSweepTask):
                self._sweep_network(number, begun)
                return
            task = begun
            self.scale = number, task.scale
            for point in task.points:
                points.append(point)
                if self._is_over(number):
                    break
                if self.newest is self.seen:
                    self.newest = number, curve(False)
        except Stopped:
            pass
        if task is not None and points:
            found = curve(True)
            self.newest = number, found
            self._find_knots(number, task, found, points[-1].model)

    def _sweep_network(self, number: int, task: NetworkSweepTask) -> None:
        from regdesk.core.training.cores import Cores
        from regdesk.workers.network_sweep import ProgressWatch, SparingExecutor

        self.scale = number, task.scale
        watch, moment = ProgressWatch(), None
        with (
            SparingExecutor(lambda: self.has_company) as executor,
            closing(task.sweeps(Cores(executor, executor.n_threads))) as sweeps,
        ):
            for moment in sweeps:
                self.progress = number, watch.progress_of(moment)
                if self._is_over(number):
                    break
                if self.newest is self.seen and moment.changed:
                    curve = task.curve_of(moment, False)
                    if curve is not None:
                        self.newest = number, curve
        if moment is not None:
            found = task.curve_of(moment, True)
            if found is not None:
                self.newest = number, found

    def _find_knots(self, number: int, task: LinearSweepTask, found: SweepCurve, last: LinearSolution) -> None:
        """Give the events of the path exactly, as far down as there is time."""
        if found.path is None or task.knots is None or self._is_over(number):
            return
        from regdesk.core.sweep.weight_path import with_knots

        knots = task.knots(last)
        if knots is None:
            return
        while not self._is_over(number) and knots.advance():
            pass
        self.newest = number, replace(found, path=with_knots(found.path, knots))
