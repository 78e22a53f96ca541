"""What stands on the history's curves: where marks of changes and words of the best epoch stand, to the pixel."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from plot_items import settle
from PySide6.QtCore import QPointF, QRectF

from regdesk.core.run.changes import SettingsChange
from regdesk.core.run.history import BestMoment
from regdesk.core.types import Float64s, TrainSettings
from regdesk.views.history.curve_names import END_ROOM_PX, LABEL_ROOM_PX, LEAST_VIEW_PX, CurveNames
from regdesk.views.history.loss_scale import LossScale
from regdesk.views.history.marks import FAR_PX, SEARCH_EVERY, SPOT_PX, BestMark, ChangeMarks, change_text
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels

BEFORE = TrainSettings(lam=0.01)
LAM = SettingsChange(10, 10.0, 10.0, BEFORE, replace(BEFORE, lam=0.1))
DRAG = SettingsChange(40, 40.0, 52.0, LAM.after, replace(LAM.after, lam=0.2))
OPTIMISER = SettingsChange(70, 70.0, 70.0, DRAG.after, replace(DRAG.after, optimizer="momentum"))
NONE = SettingsChange(90, 90.0, 95.0, OPTIMISER.after, OPTIMISER.after)


class Plot:
    """400 × 300 pixels or so, epochs 0 to 100, losses 0 to 1."""

    def __init__(self, qtbot: Any) -> None:
        self.view = pg.GraphicsLayoutWidget()
        qtbot.addWidget(self.view)
        self.plot = self.view.addPlot()
        self.view.setFixedSize(460, 340)
        self.view.show()
        self.plot.setRange(xRange=(0.0, 100.0), yRange=(0.0, 1.0), padding=0)
        settle()
        self.pixels = PlotPixels(self.plot.vb)


@pytest.fixture
def plot(qtbot: Any) -> Plot:
    return Plot(qtbot)


def xy(item: Any) -> list[tuple[float, float]]:
    x, y = item.getData()
    return [] if x is None else list(zip(x.tolist(), y.tolist(), strict=True))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (LAM, "epoch 10: λ 0.01 → 0.1"),
        (DRAG, "epoch 40 to 52: λ 0.1 → 0.2"),
        (NONE, "epoch 90 to 95: settings moved, and came back to where they were"),
    ],
)
def test_a_change_is_a_sentence(change: SettingsChange, text: str) -> None:
    assert change_text(change) == text


def test_changes_are_lines_from_edge_to_edge_with_a_mark_below_the_top(plot: Plot) -> None:
    marks = ChangeMarks(plot.plot)
    marks.show((LAM, DRAG, OPTIMISER), (0.5, 3.0))
    assert xy(marks.lines) == [(e, y) for e in (10.0, 40.0, 70.0) for y in (0.5, 3.0)]
    assert xy(marks.of_penalty) == [(10.0, 2.9), (40.0, 2.9)]
    assert xy(marks.others) == [(70.0, 2.9)]
    changes = (OPTIMISER,)
    marks.show(changes, (0.5, 3.0))
    assert (xy(marks.of_penalty), xy(marks.others)) == ([], [(70.0, 2.9)])
    marks.show(changes, (0.5, 5.5))
    assert xy(marks.others) == [(70.0, 5.3)]
    marks.others.setData([], [])
    marks.show(changes, (0.5, 5.5))
    assert xy(marks.others) == [], "nothing has changed"


@pytest.mark.parametrize(
    ("epoch", "reach", "found"),
    [
        (10.0, 1.0, LAM), (12.0, 2.0, LAM), (12.0, 1.9, None), (8.0, 2.0, LAM), (7.9, 2.0, None), (26.0, 50.0, DRAG),
        (24.0, 50.0, LAM), (99.0, 29.0, OPTIMISER), (0.0, 10.0, LAM), (71.0, 5.0, OPTIMISER), (69.0, 5.0, OPTIMISER),
    ],
)  # fmt: skip
def test_the_nearest_change_is_read(plot: Plot, epoch: float, reach: float, found: SettingsChange | None) -> None:
    marks = ChangeMarks(plot.plot)
    assert marks.near(epoch, reach) is None
    marks.show((LAM, DRAG, OPTIMISER), (0.0, 1.0))
    assert marks.near(epoch, reach) is found


def distance(box: QRectF, spot: QPointF) -> float:
    """From ``spot`` to the nearest point of ``box``."""
    nearest = min(max(spot.x(), box.left()), box.right()), min(max(spot.y(), box.top()), box.bottom())
    return math.dist(nearest, (spot.x(), spot.y()))


class Best:
    """The mark of the best epoch at epoch 40 and a loss of 0.5."""

    def __init__(self, plot: Plot) -> None:
        self.plot, self.mark, self.scale = plot, BestMark(plot.plot), LossScale()
        self.mark.apply_theme()

    def show(self, points: Float64s = NO_POINTS, taken: Any = (), now: float = 100.0, **changes: Any) -> QRectF | None:
        """Where the words stand, in pixels of the plot; None where they are hidden."""
        best = BestMoment(changes.get("epoch", 40.0), changes.get("loss", 0.5))
        self.mark.show(best, now, changes.get("x_range", (0.0, 100.0)), self.scale, points, taken)
        if not self.mark.label.isVisible():
            return None
        corner = self.plot.plot.vb.mapFromView(QPointF(self.mark.label.pos()))
        size = self.mark.label.boundingRect()
        return QRectF(corner.x(), corner.y(), size.width(), size.height())

    @property
    def words(self) -> str:
        return str(self.mark.label.textItem.toPlainText())

    @property
    def spot(self) -> QPointF:
        return QPointF(self.plot.pixels.x_px(40.0), self.plot.pixels.y_px(0.5))


@pytest.fixture
def best(plot: Plot) -> Best:
    return Best(plot)


def test_the_words_stand_at_the_side_of_the_diamond(best: Best) -> None:
    box, spot = best.show(), best.spot
    assert xy(best.mark.spot) == [(40.0, 0.5)]
    assert best.words == "best 0.500 at epoch 40"
    assert box is not None
    assert box.left() == pytest.approx(spot.x() + SPOT_PX, abs=1e-6)
    assert box.top() < spot.y() < box.bottom()
    assert 2.0 * box.top() / box.height() == pytest.approx(round(2.0 * box.top() / box.height())), "on half lines"
    assert xy(best.mark.leader) == []


def test_with_the_right_taken_they_stand_at_the_left_then_apart_with_a_line(best: Best) -> None:
    right, spot = best.show(), best.spot
    assert right is not None
    best.mark.hide()
    assert (xy(best.mark.spot), best.mark.label.isVisible()) == ([], False)
    wall = QRectF(spot.x() + 1.0, -10.0, 1000.0, 1000.0)
    left = best.show(taken=[wall])
    assert left is not None
    # Any nearest place that is free: it touches the square of the diamond's and not the wall.
    assert left.right() <= spot.x() + 1.0
    assert (
        math.hypot(
            max(left.left() - spot.x(), spot.x() - left.right(), 0.0),
            max(left.top() - spot.y(), spot.y() - left.bottom(), 0.0),
        )
        <= 14.0
    )
    best.mark.hide()
    moat = QRectF(spot.x() - 60.0, spot.y() - 30.0, 120.0, 60.0)
    apart = best.show(taken=[moat])
    assert apart is not None
    assert not apart.intersects(moat)
    assert 30.0 <= distance(apart, spot) < 30.0 + apart.height()
    (x1, y1), (x2, y2) = xy(best.mark.leader)
    begin = QPointF(best.plot.pixels.x_px(x1), best.plot.pixels.y_px(y1))
    end = QPointF(best.plot.pixels.x_px(x2), best.plot.pixels.y_px(y2))
    nearest = (
        min(max(spot.x(), apart.left()), apart.right()), min(max(spot.y(), apart.top()), apart.bottom()),
    )  # fmt: skip
    assert (begin.x(), begin.y()) == pytest.approx(nearest, abs=1e-6)
    towards = np.array([begin.x() - spot.x(), begin.y() - spot.y()])
    rim = np.array([spot.x(), spot.y()]) + SPOT_PX * towards / np.hypot(*towards)
    assert (end.x(), end.y()) == pytest.approx(tuple(rim), abs=1e-6)


def test_words_wait_until_the_best_epoch_is_past_and_inside(best: Best) -> None:
    assert best.show(now=42.1) is None
    assert xy(best.mark.spot) == [(40.0, 0.5)]
    assert best.show(now=42.2) is not None
    assert best.show(loss=1.5) is None
    assert xy(best.mark.spot) == [(40.0, 1.5)]
    assert best.show(loss=1.0) is not None
    assert best.show(loss=-0.1) is None
    for x_range, is_seen in (((40.0, 100.0), True), ((0.0, 40.0), True), ((40.1, 100.0), False), ((0.0, 39.9), False)):
        best.show(x_range=x_range)
        assert bool(xy(best.mark.spot)) is is_seen, x_range
    best.show()
    best.mark.show(None, 100.0, (0.0, 100.0), best.scale, NO_POINTS)
    assert (xy(best.mark.spot), best.mark.label.isVisible()) == ([], False)


def test_words_that_have_no_room_are_shorter_or_gone_and_looked_for_now_and_then(best: Best) -> None:
    whole = best.show()
    assert whole is not None
    best.mark.hide()
    area = best.plot.pixels.area
    free = QRectF(area.left() + 30.0, area.top() + 30.0, whole.width() - 20.0, 2.2 * whole.height())
    x, y = np.meshgrid(np.arange(0.0, area.width(), 3.0), np.arange(0.0, area.height(), 3.0))
    points = np.column_stack([x.ravel(), y.ravel()])
    is_in = (
        (points[:, 0] > free.left())
        & (points[:, 0] < free.right())
        & (points[:, 1] > free.top())
        & (points[:, 1] < free.bottom())
    )
    assert best.show(points) is None
    found = [best.show(points[~is_in]) is not None for _ in range(SEARCH_EVERY + 1)]
    assert found == [False] * (SEARCH_EVERY - 1) + [True, True]
    assert best.words == "best 0.500"
    # They are asked for nearer places as often, and stay until one is nearer by much.
    stands = best.show(points[~is_in])
    moved = [best.show() != stands for _ in range(SEARCH_EVERY)]
    assert moved.count(True) >= 1
    assert moved[-1]


def test_words_stay_where_they_are_unless_a_place_is_much_nearer(best: Best) -> None:
    near, spot = best.show(), best.spot
    assert near is not None
    best.mark.hide()
    blocked = QRectF(spot.x() - 20.0, spot.y() - 20.0, 40.0, 40.0)
    apart = best.show(taken=[blocked])
    assert apart is not None
    assert SPOT_PX < distance(apart, spot) < FAR_PX
    assert [best.show() for _ in range(2 * SEARCH_EVERY)] == [apart] * 2 * SEARCH_EVERY, "not far away"


def test_places_are_remembered_for_a_few_sizes_and_brought_back(best: Best, qtbot: Any) -> None:
    box = best.show()
    assert box is not None
    area = best.plot.pixels.area
    memory = best.mark.memory()
    assert memory == pytest.approx([area.width(), area.height(), box.left(), box.top(), box.width(), box.height()])
    other = Best(Plot(qtbot))
    moved = [*memory[:2], memory[2] - 30.0, *memory[3:]]
    other.mark.bring_back(moved)
    assert other.mark.memory() == moved
    for bad in (moved[:5], "words", [*moved, 1.0], moved * 9, [math.nan] * 6):
        again = Best(other.plot)
        again.mark.bring_back(bad)
        assert again.mark.memory() == [], bad
    again.mark.bring_back([number for n in range(8) for number in (float(n), 1.0, 2.0, 3.0, 4.0, 5.0)])
    assert again.mark.memory()[::6] == [float(n) for n in range(8)]
    again.mark.bring_back([9.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    assert again.mark.memory()[::6] == [*(float(n) for n in range(1, 8)), 9.0], "the oldest has gone"


def test_names_of_curves_stand_level_with_their_ends_and_apart(plot: Plot) -> None:
    names = CurveNames(plot.plot, ["one", "two", "three"])
    assert names.fit(scaled_px(LEAST_VIEW_PX)) is False, "there was room before"
    assert plot.plot.layout.getContentsMargins()[2] == scaled_px(LABEL_ROOM_PX)
    settle()
    bounds = plot.plot.mapRectFromItem(plot.plot.vb, plot.plot.vb.rect())
    line_px = names.labels[0].boundingRect().height()

    def tops() -> list[float]:
        assert {label.x() for label in names.labels if label.isVisible()} == {bounds.right() + 6}
        return [label.y() for label in names.labels]

    def level(share: float) -> float:
        return bounds.bottom() - share * bounds.height() - 0.5 * line_px

    names.show([0.75, 0.25, 0.5])
    assert tops() == pytest.approx([level(0.75), level(0.25), level(0.5)])
    assert [label.text() for label in names.labels] == ["one", "two", "three"]
    names.show([0.5, 0.5, 0.9])
    assert tops() == pytest.approx([level(0.5), level(0.5) + line_px, level(0.9)])
    names.show([2.0, 1.0, -1.0])
    assert [label.text() for label in names.labels] == ["one ↑", "two", "three ↓"]
    lowest = bounds.bottom() - 0.6 * line_px
    assert tops()[1:] == pytest.approx([tops()[0] + line_px, lowest])
    assert tops()[0] == pytest.approx(max(level(1.0), bounds.top()), abs=0.5 * line_px + 0.1)
    names.show([0.0, 0.0, math.nan])
    assert [label.isVisible() for label in names.labels] == [True, True, False]
    assert tops()[:2] == pytest.approx([lowest - line_px, lowest])
    assert names.fit(scaled_px(LEAST_VIEW_PX) - 1) is False
    assert plot.plot.layout.getContentsMargins()[2] == END_ROOM_PX
    names.show([0.5, 0.5, 0.5])
    assert not any(label.isVisible() for label in names.labels)
    assert names.fit(scaled_px(LEAST_VIEW_PX)) is True
