"""Undo and redo in a whole window: runs that come back bit for bit, weights, ghosts, the calculator, and the keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from window_driver import WindowDriver, write_sparse

from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture
from regdesk.session.live_model import LiveModel

UNDO = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
REDO = (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)


class Undoing:
    """What is done with the two actions, and what they say."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver
        self.undo, self.redo = driver.child("undoAction"), driver.child("redoAction")

    @property
    def texts(self) -> tuple[str, str]:
        return self.undo.text().replace("&", ""), self.redo.text().replace("&", "")

    def digest(self) -> str:
        return str(self.driver.state["weights_digest"])

    def go(self, action: Any, digest: str, epoch: float) -> None:
        action.trigger()
        self.driver.wait_state(weights_digest=digest, epoch=epoch)

    def train(self, n_epochs: int) -> tuple[str, float]:
        """So many epochs more; where that has led."""
        for _ in range(n_epochs):
            epoch = self.driver.state["epoch"]
            self.driver.trigger("stepAction")
            self.driver.wait_state(epoch=epoch + 1)
        return self.digest(), self.driver.state["epoch"]


def test_a_run_that_was_left_comes_back_and_goes_on_bit_for_bit(make_window: Any, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "table.csv", 60)
    driver: WindowDriver = make_window(file, "--target", "y", "--hidden", "3", "--batch-size", "16")
    driver.wait_model()
    undoing = Undoing(driver)
    assert undoing.texts == ("Undo", "Redo")
    assert not undoing.undo.isEnabled()
    assert "Nothing has been chosen" in undoing.undo.toolTip()
    first = undoing.train(4)
    settings, loaded = driver.session.configuration.training, driver.loaded
    n_steps = driver.snapshot.step

    # Other layers, and other data after them, each trained and left.
    driver.enter("hiddenLayersEdit", "2,2")
    driver.wait_state(epoch=0.0)
    assert undoing.texts[0] == "Undo hidden layers 3 → 2,2"
    second = undoing.train(3)
    driver.child("newSeedAction").trigger()
    driver.wait(lambda: driver.loaded.seed == 1)
    driver.wait_state(epoch=0.0, weights_digest=lambda digest: digest not in (None, second[0]))
    third = undoing.train(2)
    assert undoing.texts == ("Undo seed 0 → 1", "Redo")

    undoing.go(undoing.undo, *second)
    assert driver.loaded is loaded
    undoing.go(undoing.undo, *first)
    assert undoing.texts == ("Undo", "Redo hidden layers 3 → 2,2")
    assert driver.snapshot.step == n_steps

    # It trains on as it would have without interruption.
    again = undoing.train(3)
    trainer = Trainer(loaded.dataset, Architecture(hidden=(3,)), loaded.seed)
    while trainer.epoch < 7:
        trainer.advance(settings, 1)
    assert trainer.snapshot(settings).digest() == again[0]

    # What was left for it comes again as it was; and so does the first, as it is by now.
    undoing.go(undoing.redo, *second)
    undoing.go(undoing.redo, *third)
    assert undoing.texts == ("Undo seed 0 → 1", "Redo")
    undoing.go(undoing.undo, *second)
    undoing.go(undoing.undo, *again)


