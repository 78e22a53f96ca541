"""Everything has a key, no two have the same, and the list in the help is true."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu
from window_driver import WindowDriver, write_sparse

from regdesk.core.types import PENALTIES
from regdesk.views.controls.lambda_slider import LAMBDA_CHANGES, N_POSITIONS, STEP, lambda_at
from regdesk.views.kit.keys import PLOT_KEYS, SLIDER_KEYS, WINDOW_KEYS
from regdesk.workers.training import TrainingThread

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
DIALOGS = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")


@pytest.fixture
def driver(make_window: Any, tmp_path: Path) -> WindowDriver:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"))
    driver.wait_model()
    activate(driver)
    return driver


def activate(driver: WindowDriver) -> None:
    """No window manager does, when a dialog or a floating panel has gone."""
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)


def press(driver: WindowDriver, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """On whatever has the keyboard."""
    focus = QApplication.focusWidget()
    assert focus is not None
    driver.qtbot.keyClick(focus, key, modifier)


def all_actions(driver: WindowDriver) -> set[QAction]:
    """Of the window, its menus and its toolbar."""
    menus = driver.window.findChildren(QMenu)
    found = {action for menu in menus if menu.objectName().endswith("Menu") for action in menu.actions()}
    return found | set(driver.window.actions())


@DIALOGS
def test_all_is_done_by_keys(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one window, which takes longer to make than what is done in it."""
    reach_every_part_by_tab_from_lambda_on(driver)
    change_lambda_from_anywhere(driver)
    driver.child("lambdaSlider").setFocus()
    run_by_space_unless_it_presses(driver)
    activate(driver)
    driver.child("lambdaSlider").setFocus()
    choose_penalties_and_pace_and_freeze(driver, monkeypatch)
    list_the_shortcuts_of_the_actions(driver)


