"""Penalty factors of a network's first layer: the engine's steps and its solver against the penalty in numpy."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.model.losses import loss_for
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_for, penalty_value
from regdesk.core.networks.solver import NetworkProblem
from regdesk.core.training.stack import Rows, Stack
from regdesk.core.types import TrainSettings

FACTORS = (1.0, 0.0, 4.0, 4.0)
NETWORK = Network((4, 3, 1), "tanh", (0, 1, 2, 2), FACTORS)
KINDS = ["l1", "l2", "elastic-net", "group-lasso"]


def rows():
    random = np.random.default_rng(2)
    inputs = random.normal(size=(40, 4))
    return inputs, np.sin(inputs[:, 0]) + 0.5 * inputs[:, 1] + 0.3 * inputs[:, 2] + 0.1 * random.normal(size=40)


def gradient_of(parameters, inputs, targets):
    """∇ of the mean loss by all parameters, by hand."""
    first, bias = NETWORK.weights(parameters, 0), NETWORK.biases(parameters, 0)
    second, last = NETWORK.weights(parameters, 1), NETWORK.biases(parameters, 1)
    hidden = np.tanh(inputs @ first + bias)
    error = (hidden @ second + last - targets[:, np.newaxis]) / len(targets)
    back = error @ second.T * (1.0 - hidden**2)
    parts = (inputs.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0))
    return np.concatenate([part.ravel() for part in parts])


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_is_the_prox_of_the_penalty_with_its_factors(kind):
    inputs, targets = rows()
    settings = TrainSettings(kind, 0.05, 0.4, optimizer="sgd", learning_rate=0.5)
    start = 0.3 * np.random.default_rng(3).normal(size=NETWORK.n_parameters)
    stack = Stack(
        NETWORK, loss_for("regression", 1), Rows.of_one_model(inputs, targets, np.ones(40, dtype=bool)),
        start[np.newaxis], [0], np.float64,
    )  # fmt: skip
    stack.advance([settings], 1)
    expected = start - 0.5 * gradient_of(start, inputs, targets)
    is_weight = NETWORK.is_weight
    expected[is_weight] = penalty_for(settings, NETWORK).prox(expected[is_weight], 0.5)
    np.testing.assert_allclose(stack.parameters[0], expected, atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_the_solver_ends_where_the_smallest_subgradient_is_nothing(kind):
    inputs, targets = rows()
    settings = TrainSettings(kind, 0.02, 0.4)
    problem = NetworkProblem(NETWORK, loss_for("regression", 1), inputs, targets)
    found = problem.solve(problem.cold_start(1), settings)
    assert found.converged
    parameters = np.array(found.parameters)
    gradient, weights = gradient_of(parameters, inputs, targets), parameters[NETWORK.is_weight]
    smallest = penalty_for(settings, NETWORK).smallest_subgradient(weights, gradient[NETWORK.is_weight])
    assert np.abs(smallest).max() < 1e-3
    assert np.abs(gradient[~NETWORK.is_weight]).max() < 1e-3
    objective = found.data_loss + settings.lam * penalty_value(settings, NETWORK, weights)
    assert found.objective == pytest.approx(objective, rel=1e-9)


def test_only_the_first_layer_has_factors_and_a_column_has_one():
    expected = np.append(np.repeat(FACTORS, 3), np.ones(3))
    np.testing.assert_array_equal(NETWORK.weight_factors, expected)
    assert Network((2, 1), "tanh", (), (1.0, 1.0)).weight_factors is None
    with pytest.raises(ValueError, match="inputs of one column have one factor"):
        Network((2, 1), "tanh", (0, 0), (1.0, 2.0))
