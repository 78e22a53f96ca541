"""A small gradient is called a minimum only where there is one."""

from __future__ import annotations

import numpy as np
import pytest
from core_problems import make_dataset

from regdesk.core.model.losses import loss_for
from regdesk.core.model.minimum import doubt_of_minimum, margins_of
from regdesk.core.model.shortfalls import Doubt
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings
from regdesk.core.words.shortfalls import doubt_text

FREE = TrainSettings("none")


def arcs_trainer(n_classes=2, hidden=(8,)):
    """Classes on arcs of a circle, which a network tells apart."""
    turns = np.linspace(0.0, 2.0 * np.pi, 60, endpoint=False)
    inputs = np.column_stack([np.cos(turns), np.sin(turns)])
    targets = np.floor(turns / (2.0 * np.pi) * n_classes)
    return Trainer(make_dataset(inputs, targets, "classification", 12), Architecture(hidden), 1)


def still(trainer, settings):
    """Trained until next to no gradient is left."""
    for _ in range(60):
        trainer.advance(settings, 1000)
        snapshot = trainer.snapshot(settings)
        if snapshot.is_converged or snapshot.doubt is not None:
            return snapshot
    raise AssertionError(f"it still moves: residual {snapshot.kkt_residual}")


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("settings", [FREE, TrainSettings("l2", 0.0)])
def test_classes_told_apart_have_no_minimum_without_a_penalty(n_classes, settings, engine):
    trainer = arcs_trainer(n_classes)
    snapshot = still(trainer, settings)
    assert not snapshot.is_converged
    assert snapshot.doubt is Doubt.TOLD_APART
    # That there is none: the output layer times two has a lower loss, as often as one likes.
    network, before = trainer.network, snapshot.train_loss
    for _ in range(3):
        network.weights(trainer.parameters, 1)[:] *= 2.0
        network.biases(trainer.parameters, 1)[:] *= 2.0
        after = trainer.losses()[0]
        assert after < before
        before = after


def test_with_a_penalty_there_is_one(engine):
    snapshot = still(arcs_trainer(), TrainSettings("l2", 0.01))
    assert snapshot.is_converged
    assert snapshot.doubt is None


@pytest.mark.parametrize(
    ("kind", "is_linear", "outputs", "expected"),
    [
        ("regression", True, [[5.0], [-5.0]], None),
        ("regression", False, [[5.0], [-5.0]], Doubt.NETWORK),
        ("classification", True, [[-5.0], [5.0]], Doubt.TOLD_APART),
        ("classification", True, [[-5.0], [-0.1]], None),
        ("classification", False, [[-5.0], [-0.1]], Doubt.NETWORK),
        ("classification", False, [[5.0, 1.0, 0.0], [1.0, 2.0, 0.0]], Doubt.TOLD_APART),
        ("classification", False, [[5.0, 1.0, 0.0], [1.0, 1.0, 0.0]], Doubt.NETWORK),
    ],
)
def test_what_is_said_of_a_point_without_gradient(kind, is_linear, outputs, expected):
    outputs, targets = np.array(outputs), np.array([0.0, 1.0])
    loss = loss_for(kind, outputs.shape[1])
    assert doubt_of_minimum(loss, FREE, is_linear, outputs, targets) is expected
    assert doubt_of_minimum(loss, TrainSettings("l1", 0.0), is_linear, outputs, targets) is expected
    assert doubt_of_minimum(loss, TrainSettings("l1", 1e-9), is_linear, outputs, targets) is None


def test_margins_are_the_distance_to_the_nearest_other_class():
    np.testing.assert_array_equal(margins_of(np.array([[2.0], [-1.0]]), np.array([0.0, 1.0])), [-2.0, -1.0])
    logits = np.array([[3.0, 1.0, 2.5], [3.0, 1.0, 2.5]])
    np.testing.assert_array_equal(margins_of(logits, np.array([0.0, 2.0])), [0.5, -0.5])


def test_a_linear_model_of_which_some_rows_can_be_told_apart_has_no_minimum(engine):
    """Quasi-separation: rows at 0 stand in both classes, all others on their own side."""
    inputs = np.concatenate([np.zeros(20), np.linspace(0.5, 1.0, 15), -np.linspace(0.5, 1.0, 15)])[:, np.newaxis]
    targets = np.concatenate([np.tile([0.0, 1.0], 10), np.ones(15), np.zeros(15)])
    trainer = Trainer(make_dataset(inputs, targets, "classification", 0), Architecture(()), 1)
    trainer.parameters[:] = [80.0, 0.0]
    settings = TrainSettings("none")
    trainer.advance(settings, 1)
    trainer.parameters[-1] = 0.0
    snapshot = trainer.snapshot(settings)
    assert snapshot.kkt_residual <= 1e-8
    assert not snapshot.is_converged
    assert doubt_text(snapshot.doubt).startswith("the classes are separated by ")
    assert doubt_text(snapshot.doubt).endswith("there is no best model without a penalty. Raise λ")
