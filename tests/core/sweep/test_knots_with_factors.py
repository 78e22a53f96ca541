"""Knots of a lasso with penalty factors are where its path gains and loses inputs."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import loss_for
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.sweep.weight_path import knots_of


@pytest.mark.parametrize("factors", [[1.0, 0.5, 3.0, 1.0], [1.0, 0.0, 3.0, 1.0]])
def test_knots_are_where_the_path_changes(factors):
    random = np.random.default_rng(3)
    inputs = random.normal(size=(40, 4)) @ (np.eye(4) + 0.3)
    targets = inputs @ np.array([1.0, -0.5, 0.7, 0.2]) + random.normal(size=40)
    problem = LinearProblem(inputs, targets, loss_for("regression", 1), ElasticNet(0.0, 1.0, np.array(factors)))
    (last,) = solve_path(problem, np.array([1e-3]))
    knots = knots_of(problem, last)
    while knots.advance():
        pass
    assert knots.found
    assert not any(factors[knot.number] == 0.0 for knot in knots.found)
    assert not knots.copies
    for knot in knots.found:
        above, below = solve_path(problem, np.array([1.001 * knot.lam, 0.999 * knot.lam]))
        assert (above.weights[knot.number, 0] == 0.0) == knot.is_entry
        assert (below.weights[knot.number, 0] != 0.0) == knot.is_entry
