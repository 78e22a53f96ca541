"""The group lasso on columns that are nearly parallel: certified in few rounds, where sweeps over groups crawl."""

from __future__ import annotations

import numpy as np
import pytest
from covering import covered
from linear_solves import solve_rows

from regdesk.core.linear.certificate import certificate_of
from regdesk.core.linear.newton_path import NewtonPath
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.penalties import GroupLasso
from regdesk.core.quadratic.groups import group_minimum
from regdesk.core.quadratic.smoothed_groups import smoothed_group_minimum
from regdesk.core.stopping import Stop, Stopped


def parallel(n_rows, angle, seed):
    """112 standardised columns that differ from one by ``angle``."""
    generator = np.random.default_rng(seed)
    inputs = generator.normal(size=(n_rows, 1)) + angle * generator.normal(size=(n_rows, 112))
    return (inputs - inputs.mean(axis=0)) / inputs.std(axis=0), generator


@covered(n_rows=[6, 30], kind=["squared", "logistic", "softmax"], angle=[0.3, 1e-2, 1e-4])
def test_a_hundred_nearly_parallel_columns_in_groups_are_certified(n_rows, kind, angle):
    inputs, generator = parallel(n_rows, angle, 5)
    loss, n_outputs = {"squared": (SQUARED, 1), "logistic": (LOGISTIC, 1), "softmax": (SOFTMAX, 3)}[kind]
    bounds = np.arange(0, 337, 3) if kind == "softmax" else np.arange(0, 113, 4)
    targets = generator.normal(size=n_rows) if kind == "squared" else np.arange(n_rows) % max(n_outputs, 2) * 1.0
    for lam in (1e-2, 1e-4):
        found = solve_rows(inputs, targets, loss, GroupLasso(lam, bounds), n_outputs)
        assert found.converged, found.shortfall
        assert found.gap <= 1e-8 * found.objective
        # So many took it a minute, and did not end.
        assert found.n_iterations < 180
        slopes = inputs.T @ loss.derivatives(inputs @ found.weights + found.biases, targets) / n_rows
        groups = list(
            zip(np.split(found.weights.ravel(), bounds[1:-1]), np.split(slopes.ravel(), bounds[1:-1]), strict=True)
        )
        for weights, slope in groups:
            limit, norm = lam * np.sqrt(len(weights)), np.linalg.norm(weights)
            if norm > 0.0:
                np.testing.assert_allclose(slope, -limit * weights / norm, rtol=0, atol=1e-7)
            else:
                assert np.linalg.norm(slope) <= limit * (1.0 + 1e-7)


def test_a_quadratic_of_nearly_parallel_groups_is_solved_where_sweeps_end_too_soon():
    inputs, generator = parallel(20, 1e-2, 1)
    bounds, limits = np.arange(0, 113, 4), np.full(28, 2e-3)
    hessian, slope, start = inputs.T @ inputs / 20, generator.normal(size=20) @ inputs / 20, np.zeros(112)
    found = group_minimum(hessian, slope, start, bounds, limits, 1e-16, 3)
    gradient = slope + hessian @ found
    for number in range(28):
        own = slice(bounds[number], bounds[number + 1])
        norm = np.linalg.norm(found[own])
        if norm > 0.0:
            np.testing.assert_allclose(gradient[own], -limits[number] * found[own] / norm, rtol=0, atol=1e-7)
        else:
            assert np.linalg.norm(gradient[own]) <= limits[number] * (1.0 + 1e-6)
    assert 0 < np.count_nonzero(found) < 112


@pytest.mark.parametrize("shift", [0.0, 1e9])
def test_a_shift_of_all_biases_of_softmax_takes_no_digits(shift):
    """The quadratic model does not change along it, so that a step may be of any length there."""
    inputs, _ = parallel(30, 0.3, 2)
    targets, penalty = np.arange(30) % 3 * 1.0, GroupLasso(1e-3, np.arange(0, 337, 3))
    path = NewtonPath(inputs, targets, SOFTMAX, penalty, 3, is_compiled=False)
    path.begin_at(np.zeros((112, 3)), np.array([0.1, 0.0, -0.1]) + shift)
    (model,) = path.solve(np.array([1e-3]), 1e-12)
    problem = LinearProblem(inputs, targets, SOFTMAX, penalty, 3)
    assert certificate_of(problem, penalty, model.weights, model.biases).optimal_to <= 1e-10
    assert np.abs(model.biases).max() < 1e3


def test_the_smoothed_minimum_is_given_up_before_its_next_step():
    inputs, generator = parallel(20, 1e-2, 1)
    bounds, limits = np.arange(0, 113, 4), np.full(28, 2e-3)
    hessian, slope = inputs.T @ inputs / 20, generator.normal(size=20) @ inputs / 20
    stop, asked = Stop(), []

    def check() -> None:
        asked.append(len(asked))
        if len(asked) == 3:
            stop.request()
        stop.check()

    with pytest.raises(Stopped):
        smoothed_group_minimum(hessian, slope, np.zeros(112), bounds, limits, check)
    assert asked == [0, 1, 2]
