"""Pictures, tables and commands taken away from a whole window: what they hold, and that they make it again."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from foreign_pictures import PdfWords, letters_of, pdf_pixels, svg_pixels
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QDoubleSpinBox, QLabel, QMessageBox
from window_driver import WindowDriver, write_csv, write_sparse

from regdesk import app
from regdesk.session.controllers.presenter import SETTLING_FRAMES
from regdesk.views.docks.panel_menu import panel_menu
from regdesk.views.kit import theme

PANELS = (
    "dataFitPanel", "histogramPanel", "historyPanel", "lambdaPanel", "pathPanel", "geometryPanel", "calculatorPanel",
    "networkPanel", "variablesPanel",
)  # fmt: skip


def trained(
    make_window: Any, monkeypatch: pytest.MonkeyPatch, *arguments: str, n_epochs: int = 30, settles: bool = True
) -> WindowDriver:
    """``settles``: its axes have come to rest, so that the window looks the same from one moment to the next."""
    driver: WindowDriver = make_window(*arguments)
    driver.window.resize(1440, 900)
    driver.wait_model()
    shown: list[Any] = []
    settle = driver.window.settle

    def note(frame: Any, n_frames: int) -> None:
        shown.extend([frame] * n_frames)
        settle(frame, n_frames)

    monkeypatch.setattr(driver.window, "settle", note)
    for _ in range(n_epochs):
        driver.window.epoch_requested.emit()
    driver.wait_state(epoch=n_epochs)
    # As in the story of copied pictures: until its axes have come to rest.
    driver.wait(lambda: not settles or (len(shown) >= SETTLING_FRAMES and shown[-SETTLING_FRAMES] is shown[-1]))
    return driver


def opened(driver: WindowDriver, action: str, dialog: str) -> Any:
    driver.child(action).trigger()
    driver.wait(lambda: driver.window.findChild(QDialog, dialog) is not None)
    return driver.child(dialog)


def closed(driver: WindowDriver, dialog: str) -> None:
    driver.wait(lambda: driver.window.findChild(QDialog, dialog) is None)


def looks(driver: WindowDriver) -> QImage:
    QApplication.processEvents()
    return driver.window.docks.grab().toImage()


def command_json(capsys: Any, command: str) -> Any:
    """What the command line prints for a command that was copied."""
    program, *words = shlex.split(command)
    assert program == "regdesk"
    assert app.main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def rows_in(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("colours", [pytest.param("light", marks=pytest.mark.full), "dark"])
def test_all_panels_are_saved_and_the_window_looks_as_before(
    make_window: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, colours: str
) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    # The pictures are light in either window.
    driver = trained(
        make_window, monkeypatch, str(file), "--target", "y", "--hidden", "", "--penalty", "l1", "--theme", colours
    )
    driver.click_action("sweepAction")
    # It can be chosen from before the last λ is done.
    driver.wait(lambda: driver.window.commands.use_best_lambda.isEnabled() and not driver.sweep.is_busy)
    driver.wait_still()
    before, in_force = looks(driver), theme.colours()
    fronts = [dock.is_in_front for dock in driver.window.docks.docks]
    dialog = opened(driver, "picturesAction", "picturesDialog")
    assert dialog.folder_edit.text() == str(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    dialog.folder_edit.setText(str(out))
    driver.child("picturesWidthSpin").setValue(17.0)
    dialog.save.click()
    closed(driver, "picturesDialog")
    assert sorted(path.name for path in out.iterdir()) == sorted(
        f"{panel}.{kind}" for panel in PANELS for kind in ("png", "svg", "pdf")
    )
    assert theme.colours() is in_force
    assert [dock.is_in_front for dock in driver.window.docks.docks] == fronts
    driver.wait(lambda: looks(driver) == before)
    for panel in PANELS:
        image = QImage(str(out / f"{panel}.png"))
        assert (image.width(), image.height()) == (round(17 / 2.54 * 300), round(10 / 2.54 * 300))
        for pixels in (
            svg_pixels((out / f"{panel}.svg").read_bytes(), 300),
            pdf_pixels((out / f"{panel}.pdf").read_bytes(), 300),
        ):
            assert pixels[1, 1].min() == 255
            # There are lines and letters on it.
            assert (pixels.min(axis=2) < 160).mean() > 0.01
        notes = json.loads(PdfWords((out / f"{panel}.pdf").read_bytes()).attached["provenance.json"])
        assert notes == json.loads(image.text("Comment"))
        assert (notes["digest"], notes["seed"]) == (driver.loaded.table.digest, 0)
        assert shlex.split(notes["sweep_command"])[:2] == ["regdesk", "sweep"]
    # Nobody had looked at them, behind their tabs, before their pictures were taken.
    assert "ball:" in PdfWords((out / "geometryPanel.pdf").read_bytes()).letters
    assert "Adds" in PdfWords((out / "calculatorPanel.pdf").read_bytes()).letters


def test_single_panels_are_saved_without_those_that_have_no_picture(
    make_window: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = str(write_sparse(tmp_path / "sparse.csv"))
    driver = trained(make_window, monkeypatch, file, "--target", "y", n_epochs=2, settles=False)
    leave_out_a_panel_without_a_picture(driver, tmp_path)
    save_a_calculator_behind_a_tab(driver, tmp_path)
    save_one_panel_from_its_menu_in_pixels(driver, tmp_path)


def leave_out_a_panel_without_a_picture(driver: WindowDriver, folder: Path) -> None:
    dialog = opened(driver, "picturesAction", "picturesDialog")
    path = driver.child("pictures_pathPanel")
    assert [name for name in PANELS if not driver.child(f"pictures_{name}").isChecked()] == ["pathPanel"]
    for name in PANELS:
        driver.child(f"pictures_{name}").setChecked(name == "pathPanel")
    assert path.isChecked()
    dialog.save.click()
    problem = driver.child("picturesProblem")
    driver.wait(lambda: problem.text() == "Without a picture yet: Path of the weights.")
    driver.child("pictures_historyPanel").setChecked(True)
    dialog.save.click()
    closed(driver, "picturesDialog")
    assert driver.state["status"].endswith(f"were written to {folder}. Without a picture yet: Path of the weights.")
    assert not list(folder.glob("pathPanel.*"))


def save_a_calculator_behind_a_tab(driver: WindowDriver, folder: Path) -> None:
    """It answers for the moment that is saved."""
    calculator = driver.window.calculator
    driver.window.docks.bring_up(calculator)
    driver.wait(lambda: calculator.calculation is not None)
    driver.window.docks.bring_up(driver.window.loss_curve)
    driver.wait(lambda: not calculator.is_seen)
    driver.window.epoch_requested.emit()
    driver.wait_state(epoch=3)
    calculator.picture_requested.emit()
    dialog = driver.child("picturesDialog")
    dialog.save.click()
    closed(driver, "picturesDialog")
    assert calculator.calculation.model.parameters is driver.snapshot.parameters
    words = PdfWords((folder / "calculatorPanel.pdf").read_bytes()).letters
    assert letters_of(calculator.readout) in words
    assert not calculator.is_seen


def save_one_panel_from_its_menu_in_pixels(driver: WindowDriver, folder: Path) -> None:
    panel, out = driver.window.history, folder / "out"
    out.mkdir()
    menu = panel_menu(panel)
    next(action for action in menu.actions() if action.text() == "Save picture…").trigger()
    menu.deleteLater()
    dialog = driver.child("picturesDialog")
    assert [driver.child(f"pictures_{name}").isChecked() for name in PANELS] == [
        name == "historyPanel" for name in PANELS
    ]
    unit: QComboBox = driver.child("picturesUnitBox")
    unit.setCurrentIndex(1)
    width: QDoubleSpinBox = driver.child("picturesWidthSpin")
    # The same size in pixels of a usual screen.
    assert width.value() == round(16 / 2.54 * 96)
    width.setValue(800)
    driver.child("picturesHeightSpin").setValue(500)
    for kind in ("svg", "pdf"):
        driver.child(f"pictures_{kind}").setChecked(False)
    dialog.folder_edit.setText(str(out))
    dialog.save.click()
    closed(driver, "picturesDialog")
    assert [path.name for path in out.iterdir()] == ["historyPanel.png"]
    image = QImage(str(out / "historyPanel.png"))
    assert (image.width(), image.height()) == (800, 500)


def test_the_tables_are_those_of_the_command_that_makes_it_again(
    make_window: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any
) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    driver = trained(
        make_window,
        monkeypatch,
        str(file),
        "--target",
        "y",
        "--hidden",
        "",
        "--penalty",
        "l1",
        "--lam",
        "0.05",
        settles=False,
    )
    digest = driver.state["weights_digest"]
    driver.child("copyCommandAction").trigger()
    (command,) = QGuiApplication.clipboard().text().splitlines()
    assert str(file) in command
    assert "on this computer; Copy settings as text opens the same on another. " in driver.state["status"]
    driver.click_action("sweepAction")
    # It can be chosen from before the last λ is done.
    driver.wait(lambda: driver.window.commands.use_best_lambda.isEnabled() and not driver.sweep.is_busy)
    dialog = opened(driver, "tablesAction", "tablesDialog")
    for box in dialog.findChildren(QCheckBox):
        assert box.isEnabled()
        box.setChecked(True)
    out = tmp_path / "out"
    out.mkdir()
    dialog.folder_edit.setText(str(out))
    dialog.save.click()
    closed(driver, "tablesDialog")
    names = ("coefficients", "history", "path", "predictions", "weights")
    assert sorted(path.name for path in out.iterdir()) == sorted(
        f"{name}.csv{end}" for name in names for end in ("", ".provenance.json")
    )
    driver.child("copyCommandAction").trigger()
    sweep_command = QGuiApplication.clipboard().text().splitlines()[1]
    driver.window.close()

    record = command_json(capsys, command)
    assert record["weights_digest"] == digest
    found = {row["feature"]: row for row in rows_in(out / "coefficients.csv")}
    for name, one in record["coefficients"].items():
        assert float(found[name]["standardized"]) == pytest.approx(one["standardized"], rel=1e-6, abs=1e-9)
        assert float(found[name]["original"]) == pytest.approx(one["original"], rel=1e-6, abs=1e-9)
    assert float(found["(intercept)"]["original"]) == pytest.approx(record["intercept_original"], rel=1e-6)
    rows = rows_in(out / "predictions.csv")
    errors = np.array([float(row["residual"]) for row in rows if row["split"] == "validation"])
    assert len(errors) == record["n_validation"]
    assert np.sqrt(np.mean(errors**2)) == pytest.approx(record["validation"]["rmse"], rel=1e-6)
    assert {row["split"] for row in rows} == {"train", "validation"}
    history = rows_in(out / "history.csv")
    assert [float(row["epoch"]) for row in history] == list(range(31))
    assert float(history[-1]["train_loss"]) == pytest.approx(record["data_loss"], rel=1e-6)

    swept = command_json(capsys, sweep_command)
    path = rows_in(out / "path.csv")
    for column, key in (("lambda", "lambdas"), ("validation_loss", "validation_loss"), ("n_nonzero", "n_nonzero")):
        assert [float(row[column]) for row in path] == pytest.approx(swept[key], rel=1e-9)
    assert [row["chosen"] for row in path if "λ_best" in row["chosen"]] != []
    weights = rows_in(out / "weights.csv")
    of_first = [row for row in weights if row["feature"] == swept["features"][0]]
    expected = [coefficients[0] for coefficients in swept["coefficients"]]
    assert [float(row["original"]) for row in of_first] == pytest.approx(expected, rel=1e-9, abs=1e-12)
    notes = json.loads((out / "weights.csv.provenance.json").read_bytes())
    assert notes["command"] == sweep_command
    assert (notes["split"]["folds"], notes["sweep"]["n_done"]) == (5, 50)
    moment = json.loads((out / "coefficients.csv.provenance.json").read_bytes())
    assert moment["command"] == command
    assert moment["moment"]["epoch"] == 30
    assert moment["digest"] == swept["provenance"]["digest"]


def test_classes_and_hostile_names_are_copied_as_words(
    make_window: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    generator = np.random.default_rng(2)
    names = ["=1+1", "<b>x</b>", "kind"]
    columns: list[Any] = [*generator.normal(size=(2, 90)).round(3)]
    columns.append([f"@{label}" for label in np.array(["a", "b", "c"])[np.arange(90) % 3]])
    file = write_csv(tmp_path / "hostile.csv", names, columns)
    driver = trained(make_window, monkeypatch, str(file), "--target", "kind", "--hidden", "4", settles=False)
    dialog = opened(driver, "tablesAction", "tablesDialog")
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(box.objectName() == "tables_predictions")
    driver.child("tablesCopyButton").click()
    closed(driver, "tablesDialog")
    head, *rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert head == ["line", "split", "actual", "prediction", *(f"probability @{label}" for label in "abc")]
    assert len(rows) == 90
    assert {row[2] for row in rows} == {"'@a", "'@b", "'@c"}
    for row in rows:
        probabilities = [float(cell) for cell in row[4:]]
        assert sum(probabilities) == pytest.approx(1.0)
        assert row[3] == f"'@{'abc'[int(np.argmax(probabilities))]}"
    driver.window.histogram.data_requested.emit()
    assert "\n'=1+1 → unit 1\t" in QGuiApplication.clipboard().text()


def test_what_is_there_is_replaced_only_when_somebody_says_so(
    make_window: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = str(write_sparse(tmp_path / "sparse.csv"))
    driver = trained(make_window, monkeypatch, file, "--target", "y", n_epochs=2, settles=False)
    old = tmp_path / "coefficients.csv"
    old.write_text("mine")
    said: list[str] = []

    def answer(button: str) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(f"{box.text()} {box.informativeText()}")
        next(one for one in box.buttons() if one.objectName() == button).click()

    dialog = opened(driver, "tablesAction", "tablesDialog")
    for button, is_replaced in (("keepButton", False), ("replaceButton", True)):
        QTimer.singleShot(0, dialog, lambda button=button: answer(button))
        dialog.save.click()
        driver.wait(lambda is_replaced=is_replaced: (old.read_text() != "mine") == is_replaced)
    closed(driver, "tablesDialog")
    assert said == [f"A file is there already. Replace it? In {tmp_path}: coefficients.csv"] * 2
    assert old.read_text().startswith("lambda,")


def test_a_folder_that_is_gone_and_a_full_disk_are_sentences_and_the_old_file_is_whole(
    make_window: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    driver = trained(make_window, monkeypatch, str(write_sparse(tmp_path / "sparse.csv")), "--target", "y", n_epochs=2)
    dialog = opened(driver, "picturesAction", "picturesDialog")
    problem: QLabel = driver.child("picturesProblem")
    dialog.folder_edit.setText(str(tmp_path / "gone"))
    dialog.save.click()
    assert problem.text() == f"There is no folder {tmp_path / 'gone'}."
    dialog.folder_edit.setText(str(tmp_path))
    assert problem.isHidden()
    write_to = os.write

    def full(descriptor: int, content: Any) -> int:
        if len(content) > 2000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_to(descriptor, content)

    before = sorted(path.name for path in tmp_path.iterdir())
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        dialog.save.click()
        driver.wait(lambda: not dialog.is_busy)
    assert problem.text() == (
        f"{tmp_path / 'dataFitPanel.png'} could not be written (No space left on device). Nothing there was changed."
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    # It is given up between two panels: the window has all its panels again, and nothing is written.
    looked, steps = looks(driver), list[int]()
    fronts = [dock.is_in_front for dock in driver.window.docks.docks]
    progress, cancel = driver.child("picturesProgress"), driver.child("picturesCancelButton")
    progress.valueChanged.connect(steps.append)
    dialog.save.click()
    assert (dialog.is_busy, dialog.save.isEnabled(), cancel.isEnabled()) == (True, False, True)
    driver.wait(lambda: len(steps) == 3)
    cancel.click()
    assert (dialog.is_busy, dialog.save.isEnabled(), cancel.isEnabled()) == (False, True, False)
    assert driver.window.updatesEnabled()
    assert [dock.is_in_front for dock in driver.window.docks.docks] == fronts
    assert [dock.widget() for dock in driver.window.docks.docks] == [dock.panel for dock in driver.window.docks.docks]
    driver.wait(lambda: looks(driver) == looked)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    # The bar has moved after each panel.
    assert steps[:3] == sorted(set(steps[:3]))
    dialog.close()


def test_without_a_model_there_is_nothing_to_take(make_window: Any, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "same.csv", ["a", "b"], [[1, 1, 1, 1], [2, 2, 2, 2]])
    driver = make_window(str(file))
    for action in ("picturesAction", "tablesAction", "copyCommandAction"):
        driver.child(action).trigger()
        assert driver.state["status"].startswith("There is no model yet")
    assert driver.window.findChildren(QDialog) == []


def test_a_model_goes_on_training_and_is_shown_again(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(str(write_sparse(tmp_path / "sparse.csv")), "--target", "y", "--speed", "max")
    driver.wait_model()
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 20)
    driver.window.history.picture_requested.emit()
    dialog = driver.child("picturesDialog")
    for name in PANELS[:2]:
        driver.child(f"pictures_{name}").setChecked(True)
    dialog.save.click()
    closed(driver, "picturesDialog")
    notes = json.loads(QImage(str(tmp_path / "historyPanel.png")).text("Comment"))
    # What stands beneath the picture, and what it says, is of the same moment as its origin.
    words = PdfWords((tmp_path / "historyPanel.pdf").read_bytes()).letters
    assert f"epoch{notes['moment']['epoch']:,.0f};" in words
    assert f"Lossatepoch{notes['moment']['epoch']:,.0f}:" in words
    after = driver.state["epoch"]
    driver.wait_state(epoch=lambda epoch: epoch > after + 50)
    assert driver.state["running"]
    driver.pause()
