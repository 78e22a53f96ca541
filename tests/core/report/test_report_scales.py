"""Axes of pictures for print: round ticks, ranges with some room, labels apart, letters as wide as their kind."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.report import drawing


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0.0, 7.0, [0, 1, 2, 3, 4, 5, 6, 7]), (0.0, 7.1, [0, 2, 4, 6]),
        (-0.3, 0.35, [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]),
        (1.0, 36.0, [5, 10, 15, 20, 25, 30, 35]), (0.0, 71.0, [0, 20, 40, 60]),
    ],
)  # fmt: skip
def test_ticks_are_round_and_few(low: float, high: float, ticks: list[float]) -> None:
    assert drawing.Scale(low, high, 0.0, 100.0).ticks == pytest.approx(ticks)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0.01, 100.0, [0.01, 0.1, 1, 10, 100]), (0.011, 99.0, [0.1, 1, 10]), (2.0, 30.0, [2.0, 30.0]),
        (1e-4, 1e3, [1e-4, 1e-2, 1, 1e2]), (1e-3, 1e3, [1e-3, 1e-2, 0.1, 1, 10, 100, 1000]),
    ],
)  # fmt: skip
def test_ticks_of_decades(low: float, high: float, ticks: list[float]) -> None:
    assert drawing.Scale(low, high, 0.0, 100.0, is_log=True).ticks == pytest.approx(ticks)


def test_a_range_has_room_and_is_never_of_no_width() -> None:
    range_of = drawing.range_of
    assert range_of([np.array([1.0, 3.0, np.nan, np.inf])]) == pytest.approx((0.9, 3.1))
    assert range_of([np.array([1.0]), np.array([3.0])], True, room=0.1) == pytest.approx((-0.3, 3.3))
    assert range_of([np.array([2.0, 2.0])]) == pytest.approx((1.9, 2.1))
    assert range_of([np.array([])]) == pytest.approx((-0.05, 0.05))
    assert range_of([np.array([-1e308, 1e308])]) == (-1e307, 1e307)


@pytest.mark.parametrize(
    ("places", "apart"),
    [
        ([50.0, 10.0], [50.0, 10.0]), ([50.0, 50.0], [50.0, 64.0]), ([95.0, 99.0], [86.0, 100.0]),
        ([-5.0, 3.0], [0.0, 14.0]), ([60.0, 30.0, 31.0], [60.0, 30.0, 44.0]),
    ],
)  # fmt: skip
def test_labels_stand_apart(places: list[float], apart: list[float]) -> None:
    assert drawing.apart(places, 0.0, 100.0) == apart


@pytest.mark.parametrize(
    ("letters", "width"),
    [
        ("i", 0.42),
        ("a", 0.64),
        ("3", 0.64),
        ("A", 0.84),
        ("m", 1.0),
        ("…", 1.0),
        ("中", 1.25),
        ("\u1100", 1.25),
        ("\u115f", 1.25),
    ],
)
def test_letters_are_as_wide_as_their_kind(letters: str, width: float) -> None:
    assert drawing.text_width(letters * 2) == pytest.approx(2 * width * drawing.FONT_PX)
    assert drawing.tick_text(-1e-301) == "0"
    assert drawing.tick_text(-0.5) == "−0.5"
