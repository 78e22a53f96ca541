"""What a sweep over λ is to do; apart from ``sweeping``, so that arguments are read without what does it."""

from __future__ import annotations

from dataclasses import dataclass

N_LAMBDAS = 50
N_FOLDS = 5


@dataclass(frozen=True)
class SweepPlan:
    """Which λ, and how many folds. ``lambdas`` None: ``n_lambdas`` of them, from λ_max down.

    The others are for networks alone; a linear model has one minimum, and is solved exactly.

    Attributes:
        n_starts: seeds of initial weights, counted from the configuration's own.
        n_epochs: plain cold starts of exactly so many passes over the rows; None: to convergence.
        tolerance: largest kkt residual that counts as converged; None: 1e-5, or where restarts gain nothing.
        max_epochs: passes over the rows after which a model is left; None: what the solver thinks enough.
    """

    lambdas: tuple[float, ...] | None = None
    n_lambdas: int = N_LAMBDAS
    n_folds: int = N_FOLDS
    n_starts: int = 1
    n_epochs: int | None = None
    tolerance: float | None = None
    max_epochs: int | None = None
