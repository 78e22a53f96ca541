"""The losses of the running model at each λ it has visited, whatever the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import Float64s

MOST_LAMBDAS = 200
"""A drag of the slider passes through a few hundred; those visited longest ago go first."""


@dataclass(frozen=True, eq=False)
class TrailColumns:
    """One row for each λ visited, by ascending λ; arrays are ``(n_visited,)``."""

    lambdas: Float64s
    train_loss: Float64s
    validation_loss: Float64s


Pair = tuple[float, float]


@dataclass(frozen=True)
class TrailMemory:
    """All that a trail holds: λ with its training and validation loss, those visited longest ago first; the penalty
    with its L1 share; the λ in force, the model on arrival there, what was known there before, and the newest model.
    """

    losses: tuple[tuple[float, float, float], ...] = ()
    penalty: tuple[str, float] | None = None
    lam: float | None = None
    arrival: Pair | None = None
    before: Pair | None = None
    model: Pair | None = None


class LiveTrail:
    """Keeps the newest losses at each λ; another penalty or L1 share begins anew, as its λ are others.

    A λ that is left again before the model has changed under it, as when a paused model's is dragged, leaves no trace.
    """

    def __init__(self) -> None:
        self._losses: dict[float, Pair] = {}
        self._penalty: tuple[str, float] | None = None
        # The λ in force, the model as it was last seen before, and what was known there before.
        self._lam: float | None = None
        self._arrival: Pair | None = None
        self._before: Pair | None = None
        self._model: Pair | None = None

    def memory(self) -> TrailMemory:
        """All of it."""
        losses = tuple((lam, *pair) for lam, pair in self._losses.items())
        return TrailMemory(losses, self._penalty, self._lam, self._arrival, self._before, self._model)

    def bring_back(self, memory: TrailMemory) -> None:
        """Hold what ``memory`` does in place of the present λ."""
        self._losses = {lam: (train, validation) for lam, train, validation in memory.losses}
        self._penalty, self._lam = memory.penalty, memory.lam
        self._arrival, self._before, self._model = memory.arrival, memory.before, memory.model

    def note_snapshot(self, snapshot: TrainSnapshot) -> None:
        """The newest moment of the run."""
        settings = snapshot.settings
        penalty = (settings.penalty, settings.effective_l1_ratio)
        if penalty != self._penalty:
            self._losses, self._penalty, self._lam = {}, penalty, None
        lam, model = settings.effective_lam, (snapshot.epoch, snapshot.train_loss)
        if lam != self._lam:
            if self._lam is not None and self._model == self._arrival:
                self._losses.pop(self._lam)
                if self._before is not None:
                    self._losses[self._lam] = self._before
            self._lam, self._arrival, self._before = lam, self._model or (0.0, model[1]), self._losses.get(lam)
        self._model = model
        # Taken out first: a dict keeps the place of what it holds already.
        self._losses.pop(lam, None)
        self._losses[lam] = (snapshot.train_loss, snapshot.validation_loss)
        if len(self._losses) > MOST_LAMBDAS:
            del self._losses[next(iter(self._losses))]

    def columns(self, other: TrainSnapshot | None = None) -> TrailColumns:
        """``other`` is a model shown in place of the one at rest; at its λ the losses are its own."""
        shown = dict(self._losses)
        if other is not None:
            shown[other.settings.effective_lam] = (other.train_loss, other.validation_loss)
        lambdas = sorted(shown)
        losses = np.array([shown[lam] for lam in lambdas], dtype=np.float64).reshape(-1, 2)
        return TrailColumns(np.array(lambdas, dtype=np.float64), losses[:, 0], losses[:, 1])
