"""Owns the permutation importance of the live model: its thread, and what was found last."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.session.service import NOTHING, Service
from regdesk.workers.permuting import find_importance

if TYPE_CHECKING:
    from regdesk.core.model.permuted import PermutedLosses
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.session.clock import Clock
    from regdesk.session.run import Run
    from regdesk.workers.background import BackgroundThread

REST_MS = 400
"""A paused model that has not changed for so long is asked without being told to."""
NO_ROWS = "There are no validation rows; no column can be permuted."


class ImportanceService(Service):
    """Signals: ``begun()`` when the rows are asked, ``found(PermutedLosses)``, ``forgotten()`` of another run,
    ``refused(str)`` with why there can be none.

    The rows are asked when a person wants it, and of a paused model that is looked at by itself. What is expected is
    the one answer that is under way; an answer about an earlier moment of the run is one still, and says of which.
    """

    begun = Signal()
    found = Signal(object)
    forgotten = Signal()
    refused = Signal(str)

    def __init__(self, thread: BackgroundThread, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(thread, parent=parent)
        self._thread = thread
        thread.succeeded.connect(self._on_succeeded)
        thread.failed.connect(self._on_failed)
        self._rest = clock.delay(REST_MS, self)
        self._rest.timeout.connect(self._on_rest_reached)
        self._delays = (self._rest,)
        self._run: Run | None = None
        self._snapshot: TrainSnapshot | None = None
        self._asked: TrainSnapshot | None = None
        self._is_seen = self._is_running = False

    def begin_run(self, run: Run) -> None:
        """Another trainer."""
        self._give_up()
        self._run, self._snapshot, self._asked = run, None, None
        self.forgotten.emit()
        if not len(run.dataset.split.validation):
            self.refused.emit(NO_ROWS)

    def end_run(self) -> None:
        """There is no model any more."""
        self._give_up()
        self._run = self._snapshot = self._asked = None
        self.forgotten.emit()

    def note_snapshot(self, snapshot: TrainSnapshot) -> None:
        """The moment that the window shows: the model that trains, or the exact one in its place."""
        self._snapshot = snapshot
        self._wait_for_rest()

    def show_running(self, is_running: bool) -> None:
        """Whether the model trains; then it is asked only when somebody wants it."""
        self._is_running = is_running
        self._wait_for_rest()

    def show_seen(self, is_seen: bool) -> None:
        """Whether anybody can see the answer; nothing is calculated for nobody."""
        self._is_seen = is_seen
        self._wait_for_rest()

    def ask(self) -> None:
        """Find it for the present moment."""
        run, snapshot = self._run, self._snapshot
        if run is None or snapshot is None or snapshot.run != run.number or self._is_stopped:
            return
        if not len(run.dataset.split.validation):
            self.refused.emit(NO_ROWS)
            return
        self._rest.stop()
        self._asked = snapshot
        self._expect(
            self._thread.submit(partial(find_importance, run.dataset, snapshot, run.seed, self._thread.report))
        )
        self.begun.emit()

    def _wait_for_rest(self) -> None:
        if not self._is_seen or self._is_running or self._is_stopped:
            self._rest.stop()
        elif self._is_wanted:
            self._rest.start()

    @property
    def _is_wanted(self) -> bool:
        run, snapshot = self._run, self._snapshot
        if run is None or snapshot is None or not len(run.dataset.split.validation):
            return False
        return self._asked is None or self._asked.parameters is not snapshot.parameters

    def _on_rest_reached(self) -> None:
        if self._is_wanted and self._is_seen and not self._is_running:
            self.ask()

    def _give_up(self) -> None:
        self._thread.cancel()
        self._expect(NOTHING)
        self._rest.stop()

    def _on_succeeded(self, number: int, found: PermutedLosses | None) -> None:
        if self._is_expected(number) and found is not None:
            self._expect(NOTHING)
            self.found.emit(found)

    def _on_failed(self, number: int, error: Exception) -> None:
        if self._is_expected(number):
            self._expect(NOTHING)
            self.failed.emit(error)
