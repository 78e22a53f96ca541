"""Where panels stand when nobody has moved them follows the size of the window; what a person moved stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from window_driver import WindowDriver, write_sparse


def companions(driver: WindowDriver) -> list[str]:
    """Names of the docks that share a place with the weights."""
    docks = driver.window.docks
    return [dock.objectName() for dock in docks.tabifiedDockWidgets(driver.child("histogramDock"))]


def resize(driver: WindowDriver, width: int, height: int) -> None:
    driver.window.resize(width, height)
    driver.wait(lambda: (driver.window.width(), driver.window.height()) == (width, height))


def test_a_small_window_puts_two_panels_in_tabs_until_it_grows(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1")
    driver.wait_model()
    resize(driver, 1440, 900)
    assert companions(driver) == []
    resize(driver, 1024, 700)
    assert companions(driver) == ["lambdaDock", "pathDock", "geometryDock"]
    assert driver.window.history.width() > 700
    # What is asked for comes to the front.
    panel = driver.window.loss_curve
    assert panel.visibleRegion().isEmpty()
    driver.child("sweepAction").trigger()
    driver.wait(lambda: not panel.visibleRegion().isEmpty())
    resize(driver, 1440, 900)
    assert companions(driver) == []
    # Closed by hand: from here on nothing is opened or moved without being asked.
    driver.qtbot.mouseClick(driver.child("historyPanelClose"), Qt.MouseButton.LeftButton)
    resize(driver, 1024, 700)
    assert not driver.child("historyDock").isVisible()
    assert companions(driver) == []
