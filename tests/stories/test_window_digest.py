"""The window and the command line train the same weights, whatever the pace and the length of the chunks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from window_driver import WindowDriver, write_classes, write_sparse

from regdesk.cli import headless
from regdesk.core.engine.structs import ROWS_IN_ONE

EPOCH = 24
SPEEDS = (300.0, 1000.0, None)
"""Steps a second; None is flat out."""


def digest_of_fit(capsys: pytest.CaptureFixture[str], file: Path, target: str, options: list[str], epochs: int) -> str:
    capsys.readouterr()
    assert headless.run(["fit", str(file), "--target", target, "--epochs", str(epochs), "--json", *options]) == 0
    return json.loads(capsys.readouterr().out)["weights_digest"]


def pause_at_a_whole_epoch(driver: WindowDriver) -> dict[str, Any]:
    state = driver.pause()
    if state["epoch"] != int(state["epoch"]):
        driver.click_action("stepAction")
        whole = int(state["epoch"]) + 1
        driver.wait_state(epoch=whole)
        state = driver.wait_still()
    return state


@pytest.mark.parametrize(
    ("is_classes", "options"),
    [
        (False, ["--hidden", "", "--penalty", "l1", "--lam", "0.05"]),
        (False, ["--hidden", "", "--penalty", "l2", "--optimizer", "sgd", "--batch-size", "16"]),
        (False, ["--penalty", "elastic-net", "--seed", "3"]),
        (True, ["--batch-size", "7", "--activation", "relu", "--hidden", "8,4"]),
    ],
)
def test_equal_digests_at_the_same_epoch(
    is_classes: bool, options: list[str], make_window: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = (write_classes if is_classes else write_sparse)(tmp_path / "data.csv")
    target = "colour" if is_classes else "y"
    driver = make_window(file, "--target", target, "--speed", "300", *options)
    driver.wait_model()
    driver.leave_plots_unpainted()
    for speed in SPEEDS:
        # Each from the same beginning.
        driver.click_action("resetAction")
        driver.wait_state(epoch=0)
        driver.session.change("view.steps_per_second", speed, "test")
        driver.run()
        driver.wait_state(epoch=lambda epoch: epoch > EPOCH)
        state = pause_at_a_whole_epoch(driver)
        expected = digest_of_fit(capsys, file, target, options, state["epoch"])
        assert state["weights_digest"] == expected
    # It is the epoch that makes them equal. Long after, flat out, another epoch may change no bit any more.
    assert digest_of_fit(capsys, file, target, options, EPOCH // 2) != expected


def test_equal_digests_where_threads_share_the_rows(
    make_window: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    generator = np.random.default_rng(5)
    inputs = generator.normal(size=(90_000, 2))
    targets = np.tanh(inputs[:, 0]) + 0.1 * generator.normal(size=len(inputs))
    file = tmp_path / "many.csv"
    np.savetxt(file, np.column_stack([inputs, targets]), delimiter=",", header="a,b,y", comments="", fmt="%.5g")
    options = ["--hidden", "3", "--penalty", "l1"]
    driver = make_window(file, "--target", "y", "--speed", "max", "--run", *options)
    driver.wait_state(epoch=lambda epoch: epoch > 20)
    state = pause_at_a_whole_epoch(driver)
    assert 0.75 * len(inputs) > ROWS_IN_ONE
    assert state["weights_digest"] == digest_of_fit(capsys, file, "y", options, state["epoch"])
    assert state["losses_epoch"] == state["epoch"]
