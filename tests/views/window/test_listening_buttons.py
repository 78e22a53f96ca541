"""Tool buttons listen to their action once, however often it changes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QToolButton

from regdesk.views.sweep.hysteresis_actions import UpDownButtons
from regdesk.views.timeline.row import TravelRow
from regdesk.views.window.actions import Actions
from regdesk.views.window.tool_bar import MainToolBar

N_CHANGES = 20


def n_listeners(action: QAction) -> int:
    return int(action.receivers(SIGNAL("changed()")))


def test_an_action_that_changes_again_and_again_has_no_more_listeners(qapp: QApplication, qtbot: Any) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)
    window.addToolBar(MainToolBar(actions, QMenu(window)))
    rows = (TravelRow(actions.travel), UpDownButtons(actions.up_down))
    for row in rows:
        qtbot.addWidget(row)
    buttons = [one for owner in (window, *rows) for one in owner.findChildren(QToolButton) if one.defaultAction()]
    assert len(buttons) >= len(actions.travel.all) + 2 + 9
    for button in buttons:
        action = button.defaultAction()
        before, was_enabled = n_listeners(action), action.isEnabled()
        for number in range(N_CHANGES):
            action.setIconText(f"text {number}")
        assert n_listeners(action) <= before, button.objectName()
        assert button.text() == f"text {N_CHANGES - 1}"
        action.setEnabled(not was_enabled)
        assert button.isEnabled() is not was_enabled
