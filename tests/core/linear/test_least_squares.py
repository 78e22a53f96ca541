"""Least squares and ridge to all digits: certified values, exact fractions, and the shortest of many solutions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from exact_fractions import exact_solution
from linear_solves import solve_rows
from longley import COEFFICIENTS, INPUTS, INTERCEPT, TARGETS, correct_digits

from regdesk.core.linear.least_squares import least_squares, ridge_gap
from regdesk.core.model.losses import SQUARED
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.model.standardizer import Standardizer


@pytest.mark.parametrize("standardizes_inputs", [True, False])
@pytest.mark.parametrize("standardizes_target", [True, False])
def test_longley_has_twelve_digits(standardizes_inputs, standardizes_target):
    inputs = Standardizer.fit(INPUTS) if standardizes_inputs else Standardizer.identity(6)
    target = Standardizer.fit(TARGETS[:, np.newaxis]) if standardizes_target else Standardizer.identity(1)
    found = least_squares(inputs.apply(INPUTS), target.apply(TARGETS[:, np.newaxis])[:, 0])
    coefficients = found.weights * target.scale[0] / inputs.scale
    intercept = found.bias * target.scale[0] + target.mean[0] - inputs.mean @ coefficients
    assert correct_digits(coefficients, COEFFICIENTS) >= 12
    assert correct_digits([intercept], [INTERCEPT]) >= 12
    assert found.is_unique


def test_nearly_dependent_columns_against_exact_fractions():
    """Three columns of whole numbers, the last the sum of the others but for 1 in 10⁶: a condition of 10⁶."""
    generator = np.random.default_rng(0)
    columns = generator.integers(-(10**6), 10**6, size=(12, 2))
    columns = np.column_stack([columns, columns.sum(axis=1) + generator.integers(-1, 2, size=12)])
    targets = generator.integers(-(10**6), 10**6, size=12)
    rows = [[Fraction(int(cell)) for cell in row] + [Fraction(1)] for row in columns]
    normal = [[sum(row[i] * row[j] for row in rows) for j in range(4)] for i in range(4)]
    right = [sum(row[i] * int(y) for row, y in zip(rows, targets, strict=True)) for i in range(4)]
    exact = exact_solution(normal, right)
    found = least_squares(columns.astype(float), targets.astype(float))
    assert correct_digits(found.weights, [float(one) for one in exact[:3]]) >= 9


@pytest.mark.parametrize("seed", range(3))
def test_ridge_of_few_rows_and_inputs_in_very_different_units_against_exact_fractions(seed):
    """Ten inputs of eight rows, from 10 to 10⁷ in size: the condition of the rows' products is beyond 10¹⁶."""
    generator = np.random.default_rng(seed)
    sizes = np.repeat([10, 10**3, 10**5, 10**7], [3, 3, 2, 2])
    columns = generator.integers(-sizes, sizes, size=(8, 10)) + 10**4
    targets = generator.integers(-4, 5, size=8)
    lam = Fraction(1, 2**14)
    rows = [[Fraction(int(cell)) for cell in row] for row in columns]
    means = [sum(column) / 8 for column in zip(*rows, strict=True)]
    centred = [[cell - mean for cell, mean in zip(row, means, strict=True)] for row in rows]
    kernel = [
        [sum(a * b for a, b in zip(one, other, strict=True)) + 8 * lam * (i == j) for j, other in enumerate(centred)]
        for i, one in enumerate(centred)
    ]
    middle = Fraction(int(targets.sum()), 8)
    dual = exact_solution(kernel, [int(target) - middle for target in targets])
    exact = [sum(row[j] * one for row, one in zip(centred, dual, strict=True)) for j in range(10)]
    inputs, penalty = columns.astype(float), ElasticNet(float(lam), 0.0)
    solution = solve_rows(inputs, targets.astype(float), SQUARED, penalty)
    assert solution.converged
    assert solution.gap <= 1e-8 * solution.objective
    np.testing.assert_allclose(solution.weights[:, 0], [float(one) for one in exact], rtol=1e-9)


@pytest.mark.parametrize("shape", [(30, 4), (6, 9)])
def test_the_gap_of_a_ridge_is_what_its_objective_is_too_high(shape):
    generator = np.random.default_rng(2)
    inputs, targets = generator.normal(size=shape) * 10.0 ** np.arange(shape[1]) + 3.0, generator.normal(size=shape[0])

    def objective(weights, bias):
        return 0.5 * np.mean((targets - inputs @ weights - bias) ** 2) + 0.5 * 0.1 * weights @ weights

    best = least_squares(inputs, targets, 0.1)
    weights = best.weights + 0.3 / 10.0 ** np.arange(shape[1]) * generator.normal(size=shape[1])
    too_high = objective(weights, best.bias + 0.2) - objective(best.weights, best.bias)
    assert too_high > 0.01
    assert ridge_gap(inputs, targets, 0.1, weights, best.bias + 0.2) == pytest.approx(too_high, rel=1e-6)


