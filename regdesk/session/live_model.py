"""Owns the model that trains: its thread, the run that it is of, and what was last seen of it."""

from __future__ import annotations

import logging
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.session.run import Run
from regdesk.session.service import NOTHING, Service
from regdesk.session.travel.past import Past
from regdesk.workers.requests import NewFitView, NewRun, NewWeight, NewWeights, NoRun, RunStart, StateWanted

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitScene
    from regdesk.core.fit.slices import SliceColumns
    from regdesk.core.fit.view import FitView
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.run.trainer_state import TrainerState
    from regdesk.core.settings.change import Change
    from regdesk.core.types import Architecture, Floats
    from regdesk.session.engine_readiness import EngineReadiness
    from regdesk.session.run_state import RunState
    from regdesk.session.session import Session
    from regdesk.tasks.loading import Loaded
    from regdesk.workers.requests import HandedOver, NewLook
    from regdesk.workers.training import TrainingThread

_log = logging.getLogger("regdesk.session")


class LiveModel(Service):
    """Signals: ``left()`` when the present run is over, before there is another or none; ``begun(Run)``; ``ended()``
    when there is no model any more; ``running_changed(bool)`` each time it is to train or to pause; ``acted()`` when
    somebody asks for an epoch or puts weights in; ``scene_changed(FitScene)`` when it is looked at in another picture;
    ``handed_over(HandedOver)`` with the state of a run that is over, or that was asked for; ``missed(TrainSnapshot)``
    with a moment of a run that is over. What is expected are snapshots of the present run.
    """

    left = Signal()
    begun = Signal(object)
    ended = Signal()
    running_changed = Signal(bool)
    acted = Signal()
    scene_changed = Signal(object)
    handed_over = Signal(object)
    missed = Signal(object)

    def __init__(
        self, thread: TrainingThread, session: Session, engine: EngineReadiness, parent: QObject | None = None
    ) -> None:
        super().__init__(thread, parent=parent)
        self._thread, self._session, self._engine = thread, session, engine
        thread.steps_per_second = session.configuration.view.steps_per_second
        thread.failed.connect(self._on_failed)
        self._thread.handed_over.connect(self._on_handed_over)
        self._n_runs = 0
        self.past = Past(thread)
        self._fit_view: FitView | None = None
        self.run: Run | None = None
        self.snapshot: TrainSnapshot | None = None
        """What was trained, as it was seen last; None before that of the present run."""
        # Of a run that has begun and has not been asked of the thread yet.
        self._is_to_come = self.is_waiting = False
        """Whether a run has begun that is trained as soon as its code is compiled."""
        self._start: RunStart | None = None
        self._kept: RunState | None = None
        # Whether the present run is over before the next has begun, and whether that is one that comes back.
        self._is_left = self._is_to_come_back = False
        self.came_from: tuple[int, TrainerState] | None = None
        """While a run begins that goes on from another: the number of that, and where it was left."""
        # What the thread has taken back to hand it over, which is still to be seen.
        self._held: deque[TrainSnapshot] = deque()

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
        return self.fit_view.scene

    @property
    def is_to_come(self) -> bool:
        """Whether the present run waits for its code, or for who is told of it: the thread knows nothing of it yet."""
        return self._is_to_come

    @property
    def is_coming_back(self) -> bool:
        """Whether a run that was left is being brought back, with its own layers and its own weights."""
        return self._is_to_come_back

    @property
    def start(self) -> RunStart | None:
        """What a run begins with that is still to come, in place of the seed's weights."""
        return self._start

    @property
    def unseen(self) -> tuple[TrainSnapshot, ...]:
        """Moments that come next, whatever the thread offers."""
        return tuple(self._held)

    def leave(self, *, for_another: bool = False) -> None:
        """The present run is over, from here on nothing that is set acts on it; the next begins at once.

        ``for_another``: that is one that was left before.
        """
        if not self._is_left:
            self.left.emit()
            self._is_left = True
            if self.run is not None:
                self._thread.request(NoRun())
        self._is_to_come_back = for_another

    def begin_run(self, loaded: Loaded) -> None:
        """A new trainer on ``loaded``, with the layers that are in force."""
        self._begin(loaded, self._session.configuration.architecture, None)

    def bring_back(self, kept: RunState) -> None:
        """A run that was left goes on where it was, under another number. Its layers are in force by now."""
        self.came_from = None if kept.state is None else (kept.run.number, kept.state)
        self._begin(kept.run.loaded, kept.run.architecture, kept)

    def _begin(self, loaded: Loaded, architecture: Architecture, kept: RunState | None) -> None:
        self.leave(for_another=self._is_to_come_back)
        if self.run is None or self.run.loaded is not loaded or self._fit_view is None:
            self._fit_view = loaded.fit_view.with_slice(self._session.configuration.view.slice)
        self._n_runs += 1
        self._expect(self._n_runs)
        self._session.step = 0 if kept is None else kept.step
        self.snapshot = None
        self.run = Run(self._n_runs, loaded, architecture)
        self.is_waiting = not self._engine.is_ready
        self._held.clear()
        self._is_to_come, self._is_left = True, False
        self._kept, self._start = kept, None if kept is None else kept.start
        self.begun.emit(self.run)
        self._is_to_come_back, self.came_from = False, None
        if not self.is_waiting:
            self._request_run()

    def end_run(self) -> None:
        """There is no model any more, and there is none to come."""
        self.leave()
        self._expect(NOTHING)
        self._is_left = self._is_to_come = self.is_waiting = False
        self._held.clear()
        self.run = self.snapshot = self._fit_view = None
        self.set_running(False)
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

    def ask_state(self, number: int) -> None:
        """Have the state of the present run handed over under ``number``, from 1, as it is when all is done that was
        asked for before.
        """
        self._thread.request(StateWanted(number))

    def request_epoch(self) -> None:
        """One epoch more, whether it runs or not."""
        self.acted.emit()
        self._thread.request_epoch()

    def put_in(self, parameters: Floats, words: str) -> None:
        """Go on from ``parameters`` ``(n_parameters,)``, unless λ changes before; ``words`` say where they are from.

        A run that has just begun begins with them, whatever λ; one that is just brought back has its own.
        """
        self.acted.emit()
        if self.run is not None and not self._is_to_come_back:
            training = self._session.configuration.training
            if self._is_to_come:
                self._start, self._kept = RunStart(parameters, words), None
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

    def follow(self, change: Change) -> None:
        """New pressure on the running model, which touches no weight, another pace or another picture of it."""
        after = change.after
        if change.touches("architecture") and self.run is not None:
            # Another run begins: what else has changed acts on that one alone.
            self.leave(for_another=self._is_to_come_back)
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
        snapshot = self._held.popleft() if self._held else self._thread.mailbox.take()
        if snapshot is None:
            return None
        self._thread.wake()
        if self._is_expected(snapshot.run):
            return snapshot
        self.missed.emit(snapshot)
        return None

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
        start, kept = self._start, self._kept
        state, moments = (None, None) if kept is None else (kept.state, kept.moments)
        # It holds arrays that nobody else may need any more.
        self._start = self._kept = None
        what = run.dataset, self._fit_view, run.architecture, run.seed
        self._thread.request(NewRun(run.number, *what, start, state, moments))

    def _on_handed_over(self, handed: HandedOver) -> None:
        self._thread.note_heard()
        if self._is_stopped:
            return
        if handed.number and handed.unseen is not None and self._is_expected(handed.unseen.run):
            self._held.append(handed.unseen)
        self.handed_over.emit(handed)

    def _on_failed(self, error: Exception) -> None:
        self.set_running(False)
        self.failed.emit(error)
