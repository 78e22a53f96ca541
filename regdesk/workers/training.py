"""The training thread: owns the one live ``Trainer``, takes settings, offers snapshots."""

from __future__ import annotations

import importlib
import logging
import threading
import time
from collections import deque
from contextlib import nullcontext
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from regdesk.core.moments.store import MOST_LEFT_BYTES
from regdesk.core.training.epoch_loop import EpochLoop
from regdesk.core.types import DEFAULT_STEPS_PER_SECOND, TrainSettings
from regdesk.workers.look_pace import EarlierMoments, Offering
from regdesk.workers.network_sweep import LiveCores
from regdesk.workers.niceness import LIVE_MODEL, step_back
from regdesk.workers.pace import Pace
from regdesk.workers.preload_libraries import opened_beside_the_window
from regdesk.workers.requests import (
    HandedOver,
    NewFitView,
    NewLook,
    NewRun,
    NewWeight,
    NewWeights,
    NoRun,
    Request,
    StateWanted,
    StepEpoch,
)

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.run.taken import Taken
    from regdesk.core.training.trainer import Trainer
    from regdesk.workers.mailbox import Mailbox

_log = logging.getLogger("regdesk.training")
CHUNK_S = 0.014
DRAG_CHUNK_S = 0.005
"""While λ is dragged a change is in force within 5 ms; longer ones train a quarter more steps otherwise. With 14 ms
there is a moment for every tick of the window: on busy cores 40 to 49 frames a second, with 18 ms 36 to 41, and as
many steps.
"""
LONGEST_GAP = 0.02
"""The largest share of a run between two rows of its history: a young run flat out drew straight lines else."""


