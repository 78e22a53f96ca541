"""The objective as a formula: terms side by side with their numbers beneath, chosen by pointer and keys."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from painted import painted
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from regdesk.core.words.explain.objective import FormulaTerm, ObjectiveFormula
from regdesk.views.explain.formula_view import FormulaView
from regdesk.views.kit import theme

TERMS = (
    FormulaTerm("objective", "1.2345", "J", "objective", "objective"),
    FormulaTerm("equals"),
    FormulaTerm("loss-squared", "0.5", "the loss", "loss", "loss", True),
    FormulaTerm("lambda", "0.1", "λ", "lam", "lambda", True),
    FormulaTerm("penalty-l1", "7", "the penalty", "penalty", "penalty"),
)
FORMULA = ObjectiveFormula(TERMS, "1.2345 = 0.5 + 0.1 · 7", ())


class Shown:
    """The formula in so much room, and what was chosen."""

    def __init__(self, qtbot: Any, width: int) -> None:
        self.view = FormulaView()
        qtbot.addWidget(self.view)
        self.topics: list[str] = []
        self.view.topic_chosen.connect(self.topics.append)
        self.view.show_formula(FORMULA)
        self.view.resize(width, self.view.heightForWidth(width))
        # It is laid out when it is seen.
        with qtbot.waitExposed(self.view):
            self.view.show()

    @property
    def rooms(self) -> list[Any]:
        return [room for _, room in self.view.rooms()]

    @property
    def marked(self) -> list[int]:
        """Numbers of the terms on a ground of their own."""
        grounds = [
            one.box.adjusted(-0.1, -0.1, 0.1, 0.1)
            for one in painted(self.view)
            if one.kind in ("rect", "path") and one.fill == theme.colours().grid.lower()
        ]
        return [number for number, room in enumerate(self.rooms) if any(one.contains(room) for one in grounds)]

    def point_at(self, number: int, button: Qt.MouseButton | None = None) -> None:
        place = self.rooms[number].center().toPoint()
        if button is None:
            QTest.mouseMove(self.view, place)
        else:
            QTest.mouseClick(self.view, button, pos=place)


def test_terms_stand_side_by_side_each_with_its_number_in_its_colour(qtbot: Any) -> None:
    shown, colours = Shown(qtbot, 900), theme.colours()
    rooms = shown.rooms
    assert [term for term, _ in shown.view.rooms()] == list(TERMS)
    assert rooms[0].left() == 0.0
    gaps = [after.left() - before.right() for before, after in pairwise(rooms)]
    assert gaps == pytest.approx([gaps[0]] * 4)
    assert gaps[0] > 2.0
    assert {room.top() for room in rooms} == {0.0}
    assert len({room.bottom() for room in rooms}) == 1
    numbers = [one for one in painted(shown.view) if one.kind == "text"]
    assert [(one.text, one.stroke) for one in numbers] == [
        ("1.2345", colours.text.lower()), ("0.5", colours.training.lower()), ("0.1", colours.lam.lower()),
        ("7", colours.penalty.lower()),
    ]  # fmt: skip
    metrics = shown.view.fontMetrics()
    for number, place in zip(numbers, (0, 2, 3, 4), strict=True):
        middle = number.left + metrics.horizontalAdvance(number.text) / 2
        assert middle == pytest.approx(rooms[place].center().x(), abs=3.0), (
            "each stands under the middle of its picture"
        )
        assert rooms[place].bottom() - metrics.height() < number.top < rooms[place].bottom()
    assert rooms[4].width() >= metrics.horizontalAdvance("0.00000"), "there is room for what it may become"
    assert shown.view.height() > rooms[0].bottom()
    assert shown.view.accessibleDescription() == FORMULA.in_words


def test_where_there_is_no_room_a_line_begins_where_a_term_may_begin_one(qtbot: Any) -> None:
    whole = Shown(qtbot, 900)
    width = round(whole.rooms[-1].right()) + 1
    assert {room.top() for room in Shown(qtbot, width).rooms} == {0.0}
    narrow = Shown(qtbot, width - 3)
    tops = [room.top() for room in narrow.rooms]
    assert tops[:3] == [0.0] * 3
    assert tops[3] == tops[4] > narrow.rooms[0].bottom()
    assert narrow.rooms[3].left() == 0.0
    assert narrow.view.height() > whole.view.height()
    narrower = Shown(qtbot, round(whole.rooms[2].right() - 3))
    assert len({room.top() for room in narrower.rooms}) in (2, 3)
    assert narrower.rooms[2].left() == 0.0
    # A piece that has no room by itself is drawn smaller.
    small = Shown(qtbot, round(whole.rooms[1].right()) - 8)
    assert max(room.right() for room in small.rooms) <= small.view.width()
    assert small.rooms[1].width() < whole.rooms[1].width()


def test_numbers_that_shrink_leave_everything_where_it_is(qtbot: Any) -> None:
    shown = Shown(qtbot, 900)
    before = shown.rooms
    wider = (FormulaTerm("objective", "123456.789012", "J", "objective", "objective"), *TERMS[1:])
    shown.view.show_formula(ObjectiveFormula(wider, "", ()))
    grown = shown.rooms
    assert grown[0].width() > before[0].width()
    shown.view.show_formula(FORMULA)
    assert shown.rooms == grown
    assert shown.view.formula == FORMULA
    shown.view.apply_text_size()
    assert shown.rooms == before, "another size of text begins anew"
    shown.view.show_formula(ObjectiveFormula(wider, "", ()))
    shown.view.show_formula(ObjectiveFormula((*TERMS[:4], FormulaTerm("penalty-l2", "7", "", "penalty", "p")), "", ()))
    assert shown.rooms[0] == before[0], "so does another formula"


def test_a_term_is_marked_under_the_pointer_and_explained_by_a_click(qtbot: Any) -> None:
    shown = Shown(qtbot, 900)
    assert shown.marked == []
    shown.point_at(2)
    qtbot.waitUntil(lambda: shown.marked == [2])
    assert shown.view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert "the loss" in shown.view.toolTip()
    shown.point_at(1)
    qtbot.waitUntil(lambda: shown.marked == [])
    assert shown.view.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert shown.view.toolTip() == ""
    for number, button in ((2, Qt.MouseButton.RightButton), (1, Qt.MouseButton.LeftButton)):
        shown.point_at(number, button)
    assert shown.topics == []
    for number in (0, 4):
        shown.point_at(number, Qt.MouseButton.LeftButton)
    assert shown.topics == ["objective", "penalty"]


def test_left_and_right_go_from_term_to_term_and_enter_explains(qtbot: Any) -> None:
    shown = Shown(qtbot, 900)
    found = []
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert shown.topics == [], "none is marked"
    for _ in range(5):
        QTest.keyClick(shown.view, Qt.Key.Key_Right)
        found += shown.marked
    assert found == [0, 2, 3, 4, 4], "what explains nothing is passed over, and at the end it stays"
    QTest.keyClick(shown.view, Qt.Key.Key_Enter)
    found.clear()
    for _ in range(4):
        QTest.keyClick(shown.view, Qt.Key.Key_Left)
        found += shown.marked
    assert found == [3, 2, 0, 0]
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert shown.topics == ["penalty", "objective"]
    other = Shown(qtbot, 900)
    QTest.keyClick(other.view, Qt.Key.Key_Left)
    assert other.marked == [0]
    QTest.keyClick(other.view, Qt.Key.Key_Up)
    assert other.marked == [0]
    empty = FormulaView()
    qtbot.addWidget(empty)
    QTest.keyClick(empty, Qt.Key.Key_Right)
    assert painted(empty) == []
    assert empty.heightForWidth(300) == 0
    assert shown.view.minimumSizeHint().width() == 0
    assert QPoint(0, shown.view.sizeHint().height()) == QPoint(0, shown.view.height())
