"""The words of the window for several classes, for the group lasso and for momentum."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolBar
from window_driver import WindowDriver, write_csv, write_kinds, write_sparse


def entries(box: Any) -> list[str]:
    return [box.itemText(index) for index in range(box.count())]


def test_what_can_be_chosen(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_kinds(tmp_path / "kinds.csv"), "--target", "kind")
    driver.wait_model()
    assert entries(driver.child("penaltyBox")) == ["no penalty", "L1", "L2", "elastic net", "group lasso"]
    assert entries(driver.child("optimizerBox")) == ["Adam", "momentum", "SGD"]
    assert driver.child("taskLabel").text() == "classification, 3 classes"
    box = driver.child("penaltyBox")
    assert all(box.itemData(index, Qt.ItemDataRole.ToolTipRole) for index in range(box.count()))
    driver.choose("penaltyBox", "group-lasso")
    driver.choose("optimizerBox", "momentum")
    driver.wait(lambda: driver.snapshot.settings.penalty == "group-lasso")
    driver.wait(lambda: driver.snapshot.settings.optimizer == "momentum")
    assert "all weights that leave one input column or one hidden unit" in box.toolTip()
    assert "× penalty Σ√|g| ‖W_g‖₂ " in driver.child("objectiveLine").text()
    assert not driver.child("l1RatioSlider").isEnabled()
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 50)
    state = driver.pause()
    assert state["objective"] < np.inf
    assert state["penalty"] == "group-lasso"


def test_the_group_lasso_names_the_columns_that_are_out(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--hidden", "8", "--penalty", "group-lasso", "--lam", "0", "--run"
    )
    driver.wait_state(epoch=lambda epoch: epoch > 300)
    driver.enter("lambdaEdit", "0.05")
    driver.wait_state(status=lambda status: "inputs c, d, e, f, g and 1 more are out" in status)
    weights = driver.snapshot.network.weights(driver.snapshot.parameters, 0)
    np.testing.assert_array_equal(np.any(weights != 0, axis=1), [True, True, *[False] * 6])


def test_a_column_of_categories_goes_as_one(make_window: Any, tmp_path: Path) -> None:
    generator = np.random.default_rng(2)
    colours = generator.choice(["red", "green", "blue"], 120)
    age = generator.normal(40.0, 10.0, 120).round(2)
    file = write_csv(tmp_path / "file.csv", ["colour", "age", "y"], [colours, age, (0.1 * age).round(3)])
    driver = make_window(file, "--target", "y", "--hidden", "", "--penalty", "group-lasso", "--lam", "0", "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 200)
    assert len(driver.snapshot.network.input_groups) > 2
    driver.enter("lambdaEdit", "0.2")
    driver.wait_state(status=lambda status: "; input colour is out" in status)


def test_words_of_a_linear_model_at_rest(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "")
    driver.wait_model()
    have_words_in_the_toolbar_at_its_first_size(driver)
    tell_nobody_to_press_run_who_has_pressed_it(driver)
    call_a_sweep_exact_of_linear_models_alone(driver)


def have_words_in_the_toolbar_at_its_first_size(driver: WindowDriver) -> None:
    assert driver.window.width() == 1440
    bar = driver.window.findChild(QToolBar)
    assert bar.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    action = driver.child("useBestLambdaAction")
    width_px, place = bar.widgetForAction(action).width(), bar.widgetForAction(driver.child("solveAction")).x()
    action.setIconText("Best so far")
    bar.layout().activate()
    assert bar.widgetForAction(action).width() == width_px
    assert bar.widgetForAction(driver.child("solveAction")).x() == place


def tell_nobody_to_press_run_who_has_pressed_it(driver: WindowDriver) -> None:
    """As on a first launch, while the engine is compiled and nothing can be shown yet."""
    window = driver.window
    window.show_run(driver.snapshot.fit.scene)
    paused = [window.data_fit.readout, window.history.readout]
    assert all("press run" in words.lower() for words in paused)
    window.show_running(True)
    running = [window.data_fit.readout, window.history.readout]
    assert not any("press run" in words.lower() for words in running)
    assert all("first step" in words for words in running)
    window.show_running(False)
    assert [window.data_fit.readout, window.history.readout] == paused


def call_a_sweep_exact_of_linear_models_alone(driver: WindowDriver) -> None:
    action = driver.child("sweepAction")
    assert action.toolTip() == "The exact model at 50 λ, judged by five folds (F5)"
    driver.enter("hiddenLayersEdit", "3")
    driver.wait(lambda: "The lowest J found at 50 λ" in action.toolTip())
    assert "xact" not in action.toolTip()
