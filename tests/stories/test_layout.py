"""Where panels stand when nobody has moved them follows the size of the window; what a person moved stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar
from window_driver import WindowDriver, write_sparse

# Of the platform without a screen, when a panel floats.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"does not support raise")


def companions(driver: WindowDriver) -> list[str]:
    """Names of the docks that share a place with the weights."""
    docks = driver.window.docks
    return [dock.objectName() for dock in docks.tabifiedDockWidgets(driver.child("histogramDock"))]


def tab_names(driver: WindowDriver) -> list[str]:
    """What stands whole on the visible tabs."""
    bars = [bar for bar in driver.window.docks.findChildren(QTabBar) if bar.isVisible()]
    tabs = [(bar, number) for bar in bars for number in range(bar.count())]
    fits = [bar.fontMetrics().horizontalAdvance(bar.tabText(n)) < bar.tabRect(n).width() for bar, n in tabs]
    return [bar.tabText(number) for (bar, number), has_room in zip(tabs, fits, strict=True) if has_room]


def resize(driver: WindowDriver, width: int, height: int) -> None:
    driver.window.resize(width, height)
    driver.wait(lambda: (driver.window.width(), driver.window.height()) == (width, height))


def test_a_small_window_puts_two_panels_in_tabs_until_it_grows(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1")
    driver.wait_model()
    resize(driver, 1440, 900)
    assert companions(driver) == ["networkDock", "variablesDock"]
    resize(driver, 1024, 700)
    assert companions(driver) == ["lambdaDock", "pathDock", "geometryDock", "calculatorDock"]
    assert driver.window.history.width() > 700
    # Five tabs side by side have no room for titles; the menu does.
    names = ["Weights", "Loss", "Path", "Geometry", "Calculator"]
    driver.wait(lambda: set(tab_names(driver)) == {*names, "Data fit", "Network", "History", "Variables"})
    assert driver.child("geometryDock").toggleViewAction().text() == "Constraint geometry"
    # What is asked for comes to the front.
    panel = driver.window.loss_curve
    assert panel.visibleRegion().isEmpty()
    driver.trigger("sweepAction")
    driver.wait(lambda: not panel.visibleRegion().isEmpty())
    # Another layout of the docks leaves in front what a person brought there; so does floating it and back.
    geometry = driver.window.plane_geometry
    driver.window.docks.bring_up(geometry)
    driver.wait(lambda: geometry.is_seen)
    resize(driver, 1440, 900)
    assert companions(driver) == ["networkDock", "variablesDock"]
    driver.wait(lambda: geometry.is_seen)
    resize(driver, 1024, 700)
    driver.wait(lambda: geometry.is_seen)
    dock = driver.child("geometryDock")
    driver.qtbot.mouseClick(driver.child("geometryPanelFloat"), Qt.MouseButton.LeftButton)
    driver.wait(dock.isFloating)
    driver.qtbot.mouseClick(driver.child("geometryPanelFloat"), Qt.MouseButton.LeftButton)
    driver.wait(lambda: not dock.isFloating() and geometry.is_seen)
    driver.window.docks.reset_layout()
    resize(driver, 1440, 900)
    assert companions(driver) == ["networkDock", "variablesDock"]
    # What is closed by hand is not opened without being asked; the others follow the room, and come back with it.
    driver.qtbot.mouseClick(driver.child("historyPanelClose"), Qt.MouseButton.LeftButton)
    resize(driver, 1024, 700)
    assert not driver.child("historyDock").isVisible()
    assert companions(driver) == ["lambdaDock", "pathDock", "geometryDock", "calculatorDock"]
    resize(driver, 1440, 900)
    assert companions(driver) == ["networkDock", "variablesDock"]
    assert not driver.child("historyDock").isVisible()
    # Moved by hand: from here on nothing is moved without being asked.
    driver.window.docks.tabifyDockWidget(driver.child("dataFitDock"), driver.child("histogramDock"))
    moved = companions(driver)
    assert "dataFitDock" in moved
    resize(driver, 1024, 700)
    assert companions(driver) == moved


def test_at_the_first_size_every_layer_of_the_first_network_is_in_sight(make_window: Any) -> None:
    driver: WindowDriver = make_window("--sample", "noisy-curve")
    driver.wait_model()
    resize(driver, 1440, 900)
    area = driver.child("histogramArea")
    driver.wait(lambda: len(driver.window.histogram.findChildren(type(area))) > 0 and area.viewport().height() > 100)
    driver.wait(lambda: area.verticalScrollBar().maximum() == 0)
