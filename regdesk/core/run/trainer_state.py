"""All that a trainer needs, beside its dataset and its layers, to go on as if it had never been interrupted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.types import Booleans, Float64s, Floats, Integers, TrainSettings


@dataclass(frozen=True, eq=False)
class OptimizerState:
    """One model of the engine between two steps; arrays are read-only copies, in the dtype of training.

    Attributes:
        parameters: ``(n_parameters,)``.
        sound: ``(n_parameters,)``, the last that were seen to be finite: what a model goes back to that diverges.
        first_moment, second_moment: ``(n_parameters,)``, the running means of gradients and of their squares.
        beta_powers: ``(2,)``, by which Adam corrects the two means.
        steps, epochs: optimiser steps, and whole passes over the training rows.
        cursor: training rows of the present epoch that are done, 0 between epochs.
        order: ``(n_train,)``, the order of the rows in the present epoch; empty between epochs, when it is drawn anew.
        has_diverged: it waits for other settings.
        loss_limit: a training loss above this is called divergence.
        seed: of the order of the rows.
        floor_steps_left: steps over which Adam's floor comes down after a rise of λ.
    """

    parameters: Floats
    sound: Floats
    first_moment: Floats
    second_moment: Floats
    beta_powers: Float64s
    steps: int
    epochs: int
    cursor: int
    order: NDArray[np.int32]
    has_diverged: bool
    loss_limit: float
    seed: int
    floor_steps_left: int

    def is_of_rows(self, train_rows: Integers) -> bool:
        """Whether ``order`` and ``cursor`` are those of training on ``train_rows`` ``(n_train,)``, which ascend."""
        if not self.cursor and not len(self.order):
            return True
        return 0 < self.cursor < len(train_rows) and np.array_equal(np.sort(self.order), train_rows)


@dataclass(frozen=True, eq=False)
class TrainerState:
    """A trainer between two chunks.

    Attributes:
        optimizer: the model and its optimiser.
        settings: what it was last trained under; None before the first step.
        still_metric: of a model that was put at its minimum, until settings change; 0 of all others.
        limits: ``(n_layers,)``, how far the axes of the weights have come to reach.
        is_zero: ``(n_parameters,)``, weights that a penalty has put at exactly 0, or that came so.
        zeros_step: the step at which that was noted last, −1 for never.
        has_change: settings or weights have changed since the last row.
        rows: ``(n_rows, n_fields)`` of the history, changes: of settings; those that no snapshot has handed out yet.
        n_taken: how often the trainer has taken anything from outside since the seed's weights, as ``Taken`` says.
    """

    optimizer: OptimizerState
    settings: TrainSettings | None
    still_metric: float
    limits: tuple[float, ...]
    is_zero: Booleans
    zeros_step: int
    has_change: bool
    rows: Float64s
    changes: tuple[SettingsChange, ...]
    n_taken: int = 0

    @property
    def step(self) -> int:
        return self.optimizer.steps

    @property
    def epoch(self) -> float:
        """Passes over the training rows."""
        own = self.optimizer
        return own.epochs + (own.cursor / len(own.order) if own.cursor else 0.0)

    @property
    def n_bytes(self) -> int:
        """Memory that its arrays take."""
        own = self.optimizer
        arrays = own.parameters, own.sound, own.first_moment, own.second_moment, own.order, self.is_zero, self.rows
        return sum(array.nbytes for array in arrays)
