"""What a person chooses of how a panel looks is a setting: undo brings it back in words, and so does a session file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QHeaderView, QLineEdit, QScrollBar, QWidget
from window_driver import WindowDriver, write_kinds

from regdesk.core.settings.settings_table import TABLE
from regdesk.data.sessions.session_file import read_session
from regdesk.views.docks.panel_menu import panel_menu

CONTROLS = {setting.control for setting in TABLE if setting.control}
NO_SETTINGS = {
    "fitToolsButton|geometryControlsButton|setWeightButton": "folds away what there is no room for",
    "movePointsButton|added(Class|Value).*": "a tool in the hand; the points that it moves are steps",
    "setWeight(Box|Edit|Slider)": "gives a weight a value, which is a step",
    "slice(First|Second)Box": "its columns are parts of the setting whose control is the box beside them",
    "fitDegreeSpin": "the degree, whose control is in the dialog of the data",
    "timelineSlider": "leads to another moment, and back to now",
    "upDownButton": "starts and ends the tour of λ",
    "budget(Edit|Slider)": "λ once more",
    "calculatorSearch": "finds a name",
    "calculator(Edit|Missing|Line).*|calculatorLineBox": "the calculator's point, which is a step of its own",
}
"""By what their names look like, what can be chosen in panels and is no setting, and why."""


def unexplained(driver: WindowDriver) -> list[str]:
    """Controls of panels that are neither of a setting nor excused."""
    found = []
    for panel in driver.window.panels:
        menu = panel_menu(panel)
        # Those of a menu that stand for a box or a button have no names of their own.
        parts = [one for one in panel.findChildren(QWidget) if _chooses(one)]
        parts += [one for one in panel.findChildren(QAction) if one.isCheckable() and one.objectName()]
        menu.deleteLater()
        names = {one.objectName() for one in parts if not one.objectName().startswith("qt_")} - CONTROLS
        found += [name for name in names if not any(re.fullmatch(known, name) for known in NO_SETTINGS)]
    return sorted(found)


def _chooses(one: QWidget) -> bool:
    if isinstance(one, QAbstractButton):
        return one.isCheckable()
    if isinstance(one, QHeaderView):
        return one.sectionsClickable() and one.orientation() == Qt.Orientation.Horizontal
    return isinstance(one, QComboBox | QLineEdit | QAbstractSlider) and not isinstance(one, QScrollBar)


KINDS = ("kind b", "kind a")


class Looks:
    """A sweep of three classes, whose panels are all made; what is done in them by hand, and what Edit says of it."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver, self.window = driver, driver.window
        self.undo, self.redo = driver.child("undoAction"), driver.child("redoAction")
        driver.wait_model()
        driver.click_action("sweepAction")
        driver.wait(lambda: driver.sweep.curve is not None and driver.sweep.curve.is_done)
        for dock in self.window.docks.docks:
            self.window.docks.bring_up(dock.panel)
            driver.qtbot.wait(1)
        self.bring_up(self.window.calculator, "calculatorClassBox")
        # The class that it explains where nobody has chosen one is the likeliest.
        driver.wait(lambda: self.window.calculator.calculation is not None)
        self.bring_up(self.window.weight_path, "pathClassBox")
        self.bring_up(self.window.variables, "variablesHeader")

    def bring_up(self, panel: Any, name: str) -> None:
        self.window.docks.bring_up(panel)
        self.driver.wait(lambda: self.driver.child(name).isVisible())

    def trigger(self, panel: Any, name: str) -> None:
        """An entry of the panel's menu."""
        menu = panel_menu(panel)
        (action,) = (one for one in menu.actions() if one.objectName() == name)
        action.trigger()
        menu.deleteLater()

    def shown(self) -> dict[str, Any]:
        """What the controls of the panels show, by their names."""
        found: dict[str, Any] = {}
        for panel in self.window.panels:
            for one in panel.findChildren(QAbstractButton) + panel.findChildren(QAction):
                if one.isCheckable() and one.objectName() in CONTROLS:
                    found[one.objectName()] = one.isChecked()
            for box in panel.findChildren(QComboBox):
                found[box.objectName()] = box.currentText()
        header: QHeaderView = self.driver.child("variablesHeader")
        return found | {"variablesHeader": (header.sortIndicatorSection(), header.sortIndicatorOrder())}

    def explain_another_class(self) -> None:
        box: QComboBox = self.driver.child("calculatorClassBox")
        self.driver.choose("calculatorClassBox", next(one for one in KINDS if one != box.currentText()))

    def acts(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        window, driver = self.window, self.driver
        rows = ("showTrainingRowsAction", "showValidationRowsAction")
        return (
            ("prior on", lambda: driver.click("priorButton")),
            ("norms over time on", lambda: driver.click("overTimeButton")),
            ("picture of the weights histograms → sorted and 1 more", lambda: driver.choose(
                "weightsPictureBox", "sorted by size")),
            ("training rows off", lambda: self.trigger(window.data_fit, rows[0])),
            ("validation rows off", lambda: self.trigger(window.data_fit, rows[1])),
            ("accuracy and AUROC", lambda: self.trigger(window.loss_curve, "showScoresAction")),
            ("axis of the path λ → ‖w‖₁", lambda: driver.choose("pathAxisBox", "‖w‖₁")),
            ("scale of the path standardised → original units", lambda: driver.choose(
                "pathScaleBox", "original units")),
            ("class of the path", lambda: driver.choose("pathClassBox", "kind a")),
            ("events of the path on", lambda: driver.click("pathEventsButton")),
            ("variables by importance falling → name rising", lambda: self.trigger(
                window.variables, "sortVariablesAction0")),
            ("order of the inputs file order → most added first", lambda: driver.choose(
                "calculatorOrderBox", "most added first")),
            ("class that is explained", self.explain_another_class),
        )  # fmt: skip


def test_looks_are_undone_in_words_and_kept_in_a_session(make_window: Any, tmp_path: Path) -> None:
    file = write_kinds(tmp_path / "kinds.csv", n_inputs=6, n_rows=60)
    driver: WindowDriver = make_window(file, "--target", "kind", "--hidden", "", "--penalty", "l1")
    driver.leave_plots_unpainted()
    looks = Looks(driver)
    assert unexplained(driver) == []
    moments = [(driver.session.configuration, looks.shown())]
    for words, act in looks.acts():
        act()
        moments.append((driver.session.configuration, looks.shown()))
        assert looks.undo.text().replace("&", "").startswith(f"Undo {words}")
        assert moments[-1][1] != moments[-2][1]
    for number in reversed(range(len(moments) - 1)):
        looks.undo.trigger()
        assert (number, driver.session.configuration, looks.shown()) == (number, *moments[number])
    assert not looks.undo.isEnabled()
    for number in range(1, len(moments)):
        looks.redo.trigger()
        assert (number, driver.session.configuration, looks.shown()) == (number, *moments[number])
    assert not looks.redo.isEnabled()

    driver.window.save_session(tmp_path / "kept.regdesk")
    down = [set(one["down"]) for one in read_session(tmp_path / "kept.regdesk").look["panels"].values()]
    assert "fitToolsButton" in set.union(*down)
    assert not set.union(*down) & CONTROLS
    again: WindowDriver = make_window(tmp_path / "kept.regdesk")
    assert Looks(again).shown() == looks.shown()
