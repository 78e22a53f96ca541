"""A sweep over λ without a window: folds, the path, and what is chosen; it reads the clock, which the core must not."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from regdesk.compiling import engine_cache
from regdesk.core.linear.cross_validation import SweepPoint, sweep
from regdesk.core.linear.optimum import solve_linear
from regdesk.core.linear.problem import problem_of
from regdesk.core.model.scoring import best_lambda, losses_to_choose_by, one_standard_error_lambda
from regdesk.core.types import Configuration, Float64s
from regdesk.core.words.shortfalls import shortfall_sentence
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


def sweep_table(
    table: Table, configuration: Configuration, plan: SweepPlan, progress: Callable[[int, int], None] | None = None
) -> Sweep:
    """Sweep a linear model of ``table`` over λ; ``progress`` hears of points done and in all, and may raise to stop.

    Raises DataError, one sentence, when the data or the folds do not allow it.
    """
    folds = prepare_folds(table, configuration.data, configuration.seed, plan.n_folds)
    engine_cache.prepare_cache_folder()
    engine_cache.fill(engine_cache.PATHS)
    settings = configuration.training
    problem = problem_of(folds.whole, settings)
    if np.isnan(problem.lambda_max()):
        # Without a λ of its own: with any it is the same.
        alone = solve_linear(
            problem.inputs, problem.targets, problem.loss, replace(problem.penalty, lam=1.0), problem.n_outputs,
            names=problem.input_names,
        )  # fmt: skip
        raise DataError(shortfall_sentence(alone.shortfall), file=table.path)
    lambdas = _descending(plan.lambdas) if plan.lambdas is not None else problem.lambda_grid(plan.n_lambdas)
    points: list[SweepPoint] = []
    started_s = time.perf_counter()
    for point in sweep(folds.whole, folds.folds, settings, lambdas):
        points.append(point)
        if progress is not None:
            progress(len(points), len(lambdas))
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
