"""Every setting of the table, one after the other: changed through the session, and found wherever it has to be.

That is in the configuration, on the screen, among the options of the command line, in the sentence on what has changed,
and again after a file. Where one of these is missing the table says why. The test goes through the table: a new setting
of a usual kind needs nothing here, and one without control, option, sentence or reason fails.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from data_dialog_driver import DataDialogDriver
from other_settings import BESIDE, values_of, write_tables
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QSlider,
    QWidget,
)
from window_driver import WindowDriver

from regdesk.cli.arguments import parse_fit_arguments, parse_sweep_arguments, parse_window_arguments
from regdesk.core.settings.configuration import VARIABLES_COLUMNS, Configuration, differing_paths, value_at, with_values
from regdesk.core.settings.configuration_record import from_dict, to_dict
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import Kind, Named, Number, Several, Whole
from regdesk.core.settings.settings_table import TABLE
from regdesk.core.words.settings_text import configuration_change, value_text
from regdesk.data.samples import sample
from regdesk.session.data_service import DataService
from regdesk.session.geometry_service import NOT_READY
from regdesk.session.sweep_service import SweepService
from regdesk.views.docks.panel_menu import panel_menu
from regdesk.views.geometry.words import INVITATION
from regdesk.views.sweep.panel import LambdaPanel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tables(tmp_path)


class Screen:
    """What a person reads in a window, found by the name that the table has for it."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver
        self.dialog = DataDialogDriver(driver)
        special: dict[str, Callable[[Setting], Any]] = {
            "dataTitle": self._title,
            "featureList": self._features,
            "severalStartsAction": self._starts,
            "speedSlider": self._speed,
            "fitPictureBox": self._slice,
            "historySpanBox": self._span,
            "viewMenu": self._panels,
            "layoutMenu": self._layout,
            "textSizeMenu": self._text_size,
            "variablesHeader": self._sorting,
        }
        self._special = special

    def make_all(self) -> None:
        """What is made only when it is seen."""
        for dock in self.driver.window.docks.docks:
            self.driver.window.docks.bring_up(dock.panel)
            self.driver.qtbot.wait(1)
        self.driver.wait(lambda: self.driver.window.calculator.calculation is not None)
        self.driver.window.docks.bring_up(self.driver.window.plane_geometry)
        self.driver.wait(lambda: self.driver.window.findChild(QComboBox, "geometryXBox") is not None)
        self.sweep()
        # Another one in front: what is not seen is not drawn, after each change.
        self.driver.window.docks.bring_up(self.driver.window.loss_curve)
        self.dialog.open()
        self.dialog.dialog.reject()

    def sweep(self) -> None:
        """There is a path to look at."""
        sweeps = self.driver.part(SweepService)
        self.driver.trigger("sweepAction")
        self.driver.wait(lambda: sweeps.curve is not None and sweeps.curve.is_done)
        self.driver.window.docks.bring_up(self.driver.window.weight_path)
        self.driver.wait(lambda: self.driver.window.findChild(QComboBox, "pathAxisBox") is not None)

    def settle(self) -> None:
        driver, service = self.driver, self.driver.part(DataService)
        driver.wait(lambda: not service.is_reading and service.now is not None)
        driver.wait(lambda: driver.loaded.settings == driver.session.configuration.data)
        driver.wait(lambda: driver.loaded.seed == driver.session.configuration.seed)
        driver.wait_model()
        geometry = driver.window.plane_geometry
        waiting = (INVITATION, NOT_READY)
        driver.wait(
            lambda: (
                not geometry.is_seen
                or geometry.is_settled
                or (geometry.has_refused and geometry.readout not in waiting)
            )
        )

    def walked_back(self, setting: Setting, earlier: Configuration, later: Configuration) -> list[str]:
        """What undo does not bring back of ``earlier``, and then redo of ``later``."""
        found = []
        for name, wanted in (("undoAction", earlier), ("redoAction", later)):
            action: QAction = self.driver.child(name)
            if not action.isEnabled():
                return [f"{setting.path}: {name} is disabled: {action.toolTip()}"]
            before = self.driver.session.configuration
            action.trigger()
            # The run that comes back is handed out by its thread a moment after it was left.
            self.driver.wait(lambda before=before: self.driver.session.configuration != before)  # type: ignore[misc]
            self.settle()
            left = differing_paths(wanted, self.driver.session.configuration)
            found += [f"{setting.path}: {name} leaves {path}" for path in left]
        return found

    def differences(self, setting: Setting, value: Any) -> list[str]:
        """A sentence where the control shows another value; None is shown as whatever it comes to."""
        if not setting.control or value is None:
            assert setting.control or setting.no_control
            return []
        expected = value
        if setting.path == "source.file":
            expected = Path(value).name
        if setting.path == "source.sample":
            expected = sample(value).title
        if setting.path == "data.features":
            expected = tuple(sorted(value))
        shown = self.shown(setting)
        if shown == (pytest.approx(expected) if isinstance(expected, float) else expected):
            return []
        return [f"{setting.path}: {setting.control} shows {shown!r}, in force is {expected!r}"]

    def shown(self, setting: Setting) -> Any:
        """The value of the setting, as its control shows it."""
        name, driver = setting.control, self.driver
        control = driver.window.findChild(QObject, name)
        assert control is not None, f"{setting.path}: there is no {name}"
        is_in_dialog = isinstance(control, QWidget) and isinstance(control.window(), QDialog)
        if is_in_dialog:
            self.dialog.open()
        elif isinstance(control, QWidget) and not isinstance(control, QMenu):
            self._bring_up(control)
            assert control.isVisible(), f"{setting.path}: {name} cannot be seen"
        read = self._special.get(name, lambda setting: self._usual(setting, control))
        value = read(setting)
        if is_in_dialog:
            self.dialog.dialog.reject()
        self.driver.window.docks.bring_up(self.driver.window.loss_curve)
        return value

    def _bring_up(self, control: QWidget) -> None:
        for dock in self.driver.window.docks.docks:
            if dock.isAncestorOf(control):
                self.driver.window.docks.bring_up(dock.panel)
                self.settle()
        if not control.isVisible() and control.objectName().startswith("path"):
            # Other data have taken the path away that it is about.
            self.sweep()
            self.driver.wait(control.isVisible)
        if control.objectName().startswith("calculator"):
            # It is told of another model a moment after the others.
            self.driver.wait(control.isVisible)
        if not control.isVisible():
            # Several plots need the width that the controls have.
            self.driver.click("geometryControlsButton")

    def _usual(self, setting: Setting, control: QObject) -> Any:
        kind = setting.kind
        if isinstance(control, QLineEdit):
            return entered(kind, control.text())
        if isinstance(control, QDoubleSpinBox):
            return control.value()
        if isinstance(control, QAbstractButton | QAction):
            return control.isChecked()
        if isinstance(control, QSlider):
            assert isinstance(kind, Number)
            share = (control.value() - control.minimum()) / (control.maximum() - control.minimum())
            return kind.low + share * (kind.high - kind.low)
        assert isinstance(control, QComboBox), f"{setting.path}: how is {type(control).__name__} read?"
        if control.currentData() is not None:
            return control.currentData()
        return self.driver.loaded.dataset.input_names.index(control.currentText())

    def _title(self, _setting: Setting) -> str:
        label = self.driver.child("dataTitle")
        assert isinstance(label, QLabel)
        # Where it has been cut its tip has the whole.
        return label.toolTip() or label.text()

    def _features(self, setting: Setting) -> tuple[Any, ...]:
        if setting.path == "data.features":
            return tuple(sorted(self.dialog.features()))
        factors = {name: float(text) for name, text in self.dialog.factors().items() if text not in ("", "–")}
        return tuple((name, factor) for name, factor in factors.items() if factor != 1.0)

    def _starts(self, _setting: Setting) -> int:
        panel = self.driver.part(LambdaPanel)
        menu = panel_menu(panel)
        action: QAction = self.driver.child("severalStartsAction")
        text, is_on = action.text(), action.isChecked()
        menu.deleteLater()
        return int(text.split("from ")[1].split(" ")[0]) if is_on else 1

    def _speed(self, setting: Setting) -> float | None:
        slider: QSlider = self.driver.child("speedSlider")
        text = slider.parentWidget().findChildren(QLabel)[-1].text()
        return None if text == setting.none_text else float(text.split(" ")[0].replace(",", ""))

    def _slice(self, _setting: Setting) -> tuple[str, ...]:
        names = [self.driver.child(name) for name in ("sliceFirstBox", "sliceSecondBox")]
        return tuple(box.currentText() for box in names if box.isVisible())

    def _span(self, setting: Setting) -> float | None:
        text = self.driver.child("historySpanBox").currentText()
        number = float(text.split(" ")[1].replace(",", "")) if text.startswith("last ") else None
        if text.endswith(" %"):
            return number / 100.0 if number is not None and setting.name == "span_share" else None
        return number if setting.name == "span_epochs" else None

    def _panels(self, setting: Setting) -> tuple[str, ...]:
        """Those with a tick in a lecture, and those without one."""
        menu: QMenu = self.driver.child("viewMenu")
        docks = {dock.toggleViewAction(): dock.panel.objectName() for dock in self.driver.window.docks.docks}
        has_tick = setting.path == "view.lecture.panels"
        return tuple(docks[action] for action in menu.actions() if action in docks and action.isChecked() == has_tick)

    def _layout(self, _setting: Setting) -> Any:
        menu: QMenu = self.driver.child("layoutMenu")
        (checked,) = (action for action in menu.actions() if action.isChecked())
        return checked.data()

    def _sorting(self, _setting: Setting) -> str:
        header: QHeaderView = self.driver.child("variablesHeader")
        column = VARIABLES_COLUMNS[header.sortIndicatorSection()]
        is_falling = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        return f"{column}-{'falling' if is_falling else 'rising'}"

    def _text_size(self, _setting: Setting) -> int:
        title: str = self.driver.child("textSizeMenu").title()
        return int(title.split("(")[1].split(" ")[0])


