"""The calculator in a window: it follows the live model and λ, and a row is loaded by a click on its point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plot_items import settle
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QDialog
from window_driver import WindowDriver, write_classes, write_curve, write_sparse

from regdesk.app import main
from regdesk.core.fitted.calculation import Calculation
from regdesk.core.fitted.points import PointRows
from regdesk.core.settings.configuration import Configuration
from regdesk.data.files.model_file import read_model
from regdesk.tasks.calculator import point_of_row
from regdesk.tasks.fitted import model_of_snapshot


def look(driver: WindowDriver) -> None:
    driver.wait_model()
    driver.window.docks.bring_up(driver.window.calculator)
    driver.wait(lambda: driver.window.calculator.calculation is not None)


def found_in(driver: WindowDriver) -> Calculation:
    found = driver.window.calculator.calculation
    assert found is not None
    return found


def is_of_the_model(driver: WindowDriver) -> bool:
    """Whether what is shown is, to the last bit, what the model that the window shows would predict."""
    found = found_in(driver)
    assert driver.frame is not None
    model = model_of_snapshot(driver.loaded.dataset, Configuration(), driver.frame.snapshot)
    predictions = model.predictions(PointRows(model.encoding, [found.point]))
    values = predictions.probabilities if predictions.probabilities is not None else predictions.values
    assert values is not None
    return np.ravel(values[0]).tolist() == found.answer.tolist()


def test_it_follows_the_model_while_it_trains_and_rests_with_it(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "4")
    look(driver)
    driver.wait(lambda: is_of_the_model(driver))
    first = found_in(driver)
    driver.run()
    seen: set[float] = set()

    def has_moved() -> bool:
        seen.add(float(found_in(driver).answer[0]))
        return len(seen) > 5

    driver.wait(has_moved)
    driver.pause()
    driver.wait(lambda: is_of_the_model(driver))
    assert found_in(driver).point == first.point
    readout = driver.state["readouts"]["calculatorPanel"]
    assert readout.startswith(f"y is {found_in(driver).answer[0]:.2f} at this point")


def test_lambda_moves_the_exact_model_in_it(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.01"
    )
    look(driver)
    driver.enter("calculatorEdit0", "2.5")
    driver.wait(lambda: found_in(driver).point[0] == 2.5)
    driver.enter("lambdaEdit", "0.02")
    driver.wait(lambda: driver.state["exact"] and is_of_the_model(driver))
    before = found_in(driver).additions[0, 0]
    driver.enter("lambdaEdit", "100")
    driver.wait(lambda: found_in(driver).additions[0, 0] == 0.0 and is_of_the_model(driver))
    assert before > 0.5, "y = 3 a, and a stands above its mean"
    assert np.ptp(found_in(driver).profiles[0].answers) == 0.0
    driver.wait(lambda: driver.state["readouts"]["calculatorPanel"].startswith("Exact optimum: y is"))


@pytest.mark.parametrize("write", [write_curve, write_sparse, lambda path: write_classes(path, 2)])
def test_a_click_on_a_point_loads_its_row(make_window: Any, tmp_path: Path, write: Any) -> None:
    driver: WindowDriver = make_window(write(tmp_path / "rows.csv"), "--hidden", "4")
    driver.wait_model()
    driver.run()
    driver.wait(lambda: driver.snapshot.epoch > 0)
    driver.pause()
    panel = driver.window.data_fit
    scene = driver.snapshot.fit.scene
    assert scene is not None
    (view,) = (one for one in panel.findChildren(object) if one.objectName() == "dataFitPanelView1")
    box = view.getPlotItem().getViewBox()
    number = 3
    row = int(scene.train_rows[number])
    place = np.append(scene.train_places[number], scene.train_targets[number])[:2]
    if scene.kind == "parity":
        place = np.array([scene.train_targets[number], driver.snapshot.fit.train_predictions[number]])
    at = view.mapFromScene(box.mapViewToScene(QPointF(*place.tolist())))
    driver.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
    expected = point_of_row(driver.loaded.table, driver.loaded.dataset, row)
    driver.wait(lambda: driver.window.calculator.calculation is not None and found_in(driver).point == expected)
    assert driver.window.calculator.is_seen
    assert driver.child("calculatorLineBox").value() == driver.loaded.dataset.row_lines[row]


def test_it_is_opened_and_closed_as_other_panels_are(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(write_sparse(tmp_path / "sparse.csv"))
    driver.wait_model()
    settle()
    panel = driver.window.calculator
    assert panel.content is None, "nothing is made of it before it is seen"
    action = driver.child("calculatorViewAction")
    assert action.shortcut().toString() == "Ctrl+7"
    # It stands behind another: who asks for it has it in front, and then away.
    action.trigger()
    assert driver.session.configuration.view.closed_panels == ()
    driver.wait(lambda: panel.content is not None)
    settle()
    action.trigger()
    assert driver.session.configuration.view.closed_panels == ("calculatorPanel",)
    action.trigger()
    assert driver.session.configuration.view.closed_panels == ()
    driver.session.change("seed", 5)
    driver.wait_model()
    driver.wait(lambda: is_of_the_model(driver))


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
def test_a_model_opened_without_its_data_is_asked_in_place_of_the_live_one(make_window: Any, tmp_path: Path) -> None:
    file, path = write_sparse(tmp_path / "sparse.csv"), tmp_path / "m.regdesk"
    words = ["fit", str(file), "--target", "y", "--hidden", "", "--penalty", "l1", "--lam", "0.05", "--save", str(path)]
    assert main([*words, "--json"]) == 0
    file.unlink()
    driver: WindowDriver = make_window("--sample", "two-moons", "--hidden", "")
    look(driver)
    n_live = len(found_in(driver).point)
    driver.window.choose_files([str(path)])
    driver.wait(lambda: driver.window.findChild(QDialog, "modelDialog") is not None)
    driver.click("calculateByModelButton")
    driver.wait(lambda: len(found_in(driver).point) == 8 != n_live)
    driver.enter("calculatorEdit0", "2.5")
    driver.wait(lambda: found_in(driver).point[0] == 2.5)
    model = read_model(path).model
    assert (
        found_in(driver).answer.tolist() == model.predict(PointRows(model.encoding, [found_in(driver).point])).tolist()
    )
    panel = driver.window.calculator
    assert panel.windowTitle() == "Calculator: m.regdesk"
    assert not driver.child("calculatorLineBox").isEnabled()
    (live,) = (one for one in panel.menu_actions() if one.objectName() == "askLiveModelAction")
    live.trigger()
    driver.wait(lambda: len(found_in(driver).point) == n_live and is_of_the_model(driver))
    assert panel.windowTitle() == "Calculator"
