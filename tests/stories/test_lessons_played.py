"""Every lesson played to its end with clicks and keys, and every wrong answer that its questions foresee given.

What a step says was to be seen is checked in figures: by its ``wait``, and by ``TOLD``, what its texts name besides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from data_dialog_driver import DataDialogDriver
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from window_driver import WindowDriver

from regdesk.core.lessons.condition_parser import condition_of
from regdesk.core.lessons.lesson import Step
from regdesk.core.lessons.progress import Progress
from regdesk.data.lessons.bundled import NAMES, TOUR, bundled_lesson
from regdesk.session.lesson_service import LessonService

NO_ANSWER = 123456.789
"""A number that no question has foreseen."""

Play = Callable[[WindowDriver], Any]


def run(driver: WindowDriver) -> None:
    driver.click_action("runAction")


def flat_out(driver: WindowDriver) -> None:
    driver.go_flat_out()


def lam(text: str) -> Play:
    return lambda driver: driver.enter("lambdaEdit", text)


def preset(number: int) -> Play:
    return lambda driver: driver.click(f"lambdaPreset{number}")


def penalty(kind: str) -> Play:
    return lambda driver: driver.choose("penaltyBox", kind)


def key(name: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Play:
    def press(driver: WindowDriver) -> None:
        driver.window.activateWindow()
        driver.wait(driver.window.isActiveWindow)
        driver.qtbot.keyClick(driver.window, name, modifiers)

    return press


def action(name: str) -> Play:
    return lambda driver: driver.click_action(name)


def sample(name: str) -> Play:
    return lambda driver: driver.child(f"sample_{name}").trigger()


def few_points(driver: WindowDriver) -> None:
    """The sweep of a network takes its time: here it is of fewer λ."""
    driver.session.change("sweep.n_lambdas", 4)


def swept(driver: WindowDriver) -> None:
    """Press Sweep, and wait until it has ended."""
    driver.click_action("sweepAction")
    driver.wait(lambda: not driver.sweep.is_busy and not driver.sweep.is_stale and driver.sweep.curve is not None)


def new_seed(driver: WindowDriver) -> None:
    driver.click_action("newSeedAction")
    driver.wait(lambda: driver.loaded.seed == driver.session.configuration.seed)


def pause_in_time(driver: WindowDriver) -> None:
    driver.wait(lambda: driver.state["epoch"] >= 60)
    driver.click_action("runAction")


def standardise(driver: WindowDriver) -> None:
    dialog = DataDialogDriver(driver)
    dialog.open()
    driver.qtbot.keyClick(dialog.child("standardizeInputsBox"), Qt.Key.Key_Space)
    dialog.settle()
    dialog.click("dataApplyButton")
    driver.wait(lambda: driver.loaded.settings.standardize == driver.session.configuration.data.standardize)
    driver.wait(driver.child("solveAction").isEnabled)
    driver.click_action("solveAction")


CONTROL = Qt.KeyboardModifier.ControlModifier
BEST = action("useBestLambdaAction")
SPARSER = key(Qt.Key.Key_B, CONTROL | Qt.KeyboardModifier.ShiftModifier)


def do_it_for_me(driver: WindowDriver) -> None:
    """Press "Do it for me": the values of a sweep are nothing that a lesson could name."""
    button = driver.child("lessonHelpButton")
    driver.wait(button.isVisible)
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


PLAYS: dict[str, tuple[tuple[Play, ...], ...]] = {
    TOUR: ((flat_out, run), (preset(2),), (run, few_points, swept, BEST)),
    "overfitting": ((flat_out, run), (preset(2),), (preset(4),)),
    "lambda-from-0-to-a-billion": ((flat_out, run), (preset(5),), (preset(2),)),
    "corners-and-zeros": ((lam("0.2"),), (lam("0.4"),), (penalty("l2"), lam("1"))),
    "l2-makes-no-zeros": ((preset(5),), (penalty("l1"), lam("0.6")), (preset(3),)),
    "twins": ((preset(3),), (penalty("l2"),), (penalty("elastic-net"),)),
    "choosing-lambda": ((key(Qt.Key.Key_F5),), (do_it_for_me,), (do_it_for_me,)),
    "is-it-luck": ((swept,), (new_seed, swept, new_seed, swept)),
    "inputs-out": ((flat_out, run), ()),
    "early-stopping": ((run, pause_in_time), (flat_out,), ()),
    "scaling": ((preset(3),), (standardise,), (standardise,)),
    "google-l2": ((run,), (action("freezeAction"), run, action("resetAction")), (), (preset(2),)),
    "your-own-data": ((sample("sparse-truth"),), (lam("0"), flat_out, run), (swept, SPARSER)),
}
"""Of every lesson what is done in each step."""
TOLD: dict[tuple[str, int], tuple[str, ...]] = {
    ("overfitting", 2): ("validation_loss > 0.5 and validation_loss < 0.7",),
    ("lambda-from-0-to-a-billion", 0): ("l2_norm > 2.5 and l2_norm < 3.5",),
    ("lambda-from-0-to-a-billion", 1): ("n_zero = 0",),
    ("lambda-from-0-to-a-billion", 2): ("is_collapsed",),
    ("corners-and-zeros", 1): ("weight(blood_pressure) = 0 and weight(body_mass_index) > 0",),
    ("l2-makes-no-zeros", 0): ("n_zero = 0 and n_weights = 10",),
    ("l2-makes-no-zeros", 2): (
        "weight(body_mass_index) != 0 and weight(blood_pressure) != 0 and weight(hdl_cholesterol) != 0",
        "weight(log_triglycerides) != 0",
    ),
    ("twins", 1): ("weight(thermometer_north_c) < -0.41 and weight(thermometer_south_c) > -0.46", "n_zero = 0"),
    ("twins", 2): ("weight(guests_per_100_days) = 0 and weight(bath_minutes) = 0",),
    ("choosing-lambda", 1): ("lam > 0.0085 and lam < 0.0095 and n_nonzero = 8",),
    ("choosing-lambda", 2): ("n_nonzero = 6", "lam > 5 * lambda_best", "n_nonzero_best = 8"),
    ("is-it-luck", 0): ("lambda_best > 0.0085 and lambda_best < 0.0095", "lambda_1se > 0.05"),
    ("is-it-luck", 1): ("lambda_best < 0.001 and lambda_1se > 0.05 and lambda_1se < 0.1",
                        "sweep_loss > 0.245 and sweep_loss < 0.255"),
    ("inputs-out", 0): ("n_weights = 168", "n_zero > n_weights / 2"),
    ("inputs-out", 1): ("n_inputs = 20 and n_inputs_used = 4",),
    ("early-stopping", 0): ("l2_norm > 5 and l2_norm < 7",),
    ("early-stopping", 2): ("l2_norm > 2.5 and l2_norm < 3.5",),
    ("scaling", 0): ("weight(log_triglycerides) > 0.245 and weight(log_triglycerides) < 0.255",
                     "weight(body_mass_index) > weight(log_triglycerides)",
                     "weight(blood_pressure) < weight(log_triglycerides)", "weight(total_cholesterol) = 0"),
    ("scaling", 1): ("weight(total_cholesterol) != 0",),
    ("google-l2", 0): ("train_loss < 0.2 and l2_norm > 15 and l2_norm < 35",),
    ("google-l2", 2): ("train_loss > 0.2",),
}  # fmt: skip


class Reader:
    """Somebody who has opened a lesson in the window."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver
        self.service: LessonService = driver.controller.lessons.holding.service

    @property
    def progress(self) -> Progress:
        assert self.service.progress is not None
        return self.service.progress

    @property
    def figures(self) -> Any:
        return self.progress.all_of(self.driver.controller.lessons.holding.figures())

    def text(self, name: str) -> str:
        return str(self.driver.child(name).text())

    def click(self, name: str) -> None:
        widget = self.driver.child(name)
        self.driver.wait(widget.isVisible)
        self.driver.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def does(self, name: str, number: int) -> None:
        """One step: what it asks for, what it says, and every answer to its question, the wrong ones first."""
        self.driver.wait(lambda: self.service.is_ready)
        step = self.progress.step
        assert self.text("lessonStepTitle") == step.title
        for play in PLAYS[name][number]:
            play(self.driver)
        if step.wait is not None:
            self.driver.wait(lambda: self.progress.now.is_done)
        for told in TOLD.get((name, number), ()):
            assert condition_of(told).holds(self.figures), (told, dict(self.figures))
        assert plain(step.seen) == plain(self.driver.child("lessonSeen").markdown if step.seen else "")
        self.answers(step)

    def answers(self, step: Step) -> None:
        if step.question is None:
            return
        if self.driver.state["running"]:
            # Numbers stand still while they are read.
            self.driver.pause()
        choices = list(enumerate(step.question.choices))
        for place, choice in sorted(choices, key=lambda one: one[1].is_right):
            self.click(f"lessonChoice{place + 1}")
            assert self.text("lessonReply") == choice.reply
            assert self.text("lessonVerdict") == ("Right" if choice.is_right else "Not so")
        for answer in sorted(step.question.numbers, key=lambda one: one.is_right):
            value = NO_ANSWER if answer.value is None else answer.value.value(self.figures)
            self.driver.enter("lessonNumberEdit", f"{value:.12g}")
            assert self.text("lessonReply") == answer.reply, value
        assert self.progress.now.is_answered

    def plays(self, name: str) -> None:
        """The lesson from its beginning to its end, at which all is painted as it is then."""
        self.driver.leave_plots_unpainted()
        if name == TOUR:
            self.driver.child("tourAction").trigger()
        else:
            self.driver.controller.lessons.open_lesson(str(bundled_lesson(name).path))
        assert self.driver.child("lessonDock").isVisible()
        for number in range(len(self.progress.steps)):
            assert self.progress.number == number
            self.does(name, number)
            self.click("lessonNextButton")
        assert "You have done all of" in self.text("lessonEndText")
        self.driver.paint_once()
        self.click("lessonLeaveButton")
        assert not self.driver.child("lessonDock").isVisible()


def plain(markdown: str) -> str:
    document = QTextDocument()
    document.setMarkdown(markdown)
    return document.toPlainText()


@pytest.mark.parametrize("names", [(TOUR, *NAMES[:6]), NAMES[6:]], ids=["first", "second"])
def test_every_lesson_is_played_to_its_end(make_window: Any, names: tuple[str, ...]) -> None:
    driver: WindowDriver = make_window()
    driver.wait_model()
    for name in names:
        Reader(driver).plays(name)


def test_each_lesson_has_a_play_for_each_step() -> None:
    assert {name: len(plays) for name, plays in PLAYS.items()} == {
        name: len(bundled_lesson(name).lesson.steps) for name in (TOUR, *NAMES)
    }
    assert {name for name, _ in TOLD} <= set(PLAYS)
