"""What panels and boxes show is what is in force: λ, sentences of the data before, frames of floating panels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from plot_walker import covered
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication
from window_driver import WindowDriver, write_csv, write_sparse

from regdesk.core.fit.scene import ScoresOfTwo
from regdesk.core.model.ranking import rank, score_counts
from regdesk.core.words.number_text import number_text
from regdesk.views.fit.roc_picture import RocPicture
from regdesk.views.geometry.content import GeometryContent
from regdesk.views.geometry.words import INVITATION
from regdesk.views.kit import theme
from regdesk.views.kit.name_room import elided_all
from regdesk.views.plots.axes import quiet_plot
from regdesk.views.plots.free_place import PlotPixels

LASSO = ("--target", "y", "--hidden", "", "--penalty", "l1")
NAMES = ("Culmen length (mm)", "Culmen depth (mm)")
LONG_NAMES = tuple(f"{name} as the mean over all years in which they were measured" for name in NAMES)


@pytest.fixture
def linear(make_window: Any, tmp_path: Path) -> WindowDriver:
    driver: WindowDriver = make_window(str(write_sparse(tmp_path / "sparse.csv")), *LASSO)
    driver.wait_model()
    return driver


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
def test_what_the_panels_of_a_linear_model_show_is_in_force(linear: WindowDriver, tmp_path: Path) -> None:
    begin_all_plots_at_one_distance_from_the_edge(linear)
    take_what_was_typed_away_by_a_preset_equal_to_lambda(linear)
    have_a_frame_around_a_floating_panel(linear, "dark")
    have_a_frame_around_a_floating_panel(linear, "light")
    show_three_digits_of_an_exact_lambda(linear)
    take_the_sentence_of_the_geometry_away_with_other_data(linear, tmp_path)


def begin_all_plots_at_one_distance_from_the_edge(linear: WindowDriver) -> None:
    found = {
        panel.objectName(): view.mapTo(panel, QPoint(0, 0)).x()
        for panel in linear.window.panels
        for view in panel.findChildren(pg.GraphicsView)
        if view.isVisible()
    }
    assert len(found) == 4
    assert len(set(found.values())) == 1, found


def take_what_was_typed_away_by_a_preset_equal_to_lambda(linear: WindowDriver) -> None:
    driver, edit = linear, linear.child("lambdaEdit")
    assert driver.state["lam"] == 0.01
    for leave in (lambda: driver.click("lambdaPreset2"), lambda: driver.window.controls.lambda_chosen.emit(0.01)):
        driver.enter("lambdaEdit", "abc")
        assert edit.text() == "abc"
        leave()
        assert edit.text() == "0.01"
        assert driver.state["lam"] == 0.01
        assert not edit.styleSheet()


def show_three_digits_of_an_exact_lambda(linear: WindowDriver) -> None:
    driver = linear
    driver.click_action("sweepAction")
    driver.wait(lambda: driver.sweep.curve is not None and driver.sweep.curve.is_done)
    curve = driver.sweep.curve
    best = float(curve.lambdas[curve.best])
    driver.click_action("useBestLambdaAction")
    driver.wait_state(lam=best)
    assert len(repr(best)) > 10
    driver.child("hiddenLayersEdit").setFocus()
    assert driver.child("lambdaEdit").text() == number_text(best)
    assert driver.state["lam"] == best


def take_the_sentence_of_the_geometry_away_with_other_data(linear: WindowDriver, tmp_path: Path) -> None:
    driver, panel = linear, linear.window.plane_geometry
    driver.window.docks.bring_up(panel)
    driver.wait(lambda: panel.is_settled)
    before = driver.state["readouts"]["geometryPanel"]
    assert before != INVITATION
    driver.window.docks.bring_up(driver.window.loss_curve)
    hours = np.arange(40.0)
    other = write_csv(tmp_path / "hours.csv", ["hour", "rain", "degrees"], [hours, np.cos(hours), np.sin(hours)])
    driver.controller.open_file(str(other))
    driver.wait_state(file=lambda file: str(file).endswith("hours.csv"))
    driver.wait_model()
    assert driver.state["readouts"]["geometryPanel"] == INVITATION


def have_a_frame_around_a_floating_panel(linear: WindowDriver, choice: str) -> None:
    driver = linear
    driver.child(f"theme_{choice}Action").trigger()
    dock = driver.window.docks.docks[2]
    dock.setFloating(True)
    driver.wait(dock.isVisible)
    image = dock.grab().toImage()
    frame = QColor(theme.colours().quiet_text)
    width, height = image.width(), image.height()
    for x, y in ((0, height // 2), (width - 1, height // 2), (width // 2, 0), (width // 2, height - 1)):
        assert image.pixelColor(x, y) == frame
    assert image.pixelColor(width // 2, height // 2) != frame
    dock.setFloating(False)
    image = dock.grab().toImage()
    assert image.pixelColor(0, image.height() // 2) != frame
    driver.child("theme_lightAction").trigger()


def test_names_that_are_cut_stay_different(qapp: Any) -> None:
    metrics = QFontMetrics(QApplication.font())
    room = metrics.horizontalAdvance("Culmen …th (mm)")
    cut = elided_all(NAMES, metrics, room)
    assert cut[0] != cut[1]
    assert all(metrics.horizontalAdvance(text) <= room for text in cut)


def test_two_weights_have_two_names_at_the_axes(make_window: Any, tmp_path: Path, set_text_scale: Any) -> None:
    set_text_scale(2.0)
    columns = np.random.default_rng(1).normal(size=(3, 40)).round(3)
    driver: WindowDriver = make_window(write_csv(tmp_path / "penguins.csv", [*LONG_NAMES, "y"], columns), *LASSO)
    driver.window.resize(1024, 700)
    driver.wait_model()
    panel = driver.window.plane_geometry
    driver.window.docks.bring_up(panel)
    driver.wait(lambda: panel.is_settled and panel.findChild(GeometryContent) is not None)
    plot = driver.part(GeometryContent).plots[0].plot
    metrics = QFontMetrics(QApplication.font())
    left, bottom = (plot.getAxis(side) for side in ("left", "bottom"))
    driver.wait(lambda: metrics.horizontalAdvance(left.labelText) <= left.size().height())
    assert left.labelText != bottom.labelText
    assert "…" in left.labelText, "else nothing has been cut"


def roc(targets: Any, scores: Any) -> Any:
    """What a fit of two classes says, and nothing else."""
    targets, scores = np.asarray(targets, dtype=np.float64), np.asarray(scores, dtype=np.float64)
    ranking = rank(targets, scores)
    is_called = scores >= 0.5
    odds = float(is_called[targets == 0].mean()), float(is_called[targets == 1].mean())
    return ScoresOfTwo(ranking, ranking, odds, score_counts(targets, scores), False)


@pytest.mark.parametrize("wrong_way", [False, True])
def test_the_words_of_an_roc_keep_off_its_curves_also_below_the_diagonal(qtbot: Any, wrong_way: bool) -> None:
    view = pg.PlotWidget()
    qtbot.addWidget(view)
    view.resize(460, 420)
    quiet_plot(view.getPlotItem(), "", "")
    view.getPlotItem().setRange(xRange=(-0.03, 1.03), yRange=(-0.03, 1.03), padding=0)
    picture = RocPicture(view.getPlotItem())
    with qtbot.waitExposed(view):
        view.show()
    picture.show_scene()
    generator = np.random.default_rng(0)
    targets = np.repeat([0.0, 1.0], 200)
    shift = np.where(targets == 1, 0.18, -0.18) * (-1 if wrong_way else 1)
    scores = np.clip(0.5 + shift + 0.2 * generator.standard_normal(400), 0.0, 1.0)

    class Fit:
        scores_of_two = roc(targets, scores)

    picture.show_frame(Fit(), True, True)  # type: ignore[arg-type]
    picture.show_words(Fit())  # type: ignore[arg-type]
    view.grab()
    box = view.getPlotItem().vb
    pixels = PlotPixels(box)

    def box_of(label: Any) -> QRectF:
        return QRectF(box.mapRectFromScene(label.mapRectToScene(label.boundingRect())))

    assert covered(view) == []
    words = [box_of(label) for label in (picture.figures, picture.point_label) if label.isVisible()]
    assert len(words) == 2
    assert not words[0].intersects(words[1])
    for own in words:
        assert pixels.area.adjusted(-1, -1, 1, 1).contains(own)
    assert (words[0].center().y() < 0.5 * pixels.area.height()) == wrong_way
