"""The convex solver against scikit-learn: same objective, same support, at a residual that it states truly."""

from __future__ import annotations

import numpy as np
import pytest
from reference import loss_values, penalty_value
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge

from regdesk.core.dataset import Standardizer
from regdesk.core.linear import linear_gradient, linear_kkt_residual, solve_linear
from regdesk.core.losses import LOGISTIC, SQUARED
from regdesk.core.penalties import Penalty

RATIOS = {"l1": 1.0, "l2": 0.0, "elastic-net": 0.4}


def standardized(columns):
    return (columns - columns.mean(axis=0)) / columns.std(axis=0)


def regression_problem(name):
    generator = np.random.default_rng(0)
    if name == "diabetes":
        inputs, targets = load_diabetes(return_X_y=True)
        return standardized(inputs), standardized(targets)
    if name == "diabetes, target as it is":
        inputs, targets = load_diabetes(return_X_y=True)
        return standardized(inputs), targets
    if name == "unstandardised":
        inputs, targets = load_diabetes(return_X_y=True, scaled=False)
        return inputs, targets
    if name == "collinear":
        base = generator.normal(size=(120, 6))
        inputs = np.column_stack([base, base[:, :3] + 0.02 * generator.normal(size=(120, 3)), base[:, 0] + base[:, 1]])
        return standardized(inputs), standardized(base @ [1, -2, 0.5, 0, 0, 1] + generator.normal(size=120))
    if name == "more inputs than rows":
        inputs = generator.normal(size=(40, 100))
        return standardized(inputs), standardized(inputs[:, :5].sum(axis=1) + 0.5 * generator.normal(size=40))
    raise KeyError(name)


def classification_problem(name):
    inputs, labels = load_breast_cancer(return_X_y=True)
    if name == "breast cancer":
        return standardized(inputs), labels.astype(float)
    if name == "collinear":
        return standardized(np.column_stack([inputs[:, :5], inputs[:, :2] @ [[1.0], [2.0]]])), labels.astype(float)
    if name == "more inputs than rows":
        generator = np.random.default_rng(1)
        inputs = generator.normal(size=(50, 80))
        return standardized(inputs), (inputs[:, :4].sum(axis=1) + 0.5 * generator.normal(size=50) > 0).astype(float)
    raise KeyError(name)


def objective(loss, kind, lam, inputs, targets, weights, bias):
    data = loss_values(loss.kind, inputs @ weights + bias, targets).mean()
    return data + lam * penalty_value(kind, RATIOS[kind], weights)


def assert_same_minimum(loss, kind, lam, inputs, targets, solution, weights, bias):
    assert solution.converged
    assert solution.kkt_residual <= 1e-8
    assert independent_residual(loss, kind, lam, inputs, targets, solution) <= 1e-8 * 1.01
    ours = objective(loss, kind, lam, inputs, targets, solution.weights, solution.bias)
    theirs = objective(loss, kind, lam, inputs, targets, weights, bias)
    assert ours == pytest.approx(theirs, rel=1e-6)
    assert (solution.weights != 0).tolist() == (np.abs(weights) > 0).tolist()


def independent_residual(loss, kind, lam, inputs, targets, solution):
    """∞-norm of the smallest subgradient, written out."""
    outputs = inputs @ solution.weights + solution.bias
    errors = outputs - targets if loss.kind == "squared" else 1.0 / (1.0 + np.exp(-outputs)) - targets
    residual = abs(errors.mean())
    for gradient, weight in zip(inputs.T @ errors / len(targets), solution.weights, strict=True):
        smooth = gradient + lam * (1 - RATIOS[kind]) * weight
        edge = lam * RATIOS[kind]
        residual = max(residual, max(abs(smooth) - edge, 0.0) if weight == 0 else abs(smooth + edge * np.sign(weight)))
    return residual


@pytest.mark.parametrize("kind", ["l1", "l2", "elastic-net"])
@pytest.mark.parametrize("share", [0.5, 0.1, 0.01])
@pytest.mark.parametrize(
    "name", ["diabetes", "diabetes, target as it is", "unstandardised", "collinear", "more inputs than rows"]
)
def test_regression_agrees_with_scikit_learn(name, share, kind):
    inputs, targets = regression_problem(name)
    lam = share * np.abs(inputs.T @ (targets - targets.mean())).max() / len(targets)
    options = {"tol": 1e-13, "max_iter": 1_000_000}
    theirs = {
        "l1": Lasso(lam, **options),
        "l2": Ridge(lam * len(targets), solver="svd"),
        "elastic-net": ElasticNet(lam, l1_ratio=RATIOS["elastic-net"], **options),
    }[kind].fit(inputs, targets)
    solution = solve_linear(inputs, targets, SQUARED, Penalty(lam, RATIOS[kind]))
    assert_same_minimum(SQUARED, kind, lam, inputs, targets, solution, theirs.coef_, theirs.intercept_)
    if kind != "l2":
        n_alive = np.count_nonzero(solution.weights)
        assert n_alive > 0
        assert n_alive < inputs.shape[1] or share < 0.5


