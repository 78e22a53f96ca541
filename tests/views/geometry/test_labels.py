"""Where the name of a mark stands in a plane: beside it, on the first side that is free."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from plot_items import show
from PySide6.QtCore import QRectF, Qt

from regdesk.views.geometry.ink import Ink
from regdesk.views.geometry.labels import GAP_PX, POINT_PX, LabelRoom, PlotLabel

MIDDLE = np.array([0.0, 0.0])


@pytest.fixture
def plot(qtbot: Any) -> Any:
    """A plot in whose middle (0, 0) stands."""
    plot = show(qtbot, pg.PlotWidget(), 500, 400)
    plot.setRange(xRange=(-1.0, 1.0), yRange=(-1.0, 1.0), padding=0)
    return plot


def box_of(label: PlotLabel, room: Any) -> QRectF:
    """Pixels right of the mark and above it that the label takes."""
    assert label.place is not None
    width, height = label.size_px
    across, up = np.array(label.place) / np.abs(room.viewPixelSize())
    return QRectF(across - 0.5 * width, up - 0.5 * height, width, height)


def put(room: LabelRoom, plot: Any, n_labels: int) -> list[PlotLabel]:
    labels = [PlotLabel(plot.plotItem, 5) for _ in range(n_labels)]
    for label in labels:
        label.set_text("minimum", "#000000")
        room.put_beside(label, MIDDLE)
    return labels


def test_names_of_one_mark_stand_right_and_left_of_it(plot: Any) -> None:
    room, mark = LabelRoom(plot.plotItem.vb), QRectF(-POINT_PX, -POINT_PX, 2.0 * POINT_PX, 2.0 * POINT_PX)
    room.take_point(MIDDLE)
    labels = put(room, plot, 3)
    right, left, third = (box_of(label, plot.plotItem.vb) for label in labels)
    assert right.left() == pytest.approx(POINT_PX + GAP_PX + 1.0)
    assert left.right() == pytest.approx(-POINT_PX - GAP_PX - 1.0)
    assert right.top() == pytest.approx(0.0)
    assert left.top() == pytest.approx(0.0)
    assert not any(one.intersects(mark) for one in (right, left, third))
    assert not third.intersects(right)
    assert not third.intersects(left)


def test_a_name_with_marks_on_both_sides_stands_above_or_below(plot: Any) -> None:
    room, unit = LabelRoom(plot.plotItem.vb), np.abs(plot.plotItem.vb.viewPixelSize())
    for across in (-45.0, 45.0):
        for up in (-POINT_PX, POINT_PX):
            room.take_point(np.array([across, up]) * unit)
    above, below = (box_of(label, plot.plotItem.vb) for label in put(room, plot, 2))
    assert above.center().x() == pytest.approx(0.0)
    assert above.top() == pytest.approx(12.0)
    assert below.center().x() == pytest.approx(0.0)
    assert below.bottom() == pytest.approx(-12.0)


def covers(label: PlotLabel, box: Any, *curves: Any) -> bool:
    """Whether letters of ``label`` stand on a point of ``curves``, each ``(n_points, 2)``."""
    unit, own = np.abs(box.viewPixelSize()), box_of(label, box).adjusted(3, 4, -3, -4)
    return any(own.contains(*(point / unit)) for curve in curves for point in curve)


def test_a_level_stands_beside_its_curve_and_covers_none_or_is_left_out(plot: Any) -> None:
    box, label = plot.plotItem.vb, PlotLabel(plot.plotItem, 5)
    label.set_text("0.325", "#000000")
    contour = np.column_stack([np.zeros(901), np.linspace(-0.9, 0.9, 901)])
    across = np.linspace(-1.0, 1.0, 500)
    # As high as there is room, beside its own line: a map's number would interrupt it.
    LabelRoom(box, [contour]).put_by_line(label, contour, None, 0.0)
    assert label.place is not None
    assert label.place[1] > 0.85
    assert not covers(label, box, contour)
    # Curves run where the level would be put first: it stands lower.
    label.put(None)
    other = np.concatenate([np.column_stack([across, np.full(500, up)]) for up in (0.85, 0.95)])
    LabelRoom(box, [contour, other]).put_by_line(label, contour, None, 0.0)
    assert label.place is not None
    assert 0.0 < label.place[1] < 0.85
    assert not covers(label, box, contour, other)
    # It keeps near to where it stands.
    kept = label.place
    LabelRoom(box, [contour]).put_by_line(label, contour, None, 0.0)
    assert np.abs((np.array(label.place) - kept) / box.viewPixelSize()).max() < 20.0
    # Curves on both sides leave it its own line, which it interrupts, if they are far enough from that.
    unit, gap = np.abs(box.viewPixelSize()), np.full((1, 2), np.nan)
    apart = 0.5 * label.size_px[0]
    beside = [contour + np.array([shift * unit[0], 0.0]) for shift in (-apart, apart, -6.0, 6.0)]
    LabelRoom(box, [contour, *beside[:2]]).put_by_line(label, contour, None, 0.0)
    assert label.place is not None
    assert label.place[0] == 0.0
    assert not covers(label, box, *beside[:2])
    assert label.item.fill.style() == Qt.BrushStyle.SolidPattern
    # Closer ones leave it no place; NaN parts them, and joins nothing.
    room = LabelRoom(box, [contour, np.concatenate([beside[2], gap, beside[3]])])
    room.put_by_line(label, contour, None, 0.0)
    assert label.place is None
    # Nor does it cover a mark, and it has no ground where it covers nothing.
    LabelRoom(box, [contour]).put_by_line(label, contour, None, 0.0)
    assert label.item.fill.style() == Qt.BrushStyle.NoBrush
    room = LabelRoom(box, [contour])
    for up in np.linspace(-0.99, 0.99, 60):
        room.take_point(np.array([0.0, up]))
    room.put_by_line(label, contour, None, 0.0)
    assert label.place is None


def test_a_mark_that_is_nowhere_has_no_name(plot: Any) -> None:
    room, label = LabelRoom(plot.plotItem.vb), PlotLabel(plot.plotItem, 5)
    label.set_text("minimum", "#000000")
    room.put_beside(label, np.array([np.nan, 0.0]))
    assert label.place is None


def test_a_name_goes_farther_from_its_mark_rather_than_cover_a_curve(plot: Any) -> None:
    box, unit = plot.plotItem.vb, np.abs(plot.plotItem.vb.viewPixelSize())
    turn = np.linspace(0.0, 2.0 * np.pi, 400)
    rings = [radius * np.column_stack([np.cos(turn), np.sin(turn)]) * unit for radius in (20.0, 26.0, 60.0, 66.0)]
    # A diamond whose right corner the mark stands on, as a ball's.
    corners = np.array([(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)])
    ball = 30.0 * (corners - (1.0, 0.0)) * unit
    for curves, is_near in (([ball], True), (rings, False)):
        room, label = LabelRoom(box, curves), PlotLabel(plot.plotItem, 5)
        room.take_point(MIDDLE)
        label.set_text("touch", "#000000")
        room.put_beside(label, MIDDLE)
        assert not covers(label, box, *curves)
        own = box_of(label, box)
        assert (min(abs(own.left()), abs(own.top()), abs(own.bottom())) <= 12.0) == is_near
        assert max(abs(own.center().x()), abs(own.center().y())) < 80.0
        assert label.item.fill.style() == Qt.BrushStyle.NoBrush, "it hides nothing"
    # Where curves are everywhere one that is needed has a ground, and is there all the same.
    room = LabelRoom(box, [radius * rings[0] for radius in np.linspace(0.2, 20.0, 200)])
    room.put_beside(label, MIDDLE, is_needed=True)
    assert label.place is not None
    assert label.item.fill.style() == Qt.BrushStyle.SolidPattern
    # A name that the legend has, too, is left out.
    room.put_beside(label, MIDDLE)
    assert label.place is None


def test_ink_counts_what_boxes_touch_and_takes_plots_without_a_size() -> None:
    ink = Ink(QRectF(10.0, 20.0, 100.0, 50.0), np.array([[10.0, 20.0], [59.0, 45.0], [200.0, 45.0], [109.9, 69.9]]))
    sides = [(10, 20, 11, 21), (11, 21, 109.5, 69.5), (0, 0, 300, 300), (70, 30, 90, 50)]
    boxes = np.array(sides, dtype=np.float64).reshape(-1, 2, 2)
    assert ink.covered(boxes).tolist() == [1, 3, 3, 0]
    for area in (QRectF(), QRectF(0.0, 0.0, float("nan"), 5.0), QRectF(0.0, 0.0, 1e300, 1e300)):
        assert Ink(area, np.array([[0.0, 0.0], [1e305, 1.0]])).covered(boxes).max() <= 1
