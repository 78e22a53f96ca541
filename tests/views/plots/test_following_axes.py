"""Ranges that follow: what is outside has a mark at once, what is empty for long goes, and nothing jitters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of, history, visited
from plot_items import item, items, plots, show
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from tables import write_curve

from regdesk.core.run.frame import Frame
from regdesk.core.run.history import BestMoment
from regdesk.core.types import Float64s
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.kit import theme
from regdesk.views.plots.following_range import PATIENCE, FollowingRange
from regdesk.views.plots.free_place import PlotPixels, n_covered
from regdesk.views.sweep.loss_follower import N_FRAMES_OUTSIDE
from regdesk.views.sweep.panel import LambdaPanel


@pytest.fixture
def model(tmp_path: Path) -> Canned:
    return Canned.of(dataset_of(write_curve(tmp_path / "curve.csv"), "degrees"), (2,))


@pytest.fixture
def losses(qtbot: Any, model: Canned) -> LambdaPanel:
    """Loss versus λ, of a run that begins."""
    panel = show(qtbot, LambdaPanel())
    panel.show_run_scene(model.run_scene)
    return panel


@pytest.fixture
def course(qtbot: Any, model: Canned) -> HistoryPanel:
    """The history of a run that begins."""
    panel = show(qtbot, HistoryPanel())
    panel.show_run_scene(model.run_scene)
    return panel


def run_of(model: Canned, epochs: Float64s, **columns: Any) -> Frame:
    return model.frame(history=history(epochs, **columns))


def top_of(panel: Any) -> float:
    """Of the losses' axis."""
    return float(plots(panel)[0].viewRange()[1][1])


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


def test_the_loss_of_overfitting_is_marked_at_once_and_shown_soon(losses: LambdaPanel, model: Canned) -> None:
    frame = model.frame()
    losses.show_lambda(0.0, True)
    losses.show_frame(visited(frame, 0.0, {0.0: (0.5, 0.5)}))
    (plot,) = plots(losses)
    before = plot.viewRange()[1]
    overfitted = visited(frame, 0.0, {0.0: (0.01, 3.0)})
    losses.show_frame(overfitted)
    # The axis stands, and the value is at its edge, in the colour of validation and inside the plot.
    assert plot.viewRange()[1] == before
    assert before[1] < 3.0
    label = item(losses, "outsideValue")
    assert label.toPlainText() == "3.00"
    assert label.color == QColor(theme.colours().validation)
    area = PlotPixels(plot.vb).area
    assert area.adjusted(-1, -1, 1, 1).contains(box_of(label, plot))
    line, marks = item(losses, "lambdaLine"), item(losses, "outsideMarks")
    x, y = marks.getData()
    assert x.tolist() == [line.value()]
    assert before[0] < y[0] < before[1]
    # It points up.
    assert [spot.symbol() for spot in marks.points()] == ["t1"]
    # λ is written beside its line, off the mark and its value.
    assert not box_of(item(losses, "lambdaLabel"), plot).intersects(box_of(label, plot))
    tops = []
    for _ in range(3 * N_FRAMES_OUTSIDE):
        losses.show_frame(replace(overfitted))
        tops.append(top_of(losses))
    assert tops[N_FRAMES_OUTSIDE - 3] == before[1]
    assert tops[-1] >= 3.0
    assert len(set(tops)) == 2
    assert not len(item(losses, "outsideMarks").getData()[0])
    assert 3.0 in item(losses, "liveValidationLoss").getData()[1]


def test_the_loss_axis_comes_down_when_most_of_it_is_empty(losses: LambdaPanel, model: Canned) -> None:
    frame = model.frame()
    losses.show_lambda(0.01, True)
    losses.show_frame(visited(frame, 0.01, {0.01: (3.0, 3.0)}))
    assert top_of(losses) >= 3.0
    tops = []
    for _ in range(3 * PATIENCE):
        losses.show_frame(visited(frame, 0.01, {0.01: (0.2, 0.25)}))
        tops.append(top_of(losses))
    assert tops[PATIENCE - 3] >= 3.0
    assert 0.25 <= tops[-1] < 0.75
    assert len(set(tops)) == 2
    # One that has diverged is marked, and does not flatten all else.
    for _ in range(3 * N_FRAMES_OUTSIDE):
        losses.show_frame(visited(frame, 0.01, {0.01: (0.2, 1e9)}))
    assert top_of(losses) == tops[-1]
    assert [label.toPlainText() for label in items(losses, "outsideValue")] == ["1.00e+09"]


def test_the_history_comes_down_to_its_later_half_and_marks_what_it_cuts(course: HistoryPanel, model: Canned) -> None:
    epochs = np.linspace(0.0, 900.0, 400)
    validation = np.where((epochs > 200) & (epochs < 300), 3.0, 0.3)
    tops, shown = [], run_of(model, epochs, train_loss=0.1, validation_loss=validation)
    course.show_frame(shown)
    for _ in range(3 * PATIENCE):
        course.show_again()
    tops_at_rest = top_of(course)
    for _ in range(3 * PATIENCE):
        course.show_frame(replace(shown))
        tops.append(top_of(course))
    assert tops_at_rest == tops[PATIENCE - 3] == 5.0, "to look at a model at rest moves no axis"
    assert tops[-1] == 0.5
    assert len(set(tops)) == 2
    plot, label = plots(course)[0], item(course, "outsideValue")
    assert label.toPlainText() == "3.00"
    assert label.color == QColor(theme.colours().validation)
    (x,), _ = item(course, "outsideMarks").getData()
    assert 200 < x < 300
    assert PlotPixels(plot.vb).area.adjusted(-1, -1, 1, 1).contains(box_of(label, plot))
    # It widens at once for what comes.
    late = np.where(epochs > 880, 1.5, validation)
    course.show_frame(run_of(model, epochs, train_loss=0.1, validation_loss=late))
    assert top_of(course) == 2.0
    # A penalty out of sight is told at the edge as well.
    course.show_frame(run_of(model, epochs, train_loss=0.1, validation_loss=0.3, lam=1e9, penalty_value=2.0))
    told = [(one.toPlainText(), one.color) for one in items(course, "outsideValue")]
    assert ("2.00e+09", QColor(theme.colours().penalty)) in told


