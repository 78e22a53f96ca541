"""No two actions of the window have the same keys, and no two of a menu the same letter to choose them by."""

from __future__ import annotations

import re
from collections import Counter

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from regdesk.views.window.actions import Actions
from regdesk.views.window.main_window import MainWindow


def test_no_keys_belong_to_two_actions(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    groups = Actions(parent).groups
    keys = Counter(one.toString() for own in groups.values() for action in own for one in action.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []
    assert keys["Ctrl+O"] == 1


def letters(menu: QMenu) -> list[str]:
    texts = [action.text() for action in menu.actions() if isinstance(action, QAction)]
    return [found[1].lower() for text in texts if (found := re.search(r"&([^&])", text.replace("&&", "")))]


def test_no_letter_belongs_to_two_entries_of_the_file_menu(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    found = Counter(letters(window.findChild(QMenu, "fileMenu")))
    assert [letter for letter, count in found.items() if count > 1] == []
    assert found["o"] == 1
