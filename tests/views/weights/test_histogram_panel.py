"""The weights from canned moments: bars, exact zeros, names of inputs, the prior, the norms, the frozen outline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of, history
from plot_items import hover, item, items, plots, settle, show, tick_texts, view_of
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from scipy import integrate, stats
from tables import write_sparse

from regdesk.core.model.network import Network
from regdesk.core.settings.configuration import ViewSettings
from regdesk.core.types import Architecture, Float64s, TrainSettings
from regdesk.core.weights.summaries import N_BINS, summarize_layers
from regdesk.core.words.number_text import fixed_text
from regdesk.core.words.penalty_words import prior_text
from regdesk.views.docks.panel_menu import panel_menu
from regdesk.views.kit import theme
from regdesk.views.plots.following_range import PATIENCE
from regdesk.views.weights.histogram import LEAST_LIMIT_SHARE, LayerRow
from regdesk.views.weights.panel import HistogramPanel

N_TRAIN = 90


def model_of(tmp_path: Path, hidden: tuple[int, ...], penalty: str = "l1", lam: float = 0.02) -> Canned:
    """Of eight inputs a to h, half of its weights at zero."""
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    assert len(dataset.split.train) == N_TRAIN
    return Canned.of(dataset, hidden, settings=TrainSettings(penalty, lam)).without_weights()


def shown(qtbot: Any, model: Canned, **frame: Any) -> HistogramPanel:
    panel = show(qtbot, HistogramPanel(), 640, 560)
    panel.show_run_scene(model.run_scene)
    panel.show_frame(model.frame(**frame))
    settle()
    # The first layout gives the rows their place.
    panel.show_again()
    settle()
    return panel


def weight_plots(panel: HistogramPanel) -> list[Any]:
    return [plot for plot in plots(panel) if plot.objectName() == "layerWeights"]


def heights_of(panel: HistogramPanel) -> list[Float64s]:
    return [np.asarray(bars.opts["height"]) for bars in items(panel, "weightBars")]


def limit_of(plot: Any) -> float:
    (low, high), _ = plot.viewRange()
    assert low == -high
    return float(high)


def check(panel: HistogramPanel, qtbot: Any, name: str) -> None:
    qtbot.mouseClick(panel.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)
    settle()


def label(panel: HistogramPanel, name: str) -> QLabel:
    found = panel.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found


def test_larger_text_leaves_the_weights_of_inputs_under_their_bars(
    qtbot: Any, tmp_path: Path, set_text_scale: Any
) -> None:
    panel = shown(qtbot, model_of(tmp_path, ()))
    rug, zeros = (next(plot for plot in plots(panel) if plot.objectName() == n) for n in ("weightRug", "layerZeros"))
    usual_px = zeros.maximumWidth()
    set_text_scale(1.5)
    panel.apply_text_size()
    settle()
    left_px = [one.vb.sceneBoundingRect().left() for one in (rug, weight_plots(panel)[0])]
    assert left_px[0] == pytest.approx(left_px[1], abs=1.0)
    assert len(tick_texts(rug.getAxis("left"))) == 8
    assert rug.vb.height() >= 8 * QFontMetrics(QApplication.font()).height()
    assert zeros.maximumWidth() == pytest.approx(1.5 * usual_px, rel=0.02)


def test_rows_that_are_shown_after_text_has_grown_have_its_room(
    qtbot: Any, tmp_path: Path, set_text_scale: Any
) -> None:
    panel = show(qtbot, HistogramPanel())
    list(panel.building())
    set_text_scale(2.0)
    panel.apply_text_size()
    model = model_of(tmp_path, ())
    panel.show_run_scene(model.run_scene)
    panel.show_frame(model.frame())
    settle()
    zeros = next(plot for plot in plots(panel) if plot.objectName() == "layerZeros")
    assert [text for _, text in tick_texts(zeros.getAxis("left"))] == ["0 %", "50 %", "100 %"]


# --- Bars and zeros --------------------------------------------------------------------------------------------------


def test_histogram_bars_sum_to_the_weights_alive(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, (16, 16))
    panel, snapshot = shown(qtbot, model), model.snapshot()
    found = heights_of(panel)
    assert len(found) == 3
    for number, (heights, zeros, bars) in enumerate(
        zip(found, items(panel, "zeroBar"), items(panel, "weightBars"), strict=True)
    ):
        weights = model.network.weights(model.parameters, number)
        assert len(heights) == N_BINS
        assert zeros.opts["height"] == [pytest.approx(100.0 * (weights == 0).mean())]
        nearest = np.abs(weights[weights != 0][:, np.newaxis] - np.asarray(bars.opts["x"])).argmin(axis=1)
        np.testing.assert_array_equal(np.bincount(nearest, minlength=N_BINS), heights)
    n_alive = sum(int(heights.sum()) for heights in found)
    assert 0 < n_alive == np.count_nonzero(model.parameters[model.network.is_weight]) < 400
    weights = model.parameters[model.network.is_weight].astype(np.float64)
    assert panel.readout == (
        f"{n_alive} of {snapshot.n_weights} alive; ‖W‖₁ {fixed_text(np.abs(weights).sum())}, "
        f"‖W‖₂ {fixed_text(np.linalg.norm(weights))}."
    )


@pytest.mark.parametrize("value", [0.0, 0.25, -3.0, 1e-30])
def test_equal_weights_draw(value: float, qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, (16, 16))
    panel, network = shown(qtbot, model), model.network
    parameters = np.full(network.n_parameters, value)
    layers = summarize_layers(network, parameters, np.full(network.n_layers, 1.0))
    n_alive = 0 if value == 0 else network.n_weights
    moment = replace(model.snapshot(), parameters=parameters, layers=layers, n_nonzero=n_alive)
    panel.show_frame(model.frame(snapshot=moment))
    assert not panel.grab().isNull()
    # 1e-30 is drawn at 0, and too small to matter.
    assert panel.readout.startswith(f"{n_alive if value != 1e-30 else 0} of 400 alive")
    assert sum(heights.sum() for heights in heights_of(panel)) == n_alive


def test_weights_too_small_for_their_dtype_are_drawn_apart_from_zeros(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, (16, 16))
    panel, network = shown(qtbot, model), model.network
    parameters, too_small = np.zeros(network.n_parameters, dtype=np.float32), network.is_weight.copy()
    # Of the first layer ten weights are exactly zero.
    network.weights(too_small, 0).flat[:10] = False
    layers = summarize_layers(network, parameters, np.full(network.n_layers, 1.0), too_small)
    moment = replace(model.snapshot(), parameters=parameters, layers=layers, too_small=too_small, n_nonzero=390)
    panel.show_frame(model.frame(snapshot=moment))
    assert panel.readout.startswith("0 of 400 alive")
    assert panel.readout.endswith("; 390 too small.")
    first, second, _ = items(panel, "zeroBar")
    assert first.opts["height"] == [pytest.approx(100.0 * 10 / 128)]
    assert second.opts["height"] == [0.0]
    assert [heights[N_BINS // 2] for heights in heights_of(panel)] == [118, 256, 16]
    assert "0 alive, 10 zero, 118 too small" in items(panel, "layerTitle")[0].text


def test_rows_fill_the_panel_in_every_run(qtbot: Any, tmp_path: Path) -> None:
    """Rows that are made ahead, taken away and put back get the whole width, and a height one can read."""
    panel = show(qtbot, HistogramPanel(), 640, 560)
    for hidden in ((), (4,), (8, 8, 8), (5,)):
        model = model_of(tmp_path, hidden)
        panel.reset()
        assert weight_plots(panel) == []
        panel.show_run_scene(model.run_scene)
        panel.show_frame(model.frame())
        settle()
        found = weight_plots(panel)
        assert len(found) == len(hidden) + 1
        for plot, zeros in zip(found, items(panel, "layerZeros"), strict=True):
            assert plot.geometry().right() == pytest.approx(view_of(plot).width(), abs=2)
            assert plot.geometry().height() > 40
            assert zeros.geometry().height() == plot.geometry().height()
        # After a run with as many layers, too: a picture is the same however often it was taken away.
        places = [plot.geometry() for plot in found]
        panel.reset()
        panel.show_run_scene(model.run_scene)
        panel.show_frame(model.frame())
        settle()
        assert [plot.geometry() for plot in weight_plots(panel)] == places


def test_axes_are_round_and_reach_all_weights(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, (16, 16))
    panel = shown(qtbot, model)
    for number, plot in enumerate(weight_plots(panel)):
        _, (bottom, top) = plot.viewRange()
        for end in (limit_of(plot), top):
            assert float(f"{end:e}".split("e")[0]) in (1.0, 2.0, 5.0)
        assert limit_of(plot) >= np.abs(model.network.weights(model.parameters, number)).max()
        assert bottom == 0
        assert top >= heights_of(panel)[number].max()
    before = [plot.viewRange() for plot in weight_plots(panel)]
    panel.show_frame(model.with_weights(0.9).frame())
    assert [plot.viewRange() for plot in weight_plots(panel)] == before


# --- One by one ------------------------------------------------------------------------------------------------------


def test_a_linear_model_is_named_weight_by_weight(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, ())
    panel, weights = shown(qtbot, model), model.parameters[:8]
    assert 0 < np.count_nonzero(weights) < 8
    (rug,) = [plot for plot in plots(panel) if plot.objectName() == "weightRug"]
    names = {round(-height): text for height, text in tick_texts(rug.getAxis("left"))}
    assert names == dict(enumerate("abcdefgh"))
    x, y = item(panel, "weightTicks").getData()
    alive, dead = np.flatnonzero(weights), np.flatnonzero(weights == 0)
    np.testing.assert_allclose(x[::2], weights[alive])
    np.testing.assert_allclose(0.5 * (y[::2] + y[1::2]), -alive)
    np.testing.assert_array_equal(np.sort(item(panel, "zeroWeights").getData()[1]), np.sort(-dead))
    # The rug stands under the bars of the same weights.
    (plot,), (zeros,) = weight_plots(panel), items(panel, "layerZeros")
    limit = limit_of(plot)
    for edge in (-limit, limit):
        ours, theirs = (one.vb.mapViewToScene(QPointF(edge, 0)).x() for one in (rug, plot))
        assert ours == pytest.approx(theirs, abs=1.0)
    click, first = "\nClick: select it, onto an axis of the constraint geometry", int(alive[0])
    name = "abcdefgh"[first]
    told = hover(qtbot, panel, rug, float(weights[first]), -first)
    assert told == f"{name} → y: {fixed_text(weights[first])}{click}"
    gone = int(dead[0])
    assert hover(qtbot, panel, rug, -0.9 * limit, -gone) == f"{'abcdefgh'[gone]} → y: 0.00{click}"
    text = hover(qtbot, panel, zeros, 0.0, 50.0)
    assert text.startswith(f"{len(dead)} of 8 weights are exactly zero\nwithout any weight: ")
    assert text.splitlines()[1] == f"without any weight: {', '.join('abcdefgh'[k] for k in dead)}"
    (heights,) = heights_of(panel)
    width = 2 * limit / N_BINS
    number = int((weights[first] + limit) / width)
    assert heights[number] == ((weights[alive] + limit) // width == number).sum() > 0
    told = hover(qtbot, panel, plot, float(weights[first]), 0.5)
    assert told.startswith(f"{heights[number]} of 8 weights between ")
    assert told.endswith(f"\nClick: select {name}, onto an axis of the constraint geometry")


def test_a_click_on_a_bar_or_a_tick_chooses_that_weight(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, ())
    panel, weights = shown(qtbot, model), model.parameters[:8]
    (rug,) = [plot for plot in plots(panel) if plot.objectName() == "weightRug"]
    chosen: list[int] = []
    panel.part_selected.connect(chosen.append)
    first = int(np.flatnonzero(weights)[0])
    gone = int(np.flatnonzero(weights == 0)[0])
    for plot, x, y in (
        (weight_plots(panel)[0], float(weights[first]), 0.5),
        (rug, float(weights[first]), -first),
        (rug, -0.9 * limit_of(rug), -gone),
    ):
        view = view_of(plot)
        place = view.mapFromScene(plot.vb.mapViewToScene(QPointF(x, y)))
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        settle()
    assert chosen == [("weight", first), ("weight", first), ("weight", gone)]


def test_selected_weights_stand_out_in_every_layer(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, (4,))
    panel, network = shown(qtbot, model), model.network
    marks = items(panel, "selectedWeights")
    assert marks == []
    second = network.weights(model.parameters, 1)
    panel.show_view_settings(ViewSettings(selected=("weight", int(network.weight_offsets[1]) + 2)))
    (mark,) = items(panel, "selectedWeights")
    np.testing.assert_array_equal(mark.getData()[0], np.repeat(second[2].astype(np.float64), 2))
    assert mark.opts["pen"].color().name().upper() == theme.colours().selected
    # A unit: what enters it, and what leaves it. An input: what leaves it.
    panel.show_view_settings(ViewSettings(selected=("unit", 1, 3)))
    first = network.weights(model.parameters, 0)
    drawn = [item.getData()[0][::2] for item in items(panel, "selectedWeights")]
    assert sorted(map(len, drawn)) == [1, 8, 8]
    for values in drawn:
        expected = second[2] if len(values) == 1 else first[:, 2]
        np.testing.assert_array_equal(values, expected.astype(np.float64))
    panel.show_view_settings(ViewSettings(selected=("input", "b")))
    drawn = [item.getData()[0][::2] for item in items(panel, "selectedWeights")]
    assert sorted(map(len, drawn)) == [0, 4, 4]
    np.testing.assert_array_equal(max(drawn, key=len), first[1].astype(np.float64))
    panel.show_view_settings(ViewSettings())
    assert all(not len(item.getData()[0]) for item in items(panel, "selectedWeights"))


# --- The prior -------------------------------------------------------------------------------------------------------


def test_the_prior_is_scaled_to_the_bars(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, (4,))
    panel = shown(qtbot, model)
    legend = label(panel, "priorLegend")
    assert not legend.isVisible()
    # A curve without points.
    assert not any(len(curve.getData()[0] if curve.getData()[0] is not None else ()) for curve in priors_of(panel))
    check(panel, qtbot, "priorButton")
    assert legend.isVisible()
    rate = N_TRAIN * 0.02
    for plot, curve, n_weights in zip(weight_plots(panel), priors_of(panel), (32, 4), strict=True):
        x, y = curve.getData()
        expected = n_weights * 2 * limit_of(plot) / N_BINS * stats.laplace(scale=1 / rate).pdf(x)
        np.testing.assert_allclose(y, expected, rtol=1e-9)
    assert legend.text().startswith("╌╌ prior exp(−nλR(W)): Laplace, scale 0.556 σ² (")
    assert priors_of(panel)[0].opts["pen"].color() == QColor(theme.colours().penalty)

    def press(penalty: str, lam: float = 0.02) -> tuple[Float64s, Float64s]:
        panel.show_frame(replace(model, settings=TrainSettings(penalty, lam)).frame())
        return priors_of(panel)[0].getData()

    width = 2 * limit_of(weight_plots(panel)[0]) / N_BINS
    x, y = press("l2")
    assert "Gauss, variance 0.556" in legend.text()
    np.testing.assert_allclose(y, 32 * width * stats.norm(scale=np.sqrt(1 / rate)).pdf(x), rtol=1e-9)
    x, y = press("elastic-net")
    assert "Laplace, scale 1.11 σ², times Gauss, variance 1.11 σ²" in legend.text()
    kernel = np.exp(-0.5 * rate * np.abs(x) - 0.25 * rate * x**2)
    whole = 2 * integrate.quad(lambda w: np.exp(-0.5 * rate * w - 0.25 * rate * w * w), 0, 50)[0]
    np.testing.assert_allclose(y, 32 * width * kernel / whole, rtol=1e-7)
    x, _ = press("group-lasso")
    # The last layer's groups are single weights.
    assert "only where a group is one weight" in legend.text()
    assert not len(x)
    assert len(priors_of(panel)[1].getData()[0])
    press("group-lasso", 0.0)
    assert legend.text() == "No prior: λ is 0."
    assert not len(priors_of(panel)[1].getData()[0])
    check(panel, qtbot, "priorButton")
    assert not legend.isVisible()


def priors_of(panel: HistogramPanel) -> list[Any]:
    return items(panel, "priorCurve")


def test_the_prior_in_words() -> None:
    assert prior_text(TrainSettings("none", 1.0), (), (), True) == "No prior: there is no penalty."
    text = prior_text(TrainSettings("group-lasso", 1.0), (None, None), (), False)
    assert text == "prior exp(−nλR(W)): the group lasso's is on whole groups, not on single weights: no curve."


# --- Over time -------------------------------------------------------------------------------------------------------


def test_norms_over_time(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, (4,))
    panel, frame = shown(qtbot, model), model.frame()
    check(panel, qtbot, "overTimeButton")
    assert label(panel, "weightAxisName").text() == "epoch"
    known, norm_plots = frame.history, plots(panel)
    curves = items(panel, "normCurve")
    for curve, values in zip(curves, (known.l1_norm, known.l2_norm, known.n_nonzero), strict=True):
        np.testing.assert_array_equal(curve.getData()[0], known.epoch)
        np.testing.assert_array_equal(curve.getData()[1], values)
    assert norm_plots[0].scenePos().y() < norm_plots[1].scenePos().y() < norm_plots[2].scenePos().y()
    middle = sum(norm_plots[1].viewRange()[1]) / 2
    assert hover(qtbot, panel, norm_plots[1], float(known.epoch[20]), middle) == (
        f"epoch {known.epoch[20]:,.0f}: ‖W‖₁ {fixed_text(known.l1_norm[20])}, ‖W‖₂ {fixed_text(known.l2_norm[20])}, "
        f"{known.n_nonzero[20]:.0f} of 36 weights not zero"
    )


def test_norms_that_fell_have_short_numbers_and_their_end_a_scale_of_its_own(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, (4,))
    panel = shown(qtbot, model)
    check(panel, qtbot, "overTimeButton")
    epochs = np.linspace(0, 1_000, 500)
    fallen = history(epochs, l1_norm=np.where(epochs < 500, 3e5, 3.0), l2_norm=1.0, n_nonzero=36)
    panel.show_frame(model.frame(history=fallen))
    norm_plots = plots(panel)
    axis = norm_plots[0].getAxis("left")
    texts = axis.tickStrings([0.0, 1e5, 3e5, 1.5e6, 2e10], 1.0, 1e5)
    assert texts == ["0", "100k", "300k", "1.5M", "2×10¹⁰"]
    metrics = panel.fontMetrics()
    assert max(map(metrics.horizontalAdvance, texts)) + metrics.height() + 8 < axis.width()
    assert norm_plots[0].viewRange() == [[0, 1_000], [0, pytest.approx(1.02 * 5e5)]]
    panel.show_frame(model.frame(history=fallen, stretch=(880.0, 1_000.0)))
    assert norm_plots[0].viewRange() == [[880, 1_000], [0, pytest.approx(1.02 * 5)]]
    panel.show_frame(model.frame(history=fallen))
    assert norm_plots[0].viewRange()[1][1] == pytest.approx(1.02 * 5e5)
    # Asked for, the axes fit at once what is shown now.
    panel.show_frame(model.frame(history=replace(fallen, l1_norm=np.full(500, 3.0))))
    assert norm_plots[0].viewRange()[1][1] == pytest.approx(1.02 * 5e5)
    panel.fit_axes()
    assert norm_plots[0].viewRange()[1][1] == pytest.approx(1.02 * 5)
    # Another run begins with empty plots.
    panel.reset()
    assert all(
        len(curve.getData()[0] if curve.getData()[0] is not None else ()) == 0 for curve in items(panel, "normCurve")
    )
    assert norm_plots[0].viewRange() == [[0, 1_000], [0, pytest.approx(1.02 * 5)]]
    check(panel, qtbot, "overTimeButton")
    assert len(weight_plots(panel)) == 2


# --- Ghosts, axes and colours ----------------------------------------------------------------------------------------


def test_a_frozen_outline_stays_for_layers_like_these(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, (4,))
    panel = shown(qtbot, model)
    panel.freeze()
    before = [heights.copy() for heights in heights_of(panel)]
    assert panel.readout.endswith("; frozen outline.")
    # A run that begins again with other weights.
    panel.reset()
    panel.show_run_scene(model.run_scene)
    panel.show_frame(model.with_weights(0.3).frame())
    for outline, frozen, heights in zip(items(panel, "frozenWeights"), before, heights_of(panel), strict=True):
        np.testing.assert_array_equal(outline.getData()[1], frozen)
        assert not np.array_equal(heights, frozen)
    other = model_of(tmp_path, (5,))
    panel.reset()
    panel.show_run_scene(other.run_scene)
    panel.show_frame(other.frame())
    assert items(panel, "frozenWeights") == []
    assert "frozen" not in panel.readout


def test_a_frozen_outline_is_taken_away(qtbot: Any, tmp_path: Path) -> None:
    panel = shown(qtbot, model_of(tmp_path, (4,)))
    panel.freeze()
    assert len(items(panel, "frozenWeights")) == 2
    panel.thaw()
    assert items(panel, "frozenWeights") == []
    assert "frozen" not in panel.readout


def test_axes_fit_once_and_widen_again(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(tmp_path, (4, 4))
    panel, small = shown(qtbot, model), model.with_weights(0.001)
    assert label(panel, "weightAxisName").text() == "weight (standardised inputs)"
    panel.show_frame(small.frame())
    before = [limit_of(plot) for plot in weight_plots(panel)]
    menu = panel_menu(panel)
    next(action for action in menu.actions() if action.text().startswith("Fit axes")).trigger()
    menu.deleteLater()
    for number, (plot, old) in enumerate(zip(weight_plots(panel), before, strict=True)):
        weights = model.network.weights(small.parameters, number)
        assert np.abs(weights).max() <= limit_of(plot) < old / 100
        assert heights_of(panel)[number].sum() == np.count_nonzero(weights)
    # From there they only widen.
    panel.show_frame(model.frame())
    for number, plot in enumerate(weight_plots(panel)):
        weights = model.network.weights(model.parameters, number)
        assert limit_of(plot) >= np.abs(weights).max()
        assert heights_of(panel)[number].sum() == np.count_nonzero(weights)


def test_the_axis_says_that_inputs_are_as_they_are(qtbot: Any, tmp_path: Path) -> None:
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y", standardize=False)
    panel = shown(qtbot, Canned.of(dataset, (4,)))
    assert label(panel, "weightAxisName").text() == "weight (inputs as they are)"


def test_colours_change(qtbot: Any, qapp: Any, tmp_path: Path) -> None:
    panel = shown(qtbot, model_of(tmp_path, (4, 4)))
    try:
        theme.apply_theme(qapp, theme.DARK)
        panel.apply_theme()
        assert {bars.opts["brush"] for bars in items(panel, "weightBars")} == {theme.DARK.weights}
        assert {bar.opts["brush"] for bar in items(panel, "zeroBar")} == {theme.DARK.zero}
        assert {title.opts["color"] for title in items(panel, "layerTitle")} == {theme.DARK.text}
        assert item(panel, "weightTicks").opts["pen"].color() == QColor(theme.DARK.weights)
    finally:
        theme.apply_theme(qapp, theme.LIGHT)


def test_the_ruler_of_the_weights_follows_late_and_not_to_nothing(qapp: Any) -> None:
    network = Network.of(Architecture((), "tanh"), 40, 1)
    row = LayerRow()
    weights = np.linspace(-1.8, 1.8, network.n_parameters)
    limits = np.zeros(1)

    def show_scaled(scale: float) -> None:
        (layer,) = summarize_layers(network, weights * scale, limits)
        row.show(layer, network.weights(weights * scale, 0), None)

    (layer,) = summarize_layers(network, weights, limits)
    row.begin(layer)
    show_scaled(1.0)
    assert row.limit == 2.0
    seen = []
    for _ in range(3 * PATIENCE):
        show_scaled(0.1)
        seen.append(row.limit)
    assert seen[PATIENCE - 3] == 2.0
    assert seen[-1] == 0.5
    assert len(set(seen)) == 2
    # The bars are those of the new axis, and all weights are in them.
    assert row.bars.opts["width"] == pytest.approx(0.92 * row.bin_width)
    assert np.sum(row.bars.opts["height"]) == 40
    show_scaled(1.0)
    assert row.limit == 2.0
    for _ in range(6 * PATIENCE):
        show_scaled(1e-12)
    assert row.limit == LEAST_LIMIT_SHARE * 2.0
