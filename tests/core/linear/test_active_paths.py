"""Paths by active sets, whose solutions are measured many λ at once."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.linear.certificate import certificate_of
from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.squared_path import GramStatistics, squared_path
from regdesk.core.model.losses import SQUARED
from regdesk.core.model.penalties import ElasticNet


def test_what_an_active_set_has_not_found_to_the_tolerance_is_gone_on_from():
    # No gap is so small: the first that active sets find is measured, is not good enough, and all from there on go by
    # descent, each λ once and in order.
    generator = np.random.default_rng(4)
    inputs = generator.normal(size=(50, 6))
    statistics = GramStatistics.of(inputs, inputs[:, 0] + generator.normal(size=50))
    lambdas = np.geomspace(0.5, 1e-3, 12)
    easy, hard = (list(squared_path(statistics, ElasticNet(0.0, 1.0), lambdas, limit)) for limit in (1e-9, -1.0))
    assert (len(easy), len(hard) > 2) == (1, True)
    for found in (easy, hard):
        assert np.array_equal(np.concatenate([part.lambdas for part in found]), lambdas)
        assert np.isfinite(np.concatenate([part.gaps for part in found])).all()
    weights = [np.concatenate([part.weights for part in found]) for found in (easy, hard)]
    np.testing.assert_allclose(*weights, atol=1e-12)


def test_gaps_and_objectives_of_an_active_set_are_those_of_the_rows():
    generator = np.random.default_rng(5)
    inputs = generator.normal(size=(80, 30))
    targets = inputs[:, 0] + generator.normal(size=80)
    problem = LinearProblem(inputs, targets, SQUARED, ElasticNet(0.0, 1.0))
    for point in solve_path(problem, np.geomspace(0.5, 1e-3, 20)):
        exact = certificate_of(problem, ElasticNet(point.lam, 1.0), point.weights, point.biases)
        assert point.objective == pytest.approx(exact.objective, rel=1e-12)
        assert point.gap == pytest.approx(exact.gap, abs=1e-13)
