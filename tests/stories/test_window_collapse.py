"""A collapsed network and the button that begins again with the last λ at which weights lived."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from plot_items import item
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from window_driver import WindowDriver, write_kinds, write_sparse

L1 = ("--speed", "max", "--penalty", "l1", "--lam", "0.003")


@pytest.fixture
def sparse(tmp_path: Path) -> Path:
    return write_sparse(tmp_path / "sparse.csv")


def button_of(driver: WindowDriver) -> QPushButton:
    return driver.child("resetLivedButton")


def living(make_window: Any, *arguments: Any) -> WindowDriver:
    """A network that has settled, running flat out."""
    driver = make_window(*arguments, "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 1_000)
    return driver


def wait_collapse(driver: WindowDriver) -> str:
    status = driver.wait_state(status=lambda status: status.startswith("Collapsed: all "))["status"]
    driver.wait(button_of(driver).isVisible)
    return status


def test_reset_to_the_last_lambda_at_which_weights_lived(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, *L1)
    initial = driver.wait_model()["weights_digest"]
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 1_000)
    assert not button_of(driver).isVisible()
    driver.click("lambdaPreset5")
    status = wait_collapse(driver)
    assert status.endswith("They last lived at λ = 0.003.")
    button = button_of(driver)
    assert button.text() == button.accessibleName() == "Reset with λ = 0.003"
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    run = driver.snapshot.run
    driver.click("resetLivedButton")
    assert not button.isVisible()
    assert driver.child("lambdaEdit").text() == "0.003"
    state = driver.wait_state(running=True, lam=0.003, epoch=lambda epoch: epoch > 300)
    assert (driver.snapshot.run, driver.snapshot.settings.penalty) == (run + 1, "l1")
    assert state["n_nonzero"] > 0
    assert not button.isVisible()
    # It is the same beginning as ever.
    driver.click_action("resetAction")
    assert driver.wait_state(epoch=0, n_weights=400)["weights_digest"] == initial


@pytest.mark.parametrize("ways", [pytest.param(("space",), marks=pytest.mark.full), ("enter", "shortcut")])
def test_a_paused_model_stays_paused_and_the_keyboard_will_do(
    ways: tuple[str, ...], make_window: Any, sparse: Path
) -> None:
    driver = make_window(sparse, *L1)
    driver.wait_model()
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    for way in ways:
        driver.run()
        driver.wait_state(epoch=lambda epoch: epoch > 1_000)
        driver.click("lambdaPreset5")
        wait_collapse(driver)
        driver.pause()
        button = button_of(driver)
        if way == "shortcut":
            driver.qtbot.keyClick(driver.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        else:
            for _ in range(60):
                if button.hasFocus():
                    break
                driver.qtbot.keyClick(driver.window.focusWidget(), Qt.Key.Key_Tab)
            assert button.hasFocus()
            driver.qtbot.keyClick(button, Qt.Key.Key_Space if way == "space" else Qt.Key.Key_Return)
        state = driver.wait_state(epoch=0, lam=0.003, n_nonzero=400, running=False)
        assert driver.wait_still()["epoch"] == state["epoch"] == 0
        assert state["status"] == "Press Run (Ctrl+R), then move λ and watch what it does."
        # The keyboard is where λ is moved.
        assert driver.window.focusWidget().objectName() == "lambdaSlider"


def test_without_a_life_before_it_is_the_default(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, "--speed", "max", "--penalty", "l1", "--lam", "100", "--run")
    assert wait_collapse(driver).endswith("Begin again with λ = 0.01.")
    assert button_of(driver).text() == "Reset with λ = 0.01"
    driver.click("resetLivedButton")
    driver.wait_state(lam=0.01, running=True, epoch=lambda epoch: epoch > 100)
    assert not driver.snapshot.is_collapsed


def test_what_has_lived_is_known_after_a_reset_but_not_with_other_layers(make_window: Any, sparse: Path) -> None:
    driver = living(make_window, sparse, *L1)
    driver.click("lambdaPreset5")
    wait_collapse(driver)
    driver.click_action("resetAction")
    driver.wait_state(epoch=0, n_weights=400)
    assert not button_of(driver).isVisible()
    driver.run()
    wait_collapse(driver)
    assert button_of(driver).text() == "Reset with λ = 0.003"
    # Another seed is another split of the same data.
    driver.click_action("newSeedAction")
    driver.wait(lambda: driver.snapshot.run == 3)
    assert driver.loaded.seed == 1
    wait_collapse(driver)
    assert button_of(driver).text() == "Reset with λ = 0.003"
    driver.enter("hiddenLayersEdit", "8,8")
    driver.wait_state(n_weights=8 * 8 + 8 * 8 + 8)
    wait_collapse(driver)
    assert button_of(driver).text() == "Reset with λ = 0.01"


@pytest.mark.parametrize(
    "penalty", ["l1", *(pytest.param(one, marks=pytest.mark.full) for one in ("l2", "group-lasso"))]
)
def test_several_classes_collapse_and_come_back(penalty: str, make_window: Any, tmp_path: Path) -> None:
    file = write_kinds(tmp_path / "kinds.csv")
    driver = living(make_window, file, "--target", "kind", "--speed", "max", "--penalty", penalty, "--lam", "0.004")
    driver.click("lambdaPreset5")
    wait_collapse(driver)
    matrix = item(driver.window.data_fit, "confusionMatrix")
    # All rows are taken for one class.
    driver.wait(lambda: (matrix.counts.sum(axis=0) > 0).sum() == 1)
    driver.enter("lambdaEdit", "0.01")
    epoch = driver.state["epoch"]
    state = driver.wait_state(lam=0.01, epoch=lambda now: now > epoch + 2_000)
    assert state["status"].startswith("Collapsed: all ")
    driver.click("resetLivedButton")
    driver.wait_state(lam=0.004, running=True, epoch=lambda epoch: epoch > 200)
    driver.wait(lambda: (matrix.counts.sum(axis=0) > 0).sum() == 3)


def test_a_learning_rate_that_is_too_high_is_named_and_no_lambda_offered_again(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, "--speed", "max", "--activation", "relu", "--learning-rate", "1", "--run")
    wait_collapse(driver)
    assert button_of(driver).text() == "Reset with λ = 0.001"
    driver.click("resetLivedButton")
    driver.wait_state(status=lambda status: status.endswith("now 1, for example to 0.1, and reset."))
    assert not button_of(driver).isVisible()
    driver.enter("learningRateEdit", "0.01")
    driver.wait_state(status=lambda status: status.endswith("too high at 1: press Reset, then Run."))
    driver.click_action("resetAction")
    driver.wait_state(epoch=0)
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 1_000)
    assert not driver.snapshot.is_collapsed


def test_a_linear_model_is_offered_nothing(make_window: Any, sparse: Path) -> None:
    driver = living(make_window, sparse, *L1, "--hidden", "")
    driver.click("lambdaPreset5")
    driver.wait_state(lam=1e9, n_nonzero=0)
    epoch = driver.state["epoch"]
    driver.wait_state(epoch=lambda now: now > epoch + 500)
    assert not button_of(driver).isVisible()
