"""Knots and events against a published table, closed forms, scikit-learn's LARS, and the solver of the grid."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from path_problems import KNOTS, L1, L2, MIXED, MOVES, hard_cases, squared, standardised
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import lars_path
from sklearn.metrics import log_loss

from regdesk.core.linear.path import lambda_grid, solve_path
from regdesk.core.linear.problem import LinearProblem, problem_of
from regdesk.core.model.dataset import Dataset, Split
from regdesk.core.model.losses import LOGISTIC, sigmoid, softmax
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.sweep.lasso_knots import LassoKnots
from regdesk.core.sweep.path_events import events_of
from regdesk.core.sweep.weight_path import facts_of, knots_of, path_of
from regdesk.core.types import TrainSettings


def all_knots(inputs, targets, lowest):
    knots = LassoKnots(inputs, targets, lowest)
    for _ in range(10_000):
        if not knots.advance():
            return knots
    raise AssertionError("it goes on for ever")


def weights_at(inputs, targets, lambdas):
    return np.array([point.weights for point in solve_path(squared(inputs, targets, L1), np.array(lambdas))])


def test_knots_of_the_diabetes_lasso():
    data = load_diabetes()
    knots = all_knots(data.data, data.target, 1.0 / 442)
    assert [len(data.target) * knot.lam for knot in knots.found] == pytest.approx(KNOTS, abs=6e-4)
    assert knots.reached == 1.0 / 442
    grid = np.geomspace(950, 1.0, 60) / 442
    events = events_of(grid, weights_at(data.data, data.target, grid), knots.found, knots.reached)
    words = {"enters": "", "leaves": "-", "returns": "+"}
    assert [words[event.kind] + data.feature_names[event.number] for event in events.events] == list(MOVES)
    assert all(event.is_exact for event in events.events)
    order = [data.feature_names[number] for number in np.argsort(events.order)]
    assert order == [move for move in MOVES if move[0] not in "+-"]
    # From the grid alone: the same events, each between the two λ around its knot.
    found = events_of(grid, weights_at(data.data, data.target, grid))
    by_name = {(event.number, event.kind): event for event in found.events}
    for event in events.events:
        around = by_name.get((event.number, event.kind))
        if around is not None:
            assert around.lam <= event.lam <= around.above
            assert around.lam in grid
    assert len(by_name) >= len(MOVES) - 2
    # As far down as the knots are known they are exact, and the grid tells the rest.
    mixed = events_of(grid, weights_at(data.data, data.target, grid), knots.found[:4], knots.found[3].lam * 0.999)
    assert [event.is_exact for event in mixed.events[:5]] == [True, True, True, True, False]
    assert [event.number for event in mixed.events[:5]] == [event.number for event in events.events[:5]]
    np.testing.assert_array_equal(mixed.order > 0, events.order > 0)


def test_of_two_correlated_inputs_the_weaker_enters_at_its_closed_form():
    rho, stronger, weaker = 0.6, 0.9, 0.7
    gram = np.array([[1.0, rho, stronger], [rho, 1.0, weaker], [stronger, weaker, 1.5]])
    rows = np.random.default_rng(1).normal(size=(40, 3))
    rows -= rows.mean(axis=0)
    rows = np.linalg.qr(rows)[0] * np.sqrt(40) @ np.linalg.cholesky(gram).T
    # Other means change nothing.
    knots = all_knots(rows[:, :2] + [5.0, -3.0], rows[:, 2] + 7.0, 1e-6).found
    assert [(knot.number, knot.is_entry) for knot in knots] == [(0, True), (1, True)]
    assert [knot.lam for knot in knots] == pytest.approx([stronger, (weaker - rho * stronger) / (1 - rho)], rel=1e-10)


@pytest.mark.parametrize("shape", [(60, 8), (200, 40), (30, 80)])
def test_agrees_with_lars_and_with_the_solver_at_every_knot(shape):
    generator = np.random.default_rng(sum(shape))
    # A common factor: many weights fall back to zero on the way.
    inputs = standardised(generator.normal(size=shape) + 2.0 * generator.normal(size=(shape[0], 1)))
    targets = inputs[:, :5] @ [3.0, -2.0, 1.5, -1.0, 0.5] + 2.0 * generator.normal(size=shape[0])
    targets -= targets.mean()
    lowest = 0.01 * np.abs(inputs.T @ targets).max() / shape[0]
    knots = all_knots(inputs, targets, lowest)
    assert knots.reached == lowest
    assert any(not knot.is_entry for knot in knots.found) or shape[1] < 80
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        theirs = lars_path(inputs, targets, method="lasso")[0]
    theirs = theirs[theirs > lowest]
    np.testing.assert_allclose([knot.lam for knot in knots.found], theirs, rtol=1e-7)
    for knot in knots.found:
        above, below = weights_at(inputs, targets, [knot.lam * (1 + 1e-3), knot.lam * (1 - 1e-3)])
        assert (np.abs(below) > np.abs(above))[knot.number, 0] == knot.is_entry
        zero = above if knot.is_entry else below
        assert abs(zero[knot.number, 0]) <= 1e-2 * np.abs(zero).max() + 1e-12


@pytest.mark.parametrize("name", hard_cases())
def test_hard_data_end_and_what_is_not_known_exactly_is_told_by_the_grid(name):
    inputs, targets = hard_cases()[name]
    problem = squared(inputs, targets, L1)
    grid = lambda_grid(problem, 30)
    weights = weights_at(inputs, targets, grid)
    knots = all_knots(inputs, targets, grid[-1])
    assert knots.reached >= grid[-1]
    events = events_of(grid, weights, knots.found, knots.reached)
    lams = [event.lam for event in events.events]
    assert lams == sorted(lams, reverse=True)
    # However they were found, events lead from no input to those of the last λ.
    active = np.zeros(inputs.shape[1], dtype=bool)
    for event in events.events:
        assert active[event.number] == (event.kind == "leaves")
        active[event.number] = not active[event.number]
        assert event.lam <= event.above
    if knots.reached > grid[-1]:
        np.testing.assert_array_equal(active, weights[-1, :, 0] != 0)
    if name in ("plain", "one factor", "a constant column", "more inputs than rows"):
        assert knots.reached == grid[-1]


def test_of_copies_one_is_told_of_exactly_and_the_others_by_the_grid():
    inputs, targets = hard_cases()["plain"]
    alone = all_knots(standardised(inputs), targets, 1e-3)
    # The two labels of one column: one is 1 where the other is 0.
    twins = np.column_stack([standardised(inputs), -standardised(inputs)[:, 0]])
    for preferred in (0, 9):
        preference = np.zeros(10)
        preference[preferred] = 1.0
        knots = LassoKnots(twins, targets, 1e-3, preference)
        while knots.advance():
            pass
        assert knots.reached == 1e-3
        assert knots.copies == [9 - preferred]
        assert [knot.lam for knot in knots.found] == pytest.approx([knot.lam for knot in alone.found], rel=1e-9)
        renamed = [preferred if knot.number == 0 else knot.number for knot in alone.found]
        assert [knot.number for knot in knots.found] == renamed
        # A solver may give both a weight: what the knots do not tell is read from it.
        grid = np.array([1.0, 0.5, 0.2])
        weights = np.zeros((3, 10, 1))
        weights[1:, knots.copies[0]] = 0.1
        events = events_of(grid, weights, knots.found, knots.reached, knots.copies).events
        told = [event for event in events if event.number == knots.copies[0]]
        assert [(event.kind, event.lam, event.above) for event in told] == [("enters", 0.5, 1.0)]
        assert len(events) == len(knots.found) + 1
        assert [event.lam for event in events] == sorted((event.lam for event in events), reverse=True)


def test_only_the_lasso_of_squared_error_has_exact_knots():
    inputs, targets = hard_cases()["plain"]
    last = solve_path(squared(inputs, targets, L1), np.array([0.1]))
    last = next(iter(last))
    assert knots_of(squared(inputs, targets, L1), last) is not None
    for penalty in (L2, MIXED):
        assert knots_of(squared(inputs, targets, penalty), last) is None
    assert knots_of(LinearProblem(inputs, (targets > 0) * 1.0, LOGISTIC, L1), last) is None


def test_the_search_gives_up_before_it_takes_long(monkeypatch):
    inputs, targets = hard_cases()["plain"]
    monkeypatch.setattr("regdesk.core.sweep.lasso_knots.MOST_ACTIVE", 3)
    knots = all_knots(inputs, targets, 1e-9)
    assert len(knots.found) == 4
    assert knots.reached == knots.found[-1].lam


@pytest.mark.parametrize("kind", ["number", "two classes", "three classes"])
def test_what_is_explained_and_original_units(kind):
    data = {"number": load_diabetes, "two classes": load_breast_cancer, "three classes": load_iris}[kind]()
    inputs, rows = data.data[:, :4] * [1.0, 10.0, 0.1, 5.0], np.arange(len(data.target))
    is_number = kind == "number"
    targets = data.target.astype(np.float64)
    dataset = Dataset(
        name="", inputs=inputs, targets=targets, split=Split(rows, rows[:0], rows[:0]),
        task="regression" if is_number else "classification", target="y", features=tuple("abcd"),
        input_names=tuple("abcd"), input_groups=np.arange(4),
        classes=() if is_number else tuple(str(number) for number in np.unique(data.target)),
        input_scaler=Standardizer.fit(inputs),
        target_scaler=Standardizer.fit(targets[:, np.newaxis]) if is_number else Standardizer.identity(1),
    )  # fmt: skip
    problem = problem_of(dataset, TrainSettings(penalty="elastic-net", l1_ratio=0.5))
    points = list(solve_path(problem, lambda_grid(problem, 8)))
    path = path_of(points, facts_of(problem, dataset))
    assert path.explained[0] == pytest.approx(0.0, abs=1e-9)
    assert (np.diff(path.explained) > 0).all()
    original = path.original_weights()
    for number, point in enumerate(points):
        outputs = problem.inputs @ point.weights + point.biases
        assert path.l1_norms[number] == pytest.approx(np.abs(point.weights).sum())
        if is_number:
            expected = 1 - np.mean((outputs[:, 0] - problem.targets) ** 2) / problem.targets.var()
        else:
            chances = softmax(outputs) if kind == "three classes" else sigmoid(outputs)
            chances = chances if kind == "three classes" else np.column_stack([1 - chances, chances])
            shares = np.tile(np.bincount(data.target) / len(targets), (len(targets), 1))
            expected = 1 - log_loss(targets, chances) / log_loss(targets, shares)
        assert path.explained[number] == pytest.approx(expected, abs=1e-10)
        # On the rows as they are the original weights predict the same, up to a constant.
        shifted = (inputs @ original[number] - outputs * dataset.target_scaler.scale[0]).std(axis=0)
        np.testing.assert_allclose(shifted, 0.0, atol=1e-9)
    assert path.facts.output_names == (("0", "1", "2") if kind == "three classes" else ("y",))
    assert path.facts.makes_zeros
    assert not facts_of(problem_of(dataset, TrainSettings(penalty="l2")), dataset).makes_zeros


def test_the_order_of_inputs_that_enter_between_the_same_two_lambdas_is_left_open():
    data = load_diabetes()
    problem = squared(standardised(data.data), standardised(data.target), ElasticNet(0.0, 0.5))
    coarse, fine = lambda_grid(problem, 50), lambda_grid(problem, 49 * 20 + 1)
    events, told = (events_of(grid, np.array([point.weights for point in solve_path(problem, grid)])) for grid in
                    (coarse, fine))  # fmt: skip
    assert (told.earliest == told.latest).all()
    assert (events.order != told.order).any()
    assert ((events.earliest <= told.order) & (told.order <= events.latest)).all()
    # No wider than the inputs that enter there.
    steps = np.searchsorted(-coarse, [-next(e.lam for e in told.events if e.number == n) for n in range(10)])
    for number, step in enumerate(steps):
        together = np.sort(told.order[steps == step])
        assert (events.earliest[number], events.latest[number]) == (together[0], together[-1])


def test_exact_knots_tell_the_order():
    data = load_diabetes()
    knots = all_knots(data.data, data.target, 1.0 / 442)
    lambdas = np.geomspace(3.0, 1.0 / 442, 4)
    events = events_of(lambdas, weights_at(data.data, data.target, lambdas), knots.found, knots.reached)
    np.testing.assert_array_equal(events.earliest, events.latest)
