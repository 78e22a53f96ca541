"""A hundred painted frames: no reference to None is lost, no word from Qt, and pictures that differ."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from window_driver import write_classes, write_curve

N_FRAMES = 100
NOISE = 60


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal: nothing counts its references")
def test_painting_loses_no_reference_to_none(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_curve(tmp_path / "curve.csv"), "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 10)
    driver.window.grab()
    before = sys.getrefcount(None)
    start = driver.n_frames
    for number in range(N_FRAMES):
        driver.wait(lambda number=number: driver.n_frames > start + number)
        driver.window.grab()
    assert driver.n_frames >= start + N_FRAMES
    # A void call that drops a reference at every frame would take hundreds; what grows is the record of the run.
    assert sys.getrefcount(None) > before - NOISE


@pytest.mark.parametrize("n_inputs", [1, 2, 4])
def test_every_kind_of_picture_moves(n_inputs: int, make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_classes(tmp_path / "classes.csv", n_inputs), "--target", "colour")
    driver.wait_model()
    views = [driver.window.data_fit, driver.window.histogram, driver.window.history]
    before = [view.grab().toImage() for view in views]
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 200)
    after = [view.grab().toImage() for view in views]
    for view, old, new in zip(views, before, after, strict=True):
        assert old != new, view.objectName()
        colours = {new.pixel(x, y) for x in range(0, new.width(), 3) for y in range(0, new.height(), 3)}
        assert len(colours) > 5, view.objectName()
