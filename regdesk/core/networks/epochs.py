"""A sweep of plain cold starts: each model trained by the optimiser for exactly so many epochs, as ``fit --epochs``."""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import numpy as np

from regdesk.core.networks.chains import DatasetPath
from regdesk.core.networks.solver import NetworkProblem, Solution
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows
from regdesk.core.types import FULL_BATCH, TrainSettings
from regdesk.core.units import Crew, results_of

MODELS_IN_ONE = 4
"""λ that one unit of work trains side by side: few, so that units fill all workers, and the curve grows steadily."""
CHUNK_FLOPS = 1e9
"""Of a call: some 30 ms of one core, so that a cancelled sweep ends at once."""
FLOPS_PER_WEIGHT = 6.0
"""And row: two for each of the three products of forward and backward."""


def train_epochs(
    paths: Sequence[DatasetPath],
    shared: Mapping[NetworkProblem, Any],
    settings: TrainSettings,
    seed: int,
    n_epochs: int,
    crew: Crew,
    stop: Stop,
) -> Generator[int, None, None]:
    """Puts models into ``paths`` and yields the number of a path after each unit; ``shared`` as for ``run_chains``."""
    lambdas = paths[0].lambdas.tolist()
    calls, places = [], []
    for first in range(0, len(lambdas), MODELS_IN_ONE):
        for line, path in enumerate(paths):
            own = tuple(lambdas[first : first + MODELS_IN_ONE])
            calls.append((shared[path.problem], own, settings, seed, n_epochs))
            places.append((line, first))
    for path in paths:
        path.n_units = len(lambdas)
    try:
        with closing(results_of(crew, train_models, calls, stop)) as results:
            for number, found in results:
                line, first = places[number]
                for place, solution in enumerate(found):
                    paths[line].put(first + place, solution)
                yield line
    except Stopped:
        return


def train_models(
    problem: NetworkProblem, lambdas: Sequence[float], settings: TrainSettings, seed: int, n_epochs: int, stop: Stop
) -> list[Solution]:
    """A unit of work: where training comes to under each of ``lambdas``. Raises Stopped.

    Of a model that has diverged there are no figures.
    """
    count, n_rows = len(lambdas), len(problem.targets)
    rows = Rows.of_training(problem.inputs, problem.targets, problem.loss.row_weights, count)
    start = np.tile(problem.initial_parameters(seed), (count, 1))
    stack = Stack(problem.network, problem.loss, rows, start, [seed] * count, np.float32)
    settings_along = [replace(settings, lam=lam) for lam in lambdas]
    batch = n_rows if settings.batch_size == FULL_BATCH else min(settings.batch_size, n_rows)
    flops = FLOPS_PER_WEIGHT * batch * problem.network.n_weights * count
    n_left, chunk = n_epochs * -(-n_rows // batch), max(1, int(CHUNK_FLOPS / flops))
    while n_left > 0:
        stop.check()
        n_steps = min(chunk, n_left)
        stack.advance(settings_along, n_steps)
        n_left -= n_steps
    # The engine looks at a loss in every eighth step only; here at those of the last.
    stack.note_divergence(stack.losses()[:, 0])
    found = []
    for own, parameters, has_diverged in zip(
        settings_along, stack.parameters, stack.has_diverged.tolist(), strict=True
    ):
        solution = replace(problem.measure(parameters.astype(np.float64), own), converged=False, is_stationary=False)
        found.append(_without_figures(solution) if has_diverged else solution)
    return found


def _without_figures(solution: Solution) -> Solution:
    """Of a model that has diverged: its last sound parameters are not those of so many epochs."""
    nothing = math.nan
    return replace(solution, objective=nothing, data_loss=nothing, penalty_value=nothing, residual=nothing)
