"""Which weights the live model has, by a number, and the runs that were left with others: undo comes back to these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.session.undo.moment import NO_MODEL
from regdesk.session.undo.run_store import RunStore

if TYPE_CHECKING:
    from collections.abc import Collection

    from regdesk.session.live_model import LiveModel
    from regdesk.session.run import Run
    from regdesk.session.run_state import RunState
    from regdesk.session.runs.kept_runs import KeptRuns


class WeightRuns(QObject):
    """Weights have another number when a run begins with others, and when some are put into it.

    Signal: ``arrived()`` when a run can be brought back that was awaited.
    """

    arrived = Signal()

    def __init__(self, model: LiveModel, kept_runs: KeptRuns, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._kept_runs = model, kept_runs
        self.store = RunStore()
        self.now = NO_MODEL
        """The number of the present weights."""
        self._n_weights = NO_MODEL
        # Of the runs that have not been kept yet: numbers of weights by those of runs.
        self._weights_of: dict[int, int] = {}
        # Weights that come back with the run that begins next.
        self._coming: int | None = None
        model.left.connect(self._on_left)
        model.begun.connect(self._on_begun)
        model.ended.connect(self._on_ended)
        kept_runs.kept.connect(self._on_kept)

    def note_other_weights(self) -> None:
        """Others are about to be put into the run that is there: it is kept as it is."""
        run, weights = self._model.run, self.now
        if run is None:
            return
        self.store.expect(weights)
        self._n_weights += 1
        self.now = self._weights_of[run.number] = self._n_weights
        self._kept_runs.ask(lambda state: self._keep(weights, state))

    def bring_back(self, weights: int) -> bool:
        """Go on with the run that had these weights when it was left; False where it could not be kept."""
        state = self.store.state_of(weights)
        if state is not None:
            self._coming = weights
            self._kept_runs.bring_back(state)
        return state is not None

    def forget_others(self, wanted: Collection[int]) -> None:
        """Runs to which no step leads are not kept."""
        self.store.forget_others(wanted)

    def can_come_back(self, weights: int) -> bool:
        """Whether a run with these weights is there, is kept or is about to be."""
        return weights == self.now or self.store.is_awaited(weights) or self.store.state_of(weights) is not None

    def _on_left(self) -> None:
        # One that never began has been kept by now.
        run = self._model.run
        if run is not None and run.number in self._weights_of:
            self.store.expect(self.now)

    def _on_begun(self, run: Run) -> None:
        weights, self._coming = self._coming, None
        if weights is None:
            self._n_weights += 1
            weights = self._n_weights
        self.now = self._weights_of[run.number] = weights

    def _on_ended(self) -> None:
        self.now = NO_MODEL

    def _on_kept(self, state: RunState) -> None:
        weights = self._weights_of.pop(state.run.number, None)
        if weights is not None:
            self._keep(weights, state)

    def _keep(self, weights: int, state: RunState | None) -> None:
        self.store.keep(weights, state)
        self.arrived.emit()
