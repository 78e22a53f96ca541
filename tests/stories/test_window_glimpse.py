"""What the window says of losses while parameters are ahead of them, as with a million rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from window_driver import write_sparse

from regdesk.workers import look_pace


def test_every_loss_on_screen_says_of_which_epoch_it_is(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look_pace, "MEASURE_SHARE", 1e-9)
    monkeypatch.setattr(look_pace, "GLIMPSE_SHARE", 1e9)
    monkeypatch.setattr(look_pace, "RECORD_SHARE", 1e-9)
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--target", "y", "--speed", "300")
    start = driver.wait_state(n_weights=lambda n_weights: n_weights > 0)
    assert (start["epoch"], start["losses_epoch"]) == (0, 0)
    driver.click_action("runAction")
    state = driver.wait_state(epoch=lambda epoch: epoch > 60)
    assert state["losses_epoch"] == 0
    assert state["weights_digest"] != start["weights_digest"]
    for name in ("objective", "data_loss", "penalty_value", "train_loss", "validation_loss"):
        assert state[name] == start[name]
    line = driver.window.findChild(QWidget, "objectiveLine")
    assert "J at epoch 0 = " in line.text()
    assert state["readouts"]["historyPanel"].startswith("Loss at epoch 0: ")
    assert "Live at λ 0.01, epoch 0: training " in state["readouts"]["lambdaPanel"]
    paused = driver.pause()
    driver.wait_state(losses_epoch=paused["epoch"])
    state = driver.wait_still()
    assert state["train_loss"] != start["train_loss"]
    assert f"Loss at epoch {state['epoch']}: " in state["readouts"]["historyPanel"]
    assert "Live at λ 0.01: training " in state["readouts"]["lambdaPanel"]
