"""Requests that cross: what is under way neither blocks what is asked for next nor is lost to it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from window_driver import write_classes, write_csv, write_sparse

from regdesk.core.training.trainer import Trainer
from regdesk.core.types import TrainSettings


def write_long(path: Path, n_rows: int) -> Path:
    generator = np.random.default_rng(5)
    inputs = generator.normal(size=(4, n_rows)).round(3)
    return write_csv(path, [*"abcd", "y"], [*inputs, (inputs[0] + generator.normal(size=n_rows)).round(3)])


def test_a_long_epoch_by_hand_takes_a_new_lambda_and_gives_way_to_reset(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    advance = Trainer.advance

    def slowly(trainer: Trainer, settings: TrainSettings, n_steps: int) -> None:
        # 30 s an epoch on any machine.
        time.sleep(0.01 * n_steps)
        advance(trainer, settings, n_steps)

    monkeypatch.setattr(Trainer, "advance", slowly)
    driver = make_window(write_long(tmp_path / "long.csv", 4_000), "--hidden", "64,64", "--batch-size", "1")
    driver.wait_model()
    driver.click_action("stepAction")
    driver.wait_state(epoch=lambda epoch: 0 < epoch < 1)
    driver.enter("lambdaEdit", "5")
    assert driver.wait_state(lam=5.0, weights_digest=lambda digest: digest is not None)["epoch"] < 1
    driver.click_action("resetAction")
    driver.wait_state(epoch=0, n_weights=4 * 64 + 64 * 64 + 64)


def test_a_file_being_read_is_not_cancelled_by_a_new_seed(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"))
    driver.wait_model()
    # A batch size beyond all rows is refused.
    for text in ("3000000000", "12345678901234567890123"):
        driver.enter("batchSizeEdit", text)
        assert text in driver.state["status"]
        assert driver.snapshot.settings.batch_size == 0
    driver.controller.open_file(str(write_long(tmp_path / "long.csv", 30_000)))
    driver.click_action("newSeedAction")
    assert "long.csv is still being read" in driver.state["status"]
    driver.wait_state(file=lambda file: file.endswith("long.csv"))


def test_a_new_seed_keeps_the_model_running_and_after_a_reset_nothing_of_it_is_shown(
    make_window: Any, tmp_path: Path
) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    driver.click_action("newSeedAction")
    driver.wait(lambda: driver.loaded.seed == 1)
    driver.wait_state(running=True, epoch=lambda epoch: epoch > 20)
    # Nothing of the old model is shown for the new one.
    driver.click_action("resetAction")
    state = driver.state
    assert (state["epoch"], state["n_weights"], state["objective"]) == (0, 0, None)
    # The key is no number of a model.
    words = "".join(state["readouts"].values()).replace("(F5)", "")
    assert not any(character.isdigit() for character in words)
    driver.wait_state(epoch=0, n_weights=400)


def test_the_wheel_over_a_box_in_passing_changes_nothing(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_classes(tmp_path / "classes.csv"), "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    driver.child("lambdaSlider").setFocus()
    box = driver.child("activationBox")
    centre = QPointF(box.rect().center())
    notch = QWheelEvent(
        centre, QPointF(box.mapToGlobal(box.rect().center())), QPoint(0, 0), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, notch)
    assert box.currentText() == "tanh"
    assert driver.snapshot.run == 1
