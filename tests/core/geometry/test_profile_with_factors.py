"""The profile over two weights under penalty factors, against the least of J over the others by another solver."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.geometry.class_plane import class_profile
from regdesk.core.geometry.linear_plane import profile_of
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.model.losses import loss_for
from regdesk.core.model.penalties import ElasticNet

FACTORS = np.array([1.0, 2.0, 0.5, 0.0, 3.0])
PAIR = (0, 2)
POINT = np.array([0.3, -0.2])


def rows():
    random = np.random.default_rng(8)
    inputs = random.normal(size=(50, 5)) @ (np.eye(5) + 0.4)
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    return inputs, inputs @ np.array([0.5, -0.4, 0.3, 0.6, 0.02]) + 0.5 * random.normal(size=50)


def least_of_others(inputs, targets, lam, ratio, is_class):
    """min over the other weights and the bias of (loss + λR of the others) by proximal gradient."""
    others = np.delete(np.arange(5), list(PAIR))
    columns, base = np.column_stack([inputs[:, others], np.ones(50)]), inputs[:, list(PAIR)] @ POINT
    pull = lam * np.append(FACTORS[others], 0.0)
    step, values = 1.0 / np.linalg.eigvalsh(columns.T @ columns / 50)[-1], np.zeros(4)
    for _ in range(20_000):
        outputs = base + columns @ values
        slopes = 1.0 / (1.0 + np.exp(-outputs)) - targets if is_class else outputs - targets
        moved = values - step * columns.T @ slopes / 50
        values = np.sign(moved) * np.maximum(np.abs(moved) - step * pull * ratio, 0.0) / (1 + step * pull * (1 - ratio))
    outputs = base + columns @ values
    losses = np.logaddexp(0.0, outputs) - targets * outputs if is_class else 0.5 * (outputs - targets) ** 2
    size = pull @ (ratio * np.abs(values) + 0.5 * (1.0 - ratio) * values**2)
    return float(losses.mean() + size), others, values[:-1]


@pytest.mark.parametrize("ratio", [1.0, 0.4, 0.0])
def test_the_profile_of_squared_error(ratio):
    inputs, targets = rows()
    targets = targets - targets.mean()
    expected, others, values = least_of_others(inputs, targets, 0.1, ratio, False)
    profile = profile_of(GramStatistics.of(inputs, targets), PAIR, ElasticNet(0.1, ratio, FACTORS))
    assert profile.value_at(POINT) == pytest.approx(expected, rel=1e-9)
    if ratio > 0.0:
        np.testing.assert_allclose(profile.others_at(POINT)[others], values, atol=1e-8)
    # At its minimum neither of the two weights pulls.
    np.testing.assert_allclose(profile.gradient_at(profile.minimum()), 0.0, atol=1e-9)


@pytest.mark.parametrize("ratio", [1.0, 0.4, 0.0])
def test_the_profile_of_classes(ratio):
    inputs, scores = rows()
    targets = (scores > 0.1).astype(np.float64)
    expected, _, _ = least_of_others(inputs, targets, 0.1, ratio, True)
    penalty = ElasticNet(0.1, ratio, FACTORS)
    problem = LinearProblem(inputs, targets, loss_for("classification", 1), penalty)
    assert class_profile(problem, PAIR, penalty).value_at(POINT) == pytest.approx(expected, rel=1e-9)


def test_the_ball_reaches_as_far_as_the_factors_let_it():
    plane = ElasticNet(0.1, 1.0, FACTORS).on_plane(np.zeros(5), PAIR)
    ball = plane.ball(1.0)
    np.testing.assert_allclose(ball[:2], [[1.0, 0.0], [0.0, 2.0]], atol=1e-12)
    np.testing.assert_allclose(plane.values(ball[:, 0], ball[:, 1]), 1.0)
    assert ElasticNet(0.1, 0.4, FACTORS).on_plane(np.zeros(5), PAIR).values(2.0, -2.0) == pytest.approx(2.0 * 1.5)
    assert len(ElasticNet(0.1, 1.0, FACTORS).on_plane(np.zeros(5), (0, 3)).ball(1.0)) == 0
