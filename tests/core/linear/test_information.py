"""Degrees of freedom, AIC and BIC against explicit hat matrices, least squares, scikit-learn and a simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.linear_model import LassoLarsIC, LogisticRegression
from sklearn.preprocessing import StandardScaler

from regdesk.core.linear.information import InformationCriteria
from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.penalties import ElasticNet, GroupLasso
from regdesk.core.model.scoring import lowest
from regdesk.core.model.shortfalls import NoCriteria

L1, L2, NET = ElasticNet(0.0, 1.0), ElasticNet(0.0, 0.0), ElasticNet(0.0, 0.4)


@pytest.fixture(scope="module")
def diabetes():
    data = load_diabetes()
    return StandardScaler().fit_transform(data.data), (data.target - data.target.mean()) / data.target.std()


def judged(inputs, targets, loss, penalty, lambdas, n_outputs=1):
    problem = LinearProblem(inputs, targets, loss, penalty, n_outputs)
    criteria = InformationCriteria(problem)
    points = list(solve_path(problem, np.array(lambdas)))
    return points, [criteria.of(point) for point in points]


def hat_trace(inputs, lam):
    centred = inputs - inputs.mean(axis=0)
    n_rows, n_inputs = inputs.shape
    hat = centred @ np.linalg.solve(centred.T @ centred + n_rows * lam * np.eye(n_inputs), centred.T)
    return 1.0 + np.trace(hat)


def test_of_ridge_and_elastic_net_it_is_the_trace_of_the_hat_matrix(diabetes, engine):
    inputs, targets = diabetes
    lambdas = [3.0, 0.2, 0.01, 1e-4]
    _, found = judged(inputs, targets, SQUARED, L2, lambdas)
    np.testing.assert_allclose([one.degrees_of_freedom for one in found], [hat_trace(inputs, lam) for lam in lambdas])
    points, found = judged(inputs, targets, SQUARED, NET, lambdas)
    for point, one in zip(points, found, strict=True):
        active = inputs[:, point.weights[:, 0] != 0]
        assert one.degrees_of_freedom == pytest.approx(hat_trace(active, 0.6 * point.lam), rel=1e-10)
    # Inputs in excess of rows have the eigenvalues of the other Gram matrix.
    wide = np.random.default_rng(0).normal(size=(12, 30))
    _, found = judged(wide, wide[:, 0], SQUARED, L2, [0.5])
    assert found[0].degrees_of_freedom == pytest.approx(hat_trace(wide, 0.5), rel=1e-10)


def test_of_the_lasso_it_counts_and_of_twins_one(diabetes, engine):
    inputs, targets = diabetes
    points, found = judged(inputs, targets, SQUARED, L1, np.geomspace(0.5, 1e-4, 12))
    assert [one.degrees_of_freedom for one in found] == [point.n_nonzero + 1 for point in points]
    # The third is the sum of the first two: at most two directions are fitted, however many weights are not zero.
    generator = np.random.default_rng(1)
    rows = generator.normal(size=(40, 2))
    rows = np.column_stack([rows, rows.sum(axis=1)])
    problem = LinearProblem(rows, rows @ [1.0, -0.5, 0.7] + generator.normal(size=40), SQUARED, L1)
    point = next(solve_path(problem, np.array([0.0])))
    assert InformationCriteria(problem).of(point).degrees_of_freedom == 3.0


@pytest.mark.parametrize("penalty", [L1, L2, NET])
def test_where_the_penalty_vanishes_it_is_ordinary_least_squares(diabetes, engine, penalty):
    inputs, targets = diabetes
    n_rows = len(targets)
    design = np.column_stack([np.ones(n_rows), inputs])
    left = targets - design @ np.linalg.lstsq(design, targets, rcond=None)[0]
    deviance = n_rows * math.log(float(left @ left) / n_rows)
    _, found = judged(inputs, targets, SQUARED, penalty, [0.0])
    assert found[0].degrees_of_freedom == pytest.approx(11)
    assert found[0].aic == pytest.approx(deviance + 2 * 11, rel=1e-9)
    assert found[0].bic == pytest.approx(deviance + math.log(n_rows) * 11, rel=1e-9)


def test_scikit_learns_criteria_differ_by_their_known_noise(diabetes, engine):
    """LassoLarsIC takes the variance of the full model for granted: n log(2πσ²) + RSS/σ² + 2 df, without intercept."""
    inputs, targets = diabetes
    n_rows = len(targets)
    for criterion, weight in (("aic", 2.0), ("bic", math.log(n_rows))):
        theirs = LassoLarsIC(criterion=criterion).fit(inputs, targets)
        knots = theirs.alphas_[theirs.alphas_ > 1e-6]
        points, found = judged(inputs, targets, SQUARED, L1, knots)
        sums = np.array([n_rows * 2.0 * (point.objective - point.lam * abs(point.weights).sum()) for point in points])
        # At a knot a weight that enters is 0 for us; they count it, or one that leaves, by rounding.
        counts = (theirs.criterion_[: len(knots)] - n_rows * np.log(2 * np.pi * theirs.noise_variance_)
                  - sums / theirs.noise_variance_) / weight  # fmt: skip
        ours = np.array([one.degrees_of_freedom for one in found])
        assert (np.abs(counts - (ours - 1)) < 1.01).all()
        # Our own variance ranks models alike: the λ chosen are neighbours on their path.
        values = np.array([getattr(one, criterion) for one in found])
        ours = lowest(np.array(knots), values)
        assert ours is not None
        assert abs(int(np.argmin(theirs.criterion_)) - ours) <= 1


def test_the_count_is_the_covariance_of_fit_and_target(engine):
    """Efron 2004, eq. 2.10: df = Σ cov(ŷᵢ, yᵢ)/σ², which knows nothing of how a model is made."""
    generator = np.random.default_rng(7)
    n_rows, n_draws, noise = 30, 1500, 0.8
    inputs = generator.normal(size=(n_rows, 8)) @ (np.eye(8) + 0.4)
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    signal = inputs @ [1.0, -0.7, 0, 0, 0.4, 0, 0, 0]
    draws = noise * generator.normal(size=(n_draws, n_rows))
    for penalty, lam in ((L1, 0.15), (NET, 0.15)):
        problems = [LinearProblem(inputs, signal + draw, SQUARED, penalty) for draw in draws]
        points = [next(solve_path(problem, np.array([lam]))) for problem in problems]
        criteria = InformationCriteria(problems[0])
        claimed = np.array([criteria.of(point).degrees_of_freedom for point in points])
        fits = np.array([inputs @ point.weights[:, 0] + point.biases[0] for point in points])
        sums = ((fits - fits.mean(axis=0)) * draws).sum(axis=1) / noise**2
        # Both are means over the draws; four standard errors of their difference, about 0.25 of 5.
        error = float((sums - claimed).std()) / math.sqrt(n_draws)
        assert error < 0.1
        assert abs(float(sums.mean() - claimed.mean())) < 4 * error
        # The test can tell one more or less.
        assert abs(float(sums.mean() - claimed.mean())) < 0.5


def test_of_two_classes_it_is_the_likelihood_and_the_trace_with_the_hessian(engine):
    data = load_breast_cancer()
    inputs, targets = StandardScaler().fit_transform(data.data)[:, :6], data.target.astype(np.float64)
    n_rows = len(targets)
    points, found = judged(inputs, targets, LOGISTIC, L1, [0.05, 0.005])
    for point, one in zip(points, found, strict=True):
        model = LogisticRegression(l1_ratio=1.0, C=1 / (n_rows * point.lam), solver="saga", tol=1e-10, max_iter=20_000)
        likelihood = np.log(model.fit(inputs, targets).predict_proba(inputs)[np.arange(n_rows), data.target]).sum()
        n_free = 1 + np.count_nonzero(model.coef_)
        assert one.degrees_of_freedom == n_free
        assert one.aic == pytest.approx(-2 * likelihood + 2 * n_free, rel=1e-6)
        assert one.bic == pytest.approx(-2 * likelihood + math.log(n_rows) * n_free, rel=1e-6)
    points, found = judged(inputs, targets, LOGISTIC, L2, [0.1])
    chance = 1 / (1 + np.exp(-(inputs @ points[0].weights + points[0].biases)[:, 0]))
    design = np.column_stack([np.ones(n_rows), inputs])
    hessian = (design * (chance * (1 - chance))[:, np.newaxis]).T @ design
    shrink = n_rows * 0.1 * np.diag([0.0, *np.ones(6)])
    assert found[0].degrees_of_freedom == pytest.approx(np.trace(np.linalg.solve(hessian + shrink, hessian)), rel=1e-8)


def test_of_three_classes_only_what_changes_a_probability_counts(engine):
    data = load_iris()
    inputs, targets = StandardScaler().fit_transform(data.data), data.target.astype(np.float64)
    mixed = np.random.default_rng(0).permutation(targets)
    _, found = judged(inputs, mixed, SOFTMAX, L1, [1e6, 1e-6], 3)
    assert [one.degrees_of_freedom for one in found] == [2.0, 2.0 + 2 * 4]
    assert found[0].aic == pytest.approx(2 * 150 * math.log(3) + 4)
    _, found = judged(inputs, targets, SOFTMAX, L2, [1e6, 1.0, 0.01], 3)
    values = [one.degrees_of_freedom for one in found]
    assert values[0] == pytest.approx(2.0, abs=1e-4)
    assert 2.0 < values[1] < values[2] < 10.0


def test_where_they_are_not_defined_it_is_said_why(diabetes, engine):
    inputs, targets = diabetes
    pairs = GroupLasso(0.0, np.arange(0, 11, 2))
    _, found = judged(inputs, targets, SQUARED, pairs, [0.1])
    assert math.isnan(found[0].aic)
    assert math.isnan(found[0].degrees_of_freedom)
    assert found[0].unavailable_reason == NoCriteria.GROUPED
    # Groups of one weight are the lasso.
    _, alone = judged(inputs, targets, SQUARED, GroupLasso(0.0, np.arange(11)), [0.1])
    _, lasso = judged(inputs, targets, SQUARED, L1, [0.1])
    assert alone[0].aic == pytest.approx(lasso[0].aic, rel=1e-7)
    assert alone[0].degrees_of_freedom == lasso[0].degrees_of_freedom

    # As LassoLarsIC, which refuses as many inputs as rows for want of a variance.
    wide = np.random.default_rng(0).normal(size=(20, 40))
    points, found = judged(wide, wide[:, 0] + wide[:, 1], SQUARED, L1, [0.5, 0.01])
    assert [one.unavailable_reason for one in found] == [NoCriteria.WIDE] * 2
    assert [one.degrees_of_freedom for one in found] == [point.n_nonzero + 1 for point in points]
    assert lowest(np.array([0.5, 0.01]), np.array([one.bic for one in found])) is None

    rows = wide[:, :5]
    _, found = judged(rows, rows @ np.ones(5), SQUARED, L2, [1.0, 0.0])
    assert math.isfinite(found[0].aic)
    assert (math.isnan(found[1].bic), found[1].unavailable_reason) == (True, NoCriteria.PERFECT)
    _, found = judged(wide[:, :18], wide[:, 30], SQUARED, L1, [0.1, 0.0])
    assert math.isfinite(found[0].aic)
    assert (math.isnan(found[1].aic), found[1].unavailable_reason) == (True, NoCriteria.SATURATED)
