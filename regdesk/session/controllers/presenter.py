"""Notes each moment of the live model and shows it: the frame clock asks, a frame is what the window is given."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.run.pace import FramePace
from regdesk.core.run.span import HistorySpan
from regdesk.core.words.run_sentences import earlier_sentence
from regdesk.core.words.settings_text import first_lambda_words
from regdesk.session.exact_look import ExactLook
from regdesk.session.models.new_rows import NewRowFigures
from regdesk.session.rates import Rates

if TYPE_CHECKING:
    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.run.collapse_recovery import RestartAdvice
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.history import HistoryColumns
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.change import Change
    from regdesk.core.types import TrainSettings
    from regdesk.session.clock import Clock
    from regdesk.session.controllers.hysteresis import HysteresisController
    from regdesk.session.engine_readiness import EngineReadiness
    from regdesk.session.run import Run
    from regdesk.session.run_record import RunRecord
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.tasks.models.predict_file import PredictedFile
    from regdesk.views.window.main_window import MainWindow

_log = logging.getLogger("regdesk.session")
SETTLING_FRAMES, SETTLED_AT_ONCE = 100, 4
"""Frames of a moment at rest, for axes that wait for so many, and how many of them are drawn as one: nothing else of
such a frame is new, and to draw all of them took a twelfth of the GUI thread.
"""
RATES_EVERY_S = 0.5


class Presenter(QObject):
    """Signals: ``frame_shown(Frame)``, and ``snapshot_taken()`` when there is a moment, before it is shown."""

    frame_shown = Signal(object)
    snapshot_taken = Signal()

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        services: Services,
        tour: HysteresisController,
        engine: EngineReadiness,
        clock: Clock,
        record: RunRecord,
        parent: QObject,
    ) -> None:
        """``record`` is of the runs of ``services``, and kept up by the presenter."""
        super().__init__(parent)
        self._window, self._session, self._engine, self._clock = window, session, engine, clock
        self._model, self._optima, self._geometry = services.model, services.optima, services.geometry
        self._calculator, self._importance = services.calculator, services.importance
        self._up_down, self._tour = services.up_down, tour
        self._record, self._exact = record, ExactLook()
        self._frame: Frame | None = None
        # In place of now.
        self._earlier: TrainSnapshot | None = None
        # Frames for which a model at rest is drawn again, so that its axes come to rest as those of a running one.
        self._n_settling = 0
        self._new_rows = NewRowFigures()
        self._pace, self._rates = FramePace(), Rates()
        self._rates_shown_s = float("-inf")
        self._model.begun.connect(self._on_run_begun)
        self._model.ended.connect(self._on_run_ended)
        self._model.running_changed.connect(self._on_running_changed)
        self._optima.changed.connect(self._on_optimum_changed)
        record.ask_for_rules(services.sweeps.rule_at)
        services.sweeps.changed.connect(self._on_sweep_changed)

    @property
    def shown(self) -> TrainSnapshot | None:
        """The moment that the window shows: what was trained, or the exact model in its place."""
        return None if self._frame is None else self._frame.snapshot

    @property
    def is_earlier(self) -> bool:
        """Whether it is an earlier moment of the run, while the model rests at the last."""
        return self._earlier is not None

    @property
    def changes(self) -> tuple[SettingsChange, ...]:
        """Of settings, and of weights that were put in, from the beginning of the run to what is shown, as they are
        remembered."""
        return () if self._frame is None else self._frame.changes_before

    @property
    def whole_course(self) -> HistoryColumns:
        """Every moment of the run that is remembered."""
        return self._record.whole_course

    def tick(self, now_s: float) -> None:
        """Bring the window up to date: with the newest moment, or else with what of the last one had to wait."""
        snapshot = self._model.take()
        if snapshot is not None:
            self._show_snapshot(snapshot, now_s)
        elif self._window.is_behind:
            self._window.catch_up(self._pace.due(now_s, self._model.is_running))
        elif self._frame is not None and self._n_settling and not self._model.is_running:
            self._n_settling -= 1
            if self._n_settling % SETTLED_AT_ONCE == 0:
                self._window.settle(self._frame, SETTLED_AT_ONCE)
            if not self._n_settling:
                self._window.loss_curve.rest()

    def show_rates(self, now_s: float) -> None:
        """At the end of a tick: it counts as a frame."""
        self._rates.note_tick(now_s)
        if now_s - self._rates_shown_s > RATES_EVERY_S:
            self._rates_shown_s = now_s
            self._window.show_rates(self._rates.steps_per_second(now_s), self._rates.frames_per_second())

    def note_change(self, change: Change) -> None:
        """Remember that the pressure on the model is another, by hand or by its tour."""
        if not change.touches("training"):
            return
        if change.origin == "tour":
            self._record.lived.note_gesture()
        else:
            self._up_down.note_change(*change.values("training"))
            self._record.note_change(self._model.snapshot, self._clock.now_s(), first_lambda_words(change))

    def follow(self, change: Change) -> None:
        """Show the part of the course that is wanted now; a paused model sends no other frame."""
        if self._frame is not None and (change.touches("view.span_share") or change.touches("view.span_epochs")):
            self._frame = self._record.with_course(self._frame, self._span)
            self._window.show_curves(self._frame)

    def _show_snapshot(self, moment: TrainSnapshot, now_s: float) -> None:
        """Note the newest moment, do what follows from it, show it; one after the other, so that nothing sees half.

        First it is noted, and nothing is changed: by the exact look, by the sentence on weights that were put in (which
        compares it with the moment before), by the λ at which weights have lived, by the tour, by the geometry, and by
        the history, which joins a change of the tour to the one before if it goes the same way: that is asked before
        the tour has noted it. Then the tour's next λ is set and a model that has diverged is paused, both as by hand.
        The window is shown the moment last, with the settings and the λ that are in force by then.
        """
        record = self._record
        self._exact.note_snapshot(moment, record.trained_under)
        record.trained_under = self._exact.trained_under
        # What an exact model stands for is what was trained: that is what is remembered.
        snapshot = moment.stands_for or moment
        record.note_load(self._model.snapshot, snapshot, now_s)
        self._model.note_snapshot(snapshot)
        goes_on = self._up_down.is_same_way()
        self.snapshot_taken.emit()
        next_lam = None
        if snapshot.last_measured is None:
            record.lived.note_snapshot(snapshot)
            next_lam = self._tour.note_snapshot(snapshot, record.trail)
        self._geometry.note_snapshot(snapshot)
        record.note_snapshot(snapshot, now_s, goes_on)
        self._rates.note_step(snapshot.step, now_s)
        if next_lam is not None:
            self._session.change("training.lam", next_lam, "tour")
        if snapshot.has_diverged and self._model.is_running:
            _log.info("Run %d has diverged at step %d.", snapshot.run, snapshot.step)
            self._model.set_running(False)
        self._show_moment(snapshot, now_s)

    def show_earlier(self, snapshot: TrainSnapshot) -> None:
        """Bring the window to ``snapshot``, an earlier moment of the run, until ``show_now``; what the model does
        meanwhile is noted.
        """
        self._earlier = snapshot
        self._geometry.show_earlier(snapshot)
        self._show_earlier(self._clock.now_s())

    def show_now(self) -> None:
        """The newest moment of the run again."""
        if self._earlier is None:
            return
        self._earlier = None
        self._geometry.show_earlier(None)
        if self._model.snapshot is not None and self._frame is not None:
            self._show_moment(self._model.snapshot, self._clock.now_s())

    def _show_earlier(self, now_s: float) -> None:
        snapshot, now = self._earlier, self._model.snapshot
        assert snapshot is not None
        assert now is not None
        story, words = earlier_sentence(snapshot, now), self._optima.words(snapshot)
        self._bring_to(self._record.frame(snapshot, story, words, None, self._up_down.value, self._span, now), now_s)

    def _show_moment(self, trained: TrainSnapshot, now_s: float) -> None:
        """Bring the window to the newest moment: the model that was trained, or the exact one in its place."""
        if self._earlier is not None:
            self._show_earlier(now_s)
            return
        record, training, is_running = self._record, self._training, self._model.is_running
        shown = self._exact.shown(training, is_running, not self._optima.unavailable_reason(training)) or trained
        self._geometry.show_exact(shown if shown.is_exact else None)
        advice = record.lived.advice if not trained.has_diverged else None
        story = self._optima.waiting_sentence(training) or self._sentence(shown, advice)
        words = self._optima.words(trained)
        if shown.is_exact:
            words = self._optima.words(shown)
        self._bring_to(record.frame(shown, story, words, advice, self._up_down.value, self._span), now_s)
        self._ask_for_exact()

    def _bring_to(self, frame: Frame, now_s: float) -> None:
        """Show a moment in all of the window."""
        shown = frame.snapshot
        self._calculator.show_snapshot(shown)
        self._importance.note_snapshot(shown)
        self._n_settling = SETTLING_FRAMES
        frame = replace(frame, degrees_of_freedom=self._optima.degrees_of_freedom(shown))
        self._frame = frame = self._with_new_rows(frame)
        is_moving = self._model.is_running or frame.now is not None
        self._window.show_frame(frame, self._pace.due(now_s, is_moving))
        self.frame_shown.emit(frame)

    def note_predictions(self, found: PredictedFile) -> None:
        """A file has been predicted: its figures are shown for as long as the model is that of the window."""
        self._new_rows.note(found)
        if self._frame is not None:
            self._frame = self._with_new_rows(self._frame)
            self._window.show_frame(self._frame)

    def _with_new_rows(self, frame: Frame) -> Frame:
        run = self._model.run
        return frame if run is None else replace(frame, new_rows=self._new_rows.of(frame.snapshot, run.dataset))

    def _ask_for_exact(self) -> None:
        training = self._training
        if self._earlier is None and self._exact.is_wanted(training, self._model.is_running):
            look = self._exact.request(self._optima.known(training), training)
            if look is not None:
                self._model.look(look)

    def _sentence(self, snapshot: TrainSnapshot, advice: RestartAdvice | None) -> str:
        is_running = self._model.is_running
        story = self._record.sentence(snapshot.measured, is_running, advice)
        return story if snapshot.has_diverged else self._up_down.sentence(is_running) or story

    @property
    def frame(self) -> Frame | None:
        """The moment that is shown, of a model that was trained or of the exact one; None before there is one."""
        return self._frame

    @property
    def _training(self) -> TrainSettings:
        return self._session.configuration.training

    @property
    def _span(self) -> HistorySpan:
        view = self._session.configuration.view
        return HistorySpan(view.span_share, view.span_epochs)

    def _on_run_begun(self, run: Run) -> None:
        self._frame = self._earlier = None
        self._record.begin_run(run)
        self._optima.begin_run(run)
        self._exact.begin_run(run, self._training)
        self._rates.reset_steps()

    def _on_run_ended(self) -> None:
        self._frame = self._earlier = None
        self._optima.end_run()

    def _on_running_changed(self, is_running: bool) -> None:
        self._rates.reset_steps()
        self._window.show_running(is_running)
        snapshot = self._model.snapshot
        if is_running and not self._engine.is_ready:
            self._window.show_status(self._engine.sentence)
        elif snapshot is not None and self._earlier is None:
            self._window.show_story(self._sentence(snapshot, self._record.lived.advice))

    def _on_sweep_changed(self) -> None:
        """Whether λ is recommended may have changed; a model that trains says it with its next frame."""
        frame, newest = self._frame, self._model.snapshot
        if frame is None or newest is None or self._model.is_running:
            return
        if self._record.verdict(frame.snapshot) != frame.verdict:
            self._show_moment(newest, self._clock.now_s())

    def _on_optimum_changed(self) -> None:
        """What is known of the optimum has changed; a model that trains says it with its next frame."""
        if self._frame is not None and not self._model.is_running:
            snapshot = self._frame.snapshot
            df = self._optima.degrees_of_freedom(snapshot)
            self._frame = replace(self._frame, optimum=self._optima.words(snapshot), degrees_of_freedom=df)
            self._window.show_optimum(self._frame)
            self._ask_for_exact()