def entered(kind: Kind, text: str) -> Any:
    """What a person reads in an edit."""
    if isinstance(kind, Several):
        return tuple(entered(kind.one, part) for part in text.split(",") if part)
    if isinstance(kind, Whole):
        return kind.low if text == kind.word else int(text)
    return float(text)


def option_words(setting: Setting, value: Any) -> list[str]:
    """How the command line says it."""
    option, kind = setting.option, setting.kind
    assert option is not None
    if option.is_flag:
        assert value is False
        return [option.name]
    if isinstance(kind, Several) and isinstance(kind.one, Named):
        return [word for name, one in value for word in (option.name, f"{name}={one}")]
    if isinstance(kind, Several):
        return [option.name, ",".join(map(str, value))]
    return [option.name, str(value)]


def parsed(setting: Setting, words: list[str]) -> Configuration:
    """By the first command that has the option."""
    assert setting.option is not None
    if setting.path.startswith(("source.sample", "view.")):
        return parse_window_arguments(words).configuration
    parse = parse_fit_arguments if setting.path.startswith("ending.") else parse_sweep_arguments
    target = [] if setting.path == "data.target" else ["--target", "y"]
    return parse(["a.csv", *target, *words]).configuration


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.path)
def test_options_sentences_and_files_have_it(setting: Setting, folder: Path) -> None:
    default = Configuration()
    value = values_of(setting, folder, value_at(default, setting.path))
    if setting.option is not None and setting.option.is_flag:
        value = False
    after = with_values(default, {setting.path: value})
    assert value_at(after, setting.path) != value_at(default, setting.path)
    assert from_dict(json.loads(json.dumps(to_dict(after)))) == after
    if setting.option is not None:
        assert value_at(parsed(setting, option_words(setting, value)), setting.path) == value
    else:
        assert setting.no_option
    words = configuration_change(default, after)
    if setting.sentence:
        old, new = (value_text(setting, value_at(one, setting.path)) for one in (default, after))
        assert words == setting.sentence.format(before=old, after=new)
    else:
        assert (words, bool(setting.unsaid)) == ("", True)


