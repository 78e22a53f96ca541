"""Plots under a hand: wheel, drag, keys and double click; what the program asks of an axis meanwhile is not lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of, history
from plot_items import item, plots, settle, show, view_of, views
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton
from sweep_curves import make_curve
from tables import write_curve, write_sparse

from regdesk.core.run.frame import Frame
from regdesk.core.settings.configuration import ViewSettings
from regdesk.core.sweep.view import SweepView
from regdesk.views.docks.panel_dock import PanelDock
from regdesk.views.docks.panel_menu import panel_menu
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.sweep.panel import LambdaPanel
from regdesk.views.weights.panel import HistogramPanel


@pytest.fixture
def model(tmp_path: Path) -> Canned:
    return Canned.of(dataset_of(write_curve(tmp_path / "curve.csv"), "degrees"), (2,))


@pytest.fixture
def course(qtbot: Any, model: Canned) -> HistoryPanel:
    panel = show(qtbot, HistoryPanel())
    panel.show_run_scene(model.run_scene)
    panel.show_frame(run_of(model, 100))
    settle()
    return panel


def run_of(model: Canned, n_epochs: int, factor: float = 1.0) -> Frame:
    """Losses that fall from 0.8 to 0.4."""
    losses = factor * np.linspace(0.8, 0.4, n_epochs)
    return model.frame(history=history(np.arange(1.0, n_epochs + 1), train_loss=losses, validation_loss=losses))


def spot_in(plot: Any, across: float = 0.5, up: float = 0.5) -> QPoint:
    """A place of the plot in pixels of its view, in shares of its sides from below on the left."""
    box = plot.vb.sceneBoundingRect()
    place = QPointF(box.left() + across * box.width(), box.bottom() - up * box.height())
    return QPoint(view_of(plot).mapFromScene(place))


def wheel(plot: Any, notches: int = 1, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWheelEvent:
    view, spot = view_of(plot), spot_in(plot)
    event = QWheelEvent(
        QPointF(spot), QPointF(view.viewport().mapToGlobal(spot)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)
    settle()
    return event


def drag(plot: Any, start: QPoint, end: QPoint) -> None:
    port = view_of(plot).viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.6, 1.0):
        # Of moves that follow each other closely pyqtgraph makes no drag before half a second has passed, unless they
        # go far.
        QTest.mouseMove(port, start + share * (end - start))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
    settle()


def double_click(plot: Any, spot: QPoint) -> None:
    view = view_of(plot)
    handle = view.window().windowHandle()
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, pos=view.viewport().mapTo(view.window(), spot))
    settle()


def ranges(plot: Any) -> np.ndarray:
    return np.array(plot.vb.viewRange())


def test_the_wheel_zooms_both_plots_and_the_run_goes_on_behind(course: HistoryPanel, model: Canned) -> None:
    losses, lambdas = plots(course)
    before, lam_before = ranges(losses), ranges(lambdas)
    wheel(losses, 4)
    near = ranges(losses)
    lengths, lengths_before = near[:, 1] - near[:, 0], before[:, 1] - before[:, 0]
    assert (lengths < 0.9 * lengths_before).all()
    # Around the pointer, to a pixel.
    np.testing.assert_allclose(near.mean(axis=1), before.mean(axis=1), atol=0.01 * lengths_before.max())
    # λ beneath has the same epochs, and its own height.
    np.testing.assert_array_equal(ranges(lambdas)[0], near[0])
    np.testing.assert_array_equal(ranges(lambdas)[1], lam_before[1])
    # More epochs and higher losses want other axes: they wait.
    course.show_frame(run_of(model, 1000, factor=5.0))
    np.testing.assert_array_equal(ranges(losses), near)
    assert course.is_zoomed
    course.restore_axes()
    settle()
    assert ranges(losses)[0].tolist() == [0.0, 1000.0]
    assert ranges(lambdas)[0].tolist() == [0.0, 1000.0]
    assert ranges(losses)[1][1] >= 4.0
    assert not course.is_zoomed


def test_a_drag_moves_what_is_seen(course: HistoryPanel) -> None:
    losses = plots(course)[0]
    before = ranges(losses)
    drag(losses, spot_in(losses, 0.5, 0.5), spot_in(losses, 0.75, 0.5))
    shift = 0.25 * (before[0, 1] - before[0, 0])
    px = (before[0, 1] - before[0, 0]) / losses.vb.sceneBoundingRect().width()
    assert ranges(losses)[0].tolist() == pytest.approx([before[0, 0] - shift, before[0, 1] - shift], abs=3 * px)
    assert course.is_zoomed


def test_a_double_click_shows_all_again_and_fits_the_axis(course: HistoryPanel, model: Canned) -> None:
    losses = plots(course)[0]
    frame = run_of(model, 1000)
    frame.history.train_loss[:3] = 40.0
    course.show_frame(frame)
    wheel(losses, 2)
    double_click(losses, spot_in(losses, 0.5, 0.9))
    assert ranges(losses)[0].tolist() == [0.0, 1000.0]
    assert ranges(losses)[1].tolist() == [0.0, 1.0]
    # The fall of the first steps does not take it back.
    course.show_frame(frame)
    assert ranges(losses)[1].tolist() == [0.0, 1.0]


def test_a_double_click_on_a_mark_restores_as_well(course: HistoryPanel, model: Canned) -> None:
    losses, mark = plots(course)[0], item(course, "bestEpoch")
    before = ranges(losses)
    wheel(losses, 2)
    x, y = (0.5 * sum(one) for one in ranges(losses))
    mark.setData([x], [y])
    spot = view_of(losses).mapFromScene(losses.vb.mapViewToScene(QPointF(x, y)))
    assert len(mark.pointsAt(QPointF(x, y))) == 1
    double_click(losses, spot)
    assert not course.is_zoomed
    np.testing.assert_array_equal(ranges(losses)[0], before[0])


def test_keys_zoom_move_and_restore(qtbot: Any, course: HistoryPanel) -> None:
    losses, view = plots(course)[0], views(course)[0]
    before = ranges(losses)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    near = ranges(losses)
    np.testing.assert_allclose(near[:, 1] - near[:, 0], (before[:, 1] - before[:, 0]) / 1.25)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    np.testing.assert_allclose(ranges(losses)[0], near[0] + 0.1 * (near[0, 1] - near[0, 0]))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    settle()
    np.testing.assert_array_equal(ranges(losses), before)


def test_the_dock_has_a_way_back_while_a_plot_is_zoomed(qtbot: Any, model: Canned) -> None:
    course = HistoryPanel()
    window, dock = QMainWindow(), PanelDock(course, "History")
    window.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, dock)
    show(qtbot, window)
    course.show_run_scene(model.run_scene)
    course.show_frame(run_of(model, 100))
    settle()
    button = dock.findChild(QToolButton, "historyPanelWhole")
    assert not button.isVisible()
    losses = plots(course)[0]
    before = ranges(losses)
    wheel(losses, 2)
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    np.testing.assert_array_equal(ranges(losses), before)
    assert not button.isVisible()


def test_the_menu_fits_and_zooms(course: HistoryPanel) -> None:
    losses = plots(course)[0]
    before = ranges(losses)
    entries = {action.text(): action for action in panel_menu(course).actions()}
    entries["Zoom in"].trigger()
    np.testing.assert_allclose(np.diff(ranges(losses)), np.diff(before) / 2.0)
    entries["Fit axes"].trigger()
    settle()
    np.testing.assert_array_equal(ranges(losses), before)


def test_a_logarithmic_axis_lets_go(qtbot: Any, course: HistoryPanel) -> None:
    losses = plots(course)[0]
    wheel(losses, 2)
    course.show_view_settings(ViewSettings(is_log_loss=True))
    settle()
    assert ranges(losses)[1][0] <= -1.0


def test_rows_that_scroll_keep_the_wheel(qtbot: Any, tmp_path: Path) -> None:
    table = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    network = Canned.of(table, (8, 8))
    panel = show(qtbot, HistogramPanel(), 500, 240)
    panel.show_run_scene(network.run_scene)
    panel.show_frame(network.frame())
    settle()
    first = next(one for one in plots(panel) if one.objectName() == "layerWeights")
    before = ranges(first)
    wheel(first, 2)
    np.testing.assert_array_equal(ranges(first), before)
    wheel(first, 2, Qt.KeyboardModifier.ControlModifier)
    assert np.diff(ranges(first)[0]) < 0.95 * np.diff(before[0])
    # Counts keep their ruler, and the ticks of the inputs stand under the bars.
    np.testing.assert_array_equal(ranges(first)[1], before[1])
    rug = next(one for one in plots(panel) if one.objectName() == "weightRug")
    np.testing.assert_array_equal(ranges(rug)[0], ranges(first)[0])


def test_a_double_click_on_a_swept_point_asks_for_its_weights(qtbot: Any) -> None:
    panel = show(qtbot, LambdaPanel())
    curve = make_curve(25, 15, 28, 20)
    panel.show_sweep(SweepView(curve, False, False, False, "", is_linear=True))
    settle()
    plot = plots(panel)[0]
    wheel(plot, 1)
    near, number = ranges(plot), len(curve.lambdas) // 2
    place = plot.vb.mapViewToScene(QPointF(np.log10(curve.lambdas[number]), curve.validation_loss[number]))
    with qtbot.waitSignal(panel.weights_requested) as asked:
        double_click(plot, view_of(plot).mapFromScene(place))
    assert asked.args == [curve.lambdas[number]]
    np.testing.assert_array_equal(ranges(plot), near)
    # Away from the points, if below or above one, it shows all again.
    (left, right), (bottom, top) = near
    place = plot.vb.mapViewToScene(QPointF(np.log10(curve.lambdas[number]), bottom + 0.97 * (top - bottom)))
    assert curve.validation_loss[number] < bottom + 0.8 * (top - bottom)
    double_click(plot, view_of(plot).mapFromScene(place))
    assert np.diff(ranges(plot)[0]) > right - left
