"""What a sweep over λ is to do; apart from ``sweeping``, so that arguments are read without what does it."""

from __future__ import annotations

from dataclasses import dataclass

N_LAMBDAS = 50
N_FOLDS = 5


@dataclass(frozen=True)
class SweepPlan:
    """Which λ, and how many folds. ``lambdas`` None: ``n_lambdas`` of them, from λ_max down."""

    lambdas: tuple[float, ...] | None = None
    n_lambdas: int = N_LAMBDAS
    n_folds: int = N_FOLDS
