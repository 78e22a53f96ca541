"""What a sweep does: folds, problem and grid of a linear model, chains and moments of a network."""

from __future__ import annotations

from collections.abc import Generator

from regdesk.core.linear.cross_validation import sweep
from regdesk.core.linear.problem import problem_of
from regdesk.core.model.scale import ModelScale
from regdesk.core.networks.curve import NetworkFacts, complete_points, network_curve_of
from regdesk.core.networks.path import NetworkPlan, network_sweep
from regdesk.core.networks.points import NetworkSweep
from regdesk.core.settings.configuration import Configuration
from regdesk.core.stopping import Stop
from regdesk.core.sweep.curve import SweepCurve
from regdesk.core.sweep.weight_path import facts_of, knots_of
from regdesk.core.training.cores import Cores
from regdesk.data.prepare.folds import prepare_folds
from regdesk.tasks.loading import Loaded
from regdesk.tasks.sweep_plan import SweepPlan
from regdesk.tasks.sweep_tasks import LinearSweepTask, NetworkSweepTask


def linear_sweep_task(loaded: Loaded, configuration: Configuration, plan: SweepPlan, stop: Stop) -> LinearSweepTask:
    """Prepare the folds of ``loaded`` and begin with a linear model. Raises DataError, and Stopped as ``stop`` says."""
    settings = configuration.training
    folds = prepare_folds(loaded.table, loaded.settings, loaded.seed, plan.n_folds, stop)
    whole = folds.whole
    problem = problem_of(whole, settings)
    lambdas = problem.lambda_grid(plan.n_lambdas)
    return LinearSweepTask(
        len(lambdas),
        len(folds.folds),
        sweep(whole, folds.folds, settings, lambdas, stop),
        ModelScale.of(whole),
        facts_of(problem, whole),
        # The standardised rows are made once more and not kept beside those of the sweep.
        lambda last: knots_of(problem_of(whole, settings), last),
    )


def network_sweep_task(loaded: Loaded, configuration: Configuration, plan: SweepPlan, stop: Stop) -> NetworkSweepTask:
    """Prepare the folds of ``loaded`` for a network. Raises DataError, and Stopped as ``stop`` says."""
    settings, architecture, seed = configuration.training, configuration.architecture, loaded.seed
    folds = prepare_folds(loaded.table, loaded.settings, seed, plan.n_folds, stop)
    whole, parts = folds.whole, folds.folds
    facts = NetworkFacts.of(whole, architecture, settings)
    seeds = tuple(range(seed, seed + plan.n_starts))
    networks = NetworkPlan(n_lambdas=plan.n_lambdas, seeds=seeds)

    def sweeps(cores: Cores) -> Generator[NetworkSweep, None, None]:
        return network_sweep(whole, parts, architecture, settings, networks, cores, stop)

    def curve_of(moment: NetworkSweep, is_done: bool) -> SweepCurve | None:
        if not complete_points(moment.points):
            return None
        grid = moment.lambdas
        return network_curve_of(moment.points, settings, len(grid), len(parts), is_done, facts, grid)

    return NetworkSweepTask(ModelScale.of(whole), sweeps, curve_of)
