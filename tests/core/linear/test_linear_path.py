"""Exact paths against published tables, closed forms, scikit-learn at its tightest, and their own certificates."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest
from path_problems import KNOTS, L1, L2, MIXED, MOVES, hard_cases, squared, standardised
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, enet_path

from regdesk.core.linear.duality import duality_gap
from regdesk.core.linear.path import lambda_grid, lambda_max, solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.squared_path import without_rounded_zeros
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.penalties import ElasticNet, GroupLasso


def groups(n_weights, size=3):
    return GroupLasso(0.0, np.append(np.arange(0, n_weights, size), n_weights))


def solve(problem, *lambdas):
    return list(solve_path(problem, np.array(lambdas, dtype=np.float64)))


@pytest.fixture(scope="module")
def diabetes():
    data = load_diabetes()
    return data.data, data.target, data.feature_names


@pytest.mark.parametrize("number", range(len(KNOTS)))
def test_knots_of_the_diabetes_lasso(diabetes, number):
    inputs, targets, names = diabetes
    # Columns have unit ℓ2 norm; a knot is max |xⱼᵀr|, n times ours.
    # The table has three decimals, and what enters first is worth little: J does not see it closer by.
    margin = max(6e-4, 1e-4 * KNOTS[number])
    knot, move = KNOTS[number], MOVES[number]
    above, below = solve(squared(inputs, targets, L1), *(np.array([knot + margin, knot - margin]) / len(targets)))
    changed = {
        ("-" if was else "+") + name
        for name, was, now in zip(names, above.weights[:, 0] != 0, below.weights[:, 0] != 0, strict=True)
        if was != now
    }
    assert changed == {move if move[0] in "+-" else f"+{move}"}


def test_published_coefficients(diabetes):
    inputs, targets, names = diabetes
    one, tenth = solve(squared(inputs, targets, L1), 1.0, 0.1)
    expected = dict.fromkeys(names, 0.0) | {"bmi": 367.7016, "bp": 6.3097, "s5": 307.6021}
    np.testing.assert_allclose(one.weights[:, 0], list(expected.values()), atol=1e-4)
    assert tenth.biases[0] == pytest.approx(152.13348, abs=1e-5)
    expected_tenth = (0, -155.343, 517.216, 275.087, -52.552, 0, -210.140, 0, 483.917, 33.662)
    np.testing.assert_allclose(tenth.weights[:, 0], expected_tenth, atol=6e-4)


def test_orthogonal_inputs_are_soft_thresholded():
    generator = np.random.default_rng(0)
    inputs, _ = np.linalg.qr(generator.normal(size=(60, 7)) - 0.0)
    inputs -= inputs.mean(axis=0)
    inputs, _ = np.linalg.qr(inputs)
    inputs *= np.sqrt(60)
    targets = inputs @ generator.normal(size=7) + generator.normal(size=60)
    statistics = inputs.T @ (targets - targets.mean()) / 60
    for point in solve(squared(inputs, targets, L1), 0.9, 0.3, 0.02):
        expected = np.sign(statistics) * np.maximum(np.abs(statistics) - point.lam, 0.0)
        np.testing.assert_allclose(point.weights[:, 0], expected, atol=1e-7)
    for point in solve(squared(inputs, targets, L2), 0.9, 0.3, 0.02):
        np.testing.assert_allclose(point.weights[:, 0], statistics / (1 + point.lam), atol=1e-12)


def test_a_target_that_is_explained_to_rounding_leaves_weights_as_they_are():
    weights = np.array([[0.0, 1e-300], [2.0, 1e-16]])
    # Its variance is a difference of sums, and less than nothing here.
    kept = without_rounded_zeros(weights, np.ones(2), -1e-18)
    np.testing.assert_array_equal(kept, [[0.0, 1e-300], [2.0, 0.0]])


def test_of_two_correlated_inputs_the_weaker_leaves_at_its_closed_form():
    rho, stronger, weaker = 0.6, 0.9, 0.7
    # Rows whose Gram matrix and moments are exactly these.
    gram = np.array([[1.0, rho, stronger], [rho, 1.0, weaker], [stronger, weaker, 1.5]])
    generator = np.random.default_rng(1)
    rows = generator.normal(size=(40, 3))
    rows -= rows.mean(axis=0)
    rows = np.linalg.qr(rows)[0] * np.sqrt(40) @ np.linalg.cholesky(gram).T
    leaves = (weaker - rho * stronger) / (1 - rho)
    above, below = solve(squared(rows[:, :2], rows[:, 2], L1), leaves * 1.0001, leaves * 0.9999)
    assert above.weights[1, 0] == 0.0
    assert below.weights[1, 0] > 0.0


@pytest.mark.parametrize("name", hard_cases())
@pytest.mark.parametrize("penalty", [L1, L2, MIXED, "groups"], ids=["l1", "l2", "mixed", "groups"])
def test_every_point_of_squared_error_is_certified(name, penalty):
    inputs, targets = hard_cases()[name]
    problem = squared(inputs, targets, groups(inputs.shape[1]) if penalty == "groups" else penalty)
    points = solve(problem, *lambda_grid(problem, 30))
    assert all(point.converged for point in points)
    for point in points:
        at = replace(problem.penalty, lam=point.lam)
        rows = (inputs, targets, SQUARED, at, point.weights, point.biases)
        residuals = targets - inputs @ point.weights[:, 0] - point.biases
        objective = 0.5 * np.mean(residuals**2) + point.lam * at.value(point.weights[:, 0])
        assert point.objective == pytest.approx(objective, rel=1e-9, abs=1e-14)
        # The bound is taken from the rows, whatever solved them.
        assert duality_gap(*rows) <= 1e-8 * objective + 1e-14


@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
@pytest.mark.parametrize("penalty", ["l1", "mixed", "nearly l2", "groups"])
def test_lambda_max_is_where_the_first_weight_appears(loss, penalty):
    data = {"squared": load_diabetes, "logistic": load_breast_cancer, "softmax": load_iris}[loss]()
    inputs, targets, n_outputs = standardised(data.data), data.target.astype(np.float64), 3 if loss == "softmax" else 1
    kinds = {"l1": L1, "mixed": MIXED, "nearly l2": ElasticNet(0.0, 0.02)}
    chosen = kinds.get(penalty) or groups(inputs.shape[1] * n_outputs, 3 * n_outputs)
    losses = {"squared": SQUARED, "logistic": LOGISTIC, "softmax": SOFTMAX}
    problem = LinearProblem(inputs, targets, losses[loss], chosen, n_outputs)
    top = lambda_max(problem)
    assert solve(problem, 1.0001 * top)[0].n_nonzero == 0
    assert solve(problem, 0.99 * top)[0].n_nonzero > 0


def objective_of(problem, lam, weights, biases):
    losses = problem.loss.values(problem.inputs @ weights + biases, problem.targets)
    return float(losses.mean()) + lam * replace(problem.penalty, lam=lam).value(weights.ravel())


@pytest.mark.parametrize("shape", [(200, 12), (60, 90)])
@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_agrees_with_scikit_learn_at_its_tightest(shape, l1_ratio):
    generator = np.random.default_rng(shape[1])
    inputs = standardised(generator.normal(size=shape) + generator.normal(size=(shape[0], 1)))
    targets = inputs[:, :4].sum(axis=1) + generator.normal(size=shape[0])
    targets -= targets.mean()
    problem = squared(inputs, targets, ElasticNet(0.0, l1_ratio))
    lambdas = np.geomspace(lambda_max(problem), 0.02 * lambda_max(problem), 12)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        _, theirs, _ = enet_path(
            inputs, targets, l1_ratio=l1_ratio, **{"alphas": lambdas}, tol=1e-12, max_iter=1_000_000
        )
    ours = solve(problem, *lambdas)
    np.testing.assert_allclose(np.array([point.weights[:, 0] for point in ours]).T, theirs, atol=2e-5)
    for point, weights in zip(ours, theirs.T, strict=True):
        assert point.objective <= objective_of(problem, point.lam, weights[:, np.newaxis], np.zeros(1)) * (1 + 1e-9)


@pytest.mark.parametrize("penalty", [L1, L2, MIXED, "groups"], ids=["l1", "l2", "mixed", "groups"])
@pytest.mark.parametrize("name", ["breast", "wine"])
def test_paths_of_classes_are_certified_and_no_worse_than_scikit_learn(name, penalty):
    data = {"breast": load_breast_cancer, "wine": load_wine}[name]()
    n_outputs, loss = (1, LOGISTIC) if name == "breast" else (3, SOFTMAX)
    inputs, targets = standardised(data.data), data.target.astype(np.float64)
    chosen = groups(inputs.shape[1] * n_outputs, 3 * n_outputs) if penalty == "groups" else penalty
    problem = LinearProblem(inputs, targets, loss, chosen, n_outputs)
    points = solve(problem, *lambda_grid(problem, 12))
    assert all(point.converged and point.gap <= 1e-8 * point.objective for point in points)
    if penalty is L2:
        for point in points[::4]:
            model = LogisticRegression(C=1 / (len(targets) * point.lam), tol=1e-10, max_iter=10_000)
            model.fit(inputs, targets)
            weights, biases = model.coef_.T, model.intercept_
            assert point.objective <= objective_of(problem, point.lam, weights, biases) * (1 + 1e-9)
            np.testing.assert_allclose(point.weights, weights, atol=3e-4)


def test_separable_classes_are_solved_under_a_penalty_and_never_without():
    inputs, targets = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0.0, 0.0, 1.0, 1.0])
    with_penalty, without = solve(LinearProblem(inputs, targets, LOGISTIC, L1), 1e-6, 0.0)
    assert with_penalty.converged
    assert not without.converged


def test_without_a_penalty_squared_error_gives_least_squares(diabetes):
    inputs, targets, _ = diabetes
    for penalty in (L1, L2):
        last = solve(squared(inputs, targets, penalty), 0.1, 0.0)[-1]
        expected = np.linalg.lstsq(inputs - inputs.mean(axis=0), targets - targets.mean(), rcond=None)[0]
        assert last.converged
        np.testing.assert_allclose(last.weights[:, 0], expected, rtol=1e-6)


def test_a_path_depends_on_its_points_alone(diabetes):
    inputs, targets, _ = diabetes
    problem = squared(standardised(inputs), (targets - targets.mean()) / targets.std(), L1)
    grid = lambda_grid(problem, 40)
    path = solve(problem, *grid)
    for number in (5, 20, 39):
        alone = solve(problem, grid[number])[0]
        np.testing.assert_allclose(alone.weights, path[number].weights, atol=1e-6)
        assert abs(alone.objective - path[number].objective) <= 2e-9 * alone.objective


@pytest.mark.parametrize("penalty", [L1, groups(8, 1)])
def test_a_copy_has_no_weight_left_by_rounding(penalty):
    """As the two columns of a category with two labels are; the pull of each is λ but for rounding."""
    generator = np.random.default_rng(3)
    label, other = generator.integers(0, 2, (2, 200))
    inputs = standardised(np.column_stack([label, 1 - label, generator.normal(size=(200, 4)), other, 1 - other]))
    targets = standardised(2.0 * label + inputs[:, 2] + 0.5 * other + generator.normal(size=200))
    problem = squared(inputs, targets, penalty)
    for point in solve_path(problem, lambda_grid(problem, 50)):
        sizes = np.abs(point.weights[point.weights != 0])
        assert sizes.min(initial=1.0) > 1e-12
        # A zero is as good as the 1e-16 was.
        assert point.converged
        assert point.kkt_residual <= 1e-9
        problem_here = replace(penalty, lam=point.lam)
        gap = duality_gap(inputs, targets, SQUARED, problem_here, point.weights, point.biases)
        assert gap <= 2e-9 * point.objective


@pytest.mark.parametrize("penalty", [L1, MIXED, groups(5, 1)])
@pytest.mark.parametrize("seed", range(20))
def test_all_weights_are_zero_at_lambda_max_itself(penalty, seed):
    generator = np.random.default_rng(seed)
    inputs = generator.normal(size=(40, 5)) * [1e-6, 1.0, 3.0, 1e6, 1.0]
    problem = squared(inputs, inputs[:, 1] + generator.normal(size=40), penalty)
    assert solve(problem, lambda_max(problem))[0].n_nonzero == 0


def test_without_a_penalty_no_gap_is_claimed_but_the_residual_says_that_it_is_solved(diabetes):
    inputs, targets, _ = diabetes
    problem = squared(standardised(inputs), standardised(targets), L1)
    penalised, free = solve(problem, 0.1, 0.0)
    assert np.isfinite(penalised.gap)
    assert np.isinf(free.gap)
    assert free.converged
    least = np.linalg.lstsq(problem.inputs, problem.targets, rcond=None)[0]
    np.testing.assert_allclose(free.weights[:, 0], least, atol=1e-6)


@pytest.mark.parametrize("kind", ["plain", "one factor", "a random walk", "whole numbers", "copies"])
def test_a_lasso_path_is_exact_to_rounding(kind):
    generator = np.random.default_rng(3)
    rows = generator.normal(size=(150, 40))
    targets = rows[:, :5].sum(axis=1) + generator.normal(size=150)
    inputs = {
        "plain": rows,
        "one factor": rows + 5.0 * generator.normal(size=(150, 1)),
        "a random walk": np.cumsum(rows, axis=1),
        "whole numbers": generator.integers(0, 3, size=rows.shape),
        "copies": np.column_stack([rows, rows[:, :3]]),
    }[kind]
    inputs = standardised(inputs)
    problem = squared(inputs, targets, L1)
    points = solve(problem, *lambda_grid(problem, 60))
    assert points[-1].n_nonzero > 35
    for point in points:
        # Stationarity from the rows: a pull of λ where a weight is not zero, of λ at most where it is.
        weights = point.weights[:, 0]
        pulls = inputs.T @ (targets - inputs @ weights - point.biases) / 150
        # What has copies is left to coordinate descent, which ends at its gap.
        enough = 1e-12 if kind != "copies" else 1e-6
        np.testing.assert_allclose(pulls[weights != 0], point.lam * np.sign(weights[weights != 0]), atol=enough)
        assert np.abs(pulls).max() <= point.lam + enough


def test_coarse_lambdas_and_a_return_to_zero_are_solved_too(diabetes):
    # From one λ to a hundredth of it many enter and leave at once, and no line leads there.
    inputs, targets, _ = diabetes
    problem = squared(standardised(inputs), targets, L1)
    top = lambda_max(problem)
    for point in solve(problem, top, 0.5 * top, 0.005 * top, 0.0048 * top, 1e-6 * top, 0.0):
        assert point.converged
        assert point.gap <= 1e-9 * point.objective or point.kkt_residual <= 1e-10