@pytest.mark.parametrize("kind", ["l1", "l2", "elastic-net"])
@pytest.mark.parametrize("lam", [0.1, 0.02])
@pytest.mark.parametrize("name", ["breast cancer", "collinear", "more inputs than rows"])
def test_classification_agrees_with_scikit_learn(name, lam, kind):
    inputs, targets = classification_problem(name)
    options = {"tol": 1e-12, "max_iter": 100_000, "random_state": 0}
    solver = "newton-cholesky" if kind == "l2" else "saga"
    theirs = LogisticRegression(C=1 / (lam * len(targets)), l1_ratio=RATIOS[kind], solver=solver, **options)
    theirs.fit(inputs, targets)
    solution = solve_linear(inputs, targets, LOGISTIC, Penalty(lam, RATIOS[kind]))
    assert_same_minimum(LOGISTIC, kind, lam, inputs, targets, solution, theirs.coef_[0], theirs.intercept_[0])


def test_no_penalty_agrees_with_least_squares():
    inputs, targets = regression_problem("diabetes")
    theirs = LinearRegression().fit(inputs, targets)
    solution = solve_linear(inputs, targets, SQUARED, Penalty(0.0, 1.0))
    assert solution.converged
    np.testing.assert_allclose(solution.weights, theirs.coef_, atol=1e-5)


def test_above_lambda_max_every_weight_is_zero_and_just_below_one_lives():
    inputs, targets = regression_problem("diabetes")
    lam_max = np.abs(inputs.T @ (targets - targets.mean())).max() / len(targets)
    assert not solve_linear(inputs, targets, SQUARED, Penalty(lam_max * 1.001, 1.0)).weights.any()
    assert np.count_nonzero(solve_linear(inputs, targets, SQUARED, Penalty(lam_max * 0.999, 1.0)).weights) == 1


def test_a_huge_lambda_leaves_the_null_model():
    inputs, targets = classification_problem("breast cancer")
    for ratio in (0.0, 0.5, 1.0):
        solution = solve_linear(inputs, targets, LOGISTIC, Penalty(1e9, ratio))
        assert solution.converged
        assert np.abs(solution.weights).max() <= 1e-8
        assert solution.bias == pytest.approx(np.log(targets.mean() / (1 - targets.mean())), abs=1e-7)


def test_constant_input_and_no_inputs():
    inputs = np.column_stack([np.ones(30), np.arange(30.0)])
    targets = 2.0 + 0.5 * np.arange(30.0)
    solution = solve_linear(inputs, targets, SQUARED, Penalty(0.01, 1.0))
    assert solution.converged
    assert solution.weights[0] == 0.0
    nothing = solve_linear(np.empty((30, 0)), targets, SQUARED, Penalty(0.01, 1.0))
    assert nothing.converged
    assert nothing.bias == pytest.approx(targets.mean())


def test_an_unconverged_fit_says_so_with_its_true_residual():
    """Two classes that a line separates have no finite minimum without a penalty."""
    inputs = np.linspace(-1, 1, 20)[:, np.newaxis]
    targets = (inputs[:, 0] > 0).astype(float)
    solution = solve_linear(inputs, targets, LOGISTIC, Penalty(0.0, 1.0), max_iterations=50)
    assert not solution.converged
    assert solution.n_iterations == 50
    assert solution.kkt_residual > 1e-8
    expected = independent_residual(LOGISTIC, "l1", 0.0, inputs, targets, solution)
    assert solution.kkt_residual == pytest.approx(expected, rel=1e-9)
    assert np.isfinite(solution.weights).all()


def test_residual_function_agrees_with_the_residual_written_out():
    inputs, targets = regression_problem("unstandardised")
    solution = solve_linear(inputs, targets, SQUARED, Penalty(0.5, 0.4), max_iterations=3)
    penalty = Penalty(0.5, RATIOS["elastic-net"])
    residual = linear_kkt_residual(inputs, targets, SQUARED, penalty, solution.weights, solution.bias)
    assert residual == pytest.approx(independent_residual(SQUARED, "elastic-net", 0.5, inputs, targets, solution))
    gradient, bias_gradient = linear_gradient(inputs, targets, SQUARED, solution.weights, solution.bias)
    errors = inputs @ solution.weights + solution.bias - targets
    np.testing.assert_allclose(gradient, (inputs * errors[:, np.newaxis]).mean(axis=0), rtol=1e-9)
    assert bias_gradient == pytest.approx(errors.mean())


def test_standardizer_is_fitted_on_its_rows_and_spares_constant_columns():
    columns = np.array([[1.0, 5.0, 1e8], [3.0, 5.0, 1e8], [5.0, 5.0, 1e8]])
    scaler = Standardizer.fit(columns)
    assert scaler.mean.tolist() == [3.0, 5.0, 1e8]
    assert scaler.scale.tolist() == [pytest.approx(np.sqrt(8 / 3)), 1.0, 1.0]
    np.testing.assert_allclose(scaler.invert(scaler.apply(columns)), columns)
    assert Standardizer.fit(np.empty((0, 2))).apply(np.array([[3.0, 4.0]])).tolist() == [[3.0, 4.0]]
