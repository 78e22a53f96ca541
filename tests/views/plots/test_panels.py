"""Each panel holds the numbers it should: read back from its items and compared with numpy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from sklearn.metrics import roc_curve
from window_driver import WindowDriver, write_classes, write_curve, write_sparse

from regdesk.core.model.dataset import Dataset
from regdesk.core.model.network import Network
from regdesk.core.types import Architecture, Float64s
from regdesk.core.weights.summaries import N_BINS, summarize_layers
from regdesk.views.weights.panel import HistogramPanel


def dataset_of(driver: WindowDriver) -> Dataset:
    return driver.controller._loaded.dataset


def outputs(driver: WindowDriver, inputs: Float64s) -> Float64s:
    """What the model on screen says of ``inputs``, both in original units; for classes the second one's probability."""
    snapshot, dataset = driver.snapshot, dataset_of(driver)
    network = snapshot.network
    values = dataset.input_scaler.apply(inputs)
    parameters = snapshot.parameters.astype(np.float64)
    for layer in range(network.n_layers):
        values = values @ network.weights(parameters, layer) + network.biases(parameters, layer)
        if layer < network.n_layers - 1:
            values = np.tanh(values) if network.activation == "tanh" else np.maximum(values, 0.0)
    if dataset.task == "classification":
        return 1.0 / (1.0 + np.exp(-values[:, 0]))
    return dataset.target_scaler.invert(values)[:, 0]


def scatter(item: Any) -> Float64s:
    """Points as rows, in an order of their own."""
    points = np.column_stack(item.getData())
    return points[np.lexsort(points.T)]


def ordered(x: Float64s, y: Float64s) -> Float64s:
    points = np.column_stack([x, y])
    return points[np.lexsort(points.T)]


