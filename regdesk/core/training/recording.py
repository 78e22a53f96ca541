"""What has happened to a run since its last snapshot: rows of its history, changes, and which weights are truly 0."""

from __future__ import annotations

from collections import deque

import numpy as np

from regdesk.core.run.changes import SettingsChange
from regdesk.core.run.history import HistoryRow
from regdesk.core.run.taken import PutIn, Taken, TakenKind
from regdesk.core.run.trainer_state import TrainerState
from regdesk.core.types import Booleans, Float64s, Floats, TrainSettings


class Recording:
    """Kept beside a trainer, which tells it what happens."""

    def __init__(
        self, is_weight: Booleans, parameters: Floats, run: int = 0, taken: deque[Taken] | None = None
    ) -> None:
        """``is_weight`` and ``parameters`` ``(n_parameters,)``, here and below.

        What the trainer takes is added to ``taken`` as it happens, which another thread may empty.
        """
        self._run, self._taken = run, taken
        self.n_taken = 0
        """How often anything was taken, from the seed's weights on."""
        self._is_weight = is_weight
        self._rows: list[HistoryRow] = []
        self._changes: list[SettingsChange] = []
        self._zeros_step = -1
        self.has_change = False
        """Whether settings or weights have changed since the last row."""
        self.forget_zeros(parameters)

    def note_change(self, change: SettingsChange) -> None:
        self.has_change = True
        self._changes.append(change)

    def note_taken(
        self, kind: TakenKind, step: int, settings: TrainSettings, put_in: PutIn | None = None, words: str = ""
    ) -> None:
        """The model goes on from ``step`` otherwise than it would have."""
        self.n_taken += 1
        if self._taken is not None:
            self._taken.append(Taken(kind, self._run, step, settings, put_in, words))

    def note_row(self, row: HistoryRow) -> None:
        self.has_change = False
        self._rows.append(row)

    def row_of(self, step: int) -> HistoryRow | None:
        """The last row, if it is of ``step`` and nothing has changed since; else None."""
        is_known = bool(self._rows) and self._rows[-1].step == step and not self.has_change
        return self._rows[-1] if is_known else None

    def handed_out(self) -> tuple[Float64s, tuple[SettingsChange, ...]]:
        """Rows ``(n_rows, n_fields)`` and changes since the last snapshot, which are forgotten here."""
        rows, changes = self.pending
        self._rows, self._changes = [], []
        return rows, changes

    @property
    def pending(self) -> tuple[Float64s, tuple[SettingsChange, ...]]:
        """As ``handed_out``, and nothing is forgotten."""
        rows = np.array(self._rows, dtype=np.float64).reshape(-1, len(HistoryRow._fields))
        return rows, tuple(self._changes)

    @property
    def zeros(self) -> tuple[int, Booleans]:
        """The step at which zeros were noted last, −1 for never, and a copy of which weights are truly 0."""
        return self._zeros_step, self._is_zero.copy()

    def restore(self, state: TrainerState) -> None:
        """As it was when ``state`` was taken."""
        self._rows = [HistoryRow(*row) for row in state.rows.tolist()]
        self._changes, self.has_change = list(state.changes), state.has_change
        self._zeros_step, self._is_zero = state.zeros_step, state.is_zero.copy()
        self.n_taken = state.n_taken

    def forget_zeros(self, parameters: Floats) -> None:
        """Take every weight that is 0 in ``parameters`` for one that was put there."""
        self._is_zero = self._is_weight & (parameters == 0.0)

    def note_zeros(self, step: int, parameters: Floats, settings: TrainSettings) -> None:
        """Which weights are exactly 0 after steps under ``settings``: L2 makes no zeros, it runs out of digits."""
        if step == self._zeros_step:
            return
        self._zeros_step = step
        at_zero = self._is_weight & (parameters == 0.0)
        self._is_zero = at_zero if settings.makes_zeros or not step else self._is_zero & at_zero

    @property
    def n_zero(self) -> int:
        """Weights that a penalty has put at exactly 0, or that came so."""
        return int(np.count_nonzero(self._is_zero))

    def too_small(self, parameters: Floats) -> Booleans | None:
        """Weights at 0 that are only too small for their dtype; None when there are none."""
        too_small = self._is_weight & (parameters == 0.0) & ~self._is_zero
        return too_small if too_small.any() else None
