"""The data dialog in a person's hands: what is chosen, what is said before it is applied, and what then happens."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from data_dialog_driver import BECOMES, KIND, MISSING, NAME, DataDialogDriver
from PySide6.QtCore import Qt
from window_driver import WindowDriver, write_csv

from regdesk.session.data_service import DataService
from regdesk.tasks import loading

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard|grabbing the mouse)")
LINEAR = ("--hidden", "")


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """60 rows: a key, a date, a constant, text, a label with gaps, two numbers (one with 6 gaps) and two targets."""
    generator = np.random.default_rng(1)
    n = 60
    age = generator.normal(40, 9, n).round(1)
    height = [f"{value:.1f}" if row % 10 else "" for row, value in enumerate(generator.normal(170, 8, n))]
    town = [("Oslo", "Bergen", "Narvik")[row % 3] if row % 20 != 1 else "" for row in range(n)]
    columns = {
        "row": list(range(1, n + 1)),
        "opened": [f"2020-01-{1 + row % 28:02d}" for row in range(n)],
        "country": ["Norway"] * n,
        "remark": [f"a remark of row number {row} that no other row has got" for row in range(n)],
        "town": town,
        "age": age,
        "height": height,
        "visits": (0.1 * age + generator.normal(size=n)).round(2),
        "member": np.where(age + generator.normal(0, 5, n) > 40, "in", "out"),
    }
    return write_csv(tmp_path / "survey.csv", list(columns), list(columns.values()))


def test_what_the_dialog_and_the_column_say_of_the_data_in_force(make_window: Any, survey: Path) -> None:
    driver = make_window(survey, *LINEAR)
    assert not driver.child("dataButton").isEnabled()
    assert "Open a file" in driver.child("dataButton").toolTip()
    driver.wait_model()
    shown = [
        driver.child(name).text() for name in ("dataTitle", "targetLabel", "taskLabel", "inputsLabel", "rowsLabel")
    ]
    assert shown == [
        "survey.csv", "member", "classification, 2 classes", "6, from 4 columns", "45 train, 15 validate"
    ]  # fmt: skip
    assert driver.state["n_weights"] == 6
    dialog = DataDialogDriver(driver)
    driver.click("dataButton")
    assert dialog.dialog.isVisible()
    assert dialog.dialog.isModal()
    assert dialog.dialog.focusWidget() is dialog.child("targetBox")
    kinds = {row[NAME]: (row[KIND], row[BECOMES], row[MISSING]) for row in dialog.rows()}
    assert kinds == {
        "row": ("identifier", "a number", "–"),
        "opened": ("date", "days", "–"),
        "country": ("constant", "1 input", "–"),
        "remark": ("free text", "60 inputs", "–"),
        "town": ("categorical", "3 inputs", "3"),
        "age": ("numeric", "a number", "–"),
        "height": ("numeric", "a number", "6"),
        "visits": ("numeric", "a number", "–"),
        "member": ("the target", "–", "–"),
    }
    assert dialog.features() == ["town", "age", "height", "visits"]
    model = dialog.child("featureList").model()
    tip = model.data(model.index(0, NAME), Qt.ItemDataRole.ToolTipRole)
    assert "left out unless you check it: it numbers or names the rows" in tip
    assert not model.flags(model.index(8, NAME)) & Qt.ItemFlag.ItemIsEnabled
    assert dialog.text.startswith(
        "Predicts member, one of 2 classes: in, out.\nAll 60 rows are used; 4 columns become 6 inputs."
    )
    assert "9 missing cells imputed: 3 in town (most frequent, " in dialog.text
    assert dialog.child("taskBox").currentText() == "automatic (classification)"
    # Enter on what is in force: nothing begins anew.
    digest = driver.state["weights_digest"]
    dialog.press(Qt.Key.Key_Return)
    assert not dialog.dialog.isVisible()
    state = driver.wait_still()
    assert (driver.snapshot.run, state["weights_digest"]) == (1, digest)
    say_what_each_choice_does_and_forget_it(driver, dialog)
    change_settings_under_the_open_dialog(driver, dialog)


def change_settings_under_the_open_dialog(driver: WindowDriver, dialog: DataDialogDriver) -> None:
    """What somebody else changes stands in it."""
    dialog.open()
    dialog.type("testFractionSpin", "0.5")
    driver.session.change_all({"seed": 9, "data.missing": "drop", "data.features": ("age",)}, "undo")
    dialog.settle()
    assert dialog.child("seedSpin").value() == 9
    assert dialog.child("missingBox").currentData() == "drop"
    assert dialog.features() == ["age"]
    assert dialog.fraction("testFractionSpin") == 0.0
    assert dialog.child("previewState").text() == "This is in force; nothing has been changed."
    dialog.press(Qt.Key.Key_Escape)
    assert driver.session.configuration.seed == 9


def say_what_each_choice_does_and_forget_it(driver: WindowDriver, dialog: DataDialogDriver) -> None:
    before = driver.state
    dialog.open()
    driver.choose("missingBox", "drop")
    dialog.settle()
    assert "51 of 60 rows are used; 4 columns become 6 inputs." in dialog.text
    assert "9 rows left out: a feature is missing." in dialog.text
    assert "Rows: 38 for training, 13 for validation, 0 for test, drawn with seed 0" in dialog.text
    dialog.type("validationFractionSpin", "0.5")
    dialog.settle()
    assert "Rows: 25 for training, 26 for validation" in dialog.text
    dialog.type("testFractionSpin", "0.25")
    dialog.settle()
    assert "Rows: 12 for training, 26 for validation, 13 for test" in dialog.text
    dialog.type("seedSpin", "42")
    dialog.settle()
    assert "drawn with seed 42" in dialog.text
    dialog.press_space_on("row")
    dialog.settle()
    assert "Warning: row is an identifier: it numbers or names the rows" in dialog.text
    assert "5 columns become 7 inputs" in dialog.text
    dialog.child("standardizeInputsBox").setFocus()
    dialog.press(Qt.Key.Key_Space)
    dialog.settle()
    assert "Inputs are not standardised." in dialog.text
    dialog.type("validationFractionSpin", "0.9")
    dialog.settle()
    assert "This cannot be applied: survey.csv: the validation and test fractions add up to 1 or more" in dialog.text
    assert not dialog.can_apply
    dialog.press(Qt.Key.Key_Return)
    assert dialog.dialog.isVisible()
    dialog.press(Qt.Key.Key_Escape)
    assert not dialog.dialog.isVisible()
    state = driver.wait_still()
    assert (state["weights_digest"], driver.snapshot.run) == (before["weights_digest"], 1)
    assert driver.child("rowsLabel").text() == "45 train, 15 validate"
    # What was cancelled is forgotten.
    dialog.open()
    assert dialog.fraction("validationFractionSpin") == 0.25
    assert dialog.features() == ["town", "age", "height", "visits"]
    assert "All 60 rows are used" in dialog.text
    dialog.click("dataCancelButton")
    assert not dialog.dialog.isVisible()


def test_none_filter_and_all_choose_features(make_window: Any, survey: Path) -> None:
    driver = make_window(survey, *LINEAR, "--run", "--seed", "3000000000")
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    dialog = DataDialogDriver(driver)
    dialog.open()
    dialog.click("noFeaturesButton")
    dialog.settle()
    assert "This cannot be applied: survey.csv: no feature is chosen; choose at least one column." in dialog.text
    dialog.type("featureFilterEdit", "E")
    assert [row[NAME] for row in dialog.rows()] == ["opened", "remark", "age", "height", "member"]
    dialog.click("allFeaturesButton")
    assert dialog.child("featureCount").text() == "2 of 8 columns are features; the filter shows 5"
    dialog.type("featureFilterEdit", "zz")
    assert dialog.child("featureCount").text() == "2 of 8 columns are features; no name contains this"
    dialog.type("featureFilterEdit", "hei")
    dialog.click("noFeaturesButton")
    dialog.type("featureFilterEdit", "")
    assert dialog.features() == ["age"]
    dialog.settle()
    assert "1 column becomes 1 input." in dialog.text
    assert dialog.child("previewState").text() == "Apply begins a new run from the seed's initial weights."
    dialog.click_box_of("visits")
    assert dialog.features() == ["age", "visits"]
    dialog.click_box_of("member")
    assert dialog.features() == ["age", "visits"], "the target stays what it is"
    # Space acts on all that is selected.
    tree = dialog.child("featureList")
    driver.qtbot.keyClick(tree, Qt.Key.Key_Home)
    for _ in range(3):
        driver.qtbot.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    driver.qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert dialog.features() == ["row", "opened", "country", "remark", "age", "visits"]
    driver.qtbot.keyClick(tree, Qt.Key.Key_Space)
    dialog.click_box_of("visits")
    assert dialog.features() == ["age"]
    dialog.settle()
    dialog.click("dataApplyButton")
    driver.wait_state(n_weights=1, running=True, epoch=lambda epoch: epoch > 5)
    assert driver.snapshot.run == 2
    assert driver.child("inputsLabel").text() == "1, from 1 column"
    apply_a_seed_beyond_the_range_of_a_c_int(driver, dialog)


def apply_a_seed_beyond_the_range_of_a_c_int(driver: WindowDriver, dialog: DataDialogDriver) -> None:
    dialog.open()
    assert dialog.child("seedSpin").text() == "3000000000"
    dialog.type("seedSpin", "4294967303")
    dialog.settle()
    assert dialog.child("previewState").text() == "Apply begins a new run from the seed's initial weights."
    dialog.press(Qt.Key.Key_Return)
    driver.wait(lambda: driver.snapshot is not None and driver.snapshot.run == 3)
    assert driver.loaded.seed == driver.controller.session.configuration.seed == 4_294_967_303


def test_another_target_by_keys_alone(make_window: Any, survey: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = []
    real = loading.prepare
    monkeypatch.setattr(loading, "prepare", lambda *arguments: prepared.append(arguments[2]) or real(*arguments))
    driver = make_window(survey, *LINEAR)
    driver.wait_model()
    dialog = DataDialogDriver(driver)
    dialog.open()
    # The target has the keyboard: one up from member is visits.
    dialog.press(Qt.Key.Key_Up)
    dialog.settle()
    assert dialog.text.startswith("Predicts visits, a number from ")
    assert dialog.child("taskBox").currentText() == "automatic (regression)"
    assert dialog.features() == ["town", "age", "height", "member"]
    # A task that the column cannot have is one sentence; and it is gone with the next column.
    dialog.press(Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Down)
    dialog.settle()
    assert "column 'visits': there are " in dialog.text
    assert not dialog.can_apply
    dialog.press(Qt.Key.Key_Backtab, Qt.Key.Key_Home)
    dialog.settle()
    dialog.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    dialog.settle()
    assert "column 'country': every row has the class 'Norway', so there is nothing to tell apart" in dialog.text
    dialog.press(Qt.Key.Key_End, Qt.Key.Key_Up)
    # Before the answer: what was asked for is applied as soon as it is known.
    n_before = len(prepared)
    dialog.press(Qt.Key.Key_Return)
    driver.wait(lambda: driver.snapshot.run == 2)
    assert not dialog.dialog.isVisible()
    assert len(prepared) == n_before + 1, "what was looked at is not prepared again"
    assert driver.child("targetLabel").text() == "visits"
    assert driver.child("taskLabel").text() == "regression"
    assert driver.state["readouts"]["dataFitPanel"].startswith("R² ")
    # Three towns, age, height, and one for the two labels of member.
    assert driver.state["n_weights"] == 6
    # What is in force now is what the dialog begins with; a new seed is drawn from there.
    driver.click_action("newSeedAction")
    driver.wait(lambda: driver.snapshot.run == 3)
    dialog.open()
    assert dialog.child("targetBox").currentText() == "visits"
    assert dialog.child("seedSpin").value() == 1
    # A window that is closed takes its dialog with it.
    driver.window.close()
    assert not dialog.dialog.isVisible()


def test_the_command_lines_features_and_split_are_kept(make_window: Any, tmp_path: Path) -> None:
    generator = np.random.default_rng(2)
    numbers = generator.normal(size=(3, 40)).round(3)
    parts = ["train"] * 30 + ["validation"] * 10
    empty = [""] * 40
    file = write_csv(
        tmp_path / "parts.csv", ["a", "b", "part", "empty", "y"], [numbers[0], numbers[1], parts, empty, numbers[2]]
    )
    driver = make_window(
        file, *LINEAR, "--target", "y", "--features", "b,a", "--split-column", "part", "--validation-fraction", "0.333"
    )
    driver.wait_model()
    dialog = DataDialogDriver(driver)
    dialog.open()
    assert dialog.child("previewState").text() == "This is in force; nothing has been changed."
    assert {row[NAME]: row[KIND] for row in dialog.rows()} == {
        "a": "numeric", "b": "numeric", "part": "splits the rows", "empty": "constant", "y": "the target"
    }  # fmt: skip
    dialog.press_space_on("a")
    dialog.settle()
    dialog.press_space_on("a")
    dialog.settle()
    assert dialog.child("previewState").text() == "This is in force; nothing has been changed."
    dialog.press_space_on("b")
    dialog.settle()
    assert "Rows: 30 for training, 10 for validation, 0 for test, as part says." in dialog.text
    dialog.press(Qt.Key.Key_Return)
    driver.wait(lambda: driver.snapshot.run == 2)
    assert driver.loaded.settings.features == ("a",)
    assert driver.loaded.settings.validation_fraction == 0.333


def test_a_source_that_arrives_closes_the_dialog_and_one_being_read_keeps_it_shut(
    make_window: Any, survey: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = make_window(survey, *LINEAR)
    driver.wait_model()
    dialog = DataDialogDriver(driver)
    dialog.open()
    other = write_csv(tmp_path / "other.csv", ["x", "y"], np.random.default_rng(0).normal(size=(2, 30)).round(3))
    driver.controller.open_file(str(other))
    driver.wait_state(file=str(other))
    assert not dialog.dialog.isVisible()
    # While a file is read its columns are not known yet.
    gate = threading.Event()
    real = loading.load
    monkeypatch.setattr(loading, "load", lambda *arguments: gate.wait(20) and real(*arguments))
    driver.controller.open_file(str(survey))
    driver.click("dataButton")
    assert not dialog.dialog.isVisible()
    assert driver.state["status"] == "survey.csv is still being read; try again when it is there."
    gate.set()
    driver.wait_state(file=str(survey))
    dialog.open()
    assert dialog.dialog.windowTitle() == "Data – survey.csv"
    assert len(dialog.rows()) == 9
    ask_several_questions_at_once(driver, dialog, monkeypatch)


def ask_several_questions_at_once(
    driver: WindowDriver, dialog: DataDialogDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last one is answered, and our own faults are not hidden."""
    dialog.settle()
    answers: list[str] = []
    service = driver.part(DataService)
    service.previewed.connect(lambda one: answers.append(one.sentences[1]))
    gate = threading.Event()
    real = loading.prepare
    monkeypatch.setattr(loading, "prepare", lambda *arguments: gate.wait(20) and real(*arguments))
    chosen = driver.controller.session.configuration
    settings, seed = chosen.data, chosen.seed
    for features in (("age",), ("age", "town"), ("age", "height")):
        service.preview(replace(settings, features=features), seed)
    gate.set()
    driver.wait(lambda: answers != [])
    assert answers == ["All 60 rows are used; 2 columns become 2 inputs."]

    def break_down(*_arguments: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(loading, "prepare", break_down)
    with driver.qtbot.captureExceptions() as caught:
        dialog.type("seedSpin", "5")
        dialog.settle()
    assert [str(one[1]) for one in caught] == ["broken"]
    assert "This cannot be applied: broken" in dialog.text
    assert not dialog.can_apply


def test_a_column_of_weights_is_chosen_said_and_applied(make_window: Any, tmp_path: Path) -> None:
    generator = np.random.default_rng(4)
    first, second = generator.normal(size=(2, 40)).round(2)
    weights = [number % 4 for number in range(40)]
    target = (first - second + generator.normal(size=40)).round(2)
    file = write_csv(tmp_path / "heavy.csv", ["a", "b", "count", "y"], [first, second, weights, target])
    driver = make_window(file, *LINEAR, "--target", "y", "--penalty", "l1")
    before = driver.wait_model()
    dialog = DataDialogDriver(driver)
    dialog.open()
    assert dialog.child("weightBox").currentText() == "none"
    assert dialog.features() == ["a", "b", "count"]
    driver.choose("weightBox", "count")
    dialog.settle()
    assert dialog.features() == ["a", "b"]
    assert {row[NAME]: row[KIND] for row in dialog.rows()}["count"] == "the weight"
    assert "10 rows left out: the weight is 0." in dialog.text
    assert "Rows are weighted by count: 30 rows, which count as 60;" in dialog.text
    dialog.press(Qt.Key.Key_Return)
    driver.wait(lambda: driver.snapshot is not None and driver.snapshot.run == 2)
    state = driver.wait_still()
    assert state["n_weights"] == before["n_weights"] - 1
    assert driver.child("rowsLabel").text() == "22 train, 8 validate"
    # The score is that of the rows as they weigh, and says so.
    assert "validation rows that count as" in driver.state["readouts"]["dataFitPanel"]
    dialog.open()
    assert dialog.child("weightBox").currentText() == "count"
    driver.choose("weightBox", "y")
    dialog.settle()
    assert "the target cannot also weight the rows" in dialog.text
    assert not dialog.can_apply
    dialog.press(Qt.Key.Key_Escape)


def test_a_column_of_folds_is_no_feature_and_everything_else_can_be_applied(make_window: Any, tmp_path: Path) -> None:
    first, second, target = np.random.default_rng(6).normal(size=(3, 40)).round(2)
    folds = [number % 4 for number in range(40)]
    file = write_csv(tmp_path / "folded.csv", ["a", "b", "fold", "y"], [first, second, folds, target])
    driver = make_window(file, *LINEAR, "--target", "y", "--fold-column", "fold")
    driver.wait_model()
    dialog = DataDialogDriver(driver)
    dialog.open()
    assert dialog.features() == ["a", "b"]
    assert {row[NAME]: row[KIND] for row in dialog.rows()}["fold"] == "the fold"
    model = dialog.child("featureList").model()
    assert not model.flags(model.index(2, NAME)) & Qt.ItemFlag.ItemIsEnabled
    dialog.press_space_on("b")
    dialog.settle()
    assert dialog.can_apply
    dialog.press(Qt.Key.Key_Return)
    driver.wait(lambda: driver.snapshot is not None and driver.snapshot.run == 2)
    assert (driver.loaded.dataset.features, driver.loaded.settings.fold_column) == (("a",), "fold")
