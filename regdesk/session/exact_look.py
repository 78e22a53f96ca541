"""Whether the window shows the exact linear model at the λ in force in place of the paused one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.linear.distance import penalty_key_of
from regdesk.workers.requests import NewLook

if TYPE_CHECKING:
    from regdesk.core.linear.distance import Optimum, PenaltyKey
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import TrainSettings
    from regdesk.session.run import Run


class ExactLook:
    """A paused linear model is shown solved as soon as its λ or penalty is another than it was trained under."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._trained: TrainSnapshot | None = None
        self.trained_under: TrainSettings | None = None
        """What the weights were last trained, or put in, under; None before a run."""
        self._exact: TrainSnapshot | None = None
        self._asked: object = None

    def begin_run(self, run: Run, settings: TrainSettings) -> None:
        """Another trainer, whose initial weights belong to ``settings``."""
        self._run, self.trained_under = run, settings
        self._trained = self._exact = self._asked = None

    def note_snapshot(self, snapshot: TrainSnapshot, trained_under: TrainSettings | None = None) -> None:
        """The newest moment of the training thread, exact or not; the first one of a run that has come back was
        ``trained_under`` other settings, perhaps, than are in force in it.
        """
        if self._trained is None and trained_under is not None:
            self.trained_under = trained_under
        if snapshot.stands_for is not None:
            self._exact, snapshot = snapshot, snapshot.stands_for
        has_moved = self._trained is not None and self._trained.step != snapshot.step
        put_in = [change for change in snapshot.changes if change.loaded]
        if has_moved:
            self.trained_under = snapshot.settings
        elif put_in:
            # λ may have moved since: then they are weights of another question than the one in force.
            self.trained_under = put_in[-1].after
        self._trained = snapshot

    def is_wanted(self, settings: TrainSettings, is_running: bool) -> bool:
        """Whether the paused model is one of another question than ``settings`` ask."""
        is_linear = self._run is not None and self._run.is_linear
        has_model = is_linear and self._trained is not None and not self._trained.has_diverged
        return has_model and not is_running and penalty_key_of(settings) != self._penalty_key

    @property
    def _penalty_key(self) -> PenaltyKey | None:
        return None if self.trained_under is None else penalty_key_of(self.trained_under)

    def request(self, optimum: Optimum | None, settings: TrainSettings) -> NewLook | None:
        """What the training thread is to be asked for, once for each moment, picture and optimum."""
        trained = self._trained
        if (
            trained is None
            or optimum is None
            or optimum.parameters is None
            or optimum.penalty_key != penalty_key_of(settings)
        ):
            return None
        key = (trained.run, trained.step, optimum.penalty_key, id(trained.fit.scene))
        if key == self._asked:
            return None
        self._asked = key
        return NewLook(trained.run, optimum.parameters, settings)

    def shown(self, settings: TrainSettings, is_running: bool, can_be_solved: bool) -> TrainSnapshot | None:
        """What panels show of the newest moment: the exact model, the one of the λ before until it is there, or what
        has been trained.
        """
        exact, trained = self._exact, self._trained
        if exact is None or trained is None or not can_be_solved or not self.is_wanted(settings, is_running):
            return trained
        is_of_this = exact.run == trained.run and exact.step == trained.step and exact.fit.scene is trained.fit.scene
        return exact if is_of_this else trained
