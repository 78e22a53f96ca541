"""Small parts of the calculator: texts, ranges, the order of the inputs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from regdesk.views.calculator.answer_range import PATIENCE, AnswerRange
from regdesk.views.calculator.answer_texts import value_text
from regdesk.views.calculator.answer_view import AnswerView, fitting_title
from regdesk.views.calculator.input_order import listed_inputs
from regdesk.views.calculator.input_row import row_parts
from regdesk.views.calculator.list_header import ListHeader


def test_inputs_are_searched_by_every_word_and_sorted_by_size():
    names = ["Size of house", "size of garden", "Age"]
    assert listed_inputs(names, "", None) == [0, 1, 2]
    assert listed_inputs(names, "SIZE", None) == [0, 1]
    assert listed_inputs(names, "of gar", None) == [1]
    assert listed_inputs(names, "no such", None) == []
    assert listed_inputs(names, "", np.array([1.0, -3.0, 1.0])) == [1, 0, 2]
    assert listed_inputs(names, "", np.array([np.nan, 0.0, 1.0])) == [2, 0, 1]


@pytest.mark.parametrize(
    ("value", "decimals", "has_sign", "text"),
    [
        (22.413, 2, False, "22.41"),
        (22.413, 2, True, "+22.41"),
        (-0.001, 2, True, "0.00"),
        (0.0, 3, True, "0.000"),
        (1.5e9, 0, False, "1.5e9"),
        (float("nan"), 2, False, "–"),
    ],
)
def test_values_are_written_with_so_many_decimals(value, decimals, has_sign, text):
    assert value_text(value, decimals, has_sign).replace("\u202f", "") in {text, "1500000000"}


def test_the_range_holds_still_widens_at_once_and_narrows_after_a_while():
    found = AnswerRange()
    assert found.follow(3.0, 17.0)
    assert (found.low, found.high) == (0.0, 20.0)
    assert not found.follow(5.0, 12.0)
    assert found.follow(5.0, 31.0)
    assert (found.low, found.high) == (0.0, 40.0)
    changes = [found.follow(8.0, 9.0) for _ in range(PATIENCE)]
    assert changes == [False] * (PATIENCE - 1) + [True]
    assert found.low <= 8.0
    assert found.high >= 9.0
    assert found.high - found.low < 3.0
    assert not found.follow(float("nan"), 1.0)


@pytest.mark.parametrize("value", [0.0, 1e-9, 5.0, -1e12])
def test_what_is_flat_lies_within_its_range(value):
    found = AnswerRange()
    found.follow(value, value)
    assert found.low <= value <= found.high
    assert found.low < found.high


def test_the_caption_of_narrow_plots_has_the_room_beside_it_and_covers_no_other(qtbot: Any) -> None:
    header = ListHeader()
    qtbot.addWidget(header)
    header.resize(270, 20)
    header.show_texts("Input", "price, 100 000 to 250 000", "Adds")
    metrics = header.fontMetrics()
    _, curves, adds = header.places
    assert curves.width() > metrics.horizontalAdvance(header.texts[1])
    assert curves.left() > metrics.horizontalAdvance("Input")
    assert curves.right() < adds.center().x() - metrics.horizontalAdvance("Adds") / 2
    # What has room above the plot stands above its middle.
    header.show_texts("Input", "y", "Adds")
    assert header.places[1].center().x() == pytest.approx(row_parts(QSize(270, 20))[1].center().x(), abs=1.0)
    # Far too long a name ends where the next caption begins.
    header.show_texts("Input", "x" * 300, "Adds")
    assert header.places[1].right() < adds.center().x()


class PaintCount(QObject):
    """Counts how often a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.n_painted = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.n_painted += event.type() == QEvent.Type.Paint
        return False


def test_every_answer_is_painted(qtbot: Any) -> None:
    view, count = AnswerView(), PaintCount()
    qtbot.addWidget(view)
    view.resize(200, 60)
    view.show_classes(("no", "yes"), np.array([0.3, 0.7]), 1)
    with qtbot.waitExposed(view):
        view.show()
    view.installEventFilter(count)
    for probabilities in ([0.4, 0.6], [0.9, 0.1]):
        before = count.n_painted
        view.show_classes(("no", "yes"), np.array(probabilities), 1)
        qtbot.waitUntil(lambda before=before: count.n_painted > before)
    view.removeEventFilter(count)


def test_of_many_classes_the_likeliest_are_shown_and_the_chosen_one_among_them(qtbot: Any) -> None:
    view, chosen = AnswerView(), []
    qtbot.addWidget(view)
    view.class_chosen.connect(chosen.append)
    view.resize(100, 200)
    probabilities = np.array([0.02, 0.3, 0.03, 0.2, 0.05, 0.4])
    # One class stands in each of four lines, from above in the order of the classes; the place of the last is clicked.
    for own, lines in ((5, [1, 3, 4, 5]), (0, [0, 1, 3, 5])):
        view.show_classes(tuple("abcdef"), probabilities, own)
        view.resize(100, view.sizeHint().height())
        for line in range(4):
            place = QPoint(10, int((line + 0.5) * view.sizeHint().height() / 4))
            qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
        assert chosen == lines
        chosen.clear()


@pytest.mark.usefixtures("qapp")
def test_a_few_letters_of_a_name_are_not_shown() -> None:
    metrics = QFontMetrics(QApplication.font())
    whole_px = metrics.horizontalAdvance("temperature")
    assert fitting_title("temperature", metrics, whole_px) == "temperature"
    assert fitting_title("temperature", metrics, 40.0) == ""
    long = "temperature of the air above the lake"
    cut = fitting_title(long, metrics, 120.0)
    assert "…" in cut
    assert metrics.horizontalAdvance(cut) <= 120.0
