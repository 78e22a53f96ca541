"""Penalties: the prox beats its rivals, the subgradient is the smallest, and L1 gives exact zeros."""

from __future__ import annotations

import numpy as np
import pytest
from core_problems import Problem, random_parameters
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import penalty_value as reference_value
from reference import prox as reference_prox

from regdesk.core.penalties import Penalty, penalty_value
from regdesk.core.types import PENALTIES, TrainSettings

points = st.floats(-100, 100)
lams = st.floats(0, 1e3)
ratios = st.floats(0, 1)
rates = st.floats(1e-6, 10)
few = settings(max_examples=60, deadline=None)


def cost(penalty, w, u, rate):
    return 0.5 * (w - u) ** 2 + rate * (penalty.l1 * np.abs(w) + 0.5 * penalty.l2 * w**2)


@few
@given(points, lams, ratios, rates)
def test_prox_beats_a_grid_of_rivals(u, lam, ratio, rate):
    penalty = Penalty(lam, ratio)
    w = penalty.prox(np.array([u]), rate)[0]
    own = cost(penalty, w, u, rate)
    rivals = np.concatenate([np.linspace(-110, 110, 441), w + np.geomspace(1e-6, 1, 13), w - np.geomspace(1e-6, 1, 13)])
    assert own <= cost(penalty, rivals, u, rate).min() + 1e-12 * (1.0 + u**2)


@few
@given(points, points, lams, ratios, rates)
def test_prox_is_non_expansive_and_never_past_zero(u, v, lam, ratio, rate):
    w, x = Penalty(lam, ratio).prox(np.array([u, v]), rate)
    assert abs(w - x) <= abs(u - v) * (1 + 1e-12) + 1e-13
    assert w * u >= 0
    assert abs(w) <= abs(u)


@few
@given(points, ratios, rates)
def test_prox_without_lambda_is_the_identity(u, ratio, rate):
    assert Penalty(0.0, ratio).prox(np.array([u]), rate)[0] == u


@few
@given(points, lams, ratios, rates, st.sampled_from(PENALTIES))
def test_prox_is_the_one_of_each_penalty_by_name(u, lam, ratio, rate, kind):
    chosen = TrainSettings(kind, lam, ratio)
    expected = reference_prox(kind, lam, ratio, np.array([u]), rate)
    np.testing.assert_allclose(Penalty.of(chosen).prox(np.array([u]), rate), expected, rtol=1e-12, atol=1e-12)
    weights = np.array([u, -0.5 * u, 0.0, 2.0])
    assert penalty_value(chosen, weights) == pytest.approx(reference_value(kind, ratio, weights), rel=1e-12)


@few
@given(points, st.floats(-10, 10), lams, ratios)
def test_smallest_subgradient_is_the_smallest(w, gradient, lam, ratio):
    penalty = Penalty(lam, ratio)
    for weight in (w, 0.0):
        signs = np.linspace(-1, 1, 2001) if weight == 0 else np.array([np.sign(weight)])
        candidates = gradient + penalty.l2 * weight + penalty.l1 * signs
        smallest = penalty.smallest_subgradient(np.array([weight]), np.array([gradient]))[0]
        nearest = np.abs(candidates).min()
        assert abs(smallest) <= nearest + 1e-12
        # The grid of signs is 1e-3 wide.
        assert nearest <= abs(smallest) + 1e-3 * penalty.l1 + 1e-12


def test_prox_takes_a_rate_for_each_weight():
    penalty = Penalty(2.0, 0.5)
    u, rate = np.array([3.0, -3.0, 0.1]), np.array([0.1, 1.0, 1.0])
    assert penalty.prox(u, rate).tolist() == [penalty.prox(u[[i]], rate[i])[0] for i in range(3)]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
@pytest.mark.parametrize(("penalty", "has_zeros"), [("l1", True), ("elastic-net", True), ("l2", False)])
def test_the_engine_gives_exact_zeros_with_l1_only(penalty, has_zeros, optimizer, dtype):
    """Ten inputs, of which two matter: L1 leaves zero, not nearly zero, weights on most of the others."""
    problem = Problem(200, 0, 10, "squared", seed=3)
    problem.targets[0] = 2.0 * problem.inputs[0, :, 0] - problem.inputs[0, :, 1]
    network = problem.network((), "tanh")
    stack = problem.stack(network, random_parameters(network, 0), [0], dtype)
    stack.advance([TrainSettings(penalty, 0.3, 0.8, optimizer, 0.01)], 4000)
    weights = stack.parameters[0, :10]
    assert (np.abs(weights[:2]) > 0.3).all()
    assert (weights[2:] == 0).sum() == (8 if has_zeros else 0)
