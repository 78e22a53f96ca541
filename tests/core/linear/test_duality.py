"""The duality gap: never below what J is above its minimum, and next to nothing at the minimum, however small J is."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from covering import covered
from linear_solves import solve_rows

from regdesk.core.linear.duality import duality_gap
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.penalties import ElasticNet, GroupLasso

LOSSES = {"squared": (SQUARED, 1), "logistic": (LOGISTIC, 1), "softmax": (SOFTMAX, 3)}


def rows_of(kind, n_rows=50, n_inputs=6, seed=1):
    generator = np.random.default_rng(seed)
    inputs = generator.normal(size=(n_rows, n_inputs))
    if kind == "squared":
        return inputs, inputs[:, 0] + generator.normal(size=n_rows)
    noisy = inputs[:, 0] + generator.normal(size=n_rows)
    return inputs, np.digitize(noisy, [0.0] if kind == "logistic" else [-0.5, 0.5]).astype(float)


def penalties(lam, n_weights):
    return {
        "l1": ElasticNet(lam, 1.0),
        "l2": ElasticNet(lam, 0.0),
        "elastic-net": ElasticNet(lam, 0.4),
        "group-lasso": GroupLasso(lam, np.arange(0, n_weights + 1, n_weights // 3)),
    }


def objective_of(inputs, targets, loss, penalty, weights, biases):
    return loss.values(inputs @ weights + biases, targets).mean() + penalty.lam * penalty.value(weights.ravel())


@covered(kind=LOSSES, name=["l1", "l2", "elastic-net", "group-lasso"], lam=[0.1, 1e-3, 1e-6])
def test_no_model_is_further_above_the_minimum_than_its_gap(kind, name, lam):
    loss, n_outputs = LOSSES[kind]
    inputs, targets = rows_of(kind)
    penalty = penalties(lam, 6 * n_outputs)[name]
    best = solve_rows(inputs, targets, loss, penalty, n_outputs)
    assert best.converged
    generator = np.random.default_rng(0)
    for size in (1.0, 1e-2, 1e-4, 1e-6):
        weights = best.weights + size * generator.normal(size=best.weights.shape)
        biases = best.biases + size * generator.normal(size=best.biases.shape)
        above = objective_of(inputs, targets, loss, penalty, weights, biases) - best.objective
        gap = duality_gap(inputs, targets, loss, penalty, weights, biases)
        assert gap >= above - 1e-15
        assert gap >= 0.0
    # It is a number that shrinks with the distance: what is 1e-6 off is not known to a hundredth alone.
    assert gap < 1e-2 * best.objective + (1e-5 / lam) * best.objective
    assert best.gap <= 1e-8 * best.objective


@pytest.mark.parametrize("kind", ["logistic", "softmax"])
@pytest.mark.parametrize("lam", [1e-8, 1e-10])
def test_of_classes_that_are_told_apart_at_a_small_lambda_the_gap_is_honest(kind, lam):
    """J is 1e-8 here, and the mean that a dual point is off is as large as most of its probabilities."""
    loss, n_outputs = LOSSES[kind]
    inputs, _ = rows_of(kind)
    targets = np.digitize(inputs[:, 0], [0.0] if kind == "logistic" else [-0.5, 0.5]).astype(float)
    penalty = ElasticNet(lam, 0.0)
    best = solve_rows(inputs, targets, loss, penalty, n_outputs)
    assert best.converged
    assert best.gap <= 1e-8 * best.objective
    # 0.1 % further out J is higher by about a millionth of itself, which a gap must not be below.
    for share in (1.001, 0.999, 1.01):
        weights, biases = share * best.weights, share * best.biases
        above = objective_of(inputs, targets, loss, penalty, weights, biases) - best.objective
        assert above > 0.0
        assert duality_gap(inputs, targets, loss, penalty, weights, biases) >= above * (1 - 1e-6)


def test_a_gap_in_whole_numbers_of_the_squared_loss():
    """Against exact fractions: w = 1, b = 0 on three rows, λ = 1/4 of L1."""
    inputs, targets = np.array([[-1.0], [0.0], [1.0]]), np.array([-3.0, 1.0, 2.0])
    found = duality_gap(inputs, targets, SQUARED, ElasticNet(0.25, 1.0), np.array([[1.0]]), np.zeros(1))
    slopes = [Fraction(2), Fraction(-1), Fraction(-1)]
    pull = (-slopes[0] + slopes[2]) / 3
    scale = Fraction(1, 4) / abs(pull)
    dual = [scale * one for one in slopes]
    primal = sum(one**2 for one in slopes) / 6 + Fraction(1, 4)
    conjugate = sum(d**2 / 2 + d * Fraction(int(y)) for d, y in zip(dual, targets, strict=True)) / 3
    assert found == pytest.approx(float(primal + conjugate), rel=1e-14)


def test_without_a_penalty_there_is_no_bound():
    inputs, targets = rows_of("logistic")
    assert duality_gap(inputs, targets, LOGISTIC, ElasticNet(0.0, 0.0), np.zeros((6, 1)), np.zeros(1)) == float("inf")


@pytest.mark.parametrize(("name", "lam"), [("l2", 1e-320), ("group-lasso", 1e-30)])
def test_a_lambda_far_below_rounding_claims_nothing_and_overflows_nowhere(name, lam):
    inputs, targets = rows_of("softmax")
    best = solve_rows(inputs, targets, SOFTMAX, penalties(lam, 18)[name], 3, max_iterations=12)
    free = solve_rows(inputs, targets, SOFTMAX, ElasticNet(1e-10, 0.0), 3)
    assert best.objective == pytest.approx(free.objective, rel=1e-6)
    assert np.isfinite(best.weights).all()
    assert not best.converged
    for mixed in (ElasticNet(lam, 0.4), ElasticNet(1e-320, 0.4)):
        assert duality_gap(inputs, targets, SOFTMAX, mixed, best.weights, best.biases) > 1e-8 * best.objective
