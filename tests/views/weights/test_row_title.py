"""Titles of rows of the histogram: whole numbers, or none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import items, plots, settle, show
from tables import write_curve

from regdesk.core.types import TrainSettings
from regdesk.core.weights.summaries import summarize_layers
from regdesk.views.weights.panel import HistogramPanel
from regdesk.views.weights.row_title import title_html

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_norm_for_which_there_is_no_room_goes_whole() -> None:
    layer: Any = SimpleNamespace(
        name="layer 1 → layer 2", n_alive=12, n_zero=3, n_negligible=241, l1_norm=4.93e-35, l2_norm=5.31e-35
    )
    wide, narrow, narrowest = (title_html(layer, width_px) for width_px in (1200.0, 460.0, 320.0))
    assert "‖W‖₁ 4.93e-35" in wide
    assert wide.endswith("‖W‖₂ 5.31e-35")
    assert "‖W‖₂" not in narrow
    # On a line of their own both have room.
    assert narrowest.endswith("‖W‖₂ 5.31e-35")
    assert "<br>" in narrowest
    assert "12 alive, 3 zero, 241 too small" in narrow
    # While it trains the number is another ten times a second.
    assert "12 alive, 3 zero, some too small" in title_html(layer, 1200.0, is_running=True)
    # Zeros that are not there go first: the penalty may be about either norm.
    layer.n_zero = 0
    whole = title_html(layer, 1200.0)
    assert "12 alive, 0 zero, 241 too small" in whole
    width_px = next(width_px for width_px in range(1200, 440, -1) if title_html(layer, float(width_px)) != whole)
    without_zeros = title_html(layer, float(width_px))
    assert "12 alive, 241 too small" in without_zeros
    assert without_zeros.endswith("‖W‖₂ 5.31e-35")


def test_a_narrower_panel_gives_titles_of_two_lines_their_room(qtbot: Any, tmp_path: Path) -> None:
    model = Canned.of(
        dataset_of(write_curve(tmp_path / "curve.csv"), "degrees"), (16, 16), settings=TrainSettings("l2", 0.01)
    )
    # Most weights of the second layer are too small to matter, which makes its title long.
    network, parameters = model.network, model.parameters.copy()
    network.weights(parameters, 1)[:] = 1e-9
    layers = summarize_layers(network, parameters, np.full(network.n_layers, 1.0))
    moment = replace(model.snapshot(), parameters=parameters, layers=layers)
    panel = show(qtbot, HistogramPanel(), 470, 420)
    panel.show_run_scene(model.run_scene)
    panel.show_frame(model.frame(snapshot=moment))
    settle()
    panel.resize(330, 420)
    settle()
    panel.show_again()
    settle()
    # That no weight is zero is said in every row or in none, however wide the panel is.
    said = set()
    for width_px in range(740, 320, -20):
        panel.resize(width_px, 420)
        settle()
        panel.show_again()
        (one,) = {"0 zero" in title.text for title in items(panel, "layerTitle")}
        said.add((one, "<br>" in items(panel, "layerTitle")[0].text))
    assert {(True, False), (False, False)} <= said
    panel.resize(330, 420)
    settle()
    panel.show_again()
    settle()
    titles, drawn = items(panel, "layerTitle"), [one for one in plots(panel) if one.objectName() == "layerWeights"]
    assert all("<br>" in title.text for title in titles)
    right = drawn[0].getViewWidget().viewRect().right()
    for title, plot in zip(titles, drawn, strict=True):
        assert title.mapRectToScene(title.itemRect()).bottom() <= plot.sceneBoundingRect().top() + 1
        assert plot.sceneBoundingRect().right() <= right + 1
