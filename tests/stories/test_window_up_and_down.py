"""λ of the live model goes up and down by itself: what is recorded and drawn, and how it ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plot_items import item, items
from PySide6.QtCore import Qt
from window_driver import WindowDriver, write_curve, write_sparse

from regdesk.core.run import hysteresis_tour
from regdesk.session.hysteresis_service import NO_PENALTY


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A course that need not be watched."""
    monkeypatch.setattr(hysteresis_tour, "N_TOUR_POINTS", 6)
    monkeypatch.setattr(hysteresis_tour, "LEAST_SNAPSHOTS", 2)


def start(driver: WindowDriver) -> None:
    driver.wait_model()
    driver.go_flat_out()
    driver.click("upDownButton")
    assert driver.child("upAndDownAction").isChecked()


def value_of(driver: WindowDriver) -> Any:
    assert driver.frame is not None
    return driver.frame.up_down


def begin_again(driver: WindowDriver) -> None:
    """Another course, which is seen with the next frame."""
    before = value_of(driver)
    driver.click("upDownButton")
    driver.wait(lambda: value_of(driver) is not before)


def finish(driver: WindowDriver) -> Any:
    driver.wait(lambda: value_of(driver) is not None and value_of(driver).is_done)
    driver.wait(lambda: not driver.child("upAndDownAction").isChecked())
    return value_of(driver)


def n_drawn(driver: WindowDriver) -> list[int]:
    """How many models each way's curve has on screen."""
    drawn = [item(driver.window.loss_curve, f"{way}TrainingLoss").getData()[0] for way in ("up", "down")]
    return [0 if x is None else len(x) for x in drawn]


@pytest.mark.usefixtures("short")
def test_a_network_that_dies_on_the_way_up_stays_dead_on_the_way_down(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_curve(tmp_path / "curve.csv"), "--hidden", "4,4", "--penalty", "l1", "--lam", "0.02")
    start(driver)
    value = finish(driver)
    n_up = len(value.up)
    assert 3 <= n_up <= 6
    np.testing.assert_array_equal(value.up.lambdas, value.down.lambdas[::-1])
    assert value.up.n_nonzero[0] > 0
    assert not value.down.n_nonzero.any()
    assert value.up.train_loss[0] < 0.5 * value.down.train_loss[-1]
    driver.wait_state(lam=0.02, running=True)
    assert driver.state["status"].startswith("Coming down, the network never left zero")
    assert driver.child("lambdaEdit").text() == "0.02"
    driver.wait(driver.child("resetLivedAction").isEnabled)
    # Two gestures and the way home, not one for each λ.
    driver.wait(lambda: driver.snapshot.settings.lam == 0.02)
    assert len(driver.frame.changes) <= 3
    panel = driver.window.loss_curve
    # It is drawn fifteen times a second.
    driver.wait(lambda: n_drawn(driver) == [len(value.up), len(value.down)])
    for name, way in (("up", value.up), ("down", value.down)):
        for part, losses in (("TrainingLoss", way.train_loss), ("ValidationLoss", way.validation_loss)):
            x, y = item(panel, f"{name}{part}").getData()
            np.testing.assert_allclose(x, np.log10(way.lambdas), rtol=1e-12)
            np.testing.assert_array_equal(y, losses)
        assert items(panel, f"{name}Label")
    # The λ that it has been at are not the trail's.
    assert set(driver.frame.trail.lambdas) == {0.02}
    driver.click_action("resetAction")
    driver.wait_model()
    assert value_of(driver) is None
    driver.wait(lambda: n_drawn(driver)[0] == 0)


@pytest.mark.usefixtures("short")
def test_both_ways_of_a_linear_model_are_one_curve(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--target", "y", "--hidden", "", "--penalty", "l1", "--lam", "0.05"
    )
    start(driver)
    value = finish(driver)
    assert len(value.up) == len(value.down) == 6
    for up, down in (
        (value.up.train_loss, value.down.train_loss),
        (value.up.validation_loss, value.down.validation_loss),
    ):
        np.testing.assert_allclose(up, down[::-1], atol=1e-3)
    assert value.up.n_nonzero[-1] == 0
    driver.wait_state(lam=0.05)
    assert driver.state["status"].startswith("Both ways give the same curve")
    # λ by hand ends another; what it has found stays, and λ where the hand has put it.
    begin_again(driver)
    driver.wait(lambda: len(value_of(driver).up) >= 2)
    driver.enter("lambdaEdit", "0.3")
    assert not driver.child("upAndDownAction").isChecked()
    driver.wait(lambda: driver.snapshot.settings.lam == 0.3)
    assert len(value_of(driver).up) >= 2
    assert driver.state["lam"] == 0.3
    # Pause holds it, the button ends it and λ returns.
    begin_again(driver)
    driver.wait(lambda: len(value_of(driver).up) >= 1)
    driver.pause()
    assert driver.state["status"].endswith("Paused: Run goes on.")
    n_stations = len(value_of(driver).up)
    driver.run()
    # So far that the way down is long enough to be ended.
    driver.wait(lambda: len(value_of(driver).up) > max(n_stations, 3) or len(value_of(driver).down) > 0)
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    driver.wait(lambda: len(value_of(driver).down) > 0)
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_F7)
    driver.wait_state(lam=0.3)
    assert driver.state["status"].startswith("Up and down was ended after ")
    # Without a penalty there is no λ to move.
    driver.choose("penaltyBox", "none")
    assert not driver.child("upDownButton").isEnabled()
    assert driver.child("upAndDownAction").toolTip() == NO_PENALTY
