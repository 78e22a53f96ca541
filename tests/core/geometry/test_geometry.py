"""The constraint geometry of linear models: closed forms, touching, profiles, budgets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from plane_problems import many_inputs, penalty, solutions, two_inputs
from scipy.optimize import minimize
from sklearn.linear_model import ElasticNet as PeerElasticNet

from regdesk.core.geometry.budget import Budget
from regdesk.core.geometry.budgeted_solution import BudgetedSolutions
from regdesk.core.geometry.class_plane import class_profile
from regdesk.core.geometry.linear_plane import SolvedProfile, profile_of, slice_of
from regdesk.core.geometry.solution_cache import LinearSolutionCache
from regdesk.core.geometry.tangency import Tangency, zero_reason
from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.model.losses import LOGISTIC, SQUARED
from regdesk.core.model.penalties import ElasticNet, GroupLasso
from regdesk.core.model.penalty_ball import SinglePlanePenalty
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.words.zero_words import zero_words

FIRST, SECOND, RHO = 0.9, 0.6, 0.5


def of_two(kind, first=FIRST, second=SECOND, rho=RHO):
    return BudgetedSolutions(LinearProblem(*two_inputs(first, second, rho), SQUARED, penalty(kind)))


def test_the_lasso_of_two_inputs_is_its_closed_form_and_reaches_the_corner_where_it_says():
    exact = of_two("l1")
    corner = (SECOND - RHO * FIRST) / (1.0 - RHO)
    assert corner == pytest.approx(0.3)
    for lam in (0.0, 0.1, 0.25, 0.2999):
        both = np.array([FIRST - lam - RHO * (SECOND - lam), SECOND - lam - RHO * (FIRST - lam)]) / (1 - RHO**2)
        np.testing.assert_allclose(exact.at(lam).weights[:, 0], both, atol=1e-12)
    for lam in (0.3001, 0.5, 0.89):
        np.testing.assert_allclose(exact.at(lam).weights[:, 0], [FIRST - lam, 0.0], atol=1e-12)
        assert exact.at(lam).weights[1, 0] == 0.0
    assert exact.at(corner * (1 - 1e-9)).weights[1, 0] > 0.0
    assert exact.at(corner * (1 + 1e-9)).weights[1, 0] == 0.0
    assert not exact.at(FIRST).weights.any()


def test_ridge_of_two_inputs_is_its_closed_form():
    exact = of_two("l2")
    for lam in (0.0, 0.01, 0.4, 3.0, 100.0):
        closed = np.array([FIRST * (1 + lam) - RHO * SECOND, SECOND * (1 + lam) - RHO * FIRST])
        np.testing.assert_allclose(exact.at(lam).weights[:, 0], closed / ((1 + lam) ** 2 - RHO**2), rtol=1e-12)


def test_a_ridge_weight_can_grow_as_lambda_rises():
    # Least squares hides the second input behind the first, with which it is strongly correlated.
    exact = of_two("l2", first=1.0, second=0.85, rho=0.8)
    sizes = [float(exact.at(lam).weights[1, 0]) for lam in (0.0, 0.1, 0.3)]
    assert 0.0 < sizes[0] < sizes[1] < sizes[2]
    assert exact.at(50.0).weights[1, 0] < sizes[0]
    budgets = [exact.at(lam).budget for lam in (0.0, 0.1, 0.3)]
    assert budgets[0] > budgets[1] > budgets[2]


@pytest.mark.parametrize("n_inputs", [2, 8])
@pytest.mark.parametrize("kind", ["l1", "elastic-net", "l2", "group-lasso"])
def test_contour_and_ball_touch_at_the_solution_in_both_readings(kind, n_inputs):
    inputs, targets = two_inputs(FIRST, SECOND, RHO) if n_inputs == 2 else many_inputs()
    kept = GroupLasso(0.0, np.array([0, 2])) if kind == "group-lasso" and n_inputs == 2 else penalty(kind)
    exact = BudgetedSolutions(LinearProblem(inputs, targets, SQUARED, kept))
    statistics = GramStatistics.of(inputs, targets)
    lams = [0.02, 0.1, 0.4]
    pairs = [(0, 1), (3, 1), (2, 7)] if n_inputs > 2 else [(0, 1)]
    n_corners = 0
    for lam in lams:
        found = exact.at(lam)
        weights = found.weights[:, 0]
        for pair in pairs:
            plane_penalty = kept.on_plane(weights, pair)
            here = weights[list(pair)]
            readings = [slice_of(statistics, pair, weights, float(found.biases[0]))]
            profile = profile_of(statistics, pair, replace(kept, lam=lam))
            if kind == "group-lasso":
                assert profile is Unavailable.GROUPS
            else:
                readings.append(profile)
            for reading in readings:
                touch = Tangency.at(here, reading.gradient_at(here), plane_penalty, lam)
                assert touch.residual <= 1e-9
                assert touch.cosine >= 1.0 - 1e-6
                assert touch.touches
            n_corners += bool((here == 0).any() and here.any())
    assert kind != "l1" or n_corners > 0
    # Beside the solution they cut each other.
    beside = weights[list(pairs[0])] + np.array([0.3, -0.2])
    for reading in (slice_of(statistics, pairs[0], weights, 0.0),):
        touch = Tangency.at(beside, reading.gradient_at(beside), kept.on_plane(weights, pairs[0]), lam)
        assert not touch.touches
        assert touch.residual > 1e-3


def test_data_loss_minimised_over_the_others_alone_does_not_touch():
    exact = solutions("squared", "l1")
    found = exact.at(0.1)
    pair = (0, 1)
    here = found.weights[list(pair), 0]
    free = profile_of(exact.statistics, pair, ElasticNet(0.0, 0.0))
    touch = Tangency.at(here, free.gradient_at(here), SinglePlanePenalty(1.0, 0.0), 0.1)
    assert touch.residual > 1e-2


@pytest.mark.parametrize(
    ("n_rows", "n_inputs", "shared", "is_centred"), [(150, 8, 0.5, False), (300, 40, 0.9, True), (20, 30, 0.5, True)]
)
def test_profiles_equal_brute_force(n_rows, n_inputs, shared, is_centred):
    inputs, targets = many_inputs("squared", n_rows, n_inputs, shared, is_centred=is_centred)
    statistics = GramStatistics.of(inputs, targets)
    pair, axis = (2, 0), np.linspace(-1.0, 1.0, 41)
    free = np.delete(np.arange(n_inputs), list(pair))
    for ratio, lam in ((1.0, 0.2), (1.0, 0.004), (0.5, 0.01), (0.0, 0.05)):
        profile = profile_of(statistics, pair, ElasticNet(lam, ratio))
        assert isinstance(profile, SolvedProfile) == (ratio > 0)
        grid = profile.grid(axis, axis)
        for row, column in ((0, 0), (20, 21), (40, 3), (7, 40)):
            point = np.array([axis[column], axis[row]])
            left = targets - inputs[:, list(pair)] @ point
            if ratio > 0:
                peer = PeerElasticNet(alpha=lam, l1_ratio=ratio, tol=1e-13, max_iter=100_000)
                peer.fit(inputs[:, free], left)
                best, bias = peer.coef_, peer.intercept_
            else:
                means = inputs[:, free].mean(axis=0)
                centred = inputs[:, free] - means
                best = np.linalg.solve(
                    centred.T @ centred / n_rows + lam * np.eye(len(free)), centred.T @ left / n_rows
                )
                bias = left.mean() - means @ best
            brute = 0.5 * np.mean((left - inputs[:, free] @ best - bias) ** 2)
            brute += ElasticNet(lam, ratio).lam * ElasticNet(lam, ratio).value(best)
            assert grid.values[row, column] == pytest.approx(brute, rel=1e-9)
            assert profile.value_at(point) == pytest.approx(grid.values[row, column], rel=1e-10)


def test_slices_equal_the_loss_of_the_rows_biases_as_they_are():
    inputs, targets = many_inputs(is_centred=False)
    weights, bias = np.random.default_rng(5).normal(size=8), 0.7
    quadratic = slice_of(GramStatistics.of(inputs, targets), (6, 1), weights, bias)
    axis = np.linspace(-2.0, 3.0, 7)
    grid = quadratic.grid(axis, axis)
    for row, column in ((0, 0), (3, 5), (6, 2)):
        moved = weights.copy()
        moved[[6, 1]] = axis[column], axis[row]
        brute = 0.5 * np.mean((targets - inputs @ moved - bias) ** 2)
        assert grid.values[row, column] == pytest.approx(brute, rel=1e-11)
        assert quadratic.value_at(moved[[6, 1]]) == pytest.approx(brute, rel=1e-11)


def test_the_least_of_a_profile_is_the_solution_without_a_penalty_on_the_two():
    statistics = GramStatistics.of(*many_inputs())
    profile = profile_of(statistics, (0, 3), ElasticNet(0.05, 1.0))
    lowest = profile.minimum()
    assert np.abs(profile.gradient_at(lowest)).max() <= 1e-9
    others = profile.others_at(lowest)
    assert (others == 0.0).any()
    np.testing.assert_array_equal(others[[0, 3]], lowest)


@pytest.mark.parametrize("loss", ["logistic", "softmax"])
@pytest.mark.parametrize("kind", ["l1", "elastic-net", "l2"])
def test_profiles_of_classes_touch_at_the_solution_and_equal_brute_force(kind, loss):
    exact = solutions(loss, kind)
    problem, lam = exact.problem, 0.03
    found = exact.at(lam)
    weights = found.weights.ravel()
    kept = replace(problem.penalty, lam=lam)
    for pair in ((0, 1), (3, 1), (2, 5)):
        profile = class_profile(problem, pair, kept)
        here, plane_penalty = weights[list(pair)], kept.on_plane(weights, pair)
        sizes = kept.value(weights) - plane_penalty.value_at(here)
        assert profile.value_at(here) == pytest.approx(found.loss + lam * sizes, rel=1e-12)
        touch = Tangency.at(here, profile.gradient_at(here), plane_penalty, lam)
        assert touch.residual <= 1e-9
        assert touch.cosine >= 1.0 - 1e-6
        # With no λ on the two the minimum is where the loss no longer pulls on them.
        assert np.abs(profile.gradient_at(profile.minimum())).max() <= 1e-9
        axis = np.linspace(-2.0, 2.0, 9)
        grid = profile.grid(axis, axis)
        for row, column in ((0, 0), (4, 7), (8, 3)):
            point = np.array([axis[column], axis[row]])
            assert grid.values[row, column] == pytest.approx(brute_profile(problem, kept, pair, point), rel=1e-9)
            assert profile.value_at(point) == pytest.approx(grid.values[row, column], rel=1e-11)
    assert class_profile(problem, pair, penalty("group-lasso", problem.n_outputs)) is Unavailable.GROUPS


def brute_profile(problem, kept, pair, point):
    """By a quasi-Newton method of another house; a weight under L1 is the difference of two that are 0 or above."""
    inputs, targets, k = problem.inputs, problem.targets, problem.n_outputs
    n_weights = inputs.shape[1] * k
    free = np.delete(np.arange(n_weights), list(pair))
    n = len(free)

    def objective(parts):
        weights = np.zeros(n_weights)
        weights[list(pair)], weights[free] = point, parts[:n] - parts[n : 2 * n]
        outputs = inputs @ weights.reshape(-1, k) + parts[2 * n :]
        slopes = problem.loss.derivatives(outputs, targets) / len(targets)
        by_weight = (inputs.T @ slopes).ravel()[free] + kept.lam * (1 - kept.l1_ratio) * weights[free]
        l1 = kept.lam * kept.l1_ratio
        value = problem.loss.values(outputs, targets).mean() + l1 * parts[: 2 * n].sum()
        value += 0.5 * kept.lam * (1 - kept.l1_ratio) * np.square(weights[free]).sum()
        return value, np.concatenate([by_weight + l1, l1 - by_weight, slopes.sum(axis=0)])

    bounds = [(0, None)] * (2 * n) + [(None, None)] * k
    return minimize(
        objective, np.zeros(2 * n + k), jac=True, bounds=bounds, method="L-BFGS-B",
        options={"ftol": 0.0, "gtol": 1e-9, "maxiter": 5000, "maxfun": 10000, "maxcor": 30},
    ).fun  # fmt: skip


@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
@pytest.mark.parametrize("kind", ["l1", "elastic-net", "l2", "group-lasso"])
def test_lambda_and_budget_lead_back_to_each_other(kind, loss):
    budget = Budget(solutions(loss, kind))
    top = budget.lambda_max if np.isfinite(budget.lambda_max) else 20.0
    assert np.isfinite(budget.lambda_max) == (kind != "l2")
    shares = (0.999, 0.5, 0.03, 1e-3) if loss == "squared" else (0.9, 0.02)
    last = 0.0
    for share in shares:
        found = budget.solution_at(share * top)
        assert found.solution.kkt_residual <= 1e-13
        assert found.budget > last
        last = found.budget
        back = budget.lambda_for(found.budget)
        assert back.lam == pytest.approx(found.lam, rel=1e-9)
        assert back.budget == pytest.approx(found.budget, rel=1e-11)
        nearby = budget.lambda_for(found.budget, near=0.7 * found.lam)
        assert nearby.lam == pytest.approx(found.lam, rel=1e-9)


@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
@pytest.mark.parametrize("kind", ["l1", "elastic-net", "l2", "group-lasso"])
def test_the_budgets_slope_is_that_of_solutions_beside(kind, loss):
    exact, lam = solutions(loss, kind), 0.03
    found, below, above = (exact.at(one) for one in (lam, lam - 1e-5, lam + 1e-5))
    assert found.budget_slope < 0.0
    assert found.budget_slope == pytest.approx((above.budget - below.budget) / (above.lam - below.lam), rel=1e-5)


def test_budgets_that_no_lambda_spends():
    budget = Budget(solutions("squared", "l1"))
    free = budget.solution_at(0.0).budget
    assert budget.lambda_for(2.0 * free).lam == 0.0
    assert budget.lambda_for(0.0).lam == budget.lambda_max
    assert budget.lambda_for(0.0).budget == 0.0
    with pytest.raises(ValueError, match="0 or more"):
        budget.lambda_for(float("nan"))


@pytest.mark.parametrize("kind", ["l1", "elastic-net", "l2", "group-lasso"])
def test_why_a_weight_is_zero(kind):
    exact = solutions("squared", kind)
    found = exact.at(0.15)
    kept = replace(exact.problem.penalty, lam=0.15)
    weights, gradient = found.weights[:, 0], found.gradient[:, 0]
    reasons = [zero_reason(kept, weights, gradient, position) for position in range(8)]
    assert [one.is_zero for one in reasons] == (weights == 0.0).tolist()
    for position, one in enumerate(reasons):
        if kind in ("l1", "elastic-net"):
            assert one.pull == pytest.approx(abs(gradient[position]))
            assert one.threshold == pytest.approx(0.15 * kept.l1_ratio)
        if one.is_zero:
            assert one.pull <= one.threshold
            assert "It is zero because" in zero_words(one)
        elif kind in ("l1", "group-lasso"):
            assert one.pull == pytest.approx(one.threshold, rel=1e-9)
    assert kind == "l2" or any(one.is_zero for one in reasons)


def test_paths_that_are_followed_piece_by_piece_and_optima_that_are_none():
    exact = solutions("squared", "l1")
    inputs = np.random.default_rng(2).normal(size=(90, 70))
    wide = LinearSolutionCache(LinearProblem(inputs, inputs[:, 3] + 0.5 * inputs[:, 7], SQUARED, penalty("l1")))
    assert sorted(wide.first_two(Stop())) == [3, 7]
    lengths = []
    while not wide.has_path:
        lengths.append(len(wide.path(Stop())))
    assert lengths == list(range(11, 202, 10))
    # Given up in the middle it goes on where it was.
    stop, other = Stop(), LinearSolutionCache(wide.problem)
    stop.request()
    with pytest.raises(Stopped):
        other.path(stop)
    while not other.has_path:
        other.path(Stop())
    np.testing.assert_allclose(other.path(Stop()), wide.path(Stop()), atol=1e-12)
    narrow = LinearSolutionCache(exact.problem)
    assert len(narrow.path(Stop())) == 201
    assert narrow.ends_at(0.0)
    # Two classes that one input tells apart.
    targets = (inputs[:, 0] > 0).astype(np.float64)
    apart = LinearSolutionCache(LinearProblem(inputs[:, :2], targets, LOGISTIC, penalty("l2")))
    assert apart.ends_at(0.01)
    assert not apart.ends_at(0.0)
    assert LinearSolutionCache(solutions("logistic", "l2").problem).ends_at(0.0)


def test_where_what_is_never_penalised_tells_classes_apart_no_lambda_has_an_optimum():
    inputs = np.random.default_rng(2).normal(size=(90, 2))
    targets = (inputs[:, 0] > 0).astype(np.float64)
    for factors, ends in (((0.0, 1.0), False), ((1.0, 0.0), True)):
        problem = LinearProblem(inputs, targets, LOGISTIC, ElasticNet(0.0, 1.0, np.array(factors)))
        assert LinearSolutionCache(problem).ends_at(0.01) is ends


@pytest.mark.parametrize("loss", ["squared", "logistic"])
def test_a_solution_that_nobody_waits_for_is_given_up_and_found_later(loss):
    stop, cache = Stop(), LinearSolutionCache(solutions(loss, "l1").problem)
    stop.request()
    with pytest.raises(Stopped):
        cache.at(0.02, stop)
    np.testing.assert_array_equal(cache.at(0.02, Stop()).weights, solutions(loss, "l1").at(0.02).weights)
