"""What a fit ends in, and who is told how it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from regdesk.core.errors import RegdeskError
from regdesk.core.model.network import Network
from regdesk.core.types import Float64s, Floats, TrainSettings
from regdesk.tasks.fits.starts import Start


@dataclass(frozen=True)
class FinishedFit:
    """A fit that has ended.

    Attributes:
        parameters: ``(n_parameters,)`` in the dtype they were trained in: float64 for linear models, float32 for
            networks.
        outputs: ``(n_rows, n_outputs)``, for every row of the dataset: the standardised target, the log-odds of the
            second class, or a logit for each of more classes. In float64, as a model predicts.
        kkt_residual: ∞-norm of the smallest subgradient of J at ``parameters``.
        duality_gap: the most that J can be above its minimum; None without a penalty and of networks.
        converged: there is a minimum and it has been reached; ``reason`` is a sentence that says why not.
        is_unique: whether no other parameters do as well; None where that is not known, as of networks.
        n_epochs: passes over the training rows; iterations of the convex solver.
        seconds: training alone, of all starts.
        is_trained: step by step, and not solved for: weights that L2 shrinks then end below their dtype.
        starts: one for each seed, of which this is the lowest; empty of a solved model, which needs one alone.
    """

    network: Network
    parameters: Floats
    outputs: Float64s
    kkt_residual: float
    converged: bool
    n_epochs: int
    seconds: float
    reason: str = ""
    is_unique: bool | None = None
    duality_gap: float | None = None
    is_trained: bool = False
    starts: tuple[Start, ...] = ()


@dataclass(frozen=True)
class FitListener:
    """Who is told how a fit goes on; any of it may raise to stop the fit.

    Attributes:
        compiling: the engine has to be compiled first, which takes some twenty seconds.
        epochs: epochs done and the most there will be.
    """

    compiling: Callable[[], None] = lambda: None
    epochs: Callable[[int, int], None] = lambda _done, _most: None


class DivergedError(RegdeskError):
    """Training left all bounds. ``str()`` is one sentence on the settings that did it and what to try."""

    def __init__(self, step: int, settings: TrainSettings) -> None:
        super().__init__(
            f"training diverged at step {step} with λ = {settings.effective_lam:g} and learning rate "
            f"{settings.learning_rate:g}: the loss left all bounds; set a smaller learning rate."
        )
