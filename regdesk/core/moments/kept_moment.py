"""One earlier moment of a run, with all that it takes to show it and to go on from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.run.trainer_state import TrainerState
    from regdesk.core.types import Float64s

ROW_BYTES = 2_000
"""About what Python takes for a moment beside its arrays."""


@dataclass(frozen=True, eq=False)
class KeptMoment:
    """A moment at which a row of the history was noted.

    Attributes:
        number: of that row, counted from 0 since the run began.
        epoch: passes over the training rows.
        is_change: settings or weights have changed since the row before.
        losses: mean training and validation loss; NaN without rows.
        state: of the trainer, without rows and changes that were still to be handed out.
    """

    number: int
    epoch: float
    is_change: bool
    losses: tuple[float, float]
    state: TrainerState

    @property
    def step(self) -> int:
        """Optimiser steps."""
        return self.state.step

    @property
    def n_bytes(self) -> int:
        """Memory that it holds."""
        return self.state.n_bytes + ROW_BYTES


@dataclass(frozen=True, eq=False)
class Course:
    """Which moments of a run can be shown, oldest first: arrays ``(n_moments,)``, and steps and epoch of now."""

    numbers: tuple[int, ...]
    steps: Float64s
    epochs: Float64s
    now_step: int
    now_epoch: float
