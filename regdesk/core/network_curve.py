"""A network's sweep, as the curve that is drawn of linear models, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regdesk.core.cross_validation import best_lambda, one_standard_error_lambda
from regdesk.core.dataset import Dataset
from regdesk.core.network import Network
from regdesk.core.network_points import NetworkPoint
from regdesk.core.sweep_curve import SweepCurve
from regdesk.core.types import Architecture, Float64s, TrainSettings


@dataclass(frozen=True, eq=False)
class NetworkFacts:
    """What stands still along the path of a network."""

    network: Network

    @classmethod
    def of(cls, whole: Dataset, architecture: Architecture, _settings: TrainSettings) -> NetworkFacts:
        return cls(Network.of(architecture, whole.n_inputs, whole.n_outputs, whole.input_groups))


def network_curve_of(
    points: Sequence[NetworkPoint | None],
    settings: TrainSettings,
    n_lambdas: int,
    n_folds: int,
    is_done: bool,
    _facts: NetworkFacts,
) -> SweepCurve:
    """A frozen copy of what ``points`` say; only those of all rows and every fold are in it.

    Raises ValueError when no point is complete.
    """
    done = [point for point in points if point is not None and np.isfinite(point.validation_loss)]
    if not done:
        raise ValueError("no λ has been solved on all rows and every fold")

    def column(name: str) -> Float64s:
        return np.array([getattr(point, name) for point in done], dtype=np.float64)

    lambdas, losses, errors = column("lam"), column("validation_loss"), column("validation_se")
    nothing = np.full(len(done), np.nan)
    return SweepCurve(
        settings=settings,
        n_lambdas=n_lambdas,
        n_folds=n_folds,
        is_done=is_done,
        lambdas=lambdas,
        train_loss=column("train_loss"),
        validation_loss=losses,
        validation_se=errors,
        accuracy=column("accuracy"),
        auroc=column("auroc"),
        n_nonzero=column("n_nonzero").astype(np.int64),
        converged=column("converged").astype(np.bool_),
        weights=np.empty((len(done), 0, 0)),
        biases=np.empty((len(done), 0)),
        best=best_lambda(lambdas, losses),
        one_standard_error=one_standard_error_lambda(lambdas, losses, errors),
        degrees_of_freedom=nothing,
        aic=nothing,
        bic=nothing,
        lowest_aic=None,
        lowest_bic=None,
        criteria_obstacles=("AIC and BIC are not defined for networks.",) * len(done),
    )
