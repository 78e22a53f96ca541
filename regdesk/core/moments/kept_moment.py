"""One earlier moment of a run, with all that it takes to show it and to go on from it; and a row of them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.run.trainer_state import TrainerState

OWN_BYTES = 2_000
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
        return self.state.n_bytes + OWN_BYTES


@dataclass(frozen=True, eq=False)
class Course:
    """The earlier ``moments`` of a run, oldest first, and where it stands now. A place behind the last one is now."""

    moments: tuple[KeptMoment, ...]
    now_step: int
    now_epoch: float

    @classmethod
    def of(cls, moments: tuple[KeptMoment, ...], now_step: int, now_epoch: float) -> Course:
        """Of all ``moments`` of a run; the last of them is left out where no step has been done since."""
        if moments and moments[-1].step == now_step:
            moments = moments[:-1]
        return cls(moments, now_step, now_epoch)

    @property
    def now(self) -> int:
        """The place of now."""
        return len(self.moments)

    def place_of_number(self, number: int) -> int:
        """Of the moment of the history's row ``number``, or the last before it; the first at least."""
        return max(0, bisect_right(self._numbers, number) - 1)

    def place_of_epoch(self, epoch: float) -> int:
        """Of the last moment up to ``epoch``, the first at least; that of now for any later epoch."""
        return self.now if epoch >= self.now_epoch else max(0, bisect_right(self._epochs, epoch) - 1)

    def place_of_step(self, step: float) -> int:
        """As ``place_of_epoch``, by optimiser steps."""
        return self.now if step >= self.now_step else max(0, bisect_right(self._steps, step) - 1)

    @cached_property
    def _numbers(self) -> list[int]:
        return [one.number for one in self.moments]

    @cached_property
    def _epochs(self) -> list[float]:
        return [one.epoch for one in self.moments]

    @cached_property
    def _steps(self) -> list[int]:
        return [one.step for one in self.moments]
