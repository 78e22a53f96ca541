"""Linear models under whole-number row weights, against rows that are repeated; fractions against scikit-learn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from covering import covered
from fold_datasets import make_folds
from sklearn.linear_model import ElasticNet as TheirElasticNet
from sklearn.linear_model import LogisticRegression
from weighted_tables import assert_same, datasets_of, settings_of, tables_of

from regdesk.core.linear.cross_validation import sweep
from regdesk.core.linear.duality import duality_gap
from regdesk.core.linear.fold_moments import SharedMoments
from regdesk.core.linear.information import InformationCriteria
from regdesk.core.linear.optimum_solver import OptimumSolver
from regdesk.core.linear.path import lambda_grid, solve_path
from regdesk.core.linear.polish import size_slope
from regdesk.core.linear.problem import LinearProblem, problem_of, row_problem_of
from regdesk.core.linear.solve import solve
from regdesk.core.linear.warm_start import WarmStart
from regdesk.core.model.losses import LOGISTIC, SQUARED
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.sweep.weight_path import knots_of
from regdesk.core.types import TrainSettings
from regdesk.data.prepare.folds import prepare_folds

LOSSES = ["squared", "logistic", "softmax"]
KINDS = ["l1", "l2", "elastic-net", "group-lasso"]
FACTORS = (("x1", 0.0), ("town", 0.5))


def settings(kind, lam=0.05):
    return TrainSettings(kind, lam, 0.4)


@covered(loss=LOSSES, kind=KINDS, factors=[(), FACTORS])
def test_a_model_and_its_certificate_are_those_of_repeated_rows(tmp_path, loss, kind, factors):
    found, expected = (
        solve(one, one.penalty)
        for one in (problem_of(data, settings(kind)) for data in datasets_of(tmp_path, loss, penalty_factors=factors))
    )
    assert expected.converged
    assert found.converged
    np.testing.assert_allclose(found.weights, expected.weights, atol=1e-10)
    np.testing.assert_allclose(found.biases, expected.biases, atol=1e-10)
    assert found.objective == pytest.approx(expected.objective, abs=1e-12)
    np.testing.assert_array_equal(found.weights == 0.0, expected.weights == 0.0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("loss", LOSSES)
def test_the_gap_of_any_model_is_that_of_repeated_rows(tmp_path, loss, kind):
    generator = np.random.default_rng(3)
    weighted, repeated = (problem_of(one, settings(kind)) for one in datasets_of(tmp_path, loss))
    weights = 0.3 * generator.normal(size=(weighted.inputs.shape[1], weighted.n_outputs))
    biases = 0.2 * generator.normal(size=weighted.n_outputs)
    gaps = [
        duality_gap(one.inputs, one.targets, one.loss, one.penalty, weights, biases) for one in (weighted, repeated)
    ]
    assert gaps[0] == pytest.approx(gaps[1], rel=1e-10)
    # It bounds how far J is from the least.
    least = solve(weighted, weighted.penalty).objective
    losses = weighted.loss.values(weighted.inputs @ weights + biases, weighted.targets)
    above = losses.mean() + weighted.penalty.lam * weighted.penalty.value(weights.ravel()) - least
    assert 0.0 < above <= gaps[0] * (1 + 1e-9)


@covered(loss=LOSSES, kind=KINDS, factors=[(), FACTORS])
def test_a_sweep_is_that_of_repeated_rows(tmp_path, loss, kind, factors):
    """λ_max, the path, losses on rows held out, their standard errors, degrees of freedom, AIC and BIC."""
    chosen, found = settings_of(fold_column="fold", penalty_factors=factors), []
    for table in tables_of(tmp_path, loss):
        folds = prepare_folds(table, chosen, 0, 3)
        problem = problem_of(folds.whole, settings(kind))
        lambdas = lambda_grid(problem, 8)
        # Below λ_max itself, at which rounding says whether a weight is 0.
        points = list(sweep(folds.whole, folds.folds, settings(kind), 0.97 * lambdas))
        found.append(
            [lambdas.tolist()]
            + [
                [
                    point.model.weights.ravel().tolist(), point.model.biases.tolist(), point.train_loss,
                    point.validation_loss, point.validation_se, point.model.objective, point.model.converged,
                    np.nan_to_num([point.accuracy, point.auroc]).tolist(),
                    np.nan_to_num([point.degrees_of_freedom, point.aic, point.bic]).tolist(),
                ]
                for point in points
            ]
        )  # fmt: skip
    # Paths end at a gap of 1e-9 of J, from steps that round differently: models are as close as that allows.
    assert assert_same(*found, 1e-10) > 100


def test_shared_moments_serve_weighted_folds(tmp_path):
    """Where folds share their inputs sums over rows do: they are those of the rows themselves."""
    table = tables_of(tmp_path, "squared")[0]
    folds = prepare_folds(table, settings_of(features=("x1", "x2"), fold_column="fold", missing="drop"), 0, 3)
    chosen, lambdas = settings("l1"), np.geomspace(0.5, 0.01, 5)
    by_moments = list(sweep(folds.whole, folds.folds, chosen, lambdas))
    # Factors of other than 1 are solved from the rows: of next to 1 it is the same problem.
    rows = replace(folds.whole, penalty_factors=(1.0 + 1e-13, 1.0))
    own = [replace(one, penalty_factors=(1.0 + 1e-13, 1.0)) for one in folds.folds]
    for one, other in zip(by_moments, sweep(rows, own, chosen, lambdas), strict=True):
        assert one.validation_loss == pytest.approx(other.validation_loss, rel=1e-8)
        assert one.train_loss == pytest.approx(other.train_loss, rel=1e-8)


@pytest.mark.parametrize("kind", ["l1", "l2", "elastic-net"])
@pytest.mark.parametrize("loss", LOSSES)
def test_solve_and_the_polished_solution_are_those_of_repeated_rows(tmp_path, loss, kind):
    weighted, repeated = datasets_of(tmp_path, loss)
    found, expected = (OptimumSolver(one, lambda: False).solve(settings(kind)) for one in (weighted, repeated))
    np.testing.assert_allclose(found.parameters, expected.parameters, atol=1e-10)
    assert found.objective == pytest.approx(expected.objective, abs=1e-12)
    assert found.null_loss == pytest.approx(expected.null_loss, rel=1e-13)
    slopes = []
    for one in (weighted, repeated):
        problem = problem_of(one, settings(kind))
        warm = WarmStart(problem)
        polished = warm.solve(problem.penalty)
        np.testing.assert_allclose(polished.parameters, expected.parameters, atol=1e-10)
        slopes.append(size_slope(problem, warm.statistics(), problem.penalty, polished.weights, polished.biases))
    assert slopes[0] == pytest.approx(slopes[1], rel=1e-8)
    assert slopes[0] < 0.0


def test_the_lassos_knots_are_those_of_repeated_rows(tmp_path):
    knots = []
    for data in datasets_of(tmp_path, "squared"):
        problem = problem_of(data, settings("l1"))
        last = list(solve_path(problem, lambda_grid(problem, 30)))[-1]
        search = knots_of(problem, last)
        while search.advance():
            pass
        knots.append(search.found)
    assert len(knots[0]) >= 4
    assert [(one.number, one.is_entry) for one in knots[0]] == [(one.number, one.is_entry) for one in knots[1]]
    np.testing.assert_allclose([one.lam for one in knots[0]], [one.lam for one in knots[1]], rtol=1e-11)


@pytest.mark.parametrize("loss", ["squared", "logistic"])
def test_weights_times_a_constant_change_nothing_but_what_counts_rows(tmp_path, loss):
    data = datasets_of(tmp_path, loss)[0]
    thrice = replace(data, row_weights=3.0 * data.row_weights)
    one, other = (problem_of(which, settings("l1")) for which in (data, thrice))
    found, expected = (next(iter(solve_path(which, np.array([0.05])))) for which in (one, other))
    np.testing.assert_allclose(found.weights, expected.weights, atol=1e-12)
    assert other.n_counted == pytest.approx(3.0 * one.n_counted)
    few, many = (InformationCriteria(which).of(found) for which in (one, other))
    assert few.degrees_of_freedom == many.degrees_of_freedom
    # Both likelihoods are those of three times as many rows.
    own, df = few.aic - 2.0 * few.degrees_of_freedom, few.degrees_of_freedom
    assert many.aic == pytest.approx(3.0 * own + 2.0 * df)
    assert many.bic == pytest.approx(3.0 * own + np.log(3.0 * one.n_counted) * df)


def fractions(n_rows=80):
    generator = np.random.default_rng(6)
    inputs = generator.normal(size=(n_rows, 4))
    targets = inputs @ [1.0, -0.5, 0.0, 0.2] + generator.normal(size=n_rows)
    return inputs, targets, generator.gamma(0.5, size=n_rows) + 1e-3


def weighed_problem(inputs, targets, weights, loss, penalty):
    return LinearProblem(inputs, targets, loss.weighed(weights), penalty).as_plain


@pytest.mark.parametrize("ratio", [1.0, 0.5])
def test_fractions_as_scikit_learn_weighs_them(ratio):
    inputs, targets, weights = fractions()
    problem = weighed_problem(inputs, targets, weights, SQUARED, ElasticNet(0.05, ratio))
    found = solve(problem, problem.penalty)
    theirs = TheirElasticNet(alpha=0.05, l1_ratio=ratio, tol=1e-14, max_iter=100_000)
    theirs.fit(inputs, targets, sample_weight=weights)
    np.testing.assert_allclose(found.weights[:, 0], theirs.coef_, atol=1e-8)
    assert found.biases[0] == pytest.approx(theirs.intercept_, abs=1e-8)


def test_fractions_of_classes_as_scikit_learn_weighs_them():
    inputs, scores, weights = fractions()
    targets = (scores > 0.2).astype(float)
    problem = weighed_problem(inputs, targets, weights, LOGISTIC, ElasticNet(0.05, 0.0))
    found = solve(problem, problem.penalty)
    theirs = LogisticRegression(C=1.0 / (0.05 * weights.sum()), tol=1e-12, max_iter=10_000)
    theirs.fit(inputs, targets, sample_weight=weights)
    np.testing.assert_allclose(found.weights[:, 0], theirs.coef_[0], atol=1e-5)
    assert found.biases[0] == pytest.approx(theirs.intercept_[0], abs=1e-5)


def test_rows_without_weights_are_solved_as_they_are(tmp_path):
    data = datasets_of(tmp_path, "squared")[1]
    problem = problem_of(data, settings("l1"))
    np.testing.assert_array_equal(problem.inputs, data.standardized_inputs(data.split.train))
    rows = row_problem_of(data, settings("l1"))
    assert rows.as_plain is rows
    assert problem.n_counted == len(data.split.train)


@pytest.mark.parametrize(("heaviest", "is_shared"), [(1.0, True), (100.0, True), (1e9, False)])
def test_folds_share_no_sums_where_one_of_them_has_nearly_all_weight(heaviest, is_shared):
    """What another fold trains on would be the difference of two sums that have no digit of it."""
    generator = np.random.default_rng(6)
    inputs = generator.normal(size=(40, 3))
    whole, folds, _ = make_folds(inputs, inputs @ [1.0, -1.0, 0.5] + generator.normal(size=40), 4)
    weights = np.ones(40)
    weights[folds[1].split.validation] = heaviest
    weighed = [replace(fold, row_weights=weights) for fold in folds]
    shared = SharedMoments.of(replace(whole, row_weights=weights), weighed)
    assert (shared is not None) == is_shared
