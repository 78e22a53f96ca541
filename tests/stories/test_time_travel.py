"""A run is looked at in its past, gone on from there, and returned to: the same numbers each time, bit for bit."""

from __future__ import annotations

import errno
import json
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QSlider
from window_driver import WindowDriver, write_sparse

from regdesk.core.model.network import weights_digest
from regdesk.core.training.retracing import retraced
from regdesk.core.training.trainer import Trainer
from regdesk.desktop import animation_saving
from regdesk.session.keeping.recorder import TimelineRecorder

N_EPOCHS, CHANGED_AT, LOOKED_AT = 14, 9, 5
OF_THE_MOMENT = (
    "epoch", "lam", "penalty", "n_weights", "n_nonzero", "objective", "data_loss", "penalty_value", "train_loss",
    "validation_loss", "weights_digest",
)  # fmt: skip
COURSES = ("historyPanel", "lambdaPanel", "pathPanel")
"""Panels that also show what came after."""


def one_epoch(driver: WindowDriver) -> dict[str, Any]:
    epoch = driver.state["epoch"] + 1
    driver.window.epoch_requested.emit()
    return driver.wait_state(epoch=epoch)


def train(driver: WindowDriver) -> dict[int, dict[str, Any]]:
    """To the last epoch, λ raised on the way; what the window said at each."""
    seen = {driver.state["epoch"]: driver.state}
    while driver.state["epoch"] < N_EPOCHS:
        if driver.state["epoch"] == CHANGED_AT:
            driver.enter("lambdaEdit", "0.3")
            driver.wait_state(lam=0.3)
        state = one_epoch(driver)
        seen[state["epoch"]] = state
    return seen


