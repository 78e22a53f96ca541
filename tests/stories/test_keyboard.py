"""Where the keyboard is can be seen, the menu key opens what the right button does, and everything has a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QScrollBar,
    QTabBar,
    QWidget,
)
from window_driver import WindowDriver, write_sparse

from regdesk.views.window.error_dialog import ErrorDialog

DIALOGS = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
OPERATED = (QAbstractButton, QAbstractSlider, QLineEdit, QComboBox, QTabBar, QAbstractScrollArea)


@pytest.fixture
def driver(make_window: Any, tmp_path: Path) -> WindowDriver:
    """A linear model that has been swept, with the plane of two weights drawn: every panel has its controls."""
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1")
    driver.wait_model()
    activate(driver)
    driver.trigger("sweepAction")
    driver.wait(
        lambda: driver.window.weight_path.selected_variable == "" and driver.child("useBestLambdaAction").isEnabled()
    )
    bring_geometry_to_the_front(driver)
    return driver


def activate(driver: WindowDriver) -> None:
    """No window manager does, when a dialog has gone."""
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)


def bring_geometry_to_the_front(driver: WindowDriver) -> None:
    for panel, name in ((driver.window.weight_path, "pathAxisBox"), (driver.window.plane_geometry, "geometryXBox")):
        driver.window.docks.bring_up(panel)
        driver.wait(lambda name=name: driver.window.findChild(QWidget, name) is not None)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def tab(driver: WindowDriver, is_back: bool = False) -> QWidget:
    modifier = Qt.KeyboardModifier.ShiftModifier if is_back else Qt.KeyboardModifier.NoModifier
    driver.qtbot.keyClick(focus(), Qt.Key.Key_Backtab if is_back else Qt.Key.Key_Tab, modifier)
    return focus()


def picture(widget: QWidget) -> QImage:
    window = widget.window()
    return window.grab(QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())).toImage()


def is_whole(widget: QWidget) -> bool:
    """Whether nothing around it cuts off a part of it: a panel behind a tab stands outside of the docks."""
    parent = widget.parentWidget()
    while parent is not None:
        if not parent.rect().contains(QRect(widget.mapTo(parent, widget.rect().topLeft()), widget.size())):
            return False
        if parent.isWindow():
            break
        parent = parent.parentWidget()
    return True


def assert_shows_focus(widget: QWidget) -> None:
    name = widget.objectName()
    assert widget.isVisible(), name
    assert is_whole(widget), f"{name} cannot be seen whole"
    focused = picture(widget)
    widget.clearFocus()
    assert picture(widget) != focused, f"{name} does not show that it has the keyboard"
    widget.setFocus()


@DIALOGS
def test_the_keyboard_is_seen_wherever_it_goes(driver: WindowDriver) -> None:
    """One window, which takes longer to make and to sweep than what is done in it."""
    see_every_tab(driver, is_back=False)
    see_every_tab(driver, is_back=True)
    see_every_tab_of_a_floating_panel_and_of_the_dialog(driver)
    for key, modifier in ((Qt.Key.Key_Menu, "NoModifier"), (Qt.Key.Key_F10, "ShiftModifier")):
        bring_geometry_to_the_front(driver)
        open_menus_by_key(driver, key, modifier)


def see_every_tab(driver: WindowDriver, is_back: bool) -> None:
    window = driver.window
    panel, own = (
        (window.variables, ["variablesTable", "permuteButton"]) if is_back else (window.network, ["networkPicture"])
    )
    window.docks.bring_up(panel)
    driver.wait(lambda: window.findChild(QWidget, own[0]) is not None)
    # Qt takes away a scroll bar that is needed no more when it next has time.
    driver.wait(lambda: is_whole(driver.child("geometryXBox")))
    driver.child("lambdaSlider").setFocus()
    names = []
    while (widget := tab(driver, is_back)).objectName() != "lambdaSlider":
        assert_shows_focus(widget)
        names.append(widget.objectName())
        assert len(names) < 120
    # In front is the geometry; those behind its tab are passed over, and none is met twice.
    assert {"geometryPanelClose", "geometryXBox", "historyPanelClose", "logAxisButton", "hiddenLayersEdit"} <= set(
        names
    )
    assert set(own) <= set(names)
    assert not {"lambdaPanelClose", "pathPanelClose", "pathAxisBox"} & set(names)
    assert len(set(names)) == len(names)
    # The tabs of every place in which panels stand behind each other, and no others.
    docks = driver.window.docks
    bars = {bar.objectName() for bar in docks.findChildren(QTabBar) if bar.isVisible() and not docks.hides(bar)}
    assert bars == {name for name in names if name.startswith("panelTabs")} != set()


def see_every_tab_of_a_floating_panel_and_of_the_dialog(driver: WindowDriver) -> None:
    driver.click("historyPanelFloat")
    dock = driver.child("historyDock")
    driver.wait(dock.isFloating)
    driver.child("dataAction").trigger()
    dialog = driver.child("dataDialog")
    dialog.close()
    for window, first in ((dock, "historyPanelClose"), (dialog, "seedSpin")):
        window.show()
        window.activateWindow()
        driver.wait(window.isActiveWindow)
        driver.child(first).setFocus()
        seen = [first]
        while (widget := tab(driver)).objectName() != first:
            assert_shows_focus(widget)
            seen.append(widget.objectName())
            assert len(seen) < 60
        assert len(seen) > 4
    dialog.close()
    # The keyboard is given back with the next turn of the loop.
    driver.wait(driver.window.isActiveWindow)
    driver.window.docks.reset_layout()


def open_menus_by_key(driver: WindowDriver, key: Qt.Key, modifier: str) -> None:
    """The menu key opens what the right button does."""

    def menu_at(name: str) -> QMenu:
        widget: QWidget = driver.child(name)
        widget.setFocus()
        driver.qtbot.keyClick(widget, key, Qt.KeyboardModifier[modifier])
        driver.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def texts(menu: QMenu) -> list[str]:
        found = [action.text() for action in menu.actions()]
        menu.close()
        driver.wait(lambda: QApplication.activePopupWidget() is None)
        return found

    # On the title of a panel, and on a control in it that has no menu of its own.
    for name, owner in (
        ("dataFitPanelHelp", "dataFitPanel"),
        ("geometryPanelClose", "geometryPanel"),
        ("logAxisButton", "historyPanel"),
        # And on each plot itself.
        ("historyPanelView1", "historyPanel"),
        ("dataFitPanelView1", "dataFitPanel"),
        ("geometryPanelView1", "geometryPanel"),
        ("histogramArea", "histogramPanel"),
    ):
        menu = menu_at(name)
        assert menu.objectName() == f"{owner}Menu"
        assert {"Copy sentence", "Copy picture", "What you see here"} <= set(texts(menu))
    # An edit has its own.
    assert any("Select All" in text for text in texts(menu_at("learningRateEdit")))
    driver.click("historyPanelFloat")
    driver.wait(driver.child("historyDock").isFloating)
    driver.child("historyDock").activateWindow()
    driver.wait(driver.child("historyDock").isActiveWindow)
    assert "Logarithmic axis" in texts(menu_at("historyPanelHelp"))
    driver.window.docks.reset_layout()


@DIALOGS
def test_everything_that_can_be_operated_has_a_name(driver: WindowDriver) -> None:
    for name in ("dataAction", "shortcutsAction", "workersAction", "aboutAction"):
        driver.child(name).trigger()
    error = ErrorDialog(driver.window)
    error.show_error("a place", "A sentence.", "details")
    nameless = [
        f"{type(widget).__name__} “{widget.objectName()}” in {owner(widget)}"
        for widget in driver.window.findChildren(QWidget)
        if is_operated(widget) and not (widget.objectName() and widget.accessibleName())
    ]
    assert "\n".join(nameless) == ""
    for dialog in driver.window.findChildren(QWidget):
        if dialog.isWindow() and dialog.objectName().endswith("Dialog"):
            dialog.close()


def owner(widget: QWidget) -> str:
    parent = widget.parentWidget()
    while parent is not None and not parent.objectName():
        parent = parent.parentWidget()
    return parent.objectName() if parent is not None else "?"


def is_operated(widget: QWidget) -> bool:
    """Whether a person can do something with it; parts that Qt makes for itself are spoken for by what they are in."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractSpinBox | QComboBox | QLineEdit | QTabBar | QMenu):
            return False
        parent = parent.parentWidget()
    area = widget.parentWidget()
    if isinstance(area, QAbstractScrollArea) and area.viewport() is widget:
        return False
    if isinstance(widget, QScrollBar | QHeaderView | QMenu) or widget.objectName().startswith("qt_scrollarea"):
        return False
    return isinstance(widget, OPERATED) or (widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.isWindow())
