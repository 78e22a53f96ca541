"""Permutation importance of a model's columns on the validation rows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from regdesk.core.fitted.outputs import outputs_of_sums
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.network import Network
from regdesk.core.model.permuted import PermutedLosses
from regdesk.core.types import Floats

N_REPEATS = 10
MOST_ROWS = 5000
"""Of more rows so many are drawn: at 200 columns and 16-16 these take some seconds."""


def permuted_losses(
    dataset: Dataset,
    network: Network,
    parameters: Floats,
    seed: int,
    epoch: float = 0.0,
    n_repeats: int = N_REPEATS,
    should_stop: Callable[[], bool] = lambda: False,
    report: Callable[[float], object] = lambda _share: None,
) -> PermutedLosses | None:
    """Of the model with ``parameters``; the inputs of one column are permuted together.

    The same ``seed`` finds the same numbers. None where ``should_stop`` says so; ``report`` is told the share that is
    done. Raises ValueError without validation rows.
    """
    rows = dataset.split.validation
    if not len(rows):
        raise ValueError(f"{dataset.name} has no validation rows")
    generator, n_rows_all = np.random.default_rng(seed), len(rows)
    if n_rows_all > MOST_ROWS:
        rows = np.sort(generator.choice(rows, MOST_ROWS, replace=False))
    inputs, targets, loss = dataset.standardized_inputs(rows), dataset.standardized_targets(rows), dataset.loss_on(rows)
    first = network.weights(parameters, 0).astype(np.float64)
    sums = inputs @ first + network.biases(parameters, 0).astype(np.float64)
    plain = float(loss.values(outputs_of_sums(network, parameters, sums), targets).mean())
    orders = np.array([generator.permutation(len(rows)) for _ in range(n_repeats)])
    groups = dataset.input_groups
    n_columns = len(dataset.features)
    increases = np.zeros((n_columns, n_repeats))
    for column in range(n_columns):
        own = np.flatnonzero(groups == column)
        # Of an input without weights nothing changes; so it is of exactly no importance.
        own = own[first[own].any(axis=1)]
        for repeat, order in enumerate(orders if len(own) else orders[:0]):
            if should_stop():
                return None
            moved = sums + (inputs[order][:, own] - inputs[:, own]) @ first[own]
            found = loss.values(outputs_of_sums(network, parameters, moved), targets).mean()
            increases[column, repeat] = float(found) - plain
        report((column + 1) / n_columns)
    spreads = increases.std(axis=1, ddof=1) if n_repeats > 1 else np.zeros(n_columns)
    return PermutedLosses(parameters, epoch, increases.mean(axis=1), spreads, plain, n_repeats, len(rows), n_rows_all)
