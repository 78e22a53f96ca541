"""Every setting of the table, one after the other: changed through the session, and found wherever it has to be.

That is in the configuration, on the screen, among the options of the command line, in the sentence on what has changed,
and again after a file. Where one of these is missing the table says why. The test goes through the table: a new setting
of a usual kind needs nothing here, and one without control, option, sentence or reason fails.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from data_dialog_driver import DataDialogDriver
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QMenu,
    QSlider,
    QWidget,
)
from window_driver import WindowDriver

from regdesk.cli.arguments import parse_fit_arguments, parse_sweep_arguments, parse_window_arguments
from regdesk.core.settings.configuration import Configuration, value_at, with_values
from regdesk.core.settings.configuration_record import from_dict, to_dict
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import Choice, Kind, Named, Number, Several, Truth, Whole
from regdesk.core.settings.settings_table import TABLE
from regdesk.core.words.settings_text import configuration_change, value_text
from regdesk.data.samples import sample
from regdesk.session.data_service import DataService
from regdesk.session.geometry_service import NOT_READY
from regdesk.views.geometry.words import INVITATION
from regdesk.views.sweep.panel import LambdaPanel

N_ROWS = 60
OTHER_VALUES: dict[str, Any] = {
    "source.file": "other.csv",
    "source.sample": "two-moons",
    "source.reading.delimiter": ";",
    "source.reading.quote": "|",
    "source.reading.encoding": "cp1252",
    "source.reading.decimal": ".",
    "source.reading.has_header": True,
    "source.reading.missing_words": ("nil",),
    "source.reading.kinds": (("part", "categorical"),),
    "source.reading.sheet": "first.csv",
    "source.reading.more_files": ("other.csv",),
    "data.target": "b",
    "data.features": ("c", "a"),
    "data.roles": (("a", "ignored"),),
    "data.split_column": "part",
    "data.fold_column": "fold",
    "data.weight_column": "weight",
    "data.date_parts": ("all",),
    "data.cells": (("2:a", "9"), ("61:y", "1.5")),
    "data.penalty_factors": (("a", 0.5),),
    "training.penalty": "group-lasso",
    "view.slice": ("c", "a"),
    "view.closed_panels": ("historyPanel", "pathPanel"),
    "view.lecture.panels": ("historyPanel", "lambdaPanel"),
    "view.selected": ("weight", 2),
    "view.geometry.x": 2,
    "view.geometry.y": 2,
    "view.geometry.watched": 2,
}
"""Of settings that name columns, files, panels or weights; and a penalty under which there is something to sweep."""
BESIDE: dict[str, dict[str, Any]] = {
    "source.sample": {"source.file": None},
    "source.reading.sheet": {"source.file": "archive.zip"},
    "architecture.activation": {"architecture.hidden": (3,)},
    "training.l1_ratio": {"training.penalty": "elastic-net"},
    "view.geometry.is_principal": {"architecture.hidden": (3,)},
    "view.n_resamples": {"data.features": ("a", "b")},
    "view.shows_spread": {"data.features": ("a", "b")},
    "view.lecture.panels": {"view.lecture.is_on": True},
    "view.lecture.text_percent": {"view.lecture.is_on": True},
    "view.lecture.has_column": {"view.lecture.is_on": True},
}
"""What has to be in force for a setting to have an effect."""


def another(kind: Kind, before: Any) -> Any:
    """A value of that kind that differs from the one in force, and that options can say."""
    if isinstance(kind, Choice):
        return next(word for word in kind.words if word != before)
    if isinstance(kind, Truth):
        return not before
    if isinstance(kind, Number):
        offered = [value for value, _ in kind.offers]
        first = 1.5 if before is None else 2.0 * before
        return next(
            one for one in (*offered, first, 0.5, kind.most / 2, kind.most) if one != before and is_one(kind, one)
        )
    if isinstance(kind, Whole):
        return next(one for one in ((before or 0) + 3, kind.low + 2, kind.low) if one != before and is_one(kind, one))
    assert isinstance(kind, Several), f"{kind}: give it another value in this test"
    return tuple(another(kind.one, None) if not before else another(kind.one, before[0]) for _ in range(1))


def is_one(kind: Kind, value: Any) -> bool:
    try:
        kind.check(value)
    except ValueError:
        return False
    return True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two tables with marks of their own between the cells, and one of them in an archive."""
    generator = np.random.default_rng(7)
    for name in ("first.csv", "other.csv"):
        rows = ["a;b;c;y;part;fold;weight"]
        for row in range(N_ROWS):
            a, b, c, noise = generator.normal(size=4).round(3)
            part = ("train", "train", "validation")[row % 3]
            rows.append(f"{a};{b};{c};{round(2 * a - b + 0.3 * noise, 3)};{part};{row % 4};{1 + row % 2}")
        (tmp_path / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.write(tmp_path / "first.csv", "first.csv")
    return tmp_path


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
        # Another one in front: what is not seen is not drawn, after each change.
        self.driver.window.docks.bring_up(self.driver.window.loss_curve)
        self.dialog.open()
        self.dialog.dialog.reject()

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
        if not control.isVisible():
            # Two plots need the width that the controls have.
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
        menu = panel.context_menu()
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


def values_of(setting: Setting, folder: Path, before: Any) -> Any:
    value = OTHER_VALUES.get(setting.path)
    if setting.path == "source.file":
        return str(folder / value)
    if setting.path == "source.reading.more_files":
        return tuple(str(folder / one) for one in value)
    return another(setting.kind, before) if value is None else value


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
        session.change_all({path: value}, "lesson")
        screen.settle()
        assert value_at(session.configuration, path) == value, f"{path} has been taken back: {driver.state['status']}"
        wrong += screen.differences(setting, value)
        values = {one: value_at(start, one) for one in (path, *beside)}
        session.change_all(values, "undo")
        screen.settle()
    assert not wrong, "\n".join(wrong)
