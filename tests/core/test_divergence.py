"""A run that blows up stops at its last sound parameters, says so soon, and can be trained on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core_problems import LOSSES, Problem, make_dataset, random_parameters
from reference import ReferenceModel
from sklearn.datasets import load_diabetes

from regdesk.core.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings


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


@pytest.mark.parametrize("learning_rate", [0.5, 0.05, 0.003])
def test_divergence_is_said_within_ten_steps(learning_rate):
    """The first loss beyond reason is found by the reference, which goes on for ever."""
    problem = Problem(60, 10, 4, "squared", seed=2)
    problem.inputs *= 30.0
    network = problem.network((), "tanh")
    parameters = random_parameters(network, 1)
    reference = ReferenceModel(
        network.sizes, "tanh", "squared", problem.inputs[0], problem.targets[0], problem.train_weights[0],
        parameters[0], 0,
    )  # fmt: skip
    settings = TrainSettings("none", 0.0, 0.5, "sgd", learning_rate)
    weights = problem.train_weights[0]
    targets = problem.targets[0][weights > 0]
    null = LOSSES["squared"].values(np.full(len(targets), targets.mean()), targets).mean()
    limit = 1e6 * max(reference.losses(weights)[0], null)
    first = 0
    while reference.losses(weights)[0] <= limit:
        reference.step(settings)
        first += 1
    stack = problem.stack(network, parameters, [0])
    said = 0
    while not stack.has_diverged[0]:
        stack.advance([settings], 1)
        said += 1
        assert said <= first + 10
    assert said >= first
    assert np.isfinite(stack.parameters).all()
    assert stack.losses()[0, 0] <= limit


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


def test_a_sound_run_is_never_called_diverged():
    problem = Problem(50, 10, 3, "logistic")
    network = problem.network((16, 16), "relu")
    stack = problem.stack(network, 20.0 * random_parameters(network, 1), [0], np.float32)
    stack.advance([TrainSettings("l2", 0.01, 0.5, "adam", 0.01)], 2_000)
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
