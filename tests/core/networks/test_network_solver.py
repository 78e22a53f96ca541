"""Networks solved to a stationary point: against finite differences, the convex solver, scikit-learn and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from core_problems import LOSSES, make_targets
from covering import covered
from linear_solves import solve_rows
from network_problems import PROBLEMS, load_problem, scikit_learns_objective, split_objective
from reference import gradient, group_labels, kkt_residual, mean_loss, penalty_value, weight_mask

from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_for
from regdesk.core.networks.solver import Limits, NetworkProblem
from regdesk.core.stopping import Stop
from regdesk.core.types import TrainSettings

PENALTIES = ("l2", "l1", "elastic-net", "group-lasso")
GROUPS = (0, 1, 1, 2)
EXACT = Limits(tolerance=1e-9, fall=0.0, max_passes=20_000)

pytestmark = pytest.mark.usefixtures("engine")


def make_problem(loss, hidden=(5, 4), activation="tanh", n_rows=90):
    generator = np.random.default_rng(4)
    inputs = generator.normal(size=(n_rows, 4))
    network = Network((4, *hidden, 3 if loss == "softmax" else 1), activation, GROUPS)
    return NetworkProblem(network, LOSSES[loss], inputs, make_targets(generator, inputs, loss))


def rows_of(problem):
    network = problem.network
    everyone = np.ones(len(problem.targets))
    return network.sizes, network.activation, problem.loss.kind, problem.inputs, problem.targets, everyone


def objective_of(problem, settings, parameters):
    """J, from formulas that share nothing with the solver."""
    network = problem.network
    mask = weight_mask(network.sizes)
    weights, labels = parameters[mask], group_labels(network.sizes, GROUPS)[mask]
    penalty = penalty_value(settings.penalty, settings.l1_ratio, weights, labels)
    return mean_loss(parameters, *rows_of(problem)) + settings.lam * penalty


@covered(activation=["tanh", "relu"], loss=["squared", "logistic", "softmax"], penalty=PENALTIES)
def test_objective_and_residual_are_those_of_finite_differences(activation, loss, penalty):
    problem = make_problem(loss, activation=activation)
    settings = TrainSettings(penalty, 0.07, 0.4)
    point = 0.6 * np.random.default_rng(1).normal(size=problem.network.n_parameters)
    measured = problem.measure(point, settings)
    assert measured.objective == pytest.approx(objective_of(problem, settings, point), rel=1e-12)
    assert measured.objective == pytest.approx(measured.data_loss + 0.07 * measured.penalty_value, rel=1e-12)
    steps = 1e-6 * np.eye(len(point))
    slopes = [
        (objective_of(problem, settings, point + step) - objective_of(problem, settings, point - step)) / 2e-6
        for step in steps
    ]
    assert measured.residual == pytest.approx(np.abs(slopes).max(), rel=1e-6)


@pytest.mark.parametrize("penalty", PENALTIES)
@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
def test_points_are_stationary_and_lower_than_their_start(loss, penalty):
    problem = make_problem(loss)
    settings = TrainSettings(penalty, 0.01, 0.6)
    start = problem.initial_parameters(0)
    solution = problem.solve(start, settings, Limits(tolerance=1e-7, fall=0.0, max_passes=20_000))
    assert solution.converged
    assert solution.objective < objective_of(problem, settings, start)
    assert solution.objective == pytest.approx(objective_of(problem, settings, solution.parameters), rel=1e-12)
    mask = weight_mask(problem.network.sizes)
    slopes, weights = gradient(solution.parameters, *rows_of(problem)), solution.parameters[mask]
    labels = group_labels(problem.network.sizes, GROUPS)[mask]
    residual = max(kkt_residual(penalty, 0.01, 0.6, weights, slopes[mask], labels), float(np.abs(slopes[~mask]).max()))
    assert residual <= 1e-7 * (1.0 + 1e-6)
    if penalty != "l2":
        assert 0 < np.count_nonzero(weights) < len(weights)
    if penalty == "group-lasso":
        sizes, alive = np.bincount(labels), np.bincount(labels, weights != 0)
        assert set(np.unique(alive / sizes)) == {0.0, 1.0}


@covered(activation=["tanh", "relu"], penalty=PENALTIES, factor=[1e6, 1e-6])
def test_objective_and_residual_are_those_of_the_targets_as_they_are(activation, penalty, factor):
    """Solving in other units is nobody else's business."""
    ordinary = make_problem("squared", activation=activation)
    problem = NetworkProblem(ordinary.network, ordinary.loss, ordinary.inputs, factor * ordinary.targets)
    mask = weight_mask(problem.network.sizes)
    labels = group_labels(problem.network.sizes, GROUPS)[mask]
    start = problem.cold_start(0)
    lam = 0.01 * problem.null_model().objective / penalty_value(penalty, 0.6, start[mask], labels)
    settings = TrainSettings(penalty, lam, 0.6)
    solution = problem.solve(start, settings, Limits(max_passes=40))
    for measured in (problem.measure(start, settings), solution):
        parameters = measured.parameters
        assert measured.objective == pytest.approx(objective_of(problem, settings, parameters), rel=1e-9)
        assert measured.objective == pytest.approx(measured.objective_at(lam), rel=1e-9)
        slopes, weights = gradient(parameters, *rows_of(problem)), parameters[mask]
        residual = kkt_residual(penalty, lam, 0.6, weights, slopes[mask], labels)
        residual = max(residual, float(np.abs(slopes[~mask]).max()))
        assert measured.residual == pytest.approx(residual, rel=1e-6)
    assert solution.objective < 0.9 * objective_of(problem, settings, start)