def test_weights_come_back_after_a_reset_and_after_others_were_put_in(make_window: Any, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "table.csv", 60)
    driver: WindowDriver = make_window(file, "--target", "y", "--hidden", "", "--penalty", "l2")
    driver.wait_model()
    undoing, session = Undoing(driver), driver.session
    model: LiveModel = driver.part(LiveModel)
    trained = undoing.train(5)
    start = driver.loaded

    driver.child("resetAction").trigger()
    driver.wait_state(epoch=0.0)
    assert undoing.texts[0] == "Undo reset"
    undoing.go(undoing.undo, *trained)
    undoing.redo.trigger()
    driver.wait_state(epoch=0.0)
    undoing.go(undoing.undo, *trained)

    # Pressure comes back, and the weights stay; a weight that was set by hand comes back.
    driver.window.histogram.weight_set.emit(0, 5.0)
    driver.wait_state(weights_digest=lambda digest: digest != trained[0])
    changed = undoing.digest()
    assert undoing.texts[0].startswith("Undo weight ")
    driver.enter("lambdaEdit", "0.5")
    assert (undoing.texts[0], session.configuration.training.lam) == ("Undo λ 0.01 → 0.5", 0.5)
    # What was typed is in force: the field has nothing of its own to undo.
    edit = driver.child("lambdaEdit")
    driver.qtbot.keyClick(edit, *UNDO)
    assert (session.configuration.training.lam, edit.text(), undoing.digest()) == (0.01, "0.01", changed)
    driver.qtbot.keyClick(edit, *REDO)
    assert session.configuration.training.lam == 0.5
    # While something is being typed its own undo goes first.
    driver.type_over("lambdaEdit", "7")
    driver.qtbot.keyClick(edit, *UNDO)
    assert (edit.text(), session.configuration.training.lam) != ("7", 0.01)
    driver.press("lambdaEdit", Qt.Key.Key_Escape)
    undoing.undo.trigger()
    undoing.go(undoing.undo, *trained)
    undoing.redo.trigger()
    driver.wait_state(weights_digest=changed)
    undoing.undo.trigger()
    driver.wait_state(weights_digest=trained[0])
    assert (driver.loaded, model.is_running) == (start, False)


# Without a screen no window that is dragged is raised.
@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
def test_ghosts_and_the_point_come_back(make_window: Any, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "table.csv", 60)
    driver: WindowDriver = make_window(file, "--target", "y", "--hidden", "", "--penalty", "l2")
    driver.wait_model()
    undoing, window = Undoing(driver), driver.window
    undoing.train(2)
    window.draw_all()
    freeze = driver.child("freezeAction")
    freeze.trigger()
    ghosts = window.undoing.ghosts()
    assert window.data_fit.has_ghost
    assert undoing.texts[0] == "Undo freeze the picture"
    freeze.trigger()
    assert (window.data_fit.has_ghost, undoing.texts[0]) == (False, "Undo let the frozen picture go")
    undoing.undo.trigger()
    assert (window.undoing.ghosts(), freeze.isChecked()) == (ghosts, True)
    undoing.undo.trigger()
    assert (window.data_fit.has_ghost, freeze.isChecked()) == (False, False)
    undoing.redo.trigger()
    assert window.undoing.ghosts() == ghosts

    # Other data drop what was frozen: it comes back with them.
    before = driver.loaded
    driver.session.change("data.target", "a")
    driver.wait(lambda: driver.loaded is not before)
    driver.wait_model()
    assert not window.data_fit.has_ghost
    undoing.undo.trigger()
    driver.wait(lambda: driver.loaded is before)
    assert (window.data_fit.ghost, freeze.isChecked()) == (ghosts[0], True)
    assert np.isfinite(driver.wait_model()["objective"])

    window.docks.bring_up(window.calculator)
    driver.wait(lambda: window.calculator.calculation is not None)
    point = window.calculator.calculation.point
    window.calculator.cell_chosen.emit(0, 1.25)
    driver.wait(lambda: window.calculator.calculation.point[0] == 1.25)
    assert undoing.texts[0] == "Undo the calculator's point"
    undoing.undo.trigger()
    driver.wait(lambda: window.calculator.calculation.point == point)
    undoing.redo.trigger()
    driver.wait(lambda: window.calculator.calculation.point[0] == 1.25)

    panels_and_colours_come_back(driver, undoing)


def standing(driver: WindowDriver) -> dict[str, tuple[str, ...]]:
    """Which panels share a place with each of them."""
    docks = driver.window.docks
    return {
        one.panel.objectName(): tuple(sorted(other.objectName() for other in docks.tabifiedDockWidgets(one)))
        for one in docks.docks
    }


