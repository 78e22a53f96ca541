"""A box for a value: when what is typed takes effect, what it says of what does not, and when it goes back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from regdesk.views.kit.number_edit import ValueEdit, entry_parser, parse_number

KEYS, REASONS = Qt.Key, Qt.FocusReason


class Window(QWidget):
    """An edit of a number from 0 to 10 that shows two digits at a glance, and a line beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.edit = ValueEdit(parse_number(0.0, 10.0, "λ"), repr, lambda value: f"{value:.2g}")
        self.other = QLineEdit()
        self.edit.setParent(self)
        self.other.setParent(self)
        self.other.move(0, 40)
        self.said: list[Any] = []
        self.edit.value_entered.connect(self.said.append)
        self.edit.refused.connect(self.said.append)
        self.show()
        self.other.setFocus()

    def leave(self, reason: Qt.FocusReason) -> None:
        """As if the keyboard went elsewhere; the edit itself believes to have it."""
        QApplication.sendEvent(self.edit, QFocusEvent(QEvent.Type.FocusOut, reason))


@pytest.fixture
def window(qtbot: Any) -> Window:
    window = Window()
    qtbot.addWidget(window)
    qtbot.waitUntil(window.other.hasFocus)
    return window


def test_the_whole_number_is_seen_by_who_has_the_keyboard(window: Window) -> None:
    edit = window.edit
    assert (edit.text(), edit.cursorPosition()) == ("", 0)
    edit.show_value(1.23456)
    assert (edit.text(), edit.cursorPosition()) == ("1.2", 0)
    edit.setFocus(REASONS.TabFocusReason)
    assert edit.text() == edit.selectedText() == "1.23456"
    assert edit.cursorPosition() == 0, "its first digits say most"
    edit.show_value(2.34567)
    assert edit.text() == "2.34567"
    window.other.setFocus()
    assert (edit.text(), edit.cursorPosition()) == ("2.3", 0)


def test_enter_takes_what_was_typed_and_shows_all_of_it(window: Window) -> None:
    edit = window.edit
    edit.show_value(1.5)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "3,14159")
    assert window.said == []
    QTest.keyClick(edit, KEYS.Key_Return)
    assert window.said == [3.14159]
    edit.show_value(3.14159)
    window.other.setFocus()
    assert edit.text() == "3.14159", "as it was typed, whole"
    edit.show_value(3.14158)
    assert edit.text() == "3.1"
    # Enter on what is in force asks for nothing.
    edit.setFocus()
    QTest.keyClick(edit, KEYS.Key_Return)
    assert window.said == [3.14159]


def test_what_is_refused_stands_until_it_is_left(window: Window) -> None:
    edit, sentence = window.edit, "λ must lie between 0 and 10; 11 does not."
    edit.show_value(5.0)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "11")
    assert edit.toolTip() == sentence, "said while it is typed"
    assert "border" in edit.styleSheet()
    QTest.keyClick(edit, KEYS.Key_Return)
    assert (window.said, edit.text()) == ([sentence], "11")
    for reason in (REASONS.ActiveWindowFocusReason, REASONS.PopupFocusReason):
        window.leave(reason)
        assert edit.text() == "11", "the keyboard will come back"
    window.other.setFocus()
    assert (edit.text(), edit.styleSheet(), edit.toolTip()) == ("5", "", "Takes effect on Enter.")


def test_a_new_value_takes_the_place_of_what_is_typed_and_the_same_one_does_not(window: Window) -> None:
    edit = window.edit
    edit.show_value(5.0)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "7")
    edit.show_value(5.0)
    assert edit.text() == "7", "it is being typed"
    edit.show_value(6.0)
    assert edit.text() == "6.0"
    edit.selectAll()
    QTest.keyClicks(edit, "77")
    QTest.keyClick(edit, KEYS.Key_Return)
    edit.show_value(6.0)
    assert edit.text() == "6.0", "77 was refused, and 6 is in force"
    QTest.keyClicks(edit, "1")
    edit.drop_typing()
    assert edit.text() == "6.0"
    edit.setAccessibleDescription("Strength of the penalty.")
    QTest.keyClicks(edit, "x")
    assert edit.toolTip() == "λ: “6.0x” is not a number; any from 0 to 10 will do."
    QTest.keyClick(edit, KEYS.Key_Escape)
    assert (edit.text(), edit.isModified()) == ("6.0", False)
    assert edit.toolTip() == "Strength of the penalty. Takes effect on Enter."


def test_escape_is_the_dialogs_where_nothing_has_been_typed(window: Window) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, KEYS.Key_Escape, Qt.KeyboardModifier.NoModifier)
    window.edit.show_value(5.0)
    QApplication.sendEvent(window.edit, event)
    assert not event.isAccepted()


@pytest.mark.parametrize("key", [KEYS.Key_Z, KEYS.Key_Y])
def test_undo_and_redo_are_the_windows_until_something_was_typed(window: Window, key: Qt.Key) -> None:
    edit = window.edit
    edit.show_value(5.0)
    edit.setFocus()

    def takes(wanted: Qt.Key) -> bool:
        modifier = Qt.KeyboardModifier.ControlModifier
        event = QKeyEvent(QEvent.Type.ShortcutOverride, wanted, modifier)
        event.ignore()
        edit.event(event)
        return event.isAccepted()

    assert not takes(key)
    assert takes(KEYS.Key_A), "select all is its own"
    QTest.keyClicks(edit, "1")
    assert takes(KEYS.Key_Z)
    assert not takes(KEYS.Key_Y) or edit.isRedoAvailable()
    edit.undo()
    assert takes(KEYS.Key_Y)


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("training.lam", "0.25", 0.25),
        ("training.lam", "1,5", 1.5),
        ("training.lam", "1 000", 1000.0),
        ("architecture.hidden", "16; 8", (16, 8)),
        ("architecture.hidden", "", ()),
        ("training.batch_size", "ALL", 0),
        ("training.batch_size", "32", 32),
    ],
)
def test_entries_are_read_in_their_settings_own_way(path: str, text: str, value: Any) -> None:
    assert entry_parser(path)(text) == value


def test_a_comma_between_thousands_may_mean_two_numbers() -> None:
    with pytest.raises(ValueError, match="may mean two numbers; write it without the comma"):
        parse_number(0.0, 1e9, "λ")("1,000")
