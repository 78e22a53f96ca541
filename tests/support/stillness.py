"""When a window whose model is paused stands still: nothing that was asked for is under way, and nothing is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QTimer

from regdesk.core.linear.distance import penalty_key_of
from regdesk.session.data_service import DataService
from regdesk.session.live_model import LiveModel
from regdesk.session.optimum_service import OptimumService

if TYPE_CHECKING:
    from window_driver import WindowDriver

    from regdesk.core.run.frame import Frame
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.run.trainer_state import TrainerState
    from regdesk.session.run_state import RunState

SOON_MS = 500
"""A timer that fires once and within this time is part of what was done; a refusal stays for longer, to be read."""
FRAMES = 5
"""Of the window, in which nothing more is to come."""
FRAME_MS = 16


class Stillness:
    """Waits by ``wait(condition)`` of the driver; asks the training thread itself how far it is."""

    def __init__(self, driver: WindowDriver) -> None:
        self._driver = driver
        self._model: LiveModel = driver.part(LiveModel)
        self._data: DataService = driver.part(DataService)
        self._optima: OptimumService = driver.part(OptimumService)

    def wait(self) -> None:
        """Return when all is still."""
        self._driver.wait(lambda: self._has_nothing_to_do() and self._has_done_all() and self._stays())

    def _has_done_all(self) -> bool:
        """Whether the window shows what the training thread has when it has done all.

        Between two answers the thread has trained a chunk, if there was anything to train: where both are of one step
        nothing more is to come.
        """
        first, second = self._asked(), self._asked()
        if first is None or second is None:
            return first is second
        return first.step == second.step and self._shows(second)

    def _stays(self) -> bool:
        """Whether nothing comes in the next frames, as it would that answers late by mistake."""
        before = self._seen()
        for _ in range(FRAMES):
            self._driver.qtbot.wait(FRAME_MS)
            if not self._has_nothing_to_do() or self._seen() != before:
                return False
        return True

    def _seen(self) -> tuple[int, int, str]:
        # Not by the window's state: that draws all panels.
        return self._driver.n_frames, id(self._model.snapshot), self._driver.child("statusLine").text()

    def _asked(self) -> TrainerState | None:
        """Of the model in the training thread, when all is done that it was asked for; None where there is no model."""
        found: list[RunState | None] = []
        self._driver.controller.kept_runs.ask(found.append)
        self._driver.wait(lambda: bool(found))
        return None if found[0] is None else found[0].state

    def _has_nothing_to_do(self) -> bool:
        driver, model = self._driver, self._model
        if model.is_running or self._data.is_reading or model.is_to_come or model.unseen or driver.window.is_behind:
            return False
        return not any(
            one.isActive() and one.isSingleShot() and one.interval() <= SOON_MS
            for owner in (driver.window, driver.controller)
            for one in owner.findChildren(QTimer)
        )

    def _shows(self, state: TrainerState) -> bool:
        """Whether what is on the screen is of ``state`` under the settings in force, and measured."""
        frame, run = self._driver.frame, self._model.run
        if frame is None or run is None or self._model.snapshot is None:
            return False
        trained: TrainSnapshot = self._model.snapshot
        settings = self._driver.session.configuration.training
        return (
            (trained.run, trained.step, trained.settings) == (run.number, state.step, settings)
            and trained.last_measured is None
            and (trained.has_diverged or np.array_equal(trained.parameters, state.optimizer.parameters))
            and self._is_exact_where_it_can_be(frame)
        )

    def _is_exact_where_it_can_be(self, frame: Frame) -> bool:
        """A paused linear model under another λ than it was trained under is shown solved, once it has been solved."""
        settings, run = self._driver.session.configuration.training, self._model.run
        under = self._driver.controller.kept_runs.record.trained_under
        if frame.now is not None or run is None or not run.is_linear or under is None:
            return True
        if penalty_key_of(under) == penalty_key_of(settings) or self._optima.unavailable_reason(settings):
            return True
        return frame.snapshot.is_exact and penalty_key_of(frame.snapshot.settings) == penalty_key_of(settings)
