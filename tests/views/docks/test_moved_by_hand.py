"""What a hand does to the panels by an edge between them or by a tab is told with how they stood, and can be undone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from regdesk.core.settings.configuration import Configuration
from regdesk.views.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: Any) -> Any:
    window = MainWindow(Configuration)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.docks.own_arrangement == "four")
    yield window
    window.looks.stop()


def drag(widget: QWidget, start: QPoint, way: QPoint) -> None:
    """By events of the window, as a hand does: after those to a widget Qt does not know where the pointer is."""
    window, keys = widget.window(), Qt.KeyboardModifier.NoModifier
    handle, place = window.windowHandle(), widget.mapTo(window, start)
    QTest.mouseMove(handle, place)
    QTest.mousePress(handle, LEFT, keys, place)
    for step in range(1, 9):
        QTest.mouseMove(handle, place + way * step / 8)
        # Qt moves an edge when nothing else is to be done.
        QApplication.processEvents()
    QTest.mouseRelease(handle, LEFT, keys, place + way)


def test_an_edge_that_was_moved_goes_back(qtbot: Any, window: MainWindow) -> None:
    docks, told = window.docks, []
    window.surroundings.moved.connect(lambda before, words: told.append((before, words)))
    fit = next(dock for dock in docks.docks if dock.panel is window.data_fit)
    width_px = fit.width()
    edge = QPoint(fit.x() + width_px + 2, fit.y() + fit.height() // 2)
    # A press alone moves nothing.
    drag(docks, edge, QPoint())
    assert told == []
    drag(docks, edge, QPoint(-80, 0))
    qtbot.waitUntil(lambda: fit.width() < width_px - 60)
    ((before, words),) = told
    assert words == "move an edge between panels"
    window.surroundings.put_back(before)
    qtbot.waitUntil(lambda: abs(fit.width() - width_px) <= 1)


def test_a_panel_moved_by_its_tab_goes_back_and_a_click_on_a_tab_is_no_move(qtbot: Any, window: MainWindow) -> None:
    docks, told = window.docks, []
    window.surroundings.moved.connect(lambda before, words: told.append((before, words)))
    weights, network = (
        next(dock for dock in docks.docks if dock.panel is one) for one in (window.histogram, window.network)
    )
    together = docks.tabifiedDockWidgets(weights)
    bars = [bar for bar in docks.findChildren(QTabBar) if bar.isVisible()]
    bar, number = next((bar, n) for bar in bars for n in range(bar.count()) if bar.tabText(n) == "Network")
    place = bar.tabRect(number).center()
    qtbot.mouseClick(bar, LEFT, pos=place)
    qtbot.waitUntil(lambda: network.is_in_front)
    QApplication.processEvents()
    assert told == []
    # To another place among the tabs.
    drag(bar, place, QPoint(200, 0))
    qtbot.waitUntil(lambda: len(told) == 1)
    before, words = told[0]
    assert words == "move a panel"
    assert docks.tabifiedDockWidgets(weights) != together
    window.surroundings.put_back(before)
    qtbot.waitUntil(lambda: docks.tabifiedDockWidgets(weights) == together)


def test_a_tab_dragged_out_of_its_row_takes_no_panel_with_it(qtbot: Any, window: MainWindow) -> None:
    """Panels float by their titles: Qt lets go of a tab only where whole groups can be dragged, and we have none."""
    docks, told = window.docks, []
    window.surroundings.moved.connect(lambda before, words: told.append((before, words)))
    weights, network = (
        next(dock for dock in docks.docks if dock.panel is one) for one in (window.histogram, window.network)
    )
    together, n_shown = docks.tabifiedDockWidgets(weights), len(QApplication.topLevelWidgets())
    bars = [bar for bar in docks.findChildren(QTabBar) if bar.isVisible()]
    bar, number = next((bar, n) for bar in bars for n in range(bar.count()) if bar.tabText(n) == "Network")
    for way in (QPoint(0, -200), QPoint(0, 250)):
        drag(bar, bar.tabRect(number).center(), way)
        QApplication.processEvents()
        assert not network.isFloating()
        assert docks.tabifiedDockWidgets(weights) == together
    # Where nothing has moved there is nothing to undo.
    assert told == []
    assert len(QApplication.topLevelWidgets()) == n_shown
