"""The bar of the pull on a weight and the legend of the plane, as they are painted."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from painted import Shape, painted, texts
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from regdesk.core.geometry.tangency import ZeroReason
from regdesk.views.geometry.legend import Entry, GeometryLegend
from regdesk.views.geometry.zero_bar import ZeroBar
from regdesk.views.kit import theme


def reason(pull: float, threshold: float) -> ZeroReason:
    return ZeroReason(pull, threshold, True, 0.1, 1.0, None)


def zero_bar(qtbot: Any) -> ZeroBar:
    bar = ZeroBar()
    qtbot.addWidget(bar)
    bar.resize(301, bar.sizeHint().height())
    return bar


def areas(shapes: list[Shape]) -> list[Shape]:
    return [one for one in shapes if one.kind in ("rect", "path")]


def test_the_pull_is_a_bar_and_the_threshold_a_line_on_one_scale(qtbot: Any) -> None:
    bar, colours = zero_bar(qtbot), theme.colours()
    assert painted(bar) == [], "nothing is known yet"
    bar.show_reason(reason(0.2, 0.4))
    shapes = painted(bar)
    ground, pull, frame = areas(shapes)
    assert (ground.fill, pull.fill, frame.stroke) == (
        colours.window.lower(), colours.training.lower(), colours.grid.lower(),
    )  # fmt: skip
    assert ground.box == frame.box
    assert (ground.box.width(), pull.left, pull.box.height()) == (300.0, ground.left, ground.box.height())
    # The threshold stands in the middle of the scale that both share.
    (line,) = [one for one in shapes if one.kind == "line"]
    assert pull.box.width() == pytest.approx(300 * 0.2 / 0.8)
    assert line.left == pytest.approx(0.5 + 150, abs=0.6)
    assert line.stroke == colours.lam.lower()
    assert line.top < ground.top < ground.box.bottom() < line.box.bottom(), "it reaches beyond the bar"
    said, limit = [one for one in shapes if one.kind == "text"]
    assert (said.text, limit.text) == ("pull 0.2", "limit 0.4")
    assert (said.stroke, limit.stroke) == (colours.training.lower(), colours.lam.lower())
    assert said.left == 0.0
    assert limit.left + bar.fontMetrics().horizontalAdvance(limit.text) == 301
    assert ground.box.bottom() + bar.fontMetrics().ascent() - 4 <= said.top == limit.top <= bar.height()
    assert bar.accessibleName() == "Pull of the loss 0.2; a weight stays at zero up to a pull of 0.4"


def test_the_scale_of_the_pull_is_the_same_for_the_same_numbers(qtbot: Any) -> None:
    bar = zero_bar(qtbot)

    def width(pull: float, threshold: float) -> float:
        bar.show_reason(reason(pull, threshold))
        return areas(painted(bar))[1].box.width()

    for _ in range(2):
        assert width(0.2, 0.4) == pytest.approx(300 * 0.2 / 0.8)
        assert width(0.1, 0.09) == pytest.approx(300 * 0.1 / 0.18, abs=1e-3)
        assert width(0.9, 0.4) == pytest.approx(300 * 0.9 / 1.0), "beyond twice the threshold the next of 1, 2 and 5"
        assert width(0.36, 0.2) == pytest.approx(300 * 0.36 / 0.4)
    assert width(0.3, 0.0) == pytest.approx(300 * 0.3 / 0.5)
    assert [one for one in painted(bar) if one.kind == "line"] == [], "nothing holds it"
    assert width(0.0, 0.0) == 0.0


def test_a_click_on_the_bar_is_told_once_and_within_it_alone(qtbot: Any) -> None:
    bar, clicks = zero_bar(qtbot), []
    bar.clicked.connect(lambda: clicks.append(True))
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseClick(bar, Qt.MouseButton.RightButton, pos=QPoint(5, 5))
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(5, 500))
    assert clicks == [True]
    assert bar.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert bar.toolTip().endswith("Click: onto an axis")


SAMPLES = ("line", "thick line", "dashes", "ball", "dot", "ring", "plus", "star", "arrow", "wedge")


def test_each_sample_is_drawn_in_its_colour_before_its_words(qtbot: Any) -> None:
    legend = GeometryLegend()
    qtbot.addWidget(legend)
    legend.show_entries([Entry(sample, "lam", f"word {number}") for number, sample in enumerate(SAMPLES)])
    legend.resize(1400, legend.sizeHint().height())
    places = legend.places()
    assert [entry.sample for entry, _ in places] == list(SAMPLES)
    shapes = painted(legend)
    assert [one.text for one in shapes if one.kind == "text"] == [f"word {number}" for number in range(10)]
    found: dict[str, list[Shape]] = {}
    words = {}
    for entry, box in places:
        found[entry.sample] = [
            one
            for one in shapes
            if one.kind != "text" and box.left() - 1 <= one.left <= box.right() and one.stroke != "none"
        ]
        (words[entry.sample],) = [one for one in shapes if one.kind == "text" and box.left() <= one.left <= box.right()]
    colour = theme.colours().lam.lower()
    for (entry, box), own in zip(places, found.values(), strict=True):
        assert own, entry.sample
        assert {one.stroke for one in own} == {colour}
        left, right = min(one.left for one in own), max(one.box.right() for one in own)
        top, bottom = min(one.top for one in own), max(one.box.bottom() for one in own)
        assert box.left() <= left <= right <= box.left() + 18.0, f"{entry.sample} stands in its room"
        assert abs((top + bottom) / 2 - box.center().y()) <= 1.6, f"{entry.sample} stands in the middle"
        assert right - left >= 7.0, "large enough to be told apart"
        assert words[entry.sample].left == pytest.approx(box.left() + 22.0)
        assert words[entry.sample].stroke == theme.colours().quiet_text.lower()
    assert found["thick line"][0].width > found["line"][0].width
    assert [sample for sample in SAMPLES if any(one.is_dashed for one in found[sample])] == ["dashes"]
    assert found["dot"][0].fill == colour
    assert [found[one][0].fill for one in ("ring", "line", "star")] == ["none"] * 3
    assert found["ball"][0].fill not in ("none", colour)
    assert found["wedge"][0].fill != "none"
    across, down = found["plus"]
    assert (across.box.height(), down.box.width()) == (0.0, 0.0)
    assert across.centre == pytest.approx(down.centre)
    assert across.box.width() == down.box.height()
    star = found["star"][0].box
    assert star.width() == pytest.approx(2 * 6.5 * 0.951, abs=0.1)
    assert found["arrow"][0].box.height() == pytest.approx(6.0)
    for (_, box), (_, following) in pairwise(places):
        assert following.left() - box.right() == pytest.approx(12.0)


def test_entries_without_room_go_to_the_next_line_or_are_left_out_whole(qtbot: Any) -> None:
    legend = GeometryLegend()
    qtbot.addWidget(legend)
    words = ("first", "second of them", "a third that is longer", "4th")
    legend.show_entries([Entry("line", "text", one) for one in words])
    assert legend.toolTip().endswith("first, second of them, a third that is longer, 4th")
    assert legend.accessibleName() == "Legend: first, second of them, a third that is longer, 4th"
    one_px = legend.sizeHint().height()
    assert one_px > legend.fontMetrics().height()
    advance = legend.fontMetrics().horizontalAdvance
    two_px = 2 * 22 + 12 + advance(words[0]) + advance(words[1])
    legend.resize(two_px, one_px)
    assert texts(legend) == ["first", "second of them"]
    legend.resize(two_px - 1, one_px)
    assert texts(legend) == ["first", "4th"], "a shorter one has the rest of the line"
    legend.show_lines(2)
    assert legend.minimumSizeHint().height() == legend.sizeHint().height() == 2 * one_px
    legend.resize(two_px, 2 * one_px)
    assert texts(legend) == ["first", "second of them", "a third that is longer"] + ["4th"] * (
        2 * 22 + 12 + advance(words[2]) + advance(words[3]) <= two_px
    )
    tops = [box.top() for _, box in legend.places()]
    assert tops[:3] == [0.0, 0.0, float(one_px)]
    assert [box.left() for _, box in legend.places()][2] == 0.0