def test_both_epoch_axes_widen_to_round_numbers(course: HistoryPanel, model: Canned) -> None:
    for last, end in ((60.0, 100), (99.0, 100), (110.0, 200), (201.0, 500)):
        course.show_frame(run_of(model, np.linspace(0.0, last, 30), train_loss=0.1, validation_loss=0.3, lam=0.1))
        assert [plot.viewRange()[0] for plot in plots(course)] == [[0, end]] * 2


@pytest.mark.parametrize("best_at", [60.0, 300.0, 700.0])
def test_the_words_of_the_best_epoch_keep_off_the_curves(best_at: float, course: HistoryPanel, model: Canned) -> None:
    epochs = np.linspace(0.0, 900.0, 400)
    # The training curve runs where the words used to be: right below the lowest validation loss.
    validation = 0.5 + 0.4 * np.abs(epochs - best_at) / 900.0
    lowest, train = BestMoment(best_at, float(validation.min())), validation - 0.05
    shown = run_of(model, epochs, train_loss=train, validation_loss=validation, lam=1.0, penalty_value=0.2)
    course.show_frame(replace(shown, best=lowest))
    label, plot = item(course, "bestEpochLabel"), plots(course)[0]
    assert label.toPlainText().startswith("best 0.5")
    pixels, box = PlotPixels(plot.vb), box_of(label, plot)
    for curve in (train, validation, np.full(len(epochs), 0.2)):
        assert n_covered(box, pixels.line(epochs, curve), 0.0) == 0
    assert pixels.area.adjusted(-1, -1, 1, 1).contains(box)


def test_the_words_of_lambda_keep_off_the_live_marks(losses: LambdaPanel, model: Canned) -> None:
    frame = model.frame()
    losses.show_lambda(0.01, True)
    losses.show_frame(visited(frame, 0.01, {0.01: (0.9, 0.9)}))
    (plot,) = plots(losses)
    top = top_of(losses)
    for share in np.linspace(0.05, 0.95, 19):
        losses.show_frame(visited(frame, 0.01, {0.01: (share * top, share * top)}))
        words, pixels = box_of(item(losses, "lambdaLabel"), plot), PlotPixels(plot.vb)
        spot = pixels.marks(*item(losses, "liveValidationLoss").getData())
        assert len(spot) == 1
        assert n_covered(words, spot, 5.0) == 0
        assert pixels.area.adjusted(-1, -1, 1, 1).contains(words)


def test_a_spike_leaves_the_history_also_late_and_a_long_rise_stays(course: HistoryPanel, model: Canned) -> None:
    epochs = np.linspace(0.0, 10_000.0, 500)

    def last_top(is_high: Any, **columns: Any) -> float:
        course.show_run_scene(model.run_scene)
        losses = np.where(is_high, 3.0, 0.3)
        shown = run_of(model, epochs, train_loss=0.1, validation_loss=losses, **columns)
        for _ in range(3 * PATIENCE):
            course.show_frame(replace(shown))
        return top_of(course)

    # In the later half of the run, and over: most of the room was empty until it had moved into the earlier one.
    spike = (epochs > 8_000) & (epochs < 9_000)
    assert last_top(spike) == 0.5
    assert [one.toPlainText() for one in items(course, "outsideValue")] == ["3.00"]
    # λ × penalty that rises within the axis and comes down again is no reason to keep it.
    early = epochs < 500
    penalties = np.where(spike, 40.0, 1.0)
    assert last_top(early, lam=0.05, penalty_value=penalties) == 0.5
    # What is still high, or was for long, is what the rest is compared with.
    assert last_top(epochs > 9_000) >= 3.0
    assert last_top((epochs > 6_000) & (epochs < 9_000)) >= 3.0


def test_a_model_that_is_solved_before_it_is_trained_fills_the_axis(course: HistoryPanel, model: Canned) -> None:
    course.show_frame(run_of(model, np.zeros(1), train_loss=4.0, validation_loss=4.4))
    assert top_of(course) == 5.0
    jumped = run_of(model, np.zeros(2), train_loss=np.array([4.0, 0.1]), validation_loss=np.array([4.4, 0.12]))
    for _ in range(3):
        course.show_frame(replace(jumped))
        assert top_of(course) == 0.2
    # What is trained from there on widens it again when it must.
    longer = run_of(model, np.array([0.0, 0.0, 50.0]), train_loss=0.1, validation_loss=np.array([4.4, 0.12, 0.3]))
    course.show_frame(longer)
    assert 0.3 <= top_of(course) <= 0.5