class TrainingThread(QThread):
    """Signals: ``failed(Exception)``; ``handed_over(HandedOver)`` when a run is over, and when it was asked for, after
    which no snapshot is offered until ``note_heard``. Snapshots go through ``mailbox``, looks at the past ``earlier``,
    what models take is in ``taken``. Settings, pace and the running flag are plain attributes, read once per chunk.
    """

    failed = Signal(object)
    handed_over = Signal(object)

    def __init__(self, settings: TrainSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training")
        self.earlier = EarlierMoments()
        self._offers = Offering()
        self._looks = self._offers.paces
        self.taken: deque[Taken] = deque()
        self.settings = settings
        self.steps_per_second: float | None = DEFAULT_STEPS_PER_SECOND
        self.is_running = self.is_dragging = False
        self._is_stopping = False
        self._requests: deque[Request | StepEpoch] = deque()
        self._wake = threading.Event()
        self._pace = Pace()
        self._trainer: Trainer | None = None
        self._has_engine = False
        self._cores = LiveCores()
        self._run = self._n_handed = self._n_heard = 0
        self._may_begin = threading.Event()
        self._batch_size = settings.batch_size
        self._epochs = EpochLoop(stops_at_each=True)
        self._trained_under = settings

    @property
    def mailbox(self) -> Mailbox[TrainSnapshot]:
        """Through which snapshots go."""
        return self._offers.mailbox

    def prepare(self) -> None:
        """Import what training needs, a quarter of a second, while others compile; nothing is answered yet."""
        self.start()

    def begin(self) -> None:
        """Answer requests from now on."""
        self._may_begin.set()
        self.start()

    def request(self, request: Request) -> None:
        """A new trainer or none, and the present one ends with its chunk; or a picture, weights or look of it."""
        self._requests.append(request)
        self._wake.set()

    def request_epoch(self) -> None:
        """One epoch more, whether running or not."""
        self._requests.append(StepEpoch())
        self._wake.set()

    def note_heard(self) -> None:
        """What was handed over has come: snapshots after it may come too."""
        self._n_heard += 1
        self._wake.set()

    def wake(self) -> None:
        """Look at the attributes now; called after one was set or the mailbox was emptied."""
        self._wake.set()

    def stop(self) -> None:
        """End the thread after its present chunk; the caller waits for it."""
        self._is_stopping = True
        self._may_begin.set()
        self._wake.set()

    def run(self) -> None:
        step_back(LIVE_MODEL)
        try:
            self._work()
        finally:
            self._cores.shut_down()

    def _work(self) -> None:
        try:
            with opened_beside_the_window():
                importlib.import_module("regdesk.core.training.trainer")
        except Exception as error:
            self.failed.emit(error)
        self._may_begin.wait()
        while not self._is_stopping:
            self._wake.clear()
            wait_s = None
            try:
                self._answer_requests()
                wait_s = self._train_chunk()
                self._offer_snapshot()
                self.earlier.answer(self._trainer)
            except Exception as error:
                # It is raised in the GUI thread, where the hook for unexpected errors is; a new run finds this alive.
                self._trainer = None
                _log.info("The run is given up: %s: %s", type(error).__name__, error)
                self.failed.emit(error)
            if wait_s is None or wait_s > 0:
                self._wake.wait(wait_s)

    def _answer_requests(self) -> None:
        while self._requests and not self._is_stopping:
            request = self._requests.popleft()
            if isinstance(request, NewRun):
                self._end_run()
                self._start_run(request)
            elif isinstance(request, NoRun):
                self._end_run()
            elif isinstance(request, StateWanted):
                self._hand_over(request.number)
            elif isinstance(request, NewFitView):
                self._show_fit_view(request)
            elif isinstance(request, NewWeights | NewWeight):
                self._load(request)
            elif isinstance(request, NewLook):
                self._offers.look = request
            elif self._trainer is not None:
                self._epochs.ask()

    def _end_run(self) -> None:
        if self._run:
            self._hand_over()
        self._run, self._trainer = 0, None

    def _hand_over(self, number: int = 0) -> None:
        trainer, unseen = self._trainer, self.mailbox.take()
        state = moments = None
        try:
            state = None if trainer is None else trainer.state()
            moments = None if trainer is None else trainer.moments.memory(MOST_LEFT_BYTES)
        except Exception as error:
            # Who has asked waits for an answer, as all snapshots do.
            self.failed.emit(error)
        self._n_handed += 1
        self.handed_over.emit(HandedOver(self._run, number, state, unseen, moments, self._run > 0 and state is None))

    def _start_run(self, request: NewRun) -> None:
        self._run = request.run
        # The first time numba is imported and loads the engine.
        with nullcontext() if self._has_engine else opened_beside_the_window():
            from regdesk.core.training.trainer import Trainer

            if self._is_stopping:
                return
            self._epochs.give_up()
            trainer = Trainer(
                request.dataset, request.architecture, request.seed, request.run, request.fit_view,
                self._cores.shared_by(request.dataset), self.taken,
            )  # fmt: skip
        _log.info(
            "Run %d begins: %d rows, %d inputs, %s, seed %d, %s.",
            request.run, *request.dataset.inputs.shape, request.architecture, request.seed, self.settings,
        )  # fmt: skip
        self._has_engine = True
        self._trained_under = self.settings
        if request.state is not None:
            trainer.restore(request.state, request.moments)
            self._trained_under = request.state.settings or self.settings
            _log.info("Run %d goes on from step %d.", request.run, trainer.step)
        elif request.start is not None:
            trainer.load(request.start.parameters, self.settings, request.start.words)
            _log.info("Run %d begins from %s.", request.run, request.start.words)
        self._trainer = trainer
        self._offers.begin_run()
        self._pace.forget()
        self._pace.restart(time.monotonic())

    def _show_fit_view(self, request: NewFitView) -> None:
        if self._trainer is not None and self._trainer.run == request.run:
            self._trainer.show(request.fit_view)
            self._offers.look_again()

    def _load(self, request: NewWeights | NewWeight) -> None:
        trainer = self._trainer
        # λ may have moved on since they were asked for: then they are weights of another question.
        if trainer is not None and trainer.run == request.run and self.settings == request.settings:
            trainer.load(request.of(trainer.parameters), request.settings, request.words)
            _log.info("Run %d goes on from %s.", request.run, request.words)
            trainer.record(request.settings)
            self._trained_under = request.settings
            self._offers.look_again()

    def _train_chunk(self) -> float | None:
        """One chunk; seconds until the next is due, None to wait for a wake-up."""
        trainer, settings = self._trainer, self.settings
        if trainer is None:
            return None
        if self._requests:
            # What was asked for before the settings were set is done before they act, on whichever run that is.
            return 0.0
        trainer.apply(settings)
        if settings != self._trained_under:
            self._trained_under = settings
            if self._looks.has_cheap_records:
                # λ(t) steps where it changed and not a chunk later.
                trainer.record(settings)
        if settings.batch_size != self._batch_size:
            self._batch_size = settings.batch_size
            self._pace.forget()
        now_s = time.monotonic()
        n_epoch_steps = self._epochs.steps_left(trainer, settings.batch_size)
        if trainer.has_diverged or not (self.is_running or n_epoch_steps):
            self._pace.restart(now_s)
            return None
        if self._pace.rate != self.steps_per_second:
            self._pace.set_rate(self.steps_per_second, now_s)
        chunk_s = DRAG_CHUNK_S if self.is_dragging or not self._offers.is_measured else CHUNK_S
        if n_epoch_steps:
            # An epoch asked for by hand is done as fast as it goes, but a change of λ still acts within a chunk.
            self._advance(trainer, settings, min(n_epoch_steps, self._pace.fitting(chunk_s)))
            self._pace.restart(time.monotonic())
            return self._pace.wait_s(time.monotonic()) if self._epochs.is_over else 0.0
        self._advance(trainer, settings, self._pace.due(now_s, chunk_s))
        return self._pace.wait_s(time.monotonic())

    def _advance(self, trainer: Trainer, settings: TrainSettings, n_steps: int) -> None:
        if not n_steps:
            return
        first, elapsed_s, n_left = trainer.step, 0.0, n_steps
        while True:
            n_piece = min(n_left, max(1, int(trainer.step * LONGEST_GAP)))
            started_s = time.monotonic()
            trainer.advance(settings, n_piece)
            finished_s = time.monotonic()
            elapsed_s += finished_s - started_s
            n_left -= n_piece
            if not n_left or trainer.has_diverged:
                break
            if self._looks.has_cheap_records:
                trainer.record(settings)
                self._looks.note_record(time.monotonic() - finished_s)
        # Fewer than asked for when the model diverged among them.
        self._pace.note(max(1, trainer.step - first), elapsed_s)
        # Whoever asks for single epochs wants to see each, and the same ones at any speed.
        ends_epoch = self._epochs.note(trainer)
        if self._looks.is_record_due(finished_s) or ends_epoch:
            # The history misses nothing while the window is busy; looking must stay cheap beside training.
            trainer.record(settings)
            self._looks.note_record(time.monotonic() - finished_s)
            self._looks.wait_for_record(finished_s)

    def _offer_snapshot(self) -> None:
        trainer, settings = self._trainer, self.settings
        # What was asked for before the settings were set comes first, and what was handed over before what follows it.
        if trainer is None or self._requests or self._n_heard != self._n_handed:
            return
        self._offers.offer(trainer, settings, self.is_running or self._epochs.is_under_way)
