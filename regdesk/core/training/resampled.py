"""The same model on other samples: fits of rows that were drawn with replacement (the bootstrap, Efron 1979)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.core.fit.cloud import FitCloud, ResampleWork
from regdesk.core.linear.problem import row_problem_of
from regdesk.core.linear.solve import solve
from regdesk.core.model.network import Network
from regdesk.core.stopping import Stop
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows, columns_of
from regdesk.core.types import Float64s, training_dtype

MOST_STEPS, LEAST_STEPS, STEPS_AT_ONCE = 2_000, 100, 50
MOST_WORK = 2e10
"""Models times steps times rows times parameters: some ten seconds of one core."""


def drawn_counts(n_rows: int, n_fits: int, seed: int) -> Float64s:
    """How often each of ``n_rows`` is among as many that are drawn with replacement, ``(n_fits, n_rows)``."""
    return np.random.default_rng(seed).multinomial(n_rows, np.full(n_rows, 1.0 / n_rows), n_fits).astype(np.float64)


def resampled_fits(work: ResampleWork, stop: Stop) -> FitCloud:
    """``work.n_fits`` models, each of as many rows as train, drawn with replacement, on the scale of all of these.

    Linear models are solved for; networks train on from the present weights. Raises Stopped soon after ``stop`` says
    so.
    """
    counts = drawn_counts(len(work.dataset.split.train), work.n_fits, work.seed)
    inputs = work.view.inputs[: work.view.n_surface + work.view.n_train]
    n_steps = 0
    if work.architecture.is_linear:
        outputs = _solved(work, counts, inputs, stop)
    else:
        n_steps, outputs = _trained(work, counts, inputs, stop)
    found = [one for one in outputs if np.isfinite(one).all()]
    values = [work.view.in_units(one) for one in found]
    lines = np.array(values).reshape(len(values), len(inputs))
    return FitCloud(
        run=work.run,
        scene=work.view.scene,
        settings=work.settings,
        epoch=work.epoch,
        n_steps=n_steps,
        n_failed=work.n_fits - len(found),
        surfaces=lines[:, : work.view.n_surface],
        spread=_spread(lines[:, work.view.n_surface :]),
    )


def _spread(predictions: Float64s) -> float:
    """Median over rows of the standard deviation of ``predictions`` ``(n_fits, n_rows)``; NaN of one fit.

    A polynomial without a penalty runs off at the ends: a mean over rows would be of these alone.
    """
    if len(predictions) < 2 or not predictions.shape[1]:
        return float("nan")
    return float(np.median(predictions.std(axis=0, ddof=1)))


def _solved(work: ResampleWork, counts: Float64s, inputs: Float64s, stop: Stop) -> list[Float64s]:
    """Outputs ``(n_asked, n_outputs)`` of each fit."""
    dataset, found = work.dataset, []
    train = dataset.split.train
    own = np.ones(len(train)) if dataset.row_weights is None else dataset.row_weights[train]
    for count in counts:
        stop.check()
        weights = np.zeros(len(dataset.targets))
        weights[train] = count * own
        split = replace(dataset.split, train=train[count > 0])
        drawn = replace(dataset, split=split, row_weights=weights)
        problem = row_problem_of(drawn, work.settings).as_plain
        solution = solve(problem, problem.penalty, stop=stop)
        outputs = inputs @ solution.weights + solution.biases
        found.append(outputs if solution.converged else np.full_like(outputs, np.nan))
    return found


def _trained(work: ResampleWork, counts: Float64s, inputs: Float64s, stop: Stop) -> tuple[int, list[Float64s]]:
    """How many steps each network was trained, and its outputs ``(n_asked, n_outputs)``."""
    dataset, n_fits = work.dataset, len(counts)
    train = dataset.split.train
    network = Network.of(
        work.architecture, dataset.n_inputs, dataset.n_outputs, dataset.input_groups, dataset.input_factors
    )
    rows = Rows.of_training(
        dataset.standardized_inputs(train), dataset.standardized_targets(train), dataset.weights_of(train), n_fits
    )
    rows = replace(rows, train_weights=rows.train_weights * counts)
    dtype = training_dtype(work.architecture)
    parameters = np.tile(work.parameters.astype(dtype), (n_fits, 1))
    stack = Stack(network, dataset.loss_on(train), rows, parameters, [work.seed] * n_fits, dtype)
    stack.replace_parameters(parameters)
    work_of_step = float(n_fits * len(train) * network.n_parameters)
    n_steps = int(np.clip(MOST_WORK / work_of_step, LEAST_STEPS, MOST_STEPS)) // STEPS_AT_ONCE * STEPS_AT_ONCE
    for _ in range(n_steps // STEPS_AT_ONCE):
        stop.check()
        stack.advance([work.settings] * n_fits, STEPS_AT_ONCE)
    columns = columns_of(inputs, dtype)
    outputs = [stack.passes.predict(one, columns, len(inputs)) for one in stack.parameters.copy()]
    is_lost = stack.has_diverged
    return n_steps, [np.full_like(one, np.nan) if lost else one for one, lost in zip(outputs, is_lost, strict=True)]
