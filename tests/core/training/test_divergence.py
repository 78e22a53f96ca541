"""A run that blows up stops at its last sound parameters, says so soon, and can be trained on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core_problems import LOSSES, Problem, make_dataset, random_parameters
from covering import covered
from sklearn.datasets import load_diabetes

from regdesk.core.training.trainer import Trainer
from regdesk.core.types import OPTIMIZERS, PENALTIES, Architecture, TrainSettings


def unscaled_dataset():
    inputs, targets = load_diabetes(return_X_y=True, scaled=False)
    return make_dataset(inputs, targets, "regression", n_validation=100, standardize=False)


@pytest.mark.parametrize("batch_size", [0, 32])
@pytest.mark.parametrize("hidden", [(), (16, 16)])
def test_a_large_rate_on_unscaled_data_diverges_and_a_lower_one_trains_on(hidden, batch_size):
    settings = TrainSettings("l2", 0.01, 0.5, "sgd", 1.0, batch_size)
    trainer = Trainer(unscaled_dataset(), Architecture(hidden, "relu"), seed=0)
    limit = 1e6 * trainer.losses()[0]
    trainer.advance(settings, 200)
    assert trainer.has_diverged
    assert trainer.step <= 40, "after at most a few steps nothing is trained any more"
    assert np.isfinite(trainer.parameters).all()
    assert trainer.losses()[0] <= limit
    snapshot = trainer.snapshot(settings)
    assert snapshot.has_diverged
    assert np.isfinite(snapshot.objective)
    stopped = trainer.parameters.tobytes()
    trainer.advance(settings, 100)
    assert trainer.parameters.tobytes() == stopped, "it waits for other settings"

    calmer = replace(settings, optimizer="adam", learning_rate=0.01)
    trainer.apply(calmer)
    assert not trainer.has_diverged
    assert trainer.parameters.tobytes() == stopped
    before = trainer.losses()[0]
    trainer.advance(calmer, 3_000)
    assert not trainer.has_diverged
    assert trainer.losses()[0] < before


# Factors on the inputs and learning rates with which the loss goes beyond a million times its start, and stays there:
# a log-loss bounces under a gradient that the inputs bound, as any loss does under Adam's bounded steps.
COURSES = [
    ("squared", "sgd", 30.0, 0.5),
    ("squared", "sgd", 30.0, 0.003),
    ("squared", "momentum", 30.0, 0.5),
    ("squared", "momentum", 30.0, 0.05),
    ("squared", "adam", 1e4, 1.0),
    ("logistic", "sgd", 1e5, 1.0),
    ("logistic", "sgd", 1e4, 1.0),
    ("logistic", "momentum", 1e5, 1.0),
    ("logistic", "momentum", 3e4, 0.3),
    ("logistic", "adam", 1e8, 1.0),
    ("softmax", "sgd", 1e5, 1.0),
    ("softmax", "sgd", 1e4, 1.0),
    ("softmax", "momentum", 1e5, 1.0),
    ("softmax", "momentum", 3e4, 0.3),
    ("softmax", "adam", 1e8, 1.0),
]


@covered(course=COURSES, n_before=[0, 3, 7], dtype=["float64", "float32"])
def test_divergence_is_said_within_ten_steps(course, n_before, dtype):
    """The first loss beyond reason is found by the reference, which goes on for ever.

    Labels are drawn: what cannot be told apart stays wrong, and its loss large, at every step. Quiet steps before it
    all move the moments at which the engine looks.
    """
    loss, optimizer, factor, learning_rate = course
    problem = Problem(60, 10, 4, loss, seed=2)
    if loss != "squared":
        problem.targets[:] = np.random.default_rng(0).integers(2 if loss == "logistic" else 3, size=(1, 70))
    problem.inputs *= factor
    network = problem.network((), "tanh")
    weights = problem.train_weights[0]
    targets = problem.targets[0][weights > 0]
    null = LOSSES[loss].null_outputs(targets, problem.n_outputs)
    parameters = np.zeros((1, network.n_parameters), dtype=dtype)
    network.biases(parameters[0], 0)[:] = null
    reference = problem.reference(network, parameters[0], 0)
    stack = problem.stack(network, parameters, [0], dtype)
    null_loss = LOSSES[loss].values(np.tile(null, (len(targets), 1)), targets).mean()
    limit = 1e6 * max(reference.losses(weights)[0], null_loss)

    quiet = TrainSettings("none", 0.0, 0.5, optimizer, 1e-3 / factor**2)
    for _ in range(n_before):
        reference.step(quiet)
    stack.advance([quiet], n_before)
    settings = replace(quiet, learning_rate=learning_rate)
    first = 0
    with np.errstate(over="ignore"):
        while reference.losses(weights)[0] <= limit:
            reference.step(settings)
            first += 1
            assert first < 100
    said = 0
    while not stack.has_diverged[0]:
        stack.advance([settings], 1)
        said += 1
        assert said <= first + 10
    assert said >= first
    assert np.isfinite(stack.parameters).all()
    kept = stack.losses()[0, 0]
    assert kept <= limit * (1 + 1e-6)
    stopped = stack.parameters.tobytes()
    stack.advance([settings], 50)
    assert stack.parameters.tobytes() == stopped

    stack.clear_divergence()
    assert stack.parameters.tobytes() == stopped
    stack.advance([replace(settings, learning_rate=quiet.learning_rate)], 500)
    assert not stack.has_diverged[0]
    assert stack.parameters.tobytes() != stopped
    assert stack.losses()[0, 0] <= kept * (1 + 1e-6)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", LOSSES)
def test_parameters_that_are_no_numbers_are_noticed_within_ten_steps(loss, optimizer):
    """A NaN or an infinity set by hand at any moment; the last finite weights come back."""
    problem = Problem(60, 10, 4, loss, seed=2)
    network = problem.network((5,), "tanh")
    settings = TrainSettings("l2", 0.01, 0.5, optimizer, 0.01)
    for n_steps in (0, 1, 7, 8, 13):
        for value in (np.nan, np.inf, -np.inf):
            for position in (0, network.n_parameters - 1):
                stack = problem.stack(network, random_parameters(network, 1), [0])
                stack.advance([settings], n_steps)
                finite = stack.parameters.copy()
                stack.parameters[0, position] = value
                stack.advance([settings], 10)
                if not n_steps:
                    # Nothing finite was ever seen in a step; what stood at the start is kept.
                    finite = random_parameters(network, 1)
                assert stack.has_diverged[0]
                assert np.isfinite(stack.parameters).all()
                np.testing.assert_allclose(stack.parameters, finite, atol=0.5)


@covered(hidden=[(), (6, 5)], penalty=PENALTIES, optimizer=["sgd", "momentum"])
def test_a_penalty_neither_hides_divergence_nor_keeps_a_model_from_training_on(hidden, penalty, optimizer):
    generator = np.random.default_rng(1)
    inputs = 1e3 * generator.normal(size=(80, 3))
    dataset = make_dataset(inputs, inputs[:, 0] / 1e3, "regression", 10, standardize=False, groups=(0, 1, 1))
    trainer = Trainer(dataset, Architecture(hidden, "relu"), seed=0)
    settings = TrainSettings(penalty, 1e-3, 0.5, optimizer, 1.0)
    trainer.advance(settings, 400)
    assert trainer.has_diverged
    assert np.isfinite(trainer.parameters).all()
    calmer = replace(settings, learning_rate=1e-9)
    before = trainer.losses()[0]
    trainer.advance(calmer, 200)
    assert not trainer.has_diverged
    assert trainer.losses()[0] <= before


def test_one_diverged_model_leaves_its_neighbours_alone():
    problem = Problem(50, 0, 3, "squared", n_models=3)
    problem.inputs *= 20.0
    network = problem.network((), "tanh")
    parameters = random_parameters(network, 1, n_models=3)
    settings = [TrainSettings("none", 0.0, 0.5, "sgd", rate) for rate in (1e-4, 1.0, 1e-4)]
    stack = problem.stack(network, parameters, [0, 1, 2])
    stack.advance(settings, 500)
    assert stack.has_diverged.tolist() == [False, True, False]
    assert np.isfinite(stack.parameters).all()
    assert stack.steps.tolist() == [500, stack.steps[1], 500]
    for model in (0, 2):
        alone = problem.stack(network, parameters[[model]], [model], models=[model])
        alone.advance([settings[model]], 500)
        assert alone.parameters[0].tobytes() == stack.parameters[model].tobytes()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", ["logistic", "softmax"])
def test_a_sound_run_is_never_called_diverged(loss, optimizer):
    problem = Problem(50, 10, 3, loss)
    network = problem.network((16, 16), "relu")
    size = 20.0 if optimizer == "adam" else 1.0
    stack = problem.stack(network, size * random_parameters(network, 1), [0], np.float32)
    stack.advance([TrainSettings("l2", 0.01, 0.5, optimizer, 0.01)], 2_000)
    assert not stack.has_diverged[0]
    assert stack.steps[0] == 2_000


@pytest.mark.parametrize("task", ["regression", "classification"])
def test_a_validation_row_beyond_all_bounds_does_not_touch_training(task):
    """Far beyond what a dataset lets in (1e15 standard deviations), and still a row of weight 0 counts for nothing."""
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(41, 3))
    targets = (inputs[:, 0] > 0).astype(float) if task == "classification" else inputs[:, 0]
    tame = make_dataset(inputs, targets, task, n_validation=1, standardize=False)
    wild_inputs = inputs.copy()
    wild_inputs[tame.split.validation] = 1e30
    wild = make_dataset(wild_inputs, targets, task, n_validation=1, standardize=False)
    trainers = [Trainer(dataset, Architecture((4,), "relu"), seed=0) for dataset in (tame, wild)]
    for trainer in trainers:
        trainer.advance(TrainSettings(), 50)
        assert not trainer.has_diverged
    assert trainers[0].parameters.tobytes() == trainers[1].parameters.tobytes()


@pytest.mark.parametrize("seed", range(4))
def test_targets_whose_squares_float32_cannot_hold_are_trained_on(seed):
    """Without a warning (which would fail the test), whichever of the two losses that set the limit is larger."""
    generator = np.random.default_rng(seed)
    inputs = generator.normal(size=(40, 2))
    dataset = make_dataset(inputs, 1e20 * inputs[:, 0], "regression", 10, standardize=False)
    trainer = Trainer(dataset, Architecture((4,)), seed=0)
    trainer.advance(TrainSettings(), 10)
    snapshot = trainer.snapshot(TrainSettings())
    assert snapshot.train_loss == pytest.approx(0.5 * np.var(dataset.targets[dataset.split.train]), rel=1e-5)
    assert not snapshot.has_diverged
