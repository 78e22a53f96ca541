"""The bar under the history as it is painted: the plot's width, the course in it, and the handle."""

from __future__ import annotations

from typing import Any

import pytest
from painted import painted
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from regdesk.core.moments.view import TravelView
from regdesk.views.kit import theme
from regdesk.views.timeline.bar import N_POSITIONS, TimelineSlider


@pytest.fixture
def bar(qtbot: Any) -> TimelineSlider:
    found = TimelineSlider()
    qtbot.addWidget(found)
    found.resize(400, found.sizeHint().height())
    found.show_axis((40.0, 380.0), (-10.0, 160.0))
    return found


def test_the_course_lies_in_the_plot_and_the_handle_at_its_moment(bar: TimelineSlider) -> None:
    colours = theme.colours()
    assert painted(bar) == [], "there is no course yet"
    bar.show_travel(TravelView(epoch=40.0, now=100.0, has_earlier=True))
    plot, course, handle = painted(bar)
    assert (plot.left, plot.box.right()) == (40.0, 380.0)
    assert (course.left, course.box.right()) == (60.0, 260.0), "two pixels an epoch, from the first to now"
    assert plot.fill == colours.grid.lower()
    assert course.fill == colours.lam.lower()
    assert plot.top == course.top
    assert plot.box.height() == course.box.height() < handle.box.height() < bar.height()
    assert handle.centre == pytest.approx((140.0, bar.height() / 2))
    assert plot.centre[1] == course.centre[1] == bar.height() / 2
    assert (handle.fill, handle.stroke) == (colours.lam.lower(), colours.text.lower()), "an earlier moment is marked"
    assert bar.toolTip() == bar.accessibleDescription() == "Epoch 40 of 100. End goes back to now."
    assert bar.value() == 4000
    bar.show_travel(TravelView(now=100.0, has_earlier=True))
    handle = painted(bar)[-1]
    assert (handle.centre[0], bar.value()) == (260.0, N_POSITIONS)
    assert (handle.fill, handle.stroke) == (colours.button.lower(), colours.outline.lower())
    assert bar.toolTip().startswith("Drag it, or press ←")
    bar.show_travel(TravelView(epoch=100.0, now=100.0))
    assert bar.value() == N_POSITIONS - 1, "the end itself is now"
    bar.show_travel(TravelView(now=100.0, unavailable_reason="A sweep is on."))
    assert (bar.isEnabled(), bar.toolTip(), len(painted(bar))) == (False, "A sweep is on.", 2)


def test_what_the_plot_does_not_show_stands_at_its_end(bar: TimelineSlider) -> None:
    bar.show_axis((40.0, 380.0), (50.0, 90.0))
    bar.show_travel(TravelView(epoch=20.0, now=100.0, has_earlier=True))
    _, course, handle = painted(bar)
    assert (course.left, course.box.right(), handle.centre[0]) == (40.0, 380.0, 40.0)
    bar.show_axis((40.0, 380.0), (50.0, 50.0))
    assert bar.place_of(50.0) == 380.0


def test_a_press_beside_the_handle_goes_there_and_near_the_end_to_now(bar: TimelineSlider) -> None:
    said: list[object] = []
    bar.epoch_chosen.connect(said.append)
    bar.now_chosen.connect(lambda: said.append("now"))
    bar.show_travel(TravelView(epoch=40.0, now=100.0, has_earlier=True))
    y = bar.height() // 2

    def click(x: int, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> object:
        said.clear()
        QTest.mouseClick(bar, button, pos=QPoint(x, y))
        return said[0] if said else None

    assert click(100) == pytest.approx(20.0)
    assert [click(x) for x in (144, 136)] == [None, None], "that is the handle"
    assert click(145) == pytest.approx(42.5)
    assert click(255) == pytest.approx(97.5)
    assert [click(x) for x in (256, 300)] == ["now", "now"]
    assert click(10) == 0.0
    assert click(100, Qt.MouseButton.RightButton) is None
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(140, y))
    assert painted(bar)[-1].fill == theme.colours().lam.lower()
    bar.show_travel(TravelView(now=100.0, has_earlier=True))
    assert painted(bar)[-1].fill == theme.colours().lam.lower(), "as long as it is held"
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(140, y))
    assert painted(bar)[-1].fill == theme.colours().button.lower()
    # The plot ends before now: its end is a moment like any other.
    bar.show_axis((40.0, 380.0), (0.0, 50.0))
    assert click(370) == pytest.approx(50.0 * 330 / 340)
    bar.setValue(2500)
    assert said[-1] == pytest.approx(25.0)
    assert bar.minimumSizeHint().height() == bar.sizeHint().height() <= 16, "plots need the room"
