"""The optimum that ``fit`` gives, on what is hard: against brute force, and certified by its own gap."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from linear_solves import solve_rows

from regdesk.core.linear.path import lambda_max, solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solve import not_standardized
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.penalties import ElasticNet, GroupLasso
from regdesk.core.model.shortfalls import NotReached
from regdesk.core.words.shortfalls import shortfall_sentence


def standardised(inputs):
    spread = inputs.std(axis=0)
    return (inputs - inputs.mean(axis=0)) / np.where(spread > 0, spread, 1.0)


def lasso_by_force(inputs, targets, lam, most):
    """The least J of the lasso over all sets of at most ``most`` inputs and all their signs, and its weights."""
    centred, left = inputs - inputs.mean(axis=0), targets - targets.mean()
    n_rows, n_inputs = inputs.shape
    best, weights = 0.5 * left @ left / n_rows, np.zeros(n_inputs)
    for size in range(1, most + 1):
        for chosen in map(list, itertools.combinations(range(n_inputs), size)):
            own = centred[:, chosen]
            for signs in itertools.product((-1.0, 1.0), repeat=size):
                right = own.T @ left / n_rows - lam * np.array(signs)
                found = np.linalg.lstsq(own.T @ own / n_rows, right, rcond=None)[0]
                if (found * signs <= 0).any():
                    continue
                errors = left - own @ found
                objective = 0.5 * errors @ errors / n_rows + lam * np.abs(found).sum()
                if objective < best - 1e-15:
                    best, weights = objective, np.zeros(n_inputs)
                    weights[chosen] = found
    return best, weights


@pytest.mark.parametrize("angle", [*(pytest.param(one, marks=pytest.mark.full) for one in (0.3, 1e-2)), 1e-4])
def test_a_lasso_of_three_rows_and_many_nearly_parallel_columns(angle):
    """Rows of a spectrum: two weights are all that three rows can ask for."""
    generator = np.random.default_rng(5)
    inputs = standardised(generator.normal(size=(3, 1)) + angle * generator.normal(size=(3, 112)))
    targets = standardised(generator.normal(size=(3, 1)))[:, 0]
    for lam in (0.1, 1e-3):
        solution = solve_rows(inputs, targets, SQUARED, ElasticNet(lam, 1.0))
        best, weights = lasso_by_force(inputs, targets, lam, 2)
        assert solution.converged
        assert solution.objective == pytest.approx(best, rel=1e-9)
        assert np.count_nonzero(solution.weights) <= 2
        np.testing.assert_array_equal(solution.weights[:, 0] != 0, weights != 0)


@pytest.mark.parametrize("lam", [0.5, 0.05, 1e-4])
def test_small_lassos_are_those_of_brute_force_in_any_order_of_columns(lam):
    generator = np.random.default_rng(1)
    for n_rows in (2, 4, 9):
        inputs = standardised(generator.normal(size=(n_rows, 6)) @ generator.normal(size=(6, 6)))
        targets = standardised(generator.normal(size=(n_rows, 1)))[:, 0]
        best, _ = lasso_by_force(inputs, targets, lam, min(6, n_rows))
        solution = solve_rows(inputs, targets, SQUARED, ElasticNet(lam, 1.0))
        order = generator.permutation(6)
        turned = solve_rows(inputs[:, order], targets, SQUARED, ElasticNet(lam, 1.0))
        assert solution.objective == pytest.approx(best, rel=1e-10)
        np.testing.assert_allclose(turned.weights, solution.weights[order], atol=1e-9)


def one_hot_classes(seed, n_rows=120):
    """Two columns of labels, all levels as inputs, and three classes that depend on them a little."""
    generator = np.random.default_rng(seed)
    first, second = generator.integers(0, 4, n_rows), generator.integers(0, 3, n_rows)
    inputs = np.column_stack([np.eye(4)[first], np.eye(3)[second], generator.normal(size=(n_rows, 2))])
    targets = np.digitize(0.8 * first - second + generator.normal(size=n_rows), [-0.3, 0.8]).astype(float)
    return standardised(inputs), targets


@pytest.mark.parametrize("seed", [0, 1])
def test_softmax_under_l1_with_one_hot_columns_is_certified_along_its_path(engine, seed):
    inputs, targets = one_hot_classes(seed)
    problem = LinearProblem(inputs, targets, SOFTMAX, ElasticNet(0.0, 1.0), 3)
    lambdas = lambda_max(problem) * np.geomspace(1.0, 1e-6, 12)
    for point in solve_path(problem, lambdas):
        assert point.converged
        assert point.gap <= 1e-8 * point.objective
        alone = solve_rows(inputs, targets, SOFTMAX, ElasticNet(point.lam, 1.0), 3)
        assert alone.converged
        assert alone.objective == pytest.approx(point.objective, rel=2e-8)


@pytest.mark.parametrize("lam", [1e-7, 1e-8, 1e-9])
@pytest.mark.parametrize("l1_ratio", [0.0, 1.0])
def test_classes_that_are_told_apart_have_a_certified_optimum_at_a_small_lambda(engine, lam, l1_ratio):
    generator = np.random.default_rng(2)
    inputs = standardised(generator.normal(size=(60, 4)))
    targets = (inputs[:, 0] - inputs[:, 2] > 0).astype(float)
    penalty = ElasticNet(lam, l1_ratio)
    solution = solve_rows(inputs, targets, LOGISTIC, penalty)
    assert solution.converged
    assert solution.gap <= 1e-8 * solution.objective
    path = list(solve_path(LinearProblem(inputs, targets, LOGISTIC, penalty), np.array([1e-2, 1e-4, lam])))
    assert path[-1].converged
    assert path[-1].objective == pytest.approx(solution.objective, rel=2e-8)
    # Scaled models and the solution at another λ are worse.
    for share in (0.9, 1.1):
        weights, biases = share * solution.weights, share * solution.biases
        losses = LOGISTIC.values(inputs @ weights + biases, targets)
        assert losses.mean() + lam * penalty.value(weights.ravel()) > solution.objective


def hard_problem(seed):
    """A small problem of a random kind, loss and penalty; λ from 1e-5 of the largest that matters."""
    generator = np.random.default_rng(seed)
    kind = ("collinear", "wide", "one-hot", "scales", "constant", "copies", "two rows")[seed % 7]
    loss, n_outputs = ((SQUARED, 1), (LOGISTIC, 1), (SOFTMAX, 3))[seed % 3]
    n_rows, n_inputs = int(generator.integers(10, 50)), int(generator.integers(2, 8))
    if kind == "wide":
        n_rows, n_inputs = 12, 40
    if kind == "two rows":
        n_rows = max(n_outputs, 2)
    inputs = generator.normal(size=(n_rows, n_inputs))
    if kind == "collinear":
        inputs[:, -1] = inputs[:, 0] + 10.0 ** -int(generator.integers(2, 6)) * generator.normal(size=n_rows)
    elif kind == "one-hot":
        inputs = np.column_stack([np.eye(4)[generator.integers(0, 4, n_rows)], inputs])
    elif kind == "scales":
        inputs = inputs * 10.0 ** generator.integers(-2, 3, n_inputs)
    elif kind == "constant":
        inputs[:, 0] = 0.1
    elif kind == "copies":
        inputs = np.column_stack([inputs, inputs[:, 0], -inputs[:, 1]])
    inputs = inputs if kind == "scales" else standardised(inputs)
    targets = generator.normal(size=n_rows)
    if n_outputs > 1 or loss is LOGISTIC:
        targets = np.arange(n_rows) % max(n_outputs, 2) * 1.0
    n_inputs = inputs.shape[1]
    top = lambda_max(LinearProblem(inputs, targets, loss, ElasticNet(0.0, 1.0), n_outputs))
    lam = top * 10.0 ** -generator.uniform(0.2, 5)
    groups = np.unique([0, n_inputs // 2, n_inputs]) * n_outputs
    penalty = (ElasticNet(lam, 1.0), ElasticNet(lam, 0.0), ElasticNet(lam, 0.5), GroupLasso(lam, groups))[seed % 4]
    return LinearProblem(inputs, targets, loss, penalty, n_outputs)


@pytest.mark.parametrize("start", range(0, 84, 12))
def test_hard_problems_end_certified_from_fit_and_from_the_path(engine, start):
    for seed in range(start, start + 12):
        problem = hard_problem(seed)
        penalty, n_outputs = problem.penalty, problem.n_outputs
        solution = solve_rows(problem.inputs, problem.targets, problem.loss, penalty, n_outputs)
        assert solution.converged, seed
        assert solution.gap <= 1e-8 * solution.objective, seed
        lambdas = np.array([10.0 * penalty.lam, penalty.lam])
        point = list(solve_path(problem, lambdas))[-1]
        assert point.converged, seed
        assert point.objective == pytest.approx(solution.objective, rel=2e-8), seed


def test_what_is_not_found_says_what_to_do():
    inputs, targets = one_hot_classes(0)
    solution = solve_rows(inputs, targets, SOFTMAX, ElasticNet(1e-6, 0.0), 3, max_iterations=1)
    assert not solution.converged
    assert shortfall_sentence(solution.shortfall).startswith("stopped after ")
    assert shortfall_sentence(solution.shortfall).endswith(". Raise λ.")


@pytest.mark.parametrize(
    ("loss", "shift", "unit", "advice"),
    [
        (SQUARED, 0.0, 1.0, "Raise λ."),
        (SQUARED, 0.0, 3.0, "Raise λ, or standardise the target."),
        (SQUARED, 1.0, 1.0, "Raise λ, or standardise the inputs."),
        (SQUARED, 1.0, 3.0, "Raise λ, or standardise the inputs and the target."),
        (LOGISTIC, 0.0, 1.0, "Raise λ."),
        (LOGISTIC, 1.0, 1.0, "Raise λ, or standardise the inputs."),
    ],
)
def test_only_what_can_be_standardised_is_to_be(loss, shift, unit, advice):
    """One input does not vary, which no scale can change."""
    generator = np.random.default_rng(5)
    inputs, targets = generator.normal(size=(40, 6)), generator.normal(size=40)
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    inputs[:, 5] = 0.0
    targets = (targets - targets.mean()) / targets.std()
    targets = (targets > 0).astype(float) if loss is LOGISTIC else unit * targets
    open_to_it = not_standardized(inputs + shift, targets, loss)
    assert shortfall_sentence(NotReached(3, 0.5, np.inf, 1.0, open_to_it)).endswith(f"residual of 0.5. {advice}")
    if loss is LOGISTIC:
        penalty = ElasticNet(0.01, 0.5)
        solution = solve_rows(inputs + shift, targets, loss, penalty, tolerance=0.0, max_iterations=1)
        assert shortfall_sentence(solution.shortfall).endswith(f" of itself too high. {advice}")


def test_next_to_no_penalty_on_separated_classes_is_no_warning_and_no_bound():
    """Trial steps reach weights of 1e154; warnings are errors here."""
    inputs = standardised(np.array([[1.0, 4.0], [2.0, 1.0], [3.0, 3.0], [4.0, 2.0]]))
    solution = solve_rows(inputs, np.array([0.0, 0.0, 1.0, 1.0]), LOGISTIC, ElasticNet(1e-300, 0.0))
    assert not solution.converged
    assert solution.gap > solution.objective
    assert shortfall_sentence(solution.shortfall).endswith(
        f" at a KKT residual of {solution.kkt_residual:.2g}. Raise λ."
    )


def test_a_bound_that_says_nothing_is_not_named():
    """J is at least 0: a gap of J or more says no more than that."""
    assert shortfall_sentence(NotReached(1, 0.5, 0.25, 1.0)) == (
        "stopped after 1 iteration at a KKT residual of 0.5, J at most 0.25 of itself too high. Raise λ."
    )
    for gap, objective in ((1.0, 1.0), (1e282, 1.0), (np.inf, 1.0), (np.nan, 1.0), (0.0, 0.0), (-1e-18, 0.0)):
        expected = "stopped after 1,200 iterations at a KKT residual of 0.5. Raise λ."
        assert shortfall_sentence(NotReached(1200, 0.5, gap, objective)) == expected


def test_a_wide_problem_has_its_optimum_in_the_space_of_the_rows():
    """2,308 inputs, 63 rows and four classes, as of a published set of gene expressions."""
    generator = np.random.default_rng(0)
    inputs = standardised(generator.normal(size=(63, 2308)))
    targets = np.digitize(inputs[:, :5].sum(axis=1), [-2.0, 0.0, 2.0]).astype(float)
    for l1_ratio in (0.0, 1.0):
        solution = solve_rows(inputs, targets, SOFTMAX, ElasticNet(0.05, l1_ratio), 4)
        assert solution.converged
        assert solution.gap <= 1e-8 * solution.objective
    free = solve_rows(inputs, generator.normal(size=63), SQUARED, ElasticNet(0.0, 0.0))
    assert free.converged
    assert free.is_unique is False
    assert free.objective < 1e-25
