"""Runs that are kept as values, and brought back: what undo, a branch and a session file begin with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.session.run import configuration_of
from regdesk.session.run_record import RunRecord
from regdesk.session.run_state import RunState

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.moments.kept_moment import KeptMoment
    from regdesk.core.moments.store import MomentMemory
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.run.trainer_state import TrainerState
    from regdesk.core.settings.change import Origin
    from regdesk.core.settings.configuration import Configuration
    from regdesk.session.run import Run
    from regdesk.session.run_state import RunMemory
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.workers.requests import HandedOver, RunStart

RUN_GROUPS = ("source", "data", "seed", "architecture", "training")
"""Settings that a run is of, or that press on it."""
LOOKS = ("view.geometry", "view.slice", "view.selected")
"""How it is looked at, by numbers of its own weights and columns."""


@dataclass
class _LeftRun:
    """A run that is over, until its thread has handed it over; ``late`` came after the window has left it."""

    run: Run
    configuration: Configuration
    memory: RunMemory
    snapshot: TrainSnapshot | None
    start: RunStart | None
    late: list[TrainSnapshot] = field(default_factory=list)


class KeptRuns(QObject):
    """Signals: ``kept(RunState)`` for each run that is over, a moment after it was left; ``return_began(str)`` with the
    origin before one is brought back, ``brought_back(Loaded, bool)`` when it is there again, true where its data are of
    another table than those before.

    It is made before whoever else hears of runs: they forget what they know of one that is over.
    """

    kept = Signal(object)
    return_began = Signal(str)
    brought_back = Signal(object, bool)

    def __init__(self, session: Session, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self.record = session, RunRecord()
        """``record`` is what the window remembers of the present run; the presenter keeps it up."""
        self._model, self._data = services.model, services.data
        self._geometry, self._up_down = services.geometry, services.up_down
        self._left: dict[int, _LeftRun] = {}
        self._asked: dict[int, Callable[[RunState | None], None]] = {}
        self._n_asked = 0
        self._model.left.connect(self._on_left)
        self._model.missed.connect(self._on_missed)
        self._model.handed_over.connect(self._on_handed_over)

    def ask(self, then: Callable[[RunState | None], None]) -> None:
        """Call ``then`` with the present run, as it is when all that it was asked for before is done: at once where it
        has not begun to train, else soon, in the GUI thread; with None where there is no model, or its state is lost.

        Nobody is called any more once the session has ended.
        """
        run = self._model.run
        if run is None:
            then(None)
        elif self._model.is_to_come:
            then(self._state_of(self._now(run), None))
        else:
            self._n_asked += 1
            self._asked[self._n_asked] = then
            self._model.ask_state(self._n_asked)

    def bring_back(self, kept: RunState, origin: Origin = "undo") -> None:
        """Have the run ``kept`` again: its data and settings, its weights, its optimiser, its history.

        It trains if the present one did, and goes on as if it had never been left. The present run is kept as any that
        is left. How the window looks stays, but for what is chosen by numbers of the run's own weights.
        """
        self.return_began.emit(origin)
        model, wanted = self._model, kept.configuration
        model.leave(for_another=True)
        before, loaded = self._data.opened, kept.run.loaded
        self._data.adopt(loaded)
        self._session.change_all({group: getattr(wanted, group) for group in RUN_GROUPS}, origin)
        model.bring_back(kept)
        run = model.run
        assert run is not None
        self.record.bring_back(run, kept.memory)
        self._geometry.bring_back_trail(kept.memory.weights, run.number)
        self._up_down.value = kept.memory.up_down
        view = wanted.view
        self._session.change_all({path: getattr(view, path.partition(".")[2]) for path in LOOKS}, origin)
        self.brought_back.emit(loaded, before is None or before[1] is not loaded.table)

    def _on_left(self) -> None:
        run = self._model.run
        if run is None:
            return
        left = self._now(run)
        if self._model.is_to_come:
            self.kept.emit(self._state_of(left, None))
        else:
            self._left[run.number] = left

    def _on_missed(self, snapshot: TrainSnapshot) -> None:
        if snapshot.run in self._left:
            self._left[snapshot.run].late.append(snapshot)

    def _on_handed_over(self, handed: HandedOver) -> None:
        unseen = () if handed.unseen is None else (handed.unseen,)
        left = self._left.get(handed.run)
        if handed.number:
            then = self._asked.pop(handed.number)
            run = self._model.run
            if left is not None:
                left.late += unseen
            elif run is not None and run.number == handed.run:
                left = self._now(run)
            found: RunState | None = None
            try:
                if left is not None and not handed.is_lost:
                    found = self._state_of(left, handed.state, handed.moments)
            finally:
                # Also where that is an error: nobody else answers who has asked.
                then(found)
        elif left is not None:
            del self._left[handed.run]
            left.late += unseen
            self.kept.emit(self._state_of(left, handed.state, handed.moments))

    def _now(self, run: Run) -> _LeftRun:
        model, configuration = self._model, configuration_of(run, self._session.configuration)
        memory = self.record.memory(self._geometry.trail, self._up_down.value)
        return _LeftRun(run, configuration, memory, model.snapshot, model.start, list(model.unseen))

    def _state_of(
        self, left: _LeftRun, state: TrainerState | None, moments: MomentMemory[KeptMoment] | None = None
    ) -> RunState:
        configuration = left.configuration
        if state is not None and state.settings is not None:
            configuration = replace(configuration, training=state.settings)
        memory = left.memory.with_unseen(left.late)
        snapshot = left.late[-1] if left.late else left.snapshot
        if snapshot is not None:
            snapshot = snapshot.stands_for or snapshot
        return RunState(left.run, configuration, state, memory, snapshot, left.start, moments)
