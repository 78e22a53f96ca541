"""A network's sweep over λ without a window: both cores, progress, an end at any moment, and what is chosen."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from regdesk.compiling import engine_cache
from regdesk.core.errors import RegdeskError
from regdesk.core.model.network import Network
from regdesk.core.model.scoring import best_lambda, losses_to_choose_by, one_standard_error_lambda
from regdesk.core.settings.configuration import Configuration
from regdesk.core.sweep.remaining_time import RemainingTime, SweepProgress
from regdesk.crews.choice import CrewChoice
from regdesk.crews.opening import opened_crew
from regdesk.data.csv.table import Table
from regdesk.data.prepare.folds import Folds, prepare_folds
from regdesk.tasks.sweep_plan import SweepPlan

if TYPE_CHECKING:
    from regdesk.core.networks.path import NetworkPlan
    from regdesk.core.networks.points import NetworkPoint

_log = logging.getLogger("regdesk.sweep")


@dataclass(frozen=True)
class NetworkResult:
    """A network's sweep that has ended.

    Attributes:
        points: by descending λ; ``parameters`` are those of ``network``.
        null_objective: J of the model without inputs.
        tolerance: residual that counted as converged, None where nothing did; 1e-5 for standardised targets.
        lambda_collapse: the smallest λ from which on the lowest J is ``null_objective``, to 1e-6; None for none.
        best, one_standard_error: numbers of the points that the two rules choose.
        seconds: training alone.
    """

    folds: Folds
    network: Network
    plan: SweepPlan
    points: tuple[NetworkPoint, ...]
    null_objective: float
    tolerance: float | None
    lambda_collapse: float | None
    best: int
    one_standard_error: int
    seconds: float


class AllDivergedError(RegdeskError):
    """No model of a sweep has a loss. ``str()`` is one sentence on what to try."""


@dataclass(frozen=True)
class SweepListener:
    """Who is told how a sweep goes on; any of it may raise to stop the sweep.

    Attributes:
        compiling: what solves networks has to be compiled first.
        models: how far it is, after every model; 0 of 0 while the range of λ is looked for.
    """

    compiling: Callable[[], None] = lambda: None
    models: Callable[[SweepProgress], None] = lambda _: None


def sweep_network(
    table: Table,
    configuration: Configuration,
    plan: SweepPlan,
    listener: SweepListener | None = None,
    workers: CrewChoice | None = None,
) -> NetworkResult:
    """Sweep a network on ``table`` over λ; ``workers`` None: on threads, one for every core.

    Raises DataError, one sentence, when the data or the folds do not allow it, AllDivergedError when no λ has a model,
    CrewLost when the workers cannot do it.
    """
    listener = listener or SweepListener()
    # Closed within one pass over the rows, also on Ctrl-C; no thread works on.
    with closing(network_steps(table, configuration, plan, listener.compiling, workers)) as steps:
        while True:
            try:
                progress = next(steps)
            except StopIteration as end:
                found: NetworkResult = end.value
                return found
            listener.models(progress)


def network_steps(
    table: Table,
    configuration: Configuration,
    plan: SweepPlan,
    compiling: Callable[[], None] = lambda: None,
    workers: CrewChoice | None = None,
) -> Generator[SweepProgress, None, NetworkResult]:
    """As ``sweep_network``, model by model; what the generator returns is the whole sweep.

    ``compiling`` is called where what solves networks has to be compiled first.
    """
    folds = prepare_folds(table, configuration.data, configuration.seed, plan.n_folds)
    parts = _fill_engine(configuration, plan, compiling)
    # Not at the top: these bring in numba, which must find its cache folder chosen.
    from regdesk.core.networks.path import network_sweep
    from regdesk.core.networks.solver import NetworkProblem

    whole, architecture = folds.whole, configuration.architecture
    started_s = time.perf_counter()
    moment, remaining = None, RemainingTime()
    with opened_crew(workers, parts) as crew:
        network_plan = _network_plan(plan, configuration.seed)
        sweeps = network_sweep(whole, folds.folds, architecture, configuration.training, network_plan, crew)
        with closing(sweeps):
            for moment in sweeps:
                elapsed_s = time.perf_counter() - started_s
                work = moment.work_done, moment.work_left
                yield remaining.progress(elapsed_s, moment.n_done, moment.n_units, work)
    seconds = time.perf_counter() - started_s
    _log.info("The sweep has ended on %s: %.2f s.", workers or "threads", seconds)
    assert moment is not None
    points = tuple(point for point in moment.points if point is not None)
    losses = losses_to_choose_by(points)
    if not np.isfinite(losses).any():
        raise AllDivergedError("training diverged at every λ: the loss left all bounds; set a smaller learning rate.")
    errors = np.array([point.validation_se for point in points])
    problem = NetworkProblem.of(whole, architecture)
    null_objective = problem.null_model().objective
    if plan.n_epochs is not None:
        points = _without_the_untrained(points, null_objective)
    return NetworkResult(
        folds=folds,
        network=Network.of(architecture, whole.n_inputs, whole.n_outputs, whole.input_groups, whole.input_factors),
        plan=plan,
        points=points,
        null_objective=null_objective,
        tolerance=None if plan.n_epochs is not None else network_plan.limits.tolerance_for(problem),
        lambda_collapse=replace(moment, points=points).lambda_collapse,
        best=best_lambda(moment.lambdas, losses),
        one_standard_error=one_standard_error_lambda(moment.lambdas, losses, errors),
        seconds=seconds,
    )


def _fill_engine(configuration: Configuration, plan: SweepPlan, compiling: Callable[[], None]) -> tuple[str, ...]:
    """The parts of the engine that the sweep needs; they are in its cache now."""
    has_steps = plan.n_epochs is not None or configuration.architecture.activation == "relu"
    parts = (engine_cache.NETWORKS, "float32") if has_steps else (engine_cache.NETWORKS,)
    engine_cache.prepare_cache_folder()
    if not all(engine_cache.is_filled(part) for part in parts):
        compiling()
    for part in parts:
        engine_cache.fill(part)
    return parts


def _without_the_untrained(points: tuple[NetworkPoint, ...], null_objective: float) -> tuple[NetworkPoint, ...]:
    """After so many epochs a model may be worse than the one without inputs: such a one has not collapsed."""
    from regdesk.core.networks.chains import COLLAPSE_SHARE

    most = null_objective * (1.0 + COLLAPSE_SHARE)
    return tuple(replace(point, is_collapsed=point.is_collapsed and point.objective <= most) for point in points)


def _network_plan(plan: SweepPlan, seed: int) -> NetworkPlan:
    from regdesk.core.networks.path import NetworkPlan
    from regdesk.core.networks.solver import SWEEP_LIMITS

    limits = SWEEP_LIMITS
    if plan.tolerance is not None:
        # Who names a residual is not content with a model that has stopped falling before.
        limits = replace(limits, tolerance=plan.tolerance, fall=0.0, is_relative=False)
    if plan.max_epochs is not None:
        limits = replace(limits, max_passes=plan.max_epochs)
    return NetworkPlan(
        lambdas=None if plan.lambdas is None else tuple(sorted(set(plan.lambdas), reverse=True)),
        n_lambdas=plan.n_lambdas,
        seeds=tuple(range(seed, seed + plan.n_starts)),
        n_epochs=plan.n_epochs,
        limits=limits,
    )
