"""Owns the model that trains: its thread, the run that it is of, and what was last seen of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.session.run import Run
from regdesk.session.service import NOTHING, Service
from regdesk.workers.requests import NewFitView, NewRun, NewWeight, NewWeights, NoRun, RunStart

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitScene
    from regdesk.core.fit.slices import SliceColumns
    from regdesk.core.fit.view import FitView
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.change import Change
    from regdesk.core.types import Floats
    from regdesk.session.engine_readiness import EngineReadiness
    from regdesk.session.session import Session
    from regdesk.tasks.loading import Loaded
    from regdesk.workers.earlier import MomentSeen, MomentWanted
    from regdesk.workers.requests import NewLook
    from regdesk.workers.training import TrainingThread

_log = logging.getLogger("regdesk.session")


class LiveModel(Service):
    """Signals: ``left()`` when the present run is over, before there is another or none; ``begun(Run)``; ``ended()``
    when there is no model any more; ``running_changed(bool)`` each time somebody has asked it to train or to pause;
    ``acted()`` when somebody has asked for an epoch or put weights in;
    ``scene_changed(FitScene)`` when it is looked at in another picture. What is expected are snapshots of the present
    run.
    """

    left = Signal()
    begun = Signal(object)
    ended = Signal()
    running_changed = Signal(bool)
    acted = Signal()
    scene_changed = Signal(object)

    def __init__(
        self, thread: TrainingThread, session: Session, engine: EngineReadiness, parent: QObject | None = None
    ) -> None:
        super().__init__(thread, parent=parent)
        self._thread, self._session, self._engine = thread, session, engine
        self._thread.steps_per_second = session.configuration.view.steps_per_second
        self._thread.failed.connect(self._on_failed)
        self._n_runs = 0
        self._fit_view: FitView | None = None
        self.run: Run | None = None
        self.snapshot: TrainSnapshot | None = None
        """What was trained, as it was seen last; None before that of the present run."""
        self.is_waiting = False
        """Whether a run has begun that is trained as soon as its code is compiled."""
        # Of a run that has begun and has not been asked of the thread yet.
        self._is_to_come = False
        self._start: RunStart | None = None

    @property
    def is_running(self) -> bool:
        return self._thread.is_running

    @property
    def is_dragging(self) -> bool:
        """Whether somebody drags λ, of whose changes the thread then takes note more often."""
        return self._thread.is_dragging

    @is_dragging.setter
    def is_dragging(self, is_dragging: bool) -> None:
        self._thread.is_dragging = is_dragging

    @property
    def fit_view(self) -> FitView:
        """How the model of the present run is looked at."""
        assert self._fit_view is not None
        return self._fit_view

    @property
    def scene(self) -> FitScene:
        """What stands still in the picture of the fit of the present run."""
        assert self._fit_view is not None
        return self._fit_view.scene

    def begin_run(self, loaded: Loaded) -> None:
        """A new trainer on ``loaded``, with the layers that are in force."""
        self.left.emit()
        configuration = self._session.configuration
        if self.run is None or self.run.loaded is not loaded or self._fit_view is None:
            self._fit_view = loaded.fit_view.with_slice(configuration.view.slice)
        self._n_runs += 1
        self._expect(self._n_runs)
        self._session.step = 0
        self.snapshot = None
        self.run = Run(self._n_runs, loaded, configuration.architecture)
        self.is_waiting = not self._engine.is_ready
        self._is_to_come, self._start = True, None
        self.begun.emit(self.run)
        if not self.is_waiting:
            self._request_run()

    def end_run(self) -> None:
        """There is no model any more, and there is none to come."""
        self.left.emit()
        self._expect(NOTHING)
        self.run = self.snapshot = self._fit_view = None
        self.is_waiting = False
        self.set_running(False)
        self._thread.request(NoRun())
        self.ended.emit()

    def set_running(self, is_running: bool) -> None:
        """Train, or pause within a chunk."""
        if is_running and self._would_diverge():
            # At once; the sentence says what to change first.
            is_running = False
        if is_running != self._thread.is_running:
            _log.info("The model is to %s.", "train" if is_running else "pause")
        self._thread.is_running = is_running
        self._thread.wake()
        self.running_changed.emit(is_running)

    def request_epoch(self) -> None:
        """One epoch more, whether it runs or not."""
        self.acted.emit()
        self._thread.request_epoch()

    def put_in(self, parameters: Floats, words: str) -> None:
        """Go on from ``parameters`` ``(n_parameters,)``, unless λ changes before; ``words`` say where they are from.

        A run that has just begun begins with them, whatever λ.
        """
        self.acted.emit()
        if self.run is not None:
            training = self._session.configuration.training
            if self._is_to_come:
                self._start = RunStart(parameters, words)
            else:
                self._thread.request(NewWeights(self.run.number, parameters, training, words))

    def set_weight(self, position: int, value: float, words: str) -> None:
        """As ``put_in``, with ``value`` as the parameter at ``position`` and all others as they are."""
        self.acted.emit()
        if self.run is not None and not self._is_to_come:
            training = self._session.configuration.training
            self._thread.request(NewWeight(self.run.number, position, value, training, words))

    def look(self, look: NewLook) -> None:
        """See the paused model as other parameters would make it."""
        self._thread.request(look)

    def want_moment(self, wanted: MomentWanted | None) -> None:
        """Have an earlier moment looked at, in place of what was wanted before; None for no more."""
        self._thread.earlier.wanted = wanted
        self._thread.wake()

    def take_moment(self) -> MomentSeen | None:
        """The earlier moment that was found last, if it is of the present run and nobody has seen it."""
        seen = self._thread.earlier.mailbox.take()
        if seen is None:
            return None
        self._thread.wake()
        return seen if self._is_expected(seen.wanted.run) else None

    def follow(self, change: Change) -> None:
        """New pressure on the running model, which touches no weight, another pace or another picture of it."""
        after = change.after
        if change.touches("training"):
            self._thread.settings = after.training
            self._thread.wake()
        if change.touches("view.steps_per_second"):
            self._thread.steps_per_second = after.view.steps_per_second
            self._thread.wake()
        if change.touches("view.slice"):
            self._show_slice(after.view.slice)

    def take(self) -> TrainSnapshot | None:
        """The newest moment of the present run, if there is one that nobody has seen; the thread may make another."""
        snapshot = self._thread.mailbox.take()
        if snapshot is None:
            return None
        self._thread.wake()
        return snapshot if self._is_expected(snapshot.run) else None

    def note_snapshot(self, snapshot: TrainSnapshot) -> None:
        """What was trained is seen as ``snapshot``."""
        self.snapshot = snapshot
        self._session.step = snapshot.step

    def forget_snapshot(self) -> None:
        """What was seen is of other data than are in force by now."""
        self.snapshot = None

    def note_compiling(self) -> None:
        """The engine is being compiled: meanwhile the thread loads what else it needs."""
        self._thread.prepare()

    def note_engine(self) -> None:
        """Some of the engine is there: train what waits for it."""
        self._thread.begin()
        if self.is_waiting and self._engine.is_ready:
            self.is_waiting = False
            self._request_run()

    def _show_slice(self, columns: SliceColumns) -> None:
        if self._fit_view is None or self.run is None or columns == self._fit_view.scene.slice_columns:
            return
        self._fit_view = self._fit_view.with_slice(columns)
        self.scene_changed.emit(self._fit_view.scene)
        self._thread.request(NewFitView(self.run.number, self._fit_view))

    def _would_diverge(self) -> bool:
        snapshot = self.snapshot
        return (
            snapshot is not None and snapshot.has_diverged and snapshot.settings == self._session.configuration.training
        )

    def _request_run(self) -> None:
        run = self.run
        assert run is not None
        assert self._fit_view is not None
        self._is_to_come = False
        self._thread.request(NewRun(run.number, run.dataset, self._fit_view, run.architecture, run.seed, self._start))

    def _on_failed(self, error: Exception) -> None:
        self.set_running(False)
        self.failed.emit(error)
