"""What crosses from the training thread to the window: one moment of a run, frozen and complete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regdesk.core.model.network import Network, weights_digest

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitFrame
    from regdesk.core.model.shortfalls import Doubt, Separated
    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.run.next_step import NextStep
    from regdesk.core.types import Booleans, Float64s, Floats, TrainSettings
    from regdesk.core.weights.summaries import LayerSummary

GAP_ROUNDING = 1e-12


@dataclass(frozen=True)
class TrainSnapshot:
    """Everything the window shows of one moment; all of it belongs to the same step, or says of which it is.

    Attributes:
        run: number of the run; grows by one with every new trainer.
        step, epoch: optimiser steps and passes over the training rows; a whole epoch is a whole number.
        settings: what the model was trained under.
        parameters: ``(n_parameters,)``, a read-only copy.
        train_loss, validation_loss: mean data loss on the training scale; NaN without rows.
        penalty_value, objective: R(W) without λ, and J.
        n_weights, n_nonzero: all weights, and those that are not exactly 0.
        too_small: ``(n_parameters,)``, weights that no penalty has put at 0, but that are too small for their dtype to
            hold: L2 shrinks for ever. None when there are none.
        rows: history since the last snapshot, ``(n_rows, n_fields)``.
        kkt_residual: ∞-norm of the smallest subgradient of J, over weights and biases.
        is_converged: ``kkt_residual`` is below what the dtype can tell from zero, and there is a minimum.
        doubt: why there need not be one although the residual is so small; None else.
        is_collapsed: the weights of a network with hidden layers are gone, and gradients no more than rounding.
        has_diverged: training stopped at the last sound parameters.
        stands_for: the moment that was trained, where this one is the exact model in its place; else None.
        changes: of settings since the last snapshot, oldest first.
        last_measured: where there was no time to go through all rows, the moment at which that was done last. Losses,
            penalty, J, residual and verdicts are copies of its own, and so may the settings be that they were found
            under; the rest is of this moment. None where everything is.
        gradient: ``(n_parameters,)``, of the mean data loss of all training rows, read-only; None where not known.
        next_step: what the optimiser is about to do; None for a model that was not trained, such as an exact one.
    """

    run: int
    step: int
    epoch: float
    settings: TrainSettings
    network: Network
    parameters: Floats
    train_loss: float
    validation_loss: float
    penalty_value: float
    objective: float
    n_weights: int
    n_nonzero: int
    layers: tuple[LayerSummary, ...]
    fit: FitFrame
    rows: Float64s
    kkt_residual: float
    is_converged: bool
    is_collapsed: bool
    has_diverged: bool
    changes: tuple[SettingsChange, ...] = ()
    too_small: Booleans | None = None
    stands_for: TrainSnapshot | None = None
    doubt: Doubt | Separated | None = None
    last_measured: TrainSnapshot | None = None
    gradient: Float64s | None = None
    next_step: NextStep | None = None

    @property
    def measured(self) -> TrainSnapshot:
        """The moment that losses and verdicts are of, all of a piece: this one, or ``last_measured``."""
        return self if self.last_measured is None else self.last_measured

    @property
    def gap(self) -> float:
        """Generalization gap: validation minus training loss; 0 where the two differ by rounding alone."""
        gap = self.validation_loss - self.train_loss
        return 0.0 if abs(gap) <= GAP_ROUNDING * abs(self.train_loss) else gap

    @property
    def n_too_small(self) -> int:
        return sum(layer.n_too_small for layer in self.layers)

    @property
    def n_negligible(self) -> int:
        """Weights that are not exactly 0 and yet too small to matter."""
        return sum(layer.n_negligible for layer in self.layers)

    @property
    def n_alive(self) -> int:
        return sum(layer.n_alive for layer in self.layers)

    @property
    def is_exact(self) -> bool:
        """Whether it is the exact model under its settings, shown in place of one that is paused."""
        return self.stands_for is not None

    def digest(self) -> str:
        """Of the weights that were trained."""
        return weights_digest(self.parameters) if self.stands_for is None else self.stands_for.digest()
