"""The list of features under the hand: filter, All, None, Space, F2, and how wide its columns are."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
)

from regdesk.core.words.data_facts import ColumnFact
from regdesk.views.controls.feature_list import FeatureList
from regdesk.views.controls.feature_model import BECOMES, DISTINCT, FACTOR, KIND, MISSING, NAME
from regdesk.views.kit import theme

AGE = ColumnFact("age", "numeric", 0, 1234, "1 input", "", True)
TOWN = ColumnFact("town", "categorical", 1500, 7, "6 inputs", "", True)
NUMBER = ColumnFact("number", "identifier", 0, 2000, "1 input", "it numbers the rows", True)
PRICE = ColumnFact("price", "numeric", 0, 900, "1 input", "", True)
BESIDE = (KIND, BECOMES, MISSING, DISTINCT, FACTOR)


class Listed:
    """The list on the screen, and how often it has said that something was edited."""

    def __init__(self, qtbot: Any, facts: tuple[ColumnFact, ...] = (AGE, TOWN, NUMBER, PRICE)) -> None:
        # As in the dialog: there a button would answer Enter.
        self.box = QDialog()
        qtbot.addWidget(self.box)
        layout = QVBoxLayout(self.box)
        self.features = FeatureList()
        layout.addWidget(self.features)
        self.features.show_facts(facts, ["age", "town", "price"], {"price": "the target"}, {"town": 2.0})
        self.n_edits = 0
        self.features.features_edited.connect(self._on_edited)
        self.tree = self.features.findChild(QTreeView)
        self.filter = self.features.findChild(QLineEdit, "featureFilterEdit")
        self.box.resize(700, 300)
        with qtbot.waitExposed(self.box):
            self.box.show()

    def _on_edited(self) -> None:
        self.n_edits += 1

    @property
    def count(self) -> str:
        return str(self.features.findChild(QLabel, "featureCount").text())

    def go_to(self, row: int, column: int = NAME) -> None:
        self.tree.setFocus()
        self.tree.setCurrentIndex(self.tree.model().index(row, column))

    def click(self, name: str) -> None:
        QTest.mouseClick(self.features.findChild(QPushButton, name), Qt.MouseButton.LeftButton)

    def double_click(self, row: int, column: int) -> None:
        place = self.tree.visualRect(self.tree.model().index(row, column)).center()
        # The editor that opens takes the last release: without another one the button stays down for tests that follow.
        for press in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseRelease):
            press(self.tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def type_over(self, text: str) -> None:
        # The box of the edit before may not have gone yet.
        *_, edit = [one for one in self.tree.viewport().findChildren(QLineEdit) if one.isVisible()]
        edit.setText(text)
        QTest.keyClick(edit, Qt.Key.Key_Return)

    @property
    def is_editing(self) -> bool:
        return bool(self.tree.state() == QAbstractItemView.State.EditingState)


def test_what_is_chosen_and_shown_is_counted(qtbot: Any) -> None:
    listed = Listed(qtbot)
    assert listed.count == "2 of 3 columns are features"
    assert listed.features.are_default
    assert (listed.features.features, listed.features.factors) == (("age", "town"), {"town": 2.0})
    listed.filter.setText("n")
    assert listed.count == "2 of 3 columns are features; the filter shows 2"
    listed.click("noFeaturesButton")
    assert listed.count == "1 of 3 columns are features; the filter shows 2"
    assert (listed.n_edits, listed.features.are_default) == (1, False)
    listed.click("allFeaturesButton")
    assert (listed.n_edits, listed.features.features) == (2, ("age", "town"))
    listed.filter.setText("xyz")
    assert listed.count == "2 of 3 columns are features; no name contains this"
    listed.filter.setText("  ")
    assert listed.count == "2 of 3 columns are features"
    listed.features.show_reserved({"age": "the target", "price": "the weight"})
    assert listed.count == "1 of 2 columns are features"
    listed.features.show_reserved({"age": "the target"})
    assert listed.features.features == ("town", "price")
    listed.filter.setText("n")
    listed.features.show_facts((AGE,), [], {}, {})
    assert (listed.filter.text(), listed.count) == ("", "0 of 1 columns are features"), "all of another table is shown"


def test_space_does_to_all_that_are_selected_what_it_does_to_the_current_row(qtbot: Any) -> None:
    listed = Listed(qtbot)
    listed.go_to(0)
    QTest.keyClick(listed.tree, Qt.Key.Key_Space)
    assert listed.features.features == ("town",)
    for _ in range(2):
        QTest.keyClick(listed.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(listed.tree, Qt.Key.Key_Space)
    assert listed.features.features == ("age", "town", "number"), "the current row had none"
    QTest.keyClick(listed.tree, Qt.Key.Key_Space)
    assert (listed.features.features, listed.n_edits) == ((), 3)


def test_a_factor_is_edited_by_f2_and_a_double_click_on_it_alone(qtbot: Any) -> None:
    listed = Listed(qtbot)
    for row, opens in ((2, False), (3, False), (0, True)):
        listed.go_to(row)
        QTest.keyClick(listed.tree, Qt.Key.Key_F2)
        assert listed.is_editing is opens, f"row {row}"
    listed.type_over("-3")
    qtbot.waitUntil(lambda: not listed.is_editing)
    assert listed.count.startswith("A penalty factor is ")
    assert listed.n_edits == 0
    listed.double_click(1, KIND)
    assert not listed.is_editing
    listed.double_click(1, FACTOR)
    assert listed.is_editing
    listed.type_over("4")
    qtbot.waitUntil(lambda: not listed.is_editing)
    assert (listed.features.factors, listed.n_edits) == ({"town": 4.0}, 1)
    assert listed.count == "2 of 3 columns are features"


def test_each_column_is_as_wide_as_what_stands_in_it_and_only_grows(qtbot: Any) -> None:
    long = ColumnFact("a", "a kind of many words indeed", 0, 3, "12 inputs and more", "", True)
    listed = Listed(qtbot, (AGE, long))
    tree, model = listed.tree, listed.tree.model()
    for column in BESIDE:
        texts = [model.index(row, column).data() for row in range(2)]
        texts.append(model.headerData(column, Qt.Orientation.Horizontal))
        widest_px = max(map(tree.fontMetrics().horizontalAdvance, texts))
        assert widest_px < tree.columnWidth(column) < widest_px + 30, f"column {column}"
    kind_px = tree.columnWidth(KIND)
    listed.filter.setText("age")
    assert tree.columnWidth(KIND) == kind_px, "the list does not jump"
    listed.filter.setText("")
    listed.features.show_reserved({"age": "a reason that is longer than all of the kinds above it"})
    assert tree.columnWidth(KIND) > kind_px
    listed.features.show_facts((AGE,), [], {}, {})
    assert tree.columnWidth(KIND) < kind_px
    # The names have the rest.
    header = tree.header()
    assert sum(tree.columnWidth(column) for column in range(6)) == header.width() == tree.viewport().width()


def test_cut_names_stay_distinct_and_follow_the_room(qtbot: Any) -> None:
    names = [f"{kind} of the second quarter of the year" for kind in ("revenue", "revenge", "revelry")]
    facts = tuple(ColumnFact(name, "numeric", 0, 9, "1 input", "", True) for name in names)
    listed = Listed(qtbot, facts)
    tree, delegate = listed.tree, listed.tree.itemDelegate()

    def shown() -> list[str]:
        found = []
        for row in range(3):
            option = QStyleOptionViewItem()
            tree.initViewItemOption(option)
            index = tree.model().index(row, NAME)
            option.rect = tree.visualRect(index)
            delegate.initStyleOption(option, index)
            found.append(option.text)
        return found

    listed.box.resize(1400, 300)
    qtbot.waitUntil(lambda: tree.columnWidth(NAME) > 700)
    assert shown() == names
    listed.features.show_facts(tuple(reversed(facts)), [], {}, {})
    assert shown() == names[::-1], "others stand there now"
    others_px = sum(tree.columnWidth(column) for column in BESIDE)
    listed.box.resize(others_px + 220, 300)
    qtbot.waitUntil(lambda: tree.columnWidth(NAME) < 300)
    cut = shown()
    assert len(set(cut)) == 3
    assert all("…" in one for one in cut)
    # What is left of a name fills the room beside its check, and Qt cuts it no further.
    widths = [tree.fontMetrics().horizontalAdvance(one) for one in cut]
    assert tree.columnWidth(NAME) - 50 < max(widths) < tree.columnWidth(NAME) - 20


def test_rows_leave_room_above_and_below_their_text(qtbot: Any) -> None:
    listed = Listed(qtbot)
    row = listed.tree.visualRect(listed.tree.model().index(0, NAME))
    assert row.height() >= listed.tree.fontMetrics().height() + 6


@pytest.mark.parametrize("is_free", [True, False])
def test_a_column_that_can_be_a_feature_has_an_outline_around_its_check(qtbot: Any, is_free: bool) -> None:
    listed = Listed(qtbot, (NUMBER, PRICE))
    row = 0 if is_free else 1
    picture = listed.tree.viewport().grab(listed.tree.visualRect(listed.tree.model().index(row, NAME))).toImage()
    places = [QPoint(x, y) for x in range(24) for y in range(picture.height())]
    found = {picture.pixelColor(one).name() for one in places}
    assert (theme.colours().outline.lower() in found) is is_free
    # Beside it the name is written.
    ground = picture.pixelColor(picture.width() - 1, 1)
    assert any(
        picture.pixelColor(x, picture.height() // 2).lightness() < ground.lightness() - 60 for x in range(24, 80)
    )


def test_the_list_gives_room_to_its_rows_and_tab_leaves_it(qtbot: Any) -> None:
    listed = Listed(qtbot)
    height = listed.tree.height()
    label = listed.features.findChild(QLabel, "featureCount")
    label_px = label.height()
    listed.box.resize(700, 500)
    qtbot.waitUntil(lambda: listed.tree.height() > height)
    assert (listed.tree.height() - height, label.height()) == (200, label_px)
    margins = listed.features.layout().contentsMargins()
    assert [margins.left(), margins.top(), margins.right(), margins.bottom()] == [0] * 4
    listed.go_to(0)
    QTest.keyClick(listed.tree, Qt.Key.Key_Tab)
    assert not listed.tree.hasFocus()
    assert listed.tree.currentIndex().row() == 0
    for name in ("allFeaturesButton", "noFeaturesButton"):
        assert not listed.features.findChild(QPushButton, name).autoDefault(), "Enter applies the dialog"
    buddies = [one.buddy() for one in listed.features.findChildren(QLabel) if one.buddy() is not None]
    assert buddies == [listed.filter]
    assert listed.filter.isClearButtonEnabled()
    assert not listed.tree.rootIsDecorated()
    assert not listed.tree.header().sectionsMovable()
    assert listed.tree.toolTip() == "", "it would hide those of the rows"
    assert (listed.tree.objectName(), listed.tree.accessibleName()) == ("featureList", "Features")
    assert listed.filter.placeholderText() == "part of a name"
    assert listed.tree.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers
    assert listed.tree.uniformRowHeights(), "a table of many columns is laid out at once"
    assert listed.tree.allColumnsShowFocus()
    # The names are cut for want of room: there is nothing to scroll to.
    assert listed.tree.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
