"""The axes of the history: when each widens, comes down and begins anew, from courses in closed form."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from canned import history

from regdesk.core.run.history import HistoryColumns
from regdesk.views.history.loss_axis import LossAxis
from regdesk.views.history.loss_scale import LEAST_LOSS, LossScale
from regdesk.views.history.outside import losses_outside
from regdesk.views.history.ranges import SETTLED_SHARE, HistoryRanges
from regdesk.views.plots.following_range import PATIENCE, FollowingRange, Patience

N_ROWS = 101


def course(losses: Any, last: float = 50.0, **columns: Any) -> HistoryColumns:
    """``losses`` of training and, a little higher, of validation over epochs from 0 to ``last``."""
    values = np.broadcast_to(np.asarray(losses, float), N_ROWS)
    return history(
        np.linspace(0.0, last, N_ROWS), train_loss=values, validation_loss=1.01 * values, **{"lam": 0.0, **columns}
    )


class Axes:
    """Ranges that are shown frames of ``course``."""

    def __init__(self) -> None:
        self.ranges = HistoryRanges()

    def widen(
        self,
        found: HistoryColumns,
        stretch: tuple[float, float] | None = None,
        place: float = -6.0,
        smoothing: float = 0.0,
        n_frames: int = 1,
    ) -> bool:
        frame: Any = SimpleNamespace(history=found, stretch=stretch)
        return self.ranges.widen(frame, np.array([place]), smoothing, n_frames)

    @property
    def top(self) -> float:
        return self.ranges.scale.top.top


@pytest.fixture
def axes() -> Axes:
    return Axes()


def test_they_stand_still_until_something_leaves_them(axes: Axes) -> None:
    assert (axes.ranges.epochs, axes.top, axes.ranges.lambdas) == ((0.0, 100.0), 1.0, (-6.0 - 0.12 * 7.0, 1.3))
    assert not axes.widen(course(0.8))
    assert axes.widen(course(1.7))
    assert axes.top == 2.0
    assert axes.widen(course(1.7, last=101.0))
    assert axes.ranges.epochs == (0.0, 200.0)
    assert not axes.widen(course(1.7, last=200.0))
    assert not axes.widen(course(1.7, last=200.0), place=1.0)
    assert axes.widen(course(1.7, last=200.0), place=1.2)
    assert axes.ranges.lambdas == (-6.0 - 0.12 * 8.0, 2.3)
    axes.ranges.reset()
    assert (axes.ranges.epochs, axes.top, axes.ranges.lambdas[1]) == ((0.0, 100.0), 1.0, 1.3)


def test_the_first_fall_may_run_off_the_top_once_it_is_a_small_part(axes: Axes) -> None:
    """Losses of 9 in the first 4 epochs of an axis that ends at 100."""
    high = np.where(np.linspace(0.0, 50.0, N_ROWS) <= SETTLED_SHARE * 100.0, 9.0, 0.5)
    assert not axes.widen(course(high))
    assert axes.top == 1.0
    assert axes.widen(course(np.full(N_ROWS, 9.0), last=SETTLED_SHARE * 100.0)), "before that it is all there is"
    assert axes.top == 10.0
    later = Axes()
    high[-1] = 9.0
    assert later.widen(course(high))
    assert later.top == 10.0


def test_a_new_time_axis_takes_the_fall_off_the_scale(axes: Axes) -> None:
    axes.widen(course(8.0, last=60.0))
    assert axes.top == 10.0
    falls = np.where(np.linspace(0.0, 101.0, N_ROWS) <= SETTLED_SHARE * 200.0, 9.0, 0.4)
    assert axes.widen(course(falls, last=101.0))
    assert axes.top == 0.5, "1.2 times 0.404, in steps of 1, 2 and 5"


def test_a_stretch_of_time_has_its_own_losses(axes: Axes) -> None:
    falls = np.linspace(9.0, 0.1, N_ROWS)
    axes.widen(course(falls))
    assert axes.top == 10.0
    assert axes.widen(course(falls), stretch=(40.0, 50.0))
    assert axes.ranges.epochs == (40.0, 50.0)
    at_40 = 1.01 * float(np.interp(40.0, np.linspace(0.0, 50.0, N_ROWS), falls))
    assert 1.2 * at_40 <= axes.top == 5.0
    assert not axes.widen(course(falls), stretch=(40.0, 50.0))
    assert axes.widen(course(falls)), "all of it again"
    assert axes.ranges.epochs == (0.0, 100.0)
    begun = Axes()
    early = np.where(np.linspace(0.0, 50.0, N_ROWS) <= SETTLED_SHARE * 50.0, 9.0, 0.1)
    assert begun.widen(course(early), stretch=(0.0, 50.0))
    assert begun.top == 0.2, "from the beginning the fall is left out"


def test_a_model_that_was_solved_begins_anew(axes: Axes) -> None:
    """Two rows at one epoch: the initial weights, and the answer."""
    found = history(np.array([0.0, 0.0]), train_loss=np.array([90.0, 0.3]), validation_loss=np.array([90.0, 0.35]))
    assert axes.widen(found)
    assert axes.top == 0.5, "1.2 times 0.35"
    assert not axes.widen(found)
    zero = history(np.array([0.0, 0.0]), train_loss=np.array([90.0, 0.0]), validation_loss=np.array([90.0, 0.0]))
    assert not Axes().widen(zero)
    alone = history(np.array([0.0]), train_loss=np.array([90.0]), validation_loss=np.array([90.0]))
    axes.widen(alone)
    assert axes.top == 100.0, "one row is no jump"


def test_it_comes_down_when_it_has_been_empty_for_a_while(axes: Axes) -> None:
    axes.widen(course(8.0))
    falls = course(np.where(np.linspace(0.0, 50.0, N_ROWS) < 24.9, 8.0, 0.5))
    n_frames = 0
    while not axes.widen(falls):
        n_frames += 1
        assert n_frames < 2 * PATIENCE
    assert n_frames == PATIENCE - 1
    assert axes.top == 1.0, "1.2 times the 0.505 of the later half"
    assert not axes.widen(falls), "what was higher before stays cut off"
    axes.ranges.fit(falls)
    assert axes.top == 10.0


@pytest.mark.parametrize(("n_high", "comes_down"), [(0, True), (18, True), (24, False)])
def test_short_spikes_do_not_hold_it_up(axes: Axes, n_high: int, comes_down: bool) -> None:
    """Of 100 steps of time, spikes in the later half."""
    losses = np.full(N_ROWS, 0.5)
    axes.widen(course(8.0))
    losses[60 : 60 + n_high] = 8.0
    assert axes.widen(course(losses), n_frames=PATIENCE) is comes_down
    assert axes.top == (1.0 if comes_down else 10.0)


def test_a_spike_that_has_not_ended_holds_it_up(axes: Axes) -> None:
    losses = np.full(N_ROWS, 0.5)
    losses[-1] = 8.0
    axes.widen(course(8.0))
    assert not axes.widen(course(losses), n_frames=10 * PATIENCE)


def test_a_penalty_within_the_axis_fills_it_and_one_beyond_does_not(axes: Axes) -> None:
    axes.widen(course(8.0))
    assert not axes.widen(course(0.5, lam=2.0, penalty_value=3.0), n_frames=PATIENCE), "6 of 10"
    assert axes.widen(course(0.5, lam=2.0, penalty_value=6.0), n_frames=PATIENCE), "12 of 10"


def test_the_frozen_course_is_compared_on_one_axis(axes: Axes) -> None:
    axes.widen(course(8.0))
    axes.ranges.ghost = course(0.1)
    assert not axes.widen(course(0.5), n_frames=10 * PATIENCE)
    axes.ranges.ghost = course(np.where(np.linspace(0.0, 150.0, N_ROWS) <= 8.0, 90.0, 30.0), last=150.0)
    axes.ranges.reset()
    assert (axes.ranges.epochs, axes.top) == ((0.0, 200.0), 50.0), "without its first fall"


@pytest.mark.parametrize(("penalty", "top"), [(0.0, 1.0), (1.0, 2.0), (1.51, 2.0), (1.6, 1.0)])
def test_fitted_axes_leave_out_the_fall_and_a_penalty_that_flattens_the_losses(
    axes: Axes, penalty: float, top: float
) -> None:
    """Losses of 0.5 and 0.505 from epoch 2 of 50 on; up to three times as much the penalty has a part."""
    falls = np.where(np.linspace(0.0, 50.0, N_ROWS) <= SETTLED_SHARE * 50.0, 9.0, 0.5)
    found = course(falls, lam=1.0, penalty_value=penalty)
    axes.widen(course(9.0))
    axes.ranges.fit(found)
    assert axes.top == top
    assert not axes.widen(found), "the fall does not widen it again"
    empty = HistoryRanges()
    empty.fit(course(0.0))
    assert empty.scale.top.top == 1.0


def test_what_is_drawn_are_averages_over_a_share_of_the_axis(axes: Axes) -> None:
    steps = np.where(np.arange(N_ROWS) % 2, 1.0, 0.2)
    axes.widen(course(steps))
    np.testing.assert_array_equal(axes.ranges.drawn[0], steps)
    axes.widen(course(steps), smoothing=0.1)
    train, validation = axes.ranges.drawn
    np.testing.assert_allclose(validation, 1.01 * train)
    # In the long run a memory of 10 epochs, in rows half an epoch apart.
    gain = -math.expm1(-0.5 / 10.0)
    assert train[-1] - train[-2] == pytest.approx(gain * (steps[-1] - train[-2]))
    axes.widen(course(steps), stretch=(30.0, 50.0), smoothing=0.1)
    gain = -math.expm1(-0.5 / 2.0)
    train = axes.ranges.drawn[0]
    assert train[-1] - train[-2] == pytest.approx(gain * (steps[-1] - train[-2])), "a share of what is shown"


def test_patience_is_of_frames_in_a_row() -> None:
    patience = Patience(3)
    assert [patience.is_over(is_so) for is_so in (True, True, False, True, True, True, True)] == [False] * 5 + [
        True,
        False,
    ]
    assert [patience.is_over(True, n_frames) for n_frames in (1, 1)] == [False, True]
    patience.begin_again()
    assert [patience.is_over(True, 2) for _ in range(3)] == [False, True, False]


def test_a_following_range_grows_at_once_and_falls_late() -> None:
    found = FollowingRange(10.0)
    assert found.follow(12.0)
    assert found.top == 20.0
    assert not found.follow(20.0 / 3.0, n_frames=PATIENCE), "a third of it is enough"
    assert not found.follow(6.6, n_frames=PATIENCE - 1)
    assert found.follow(6.6)
    assert found.top == 10.0, "1.2 × 6.6"
    assert found.follow(0.1, least=3.0, n_frames=PATIENCE)
    assert found.top == 5.0
    assert not found.follow(math.nan, n_frames=PATIENCE)
    assert not found.follow(0.0, n_frames=PATIENCE)
    found.follow(0.1, n_frames=PATIENCE - 1)
    assert found.follow(7.0)
    assert not found.follow(0.1), "what has grown is looked at anew"
    found.reset()
    assert found.top == 10.0
    found.reset(3.0)
    assert found.top == 5.0


def test_the_scale_of_losses_is_linear_or_of_decades() -> None:
    scale = LossScale()
    assert (scale.range, scale.ends) == ((0.0, 1.0), (0.0, 1.0))
    assert not scale.include(0.9, 0.03)
    scale.is_log = True
    assert scale.range == (math.log10(0.02), 0.0)
    assert scale.ends == pytest.approx((0.02, 1.0))
    assert scale.include(0.9, 0.004)
    assert not scale.include(0.9, 0.004)
    assert not scale.include(0.9, LEAST_LOSS)
    assert not scale.include(0.9, math.inf)
    assert scale.ends == pytest.approx((0.002, 1.0))
    scale.refit(0.0004, 0.0003)
    assert scale.ends == pytest.approx((0.00005, 0.0005)), "a decade at least"
    scale.refit(3.0, math.inf)
    assert scale.ends == pytest.approx((0.1, 5.0))
    places = scale.position(np.array([10.0, 0.0, -1.0, 1e-30]))
    np.testing.assert_allclose(places, [1.0, math.nan, math.nan, math.log10(LEAST_LOSS)])
    scale.reset()
    assert scale.ends == pytest.approx((0.1, 1.0))
    scale.is_log = False
    values = np.array([0.0, 2.0])
    assert scale.position(values) is values


@pytest.mark.parametrize(
    ("ends", "length_px", "texts"),
    [
        ((-2.0, 0.0), 400.0, ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]),
        ((-3.0, 0.0), 144.0, ["10⁻³", "0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]),
        ((-3.0, 0.0), 143.0, ["10⁻³", "0.01", "0.1", "1"]),
        ((-3.2, 0.1), 400.0, ["10⁻³", "0.01", "0.1", "1"]),
        ((-8.0, 0.0), 64.0, ["10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01", "1"]),
        ((-8.0, 0.0), 16.0, ["10⁻⁵", "1"]),
        ((-9.0, 0.0), 48.0, ["10⁻⁹", "10⁻⁶", "10⁻³", "1"]),
        ((4.0, 6.0), 400.0, ["10⁴", "20k", "50k", "10⁵", "200k", "500k", "10⁶"]),
    ],
)
def test_numbers_beside_decades(qtbot: Any, ends: tuple[float, float], length_px: float, texts: list[str]) -> None:
    scale = LossScale()
    axis = LossAxis(scale)
    assert axis.tickStrings([0.5], 1.0, 0.5) == ["0.5"]
    scale.is_log = True
    (named_every, named), (other_every, others) = axis.tickValues(*ends, length_px)
    assert (named_every, other_every) == (1.0, 0.1)
    assert axis.tickStrings(sorted(named), 1.0, named_every) == texts
    assert set(axis.tickStrings(others, 1.0, other_every)) <= {""}
    is_fine = len(named) > 0 and max(np.diff(sorted(named))) <= 1.0
    wanted = [k + math.log10(d) for k in range(-9, 7) for d in range(2, 10) if ends[0] <= k + math.log10(d) <= ends[1]]
    np.testing.assert_allclose(sorted(others), wanted if is_fine else [])


def test_what_the_axis_does_not_reach_is_marked_once_a_curve_the_present_first() -> None:
    epochs = np.arange(10.0)
    past = np.array([9.0, 7.0, 8.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    present = np.array([1.0, 30.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 6.0, 5.1])
    low = np.array([0.0, 0.2, 0.05, 0.4, 1.0, 1.0, 1.0, math.nan, 1.0, 0.5])
    curves = [(past, "#111111"), (present, "#222222"), (low, "#333333")]
    found = losses_outside(epochs, curves, (0.0, 9.0), (0.5, 5.0))
    assert [(one.x, one.text, one.colour, one.is_above) for one in found] == [
        (9.0, "5.10", "#222222", True), (0.0, "9.00", "#111111", True), (2.0, "0.0500", "#333333", False),
    ]  # fmt: skip
    seen = losses_outside(epochs, curves, (1.0, 2.0), (0.5, 5.0))
    assert [(one.x, one.is_above) for one in seen] == [(2.0, True), (1.0, True), (2.0, False)]
    assert losses_outside(epochs, curves, (3.0, 7.0), (0.4, 5.0)) == []
    assert losses_outside(epochs, [(past, "#111111")], (0.0, 9.0), (0.0, 9.0)) == [], "at the very end"
