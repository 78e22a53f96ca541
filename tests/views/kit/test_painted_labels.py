"""Labels as they are painted: where each line stands, where it is cut, and how much room it asks for."""

from __future__ import annotations

import math
from typing import Any

import pytest
from painted import painted, texts
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QStyle, QWidget

from regdesk.views.kit import spacing, theme
from regdesk.views.kit.card_dock import EDGE_PX, CardDock
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.fitting_label import BOLD, FittingLabel
from regdesk.views.kit.focus_ring import FocusRing
from regdesk.views.kit.form_parts import Section
from regdesk.views.kit.plain_text import STEADY_MARGIN_PX, SteadyLabel
from regdesk.views.kit.readout_label import ELLIPSIS, ParagraphLabel, ReadoutLabel, ReadoutRoom, SentenceLabel

LINES = ("Every weight is drawn to 0", "some of them arrive", "none comes back")


@pytest.fixture
def readout(qtbot: Any) -> ReadoutLabel:
    """Three lines in two paragraphs, with another margin at each edge."""
    label = ReadoutLabel(f"<p style='margin:0'>{LINES[0]}<br>{LINES[1]}</p><p style='margin:0'>{LINES[2]}</p>")
    qtbot.addWidget(label)
    label.setContentsMargins(7, 5, 3, 2)
    label.resize(label.sizeHint())
    return label


def test_lines_stand_one_below_the_other_within_the_margins(readout: ReadoutLabel) -> None:
    metrics = QFontMetricsF(readout.font())
    assert not readout.is_elided
    shapes = [one for one in painted(readout) if one.kind == "text"]
    assert [one.text for one in shapes] == list(LINES)
    assert [one.left for one in shapes] == [7.0] * 3
    high = metrics.height()
    tops = [one.top for one in shapes]
    assert tops == pytest.approx([5.0 + metrics.ascent() + high * number for number in range(3)], abs=1.0)
    width_px = math.ceil(max(map(metrics.horizontalAdvance, LINES)))
    assert readout.sizeHint().width() == pytest.approx(width_px + 10, abs=1)
    assert readout.sizeHint().height() == pytest.approx(3 * high + 7, abs=2)
    assert readout.minimumSizeHint() == QSize(0, readout.sizeHint().height())
    bare = readout.sizeHint()
    readout.setContentsMargins(0, 0, 0, 0)
    assert (bare - readout.sizeHint()) == QSize(10, 7)


@pytest.mark.parametrize("n_letters", [3, 10, 17])
def test_a_line_without_room_ends_in_dots_behind_a_whole_letter(readout: ReadoutLabel, n_letters: int) -> None:
    metrics = QFontMetricsF(readout.font())
    x_of = metrics.horizontalAdvance
    room_px = math.ceil(x_of(LINES[1][:n_letters]) + x_of(ELLIPSIS))
    readout.resize(room_px + 10, 90)
    assert readout.is_elided
    dots = [one for one in painted(readout) if one.text == ELLIPSIS]
    wide = [number for number, line in enumerate(LINES) if x_of(line) >= room_px + 1]
    # Each stands where the line's next letter would, and the next would have had no room.
    for dot, line in zip(dots, (LINES[number] for number in wide), strict=True):
        ends = [x_of(line[:n]) for n in range(len(line))]
        fits = max(end for end in ends if end <= room_px - x_of(ELLIPSIS) + 0.01)
        assert dot.left == pytest.approx(7.0 + fits, abs=0.6)
    tops = [one.top for one in dots]
    assert tops == pytest.approx([5.0 + metrics.ascent() + metrics.height() * number for number in wide], abs=1.0)


def test_a_link_is_found_where_it_is_painted(readout: ReadoutLabel) -> None:
    readout.setText('See <a href="topic:zero">zeros</a>.')
    x_of = readout.fontMetrics().horizontalAdvance
    middle = 7 + x_of("See ") + x_of("zeros") / 2
    assert readout.link_at(QPointF(middle, 5 + 6)) == "topic:zero"
    ends = [7 + x_of("See ") + 1, 7 + x_of("See zeros") - 2]
    assert [readout.link_at(QPointF(x, 11)) for x in ends] == ["topic:zero"] * 2
    assert [readout.link_at(QPointF(x, 11)) for x in (7 + x_of("See ") - 4, 7 + x_of("See zeros") + 3)] == ["", ""]
    assert readout.link_at(QPointF(middle, 2)) == "", "in the margin above"


