"""The optimum of a linear model under a penalty as a value, and how far a live model is above it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regdesk.core.words.narration import number_text

if TYPE_CHECKING:
    from regdesk.core.types import Float64s, TrainSettings

Pressure = tuple[str, float, float]
"""Penalty, λ and L1 share as they act: equal for settings that have one optimum."""

AT_THE_OPTIMUM = 1e-8
LEAST_SHARE = 1e-5
"""An excess below it, as a share, is not spelt out."""
ZERO_SHARE = 1e-9
"""An optimum below this share of the null model's loss counts as 0: nothing can be a multiple of it."""


def pressure_of(settings: TrainSettings) -> Pressure:
    """What of ``settings`` the optimum depends on; whatever the penalty is called, λ = 0 is none."""
    lam = settings.effective_lam
    if lam == 0.0:
        return "none", 0.0, 0.0
    return settings.penalty, lam, 0.0 if settings.is_grouped else settings.effective_l1_ratio


@dataclass(frozen=True, eq=False)
class Optimum:
    """The exact model of the training rows under ``pressure``.

    Attributes:
        parameters: ``(n_parameters,)``, read-only, as ``Network`` lays them out; None when there is no such model.
        objective: J there; ``null_loss`` is that of no inputs at all, which says what counts as 0.
        obstacle: why there is none, one sentence; empty when there is one.
        is_unique: whether no other weights do as well; else these have the least Euclidean norm.
    """

    pressure: Pressure
    parameters: Float64s | None
    objective: float
    null_loss: float
    obstacle: str = ""
    is_unique: bool = True

    def excess(self, objective: float) -> float:
        """(J − J*)/J* of a model with this ``objective``; 0 where it is below J* by rounding, infinite above J* = 0."""
        above = objective - self.objective
        if above <= AT_THE_OPTIMUM * ZERO_SHARE * self.null_loss or above <= 0.0:
            return 0.0
        return above / self.objective if self.objective > ZERO_SHARE * self.null_loss else float("inf")


def excess_text(optimum: Optimum, objective: float) -> str:
    """How far J = ``objective`` is above the optimum, such as "0.3 % above the optimum"."""
    if optimum.obstacle:
        return "no finite optimum"
    excess = optimum.excess(objective)
    if excess <= AT_THE_OPTIMUM:
        return "at the optimum" if optimum.is_unique else "at the optimum, one of many"
    if excess == float("inf"):
        return f"{number_text(objective - optimum.objective)} above the optimum, which is 0"
    if excess < LEAST_SHARE:
        return "under 0.001 % above the optimum"
    if excess < 1.0:
        return f"{_percent_text(100.0 * excess)} % above the optimum"
    return f"{number_text(float(f'{1.0 + excess:.2g}'))} times the optimum"


def _percent_text(percent: float) -> str:
    """One digit below 1 and above 10, two between: what can be read while it moves."""
    if percent >= 9.95:
        return f"{percent:.0f}"
    if percent >= 0.095:
        return f"{percent:.1f}"
    return f"{percent:.2f}" if percent >= 0.0095 else f"{percent:.3f}"
