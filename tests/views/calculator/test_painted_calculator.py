"""Bars and answers of the calculator as they are painted: which way, how far, in which colour, beside which words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from painted import painted, texts
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from regdesk.views.calculator.addition_bar import AdditionBar
from regdesk.views.calculator.answer_view import MOST_LINES, AnswerView, class_colours
from regdesk.views.calculator.input_row import row_parts
from regdesk.views.calculator.list_header import ListHeader
from regdesk.views.kit import theme
from regdesk.views.kit.text_size import HERO, larger_font

HALF_PX = 48.0
"""Of the bar, whose ends are two pixels from the edges."""


def addition(qtbot: Any, value: float, limit: float) -> list[Any]:
    bar = AdditionBar()
    qtbot.addWidget(bar)
    bar.resize(100, 40)
    bar.show_addition(value, limit, "+0.5")
    return painted(bar)


@pytest.mark.parametrize(
    ("value", "limit", "left", "width"),
    [
        (1.0, 2.0, 50.0, HALF_PX / 2), (-1.0, 2.0, 50.0 - HALF_PX / 2, HALF_PX / 2), (9.0, 2.0, 50.0, HALF_PX),
        (-9.0, 2.0, 2.0, HALF_PX),
    ],
)  # fmt: skip
def test_what_raises_goes_right_and_what_lowers_left(
    qtbot: Any, value: float, limit: float, left: float, width: float
) -> None:
    words, bar, axis = addition(qtbot, value, limit)
    assert (words.text, words.stroke) == ("+0.5", theme.colours().text.lower())
    assert (bar.left, bar.box.width(), bar.box.height()) == (left, width, 8.0)
    assert bar.fill == theme.colours().weights.lower()
    assert axis.left == 50.0
    assert axis.top < bar.top < bar.box.bottom() < axis.box.bottom()
    assert words.top < bar.top, "the number stands above"
    middle = (words.top - 10 + bar.box.bottom()) / 2
    assert middle == pytest.approx(20.0, abs=3.0), "both together stand in the middle"


def test_nothing_is_added_where_there_is_no_scale(qtbot: Any) -> None:
    *_, axis = shapes = addition(qtbot, 1.0, 0.0)
    assert axis.left == 50.0
    assert max((one.box.width() for one in shapes if one.kind in ("rect", "path")), default=0.0) == 0.0


def answer(qtbot: Any, width: int) -> AnswerView:
    view = AnswerView()
    qtbot.addWidget(view)
    view.resize(width, 40)
    return view


def test_a_number_is_large_beside_what_it_is(qtbot: Any) -> None:
    view = answer(qtbot, 300)
    view.show_number("price", "12.5 €")
    title, number = painted(view)
    colours = theme.colours()
    assert (title.text, title.left, title.stroke) == ("price", 0.0, colours.quiet_text.lower())
    assert (number.text, number.stroke) == ("12.5 €", colours.text.lower())
    gap = number.left - view.fontMetrics().horizontalAdvance("price")
    assert 6.0 <= gap <= 12.0
    assert view.sizeHint().height() >= QFontMetrics(larger_font(view.font(), HERO)).height()
    assert view.minimumSizeHint() == QSize(0, view.sizeHint().height())
    view.show_number("", "no answer")
    assert [one.left for one in painted(view) if one.text] == [0.0]
    view.resize(120, 40)
    view.show_number("a target with a long name", "12.5")
    (number,) = [one for one in painted(view) if one.text]
    assert (number.text, number.left) == ("12.5", 0.0), "a few letters of a name would name nothing"
    view.resize(200, 40)
    title, number = painted(view)
    assert "…" in title.text
    assert number.text == "12.5"
    assert number.left + 1.3 * view.fontMetrics().horizontalAdvance("12.5") < 204, "the number is whole"


def test_each_class_has_a_bar_as_long_as_it_is_likely(qtbot: Any) -> None:
    view, classes = answer(qtbot, 400), ("no", "yes", "so")
    view.show_classes(classes, np.array([0.25, 0.5, np.nan]), 1)
    view.resize(400, view.sizeHint().height())
    colours, shapes = theme.colours(), painted(view)
    assert [one.text for one in shapes if one.kind == "text"] == ["no", "0.250", "yes", "0.500", "so", "–"]
    grounds = [one for one in shapes if one.kind != "text" and one.fill == colours.grid.lower()]
    bars = [
        one for one in shapes if one.kind != "text" and one.fill in [name.lower() for name in class_colours(classes)]
    ]
    assert len(grounds) == 3
    assert [
        bar.box.width() / ground.box.width() for bar, ground in zip(bars[:2], grounds, strict=False)
    ] == pytest.approx([0.25, 0.5], abs=0.001)
    assert [one.left for one in bars[:2]] == [one.left for one in grounds[:2]]
    assert [one.fill for one in bars[:2]] == [one.lower() for one in class_colours(classes)[:2]]
    # Two stand side by side and the third beneath.
    assert grounds[0].top == grounds[1].top < grounds[2].top
    assert grounds[0].left == grounds[2].left < grounds[1].left
    assert view.height() > 2 * (grounds[2].top - grounds[0].top), "the second line is whole"
    for name, number, ground in zip(shapes[::4], shapes[3::4], grounds, strict=True):
        assert name.left < ground.left < ground.box.right() < number.left
    chosen: list[int] = []
    view.class_chosen.connect(chosen.append)
    for ground in grounds:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=ground.box.center().toPoint())
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(390, view.height() - 2))
    assert chosen == [0, 1, 2]


def test_of_two_classes_the_bars_have_the_colour_of_the_curve_and_others_their_own() -> None:
    colours = theme.colours()
    assert class_colours(("no", "yes")) == [colours.text] * 2
    n_colours = len(colours.classes)
    many = class_colours(tuple(map(str, range(n_colours + 1))))
    assert many == [*colours.classes, colours.classes[0]]


def test_of_too_many_classes_the_likeliest_and_the_chosen_one_are_shown(qtbot: Any) -> None:
    view = answer(qtbot, 160)
    classes = tuple(f"c{number}" for number in range(MOST_LINES + 2))
    probabilities = np.array([0.05, 0.3, 0.1, 0.25, 0.2, 0.1])
    view.show_classes(classes, probabilities, 3)
    view.resize(160, view.sizeHint().height())
    assert texts(view)[::2] == ["c1", "c2", "c3", "c4"]
    view.show_classes(classes, probabilities, 0)
    assert texts(view)[::2] == ["c0", "c1", "c3", "c4"], "the least likely of them gives way"
    view.show_classes(classes[:MOST_LINES], probabilities[:MOST_LINES], 0)
    assert texts(view)[::2] == ["c0", "c1", "c2", "c3"]


def test_captions_stand_above_their_columns(qtbot: Any) -> None:
    header = ListHeader()
    qtbot.addWidget(header)
    header.resize(600, header.sizeHint().height())
    header.show_texts("column", "curve", "adds")
    names, plot, adds = row_parts(QSize(600, header.height()))
    first, second, third = painted(header)
    assert [one.text for one in (first, second, third)] == ["column", "curve", "adds"]
    advance = header.fontMetrics().horizontalAdvance
    assert first.left == pytest.approx(names.left(), abs=1.0)
    assert second.left + advance("curve") / 2 == pytest.approx(plot.center().x(), abs=1.5)
    assert third.left + advance("adds") / 2 == pytest.approx(adds.center().x(), abs=1.5)
    assert {one.stroke for one in (first, second, third)} == {theme.colours().quiet_text.lower()}
    header.show_row_width(500)
    narrower = row_parts(QSize(500, header.height()))[2]
    assert painted(header)[2].left + advance("adds") / 2 == pytest.approx(narrower.center().x(), abs=1.5)
