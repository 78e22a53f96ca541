"""Gradients of the engine against central differences of its own losses and against the reference."""

from __future__ import annotations

import numpy as np
import pytest
from core_problems import LOSSES, Problem, random_parameters
from reference import forward, gradient, loss_values, mean_loss

STEP = 1e-5


def problem_away_from_kinks(activation, loss, hidden):
    """The first drawn parameters whose differences step over no kink: pre-activations move by a few times STEP."""
    problem = Problem(19, 6, 3, loss, seed=4)
    network = problem.network(hidden, activation)
    for seed in range(50):
        parameters = random_parameters(network, seed)
        befores = forward(parameters[0], network.sizes, activation, problem.inputs[0])[1][:-1]
        if activation == "tanh" or all(np.abs(before).min() > 100 * STEP for before in befores):
            return problem, network, parameters
    raise AssertionError("no parameters away from the kinks")


@pytest.mark.parametrize("hidden", [(), (5,), (7, 3), (4, 16, 1)])
@pytest.mark.parametrize("loss", ["squared", "logistic"])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_gradients_agree_with_central_differences(activation, loss, hidden):
    problem, network, parameters = problem_away_from_kinks(activation, loss, hidden)
    stack = problem.stack(network, parameters, [0])
    exact = stack.gradients()[0]
    differences = np.empty_like(exact)
    for i in range(network.n_parameters):
        losses = []
        for sign in (1, -1):
            stack.parameters[0] = parameters[0]
            stack.parameters[0, i] += sign * STEP
            losses.append(stack.losses()[0, 0])
        differences[i] = (losses[0] - losses[1]) / (2 * STEP)
    assert np.abs(exact).max() > 1e-3
    np.testing.assert_allclose(exact, differences, rtol=1e-6, atol=1e-6 * np.abs(exact).max())


@pytest.mark.parametrize("loss", ["squared", "logistic"])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_gradients_and_losses_hold_for_large_outputs(activation, loss):
    """Logits of hundreds neither overflow nor lose their figures."""
    problem = Problem(40, 10, 2, loss, seed=2)
    network = problem.network((16,), activation)
    parameters = 40.0 * random_parameters(network, 1)
    stack = problem.stack(network, parameters, [0])
    arguments = (network.sizes, activation, loss, problem.inputs[0], problem.targets[0])
    outputs = forward(parameters[0], network.sizes, activation, problem.inputs[0])[2]
    assert np.abs(outputs).max() > 100
    with np.errstate(over="ignore"):
        expected = gradient(parameters[0], *arguments, problem.train_weights[0])
    np.testing.assert_allclose(stack.gradients()[0], expected, rtol=1e-9, atol=1e-9 * np.abs(expected).max())
    expected_losses = [
        mean_loss(parameters[0], *arguments, weights)
        for weights in (problem.train_weights[0], problem.validation_weights[0])
    ]
    np.testing.assert_allclose(stack.losses()[0], expected_losses, rtol=1e-12)


@pytest.mark.parametrize("kind", ["squared", "logistic"])
def test_loss_formulas_agree_with_the_reference_and_their_own_slope(kind):
    loss = LOSSES[kind]
    outputs = np.concatenate([np.linspace(-30, 30, 61), [-800.0, 800.0]])
    for target in (0.0, 1.0):
        targets = np.full(len(outputs), target)
        np.testing.assert_allclose(loss.values(outputs, targets), loss_values(kind, outputs, targets), rtol=1e-12)
        slopes = (loss.values(outputs + STEP, targets) - loss.values(outputs - STEP, targets)) / (2 * STEP)
        np.testing.assert_allclose(loss.derivatives(outputs, targets), slopes, atol=1e-6)
        bends = (loss.derivatives(outputs + STEP, targets) - loss.derivatives(outputs - STEP, targets)) / (2 * STEP)
        assert bends.max() <= loss.curvature_bound * (1 + 1e-6)
        assert bends.max() >= loss.curvature_bound * (1 - 1e-6)


@pytest.mark.parametrize("kind", ["squared", "logistic"])
def test_null_output_is_the_best_constant(kind):
    loss = LOSSES[kind]
    targets = np.array([0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0])
    best = loss.null_output(targets)
    assert abs(loss.derivatives(np.full(7, best), targets).mean()) < 1e-15
    at_best = loss.values(np.full(7, best), targets).mean()
    assert all(loss.values(np.full(7, best + shift), targets).mean() > at_best for shift in (-0.1, 0.1))


@pytest.mark.parametrize("label", [0.0, 1.0])
def test_null_output_of_one_class_is_finite(label):
    output = LOSSES["logistic"].null_output(np.full(9, label))
    assert np.isfinite(output)
    assert (output > 0) == (label == 1.0)
