"""A sweep over λ without a window: folds, the path, and what is chosen; it reads the clock, which the core must not."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from regdesk.compiling import engine_cache
from regdesk.core.linear.cross_validation import SweepPoint, sweep
from regdesk.core.linear.path import lambda_grid, lambda_max, nothing_pressed
from regdesk.core.linear.problem import problem_of
from regdesk.core.linear.solve import solve
from regdesk.core.model.scale import ModelScale
from regdesk.core.model.scoring import best_lambda, losses_to_choose_by, one_standard_error_lambda
from regdesk.core.settings.configuration import Configuration
from regdesk.core.stopping import Stop
from regdesk.core.sweep.remaining_time import RemainingTime, SweepProgress
from regdesk.core.sweep.weight_path import facts_of
from regdesk.core.types import Float64s
from regdesk.core.units import Crew
from regdesk.core.words.shortfalls import NOTHING_PRESSED, shortfall_sentence
from regdesk.crews.choice import CrewChoice
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.prepare.folds import Folds, prepare_folds
from regdesk.tasks.draining import Drain
from regdesk.tasks.sweep_crews import headless_crew
from regdesk.tasks.sweep_steps import CrewOpening, LinearStep, PreparedSweep

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

    prepared: PreparedSweep
    points: tuple[SweepPoint, ...]
    best: int
    one_standard_error: int
    lambda_max: float
    seconds: float

    @property
    def folds(self) -> Folds:
        return self.prepared.folds


def sweep_table(
    table: Table,
    configuration: Configuration,
    progress: Callable[[int, int], None] = lambda _done, _most: None,
    workers: CrewChoice | None = None,
    paths: Callable[[SweepProgress], None] = lambda _: None,
) -> Sweep:
    """Sweep a linear model of ``table`` over λ; ``progress`` hears of points done and in all, and may raise to stop.

    ``workers`` solve whole paths, that of all rows and each fold's, and ``paths`` hears of these; None: all paths go in
    step in the calling thread. Raises DataError, one sentence, when the data or the folds do not allow it, and CrewLost
    when the workers do not.
    """
    drain = Drain(linear_steps(table, configuration, headless_crew(workers, is_linear=True), paths=paths))
    # Closed at once when ``progress`` raises: no child process works on.
    with closing(drain):
        for step in drain:
            progress(step.n_done, step.n_all)
    return drain.value


def linear_steps(
    table: Table,
    configuration: Configuration,
    open_crew: CrewOpening,
    stop: Stop | None = None,
    paths: Callable[[SweepProgress], None] = lambda _: None,
) -> Generator[LinearStep, None, Sweep]:
    """Point by point from the largest λ down; what the generator returns is the whole sweep.

    A crew does whole paths, of which ``paths`` hears, before there is a point. Raises DataError and CrewLost as
    ``sweep_table``, and Stopped soon after ``stop`` says so.
    """
    stop, wanted = stop or Stop(), configuration.sweep
    folds = prepare_folds(table, configuration.data, configuration.seed, wanted.n_folds, stop)
    is_regression = folds.whole.task == "regression"
    parts = (engine_cache.PATHS,) if is_regression else (engine_cache.PATHS, engine_cache.CLASS_PATHS)
    with open_crew(parts) as crew:
        return (yield from _points(table, configuration, folds, crew, stop, paths))


def _points(
    table: Table,
    configuration: Configuration,
    folds: Folds,
    crew: Crew | None,
    stop: Stop,
    paths: Callable[[SweepProgress], None],
) -> Generator[LinearStep, None, Sweep]:
    whole, settings, wanted = folds.whole, configuration.training, configuration.sweep
    problem = problem_of(whole, settings)
    if np.isnan(lambda_max(problem)):
        # Without a λ of its own: with any it is the same.
        alone = solve(problem, replace(problem.penalty, lam=1.0))
        raise DataError(shortfall_sentence(alone.shortfall), file=table.path)
    reason = nothing_pressed(problem)
    if reason is not None:
        raise DataError(NOTHING_PRESSED[reason], file=table.path)
    lambdas = _descending(wanted.lambdas) if wanted.lambdas is not None else lambda_grid(problem, wanted.n_lambdas)
    points: list[SweepPoint] = []
    started_s = time.perf_counter()
    remaining, top = RemainingTime(), lambda_max(problem)
    prepared = PreparedSweep(folds, configuration, facts_of(problem, whole), ModelScale.of(whole))
    # The sweep makes the standardised rows for itself.
    del problem

    def note(n_done: int, n_paths: int) -> None:
        paths(remaining.progress(time.perf_counter() - started_s, n_done, n_paths))

    for point in sweep(whole, folds.folds, settings, lambdas, stop, crew, note):
        points.append(point)
        yield LinearStep(prepared, len(points), len(lambdas), point)
    seconds = time.perf_counter() - started_s
    _log.info("The sweep has ended: %d λ, %d folds, %.2f s.", len(points), len(folds.folds), seconds)
    losses = losses_to_choose_by(points)
    errors = np.array([point.validation_se for point in points])
    return Sweep(
        prepared=prepared,
        points=tuple(points),
        best=best_lambda(lambdas, losses),
        one_standard_error=one_standard_error_lambda(lambdas, losses, errors),
        lambda_max=top,
        seconds=seconds,
    )


def _descending(lambdas: Sequence[float]) -> Float64s:
    return np.unique(np.array(lambdas, dtype=np.float64))[::-1].copy()
