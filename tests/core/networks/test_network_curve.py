"""A network's sweep as a curve: only what is complete, in order; hysteresis, collapse, norms, units, other scales."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fold_datasets import make_folds
from reference import forward
from sklearn.datasets import load_diabetes, load_iris

from regdesk.core.model.network import Network
from regdesk.core.model.scale import ModelScale
from regdesk.core.model.scoring import best_lambda
from regdesk.core.model.shortfalls import Doubt, NoCriteria
from regdesk.core.networks.curve import NetworkFacts, input_norms, network_curve_of
from regdesk.core.networks.points import NetworkPoint
from regdesk.core.stopping import Stop
from regdesk.core.sweep.remaining_time import RemainingTime
from regdesk.core.types import Architecture, TrainSettings
from regdesk.core.weights.liveness import liveness_of
from regdesk.core.words.shortfalls import shortfalls_text
from regdesk.views.sweep.network_words import WHOLE_TO_ZERO, collapse_text, goes_as_a_whole, hysteresis_text, left_text
from regdesk.views.sweep.words import point_text

SETTINGS = TrainSettings("l1")
ARCHITECTURE = Architecture((4, 3), "tanh")
GRID = np.array([1.0, 0.5, 0.25, 0.125, 0.0625])


@pytest.fixture(scope="module")
def whole():
    data = load_diabetes()
    return make_folds(data.data[:90, :5], data.target[:90], 3)[0]


@pytest.fixture(scope="module")
def facts(whole):
    return NetworkFacts.of(whole, ARCHITECTURE, SETTINGS)


def point(facts, number, loss=1.0, **changes):
    """The point of the ``number``-th λ of the grid; the larger λ the more inputs have no weights."""
    network = facts.network
    parameters = network.initial_parameters(number, [0.1])
    network.weights(parameters, 0)[len(GRID) - number :] = 0.0
    made = NetworkPoint(
        float(GRID[number]), parameters, 0.5, 0.4, 0.1, 7, 1e-6, True, False, 0.5, 0.5, True, True, 0.3, loss, 0.1,
        np.nan, np.nan,
    )  # fmt: skip
    return replace(made, **changes)


def test_points_come_in_any_order_and_what_is_not_complete_is_left_out(facts):
    losses = {4: 0.9, 0: 1.2, 3: 0.8}
    points = [point(facts, number, loss) for number, loss in losses.items()]
    points += [None, point(facts, 1, np.nan)]
    curve = network_curve_of(points, SETTINGS, 5, 3, False, facts, GRID)
    np.testing.assert_array_equal(curve.lambdas, GRID[[0, 3, 4]])
    np.testing.assert_array_equal(curve.network.numbers, [0, 3, 4])
    np.testing.assert_array_equal(curve.network.is_followed, [False, True, False])
    assert curve.best == best_lambda(curve.lambdas, np.array([1.2, 0.8, 0.9])) == 1
    assert curve.one_standard_error == 1
    assert curve.lowest_aic is None
    assert curve.no_criteria is NoCriteria.NETWORK
    with pytest.raises(ValueError, match="every fold"):
        network_curve_of([None, points[-1]], SETTINGS, 5, 3, False, facts, GRID)


def test_a_point_without_a_minimum_is_chosen_only_where_no_other_is(facts):
    points = [point(facts, 0, 1.2), point(facts, 3, 0.8), point(facts, 4, 0.1, converged=False, doubt=Doubt.TOLD_APART)]
    curve = network_curve_of(points, SETTINGS, 5, 3, True, facts, GRID)
    assert (curve.best, curve.one_standard_error) == (1, 1)
    np.testing.assert_array_equal(curve.validation_loss, [1.2, 0.8, 0.1])
    # Why is told under the pointer.
    assert curve.shortfalls == ((), (), (Doubt.TOLD_APART,))
    open_ones = [point(facts, 0, converged=False), point(facts, 1, converged=False, objective=np.nan)]
    shortfalls = network_curve_of(open_ones, SETTINGS, 5, 3, True, facts, GRID).shortfalls
    assert tuple(map(shortfalls_text, shortfalls)) == (
        "stopped at a KKT residual of 1e-06.",
        "training diverged: the loss left all bounds.",
    )
    assert "training diverged" in point_text(network_curve_of(open_ones, SETTINGS, 5, 3, True, facts, GRID), 1)
    assert network_curve_of(points[2:], SETTINGS, 5, 3, True, facts, GRID).best == 0


def test_hysteresis_is_told_only_where_both_directions_were_solved(facts):
    points = [point(facts, number) for number in range(5)]
    points[1] = replace(points[1], objective_up=0.9, converged_up=False)
    points[2] = replace(points[2], objective_up=0.56)
    points[3] = replace(points[3], objective_down=np.nan)
    curve = network_curve_of(points, SETTINGS, 5, 3, True, facts, GRID)
    np.testing.assert_array_equal(curve.network.is_comparable, [True, False, True, False, True])
    assert (curve.network.hysteresis.number, curve.network.hysteresis.share) == (2, pytest.approx(0.06 / 0.56))
    assert hysteresis_text(curve) == (
        "Up and down differ by up to 11 % of J at λ 0.25: where J ends depends on the start."
    )
    one_way = [replace(one, objective_up=np.nan, converged_up=False) for one in points]
    assert hysteresis_text(network_curve_of(one_way, SETTINGS, 5, 3, True, facts, GRID)) == ""
    assert hysteresis_text(replace(curve, network=None)) == "One minimum at every λ: no hysteresis."


def test_a_collapse_is_told_of_where_all_larger_ones_are_known(facts):
    points = [point(facts, number, is_collapsed=number in (0, 1, 3)) for number in range(5)]
    curve = network_curve_of(points, SETTINGS, 5, 3, True, facts, GRID)
    assert curve.network.collapse == 1
    assert "λ_collapse 0.5 " in collapse_text(curve)
    assert network_curve_of(points[1:], SETTINGS, 5, 3, True, facts, GRID).network.collapse is None


@pytest.mark.parametrize(
    ("penalty", "is_told"), [("l2", True), ("l1", False), ("elastic-net", False), ("group-lasso", False)]
)
def test_why_counts_fall_to_0_is_told_of_a_penalty_that_makes_no_zeros(facts, penalty, is_told):
    points = [point(facts, number, is_collapsed=number == 0, n_nonzero=0 if number == 0 else 9) for number in range(5)]
    # Whatever λ was in force: a sweep has its own.
    settings = replace(SETTINGS, penalty=penalty, lam=0.0)
    curve = network_curve_of(points, settings, 5, 3, True, facts, GRID)
    assert [goes_as_a_whole(curve, number) for number in (0, 1)] == [is_told, False]
    assert (WHOLE_TO_ZERO in collapse_text(curve), WHOLE_TO_ZERO in point_text(curve, 0)) == (is_told, is_told)
    assert WHOLE_TO_ZERO not in point_text(curve, 1)


def live_units(facts, point, parameters):
    point = replace(point, parameters=parameters)
    (live,) = network_curve_of([point], SETTINGS, 5, 3, True, facts, GRID).path.units.live
    assert live == liveness_of(facts.network, parameters).n_live_units
    return live


def test_the_path_has_the_norms_of_inputs_and_the_units_that_live(facts):
    points = [point(facts, number) for number in range(5)]
    path = network_curve_of(points, SETTINGS, 5, 3, True, facts, GRID).path
    network = facts.network
    for step, one in enumerate(points):
        own = np.sqrt(np.square(network.weights(one.parameters, 0)).sum(axis=1))
        np.testing.assert_allclose(path.weights[step, :, 0], own, rtol=1e-14)
        assert path.l1_norms[step] == pytest.approx(np.abs(one.parameters[network.is_weight]).sum())
    np.testing.assert_array_equal(path.n_active, [5, 4, 3, 2, 1])
    assert {event.kind for event in path.events.events} == {"enters", "leaves"}
    assert not any(event.is_exact for event in path.events.events)

    parameters = network.initial_parameters(0, [0.0])
    assert live_units(facts, points[0], parameters) == 7
    network.weights(parameters, 0)[:, 2] = 0.0
    network.weights(parameters, 2)[1] = 0.0
    assert live_units(facts, points[0], parameters) == 5
    # As in the panel of the network: a unit that nothing reaches through the layers before is dead as well.
    network.weights(parameters, 0)[:] = 0.0
    assert live_units(facts, points[0], parameters) == 0
    assert (input_norms(network, np.zeros(network.n_parameters)) == 0).all()


@pytest.mark.parametrize("task", ["regression", "three"])
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 1e-6)])
def test_the_same_network_on_another_scale_predicts_the_same(task, dtype, tolerance):
    data = load_diabetes() if task == "regression" else load_iris()
    names = () if task == "regression" else ("a", "b", "c")
    rows = np.random.default_rng(0).permutation(len(data.target))[:90]
    whole, folds, *_ = make_folds(data.data[rows, :4] * [1, 10, 1, 100], data.target[rows], 3, names)
    fold = folds[0]
    for activation in ("tanh", "relu"):
        network = Network.of(Architecture((5, 4), activation), 4, whole.n_outputs)
        parameters = network.initial_parameters(1, np.full(whole.n_outputs, 0.2))
        parameters += 0.1 * np.random.default_rng(2).normal(size=len(parameters))
        moved = ModelScale.of(whole).moved_network(parameters, network, ModelScale.of(fold)).astype(dtype)

        def predict(dataset, own, shape=(network.sizes, activation)):
            inputs = dataset.input_scaler.apply(dataset.inputs).astype(own.dtype)
            return dataset.target_scaler.invert(forward(own, *shape, inputs)[2].astype(np.float64))

        expected = predict(whole, parameters)
        spread = expected.std()
        np.testing.assert_allclose(predict(fold, moved) / spread, expected / spread, rtol=0, atol=10 * tolerance)
    with pytest.raises(ValueError, match="has 3 inputs, its scale 4"):
        ModelScale.of(whole).moved_network(np.zeros(10), Network((3, 2, 1), "tanh"), ModelScale.of(fold))


def test_the_time_left_is_told_late_counts_down_and_follows_the_pace_of_late():
    remaining = RemainingTime()
    assert remaining.progress(0.1, 60, 1000).left_s is None
    assert remaining.progress(3.0, 10, 1000).left_s is None
    told = [remaining.progress(3.0 + 0.1 * step, 100 + step, 1000).left_s for step in range(1, 700)]
    # Ten fits a second, after a hundred that cost next to nothing.
    assert told[-1] == pytest.approx((1000 - 799) / 10, rel=0.05)
    assert max(np.diff(told[300:])) < 0
    assert [left_text(left) for left in (3.0, 12.0, 41.0, 75.0, 200.0)] == [
        "a few seconds left",
        "about 10 s left",
        "about 40 s left",
        "about 1 min left",
        "about 3 min left",
    ]


def test_the_time_left_goes_by_the_work_where_fits_differ():
    remaining = RemainingTime()
    # Nine of ten fits are done after a tenth of 100 s, a pass takes 10 ms.
    fits = [*np.linspace(0.1, 10.0, 90), *np.linspace(19.0, 100.0, 10)]
    told = [
        remaining.progress(elapsed_s, number + 1, 100, (100.0 * elapsed_s, 1e4 - 100.0 * elapsed_s)).left_s
        for number, elapsed_s in enumerate(fits)
    ]
    for number in (60, 89, 95):
        assert told[number] == pytest.approx(100.0 - fits[number], rel=0.02)


def test_a_stop_raises_the_flags_of_others_whichever_came_first():
    for is_late in (False, True):
        stop, flag = Stop(), np.zeros(1, dtype=np.uint8)
        if is_late:
            stop.request()
        stop.raise_too(flag)
        stop.request()
        assert flag[0] == 1
