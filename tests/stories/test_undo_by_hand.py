"""Forty different things are done by hand, undone, and done again: at each step all is as it was, and said in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from data_dialog_driver import DataDialogDriver
from other_settings import write_tables
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from window_driver import WindowDriver

from regdesk.core.settings.selected import selected_weight
from regdesk.session.calculator_service import CalculatorService
from regdesk.session.data_service import DataService

UNSTEADY = ("steps_per_second", "frames_per_second", "status", "readouts")


class Hands:
    """A window whose model rests but for some epochs that it is trained after each thing that begins another run."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver, self.window, self.data = driver, driver.window, driver.part(DataService)
        self.undo, self.redo = driver.child("undoAction"), driver.child("redoAction")
        self.calculator: CalculatorService = driver.part(CalculatorService)

    @property
    def words(self) -> tuple[str, str]:
        return self.undo.text().replace("&", ""), self.redo.text().replace("&", "")

    def seen(self) -> dict[str, Any]:
        """What has to be equal: the settings, the model, what is frozen, asked, and where the panels stand."""
        state = {name: value for name, value in self.driver.state.items() if name not in UNSTEADY}
        return state | {
            "settings": self.driver.session.configuration,
            "ghosts": [id(one) for one in self.window.undoing.ghosts()],
            "frozen": self.driver.child("freezeAction").isChecked(),
            "point": self.calculator.asked,
            "floating": [dock.isFloating() for dock in self.window.docks.docks],
            "theme": self.window.surroundings.theme,
        }

    def settle(self) -> None:
        """Until all that follows from what was done has come to rest."""
        self.driver.wait(lambda: not (self.data.is_reading or self.data.is_preparing))
        self.driver.wait_model()
        # The moment that is shown follows a frame later, and panels come back from a lecture a turn later.
        self.driver.wait(self.is_as_chosen)

    def is_as_chosen(self) -> bool:
        now, state = self.driver.session.configuration, self.driver.state
        is_moment = (state["lam"], state["penalty"]) == (now.training.lam, now.training.penalty)
        return is_moment and (now.view.lecture.is_on or self.window.docks.closed == now.view.closed_panels)

    def train(self, n_epochs: int) -> None:
        for _ in range(n_epochs):
            epoch = self.driver.state["epoch"]
            self.driver.trigger("stepAction")
            self.driver.wait_state(epoch=epoch + 1)

    def trigger(self, name: str) -> Callable[[], None]:
        return lambda: self.driver.child(name).trigger()

    def menu(self, panel: Any, name: str) -> Callable[[], None]:
        def do() -> None:
            (action,) = (one for one in panel.menu_actions() if one.objectName() == name)
            action.trigger()

        return do

    def drag(self, name: str, by_px: int, pause_ms: int = 0) -> Callable[[], None]:
        """With the mouse of the window system held down, over many values."""

        def do() -> None:
            slider, handle, qtbot = self.driver.child(name), self.window.windowHandle(), self.driver.qtbot
            centre = slider.handle_centre(self.driver.session.configuration.training.lam)
            start = slider.mapTo(self.window, QPoint(centre, slider.height() // 2))
            QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
            for number in range(1, 7):
                QTest.mouseMove(handle, start + QPoint(by_px * number // 6, 0))
                qtbot.wait(1 + pause_ms)
            end = start + QPoint(by_px, 0)
            QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
            qtbot.wait(20)

        return do

    def choose_target(self) -> None:
        dialog = DataDialogDriver(self.driver)
        dialog.open()
        box = dialog.child("targetBox")
        box.setCurrentIndex(box.findText("b"))
        dialog.settle()
        dialog.click("dataApplyButton")

    def shape(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """What begins another run, or puts other weights into it."""
        driver, window = self.driver, self.window
        return (
            ("hidden layers 3 → 2,2", lambda: driver.enter("hiddenLayersEdit", "2,2")),
            ("tanh → relu", lambda: driver.choose("activationBox", "relu")),
            ("seed 0 → 1", self.trigger("newSeedAction")),
            ("reset", self.trigger("resetAction")),
            ("target y → b", self.choose_target),
            ("weight a → unit 1 set to 2.5", lambda: window.histogram.weight_set.emit(0, 2.5)),
            ("go on from an earlier moment", self.go_back),
        )

    def go_back(self) -> None:
        self.window.history.epoch_chosen.emit(1.0)
        self.driver.wait_state(epoch=1, earlier=True)
        self.trigger("branchAction")()
        self.driver.wait_state(earlier=False)

    def pressure(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """What changes how the model is trained from now on, and no weight."""
        driver = self.driver
        return (
            ("λ 0.01 → 0.1", lambda: driver.enter("lambdaEdit", "0.1")),
            ("L2 → L1", self.trigger("penalty_l1Action")),
            ("λ 0.01 → ", self.drag("lambdaSlider", -66)),
            ("learning rate 0.01 → 0.03", lambda: driver.enter("learningRateEdit", "0.03")),
            ("λ ", self.trigger("lambdaTimesTenAction")),
            ("batch size full → 8", lambda: driver.enter("batchSizeEdit", "8")),
            ("Adam → momentum", lambda: driver.choose("optimizerBox", "momentum")),
            ("starts of the sweep 1 → 3", self.menu(self.window.loss_curve, "severalStartsAction")),
        )

    def views(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        driver, window = self.driver, self.window
        return (
            ("freeze the picture", self.trigger("freezeAction")),
            ("prior on", lambda: driver.click("priorButton")),
            ("norms over time on", lambda: driver.click("overTimeButton")),
            ("picture of the weights histograms → sorted", lambda: driver.choose("weightsPictureBox", "sorted")),
            ("logarithmic axis on", lambda: driver.click("logAxisButton")),
            ("smoothing of the losses 0 → 0.01", lambda: driver.choose("smoothingBox", "smoothed lightly")),
            ("share of the epochs shown", lambda: driver.choose("historySpanBox", "last 10 %")),
            ("marks of changes off", self.menu(window.history, "changeMarksAction")),
            ("picture of the fit", lambda: driver.choose("fitPictureBox", "slice: 1 column")),
            ("training rows off", self.menu(window.data_fit, "showTrainingRowsAction")),
            ("validation rows off", self.menu(window.data_fit, "showValidationRowsAction")),
            ("fits of other samples on", lambda: driver.click("resampleButton")),
            ("number of other samples 30 → 31", lambda: driver.press("resampleCountSpin", Qt.Key.Key_Up)),
            ("selection", lambda: window.network.part_selected.emit(selected_weight(1))),
            ("speed ", self.trigger("slowerAction")),
            ("the calculator's point", lambda: window.calculator.cell_chosen.emit(0, 1.25)),
            ("let the frozen picture go", self.trigger("freezeAction")),
            ("move a panel", lambda: driver.click("historyPanelFloat")),
            ("panels shown", self.trigger("networkViewAction")),
            ("size of text 100 → ", self.trigger("largerTextAction")),
            ("whole control column off", self.trigger("columnAction")),
            ("lecture on", self.trigger("lectureAction")),
            ("panels of the lecture", self.trigger("historyViewAction")),
            ("lecture off", self.trigger("lectureAction")),
            ("layout ", self.trigger("layout_geometryAction")),
            ("panels as tabs", self.trigger("stackPanelsAction")),
            ("the colours", self.trigger("theme_darkAction")),
        )


# Without a screen no window that is moved is raised.
@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
def test_forty_things_by_hand_are_undone_and_done_again(make_window: Any, tmp_path: Path) -> None:
    file = write_tables(tmp_path) / "first.csv"
    driver: WindowDriver = make_window(file, "--target", "y", "--hidden", "3", "--features", "a,b,c")
    driver.wait_model()
    hands = Hands(driver)
    for panel in (driver.window.calculator, driver.window.network, driver.window.data_fit):
        driver.window.docks.bring_up(panel)
        driver.qtbot.wait(1)
    driver.wait(lambda: hands.calculator.point is not None)
    hands.train(2)
    moments, done = [], []
    for is_of_shape, (words, act) in [
        *((False, one) for one in hands.pressure()),
        *((True, one) for one in hands.shape()),
        *((False, one) for one in hands.views()),
    ]:
        moments.append(hands.seen())
        act()
        hands.settle()
        assert hands.words[0].startswith(f"Undo {words}"), (hands.words, words)
        if is_of_shape:
            hands.train(2)
        done.append(hands.words[0].removeprefix("Undo "))
    moments.append(hands.seen())
    assert len(done) >= 40
    for number in reversed(range(len(done))):
        assert hands.words[0] == f"Undo {done[number]}"
        hands.undo.trigger()
        hands.settle()
        driver.wait(lambda number=number: hands.seen() == moments[number])
        assert hands.words[1] == f"Redo {done[number]}"
    assert not hands.undo.isEnabled()
    for number, words in enumerate(done):
        assert hands.words[1] == f"Redo {words}"
        hands.redo.trigger()
        hands.settle()
        driver.wait(lambda number=number: hands.seen() == moments[number + 1])
    assert not hands.redo.isEnabled()
