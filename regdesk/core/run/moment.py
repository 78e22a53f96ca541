"""Where a run stands at a moment: what a snapshot shows of it that its parameters do not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import Booleans


@dataclass(frozen=True, eq=False)
class Moment:
    """A moment of a run.

    Attributes:
        step, epoch: optimiser steps and passes over the training rows.
        has_diverged: training has stopped at the last sound parameters.
        too_small: ``(n_parameters,)``, weights at 0 that no penalty has put there; None when there are none.
        limits: ``(n_layers,)``, how far the axes of the weights have come to reach; empty: as at the run's beginning.
    """

    step: int = 0
    epoch: float = 0.0
    has_diverged: bool = False
    too_small: Booleans | None = None
    limits: tuple[float, ...] = ()

    @classmethod
    def of(cls, snapshot: TrainSnapshot) -> Moment:
        """That of ``snapshot``."""
        limits = tuple(layer.limit for layer in snapshot.layers)
        return cls(snapshot.step, snapshot.epoch, snapshot.has_diverged, snapshot.too_small, limits)


BEGINNING = Moment()
