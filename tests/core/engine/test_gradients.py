"""Gradients of the engine against central differences of its own losses and against the reference."""

from __future__ import annotations

import numpy as np
import pytest
from core_problems import LOSSES, Problem, random_parameters
from covering import covered
from reference import forward, gradient, loss_slopes, loss_values, mean_loss

from regdesk.core.model.losses import class_probabilities
from regdesk.core.model.network import Network
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows

STEP = 1e-5


def problem_away_from_kinks(activation, loss, hidden):
    """The first drawn parameters whose differences step over no kink: pre-activations move by a few times STEP."""
    problem = Problem(19, 6, 3, loss, seed=4, n_classes=5)
    network = problem.network(hidden, activation)
    for seed in range(50):
        parameters = random_parameters(network, seed)
        befores = forward(parameters[0], network.sizes, activation, problem.inputs[0])[1][:-1]
        if activation == "tanh" or all(np.abs(before).min() > 100 * STEP for before in befores):
            return problem, network, parameters
    raise AssertionError("no parameters away from the kinks")


@covered(activation=["tanh", "relu"], loss=LOSSES, hidden=[(), (5,), (7, 3), (4, 16, 1)])
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


@pytest.mark.parametrize("loss", LOSSES)
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


def loss_arguments(kind):
    """Outputs ``(n_rows, n_outputs)`` up to ±800 with every target there is, ``(n_rows,)``."""
    line = np.concatenate([np.linspace(-30, 30, 61), [-800.0, 800.0]])
    if kind == "softmax":
        generator = np.random.default_rng(0)
        outputs = generator.normal(size=(60, 4)) * generator.choice([0.01, 1.0, 10.0, 700.0], size=(60, 1))
        # Two classes of equal logits above the rest, where softmax bends most.
        outputs = np.vstack([outputs, [[30.0, 30.0, 0.0, 0.0], [-800.0, -800.0, -800.0, -800.0]]])
        return np.repeat(outputs, 4, axis=0), np.tile(np.arange(4.0), len(outputs))
    return np.repeat(line, 2)[:, np.newaxis], np.tile([0.0, 1.0], len(line))


@pytest.mark.parametrize("kind", LOSSES)
def test_loss_formulas_agree_with_the_reference_and_their_own_slope(kind):
    loss = LOSSES[kind]
    outputs, targets = loss_arguments(kind)
    assert loss.values(outputs, targets).shape == (len(outputs),)
    expected = loss_values(kind, outputs, targets)
    np.testing.assert_allclose(loss.values(outputs, targets), expected, rtol=1e-12, atol=1e-15)
    slopes = loss.derivatives(outputs, targets)
    assert slopes.shape == outputs.shape
    with np.errstate(over="ignore"):
        np.testing.assert_allclose(slopes, loss_slopes(kind, outputs, targets), rtol=1e-9, atol=1e-12)
    for k in range(outputs.shape[1]):
        shift = STEP * np.eye(outputs.shape[1])[k]
        values = [loss.values(outputs + sign * shift, targets) for sign in (1, -1)]
        np.testing.assert_allclose(slopes[:, k], (values[0] - values[1]) / (2 * STEP), atol=1e-6)


@pytest.mark.parametrize("kind", LOSSES)
def test_the_curvature_bound_is_the_largest_second_derivative_in_any_direction(kind):
    loss = LOSSES[kind]
    outputs, targets = loss_arguments(kind)
    n_outputs = outputs.shape[1]
    bends = np.empty((len(outputs), n_outputs, n_outputs))
    for k in range(n_outputs):
        shift = STEP * np.eye(n_outputs)[k]
        slopes = [loss.derivatives(outputs + sign * shift, targets) for sign in (1, -1)]
        bends[:, :, k] = (slopes[0] - slopes[1]) / (2 * STEP)
    largest = np.linalg.eigvalsh(0.5 * (bends + bends.transpose(0, 2, 1))).max()
    assert largest == pytest.approx(loss.curvature_bound, rel=1e-6)


@pytest.mark.parametrize("kind", LOSSES)
def test_null_outputs_are_the_best_constants(kind):
    loss = LOSSES[kind]
    targets = np.array([0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0])
    if kind == "softmax":
        targets = np.array([0.0, 1.0, 1.0, 2.0, 3.0, 3.0, 3.0])
    n_outputs = 4 if kind == "softmax" else 1
    best = loss.null_outputs(targets, n_outputs)
    assert best.shape == (n_outputs,)
    assert kind != "softmax" or best.sum() == pytest.approx(0.0, abs=1e-14)
    constant = np.tile(best, (7, 1))
    assert np.abs(loss.derivatives(constant, targets).mean(axis=0)).max() < 1e-15
    at_best = loss.values(constant, targets).mean()
    for shift in np.vstack([0.1 * np.eye(n_outputs), -0.1 * np.eye(n_outputs)]):
        assert loss.values(constant + shift, targets).mean() > at_best


@pytest.mark.parametrize("label", [0.0, 1.0])
def test_null_output_of_one_class_is_finite(label):
    output = LOSSES["logistic"].null_outputs(np.full(9, label))[0]
    assert np.isfinite(output)
    assert (output > 0) == (label == 1.0)


def test_null_outputs_of_classes_without_rows_are_those_of_half_a_row():
    outputs = LOSSES["softmax"].null_outputs(np.array([0.0, 0.0, 2.0]), 4)
    np.testing.assert_allclose(np.exp(outputs - outputs[0]), [1.0, 0.25, 0.5, 0.25], rtol=1e-14)


def test_probabilities_are_those_of_the_link():
    logits = np.array([[0.0], [2.0], [-800.0], [800.0]])
    second = np.array([0.5, 1.0 / (1.0 + np.exp(-2.0)), 0.0, 1.0])
    np.testing.assert_allclose(class_probabilities(logits), np.column_stack([1.0 - second, second]), rtol=1e-14)
    outputs = np.array([[1.0, 2.0, 3.0], [800.0, -800.0, 800.0], [-800.0, -800.0, -800.0]])
    powers = np.exp([1.0, 2.0, 3.0])
    expected = [powers / powers.sum(), [0.5, 0.0, 0.5], [1 / 3, 1 / 3, 1 / 3]]
    np.testing.assert_allclose(class_probabilities(outputs), expected, rtol=1e-14)


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 4e-16), (np.float32, 3e-7)])
def test_the_engines_exponential_is_the_c_librarys(dtype, tolerance):
    """Through softmax: with two classes of logits 0 and −x the gradient by the first bias is 1/(1 + e^x) − 1."""
    x = np.concatenate([np.linspace(0.0, 85.0, 4001), np.geomspace(1e-12, 1.0, 200)]).astype(dtype)
    network = Network((1, 2), "tanh")
    parameters = np.zeros((1, network.n_parameters))
    parameters[0, :2] = [0.0, -1.0]
    values = np.empty(len(x))
    for start in range(0, len(x), 200):
        part = x[start : start + 200]
        models = len(part)
        inputs = part[np.newaxis, :, np.newaxis].astype(np.float64)
        # A model for each row; all of the first class.
        rows = Rows(inputs, np.zeros((1, models)), np.eye(models), np.zeros((models, models)), [0] * models)
        stack = Stack(network, LOSSES["softmax"], rows, np.repeat(parameters, models, axis=0), [0] * models, dtype)
        # The gradient by the second bias is its probability.
        values[start : start + 200] = stack.gradients()[:, 3]
    powers = np.exp(-x.astype(np.float64))
    np.testing.assert_allclose(values, powers / (1.0 + powers), rtol=4 * tolerance, atol=0)
