"""What the window asks of a run's past, and what ends a look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.core.moments.store import MomentMemory
from regdesk.session.travel.branching import returned, state_at
from regdesk.session.travel.travel import Travel

if TYPE_CHECKING:
    from regdesk.core.moments.kept_moment import KeptMoment
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.change import Change
    from regdesk.session.clock import Clock
    from regdesk.session.controllers.presenter import Presenter
    from regdesk.session.run import Run
    from regdesk.session.run_state import RunState
    from regdesk.session.runs.kept_runs import KeptRuns
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.session.travel.branches import Branches
    from regdesk.views.window.main_window import MainWindow

ENDING = ("training", "architecture", "data", "seed", "source")
"""Settings that act on the model as it is now."""


class TravelController(QObject):
    """Belongs to the session's controller; ``branches`` are what a session file holds, too."""

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        services: Services,
        presenter: Presenter,
        runs: KeptRuns,
        branches: Branches,
        clock: Clock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._runs, self._branches = runs, branches
        self._window, self._session, self._presenter, self._clock = window, session, presenter, clock
        self._model = model = services.model
        self.travel = travel = Travel(model, session, self)
        history, actions = window.history, window.commands.travel
        history.epoch_chosen.connect(travel.look_at)
        history.steps_chosen.connect(travel.go)
        history.now_chosen.connect(travel.back)
        actions.steps_chosen.connect(travel.go)
        actions.now_chosen.connect(travel.back)
        actions.play_toggled.connect(self._on_play_toggled)
        actions.branch_requested.connect(self._on_branch_requested)
        actions.branch_chosen.connect(self._on_branch_chosen)
        travel.reached.connect(self._on_reached)
        travel.left.connect(self._on_left)
        travel.changed.connect(self._show)
        travel.refused.connect(window.show_error)
        presenter.frame_shown.connect(self._show)
        model.left.connect(travel.leave)
        model.acted.connect(travel.leave)
        model.running_changed.connect(self._on_running_changed)
        model.scene_changed.connect(travel.look_again)
        model.begun.connect(self._on_begun)
        model.ended.connect(self._show)
        self._show()

    def follow(self, change: Change) -> None:
        """Whatever presses on the model presses on it as it is now, and that is seen: before it is in force."""
        # What the tour sets belongs to the moment before it paused.
        if change.origin != "tour" and any(change.touches(group) for group in ENDING):
            self.travel.back()

    def tick(self, now_s: float) -> None:
        """Take what has been found, and go on playing."""
        self.travel.tick(now_s)

    def _on_reached(self, snapshot: TrainSnapshot) -> None:
        if self._model.snapshot is not None:
            self._window.show_lambda_in_panels(snapshot.settings)
            self._presenter.show_earlier(snapshot)

    def _on_left(self) -> None:
        self._window.show_lambda_in_panels(self._session.configuration.training)
        self._presenter.show_now()

    def _on_play_toggled(self, is_on: bool) -> None:
        self.travel.set_playing(is_on, self._clock.now_s())
        self._show()

    def _on_branch_requested(self) -> None:
        moment, course, shown = self.travel.moment, self.travel.course, self._presenter.shown
        if moment is not None and course is not None and shown is not None:
            moments = MomentMemory(course.moments, moment.number + 1)
            self._runs.ask(lambda now: self._go_on_from(moment, shown, moments, now))

    def _go_on_from(
        self,
        moment: KeptMoment,
        shown: TrainSnapshot,
        moments: MomentMemory[KeptMoment],
        now: RunState | None,
    ) -> None:
        """``now`` is the run with all that came after ``moment``, which is kept as a branch."""
        if now is None or self.travel.moment is not moment:
            # Something else has happened to the model since.
            return
        trains = self.travel.rests_from_running
        self.travel.leave()
        # What can be undone by then knows the branches as they were.
        self._runs.bring_back(state_at(now, moment, shown, moments))
        self._branches.keep(now, moment.epoch)
        self._go_on(trains)

    def _on_branch_chosen(self, number: int) -> None:
        self._runs.ask(lambda now: self._return_to(number, now))

    def _return_to(self, number: int, now: RunState | None) -> None:
        branch = self._branches.at(number)
        if now is None or branch is None:
            return
        trains = self.travel.rests_from_running
        self.travel.leave()
        self._runs.bring_back(returned(branch.state))
        self._branches.leave_out(branch)
        self._branches.keep(now, 0.0 if now.snapshot is None else now.snapshot.epoch)
        self._go_on(trains)

    def _go_on(self, trains: bool) -> None:
        if trains:
            self._model.set_running(True)
        self._show()

    def _on_begun(self, run: Run) -> None:
        self._branches.begin_run(run)
        self._show()

    def _on_running_changed(self, is_running: bool) -> None:
        if is_running:
            self.travel.leave()

    def _show(self, *_news: object) -> None:
        self.travel.branches = self._branches.sentences
        view = self.travel.view
        self._window.history.show_travel(view)
        self._window.commands.travel.show(view)