def test_a_sentence_takes_on_new_words_and_its_tip(qtbot: Any) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    label = SentenceLabel("a < b")
    label.setParent(room)
    label.resize(200, 20)
    room.show()
    assert (label.sentence, label.text()) == ("a < b", "a &lt; b")
    label.show_sentence("a < b", "<b>a</b> &lt; b")
    assert label.text() == "<b>a</b> &lt; b"
    label.show_sentence("c", "<b>a</b> &lt; b")
    assert (label.sentence, label.text(), label.toolTip()) == ("c", "<b>a</b> &lt; b", "c")
    label.show_sentence("c")
    assert label.text() == "c"
    label.show_sentence("go on", '<a href="topic:x">go on</a>')
    QTest.mouseMove(label, QPoint(8, 6))
    assert label.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(label, QPoint(150, 6))
    assert label.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_room_hears_of_another_height_alone(qtbot: Any) -> None:
    label = ReadoutLabel("one line")
    room = ReadoutRoom(label)
    qtbot.addWidget(room)
    asked: list[int] = []
    room.updateGeometry = lambda: asked.append(room.sizeHint().height())  # type: ignore[method-assign]
    high = label.sizeHint().height()
    assert room.sizeHint() == room.minimumSizeHint() == QSize(0, high)
    for text in ("another", "two<br>lines", "two<br>others", "one"):
        label.setText(text)
        QApplication.sendEvent(room, QEvent(QEvent.Type.LayoutRequest))
        QApplication.sendEvent(room, QEvent(QEvent.Type.Polish))
    assert asked == [label.sizeHint().height() * 2, high]
    label.setText("1<br>2<br>3")
    QApplication.sendEvent(room, QEvent(QEvent.Type.Polish))
    assert len(asked) == 2
    room.show()
    assert len(asked) == 3
    room.resize(123, 45)
    assert label.size() == QSize(123, 45)


@pytest.mark.parametrize("n_lines", [1, 2])
def test_a_paragraph_keeps_its_lines_free_and_says_less_in_little_room(qtbot: Any, n_lines: int) -> None:
    label = ParagraphLabel(n_lines)
    qtbot.addWidget(label)
    label.setContentsMargins(0, 3, 0, 4)
    assert label.sizeHint() == label.minimumSizeHint() == QSize(0, n_lines * label.fontMetrics().lineSpacing() + 7)
    label.show_sentence("The loss is low; the weights are small; none is zero", "Loss low; weights small")
    x_of = label.fontMetrics().horizontalAdvance
    label.resize(x_of(label.text()) + 2, 60)
    assert (label.shown_lines, label.is_elided) == ([label.text()], False)
    label.resize(x_of("Loss low; weights small") + 2, 60)
    whole = ["The loss is low; the", "weights are small; none is zero"]
    assert label.shown_lines[0] in ("Loss low; weights small", whole[0])
    assert not label.is_elided or n_lines == 2
    label.resize(x_of(f"Loss low {ELLIPSIS}") + 2, 60)
    assert (label.shown_lines, label.is_elided) == (["Loss low " + ELLIPSIS], True)
    label.resize(x_of("Lo"), 60)
    assert len(label.shown_lines) == n_lines
    assert label.shown_lines[-1].endswith(ELLIPSIS)
    label.show_sentence("", "")
    assert label.shown_lines == [""]
    label.show_sentence("More" + ELLIPSIS, "")
    label.resize(x_of("More" + ELLIPSIS) + 2, 60)
    assert not label.is_elided, "its own dots"


def test_an_elided_line_says_the_first_that_has_room(qtbot: Any) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    words = ("weight of the second input", "weight of x₂", "x₂")
    label.show_text(*words)
    x_of = label.fontMetrics().horizontalAdvance
    for word in words:
        for more_px in (1, 3):
            label.resize(x_of(word) + more_px, 20)
            assert texts(label) == [word]
            assert not label.is_elided
    label.resize(x_of("x₂") - 1, 20)
    assert label.is_elided
    assert texts(label) != ["x₂"]
    assert label.toolTip() == words[0]
    assert label.minimumSizeHint() == QSize(0, label.fontMetrics().height())
    label.resize(0, 20)
    label.show_text("")
    assert not label.is_elided


