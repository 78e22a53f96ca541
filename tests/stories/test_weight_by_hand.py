"""One weight that is set by hand in a whole window: typed, dragged, refused, and in the record of the run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from tables import write_sparse

from regdesk.session.controllers.presenter import Presenter


def test_a_weight_is_typed_and_the_model_goes_on_from_there(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--target", "y", "--hidden", "3", "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 60)
    driver.pause()
    driver.wait_still()
    before, presenter = driver.snapshot, driver.part(Presenter)
    driver.click("setWeightButton")
    driver.choose("setWeightBox", "c → unit 2")
    position = before.network.weight_offsets[0] + 2 * 3 + 1
    assert driver.session.configuration.view.selected == ("weight", position)
    driver.enter("setWeightEdit", "-1.5")
    driver.wait(lambda: driver.snapshot.parameters[position] == -1.5)
    after = driver.snapshot
    others = np.arange(len(after.parameters)) != position
    np.testing.assert_array_equal(after.parameters[others], before.parameters[others])
    assert (after.step, driver.state["running"]) == (before.step, False)
    assert driver.state["status"].startswith("Weight c → unit 2 set to -1.5 by hand: J ")
    last = presenter.frame.changes[-1]
    assert (last.loaded, last.epoch) == ("weight c → unit 2 set to -1.5 by hand", before.epoch)
    driver.run()
    driver.wait(lambda: driver.snapshot.step > after.step + 50)
    driver.pause()
    moved = driver.snapshot.parameters
    assert moved[position] != -1.5
    assert np.abs(moved - after.parameters).max() < 1.5
    # A word is no weight.
    driver.enter("setWeightEdit", "much")
    assert "a weight is a number" in driver.state["status"]
    still = driver.wait_still()
    assert still["weights_digest"] == driver.state["weights_digest"]
    driver.enter("setWeightEdit", "0.5")
    assert "a weight is a number" not in driver.state["status"], "a refusal ends with what is not refused"
    driver.wait(lambda: driver.snapshot.parameters[position] == 0.5)


def test_a_solved_model_that_is_shown_is_the_one_that_is_changed(make_window: Any, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    driver = make_window(file, "--target", "y", "--hidden", "", "--penalty", "l1", "--lam", "0.05")
    driver.wait_model()
    driver.wait(lambda: driver.child("solveAction").isEnabled())
    driver.session.change("training.lam", 0.1)
    driver.wait(lambda: driver.snapshot.is_exact)
    solved = driver.snapshot.parameters.copy()
    driver.click("setWeightButton")
    assert driver.child("setWeightBox").currentText() == "a"
    slider = driver.child("setWeightSlider")
    start = slider.value()
    driver.press("setWeightSlider", Qt.Key.Key_Left)
    driver.wait(lambda: not driver.snapshot.is_exact and driver.snapshot.parameters[0] != solved[0])
    assert start - slider.value() == 1
    np.testing.assert_array_equal(driver.snapshot.parameters[1:], solved[1:])
    assert abs(driver.snapshot.parameters[0] - solved[0]) < 0.02
