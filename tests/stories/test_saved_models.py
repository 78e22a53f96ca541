"""A person saves what has been trained, opens it in another window, trains on from there, and asks it about a file."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog
from window_driver import WindowDriver, write_sparse

from regdesk.app import main
from regdesk.data.files.model_file import read_model
from regdesk.data.files.prediction_file import PROVENANCE_SUFFIX
from regdesk.data.prepare.table_rows import TableRows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
MakeWindow = Callable[..., WindowDriver]


def fit(*words: object) -> None:
    assert main(["fit", *map(str, words), "--json"]) == 0


def dialog_of(driver: WindowDriver, name: str) -> Any:
    found = driver.window.findChild(QDialog, name)
    return found if found is not None and found.isVisible() else None


def child(dialog: QDialog, name: str) -> Any:
    found = dialog.findChild(QObject, name)
    assert found is not None, name
    return found


def test_a_model_of_the_window_is_saved_opened_and_trained_on(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, model = write_sparse(tmp_path / "sparse.csv"), tmp_path / "kept.regdesk"
    first = make_window(file, "--target", "y", "--hidden", "5", "--penalty", "l1", "--lam", "0.003", "--seed", "4")
    first.wait_model()
    first.run()
    first.wait_state(epoch=lambda epoch: epoch > 50)
    first.pause()
    shown = first.wait_still()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(model.with_suffix("")), ""))
    first.child("saveModelAction").trigger()
    first.wait(lambda: first.state["status"].startswith("The model is saved as kept.regdesk"))
    assert first.window.windowTitle() == "kept.regdesk[*] – sparse.csv – regdesk"
    assert not first.window.isWindowModified()
    first.run()
    first.wait(first.window.isWindowModified)
    first.pause()
    first.window.close()
    # Another window begins with it, paused.
    second = make_window(model)
    state = second.wait_state(weights_digest=shown["weights_digest"])
    assert not state["running"]
    assert state["file"] == str(file)
    assert (state["lam"], state["penalty"]) == (0.003, "l1")
    saved = read_model(model)
    for part, key in (("train", "train_loss"), ("validation", "validation_loss")):
        scores = saved.model.scores[part]
        assert scores is not None
        assert state[key] == pytest.approx(scores["loss"], rel=1e-5), "in float32"
        assert state[key] == pytest.approx(shown[key], rel=1e-6)
    second.run()
    second.wait_state(epoch=lambda epoch: epoch > 20, train_loss=lambda loss: loss < shown["train_loss"])
    assert second.window.isWindowModified()


@pytest.mark.parametrize("command", ["fit", "sweep"])
def test_a_linear_model_of_the_command_line_goes_on_at_its_losses(
    make_window: MakeWindow, tmp_path: Path, command: str
) -> None:
    file, model = write_sparse(tmp_path / "sparse.csv"), tmp_path / "m.regdesk"
    words = [command, str(file), "--target", "y", "--hidden", "", "--penalty", "l1", "--save", str(model), "--json"]
    assert main([*words, *(["--lam", "0.02"] if command == "fit" else ["--n-lambdas", "8"])]) == 0
    saved = read_model(model)
    driver = make_window(model)
    state = driver.wait_model()
    assert state["lam"] == saved.model.configuration.training.lam
    if command == "fit":
        scores = saved.model.scores["train"]
        assert scores is not None
        assert state["train_loss"] == pytest.approx(scores["loss"], rel=1e-12)
    # A model of a sweep is of all rows; whatever scale it is on, it predicts the same.
    dataset, snapshot = driver.loaded.dataset, driver.snapshot
    network = snapshot.network
    outputs = dataset.standardized_inputs(np.arange(len(dataset.inputs))) @ network.weights(snapshot.parameters, 0)
    values = dataset.target_scaler.invert(outputs + network.biases(snapshot.parameters, 0))
    expected = saved.model.predict(TableRows(driver.loaded.table))
    assert np.abs(values[:, 0] - expected).max() <= 1e-12 * dataset.target_scaler.scale[0]


def test_the_keyboard_alone_opens_a_model_and_scores_a_file(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, new, model = write_sparse(tmp_path / "sparse.csv"), tmp_path / "new.csv", tmp_path / "m.regdesk"
    lines = file.read_text().splitlines()
    new.write_text("\n".join([lines[0], *lines[1:31], ",".join(["1.2.3"] * lines[0].count(",")) + ",1"]) + "\n")
    fit(file, "--target", "y", "--hidden", "", "--lam", "0.05", "--save", model)
    driver = make_window("--sample", "two-moons", "--hidden", "")
    driver.wait_model()
    driver.window.choose_files([str(model)])
    driver.wait(lambda: dialog_of(driver, "modelDialog") is not None)
    dialog = dialog_of(driver, "modelDialog")
    text = child(dialog, "modelText").toPlainText()
    assert "y by a linear model, L2 with λ = 0.05" in text
    assert str(file) in text
    # Enter goes on with it.
    driver.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    driver.wait_state(file=str(file), weights_digest=lambda digest: digest is not None)
    driver.wait(lambda: driver.window.windowTitle().startswith("m.regdesk"))
    assert dialog_of(driver, "modelDialog") is None
    # Predictions, first only scored, then written.
    driver.child("predictAction").trigger()
    dialog = dialog_of(driver, "predictDialog")
    # The keyboard is its own with the next turn of Qt's loop; until then a key is a shortcut of the window.
    driver.wait(dialog.isActiveWindow)
    child(dialog, "predictFileEdit").setText(str(new))
    driver.qtbot.keyClick(child(dialog, "predictScoreButton"), Qt.Key.Key_Space)
    driver.wait(lambda: "30 of 31 rows of new.csv predicted" in child(dialog, "predictText").toPlainText())
    text = child(dialog, "predictText").toPlainText()
    assert "1 row could not be predicted" in text
    assert "'1.2.3' is not a number" in text
    out = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    driver.qtbot.keyClick(child(dialog, "predictSaveButton"), Qt.Key.Key_Space)
    driver.wait(out.is_file)
    driver.wait(lambda: "They are in out.csv" in child(dialog, "predictText").toPlainText())
    assert main(["predict", str(model), str(new), "--keep", "--out", str(tmp_path / "other.csv")]) == 0
    assert out.read_bytes() == (tmp_path / "other.csv").read_bytes()
    provenance = json.loads(Path(str(out) + PROVENANCE_SUFFIX).read_text())
    assert provenance["trained"]["digest"] == read_model(model).provenance["digest"]
    driver.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    # Beside the validation figures; when the model is another, with the name of theirs.
    sentence = driver.state["readouts"]["dataFitPanel"]
    assert "New rows (new.csv): R² " in sentence
    assert "on 30." in sentence
    driver.run()
    driver.wait(lambda: "New rows (new.csv), at λ 0.05" in driver.state["readouts"]["dataFitPanel"])
    driver.pause()


def test_the_window_is_not_held_up_by_many_rows_and_predicting_ends_when_it_is_cancelled(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    lines = file.read_text().splitlines()
    many, out = tmp_path / "many.csv", tmp_path / "out.csv"
    many.write_text("\n".join([lines[0], *lines[1:] * (200_000 // len(lines))]) + "\n")
    driver = make_window(file, "--target", "y", "--hidden", "")
    driver.wait_model()
    driver.child("predictAction").trigger()
    dialog = dialog_of(driver, "predictDialog")
    child(dialog, "predictFileEdit").setText(str(many))
    ticks: list[float] = []
    timer = QTimer(dialog)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(10)
    dialog.wanted.emit("live", str(many), str(out), False)
    driver.wait(lambda: child(dialog, "predictProgress").value() > 0)
    dialog.cancelled.emit()
    assert child(dialog, "predictText").toPlainText() == "Predicting many.csv was cancelled; nothing is written."
    assert ticks, "the window lives meanwhile"
    timer.stop()
    driver.window.close()
    assert not out.exists()
    assert list(tmp_path.glob(".regdesk*")) == []


def test_the_keyboard_alone_exports_the_model_as_the_command_line_does(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, model, out = write_sparse(tmp_path / "sparse.csv"), tmp_path / "m.regdesk", tmp_path / "model.c"
    fit(file, "--target", "y", "--hidden", "", "--lam", "0.05", "--save", model)
    driver = make_window(model)
    driver.wait_model()
    driver.child("exportAction").trigger()
    dialog = dialog_of(driver, "exportDialog")
    languages = child(dialog, "exportLanguageList")
    assert dialog.focusWidget() is languages
    while languages.currentItem().text() != "C":
        driver.qtbot.keyClick(languages, Qt.Key.Key_Down)
    driver.wait(child(dialog, "saveExportButton").isEnabled)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    # Enter is Save.
    driver.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    driver.wait(lambda: child(dialog, "exportProblem").text() == "Saved as model.c.")
    assert main(["export", str(model), "--to", "c", "--out", str(tmp_path / "other.c")]) == 0
    assert out.read_bytes() == (tmp_path / "other.c").read_bytes()
    # It follows a model that trains.
    seen = child(dialog, "exportPreview").toPlainText()
    driver.session.change("training.lam", 0.5)
    driver.run()
    driver.wait(lambda: child(dialog, "exportPreview").toPlainText() != seen)
    driver.pause()
    driver.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog_of(driver, "exportDialog") is None
