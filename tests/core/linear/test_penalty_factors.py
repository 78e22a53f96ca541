"""Penalty factors of linear models: against scikit-learn with rescaled columns, and a proximal solver of the tests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from linear_solves import solve_rows
from proximal_solver import elastic_net_prox, group_prox, proximal_minimum
from sklearn.linear_model import Lasso, LogisticRegression, Ridge

from regdesk.core.geometry.budgeted_solution import BudgetedSolutions
from regdesk.core.linear.duality import duality_gap
from regdesk.core.linear.information import InformationCriteria
from regdesk.core.linear.path import lambda_max, solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solve import solve
from regdesk.core.model.losses import loss_for
from regdesk.core.model.penalties import ElasticNet, GroupLasso

N_ROWS, N_INPUTS = 60, 6
FACTORS = np.array([1.0, 0.3, 2.0, 5.0, 1.0, 0.7])
WITH_FREE = np.array([1.0, 0.0, 2.0, 5.0, 0.0, 0.7])
BOUNDS = np.array([0, 2, 3, 6])


def rows(n_classes=0):
    random = np.random.default_rng(4)
    inputs = random.normal(size=(N_ROWS, N_INPUTS)) @ (np.eye(N_INPUTS) + 0.3)
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    signal = inputs @ np.array([1.0, -0.8, 0.5, 0.4, 0.0, 0.0]) + random.normal(size=N_ROWS)
    if n_classes == 2:
        return inputs, (signal > 0.2).astype(np.float64)
    if n_classes:
        return inputs, np.digitize(signal, np.quantile(signal, [0.3, 0.7])).astype(np.float64)
    return inputs, (signal - signal.mean()) / signal.std()


def loss_of(n_classes):
    return loss_for("classification" if n_classes else "regression", n_classes if n_classes > 2 else 1)


def spread(factors, n_classes):
    return np.repeat(factors, n_classes if n_classes > 2 else 1)


def solutions_of(inputs, targets, n_classes, penalty):
    """By the solver of ``fit``, by the geometry's, and by the path from above, which ends at a gap of 1e-9 of J."""
    n_outputs, loss = n_classes if n_classes > 2 else 1, loss_of(n_classes)
    problem = LinearProblem(inputs, targets, loss, penalty, n_outputs)
    fitted = solve_rows(inputs, targets, loss, penalty, n_outputs, 1e-12)
    assert fitted.converged
    assert fitted.gap <= 1e-8 * fitted.objective
    yield fitted.weights, fitted.biases, 1e-8
    exact = BudgetedSolutions(problem).at(penalty.lam)
    yield exact.weights, exact.biases, 1e-8
    top = max(lambda_max(problem), 2.0 * penalty.lam) if penalty.l1_share else 10.0 * penalty.lam
    points = list(solve_path(problem, np.geomspace(top, penalty.lam, 8)))
    assert all(point.converged for point in points)
    yield points[-1].weights, points[-1].biases, 3e-5


@pytest.mark.parametrize("lam", [0.02, 0.2])
def test_l1_is_the_lasso_of_columns_divided_by_their_factors(lam):
    inputs, targets = rows()
    expected = Lasso(alpha=lam, tol=1e-14, max_iter=1_000_000).fit(inputs / FACTORS, targets)
    for weights, biases, close in solutions_of(inputs, targets, 0, ElasticNet(lam, 1.0, FACTORS)):
        np.testing.assert_allclose(weights[:, 0], expected.coef_ / FACTORS, rtol=0.0, atol=close)
        assert ((weights[:, 0] == 0.0) == (expected.coef_ == 0.0)).all()
        assert biases[0] == pytest.approx(expected.intercept_, abs=close)


@pytest.mark.parametrize("lam", [0.02, 2.0])
def test_l2_is_the_ridge_of_columns_divided_by_the_roots_of_their_factors(lam):
    inputs, targets = rows()
    roots = np.sqrt(FACTORS)
    expected = Ridge(alpha=N_ROWS * lam, solver="cholesky").fit(inputs / roots, targets)
    for weights, _, close in solutions_of(inputs, targets, 0, ElasticNet(lam, 0.0, FACTORS)):
        np.testing.assert_allclose(weights[:, 0], expected.coef_ / roots, rtol=0.0, atol=close)


