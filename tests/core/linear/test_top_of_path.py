"""At λ_max exactly the inputs that are never penalised are in the model, and next below it one block more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from covering import covered

from regdesk.core.linear.path import lambda_max, solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solve import free_fit, solve
from regdesk.core.linear.warm_start import WarmStart
from regdesk.core.model.losses import loss_for
from regdesk.core.model.penalties import ElasticNet, GroupLasso

N_ROWS, N_INPUTS, N_TABLES = 60, 4, 12
FACTORS = {"even": None, "free": [0.0, 1.0, 1.0, 1.0], "uneven": [1.0, 0.5, 0.0, 3.0]}


def penalty_of(kind, factors, n_outputs):
    given = None if factors is None else np.array(factors)
    if kind == "group-lasso":
        return GroupLasso(1.0, np.arange(N_INPUTS + 1) * n_outputs, given)
    spread = None if given is None else np.repeat(given, n_outputs)
    return ElasticNet(1.0, 1.0 if kind == "l1" else 0.5, spread)


def problem_of(seed, n_classes, kind, factors, is_weighed=False):
    random = np.random.default_rng(seed)
    inputs = random.normal(size=(N_ROWS, N_INPUTS))
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    values = inputs[:, 0] + inputs[:, 1] + 2.0 * random.normal(size=N_ROWS)
    n_outputs = n_classes if n_classes > 2 else 1
    loss = loss_for("classification" if n_classes else "regression", n_outputs)
    if n_classes:
        values = np.searchsorted(np.quantile(values, np.arange(1, n_classes) / n_classes), values).astype(np.float64)
    if is_weighed:
        loss = loss.weighed(random.uniform(0.1, 4.0, N_ROWS))
    return LinearProblem(inputs, values, loss, penalty_of(kind, factors, n_outputs), n_outputs).as_plain


def is_in(solution):
    return (solution.weights != 0.0).any(axis=1).tolist()


@covered(
    factors=FACTORS.values(), kind=["l1", "elastic-net", "group-lasso"], n_classes=[0, 2, 3], is_weighed=[False, True]
)
def test_exactly_what_is_never_penalised_is_in_at_lambda_max(engine, factors, kind, n_classes, is_weighed):
    expected = [factor == 0.0 for factor in factors or [1.0] * N_INPUTS]
    for seed in range(N_TABLES):
        problem = problem_of(seed, n_classes, kind, factors, is_weighed)
        top = lambda_max(problem)
        first, below = solve_path(problem, np.array([top, 0.9 * top]))
        assert first.converged, seed
        assert is_in(first) == expected, seed
        assert sum(is_in(below)) > sum(expected), seed
        penalty = replace(problem.penalty, lam=top)
        if factors is not None:
            assert is_in(solve(problem, penalty)) == expected, seed
            assert is_in(WarmStart(problem).solve(penalty)) == expected, seed


@pytest.mark.parametrize("n_classes", [2, 3])
def test_the_fit_of_free_inputs_is_exact_to_rounding(n_classes):
    for seed in range(N_TABLES):
        problem = problem_of(seed, n_classes, "l1", FACTORS["free"])
        found = free_fit(problem, problem.penalty)
        assert found is not None
        slopes = problem.loss.derivatives(problem.inputs @ found.weights + found.biases, problem.targets)
        pull = problem.inputs.T @ slopes / N_ROWS
        assert np.abs(pull[0]).max() <= 1e-16 * 4.0
        assert np.abs(slopes.mean(axis=0)).max() <= 1e-16 * 4.0
        assert found.lambda_max == pytest.approx(np.abs(pull[1:]).max(), rel=1e-14)
