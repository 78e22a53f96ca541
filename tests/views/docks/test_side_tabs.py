"""Explain and a lesson stand in one place: each has all of its height, and Tab passes over the one behind."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QChildEvent, QPoint, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTextEdit, QWidget

from regdesk.views.docks.side_tabs import SideTabs

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")


class Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self.side = SideTabs(self)
        self.setCentralWidget(QWidget())

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        if hasattr(self, "side"):
            self.side.note_child(event)


@pytest.fixture
def window(qtbot: Any) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.resize(900, 600)
    for name in ("Explain", "Lesson"):
        dock = QDockWidget(name)
        dock.setObjectName(name)
        dock.setWidget(QTextEdit(name))
        window.side.add(dock)
        dock.hide()
    with qtbot.waitExposed(window):
        window.show()
    return window


def dock(window: Window, name: str) -> QDockWidget:
    found = window.findChild(QDockWidget, name)
    assert isinstance(found, QDockWidget)
    return found


def test_each_has_the_whole_height_and_one_is_in_front(qtbot: Any, window: Window) -> None:
    lesson, explain = dock(window, "Lesson"), dock(window, "Explain")
    lesson.show()
    qtbot.waitUntil(lambda: lesson.height() == window.height())
    assert not window.side.hides(lesson.widget())
    explain.show()
    explain.raise_()
    bar = window.findChild(QTabBar, "sideTabs1")
    assert isinstance(bar, QTabBar)
    qtbot.waitUntil(lambda: explain.height() == window.height() - bar.height() and window.side.hides(lesson.widget()))
    assert (bar.accessibleName(), [bar.tabText(n) for n in range(bar.count())]) == (
        "Explain and lesson", ["Explain", "Lesson"],
    )  # fmt: skip
    # The tabs are above the docks, as those of the panels are.
    assert bar.mapTo(window, QPoint(0, 0)).y() == 0
    assert not window.side.hides(explain.widget())
    assert not window.side.hides(bar)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    qtbot.waitUntil(lambda: not window.side.hides(lesson.widget()) and window.side.hides(explain.widget()))


def test_tabs_of_one_are_out_of_sight_and_tab_passes_over_them(qtbot: Any, window: Window) -> None:
    lesson, explain = dock(window, "Lesson"), dock(window, "Explain")
    lesson.show()
    explain.show()
    qtbot.waitUntil(lambda: window.findChild(QTabBar, "sideTabs1") is not None)
    bar = window.findChild(QTabBar, "sideTabs1")
    qtbot.waitUntil(lambda: not window.side.hides(bar))
    explain.close()
    qtbot.waitUntil(lambda: window.side.hides(bar) and lesson.height() == window.height())
    assert not window.side.hides(window.centralWidget())
    assert not window.side.hides(None)


def test_one_that_floats_is_never_hidden(qtbot: Any, window: Window) -> None:
    explain = dock(window, "Explain")
    explain.show()
    explain.setFloating(True)
    explain.move(2000, 2000)
    assert not window.side.hides(explain.widget())
    explain.close()
    explain.setFloating(False)
