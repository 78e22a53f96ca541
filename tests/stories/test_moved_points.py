"""Points that are dragged, added and moved by keys in a whole window, and the degree of a polynomial."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import dataset_of
from plot_items import item, views
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from tables import write_classes, write_curve
from window_driver import WindowDriver

from regdesk.core.model.scale import ModelScale


def pixel_of(view: Any, x: float, y: float) -> QPoint:
    """Where a place of the plot is in its viewport, once the row above it has its height."""
    QApplication.processEvents()
    return view.mapFromScene(view.getPlotItem().vb.mapViewToScene(QPointF(x, y)))


def drag(driver: WindowDriver, view: Any, start: QPoint, stops: list[QPoint]) -> None:
    port, button = view.viewport(), Qt.MouseButton.LeftButton
    driver.qtbot.mousePress(port, button, pos=start)
    for stop in stops:
        driver.qtbot.mouseMove(port, stop)
        driver.qtbot.wait(1)
    driver.qtbot.mouseRelease(port, button, pos=stops[-1])


def wait_cells(driver: WindowDriver, count: int) -> dict[str, str]:
    """Until so many cells are in force and on screen."""
    driver.wait(
        lambda: (
            len(driver.loaded.settings.cells) == count
            and driver.session.configuration.data == driver.loaded.settings
            and driver.frame is not None
            and driver.snapshot.fit.scene is not None
            and driver.snapshot.fit.scene.copy == driver.loaded.settings.cells
        )
    )
    return dict(driver.loaded.settings.cells)


def test_a_point_is_dragged_and_the_optimum_of_the_other_rows_is_shown(make_window: Any, tmp_path: Path) -> None:
    file = write_curve(tmp_path / "curve.csv")
    driver = make_window(file, "--target", "degrees", "--hidden", "", "--penalty", "none", "--degree", "3")
    driver.wait_model()
    driver.wait(lambda: driver.child("solveAction").isEnabled())
    panel = driver.window.data_fit
    (view,) = views(panel)
    dataset = driver.loaded.dataset
    row = int(dataset.split.train[0])
    hour, degrees = float(dataset.inputs[row, 0]), float(dataset.targets[row])
    driver.click("movePointsButton")
    start = pixel_of(view, hour, degrees)
    drag(driver, view, start, [start + QPoint(4, -5), start + QPoint(12, -20)])
    cells = wait_cells(driver, 2)
    number = int(np.flatnonzero(driver.loaded.table.row_lines == dataset.row_lines[row])[0]) + 1
    assert set(cells) == {f"{number}:hour", f"{number}:degrees"}
    assert float(cells[f"{number}:hour"]) > hour
    assert float(cells[f"{number}:degrees"]) > degrees
    moved = dataset_of(file, "degrees", cells=tuple(cells.items()))
    train = moved.split.train
    expected = np.polynomial.Polynomial.fit(moved.inputs[train, 0], moved.targets[train], 3)
    curve = item(panel, "modelCurve")
    driver.wait(lambda: np.allclose(curve.getData()[1], expected(curve.getData()[0]), rtol=1e-6, atol=1e-6))
    assert "moved; the file is untouched." in panel.readout
    assert file.read_text() == write_curve(tmp_path / "again.csv").read_text()
    assert "(your copy)" in driver.child("dataTitle").toolTip() + driver.child("dataTitle").text()
    driver.click("backToFileButton")
    wait_cells(driver, 0)
    assert not driver.child("backToFileButton").isVisible()
    np.testing.assert_array_equal(driver.loaded.dataset.inputs, dataset.inputs)


def test_a_running_network_goes_on_as_it_predicted(make_window: Any, tmp_path: Path) -> None:
    file = write_curve(tmp_path / "curve.csv")
    driver = make_window(file, "--target", "degrees", "--hidden", "4", "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 100)
    dataset = driver.loaded.dataset
    driver.session.change("view.steps_per_second", 10.0)
    seen = [driver.snapshot]

    def is_slow() -> bool:
        """What the engine was in the middle of was still fast: a hundred epochs on a busy machine."""
        if driver.snapshot is not seen[-1]:
            seen.append(driver.snapshot)
        return len(seen) > 1 and seen[-1].epoch - seen[-2].epoch < 4

    def has_begun_again() -> bool:
        if driver.snapshot.run == seen[0].run:
            seen.append(driver.snapshot)
        return driver.snapshot.run > seen[0].run

    driver.wait(is_slow)
    driver.session.change("data.cells", (("2:degrees", "30"), ("41:hour", "12"), ("41:degrees", "0")))
    driver.wait(has_begun_again)
    before = seen[-1]
    wait_cells(driver, 3)
    after = ModelScale.of(driver.loaded.dataset)
    kept = ModelScale.of(dataset).moved_network(before.parameters.astype(float), before.network, after)
    np.testing.assert_allclose(driver.snapshot.parameters, kept, rtol=0.2, atol=0.2)
    assert driver.state["running"]


def test_a_click_adds_a_point_of_the_chosen_class_and_keys_move_it(make_window: Any, tmp_path: Path) -> None:
    file = write_classes(tmp_path / "classes.csv", 2)
    driver = make_window(file, "--target", "colour", "--hidden", "")
    driver.wait_model()
    panel = driver.window.data_fit
    (view,) = views(panel)
    (x_low, x_high), (y_low, y_high) = view.getPlotItem().vb.viewRange()
    driver.click("movePointsButton")
    driver.choose("addedClassBox", "red")
    place = pixel_of(view, x_low + 0.02 * (x_high - x_low), y_high - 0.02 * (y_high - y_low))
    driver.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    cells = wait_cells(driver, 3)
    assert cells["91:colour"] == "red"
    assert float(cells["91:x0"]) == pytest.approx(x_low + 0.02 * (x_high - x_low), abs=0.01 * (x_high - x_low))
    assert driver.state["running"]
    driver.pause()
    view.setFocus()
    driver.qtbot.keyClick(view, Qt.Key.Key_N)
    assert item(panel, "chosenPoint").isVisible()
    left = item(panel, "chosenPoint").getData()[0][0]
    driver.qtbot.keyClick(view, Qt.Key.Key_Right)
    moved = wait_cells(driver, 5 if left != float(cells["91:x0"]) else 3)
    changed = {name: value for name, value in moved.items() if cells.get(name) != value}
    assert max(map(float, changed.values())) > -1e9
    assert driver.window.data_fit.readout.count("your copy") + panel.readout.count("Your copy") >= 1
    # The added point, by the keyboard: it gets the next class, and is deleted; a row of the file stays.
    ring, number = item(panel, "chosenPoint"), len(driver.loaded.dataset.targets)
    for _ in range(number):
        if ring.getData()[0][0] == float(moved["91:x0"]):
            break
        driver.qtbot.keyClick(view, Qt.Key.Key_N)
    names = [action.text() for action in panel.menu_actions()]
    assert names[:3] == ["This point is blue", "This point is red", "Delete this added point"]
    driver.qtbot.keyClick(view, Qt.Key.Key_C)
    driver.wait(lambda: dict(driver.loaded.settings.cells)["91:colour"] == "blue")
    driver.wait(lambda: driver.snapshot.fit.scene is not None)
    wait_cells(driver, len(moved))
    driver.qtbot.keyClick(view, Qt.Key.Key_Delete)
    wait_cells(driver, len([name for name in moved if not name.startswith("91:")]))
    assert not ring.isVisible()
    driver.qtbot.keyClick(view, Qt.Key.Key_N)
    driver.qtbot.keyClick(view, Qt.Key.Key_Delete)
    driver.wait(lambda: "Only a point that you added can be deleted" in driver.state["status"])


def test_the_degree_is_chosen_in_the_picture(make_window: Any, tmp_path: Path) -> None:
    file = write_curve(tmp_path / "curve.csv")
    driver = make_window(file, "--target", "degrees", "--hidden", "", "--penalty", "none")
    driver.wait_model()
    driver.wait(lambda: driver.child("solveAction").isEnabled())
    driver.type_over("fitDegreeSpin", "5")
    driver.wait(lambda: driver.loaded.settings.degree == 5 and driver.snapshot.network.sizes == (5, 1))
    dataset = dataset_of(file, "degrees")
    train = dataset.split.train
    expected = np.polynomial.Polynomial.fit(dataset.inputs[train, 0], dataset.targets[train], 5)
    curve = item(driver.window.data_fit, "modelCurve")
    driver.wait(lambda: np.allclose(curve.getData()[1], expected(curve.getData()[0]), rtol=1e-5, atol=1e-5))
    assert driver.state["n_weights"] == 5
    assert not driver.state["running"]
