"""The sweep over λ of a network: all-rows models and folds, each at its own stationary point, growing as it goes."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.model.row_weights import n_counted
from regdesk.core.networks.chains import DatasetPath
from regdesk.core.networks.epochs import train_epochs
from regdesk.core.networks.job_queue import run_chains
from regdesk.core.networks.points import Curve, NetworkSweep
from regdesk.core.networks.solver import SWEEP_LIMITS, Limits, NetworkProblem
from regdesk.core.networks.top import TOP_PRECISION, TopSearch
from regdesk.core.stopping import Stop
from regdesk.core.types import Architecture, Float64s, TrainSettings
from regdesk.core.units import CallingThread, Crew

GRID_SPAN, WIDE_GRID_SPAN = 1e-4, 1e-2
"""Smallest λ as a share of the largest; the second where inputs outnumber rows, as these count."""


@dataclass(frozen=True)
class NetworkPlan:
    """What a sweep is to find.

    Attributes:
        lambdas: those to be swept; None for ``n_lambdas``, geometric, from where the null model takes over.
        seeds: of initial weights, the same for every λ and dataset (common random numbers).
        n_epochs: None for models that are solved; else cold starts, from the first seed, of exactly so many epochs of
            the optimiser in the settings.
    """

    lambdas: tuple[float, ...] | None = None
    n_lambdas: int = 50
    seeds: tuple[int, ...] = (0,)
    n_epochs: int | None = None
    limits: Limits = SWEEP_LIMITS


def network_sweep(
    whole: Dataset,
    folds: Sequence[Dataset],
    architecture: Architecture,
    settings: TrainSettings,
    plan: NetworkPlan,
    crew: Crew | None = None,
    stop: Stop | None = None,
) -> Generator[NetworkSweep, None, None]:
    """What is known after each model that was solved; the last one ``is_done`` unless the sweep was cancelled.

    While the range of λ is looked for, moments have no λ. ``whole`` trains on every row that is not test, each of
    ``folds`` on its own. The λ of ``settings`` is not used. ``crew`` solves the models, with the same numbers whoever
    does; None: the calling thread. Requesting ``stop``, or closing the generator, ends it
    within one pass over the rows. Raises ValueError when there is no hidden layer or no penalty to sweep.
    """
    if architecture.is_linear or settings.penalty == "none":
        raise ValueError("a network's sweep needs a hidden layer and a penalty")
    stop = stop or Stop()
    problems = [NetworkProblem.of(dataset, architecture) for dataset in (whole, *folds)]
    crew = crew or CallingThread()
    shared = {problem: crew.share(problem) for problem in problems}
    if plan.lambdas is not None:
        lambdas = np.array(sorted(plan.lambdas, reverse=True))
    else:
        search = TopSearch(problems[0], settings, plan.seeds[0])
        with closing(run_chains([iter([[search.chain()]])], shared, crew, stop)) as steps:
            for _ in steps:
                yield NetworkSweep(np.empty(0), (), (), 0, 0, False)
        if stop.is_requested:
            return
        lambdas = _grid(problems[0], search.top, plan.n_lambdas)
    has_lead = plan.lambdas is not None
    paths = [DatasetPath(problem, settings, lambdas, plan.seeds, plan.limits, has_lead) for problem in problems]
    curve = Curve(whole, folds, paths)
    if plan.n_epochs is None:
        steps = run_chains([path.phases() for path in paths], shared, crew, stop)
    else:
        steps = train_epochs(paths, shared, settings, plan.seeds[0], plan.n_epochs, crew, stop)
    with closing(steps):
        for _ in steps:
            yield curve.moment(is_done=False)
    # What was looked for from below was the top as far as it was known then.
    while plan.lambdas is None and plan.n_epochs is None and not stop.is_requested and not paths[0].is_null_best(0):
        top = TOP_PRECISION * paths[0].last_survived
        with closing(run_chains([path.with_top(top) for path in paths], shared, crew, stop)) as steps:
            for _ in steps:
                yield curve.moment(is_done=False)
    if not stop.is_requested:
        yield curve.moment(is_done=True)


def _grid(problem: NetworkProblem, top: float, n_lambdas: int) -> Float64s:
    n_rows, n_inputs = problem.inputs.shape
    is_wide = n_inputs > n_counted(problem.loss.row_weights, n_rows)
    return np.geomspace(top, top * (WIDE_GRID_SPAN if is_wide else GRID_SPAN), n_lambdas)