def trained(make_window: Any, *arguments: Any) -> WindowDriver:
    driver = make_window(*arguments, "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 150)
    driver.pause()
    return driver


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_curve_and_points(activation: str, make_window: Any, tmp_path: Path) -> None:
    driver = trained(make_window, write_curve(tmp_path / "curve.csv"), "--activation", activation)
    panel, dataset = driver.window.data_fit._numbers, dataset_of(driver)
    x, y = panel.curve.getData()
    np.testing.assert_allclose(y, outputs(driver, x[:, np.newaxis]), rtol=2e-4, atol=2e-4)
    hours = dataset.inputs[:, 0]
    assert x.min() < hours.min() < hours.max() < x.max()
    for item, rows in (
        (panel.train, dataset.split.train),
        (panel.validation, dataset.split.validation),
    ):
        np.testing.assert_array_equal(scatter(item), ordered(hours[rows], dataset.targets[rows]))
    assert len(dataset.split.validation) == 10


@pytest.mark.parametrize("target", ["colour", "x0"])
def test_map(target: str, make_window: Any, tmp_path: Path) -> None:
    file = write_classes(tmp_path / "classes.csv", 2 if target == "colour" else 3)
    features = [] if target == "colour" else ["--features", "x1,x2"]
    driver = trained(make_window, file, "--target", target, *features)
    panel, dataset = driver.window.data_fit._numbers, dataset_of(driver)
    image, rect = panel.map.image, panel.map.boundingRect()
    n_rows, n_columns = image.shape
    box = panel.map.mapRectToParent(rect)
    columns = box.left() + box.width() / n_columns * (np.arange(n_columns) + 0.5)
    rows = box.top() + box.height() / n_rows * (np.arange(n_rows) + 0.5)
    grid = np.array([[column, row] for row in rows for column in columns])
    np.testing.assert_allclose(image.ravel(), outputs(driver, grid), rtol=1e-3, atol=1e-3)
    for item, part in (
        (panel.train, dataset.split.train),
        (panel.validation, dataset.split.validation),
    ):
        np.testing.assert_array_equal(scatter(item), ordered(*dataset.inputs[part].T))


def test_parity(make_window: Any, tmp_path: Path) -> None:
    driver = trained(make_window, write_sparse(tmp_path / "sparse.csv"))
    panel, dataset = driver.window.data_fit._numbers, dataset_of(driver)
    for item, rows in (
        (panel.train, dataset.split.train),
        (panel.validation, dataset.split.validation),
    ):
        actual, predicted = item.getData()
        np.testing.assert_array_equal(np.sort(actual), np.sort(dataset.targets[rows]))
        expected = ordered(dataset.targets[rows], outputs(driver, dataset.inputs[rows]))
        np.testing.assert_allclose(ordered(actual, predicted), expected, rtol=2e-4, atol=2e-4)


def test_roc(make_window: Any, tmp_path: Path) -> None:
    driver = trained(make_window, write_classes(tmp_path / "classes.csv"))
    dataset = dataset_of(driver)
    rows = dataset.split.validation
    x, y = driver.window.data_fit._roc.curve.getData()
    probabilities = outputs(driver, dataset.inputs[rows])
    expected_x, expected_y, _ = roc_curve(dataset.targets[rows], probabilities, drop_intermediate=False)
    np.testing.assert_allclose(x, expected_x)
    np.testing.assert_allclose(y, expected_y)
    accuracy = np.mean((probabilities > 0.5) == dataset.targets[rows])
    assert driver.state["readouts"]["dataFitPanel"].startswith(f"Accuracy {accuracy:.3f}, AUROC ")


def test_histogram_bars_sum_to_the_weights_alive(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--penalty", "l1", "--lam", "0.05", "--run")
    driver.wait_state(n_nonzero=lambda count: 0 < count < 350)
    state = driver.pause()
    rows = driver.window.histogram._rows
    assert len(rows) == 3
    n_alive = 0
    for row, layer in zip(rows, driver.snapshot.layers, strict=True):
        heights = np.asarray(row.bars.opts["height"])
        assert len(heights) == N_BINS
        assert heights.sum() == layer.n_alive
        assert row.zero_bar.opts["height"] == [pytest.approx(100.0 * layer.n_zero / layer.n_weights)]
        n_alive += heights.sum()
    assert n_alive == state["n_nonzero"]
    weights = driver.snapshot.network.weights(driver.snapshot.parameters, 0)
    centres, heights = np.asarray(rows[0].bars.opts["x"]), np.asarray(rows[0].bars.opts["height"])
    nearest = np.abs(weights[weights != 0][:, np.newaxis] - centres).argmin(axis=1)
    np.testing.assert_array_equal(np.bincount(nearest, minlength=N_BINS), heights)


@pytest.mark.parametrize("value", [0.0, 0.25, -3.0, 1e-30])
def test_equal_weights_draw(value: float, make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"))
    driver.wait_model()
    network = Network.of(Architecture((16, 16)), 8)
    parameters = np.full(network.n_parameters, value)
    layers = summarize_layers(network, parameters, np.full(network.n_layers, 1.0))
    n_alive = 0 if value == 0 else network.n_weights
    moment = replace(driver.snapshot, parameters=parameters, layers=layers, n_nonzero=n_alive)
    panel: HistogramPanel = driver.window.histogram
    panel.show_frame(replace(driver.frame, snapshot=moment))
    assert not panel.grab().isNull()
    assert panel.readout.startswith(f"{n_alive} of 400 ")
    assert sum(np.asarray(row.bars.opts["height"]).sum() for row in panel._rows) == n_alive


def test_weights_too_small_for_their_dtype_are_drawn_apart_from_zeros(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"))
    driver.wait_model()
    network = driver.snapshot.network
    parameters, too_small = np.zeros(network.n_parameters, dtype=np.float32), network.is_weight.copy()
    # Of the first layer ten weights are exactly zero.
    network.weights(too_small, 0).flat[:10] = False
    layers = summarize_layers(network, parameters, np.full(network.n_layers, 1.0), too_small)
    moment = replace(driver.snapshot, parameters=parameters, layers=layers, too_small=too_small, n_nonzero=390)
    panel: HistogramPanel = driver.window.histogram
    panel.show_frame(replace(driver.frame, snapshot=moment))
    assert panel.readout.startswith("0 of 400 alive")
    assert "; 390 too small for float32" in panel.readout
    first, second, _ = panel._rows
    assert first.zero_bar.opts["height"] == [pytest.approx(100.0 * 10 / 128)]
    assert second.zero_bar.opts["height"] == [0.0]
    middle = N_BINS // 2
    assert [np.asarray(row.bars.opts["height"])[middle] for row in panel._rows] == [118, 256, 16]
    assert "0 alive, 10 zero, 118 too small" in first.title.text


def test_history_curves(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--run", "--penalty", "l1", "--lam", "0")
    driver.wait_state(epoch=lambda epoch: epoch > 200)
    driver.click("lambdaPreset3")
    driver.wait_state(lam=0.1)
    epoch = driver.state["epoch"]
    driver.wait_state(epoch=lambda now: now > epoch + 100)
    driver.pause()
    panel, history = driver.window.history, driver.frame.history
    for curve, values in ((panel._train, history.train_loss), (panel._validation, history.validation_loss)):
        np.testing.assert_array_equal(curve.getData()[0], history.epoch)
        np.testing.assert_array_equal(curve.getData()[1], values)
    penalties = panel._penalty.getData()[1]
    np.testing.assert_allclose(penalties, np.minimum(history.lam * history.penalty_value, penalties.max()))
    assert penalties[-1] == pytest.approx(min(0.1 * driver.state["penalty_value"], 2 * panel._top.top))
    lambdas = panel._lam.getData()[1]
    assert lambdas[-1] == pytest.approx(-1.0)
    assert lambdas[0] == -6.0
    assert history.epoch[-1] == driver.state["epoch"]
    assert history.train_loss[-1] == driver.state["train_loss"]


def test_axes_hold_still_and_widen_to_round_numbers(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_curve(tmp_path / "curve.csv"))
    driver.wait_model()
    fit, history, histogram = driver.window.data_fit, driver.window.history, driver.window.histogram
    plots = [fit._plot, history._losses, history._lambdas, *(row.plot for row in histogram._rows)]

    def ranges() -> list[Any]:
        return [plot.viewRange() for plot in plots]

    def train_to(epoch: int) -> None:
        """Step by step, so that it is there and no further."""
        for _ in range(epoch - int(driver.state["epoch"])):
            driver.click_action("stepAction")
        driver.wait_state(epoch=epoch)

    before = ranges()
    train_to(60)
    assert ranges()[0] == before[0]
    assert ranges()[1][0] == before[1][0] == [0, 100]
    assert ranges()[2] == before[2]
    train_to(110)
    assert ranges()[1][0] == ranges()[2][0] == [0, 200]
    for plot in plots[3:]:
        (low, high), (bottom, top) = plot.viewRange()
        assert low == -high
        assert float(f"{high:e}".split("e")[0]) in (1.0, 2.0, 5.0)
        assert bottom == 0
        assert float(f"{top:e}".split("e")[0]) in (1.0, 2.0, 5.0)
    assert ranges()[0] == before[0]
    assert isinstance(fit._plot.getViewBox(), pg.ViewBox)
    assert not any(fit._plot.getViewBox().autoRangeEnabled())


def test_histogram_rows_fill_the_panel_in_every_run(make_window: Any, tmp_path: Path) -> None:
    """Rows that are made ahead, taken away and put back get the whole width, and a height one can read."""
    driver = make_window(write_sparse(tmp_path / "sparse.csv"))
    driver.wait_model()
    for hidden in ("", "4", "8,8,8", "5"):
        driver.enter("hiddenLayersEdit", hidden)
        n_layers = len(hidden.split(",")) + 1 if hidden else 1
        panel = driver.window.histogram
        driver.wait(lambda n=n_layers, panel=panel: len(panel._rows) == n)
        view = panel._view
        driver.wait(lambda view=view: abs(view.ci.geometry().width() - view.width()) < 2)
        for row in panel._rows:
            assert row.plot.geometry().right() == pytest.approx(view.width(), abs=2)
            assert row.plot.geometry().height() > 40
            assert row.zeros.geometry().height() == row.plot.geometry().height()
