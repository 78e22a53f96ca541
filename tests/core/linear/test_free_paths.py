"""Paths of classes with inputs that are never penalised: whether there is a minimum is found once, not at every λ."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.linear import no_minimum, path
from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solve import solve
from regdesk.core.model.losses import LOGISTIC, SOFTMAX
from regdesk.core.model.penalties import ElasticNet, GroupLasso
from regdesk.core.model.shortfalls import Separated

N_ROWS, N_INPUTS = 90, 6
LAMBDAS = np.geomspace(0.1, 0.001, 5)


def problem_of(n_classes, is_grouped, is_told_apart=False):
    """The first input is never penalised; it tells the classes apart or leaves them mixed."""
    random = np.random.default_rng(4)
    inputs = random.normal(size=(N_ROWS, N_INPUTS))
    values = inputs[:, 0] + (0.0 if is_told_apart else 1.0) * random.normal(size=N_ROWS)
    targets = np.searchsorted(np.quantile(values, np.arange(1, n_classes) / n_classes), values).astype(float)
    n_outputs = n_classes if n_classes > 2 else 1
    factors = np.array([0.0, *[1.0] * (N_INPUTS - 1)])
    if is_grouped:
        penalty = GroupLasso(1.0, np.arange(N_INPUTS + 1) * n_outputs, factors)
    else:
        penalty = ElasticNet(1.0, 1.0, np.repeat(factors, n_outputs))
    return LinearProblem(inputs, targets, SOFTMAX if n_classes > 2 else LOGISTIC, penalty, n_outputs)


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("is_grouped", [False, True])
def test_a_path_is_not_solved_again_at_every_lambda(engine, monkeypatch, n_classes, is_grouped):
    solved, judged = [], []

    def solve_and_note(*arguments, **options):
        solved.append(arguments)
        return solve(*arguments, **options)

    def judge_and_note(*arguments):
        judged.append(arguments)
        return separation_of(*arguments)

    separation_of = no_minimum.separation_of
    monkeypatch.setattr(path, "solve", solve_and_note)
    monkeypatch.setattr(no_minimum, "separation_of", judge_and_note)
    found = list(solve_path(problem_of(n_classes, is_grouped), LAMBDAS))
    # None where the best model of the free inputs alone proves that the classes are mixed.
    assert len(solved) == 0
    assert len(judged) <= 1
    assert all(one.converged for one in found)
    assert all(one.weights[0].any() for one in found)


@pytest.mark.parametrize("is_grouped", [False, True])
def test_it_says_at_every_lambda_that_there_is_no_minimum(engine, is_grouped):
    for found in solve_path(problem_of(2, is_grouped, is_told_apart=True), LAMBDAS):
        assert not found.converged
        assert isinstance(found.shortfall, Separated)
        assert found.shortfall.is_never_penalised
        assert found.shortfall.by == (0,)
