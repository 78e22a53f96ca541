"""A sweep over λ without a window: folds, the path, and what is chosen; it reads the clock, which the core must not."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace

import numpy as np

from regdesk.compiling import engine_cache
from regdesk.core.linear.cross_validation import SweepPoint, sweep
from regdesk.core.linear.problem import problem_of
from regdesk.core.linear.solve import solve
from regdesk.core.model.scoring import best_lambda, losses_to_choose_by, one_standard_error_lambda
from regdesk.core.settings.configuration import Configuration
from regdesk.core.stopping import Stop
from regdesk.core.sweep.remaining_time import RemainingTime, SweepProgress
from regdesk.core.types import Float64s
from regdesk.core.words.shortfalls import NOTHING_PRESSED, shortfall_sentence
from regdesk.crews.choice import CrewChoice
from regdesk.crews.opening import opened_crew
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.prepare.folds import Folds, prepare_folds
from regdesk.tasks.sweep_plan import SweepPlan

_log = logging.getLogger("regdesk.sweep")


@dataclass(frozen=True)
class Sweep:
    """A sweep that has ended.

    Attributes:
        points: by descending λ.
        best, one_standard_error: numbers of the points that the two rules choose.
        lambda_max: the least λ at which all weights are zero; infinite for L2.
        seconds: paths and validation alone.
    """

    folds: Folds
    points: tuple[SweepPoint, ...]
    best: int
    one_standard_error: int
    lambda_max: float
    seconds: float


@dataclass(frozen=True)
class LinearStep:
    """``n_done`` of ``n_all`` points of a sweep are there; ``point`` is the last of them."""

    n_done: int
    n_all: int
    point: SweepPoint


def sweep_table(
    table: Table,
    configuration: Configuration,
    plan: SweepPlan,
    progress: Callable[[int, int], None] = lambda _done, _most: None,
    workers: CrewChoice | None = None,
    paths: Callable[[SweepProgress], None] = lambda _: None,
) -> Sweep:
    """Sweep a linear model of ``table`` over λ; ``progress`` hears of points done and in all, and may raise to stop.

    ``workers`` solve whole paths, that of all rows and each fold's, and ``paths`` hears of these; None: all paths go in
    step in the calling thread. Raises DataError, one sentence, when the data or the folds do not allow it, and CrewLost
    when the workers do not.
    """
    # Closed at once when ``progress`` raises: no child process works on.
    with closing(linear_steps(table, configuration, plan, workers, paths)) as steps:
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                found: Sweep = end.value
                return found
            progress(step.n_done, step.n_all)


def linear_steps(
    table: Table,
    configuration: Configuration,
    plan: SweepPlan,
    workers: CrewChoice | None = None,
    paths: Callable[[SweepProgress], None] = lambda _: None,
) -> Generator[LinearStep, None, Sweep]:
    """As ``sweep_table``, λ by λ from the largest down; what the generator returns is the whole sweep."""
    folds = prepare_folds(table, configuration.data, configuration.seed, plan.n_folds)
    engine_cache.prepare_cache_folder()
    engine_cache.fill(engine_cache.PATHS)
    settings = configuration.training
    problem = problem_of(folds.whole, settings)
    if np.isnan(problem.lambda_max()):
        # Without a λ of its own: with any it is the same.
        alone = solve(problem, replace(problem.penalty, lam=1.0))
        raise DataError(shortfall_sentence(alone.shortfall), file=table.path)
    reason = problem.nothing_pressed()
    if reason is not None:
        raise DataError(NOTHING_PRESSED[reason], file=table.path)
    lambdas = _descending(plan.lambdas) if plan.lambdas is not None else problem.lambda_grid(plan.n_lambdas)
    points: list[SweepPoint] = []
    started_s = time.perf_counter()
    remaining, stop = RemainingTime(), Stop()

    def note(n_done: int, n_paths: int) -> None:
        paths(remaining.progress(time.perf_counter() - started_s, n_done, n_paths))

    with nullcontext() if workers is None else opened_crew(workers, (engine_cache.PATHS,)) as crew:
        for point in sweep(folds.whole, folds.folds, settings, lambdas, stop, crew, note):
            points.append(point)
            yield LinearStep(len(points), len(lambdas), point)
    seconds = time.perf_counter() - started_s
    _log.info("The sweep has ended: %d λ, %d folds, %.2f s.", len(points), plan.n_folds, seconds)
    losses = losses_to_choose_by(points)
    errors = np.array([point.validation_se for point in points])
    return Sweep(
        folds=folds,
        points=tuple(points),
        best=best_lambda(lambdas, losses),
        one_standard_error=one_standard_error_lambda(lambdas, losses, errors),
        lambda_max=problem.lambda_max(),
        seconds=seconds,
    )


def _descending(lambdas: Sequence[float]) -> Float64s:
    return np.unique(np.array(lambdas, dtype=np.float64))[::-1].copy()