@pytest.mark.parametrize("lam", [Fraction(1, 2**10), Fraction(3, 2)])
@pytest.mark.parametrize("factors", [(1, 4, 9, 2), (0, 4, 0, 2), (0, 0, 0, 1)])
@pytest.mark.parametrize("n_rows", [12, 3])
def test_a_ridge_under_penalty_factors_has_all_digits(n_rows, factors, lam):
    """Columns of whole numbers far from 0 in different units, against exact fractions; of few rows only if pressed."""
    if n_rows < 4 and 0 in factors:
        factors = (0, *[max(factor, 1) for factor in factors[1:]])
    generator = np.random.default_rng(7)
    columns = generator.integers(-50, 50, size=(n_rows, 4)) * np.array([1, 1, 10, 100]) + 1000
    targets = generator.integers(-9, 9, size=n_rows)
    rows = [[Fraction(int(cell)) for cell in row] + [Fraction(1)] for row in columns]
    presses = [lam * factor for factor in factors] + [Fraction(0)]
    normal = [
        [sum(row[i] * row[j] for row in rows) + n_rows * presses[i] * (i == j) for j in range(5)] for i in range(5)
    ]
    exact = exact_solution(
        normal, [sum(row[i] * int(y) for row, y in zip(rows, targets, strict=True)) for i in range(5)]
    )
    penalty = ElasticNet(float(lam), 0.0, np.array(factors, dtype=np.float64))
    found = solve_rows(columns.astype(float), targets.astype(float), SQUARED, penalty)
    assert found.converged
    assert found.is_unique
    np.testing.assert_allclose(found.weights[:, 0], [float(one) for one in exact[:4]], rtol=1e-12)
    assert found.biases[0] == pytest.approx(float(exact[4]), rel=1e-12)


def test_of_copies_that_are_never_penalised_each_takes_half():
    generator = np.random.default_rng(5)
    inputs = generator.normal(size=(20, 3))
    targets = inputs @ [2.0, 1.0, -1.0] + generator.normal(size=20)
    twice = np.column_stack([inputs, inputs[:, 0], np.full(20, 3.0)])
    lone = solve_rows(inputs, targets, SQUARED, ElasticNet(0.3, 0.0, np.array([0.0, 1.0, 2.0])))
    shared = solve_rows(twice, targets, SQUARED, ElasticNet(0.3, 0.0, np.array([0.0, 1.0, 2.0, 0.0, 1.0])))
    expected = lone.weights[:, 0] * [0.5, 1.0, 1.0]
    np.testing.assert_allclose(shared.weights[:, 0], [*expected, expected[0], 0.0], rtol=1e-13, atol=1e-16)
    assert lone.is_unique
    assert not shared.is_unique


def test_of_many_solutions_the_shortest_is_given():
    generator = np.random.default_rng(1)
    inputs = generator.normal(size=(25, 4))
    dependent = np.column_stack([inputs, inputs[:, 0], inputs[:, 1] + 2.0 * inputs[:, 2], np.full(25, 0.1)])
    targets = generator.normal(size=25)
    for columns in (dependent, generator.normal(size=(8, 20)) * 3.0):
        own = targets[: len(columns)]
        found = least_squares(columns, own)
        expected = np.linalg.pinv(columns - columns.mean(axis=0), rcond=1e-12) @ (own - own.mean())
        np.testing.assert_allclose(found.weights, expected, atol=1e-12)
        assert not found.is_unique
        assert found.bias == pytest.approx(own.mean() - columns.mean(axis=0) @ expected, abs=1e-12)


@pytest.mark.parametrize("shape", [(30, 5), (6, 15)])
@pytest.mark.parametrize("lam", [1e-9, 0.1, 10.0])
def test_ridge_is_the_closed_form(shape, lam):
    generator = np.random.default_rng(2)
    inputs, targets = generator.normal(size=shape), generator.normal(size=shape[0])
    found = least_squares(inputs, targets, lam)
    centred, left = inputs - inputs.mean(axis=0), targets - targets.mean()
    rows = np.vstack([centred, np.sqrt(shape[0] * lam) * np.eye(shape[1])])
    expected = np.linalg.lstsq(rows, np.append(left, np.zeros(shape[1])), rcond=None)[0]
    np.testing.assert_allclose(found.weights, expected, rtol=1e-9, atol=1e-12)
    assert found.is_unique
