"""The history of a real run: gestures of the keyboard become its marks, its end is looked at, curves stay frozen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plot_items import item, plots
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from window_driver import WindowDriver, write_csv, write_curve, write_sparse

from regdesk.core.run import changes
from regdesk.core.settings.first_lambda import FIRST_LAMBDA


def write_hours(path: Path) -> Path:
    """Two columns either of which can be the target."""
    hour = np.arange(40.0)
    return write_csv(path, ["hour", "degrees", "rain"], [hour, np.sin(hour), np.cos(hour)])


def test_gestures_become_marks_and_the_end_of_the_run_is_drawn(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """λ is dragged up in steps, then the optimiser and the penalty are changed, and the run is paused."""
    # However long a slow machine takes between two keys.
    monkeypatch.setattr(changes, "MERGE_S", 20.0)
    driver: WindowDriver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--run", "--hidden", "4", "--lam", "0.001"
    )
    driver.wait_state(epoch=lambda epoch: epoch > 60)
    slider = driver.child("lambdaSlider")
    for _ in range(4):
        driver.qtbot.keyClick(slider, Qt.Key.Key_PageUp)
        driver.wait(lambda shown=driver.n_frames: driver.n_frames > shown + 2)
    driver.choose("optimizerBox", "momentum")
    driver.wait_state(epoch=lambda epoch, now=driver.state["epoch"]: epoch > now + 60)
    driver.choose("penaltyBox", "l1")
    driver.wait_state(epoch=lambda epoch, now=driver.state["epoch"]: epoch > now + 40)
    driver.pause()
    panel, frame = driver.child("historyPanel"), driver.frame
    # One mark for the gesture of several keys, one for each of the others.
    drag, optimiser, penalty = frame.changes
    assert drag.before.lam == 0.001
    # L1 begins with a λ at which weights are left.
    assert drag.after.lam > penalty.after.lam == driver.state["lam"] == FIRST_LAMBDA > 0.001
    assert drag.last_epoch > drag.epoch
    assert item(panel, "penaltyChanges").getData()[0].tolist() == [drag.epoch, penalty.epoch]
    assert item(panel, "otherChanges").getData()[0].tolist() == [optimiser.epoch]
    # The lowest of all recorded rows.
    assert frame.best.validation_loss <= np.nanmin(frame.history.validation_loss)
    assert item(panel, "bestEpoch").getData()[0].tolist() == [frame.best.epoch]
    np.testing.assert_array_equal(item(panel, "trainingLoss").getData()[1], frame.history.train_loss)

    box: QComboBox = driver.child("historySpanBox")
    driver.qtbot.keyClick(box, Qt.Key.Key_End)
    assert box.currentText() == "last 100"
    losses, lambdas = plots(panel)
    left, right = losses.viewRange()[0]
    assert right - left == pytest.approx(120.0)
    assert left < driver.state["epoch"] <= right
    assert lambdas.viewRange()[0] == [left, right]
    shown = item(panel, "trainingLoss").getData()[0]
    assert shown[0] <= left <= shown[1]
    assert shown[-1] == driver.state["epoch"]


def test_frozen_curves_leave_with_their_data(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_hours(tmp_path / "hours.csv"), "--run", "--hidden", "2", "--target", "degrees")
    driver.wait_state(epoch=lambda epoch: epoch > 20)
    driver.pause()
    panel = driver.child("historyPanel")
    driver.click_action("freezeAction")
    frozen = driver.frame.history
    for change in ("newSeedAction", "layers"):
        if change == "layers":
            driver.enter("hiddenLayersEdit", "3")
        else:
            driver.click_action(change)
        driver.wait_state(epoch=0, weights_digest=lambda digest: digest is not None)
        np.testing.assert_array_equal(item(panel, "frozenTrainingLoss").getData()[0], frozen.epoch)
        assert "frozen curves behind" in driver.state["readouts"]["historyPanel"]
        assert driver.child("freezeAction").isChecked()
    file = write_curve(tmp_path / "curve.csv")
    driver.controller.open_file(str(file))
    driver.wait_state(file=str(file), epoch=0, weights_digest=lambda digest: digest is not None)
    x, _ = item(panel, "frozenTrainingLoss").getData()
    assert x is None or not len(x)
    assert "frozen" not in driver.state["readouts"]["historyPanel"]
    assert not driver.child("freezeAction").isChecked()
    assert not driver.window.histogram.has_ghost
