"""Penalty factors in the data dialog: shown, entered, kept where a column is unchecked, and never in the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from data_dialog_driver import FACTOR, DataDialogDriver
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from window_driver import write_csv

from regdesk.core.settings.configuration import Configuration
from regdesk.core.words.settings_text import configuration_change

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard|grabbing the mouse)")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    numbers = np.random.default_rng(2).normal(size=(4, 40)).round(3)
    return write_csv(tmp_path / "four.csv", ["a", "b", "c", "y"], list(numbers))


@pytest.fixture
def dialog(make_window: Any, file: Path) -> DataDialogDriver:
    """Of a window that was given two factors."""
    options = ("--hidden", "", "--target", "y", "--penalty", "l1", "--penalty-factor", "b=0", "--penalty-factor", "a=1")
    driver = make_window(file, *options)
    driver.wait_model()
    found = DataDialogDriver(driver)
    found.open()
    return found


def test_factors_are_shown_entered_refused_and_in_nobodys_way(dialog: DataDialogDriver) -> None:
    """In one window, which takes longer to make than what is done in it."""
    steps = (
        make_a_column_with_a_factor_the_target,
        uncheck_a_column_which_has_its_factor_again_when_it_is_checked,
        show_a_factor_and_enter_one_which_the_run_has,
    )
    refuse_what_is_no_factor_by_a_sentence(dialog)
    for step in steps:
        step(dialog)
        bring_back_two_factors(dialog)


def apply(dialog: DataDialogDriver) -> None:
    """What is chosen, in a run of its own."""
    run = dialog.driver.snapshot.run
    dialog.child("dataApplyButton").click()
    dialog.driver.wait(lambda: dialog.driver.snapshot.run > run)


def bring_back_two_factors(dialog: DataDialogDriver) -> None:
    """As the window was given them."""
    driver, run = dialog.driver, dialog.driver.snapshot.run
    driver.session.change_all({"data.target": "y", "data.features": None, "data.penalty_factors": (("b", 0.0),)})
    driver.wait(lambda: driver.snapshot.run > run)
    dialog.open()


def refuse_what_is_no_factor_by_a_sentence(dialog: DataDialogDriver) -> None:
    for text in ("-1", "much", "1e10", "1e-10", "nan", "1_0", ""):
        dialog.enter_factor("c", text)
        said = dialog.child("featureCount").text()
        assert said == f"A penalty factor is 0 or a number from 1e-9 to 1e9, not “{text}”."
        assert dialog.factors()["c"] == "1"
        assert dialog.dialog.isVisible()
        # The next box is another one.
        dialog.driver.wait(lambda: dialog.child("featureList").findChild(QLineEdit) is None)


def uncheck_a_column_which_has_its_factor_again_when_it_is_checked(dialog: DataDialogDriver) -> None:
    driver = dialog.driver
    dialog.press_space_on("b")
    dialog.settle()
    assert dialog.factors()["b"] == "–"
    assert dialog.can_apply
    assert "factor" not in dialog.text
    dialog.press_space_on("b")
    dialog.settle()
    assert dialog.factors()["b"] == "0"
    assert dialog.child("previewState").text() == "This is in force; nothing has been changed."
    dialog.press_space_on("b")
    dialog.settle()
    apply(dialog)
    assert driver.loaded.settings.penalty_factors == ()
    assert driver.snapshot.network.input_factors == ()


def show_a_factor_and_enter_one_which_the_run_has(dialog: DataDialogDriver) -> None:
    driver = dialog.driver
    assert dialog.factors() == {"a": "1", "b": "0", "c": "1", "y": "–"}
    assert dialog.child("previewState").text() == "This is in force; nothing has been changed."
    assert "Penalty factors F: b 0 (never penalised); 1 of every other column." in dialog.text
    dialog.enter_factor("c", "2,5")
    dialog.settle()
    assert dialog.factors() == {"a": "1", "b": "0", "c": "2.5", "y": "–"}
    assert "Penalty factors F: b 0 (never penalised), c 2.5; 1 of every other column." in dialog.text
    apply(dialog)
    assert driver.loaded.settings.penalty_factors == (("b", 0.0), ("c", 2.5))
    assert driver.snapshot.network.input_factors == (1.0, 0.0, 2.5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1e-07", "1e-7"),
        *(pytest.param(one, one, marks=pytest.mark.full) for one in ("0.1234567", "1.2345e-6", "1200")),
    ],
)
def test_a_factor_has_one_spelling_wherever_it_is_read(dialog: DataDialogDriver, text: str, said: str) -> None:
    dialog.enter_factor("c", text)
    dialog.settle()
    assert dialog.factors()["c"] == said
    assert f"Penalty factors F: b 0 (never penalised), c {said}; 1 of every other column." in dialog.text
    model = dialog.child("featureList").model()
    row = [cells[0] for cells in dialog.rows()].index("c")
    assert model.data(model.index(row, FACTOR), Qt.ItemDataRole.EditRole) == said
    apply(dialog)
    chosen = dialog.driver.session.configuration
    assert configuration_change(Configuration(), chosen).split("penalty factors ")[1].startswith(f"none → b=0,c={said}")


def make_a_column_with_a_factor_the_target(dialog: DataDialogDriver) -> None:
    driver, box = dialog.driver, dialog.child("targetBox")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("b"))
    dialog.settle()
    assert dialog.can_apply
    assert dialog.factors() == {"a": "1", "b": "–", "c": "1", "y": "1"}
    apply(dialog)
    assert driver.loaded.settings.target == "b"
    assert driver.snapshot.network.input_factors == ()
