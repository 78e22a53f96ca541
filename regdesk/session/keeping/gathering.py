"""Gathers all that a session holds, and remembers for it what was frozen when."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.session.keeping.gathered import FrozenMoment, Gathered

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.run.frame import Frame
    from regdesk.session.keeping.desk import Desk
    from regdesk.session.run_state import RunState

MOST_FROZEN = 8
"""Moments that are remembered: undo brings back what was frozen before."""


class Gatherer(QObject):
    """``gather`` answers soon, in the GUI thread: the engine is asked where it stands."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._session, self._services = desk.window, desk.session, desk.services
        self._presenter, self._runs, self._recorder = desk.presenter, desk.runs, desk.recorder
        # What panels show of what was frozen, with the moment that it is of.
        self._frozen: deque[tuple[object, FrozenMoment]] = deque(maxlen=MOST_FROZEN)

    @property
    def has_anything(self) -> bool:
        """Whether there is a run that could be kept."""
        return self._services.model.run is not None

    def gather(self, then: Callable[[Gathered | None], None]) -> None:
        """Call ``then`` with all of it; with None where there is no model."""
        self._runs.ask(lambda run: then(None if run is None else self._gathered(run)))

    def note_frozen(self, frame: Frame | None) -> None:
        """What ``frame`` shows was frozen just now."""
        if frame is not None:
            self.note_ghost(FrozenMoment(frame.snapshot, frame.history))

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
            look=self._window.kept_look(),
            n_changes=self._presenter.n_changes,
        )
