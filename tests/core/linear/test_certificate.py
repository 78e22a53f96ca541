"""What is claimed of a linear model is what has been computed, from the rows or from sums, and no more than is so."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace

import numpy as np
import pytest
from covering import covered

from regdesk.core.linear.certificate import Certificate, certificate_of, certificate_of_sums
from regdesk.core.linear.path import lambda_grid, solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.linear.solve import solve
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.linear.warm_start import WarmStart
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.penalties import ElasticNet, GroupLasso
from regdesk.core.model.shortfalls import NotReached, Separated
from regdesk.core.stopping import Stop, Stopped

LOSSES = {"squared": (SQUARED, 1), "logistic": (LOGISTIC, 1), "softmax": (SOFTMAX, 3)}
KINDS = ["l1", "elastic-net", "l2", "group-lasso"]


def penalty_of(kind, lam, n_outputs=1):
    if kind == "group-lasso":
        return GroupLasso(lam, np.array([0, 2, 3, 8]) * n_outputs)
    return ElasticNet(lam, {"l1": 1.0, "elastic-net": 0.5, "l2": 0.0}[kind])


def problem_of(loss, kind, lam=0.03, n_rows=50, noise=1.0):
    """Correlated inputs of which not all matter; standardised."""
    generator = np.random.default_rng(2)
    inputs = generator.normal(size=(n_rows, 8)) @ (np.eye(8) + 0.2)
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    signal = inputs @ [1.0, -0.7, 0.4, 0.0, 0.0, 0.2, 0.0, 0.0] + noise * generator.normal(size=n_rows)
    kept, n_outputs = LOSSES[loss]
    targets = (signal - signal.mean()) / signal.std()
    if loss != "squared":
        targets = np.digitize(signal, [0.0] if n_outputs == 1 else np.quantile(signal, [0.3, 0.7])) * 1.0
    return LinearProblem(inputs, targets, kept, penalty_of(kind, lam, n_outputs), n_outputs)


@covered(loss=list(LOSSES), kind=KINDS)
def test_a_solve_that_is_ended_early_claims_what_it_has_reached_and_no_more(loss, kind):
    problem = problem_of(loss, kind, lam=1e-3)
    best = solve(problem, problem.penalty, tolerance=1e-11)
    assert best.converged
    if loss == "squared":
        # That is solved within one round, so that there is nothing to end early: a model next to the optimum.
        off = best.weights + 1e-3
        certificate, shortfall = certificate_of(problem, problem.penalty, off, best.biases), None
    else:
        early = solve(problem, problem.penalty, max_iterations=1)
        certificate, shortfall = early.certificate, early.shortfall
        assert not early.converged
        assert isinstance(shortfall, NotReached)
        assert (shortfall.gap, shortfall.objective) == (certificate.gap, certificate.objective)
    assert not certificate.is_solved
    assert certificate.optimal_to > 1e-8
    above = certificate.objective - best.objective
    assert 0.0 < above <= certificate.gap
    assert certificate.optimal_to == certificate.gap / certificate.objective


@covered(kind=KINDS, share=[0.0, 1e-3, 0.3])
def test_sums_and_rows_certify_alike_and_neither_claims_too_much(kind, share):
    problem = problem_of("squared", kind)
    best = solve(problem, problem.penalty, tolerance=1e-12)
    weights = best.weights * (1.0 + share)
    statistics = GramStatistics.of(problem.inputs, problem.targets)
    biases = statistics.biases(weights.T)
    from_rows = certificate_of(problem, problem.penalty, weights, biases)
    from_sums = certificate_of_sums(statistics, problem.penalty, weights[:, 0])
    assert from_sums.objective == pytest.approx(from_rows.objective, rel=1e-13)
    assert from_sums.gap == pytest.approx(from_rows.gap, rel=1e-9, abs=1e-15)
    assert from_sums.kkt_residual == pytest.approx(from_rows.kkt_residual, rel=1e-9, abs=1e-15)
    assert from_sums.is_solved == from_rows.is_solved == (share == 0.0)
    assert from_rows.objective - best.objective <= from_rows.gap + 1e-15


@pytest.mark.parametrize("lam", [0.3, 0.01])
def test_the_certificate_is_the_closed_forms(lam):
    """Of ridge regression J − J* is half of gᵀH⁻¹g; of orthonormal inputs the lasso is a soft threshold."""
    problem = problem_of("squared", "l2", lam)
    n_rows = len(problem.targets)
    hessian = problem.inputs.T @ problem.inputs / n_rows + lam * np.eye(8)
    products = problem.inputs.T @ problem.targets / n_rows
    for found in (solve(problem, problem.penalty), WarmStart(problem).solve(problem.penalty)):
        np.testing.assert_allclose(found.weights[:, 0], np.linalg.solve(hessian, products), rtol=1e-12)
        off = found.weights + 0.01
        slope = hessian @ off[:, 0] - products
        above = 0.5 * slope @ np.linalg.solve(hessian, slope)
        certificate = certificate_of(problem, problem.penalty, off, found.biases)
        assert certificate.objective - found.objective == pytest.approx(above, rel=1e-9)
        # The most that strong convexity alone allows.
        assert above <= certificate.gap <= slope @ slope / (2.0 * lam) * (1.0 + 1e-12)
    basis = np.linalg.qr(problem.inputs)[0] * np.sqrt(n_rows)
    along = basis.T @ problem.targets / n_rows
    lasso = LinearProblem(basis - basis.mean(axis=0), problem.targets, SQUARED, ElasticNet(lam, 1.0))
    for found in (solve(lasso, lasso.penalty), WarmStart(lasso).solve(lasso.penalty)):
        expected = np.sign(along) * np.maximum(np.abs(along) - lam, 0.0)
        np.testing.assert_allclose(found.weights[:, 0], expected, rtol=0, atol=1e-10)
        assert ((found.weights[:, 0] == 0.0) == (expected == 0.0)).all()


def test_a_fit_whose_digits_the_sums_have_lost_is_certified_by_the_rows():
    problem = problem_of("squared", "l1", lam=1e-8, noise=6e-4)
    found = WarmStart(problem).solution(problem.penalty, Stop())
    assert found is not None
    assert 0.0 < found.objective < 1e-6
    assert found.certificate == certificate_of(problem, problem.penalty, found.weights, found.biases)
    assert found.certificate.optimal_to <= 1e-8


@pytest.mark.parametrize("warm", [False, True])
def test_classes_that_can_be_told_apart_have_no_solution_to_certify(engine, warm):
    problem = problem_of("logistic", "l1")
    apart = replace(problem, targets=(problem.inputs[:, 3] > 0.0) * 1.0)
    free = ElasticNet(0.1, 1.0, np.where(np.arange(8) == 3, 0.0, 1.0))
    for penalty in (ElasticNet(0.0, 0.0), free):
        found = WarmStart(apart).solve(penalty) if warm else solve(apart, penalty)
        assert isinstance(found.shortfall, Separated)
        assert (found.converged, found.has_optimum, found.certificate.is_solved) == (False, False, False)
    # Where something holds that input too there is one.
    held = ElasticNet(0.1, 1.0)
    assert (WarmStart(apart).solve(held) if warm else solve(apart, held)).converged


@covered(loss=list(LOSSES), kind=KINDS)
def test_every_solve_from_a_warm_start_is_that_of_a_fresh_one(engine, loss, kind):
    """λ up and down and another penalty between: to the digits that rounding leaves, with as good a certificate."""
    problem = problem_of(loss, kind)
    warm_start = WarmStart(problem)
    other = penalty_of("l2" if kind == "l1" else "l1", 0.1, problem.n_outputs)
    lams = [0.1, 0.02, 0.3, 0.001, 0.05]
    for lam in lams:
        penalty = replace(problem.penalty, lam=lam)
        found, fresh = warm_start.solve(penalty), WarmStart(problem).solve(penalty)
        assert found.converged
        assert found.kkt_residual <= 1e-14
        np.testing.assert_allclose(found.parameters, fresh.parameters, rtol=0, atol=1e-11)
        warm_start.solve(other)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_solve_that_was_given_up_spoils_no_other(engine, loss):
    problem = problem_of(loss, "l1")
    warm_start = WarmStart(problem)
    warm_start.solve(problem.penalty)
    stop, near = Stop(), replace(problem.penalty, lam=0.01)
    stop.request()
    with pytest.raises(Stopped):
        warm_start.solve(near, stop)
    found, fresh = warm_start.solve(near), WarmStart(problem).solve(near)
    assert found.converged
    np.testing.assert_allclose(found.parameters, fresh.parameters, rtol=0, atol=1e-11)


@covered(loss=list(LOSSES), kind=KINDS)
def test_every_point_of_a_path_claims_what_its_rows_bear_out(engine, loss, kind):
    problem = problem_of(loss, kind)
    for point in solve_path(problem, np.append(lambda_grid(problem, 6), 0.0)):
        penalty = replace(problem.penalty, lam=point.lam)
        again = certificate_of(problem, penalty, point.weights, point.biases)
        assert point.objective == pytest.approx(again.objective, rel=1e-12)
        assert point.converged
        assert again.is_solved
        if point.lam > 0.0:
            assert again.gap <= point.gap + 1e-9 * again.objective


def test_a_solution_that_is_made_in_less_time_is_the_same():
    parts = (0.1, np.ones((3, 1)), np.zeros(1), Certificate(1.0, 1e-12, 1e-13, True))
    made, plain = LinearSolution.made(*parts), LinearSolution(*parts)
    only = made.with_only_optimum()
    for field in fields(LinearSolution):
        assert getattr(made, field.name) is getattr(plain, field.name)
        assert getattr(only, field.name) is (True if field.name == "is_unique" else getattr(plain, field.name))
    assert replace(only, lam=0.2).is_unique
    assert pickle.loads(pickle.dumps(made)).n_iterations == 0
