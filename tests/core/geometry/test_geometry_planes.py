"""Planes of networks, balls, frames, contours, principal directions and the trio."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from plane_problems import LOSSES, many_inputs

from regdesk.core.geometry.contours import contour_lines
from regdesk.core.geometry.network_plane import NetworkPlane, WeightPlace
from regdesk.core.geometry.plane import PlaneFrame, PlaneGrid, Quadratic, contour_levels
from regdesk.core.geometry.principal_plane import HeldPlane, PrincipalPlane
from regdesk.core.geometry.tangency import Tangency
from regdesk.core.geometry.trio import Trio
from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.model.losses import LOGISTIC
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import ElasticNet, GroupLasso
from regdesk.core.model.penalty_ball import NormalCone, SinglePlanePenalty
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows
from regdesk.core.types import TrainSettings
from regdesk.core.weights.choice import first_to_enter, largest_weights

AXIS = np.linspace(-2.0, 2.0, 9)


def forward(network, parameters, inputs):
    rows = inputs
    for layer in range(network.n_layers):
        rows = rows @ network.weights(parameters, layer) + network.biases(parameters, layer)
        if layer < network.n_layers - 1:
            rows = np.tanh(rows) if network.activation == "tanh" else np.maximum(rows, 0.0)
    return rows


def of_network(loss, hidden, activation="tanh", dtype=np.float64, n_rows=300):
    inputs, targets = many_inputs(loss, n_rows=n_rows, n_inputs=5)
    network = Network((5, *hidden, 3 if loss == "softmax" else 1), activation)
    parameters = 0.6 * np.random.default_rng(2).normal(size=network.n_parameters)
    return network, parameters, inputs, targets, NetworkPlane(network, LOSSES[loss], inputs, targets, dtype)


@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
@pytest.mark.parametrize(
    ("hidden", "activation", "dtype", "tolerance"),
    [
        ((), "tanh", np.float64, 1e-13),
        ((6,), "relu", np.float64, 1e-13),
        ((5, 4, 3), "tanh", np.float64, 1e-13),
        ((7, 5), "relu", np.float32, 1e-5),
        ((16, 16), "tanh", np.float32, 1e-5),
    ],
)
def test_slices_of_networks_equal_brute_force(loss, hidden, activation, dtype, tolerance):
    network, parameters, inputs, targets, plane = of_network(loss, hidden, activation, dtype)
    kept = parameters.copy()
    weights = np.flatnonzero(network.is_weight)
    # One unit, two units of a layer, two layers both ways round, the last layer.
    n_units = network.sizes[1]
    pairs = [(0, n_units), (n_units + n_units // 2, 0), (weights[-1], weights[1]), (weights[0], weights[-1])]
    middle = int(weights[len(weights) // 2])
    pairs.append((middle, int(weights[-2])))
    for pair in pairs:
        pair = (int(pair[0]), int(pair[1]))
        grid = plane.slice(parameters, pair, AXIS, AXIS[:7])
        assert grid.values.shape == (7, 9)
        for row, column in ((0, 0), (3, 8), (6, 2)):
            moved = parameters.copy()
            moved[list(pair)] = AXIS[column], AXIS[row]
            brute = LOSSES[loss].values(forward(network, moved, inputs), targets).mean()
            assert grid.values[row, column] == pytest.approx(brute, rel=tolerance)
            assert plane.losses_at(moved[np.newaxis])[0] == pytest.approx(brute, rel=tolerance)
    np.testing.assert_array_equal(parameters, kept)


def test_a_slice_can_be_given_up_and_refuses_what_is_no_plane():
    network, parameters, _, _, plane = of_network("squared", (4,))
    assert plane.slice(parameters, (0, 1), AXIS, AXIS, should_stop=lambda: True) is None
    assert plane.losses_at(parameters[np.newaxis], should_stop=lambda: True) is None
    with pytest.raises(ValueError, match="two different"):
        plane.slice(parameters, (1, 1), AXIS, AXIS)
    bias = int(np.flatnonzero(~network.is_weight)[0])
    with pytest.raises(ValueError, match="no weight"):
        plane.slice(parameters, (0, bias), AXIS, AXIS)
    for position in np.flatnonzero(network.is_weight):
        assert WeightPlace.of(network, int(position)).position(network) == position
    assert WeightPlace.of(network, 5) == WeightPlace(0, 1, 1)


def penalties():
    weights = np.array([0.3, -0.4, 0.0, 0.5, 1.2, 0.7])
    grouped = GroupLasso(0.0, np.array([0, 2, 3, 6]))
    yield "l1", ElasticNet(0.0, 1.0).on_plane(weights, (0, 1)), 4
    yield "l2", ElasticNet(0.0, 0.0).on_plane(weights, (0, 1)), 0
    yield "elastic net", ElasticNet(0.0, 0.5).on_plane(weights, (0, 1)), 4
    yield "one group", grouped.on_plane(weights, (1, 0)), 0
    yield "one group, with others", grouped.on_plane(weights, (3, 5)), 0
    yield "two groups", grouped.on_plane(weights, (0, 4)), 0
    yield "two groups of one", GroupLasso(0.0, np.array([0, 1, 2])).on_plane(weights[:2], (0, 1)), 4


@pytest.mark.parametrize(("plane_penalty", "n_corners"), [(one[1], one[2]) for one in penalties()])
def test_the_ball_is_closed_lies_on_its_level_and_meets_the_axes_exactly(plane_penalty, n_corners):
    share = plane_penalty.value_at(np.array([0.3, -0.8]))
    ball = plane_penalty.ball(share)
    np.testing.assert_array_equal(ball[0], ball[-1])
    np.testing.assert_allclose(plane_penalty.values(ball[:, 0], ball[:, 1]), share, rtol=1e-12)
    on_axes = ball[:-1][(ball[:-1] == 0.0).any(axis=1)]
    assert len(on_axes) == 4
    cones = [plane_penalty.cone_at(point) for point in on_axes]
    assert sum(len(cone.edges()) == 2 for cone in cones) == n_corners
    assert plane_penalty.ball(-1.0).size == 0
    # The gradient of R away from axes is the cone there.
    point, step = np.array([0.3, -0.8]), 1e-6
    slope = [
        (plane_penalty.value_at(point + step * axis) - plane_penalty.value_at(point - step * axis)) / (2 * step)
        for axis in np.eye(2)
    ]
    np.testing.assert_allclose(plane_penalty.cone_at(point).low, slope, rtol=1e-8)
    np.testing.assert_array_equal(plane_penalty.cone_at(point).low, plane_penalty.cone_at(point).high)


def test_the_groups_part_of_the_budget_is_that_of_the_penalty_itself():
    weights = np.array([0.3, -0.4, 0.0, 0.5, 1.2, 0.7])
    grouped = GroupLasso(0.0, np.array([0, 2, 3, 6]))
    share = grouped.on_plane(weights, (0, 4)).value_at(weights[[0, 4]])
    assert share == pytest.approx(grouped.value(weights), rel=1e-14)
    shared = grouped.on_plane(weights, (3, 5)).value_at(weights[[3, 5]])
    assert shared == pytest.approx(grouped.value(np.array([0, 0, 0, 0.5, 1.2, 0.7])), rel=1e-14)


def test_the_cone_at_a_corner_holds_what_lies_between_its_edges():
    cone = SinglePlanePenalty(1.0, 0.0).cone_at(np.array([0.5, 0.0]))
    assert cone.cosine(np.array([1.0, 0.99])) == 1.0
    assert cone.cosine(np.array([1.0, -0.99])) == 1.0
    assert cone.cosine(np.array([0.0, 1.0])) == pytest.approx(np.sqrt(0.5))
    assert cone.cosine(np.array([-1.0, 0.0])) < 0.0
    touch = Tangency.at(np.array([0.5, 0.0]), np.array([-0.2, 0.15]), SinglePlanePenalty(1.0, 0.0), 0.2)
    assert touch.touches
    assert touch.residual == 0.0
    outside = Tangency.at(np.array([0.5, 0.0]), np.array([-0.2, 0.25]), SinglePlanePenalty(1.0, 0.0), 0.2)
    assert outside.residual == pytest.approx(0.05)
    assert SinglePlanePenalty(1.0, 0.0).cone_at(np.zeros(2)).is_everything
    assert np.isnan(NormalCone(np.zeros(2), np.zeros(2)).cosine(np.ones(2)))


def test_contours_lie_on_their_level_and_close():
    x, y = np.linspace(-2, 2, 61), np.linspace(-1, 3, 51)
    bowl = Quadratic(1.0, np.array([-0.5, -2.0]), np.array([[1.0, 0.3], [0.3, 2.0]]))
    grid = bowl.grid(x, y)
    lowest = bowl.value_at(bowl.minimum())
    (line,) = contour_lines(grid, [lowest + 0.4])
    np.testing.assert_array_equal(line[0], line[-1])
    np.testing.assert_allclose([grid.at(*point) for point in line], lowest + 0.4, rtol=1e-14)
    np.testing.assert_allclose([bowl.value_at(point) for point in line], lowest + 0.4, atol=5e-3)
    # The ellipse's area, by the shoelace: the line is whole and goes round once.
    area = 0.5 * abs(np.sum(line[:-1, 0] * line[1:, 1] - line[1:, 0] * line[:-1, 1]))
    assert area == pytest.approx(2 * np.pi * 0.4 / np.sqrt(np.linalg.det(bowl.curvature)), rel=5e-3)
    waves = PlaneGrid(x, y, np.cos(4 * y)[:, np.newaxis] * np.sin(3 * x)[np.newaxis, :])
    (pieces,) = contour_lines(waves, [0.3])
    is_gap = np.isnan(pieces[:, 0])
    assert is_gap.sum() >= 3
    np.testing.assert_allclose([waves.at(*point) for point in pieces[~is_gap]], 0.3, rtol=1e-12)
    assert [len(one) for one in contour_lines(grid, [lowest - 1.0, np.nan, np.inf])] == [0, 0, 0]
    holed = replace(grid, values=np.where(grid.values > 3.0, np.nan, grid.values))
    np.testing.assert_array_equal(contour_lines(holed, [lowest + 0.4])[0], line)


def test_levels_hold_still_and_a_frame_is_new_only_when_something_leaves_it():
    levels = contour_levels(0.2, 0.5)
    assert (np.diff(levels) > 0).all()
    assert levels[0] > 0.2
    assert levels[-1] > 0.5
    np.testing.assert_array_equal(levels, contour_levels(0.2, 0.45))
    points = np.array([[0.31, -0.12], [0.02, 0.4], [np.nan, 9.0]])
    frame = PlaneFrame.around(points)
    assert frame.contains(points)
    assert frame.right - frame.left == pytest.approx(frame.top - frame.bottom)
    assert frame.contains(np.zeros((1, 2)))
    assert frame.kept_or_new(0.95 * points) is frame
    away = np.vstack([points[:2], [[2.0, 0.0]]])
    assert not frame.contains(away)
    assert frame.kept_or_new(away).contains(away)
    assert frame.kept_or_new(0.01 * points) != frame
    # Half of the room is not left empty.
    half = frame.kept_or_new(0.5 * points)
    assert half.contains(0.5 * points)
    assert half.right - half.left <= 0.65 * (frame.right - frame.left)


def test_the_plane_of_a_trajectory_is_held_until_the_trail_leaves_it():
    generator = np.random.default_rng(4)
    steps = 0.02 * generator.normal(size=(60, 30))
    steps[:40, 0] += 0.1
    steps[20:40, 1] += 0.1
    steps[40:, 2] += 0.4
    course = np.cumsum(steps, axis=0)
    held = HeldPlane()
    first = held.of(1, course[:30])
    later = held.of(1, course[:40])
    np.testing.assert_array_equal(first.directions, later.directions)
    assert held.number == 1
    # The model lies in the plane, at the end of a trail that is measured from where it was.
    np.testing.assert_allclose(later.points(later.trail[-1:, 0], later.trail[-1:, 1])[0], course[39], atol=1e-12)
    np.testing.assert_allclose(later.trail[:30], first.trail, atol=1e-12)
    centred = course[:40] - course[:40].mean(axis=0)
    within = np.square(centred @ later.directions.T).sum() / np.square(centred).sum()
    assert later.held == pytest.approx(within, rel=1e-12)
    # A third direction takes the trail out of it.
    last = held.of(1, course)
    assert held.number == 2
    assert last.held > first.followed(course).held + 0.1
    np.testing.assert_array_equal(last.trail[-1], [0.0, 0.0])
    # Another run, or being asked, chooses anew.
    held.of(2, course[:30])
    assert held.number == 3
    held.release()
    held.of(2, course[:30])
    assert held.number == 4


def test_the_principal_plane_of_a_trajectory():
    generator = np.random.default_rng(0)
    plane_of = np.linalg.qr(generator.normal(size=(50, 2)))[0].T
    angles = np.linspace(0, 2.5, 30)
    trail = np.column_stack([5 * np.cos(angles), np.sin(angles)])
    statistics = generator.normal(size=50) + trail @ plane_of + 1e-3 * generator.normal(size=(30, 50))
    plane = PrincipalPlane.of(statistics)
    centred = statistics - statistics.mean(axis=0)
    values = np.linalg.svd(centred, compute_uv=False) ** 2
    np.testing.assert_allclose(plane.shares, values[:2] / values.sum(), rtol=1e-9)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(plane.trail[-1], 0.0, atol=1e-12)
    np.testing.assert_allclose(plane.project(statistics[:3]), plane.trail[:3], atol=1e-12)
    points = plane.points(AXIS, AXIS[:4])
    np.testing.assert_allclose(plane.project(points[9 + 2]), [AXIS[2], AXIS[1]], atol=1e-12)
    assert plane.frame().contains(plane.trail)
    assert PrincipalPlane.of(statistics[:2]) is Unavailable.FEW_MOMENTS
    assert PrincipalPlane.of(np.outer(np.arange(5.0), np.ones(4))) is Unavailable.NO_MOTION


@pytest.mark.parametrize(("hidden", "batch_size"), [((), 0), ((6, 4), 32)])
def test_the_trio_equals_three_separate_runs_bit_for_bit(hidden, batch_size):
    inputs, targets = many_inputs("logistic", n_rows=120, n_inputs=4)
    network = Network((4, *hidden, 1), "tanh")
    trio = Trio(network, LOGISTIC, inputs, targets, seed=7)
    settings = TrainSettings(lam=0.03, batch_size=batch_size)
    for n_steps in (1, 40, 9):
        trio.advance(settings, n_steps)
    assert trio.step == 50
    start = network.initial_parameters(7, LOGISTIC.null_outputs(targets))
    for model, kind in enumerate(("l1", "l2", "elastic-net")):
        ones = np.ones((1, len(targets)))
        rows = Rows(inputs[np.newaxis], targets[np.newaxis], ones, np.zeros_like(ones), [0])
        alone = Stack(network, LOGISTIC, rows, start[np.newaxis], [7], trio.parameters.dtype)
        alone.advance([replace(settings, penalty=kind)], 50)
        np.testing.assert_array_equal(trio.parameters[model], alone.parameters[0])
        assert trio.losses()[model] == alone.losses()[0, 0]
    assert len({trio.parameters[model].tobytes() for model in range(3)}) == 3
    assert trio.has_diverged == (False, False, False)


def test_the_two_weights_that_matter_most():
    path = np.array([[0, 0, 0, 0], [0, 0.1, 0, 0], [0, 0.2, 0, -0.1], [0.9, 0.3, 0.0, -0.2]])
    assert first_to_enter(path) == (1, 3)
    assert first_to_enter(path[:2]) == (1, 0)
    with pytest.raises(ValueError, match="two weights"):
        first_to_enter(path[:, :1])
    network = Network((2, 2, 1), "tanh")
    parameters = np.zeros(network.n_parameters)
    network.weights(parameters, 0)[:] = [[0.1, 3.0], [-2.0, 0.5]]
    network.weights(parameters, 1)[:] = [[1.0], [0.01]]
    assert largest_weights(network, parameters) == (2, 0)