@pytest.mark.parametrize("factors", [FACTORS, WITH_FREE], ids=["uneven", "free"])
def test_l2_of_squared_error_is_exact_to_rounding_wherever_it_is_solved(factors):
    inputs, targets = rows()
    penalty = ElasticNet(1.0, 0.0, factors)
    problem = LinearProblem(inputs, targets, loss_of(0), penalty)
    # So dense that the solution before is within the path's tolerance.
    for point in solve_path(problem, np.geomspace(0.05, 0.0499, 5)):
        matrix = inputs.T @ inputs / N_ROWS + point.lam * np.diag(factors)
        expected = np.linalg.solve(matrix, inputs.T @ targets / N_ROWS)
        at = replace(penalty, lam=point.lam)
        for found in (point, solve(problem, at), BudgetedSolutions(replace(problem, penalty=at)).at(point.lam)):
            np.testing.assert_allclose(found.weights[:, 0], expected, rtol=0.0, atol=1e-14)


def test_l2_of_classes_is_that_of_columns_divided_by_the_roots_of_their_factors():
    inputs, targets = rows(2)
    roots, lam = np.sqrt(FACTORS), 0.05
    expected = LogisticRegression(C=1 / (N_ROWS * lam), tol=1e-12, max_iter=10_000).fit(inputs / roots, targets)
    for weights, _, close in solutions_of(inputs, targets, 2, ElasticNet(lam, 0.0, FACTORS)):
        np.testing.assert_allclose(weights[:, 0], expected.coef_[0] / roots, rtol=0.0, atol=100.0 * close)


@pytest.mark.parametrize("n_classes", [0, 2, 3])
@pytest.mark.parametrize("ratio", [1.0, 0.4, 0.0])
@pytest.mark.parametrize("factors", [FACTORS, WITH_FREE], ids=["uneven", "free"])
def test_solutions_are_those_of_a_proximal_solver(n_classes, ratio, factors):
    inputs, targets = rows(n_classes)
    lam = 0.03
    expected, _ = proximal_minimum(inputs, targets, n_classes, lam, elastic_net_prox(factors, ratio))
    for weights, _, close in solutions_of(
        inputs, targets, n_classes, ElasticNet(lam, ratio, spread(factors, n_classes))
    ):
        # A shift of all classes' weights of an input that is never penalised changes nothing.
        free = factors == 0.0
        own, other = (
            values - free[:, np.newaxis] * values.mean(axis=1, keepdims=True) for values in (weights, expected)
        )
        np.testing.assert_allclose(*((own, other) if n_classes == 3 else (weights, expected)), rtol=0.0, atol=close)


@pytest.mark.parametrize("n_classes", [0, 2, 3])
@pytest.mark.parametrize("factors", [(1.0, 0.5, 3.0), (0.0, 1.0, 2.0)])
def test_groups_are_those_of_a_proximal_solver(n_classes, factors):
    inputs, targets = rows(n_classes)
    n_outputs = n_classes if n_classes > 2 else 1
    penalty = GroupLasso(0.03, BOUNDS * n_outputs, np.array(factors))
    expected, _ = proximal_minimum(inputs, targets, n_classes, 0.03, group_prox(factors, BOUNDS))
    for weights, _, close in solutions_of(inputs, targets, n_classes, penalty):
        free = np.arange(N_INPUTS)[:, np.newaxis] < (2 if factors[0] == 0.0 else 0)
        own, other = (values - free * values.mean(axis=1, keepdims=True) for values in (weights, expected))
        np.testing.assert_allclose(*((own, other) if n_classes == 3 else (weights, expected)), rtol=0.0, atol=close)


