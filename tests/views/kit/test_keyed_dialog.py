"""Where the keyboard is after a dialog was closed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from regdesk.views.kit.keyed_dialog import KeyedDialog


def test_typed_keys_find_the_window_again_after_a_dialog_was_closed(qtbot: Any) -> None:
    window, other = QWidget(), QWidget()
    qtbot.addWidget(window)
    qtbot.addWidget(other)
    edit, dialog = QLineEdit(), KeyedDialog(window)
    QVBoxLayout(window).addWidget(edit)
    window.show()
    window.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is edit)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is edit)
    # One that goes while the keyboard is elsewhere leaves it there.
    dialog.show()
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    dialog.hide()
    assert other.isActiveWindow()
