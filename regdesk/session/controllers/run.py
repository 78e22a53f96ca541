"""What the window asks of the live model: to train or pause, to begin again, and to step."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.run.scene import run_scene_of

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.session.controllers.data import DataController
    from regdesk.session.controllers.hysteresis import HysteresisController
    from regdesk.session.engine_readiness import EngineReadiness
    from regdesk.session.run import Run
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.tasks.loading import Loaded
    from regdesk.views.window.main_window import MainWindow

_log = logging.getLogger("regdesk.session")
PREPARING_ENGINE = "Preparing the training engine"
NEW_RUN = "A new run begins from the seed's initial weights …"
BROUGHT_BACK = "The run goes on where it was …"
COMPILING_HERE = "The training engine could not be compiled in the background: the window may stutter for a while."


class RunController(QObject):
    """A run begins when data have come into force, with other layers, and when somebody wants it again.

    Signal: ``resetting()`` when a person is about to have the present one begin again.
    """

    resetting = Signal()

    def __init__(
        self, window: MainWindow, session: Session, services: Services, engine: EngineReadiness, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._session, self._engine = window, session, engine
        self._model, self._data, self._up_down = services.model, services.data, services.up_down
        # Whether the source that is being read is trained on as soon as it is there.
        self._runs_when_loaded = False
        self._model.begun.connect(self._on_run_begun)
        self._model.scene_changed.connect(window.data_fit.show_scene)
        engine.compiling_began.connect(self._on_compiling_began)
        engine.compiling_failed.connect(self._on_compiling_failed)
        window.run_toggled.connect(self.set_running)
        window.epoch_requested.connect(self._on_epoch_requested)
        window.reset_requested.connect(self._on_reset_requested)
        window.lived_reset_requested.connect(self._on_lived_reset_requested)
        window.new_seed_requested.connect(self._on_new_seed_requested)
        window.controls.lambda_drag_changed.connect(self._on_lambda_drag_changed)
        window.plane_geometry.budget_drag_changed.connect(self._on_lambda_drag_changed)

    def connect_tour(self, tour: HysteresisController) -> None:
        """A tour trains the model as long as it goes, and ends with its run."""
        tour.began.connect(self._on_tour_began)
        self._model.left.connect(tour.stop)
        self._model.left.connect(self._up_down.forget)

    def connect_data(self, data: DataController, starts_running: bool) -> None:
        """Data that come into force are trained on; ``starts_running``: the first ones at once."""
        self._runs_when_loaded = starts_running
        data.taken.connect(self._on_data_taken)
        data.lost.connect(self._on_data_lost)
        data.given_up.connect(self._on_data_given_up)

    def set_running(self, is_running: bool) -> None:
        """Train, or pause within a chunk; while a file is being read, what is to happen when it is there."""
        if self._data.is_reading:
            self._runs_when_loaded = is_running
        elif is_running and self._is_refused():
            is_running = False
        self._model.set_running(is_running)

    def begin_again(self) -> None:
        """From the same initial weights, paused."""
        if not self._is_refused():
            self.set_running(False)
            self._begin_run()

    def follow(self, change: Change) -> None:
        """Other layers begin another run, on the data of the present one; data that have just come begin their own."""
        loaded, run = self._data.now, self._model.run
        if self._model.is_coming_back or not change.touches("architecture") or loaded is None or run is None:
            return
        # A run that was brought back meanwhile has them already.
        if run.loaded is loaded and run.architecture != self._session.configuration.architecture:
            self._model.begin_run(loaded)

    def note_part(self) -> None:
        """Some part of the engine that trains is there."""
        if self._engine.is_ready:
            self._window.show_obstacle("")
        if not self._data.is_reading:
            self._window.show_idle()
        self._model.note_engine()

    def _on_data_taken(self, loaded: Loaded, is_new_source: bool) -> None:
        if is_new_source:
            self._model.forget_snapshot()
            self.set_running(self._runs_when_loaded)
            self._runs_when_loaded = False
        self._model.begin_run(loaded)

    def _on_data_lost(self) -> None:
        self._runs_when_loaded = False
        self._model.end_run()

    def _on_data_given_up(self) -> None:
        self._runs_when_loaded = False
        self._window.show_idle()
        self._window.show_running(self._model.is_running)

    def _on_run_begun(self, run: Run) -> None:
        # Before the panels are shown it: Run would do nothing yet, and they would ask for it.
        self._window.show_obstacle(self._engine.sentence if self._model.is_waiting else "")
        self._window.show_run(self._model.scene)
        self._window.show_run_scene(run_scene_of(run.dataset))
        begins = BROUGHT_BACK if self._model.is_coming_back else NEW_RUN
        self._window.show_status(self._engine.sentence if self._model.is_waiting else begins)
        if self._model.is_waiting:
            self._window.show_busy(PREPARING_ENGINE, can_cancel=False)

    def _on_tour_began(self) -> None:
        if not self._model.is_running:
            self.set_running(True)

    def _on_epoch_requested(self) -> None:
        if not self._is_refused():
            self._model.request_epoch()

    def _on_reset_requested(self) -> None:
        if not self._is_refused():
            self.resetting.emit()
            self.begin_again()

    def _on_lived_reset_requested(self, lam: float) -> None:
        self.resetting.emit()
        self._up_down.forget()
        # It is the λ that the program has named.
        self._session.change("training.lam", lam, "script")
        self._begin_run()

    def _on_new_seed_requested(self) -> None:
        self._session.change("seed", self._session.configuration.seed + 1)

    def _begin_run(self) -> None:
        if self._data.now is not None:
            self._model.begin_run(self._data.now)

    def _is_refused(self) -> bool:
        """Whether nothing can be trained on as it is; says why."""
        reason = self._data.not_trainable
        if reason is not None:
            self._window.show_error(str(reason))
        return reason is not None

    def _on_lambda_drag_changed(self, is_dragging: bool) -> None:
        if self._model.is_dragging and not is_dragging:
            _log.info("λ was dragged to %g.", self._session.configuration.training.lam)
        self._model.is_dragging = is_dragging

    def _on_compiling_began(self) -> None:
        self._model.note_compiling()
        if not self._engine.is_ready:
            self._window.show_status(self._engine.sentence)
            if not self._data.is_reading:
                self._window.show_busy(PREPARING_ENGINE, can_cancel=False)
            # On a busy machine a first start reads for 15 s: the processor is with what is compiled.
            self._window.show_obstacle(self._engine.sentence)

    def _on_compiling_failed(self) -> None:
        self._window.show_error(COMPILING_HERE)
