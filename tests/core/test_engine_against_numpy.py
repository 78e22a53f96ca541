"""The compiled engine does, step by step, what the plain numpy reference does."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from core_problems import Problem, make_dataset, random_parameters
from reference import ReferenceModel, epoch_order, penalty_value, weight_mask

from regdesk.core.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings

# Hidden widths, inputs, training rows, validation rows. A block is 128 float64 or 256 float32 rows.
SHAPES = [
    ((), 1, 1, 0),
    ((), 17, 40, 5),
    ((1,), 3, 2, 3),
    ((5,), 2, 300, 31),
    ((16, 16), 1, 33, 7),
    ((7, 3), 5, 129, 1),
    ((17, 5, 3), 4, 47, 16),
    ((3, 1, 16), 7, 600, 77),
]
N_STEPS = 10
FLOAT32_TOLERANCE = {("adam", "tanh"): 2e-5, ("adam", "relu"): 1e-3, ("sgd", "tanh"): 5e-6, ("sgd", "relu"): 5e-6}
"""Adam divides a gradient by its own size, so that a small gradient's rounding shows at the size of a step, 0.02."""


def assert_steps_agree(problem, hidden, activation, settings, dtype, tolerance):
    network = problem.network(hidden, activation)
    parameters = random_parameters(network, seed=3).astype(dtype)
    stack = problem.stack(network, parameters, [11], dtype)
    reference = ReferenceModel(
        network.sizes,
        activation,
        problem.loss,
        problem.inputs[0],
        problem.targets[0],
        problem.train_weights[0],
        parameters[0],
        11,
    )
    for step in range(N_STEPS):
        stack.advance([settings], 1)
        reference.step(settings)
        np.testing.assert_allclose(
            stack.parameters[0], reference.parameters, rtol=tolerance, atol=tolerance, err_msg=f"{hidden}, step {step}"
        )
        assert stack.epoch() == pytest.approx(reference.epoch + reference.done / len(reference.rows), abs=1e-12)
    train, validation = stack.losses()[0]
    if problem.validation_weights.any():
        expected = reference.losses(problem.validation_weights[0])
        np.testing.assert_allclose([train, validation], expected, rtol=10 * tolerance, atol=tolerance)
    else:
        assert np.isnan(validation)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("batch_size", [0, 19])
@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
@pytest.mark.parametrize("penalty", ["none", "l1", "l2", "elastic-net"])
@pytest.mark.parametrize("loss", ["squared", "logistic"])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_every_step_agrees_with_the_reference(activation, loss, penalty, optimizer, batch_size, dtype):
    settings = TrainSettings(penalty, 0.07, 0.3, optimizer, 0.02, batch_size)
    tolerance = 1e-10 if dtype == "float64" else FLOAT32_TOLERANCE[optimizer, activation]
    for seed, (hidden, n_inputs, n_train, n_validation) in enumerate(SHAPES):
        problem = Problem(n_train, n_validation, n_inputs, loss, seed)
        assert_steps_agree(problem, hidden, activation, settings, dtype, tolerance)


@pytest.mark.parametrize("batch_size", [1, 2, 128, 129, 299, 300, 301])
def test_batches_of_any_size_agree_with_the_reference(batch_size):
    settings = TrainSettings("l1", 0.02, 0.5, "adam", 0.02, batch_size)
    assert_steps_agree(Problem(300, 20, 3, "squared"), (5,), "tanh", settings, "float64", 1e-10)


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 5, 8, 13, 2**63 + 7])
def test_every_row_has_its_turn_in_the_references_order(seed):
    """Batches of one row: each swap of the shuffle shows, over three epochs of 2 and of 7 rows."""
    settings = TrainSettings("none", 0.0, 0.5, "sgd", 0.05, 1)
    for n_train in (2, 7):
        problem = Problem(n_train, 3, 2, "squared")
        network = problem.network((), "tanh")
        parameters = random_parameters(network, 1)
        stack = problem.stack(network, parameters, [seed])
        reference = ReferenceModel(
            network.sizes,
            "tanh",
            "squared",
            problem.inputs[0],
            problem.targets[0],
            problem.train_weights[0],
            parameters[0],
            seed,
        )
        for _ in range(3 * n_train):
            stack.advance([settings], 1)
            reference.step(settings)
            np.testing.assert_allclose(stack.parameters[0], reference.parameters, rtol=1e-10, atol=1e-10)
        assert stack.epoch() == 3.0


