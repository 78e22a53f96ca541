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

from regdesk.core.training.epoch_loop import EpochLoop
from regdesk.core.types import DEFAULT_STEPS_PER_SECOND, TrainSettings
from regdesk.workers.earlier import EarlierMoments
from regdesk.workers.look_pace import LookPace
from regdesk.workers.mailbox import Mailbox
from regdesk.workers.network_sweep import SparingExecutor
from regdesk.workers.niceness import LIVE_MODEL, step_back
from regdesk.workers.pace import Pace
from regdesk.workers.preload_libraries import opened_beside_the_window
from regdesk.workers.requests import NewFitView, NewLook, NewRun, NewWeight, NewWeights, NoRun, Request, StepEpoch

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.training.cores import Cores
    from regdesk.core.training.trainer import Trainer

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
    """Signals: ``failed(Exception)``; snapshots go through ``mailbox``, and a look at the past through ``earlier``.

    Settings, pace and the running flag are plain attributes, read once per chunk.
    """

    failed = Signal(object)

    def __init__(self, settings: TrainSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training")
        self.mailbox: Mailbox[TrainSnapshot] = Mailbox()
        self.earlier = EarlierMoments()
        self.settings = settings
        self.steps_per_second: float | None = DEFAULT_STEPS_PER_SECOND
        self.is_running = False
        self.is_dragging = False
        self._is_stopping = False
        self._requests: deque[Request | StepEpoch] = deque()
        self._wake = threading.Event()
        self._pace = Pace()
        self._trainer: Trainer | None = None
        self._look: NewLook | None = None
        self._has_engine = False
        self._executor: SparingExecutor | None = None
        self._may_begin = threading.Event()
        self._batch_size = settings.batch_size
        self._epochs = EpochLoop(stops_at_each=True)
        self._shown: tuple[int, int, TrainSettings] | None = None
        self._is_measured = False
        self._looks = LookPace()
        self._trained_under = settings

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
            if self._executor is not None:
                self._executor.shutdown()

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
                # The controller raises it in the GUI thread, where the hook for unexpected errors is. A new run
                # finds this thread alive.
                self._trainer = None
                _log.info("The run is given up: %s: %s", type(error).__name__, error)
                self.failed.emit(error)
            if wait_s is None or wait_s > 0:
                self._wake.wait(wait_s)

    def _answer_requests(self) -> None:
        while self._requests and not self._is_stopping:
            request = self._requests.popleft()
            if isinstance(request, NewRun):
                self._start_run(request)
            elif isinstance(request, NoRun):
                self._trainer = None
            elif isinstance(request, NewFitView):
                self._show_fit_view(request)
            elif isinstance(request, NewWeights | NewWeight):
                self._load(request)
            elif isinstance(request, NewLook):
                self._look = request
            elif self._trainer is not None:
                self._epochs.ask()

    def _start_run(self, request: NewRun) -> None:
        # The first time numba is imported and loads the engine.
        with nullcontext() if self._has_engine else opened_beside_the_window():
            from regdesk.core.training.trainer import Trainer

            # That has taken a while, and the rest takes as long again.
            if self._is_stopping:
                return
            self._epochs.give_up()
            self._trainer = Trainer(
                request.dataset, request.architecture, request.seed, request.run, request.fit_view,
                self._cores_for(request.dataset),
            )  # fmt: skip
        _log.info(
            "Run %d begins: %d rows, %d inputs, %s, seed %d, %s.",
            request.run, *request.dataset.inputs.shape, request.architecture, request.seed, self.settings,
        )  # fmt: skip
        self._has_engine = True
        if request.start is not None:
            self._trainer.load(request.start.parameters, self.settings, request.start.words)
            _log.info("Run %d begins from %s.", request.run, request.start.words)
        self._shown = self._look = None
        self._looks.begin_run()
        self._trained_under = self.settings
        self._pace.forget()
        self._pace.restart(time.monotonic())

    def _cores_for(self, dataset: Dataset) -> Cores | None:
        """Threads that share the rows of a step, where there are so many; they live as long as this one."""
        from regdesk.core.training.cores import Cores, shares_rows

        if not shares_rows(len(dataset.split.train) + len(dataset.split.validation)):
            return None
        if self._executor is None:
            self._executor = SparingExecutor(lambda: False, "training of many rows")
        return Cores(self._executor, self._executor.n_threads)

    def _show_fit_view(self, request: NewFitView) -> None:
        if self._trainer is not None and self._trainer.run == request.run:
            self._trainer.show(request.fit_view)
            # A model at rest is looked at once more.
            self._shown = None
            self._looks.look_now()

    def _load(self, request: NewWeights | NewWeight) -> None:
        trainer = self._trainer
        # λ may have moved on since they were asked for: then they are weights of another question.
        if trainer is not None and trainer.run == request.run and self.settings == request.settings:
            trainer.load(request.of(trainer.parameters), request.settings, request.words)
            _log.info("Run %d goes on from %s.", request.run, request.words)
            trainer.record(request.settings)
            self._trained_under = request.settings
            self._shown = None
            self._looks.look_now()

    def _train_chunk(self) -> float | None:
        """One chunk; seconds until the next is due, None to wait for a wake-up."""
        trainer, settings = self._trainer, self.settings
        if trainer is None:
            return None
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
        chunk_s = DRAG_CHUNK_S if self.is_dragging or not self._is_measured else CHUNK_S
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
            # A chunk of a young run is a large part of its course: rows are noted within it.
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
        if trainer is None or not self.mailbox.is_empty:
            return
        look, is_at_rest = self._look, not (self.is_running or self._epochs.is_under_way)
        if look is not None:
            self._look = None
            if is_at_rest and look.run == trainer.run and look.settings == settings:
                self.mailbox.offer(trainer.exact_snapshot(settings, look.parameters))
                self._shown = (trainer.run, trainer.step, settings)
                return
        now_s = time.monotonic()
        shown = (trainer.run, trainer.step, settings)
        # What moves is looked at again soon enough; what stands still would never be.
        is_moving = (self.is_running or self._epochs.is_under_way) and not trainer.has_diverged
        if shown == self._shown and (self._is_measured or (is_moving and not self._looks.is_look_due(now_s))):
            return
        if is_moving and not self._looks.is_look_due(now_s):
            if not self._looks.is_glimpse_due(now_s):
                return
            # By processor time: waiting for the window, which is drawing, is no work.
            began_s = time.thread_time()
            snapshot = trainer.glimpse(settings)
            if snapshot is None:
                return
            self._is_measured = False
            spent_s = time.thread_time() - began_s
            self._looks.note_glimpse(time.monotonic(), spent_s)
        else:
            began_s = time.thread_time()
            snapshot = trainer.snapshot(settings)
            self._is_measured = True
            finished_s = time.monotonic()
            # Where other threads do the work this one's own time says nothing.
            spent_s = finished_s - now_s if trainer.shares_rows else time.thread_time() - began_s
            self._looks.note_look(finished_s, spent_s)
        self.mailbox.offer(snapshot)
        self._shown = shown
