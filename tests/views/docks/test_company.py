"""What opens beside the panels moves none of them that can still be read, and hides none that is asked about."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QToolButton

from regdesk.core.settings.configuration import Configuration
from regdesk.views.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")


@pytest.fixture
def window(qtbot: Any) -> Any:
    window = MainWindow(Configuration)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.looks.stop()


def ask(window: MainWindow, panel: str) -> None:
    """Press the ? of the panel."""
    found = next(dock for dock in window.docks.docks if dock.panel.objectName() == panel)
    button = found.findChild(QToolButton, f"{panel}Help")
    assert isinstance(button, QToolButton)
    button.click()


def wait_explained(qtbot: Any, window: MainWindow, before_px: int) -> None:
    """Until the panels have given room to what explains them."""
    qtbot.waitUntil(lambda: window.explain.width_px > 0 and window.docks.width() < before_px - 200)


def test_a_question_moves_no_panel_behind_a_tab_and_back(qtbot: Any, window: MainWindow) -> None:
    docks = window.docks
    qtbot.waitUntil(lambda: docks.own_arrangement == "four")
    before, before_px = docks.in_front, docks.width()
    ask(window, "lambdaPanel")
    wait_explained(qtbot, window, before_px)
    assert (docks.in_front, docks.own_arrangement) == (before, "four")
    window.explain.dock.close()
    qtbot.waitUntil(lambda: docks.width() == before_px)
    assert (docks.in_front, docks.own_arrangement) == (before, "four")
    # Where four could not be read, fewer stay in sight, and the one that was asked about is among them.
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: docks.own_arrangement == "three")
    before_px = docks.width()
    assert "lambdaPanel" in docks.in_front
    ask(window, "lambdaPanel")
    wait_explained(qtbot, window, before_px)
    qtbot.waitUntil(lambda: docks.own_arrangement == "above" and "lambdaPanel" in docks.in_front)
    # A window that a person makes larger shows more again.
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: docks.own_arrangement == "three")