@covered(loss=["squared", "logistic", "softmax"], penalty=PENALTIES, lam=[0.02, 0.5, 1e9])
def test_without_a_hidden_layer_it_finds_what_the_convex_solver_finds(loss, penalty, lam):
    problem = make_problem(loss, hidden=())
    settings = TrainSettings(penalty, lam, 0.4)
    start = np.random.default_rng(2).normal(size=problem.network.n_parameters)
    solution = problem.solve(start, settings, EXACT)
    convex = solve_rows(
        problem.inputs,
        problem.targets,
        problem.loss,
        penalty_for(settings, problem.network),
        problem.network.sizes[-1],
        1e-11,
    )
    parameters = np.append(convex.weights.ravel(), convex.biases)
    assert solution.objective == pytest.approx(objective_of(problem, settings, parameters), rel=1e-9)
    if penalty != "l2":
        np.testing.assert_array_equal(solution.parameters[: convex.weights.size] != 0, convex.weights.ravel() != 0)


def test_every_pass_is_worth_having_and_the_limit_says_that_it_was_one():
    problem = make_problem("squared")
    settings = TrainSettings("l1", 0.001)
    start, objectives = problem.initial_parameters(3), []
    for most in (1, 2, 5, 10, 30, 100):
        solution = problem.solve(start, settings, Limits(max_passes=most))
        assert not solution.converged
        assert solution.n_passes <= most + 1
        objectives.append(solution.objective)
    assert objectives == sorted(objectives, reverse=True)
    assert objectives[-1] < objectives[0]


def test_a_fall_too_small_to_see_ends_it_and_rounding_does_at_the_latest():
    problem = make_problem("squared", activation="relu")
    settings = TrainSettings("l2", 0.01)
    seen = problem.solve(problem.initial_parameters(0), settings, Limits(tolerance=0.0, fall=1e-3, window=20))
    assert seen.converged
    last = problem.solve(seen.parameters, settings, Limits(tolerance=0.0, fall=0.0, max_passes=100_000))
    assert last.n_passes < 100_000
    assert 0.9 * seen.objective < last.objective <= seen.objective


def test_cancelling_returns_what_there_is():
    problem = make_problem("squared")
    stop = Stop()
    stop.request()
    start = problem.initial_parameters(0)
    solution = problem.solve(start, TrainSettings(lam=0.01), stop=stop)
    assert solution.was_cancelled
    assert not solution.converged
    np.testing.assert_array_equal(solution.parameters, start)
    assert solution.n_passes <= 2


@pytest.mark.parametrize(
    ("name", "activation"),
    [
        # Each problem with one of them, the other as far as there is time for all.
        pytest.param(name, activation, marks=pytest.mark.full if (number + place) % 2 else ())
        for number, name in enumerate(PROBLEMS)
        for place, activation in enumerate(("relu", "tanh"))
    ],
)
def test_l2_is_no_worse_than_scikit_learn(name, activation):
    problem = load_problem(name, activation=activation)
    lam = 0.02
    settings = TrainSettings(lam=lam)
    own = [problem.solve(problem.initial_parameters(seed), settings).objective for seed in range(6)]
    theirs = [scikit_learns_objective(problem, lam, seed) for seed in range(6)]
    assert min(own) <= np.median(theirs) * (1.0 + 1e-6)
    assert min(own) <= 1.02 * min(theirs)


@pytest.mark.parametrize(
    ("name", "activation", "l1_ratio"),
    [
        # Each problem with one of them, so that of four that follow each other each activation has both.
        pytest.param(
            name, ("tanh", "relu")[number % 2], l1_ratio, marks=pytest.mark.full if number // 2 % 2 != place else ()
        )
        for number, name in enumerate(PROBLEMS)
        for place, l1_ratio in enumerate((1.0, 0.5))
    ],
)
def test_l1_is_no_worse_than_the_smooth_problem_of_twice_the_size(name, activation, l1_ratio):
    problem = load_problem(name, activation=activation)
    lam = 0.02
    settings = TrainSettings("l1" if l1_ratio == 1.0 else "elastic-net", lam, l1_ratio)
    own = [problem.solve(problem.initial_parameters(seed), settings).objective for seed in range(6)]
    theirs = [split_objective(problem, lam, l1_ratio, seed, max_iter=500) for seed in range(6)]
    assert min(own) <= np.median(theirs) * (1.0 + 1e-6)
    assert min(own) <= 1.02 * min(theirs)


@pytest.mark.parametrize("unit", [1.0, 2.0**20])
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_targets_around_a_million_are_solved_as_the_same_around_zero(activation, unit):
    """Targets are multiples of 2⁻¹⁰ with a mean of exactly 0, so that nothing is rounded when 2²⁰ is added."""
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(64, 3))
    half = np.round(1024.0 * make_targets(generator, inputs[:32], "squared")) / 1024.0
    targets = unit * np.concatenate([half, -half])
    network, settings = Network((3, 5, 1), activation), TrainSettings("l2", 3e-4)
    around_zero, around = (
        NetworkProblem(network, LOSSES["squared"], inputs, targets + unit * s) for s in (0.0, 2.0**20)
    )
    limits = Limits(max_passes=400)
    found = [one.solve(one.cold_start(1), settings, limits) for one in (around_zero, around)]
    assert found[1].objective == pytest.approx(found[0].objective, rel=1e-12)
    shifts = np.zeros(network.n_parameters)
    network.biases(shifts, 1)[:] = unit * 2.0**20
    np.testing.assert_allclose(found[1].parameters - shifts, found[0].parameters, rtol=1e-9, atol=unit * 1e-9)
    # The outputs are those of the targets as they are.
    errors = around.outputs(found[1].parameters, inputs)[:, 0] - around.targets
    assert 0.5 * np.mean(np.square(errors)) == pytest.approx(found[1].data_loss, rel=1e-6)
