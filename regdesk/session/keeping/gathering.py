"""Gathers all that a session holds as soon as there is a moment of its run, and remembers what was frozen when."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from regdesk.session.keeping.gathered import FrozenMoment, Gathered, KeptBranch
from regdesk.session.run import configuration_of

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.session.keeping.desk import Desk
    from regdesk.session.run import Run
    from regdesk.session.run_state import RunState
    from regdesk.workers.model_work import MakeModel

Answer = Callable[["Gathered | None", "MakeModel | None"], None]
"""Is given a session and what makes the model that it shows; None and None where there is no model, or it is lost."""
MOST_FROZEN = 8
"""Moments that are remembered: undo brings back what was frozen before."""


class Gatherer(QObject):
    """``gather`` answers in the GUI thread: soon, as the engine is asked where it stands, or after the first moment of
    a run that has just begun.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._session, self._services = desk.window, desk.session, desk.services
        self._presenter, self._runs, self._recorder = desk.presenter, desk.runs, desk.recorder
        # What panels show of what was frozen, with the moment that it is of.
        self._frozen: deque[tuple[object, FrozenMoment]] = deque(maxlen=MOST_FROZEN)
        self._models, self._branches = desk.models, desk.branches
        # Who asked before there was a moment of the present run.
        self._waiting: list[Answer] = []
        self._presenter.frame_shown.connect(self._on_moment)
        for lost in (self._services.model.ended, self._services.model.failed):
            lost.connect(self._on_lost)

    @property
    def has_anything(self) -> bool:
        """Whether there is a run that could be kept."""
        return self._services.model.run is not None

    def gather(self, then: Answer) -> None:
        """Call ``then`` with all of it, as it is when there is a moment to show of the present run."""
        live = self._models.live_now
        if not self.has_anything:
            then(None, None)
        elif live is None:
            self._waiting.append(then)
        else:
            asked_of = self._services.model.run
            self._runs.ask(lambda run: self._answer(then, run, live, asked_of))

    def _answer(self, then: Answer, run: RunState | None, live: MakeModel, asked_of: Run | None) -> None:
        try:
            found = None if run is None else self._gathered(run)
        except Exception:
            # Who waits for an answer is dead without one.
            then(None, None)
            raise
        if found is not None:
            then(found, live)
        elif self._services.model.run is asked_of:
            # Its state is lost: asked for again it would be no other.
            then(None, None)
        else:
            # Another run has begun meanwhile, or there is none any more.
            self.gather(then)

    def _on_moment(self, *_frame: object) -> None:
        self._answer_waiting(self.gather)

    def _on_lost(self, *_error: object) -> None:
        """There will be no moment."""
        self._answer_waiting(lambda then: then(None, None))

    def _answer_waiting(self, answer: Callable[[Answer], None]) -> None:
        """All of them, also where one raises an error."""
        waiting, self._waiting = self._waiting, []
        with ExitStack() as stack:
            for then in reversed(waiting):
                stack.callback(answer, then)

    def note_frozen(self, frame: Frame | None) -> None:
        """What ``frame`` shows was frozen just now."""
        run = self._services.model.run
        if frame is not None and run is not None:
            configuration = configuration_of(run, self._session.configuration)
            self.note_ghost(FrozenMoment(frame.snapshot, frame.history, configuration))

    def note_ghost(self, moment: FrozenMoment) -> None:
        """What the panels have for a ghost now is ``moment``."""
        ghost = self._ghost
        if ghost is not None:
            self._frozen.append((ghost, moment))

    @property
    def _ghost(self) -> object:
        return self._window.history.ghost

    def _gathered(self, run: RunState) -> Gathered | None:
        """None where another run has begun since it was asked for."""
        now = self._services.model.run
        if now is None or now.number != run.run.number:
            return None
        ghost = self._ghost
        return Gathered(
            configuration=self._session.configuration,
            run=run,
            timeline=self._recorder.timeline,
            timeline_run=self._recorder.number_of(run.run),
            sweep=self._services.sweeps.kept,
            frozen=next((moment for own, moment in self._frozen if own is ghost), None) if ghost is not None else None,
            look=self._look(),
            n_changes=len(self._presenter.changes),
            asked=self._services.calculator.asked,
            branches=tuple(KeptBranch(one, self._recorder.number_of(one.state.run)) for one in self._branches.all),
        )

    def _look(self) -> Mapping[str, Any]:
        services = self._services
        is_of_now = not (self._presenter.is_earlier or services.sweeps.is_busy)
        return lasting_look(self._window.kept_look(), is_of_now=is_of_now, is_running=services.model.is_running)


def lasting_look(look: Mapping[str, Any], *, is_of_now: bool, is_running: bool) -> Mapping[str, Any]:
    """``look`` without words that will not be so where it is opened: that the model trains, for it will rest, and what
    is not ``is_of_now``: of an earlier moment, or of a sweep under way.
    """
    if not is_of_now:
        panels = {name: one | {"readout": None} for name, one in look["panels"].items()}
        return {**look, "panels": panels, "status": ""}
    return {**look, "status": ""} if is_running else look