def test_changes_of_settings_in_the_middle_of_an_epoch_agree_with_the_reference():
    course = [
        TrainSettings("l2", 0.01, 0.5, "adam", 0.01, 16),
        TrainSettings("l1", 0.5, 0.5, "adam", 0.01, 16),
        TrainSettings("l1", 0.5, 0.5, "adam", 0.01, 7),
        TrainSettings("elastic-net", 3.0, 0.9, "adam", 0.03, 0),
        TrainSettings("elastic-net", 0.001, 0.1, "sgd", 0.1, 5),
        TrainSettings("none", 1.0, 0.1, "adam", 0.001, 40),
        TrainSettings("l2", 0.01, 0.1, "adam", 0.001, 1000),
    ]
    generator = np.random.default_rng(5)
    inputs = generator.normal(3.0, 2.0, size=(80, 3))
    targets = 10.0 + inputs[:, 0] ** 2
    dataset = make_dataset(inputs, targets, "regression", n_validation=15)
    # A linear model is the one that the trainer keeps in float64.
    trainer = Trainer(dataset, Architecture(()), seed=4)
    train, validation = dataset.split.train, dataset.split.validation
    rows = np.concatenate([train, validation])
    mean, scale = inputs[train].mean(axis=0), inputs[train].std(axis=0)
    target_mean, target_scale = targets[train].mean(), targets[train].std()
    is_train = np.arange(80) < 65
    reference = ReferenceModel(
        (3, 1),
        "tanh",
        "squared",
        (inputs[rows] - mean) / scale,
        (targets[rows] - target_mean) / target_scale,
        is_train.astype(float),
        trainer.parameters,
        4,
    )
    previous = course[0]
    for settings in course:
        if settings.optimizer != previous.optimizer:
            reference.forget()
        previous = settings
        for _ in range(6):
            trainer.advance(settings, 1)
            reference.step(settings)
            np.testing.assert_allclose(trainer.parameters, reference.parameters, rtol=1e-10, atol=1e-10)
            weights = reference.parameters[weight_mask((3, 1))]
            expected = penalty_value(settings.penalty, settings.l1_ratio, weights)
            row = trainer.record(settings)
            losses = reference.losses(~is_train)
            assert [row.train_loss, row.validation_loss] == pytest.approx(losses, rel=1e-10)
            assert row.penalty_value == pytest.approx(expected, rel=1e-10, abs=1e-12)
            assert row.lam == (0.0 if settings.penalty == "none" else settings.lam)


def test_trainer_of_a_network_agrees_with_the_reference():
    generator = np.random.default_rng(6)
    inputs = generator.normal(size=(150, 2))
    targets = (inputs[:, 0] * inputs[:, 1] > 0).astype(float)
    dataset = make_dataset(inputs, targets, "classification", n_validation=37)
    trainer = Trainer(dataset, Architecture((16, 16), "tanh"), seed=9)
    settings = TrainSettings("l2", 0.001, 0.5, "adam", 0.01, 32)
    rows = np.concatenate([dataset.split.train, dataset.split.validation])
    train = inputs[dataset.split.train]
    reference = ReferenceModel(
        (2, 16, 16, 1),
        "tanh",
        "logistic",
        (inputs[rows] - train.mean(axis=0)) / train.std(axis=0),
        targets[rows],
        (np.arange(150) < 113).astype(float),
        trainer.parameters,
        9,
    )
    for _ in range(40):
        trainer.advance(settings, 1)
        reference.step(settings)
        np.testing.assert_allclose(trainer.parameters, reference.parameters, atol=2e-3)
    assert trainer.epoch == 10.0


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("batch_size", [0, 10])
@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_a_stack_of_three_equals_three_stacks_of_one(optimizer, batch_size, dtype):
    problem = Problem(50, 14, 3, "squared", seed=1, n_models=3, n_sets=2)
    problem.train_weights[1, 40:] = 0
    network = problem.network((5, 7), "tanh")
    parameters = random_parameters(network, 2, n_models=3)
    settings = [
        TrainSettings("elastic-net", lam, ratio, optimizer, rate, batch_size)
        for lam, ratio, rate in [(0.0, 0.5, 0.01), (0.03, 1.0, 0.02), (2.0, 0.1, 0.003)]
    ]
    stack = problem.stack(network, parameters, [5, 6, 7], dtype)
    stack.advance(settings, 60)
    for model in range(3):
        alone = problem.stack(network, parameters[[model]], [5 + model], dtype, models=[model])
        alone.advance([settings[model]], 60)
        assert alone.parameters[0].tobytes() == stack.parameters[model].tobytes()
        assert alone.losses()[0].tobytes() == stack.losses()[model].tobytes()
        assert alone.gradients()[0].tobytes() == stack.gradients()[model].tobytes()
        assert alone.epoch() == stack.epoch(model)
    assert len({row.tobytes() for row in stack.parameters}) == 3


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("batch_size", [0, 9])
@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_chunk_length_changes_no_bit(optimizer, batch_size, dtype):
    problem = Problem(41, 9, 2, "logistic")
    network = problem.network((16, 3), "relu")
    settings = [TrainSettings("l1", 0.005, 0.5, optimizer, 0.01, batch_size)]
    results = set()
    for chunks in ([1] * 100, [7] * 14 + [2], [100], [99, 1]):
        stack = problem.stack(network, random_parameters(network, 8), [3], dtype)
        for n_steps in chunks:
            stack.advance(settings, n_steps)
            # Looking at the model must not disturb it.
            stack.losses()
            stack.gradients()
        results.add(stack.parameters.tobytes())
        assert stack.steps[0] == 100
    assert len(results) == 1


def test_snapshots_and_records_change_no_bit():
    generator = np.random.default_rng(7)
    inputs = generator.normal(size=(60, 3))
    dataset = make_dataset(inputs, inputs[:, 0] - inputs[:, 1], "regression", n_validation=15)
    settings = TrainSettings(batch_size=8)
    watched, unwatched = (Trainer(dataset, Architecture((5,)), seed=1) for _ in range(2))
    for _ in range(30):
        watched.advance(settings, 1)
        watched.snapshot(settings)
        watched.kkt_residual(settings)
    unwatched.advance(settings, 30)
    assert watched.snapshot(settings).digest() == unwatched.snapshot(settings).digest()


def test_epoch_orders_are_fair_permutations():
    """The reference's, which the engine follows: each order of three rows as often as any other."""
    counts = dict.fromkeys(permutations([4, 5, 9]), 0)
    for seed, epoch in product(range(3), range(2000)):
        counts[tuple(epoch_order([4, 5, 9], seed, epoch))] += 1
    # 6,000 draws over 6 orders: 1,000 each, standard deviation 29.
    assert max(abs(count - 1000) for count in counts.values()) < 120
