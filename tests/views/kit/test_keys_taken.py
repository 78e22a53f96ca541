"""Who gets the space bar, and which keys open the menu of what has the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QMenu, QPushButton, QWidget

from regdesk.views.kit.keys import opens_menu, takes_space

KEYS, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ASKED, PRESSED = QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress


@pytest.mark.parametrize(
    ("kind", "event", "is_taken"),
    [
        (QPushButton, QKeyEvent(ASKED, KEYS.Key_Space, NONE), True),
        (QComboBox, QKeyEvent(ASKED, KEYS.Key_Space, NONE), True),
        (QListWidget, QKeyEvent(ASKED, KEYS.Key_Space, NONE), True),
        (QLabel, QKeyEvent(ASKED, KEYS.Key_Space, NONE), False),
        (QPushButton, QKeyEvent(PRESSED, KEYS.Key_Space, NONE), False),
        (QPushButton, QKeyEvent(ASKED, KEYS.Key_Return, NONE), False),
        (QPushButton, QKeyEvent(ASKED, KEYS.Key_Space, SHIFT), False),
        (QPushButton, QEvent(ASKED), False),
    ],
)
def test_the_space_bar_is_taken_by_what_it_presses(
    qtbot: Any, kind: type[QWidget], event: QEvent, is_taken: bool
) -> None:
    focus = kind()
    qtbot.addWidget(focus)
    assert takes_space(event, focus) is is_taken
    assert takes_space(event, None) is False


class Asked(QWidget):
    """Notes where a menu was asked for, and opens one if it ``has_menu``."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[tuple[Any, QPoint]] = []
        self.has_menu = True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.places.append((event.reason(), event.pos()))
        event.setAccepted(self.has_menu)


@pytest.mark.parametrize(
    ("key", "modifiers", "is_menu_key"),
    [
        (KEYS.Key_Menu, NONE, True),
        (KEYS.Key_Menu, SHIFT, False),
        (KEYS.Key_F10, SHIFT, True),
        (KEYS.Key_F10, NONE, False),
        (KEYS.Key_F10, SHIFT | CTRL, False),
        (KEYS.Key_F9, SHIFT, False),
        (KEYS.Key_Return, NONE, False),
    ],
)
def test_the_menu_opens_at_the_middle_of_what_has_the_keyboard(
    qtbot: Any, key: Qt.Key, modifiers: Qt.KeyboardModifier, is_menu_key: bool
) -> None:
    focus = Asked()
    qtbot.addWidget(focus)
    focus.resize(81, 41)
    event = QKeyEvent(PRESSED, key, modifiers)
    assert opens_menu(event, focus) is is_menu_key
    assert focus.places == ([(QContextMenuEvent.Reason.Keyboard, QPoint(40, 20))] if is_menu_key else [])
    focus.has_menu = False
    assert opens_menu(event, focus) is False, "it has none"
    assert opens_menu(event, None) is False


@pytest.mark.qt_log_ignore("does not support")
def test_a_menu_that_is_open_keeps_its_keys(qtbot: Any) -> None:
    focus, menu = Asked(), QMenu()
    qtbot.addWidget(focus)
    qtbot.addWidget(menu)
    menu.addAction("one")
    focus.show()
    menu.popup(QPoint(0, 0))
    assert not opens_menu(QKeyEvent(PRESSED, KEYS.Key_Menu, NONE), focus)
    menu.close()
    assert opens_menu(QKeyEvent(PRESSED, KEYS.Key_Menu, NONE), focus)
