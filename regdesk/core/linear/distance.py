"""The optimum of a linear model under a penalty as a value, and how far a live model is above it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.linear.solution import LinearSolution
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
        solution: None when there is no such model; ``unavailable_reason`` then says why.
        null_loss: that of no inputs at all, which says what counts as 0.
        degrees_of_freedom: of that model, those of the biases counted; NaN where they are not defined or not known.
    """

    penalty_key: PenaltyKey
    solution: LinearSolution | None
    null_loss: float
    unavailable_reason: Unsolvable | None = None
    degrees_of_freedom: float = float("nan")

    @cached_property
    def parameters(self) -> Float64s | None:
        """``(n_parameters,)``, read-only, as ``Network`` lays them out; None when there is no such model."""
        if self.solution is None:
            return None
        parameters = self.solution.parameters
        parameters.flags.writeable = False
        return parameters

    @property
    def objective(self) -> float:
        """J there; NaN when there is no such model."""
        return float("nan") if self.solution is None else self.solution.objective

    @property
    def is_unique(self) -> bool:
        """Whether no other weights do as well, as far as somebody has looked; else these have the least ‖W‖₂."""
        return self.solution is None or self.solution.is_unique is not False

    def excess(self, objective: float) -> float:
        """(J − J*)/J* of a model with this ``objective``; 0 where it is below J* by rounding, infinite above J* = 0."""
        above = objective - self.objective
        if above <= AT_THE_OPTIMUM * ZERO_SHARE * self.null_loss or above <= 0.0:
            return 0.0
        return above / self.objective if self.objective > ZERO_SHARE * self.null_loss else float("inf")
