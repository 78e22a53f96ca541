"""A network's sweep so far, as the curve and the path that are drawn of linear models, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from regdesk.core.linear.problem import problem_of
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_for
from regdesk.core.model.scoring import best_lambda, losses_to_choose_by, one_standard_error_lambda
from regdesk.core.model.shortfalls import NoCriteria
from regdesk.core.networks.points import NetworkPoint
from regdesk.core.sweep.curve import SweepCurve
from regdesk.core.sweep.network_findings import NetworkFindings
from regdesk.core.sweep.path_events import events_of
from regdesk.core.sweep.weight_path import PathFacts, UnitCounts, WeightPath, facts_of
from regdesk.core.types import Architecture, Float64s, TrainSettings
from regdesk.core.weights.liveness import liveness_of


@dataclass(frozen=True, eq=False)
class NetworkFacts:
    """What stands still along the path of a network."""

    network: Network
    path: PathFacts

    @classmethod
    def of(cls, whole: Dataset, architecture: Architecture, settings: TrainSettings) -> NetworkFacts:
        """Of the rows that ``whole`` trains on."""
        network = Network.of(architecture, whole.n_inputs, whole.n_outputs, whole.input_groups, whole.input_factors)
        linear = facts_of(problem_of(whole, settings), whole)
        # A norm over units has no unit of the data, whatever the inputs were divided by.
        path = replace(
            linear,
            output_names=(whole.target,),
            input_scales=np.ones(whole.n_inputs),
            target_scale=1.0,
            penalty=penalty_for(settings, network),
            is_network=True,
        )
        return cls(network, path)


def complete_points(points: Sequence[NetworkPoint | None]) -> list[NetworkPoint]:
    """Those of all rows and every fold, by descending λ."""
    found = [point for point in points if point is not None and np.isfinite(point.validation_loss)]
    return sorted(found, key=lambda point: -point.lam)


def network_curve_of(
    points: Sequence[NetworkPoint | None],
    settings: TrainSettings,
    n_lambdas: int,
    n_folds: int,
    is_done: bool,
    facts: NetworkFacts,
    grid: Float64s | None = None,
) -> SweepCurve:
    """A frozen copy of what ``points``, in any order, say; only those of all rows and every fold are in it.

    ``grid`` ``(n_lambdas,)`` are all λ there will be, None for those of the points. What only linear models have is NaN
    or of no length. Raises ValueError when no point is complete.
    """
    done = complete_points(points)
    if not done:
        raise ValueError("no λ has been solved on all rows and every fold")

    column = partial(_column, done)
    lambdas, losses, errors = column("lam"), column("validation_loss"), column("validation_se")
    choosable = losses_to_choose_by(done)
    findings = _findings_of(done, facts, lambdas if grid is None else grid)
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
        best=best_lambda(lambdas, choosable),
        one_standard_error=one_standard_error_lambda(lambdas, choosable, errors),
        degrees_of_freedom=nothing,
        aic=nothing,
        bic=nothing,
        lowest_aic=None,
        lowest_bic=None,
        no_criteria_reasons=(NoCriteria.NETWORK,) * len(done),
        shortfalls=tuple(() if (one := point.shortfall()) is None else (one,) for point in done),
        path=network_path_of(done, facts, findings),
        network=findings,
    )


def _column(points: Sequence[NetworkPoint], name: str) -> Float64s:
    return np.array([getattr(point, name) for point in points], dtype=np.float64)


def _findings_of(points: Sequence[NetworkPoint], facts: NetworkFacts, grid: Float64s) -> NetworkFindings:
    column = partial(_column, points)
    return NetworkFindings(
        network=facts.network,
        grid=grid,
        numbers=np.searchsorted(-grid, -column("lam")).astype(np.int64),
        parameters=np.array([point.parameters for point in points]),
        objective=column("objective"),
        objective_up=column("objective_up"),
        objective_down=column("objective_down"),
        converged_up=column("converged_up").astype(np.bool_),
        converged_down=column("converged_down").astype(np.bool_),
        is_collapsed=column("is_collapsed").astype(np.bool_),
    )


def network_path_of(points: Sequence[NetworkPoint], facts: NetworkFacts, findings: NetworkFindings) -> WeightPath:
    """The norm of each input's weights in the first layer, and the units that live, of ``points`` by descending λ."""
    network = facts.network
    lambdas = np.array([point.lam for point in points])
    norms = np.array([input_norms(network, point.parameters) for point in points])
    losses = np.array([point.data_loss for point in points])
    weights = norms[:, :, np.newaxis]
    return WeightPath(
        facts=facts.path,
        lambdas=lambdas,
        weights=weights,
        l1_norms=np.array([np.abs(point.parameters[network.is_weight]).sum() for point in points]),
        explained=facts.path.explained(losses),
        n_active=np.count_nonzero(norms, axis=1),
        events=events_of(lambdas, weights),
        units=UnitCounts(
            live=np.array([liveness_of(network, point.parameters).n_live_units for point in points], dtype=np.int64),
            total=sum(network.sizes[1:-1]),
            is_followed=findings.is_followed,
        ),
    )


def input_norms(network: Network, parameters: Float64s) -> Float64s:
    """``(n_inputs,)``: ‖·‖₂ of the weights that leave each input."""
    return np.asarray(np.linalg.norm(network.weights(parameters, 0), axis=1))
