"""A tab and the title beneath it do not say the same twice."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget

from regdesk.views.docks.panel_dock import PanelDock
from regdesk.views.docks.tabbed_area import TabbedArea
from regdesk.views.kit.card_dock import CardDock
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.plots.panel import Panel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
SIDE = Qt.DockWidgetArea.RightDockWidgetArea


class Area(TabbedArea):
    """Without anybody who wants to know of tabs that are clicked on."""

    def _on_tab_clicked(self, bar: Any, number: int) -> None:
        pass


def title_of(dock: CardDock) -> ElidedLabel:
    found = dock.titleBarWidget().findChild(ElidedLabel)
    assert isinstance(found, ElidedLabel)
    return found


def test_what_one_sees_stands_in_place_of_a_title_that_the_tab_has(qtbot: Any) -> None:
    area = Area()
    qtbot.addWidget(area)
    area.resize(700, 500)
    course, loss = Panel("historyPanel", "History", "", ""), Panel("lambdaPanel", "Loss versus λ", "", "")
    docks = PanelDock(course, "History", "The losses while it trains"), PanelDock(loss, "Loss")
    first, second = docks
    for dock in docks:
        area.addDockWidget(SIDE, dock)
    with qtbot.waitExposed(area):
        area.show()
    assert title_of(first).text() == "History"
    assert title_of(first).font().bold()
    area.tabifyDockWidget(first, second)
    first.raise_()
    qtbot.waitUntil(lambda: title_of(first).text() == "The losses while it trains")
    assert not title_of(first).font().bold()
    assert title_of(second).text() == "Loss versus λ", "it says more than its tab"
    course.set_title("History: from epoch 30 on")
    assert title_of(first).text() == "From epoch 30 on"
    second.close()
    qtbot.waitUntil(lambda: title_of(first).text() == "History: from epoch 30 on")


def test_a_card_keeps_off_the_edges_of_the_window_until_it_floats(qtbot: Any) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QWidget())
    dock = CardDock("Explain", window, around_px=4)
    dock.setWidget(QWidget())
    window.addDockWidget(SIDE, dock)
    with qtbot.waitExposed(window):
        window.show()
    assert dock.card() == dock.rect().adjusted(4, 4, -4, -4)
    assert dock.contentsMargins().left() == 5
    dock.setFloating(True)
    assert dock.card() == dock.rect()
    assert dock.contentsMargins().left() == 1


def test_escape_in_a_panel_that_floats_selects_nothing(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    area, panel = Area(), Panel("historyPanel", "History", "", "")
    qtbot.addWidget(area)
    dock, freed = PanelDock(panel, "History"), list[bool]()
    monkeypatch.setattr(panel, "select_nothing", lambda: freed.append(True))
    area.addDockWidget(SIDE, dock)
    QTest.keyClick(dock, Qt.Key.Key_Escape)
    assert freed == [], "the window itself hears of it"
    dock.setFloating(True)
    QTest.keyClick(dock, Qt.Key.Key_A)
    assert freed == []
    QTest.keyClick(dock, Qt.Key.Key_Escape)
    assert freed == [True]
    closed: list[bool] = []
    dock.was_closed.connect(lambda: closed.append(dock.isHidden()))
    dock.close_button.click()
    assert closed == [True], "whoever hears of it sees it closed"
