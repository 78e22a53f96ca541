"""Owns the configuration, the workers' lives and the frame clock; everything that starts, stops or chooses."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from regdesk.compiling import engine_cache
from regdesk.core.geometry.view import GeometryChoice, kept_settings
from regdesk.core.linear.distance import Optimum, penalty_key_of
from regdesk.core.run.frame import TableView
from regdesk.core.run.pace import FramePace
from regdesk.core.run.scene import run_scene_of
from regdesk.core.run.span import HistorySpan
from regdesk.core.settings.configuration import SourceSettings, value_at
from regdesk.core.types import DataSettings, training_dtype
from regdesk.core.weights.names import WeightList
from regdesk.core.words.number_text import number_text
from regdesk.data.errors import DataError
from regdesk.data.prepare.column_facts import column_facts
from regdesk.data.samples import samples
from regdesk.session.data_service import DataService
from regdesk.session.exact_look import ExactLook
from regdesk.session.geometry_service import GeometryService
from regdesk.session.hysteresis_controller import HysteresisController
from regdesk.session.hysteresis_service import HysteresisService
from regdesk.session.optimum_service import OptimumService
from regdesk.session.rates import Rates
from regdesk.session.run_record import RunRecord
from regdesk.session.session import Session
from regdesk.session.sweep_controller import SweepController
from regdesk.session.sweep_service import SweepService
from regdesk.workers.training import NewPicture, NewRun, NewWeights, NoRun

if TYPE_CHECKING:
    from regdesk.core.fit.slices import SliceColumns
    from regdesk.core.fit.view import FitView
    from regdesk.core.run.collapse_recovery import RestartAdvice
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.change import Change, Origin
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import Float64s
    from regdesk.data.csv.table import Table
    from regdesk.session.clock import Clock
    from regdesk.session.workers import Workers
    from regdesk.tasks.loading import Loaded
    from regdesk.tasks.not_trainable import NotTrainable
    from regdesk.views.window.main_window import MainWindow

_log = logging.getLogger("regdesk.session")
FRAME_MS = 16
SETTLING_FRAMES = 100
START_AFTER_MS, AFTER_PAINT_MS = 250, 20
"""What takes time begins when the window has been painted with all that its first layout has asked for, or where
nothing is painted."""
RATES_EVERY_S = 0.5
NOTE_EVERY_S = 1.0
SWEEP_EVERY_S, SWEEP_BESIDE_S = 0.1, 0.25
"""How often what a sweep has found is shown, and beside a model that trains: to draw it takes as long as two frames of
that, which come first.
"""
COMPILING = "Preparing the training engine: on the first launch it is compiled, which takes about 20 seconds …"
COMPILING_ALWAYS = (
    "Preparing the training engine: it is compiled at every launch, because its cache folder cannot be written. "
    "This takes about 20 seconds …"
)
PREPARING_ENGINE = "Preparing the training engine"
NEW_RUN = "A new run begins from the seed's initial weights …"
COMPILING_HERE = "The training engine could not be compiled in the background: the window may stutter for a while."


class Controller(QObject):
    """Signals: ``frame_shown(Frame)``, ``load_failed(str)`` with the sentence that is shown, ``file_opened(str)`` when
    a file of the user's is on screen.
    """

    frame_shown = Signal(object)
    load_failed = Signal(str)
    file_opened = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        workers: Workers,
        clock: Clock,
        starts_running: bool = False,
    ) -> None:
        super().__init__(window)
        self._window = window
        self.session = session
        # What has been prepared comes into force: nobody need be asked to prepare it.
        self._takes_over = False
        # Whether the source that is being read is trained on as soon as it is there.
        self._runs_when_loaded = starts_running
        self._clock = clock
        self._data = DataService(
            session.configuration.data, session.configuration.seed, workers.reading, workers.previewing, self
        )
        self._fit_view: FitView | None = None
        self._run = 0
        self._record = RunRecord()
        self._frame: Frame | None = None
        # Frames for which a model at rest is drawn again, so that its axes come to rest as those of a running one.
        self._n_settling = 0
        self._pace = FramePace()
        self._sweeps = SweepService(workers.sweeping, self)
        self._sweeping = SweepController(window, session, self._sweeps, self)
        self._optima = OptimumService(workers.solving, clock, self)
        self._exact = ExactLook()
        self._up_down = HysteresisService()
        self._tour = HysteresisController(window, session, self._up_down, self)
        self._geometry = GeometryService(workers.drawing, clock, self)
        self._weights, self._aspect = WeightList(), 1.0
        self._rates = Rates()
        self._rates_shown_s = self._sweep_shown_s = float("-inf")
        self._noted: tuple[str, ...] = ()
        self._noted_s = float("-inf")
        self._snapshot: TrainSnapshot | None = None
        self._ready_dtypes: set[str] = set()
        # A run that is asked for before the engine is ready for it is sent when it is.
        self._has_waiting_run = False
        self._is_shut_down = False
        self._training = workers.training
        self._training.steps_per_second = session.configuration.view.steps_per_second
        self._engine, self._fair_share = workers.engine, workers.fair_share
        self._start_delay = clock.delay(START_AFTER_MS, self)
        # One thing a tick: each takes up to 50 ms, in which the window answers to nothing.
        self._build_ticks = clock.ticks(0, self)
        self._frame_ticks = clock.ticks(FRAME_MS, self)
        self._connect_workers()
        self._connect_window()
        window.show_samples(tuple((one.name, one.title, one.sentence) for one in samples()))
        window.show_view_settings(session.configuration.view)
        self._show_configuration()
        self._sweeping.show()
        window.show_running(starts_running)

    @property
    def _configuration(self) -> Configuration:
        return self.session.configuration

    def _connect_workers(self) -> None:
        self._training.failed.connect(self._on_training_failed)
        self._data.reading_began.connect(self._on_reading_began)
        self._data.preparing_began.connect(self._on_preparing_began)
        self._data.progressed.connect(self._window.show_progress)
        self._data.loaded.connect(self._on_loaded)
        self._data.file_opened.connect(self.file_opened)
        self._data.cancelled.connect(self._on_cancelled)
        self._data.table_taken.connect(self._on_table_taken)
        self._data.load_failed.connect(self._on_load_failed)
        self._data.request_refused.connect(self._on_request_refused)
        self._data.previewed.connect(self._window.controls.data.show_consequences)
        self._data.preview_failed.connect(self._on_preview_failed)
        self._tour.began.connect(self._on_course_began)
        self._sweeping.weights_chosen.connect(self._on_sweep_weights_chosen)
        self._optima.changed.connect(self._show_optimum)
        self._optima.solved.connect(self._on_optimum_solved)
        self._optima.refused.connect(self._window.show_error)
        self._optima.failed.connect(self._on_service_failed)
        self._geometry.made.connect(self._window.plane_geometry.show_view)
        self._geometry.refused.connect(self._window.plane_geometry.show_refusal)
        self._geometry.lambda_found.connect(self._on_lambda_found)
        self._geometry.failed.connect(self._on_service_failed)
        self._engine.compiling.connect(self._on_engine_compiling)
        self._engine.ready.connect(self._on_engine_ready)
        self._engine.failed.connect(self._on_engine_failed)
        self._frame_ticks.timeout.connect(self._on_clock_ticked)
        self._start_delay.timeout.connect(self._on_start_due)
        self._build_ticks.timeout.connect(self._on_build_due)

    def _connect_window(self) -> None:
        window, controls, change = self._window, self._window.controls, self.session.change
        self.session.changed.connect(self._on_changed)
        window.file_chosen.connect(self.open_file)
        window.sample_chosen.connect(self.open_sample)
        window.load_cancelled.connect(self.cancel_load)
        window.run_toggled.connect(self.set_running)
        window.epoch_requested.connect(self._on_epoch_requested)
        window.reset_requested.connect(self._on_reset_requested)
        window.lived_reset_requested.connect(self._on_lived_reset_requested)
        window.new_seed_requested.connect(self._on_new_seed_requested)
        window.settings_chosen.connect(self._on_settings_chosen)
        window.speed_changed.connect(lambda speed: change("view.steps_per_second", speed))
        window.solve_requested.connect(self._on_solve_requested)
        window.plane_geometry.aspect_changed.connect(self._look)
        window.plane_geometry.seen_changed.connect(self._geometry.show_seen)
        window.plane_geometry.budget_chosen.connect(self._geometry.find_lambda)
        window.plane_geometry.budget_drag_changed.connect(self._on_lambda_drag_changed)
        window.painted.connect(self._on_window_painted)
        window.closed.connect(self.shut_down)
        controls.data.data_requested.connect(self._on_data_requested)
        controls.data.data_edited.connect(self._data.preview)
        controls.data.data_chosen.connect(self._on_data_chosen)
        window.data_fit.picture_chosen.connect(lambda columns: change("view.slice", columns))
        controls.hidden_layers_entered.connect(lambda hidden: change("architecture.hidden", hidden))
        controls.activation_chosen.connect(lambda activation: change("architecture.activation", activation))
        controls.optimizer_chosen.connect(lambda optimizer: change("training.optimizer", optimizer))
        controls.learning_rate_entered.connect(lambda rate: change("training.learning_rate", rate))
        controls.batch_size_entered.connect(lambda size: change("training.batch_size", size))
        controls.penalty_chosen.connect(lambda penalty: change("training.penalty", penalty))
        controls.l1_ratio_moved.connect(lambda ratio: change("training.l1_ratio", ratio))
        controls.lambda_chosen.connect(lambda lam: change("training.lam", lam))
        controls.lambda_drag_changed.connect(self._on_lambda_drag_changed)

    def start(self) -> None:
        """Soon, when the window has been painted: start the clock, read what was asked for, make the engine ready."""
        self._start_delay.start()

    def _on_window_painted(self) -> None:
        if self._start_delay.isActive():
            self._start_delay.start(AFTER_PAINT_MS)

    def _on_start_due(self) -> None:
        self._fair_share.start()
        self._build_ticks.start()

    def _on_build_due(self) -> None:
        if self._window.build_next():
            return
        self._build_ticks.stop()
        self._data.start()
        self._frame_ticks.start()
        self._engine.start(training_dtype(self._configuration.architecture).name)

    def shut_down(self) -> None:
        """Stop the clock and every worker, and wait for them; safe to call twice."""
        if self._is_shut_down:
            return
        self._is_shut_down = True
        for timer in (self._start_delay, self._build_ticks, self._frame_ticks):
            timer.stop()
        self._engine.stop()
        workers = (self._training, self._data, self._sweeps, self._optima, self._geometry)
        for worker in workers:
            worker.stop()
        for worker in workers:
            # Without a limit: a thread that is destroyed while it runs takes the process with it.
            worker.wait()
        self._fair_share.stop()

    def open_file(self, file: str, delimiter: str | None = None, settings: DataSettings | None = None) -> None:
        """Read a CSV in the background; the data on screen stay until it has succeeded."""
        self._data.open_file(file, delimiter, settings)

    def open_table(self, table: Table, settings: DataSettings) -> None:
        """Show a table that has been read already; for pictures that are the same whenever they are made."""
        self._geometry.has_trail = False
        self._data.open_table(table, settings)

    def adopt_sweep(self, curve: SweepCurve) -> None:
        """Show a sweep of what is in force that was made elsewhere."""
        assert self._loaded is not None
        self._sweeps.adopt(self._loaded, self._configuration, curve)

    def open_sample(self, name: str, settings: DataSettings | None = None) -> None:
        """Open a bundled sample in the background, as ``open_file`` does.

        Without ``settings`` the layers, the training and the seed that its text speaks of come into force with it.
        """
        try:
            self._data.open_sample(name, settings)
        except DataError as error:
            self._window.show_error(str(error))
            self.load_failed.emit(str(error))

    def set_running(self, is_running: bool) -> None:
        """Train, or pause within a chunk; while a file is being read, what is to happen when it is there."""
        if self._data.is_reading:
            self._runs_when_loaded = is_running
        elif is_running and self._is_refused():
            is_running = False
        snapshot = self._snapshot
        if is_running and snapshot and snapshot.has_diverged and snapshot.settings == self._configuration.training:
            # It would diverge again at once; the sentence says what to change first.
            is_running = False
        if is_running != self._training.is_running:
            _log.info("The model is to %s.", "train" if is_running else "pause")
        self._training.is_running = is_running
        self._sweeps.set_company(is_running)
        self._training.wake()
        self._rates.reset_steps()
        self._window.show_running(is_running)
        if is_running and not self._is_engine_ready:
            self._window.show_status(self._engine_sentence())
        elif snapshot is not None:
            self._window.show_story(self._sentence(snapshot, self._clock.now_s(), self._record.lived.advice))

    @property
    def _loaded(self) -> Loaded | None:
        return self._data.now

    def cancel_load(self) -> None:
        """Give up what is being read or prepared; the data on screen stay."""
        self._data.cancel()

    def _on_reading_began(self, title: str) -> None:
        self._window.show_status(f"Reading {title} …")
        self._window.show_busy(f"Reading {title}", can_cancel=True)

    def _on_preparing_began(self) -> None:
        self._window.show_busy("Preparing the data", can_cancel=True)

    def _on_cancelled(self, what: str) -> None:
        self._keep_what_is()
        rest = "the data on screen stay." if self._data.opened is not None else "open a file or a sample."
        self._window.show_error(f"{what} was cancelled; {rest}")

    def _on_request_refused(self, sentence: str) -> None:
        # The controls show again what is in force.
        self._take_back()
        if self._loaded is not None:
            self._show_table()
        self._window.show_error(sentence)

    def _on_loaded(self, loaded: Loaded, is_new_source: bool) -> None:
        self._window.show_idle()
        self._fit_view = loaded.fit_view.with_picture(self._configuration.view.slice)
        values = _prepared_values(loaded)
        if is_new_source and loaded.source.model is not None:
            # A demonstration that is under way would put its own λ back afterwards.
            self._tour.stop()
            values["architecture"], values["training"] = loaded.source.model
        self._take_over(values, "hand")
        self._show_table()
        if is_new_source:
            self._sweeps.forget()
            # It is about columns of another table.
            self._window.controls.data.close_dialog()
            self._snapshot = None
            self.set_running(self._runs_when_loaded)
            self._runs_when_loaded = False
        self._start_run()

    def _on_table_taken(self, taken: NotTrainable) -> None:
        """A file is open that nothing can be learnt from as it is used: what was trained before is of another one."""
        self._window.show_idle()
        self._window.controls.data.close_dialog()
        self._runs_when_loaded = False
        self._end_run()
        self._take_over(_prepared_values(taken), "hand")
        self._show_configuration()
        self._window.show_not_trainable(str(taken.source.path), taken.source.title, str(taken), taken.table.n_rows)
        self._window.show_error(str(taken))
        self.load_failed.emit(str(taken))

    def _on_load_failed(self, error: Exception) -> None:
        self._keep_what_is()
        if not isinstance(error, DataError):
            raise error
        self._window.show_error(str(error))
        self.load_failed.emit(str(error))

    def _on_data_requested(self) -> None:
        loaded, opened = self._loaded, self._data.opened
        if opened is None or self._data.is_reading:
            self._window.show_error(self._data.reading_sentence)
            return
        source, table = opened
        settings, seed = self._configuration.data, self._configuration.seed
        is_in_force = loaded is not None and (settings, seed) == (loaded.settings, loaded.seed)
        self._window.controls.data.open_dialog(
            source.title,
            column_facts(table),
            settings,
            seed,
            loaded.consequences if loaded is not None and is_in_force else None,
        )

    def _on_preview_failed(self, error: Exception) -> None:
        self._window.controls.data.show_problem(str(error))
        if not isinstance(error, DataError):
            raise error

    def _keep_what_is(self) -> None:
        """What was asked for will not come: the controls show again what is in force."""
        self._runs_when_loaded = False
        self._window.show_idle()
        self._window.show_running(self._training.is_running)
        self._take_back()
        if self._loaded is not None:
            self._show_table()

    def _show_table(self) -> None:
        assert self._loaded is not None
        source, words = self._loaded.source, self._loaded.words
        self._window.show_table(
            str(source.path),
            TableView(
                title=source.title,
                hint=source.hint,
                target=self._loaded.dataset.target,
                task=words.task,
                inputs=words.inputs,
                rows=words.rows,
                summary=words.summary,
            ),
        )
        self._show_configuration()

    def _show_configuration(self) -> None:
        self._window.show_configuration(self._configuration)
        self._sweeping.show_configuration(self._loaded)
        self._geometry.show_settings(self._configuration.training)
        self._window.commands.show_solve(self._optima.unavailable_reason(self._configuration.training))
        self._tour.show_configuration(self._loaded)

    def _start_run(self) -> None:
        """A new trainer on the present data, layers and seed."""
        if self._loaded is None or self._fit_view is None:
            return
        self._tour.stop()
        self._up_down.forget()
        self._run += 1
        self._frame = None
        configuration, loaded, dataset = self._configuration, self._loaded, self._loaded.dataset
        self.session.step = 0
        self._record.begin_run(dataset, (loaded.source, loaded.settings, configuration.architecture))
        self._optima.begin_run(self._run, dataset, configuration.architecture)
        self._exact.begin_run(configuration.architecture.is_linear, configuration.training)
        self._rates.reset_steps()
        self._snapshot = None
        self._window.show_run(self._fit_view.scene)
        self._window.show_run_scene(run_scene_of(dataset))
        weights = self._geometry.begin_run(self._run, dataset, configuration.architecture, loaded.seed)
        self.session.change(
            "view.geometry", kept_settings(configuration.view.geometry, self._weights, weights), "script"
        )
        self._weights = weights
        self._window.plane_geometry.show_weights(weights, configuration.architecture.is_linear)
        self._look()
        self._window.show_status(NEW_RUN if self._is_engine_ready else self._engine_sentence())
        self._has_waiting_run = not self._is_engine_ready
        if self._has_waiting_run:
            self._window.show_busy(PREPARING_ENGINE, can_cancel=False)
        if self._is_engine_ready:
            self._request_run()

    def _end_run(self) -> None:
        """There is no model any more, and there is none to come."""
        self._tour.stop()
        self._up_down.forget()
        self._run += 1
        self._snapshot = self._frame = self._fit_view = None
        self._has_waiting_run = False
        self.set_running(False)
        self._training.request(NoRun())
        self._sweeps.forget()
        self._optima.end_run()
        self._geometry.end_run()

    def _request_run(self) -> None:
        assert self._loaded is not None
        assert self._fit_view is not None
        architecture, loaded = self._configuration.architecture, self._loaded
        self._training.request(NewRun(self._run, loaded.dataset, self._fit_view, architecture, loaded.seed))

    def _show_picture(self, picture: SliceColumns) -> None:
        """Another look at the same model: the run goes on as it was."""
        if self._fit_view is None or picture == self._fit_view.scene.picture:
            return
        self._fit_view = fit_view = self._fit_view.with_picture(picture)
        self._window.data_fit.show_scene(fit_view.scene)
        self._training.request(NewPicture(self._run, fit_view))

    def _on_data_chosen(self, settings: DataSettings, seed: int) -> None:
        self.session.change_all({"data": settings, "seed": seed})

    def _on_settings_chosen(self, values: dict[str, Any]) -> None:
        self.session.change_all(values)

    def _look(self, aspect: float | None = None) -> None:
        self._aspect = self._aspect if aspect is None else aspect
        self._geometry.look(GeometryChoice.of(self._configuration.view.geometry, self._aspect))

    def _on_changed(self, change: Change) -> None:
        """Something else has been chosen: hand it to who works with it, and show it.

        The pressure on the model first, which touches no weight, then what makes another run.
        """
        self._note_choice(change)
        if change.touches("training"):
            self._press(change)
        if change.touches("view"):
            self._window.show_view_settings(change.after.view)
        if change.touches("view.steps_per_second"):
            self._training.steps_per_second = change.after.view.steps_per_second
            self._training.wake()
        if change.touches("view.geometry"):
            self._look()
        if change.touches("view.slice"):
            self._show_picture(change.after.view.slice)
        if change.touches("view.span_share") or change.touches("view.span_epochs"):
            self._show_span()
        if any(change.touches(group) for group in ("data", "seed", "architecture", "training", "sweep")):
            self._show_configuration()
        if self._takes_over:
            return
        if change.touches("source"):
            self._open_source(change)
        elif change.touches("data") or change.touches("seed"):
            self._data.apply(change.after.data, change.after.seed)
        if change.touches("architecture"):
            self._start_run()

    def _press(self, change: Change) -> None:
        """New pressure on the running model; no weight is touched by it."""
        if change.origin == "tour":
            self._record.lived.note_gesture()
        else:
            self._up_down.note_change(*change.values("training"))
            self._record.note_change(self._snapshot, self._clock.now_s())
        self._training.settings = change.after.training
        self._training.wake()

    def _open_source(self, change: Change) -> None:
        source, data = change.after.source, change.after.data if change.touches("data") else None
        if source.file is not None:
            self.open_file(source.file, source.delimiter, data)
        elif source.sample is not None:
            self.open_sample(source.sample, data or DataSettings())

    def _take_over(self, values: dict[str, Any], origin: Origin) -> None:
        """Put in force what has been prepared already."""
        self._takes_over = True
        try:
            self.session.change_all(values, origin)
        finally:
            self._takes_over = False

    def _take_back(self) -> None:
        """What was asked for of the data will not come: what is in force is so still."""
        prepared = self._loaded or self._data.not_trainable
        if prepared is not None:
            self._take_over(_prepared_values(prepared), "undo")

    def _note_choice(self, change: Change) -> None:
        """A line of the log; of a slider that is moved, which chooses many times a second, one a second."""
        now_s = self._clock.now_s()
        if change.paths != self._noted or now_s - self._noted_s > NOTE_EVERY_S:
            self._noted, self._noted_s = change.paths, now_s
            chosen = (f"{path} {value_at(change.after, path)}" for path in change.paths)
            _log.info("Chosen (%s): %s.", change.origin, ", ".join(chosen))

    def _is_refused(self) -> bool:
        """Whether nothing can be trained on as it is; says why."""
        reason = self._data.not_trainable
        if reason is not None:
            self._window.show_error(str(reason))
        return reason is not None

    def _on_epoch_requested(self) -> None:
        if not self._is_refused():
            self._training.request_epoch()

    def _on_reset_requested(self) -> None:
        if self._is_refused():
            return
        self.set_running(False)
        self._start_run()

    def _on_lived_reset_requested(self, lam: float) -> None:
        self._up_down.forget()
        self.session.change("training.lam", lam)
        self._start_run()

    def _on_new_seed_requested(self) -> None:
        self.session.change("seed", self._configuration.seed + 1)

    def _on_lambda_drag_changed(self, is_dragging: bool) -> None:
        if self._training.is_dragging and not is_dragging:
            _log.info("λ was dragged to %g.", self._configuration.training.lam)
        self._training.is_dragging = is_dragging

    def _on_engine_compiling(self) -> None:
        self._training.prepare()
        if not self._is_engine_ready:
            self._window.show_status(self._engine_sentence())
            if not self._data.is_reading:
                self._window.show_busy(PREPARING_ENGINE, can_cancel=False)

    def _engine_sentence(self) -> str:
        return COMPILING_ALWAYS if engine_cache.is_temporary() else COMPILING

    @property
    def _is_engine_ready(self) -> bool:
        return training_dtype(self._configuration.architecture).name in self._ready_dtypes

    def _on_engine_ready(self, dtype: str) -> None:
        if dtype == engine_cache.PATHS:
            self._sweeps.set_ready(dtype)
            self._optima.set_ready()
            return
        if dtype == engine_cache.NETWORKS:
            self._sweeps.set_ready(dtype)
        if dtype == engine_cache.PLANES:
            self._geometry.set_ready()
        if dtype not in engine_cache.DTYPES:
            return
        self._ready_dtypes.add(dtype)
        if not self._data.is_reading:
            self._window.show_idle()
        self._training.begin()
        if self._has_waiting_run and self._is_engine_ready:
            self._has_waiting_run = False
            self._request_run()

    def _on_engine_failed(self) -> None:
        self._window.show_error(COMPILING_HERE)
        for part in engine_cache.PARTS:
            self._on_engine_ready(part)

    def _on_training_failed(self, error: Exception) -> None:
        self.set_running(False)
        raise error

    def _on_clock_ticked(self) -> None:
        now_s = self._clock.now_s()
        snapshot = self._training.mailbox.take()
        if snapshot is not None:
            self._training.wake()
            if snapshot.run == self._run:
                self._show_snapshot(snapshot, now_s)
        elif self._window.is_behind:
            self._window.catch_up(self._pace.due(now_s, self._training.is_running))
        elif self._frame is not None and self._n_settling and not self._training.is_running:
            self._n_settling -= 1
            self._window.settle(self._frame)
        every_s = SWEEP_BESIDE_S if self._training.is_running else SWEEP_EVERY_S
        if now_s - self._sweep_shown_s > every_s and self._sweeps.pull():
            self._sweep_shown_s = now_s
            self._sweeping.show()
        self._rates.note_tick(now_s)
        if now_s - self._rates_shown_s > RATES_EVERY_S:
            self._rates_shown_s = now_s
            self._window.show_rates(self._rates.steps_per_second(now_s), self._rates.frames_per_second())

    def _show_snapshot(self, moment: TrainSnapshot, now_s: float) -> None:
        """Note the newest moment, do what follows from it, show it; one after the other, so that nothing sees half.

        First it is noted, and nothing is changed: by the exact look, by the sentence on weights that were put in (which
        compares it with the moment before), by the λ at which weights have lived, by the tour, by the geometry, and by
        the history, which joins a change of the tour to the one before if it goes the same way: that is asked before
        the tour has noted it. Then the tour's next λ is set and a model that has diverged is paused, both as by hand.
        The window is shown the moment last, with the settings and the λ that are in force by then.
        """
        self._exact.note_snapshot(moment)
        # What an exact model stands for is what was trained: that is what is remembered.
        record, snapshot = self._record, moment.stands_for or moment
        record.note_load(self._snapshot, snapshot, now_s)
        self._snapshot = snapshot
        self.session.step = snapshot.step
        goes_on = self._up_down.is_same_way()
        self._fair_share.settle()
        next_lam = None
        if snapshot.last_measured is None:
            record.lived.note_snapshot(snapshot)
            next_lam = self._tour.note_snapshot(snapshot, record.trail)
        self._geometry.note_snapshot(snapshot)
        record.note_snapshot(snapshot, now_s, goes_on)
        self._rates.note_step(snapshot.step, now_s)
        if next_lam is not None:
            self.session.change("training.lam", next_lam, "tour")
        if snapshot.has_diverged and self._training.is_running:
            _log.info("Run %d has diverged at step %d.", snapshot.run, snapshot.step)
            self.set_running(False)
        self._show_moment(now_s)

    def _show_moment(self, now_s: float) -> None:
        """Bring the window to the newest moment: the model that was trained, or the exact one in its place."""
        trained, record, training = self._snapshot, self._record, self._configuration.training
        assert trained is not None
        is_running = self._training.is_running
        shown = self._exact.shown(training, is_running, not self._optima.unavailable_reason(training)) or trained
        self._geometry.show_exact(shown if shown.is_exact else None)
        advice = record.lived.advice if not trained.has_diverged else None
        story = self._optima.waiting_sentence(training) or self._sentence(shown, now_s, advice)
        words = self._optima.words(trained)
        if shown.is_exact:
            words = self._optima.words(shown)
        self._n_settling = SETTLING_FRAMES
        self._frame = frame = record.frame(shown, story, words, advice, self._up_down.value, self._span)
        self._window.show_frame(frame, self._pace.due(now_s, is_running))
        self.frame_shown.emit(frame)
        self._ask_for_exact()

    def _ask_for_exact(self) -> None:
        training = self._configuration.training
        if self._exact.is_wanted(training, self._training.is_running):
            look = self._exact.request(self._optima.known(training), training)
            if look is not None:
                self._training.request(look)

    def _sentence(self, snapshot: TrainSnapshot, now_s: float, advice: RestartAdvice | None) -> str:
        is_running = self._training.is_running
        story = self._record.story.sentence(snapshot.measured, is_running, now_s, advice)
        return story if snapshot.has_diverged else self._up_down.sentence(is_running) or story

    def _on_course_began(self) -> None:
        if not self._training.is_running:
            self.set_running(True)

    def _show_span(self) -> None:
        if self._frame is not None:
            # A paused model sends no other frame.
            self._frame = self._record.with_course(self._frame, self._span)
            self._window.show_curves(self._frame)

    @property
    def _span(self) -> HistorySpan:
        view = self._configuration.view
        return HistorySpan(view.span_share, view.span_epochs)

    def _on_solve_requested(self) -> None:
        training = self._configuration.training
        self._optima.solve(training)
        waiting = self._optima.waiting_sentence(training)
        if waiting:
            self._window.show_status(waiting)

    def _on_optimum_solved(self, optimum: Optimum) -> None:
        training = self._configuration.training
        if optimum.parameters is None or optimum.penalty_key != penalty_key_of(training):
            return
        where = f"at λ {number_text(training.effective_lam)}" if training.effective_lam else "without a penalty"
        self._load_weights(optimum.parameters, f"solved for the optimum {where}")

    def _on_sweep_weights_chosen(self, lam: float, parameters: Float64s, words: str) -> None:
        self.session.change("training.lam", lam, "sweep")
        self._load_weights(parameters, words)

    def _load_weights(self, parameters: Float64s, words: str) -> None:
        self._training.request(NewWeights(self._run, parameters, self._configuration.training, words))

    def _show_optimum(self) -> None:
        """What is known of the optimum has changed; a model that trains says it with its next frame."""
        self._window.commands.show_solve(self._optima.unavailable_reason(self._configuration.training))
        if self._frame is not None and not self._training.is_running:
            self._frame = replace(self._frame, optimum=self._optima.words(self._frame.snapshot))
            self._window.show_optimum(self._frame)
            self._ask_for_exact()

    def _on_lambda_found(self, lam: float) -> None:
        self.session.change("training.lam", lam)

    def _on_service_failed(self, error: Exception) -> None:
        raise error


def _prepared_values(prepared: Loaded | NotTrainable) -> dict[str, Any]:
    """What is in force with data that have been prepared, by path."""
    source = prepared.source
    file = str(source.path) if source.sample is None else None
    settings = SourceSettings(file, source.sample, source.delimiter)
    return {"source": settings, "data": prepared.settings, "seed": prepared.seed}
