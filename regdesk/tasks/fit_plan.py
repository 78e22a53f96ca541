"""How long a headless fit trains; beside the command line, which needs it before anything that trains is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from regdesk.core.types import Architecture

MAX_EPOCHS = 20_000


@dataclass(frozen=True)
class FitPlan:
    """How long a fit trains.

    Attributes:
        n_epochs: exactly so many passes over the training rows, or None: until the residual is small.
        tolerance: largest kkt residual that counts as converged; None is 1e-8 for linear models, 1e-5 for networks.
        max_epochs: where it ends at the latest without ``n_epochs``.
        is_optimizer_chosen: whether the user named an optimiser; otherwise linear models are solved exactly.
    """

    n_epochs: int | None = None
    tolerance: float | None = None
    max_epochs: int = MAX_EPOCHS
    is_optimizer_chosen: bool = False

    def is_exact(self, architecture: Architecture) -> bool:
        """Whether a model is solved for its minimum: a linear one, unless the user wants an optimiser or epochs."""
        return architecture.is_linear and not self.is_optimizer_chosen and self.n_epochs is None
