"""The panel of loss versus λ: a sweep's numbers, its flags, the line that is dragged, and the live trail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from picture_driver import hover
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from window_driver import WindowDriver, write_classes, write_curve, write_sparse

from regdesk.cli import headless
from regdesk.core.linear.cross_validation import sweep
from regdesk.core.linear.problem import problem_of
from regdesk.core.types import DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.folds import prepare_folds
from regdesk.session.sweep_service import NO_PENALTY

LASSO = ("--target", "y", "--hidden", "", "--penalty", "l1")


@pytest.fixture
def sparse(tmp_path: Path) -> Path:
    return write_sparse(tmp_path / "sparse.csv")


def panel_of(driver: WindowDriver) -> Any:
    return driver.window.loss_curve


def curve_of(driver: WindowDriver) -> Any:
    return panel_of(driver)._sweep.curve


def is_done(driver: WindowDriver) -> bool:
    view = panel_of(driver)._sweep
    return view is not None and view.curve is not None and view.curve.is_done and not view.is_busy


def sweep_by_click(driver: WindowDriver) -> None:
    driver.wait_model()
    driver.click_action("sweepAction")
    driver.wait(lambda: is_done(driver))


def place_of(driver: WindowDriver, x: float, y: float) -> QPoint:
    """In the window, of a point of the plot."""
    panel = panel_of(driver)
    view = panel._view
    spot: QPoint = view.mapTo(driver.window, view.mapFromScene(panel._plot.vb.mapViewToScene(QPointF(x, y))))
    return spot


def drag(driver: WindowDriver, x: float) -> None:
    """Take the line at half its height and draw it to ``x`` of the axis."""
    panel, handle = panel_of(driver), driver.window.windowHandle()
    height = panel._losses.height(0.5)
    start, end = place_of(driver, panel._line.line.value(), height), place_of(driver, x, height)
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
    lambdas = problem_of(folds.whole, settings).lambda_grid(50)
    points = list(sweep(folds.whole, folds.folds, settings, lambdas))

    driver = make_window(sparse, *LASSO)
    driver.wait_model()
    assert "Press Sweep" in panel_of(driver).readout
    sweep_by_click(driver)
    panel = panel_of(driver)
    for item, name in ((panel._curves.train, "train_loss"), (panel._curves.validation, "validation_loss")):
        x, y = item.getData()
        np.testing.assert_allclose(x, np.log10(lambdas), rtol=1e-12)
        np.testing.assert_allclose(y, [getattr(point, name) for point in points], rtol=1e-12)
    low, high = (edge.getData()[1] for edge in panel._curves._edges)
    np.testing.assert_allclose(high - low, [2 * point.validation_se for point in points], rtol=1e-9)
    flags = panel._flags
    assert 10 ** flags.best.line.value() == pytest.approx(record["lambda_best"], rel=1e-12)
    assert 10 ** flags.one_standard_error.line.value() == pytest.approx(record["lambda_1se"], rel=1e-12)
    curve = curve_of(driver)
    extra, n_fewer = curve.cost_of(curve.one_standard_error)
    text = flags.one_standard_error.label.textItem.toPlainText()
    assert f"+{100 * extra:.1f} % loss" in text
    assert str(n_fewer) in text
    ticks = panel._plot.getAxis("top")._tickLevels[0]
    counts = dict(zip(np.log10(lambdas), record["n_nonzero"], strict=True))
    assert len(ticks) > 3
    for position, text in ticks:
        assert counts[min(counts, key=lambda one: abs(one - position))] == int(text)

    driver.click_action("useBestLambdaAction")
    driver.wait_state(lam=record["lambda_best"])
    driver.child("useOneStandardErrorLambdaAction").trigger()
    driver.wait_state(lam=record["lambda_1se"])
    assert 10 ** panel._line.line.value() == pytest.approx(record["lambda_1se"], rel=1e-9)

    # A click on a point sets its λ, a drag of the line three digits of any.
    number = 20
    spot = place_of(driver, np.log10(lambdas[number]), points[number].validation_loss)
    QTest.mouseClick(driver.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    driver.wait_state(lam=float(lambdas[number]))
    drag(driver, -2.5)
    lam = driver.wait_state(lam=lambda lam: lam < 0.004)["lam"]
    assert lam == float(f"{lam:.3g}")
    assert np.log10(lam) == pytest.approx(-2.5, abs=0.05)
    assert not driver.controller._training.is_dragging
    drag(driver, panel._lambdas.off)
    driver.wait_state(lam=0.0)

    # Another seed: what is shown is old and says so. Back again it is not.
    driver.child("newSeedAction").trigger()
    driver.wait(lambda: panel._sweep.is_old)
    assert panel.readout.startswith("Old:") or "Old:" in panel.readout
    assert not driver.child("useBestLambdaAction").isEnabled()


def test_a_cancelled_sweep_keeps_its_points_and_other_data_take_them_away(
    make_window: Any, sparse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from regdesk.core.linear import cross_validation

    go_on = []

    def slow(*arguments: Any) -> Any:
        for number, point in enumerate(sweep(*arguments)):
            if number == 10:
                go_on.append(True)
                driver.controller._sweeps._thread._wake.wait(120)
            yield point

    monkeypatch.setattr(cross_validation, "sweep", slow)
    driver = make_window(sparse, *LASSO, "--run")
    driver.wait_model()
    action = driver.child("sweepAction")
    # Nobody looks: the panel is closed, and drawn when it comes back.
    driver.click_action("sweepAction")
    driver.click("lambdaPanelClose")
    driver.wait(lambda: bool(go_on) and curve_of(driver) is not None)
    assert action.iconText() == "Cancel"
    # Training goes on beside it.
    epoch = driver.state["epoch"]
    driver.wait_state(epoch=lambda now: now > epoch)
    driver.click_action("sweepAction")
    driver.controller._sweeps._thread._wake.set()
    driver.wait(lambda: is_done(driver))
    assert action.iconText() == "Sweep"
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    driver.wait(panel_of(driver).isVisible)
    assert len(curve_of(driver).lambdas) == len(panel_of(driver)._curves.train.getData()[0]) == 11
    assert "Cancelled after 11 of 50" in panel_of(driver).readout
    driver.controller.open_file(str(write_curve(tmp_path / "curve.csv")))
    driver.wait(lambda: panel_of(driver)._sweep.curve is None)
    assert panel_of(driver)._curves.train.getData()[0] is None or not len(panel_of(driver)._curves.train.getData()[0])


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
    positions, losses = panel._live.validation.getData()
    np.testing.assert_allclose(positions, panel._lambdas.positions(trail.lambdas))
    np.testing.assert_allclose(losses, trail.validation_loss, atol=0.05 * panel._plot.vb.viewPixelSize()[1])
    driver.child("resetAction").trigger()
    driver.wait(lambda: driver.frame is not None and driver.snapshot.step == 0)
    assert len(driver.frame.trail.lambdas) == 1
    driver.child("penalty_noneAction").trigger()
    driver.enter("hiddenLayersEdit", "")
    driver.wait(lambda: NO_PENALTY in action.toolTip())


def test_closed_while_it_sweeps_the_thread_ends(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, *LASSO)
    driver.wait_model()
    thread = driver.controller._sweeps._thread
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_F5)
    assert panel_of(driver)._sweep.is_busy
    assert thread.isRunning()
    driver.window.close()
    assert not thread.isRunning()


def test_of_classes_accuracy_and_auroc_stand_beneath(make_window: Any, tmp_path: Path, sparse: Path) -> None:
    driver = make_window(write_classes(tmp_path / "classes.csv"), "--hidden", "", "--penalty", "l1")
    panel = panel_of(driver)
    sweep_by_click(driver)
    curve = curve_of(driver)
    # They come and go with the room there is, until somebody asks for them.
    panel._view.setFixedHeight(300)
    driver.wait(lambda: panel._scores is not None and panel._scores.is_shown)
    scores = panel._scores
    driver.wait(lambda: scores.plot.vb.height() > 50)
    panel._view.setFixedHeight(200)
    driver.wait(lambda: not scores.is_shown)
    driver.wait(lambda: panel._plot.vb.height() > 100)
    assert panel._plot.getAxis("bottom").style["showValues"]
    actions = {one.objectName(): one for one in panel.context_menu().actions()}
    assert not actions["showScoresAction"].isChecked()
    actions["showScoresAction"].trigger()
    assert scores.is_shown
    assert not panel._plot.getAxis("bottom").style["showValues"]
    for item, values in ((scores.accuracy, curve.accuracy), (scores.auroc, curve.auroc)):
        x, y = item.getData()
        np.testing.assert_allclose(x, np.log10(curve.lambdas))
        np.testing.assert_array_equal(y, values)
    assert np.nanmin([curve.accuracy, curve.auroc]) >= scores.bottom
    # One λ axis for both, under the lower one; the lines at the λ in force stand above one another.
    driver.wait(
        lambda: (
            scores.plot.vb.height() > 10
            and scores.plot.vb.sceneBoundingRect().top() > panel._plot.vb.sceneBoundingRect().bottom()
        )
    )
    assert scores.plot.vb.viewRange()[0] == pytest.approx(panel._plot.vb.viewRange()[0])
    left, right = (box.sceneBoundingRect() for box in (scores.plot.vb, panel._plot.vb))
    assert (left.left(), left.right()) == pytest.approx((right.left(), right.right()), abs=1)
    assert left.top() > right.bottom()
    driver.enter("lambdaEdit", "0.02")
    driver.wait(lambda: scores.line.value() == pytest.approx(np.log10(0.02)))
    number = 25
    text = hover(driver, panel, panel._view, scores.plot, float(np.log10(curve.lambdas[number])), 0.99)
    assert f"accuracy {curve.accuracy[number]:.3f}, AUROC {curve.auroc[number]:.3f}" in text
    assert f"AIC {curve.aic[number]:,.1f}" in text
    # The model without a penalty can be seen live at its place on the axis.
    driver.enter("lambdaEdit", "0")
    driver.wait(lambda: panel._trail is not None and 0.0 in panel._trail.lambdas)
    assert panel._live.train.getData()[0][0] == panel._lambdas.off < np.log10(curve.lambdas[-1])
    # Numbers have neither.
    driver.controller.open_file(str(sparse))
    driver.wait(lambda: panel._sweep.curve is None)
    assert not scores.is_shown
    assert "showScoresAction" not in [one.objectName() for one in panel.menu_actions()]
