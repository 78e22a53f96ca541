"""A whole window whose words and course wait for their turn, and are there as soon as the model rests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from plot_items import item, items
from PySide6.QtWidgets import QLabel
from window_driver import WindowDriver, write_curve

from regdesk.core.run import pace
from regdesk.core.run.pace import Part


def last_epoch(driver: WindowDriver) -> float:
    """Of the course that is drawn."""
    return float(item(driver.window.history, "trainingLoss").getData()[0][-1])


def objective(driver: WindowDriver) -> str:
    label = driver.child("objectiveLine")
    assert isinstance(label, QLabel)
    return label.text()


def test_the_newest_moment_is_shown_whole_as_soon_as_it_rests(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver: WindowDriver = make_window(write_curve(tmp_path / "curve.csv"))
    driver.wait_model()
    # While it moves nothing but pictures is ever due.
    monkeypatch.setattr(pace, "WORDS_HZ", 1e-9)
    monkeypatch.setattr(pace, "CURVES_HZ", 1e-9)
    window = driver.window
    driver.run()
    driver.wait(lambda: driver.n_frames > 30 and driver.snapshot.step > 100)
    # A panel's first picture is drawn in a turn of its own, whole, and on a busy machine late.
    driver.wait(lambda: window.is_behind and last_epoch(driver) < driver.snapshot.epoch)
    driver.pause()
    assert not window.is_behind
    assert last_epoch(driver) == driver.snapshot.epoch
    assert driver.frame is not None
    for panel in window.panels[:4]:
        assert panel.readout == panel.sentence(driver.frame)[0]
    assert objective(driver).startswith(driver.frame.objective)
    assert str(driver.snapshot.layers[-1].n_alive) in items(window.histogram, "layerTitle")[-1].text


def test_what_waits_is_shown_though_no_other_moment_comes(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(write_curve(tmp_path / "curve.csv"))
    driver.wait_model()
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 50)
    driver.pause()
    assert driver.frame is not None
    # As if the last of a run's moments had been shown before it was paused.
    driver.window.show_frame(replace(driver.frame, objective="J at rest", story="At rest."), Part.PICTURES)
    driver.wait(lambda: objective(driver) == "J at rest")
    assert driver.state["status"] == "At rest."
