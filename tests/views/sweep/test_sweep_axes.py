"""Axes of loss over λ and room for words, as numbers; and the marks of the way up and down, made by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from plot_items import settle
from PySide6.QtCore import QRectF, Qt
from sweep_curves import LAMBDAS, make_curve

from regdesk.core.run.hysteresis_tour import Branch, HysteresisCurves
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels, best_place, is_free, n_covered, spread
from regdesk.views.sweep.axes import (
    LambdaRange,
    LambdaTicks,
    LossRange,
    highest_loss,
    losses_view,
    lowest_loss,
    swept_ends,
)
from regdesk.views.sweep.hysteresis_marks import PALE_SHARE, UpDownMarks


def test_lambda_axis_is_of_half_decades_and_only_widens() -> None:
    axis = LambdaRange()
    assert (axis.lowest, axis.highest) == (-4.0, 1.0)
    axis.reset([0.0, 0.02, 3.0])
    assert (axis.lowest, axis.highest) == (-2.0, 0.5)
    assert not axis.include(0.0)
    assert not axis.include(0.01)
    assert not axis.include(3.1)
    assert axis.include(0.009)
    assert (axis.lowest, axis.highest) == (-2.5, 0.5)
    assert axis.include(3.2)
    assert (axis.lowest, axis.highest) == (-2.5, 1.0)
    assert axis.off < axis.lowest
    low, high = axis.ends
    assert low < axis.off
    assert axis.highest < high < axis.highest + 0.5
    assert axis.position(0.0) == axis.off
    assert axis.position(10.0) == 1.0
    assert axis.positions(np.array([0.0, 0.1])).tolist() == [axis.off, -1.0]
    # Whoever drags λ towards "off" gets it half way.
    middle = 0.5 * (axis.off + axis.lowest)
    assert axis.lam_at(middle - 1e-6) == 0.0
    assert axis.lam_at(middle + 1e-6) == float(f"{10.0**axis.lowest:.3g}")
    assert axis.lam_at(-1.2345) == 0.0583
    assert axis.lam_at(9.0) == float(f"{10.0**high:.3g}")
    axis.reset()
    assert (axis.lowest, axis.highest) == (-4.0, 1.0)


def test_powers_of_ten_and_the_word_for_zero_have_room(qapp: Any) -> None:
    axis = LambdaRange()
    axis.reset([1e-6, 1.0])
    ticks = LambdaTicks(axis)
    every = [axis.off, *map(float, range(-6, 1))]
    assert ticks.tickValues(*axis.ends, 600) == [(1.0, every)]
    second = ticks.tickValues(*axis.ends, 190)[0][1]
    assert second[1:] in ([-6.0, -4.0, -2.0, 0.0], [-4.0, -2.0, 0.0])
    assert ticks.tickStrings([axis.off, -1.0, 0.0], 1.0, 1.0) == ["off", "0.1", "1"]
    near = ticks.tickValues(-1.0, -0.2, 400)[0][1]
    assert near[0] == axis.off
    assert [round(10.0**one, 3) for one in near[1:]] == [0.1, 0.2, 0.5]
    low = ticks.tickValues(axis.lowest - 0.3, axis.lowest + 0.4, 400)[0][1]
    assert min(low[1:]) >= axis.lowest, "below it nothing is a λ"


def test_the_loss_axis_grows_by_round_numbers_with_room_for_words() -> None:
    axis = LossRange()
    assert (axis.bottom, axis.top) == (0.0, 1.0)
    axis.reset(0.9)
    assert (axis.bottom, axis.top) == (0.0, 1.2)
    assert not axis.include(1.2)
    assert not axis.include(math.inf)
    assert axis.include(1.21)
    assert axis.top == 2.0
    assert axis.height(0.25) == 0.5
    assert [axis.is_far_above(one) for one in (0.4, 0.3, math.nan)] == [False, True, False]
    axis.fit(0.50, 0.58)
    assert axis.bottom == pytest.approx(0.49)
    assert axis.top == pytest.approx(0.61)
    assert 0.58 + 0.25 * (0.58 - axis.bottom) <= axis.top + 1e-9
    assert not axis.include_below(0.49)
    assert axis.include_below(0.483)
    assert axis.bottom == pytest.approx(0.47)
    axis.fit(0.001, 0.1)
    assert axis.bottom == 0.0, "no loss is below 0"
    assert axis.height(0.5) == pytest.approx(axis.top / 2)


def test_ends_of_a_sweep_are_known_from_its_second_point() -> None:
    curve = make_curve(25, 15, 28, 20)
    assert swept_ends(curve) == (1.0, pytest.approx(1e-4))
    first = replace(curve, lambdas=LAMBDAS[:1])
    assert swept_ends(first) == (1.0, 1e-4)
    assert swept_ends(replace(first, lambdas=np.array([2.0]))) == (2.0, 2e-4)
    assert swept_ends(replace(curve, lambdas=np.array([1.0, 0.0]))) == (1.0, 1e-4)
    assert swept_ends(replace(curve, lambdas=LAMBDAS[:2])) == (1.0, pytest.approx(1e-4))
    errors = np.where(np.arange(len(LAMBDAS)) == 40, 0.5, np.nan)
    wide = replace(curve, validation_se=errors)
    assert highest_loss(wide) == pytest.approx(max(curve.validation_loss.max(), curve.validation_loss[40] + 0.5))
    assert lowest_loss(wide) == pytest.approx(min(curve.train_loss.min(), curve.validation_loss[40] - 0.5))
    assert lowest_loss(replace(wide, train_loss=curve.train_loss - 1)) == pytest.approx(curve.train_loss.min() - 1)
    assert highest_loss(replace(wide, train_loss=curve.train_loss + 9)) == pytest.approx(curve.train_loss.max() + 9)


class Box:
    """A view box of 200 × 100 pixels over 0 to 10 and −1 to 4."""

    def viewRange(self) -> list[list[float]]:
        return [[0.0, 10.0], [-1.0, 4.0]]

    def rect(self) -> QRectF:
        return QRectF(5.0, 7.0, 200.0, 100.0)


def test_pixels_count_from_the_upper_left_corner() -> None:
    pixels = PlotPixels(Box())
    assert (pixels.x_px(2.0), pixels.y_px(3.0)) == (40.0, 20.0)
    assert pixels.place(40.0, 20.0) == (2.0, 3.0)
    assert pixels.area == QRectF(0.0, 0.0, 200.0, 100.0)
    x, y = (
        np.array([0.0, -0.19, -0.21, 10.19, 10.21, 5.0, 5.0, np.nan]),
        np.array([4.0, 4.19, 0, -1.19, 0, 4.21, -1.21, 0]),
    )
    np.testing.assert_allclose(pixels.marks(x, y), [[0, 0], [-3.8, -3.8], [203.8, 103.8]], atol=1e-9)


def test_a_line_has_points_wherever_words_could_lie_on_it() -> None:
    pixels = PlotPixels(Box())
    points = pixels.line(np.array([0.0, 5.0, 5.0, np.nan, 5.0]), np.array([4.0, 4.0, 4.0, 1.0, -1.0]))
    assert points[0].tolist() == [0.0, 0.0]
    assert points[-1].tolist() == [100.0, 100.0]
    assert np.abs(np.diff(points, axis=0)).max() <= 4.0 + 1e-9
    assert len(points) == 51
    assert any(np.allclose(one, [100.0, 0.0]) for one in points)
    far = pixels.line(np.array([0.0, 10.0]), np.array([1e9, -1e9]))
    assert (far[0, 1], far[-1, 1]) == (-100.0, 200.0), "a jump to 1e9 is no longer than anybody sees"
    assert pixels.line(np.array([1.0]), np.array([4.0])).tolist() == [[20.0, 0.0]]
    assert pixels.line(np.array([np.nan]), np.array([4.0])).shape == (0, 2)


def test_words_keep_off_lines_and_other_words() -> None:
    box, other = QRectF(10.0, 10.0, 20.0, 10.0), QRectF(29.0, 10.0, 20.0, 10.0)
    edges = np.array([[6.5, 15.0], [33.5, 15.0], [20.0, 6.5], [20.0, 23.5]])
    assert n_covered(box, edges) == 4
    assert n_covered(box, edges, 3.0) == 0
    assert n_covered(box, np.array([[6.0, 15.0], [34.0, 15.0], [20.0, 6.0], [20.0, 24.0]])) == 0
    assert is_free(box, [], NO_POINTS)
    assert not is_free(box, [other], NO_POINTS)
    assert not is_free(box, [], edges[:1])
    assert is_free(box, [], edges[:1], 3.0)
    area, points = QRectF(0.0, 0.0, 100.0, 50.0), np.array([[20.0, 15.0], [62.0, 15.0], [66.0, 15.0]])
    outside, second, third = (
        QRectF(90.0, 10.0, 20.0, 10.0),
        QRectF(60.0, 10.0, 20.0, 10.0),
        QRectF(10.0, 35.0, 20.0, 10.0),
    )
    assert best_place([outside, box, second, third], area, [], points) == third
    assert best_place([box, second, third], area, [], points, kept=third) == third
    assert best_place([third, box], area, [], NO_POINTS, kept=box) == box, "where words stand already they stay"
    assert best_place([third, box], area, [], points, kept=outside) == third
    assert best_place([second, box], area, [], points) == box, "one point is less than two"
    assert best_place([second, box], area, [other], points) == second, "words over words cannot be read"
    assert best_place([outside], area, [], NO_POINTS) is None


def test_labels_stand_as_near_as_they_can_without_overlap() -> None:
    np.testing.assert_allclose(spread(np.array([0.2, 0.7]), np.array([0.1, 0.1])), [0.2, 0.7])
    np.testing.assert_allclose(spread(np.array([0.5, 0.5]), np.array([0.2, 0.2])), [0.4, 0.6])
    np.testing.assert_allclose(spread(np.array([0.0, 0.02]), np.array([0.2, 0.4])), [0.1, 0.4])
    np.testing.assert_allclose(spread(np.array([0.95, 1.0]), np.array([0.2, 0.2])), [0.7, 0.9])
    np.testing.assert_allclose(spread(np.array([0.3, 0.8, 0.8]), np.array([0.1, 0.2, 0.2])), [0.3, 0.7, 0.9])


def branch(lambdas: list[float], train: list[float], validation: list[float]) -> Branch:
    one = np.ones(len(lambdas))
    settled = np.arange(len(lambdas)) % 2 == 0
    return Branch(np.array(lambdas), np.array(train), np.array(validation), one, one, settled)


UP = branch([0.01, 0.1, 1.0], [0.1, 0.2, 0.8], [0.3, 0.4, 0.9])
NOWHERE = branch([], [], [])
TOUR = HysteresisCurves(UP, NOWHERE, (0.01, 10.0), "up", False, False, True, 5)
DOWN = branch([1.0, 0.5, 0.01], [0.8, 0.5, 0.2], [0.9, 0.6, 0.5])


class Marked:
    """The marks in a plot of their own."""

    def __init__(self, qtbot: Any) -> None:
        self.lambdas, self.losses = LambdaRange(), LossRange()
        self.view, self.plot = losses_view(self.lambdas)
        qtbot.addWidget(self.view)
        self.marks = UpDownMarks(self.plot)
        self.lambdas.reset([0.01, 10.0])
        self.plot.setRange(xRange=self.lambdas.ends, yRange=(0.0, 1.0), padding=0)
        self.view.resize(600, 400)
        self.view.show()
        settle()

    def show(self, value: HysteresisCurves) -> None:
        self.marks.show(value, self.lambdas, self.losses)

    def item(self, name: str) -> Any:
        (found,) = [one for one in self.plot.items if one.objectName() == name]
        return found

    def data(self, name: str) -> list[list[float]]:
        x, y = self.item(name).getData()
        return [[] if one is None else np.asarray(one).tolist() for one in (x, y)]

    def label(self, way: str) -> pg.TextItem:
        return self.item(f"{way}Label")


def test_the_way_up_is_solid_and_the_way_down_dashed(qtbot: Any) -> None:
    marked = Marked(qtbot)
    assert (marked.marks.ends, marked.marks.highest_shown) == ((), 0.0)
    assert not marked.label("up").isVisible()
    marked.show(TOUR)
    assert marked.data("upTrainingLoss") == [[-2.0, -1.0, 0.0], [0.1, 0.2, 0.8]]
    assert marked.data("upValidationLoss")[1] == [0.3, 0.4, 0.9]
    assert marked.data("downTrainingLoss") == [[], []]
    colours, up = theme.colours(), marked.item("upTrainingLoss")
    assert pg.mkPen(up.opts["pen"]).color().name() == colours.training.lower()
    assert pg.mkPen(up.opts["pen"]).style() == Qt.PenStyle.SolidLine
    fills = [brush.color().name() for brush in up.opts["symbolBrush"]]
    pale = blended(colours.training, PALE_SHARE).name()
    assert pale != colours.training.lower()
    assert fills == [colours.training.lower(), pale, colours.training.lower()], "pale where it had not settled"
    validation = marked.item("upValidationLoss")
    assert pg.mkPen(validation.opts["pen"]).color().name() == colours.validation.lower()
    assert pg.mkPen(validation.opts["pen"]).width() > pg.mkPen(up.opts["pen"]).width()
    assert validation.opts["symbolSize"] > up.opts["symbolSize"]
    assert (marked.label("up").isVisible(), marked.label("down").isVisible()) == (True, False)
    assert marked.label("up").toPlainText() == "up ▶"
    assert marked.label("up").color.name() == colours.validation.lower()
    assert (marked.marks.ends, marked.marks.highest_shown) == ((0.01, 10.0), 0.9)
    marked.show(replace(TOUR, down=DOWN, direction="down"))
    assert marked.data("downValidationLoss") == [pytest.approx([0.0, np.log10(0.5), -2.0]), [0.9, 0.6, 0.5]]
    assert pg.mkPen(marked.item("downTrainingLoss").opts["pen"]).style() == Qt.PenStyle.DashLine
    assert marked.label("down").toPlainText() == "◀ down"
    pixels = PlotPixels(marked.plot.vb)
    boxes = marked.marks.boxes(pixels)
    assert len(boxes) == 2
    assert not boxes[0].intersects(boxes[1])
    points = marked.marks.points(pixels, marked.lambdas)
    assert all(n_covered(one, points, 0.0) == 0 for one in boxes), "no name lies on a line"
    assert all(pixels.area.contains(one) for one in boxes)
    # Both names stand beside the newest station of their way.
    for box, way in zip(boxes, (UP, DOWN), strict=True):
        at = pixels.x_px(marked.lambdas.position(float(way.lambdas[-1])))
        assert min(abs(box.left() - at), abs(box.right() - at)) < 8.0
    marked.marks.clear()
    assert (marked.marks.value, marked.data("upTrainingLoss"), marked.label("up").isVisible()) == (
        None,
        [[], []],
        False,
    )
    assert marked.marks.points(pixels, marked.lambdas).shape == (0, 2)
    marked.view.hide()


def test_a_way_that_has_one_station_has_no_name_yet(qtbot: Any) -> None:
    marked = Marked(qtbot)
    marked.show(replace(TOUR, down=branch([1.0, 0.5], [0.8, 0.5], [0.9, 0.6]), direction="down"))
    assert (marked.label("up").isVisible(), marked.label("down").isVisible()) == (True, True)
    up, down = marked.marks.boxes(PlotPixels(marked.plot.vb))
    assert not up.intersects(down), "near the turn, too, they stand apart"
    marked.show(replace(TOUR, down=branch([1.0], [0.8], [0.9]), direction="down"))
    assert marked.data("downTrainingLoss") == [[], []], "alone it says nothing"
    assert not marked.label("down").isVisible()
    without = replace(UP, validation_loss=np.full(3, np.nan))
    marked.show(replace(TOUR, up=without))
    assert marked.label("up").color.name() == theme.colours().training.lower()
    marked.view.hide()


def test_a_loss_that_has_run_away_does_not_widen_the_axis(qtbot: Any) -> None:
    marks = Marked(qtbot).marks
    assert marks.highest(TOUR) == 0.9
    away = replace(TOUR, up=replace(UP, validation_loss=np.array([0.3, 0.4, 3.21])))
    assert marks.highest(away) == 0.8, "four times the largest training loss is 3.2"
    assert marks.highest(replace(TOUR, up=replace(UP, validation_loss=np.array([0.3, 0.4, 3.19])))) == 3.19
    usual = replace(TOUR, up=replace(UP, validation_loss=np.array([2.0, 2.0, 5.9])))
    assert marks.highest(usual) == 5.9, "three times what is usual is 6"
    assert marks.highest(replace(TOUR, up=replace(UP, validation_loss=np.array([2.0, 2.0, 6.1])))) == 2.0
    assert marks.highest(replace(TOUR, up=NOWHERE)) == 0.0