def differences(state: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """What of the moment, and of the sentences of the panels, two states say in different ways."""
    found = {name: (state[name], other[name]) for name in OF_THE_MOMENT if state[name] != other[name]}
    said, elsewhere = state["readouts"], other["readouts"]
    return found | {
        name: (said[name], elsewhere[name]) for name in said if name not in COURSES and said[name] != elsewhere[name]
    }


def go_to(driver: WindowDriver, epoch: int) -> dict[str, Any]:
    driver.window.history.epoch_chosen.emit(float(epoch))
    return driver.wait_state(epoch=epoch)


def test_a_run_is_looked_at_gone_on_from_and_returned_to(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver: WindowDriver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "4", "--batch-size", "32")
    driver.wait_model()
    bar: QSlider = driver.child("timelineSlider")
    assert (bar.isEnabled(), bar.toolTip()) == (False, "Nothing has been trained yet: press Run first.")
    seen = train(driver)
    now = driver.state
    for epoch in (LOOKED_AT, CHANGED_AT + 1, N_EPOCHS - 1, 1):
        shown = go_to(driver, epoch)
        assert differences(shown, seen[epoch]) == {}
        assert (shown["earlier"], shown["running"]) == (True, False)
        assert shown["status"].startswith(f"An earlier moment: epoch {epoch} of {N_EPOCHS}, L2 with λ")
    driver.qtbot.keyClick(bar, Qt.Key.Key_End)
    assert differences(driver.wait_state(epoch=N_EPOCHS, earlier=False), now) == {}

    # On from the middle, with the λ of then: what was done before leads to the same model again.
    go_to(driver, LOOKED_AT)
    driver.child("branchAction").trigger()
    driver.wait(lambda: driver.child("branchesMenu").isEnabled())
    driver.wait_state(epoch=LOOKED_AT, lam=0.01)
    assert driver.child("lambdaEdit").text() == "0.01"
    assert driver.frame.history.epoch[-1] == LOOKED_AT
    words = f"The model is that of epoch {LOOKED_AT} again. What came after it is kept as a branch"
    assert driver.state["status"].startswith(words)
    undo_and_do_again(driver, now)
    for epoch, state in train(driver).items():
        assert differences(state, seen[epoch]) == {}
    assert differences(go_to(driver, 2), seen[2]) == {}, "what was before the branch can still be shown"

    # Elsewhere from there, and back to the branch.
    driver.enter("lambdaEdit", "5")
    driver.wait_state(epoch=N_EPOCHS, lam=5)
    one_epoch(driver)
    branches: QMenu = driver.child("branchesMenu")
    (branch,) = branches.actions()
    assert f"Epoch {N_EPOCHS}, L2 with λ 0.3" in branch.text()
    branch.trigger()
    assert differences(driver.wait_state(epoch=N_EPOCHS, lam=0.3), now) == {}
    now_said = driver.state["status"]
    assert differences(go_to(driver, 3), seen[3]) == {}
    assert "Returned to a branch" in now_said
    assert "λ 5" in branches.actions()[0].text()

    driver.qtbot.keyClick(bar, Qt.Key.Key_End)
    driver.wait_state(epoch=N_EPOCHS)
    assert retraced_digest(driver) == now["weights_digest"]
    take_pictures(driver, tmp_path)
    take_pictures_nowhere(driver, tmp_path, monkeypatch)


def undo_and_do_again(driver: WindowDriver, before: dict[str, Any]) -> None:
    """The course that comes back is no branch beside itself, and is one again when it has been left again."""
    branches: QMenu = driver.child("branchesMenu")
    texts = [one.text() for one in branches.actions()]
    assert driver.child("undoAction").text() == "&Undo go on from an earlier moment"
    driver.child("undoAction").trigger()
    assert differences(driver.wait_state(epoch=N_EPOCHS), before) == {}
    assert branches.actions() == []
    driver.child("redoAction").trigger()
    driver.wait_state(epoch=LOOKED_AT)
    driver.wait(branches.isEnabled)
    assert [one.text() for one in branches.actions()] == texts


def retraced_digest(driver: WindowDriver) -> str:
    """Of the weights to which the timeline leads, through every branch."""
    timeline, loaded = driver.part(TimelineRecorder).timeline, driver.loaded
    course = timeline.course(timeline.last_run)
    assert len(course.runs) == 2, "the branch of the first run, which has been returned to"
    trainer = Trainer(loaded.dataset, course.configuration.architecture, loaded.seed)
    for _ in retraced(trainer, course.taken, driver.snapshot.step):
        pass
    return weights_digest(trainer.parameters)


def take_pictures(driver: WindowDriver, folder: Path) -> None:
    """The run as numbered pictures; then as a film that is given up."""
    driver.child("animationAction").trigger()
    dialog: QDialog = driver.child("animationDialog")
    kind = driver.child("animationKindBox")
    kind.setCurrentIndex(kind.findData("png"))
    driver.child("animationCountSpin").setValue(4)
    driver.child("animationFolderEdit").setText(str(folder))
    part = driver.child("animationPartBox")
    part.setCurrentIndex(part.findData("historyPanel"))
    dialog.save.click()
    driver.wait(lambda: (folder / "run-004.png").exists())
    pictures = [QImage(str(folder / f"run-{number:03d}.png")) for number in range(1, 5)]
    assert len({(one.width(), one.height()) for one in pictures}) == 1
    assert all(one != other for one, other in pairwise(pictures))
    epochs = [json.loads(one.text("Comment"))["moment"]["epoch"] for one in pictures]
    assert epochs == sorted(set(epochs))
    assert epochs[-1] == N_EPOCHS
    driver.wait(lambda: driver.window.findChild(QDialog, "animationDialog") is None)
    assert driver.state["status"].startswith("4 files were written to")
    assert driver.state["epoch"] == N_EPOCHS

    driver.child("animationAction").trigger()
    dialog = driver.child("animationDialog")
    driver.child("animationNameEdit").setText("given-up")
    dialog.save.click()
    driver.child("animationCancelButton").click()
    QApplication.processEvents()
    assert driver.child("animationProblem").text() == ""
    assert dialog.findChild(QLabel, "animationNote").text().startswith("4 ")
    dialog.reject()
    driver.wait_state(epoch=N_EPOCHS)
    assert not list(folder.glob("given-up*"))


def take_pictures_nowhere(driver: WindowDriver, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes nothing, and a folder that goes: old pictures are as they were, and the file is named."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(animation_saving, "may_replace", lambda *_: True)
    driver.wait(lambda: driver.window.findChild(QDialog, "animationDialog") is None)
    driver.child("animationAction").trigger()
    dialog, problem = driver.child("animationDialog"), driver.child("animationProblem")
    driver.child("animationNameEdit").setText("run")
    for code in (errno.ENOSPC, errno.EROFS):

        def fail(*_: Any, code: int = code) -> int:
            raise OSError(code, os.strerror(code))

        with monkeypatch.context() as patched:
            patched.setattr(os, "write", fail)
            dialog.save.click()
            driver.wait(lambda: not dialog.is_busy)
        assert problem.text() == (
            f"{folder / 'run-001.png'} could not be written ({os.strerror(code)}). Nothing there was changed."
        )
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    gone = folder / "gone"
    gone.mkdir()
    driver.child("animationFolderEdit").setText(str(gone))
    dialog.save.click()
    gone.rmdir()
    driver.wait(lambda: not dialog.is_busy)
    assert problem.text().startswith(f"{gone / 'run-001.png'} could not be written (")
    dialog.reject()
    driver.wait_state(epoch=N_EPOCHS)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
