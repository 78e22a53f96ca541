"""A lesson in a whole window: what it hides and brings back, one of a stranger, where it goes on, the first start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel
from window_driver import WindowDriver, write_sparse

from regdesk.cli.arguments import parse_window_arguments
from regdesk.core.lessons.named_parts import CONTROL_NAMES, PANEL_NAMES
from regdesk.core.settings.view_table import PANELS
from regdesk.data.lessons.bundled import bundled_lesson
from regdesk.desktop import program
from regdesk.desktop.kept_lessons import KeptLessons
from regdesk.desktop.preferences import Preferences
from regdesk.session.lesson_service import LessonService

OWN = """\
---
title: Own
about: Own data.
file: d.csv
set: data.target = a
set: training.lam = 0.25
hide: penaltyBox, speedSlider, optimizerBox, learningRateEdit, batchSizeEdit
---

# One

show: historyPanel
task: Set λ to 1.
wait: lam = 1
for me: lam = 1

# Two

show: dataFitPanel, geometryPanel
Text.
"""


def write_own(folder: Path) -> Path:
    write_sparse(folder / "d.csv")
    file = folder / "own.md"
    file.write_text(OWN, encoding="utf-8")
    return file


def service_of(driver: WindowDriver) -> LessonService:
    found: LessonService = driver.controller.lessons.holding.service
    return found


def holds_nothing(driver: WindowDriver) -> bool:
    """Nobody has asked for a lesson: what holds them has not even been loaded."""
    return not driver.window.findChildren(LessonService)


def drop(driver: WindowDriver, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none)
    driver.window.dropEvent(event)


def ready(driver: WindowDriver) -> None:
    driver.wait(lambda: service_of(driver).is_ready)


def open_panels(driver: WindowDriver) -> set[str]:
    return {dock.panel.objectName() for dock in driver.window.docks.docks if not dock.isHidden()}


def test_a_lesson_of_a_stranger_is_dropped_hides_what_it_says_and_gives_it_back(
    make_window: Any, tmp_path: Path
) -> None:
    driver: WindowDriver = make_window("--sample", "diabetes", "--speed", "500")
    driver.wait_model()
    before = driver.session.configuration
    drop(driver, write_own(tmp_path))
    ready(driver)
    dock = driver.child("lessonDock")
    assert dock.isVisible()
    assert driver.loaded.source.path == (tmp_path / "d.csv").resolve()
    assert (driver.loaded.dataset.target, driver.state["lam"]) == ("a", 0.25)
    assert open_panels(driver) == {"historyPanel"}
    for name in ("penaltyBox", "speedSlider", "optimizerBox", "batchSizeEdit"):
        assert not driver.child(name).isVisible(), name
    assert driver.child("lambdaEdit").isVisible()
    driver.click("lessonHelpButton")
    driver.wait(lambda: service_of(driver).progress.now.is_done)
    driver.click("lessonNextButton")
    assert open_panels(driver) == {"dataFitPanel", "geometryPanel"}
    driver.click("lessonCloseButton")
    assert not dock.isVisible()
    assert open_panels(driver) == set(PANELS)
    for name in ("penaltyBox", "speedSlider", "optimizerBox", "batchSizeEdit"):
        assert driver.child(name).isVisible(), name
    after = driver.session.configuration
    # How it is looked at is as before; data and model stay with what the lesson has set.
    assert (after.view.steps_per_second, after.view.closed_panels) == (500.0, before.view.closed_panels)
    assert (after.data.target, after.training.lam) == ("a", 1.0)


def test_a_lesson_on_the_command_line_is_opened(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(write_own(tmp_path))
    ready(driver)
    assert driver.child("lessonStepTitle").text() == "One"
    assert driver.loaded.source.path == (tmp_path / "d.csv").resolve()


def test_somebody_who_wants_it_has_again_what_was_open_before(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window("--sample", "diabetes", "--lam", "0.5", "--hidden", "3", "--seed", "2")
    driver.wait_model()
    for epoch in (1, 2):
        driver.trigger("stepAction")
        driver.wait_state(epoch=epoch)
    driver.window.save_session(tmp_path / "kept.regdesk")
    before, digest = driver.session.configuration, driver.state["weights_digest"]
    driver.controller.lessons.open_lesson(str(write_own(tmp_path)))
    for _ in range(2):
        ready(driver)
        driver.click("lessonNextButton")
    assert driver.child("lessonEndText").text().startswith("That was “Own”.")
    assert "kept.regdesk" not in driver.window.windowTitle()
    driver.click("lessonReturnButton")
    driver.wait(lambda: driver.loaded.source.sample == "diabetes")
    # With the weights that were, in the file that they are saved in.
    driver.wait_state(lam=0.5, epoch=2, weights_digest=digest)
    assert driver.window.windowTitle().startswith("kept.regdesk[*]")
    assert not driver.window.isWindowModified()
    driver.trigger("stepAction")
    driver.wait_state(epoch=3)
    assert driver.window.isWindowModified()
    after = driver.session.configuration
    names = ("source", "data", "seed", "architecture", "training", "sweep")
    assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]


def test_layouts_faults_lists_and_keys(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window()
    driver.wait_model()
    find_the_lesson_that_the_tour_names(driver)
    hold_a_lesson_by_the_keyboard_alone(driver)
    show_faults_with_their_lines(driver, tmp_path)
    ask_for_data_that_cannot_be_had(driver, tmp_path)
    begin_a_lesson_of_a_folder_from_the_list(driver, tmp_path)
    bring_back_a_layout_that_was_made_by_hand(driver, tmp_path)


def find_the_lesson_that_the_tour_names(driver: WindowDriver) -> None:
    """While its last step is there, and after it was left: what it tells of is not the first of the list."""
    driver.controller.lessons.open_tour()
    ready(driver)
    driver.click("lessonNextButton")
    driver.click("lessonNextButton")
    for is_left in (False, True):
        if is_left:
            driver.click("lessonCloseButton")
        driver.child("lessonsAction").trigger()
        dialog = driver.child("lessonsDialog")
        assert dialog.lessons.currentItem().text().startswith("Corners and zeros\n")
        dialog.reject()


def bring_back_a_layout_that_was_made_by_hand(driver: WindowDriver, tmp_path: Path) -> None:
    driver.window.docks.docks[2].close_button.click()
    state = bytes(driver.window.docks.layout_state().data())
    driver.controller.lessons.open_lesson(str(write_own(tmp_path)))
    ready(driver)
    assert bytes(driver.window.docks.layout_state().data()) != state
    driver.click("lessonCloseButton")
    assert open_panels(driver) == set(PANELS) - {"historyPanel"}
    assert driver.session.configuration.view.closed_panels == ("historyPanel",)


def show_faults_with_their_lines(driver: WindowDriver, tmp_path: Path) -> None:
    before = driver.session.configuration
    file = tmp_path / "bad.md"
    file.write_text(OWN.replace("wait: lam = 1", "wait: lamda = 1"), encoding="utf-8")
    driver.controller.lessons.open_lesson(str(file))
    dialog = driver.child("lessonsDialog")
    assert dialog.isVisible()
    assert driver.child("lessonsProblem").text() == (
        "bad.md cannot be held:\nbad.md, line 14: wait: there is no figure lamda; did you mean lam?"
    )
    assert driver.session.configuration == before
    driver.controller.lessons.open_lesson(str(tmp_path / "gone.md"))
    assert driver.state["status"] == "gone.md: there is no such file."
    dialog.reject()


def ask_for_data_that_cannot_be_had(driver: WindowDriver, tmp_path: Path) -> None:
    """The lesson says so."""
    file = write_own(tmp_path)
    file.write_text(OWN.replace("data.target = a", "data.target = nothing"), encoding="utf-8")
    driver.controller.lessons.open_lesson(str(file))
    driver.wait(lambda: bool(driver.child("lessonTrouble").text().startswith("d.csv")))
    assert "nothing" in driver.child("lessonTrouble").text()
    driver.click("lessonCloseButton")


def begin_a_lesson_of_a_folder_from_the_list(driver: WindowDriver, tmp_path: Path) -> None:
    driver.child("lessonsAction").trigger()
    dialog = driver.child("lessonsDialog")
    assert dialog.lessons.item(0).text().startswith("Overfitting\n")
    write_own(tmp_path)
    (tmp_path / "bad.md").write_text("nothing")
    dialog.folder_chosen.emit(str(tmp_path))
    rows = [dialog.lessons.item(row).text() for row in range(dialog.lessons.count())]
    assert rows[-3] == tmp_path.name
    assert rows[-2].startswith("✗  bad.md\nbad.md, line 1: a lesson begins with a header")
    assert rows[-1] == "Own\nOwn data."
    dialog.lessons.setCurrentRow(dialog.lessons.count() - 1)
    driver.qtbot.keyClick(dialog.lessons, Qt.Key.Key_Return)
    ready(driver)
    assert not dialog.isVisible()
    assert driver.child("lessonStepTitle").text() == "One"
    driver.click("lessonCloseButton")


def hold_a_lesson_by_the_keyboard_alone(driver: WindowDriver) -> None:
    window, qtbot = driver.window, driver.qtbot

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(window.focusWidget() or window, key, modifier)

    window.activateWindow()
    driver.wait(window.isActiveWindow)
    press(Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    dialog = driver.child("lessonsDialog")
    driver.wait(dialog.isVisible)
    dialog.lessons.setCurrentRow(3)
    qtbot.keyClick(dialog.lessons, Qt.Key.Key_Return)
    ready(driver)
    window.activateWindow()
    driver.wait(window.isActiveWindow)
    press(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    driver.wait(lambda: service_of(driver).progress.now.is_done)
    assert driver.child("lessonNumberEdit").isVisible()
    for _ in range(100):
        if window.focusWidget() is driver.child("lessonNumberEdit"):
            break
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_Return)
    assert driver.child("lessonVerdict").text() == "Right"
    press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    # A key holds its button down for a moment.
    driver.wait(lambda: service_of(driver).progress.number == 1)
    ready(driver)
    press(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    driver.wait(lambda: service_of(driver).progress.now.is_done)
    driver.wait(driver.child("lessonChoice1").isVisible)
    reached: list[str] = []
    while not reached or (reached[-1] != "lessonNextButton" and len(reached) < 200):
        press(Qt.Key.Key_Tab)
        reached.append(window.focusWidget().objectName())
    assert reached[-5:] == ["lessonChoice1", "lessonChoice2", "lessonChoice3", "lessonBackButton", "lessonNextButton"]
    driver.click("lessonCloseButton")


@pytest.fixture
def make_first(qtbot: Any, engine: None, make_window: Any, tmp_path: Path) -> Iterator[Callable[..., WindowDriver]]:
    """A window as a person starts it, who has preferences of their own."""
    made: list[WindowDriver] = []

    def make(*words: str, asks: bool = True, folder: Path = tmp_path) -> WindowDriver:
        settings = QSettings(str(folder / "r.ini"), QSettings.Format.IniFormat)
        window, controller = program.build(parse_window_arguments(list(words)), Preferences(settings), asks=asks)
        made.append(WindowDriver(window, controller, qtbot))
        return made[-1]

    yield make
    for driver in made:
        driver.window.close()
        driver.controller.shut_down()
        driver.window.deleteLater()


def test_the_first_start_of_a_person_opens_the_tour_and_the_second_does_not(make_first: Any, tmp_path: Path) -> None:
    driver = make_first()
    driver.wait(lambda: service_of(driver).is_ready)
    assert driver.child("lessonTitle").toolTip() or driver.child("lessonStepTitle").text() == "See it overfit"
    driver.click("lessonHelpButton")
    driver.wait(lambda: service_of(driver).progress.now.is_done)
    driver.click("lessonNextButton")
    driver.click("lessonCloseButton")
    driver.window.close()
    assert KeptLessons(Preferences(QSettings(str(tmp_path / "r.ini"), QSettings.Format.IniFormat))).recalled() == {
        "tour": (1, 3)
    }
    again = make_first()
    again.wait_model()
    assert holds_nothing(again)


@pytest.mark.parametrize(
    "words", [["--sample", "two-moons"], ["--run"], ["--target", "x"], ["a.csv"], ["--screenshot", "p.png"]]
)
def test_who_asks_for_something_is_shown_that(words: list[str]) -> None:
    assert not program.asks_for_nothing(parse_window_arguments(words))
    assert program.asks_for_nothing(parse_window_arguments([]))


def test_a_script_is_shown_nothing_and_panels_and_controls_are_called_as_lessons_call_them(make_first: Any) -> None:
    driver = make_first(asks=False)
    driver.wait_model()
    assert holds_nothing(driver)
    for name, panel in PANEL_NAMES.items():
        dock = next(one for one in driver.window.docks.docks if one.panel.objectName() == panel)
        assert name in (dock.windowTitle(), dock.panel.windowTitle(), dock.toggleViewAction().text())
    labels = {label.text().replace("&", "") for label in driver.window.findChildren(QLabel)}
    assert set(CONTROL_NAMES) <= labels


def test_a_lesson_goes_on_where_it_was_left(make_first: Any, tmp_path: Path) -> None:
    driver = make_first("--sample", "two-moons")
    lessons = driver.controller.lessons
    assert lessons.memory is not None
    path = str(bundled_lesson("twins").path)
    lessons.open_lesson(path)
    # In its first second the window reads what nobody has asked for: the lesson comes after it.
    assert service_of(driver).progress is None
    assert driver.state["status"] == "The lesson opens as soon as Two moons has been read …"
    driver.wait(lambda: service_of(driver).progress is not None)
    ready(driver)
    driver.click("lambdaPreset3")
    driver.wait(lambda: service_of(driver).progress.now.is_done)
    driver.qtbot.waitUntil(driver.child("lessonChoice1").isVisible)
    driver.click("lessonChoice1")
    driver.click("lessonCloseButton")
    driver.child("lessonsAction").trigger()
    dialog = driver.child("lessonsDialog")
    assert "Twins under three penalties  (goes on at step 2 of 3)" in dialog.lessons.item(4).text()
    dialog.reject()
    lessons.open_lesson(path)
    ready(driver)
    assert driver.child("lessonStepTitle").text() == "L2 shares"
    assert driver.state["lam"] == 0.1
    driver.click("lessonCloseButton")
