"""The data fit in a whole window: slices beside a run that goes on, ghosts over resets and files, other data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from canned import dataset_of
from plot_items import hover, item, items, plots, views
from PySide6.QtCore import Qt
from reference import forward
from tables import write_classes, write_curve, write_kinds, write_sparse
from window_driver import WindowDriver

from regdesk.core.model.dataset import Dataset
from regdesk.core.types import Float64s
from regdesk.core.words.number_text import fixed_text


def numbers(driver: WindowDriver, dataset: Dataset, inputs: Float64s) -> Float64s:
    """What the model on screen says of ``inputs`` in original units, by the reference."""
    snapshot = driver.snapshot
    network, parameters = snapshot.network, snapshot.parameters.astype(np.float64)
    outputs = forward(parameters, network.sizes, network.activation, dataset.input_scaler.apply(inputs))[2]
    return np.asarray(dataset.target_scaler.invert(outputs)[:, 0])


def trained(make_window: Any, *arguments: Any) -> WindowDriver:
    driver: WindowDriver = make_window(*arguments, "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 150)
    driver.pause()
    return driver


def wait_slice(driver: WindowDriver, *columns: str) -> None:
    """Until the panel shows the model in that picture."""
    driver.wait(
        lambda: (
            driver.snapshot.fit.scene is not None
            and driver.snapshot.fit.scene.slice_columns == columns
            and (not columns or driver.window.data_fit.windowTitle() == f"Data fit: slice along {', '.join(columns)}")
        )
    )


def test_the_curve_is_that_of_the_model_on_screen(make_window: Any, tmp_path: Path) -> None:
    file = write_curve(tmp_path / "curve.csv")
    driver = trained(make_window, file)
    x, y = item(driver.window.data_fit, "modelCurve").getData()
    np.testing.assert_allclose(y, numbers(driver, dataset_of(file, "degrees"), x[:, np.newaxis]), rtol=2e-4, atol=2e-4)


def test_a_slice_is_chosen_by_keyboard_and_the_run_goes_on_as_it_was(make_window: Any, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    driver = trained(make_window, file)
    panel, before, dataset = driver.window.data_fit, driver.state, dataset_of(file, "y")
    usual = np.median(dataset.inputs[dataset.split.train], axis=0)
    assert not driver.child("sliceFirstBox").isVisible()
    driver.press("fitPictureBox", Qt.Key.Key_Down)
    wait_slice(driver, "a")
    x, y = item(panel, "modelCurve").getData()
    rows = np.column_stack([x, np.tile(usual[1:], (len(x), 1))])
    np.testing.assert_allclose(y, numbers(driver, dataset, rows), rtol=1e-3, atol=1e-3)
    driver.press("fitPictureBox", Qt.Key.Key_Down)
    wait_slice(driver, "a", "h")
    driver.choose("sliceSecondBox", "b")
    wait_slice(driver, "a", "b")
    after = driver.state
    for key in ("epoch", "weights_digest", "lam", "train_loss", "running"):
        assert after[key] == before[key]
    # A new split keeps it, and so does training on.
    driver.click_action("newSeedAction")
    driver.wait_state(epoch=0)
    wait_slice(driver, "a", "b")
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    wait_slice(driver, "a", "b")
    assert driver.child("fitPictureBox").currentIndex() == 2
    # The menu leads back.
    panel.menu_actions()[0].trigger()
    wait_slice(driver)
    driver.wait(lambda: panel.windowTitle() == "Data fit: predicted against actual")


def test_the_ghost_stays_over_a_reset_and_goes_with_the_data(make_window: Any, tmp_path: Path) -> None:
    driver = trained(make_window, write_curve(tmp_path / "curve.csv"), "--lam", "0")
    panel, score = driver.window.data_fit, driver.snapshot.fit.score
    frozen = [values.copy() for values in item(panel, "modelCurve").getData()]
    panel.freeze()
    driver.click("lambdaPreset4")
    driver.run()
    epoch = driver.state["epoch"]
    driver.wait_state(epoch=lambda now: now > epoch + 100)
    driver.pause()
    np.testing.assert_array_equal(item(panel, "frozenFit").getData(), frozen)
    assert np.abs(item(panel, "modelCurve").getData()[1] - frozen[1]).max() > 0.1
    assert f"Frozen fit (dotted): R² {fixed_text(score)}." in panel.readout
    scene = driver.snapshot.fit.scene
    assert scene is not None
    x, y = scene.grid[0][100], driver.snapshot.fit.surface[100]
    told = hover(driver.qtbot, panel, plots(panel)[0], x, y)
    assert f"model: degrees {y:.3g}\nfrozen: degrees {frozen[1][100]:.3g}" in told
    for action in ("resetAction", "newSeedAction"):
        driver.click_action(action)
        driver.wait_state(epoch=0)
        driver.wait(lambda: len(item(panel, "modelCurve").getData()[0]) > 0)
        assert len(items(panel, "frozenFit")) == 1
    driver.controller.open_file(str(write_classes(tmp_path / "classes.csv", 2)))
    driver.wait_state(file=lambda name: name.endswith("classes.csv"), weights_digest=lambda digest: digest is not None)
    assert items(panel, "frozenFit") == []


def test_other_files_bring_other_pictures_and_two_plots_give_way_to_one(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(write_classes(tmp_path / "classes.csv"), "--target", "colour")
    driver.wait_model()
    panel = driver.window.data_fit
    assert len(views(panel)) == 2
    kinds = write_kinds(tmp_path / "kinds.csv", 3)
    driver.controller.open_file(str(kinds))
    driver.wait_state(file=str(kinds), weights_digest=lambda digest: digest is not None)
    assert len(views(panel)) == 1
    assert item(panel, "confusionMatrix").counts.sum() == 30
    driver.controller.open_file(str(tmp_path / "classes.csv"))
    driver.wait_state(file=lambda name: name.endswith("classes.csv"), weights_digest=lambda digest: digest is not None)
    assert len(views(panel)) == 2
    assert not items(panel, "confusionMatrix")