def list_the_shortcuts_of_the_actions(driver: WindowDriver) -> None:
    actions = [action for action in all_actions(driver) if action.shortcuts()]
    assert len(actions) > 25
    keys = Counter(keys.toString() for action in actions for keys in action.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []
    # Neither does a button have one of its own.
    assert all(one.shortcut().isEmpty() for one in driver.window.findChildren(QAbstractButton))
    for action in all_actions(driver):
        assert action.isSeparator() or (action.text() and (action.menu() or action.objectName())), action
    press(driver, Qt.Key.Key_F1)
    dialog = driver.child("shortcutsDialog")
    listed = [(row[0], row[1]) for row in dialog.rows()]
    extra = [(what, key) for key, what in (*SLIDER_KEYS, *PLOT_KEYS, *WINDOW_KEYS)]
    native = QKeySequence.SequenceFormat.NativeText
    assert sorted(set(listed) - set(extra)) == sorted(
        (action.text().replace("&", ""), ", ".join(key.toString(native) for key in action.shortcuts()))
        for action in actions
    )
    assert set(extra) <= set(listed)
    assert ("Run", "Ctrl+R, Space") in listed
    dialog.close()
    driver.child("aboutAction").trigger()
    about: QDialog = driver.child("aboutDialog")
    text = about.findChild(object, "aboutText").toPlainText()
    import numpy as np
    import PySide6

    for word in ("regdesk", "numpy", np.__version__, PySide6.__version__, "LGPL-3.0", "BSD-3-Clause", "LICENSE"):
        assert word in text
    driver.qtbot.mouseClick(about.findChild(object, "copyAboutButton"), Qt.MouseButton.LeftButton)
    assert f"numpy {np.__version__} (BSD-3-Clause)" in QApplication.clipboard().text()
    about.close()


def run_by_space_unless_it_presses(driver: WindowDriver) -> None:
    press(driver, Qt.Key.Key_Space)
    assert driver.state["running"]
    press(driver, Qt.Key.Key_Space)
    assert not driver.state["running"]
    driver.child("lambdaPreset4").setFocus()
    press(driver, Qt.Key.Key_Space)
    driver.wait_state(lam=1.0, running=False)
    edit = driver.child("hiddenLayersEdit")
    edit.setFocus()
    press(driver, Qt.Key.Key_End)
    press(driver, Qt.Key.Key_Space)
    assert (edit.text(), driver.state["running"]) == ("16,16 ", False)
    # A panel that floats is a window of its own.
    dock = driver.window.docks.docks[2]
    driver.click("historyPanelFloat")
    driver.wait(dock.isFloating)
    close = driver.child("historyPanelClose")
    close.setFocus()
    driver.qtbot.keyClick(close, Qt.Key.Key_Space)
    assert (dock.isHidden(), driver.state["running"]) == (True, False)
    driver.window.commands.reset_layout.trigger()
    assert (dock.isHidden(), dock.isFloating()) == (False, False)


def change_lambda_from_anywhere(driver: WindowDriver) -> None:
    driver.child("learningRateEdit").setFocus()

    def lam() -> float:
        return float(driver.part(TrainingThread).settings.lam)

    def lam_after(key: Qt.Key) -> float:
        press(driver, key, CONTROL)
        return lam()

    assert lam() == 0.01
    assert [lam_after(Qt.Key.Key_PageUp) for _ in range(3)] == [0.1, 1.0, 10.0]
    assert [lam_after(Qt.Key.Key_PageDown) for _ in range(7)] == [1.0, 0.1, 0.01, 0.001, 1e-4, 1e-5, 0.0]
    assert lam_after(Qt.Key.Key_Down) == 0.0
    assert lam_after(Qt.Key.Key_PageUp) == 1e-5
    position = driver.child("lambdaSlider").value()
    assert lam_after(Qt.Key.Key_Up) == lambda_at(position + STEP) > 1e-5
    assert lam_after(Qt.Key.Key_Down) == 1e-5
    assert lam_after(Qt.Key.Key_0) == 0.0
    assert lam_after(Qt.Key.Key_Up) == lambda_at(STEP)
    # On the slider itself.
    driver.press("lambdaSlider", Qt.Key.Key_End)
    assert lam() == 1e9
    assert lam_after(Qt.Key.Key_Up) == 1e9
    driver.press("lambdaSlider", Qt.Key.Key_PageDown)
    assert lam() == lambda_at(N_POSITIONS - driver.child("lambdaSlider").pageStep())
    driver.press("lambdaSlider", Qt.Key.Key_Home)
    assert lam() == 0.0
    assert LAMBDA_CHANGES["times ten"](9e11) == 1e12


def choose_penalties_and_pace_and_freeze(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, penalty in enumerate(PENALTIES):
        press(driver, Qt.Key(Qt.Key.Key_0.value + number), ALT)
        driver.wait_state(penalty=penalty)
        assert driver.child("penaltyBox").currentData() == penalty
    driver.choose("penaltyBox", "l1")
    assert driver.child("penalty_l1Action").isChecked()
    slider = driver.child("speedSlider")
    before = slider.value()
    press(driver, Qt.Key.Key_Right, CONTROL)
    assert slider.value() == before + 1
    press(driver, Qt.Key.Key_Left, CONTROL)
    press(driver, Qt.Key.Key_Left, CONTROL)
    assert slider.value() == before - 1
    heard: list[str] = []
    for panel in driver.window.panels:
        monkeypatch.setattr(panel, "freeze", lambda panel=panel: heard.append(f"freeze {panel.objectName()}"))
        monkeypatch.setattr(panel, "thaw", lambda panel=panel: heard.append(f"thaw {panel.objectName()}"))
    driver.child("lambdaSlider").setFocus()
    press(driver, Qt.Key.Key_F)
    assert driver.child("freezeAction").isChecked()
    press(driver, Qt.Key.Key_F)
    names = [panel.objectName() for panel in driver.window.panels]
    assert heard == [f"freeze {name}" for name in names] + [f"thaw {name}" for name in names]


def reach_every_part_by_tab_from_lambda_on(driver: WindowDriver) -> None:
    names = [driver.window.focusWidget().objectName()]
    assert names == ["lambdaSlider"]
    while len(names) < 80:
        press(driver, Qt.Key.Key_Tab)
        names.append(driver.window.focusWidget().objectName())
        if names[-1] == "lambdaSlider":
            break
    assert len(names) < 80
    places = [
        names.index(name) for name in ("lambdaEdit", "dataButton", "openButton", "speedSlider", "dataFitPanelHelp")
    ]
    assert places == sorted(places)
    assert names.index("historyPanelClose") > places[-1]
