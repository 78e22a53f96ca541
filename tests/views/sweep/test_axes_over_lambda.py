"""The axes over λ by themselves: how far they reach, when they come back, and what lies outside them."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QFontMetrics

from regdesk.core.run.live_trail import TrailColumns
from regdesk.views.kit import theme
from regdesk.views.path.axes import PathTicks
from regdesk.views.plots.axes import EPOCH_GAP_PX, EpochAxis
from regdesk.views.plots.axes import LambdaAxis as UprightAxis
from regdesk.views.plots.following_range import PATIENCE
from regdesk.views.plots.scales import OFF_POSITION
from regdesk.views.sweep.axes import LambdaRange, LambdaTicks, LossRange
from regdesk.views.sweep.lambda_axis import LambdaAxis, lambdas_outside
from regdesk.views.sweep.loss_axis import LossAxis
from regdesk.views.sweep.loss_follower import FAR, N_FRAMES_OUTSIDE, LossFollower, losses_outside, present_losses

NAN = math.nan


def sweep(first: float = 1.0, last: float = 0.01, is_done: bool = True, highest: float = 2.0) -> Any:
    """Three λ, the losses of training from 1 and of validation up to ``highest``."""
    lambdas = np.array([first, math.sqrt(first * last), last])
    return SimpleNamespace(
        network=None, lambdas=lambdas, n_lambdas=3, is_done=is_done, train_loss=np.array([1.5, 1.2, 1.0]),
        validation_loss=np.array([highest, 1.5, 1.4]), validation_se=np.array([0.0, 0.0, NAN]),
    )  # fmt: skip


def trail(*rows: tuple[float, float, float]) -> TrailColumns:
    """λ, training and validation loss of each, by ascending λ."""
    columns = np.array(rows, dtype=float).reshape(-1, 3)
    return TrailColumns(columns[:, 0], columns[:, 1], columns[:, 2])


def ends(axis: LambdaRange) -> tuple[float, float]:
    return axis.lowest, axis.highest


def test_it_reaches_lambda_at_once_and_comes_back_after_a_while() -> None:
    axis, curve = LambdaAxis(), sweep()
    axis.show_sweep(curve, 0.1, True)
    assert ends(axis) == (-2.0, 0.0)
    here = trail((0.1, 1.0, 1.0))
    assert axis.follow(here, 30.0, curve, (), 1)
    assert ends(axis) == (-2.0, 1.5)
    assert not axis.follow(here, 30.0, curve, (), 1)
    assert not axis.follow(here, 1000.0, curve, (), 1), "beside a sweep, a λ far from it lies outside"
    assert not axis.contains(1000.0)
    axis.fit(here, 30.0, curve, (), False)
    assert not axis.follow(here, 0.1, curve, (), PATIENCE - 1)
    assert axis.follow(here, 0.1, curve, (), 1)
    assert ends(axis) == (-2.0, 0.0)
    assert axis.follow(here, 5.0, curve, (), 1)
    assert not axis.follow(here, 0.1, curve, (), 2 * PATIENCE), "it takes more than two thirds of the axis"
    axis.follow(here, 30.0, curve, (), 1)
    axis.follow(here, 0.1, curve, (), PATIENCE - 1)
    axis.hold_still()
    assert not axis.follow(here, 0.1, curve, (), PATIENCE - 1)
    assert axis.follow(here, 0.1, curve, (0.001,), 1), "a demonstration has been there"
    assert not LambdaAxis().follow(trail(), 0.1, None, (), 9 * PATIENCE)


def test_what_was_visited_far_from_a_sweep_is_seen_on_request() -> None:
    axis, curve = LambdaAxis(), sweep()
    far = trail((1e-9, 1.0, 2.0), (1e-3, 1.0, 1.0), (0.1, 1.0, 1.0), (1e6, 3.0, NAN))
    axis.show_sweep(curve, 0.1, True)
    axis.follow(far, 0.1, curve, (), 1)
    assert ends(axis) == (-3.0, 0.0), "a decade and a half beside it is near"
    assert [axis.contains(lam) for lam in (0.0, 1e-3, 1.0, 9e-4, 1.1)] == [True, True, True, False, False]
    left, right = sorted(lambdas_outside(far, axis, (-4.0, 0.5), 0.1), key=lambda one: one.x)
    assert (left.x, left.text, left.beside, left.y) == (-4.0, "λ 10⁻⁹", -1, 2.0)
    assert (right.x, right.text, right.beside, right.y) == (0.5, "λ 10⁶", 1, 3.0)
    assert left.colour == theme.colours().validation
    assert lambdas_outside(None, axis, (-4.0, 0.5), 0.1) == []
    assert [one.beside for one in lambdas_outside(trail((2e6, NAN, NAN), (3e6, NAN, NAN)), axis, (-4.0, 0.5), 0.1)] == [
        1
    ]
    assert lambdas_outside(trail((2e6, NAN, NAN)), axis, (-4.0, 0.5), 0.1)[0].text == "λ 2e6"
    assert lambdas_outside(trail((2e6, NAN, NAN)), axis, (-4.0, 0.5), 2e6)[0].text == "", "its line has its number"
    axis.fit(far, 0.1, curve, (), True)
    assert ends(axis) == (-9.0, 6.0)
    assert not axis.follow(far, 0.1, curve, (), 9 * PATIENCE), "asked for"
    axis.fit(far, 0.1, curve, (), True)
    assert ends(axis) == (-3.0, 0.0), "who sees all sees what is near"
    axis.fit(far, 0.1, curve, (30.0,), False)
    assert ends(axis) == (-3.0, 1.5)
    axis.fit(far, 0.1, curve, (), True)
    axis.begin_run(curve, 5.0)
    assert ends(axis) == (-2.0, 1.0)
    axis.fit(far, 0.1, None, (), False)
    assert ends(axis) == (-9.0, 6.0), "without a sweep all of it"
    axis.fit(None, 0.0, None, (), False)
    assert ends(axis) == (-9.0, 6.0), "nothing is to be seen"
    axis.show_sweep(sweep(last=0.001), 0.1, False)
    assert ends(axis) == (-3.0, 0.0)
    axis.include(1e5)
    axis.show_sweep(sweep(last=0.001), 0.1, False)
    assert ends(axis) == (-3.0, 5.0), "the same sweep goes on"


def test_a_place_is_a_lambda_and_zero_has_its_own() -> None:
    axis = LambdaRange()
    axis.reset([0.0, 0.03, 20.0])
    assert (ends(axis), axis.off) == ((-2.0, 1.5), -2.7)
    assert axis.ends == pytest.approx((-3.0, 1.7))
    np.testing.assert_allclose(axis.positions(np.array([0.0, 0.1, 10.0])), [-2.7, -1.0, 1.0])
    assert [axis.position(lam) for lam in (0.0, 0.1)] == [-2.7, -1.0]
    assert [axis.lam_at(place) for place in (-2.7, -2.36, -2.34, 0.0, 9.0)] == [0.0, 0.0, 0.01, 1.0, 50.1]
    assert not axis.include(0.0)
    assert not axis.include(0.01)
    assert axis.include(0.0099)
    axis.reset([0.0])
    assert ends(axis) == (-4.0, 1.0)


def test_a_loss_that_stays_outside_has_the_axis_follow() -> None:
    losses, follower = LossRange(), LossFollower()
    losses.reset(0.8)
    assert losses.top == 1.0
    ask = follower.new_highest
    assert ask(losses, 0.8, 1.0, 0.0, 9 * N_FRAMES_OUTSIDE) is None, "at the very end"
    assert ask(losses, 0.8, 1.1, 0.0, N_FRAMES_OUTSIDE - 1) is None
    assert ask(losses, 0.8, 1.1, 0.0) == 1.1
    assert ask(losses, 0.02, FAR * 0.02, 0.0, PATIENCE - 1) is None
    follower.begin_again()
    assert ask(losses, 0.02, FAR * 0.02 + 0.1, 0.0, 3 * PATIENCE) == 0.02, "what has run away stays outside"
    assert ask(losses, 0.02, 1.5, 0.05, N_FRAMES_OUTSIDE) == 1.5, "as losses have been"
    follower.begin_again()
    assert ask(losses, 0.2, 0.3, 0.0, PATIENCE) == 0.3
    assert ask(losses, 0.2, 1.0 / 3.0 + 1e-9, 0.0, 9 * PATIENCE) is None
    assert ask(losses, 0.0, 0.0, 0.0, 9 * PATIENCE) is None
    losses.fit(4.0, 5.0)
    bottom, top = losses.bottom, losses.top
    assert ask(losses, bottom + 0.3 * (top - bottom), 0.0, 0.0, PATIENCE) == bottom + 0.3 * (top - bottom)
    assert ask(losses, 0.0, NAN, 0.0, 9 * PATIENCE) is None


@pytest.mark.parametrize(
    ("lam", "found"),
    [(0.1, (1.0, 2.0)), (1.0, (3.0, 3.0)), (10.0, (math.inf, 0.0)), (0.5, (math.inf, 0.0)), (5.0, (math.inf, 0.0))],
)
def test_the_present_losses_are_those_at_lambda(lam: float, found: tuple[float, float]) -> None:
    assert present_losses(trail((0.1, 2.0, 1.0), (1.0, 3.0, NAN), (5.0, NAN, NAN)), lam) == found


def test_losses_above_the_axis_are_marked_the_present_first() -> None:
    axis = LambdaAxis()
    axis.reset([0.01, 1.0])
    where = trail((0.1, 9.0, 5.0), (1.0, 4.0, 6.0), (99.0, 7.0, 7.0))
    found = losses_outside(where, 1.0, None, axis, 5.0)
    assert [(one.x, one.text) for one in found] == [(0.0, "6.00"), (-1.0, "9.00")]
    assert [one.colour for one in found] == [theme.colours().validation, theme.colours().training]
    way = SimpleNamespace(
        lambdas=np.array([0.01, 0.1, 1.0]),
        train_loss=np.array([8.0, 9.5, 5.0]),
        validation_loss=np.array([1.0, 1.0, 1.0]),
    )
    empty = SimpleNamespace(lambdas=np.empty(0), train_loss=np.empty(0), validation_loss=np.empty(0))
    both: Any = SimpleNamespace(up=way, down=empty)
    assert [(one.x, one.text) for one in losses_outside(None, 1.0, both, axis, 5.0)] == [(-1.0, "9.50")]


def loss_axis() -> LossAxis:
    return LossAxis(lambda curve: float(np.nanmax(curve.validation_loss)))


def test_a_sweep_that_has_ended_has_an_axis_of_its_own() -> None:
    axis = loss_axis()
    axis.fit_curve(sweep(is_done=False))
    assert (axis.bottom, axis.top) == (0.0, 2.5)
    axis.fit_curve(sweep())
    assert (axis.bottom, axis.top) == pytest.approx((0.9, 2.4)), "eighths in steps of 0.15: from 1 less half a step"
    axis.begin_run(sweep())
    assert axis.top == pytest.approx(2.4)
    axis.begin_run(None)
    assert (axis.bottom, axis.top) == (0.0, 1.0)


def test_a_live_model_makes_room_for_itself_unless_it_diverges() -> None:
    axis = loss_axis()
    assert axis.include_trail(trail((0.1, 3.0, 4.0)), 0.1, None, 0.0, 1)
    assert (axis.bottom, axis.top) == (0.0, 5.0)
    assert not axis.include_trail(trail((0.1, 3.0, 8.1)), 0.1, None, 0.0, 1), "more than twice what it began with"
    assert axis.include_trail(trail((0.1, 3.0, 8.0)), 0.1, None, 0.0, 1)
    assert axis.top == 10.0
    axis.begin_run(sweep())
    assert axis.include_trail(trail((0.1, 0.5, 1.0)), 0.1, sweep(), 0.0, 1)
    assert axis.bottom == pytest.approx(0.3), "0.5 less half a step of 0.15"
    running = sweep(is_done=False)
    assert not axis.include_trail(trail((0.1, 30.0, 30.0)), 0.1, running, 0.0, 9 * N_FRAMES_OUTSIDE)
    assert axis.include_trail(trail((0.1, 30.0, 30.0)), 0.1, sweep(), 0.0, N_FRAMES_OUTSIDE)
    assert axis.top > 30.0


@pytest.mark.parametrize(
    ("curve", "up_down", "expected"),
    [
        (None, 0.0, (0.0, 5.0)), (None, 30.0, (0.0, 40.0)), (sweep(), 0.0, (0.75, 3.75)),
        (sweep(is_done=False), 0.0, (0.0, 4.0)),
    ],
)  # fmt: skip
def test_fitted_it_holds_all_that_is_to_be_seen(curve: Any, up_down: float, expected: tuple[float, float]) -> None:
    axis = loss_axis()
    axis.fit_all(trail((0.01, 4.0, 4.0), (0.1, 2.0, 3.0)), 0.1, curve, up_down)
    assert (axis.bottom, axis.top) == pytest.approx(expected)
    other = loss_axis()
    other.fit_all(None, 0.1, None, 0.0)
    other.fit_all(None, 0.1, None, math.inf)
    assert other.top == 1.0


@pytest.mark.parametrize(
    ("low", "high", "width_px", "texts"),
    [
        (-4.0, 1.0, 900.0, ["off", "10⁻⁴", "10⁻³", "0.01", "0.1", "1", "10"]),
        (-4.0, 1.0, 240.0, ["off", "10⁻³", "0.01", "0.1", "1", "10"]),
        (-4.0, 1.0, 120.0, ["off", "0.01", "1"]),
    ],
)
def test_numbers_under_a_sweep(qtbot: Any, low: float, high: float, width_px: float, texts: list[str]) -> None:
    lambdas = LambdaRange()
    lambdas.lowest, lambdas.highest = low, high
    axis = LambdaTicks(lambdas)
    ((_, places),) = axis.tickValues(*lambdas.ends, width_px)
    assert axis.tickStrings(places, 1.0, 1.0) == texts
    ((_, fine),) = axis.tickValues(-1.0, 0.2, 500.0)
    assert axis.tickStrings(fine, 1.0, 1.0) == ["off", "0.1", "0.2", "0.5", "1"]


@pytest.mark.parametrize(
    ("ends", "seen", "width_px", "texts"),
    [
        ((-4.0, 0.0), (-4.0, 0.0), 400.0, ["10⁻⁴", "10⁻³", "0.01", "0.1", "1"]),
        ((-4.0, 0.0), (-4.0, 0.0), 100.0, ["10⁻⁴", "0.01", "1"]),
        ((-3.99, 0.0), (-4.0, 0.0), 400.0, ["10⁻⁴", "10⁻³", "0.01", "0.1", "1"]),
        ((-4.0, 0.0), (-1.0, 0.2), 400.0, ["0.1", "0.2", "0.5", "1"]),
        ((-9.0, 0.0), (-9.0, 0.0), 176.0, ["10⁻⁹", "10⁻⁶", "10⁻³", "1"]),
    ],
)
def test_numbers_under_a_path(
    qtbot: Any, ends: tuple[float, float], seen: tuple[float, float], width_px: float, texts: list[str]
) -> None:
    axis = PathTicks()
    axis.show_axis(True, ends)
    ((_, places),) = axis.tickValues(*seen, width_px)
    assert axis.tickStrings(places, 1.0, 1.0) == texts
    axis.show_axis(False, (0.0, 7.0))
    ((step, numbers),) = axis.tickValues(0.0, 8.0, 34.0 * 8)
    assert (step, numbers) == (1.0, [0, 1, 2, 3, 4, 5, 6, 7])


@pytest.mark.parametrize(
    ("top", "height_px", "texts"),
    [
        (2.0, 200.0, ["off", "10⁻⁵", "10⁻⁴", "10⁻³", "0.01", "0.1", "1", "10", "100"]),
        (2.0, 100.0, ["off", "10⁻⁴", "0.01", "1", "100"]),
        (2.0, 45.0, ["off", "0.01", "100"]),
        (2.0, 30.0, ["off", "100"]),
        (9.0, 60.0, ["off", "1", "10⁸"]),
    ],
)
def test_numbers_beside_lambda(qtbot: Any, top: float, height_px: float, texts: list[str]) -> None:
    axis = UprightAxis("left")
    ((_, places),) = axis.tickValues(OFF_POSITION - 0.3, top, height_px)
    assert axis.tickStrings(places, 1.0, 1.0) == texts


@pytest.mark.parametrize(("widths", "spacing"), [(2.49, 50.0), (2.51, 40.0), (4.0, 40.0), (20.0, 20.0)])
def test_epochs_stand_as_far_apart_as_their_numbers_need(qtbot: Any, widths: float, spacing: float) -> None:
    """In a plot that is so many times as wide as a number with what is free beside it."""
    axis = EpochAxis("bottom")
    number_px = QFontMetrics(axis.font()).horizontalAdvance("100") + EPOCH_GAP_PX
    assert axis.tickSpacing(0.0, 100.0, widths * number_px)[0] == (spacing, 0)
    axis.setRange(0.0, 100.0)
    assert axis.tickStrings([50.0], 1.0, 50.0) == ["50"], "one alone is written in any room"
    assert axis.tickStrings([1500.0, 0.5], 1.0, 60.0) == ["1,500", "0"]
