"""Where the name of a mark stands in a plane: beside it, on the first side that is free."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from plot_items import show
from PySide6.QtCore import QRectF

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


def test_a_level_keeps_off_the_curves_or_is_left_out(plot: Any) -> None:
    box, label = plot.plotItem.vb, PlotLabel(plot.plotItem, 5)
    label.set_text("0.325", "#000000")
    _, height = label.size_px
    contour = np.column_stack([np.zeros(101), np.linspace(-0.9, 0.9, 101)])
    across = np.linspace(-1.0, 1.0, 50)
    # A curve that runs where the level would be put first: it stands lower.
    room = LabelRoom(box)
    room.take_line(np.column_stack([across, np.full(50, 0.85)]))
    room.put_on_line(label, contour, None, 0.0)
    assert label.place is not None
    assert 0.0 < label.place[1] < 0.85 - 0.5 * height * box.viewPixelSize()[1]
    # One that runs along all of the contour leaves it no place.
    room = LabelRoom(box)
    room.take_line(contour)
    room.put_on_line(label, contour, None, 0.0)
    assert label.place is None
    # Nor does it cover a curve where the places beside it are taken by marks.
    room = LabelRoom(box)
    room.take_line(np.column_stack([across, np.zeros(50)]))
    nearest = (0.5 * height + GAP_PX + POINT_PX + 1.0) * box.viewPixelSize()[1]
    for up in np.linspace(nearest, 0.95, 40):
        room.take_point(np.array([0.0, up]))
        room.take_point(np.array([0.0, -up]))
    room.put_on_line(label, contour, None, 0.0)
    assert label.place is None


def test_a_mark_that_is_nowhere_has_no_name(plot: Any) -> None:
    room, label = LabelRoom(plot.plotItem.vb), PlotLabel(plot.plotItem, 5)
    label.set_text("minimum", "#000000")
    room.put_beside(label, np.array([np.nan, 0.0]))
    assert label.place is None


def test_a_name_covers_no_edge_of_a_shape_that_is_spared(plot: Any) -> None:
    unit = np.abs(plot.plotItem.vb.viewPixelSize())
    # A diamond of 60 pixels whose right corner the mark stands on, and one all around it that leaves no side free.
    corners = np.array([(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)])
    small, around = (30.0 * (corners - (1.0, 0.0)) * unit, 20.0 * corners * unit)
    for spared, is_named in ((small, True), (around, False)):
        room, label = LabelRoom(plot.plotItem.vb), PlotLabel(plot.plotItem, 5)
        room.take_point(MIDDLE)
        label.set_text("minimum", "#000000")
        room.put_beside(label, MIDDLE, spared)
        assert (label.place is not None) == is_named
        if is_named:
            assert box_of(label, plot.plotItem.vb).left() > 0.0, "right of the corner, where the diamond is not"
