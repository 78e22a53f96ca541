"""Loss versus λ from a sweep and moments that are handed to it: curves, band, flags, live marks, wishes."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from canned import Canned, dataset_of, visited
from plot_items import hover, item, items, plots, settle, show, tick_texts, view_of, views
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from sweep_curves import LAMBDAS, make_curve
from tables import write_classes, write_sparse

from regdesk.core.sweep.curve import SweepCurve
from regdesk.core.sweep.view import SweepView
from regdesk.core.types import TrainSettings
from regdesk.views.kit import theme
from regdesk.views.sweep.panel import LambdaPanel

CURVE = make_curve(25, 15, 28, 20)
SWEPT_COLUMNS = ["λ", "training loss", "validation loss", "standard error", "weights not zero"]
FLAG_LABELS = [f"{name}FlagLabel" for name in ("bestLambda", "oneStandardErrorLambda", "aic", "bic")]
LIVE_COLUMNS = ["λ (live)", "training loss (live)", "validation loss (live)"]


def view(curve: SweepCurve | None = CURVE, is_busy: bool = False, is_stale: bool = False) -> SweepView:
    return SweepView(curve, is_busy, False, is_stale, "", is_linear=True)


def of_classes() -> SweepCurve:
    """Accuracies from 0.6 to 0.9 and AUROCs a little above."""
    shares = 0.6 + 0.3 * np.arange(len(LAMBDAS)) / len(LAMBDAS)
    return replace(CURVE, accuracy=shares, auroc=shares + 0.05)


@pytest.fixture
def panel(qtbot: Any) -> LambdaPanel:
    found = LambdaPanel()
    show(qtbot, found, 700, 500)
    found.show_lambda(0.01, True)
    return found


@pytest.fixture
def canned(tmp_path: Path) -> Canned:
    settings = TrainSettings(penalty="l1", lam=0.01)
    return Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), hidden=(3,), settings=settings)


def is_empty(panel: LambdaPanel, name: str) -> bool:
    x, _ = item(panel, name).getData()
    return x is None or not len(x)


def click(qtbot: Any, panel: LambdaPanel, x: float, y: float) -> None:
    plot = item(panel, "lossPlot")
    shown = view_of(plot)
    spot = shown.mapFromScene(plot.vb.mapViewToScene(QPointF(x, y)))
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_curves_hold_the_losses_and_the_band_one_standard_error(panel: LambdaPanel) -> None:
    curve = replace(CURVE, converged=np.arange(len(LAMBDAS)) != 7)
    panel.show_sweep(view(curve))
    for name, losses in (
        ("sweptTrainingLoss", curve.train_loss),
        ("sweptValidationLoss", curve.validation_loss),
    ):
        x, y = item(panel, name).getData()
        np.testing.assert_allclose(x, np.log10(curve.lambdas), rtol=1e-12)
        np.testing.assert_array_equal(y, losses)
    edges = sorted((edge.getData()[1] for edge in items(panel, "standardErrorEdge")), key=lambda one: one[0])
    np.testing.assert_allclose(edges[0], curve.validation_loss - curve.validation_se)
    np.testing.assert_allclose(edges[1], curve.validation_loss + curve.validation_se)
    # What is filled between them is drawn anew with each sweep.
    (band,) = [
        one for plot in plots(panel) for one in plot.items if isinstance(one, pg.FillBetweenItem) and one.isVisible()
    ]
    filled = band.path().boundingRect()
    assert filled.top() == pytest.approx((curve.validation_loss - curve.validation_se).min())
    assert filled.bottom() == pytest.approx((curve.validation_loss + curve.validation_se).max())
    # The one point that has not converged has a cross over it.
    for name, losses in (
        ("unconvergedTrainingLoss", curve.train_loss),
        ("unconvergedValidationLoss", curve.validation_loss),
    ):
        x, y = item(panel, name).getData()
        assert x.tolist() == [np.log10(curve.lambdas[7])]
        assert y.tolist() == [losses[7]]


def test_everything_of_a_sweep_lies_in_the_axes(panel: LambdaPanel) -> None:
    panel.show_sweep(view())
    (left, right), (low, high) = item(panel, "lossPlot").viewRange()
    positions = np.log10(CURVE.lambdas)
    assert left < positions.min()
    assert positions.max() < right
    assert low < CURVE.train_loss.min()
    assert (CURVE.validation_loss + CURVE.validation_se).max() < high < 3.0 * CURVE.validation_loss.max()


def test_flags_stand_at_what_the_rules_choose(panel: LambdaPanel) -> None:
    panel.show_sweep(view())
    for name, number in (
        ("bestLambda", CURVE.best),
        ("oneStandardErrorLambda", CURVE.one_standard_error),
        ("aic", CURVE.lowest_aic),
        ("bic", CURVE.lowest_bic),
    ):
        assert item(panel, f"{name}Flag").value() == pytest.approx(np.log10(CURVE.lambdas[number]), rel=1e-12)
    extra, n_fewer = CURVE.cost_of(CURVE.one_standard_error)
    (label,) = items(panel, "oneStandardErrorLambdaFlagLabel")
    assert f"{100 * extra:.1f} % more loss" in label.toPlainText()
    assert str(n_fewer) in label.toPlainText()


def test_flags_that_made_way_stand_at_rest_as_if_nothing_had_been_there(panel: LambdaPanel, canned: Canned) -> None:
    panel.show_sweep(view())

    def places() -> list[tuple[str, float, float]]:
        labels = [one for name in FLAG_LABELS for one in items(panel, name)]
        return [(one.toPlainText(), one.pos().x(), one.pos().y()) for one in labels if one.isVisible()]

    usual = places()
    (label,) = items(panel, "oneStandardErrorLambdaFlagLabel")
    seen = item(panel, "lossPlot").vb
    at = seen.mapSceneToView(label.mapRectToScene(label.boundingRect()).center())
    lam, frame = 10.0 ** at.x(), canned.frame()
    panel.show_frame(visited(frame, lam, {lam: (at.y(), at.y())}))
    assert places() != usual, "a mark was beneath one"
    low = float(CURVE.train_loss.min())
    panel.show_frame(visited(frame, lam, {lam: (low, low)}))
    assert places() != usual, "while the model trains none goes back and forth"
    panel.rest()
    assert places() == usual


def test_numbers_of_weights_stand_along_the_top_with_room_between_them(panel: LambdaPanel) -> None:
    panel.show_sweep(view())
    ticks = tick_texts(item(panel, "lossPlot").getAxis("top"))
    assert len(ticks) > 3
    for place, text in ticks:
        number = int(np.abs(np.log10(CURVE.lambdas) - place).argmin())
        assert int(text) == CURVE.n_nonzero[number]
    pixel = item(panel, "lossPlot").vb.viewPixelSize()[0]
    assert np.diff([place for place, _ in ticks]).min() > 30 * pixel


def test_an_old_sweep_is_dashed_and_says_so(panel: LambdaPanel) -> None:
    panel.show_sweep(view())
    line = item(panel, "sweptTrainingLoss").opts["pen"]
    panel.show_sweep(view(is_stale=True))
    assert panel.readout.startswith("Old:")
    assert line.style() == Qt.PenStyle.SolidLine
    assert item(panel, "sweptTrainingLoss").opts["pen"].style() == Qt.PenStyle.DashLine
    panel.show_sweep(view())
    assert not panel.readout.startswith("Old:")
    assert item(panel, "sweptTrainingLoss").opts["pen"].style() == Qt.PenStyle.SolidLine


def test_other_data_take_the_sweep_away(panel: LambdaPanel) -> None:
    panel.show_sweep(view())
    panel.show_sweep(view(None))
    for name in ("sweptTrainingLoss", "sweptValidationLoss", "standardErrorEdge"):
        assert all(x is None or not len(x) for x, _ in (one.getData() for one in items(panel, name)))
    assert items(panel, "bestLambdaFlag") == []
    assert tick_texts(item(panel, "lossPlot").getAxis("top")) == []


def test_what_comes_down_while_it_is_swept_does_not_leave_the_rest_flat(panel: LambdaPanel) -> None:
    growing = replace(CURVE, is_done=False)
    panel.show_sweep(view(replace(growing, validation_loss=100.0 * CURVE.validation_loss), is_busy=True))
    assert plots(panel)[0].viewRange()[1][1] > 100.0 * CURVE.validation_loss.max()
    panel.show_sweep(view(growing, is_busy=True))
    assert plots(panel)[0].viewRange()[1][1] < 4.0 * CURVE.validation_loss.max()


def test_the_line_stands_at_λ_and_is_off_without_a_penalty(panel: LambdaPanel) -> None:
    assert item(panel, "lambdaLine").value() == pytest.approx(-2.0)
    assert item(panel, "lambdaLabel").toPlainText() == "λ 0.01"
    panel.show_lambda(0.0, True)
    ticks = tick_texts(item(panel, "lossPlot").getAxis("bottom"))
    off = next(place for place, text in ticks if text == "off")
    assert item(panel, "lambdaLine").value() == pytest.approx(off, abs=0.02)
    assert item(panel, "lambdaLabel").toPlainText() == "λ off"
    panel.show_lambda(1e6, True)
    assert item(panel, "lambdaLine").value() == pytest.approx(6.0)
    assert item(panel, "lossPlot").viewRange()[0][1] > 6.0, "the axis widens"
    panel.show_lambda(1e6, False)
    assert items(panel, "lambdaLine") == []


def test_a_click_on_a_point_asks_for_its_λ(qtbot: Any, panel: LambdaPanel) -> None:
    panel.show_sweep(view())
    settle()
    chosen: list[float] = []
    panel.lambda_chosen.connect(chosen.append)
    click(qtbot, panel, float(np.log10(LAMBDAS[20])), float(CURVE.validation_loss[20]))
    assert chosen == [float(LAMBDAS[20])]


def test_rules_ask_for_the_λ_they_choose(panel: LambdaPanel) -> None:
    chosen: list[float] = []
    panel.lambda_chosen.connect(chosen.append)
    panel.choose_best()
    assert chosen == [], "there is no sweep"
    panel.show_sweep(view())
    panel.choose_best()
    panel.choose_one_standard_error()
    assert chosen == [float(LAMBDAS[25]), float(LAMBDAS[15])]


def test_a_point_and_the_live_model_are_read_out(qtbot: Any, panel: LambdaPanel, canned: Canned) -> None:
    panel.show_frame(visited(canned.frame(), float(LAMBDAS[12]), {float(LAMBDAS[12]): (0.125, 0.375)}))
    panel.show_sweep(view())
    settle()
    text = hover(qtbot, panel, item(panel, "lossPlot"), float(np.log10(LAMBDAS[12])), 0.3)
    assert "training 0.125, validation 0.375" in text
    assert "12 weights not zero" in text or "12 of" in text


def test_the_live_model_leaves_a_mark_at_each_λ_it_has_visited(panel: LambdaPanel, canned: Canned) -> None:
    losses = {0.0: (0.1, 0.5), 0.01: (0.15, 0.4), 0.1: (0.3, math.nan)}
    panel.show_frame(visited(canned.frame(), 0.01, losses))
    x, y = item(panel, "liveTrainingLoss").getData()
    np.testing.assert_allclose(x[1:], [-2.0, -1.0])
    assert x[0] < -2.0
    np.testing.assert_array_equal(y, [0.1, 0.15, 0.3])
    x, y = item(panel, "liveValidationLoss").getData()
    np.testing.assert_allclose(x[1:], [-2.0])
    np.testing.assert_array_equal(y, [0.5, 0.4])
    assert "Live at λ 0.01: training 0.150, validation 0.400." in panel.readout
    # What stands there is what is copied, beside a sweep once there is one.
    assert [column.name for column in panel.data_columns()] == LIVE_COLUMNS
    panel.show_sweep(view())
    columns = {column.name: column.cells for column in panel.data_columns()}
    assert list(columns) == [*SWEPT_COLUMNS, *LIVE_COLUMNS]
    for name, wanted in zip(
        columns,
        (
            CURVE.lambdas, CURVE.train_loss, CURVE.validation_loss, CURVE.validation_se, CURVE.n_nonzero,
            [0.0, 0.01, 0.1], [0.1, 0.15, 0.3], [0.5, 0.4, math.nan],
        ),
        strict=True,
    ):  # fmt: skip
        np.testing.assert_array_equal(columns[name], wanted)
    panel.reset()
    assert is_empty(panel, "liveTrainingLoss")
    assert is_empty(panel, "liveValidationLoss")


def test_the_mark_of_a_model_that_rests_is_where_its_losses_are(panel: LambdaPanel, canned: Canned) -> None:
    moved = 0.15 * (1.0 + 1e-6)
    panel.show_frame(visited(canned.frame(), 0.01, {0.01: (0.15, 0.4)}))
    panel.show_frame(visited(canned.frame(), 0.01, {0.01: (moved, 0.4)}))
    assert item(panel, "liveTrainingLoss").getData()[1] == [0.15], "too little to be painted"
    panel.show_frame(visited(canned.frame(), 0.01, {0.01: (moved, 0.4)}))
    assert item(panel, "liveTrainingLoss").getData()[1] == [moved]


def test_axes_that_are_fitted_hold_what_is_to_be_seen_and_no_more(panel: LambdaPanel, canned: Canned) -> None:
    panel.show_frame(visited(canned.frame(), 0.01, {0.001: (0.5, 40.0), 0.01: (0.15, 0.4)}))
    plot = item(panel, "lossPlot")
    assert plot.viewRange()[1][1] >= 40.0
    # A live model alone: all that it has shown.
    panel.fit_axes()
    assert plot.viewRange()[1][1] >= 40.0
    assert plot.viewRange()[1][0] == 0.0
    # Beside a sweep: what the sweep has, and the losses at the λ in force.
    panel.show_sweep(view())
    highest = max(CURVE.train_loss.max(), (CURVE.validation_loss + CURVE.validation_se).max())
    panel.fit_axes()
    assert highest <= plot.viewRange()[1][1] < 2.0 * max(highest, 0.4)
    panel.show_frame(visited(canned.frame(), 0.01, {0.001: (0.5, 40.0), 0.01: (0.15, 3.0 * highest)}))
    panel.fit_axes()
    assert 3.0 * highest <= plot.viewRange()[1][1] < 40.0


def test_a_new_run_leaves_the_sweep_the_axis_that_is_its_own(panel: LambdaPanel, canned: Canned) -> None:
    panel.show_sweep(
        view(replace(CURVE, train_loss=CURVE.train_loss + 5.0, validation_loss=CURVE.validation_loss + 5.0))
    )
    own = plots(panel)[0].viewRange()
    assert own[1][0] > 1.0
    # The live model is far below all that was swept.
    panel.show_frame(visited(canned.frame(), 0.01, {0.01: (0.1, 0.2)}))
    assert plots(panel)[0].viewRange()[1][0] == 0.0
    panel.reset()
    assert plots(panel)[0].viewRange() == own


def test_losses_of_a_model_that_diverges_do_not_widen_the_axis(panel: LambdaPanel, canned: Canned) -> None:
    panel.show_frame(visited(canned.frame(), 0.01, {0.01: (0.5, 0.75)}))
    top = plots(panel)[0].viewRange()[1][1]
    assert 0.75 < top < 4.0
    panel.show_frame(visited(canned.frame(), 0.1, {0.01: (0.5, 0.75), 0.1: (1e6, 1e6)}))
    assert plots(panel)[0].viewRange()[1][1] == top
    assert len(items(panel, "outsideMarks")) == 1


def test_axes_that_are_brought_back_take_line_and_words_with_them(qtbot: Any, panel: LambdaPanel) -> None:
    wide = LambdaPanel()
    show(qtbot, wide, 700, 500)
    for one in (wide, panel):
        one.show_lambda(0.0, True)
    wide.show_lambda(1e-7, True)
    wide.show_lambda(0.0, True)
    off = item(wide, "lambdaLine").value()
    assert item(panel, "lambdaLine").value() > off
    panel.bring_back_picture(wide.picture_memory())
    assert item(panel, "lambdaLine").value() == off
    for place in range(2):
        found, wanted = (item(one, "lambdaLabel").pos() for one in (panel, wide))
        assert (found.x(), found.y()) == pytest.approx((wanted.x(), wanted.y())), place
        # A plot of another size has its words elsewhere, in both alike.
        for one in (panel, wide):
            views(one)[0].setFixedHeight(250)
        settle()


def test_scores_of_classes_stand_beneath_where_there_is_room(qtbot: Any, panel: LambdaPanel) -> None:
    curve = of_classes()
    panel.show_sweep(view(curve))
    settle()
    panel.show_sweep(view(replace(curve)))
    scores, losses = item(panel, "scorePlot"), item(panel, "lossPlot")
    for name, values in (("sweptAccuracy", curve.accuracy), ("sweptAuroc", curve.auroc)):
        x, y = item(panel, name).getData()
        np.testing.assert_allclose(x, np.log10(curve.lambdas))
        np.testing.assert_array_equal(y, values)
    assert scores.viewRange()[1][0] <= 0.6
    assert scores.viewRange()[1][1] >= 1.0
    assert scores.viewRange()[0] == pytest.approx(losses.viewRange()[0])
    assert scores.vb.sceneBoundingRect().top() > losses.vb.sceneBoundingRect().bottom()
    assert item(panel, "scoreLambdaLine").value() == item(panel, "lambdaLine").value()
    panel.show_lambda(0.3, True)
    assert item(panel, "scoreLambdaLine").value() == pytest.approx(np.log10(0.3))
    # They go with the room, and come back when somebody asks for them.
    views(panel)[0].setFixedHeight(200)
    settle()
    assert items(panel, "scorePlot") == []
    (action,) = (one for one in panel.menu_actions() if one.objectName() == "showScoresAction")
    assert not action.isChecked()
    action.trigger()
    assert items(panel, "scorePlot")
    panel.show_sweep(view())
    assert items(panel, "scorePlot") == [], "of numbers there are none"
    # Once it is gone the losses have all the room that they had before it came.
    views(panel)[0].setFixedHeight(400)
    settle()
    fresh = LambdaPanel()
    show(qtbot, fresh, 700, 500)
    fresh.show_sweep(view())
    views(fresh)[0].setFixedHeight(400)
    settle()
    heights = [item(one, "lossPlot").vb.rect().height() for one in (panel, fresh)]
    assert heights[0] == heights[1]
    assert "showScoresAction" not in [one.objectName() for one in panel.menu_actions()]


@pytest.mark.parametrize(
    ("write", "target", "others", "unit"),
    [
        (write_sparse, "y", {}, "loss (standardised)"),
        (write_sparse, "y", {"standardize_target": False}, "loss (units squared)"),
        (write_classes, "colour", {}, "log-loss"),
    ],
)
def test_the_axis_names_the_unit(
    panel: LambdaPanel, tmp_path: Path, write: Any, target: str, others: Any, unit: str
) -> None:
    panel.show_run_scene(Canned.of(dataset_of(write(tmp_path / "data.csv"), target, **others)).run_scene)
    assert item(panel, "lossPlot").getAxis("left").labelText == unit


def test_another_theme_colours_what_is_there(panel: LambdaPanel) -> None:
    panel.show_sweep(view())
    try:
        theme.apply_theme(QApplication.instance(), theme.DARK)
        panel.apply_theme()
        assert item(panel, "sweptTrainingLoss").opts["pen"].color() == QColor(theme.DARK.training)
        assert item(panel, "sweptValidationLoss").opts["pen"].color() == QColor(theme.DARK.validation)
        assert item(panel, "lambdaLine").pen.color() == QColor(theme.DARK.lam)
    finally:
        theme.apply_theme(QApplication.instance(), theme.LIGHT)
