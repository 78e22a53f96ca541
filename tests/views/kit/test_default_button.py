"""Enter is for the default button of a dialog, also after the keyboard was on another button."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from regdesk.views.importing.decision_row import DecisionRow
from regdesk.views.kit.keyed_dialog import KeyedDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")


def visit(button: QPushButton) -> None:
    """Let the keyboard come to ``button`` and leave it for a field."""
    for kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
        QCoreApplication.sendEvent(button, QFocusEvent(kind, Qt.FocusReason.TabFocusReason))


def test_enter_is_for_the_default_button_after_the_keyboard_was_on_another(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog, row = KeyedDialog(window), DecisionRow()
    buttons = {button.objectName(): button for button in row.findChildren(QPushButton)}
    # The row is made before it has its place.
    QVBoxLayout(dialog).addWidget(row)
    open_button, cancel = buttons["importOpenButton"], buttons["importCancelButton"]
    for _ in range(2):
        dialog.show()
        assert (open_button.isDefault(), cancel.isDefault()) == (True, False)
        visit(cancel)
        assert (open_button.isDefault(), cancel.isDefault()) == (True, False)
        dialog.hide()


def test_a_dialog_that_names_no_default_has_the_button_that_accepts(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog, buttons = KeyedDialog(window), QDialogButtonBox()
    accept = buttons.addButton("Do it", QDialogButtonBox.ButtonRole.AcceptRole)
    other = buttons.addButton("Leave", QDialogButtonBox.ButtonRole.RejectRole)
    QVBoxLayout(dialog).addWidget(buttons)
    dialog.show()
    visit(other)
    assert (accept.isDefault(), other.isDefault()) == (True, False)