@pytest.mark.parametrize("n_classes", [0, 2, 3])
@pytest.mark.parametrize("factors", [FACTORS, WITH_FREE], ids=["uneven", "free"])
def test_the_largest_lambda_is_where_the_first_penalised_weight_enters(n_classes, factors):
    inputs, targets = rows(n_classes)
    n_outputs = n_classes if n_classes > 2 else 1
    problem = LinearProblem(
        inputs, targets, loss_of(n_classes), ElasticNet(0.0, 1.0, spread(factors, n_classes)), n_outputs
    )
    top = lambda_max(problem)
    held = factors > 0.0
    above, below = solve_path(problem, np.array([1.0001 * top, 0.999 * top]))
    assert not above.weights[held].any()
    assert above.weights[~held].all()
    assert below.weights[held].any()


@pytest.mark.parametrize("n_classes", [0, 2, 3])
@pytest.mark.parametrize("ratio", [1.0, 0.4])
def test_the_gap_is_never_less_than_what_j_is_too_high(n_classes, ratio):
    inputs, targets = rows(n_classes)
    n_outputs, loss = n_classes if n_classes > 2 else 1, loss_of(n_classes)
    penalty = ElasticNet(0.03, ratio, spread(WITH_FREE, n_classes))
    best = solve_rows(inputs, targets, loss, penalty, n_outputs)
    random = np.random.default_rng(1)
    for size in (1e-6, 1e-3, 0.1):
        weights = best.weights + size * random.normal(size=best.weights.shape)
        biases = best.biases + size * random.normal(size=n_outputs)
        objective = loss.values(inputs @ weights + biases, targets).mean() + penalty.lam * penalty.value(
            weights.ravel()
        )
        gap = duality_gap(inputs, targets, loss, penalty, weights, biases)
        assert objective - best.objective <= gap * (1.0 + 1e-9) + 1e-15


def test_classes_told_apart_by_what_is_never_penalised_have_no_minimum():
    inputs, targets = rows(2)
    inputs = np.column_stack([inputs[:, :-1], np.where(targets > 0, 1.0, -1.0)])
    penalty = ElasticNet(0.1, 1.0, np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.0]))
    names = tuple("abcdef")
    problem = LinearProblem(inputs, targets, loss_of(2), penalty, 1, names)
    found = solve_rows(inputs, targets, problem.loss, penalty, names=names)
    assert not found.converged
    assert found.shortfall.by == (5,)
    assert np.isnan(lambda_max(problem))
    (point,) = solve_path(problem, np.array([0.1]))
    assert not point.has_optimum


@pytest.mark.parametrize(("ratio", "n_classes"), [(0.0, 0), (0.4, 0), (0.0, 2)])
def test_degrees_of_freedom_are_how_far_the_fit_follows_the_targets(ratio, n_classes):
    inputs, targets = rows(n_classes)
    penalty = ElasticNet(0.1, ratio, WITH_FREE)
    problem = LinearProblem(inputs, targets, loss_of(n_classes), penalty)
    (point,) = solve_path(problem, np.array([0.1]))
    found = InformationCriteria(problem).of(point).degrees_of_freedom
    alive = point.weights[:, 0] != 0.0
    columns = np.column_stack([inputs[:, alive], np.ones(N_ROWS)])
    chances = 1.0 / (1.0 + np.exp(-(inputs @ point.weights + point.biases)[:, 0]))
    spreads = chances * (1.0 - chances) if n_classes else np.ones(N_ROWS)
    products = (columns * spreads[:, np.newaxis]).T @ columns / N_ROWS
    ridge = np.diag(np.append(0.1 * (1.0 - ratio) * WITH_FREE[alive], 0.0))
    assert found == pytest.approx(np.trace(np.linalg.solve(products + ridge, products)), rel=1e-8)


def test_factors_of_one_are_no_factors():
    inputs, targets = rows()
    for penalty in (ElasticNet(0.05, 0.4), GroupLasso(0.05, BOUNDS)):
        ones = replace(penalty, factors=np.ones(N_INPUTS if penalty.is_separable else 3))
        some, others = (solve_rows(inputs, targets, loss_of(0), one) for one in (penalty, ones))
        np.testing.assert_allclose(some.weights, others.weights, atol=1e-8)
