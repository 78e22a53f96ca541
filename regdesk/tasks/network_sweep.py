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
from regdesk.core.model.scale import ModelScale
from regdesk.core.model.scoring import best_lambda, losses_to_choose_by, one_standard_error_lambda
from regdesk.core.settings.configuration import Configuration
from regdesk.core.stopping import Stop
from regdesk.core.sweep.remaining_time import RemainingTime, SweepProgress
from regdesk.core.units import Crew
from regdesk.crews.choice import CrewChoice
from regdesk.data.csv.table import Table
from regdesk.data.prepare.folds import Folds, prepare_folds
from regdesk.tasks.draining import Drain
from regdesk.tasks.sweep_crews import headless_crew
from regdesk.tasks.sweep_steps import CrewOpening, NetworkStep, PreparedSweep

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

    prepared: PreparedSweep
    network: Network
    points: tuple[NetworkPoint, ...]
    null_objective: float
    tolerance: float | None
    lambda_collapse: float | None
    best: int
    one_standard_error: int
    seconds: float

    @property
    def folds(self) -> Folds:
        return self.prepared.folds


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
    listener: SweepListener | None = None,
    workers: CrewChoice | None = None,
) -> NetworkResult:
    """Sweep a network on ``table`` over λ; ``workers`` None: on threads, one for every core.

    Raises DataError, one sentence, when the data or the folds do not allow it, AllDivergedError when no λ has a model,
    CrewLost when the workers cannot do it.
    """
    listener = listener or SweepListener()
    drain = Drain(network_steps(table, configuration, headless_crew(workers, False, listener.compiling)))
    # Closed within one pass over the rows, also on Ctrl-C; no thread works on.
    with closing(drain):
        for step in drain:
            listener.models(step.progress)
    return drain.value


def network_steps(
    table: Table, configuration: Configuration, open_crew: CrewOpening, stop: Stop | None = None
) -> Generator[NetworkStep, None, NetworkResult]:
    """Model by model; what the generator returns is the whole sweep.

    Raises as ``sweep_network``, and Stopped within one pass over the rows after ``stop`` says so.
    """
    stop = stop or Stop()
    folds = prepare_folds(table, configuration.data, configuration.seed, configuration.sweep.n_folds, stop)
    with open_crew(_parts_for(configuration)) as crew:
        return (yield from _models(configuration, folds, crew, stop))


def _models(
    configuration: Configuration, folds: Folds, crew: Crew | None, stop: Stop
) -> Generator[NetworkStep, None, NetworkResult]:
    # Not at the top: these bring in numba, which must find its cache folder chosen.
    from regdesk.core.networks.curve import NetworkFacts
    from regdesk.core.networks.path import network_sweep
    from regdesk.core.networks.solver import NetworkProblem

    whole, architecture, training = folds.whole, configuration.architecture, configuration.training
    started_s = time.perf_counter()
    moment, remaining = None, RemainingTime()
    facts = NetworkFacts.of(whole, architecture, training)
    prepared = PreparedSweep(folds, configuration, facts, ModelScale.of(whole))
    network_plan, n_epochs = _network_plan(configuration), configuration.ending.n_epochs
    with closing(network_sweep(whole, folds.folds, architecture, training, network_plan, crew, stop)) as sweeps:
        for moment in sweeps:
            elapsed_s = time.perf_counter() - started_s
            work = moment.work_done, moment.work_left
            progress = remaining.progress(elapsed_s, moment.n_done, moment.n_units, work)
            yield NetworkStep(prepared, replace(progress, phase=moment.phase), moment)
            # What another thread had just finished is not told any more.
            stop.check()
    stop.check()
    seconds = time.perf_counter() - started_s
    _log.info("The sweep has ended: %.2f s.", seconds)
    assert moment is not None
    points = tuple(point for point in moment.points if point is not None)
    losses = losses_to_choose_by(points)
    if not np.isfinite(losses).any():
        raise AllDivergedError("training diverged at every λ: the loss left all bounds; set a smaller learning rate.")
    errors = np.array([point.validation_se for point in points])
    problem = NetworkProblem.of(whole, architecture)
    null_objective = problem.null_model().objective
    if n_epochs is not None:
        points = _without_the_untrained(points, null_objective)
    return NetworkResult(
        prepared=prepared,
        network=facts.network,
        points=points,
        null_objective=null_objective,
        tolerance=None if n_epochs is not None else network_plan.limits.tolerance_for(problem),
        lambda_collapse=replace(moment, points=points).lambda_collapse,
        best=best_lambda(moment.lambdas, losses),
        one_standard_error=one_standard_error_lambda(moment.lambdas, losses, errors),
        seconds=seconds,
    )


def _parts_for(configuration: Configuration) -> tuple[str, ...]:
    """The parts of the engine that the sweep needs."""
    has_steps = configuration.ending.n_epochs is not None or configuration.architecture.activation == "relu"
    return (engine_cache.NETWORKS, "float32") if has_steps else (engine_cache.NETWORKS,)


def _without_the_untrained(points: tuple[NetworkPoint, ...], null_objective: float) -> tuple[NetworkPoint, ...]:
    """After so many epochs a model may be worse than the one without inputs: such a one has not collapsed."""
    from regdesk.core.networks.best_models import COLLAPSE_SHARE

    most = null_objective * (1.0 + COLLAPSE_SHARE)
    return tuple(replace(point, is_collapsed=point.is_collapsed and point.objective <= most) for point in points)


def _network_plan(configuration: Configuration) -> NetworkPlan:
    from regdesk.core.networks.path import NetworkPlan
    from regdesk.core.networks.solver import SWEEP_LIMITS

    wanted, ending, limits = configuration.sweep, configuration.ending, SWEEP_LIMITS
    if ending.tolerance is not None:
        # Who names a residual is not content with a model that has stopped falling before.
        limits = replace(limits, tolerance=ending.tolerance, fall=0.0, is_relative=False)
    if ending.max_epochs is not None:
        limits = replace(limits, max_passes=ending.max_epochs)
    return NetworkPlan(
        lambdas=None if wanted.lambdas is None else tuple(sorted(set(wanted.lambdas), reverse=True)),
        n_lambdas=wanted.n_lambdas,
        seeds=tuple(range(configuration.seed, configuration.seed + wanted.n_starts)),
        n_epochs=ending.n_epochs,
        limits=limits,
    )
