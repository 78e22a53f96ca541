"""The thread that finds the optimum of the live linear model: one dataset at a time, the newest λ first."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from regdesk.core.stopping import Stopped

if TYPE_CHECKING:
    from regdesk.core.linear.optimum_solver import OptimumSolver
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.types import TrainSettings

_log = logging.getLogger("regdesk.optimum")
LONG_S = 0.25
"""A search that took longer is noted: those of a drag are many and quick."""
LONGEST_REST_S = 0.25
"""What takes long waits for as long, at most this, whether λ moves on: a drag is not solved at every stop."""


@dataclass(frozen=True, eq=False)
class OptimumWork:
    """A request for the optimum of the training rows of ``dataset`` under ``settings``; ``run`` comes back with it."""

    run: int
    dataset: Dataset
    settings: TrainSettings


class OptimumThread(QThread):
    """Signals: ``solved(run, Optimum)``, ``failed(run, Exception)``; none where a newer request supersedes one."""

    solved = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("optimum")
        self._newest: OptimumWork | None = None
        self._work: OptimumWork | None = None
        self._is_stopping = False
        self._wake = threading.Event()
        self._solver: OptimumSolver | None = None
        self._dataset: Dataset | None = None
        self._last_s = 0.0

    def submit(self, work: OptimumWork) -> None:
        """Solve this next, and give up what is being solved."""
        self._newest = work
        self._wake.set()
        if not self.isRunning():
            self.start()

    def forget(self) -> None:
        """Give up what is being solved, and the rows of it."""
        self._newest = None
        self._wake.set()

    def stop(self) -> None:
        """End the thread at its next pass over the rows; the caller waits for it."""
        self._is_stopping = True
        self._wake.set()

    def run(self) -> None:
        answered: OptimumWork | None = None
        while not self._is_stopping:
            self._wake.clear()
            work = self._newest
            if work is None:
                self._solver = self._dataset = answered = None
            if work is None or work is answered:
                self._wake.wait()
                continue
            if self._last_s and self._wake.wait(min(self._last_s, LONGEST_REST_S)):
                # λ has moved on.
                continue
            self._answer(work)
            if self._newest is work:
                answered = work

    def _answer(self, work: OptimumWork) -> None:
        # Here and not above: this takes longer to import than the first paint need wait for.
        from regdesk.core.linear.optimum_solver import OptimumSolver

        try:
            if self._dataset is not work.dataset or self._solver is None:
                self._dataset, self._last_s = work.dataset, 0.0
                self._solver = OptimumSolver(work.dataset, self._is_unwanted)
            self._work = work
            started_s = time.monotonic()
            optimum = self._solver.solve(work.settings)
            self._last_s = time.monotonic() - started_s
            if self._last_s > LONG_S:
                _log.info("The optimum at λ %g took %.2f s.", work.settings.effective_lam, self._last_s)
            self.solved.emit(work.run, optimum)
        except Stopped:
            return
        except Exception as error:
            # Reported, not handled: the controller raises it in the GUI thread.
            _log.info("The optimum at λ %g: %s: %s", work.settings.effective_lam, type(error).__name__, error)
            self.failed.emit(work.run, error)

    def _is_unwanted(self) -> bool:
        return self._is_stopping or self._newest is not self._work
