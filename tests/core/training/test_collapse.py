"""When a network is called collapsed: soon after its weights are gone, for as long as it is dead, and never before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core_problems import make_dataset
from covering import covered

from regdesk.core.run.collapse_recovery import null_loss
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import OPTIMIZERS, Architecture, TrainSettings

SETTLED_STEPS = 15_000
"""At a learning rate of 0.01, for the bias of the rarest class; a fraction of a second at full speed."""


def dataset_of(task):
    """Classes of unequal size, so that the output biases are not 0 and float32 stops them short of their optimum."""
    generator = np.random.default_rng(3)
    inputs = generator.normal(5.0, 3.0, size=(70, 4))
    signal = inputs[:, 0] - 0.5 * inputs[:, 1] + generator.normal(size=70)
    if task == "regression":
        return make_dataset(inputs, 100.0 + signal, task, n_validation=20, groups=(0, 1, 1, 2))
    edges = np.quantile(signal, [0.7] if task == "two classes" else [0.5, 0.8, 0.9])
    targets = np.searchsorted(edges, signal).astype(float)
    return make_dataset(inputs, targets, "classification", n_validation=20, groups=(0, 1, 1, 2))


def trained(task, hidden, activation, settings, n_steps=500):
    trainer = Trainer(dataset_of(task), Architecture(hidden, activation), seed=1)
    assert not trainer.snapshot(settings).is_collapsed
    trainer.advance(settings, n_steps)
    assert not trainer.snapshot(settings).is_collapsed
    return trainer


# That every loss and every penalty is reported, and stays so, has failed under single optimisers.
@covered(
    task=["regression", "two classes", "four classes"],
    activation=["tanh", "relu"],
    optimizer=OPTIMIZERS,
    penalty=["l1", "l2", "elastic-net", "group-lasso"],
    together=[("task", "optimizer", "penalty")],
)
def test_a_collapsed_network_is_reported_and_stays_collapsed(task, activation, optimizer, penalty):
    living = TrainSettings(penalty, 0.001, 0.5, optimizer, 0.01)
    trainer = trained(task, (16, 16), activation, living)
    killer = replace(living, lam=1e9)
    trainer.advance(killer, SETTLED_STEPS)
    snapshot = trainer.snapshot(killer)
    assert snapshot.is_collapsed
    assert penalty == "l2" or snapshot.n_nonzero == 0
    # Rounding keeps weights of noise/λ alive under L2. At λ = 0 Adam makes much of it.
    for lam in (0.01, 0.001):
        eased = replace(living, lam=lam)
        trainer.advance(eased, 1_500)
        snapshot = trainer.snapshot(eased)
        assert snapshot.is_collapsed
        assert snapshot.train_loss == pytest.approx(null_loss(trainer.dataset), rel=1e-5)


@pytest.mark.parametrize("learning_rate", [0.003, 0.1])
@pytest.mark.parametrize("optimizer", ["momentum", "sgd"])
@pytest.mark.parametrize("hidden", [(16, 16), (6, 6, 6)])
def test_the_learning_rate_says_where_rounding_stops_a_bias(hidden, optimizer, learning_rate):
    living = TrainSettings("l2", 0.001, 0.5, optimizer, learning_rate)
    trainer = trained("four classes", hidden, "relu", living)
    killer = replace(living, lam=1e9)
    trainer.advance(killer, round(SETTLED_STEPS * 0.01 / learning_rate))
    assert trainer.snapshot(killer).is_collapsed
    # It is dead at λ = 0 as well: no optimiser here that makes much of rounding.
    released = replace(living, lam=0.0)
    for _ in range(5):
        trainer.advance(released, 2_000)
        assert trainer.snapshot(released).is_collapsed


def test_a_network_that_rounding_brings_back_is_no_longer_called_collapsed():
    living = TrainSettings("l2", 0.001, 0.5, "adam", 0.01)
    trainer = trained("two classes", (16, 16), "tanh", living)
    trainer.advance(replace(living, lam=1e9), SETTLED_STEPS)
    released = replace(living, lam=0.0)
    assert trainer.snapshot(released).is_collapsed
    trainer.advance(released, 5_000)
    snapshot = trainer.snapshot(released)
    assert snapshot.train_loss < 0.5 * null_loss(trainer.dataset)
    assert not snapshot.is_collapsed


@pytest.mark.parametrize(
    ("hidden", "size", "optimizer", "n_steps"), [((8,), 1e-9, "sgd", 6_000), ((8, 8), 3e-4, "adam", 500)]
)
def test_tiny_weights_that_grow_again_are_not_called_collapsed(hidden, size, optimizer, n_steps):
    """Near the saddle at W = 0 no gradient is larger than rounding, and yet there is a way down."""
    trainer = Trainer(dataset_of("regression"), Architecture(hidden), seed=1)
    settings = TrainSettings("none", 0.0, 0.5, optimizer, 0.03)
    trainer.parameters[trainer.network.is_weight] *= size
    for _ in range(10):
        assert not trainer.snapshot(settings).is_collapsed
        trainer.advance(settings, n_steps // 10)
    assert trainer.snapshot(settings).train_loss < 0.5 * null_loss(trainer.dataset)


@pytest.mark.parametrize("task", ["regression", "two classes", "four classes"])
@pytest.mark.parametrize("learning_rate", [1e-5, 0.01])
def test_a_network_that_has_nothing_to_learn_is_not_called_collapsed_while_it_has_weights(learning_rate, task):
    generator = np.random.default_rng(5)
    inputs = generator.normal(size=(200, 3))
    n_classes = {"regression": 0, "two classes": 2, "four classes": 4}[task]
    targets = np.arange(200) % n_classes * 1.0 if n_classes else generator.normal(size=200)
    dataset = make_dataset(inputs, targets, "classification" if n_classes else "regression", n_validation=20)
    trainer = Trainer(dataset, Architecture((8, 8)), seed=0)
    trainer.parameters[trainer.network.is_weight] *= 0.1
    settings = TrainSettings("l2", 1e-4, 0.5, "sgd", learning_rate)
    for _ in range(10):
        assert not trainer.snapshot(settings).is_collapsed
        trainer.advance(settings, 100)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_l2_alone_leaves_tiny_weights_that_can_grow_again_and_are_not_called_collapsed(activation):
    settings = TrainSettings("l2", 1e9, 0.5, "adam", 0.01)
    trainer = Trainer(dataset_of("regression"), Architecture((16,), activation), seed=1)
    trainer.advance(settings, 10_000)
    snapshot = trainer.snapshot(settings)
    assert snapshot.n_nonzero > 0
    assert np.abs(trainer.parameters[trainer.network.is_weight]).max() <= 1e-8
    assert not snapshot.is_collapsed
    trainer.advance(replace(settings, lam=0.001), 3_000)
    assert np.abs(trainer.parameters[trainer.network.is_weight]).max() > 0.1


def test_zero_weights_with_a_bias_on_its_way_are_not_called_collapsed():
    """Gradients still reach the weights as long as the output bias is not at its optimum."""
    settings = TrainSettings("l1", 1e9, 0.5, "sgd", 0.001)
    trainer = Trainer(dataset_of("regression"), Architecture((16,), "relu"), seed=1)
    trainer.parameters[trainer.network.is_weight] = 0
    trainer.network.biases(trainer.parameters, 0)[:] = 1.0
    trainer.network.biases(trainer.parameters, 1)[:] = 5.0
    snapshot = trainer.snapshot(settings)
    assert snapshot.n_nonzero == 0
    assert not snapshot.is_collapsed