def panels_and_colours_come_back(driver: WindowDriver, undoing: Undoing) -> None:
    """What a menu and a hand have done to the window; what no person has done is none of it, and stands as it is."""
    docks, themes = driver.window.docks, driver.window.commands.themes
    # By nobody's hand.
    docks.splitDockWidget(docks.docks[0], docks.docks[2], Qt.Orientation.Vertical)
    words, stood = undoing.texts[0], standing(driver)
    assert (words, docks.own_arrangement) == ("Undo the calculator's point", "")
    driver.child("stackPanelsAction").trigger()
    assert undoing.texts[0] == "Undo panels as tabs"
    stacked = standing(driver)
    assert set(map(len, stacked.values())) == {8}
    driver.child("resetLayoutAction").trigger()
    assert undoing.texts[0] == "Undo reset layout"
    driver.child("layout_geometryAction").trigger()
    assert driver.session.configuration.view.layout == "geometry"
    assert undoing.texts[0] == "Undo layout “geometry”"
    before = next(name for name, action in themes.items() if action.isChecked())
    themes["dark"].trigger()
    themes["light"].trigger()
    undoing.undo.trigger()
    assert themes["dark"].isChecked()
    undoing.undo.trigger()
    assert themes[before].isChecked()
    undoing.undo.trigger()
    assert driver.session.configuration.view.layout == "explore"
    undoing.undo.trigger()
    assert standing(driver) == stacked
    undoing.undo.trigger()
    assert (standing(driver), undoing.texts[0]) == (stood, words)
    for _ in range(3):
        undoing.redo.trigger()
    assert driver.session.configuration.view.layout == "geometry"
    # What changes nothing is no step.
    driver.child("layout_geometryAction").trigger()
    undoing.undo.trigger()
    assert undoing.texts == ("Undo reset layout", "Redo layout “geometry”")
    _lay_out_right_after_a_lecture(driver, undoing)
    _move_panels_by_hand(driver, undoing)


def _lay_out_right_after_a_lecture(driver: WindowDriver, undoing: Undoing) -> None:
    """Before the panels have come back from it: what is undone is the layout, and not the end of the lecture."""
    docks, lecture = driver.window.docks, driver.child("lectureAction")
    stood, closed = standing(driver), driver.session.configuration.view.closed_panels
    lecture.trigger()
    driver.wait(lambda: len(docks.closed) > len(closed))
    lecture.trigger()
    driver.child("layout_choose-lambdaAction").trigger()
    undoing.undo.trigger()
    assert (standing(driver), driver.session.configuration.view.closed_panels) == (stood, closed)


def _move_panels_by_hand(driver: WindowDriver, undoing: Any) -> None:
    """One is dragged by its title, and floats by its button; a click on a title moves nothing."""
    dock = driver.window.docks.docks[2]
    bar, stood, words = dock.titleBarWidget(), standing(driver), undoing.texts[0]
    driver.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(40, 8))
    assert undoing.texts[0] == words
    start = QPoint(40, 8)
    begin, end = bar.mapToGlobal(start), QPoint(1800, 1200)
    driver.qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.25, 0.5, 0.75, 1.0):
        driver.qtbot.mouseMove(bar, bar.mapFromGlobal(begin + (end - begin) * share))
    driver.qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=bar.mapFromGlobal(end))
    assert (dock.isFloating(), undoing.texts[0]) == (True, "Undo move a panel")
    undoing.undo.trigger()
    assert (dock.isFloating(), standing(driver), undoing.texts[0]) == (False, stood, words)
    driver.click(f"{dock.panel.objectName()}Float")
    assert dock.isFloating()
    undoing.undo.trigger()
    assert (dock.isFloating(), standing(driver)) == (False, stood)
    undoing.redo.trigger()
    assert (dock.isFloating(), undoing.texts[0]) == (True, "Undo move a panel")
    undoing.undo.trigger()
