"""Sweeping a linear model in the window: its numbers, its flags, the line that is dragged, and the live trail."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plot_items import hover, item, items, tick_texts, view_of, views
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from window_driver import WindowDriver, write_classes, write_curve, write_sparse

from regdesk.cli import headless
from regdesk.core.linear.cross_validation import sweep
from regdesk.core.linear.path import lambda_grid
from regdesk.core.linear.problem import problem_of
from regdesk.core.types import DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.folds import prepare_folds
from regdesk.session.sweep_service import NO_PENALTY
from regdesk.tasks import linear_sweep
from regdesk.views.docks.panel_menu import panel_menu
from regdesk.workers.sweeping import SweepThread
from regdesk.workers.training import TrainingThread

LASSO = ("--target", "y", "--hidden", "", "--penalty", "l1")


@pytest.fixture
def sparse(tmp_path: Path) -> Path:
    return write_sparse(tmp_path / "sparse.csv")


def panel_of(driver: WindowDriver) -> Any:
    return driver.window.loss_curve


def curve_of(driver: WindowDriver) -> Any:
    return driver.sweep.curve


def is_done(driver: WindowDriver) -> bool:
    return driver.sweep.curve is not None and driver.sweep.curve.is_done and not driver.sweep.is_busy


def sweep_by_click(driver: WindowDriver) -> None:
    driver.wait_model()
    driver.click_action("sweepAction")
    driver.wait(lambda: is_done(driver))


def place_of(driver: WindowDriver, x: float, y: float) -> QPoint:
    """In the window, of a point of the plot."""
    plot = item(panel_of(driver), "lossPlot")
    view = view_of(plot)
    spot: QPoint = view.mapTo(driver.window, view.mapFromScene(plot.vb.mapViewToScene(QPointF(x, y))))
    return spot


def place_of_off(panel: Any) -> float:
    """Where λ = 0 stands, as the axis says."""
    lowest = items(panel, "scorePlot") or items(panel, "lossPlot")
    ticks = tick_texts(lowest[0].getAxis("bottom"))
    return next(place for place, text in ticks if text == "off")


def drag(driver: WindowDriver, x: float) -> None:
    """Take the line at half its height and draw it to ``x`` of the axis."""
    panel, handle = panel_of(driver), driver.window.windowHandle()
    height = float(np.mean(item(panel, "lossPlot").viewRange()[1]))
    start, end = place_of(driver, item(panel, "lambdaLine").value(), height), place_of(driver, x, height)
    QTest.mouseMove(handle, start + QPoint(9, 0))
    QTest.mouseMove(handle, start)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for share in (0.2, 0.5, 0.8, 1.0):
        QTest.mouseMove(handle, start + share * (end - start))
        driver.qtbot.wait(20)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def test_the_curve_has_the_numbers_of_the_sweep_and_the_flags_those_of_the_command(
    make_window: Any, sparse: Path, capsys: Any
) -> None:
    assert headless.run(["sweep", str(sparse), *LASSO, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    folds = prepare_folds(read_table(sparse), DataSettings(target="y"), 0, 5)
    settings = TrainSettings(penalty="l1")
    lambdas = lambda_grid(problem_of(folds.whole, settings), 50)
    points = list(sweep(folds.whole, folds.folds, settings, lambdas))

    driver = make_window(sparse, *LASSO)
    driver.wait_model()
    assert "Press Sweep" in panel_of(driver).readout
    sweep_by_click(driver)
    panel = panel_of(driver)
    for shown, name in (("sweptTrainingLoss", "train_loss"), ("sweptValidationLoss", "validation_loss")):
        x, y = item(panel, shown).getData()
        np.testing.assert_allclose(x, np.log10(lambdas), rtol=1e-12)
        np.testing.assert_allclose(y, [getattr(point, name) for point in points], rtol=1e-12)
    low, high = (edge.getData()[1] for edge in items(panel, "standardErrorEdge"))
    np.testing.assert_allclose(np.abs(high - low), [2 * point.validation_se for point in points], rtol=1e-9)
    assert 10 ** item(panel, "bestLambdaFlag").value() == pytest.approx(record["lambda_best"], rel=1e-12)
    assert 10 ** item(panel, "oneStandardErrorLambdaFlag").value() == pytest.approx(record["lambda_1se"], rel=1e-12)
    curve = curve_of(driver)
    extra, n_fewer = curve.cost_of(curve.one_standard_error)
    text = item(panel, "oneStandardErrorLambdaFlagLabel").toPlainText()
    assert f"{100 * extra:.1f} % more loss" in text
    assert str(n_fewer) in text
    ticks = tick_texts(item(panel, "lossPlot").getAxis("top"))
    counts = dict(zip(np.log10(lambdas), record["n_nonzero"], strict=True))
    assert len(ticks) > 3
    for position, text in ticks:
        assert counts[min(counts, key=lambda one: abs(one - position))] == int(text)

    driver.click_action("useBestLambdaAction")
    driver.wait_state(lam=record["lambda_best"])
    driver.child("useOneStandardErrorLambdaAction").trigger()
    driver.wait_state(lam=record["lambda_1se"])
    assert 10 ** item(panel, "lambdaLine").value() == pytest.approx(record["lambda_1se"], rel=1e-9)

    # A click on a point sets its λ, a drag of the line three digits of any.
    number = 20
    spot = place_of(driver, np.log10(lambdas[number]), points[number].validation_loss)
    QTest.mouseClick(driver.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    driver.wait_state(lam=float(lambdas[number]))
    drag(driver, -2.5)
    lam = driver.wait_state(lam=lambda lam: lam < 0.004)["lam"]
    assert lam == float(f"{lam:.3g}")
    assert np.log10(lam) == pytest.approx(-2.5, abs=0.05)
    assert not driver.part(TrainingThread).is_dragging
    drag(driver, place_of_off(panel))
    driver.wait_state(lam=0.0)

    # Another seed: what is shown is old and says so. Back again it is not.
    driver.child("newSeedAction").trigger()
    driver.wait(lambda: driver.sweep.is_stale)
    assert panel.readout.startswith("Old:") or "Old:" in panel.readout
    assert not driver.child("useBestLambdaAction").isEnabled()


def test_a_cancelled_sweep_keeps_its_points_and_other_data_take_them_away(
    make_window: Any, sparse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    is_held, go_on = threading.Event(), threading.Event()

    def slow(*arguments: Any) -> Any:
        for number, point in enumerate(sweep(*arguments)):
            if number == 10:
                is_held.set()
                go_on.wait(120)
            yield point

    monkeypatch.setattr(linear_sweep, "sweep", slow)
    driver = make_window(sparse, *LASSO, "--run")
    driver.wait_model()
    action = driver.child("sweepAction")
    # Nobody looks: the panel is closed, and drawn when it comes back.
    driver.click_action("sweepAction")
    driver.click("lambdaPanelClose")
    driver.wait(lambda: is_held.is_set() and curve_of(driver) is not None)
    assert action.iconText() == "Cancel"
    # Training goes on beside it.
    epoch = driver.state["epoch"]
    driver.wait_state(epoch=lambda now: now > epoch)
    driver.click_action("sweepAction")
    go_on.set()
    driver.wait(lambda: is_done(driver))
    assert action.iconText() == "Sweep"
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    driver.wait(panel_of(driver).isVisible)
    assert len(curve_of(driver).lambdas) == len(item(panel_of(driver), "sweptTrainingLoss").getData()[0]) == 11
    assert "Cancelled after 11 of 50" in panel_of(driver).readout
    driver.controller.open_file(str(write_curve(tmp_path / "curve.csv")))
    driver.wait(lambda: curve_of(driver) is None)
    x, _ = item(panel_of(driver), "sweptTrainingLoss").getData()
    assert x is None or not len(x)


def test_the_trail_of_a_network_and_what_cannot_be_swept(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, "--target", "y", "--hidden", "4", "--penalty", "l1", "--run")
    driver.wait_model()
    action, panel = driver.child("sweepAction"), panel_of(driver)
    assert action.isEnabled()
    # A λ under which the model has not moved leaves no trace.
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    for lam in ("0.1", "0", "0.02"):
        driver.enter("lambdaEdit", lam)
        driver.wait(lambda lam=lam: driver.frame is not None and driver.snapshot.settings.lam == float(lam))
        driver.wait_state(epoch=lambda epoch, now=driver.state["epoch"]: epoch > now)
    trail = driver.frame.trail
    assert trail is not None
    np.testing.assert_array_equal(trail.lambdas, [0.0, 0.01, 0.02, 0.1])
    driver.pause()
    trail, now = driver.frame.trail, driver.snapshot
    assert trail.train_loss[2] == now.train_loss
    assert trail.validation_loss[2] == now.validation_loss
    positions, losses = item(panel, "liveValidationLoss").getData()
    np.testing.assert_allclose(positions, [place_of_off(panel), *np.log10(trail.lambdas[1:])], atol=0.02)
    pixel = item(panel, "lossPlot").vb.viewPixelSize()[1]
    np.testing.assert_allclose(losses, trail.validation_loss, atol=0.05 * pixel)
    driver.child("resetAction").trigger()
    driver.wait(lambda: driver.frame is not None and driver.snapshot.step == 0)
    assert len(driver.frame.trail.lambdas) == 1
    driver.child("penalty_noneAction").trigger()
    driver.enter("hiddenLayersEdit", "")
    driver.wait(lambda: NO_PENALTY in action.toolTip())


def test_closed_while_it_sweeps_the_thread_ends(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, *LASSO)
    driver.wait_model()
    thread = driver.part(SweepThread)
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_F5)
    assert driver.sweep.is_busy
    assert thread.isRunning()
    driver.window.close()
    assert not thread.isRunning()


def test_of_classes_accuracy_and_auroc_stand_beneath(make_window: Any, tmp_path: Path, sparse: Path) -> None:
    driver = make_window(write_classes(tmp_path / "classes.csv"), "--hidden", "", "--penalty", "l1")
    panel = panel_of(driver)
    sweep_by_click(driver)
    curve = curve_of(driver)
    # They come and go with the room there is, until somebody asks for them.
    view, losses = views(panel)[0], item(panel, "lossPlot")
    view.setFixedHeight(300)
    driver.wait(lambda: bool(items(panel, "scorePlot")))
    scores = item(panel, "scorePlot")
    driver.wait(lambda: scores.vb.height() > 50)
    view.setFixedHeight(200)
    driver.wait(lambda: not scores.isVisible())
    driver.wait(lambda: losses.vb.height() > 100)
    assert losses.getAxis("bottom").style["showValues"]
    actions = {one.objectName(): one for one in panel_menu(panel).actions()}
    assert not actions["showScoresAction"].isChecked()
    actions["showScoresAction"].trigger()
    assert scores.isVisible()
    assert not losses.getAxis("bottom").style["showValues"]
    for name, values in (("sweptAccuracy", curve.accuracy), ("sweptAuroc", curve.auroc)):
        x, y = item(panel, name).getData()
        np.testing.assert_allclose(x, np.log10(curve.lambdas))
        np.testing.assert_array_equal(y, values)
    assert np.nanmin([curve.accuracy, curve.auroc]) >= scores.viewRange()[1][0]
    # One λ axis for both, under the lower one; the lines at the λ in force stand above one another.
    driver.wait(
        lambda: scores.vb.height() > 10 and scores.vb.sceneBoundingRect().top() > losses.vb.sceneBoundingRect().bottom()
    )
    assert scores.vb.viewRange()[0] == pytest.approx(losses.vb.viewRange()[0])
    left, right = (box.sceneBoundingRect() for box in (scores.vb, losses.vb))
    assert (left.left(), left.right()) == pytest.approx((right.left(), right.right()), abs=1)
    assert left.top() > right.bottom()
    driver.enter("lambdaEdit", "0.02")
    driver.wait(lambda: item(panel, "scoreLambdaLine").value() == pytest.approx(np.log10(0.02)))
    number = 25
    text = hover(driver.qtbot, panel, scores, float(np.log10(curve.lambdas[number])), 0.99)
    assert f"accuracy {curve.accuracy[number]:.3f}, AUROC {curve.auroc[number]:.3f}" in text
    assert f"AIC {curve.aic[number]:,.1f}" in text
    # The model without a penalty can be seen live at its place on the axis.
    driver.enter("lambdaEdit", "0")
    driver.wait(lambda: 0.0 in driver.frame.trail.lambdas)
    driver.wait(lambda: item(panel, "liveTrainingLoss").getData()[0][0] < np.log10(curve.lambdas[-1]))
    assert item(panel, "liveTrainingLoss").getData()[0][0] == pytest.approx(place_of_off(panel), abs=0.05)
    # Numbers have neither.
    driver.controller.open_file(str(sparse))
    driver.wait(lambda: curve_of(driver) is None)
    assert not scores.isVisible()
    assert "showScoresAction" not in [one.objectName() for one in panel.menu_actions()]


def test_use_best_follows_a_sweep_that_goes_on(make_window: Any, sparse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweep is held after its first λ, where there is nothing to choose yet, and after the second, which is made
    worse, so that the first is the best until the sweep goes on.
    """

    still_falling, gate = threading.Event(), threading.Event()

    def held(*arguments: Any) -> Any:
        for number, point in enumerate(sweep(*arguments)):
            if number == 1:
                assert still_falling.wait(60)
                yield replace(point, validation_loss=2.0 * point.validation_loss)
                continue
            if number == 2:
                assert gate.wait(60)
            yield point

    monkeypatch.setattr(linear_sweep, "sweep", held)
    driver = make_window(sparse, *LASSO)
    driver.wait_model()
    try:
        driver.click_action("sweepAction")
        driver.wait(lambda: curve_of(driver) is not None and len(curve_of(driver).lambdas) > 0)
        action = driver.child("useBestLambdaAction")
        assert not action.isEnabled()
        assert "there is no λ_best yet" in panel_of(driver).readout
        # A button that does nothing says why, and not what it would do.
        assert "there is no λ_best yet" in action.toolTip()
        assert "follows" not in action.toolTip() + driver.child("useOneStandardErrorLambdaAction").toolTip()
        still_falling.set()
        driver.wait(action.isEnabled)
        assert action.iconText() == "Best so far"
        assert "so far; λ follows until the sweep has ended" in action.toolTip()
        curve = curve_of(driver)
        driver.click_action("useBestLambdaAction")
        first = driver.wait_state(lam=float(curve.lambdas[curve.best]))["lam"]
        assert "λ follows λ_best, so far " in panel_of(driver).readout
    finally:
        still_falling.set()
        gate.set()
    driver.wait(lambda: is_done(driver))
    last = float(curve_of(driver).lambdas[curve_of(driver).best])
    assert driver.wait_state(lam=last)["lam"] < first
    assert action.iconText() == "Use best"
    assert "so far" not in action.toolTip() + panel_of(driver).readout
