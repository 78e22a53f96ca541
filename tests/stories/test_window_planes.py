"""The constraint geometry in the window: clicks on weights, what the items hold, and words that have room."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plot_items import hover, item, items, view_of
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import WindowDriver, write_classes, write_kinds, write_sparse

from regdesk.core.geometry.budget import Budget
from regdesk.core.geometry.budgeted_solution import BudgetedSolutions
from regdesk.core.geometry.class_plane import class_profile
from regdesk.core.geometry.tangency import Tangency
from regdesk.core.linear.problem import problem_of
from regdesk.core.weights.names import weight_name
from regdesk.views.geometry.content import GeometryContent
from regdesk.views.geometry.words import geometry_sentence


def panel_of(driver: WindowDriver) -> Any:
    return driver.window.plane_geometry


def content_of(driver: WindowDriver) -> Any:
    return driver.part(GeometryContent)


def is_shown(driver: WindowDriver) -> bool:
    """Whether the picture is as fine as it gets, and of all that was chosen."""
    return panel_of(driver).findChild(GeometryContent) is not None and panel_of(driver).is_settled


def look(driver: WindowDriver) -> None:
    driver.window.resize(1440, 900)
    driver.wait_model()
    driver.window.docks.bring_up(panel_of(driver))
    driver.wait(lambda: is_shown(driver))


def solve(driver: WindowDriver) -> None:
    driver.trigger("solveAction")
    driver.wait(lambda: driver.geometry.looks[0].picture.tangency.residual < 1e-8)


def click_at(driver: WindowDriver, plot: Any, x: float, y: float) -> None:
    view = view_of(plot)
    spot: QPoint = view.mapTo(driver.window, view.mapFromScene(plot.vb.mapViewToScene(QPointF(x, y))))
    handle = driver.window.windowHandle()
    QTest.mouseMove(handle, spot)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)


def settings_of(driver: WindowDriver) -> Any:
    return driver.snapshot.settings


def assert_words_are_apart(driver: WindowDriver) -> None:
    for plot in content_of(driver).plots:
        if not plot.plot.isVisible():
            continue
        shown = [one.item for one in (*plot.levels, *plot.names.values()) if one.item.isVisible()]
        assert shown
        boxes = [item.mapRectToScene(item.boundingRect()) for item in shown]
        room = plot.plot.vb.sceneBoundingRect().adjusted(-1, -1, 1, 1)
        assert all(room.contains(box) for box in boxes)
        assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
        # Nor is any mark beneath a word.
        for mark in (plot.here, plot.unpenalised, plot.optimum):
            for x, y in zip(*mark.getData(), strict=True):
                spot = plot.plot.vb.mapViewToScene(QPointF(x, y))
                assert not any(box.adjusted(-4, -4, 4, 4).contains(spot) for box in boxes)


def assert_levels_are_off_the_ball(plot: Any) -> None:
    shown = [one.item for one in plot.levels if one.item.isVisible()]
    assert shown
    for label in shown:
        box = plot.plot.vb.mapSceneToView(label.mapRectToScene(label.boundingRect())).boundingRect()
        nearest = [np.clip(0.0, box.left(), box.right()), np.clip(0.0, box.top(), box.bottom())]
        assert plot.look.penalty.value_at(np.array(nearest)) > plot.look.picture.share


def test_weights_that_are_clicked_on_go_onto_an_axis(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.1"
    )
    look(driver)
    solve(driver)
    panel, histogram = panel_of(driver), driver.window.histogram
    weights = driver.snapshot.parameters[:8]
    dead = int(np.flatnonzero(weights == 0)[-1])
    name = "abcdefgh"[dead]
    # Behind another panel, and brought to the front by the click.
    driver.window.docks.bring_up(driver.window.loss_curve)
    driver.wait(lambda: not panel.is_seen)
    click_at(driver, item(histogram, "weightRug"), 0.0, -dead)
    driver.wait(lambda: panel.is_seen and driver.geometry.names == (name, "a"))
    # Why it is zero: the loss's own gradient against λ.
    problem = problem_of(driver.loaded.dataset, settings_of(driver))
    left = problem.inputs @ weights + driver.snapshot.parameters[8] - problem.targets
    reason = driver.geometry.zero
    assert driver.geometry.watched_name == name
    assert reason.pull == pytest.approx(abs(problem.inputs[:, dead] @ left) / len(left), abs=1e-9)
    assert reason.threshold == 0.1
    assert content_of(driver).controls.bar.reason is reason
    assert content_of(driver).why.sentences[0].startswith(f"{driver.geometry.watched_name} is zero because")
    # A bar means the weight nearest to the pointer.
    click_at(driver, item(histogram, "layerWeights"), float(weights[1]), 0.5)
    driver.wait(lambda: driver.geometry.names == ("b", name))
    # The bar of the weight that is asked about, too.
    watched = content_of(driver).controls.watched
    watched.setCurrentIndex(4)
    watched.activated.emit(4)
    driver.wait(lambda: driver.geometry.watched_name == "e")
    assert driver.geometry.names == ("b", name)
    driver.qtbot.mouseClick(content_of(driver).controls.bar, Qt.MouseButton.LeftButton)
    driver.wait(lambda: driver.geometry.names == ("e", "b") and is_shown(driver))
    assert [content_of(driver).controls.across.currentText(), content_of(driver).controls.upwards.currentText()] == [
        "e",
        "b",
    ]


def test_items_hold_what_the_core_found_and_fill_the_plot(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.3"
    )
    # Two that are alive: they touch on an edge.
    driver.session.change_all({"view.geometry.x": 0, "view.geometry.y": 1})
    look(driver)
    solve(driver)
    driver.wait(lambda: is_shown(driver))
    content, view = content_of(driver), driver.geometry
    plot, one = content.plots[0], view.looks[0]
    for curve, contour in zip(plot.contours, one.contours, strict=True):
        np.testing.assert_array_equal(np.column_stack(curve.getData()), contour.line)
    for mark in (plot.here, plot.touch):
        assert [float(part[0]) for part in mark.getData()] == one.picture.here.tolist()
    assert one.picture.optimum == pytest.approx(one.picture.here, abs=1e-6)
    np.testing.assert_array_equal(np.column_stack(plot.path.getData()), one.path)
    # The arrow points down the loss and lies in the wedge.
    arrow = np.column_stack(plot.arrow.getData())
    along = arrow[1] - arrow[0]
    assert along @ -one.picture.tangency.gradient == pytest.approx(
        np.linalg.norm(along) * np.linalg.norm(one.picture.tangency.gradient), rel=1e-12
    )
    wedge = [(corner.x(), corner.y()) for corner in (plot.cone.polygon().at(number) for number in range(3))]
    assert wedge[0] == pytest.approx(one.picture.here)
    sides = [np.subtract(edge, wedge[0]) for edge in wedge[1:]]
    turns = [side[0] * along[1] - side[1] * along[0] for side in sides]
    assert turns[0] * turns[1] < 1e-9
    # Values reach to every edge of what is seen.
    (left, right), (bottom, top) = plot.plot.vb.viewRange()
    grid = one.picture.grid
    assert grid.x_values[0] <= left + 1e-9
    assert grid.x_values[-1] >= right - 1e-9
    assert grid.y_values[0] <= bottom + 1e-9
    assert grid.y_values[-1] >= top - 1e-9
    assert [plot.plot.getAxis(side).labelText for side in ("bottom", "left")] == list(view.names)
    assert_words_are_apart(driver)
    # The contour that the weights are on goes through them, and does not enter the ball that it touches.
    through = np.column_stack(plot.through.getData())
    through = through[np.isfinite(through).all(axis=1)]
    pixel = max(plot.plot.vb.viewPixelSize())
    assert np.hypot(*(through - one.picture.here).T).min() < 3.0 * pixel
    assert np.abs(through).sum(axis=1).min() == pytest.approx(one.picture.share, abs=2.0 * pixel)
    assert_levels_are_off_the_ball(plot)
    # Contours lie too close for the name of the least loss, which the legend has; where both touch is named.
    assert plot.names["free"].place is None
    assert plot.names["touch"].place is not None
    text = hover(driver.qtbot, panel_of(driver), plot.plot, *one.picture.here)
    assert [line.split(" ")[0] for line in text.splitlines()[:2]] == list(view.names)
    # Under another λ the contour still touches this ball, which is not the one of that λ.
    under = Tangency.at(one.picture.here, one.picture.tangency.gradient, one.penalty, 0.2)
    other = replace(view, looks=(replace(one, lam=0.2, picture=replace(one.picture, tangency=under)),))
    assert "touches the diamond, but the pull there is that of another λ" in geometry_sentence(other)
    # The window does not stay there: the model is shown solved under the new λ as soon as that is known.
    for lam in ("0.2", "0.3"):
        driver.enter("lambdaEdit", lam)
        driver.wait(lambda lam=lam: f"L1, λ {lam}: touches the diamond;" in panel_of(driver).readout)
        driver.wait(lambda: is_shown(driver))
    alone_px = plot.plot.vb.sceneBoundingRect().width()
    driver.session.change_all({"view.geometry.x": None, "view.geometry.y": None})
    content.controls.compare.click()
    driver.wait(lambda: len(driver.geometry.looks) == 3 and is_shown(driver))
    assert_words_are_apart(driver)
    assert panel_of(driver).readout.startswith("Press Run: three copies train with your model; same rows, each its ")
    assert content.why.sentences[0].startswith("In the L1 model, c is ")
    assert content.controls.budget.slider.toolTip().startswith("t is that of the model under L1")
    content.controls.compare.click()
    driver.wait(lambda: len(driver.geometry.looks) == 1 and is_shown(driver))
    driver.wait(lambda: plot.plot.vb.sceneBoundingRect().width() > alone_px - 10.0)
    content.controls.compare.click()
    driver.wait(lambda: len(driver.geometry.looks) == 3 and is_shown(driver))
    # Another layout of the docks leaves in front what was brought there.
    driver.window.resize(1024, 700)
    driver.wait(lambda: panel_of(driver).is_seen and is_shown(driver))
    assert_words_are_apart(driver)


def test_words_keep_off_the_marks_in_a_picture_that_only_changes_its_size(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.3"
    )
    # Two that are alive: they touch on an edge.
    driver.session.change_all({"view.geometry.x": 0, "view.geometry.y": 1})
    look(driver)
    solve(driver)
    panel = panel_of(driver)
    driver.wait(lambda: panel.is_settled)
    # No other picture is asked for.
    panel.blockSignals(True)
    view = driver.geometry
    for size in ((1024, 700), (1900, 1000), (1440, 900)):
        driver.window.resize(*size)
        QApplication.processEvents()
        content_of(driver).view.grab()
        assert driver.geometry is view
        assert_words_are_apart(driver)
    panel.blockSignals(False)


@pytest.mark.parametrize("write", [pytest.param(write_classes, marks=pytest.mark.full), write_kinds])
def test_classes_have_a_profile_and_a_budget(make_window: Any, tmp_path: Path, write: Any) -> None:
    driver: WindowDriver = make_window(
        write(tmp_path / "classes.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.05"
    )
    look(driver)
    solve(driver)
    driver.choose("geometryReadingBox", "profile")
    driver.wait(lambda: is_shown(driver) and driver.geometry.looks[0].picture.reading == "profile")
    view = driver.geometry
    picture = view.looks[0].picture
    assert picture.tangency.residual <= 1e-6
    assert picture.tangency.touches
    problem = problem_of(driver.loaded.dataset, settings_of(driver))
    pair = tuple(view.pair)
    profile = class_profile(problem, pair, problem.penalty)
    grid = picture.grid
    for row, column in ((0, 0), (20, 31), (40, 7)):
        point = np.array([grid.x_values[column], grid.y_values[row]])
        assert profile.value_at(point) == pytest.approx(grid.values[row, column], rel=1e-9)
    # Half the budget, and the λ that spends it.
    wanted = 0.5 * view.dial.budget
    driver.type_over("budgetEdit", repr(wanted))
    driver.press("budgetEdit", Qt.Key.Key_Return)
    driver.wait(lambda: driver.geometry.dial.lam > 0.05)
    dial = driver.geometry.dial
    assert dial.budget == pytest.approx(wanted, rel=1e-9)
    # The window is told of its λ with the next frame.
    driver.wait(lambda: driver.state["lam"] == dial.lam)
    assert Budget(BudgetedSolutions(problem)).lambda_for(wanted).lam == pytest.approx(dial.lam, rel=1e-9)


def test_any_layers_weight_can_be_clicked_on(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(
        write_classes(tmp_path / "classes.csv"), "--hidden", "3,3", "--penalty", "l2", "--lam", "0.01"
    )
    look(driver)
    histogram, snapshot = driver.window.histogram, driver.snapshot
    network = snapshot.network
    driver.wait(lambda: len(items(histogram, "layerWeights")) == 3)
    inner = network.weights(snapshot.parameters, 1).ravel()
    chosen = int(np.abs(inner).argmax())
    row = sorted(items(histogram, "layerWeights"), key=lambda one: one.scenePos().y())[1]
    click_at(driver, row, float(inner[chosen]), 0.5)
    position = int(network.weight_offsets[1]) + chosen
    driver.wait(lambda: driver.geometry.pair[0] == position and is_shown(driver))
    name = weight_name(network, position, driver.loaded.dataset.input_names, ("colour",))
    assert name == f"layer 2: unit {chosen // 3 + 1} → unit {chosen % 3 + 1}"
    assert driver.geometry.names[0] == name
    assert driver.geometry.watched == position
    assert content_of(driver).controls.watched.currentText() == name
    assert content_of(driver).controls.reading.toolTip().startswith("In a network the others can only")
