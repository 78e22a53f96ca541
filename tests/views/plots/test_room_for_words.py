"""Where words have room in a plot: pixels and units, points along lines, places that are free, labels kept apart."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from regdesk.core.rounding import round_limit
from regdesk.views.plots import free_place, scales
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels


@pytest.fixture
def pixels() -> PlotPixels:
    """200 × 100 pixels; x from 10 to 30, y from −1 to 4."""
    box: Any = SimpleNamespace(
        viewRange=lambda: ((10.0, 30.0), (-1.0, 4.0)), rect=lambda: QRectF(5.0, 7.0, 200.0, 100.0)
    )
    return PlotPixels(box)


def test_pixels_are_counted_from_the_upper_left_corner(pixels: PlotPixels) -> None:
    assert pixels.area == QRectF(0.0, 0.0, 200.0, 100.0)
    assert [pixels.x_px(x) for x in (10.0, 15.0, 30.0)] == [0.0, 50.0, 200.0]
    assert [pixels.y_px(y) for y in (4.0, 1.0, -1.0)] == [0.0, 60.0, 100.0]
    assert pixels.place(50.0, 60.0) == (15.0, 1.0)
    flat: Any = SimpleNamespace(viewRange=lambda: ((0.0, 2.0), (0.0, 4.0)), rect=lambda: QRectF(0.0, 0.0, 0.0, 0.0))
    assert (PlotPixels(flat).x_px(1.0), PlotPixels(flat).y_px(1.0)) == (0.5, 0.75)


def test_marks_that_are_seen(pixels: PlotPixels) -> None:
    x = np.array([10.0, 9.61, 9.5, 30.0, 30.4, 30.5, 20.0, 20.0, 20.0, 20.0, np.nan])
    y = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 4.0, 4.19, 4.21, -1.21, 0.0])
    seen = pixels.marks(x, y)
    np.testing.assert_allclose(seen[:, 0], [0.0, -3.9, 200.0, 204.0, 100.0, 100.0])
    np.testing.assert_allclose(seen[:, 1], [80.0, 80.0, 80.0, 80.0, 0.0, -3.8])


def test_points_stand_along_a_line_every_few_pixels(pixels: PlotPixels) -> None:
    along = pixels.line(np.array([10.0, 14.0]), np.array([1.0, 1.0]))
    np.testing.assert_allclose(along, np.column_stack([np.arange(0.0, 41.0, 4.0), np.full(11, 60.0)]))
    bent = pixels.line(np.array([10.0, 10.0, 10.8]), np.array([4.0, 3.0, 3.0]))
    np.testing.assert_allclose(bent[:6], np.column_stack([np.zeros(6), np.arange(0.0, 21.0, 4.0)]), atol=1e-9)
    np.testing.assert_allclose(bent[-1], [8.0, 20.0])
    # What is outside counts as a height beyond the edge, a spot twice as one.
    far = pixels.line(np.array([10.0, 12.0, 12.0]), np.array([1e9, -1e9, -1e9]))
    assert (far[0, 1], far[-1, 1], len(far)) == (-100.0, 200.0, 76)
    one = pixels.line(np.array([12.0, np.nan, 13.0]), np.array([1.0, 1.0, np.inf]))
    np.testing.assert_allclose(one, [[20.0, 60.0]]) if len(one) == 1 else np.testing.assert_allclose(
        one[0], [20.0, 60.0]
    )
    still = pixels.line(np.array([12.0, 12.0]), np.array([1.0, 1.0]))
    np.testing.assert_allclose(still, [[20.0, 60.0], [20.0, 60.0]])
    zigzag = pixels.line(np.linspace(10.0, 30.0, 4000), np.where(np.arange(4000) % 2, 4.0, -1.0))
    assert len(zigzag) == free_place.MOST_STEPS + 1


BOX = QRectF(20.0, 30.0, 40.0, 10.0)


@pytest.mark.parametrize(
    ("point", "is_covered"),
    [
        ((40.0, 35.0), True), ((16.1, 35.0), True), ((16.0, 35.0), False), ((63.9, 35.0), True), ((64.0, 35.0), False),
        ((40.0, 26.1), True), ((40.0, 26.0), False), ((40.0, 43.9), True), ((40.0, 44.0), False),
    ],
)  # fmt: skip
def test_a_point_near_a_box_is_covered(point: tuple[float, float], is_covered: bool) -> None:
    points = np.array([point])
    assert free_place.n_covered(BOX, points) == int(is_covered)
    assert free_place.is_free(BOX, (), points) is not is_covered
    assert free_place.n_covered(BOX, np.array([(40.0, 35.0)] * 3 + [(16.1, 35.0)]), 0.0) == 3
    assert not free_place.is_free(BOX, [QRectF(59.0, 39.0, 5.0, 5.0)], NO_POINTS)
    assert free_place.is_free(BOX, [QRectF(61.0, 39.0, 5.0, 5.0)], NO_POINTS)


def test_the_best_place_is_kept_then_free_then_covers_least() -> None:
    area = QRectF(0.0, 0.0, 100.0, 100.0)
    first, second, outside = QRectF(0.0, 0.0, 20.0, 10.0), QRectF(50.0, 0.0, 20.0, 10.0), QRectF(90.0, 0.0, 20.0, 10.0)
    best = free_place.best_place
    assert best([outside, first, second], area, (), NO_POINTS) is first
    assert best([first, second], area, (), NO_POINTS, kept=second) is second
    assert best([first, second], area, (), NO_POINTS, kept=outside) is first
    on_first = np.array([[5.0, 5.0]])
    assert best([first, second], area, (), on_first) is second
    assert best([first, second], area, (), on_first, kept=first) is second
    both = np.array([[5.0, 5.0], [55.0, 5.0], [56.0, 5.0]])
    assert best([second, first], area, (), both) is first
    assert best([second, first], area, [first], both) is second
    assert best([first], area, [first], both) is None
    assert best([outside], area, (), NO_POINTS) is None


@pytest.mark.parametrize(
    ("wanted", "widths", "centres"),
    [
        ([0.2, 0.8], [0.2, 0.2], [0.2, 0.8]),
        ([0.5, 0.5], [0.2, 0.2], [0.4, 0.6]),
        ([0.45, 0.5, 0.9], [0.2, 0.2, 0.1], [0.375, 0.575, 0.9]),
        ([0.0, 0.05], [0.2, 0.2], [0.1, 0.3]),
        ([0.95, 1.0], [0.2, 0.4], [0.5, 0.8]),
        ([0.4, 0.5, 0.6], [0.4, 0.4, 0.4], [0.2, 0.6, 1.0]),
    ],
)
def test_labels_are_moved_apart_as_little_as_can_be(
    wanted: list[float], widths: list[float], centres: list[float]
) -> None:
    np.testing.assert_allclose(free_place.spread(np.array(wanted), np.array(widths)), centres)


@pytest.mark.parametrize(
    ("value", "limit"),
    [(1.0, 1.0), (1.0 + 1e-13, 1.0), (1.01, 2.0), (2.0, 2.0), (3.0, 5.0), (5.1, 10.0), (0.07, 0.1), (0.0, 1.0),
     (-3.0, 1.0), (math.inf, 1.0), (math.nan, 1.0), (999.0, 1000.0), (1e-9, 1e-9)],
)  # fmt: skip
def test_limits_are_one_two_or_five(value: float, limit: float) -> None:
    assert round_limit(value) == pytest.approx(limit, rel=1e-12)
    assert round_limit(2.5, digits=(1.0, 3.0, 10.0)) == 3.0
    assert round_limit(2.1, slack=0.1) == 2.0


def test_an_axis_of_lambda_has_a_place_for_zero() -> None:
    lambdas = np.array([0.0, -1.0, 1e-12, 10.0**-5.5, 1e-3, 100.0])
    places = [-6.0, -6.0, -5.5, -5.5, -3.0, 2.0]
    np.testing.assert_allclose(scales.lambda_positions(lambdas), places)
    assert [scales.lambda_position(float(lam)) for lam in lambdas] == pytest.approx(places)
    assert scales.lambda_floor(2.0) == pytest.approx(-6.96)


@pytest.mark.parametrize(
    ("low", "high", "values"),
    [
        (-1.0, 0.5, [0.1, 0.2, 0.5, 1.0, 2.0]),
        (0.0, 0.31, [1.0, 1.5, 2.0]),
        (0.31, 0.7, [3.0, 4.0, 5.0]),
        (0.0, 0.04, [1.0, 1.05]),
        (2.0, 2.02, [100.0, 102.0, 104.0]),
    ],
)
def test_numbers_between_powers_of_ten(low: float, high: float, values: list[float]) -> None:
    np.testing.assert_allclose(10.0 ** np.array(scales.fine_decades(low, high)), values)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (scales.decade_text(2.0), "100"), (scales.decade_text(-3.0), "10⁻³"), (scales.decade_text(3.0), "10³"),
        (scales.decade_text(math.log10(0.15)), "0.15"), (scales.decade_text(-2.0 + 1e-10), "0.01"),
        (scales.large_text(20_000.0), "20k"), (scales.large_text(-1.5e6), "-1.5M"),
        (scales.large_text(999_999.0), "999.999k"),
        (scales.large_text(1e6), "1M"), (scales.large_text(2e10), "2×10¹⁰"), (scales.large_text(1e9), "10⁹"),
        (scales.power_text(-2), "0.01"), (scales.power_text(10), "10¹⁰"),
    ],
)  # fmt: skip
def test_numbers_are_short(text: str, expected: str) -> None:
    assert text == expected


def test_a_range_widens_and_never_shrinks() -> None:
    found = scales.WideningRange(0.7)
    assert found.top == 1.0
    assert not found.include(1.0)
    assert not found.include(math.inf)
    assert found.include(1.1)
    assert found.top == 2.0
    found.reset(30.0)
    assert found.top == 50.0
    found.reset()
    assert found.top == 1.0
    found.reset(0.0)
    assert found.top == 1.0
