"""Row weights in the engine: full batches as of repeated rows, mini-batches that lead where full ones do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from weighted_tables import datasets_of

from regdesk.core.model.losses import LOGISTIC
from regdesk.core.model.network import Network
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings

ARCHITECTURES = [Architecture(()), Architecture((4,)), Architecture((3, 3), "relu")]


def stack_of(data, architecture, dtype=np.float64):
    rows = np.concatenate([data.split.train, data.split.validation])
    is_train = np.arange(len(rows)) < len(data.split.train)
    network = Network.of(architecture, data.n_inputs, data.n_outputs, data.input_groups)
    own = Rows.of_one_model(
        data.standardized_inputs(rows), data.standardized_targets(rows), is_train, data.weights_of(rows)
    )
    start = network.initial_parameters(3, np.zeros(data.n_outputs))
    return Stack(network, data.loss_on(data.split.train), own, start[np.newaxis], [3], dtype)


@pytest.mark.parametrize("architecture", ARCHITECTURES, ids=lambda one: f"{one.hidden}")
@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
def test_full_batches_are_those_of_repeated_rows(tmp_path, loss, architecture):
    weighted, repeated = (stack_of(one, architecture) for one in datasets_of(tmp_path, loss))
    np.testing.assert_allclose(weighted.losses(), repeated.losses(), rtol=1e-12)
    np.testing.assert_allclose(weighted.gradients(), repeated.gradients(), atol=1e-13)
    settings = TrainSettings("elastic-net", 0.01, 0.5, "momentum", 0.05)
    for one in (weighted, repeated):
        one.advance([settings], 60)
    np.testing.assert_allclose(weighted.parameters, repeated.parameters, atol=1e-10)


def test_batches_have_the_gradient_of_all_rows_on_average():
    """At the same parameters the batches of an epoch, each by its number of rows, add up to the full gradient."""
    generator = np.random.default_rng(0)
    inputs, targets = generator.normal(size=(50, 3)), np.arange(50) % 2.0
    weights, is_train = generator.gamma(0.3, size=50) + 1e-3, np.ones(50, dtype=bool)
    network = Network((3, 4, 1), "tanh", (0, 1, 2))
    start = network.initial_parameters(1, np.zeros(1))[np.newaxis]
    # Steps so short that all batches see the same parameters.
    rate = 1e-9
    settings = TrainSettings("none", 0.0, 0.5, "sgd", rate, 8)
    loss = LOGISTIC.weighed(weights)
    stack = Stack(network, loss, Rows.of_one_model(inputs, targets, is_train, weights), start, [5], np.float64)
    full = stack.gradients()[0].copy()
    steps, sizes, before = [], [8, 8, 8, 8, 8, 8, 2], start[0].copy()
    for _ in sizes:
        stack.advance([settings], 1)
        steps.append((before - stack.parameters[0]) / rate)
        before = stack.parameters[0].copy()
    assert stack.epoch() == 1.0
    np.testing.assert_allclose(np.average(steps, axis=0, weights=sizes), full, atol=1e-5)
    # No batch is normed by its own weights: then light rows would count more where they are among themselves.
    spread = np.std([np.linalg.norm(step) for step in steps[:-1]])
    assert spread > 0.1 * np.linalg.norm(full)


def test_weights_of_one_are_the_rows_as_they_are_to_the_last_bit(tmp_path):
    data = datasets_of(tmp_path, "squared")[1]
    assert data.row_weights is None
    ones = replace(data, row_weights=np.ones(len(data.targets)))
    for batch_size in (0, 7):
        settings = TrainSettings("l1", 0.01, batch_size=batch_size)
        found = []
        for one in (data, ones):
            trainer = Trainer(one, Architecture((4,)), 3)
            trainer.advance(settings, 25)
            found.append(trainer.parameters.copy())
        np.testing.assert_array_equal(*found)


@pytest.mark.parametrize("scale", [1e-30, 1e12])
def test_the_unit_of_weights_says_nothing(tmp_path, scale):
    data = datasets_of(tmp_path, "logistic")[0]
    stacks = [
        stack_of(one, ARCHITECTURES[1], np.float32)
        for one in (data, replace(data, row_weights=scale * data.row_weights))
    ]
    for stack in stacks:
        stack.advance([TrainSettings("l2", 0.01, batch_size=8)], 20)
    np.testing.assert_allclose(stacks[0].parameters, stacks[1].parameters, atol=1e-5)


@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
def test_a_snapshot_is_that_of_repeated_rows(tmp_path, loss):
    found = []
    for data in datasets_of(tmp_path, loss):
        trainer = Trainer(data, Architecture(()), 1)
        settings = TrainSettings("l1", 0.05, learning_rate=0.05)
        trainer.advance(settings, 40)
        snapshot = trainer.snapshot(settings)
        found.append(snapshot)
    one, other = found
    for name in ("train_loss", "validation_loss", "objective", "kkt_residual"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-9), name
    np.testing.assert_allclose(one.parameters, other.parameters, atol=1e-10)
    for name in ("score", "auroc", "average_precision"):
        assert getattr(one.fit, name) == pytest.approx(getattr(other.fit, name), rel=1e-9, nan_ok=True), name
