"""Builds what a session is made of, and tells its parts of every change, of every tick of the clock, and of its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from regdesk.compiling import engine_cache
from regdesk.session.controllers.calculator import CalculatorController
from regdesk.session.controllers.choices import ChoiceLog, connect_choices
from regdesk.session.controllers.data import DataController
from regdesk.session.controllers.exports import ExportController
from regdesk.session.controllers.following import FollowingController
from regdesk.session.controllers.frame_clock import FrameClock
from regdesk.session.controllers.geometry import GeometryController
from regdesk.session.controllers.handed import Handed
from regdesk.session.controllers.hysteresis import HysteresisController
from regdesk.session.controllers.importing import ImportController
from regdesk.session.controllers.lessons import LessonController
from regdesk.session.controllers.look import LookController
from regdesk.session.controllers.models import ModelController
from regdesk.session.controllers.points import PointsController
from regdesk.session.controllers.predictions import PredictionController
from regdesk.session.controllers.presenter import Presenter
from regdesk.session.controllers.reports import ReportController
from regdesk.session.controllers.run import RunController
from regdesk.session.controllers.selection import SelectionController
from regdesk.session.controllers.sweep import SweepController
from regdesk.session.controllers.weights import WeightsController
from regdesk.session.engine_readiness import EngineReadiness
from regdesk.session.keeping.desk import Desk
from regdesk.session.keeping.keeper import SessionKeeper
from regdesk.session.keeping.recorder import TimelineRecorder
from regdesk.session.live_moment import live_moment
from regdesk.session.questions.asides import Asides
from regdesk.session.runs.kept_runs import KeptRuns
from regdesk.session.services import Services
from regdesk.session.travel.branches import Branches
from regdesk.session.travel.controller import TravelController
from regdesk.session.undo.controller import UndoController

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from regdesk.core.reading_options import ReadingOptions
    from regdesk.core.settings.change import Change
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import DataSettings
    from regdesk.data.csv.table import Table
    from regdesk.session.clock import Clock
    from regdesk.session.session import Session
    from regdesk.session.workers import Workers
    from regdesk.tasks.live_moment import LiveMoment
    from regdesk.tasks.loading import Loaded
    from regdesk.views.window.main_window import MainWindow

SHOWN_GROUPS = ("data", "seed", "architecture", "training", "sweep")
"""Settings that the controls show as a whole; how things are looked at is shown by who looks."""


class Controller(Handed):
    """Signals: ``frame_shown(Frame)``, ``load_failed(str)`` with the sentence that is shown, ``file_opened(str)`` when
    a file of the user's is on screen; of a file that is looked at before it is opened ``import_left()`` and
    ``command_requested(str, ImportChoices)``.
    """

    frame_shown = Signal(object)
    load_failed = Signal(str)
    file_opened = Signal(str)
    import_left = Signal()
    command_requested = Signal(str, object)

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        workers: Workers,
        clock: Clock,
        starts_running: bool = False,
    ) -> None:
        super().__init__(window)
        self._window, self.session, self._clock, self._is_shut_down = window, session, clock, False
        self._log, self._fair_share = ChoiceLog(), workers.fair_share
        self._frames = FrameClock(window, clock, self)
        self._engine = EngineReadiness(workers.engine, session, self)
        self._services = services = Services.of(session, workers, self._engine, clock, self)
        self._tour = HysteresisController(window, session, services, self)
        self.kept_runs = runs = KeptRuns(session, services, self)
        self._presenter = Presenter(window, session, services, self._tour, self._engine, clock, runs.record, self)
        self._runs = RunController(window, session, services, self._engine, self)
        self._sweeping = SweepController(window, session, services, self)
        self._weights = WeightsController(window, session, services, self._sweeping, self._presenter, self)
        self._geometry = GeometryController(window, session, services, self)
        self._calculator = CalculatorController(window, services, self)
        self._looks = LookController(window, session, services, self)
        self._selection = SelectionController(window, session, services, self)
        self._data = DataController(window, session, services, self._tour, self)
        self._following = FollowingController(window, session, services, clock, self)
        self._importing = ImportController(window, session, services, self)
        self._models = ModelController(window, session, services, self._presenter, self)
        self._predictions = PredictionController(window, services, self._models, self._presenter, self)
        self._exports = ExportController(window, services, self._predictions, self._presenter, clock, self)
        self._reports = ReportController(window, services, self._models, self)
        self.lessons = LessonController(window, session, services, self._presenter, self._runs, self)
        recorder = TimelineRecorder(session, services.model, workers.training.taken, clock, self)
        branches = Branches()
        desk = Desk(window, session, services, self._presenter, runs, self._models, recorder, branches)
        self.keeper = SessionKeeper(desk, lambda: self.lessons.is_held, self)
        # What a session brings is no part of a lesson.
        self.keeper.session_read.connect(self.lessons.leave)
        self.lessons.held_changed.connect(self.keeper.note_lesson)
        self._importing.takes_model = self._takes
        self._asides = Asides(window, session, services, self)
        self._points = PointsController(window, session, services, self)
        self.travel = TravelController(window, session, services, self._presenter, runs, branches, clock, self)
        self.undoing = UndoController(window, session, services, runs, branches, clock, self)
        self._connect()
        self._runs.connect_tour(self._tour)
        self._runs.connect_data(self._data, starts_running)
        self.undoing.connect_acts(self._data, self._runs, self._weights, self.lessons, self._frames)
        connect_choices(window, session)
        window.show_view_settings(session.configuration.view)
        window.show_configuration(session.configuration)
        self._show_what_can_be_done()
        self._sweeping.show()
        window.show_running(starts_running)

    def _connect(self) -> None:
        services, frames, presenter = self._services, self._frames, self._presenter
        self.session.changed.connect(self._on_changed)
        frames.start_reached.connect(self._fair_share.start)
        frames.parts_built.connect(self._on_parts_built)
        frames.ticked.connect(self._on_ticked)
        self._engine.part_ready.connect(self._on_part_ready)
        presenter.snapshot_taken.connect(self._fair_share.settle)
        presenter.frame_shown.connect(self.frame_shown)
        services.model.running_changed.connect(services.sweeps.set_company)
        services.model.ended.connect(services.sweeps.forget)
        services.model.left.connect(self._fair_share.note_left_run)
        services.data.file_opened.connect(self.file_opened)
        self._data.load_failed.connect(self.load_failed)
        self._importing.command_requested.connect(self.command_requested)
        for opening in (self._models, self.keeper):
            opening.file_opened.connect(self.file_opened)
        for part in (self._importing, self._models, self.keeper):
            part.load_failed.connect(self.load_failed)
            part.left.connect(self.import_left)
        self._data.taken.connect(self._on_data_taken)
        self.kept_runs.brought_back.connect(self._on_run_brought_back)
        asked = services.model, services.optima, services.geometry, services.calculator
        for one in (*asked, *self._asides.parts_that_fail):
            one.failed.connect(self._on_service_failed)
        self._window.closed.connect(self.shut_down)

    def start(self) -> None:
        """Soon, when the window has been painted: start the clock, read what was asked for, make the engine ready."""
        self._frames.start()

    def shut_down(self) -> None:
        """Stop the clock and every worker, and wait for them; safe to call twice."""
        if self._is_shut_down:
            return
        self._is_shut_down = True
        for part in (self._frames, self._following, self._engine, self._services, self._fair_share, self.keeper):
            part.stop()

    def open_file(self, file: str, reading: ReadingOptions | None = None, settings: DataSettings | None = None) -> None:
        """Read a CSV or a model in the background; the data on screen stay until it has succeeded."""
        if not self._importing.takes(file):
            self._services.data.open_file(file, reading, settings)

    def _takes(self, file: str) -> bool:
        """Whether ``file`` is a lesson, a session or a model, which is opened then."""
        return self.lessons.takes(file) or self.keeper.takes(file) or self._models.takes(file)

    def choose_file(
        self, file: str, reading: ReadingOptions | None = None, settings: DataSettings | None = None
    ) -> None:
        """Show a file before it is opened, where there is an ``import_memory``; else as ``open_file``."""
        self._importing.open_file(file, reading, settings)

    @property
    def has_data(self) -> bool:
        """Whether a table is open, or is being read."""
        return self._services.data.opened is not None or self._services.data.is_reading

    def open_sample(self, name: str, settings: DataSettings | None = None, *, is_asked_for: bool = False) -> None:
        """Open a bundled sample in the background; see ``DataController.open_sample``."""
        self._data.open_sample(name, settings, is_asked_for=is_asked_for)

    def moment(self) -> LiveMoment | None:
        """What can be taken away of what the window shows; None before there is a model."""
        return live_moment(self.session, self._services, self._presenter, self._models.shown_file)

    def held(self) -> AbstractContextManager[None]:
        """While the window stays at the moment that it shows; what trains goes on."""
        return self._frames.held()

    def open_table(self, table: Table, settings: DataSettings) -> None:
        """Show a table that has been read already; for pictures that are the same whenever they are made."""
        self._services.geometry.has_trail = False
        self._services.data.open_table(table, settings)

    def adopt_sweep(self, curve: SweepCurve) -> None:
        """Show a sweep of what is in force that was made elsewhere."""
        self._services.sweeps.adopt(curve)

    def set_running(self, is_running: bool) -> None:
        """Train, or pause within a chunk; while a file is being read, what is to happen when it is there."""
        self._runs.set_running(is_running)

    def cancel_load(self) -> None:
        """Give up what is being read or prepared; the data on screen stay."""
        self._services.data.cancel()

    def _on_changed(self, change: Change) -> None:
        """Tell every part of a change, in this order.

        It is noted first. Then the pressure on the model is another, which touches no weight, and so are the pictures
        of it and the sweep of it; then the controls show it. Last comes what makes another run: data, and layers.
        """
        self._log.note(change, self._clock.now_s())
        self.travel.follow(change)
        self._presenter.note_change(change)
        self._services.model.follow(change)
        if change.touches("view"):
            self._window.show_view_settings(change.after.view)
        self._presenter.follow(change)
        if any(change.touches(group) for group in SHOWN_GROUPS):
            if change.origin != "refusal":
                # What is taken back has just been refused, in a sentence that is to be read.
                self._window.forget_error()
            self._window.show_configuration(self.session.configuration, change.touches)
            self._show_what_can_be_done()
        sweeps, geometry = self._services.sweeps, self._services.geometry
        for part in (sweeps, geometry, self._data, self._runs, self._looks, self._selection, self._asides):
            part.follow(change)

    def _show_what_can_be_done(self) -> None:
        self._weights.show()
        self._tour.show()

    def _on_run_brought_back(self, loaded: Loaded, is_new_table: bool) -> None:
        self._data.show()
        self._on_data_taken(loaded, is_new_table)

    def _on_data_taken(self, _loaded: Loaded, is_new_source: bool) -> None:
        self._services.sweeps.note_data()
        self._points.note_data()
        self._show_what_can_be_done()
        if is_new_source:
            self._services.sweeps.forget()

    def _on_parts_built(self) -> None:
        self._services.data.start()
        self._services.imports.start()
        self._services.models.start()
        self._services.sessions.start()
        self._engine.start()

    def _on_part_ready(self, part: str) -> None:
        """Each part of the compiled code goes to who waits for it."""
        services = self._services
        if part in (engine_cache.PATHS, engine_cache.CLASS_PATHS, engine_cache.NETWORKS):
            services.sweeps.set_ready(part)
        if part == engine_cache.PATHS:
            services.optima.set_ready()
        if part == engine_cache.CLASS_PATHS:
            # What is compared may be of classes.
            services.comparison.set_ready()
        if part == engine_cache.PLANES:
            services.geometry.set_ready()
        if part in engine_cache.DTYPES:
            self._runs.note_part()

    def _on_ticked(self, now_s: float) -> None:
        self._presenter.tick(now_s)
        self.travel.tick(now_s)
        self._sweeping.tick(now_s, self._services.model.is_running)
        self._presenter.show_rates(now_s)
        self.lessons.tick(now_s)

    def _on_service_failed(self, error: Exception) -> None:
        raise error
