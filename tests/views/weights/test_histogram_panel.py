"""The weights by real input: names of inputs, the prior, the norms over time, and the frozen outline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from picture_driver import hover
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from scipy import integrate, stats
from window_driver import WindowDriver, write_sparse

from regdesk.core.types import TrainSettings
from regdesk.core.weights.summaries import N_BINS
from regdesk.core.words.number_text import fixed_text
from regdesk.core.words.prior_words import prior_text
from regdesk.views.kit import theme

N_TRAIN = 90


def check(driver: WindowDriver, name: str) -> None:
    driver.qtbot.mouseClick(driver.child(name), Qt.MouseButton.LeftButton)


def paused(make_window: Any, tmp_path: Path, *arguments: str) -> WindowDriver:
    driver: WindowDriver = make_window(write_sparse(tmp_path / "sparse.csv"), "--run", *arguments)
    driver.wait_state(epoch=lambda epoch: epoch > 150)
    driver.pause()
    return driver


def test_a_linear_model_is_named_weight_by_weight(make_window: Any, tmp_path: Path) -> None:
    driver = paused(make_window, tmp_path, "--hidden", "", "--penalty", "l1", "--lam", "0.2")
    panel, snapshot = driver.window.histogram, driver.snapshot
    rug = panel._rug
    weights = snapshot.parameters[:8]
    assert 0 < np.count_nonzero(weights) < 8
    ((names,),) = [rug.plot.getAxis("left")._tickLevels]
    assert {round(-height): name for height, name in names} == dict(enumerate("abcdefgh"))
    x, y = rug.ticks.getData()
    alive = np.flatnonzero(weights)
    np.testing.assert_allclose(x[::2], weights[alive])
    np.testing.assert_allclose(0.5 * (y[::2] + y[1::2]), -alive)
    np.testing.assert_array_equal(np.sort(rug.rings.getData()[1]), np.sort(-np.flatnonzero(weights == 0)))
    # The rug stands under the bars of the same weights.
    row = panel._rows[0]
    for edge in (-row.limit, row.limit):
        ours, theirs = (plot.vb.mapViewToScene(QPointF(edge, 0)).x() for plot in (rug.plot, row.plot))
        assert ours == pytest.approx(theirs, abs=1.0)
    assert (
        hover(driver, driver.window.histogram, panel._view, rug.plot, float(weights[0]), 0.0)
        == f"a → y: {weights[0]:.3f}\nClick: onto an axis of the constraint geometry"
    )
    dead = int(np.flatnonzero(weights == 0)[0])
    assert (
        hover(driver, driver.window.histogram, panel._view, rug.plot, -0.9 * row.limit, -dead)
        == f"{'abcdefgh'[dead]} → y: 0.00\nClick: onto an axis of the constraint geometry"
    )
    text = hover(driver, driver.window.histogram, panel._view, row.zeros, 0.0, 50.0)
    assert text.startswith(f"{8 - len(alive)} of 8 weights are exactly zero\nwithout any weight: ")
    assert "abcdefgh"[dead] in text.splitlines()[1]
    width = 2 * row.limit / N_BINS
    number = int((weights[0] + row.limit) / width)
    assert hover(driver, driver.window.histogram, panel._view, row.plot, float(weights[0]), 0.5).startswith(
        "1 of 8 weights between "
    )
    assert panel._hover.text().endswith("\nClick: a onto an axis of the constraint geometry")
    assert row._counts[number] == 1


def test_the_prior_is_scaled_to_the_bars(make_window: Any, tmp_path: Path) -> None:
    driver = paused(make_window, tmp_path, "--hidden", "4", "--penalty", "l1", "--lam", "0.02")
    panel, legend = driver.window.histogram, driver.child("priorLegend")
    assert not legend.isVisible()
    assert panel._rows[0].prior.getData()[0] is None or not len(panel._rows[0].prior.getData()[0])
    check(driver, "priorButton")
    assert legend.isVisible()
    rate = N_TRAIN * 0.02
    for row, n_weights in zip(panel._rows, (32, 4), strict=True):
        x, y = row.prior.getData()
        expected = n_weights * 2 * row.limit / N_BINS * stats.laplace(scale=1 / rate).pdf(x)
        np.testing.assert_allclose(y, expected, rtol=1e-9)
    assert legend.text().startswith("╌╌ prior exp(−nλR): Laplace, scale 0.556 σ² (")
    assert panel._rows[0].prior.opts["pen"].color() == QColor(theme.colours().penalty)
    driver.choose("penaltyBox", "l2")
    driver.wait(lambda: "Gauss, variance 0.556" in legend.text())
    x, y = panel._rows[0].prior.getData()
    width = 2 * panel._rows[0].limit / N_BINS
    np.testing.assert_allclose(y, 32 * width * stats.norm(scale=np.sqrt(1 / rate)).pdf(x), rtol=1e-9)
    driver.choose("penaltyBox", "elastic-net")
    driver.wait(lambda: "Laplace, scale 1.11 σ², times Gauss, variance 1.11 σ²" in legend.text())
    x, y = panel._rows[0].prior.getData()
    kernel = np.exp(-0.5 * rate * np.abs(x) - 0.25 * rate * x**2)
    whole = 2 * integrate.quad(lambda w: np.exp(-0.5 * rate * w - 0.25 * rate * w * w), 0, 50)[0]
    np.testing.assert_allclose(y, 32 * width * kernel / whole, rtol=1e-7)
    driver.choose("penaltyBox", "group-lasso")
    # The last layer's groups are single weights.
    driver.wait(lambda: "only where a group is one weight" in legend.text())
    assert not len(panel._rows[0].prior.getData()[0])
    assert len(panel._rows[1].prior.getData()[0])
    driver.enter("lambdaEdit", "0")
    driver.wait(lambda: legend.text() == "No prior: λ is 0.")
    assert not len(panel._rows[1].prior.getData()[0])
    check(driver, "priorButton")
    assert not legend.isVisible()


def test_norms_over_time_and_the_frozen_outline(make_window: Any, tmp_path: Path) -> None:
    driver = paused(make_window, tmp_path, "--hidden", "4", "--penalty", "l1", "--lam", "0.1")
    panel = driver.window.histogram
    check(driver, "overTimeButton")
    norms, history = panel._norms, driver.frame.history
    for curve, values in zip(norms.curves, (history.l1_norm, history.l2_norm, history.n_nonzero), strict=True):
        np.testing.assert_array_equal(curve.getData()[0], history.epoch)
        np.testing.assert_array_equal(curve.getData()[1], values)
    weights = driver.snapshot.parameters[driver.snapshot.network.is_weight].astype(np.float64)
    assert history.l1_norm[-1] == pytest.approx(np.abs(weights).sum())
    assert history.l2_norm[-1] == pytest.approx(np.linalg.norm(weights))
    assert history.n_nonzero[-1] == driver.state["n_nonzero"]
    driver.wait(lambda: norms.view.width() > 100)
    # Not before the layout has given it its place.
    driver.wait(
        lambda: norms.plots[1].vb.height() > 30 and norms.plots[0].scenePos().y() < norms.plots[1].scenePos().y()
    )
    middle = sum(norms.plots[1].viewRange()[1]) / 2
    text = hover(driver, driver.window.histogram, norms.view, norms.plots[1], float(history.epoch[20]), middle)
    # A pixel is more than one row.
    told = [
        f"epoch {epoch:,.0f}: ‖W‖₁ {fixed_text(l1)}, ‖W‖₂ {fixed_text(l2)}, {count:.0f} of 36 weights alive"
        for epoch, l1, l2, count in zip(history.epoch, history.l1_norm, history.l2_norm, history.n_nonzero, strict=True)
    ]
    assert abs(told.index(text) - 20) < 5
    # Norms that fell from 300,000 to 3: short numbers, and the end of the run is on a scale of its own.
    epochs = np.linspace(0, 1_000, 500)
    fallen = replace(history, **{field: np.resize(getattr(history, field), 500) for field in vars(history)})
    fallen = replace(fallen, epoch=epochs, l1_norm=np.where(epochs < 500, 3e5, 3.0))
    panel.show_frame(replace(driver.frame, history=fallen, stretch=None))
    axis = norms.plots[0].getAxis("left")
    texts = axis.tickStrings([0.0, 1e5, 3e5, 1.5e6, 2e10], 1.0, 1e5)
    assert texts == ["0", "100k", "300k", "1.5M", "2×10¹⁰"]
    metrics = norms.view.fontMetrics()
    assert max(map(metrics.horizontalAdvance, texts)) + metrics.height() + 8 < axis.width()
    assert norms.plots[0].viewRange()[1][1] == pytest.approx(1.02 * 5e5)
    panel.show_frame(replace(driver.frame, history=fallen, stretch=(880.0, 1_000.0)))
    assert norms.plots[0].viewRange() == [[880, 1_000], [0, pytest.approx(1.02 * 5)]]
    panel.show_frame(replace(driver.frame, history=fallen, stretch=None))
    assert norms.plots[0].viewRange()[1][1] == pytest.approx(1.02 * 5e5)
    panel.show_frame(driver.frame)
    check(driver, "overTimeButton")
    assert panel._view.isVisible()

    panel.freeze()
    heights = [row.bars.opts["height"].copy() for row in panel._rows]
    assert panel.readout.endswith("; frozen outline.")
    driver.click_action("resetAction")
    driver.wait_state(epoch=0, weights_digest=lambda digest: digest is not None)
    for row, frozen in zip(panel._rows, heights, strict=True):
        assert row.frozen.isVisible()
        np.testing.assert_array_equal(row.frozen.getData()[1], frozen)
        assert not np.array_equal(row.bars.opts["height"], frozen)
    driver.enter("hiddenLayersEdit", "5")
    driver.wait(lambda: driver.state["n_weights"] == 45)
    assert not any(row.frozen.isVisible() for row in panel._rows)
    assert "frozen" not in panel.readout


def test_axes_fit_once_and_colours_change(make_window: Any, tmp_path: Path) -> None:
    driver = paused(make_window, tmp_path, "--hidden", "4,4")
    panel, snapshot = driver.window.histogram, driver.snapshot
    assert driver.child("weightAxisName").text() == "weight (standardised inputs)"
    small = snapshot.parameters * np.float32(0.001)
    frame = replace(driver.frame, snapshot=replace(snapshot, parameters=small))
    panel.show_frame(frame)
    before = [row.plot.viewRange()[0][1] for row in panel._rows]
    menu = panel.context_menu()
    fit = next(action for action in menu.actions() if action.text().startswith("Fit axes"))
    fit.trigger()
    menu.deleteLater()
    for number, (row, old) in enumerate(zip(panel._rows, before, strict=True)):
        weights = snapshot.network.weights(small, number)
        assert np.abs(weights).max() <= row.limit < old / 100
        assert row.bars.opts["height"].sum() == weights.size
    # From there they only widen.
    panel.show_frame(driver.frame)
    for number, row in enumerate(panel._rows):
        weights = snapshot.network.weights(snapshot.parameters, number)
        assert row.limit >= np.abs(weights).max()
        assert row.bars.opts["height"].sum() == weights.size
    try:
        theme.apply_theme(QApplication.instance(), theme.DARK)
        driver.window.apply_theme()
        for row in panel._rows:
            assert row.bars.opts["brush"] == theme.DARK.weights
            assert row.zero_bar.opts["brush"] == theme.DARK.zero
            assert row.title.opts["color"] == theme.DARK.text
        assert panel._rug.ticks.opts["pen"].color() == QColor(theme.DARK.weights)
    finally:
        theme.apply_theme(QApplication.instance(), theme.LIGHT)


def test_the_prior_in_words() -> None:
    assert prior_text(TrainSettings("none", 1.0), (), (), True) == "No prior: there is no penalty."
    text = prior_text(TrainSettings("group-lasso", 1.0), (None, None), (), False)
    assert text == "prior exp(−nλR): the group lasso's is on whole groups, not on single weights: no curve."
