"""Squared error in units far from 1: the optimum in exact fractions, which ``fit`` and the path have to certify."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from exact_fractions import exact_solution
from linear_solves import solve_rows

from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.refined_squares import refined_squares
from regdesk.core.model.losses import SQUARED
from regdesk.core.model.penalties import ElasticNet


def raw_problem(seed, n_rows, n_inputs, unit, offset=False):
    """Inputs of 10⁻⁴ to 10⁵, with means as far apart if ``offset``, and a target in multiples of ``unit``."""
    generator = np.random.default_rng(seed)
    plain = generator.normal(size=(n_rows, n_inputs))
    inputs = plain * 10.0 ** generator.integers(-4, 6, n_inputs)
    if offset:
        inputs = inputs + 10.0 ** generator.integers(-3, 6, n_inputs)
    return inputs, unit * (plain[:, :3].sum(axis=1) + generator.normal(size=n_rows))


def fractions(columns):
    """``columns`` ``(n_rows, n_columns)`` less their means, exactly, a column each."""
    exact = [[Fraction(float(cell)) for cell in column] for column in columns.T]
    return [[cell - sum(column) / len(column) for cell in column] for column in exact]


def dot(one, other):
    return sum((a * b for a, b in zip(one, other, strict=True)), Fraction(0))


def least_objective(inputs, targets, l1, l2, signs):
    """J in the minimum, as a fraction, proved: ``signs`` ``(n_inputs,)`` are those of its weights."""
    columns, (left,) = fractions(inputs), fractions(targets[:, np.newaxis])
    n_rows, alive = len(left), [int(number) for number in np.flatnonzero(signs)]
    l1, l2, own = Fraction(l1), Fraction(l2), [columns[number] for number in alive]
    matrix = [[dot(a, b) / n_rows + l2 * (i == j) for j, b in enumerate(own)] for i, a in enumerate(own)]
    exact = exact_solution(
        matrix, [dot(a, left) / n_rows - l1 * int(signs[k]) for a, k in zip(own, alive, strict=True)]
    )
    assert all(weight * int(signs[number]) > 0 for weight, number in zip(exact, alive, strict=True))
    errors = [left[row] - sum(w * column[row] for w, column in zip(exact, own, strict=True)) for row in range(n_rows)]
    assert all(abs(dot(columns[number], errors)) / n_rows <= l1 for number in np.flatnonzero(signs == 0))
    return dot(errors, errors) / (2 * n_rows) + sum(l1 * abs(w) + l2 * w * w / 2 for w in exact)


@pytest.mark.parametrize(
    ("shape", "unit", "lam", "l1_ratio", "offset"),
    [
        ((40, 6), 1e6, 0.01, 1.0, False),
        ((40, 6), 1e6, 1e-6, 0.5, True),
        ((40, 6), 1.0, 0.01, 1.0, True),
        ((12, 20), 1.0, 1e-5, 0.5, False),
        ((12, 20), 1.0, 1e-5, 0.5, True),
        ((12, 20), 1e6, 10.0, 1.0, False),
    ],
)
def test_zeros_in_raw_units_are_certified_and_those_of_exact_fractions(engine, shape, unit, lam, l1_ratio, offset):
    inputs, targets = raw_problem(3, *shape, unit, offset)
    penalty = ElasticNet(lam, l1_ratio)
    found = solve_rows(inputs, targets, SQUARED, penalty)
    assert found.converged, found.shortfall
    least = least_objective(inputs, targets, lam * l1_ratio, lam * (1.0 - l1_ratio), np.sign(found.weights[:, 0]))
    assert found.objective == pytest.approx(float(least), rel=1e-8)
    (point,) = solve_path(LinearProblem(inputs, targets, SQUARED, penalty), np.array([lam]))
    assert point.converged, point.shortfall
    assert point.objective == pytest.approx(float(least), rel=2e-8)


@pytest.mark.parametrize("lam", [1e-8, 1e-2, 1e3])
def test_ridge_of_more_than_two_hundred_inputs_in_raw_units_is_that_of_exact_fractions(engine, lam):
    inputs, targets = raw_problem(4, 10, 250, 1e3)
    columns, (left,) = fractions(inputs), fractions(targets[:, np.newaxis])
    rows = list(zip(*columns, strict=True))
    kernel = [[dot(a, b) + 10 * Fraction(lam) * (i == j) for j, b in enumerate(rows)] for i, a in enumerate(rows)]
    dual = exact_solution(kernel, left)
    exact = np.array([float(dot(column, dual)) for column in columns])
    penalty = ElasticNet(lam, 0.0)
    found = solve_rows(inputs, targets, SQUARED, penalty)
    assert found.converged, found.shortfall
    np.testing.assert_allclose(found.weights[:, 0], exact, rtol=1e-9, atol=1e-12 * np.abs(exact).max())
    (point,) = solve_path(LinearProblem(inputs, targets, SQUARED, penalty), np.array([lam]))
    assert point.converged, point.shortfall
    np.testing.assert_allclose(point.weights[:, 0], exact, rtol=1e-6, atol=1e-9 * np.abs(exact).max())


def test_the_shortest_weights_without_a_penalty_in_raw_units_are_those_of_exact_fractions():
    inputs, targets = raw_problem(5, 10, 250, 1.0)
    cells = [[Fraction(float(cell)) for cell in row] for row in inputs]
    # Less the last row, which takes the bias away; the shortest weights that meet what is left.
    rows = [[a - b for a, b in zip(row, cells[-1], strict=True)] for row in cells[:-1]]
    left = [Fraction(float(target)) - Fraction(float(targets[-1])) for target in targets[:-1]]
    dual = exact_solution([[dot(a, b) for b in rows] for a in rows], left)
    exact = np.array([float(dot(column, dual)) for column in zip(*rows, strict=True)])
    found = solve_rows(inputs, targets, SQUARED, ElasticNet(0.0, 0.0))
    assert found.converged, found.shortfall
    assert found.is_unique is False
    np.testing.assert_allclose(found.weights[:, 0], exact, rtol=1e-6, atol=1e-9 * np.abs(exact).max())


def test_copies_at_a_lambda_below_rounding_are_not_gone_round_for_ever():
    # Copies came in, would have gone the wrong way and left, moved nothing by 1e-26, and came in again: 2,440 times a
    # round, of some of these, as rounding goes by where arrays lie. What is found has a gap all the same.
    numbers = []
    for seed in (2, 3):
        generator = np.random.default_rng(seed)
        inputs = generator.normal(size=(48, 400))
        inputs[:, 200:] = inputs[:, :200]
        targets = inputs[:, 0] - inputs[:, 1] + 0.5 * generator.normal(size=48)
        inputs, targets = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0), targets - targets.mean()
        n_solves = []
        found = refined_squares(
            inputs, targets, ElasticNet(1e-14, 1.0), np.zeros(400), lambda at=n_solves: at.append(1)
        )
        numbers.append(len(n_solves))
        assert 0.0 <= found.gap < 0.1 * found.objective
    assert max(numbers) < 1_500, numbers
