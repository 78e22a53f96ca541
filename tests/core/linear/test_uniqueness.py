"""Which optima are the only ones, and that of several the one of the shortest weights is given."""

from __future__ import annotations

import numpy as np
import pytest
from covering import covered
from linear_solves import solve_rows

from regdesk.core.linear.uniqueness import shortest_optimum
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.penalties import ElasticNet, GroupLasso

LOSSES = {"squared": (SQUARED, 1), "logistic": (LOGISTIC, 1), "softmax": (SOFTMAX, 3)}


def rows_of(kind, n_rows=60, seed=0):
    generator = np.random.default_rng(seed)
    inputs = generator.normal(size=(n_rows, 3))
    signal = inputs[:, 0] - 0.5 * inputs[:, 1] + generator.normal(size=n_rows)
    if kind == "squared":
        return inputs, signal
    return inputs, np.digitize(signal, [0.0] if kind == "logistic" else [-0.5, 0.5]).astype(float)


@covered(kind=LOSSES, lam=[0.0, 0.01], penalty=["l1", "l2", "group-lasso"])
def test_copies_share_their_weight_and_are_not_the_only_optimum(kind, lam, penalty):
    loss, n_outputs = LOSSES[kind]
    inputs, targets = rows_of(kind)
    doubled = np.column_stack([inputs, inputs[:, 0]])
    width = 4 * n_outputs
    of_kind = {
        "l1": ElasticNet(lam, 1.0),
        "l2": ElasticNet(lam, 0.0),
        "group-lasso": GroupLasso(lam, np.arange(0, width + 1, n_outputs)),
    }[penalty]
    solution = solve_rows(doubled, targets, loss, of_kind, n_outputs)
    assert solution.converged
    assert solution.is_unique is (penalty == "l2" and lam > 0.0)
    np.testing.assert_allclose(solution.weights[0], solution.weights[3], rtol=1e-6)
    assert np.abs(solution.weights[0]).max() > 0.05
    single = {
        "l1": ElasticNet(lam, 1.0),
        "l2": ElasticNet(lam, 0.0),
        "group-lasso": GroupLasso(lam, np.arange(0, 3 * n_outputs + 1, n_outputs)),
    }[penalty]
    alone = solve_rows(inputs, targets, loss, single, n_outputs)
    assert alone.is_unique
    if not solution.is_unique:
        assert solution.objective == pytest.approx(alone.objective, rel=1e-9)
        np.testing.assert_allclose(solution.weights[0] + solution.weights[3], alone.weights[0], atol=1e-6)


def test_levels_of_a_column_without_a_penalty_have_weights_that_add_up_to_nothing():
    """The level's indicators add up to 1: a shift of all three is the bias's."""
    generator = np.random.default_rng(1)
    levels = np.eye(3)[generator.integers(0, 3, 50)]
    targets = levels @ [1.0, 2.0, 4.0] + 0.1 * generator.normal(size=50)
    solution = solve_rows(levels, targets, SQUARED, ElasticNet(0.0, 0.0))
    assert solution.is_unique is False
    assert solution.weights.sum() == pytest.approx(0.0, abs=1e-12)
    means = [targets[levels[:, k] == 1].mean() for k in range(3)]
    np.testing.assert_allclose(solution.weights[:, 0] + solution.biases[0], means, rtol=1e-12)


def test_two_rows_under_l1_share_by_what_the_columns_weigh():
    """Both columns of standardised rows are ±1: any split of the weight is an optimum, the even one is given."""
    inputs, targets = np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([1.0, -1.0])
    solution = solve_rows(inputs, targets, SQUARED, ElasticNet(0.1, 1.0))
    np.testing.assert_allclose(solution.weights[:, 0], [0.45, -0.45], atol=1e-12)
    assert solution.is_unique is False
    assert solution.objective == pytest.approx(0.095)


def test_tied_columns_that_cannot_share_leave_one_optimum():
    """Three columns in two dimensions, of which the third would need a negative weight of another."""
    generator = np.random.default_rng(2)
    inputs, targets = rows_of("squared")
    third = inputs[:, 0] + 0.5 * inputs[:, 1]
    columns = np.column_stack([inputs[:, :2], third])
    found = solve_rows(columns, targets, SQUARED, ElasticNet(0.01, 1.0))
    assert found.is_unique
    # Whatever optimum one comes from, the shortest is the same.
    doubled = np.column_stack([inputs, inputs])
    best = solve_rows(doubled, targets, SQUARED, ElasticNet(0.05, 1.0))
    share = generator.uniform(size=(3, 1))
    other = np.vstack([2.0 * share * best.weights[:3], 2.0 * (1.0 - share) * best.weights[3:]])
    again, _, is_unique = shortest_optimum(doubled, targets, SQUARED, ElasticNet(0.05, 1.0), other, best.biases)
    np.testing.assert_allclose(again, best.weights, atol=1e-9)
    assert not is_unique
