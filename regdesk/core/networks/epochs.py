"""A sweep of plain cold starts: each model trained by the optimiser for exactly so many epochs, as ``fit --epochs``."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

import numpy as np

from regdesk.core.networks.chains import DatasetPath
from regdesk.core.networks.solver import Solution
from regdesk.core.stopping import Stop
from regdesk.core.training.cores import Cores
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows
from regdesk.core.types import FULL_BATCH, TrainSettings

MODELS_AT_ONCE = 16
"""λ that are trained side by side: they fill the threads evenly, and the curve grows in a few strides."""
CHUNK_FLOPS = 1e9
"""Of a call: some 30 ms of one core, so that a cancelled sweep ends at once."""
FLOPS_PER_WEIGHT = 6.0
"""And row: two for each of the three products of forward and backward."""


def train_epochs(
    paths: Sequence[DatasetPath],
    settings: TrainSettings,
    seed: int,
    n_epochs: int,
    cores: Cores | None,
    stop: Stop,
) -> Generator[int, None, None]:
    """Puts models into ``paths`` and yields the number of a path after each chunk of steps."""
    for path in paths:
        path.n_units = len(path.lambdas)
    for first in range(0, len(paths[0].lambdas), MODELS_AT_ONCE):
        numbers = range(first, min(first + MODELS_AT_ONCE, len(paths[0].lambdas)))
        for line, path in enumerate(paths):
            for _ in _train(path, numbers, settings, seed, n_epochs, cores):
                if stop.is_requested:
                    return
                yield line


def _train(
    path: DatasetPath, numbers: Sequence[int], settings: TrainSettings, seed: int, n_epochs: int, cores: Cores | None
) -> Iterator[None]:
    problem = path.problem
    count, n_rows = len(numbers), len(problem.targets)
    rows = Rows(
        problem.inputs[np.newaxis],
        problem.targets[np.newaxis],
        np.ones((count, n_rows)),
        np.zeros((count, n_rows)),
        [0] * count,
    )
    start = np.tile(problem.initial_parameters(seed), (count, 1))
    stack = Stack(problem.network, problem.loss, rows, start, [seed] * count, np.float32, cores)
    settings_along = [replace(settings, lam=float(path.lambdas[number])) for number in numbers]
    batch = n_rows if settings.batch_size == FULL_BATCH else min(settings.batch_size, n_rows)
    flops = FLOPS_PER_WEIGHT * batch * problem.network.n_weights * count
    n_left, chunk = n_epochs * -(-n_rows // batch), max(1, int(CHUNK_FLOPS / flops))
    while n_left > 0:
        n_steps = min(chunk, n_left)
        stack.advance(settings_along, n_steps)
        n_left -= n_steps
        if n_left > 0:
            yield
    # The engine looks at a loss in every eighth step only; here at those of the last.
    stack.note_divergence(stack.losses()[:, 0])
    for number, settings_here, parameters, has_diverged in zip(
        numbers, settings_along, stack.parameters, stack.has_diverged.tolist(), strict=True
    ):
        solution = replace(problem.measure(parameters.astype(np.float64), settings_here), converged=False)
        path.put(number, _without_figures(solution) if has_diverged else solution)
    yield


def _without_figures(solution: Solution) -> Solution:
    """Of a model that has diverged: its last sound parameters are not those of so many epochs."""
    nothing = math.nan
    return replace(solution, objective=nothing, data_loss=nothing, penalty_value=nothing, residual=nothing)
