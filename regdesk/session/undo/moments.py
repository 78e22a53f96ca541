"""The moment that is, as a value, and how an earlier one is brought back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.settings.configuration import differing_paths, value_at
from regdesk.session.undo.moment import Moment
from regdesk.session.undo.step import Reach

if TYPE_CHECKING:
    from regdesk.session.controllers.data import DataController
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.session.travel.branches import Branches
    from regdesk.session.undo.runs import WeightRuns
    from regdesk.session.undo.step import Step
    from regdesk.views.window.main_window import MainWindow

VIEW = "view."
SLICE = "view.slice"


class Moments(QObject):
    """Signal: ``came()`` when data that a moment was waiting for are there, or will not come.

    Settings come back at once. Where the run of a moment could not be kept, its data are prepared anew, and a run
    begins with them as it does when a person chooses them.
    """

    came = Signal()

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        services: Services,
        runs: WeightRuns,
        branches: Branches,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._branches = branches
        self._window, self._session, self._services, self._runs = window, session, services, runs
        self._n_restoring = 0
        # A moment whose data are being read or prepared.
        self._coming: Moment | None = None

    def connect_data(self, data: DataController) -> None:
        """When their data are there the looks of a moment come back: after who begins a run with them."""
        data.taken.connect(self._on_data_taken)
        data.lost.connect(self._on_data_gone)
        data.given_up.connect(self._on_data_gone)

    @property
    def present(self) -> Moment:
        """What a person has chosen by now."""
        services = self._services
        ghosts = self._window.undoing.ghosts() or ()
        return Moment(
            self._session.configuration,
            self._runs.now,
            ghosts,
            services.calculator.asked,
            services.sweeps.kept,
            self._branches.all,
            theme=self._window.surroundings.theme,
        )

    def present_of(self, reach: Reach) -> Moment:
        """As ``present``, with what a step of that reach brings back besides."""
        if reach is Reach.PLACES:
            return replace(self.present, places=self._window.surroundings.places)
        return self.present

    @property
    def is_restoring(self) -> bool:
        """Whether what changes now is no new choice: it is being brought back."""
        return self._n_restoring > 0 or self._coming is not None

    @property
    def is_waiting(self) -> bool:
        """Whether the data of a moment are being read or prepared."""
        return self._coming is not None

    def restore(self, step: Step, moment: Moment) -> Moment:
        """Bring ``moment`` back as far as ``step`` reaches; the one that was left for it."""
        left = self.present_of(step.reach)
        with self._restoring():
            if step.reach is Reach.EVERYTHING:
                self._bring_all_back(moment)
            elif step.reach is Reach.SETTINGS:
                self._change(moment, step.paths)
                if SLICE in step.paths and moment.ghosts:
                    # Another picture of the fit has dropped what was frozen of this one.
                    self._window.undoing.show_ghosts(moment.ghosts)
            elif step.reach is Reach.PLACES:
                self._change(moment, step.paths)
                if not moment.configuration.view.lecture.is_on:
                    self._window.surroundings.put_back(moment.places)
            elif step.reach is Reach.THEME:
                self._window.surroundings.choose_theme(moment.theme)
            elif step.reach is Reach.GHOSTS:
                self._window.undoing.show_ghosts(moment.ghosts)
            else:
                self._services.calculator.ask_again(moment.point)
        return left

    @contextmanager
    def _restoring(self) -> Iterator[None]:
        self._n_restoring += 1
        try:
            yield
        finally:
            self._n_restoring -= 1

    def _bring_all_back(self, moment: Moment) -> None:
        if moment.weights != self._runs.now and self._runs.can_come_back(moment.weights):
            # The course that comes back is no branch of itself; who hears of the run lists them.
            self._branches.bring_back(moment.branches)
            self._runs.bring_back(moment.weights)
        self._change(moment, differing_paths(self._session.configuration, moment.configuration))
        data, sweeps = self._services.data, self._services.sweeps
        if moment.sweep is not None and sweeps.curve is None and not sweeps.is_busy:
            # Other data had taken it away.
            sweeps.bring_back(moment.sweep)
        if data.is_reading or data.is_preparing:
            self._coming = moment
        else:
            self._bring_looks_back(moment)

    def _bring_looks_back(self, moment: Moment) -> None:
        """What a run that begins adapts to its model, as it was."""
        self._change(moment, differing_paths(self._session.configuration.view, moment.configuration.view, VIEW))
        if moment.ghosts:
            self._window.undoing.show_ghosts(moment.ghosts)
        self._services.calculator.ask_again(moment.point)

    def _change(self, moment: Moment, paths: tuple[str, ...]) -> None:
        if paths:
            self._session.change_all({path: value_at(moment.configuration, path) for path in paths}, "undo")

    def _on_data_taken(self, _loaded: object, _is_new_source: bool) -> None:
        coming, self._coming = self._coming, None
        if coming is not None:
            with self._restoring():
                self._bring_looks_back(coming)
            self.came.emit()

    def _on_data_gone(self) -> None:
        coming, self._coming = self._coming, None
        if coming is not None:
            self.came.emit()
