"""Paths of log-loss and softmax by compiled steps: their certificates, their optima, and what they leave to others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regdesk.core.linear import class_paths
from regdesk.core.linear.certificate import certificate_of
from regdesk.core.linear.class_paths import ClassPath
from regdesk.core.linear.path import lambda_max, solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import LOGISTIC, SOFTMAX
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.stopping import Stop, Stopped


def problem_of(n_classes, l1_share, n_rows=90, n_inputs=7, seed=3, weights=False, factors=False, is_easy=False):
    generator = np.random.default_rng(seed)
    inputs = generator.normal(size=(n_rows, n_inputs)) + generator.normal(size=n_inputs)
    noise = generator.gumbel(size=(n_rows, n_classes)) * (0.05 if is_easy else 1.0)
    targets = (inputs[:, :3] @ generator.normal(size=(3, n_classes)) + noise).argmax(axis=1).astype(np.float64)
    n_outputs = 1 if n_classes == 2 else n_classes
    loss = LOGISTIC if n_classes == 2 else SOFTMAX
    if weights:
        loss = loss.weighed(generator.integers(1, 5, size=n_rows).astype(np.float64))
    own = generator.uniform(0.5, 2.0, size=n_inputs * n_outputs) if factors else None
    return LinearProblem(inputs, targets, loss, ElasticNet(1.0, l1_share, own), n_outputs)


CASES = [
    (2, 1.0, {}),
    (2, 0.0, {"weights": True}),
    (2, 0.4, {"factors": True}),
    (2, 1.0, {"is_easy": True, "weights": True}),
    (3, 1.0, {"factors": True}),
    (3, 0.0, {}),
    (4, 0.4, {"weights": True, "seed": 11}),
    (3, 1.0, {"n_rows": 30, "n_inputs": 60}),
]


@pytest.mark.parametrize(("n_classes", "l1_share", "given"), CASES)
def test_each_certificate_is_that_of_the_rows_and_holds(n_classes, l1_share, given):
    problem = problem_of(n_classes, l1_share, **given)
    top = lambda_max(replace(problem, penalty=problem.penalty.as_lasso))
    lambdas = top * np.append(2.0, np.geomspace(1.0, 1e-3, 12))
    loose, close = (list(ClassPath(problem, lambdas, tolerance).points()) for tolerance in (1e-3, 1e-9))
    for point, better in zip(loose, close, strict=True):
        for found, tolerance in ((point, 1e-3), (better, 1e-9)):
            penalty = replace(problem.penalty, lam=found.lam)
            exact = certificate_of(problem, penalty, found.weights, found.biases)
            assert found.objective == pytest.approx(exact.objective, rel=1e-12)
            assert found.gap == pytest.approx(exact.gap, abs=1e-12 * exact.objective, rel=1e-6)
            assert found.kkt_residual == pytest.approx(exact.kkt_residual, abs=1e-13)
            assert found.gap <= tolerance * found.objective
        assert better.converged
        # The bound holds: J of the looser one is above the least by no more than its gap.
        assert point.objective - better.objective <= point.gap + 1e-12
    if l1_share == 1.0:
        assert loose[0].n_nonzero == close[0].n_nonzero == 0
        assert close[-1].n_nonzero > 0


@pytest.mark.parametrize(("n_classes", "l1_share", "given"), CASES[:5])
def test_the_path_is_where_newtons_method_ends(monkeypatch, n_classes, l1_share, given):
    problem = problem_of(n_classes, l1_share, **given)
    lambdas = lambda_max(replace(problem, penalty=problem.penalty.as_lasso)) * np.geomspace(0.8, 0.01, 5)
    compiled = list(solve_path(problem, lambdas))
    monkeypatch.setattr("regdesk.core.linear.path.is_for_class_paths", lambda _problem: False)
    for found, expected in zip(compiled, solve_path(problem, lambdas, tolerance=1e-13), strict=True):
        assert found.objective == pytest.approx(expected.objective, rel=1e-9)
        np.testing.assert_allclose(found.weights, expected.weights, atol=2e-6)
        np.testing.assert_allclose(found.biases, expected.biases, atol=2e-6)


def test_what_compiled_steps_do_not_come_to_is_found_by_newtons_method(monkeypatch):
    problem = problem_of(2, 1.0)
    lambdas = lambda_max(problem) * np.geomspace(0.9, 0.05, 5)
    expected = list(solve_path(problem, lambdas))
    monkeypatch.setattr(class_paths, "MOST_HESSIANS", -1)
    # Every λ wants a Hessian, as no gap is as small as that.
    found = list(ClassPath(problem, lambdas, -1.0).points())
    assert [point.lam for point in found] == lambdas.tolist()
    for point, other in zip(found, expected, strict=True):
        assert point.objective == pytest.approx(other.objective, rel=1e-9)


def test_columns_that_repeat_each_other_and_few_coordinates_at_once(monkeypatch):
    problem = problem_of(2, 1.0, n_inputs=20)
    twice = replace(problem, inputs=np.hstack([problem.inputs, problem.inputs]))
    lambdas = lambda_max(problem) * np.geomspace(0.9, 0.01, 6)
    expected = [point.objective for point in solve_path(problem, lambdas)]
    monkeypatch.setattr(class_paths, "MOST_AT_ONCE", 4)
    points = list(solve_path(twice, lambdas))
    assert all(point.converged for point in points)
    np.testing.assert_allclose([point.objective for point in points], expected, rtol=1e-8)


def test_a_class_without_rows_is_left_to_newtons_method():
    problem = problem_of(3, 1.0)
    assert class_paths.is_for_class_paths(problem)
    assert not class_paths.is_for_class_paths(replace(problem, targets=np.minimum(problem.targets, 1.0)))


def test_a_path_is_given_up():
    stop = Stop()
    points = ClassPath(problem_of(3, 1.0), np.geomspace(0.1, 0.001, 5), 1e-9, stop).points()
    stop.request()
    with pytest.raises(Stopped):
        list(points)
