"""Ranges that follow: what is outside has a mark at once, what is empty for long goes, and nothing jitters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from window_driver import WindowDriver, write_curve

from regdesk.core.model.network import Network
from regdesk.core.run.frame import Frame
from regdesk.core.run.history import BestMoment, HistoryColumns
from regdesk.core.run.live_trail import TrailColumns
from regdesk.core.types import Architecture, Float64s
from regdesk.core.weights.summaries import summarize_layers
from regdesk.views.kit import theme
from regdesk.views.plots.following_range import PATIENCE, FollowingRange
from regdesk.views.plots.free_place import PlotPixels, n_covered
from regdesk.views.sweep.loss_follower import N_FRAMES_OUTSIDE
from regdesk.views.weights.histogram import LEAST_LIMIT_SHARE, LayerRow


@pytest.fixture
def paused(make_window: Any, tmp_path: Path) -> WindowDriver:
    driver: WindowDriver = make_window(write_curve(tmp_path / "curve.csv"), "--run", "--hidden", "2", "--lam", "0.01")
    driver.wait_state(epoch=lambda epoch: epoch > 20)
    driver.pause()
    return driver


def course(frame: Frame, epochs: Float64s, **columns: Any) -> Frame:
    fields = {name: np.zeros(len(epochs)) for name in HistoryColumns.__dataclass_fields__}
    fields |= {name: np.broadcast_to(np.asarray(values, float), len(epochs)).copy() for name, values in columns.items()}
    return replace(frame, history=HistoryColumns(**(fields | {"epoch": epochs})), changes=(), best=None, stretch=None)


def visited(frame: Frame, lam: float, losses: dict[float, tuple[float, float]]) -> Frame:
    """``frame`` with the model at ``lam``, and training and validation losses at each λ."""
    lambdas = sorted(losses)
    train, validation = (np.array([losses[one][part] for one in lambdas]) for part in (0, 1))
    settings = replace(frame.snapshot.settings, lam=lam)
    snapshot = replace(
        frame.snapshot, settings=settings, train_loss=losses[lam][0], validation_loss=losses[lam][1], stands_for=None
    )
    return replace(frame, snapshot=snapshot, trail=TrailColumns(np.array(lambdas), train, validation), up_down=None)


def box_of(label: Any, plot: Any) -> QRectF:
    """In pixels of the plot, as it is painted."""
    plot.getViewWidget().grab()
    return plot.vb.mapRectFromScene(label.mapRectToScene(label.boundingRect()))


def test_a_range_follows_late_and_never_to_and_fro() -> None:
    axis = FollowingRange(10.0)
    assert [axis.follow(1.0) for _ in range(PATIENCE)] == [False] * (PATIENCE - 1) + [True]
    assert axis.top == 2.0
    # At once when it must.
    assert axis.follow(2.1)
    assert axis.top == 5.0
    # What comes back within the time moves nothing, however often.
    assert not any(axis.follow(value) for _ in range(20) for value in [1.0] * (PATIENCE - 1) + [2.0])
    assert axis.top == 5.0
    # Wherever it ends, a third is taken: it is not left again by standing still.
    for value in np.geomspace(1e-6, 1e6, 97):
        axis.reset(100 * value)
        n_changes = sum(axis.follow(float(value)) for _ in range(5 * PATIENCE))
        assert n_changes == 1
        assert axis.top / 3.0 <= value <= axis.top
    assert not any(axis.follow(value) for _ in range(2 * PATIENCE) for value in (0.0, float("nan"))) or axis.top > 0


def test_the_loss_of_overfitting_is_marked_at_once_and_shown_soon(paused: WindowDriver) -> None:
    panel: Any = paused.window.loss_curve
    frame = paused.frame
    assert frame is not None
    panel.reset()
    panel.show_lambda(0.0, True)
    panel.show_frame(visited(frame, 0.0, {0.0: (0.5, 0.5)}))
    before = panel._plot.viewRange()[1]
    overfitted = visited(frame, 0.0, {0.0: (0.01, 3.0)})
    panel.show_frame(overfitted)
    # The axis stands, and the value is at its edge, in the colour of validation and inside the plot.
    assert panel._plot.viewRange()[1] == before
    assert before[1] < 3.0
    (mark,) = panel._edges.outside
    assert (mark.text, mark.is_above, mark.x) == ("3.00", True, panel._lambdas.position(0.0))
    (label,) = panel._edges.labels
    assert label.toPlainText() == "3.00"
    assert label.color == QColor(theme.colours().validation)
    area = PlotPixels(panel._plot.vb).area
    assert area.adjusted(-1, -1, 1, 1).contains(box_of(label, panel._plot))
    x, y = panel._edges.spots.getData()
    assert x.tolist() == [mark.x]
    assert before[0] < y[0] < before[1]
    assert [spot.symbol() for spot in panel._edges.spots.points()] == ["t1"]
    # λ is written beside its line, off the mark and its value.
    assert not box_of(panel._line.label, panel._plot).intersects(box_of(label, panel._plot))
    tops = []
    for _ in range(3 * N_FRAMES_OUTSIDE):
        panel.show_frame(overfitted)
        tops.append(panel._plot.viewRange()[1][1])
    assert tops[N_FRAMES_OUTSIDE - 3] == before[1]
    assert tops[-1] >= 3.0
    assert len(set(tops)) == 2
    assert panel._edges.outside == ()
    assert 3.0 in panel._live.validation.getData()[1]


def test_the_loss_axis_comes_down_when_most_of_it_is_empty(paused: WindowDriver) -> None:
    panel: Any = paused.window.loss_curve
    frame = paused.frame
    assert frame is not None
    panel.reset()
    panel.show_lambda(0.01, True)
    panel.show_frame(visited(frame, 0.01, {0.01: (3.0, 3.0)}))
    assert panel._plot.viewRange()[1][1] >= 3.0
    tops = []
    for _ in range(3 * PATIENCE):
        panel.show_frame(visited(frame, 0.01, {0.01: (0.2, 0.25)}))
        tops.append(panel._plot.viewRange()[1][1])
    assert tops[PATIENCE - 3] >= 3.0
    assert 0.25 <= tops[-1] < 0.75
    assert len(set(tops)) == 2
    # One that has diverged is marked, and does not flatten all else.
    for _ in range(3 * N_FRAMES_OUTSIDE):
        panel.show_frame(visited(frame, 0.01, {0.01: (0.2, 1e9)}))
    assert panel._plot.viewRange()[1][1] == tops[-1]
    assert [mark.text for mark in panel._edges.outside] == ["1.00e+09"]


def test_the_history_comes_down_to_its_later_half_and_marks_what_it_cuts(paused: WindowDriver) -> None:
    panel: Any = paused.window.history
    frame = paused.frame
    assert frame is not None
    panel.reset()
    epochs = np.linspace(0.0, 900.0, 400)
    validation = np.where((epochs > 200) & (epochs < 300), 3.0, 0.3)
    tops, shown = [], course(frame, epochs, train_loss=0.1, validation_loss=validation)
    for _ in range(3 * PATIENCE):
        panel.show_frame(shown)
        tops.append(panel._losses.viewRange()[1][1])
    assert tops[PATIENCE - 3] == 5.0
    assert tops[-1] == 0.5
    assert len(set(tops)) == 2
    (mark,) = panel._edges.outside
    assert mark.text == "3.00"
    assert mark.colour == theme.colours().validation
    assert 200 < mark.x < 300
    (label,) = panel._edges.labels
    assert PlotPixels(panel._losses.vb).area.adjusted(-1, -1, 1, 1).contains(box_of(label, panel._losses))
    # It widens at once for what comes.
    panel.show_frame(course(frame, epochs, train_loss=0.1, validation_loss=np.where(epochs > 880, 1.5, validation)))
    assert panel._losses.viewRange()[1][1] == 2.0
    # A penalty out of sight is told at the edge as well.
    panel.show_frame(course(frame, epochs, train_loss=0.1, validation_loss=0.3, lam=1e9, penalty_value=2.0))
    assert ("2.00e+09", theme.colours().penalty) in [(one.text, one.colour) for one in panel._edges.outside]


def test_the_ruler_of_the_weights_follows_late_and_not_to_nothing(qtbot: Any) -> None:
    network = Network.of(Architecture((), "tanh"), 40, 1)
    row = LayerRow()
    limits = np.zeros(1)
    weights = np.linspace(-1.8, 1.8, network.n_parameters)

    def show(scale: float) -> None:
        (layer,) = summarize_layers(network, weights * scale, limits)
        row.show(layer, network.weights(weights * scale, 0), None)

    (layer,) = summarize_layers(network, weights, limits)
    row.begin(layer)
    show(1.0)
    assert row.limit == 2.0
    seen = []
    for _ in range(3 * PATIENCE):
        show(0.1)
        seen.append(row.limit)
    assert seen[PATIENCE - 3] == 2.0
    assert seen[-1] == 0.5
    assert len(set(seen)) == 2
    # The bars are those of the new axis, and all weights are in them.
    assert row.bars.opts["width"] == pytest.approx(0.92 * row.bin_width)
    assert row._counts.sum() == 40
    show(1.0)
    assert row.limit == 2.0
    for _ in range(6 * PATIENCE):
        show(1e-12)
    assert row.limit == LEAST_LIMIT_SHARE * 2.0


def test_the_words_of_the_best_epoch_keep_off_the_curves(paused: WindowDriver) -> None:
    panel: Any = paused.window.history
    frame = paused.frame
    assert frame is not None
    epochs = np.linspace(0.0, 900.0, 400)
    # The training curve runs where the words used to be: right below the lowest validation loss.
    for best_at in (60.0, 300.0, 700.0):
        validation = 0.5 + 0.4 * np.abs(epochs - best_at) / 900.0
        panel.reset()
        lowest = BestMoment(best_at, float(validation.min()))
        train = validation - 0.05
        shown = course(frame, epochs, train_loss=train, validation_loss=validation, lam=1.0, penalty_value=0.2)
        panel.show_frame(replace(shown, best=lowest))
        label, plot = panel._best.label, panel._losses
        assert label.isVisible()
        assert label.toPlainText().startswith("best 0.5")
        pixels, box = PlotPixels(plot.vb), box_of(label, plot)
        for curve in (train, validation, np.full(len(epochs), 0.2)):
            assert n_covered(box, pixels.line(epochs, curve), 0.0) == 0
        assert pixels.area.adjusted(-1, -1, 1, 1).contains(box)


def test_the_words_of_lambda_keep_off_the_live_marks(paused: WindowDriver) -> None:
    panel: Any = paused.window.loss_curve
    frame = paused.frame
    assert frame is not None
    panel.reset()
    panel.show_lambda(0.01, True)
    panel.show_frame(visited(frame, 0.01, {0.01: (0.9, 0.9)}))
    (_, top), box = panel._plot.viewRange()[1], panel._plot.vb
    for share in np.linspace(0.05, 0.95, 19):
        panel.show_frame(visited(frame, 0.01, {0.01: (share * top, share * top)}))
        words = box_of(panel._line.label, panel._plot)
        pixels = PlotPixels(box)
        spot = pixels.marks(np.array([panel._lambdas.position(0.01)]), np.array([share * top]))
        assert n_covered(words, spot, 5.0) == 0
        assert pixels.area.adjusted(-1, -1, 1, 1).contains(words)
