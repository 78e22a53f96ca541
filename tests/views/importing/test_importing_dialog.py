"""The import dialog with a file made by hand: what it shows, what it asks, and what it opens the file with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from import_previews import COLUMNS, FOUND, PREVIEW, UNREAD, HandRows, import_column
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QScrollBar,
    QWidget,
)

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import Consequences
from regdesk.core.words.import_facts import ColumnSplit, ImportPreview, ImportWarning
from regdesk.views.importing.column_model import KIND, NAME, ROLE, VALUES
from regdesk.views.importing.import_dialog import ImportDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
CONSEQUENCES = Consequences("regression", ("Predicts y.", "All 60 rows are used."), ("b is strange.",))


class Person:
    """Before the dialog: what was asked is in the lists."""

    def __init__(self, qtbot: Any, preview: ImportPreview = PREVIEW, settings: DataSettings | None = None) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.resize(1200, 900)
        qtbot.addWidget(self.window)
        self.window.show()
        self.dialog = ImportDialog(self.window)
        self.readings: list[ReadingOptions] = []
        self.asked: list[DataSettings] = []
        self.opened: list[DataSettings] = []
        self.commands: list[DataSettings] = []
        self.dialog.reading_edited.connect(self.readings.append)
        self.dialog.settings_edited.connect(self.asked.append)
        self.dialog.file_accepted.connect(self.opened.append)
        self.dialog.command_requested.connect(self.commands.append)
        self.dialog.open_with(preview, settings or DataSettings())

    def child(self, name: str) -> Any:
        found = self.dialog.findChild(QObject, name)
        assert found is not None, f"the dialog has no {name}"
        return found

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(self.dialog.focusWidget() or self.dialog, key)

    def choose(self, name: str, datum: object) -> None:
        box: QComboBox = self.child(name)
        box.setCurrentIndex(next(row for row in range(box.count()) if box.itemData(row) == datum))

    def entries(self, name: str) -> list[str]:
        box: QComboBox = self.child(name)
        return [box.itemText(row) for row in range(box.count())]

    def roles(self) -> dict[str, str]:
        model = self.child("importColumns").model()
        return {model.index(row, NAME).data(): model.index(row, ROLE).data() for row in range(model.rowCount())}

    def menu_at(self, name: str) -> QMenu:
        """Walk to a column with the arrow keys and open its menu by Space."""
        tree = self.child("importColumns")
        tree.setFocus()
        self.qtbot.keyClick(tree, Qt.Key.Key_Home)
        for _ in range(tree.model().rowCount()):
            if tree.currentIndex().siblingAtColumn(NAME).data() == name:
                break
            self.qtbot.keyClick(tree, Qt.Key.Key_Down)
        self.qtbot.keyClick(tree, Qt.Key.Key_Space)
        return self.open_menu()

    def open_menu(self) -> QMenu:
        menus = [one for one in self.child("importColumns").findChildren(QMenu) if one.isVisible()]
        assert len(menus) == 1
        menu: QMenu = menus[0]
        return menu

    def pick(self, name: str, action: str) -> None:
        """Another role or kind for a column, by the keyboard."""
        menu = self.menu_at(name)
        chosen = next(one for one in menu.actions() if one.objectName() == action)
        self.qtbot.keyClick(menu, chosen.text()[chosen.text().index("&") + 1].lower())
        self.qtbot.waitUntil(lambda: not menu.isVisible())

    def answer(self) -> None:
        self.dialog.show_consequences(CONSEQUENCES)

    def wait_asked(self, n_times: int) -> DataSettings:
        self.qtbot.waitUntil(lambda: len(self.asked) == n_times)
        return self.asked[-1]


@pytest.fixture
def person(qtbot: Any) -> Iterator[Person]:
    found = Person(qtbot)
    yield found
    found.dialog.reject()


def test_the_likeliest_target_is_offered_and_one_enter_takes_it(person: Person) -> None:
    assert person.dialog.isVisible()
    assert person.dialog.windowTitle() == "Open small.csv"
    assert person.dialog.focusWidget() is person.child("importTargetBox")
    assert person.child("importTargetBox").currentText() == "y"
    assert person.entries("importTargetBox") == ["y", "a", "id", "b", "part"]
    assert person.asked == [DataSettings(target="y")]
    person.answer()
    assert person.child("importState").text() == "Enter opens the file to predict y."
    person.press(Qt.Key.Key_Return)
    assert person.opened == [DataSettings(target="y")]
    assert not person.dialog.isVisible()


def test_enter_before_the_answer_opens_the_file_once_it_can_be(person: Person) -> None:
    person.press(Qt.Key.Key_Return)
    assert person.opened == []
    assert person.dialog.isVisible()
    person.answer()
    assert person.opened == [DataSettings(target="y")]


def test_enter_before_a_bad_answer_opens_nothing(person: Person) -> None:
    person.press(Qt.Key.Key_Return)
    person.dialog.show_problem("small.csv: no row is left.")
    assert person.dialog.isVisible()
    assert not person.child("importOpenButton").isEnabled()
    assert "no row is left." in person.child("importConsequences").toPlainText()
    person.press(Qt.Key.Key_Return)
    person.answer()
    assert person.opened == []


def test_escape_opens_nothing(person: Person) -> None:
    person.answer()
    person.press(Qt.Key.Key_Escape)
    assert not person.dialog.isVisible()
    assert person.opened == []


def test_rows_are_shown_letter_by_letter_with_their_lines(person: Person) -> None:
    model = person.child("importRows").model()
    assert (model.rowCount(), model.columnCount()) == (60, 5)
    assert [model.index(1, place).data() for place in range(5)] == ["k1", "1", "<b>x</b>", "train", "1.5"]
    assert model.index(2, 2).data() == "missing"
    assert model.headerData(7, Qt.Orientation.Vertical) == "9"
    assert [model.headerData(place, Qt.Orientation.Horizontal) for place in (0, 1, 4)] == [
        "id\nidentifier", "a\nfeature", "y\ntarget",
    ]  # fmt: skip
    assert model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole) == "<qt>&lt;b&gt;x&lt;/b&gt;</qt>"


def test_a_warning_leads_to_its_line(person: Person) -> None:
    warnings, rows = person.child("importWarnings"), person.child("importRows")
    assert [warnings.item(row).text() for row in range(warnings.count())] == [
        "Line 40, b: '<b>x</b>' is a word <i>among</i> numbers.", "nothing in particular.",
    ]  # fmt: skip
    place = warnings.visualItemRect(warnings.item(0)).center()
    person.qtbot.mouseClick(warnings.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (rows.currentIndex().row(), rows.currentIndex().column()) == (38, 2)
    assert rows.visualRect(rows.currentIndex()).intersects(rows.viewport().rect())


def test_a_warning_leads_to_its_line_by_enter_too(person: Person) -> None:
    warnings, rows = person.child("importWarnings"), person.child("importRows")
    person.answer()
    warnings.setFocus()
    person.press(Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert rows.currentIndex().row() == 38
    assert person.opened == []


def test_a_line_that_is_no_row_is_shown_as_it_stands(qtbot: Any) -> None:
    told = ImportWarning(99, None, "this row of totals is left out.", "Summe;<b>24</b>;66")
    person = Person(qtbot, replace(PREVIEW, warnings=(told,)))
    person.answer()
    warnings = person.child("importWarnings")
    warnings.setFocus()
    person.press(Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert person.child("importState").text() == "Line 99: Summe;<b>24</b>;66"
    assert person.child("importRows").currentIndex().row() == 59
    person.dialog.reject()


def test_a_role_is_changed_by_the_keyboard(person: Person) -> None:
    person.answer()
    person.pick("a", "role_weight")
    person.pick("id", "role_feature")
    person.pick("b", "role_ignored")
    assert person.roles() == {"id": "feature", "a": "weight", "b": "ignored", "part": "feature", "y": "target"}
    expected = DataSettings(target="y", weight_column="a", roles=(("id", "feature"), ("b", "ignored")))
    assert person.wait_asked(2) == expected
    assert person.child("importState").text() == "Working out what this does …"
    person.answer()
    person.press(Qt.Key.Key_Return)
    assert person.opened == [expected]


def test_a_click_on_a_role_or_a_kind_opens_the_menu(person: Person) -> None:
    tree = person.child("importColumns")
    for place, role in ((ROLE, "feature"), (KIND, "split")):
        cell = tree.visualRect(tree.model().index(3, place)).center()
        person.qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=cell)
        menu = person.open_menu()
        checked = [one.objectName() for one in menu.actions() if one.isChecked()]
        assert checked == [f"role_{role}", "kind_categorical"]
        next(one for one in menu.actions() if one.objectName() == "role_split").trigger()
        menu.close()
        person.qtbot.waitUntil(lambda: not tree.findChildren(QMenu))
        assert person.roles()["part"] == "split"


def test_a_target_chosen_in_the_list_is_that_of_the_box_and_back(person: Person) -> None:
    person.pick("a", "role_target")
    assert person.child("importTargetBox").currentData() == "a"
    assert person.roles()["y"] == "feature"
    person.choose("importTargetBox", "b")
    assert person.roles()["b"] == "target"
    assert person.roles()["a"] == "feature"
    assert person.wait_asked(2) == DataSettings(target="b")


def test_several_columns_are_changed_at_once(person: Person) -> None:
    tree = person.child("importColumns")
    tree.setFocus()
    person.qtbot.keyClick(tree, Qt.Key.Key_Home)
    person.qtbot.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    person.qtbot.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    person.qtbot.keyClick(tree, Qt.Key.Key_Space)
    menu = person.open_menu()
    next(one for one in menu.actions() if one.objectName() == "role_ignored").trigger()
    menu.close()
    assert list(person.roles().values()) == ["ignored", "ignored", "ignored", "feature", "target"]


def test_another_kind_is_another_reading(person: Person) -> None:
    person.answer()
    person.pick("a", "kind_categorical")
    assert person.readings == [ReadingOptions(kinds=(("a", "categorical"),))]
    assert person.child("importState").text() == "Reading …"
    columns = tuple(replace(one, kind="categorical") if one.name == "a" else one for one in COLUMNS)
    person.dialog.show_preview(replace(PREVIEW, reading=person.readings[0], columns=columns))
    model = person.child("importColumns").model()
    assert model.index(1, KIND).data() == "categorical *"
    assert model.index(1, VALUES).data(Qt.ItemDataRole.UserRole) == (0.5, 1.0)
    person.pick("a", "kind_found")
    assert person.readings[1:] == [ReadingOptions()]


@pytest.mark.parametrize(
    ("name", "datum", "expected"),
    [
        ("importDelimiterBox", ";", ReadingOptions(delimiter=";")),
        ("importEncodingBox", "cp1252", ReadingOptions(encoding="cp1252")),
        ("importQuoteBox", "none", ReadingOptions(quote="none")),
        ("importDecimalBox", ",", ReadingOptions(decimal=",")),
        ("importHeaderBox", False, ReadingOptions(has_header=False)),
    ],
)
def test_a_guess_is_changed_by_its_list(person: Person, name: str, datum: object, expected: ReadingOptions) -> None:
    assert person.entries(name)[0].startswith("found: ")
    person.choose(name, datum)
    assert person.readings == [expected]
    person.dialog.show_preview(replace(PREVIEW, reading=expected))
    assert person.readings == [expected]
    assert person.child(name).currentData() == datum
    person.choose(name, None)
    assert person.readings[1:] == [ReadingOptions()]


@pytest.mark.parametrize(
    ("name", "typed", "expected", "text"),
    [
        ("importDelimiterBox", "§", ReadingOptions(delimiter="§"), "§"),
        ("importDelimiterBox", "Tab", ReadingOptions(delimiter="\t"), "tab"),
        ("importDelimiterBox", " ", ReadingOptions(delimiter=" "), "blanks"),
        ("importEncodingBox", "johab", ReadingOptions(encoding="johab"), "johab"),
        ("importQuoteBox", "|", ReadingOptions(quote="|"), "|"),
    ],
)
def test_what_is_not_in_a_list_is_typed(
    person: Person, name: str, typed: str, expected: ReadingOptions, text: str
) -> None:
    person.answer()
    box = person.child(name)
    box.setCurrentIndex(box.count() - 1)
    edit = box.lineEdit()
    person.qtbot.waitUntil(box.hasFocus)
    assert (edit.accessibleName() != "", person.readings) == (True, [])
    person.qtbot.keyClicks(edit, typed)
    person.press(Qt.Key.Key_Return)
    assert person.readings == [expected]
    assert box.currentText() == text
    assert not box.isEditable()
    # Enter has ended typing, and opened nothing.
    assert person.opened == []
    person.dialog.show_preview(replace(PREVIEW, reading=expected))
    assert box.currentText() == text


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("importDelimiterBox", "abc", "Delimiter: it must be"),
        ("importEncodingBox", "klingon", "Encoding: it must be a text encoding such as utf-8"),
        ("importQuoteBox", "a", "Quote: it must be"),
    ],
)
def test_what_cannot_be_typed_is_said_and_changes_nothing(person: Person, name: str, typed: str, words: str) -> None:
    box = person.child(name)
    before = box.currentText()
    box.setCurrentIndex(box.count() - 1)
    person.qtbot.keyClicks(box.lineEdit(), typed)
    person.qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert person.child("importState").text().startswith(words)
    assert (box.currentText(), person.readings) == (before, [])
    # Esc gives typing up, and not the dialog.
    box.setCurrentIndex(box.count() - 1)
    person.qtbot.keyClicks(box.lineEdit(), "#")
    person.qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Escape)
    assert person.dialog.isVisible()
    assert (box.currentText(), person.readings) == (before, [])


def test_what_was_typed_is_taken_when_the_field_is_left(person: Person) -> None:
    box = person.child("importDelimiterBox")
    box.setCurrentIndex(box.count() - 1)
    person.qtbot.waitUntil(box.hasFocus)
    person.qtbot.keyClicks(box.lineEdit(), "§")
    person.child("importMissingEdit").setFocus()
    person.qtbot.waitUntil(lambda: person.readings == [ReadingOptions(delimiter="§")])
    assert box.currentText() == "§"


def test_another_choice_while_one_types_knows_what_stood_there_before(person: Person) -> None:
    person.choose("importQuoteBox", "none")
    person.dialog.show_preview(replace(PREVIEW, reading=person.readings[-1]))
    box = person.child("importQuoteBox")
    box.setCurrentIndex(box.count() - 1)
    assert box.isEditable()
    person.choose("importDelimiterBox", ";")
    assert person.readings[1:] == [ReadingOptions(quote="none", delimiter=";")]


def test_month_and_weekday_of_dates_are_features_on_request(qtbot: Any) -> None:
    dates = replace(import_column("when", "datetime", "ignored"), has_date_parts=True)
    rows = HandRows((("k", "1", "x", "train", "2024-05-01", "3"),))
    preview = replace(PREVIEW, columns=(*COLUMNS[:-1], dates, COLUMNS[-1]), rows=rows)
    person = Person(qtbot, preview)
    assert [one.objectName() for one in person.menu_at("a").actions() if one.objectName() == "date_parts"] == []
    person.open_menu().close()
    person.qtbot.waitUntil(lambda: not person.child("importColumns").findChildren(QMenu))
    person.pick("when", "date_parts")
    assert person.wait_asked(2) == DataSettings(target="y", date_parts=("when",))
    model = person.child("importColumns").model()
    assert model.index(4, KIND).data() == "datetime +"
    assert "(+ its month and its weekday are features)" in person.child("importColumns").columns.sentence(4)
    person.pick("when", "date_parts")
    assert person.wait_asked(3) == DataSettings(target="y")
    assert model.index(4, KIND).data() == "datetime"
    person.dialog.reject()
    person.dialog.open_with(preview, DataSettings(target="y", date_parts=("all",)))
    assert person.asked[-1] == DataSettings(target="y", date_parts=("when",))
    person.dialog.reject()


def test_lines_and_missing_words_are_typed(person: Person) -> None:
    person.answer()
    spin: QAbstractSpinBox = person.child("importSkipSpin")
    assert spin.text() == "found: 0"
    spin.setFocus()
    person.press(Qt.Key.Key_Up)
    assert person.readings == [ReadingOptions(n_skipped=0)]
    person.dialog.show_preview(replace(PREVIEW, reading=person.readings[-1]))
    person.answer()
    edit: QLineEdit = person.child("importMissingEdit")
    edit.setFocus()
    person.qtbot.keyClicks(edit, '-999, "a, b",-999')
    person.press(Qt.Key.Key_Return)
    assert person.readings[1:] == [ReadingOptions(n_skipped=0, missing_words=("-999", "a, b"))]
    # Enter has entered the words, and opened nothing that nobody has seen.
    assert person.opened == []
    person.dialog.show_preview(replace(PREVIEW, reading=person.readings[-1]))
    assert edit.text() == '-999,"a, b"'
    edit.clear()
    person.press(Qt.Key.Key_Return)
    assert person.readings[2:] == [ReadingOptions(n_skipped=0)]


def test_what_was_said_beyond_the_lists_is_in_them(qtbot: Any) -> None:
    said = ReadingOptions(delimiter="§", encoding="johab", n_skipped=2)
    person = Person(qtbot, replace(PREVIEW, reading=said, found=replace(FOUND, delimiter="§", encoding="johab")))
    assert person.child("importDelimiterBox").currentText() == "§"
    assert person.child("importEncodingBox").currentText() == "johab"
    assert person.child("importSkipSpin").value() == 2
    person.choose("importDecimalBox", ",")
    assert person.readings == [replace(said, decimal=",")]
    person.dialog.reject()


def test_sheets_are_offered_where_there_are_several(qtbot: Any) -> None:
    person = Person(
        qtbot, replace(PREVIEW, sheets=("2023", "2024"), found=ReadingOptions(decimal=".", has_header=True))
    )
    assert person.child("importSheetBox").isVisible()
    assert person.entries("importSheetBox") == ["the first with cells", "2023", "2024", "other …"]
    # A sheet has neither a delimiter nor an encoding.
    for name in ("importDelimiterBox", "importEncodingBox", "importQuoteBox"):
        assert not person.child(name).isEnabled()
    person.choose("importSheetBox", "2024")
    assert person.readings == [ReadingOptions(sheet="2024")]
    person.dialog.reject()


def test_without_sheets_there_is_no_box_for_them(person: Person) -> None:
    assert not person.child("importSheetBox").isVisible()


def test_roles_stay_when_the_file_is_read_otherwise(person: Person) -> None:
    person.pick("b", "role_fold")
    person.choose("importTargetBox", "a")
    columns = (import_column("a"), import_column("b"), import_column("new"))
    rows = HandRows((("1", "2", "3"),))
    person.dialog.show_preview(replace(PREVIEW, columns=columns, rows=rows, targets=("new",)))
    assert person.roles() == {"a": "target", "b": "fold", "new": "feature"}
    # Without the target that was chosen the likeliest one is offered; it comes back with its column.
    person.dialog.show_preview(replace(PREVIEW, columns=columns[1:], rows=HandRows((("2", "3"),)), targets=("new",)))
    assert person.roles() == {"b": "fold", "new": "target"}
    person.dialog.show_preview(PREVIEW)
    assert person.roles() == {"id": "identifier", "a": "target", "b": "fold", "part": "feature", "y": "feature"}


def test_settings_that_come_back_are_shown(qtbot: Any) -> None:
    settings = DataSettings(target="a", split_column="part", roles=(("b", "ignored"),), missing="drop")
    person = Person(qtbot, settings=settings)
    assert person.roles() == {"id": "identifier", "a": "target", "b": "ignored", "part": "split", "y": "feature"}
    assert person.child("importMissingCellsBox").currentData() == "drop"
    assert person.asked == [settings]
    person.answer()
    person.press(Qt.Key.Key_Return)
    assert person.opened == [settings]


def test_the_place_stays_in_a_file_and_not_in_the_next(person: Person) -> None:
    rows = person.child("importRows")
    rows.show_line(40, "b")
    person.dialog.show_preview(replace(PREVIEW, reading=ReadingOptions(decimal=",")))
    assert (rows.currentIndex().row(), rows.currentIndex().column()) == (38, 2)
    person.dialog.reject()
    person.dialog.open_with(replace(PREVIEW, file="/data/other.csv"), DataSettings())
    assert not rows.currentIndex().isValid()


def test_a_file_that_cannot_be_read_shows_its_text_and_the_place(qtbot: Any) -> None:
    person = Person(qtbot, UNREAD)
    rows = person.child("importRows")
    assert rows.model().index(2, 0).data() == "1,2,3"
    assert rows.currentIndex().row() == 2
    assert person.child("importWarnings").item(0).text() == "Line 3: this row has 3 cells and the header has 2."
    assert person.child("importConsequences").toPlainText() == (
        "This cannot be read so: small.csv, line 3: this row has 3 cells and the header has 2."
    )
    assert not person.child("importOpenButton").isEnabled()
    assert person.asked == []
    person.press(Qt.Key.Key_Return)
    assert person.opened == []
    person.choose("importDelimiterBox", ";")
    assert person.readings == [ReadingOptions(delimiter=";")]
    person.dialog.show_preview(PREVIEW)
    assert person.asked == [DataSettings(target="y")]
    person.dialog.reject()


def test_missing_cells_can_be_a_level(person: Person) -> None:
    assert person.child("importMissingCellsBox").currentData() == "impute"
    person.choose("importMissingCellsBox", "level")
    assert person.wait_asked(2) == DataSettings(target="y", missing="level")


def test_a_number_of_few_values_can_be_predicted_as_a_number(person: Person) -> None:
    assert person.child("importTaskBox").currentText() == "automatic"
    person.choose("importTaskBox", "regression")
    assert person.wait_asked(2) == DataSettings(target="y", task="regression")
    person.dialog.reject()
    person.dialog.open_with(PREVIEW, DataSettings(target="a", task="classification"))
    assert person.child("importTaskBox").currentData() == "classification"


def with_split(split: ColumnSplit, proposed: str = "") -> ImportPreview:
    columns = tuple(replace(one, split=split) if one.name == "part" else one for one in COLUMNS)
    return replace(PREVIEW, columns=columns, split_column=proposed)


def test_what_one_means_in_a_column_that_names_a_part_is_asked(qtbot: Any) -> None:
    person = Person(qtbot, with_split(ColumnSplit(True, "1", "test"), "part"))
    assert person.roles()["part"] == "split"
    split = person.child("importSplitBox")
    assert split.isVisible()
    assert split.currentIndex() == -1
    assert person.dialog.focusWidget() is split
    assert person.child("importConsequences").toPlainText() == (
        "A question: Does 1 in part stand for test, as its name says? Choose above what it means."
    )
    # One Enter takes nothing for granted.
    person.press(Qt.Key.Key_Return)
    assert (person.asked, person.opened) == ([], [])
    person.choose("importSplitBox", "validation")
    assert person.wait_asked(1) == DataSettings(target="y", split_column="part", split_true="validation")
    person.choose("importSplitBox", "test")
    assert person.wait_asked(2) == DataSettings(target="y", split_column="part")
    person.pick("part", "role_feature")
    assert person.wait_asked(3) == DataSettings(target="y")
    assert not split.isVisible()
    # Who has said that it is a feature is not asked again.
    person.dialog.show_preview(with_split(ColumnSplit(True, "1", "test"), "part"))
    assert person.roles()["part"] == "feature"
    person.dialog.reject()


def test_a_column_that_was_taken_for_a_split_can_be_a_feature(qtbot: Any) -> None:
    person = Person(qtbot, with_split(ColumnSplit(True, "1", "test"), "part"))
    person.choose("importSplitBox", "")
    assert person.wait_asked(1) == DataSettings(target="y")
    assert person.roles()["part"] == "feature"
    assert not person.child("importSplitBox").isVisible()
    person.answer()
    person.press(Qt.Key.Key_Return)
    assert person.opened == [DataSettings(target="y")]


def test_who_makes_it_the_split_column_is_told_what_its_name_says(qtbot: Any) -> None:
    person = Person(qtbot, with_split(ColumnSplit(True, "1", "test")))
    person.pick("part", "role_split")
    assert person.child("importSplitBox").currentText() == "test"
    assert person.wait_asked(2) == DataSettings(target="y", split_column="part")
    person.dialog.reject()


def test_a_split_that_shows_in_the_rest_of_the_file_is_asked_about_then(qtbot: Any) -> None:
    person = Person(qtbot, replace(PREVIEW, is_partial=True))
    assert person.roles()["part"] == "feature"
    person.dialog.show_preview(with_split(ColumnSplit(True, "1", "test"), "part"))
    assert person.roles()["part"] == "split"
    assert "A question:" in person.child("importConsequences").toPlainText()
    person.dialog.reject()


def test_what_one_means_is_asked_where_no_name_says_it(qtbot: Any) -> None:
    person = Person(qtbot, with_split(ColumnSplit(False, "1", "train")))
    person.answer()
    person.pick("part", "role_split")
    person.qtbot.waitUntil(lambda: "A question:" in person.child("importConsequences").toPlainText())
    assert person.child("importConsequences").toPlainText() == (
        "A question: Does 1 in part stand for training or for test? Its name does not say; choose above."
    )
    assert not person.child("importOpenButton").isEnabled()
    assert person.asked == [DataSettings(target="y")]
    person.choose("importSplitBox", "test")
    expected = DataSettings(target="y", split_column="part", split_true="test")
    assert person.wait_asked(2) == expected
    person.answer()
    person.press(Qt.Key.Key_Return)
    assert person.opened == [expected]


def test_what_was_said_of_one_comes_back(qtbot: Any) -> None:
    settings = DataSettings(target="y", split_column="part", split_true="test")
    person = Person(qtbot, with_split(ColumnSplit(False, "1", "train")), settings)
    assert person.child("importSplitBox").currentText() == "test"
    assert person.asked == [settings]
    person.dialog.reject()


def test_where_cells_name_the_parts_nothing_is_asked(qtbot: Any) -> None:
    person = Person(qtbot, with_split(ColumnSplit(True), "part"))
    assert person.roles()["part"] == "split"
    assert not person.child("importSplitBox").isVisible()
    assert person.asked == [DataSettings(target="y", split_column="part")]
    person.dialog.reject()


def test_without_a_likely_target_one_has_to_be_chosen(qtbot: Any) -> None:
    person = Person(qtbot, replace(PREVIEW, targets=()))
    assert person.child("importTargetBox").currentIndex() == -1
    assert person.asked == []
    assert person.child("importConsequences").toPlainText() == (
        "A question: Which column is to be predicted? None looks like it; choose it above, or in the list."
    )
    person.press(Qt.Key.Key_Return)
    assert person.opened == []
    assert not person.child("importOpenButton").isEnabled()
    person.choose("importTargetBox", "b")
    assert person.wait_asked(1) == DataSettings(target="b")
    person.dialog.reject()


def test_answers_that_come_while_it_is_read_again_are_late(person: Person) -> None:
    person.choose("importDelimiterBox", ";")
    person.answer()
    assert person.child("importState").text() == "Reading …"
    person.press(Qt.Key.Key_Return)
    assert person.opened == []
    person.dialog.show_progress(0.25)
    assert person.child("importProgress").isVisible()
    assert person.child("importProgress").value() == 250
    person.dialog.show_preview(replace(PREVIEW, reading=person.readings[-1]))
    assert not person.child("importProgress").isVisible()
    person.answer()
    assert person.opened == [DataSettings(target="y")]


def test_the_first_rows_are_shown_while_the_rest_is_read(qtbot: Any) -> None:
    person = Person(qtbot, replace(PREVIEW, is_partial=True))
    assert person.child("importRows").model().rowCount() == 60
    assert person.child("importState").text() == "These are the first 60 rows; the rest is being read …"
    assert person.child("importProgress").isVisible()
    assert person.asked == []
    person.choose("importTargetBox", "a")
    # Enter is taken once all of it is there, and known to be of use.
    person.press(Qt.Key.Key_Return)
    person.answer()
    assert person.opened == []
    person.dialog.show_preview(PREVIEW)
    assert not person.child("importProgress").isVisible()
    assert person.asked == [DataSettings(target="a")]
    person.answer()
    assert person.opened == [DataSettings(target="a")]


def test_first_rows_are_read_otherwise_before_the_rest_is_there(qtbot: Any) -> None:
    person = Person(qtbot, replace(PREVIEW, is_partial=True))
    person.choose("importDelimiterBox", ";")
    assert person.readings == [ReadingOptions(delimiter=";")]
    assert person.child("importState").text() == "Reading …"
    person.dialog.reject()


def test_the_command_is_that_of_the_present_choices(person: Person) -> None:
    person.pick("b", "role_ignored")
    person.child("importCopyButton").click()
    assert person.commands == [DataSettings(target="y", roles=(("b", "ignored"),))]
    person.dialog.show_copied("regdesk small.csv --target=y")
    assert person.child("importState").text() == "Copied: regdesk small.csv --target=y"


def test_what_there_is_to_say_of_a_column_is_said_beside_the_list(person: Person) -> None:
    person.menu_at("id").close()
    assert person.child("importColumnNote").text() == (
        "id: identifier, 3 different values; it numbers or names the rows."
    )


def test_everything_has_a_name_and_is_reached_by_tab(person: Person) -> None:
    person.answer()
    operated = (QAbstractButton, QAbstractSpinBox, QLineEdit, QComboBox, QAbstractScrollArea)
    controls = [
        one
        for one in person.dialog.findChildren(QWidget)
        if isinstance(one, operated) and one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one, QScrollBar) and not one.objectName().startswith("qt_")
    ]  # fmt: skip
    for one in controls:
        assert one.objectName(), one
        assert one.accessibleName(), one.objectName()
    reached = set()
    for _ in range(2 * len(controls)):
        focus = person.dialog.focusWidget()
        assert focus is not None
        reached.add(focus.objectName())
        person.qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert {one.objectName() for one in controls if one.isEnabled()} <= reached
    assert person.opened == []


def test_nothing_is_cut_in_a_small_window(qtbot: Any) -> None:
    person = Person(qtbot)
    person.window.resize(1024, 700)
    person.dialog.reject()
    person.dialog.open_with(PREVIEW, DataSettings())
    room = person.dialog.rect()
    assert room.width() <= 1000
    for name in ("importOpenButton", "importCancelButton", "importCopyButton", "importTargetBox", "importMissingEdit"):
        widget = person.child(name)
        corner = widget.mapTo(person.dialog, QPoint(widget.width(), widget.height()))
        assert room.contains(corner), name
    tree = person.child("importColumns")
    assert tree.header().length() <= tree.viewport().width()
    person.dialog.reject()
