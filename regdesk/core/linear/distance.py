"""The optimum of a linear model under a penalty as a value, and how far a live model is above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.model.shortfalls import Unsolvable
    from regdesk.core.types import Float64s, TrainSettings

PenaltyKey = tuple[str, float, float]
"""Penalty, λ and L1 share as they act: equal for settings that have one optimum."""

AT_THE_OPTIMUM = 1e-8
ZERO_SHARE = 1e-9
"""An optimum below this share of the null model's loss counts as 0: nothing can be a multiple of it."""


def penalty_key_of(settings: TrainSettings) -> PenaltyKey:
    """What of ``settings`` the optimum depends on; whatever the penalty is called, λ = 0 is none."""
    lam = settings.effective_lam
    if lam == 0.0:
        return "none", 0.0, 0.0
    return settings.penalty, lam, settings.effective_l1_ratio


@dataclass(frozen=True, eq=False)
class Optimum:
    """The exact model of the training rows under ``penalty_key``.

    Attributes:
        parameters: ``(n_parameters,)``, read-only, as ``Network`` lays them out; None when there is no such model.
        objective: J there; ``null_loss`` is that of no inputs at all, which says what counts as 0.
        obstacle: why there is none; None when there is one.
        is_unique: whether no other weights do as well; else these have the least Euclidean norm.
    """

    penalty_key: PenaltyKey
    parameters: Float64s | None
    objective: float
    null_loss: float
    unavailable_reason: Unsolvable | None = None
    is_unique: bool = True

    def excess(self, objective: float) -> float:
        """(J − J*)/J* of a model with this ``objective``; 0 where it is below J* by rounding, infinite above J* = 0."""
        above = objective - self.objective
        if above <= AT_THE_OPTIMUM * ZERO_SHARE * self.null_loss or above <= 0.0:
            return 0.0
        return above / self.objective if self.objective > ZERO_SHARE * self.null_loss else float("inf")