def test_a_fitting_line_reserves_its_shortest_words(qtbot: Any) -> None:
    label = FittingLabel()
    qtbot.addWidget(label)
    label.setContentsMargins(11, 0, 6, 0)
    label.show_first_fitting("a much longer text", "<b>short</b>")
    assert label.minimumWidth() == 0
    font = QFont(label.font())
    font.setPixelSize(30)
    label.setFont(font)
    assert label.minimumWidth() == 0, "nobody has asked"
    label.keep_room()
    wanted = math.ceil(label.fontMetrics().horizontalAdvance("short") * BOLD)
    assert label.minimumWidth() == wanted + 17
    font.setPixelSize(20)
    label.setFont(font)
    smaller = math.ceil(label.fontMetrics().horizontalAdvance("short") * BOLD)
    assert label.minimumWidth() == smaller + 17 < wanted + 17
    label.show()
    whole = math.ceil(label.fontMetrics().horizontalAdvance("a much longer text") * BOLD)
    for width_px, text in ((whole + 17, "a much longer text"), (whole + 16, "<b>short</b>"), (5, "<b>short</b>")):
        label.resize(width_px, 20)
        assert label.text() == text
    said: list[None] = []
    label.clicked.connect(lambda: said.append(None))
    QTest.mouseClick(label, Qt.MouseButton.RightButton)
    assert said == []
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert said == [None]


def test_a_number_keeps_the_room_of_the_longest(qtbot: Any) -> None:
    label = SteadyLabel("1,000,000")
    qtbot.addWidget(label)
    label.setText("3")
    wanted = label.fontMetrics().horizontalAdvance("1,000,000") + STEADY_MARGIN_PX
    assert label.minimumSizeHint().width() == label.sizeHint().width() == wanted


def test_a_heading_has_a_line_beside_it_to_the_edge(qtbot: Any) -> None:
    section = Section("Penalty")
    qtbot.addWidget(section)
    section.resize(240, 60)
    font = QFont(section.font())
    font.setBold(True)
    word, line = painted(section)
    x_of = QFontMetricsF(font).horizontalAdvance
    assert word.text == "Penalty"
    assert line.stroke == theme.colours().grid.lower()
    assert line.left == pytest.approx(word.left + x_of("Penalty") + spacing.USUAL_PX, abs=1.5)
    assert (line.box.right(), line.box.height()) == (word.left + section.contentsRect().width() - 1, 0.0)
    assert word.left == section.contentsRect().left()
    assert abs(line.top - (word.top + 1)) < QFontMetricsF(font).ascent() / 2 + 2
    assert line.top > word.top - QFontMetricsF(font).ascent() / 2 - 1
    section.resize(30, 60)
    assert painted(section)[0].text.endswith(ELLIPSIS)
    section.setTitle("")
    assert painted(section) == []


@pytest.mark.qt_log_ignore("does not support")
def test_a_card_has_an_edge_around_it_and_one_that_floats_a_windows_frame(qtbot: Any) -> None:
    window, dock, colours = QMainWindow(), CardDock("title", around_px=6), theme.colours()
    qtbot.addWidget(window)

    def edges() -> list[tuple[float, ...]]:
        edge, inside = painted(dock)[-2:]
        assert (edge.fill, inside.fill) == (edge_colour.lower(), colours.background.lower())
        return [(one.left, one.top, one.box.right(), one.box.bottom()) for one in (edge, inside)]

    dock.resize(120, 80)
    edge_colour, width = colours.quiet_text, dock.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetFrameWidth)
    assert edges() == [(0, 0, 120, 80), (width, width, 120 - width, 80 - width)]
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    window.show()
    edge_colour, right, bottom = colours.grid, dock.width() - 6, dock.height() - 6
    assert edges() == [(6, 6, right, bottom), (6 + EDGE_PX, 6 + EDGE_PX, right - EDGE_PX, bottom - EDGE_PX)]
    margins = dock.contentsMargins()
    assert {margins.left(), margins.top(), margins.right(), margins.bottom()} == {EDGE_PX + 6}
    dock.setFloating(True)
    assert dock.contentsMargins().left() == EDGE_PX


def test_the_ring_lies_on_what_the_tab_key_reached_and_follows_it(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    one, other = QLabel("one", window), QLabel("other", window)
    one.setGeometry(20, 30, 60, 24)
    window.show()
    marker = FocusRing(window)

    def rings() -> list[QWidget]:
        return [ring for ring in window.findChildren(QWidget, "focusRing") if ring.isVisible()]

    marker.show_around(None)
    marker.show_around(window)
    assert rings() == [], "a window as a whole is not marked"
    marker.show_around(one)
    (ring,) = rings()
    assert ring.geometry() == one.geometry()
    one.setGeometry(40, 50, 90, 30)
    other.setGeometry(0, 0, 10, 10)
    assert ring.geometry() == one.geometry()
    (shape,) = painted(ring)
    assert shape.stroke == ring.palette().highlight().color().name()
    assert (shape.left, shape.top, shape.box.right(), shape.box.bottom()) == (1, 1, 89, 29)
    marker.show_around(other)
    assert [one.geometry() for one in rings()] == [other.geometry()]
    other.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    other.setFocus()
    qtbot.waitUntil(lambda: rings() == [])
