"""The problems that regdesk and its peers are timed on, and regdesk's own run of one.

Same rows, same layers, same initial weights, same objective (½(y − ŷ)² averaged over the rows + λ/2 ‖W‖₂², biases
free), same Adam, same number of steps for everyone. Losses are computed here, in float64, from the parameters each
ends with: a fast wrong answer would show.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import engine_folder as engine_folder
import numpy as np

from regdesk.core.model.losses import SQUARED
from regdesk.core.model.network import Network
from regdesk.core.training.cores import Cores
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows
from regdesk.core.types import FULL_BATCH, Architecture, Float64s, TrainSettings, training_dtype

LEARNING_RATE = 0.01
LAM = 0.001


@dataclass(frozen=True)
class Goal:
    """Ratios to reach against one peer; None where none is asked for."""

    gate: float | None = None
    aim: float | None = None


@dataclass(frozen=True)
class Case:
    """``n_steps`` optimiser steps are timed, after ``n_warm_steps`` that are not; ``lams`` has one λ a model."""

    name: str
    n_rows: int
    n_inputs: int
    batch_size: int
    n_steps: int
    n_warm_steps: int = 0
    hidden: tuple[int, ...] = (16, 16)
    lams: tuple[float, ...] = (LAM,)
    n_threads: int = 1

    @property
    def network(self) -> Network:
        return Network((self.n_inputs, *self.hidden, 1), "tanh")

    @property
    def n_models(self) -> int:
        return len(self.lams)

    @property
    def n_batch(self) -> int:
        """Rows of one optimiser step."""
        return self.n_rows if self.batch_size == FULL_BATCH else self.batch_size

    @property
    def steps_per_epoch(self) -> int:
        return -(-self.n_rows // self.n_batch)

    @property
    def n_row_steps(self) -> int:
        """Rows worked through in the timed steps, over all models."""
        return self.n_models * self.n_rows * self.n_steps // self.steps_per_epoch


@dataclass(frozen=True)
class Run:
    """``seconds`` are for all models of the case; ``losses`` ``(len(models),)`` are of those that were trained."""

    seconds: float
    losses: Float64s
    models: tuple[int, ...]


@dataclass(frozen=True)
class Problem:
    """A case with its rows."""

    case: Case

    @cached_property
    def rows(self) -> tuple[Float64s, Float64s]:
        """A noisy smooth function, inputs ``(n_rows, n_inputs)`` and targets ``(n_rows,)``, standardised."""
        generator = np.random.default_rng(self.case.n_rows)
        inputs = generator.normal(size=(self.case.n_rows, self.case.n_inputs))
        noise = generator.normal(size=self.case.n_rows)
        targets = np.sin(2 * inputs[:, 0]) + 0.3 * inputs.sum(axis=1) + 0.2 * noise
        return (inputs - inputs.mean(axis=0)) / inputs.std(axis=0), (targets - targets.mean()) / targets.std()

    def initial_parameters(self, seed: int) -> Float64s:
        """``(n_parameters,)``: W1, b1, W2, … of every model."""
        return self.case.network.initial_parameters(seed, [0.0])

    def layers(self, parameters: Float64s) -> list[tuple[Float64s, Float64s]]:
        """(W ``(n_inputs, n_outputs)``, b) of each layer."""
        network = self.case.network
        return [(network.weights(parameters, i), network.biases(parameters, i)) for i in range(network.n_layers)]

    def loss(self, parameters: Float64s) -> float:
        """½(y − ŷ)² averaged over the rows, for one model's ``(n_parameters,)``."""
        values, targets = self.rows
        layers = self.layers(np.asarray(parameters, dtype=np.float64))
        for weights, biases in layers[:-1]:
            values = np.tanh(values @ weights + biases)
        outputs = (values @ layers[-1][0] + layers[-1][1])[:, 0]
        return float(np.mean(0.5 * (targets - outputs) ** 2))

    def run_of(self, seconds: float, parameters: Float64s, models: tuple[int, ...]) -> Run:
        """The run of some models, its time scaled to all of them; ``parameters`` ``(len(models), n_parameters)``."""
        losses = np.array([self.loss(row) for row in parameters])
        return Run(seconds * self.case.n_models / len(models), losses, models)


def make_stack(problem: Problem, seed: int, cores: Cores | None = None) -> tuple[Stack, list[TrainSettings]]:
    """A stack of the case's models, before its first step, in the dtype that the program trains them in."""
    case = problem.case
    inputs, targets = problem.rows
    weights = np.ones((case.n_models, case.n_rows))
    rows = Rows(inputs[np.newaxis], targets[np.newaxis], weights, 0.0 * weights, [0] * case.n_models)
    parameters = np.tile(problem.initial_parameters(seed), (case.n_models, 1))
    dtype = training_dtype(Architecture(case.hidden))
    stack = Stack(case.network, SQUARED, rows, parameters, [seed] * case.n_models, dtype, cores=cores)
    return stack, [TrainSettings("l2", lam, 0.5, "adam", LEARNING_RATE, case.batch_size) for lam in case.lams]


def run_engine(problem: Problem, seed: int) -> Run:
    """regdesk on the case; one core works in the calling thread."""
    case = problem.case
    with ThreadPoolExecutor(case.n_threads) as executor:
        cores = Cores(executor, case.n_threads) if case.n_threads > 1 else None
        stack, settings = make_stack(problem, seed, cores)
        stack.advance(settings, case.n_warm_steps)
        start = time.perf_counter()
        stack.advance(settings, case.n_steps)
        seconds = time.perf_counter() - start
    # A model that has diverged stands still, which is quick.
    assert (stack.steps == case.n_warm_steps + case.n_steps).all(), "the same number of steps"
    return problem.run_of(seconds, stack.parameters, tuple(range(case.n_models)))
