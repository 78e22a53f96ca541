"""Optimiser steps of the engine against scikit-learn's MLPRegressor, as a Markdown table.

    python tests/benchmarks/step_speed.py

Same rows, same layers, same initial weights, same objective (squared loss, L2), same Adam, same number of steps. Runs
alternate and are compared pair by pair, so that a busy machine slows both. The losses are ½(y − ŷ)² averaged over the
rows, computed here from each model's weights: a fast wrong answer would show.
"""

from __future__ import annotations

import statistics
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from regdesk.core.losses import SQUARED
from regdesk.core.network import Network
from regdesk.core.stack import Rows, Stack
from regdesk.core.trainer import training_dtype
from regdesk.core.types import FULL_BATCH, Architecture, TrainSettings

HIDDEN = (16, 16)
LAM = 0.001
LEARNING_RATE = 0.01
N_PAIRS = 5


@dataclass(frozen=True)
class Case:
    """``n_steps`` are optimiser steps; ``gate`` is the ratio to reach, None where none is asked for."""

    name: str
    n_rows: int
    n_inputs: int
    batch_size: int
    n_steps: int
    gate: float | None


CASES = (
    Case("full batch, n=200 d=1", 200, 1, FULL_BATCH, 3_000, 12.0),
    Case("full batch, n=1000 d=10", 1_000, 10, FULL_BATCH, 2_000, 8.0),
    Case("batches of 32, n=2000 d=8", 2_000, 8, 32, 63 * 30, None),
)


@dataclass(frozen=True)
class Run:
    seconds: float
    loss: float


def make_rows(case: Case) -> tuple[np.ndarray, np.ndarray]:
    """A noisy smooth function, inputs ``(n_rows, n_inputs)`` and target standardised."""
    generator = np.random.default_rng(case.n_rows)
    inputs = generator.normal(size=(case.n_rows, case.n_inputs))
    targets = np.sin(2 * inputs[:, 0]) + 0.3 * inputs.sum(axis=1) + 0.2 * generator.normal(size=case.n_rows)
    return (inputs - inputs.mean(axis=0)) / inputs.std(axis=0), (targets - targets.mean()) / targets.std()


def mean_loss(layers: list[tuple[np.ndarray, np.ndarray]], inputs: np.ndarray, targets: np.ndarray) -> float:
    """½(y − ŷ)² averaged over the rows, for layers (W ``(n_inputs, n_outputs)``, b)."""
    values = inputs
    for weights, biases in layers[:-1]:
        values = np.tanh(values @ weights + biases)
    outputs = (values @ layers[-1][0] + layers[-1][1])[:, 0]
    return float(np.mean(0.5 * (targets - outputs) ** 2))


def make_model(case: Case, seed: int, learning_rate: float, n_epochs: int) -> MLPRegressor:
    """scikit-learn divides its penalty by the rows of a batch, so its alpha is λ · batch size."""
    batch_size = case.n_rows if case.batch_size == FULL_BATCH else case.batch_size
    return MLPRegressor(
        hidden_layer_sizes=HIDDEN,
        activation="tanh",
        solver="adam",
        alpha=LAM * batch_size,
        batch_size=batch_size,
        learning_rate_init=learning_rate,
        max_iter=n_epochs,
        tol=0.0,
        n_iter_no_change=case.n_steps,
        early_stopping=False,
        random_state=seed,
    )


def initial_parameters(case: Case, inputs: np.ndarray, targets: np.ndarray, seed: int) -> np.ndarray:
    """The weights scikit-learn starts from, found by a step too small to move them; W1, b1, W2, … in one row."""
    model = make_model(case, seed, 1e-200, 1).fit(inputs, targets)
    return np.concatenate([part.ravel() for pair in zip(model.coefs_, model.intercepts_, strict=True) for part in pair])


def make_engine_run(case: Case, inputs: np.ndarray, targets: np.ndarray) -> Callable[[int], Run]:
    network = Network((case.n_inputs, *HIDDEN, 1), "tanh")
    dtype = training_dtype(Architecture(HIDDEN))
    settings = TrainSettings("l2", LAM, 0.5, "adam", LEARNING_RATE, case.batch_size)
    ones = np.ones((1, case.n_rows))
    rows = Rows(inputs[np.newaxis], targets[np.newaxis], ones, 0.0 * ones, [0])

    def run(seed: int) -> Run:
        parameters = initial_parameters(case, inputs, targets, seed)[np.newaxis]
        stack = Stack(network, SQUARED, rows, parameters, [seed], dtype)
        start = time.perf_counter()
        stack.advance([settings], case.n_steps)
        seconds = time.perf_counter() - start
        trained = stack.parameters[0].astype(np.float64)
        layers = [(network.weights(trained, i), network.biases(trained, i)) for i in range(network.n_layers)]
        return Run(seconds, mean_loss(layers, inputs, targets))

    return run


def make_sklearn_run(case: Case, inputs: np.ndarray, targets: np.ndarray) -> Callable[[int], Run]:
    batch_size = case.n_rows if case.batch_size == FULL_BATCH else case.batch_size
    steps_per_epoch = -(-case.n_rows // batch_size)

    def run(seed: int) -> Run:
        model = make_model(case, seed, LEARNING_RATE, case.n_steps // steps_per_epoch)
        start = time.perf_counter()
        model.fit(inputs, targets)
        seconds = time.perf_counter() - start
        assert model.n_iter_ * steps_per_epoch == case.n_steps, "the same number of steps"
        return Run(seconds, mean_loss(list(zip(model.coefs_, model.intercepts_, strict=True)), inputs, targets))

    return run


def measure(case: Case) -> str:
    """One line of the table."""
    inputs, targets = make_rows(case)
    ours, theirs = make_engine_run(case, inputs, targets), make_sklearn_run(case, inputs, targets)
    ours(0)
    pairs = []
    for seed in range(N_PAIRS):
        # Whoever goes second finds warm caches: take turns.
        first, second = (ours, theirs) if seed % 2 else (theirs, ours)
        results = first(seed), second(seed)
        pairs.append(results if seed % 2 else results[::-1])
    ratios = sorted(other.seconds / own.seconds for own, other in pairs)
    own_us, other_us = (
        1e6 * statistics.median(pair[side].seconds for pair in pairs) / case.n_steps for side in range(2)
    )
    own_loss, other_loss = (statistics.median(pair[side].loss for pair in pairs) for side in range(2))
    ratio = statistics.median(ratios)
    verdict = "none" if case.gate is None else f"{case.gate:.0f}×, {'met' if ratio >= case.gate else 'MISSED'}"
    return (
        f"| {case.name} | {case.n_steps:,} | {own_us:.1f} | {other_us:.1f} | **{ratio:.1f}×** "
        f"({ratios[0]:.1f} to {ratios[-1]:.1f}) | {own_loss:.4f} | {other_loss:.4f} | {verdict} |"
    )


def main() -> None:
    # All of them stop at the number of steps asked for.
    warnings.simplefilter("ignore", ConvergenceWarning)
    print(
        "| 16-16 tanh, Adam, L2 | steps | regdesk µs/step | scikit-learn µs/step | ratio, median of 5 pairs (range) ",
        end="",
    )
    print("| loss regdesk | loss scikit-learn | gate |")
    print("|---|---|---|---|---|---|---|---|")
    for case in CASES:
        print(measure(case), flush=True)


if __name__ == "__main__":
    main()
