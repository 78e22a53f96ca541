"""What a path of classes asks for on its way."""

from __future__ import annotations

import numpy as np

from regdesk.core.linear import newton_path
from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import LOGISTIC
from regdesk.core.model.penalties import ElasticNet


def test_the_gap_of_another_lambdas_solution_is_not_asked_for(monkeypatch):
    asked, gap_of = [], newton_path.duality_gap
    monkeypatch.setattr(newton_path, "duality_gap", lambda *rows: asked.append(rows[3].lam) or gap_of(*rows))
    generator = np.random.default_rng(3)
    inputs = generator.normal(size=(80, 4))
    targets = (inputs[:, 0] + generator.logistic(size=80) > 0.0).astype(np.float64)
    problem = LinearProblem(inputs, targets, LOGISTIC, ElasticNet(0.0, 1.0))
    top = problem.lambda_max()
    lambdas = np.append([2.0 * top, top], top * np.geomspace(0.5, 0.01, 8))
    points = list(solve_path(problem, lambdas))
    assert all(point.converged for point in points)
    # Where nothing is to be done, above λ_max, it is asked for once; else after a step, and mostly once.
    assert asked.count(2.0 * top) <= 2
    assert len(asked) < 2 * len(lambdas)