def test_the_window_shows_it_whoever_changed_it(make_window: Any, folder: Path) -> None:
    driver: WindowDriver = make_window(folder / "first.csv", "--target", "y", "--hidden", "", "--penalty", "l1")
    screen, session = Screen(driver), driver.session
    driver.wait_model()
    screen.make_all()
    screen.settle()
    driver.leave_plots_unpainted()
    wrong: list[str] = []
    # Another source last: what belongs to this one goes with it.
    for setting in sorted(TABLE, key=lambda one: one.path.startswith("source.")):
        path, start = setting.path, session.configuration
        beside = dict(BESIDE.get(path, {}))
        if beside.get("source.file"):
            beside["source.file"] = str(folder / beside["source.file"])
        session.change_all(beside, "script")
        screen.settle()
        before = value_at(session.configuration, path)
        value = values_of(setting, folder, before)
        wrong += screen.differences(setting, before)
        earlier = session.configuration
        # A panel that was brought up for a look is another step than the panels that are chosen now.
        driver.window.undoing.ghosts_changed.emit()
        session.change_all({path: value})
        screen.settle()
        assert value_at(session.configuration, path) == value, f"{path} has been taken back: {driver.state['status']}"
        wrong += screen.walked_back(setting, earlier, session.configuration)
        wrong += screen.differences(setting, value)
        # As it looks now it is painted once.
        driver.paint_once()
        values = {one: value_at(start, one) for one in (path, *beside)}
        session.change_all(values, "script")
        screen.settle()
    assert not wrong, "\n".join(wrong)
