"""Dialogs grow with the text, as far as their window is, so that no column of them is squeezed to nothing."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTreeWidget, QWidget

from regdesk.views.kit import text_size
from regdesk.views.window.shortcuts_dialog import ShortcutsDialog


@pytest.mark.parametrize(("scale", "size"), [(1.0, (560, 640)), (2.0, (1120, 900))])
def test_the_keys_leave_room_for_what_they_do(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch, scale: float, size: tuple[int, int]
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1440, 900)
    monkeypatch.setattr(text_size, "text_scale", lambda: scale)
    redo = QAction("Redo", parent)
    redo.setShortcuts(["Ctrl+Shift+Z", "Ctrl+Y", "Alt+Shift+Backspace"])
    dialog = ShortcutsDialog(parent, {"Edit": [redo]})
    assert (dialog.width(), dialog.height()) == size
    dialog.show()
    keys = dialog.findChild(QTreeWidget)
    assert isinstance(keys, QTreeWidget)
    metrics = keys.fontMetrics()
    assert keys.columnWidth(0) > metrics.horizontalAdvance("Reset to the last λ that lived")
