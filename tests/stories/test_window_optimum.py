"""The way to the optimum in the window: what is said of it, Solve, and the weights of a sweep in the live model."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plot_items import item, view_of
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sklearn.linear_model import Lasso, Ridge
from window_driver import WindowDriver, write_classes, write_sparse

from regdesk.core.linear import optimum_solver
from regdesk.core.linear.optimum_solver import OptimumSolver
from regdesk.core.stopping import Stopped
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.folds import prepare_folds
from regdesk.session.optimum_service import LOOKING, NETWORK
from regdesk.views.history.marks import change_text
from regdesk.workers.optimum import OptimumThread

LASSO = ("--target", "y", "--hidden", "", "--penalty", "l1", "--lam", "0.1")


@pytest.fixture
def sparse(tmp_path: Path) -> Path:
    return write_sparse(tmp_path / "sparse.csv")


def objective_line(driver: WindowDriver) -> str:
    return str(driver.child("objectiveLine").text())


def training_rows(driver: WindowDriver) -> tuple[Any, Any]:
    dataset = driver.loaded.dataset
    rows = dataset.split.train
    return dataset.standardized_inputs(rows), dataset.standardized_targets(rows)


def lasso_objective(driver: WindowDriver, lam: float) -> tuple[Any, float]:
    inputs, targets = training_rows(driver)
    model = Lasso(alpha=lam, tol=1e-14, max_iter=100_000).fit(inputs, targets)
    residuals = targets - model.predict(inputs)
    return model.coef_, 0.5 * float(np.mean(residuals**2)) + lam * float(np.abs(model.coef_).sum())


def test_solve_puts_the_exact_model_into_the_live_one_and_it_stays(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, *LASSO)
    # Before that it is looked for.
    driver.wait(lambda: objective_line(driver).endswith("times the optimum"))
    expected, least = lasso_objective(driver, 0.1)
    times = driver.state["objective"] / least
    assert times > 2.0
    assert objective_line(driver).endswith(f"· {float(f'{times:.2g}'):g} times the optimum")
    driver.wait(lambda: "times the optimum" in driver.state["readouts"]["lambdaPanel"])
    # At rest, by a click.
    driver.click_action("solveAction")
    driver.wait(lambda: objective_line(driver).endswith("at the optimum"))
    state = driver.wait_still()
    assert state["objective"] == pytest.approx(least, rel=1e-12)
    np.testing.assert_allclose(driver.snapshot.parameters[:-1], expected, atol=1e-8)
    assert state["n_nonzero"] == np.count_nonzero(expected)
    assert state["epoch"] == 0
    assert "Solved for the optimum at λ 0.1: J" in state["status"]
    (change,) = driver.frame.changes
    assert change_text(change) == "epoch 0: solved for the optimum at λ 0.1"
    # Training goes on from there, and stays.
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 50)
    assert driver.state["objective"] == pytest.approx(least, rel=1e-12)
    assert driver.frame.history.train_loss[-1] == pytest.approx(driver.frame.history.train_loss[1], rel=1e-9)
    # Under another λ it is above that one's optimum, and while it trains the key solves, too.
    driver.enter("learningRateEdit", "0.00001")
    driver.enter("lambdaEdit", "0.5")
    expected, least = lasso_objective(driver, 0.5)
    driver.wait(lambda: driver.snapshot.settings.lam == 0.5 and " % above the optimum" in objective_line(driver))
    share = driver.state["objective"] / least - 1.0
    assert float(objective_line(driver).split("·")[-1].split("%")[0]) == pytest.approx(100 * share, rel=0.1)
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_F6)
    driver.wait(lambda: objective_line(driver).endswith("at the optimum"))
    driver.pause()
    np.testing.assert_allclose(driver.snapshot.parameters[:-1], expected, atol=1e-8)
    # Layers make it another question: no optimum, and the reason under the pointer.
    driver.enter("hiddenLayersEdit", "3")
    action = driver.child("solveAction")
    driver.wait(lambda: not action.isEnabled())
    assert action.toolTip() == f"{NETWORK} (F6)"
    driver.wait_state(epoch=0)
    driver.wait_model()
    assert "optimum" not in objective_line(driver)


def test_solve_waits_for_the_answer_unless_the_pressure_changes(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, asked = threading.Event(), []

    class Slow(OptimumSolver):
        def __init__(self, dataset: Any, is_unwanted: Any) -> None:
            super().__init__(dataset, is_unwanted)
            self.is_unwanted = is_unwanted

        def solve(self, settings: Any) -> Any:
            asked.append(settings.lam)
            while not gate.wait(0.002):
                if self.is_unwanted():
                    raise Stopped
            return super().solve(settings)

    monkeypatch.setattr(optimum_solver, "OptimumSolver", Slow)
    driver = make_window(write_classes(tmp_path / "classes.csv"), "--hidden", "", "--penalty", "l2", "--lam", "0.02")
    driver.wait(lambda: LOOKING in objective_line(driver))
    driver.click_action("solveAction")
    assert driver.state["status"] == "Looking for the optimum at λ = 0.02 …"
    # λ has changed: nothing is put in when the answer comes.
    driver.enter("lambdaEdit", "0.04")
    driver.wait(lambda: 0.04 in asked and driver.snapshot.settings.lam == 0.04)
    # Nothing is still while it is looked for.
    digest = driver.state["weights_digest"]
    gate.set()
    # It is shown all the same: the model is paused.
    driver.wait_state(exact=True, lam=0.04)
    assert driver.wait_still()["weights_digest"] == digest
    gate.clear()
    driver.enter("lambdaEdit", "0.03")
    driver.wait(lambda: 0.03 in asked)
    driver.click_action("solveAction")
    gate.set()
    driver.wait_state(exact=False, weights_digest=lambda now: now != digest)
    driver.wait(lambda: objective_line(driver).endswith("at the optimum"))
    assert driver.state["objective"] == pytest.approx(driver.snapshot.objective)
    assert driver.snapshot.kkt_residual < 1e-8
    gate.clear()
    driver.enter("lambdaEdit", "0.05")
    driver.wait(lambda: 0.05 in asked)
    # Closed while it solves: it gives up.
    thread = driver.part(OptimumThread)
    driver.window.close()
    assert not thread.isRunning()


def test_classes_that_can_be_told_apart_have_no_optimum_without_a_penalty(make_window: Any, tmp_path: Path) -> None:
    path = tmp_path / "apart.csv"
    path.write_text("x,side\n" + "".join(f"{n / 7:.3f},{'left' if n < 20 else 'right'}\n" for n in range(40)))
    driver = make_window(path, "--target", "side", "--hidden", "", "--penalty", "none")
    action = driver.child("solveAction")
    driver.wait(lambda: objective_line(driver).endswith("no finite optimum"))
    assert not action.isEnabled()
    assert "There is no best model without a penalty here: separated by x: the classes" in action.toolTip()
    driver.child("penalty_l2Action").trigger()
    driver.wait(action.isEnabled)
    driver.wait(lambda: objective_line(driver).endswith(" the optimum"))


def test_the_weights_of_a_point_of_the_sweep_in_the_live_model(make_window: Any, sparse: Path) -> None:
    driver = make_window(sparse, "--target", "y", "--hidden", "", "--penalty", "l2")
    driver.wait_model()
    driver.click_action("sweepAction")
    panel = driver.window.loss_curve
    sweep = driver.sweep
    driver.wait(lambda: sweep.curve is not None and sweep.curve.is_done and not sweep.is_busy)
    curve = sweep.curve
    number = 25
    spot, plot = QPointF(np.log10(curve.lambdas[number]), curve.validation_loss[number]), item(panel, "lossPlot")
    view = view_of(plot)
    place = view.mapTo(driver.window, view.mapFromScene(plot.vb.mapViewToScene(spot)))
    handle = driver.window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def expected(lam: float) -> Any:
        """Predictions for every row, in the target's units, of the ridge on all rows."""
        whole = prepare_folds(read_table(sparse), DataSettings(target="y"), 0, 5).whole
        rows = whole.split.train
        inputs, targets = whole.standardized_inputs(rows), whole.standardized_targets(rows)
        model = Ridge(alpha=lam * len(rows), tol=1e-14).fit(inputs, targets)
        return whole.target_scaler.invert(model.predict(whole.input_scaler.apply(whole.inputs))[:, np.newaxis])

    def live() -> Any:
        dataset, parameters = driver.loaded.dataset, driver.snapshot.parameters
        outputs = dataset.input_scaler.apply(dataset.inputs) @ parameters[:-1] + parameters[-1]
        return dataset.target_scaler.invert(outputs[:, np.newaxis])

    lam = float(curve.lambdas[number])
    driver.wait_state(status=lambda status: "weights of the sweep at λ" in status.lower())
    assert driver.wait_still()["lam"] == lam
    np.testing.assert_allclose(live(), expected(lam), rtol=1e-10)
    # Of all rows that are not test, so not quite the optimum of those that train.
    driver.wait(lambda: "above the optimum" in objective_line(driver))
    # The menu: those of λ_best, and of the λ in force where no point is near.
    QApplication.sendEvent(panel, QEvent(QEvent.Type.Leave))

    def entries() -> list[Any]:
        return [one for one in panel.menu_actions() if "Weights" in one.objectName()]

    best, point = entries()
    assert [one.isEnabled() for one in (best, point)] == [True, True]
    assert point.data() == lam
    best.trigger()
    lam = float(curve.lambdas[curve.best])
    driver.wait_state(lam=lam)
    driver.wait(lambda: np.allclose(live(), expected(lam), rtol=1e-10))
    # What was swept is no longer in force: nothing to load, and nothing is.
    driver.child("penalty_l1Action").trigger()
    driver.wait(lambda: driver.sweep.is_stale)
    assert not any(one.isEnabled() for one in entries())
    digest = driver.wait_still()["weights_digest"]
    panel.weights_requested.emit(lam)
    driver.wait_state(status=lambda status: "sweep again" in status)
    assert driver.wait_still()["weights_digest"] == digest
