"""Paths of more inputs than rows: certified from the rows, as scikit-learn finds them, and few columns are read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from path_problems import L1, MIXED, squared, standardised
from sklearn.linear_model import lasso_path

from regdesk.core.engine.path_structs import PathPlan
from regdesk.core.engine.path_wide_kernels import wide_path
from regdesk.core.linear.duality import duality_gap
from regdesk.core.linear.path import lambda_grid, lambda_max, solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.row_paths import CentredRows, row_path
from regdesk.core.model.losses import LOGISTIC, SQUARED
from regdesk.core.model.penalties import GroupLasso
from regdesk.core.stopping import Stop, Stopped


def kinds():
    generator = np.random.default_rng(5)
    plain = generator.normal(size=(30, 80))
    return {
        "plain": standardised(plain),
        "far from 0": 1e5 * plain + 1e6,
        "one factor": standardised(plain + 5.0 * generator.normal(size=(30, 1))),
        "a random walk": standardised(np.cumsum(plain, axis=1)),
        "copies": standardised(np.column_stack([plain[:, :40], plain[:, :40]])),
        "whole numbers": standardised(generator.integers(0, 2, size=plain.shape).astype(float)),
        "scales": plain * np.exp(3.0 * generator.normal(size=80)),
        "constants": np.column_stack([plain, np.ones((30, 5))]),
        "of rank four": plain[:, :4] @ generator.normal(size=(4, 80)) + 1e-3 * plain,
        "two rows": plain[:2],
    }


def targets_of(inputs):
    noise = np.random.default_rng(1).normal(size=len(inputs))
    return inputs[:, :3].sum(axis=1) + inputs.std() * noise


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("grid", ["fine", "coarse", "one"])
def test_every_point_is_certified_from_the_rows(kind, grid):
    inputs = kinds()[kind]
    targets = targets_of(inputs)
    problem = squared(inputs, targets, L1)
    lambdas = lambda_max(problem) * {
        "fine": np.geomspace(1.0, 1e-3, 40), "coarse": np.array([2.0, 0.3, 1e-4]), "one": np.array([1e-3]),
    }[grid]  # fmt: skip
    for point in solve_path(problem, lambdas):
        assert point.converged
        at, weights = replace(L1, lam=point.lam), point.weights[:, 0]
        residuals = targets - inputs @ weights - point.biases
        objective = 0.5 * np.mean(residuals**2) + point.lam * np.abs(weights).sum()
        assert point.objective == pytest.approx(objective, rel=1e-8)
        assert duality_gap(inputs, targets, SQUARED, at, point.weights, point.biases) <= 1e-8 * objective
        pulls = (inputs - inputs.mean(axis=0)).T @ residuals / len(targets)
        excess = np.where(weights == 0.0, np.abs(pulls) - point.lam, np.abs(pulls - point.lam * np.sign(weights)))
        # Nobody knows more than the rows do, and what is told is of them.
        assert point.kkt_residual == pytest.approx(max(excess.max(), 0.0), abs=1e-8 * lambdas[0])


def test_weights_are_those_of_scikit_learn():
    inputs = kinds()["plain"]
    targets = targets_of(inputs)
    targets -= targets.mean()
    problem = squared(inputs, targets, L1)
    lambdas = lambda_grid(problem, 20)
    theirs = lasso_path(inputs, targets, **{"alphas": lambdas}, tol=1e-13, max_iter=1_000_000)[1].T
    ours = np.array([point.weights[:, 0] for point in solve_path(problem, lambdas)])
    np.testing.assert_allclose(ours, theirs, atol=1e-6)
    assert np.array_equal(ours != 0.0, np.abs(theirs) > 1e-6)


@pytest.mark.parametrize("tolerance", [1e-3, 1e-6, 1e-9])
@pytest.mark.parametrize("penalty", [L1, MIXED], ids=["l1", "mixed"])
def test_a_path_is_as_close_as_its_tolerance_and_says_how_close(tolerance, penalty):
    inputs = kinds()["plain"]
    targets = targets_of(inputs)
    lambdas = lambda_grid(squared(inputs, targets, penalty), 50)
    rows, n_seen = CentredRows.of(inputs, targets), 0
    for some in row_path(rows, penalty, lambdas, tolerance):
        assert (some.gaps <= tolerance * some.objectives).all()
        for lam, weights, gap in zip(some.lambdas, some.weights, some.gaps, strict=True):
            biases = np.array([rows.target_mean - rows.means @ weights])
            at = replace(penalty, lam=float(lam))
            from_rows = duality_gap(inputs, targets, SQUARED, at, weights[:, np.newaxis], biases)
            # Under l2 the bound from the rows is the closer one.
            assert from_rows <= gap + 1e-12
            n_seen += 1
    assert n_seen == 50


@pytest.mark.parametrize("shape", ["more inputs", "more rows", "groups", "classes"])
def test_a_path_with_a_loose_tolerance_claims_no_more_than_it_knows(shape):
    inputs = kinds()["plain"] if shape == "more inputs" else standardised(kinds()["plain"].reshape(-1, 8))
    # Outputs of a formula without noise are easy; these are not.
    targets = np.sign(targets_of(inputs)) + (targets_of(inputs) if shape != "classes" else 0.0)
    problem = squared(inputs, targets, L1)
    if shape == "groups":
        problem = squared(inputs, targets, GroupLasso(0.0, np.arange(0, 9, 2)))
    if shape == "classes":
        problem = LinearProblem(inputs, np.maximum(targets, 0.0), LOGISTIC, L1)
    for point in solve_path(problem, lambda_grid(problem, 30), tolerance=1e-3):
        at = replace(problem.penalty, lam=point.lam)
        rows = (problem.inputs, problem.targets, problem.loss, at, point.weights, point.biases)
        gap = duality_gap(*rows)
        assert gap <= 1.01e-3 * point.objective
        assert gap <= point.gap * (1.0 + 1e-6) + 1e-12 * point.objective
        assert point.converged == (point.gap <= 1e-8 * point.objective)


def test_few_pulls_are_read_and_they_suffice():
    generator = np.random.default_rng(0)
    inputs = standardised(generator.normal(size=(40, 400)))
    targets = targets_of(inputs)
    targets -= targets.mean()
    rows, lambdas = CentredRows.of(inputs, targets), lambda_grid(squared(inputs, targets, L1), 100)
    problem, state, active_set, pulls, found = rows.wide_parts(lambdas)
    plan = PathPlan(lambdas, np.zeros(100), 1e-9, 0, Stop().flag)
    assert wide_path(problem, plan, state, active_set, pulls, found, 0, 100) == 100
    n_rounds, n_read = state.counts[2], state.counts[4]
    assert n_rounds < 300
    assert n_read < 0.5 * 400 * n_rounds
    for lam, weights in zip(lambdas, found.weights, strict=True):
        assert np.abs(inputs.T @ (targets - inputs @ weights) / 40).max() <= lam * (1.0 + 1e-9)


def test_a_path_is_given_up_within_a_lambda():
    inputs = kinds()["plain"]
    targets, stop = targets_of(inputs), Stop()
    problem = squared(inputs, targets, L1)
    stop.request()
    with pytest.raises(Stopped):
        next(solve_path(problem, lambda_grid(problem, 5), stop))


def test_rows_that_are_centred_are_not_copied():
    inputs = np.asfortranarray(kinds()["plain"])
    targets = targets_of(inputs)
    rows = CentredRows.of(inputs, targets - targets.mean())
    assert np.shares_memory(rows.columns, inputs)
    assert not np.shares_memory(CentredRows.of(inputs + 1.0, targets).columns, inputs)
