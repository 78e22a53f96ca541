"""A table that cannot be trained on as it is used is opened: it says why, and lets the target be chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from data_dialog_driver import DataDialogDriver
from PySide6.QtCore import Qt
from warm_processes import warm_run
from window_driver import WindowDriver, write_csv, write_curve

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard|grabbing the mouse)")
LINEAR = ("--hidden", "")
SAME = "same.csv, column 'grade': every row has the class 'good', so there is nothing to tell apart"


@pytest.fixture
def same(tmp_path: Path) -> Path:
    """30 rows of which all have the same grade."""
    columns = [[f"{0.5 * row:.1f}" for row in range(30)], [f"{row * row % 17}.25" for row in range(30)], ["good"] * 30]
    return write_csv(tmp_path / "same.csv", ["size", "price", "grade"], columns)


def assert_nothing_of_a_model(driver: WindowDriver) -> None:
    state = driver.state
    assert (state["running"], state["epoch"], state["n_weights"], state["weights_digest"]) == (False, 0, 0, None)
    assert state["train_loss"] is None
    assert not driver.window.docks.isVisible()
    assert driver.child("notTrainablePage").isVisible()
    assert {sentence for name, sentence in state["readouts"].items() if name != "geometryPanel"} == {
        "There is no model: choose target and features first (Ctrl+D)."
    }
    assert driver.child("objectiveLine").text() == ""


def test_what_cannot_be_trained_on_takes_the_place_of_what_was(make_window: Any, tmp_path: Path, same: Path) -> None:
    driver = make_window(write_curve(tmp_path / "c.csv"), *LINEAR, "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    opened: list[str] = []
    driver.controller.file_opened.connect(opened.append)
    before = driver.snapshot.run
    driver.window.file_chosen.emit(str(write_csv(tmp_path / "one.csv", ["only"], [[1.5, 2.5, 3.5]])))
    driver.wait(lambda: driver.child("notTrainablePage").isVisible())
    sentence = "one.csv: no column is left as a feature: add one to the file."
    assert driver.child("notTrainableSentence").text() == sentence
    assert driver.state["status"] == sentence
    assert driver.state["file"] == str(tmp_path / "one.csv")
    assert opened == [str(tmp_path / "one.csv")]
    assert driver.window.windowTitle() == "one.csv[*] – regdesk"
    assert [driver.child(name).text() for name in ("dataTitle", "targetLabel", "rowsLabel")] == ["one.csv", "–", "3"]
    assert_nothing_of_a_model(driver)
    # Nothing of the old model goes on, whatever is asked of it.
    n_frames = driver.n_frames
    for name in ("runAction", "stepAction", "resetAction", "newSeedAction"):
        driver.click_action(name)
        assert driver.wait_still()["status"] == sentence
        assert_nothing_of_a_model(driver)
    assert not driver.child("sweepAction").isEnabled()
    assert "Choose another target" in driver.child("sweepAction").toolTip()
    assert driver.n_frames == n_frames
    # What can be trained on brings the panels back.
    driver.window.file_chosen.emit(str(tmp_path / "c.csv"))
    driver.wait_model()
    assert driver.window.docks.isVisible()
    assert not driver.child("notTrainablePage").isVisible()
    assert driver.snapshot.run > before
    assert "appear" in driver.state["readouts"]["historyPanel"] or driver.state["epoch"] == 0


def test_the_target_is_chosen_in_the_dialog_of_that_table(make_window: Any, same: Path) -> None:
    driver = make_window(same, *LINEAR, "--target", "grade")
    driver.wait(lambda: driver.child("notTrainablePage").isVisible())
    assert SAME in driver.child("notTrainableSentence").text()
    assert_nothing_of_a_model(driver)
    dialog = DataDialogDriver(driver)
    driver.click("notTrainableDataButton")
    assert dialog.dialog.isVisible()
    dialog.settle()
    assert dialog.dialog.windowTitle() == "Data – same.csv"
    assert dialog.child("targetBox").currentText() == "grade"
    assert f"This cannot be applied: {SAME}" in dialog.text
    assert not dialog.can_apply
    driver.choose("targetBox", "price")
    dialog.settle()
    assert dialog.text.startswith("Predicts price, a number from ")
    assert dialog.can_apply
    dialog.press(Qt.Key.Key_Return)
    state = driver.wait_model()
    assert driver.window.docks.isVisible()
    assert (state["n_weights"], driver.child("targetLabel").text()) == (1, "price")
    # It is in force now, and the dialog says so.
    dialog.open()
    assert dialog.text.startswith("Predicts price, a number from ")
    dialog.press(Qt.Key.Key_Escape)


def test_esc_leaves_the_table_open_and_another_seed_changes_nothing(make_window: Any, same: Path) -> None:
    driver = make_window(same, *LINEAR, "--target", "grade")
    driver.wait(lambda: driver.child("notTrainablePage").isVisible())
    dialog = DataDialogDriver(driver)
    dialog.open()
    driver.choose("targetBox", "price")
    dialog.settle()
    dialog.press(Qt.Key.Key_Escape)
    assert SAME in driver.wait_still()["status"]
    dialog.open()
    assert dialog.child("targetBox").currentText() == "grade"
    assert not dialog.can_apply
    dialog.press(Qt.Key.Key_Escape)
    # A file that cannot be read takes nothing away.
    driver.window.file_chosen.emit(str(same.parent / "gone.csv"))
    driver.wait_state(status=lambda status: "gone.csv" in status)
    assert_nothing_of_a_model(driver)
    assert driver.state["file"] == str(same)


def test_a_picture_is_not_taken_of_it(tmp_path: Path, same: Path) -> None:
    picture = tmp_path / "p.png"
    done = warm_run("-m", "regdesk", str(same), "--target", "grade", "--screenshot", str(picture), "--after", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"regdesk: {SAME}")
    assert done.stderr.count("\n") == 1
    assert not picture.exists()
