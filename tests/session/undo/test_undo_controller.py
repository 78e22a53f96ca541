"""Undo before a window that writes down what it is told: what is one step, what it says, and where it leads."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from session_fakes import FakeWindow, HandClock, fake_workers, write_small

from regdesk.core.run.changes import MERGE_S
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import START_AFTER_MS
from regdesk.session.session import Session
from regdesk.session.undo.sentences import IN_LESSON, NOTHING_DONE, NOTHING_UNDONE, READING
from regdesk.workers.requests import NewRun, NewWeights

LASSO = TrainSettings(penalty="l1", lam=0.1)
LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), LASSO, seed=3)
PAUSE_MS = round(2000 * MERGE_S)


class Desk(SimpleNamespace):
    """A session whose training thread hands out runs when the test says so."""

    session: Session
    window: FakeWindow
    clock: HandClock
    workers: Any

    @property
    def now(self) -> Configuration:
        return self.session.configuration

    @property
    def offers(self) -> tuple[str, str]:
        """What can be undone and redone, by the words in the menu."""
        undo, redo = self.window.last("undoing.show")
        return undo[0], redo[0]

    @property
    def tips(self) -> tuple[str, str]:
        undo, redo = self.window.last("undoing.show")
        return undo[1], redo[1]

    def choose(self, path: str, value: Any) -> None:
        """By hand, a while after what was chosen before."""
        self.clock.advance(PAUSE_MS)
        self.session.change(path, value)

    def undo(self) -> None:
        self.window.undoing.undo_requested.emit()

    def redo(self) -> None:
        self.window.undoing.redo_requested.emit()

    def requests(self, kind: type) -> list[Any]:
        return [one for one in self.workers.training.asked if isinstance(one, kind)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    session, window, workers, clock = Session(LINEAR), FakeWindow(0), fake_workers(LASSO), HandClock()
    controller = Controller(window, session, workers, clock)
    one = Desk(controller=controller, session=session, window=window, workers=workers, clock=clock)
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    controller.open_file(str(write_small(tmp_path)), settings=DataSettings(target="y"))
    assert one.offers == ("", "")
    workers.reading.answer()
    return one


def test_nothing_can_be_undone_before_anything_was_chosen(desk: Desk) -> None:
    assert desk.offers == ("", "")
    assert desk.tips == (NOTHING_DONE, NOTHING_UNDONE)
    desk.undo()
    desk.redo()
    assert desk.now.training == LASSO


def test_pressure_comes_back_and_no_run_begins(desk: Desk) -> None:
    n_runs = len(desk.requests(NewRun))
    desk.choose("training.lam", 0.5)
    desk.choose("training.penalty", "l2")
    assert desk.offers == ("L1 → L2", "")
    desk.undo()
    assert (desk.now.training, desk.offers) == (TrainSettings("l1", 0.5), ("λ 0.1 → 0.5", "L1 → L2"))
    assert desk.workers.training.settings == desk.now.training
    desk.undo()
    assert (desk.now.training, desk.offers) == (LASSO, ("", "λ 0.1 → 0.5"))
    desk.redo()
    desk.redo()
    assert (desk.now.training, desk.offers) == (TrainSettings("l2", 0.5), ("L1 → L2", ""))
    assert len(desk.requests(NewRun)) == n_runs
    # What is chosen now takes the place of what was undone.
    desk.undo()
    desk.choose("training.lam", 0.7)
    assert desk.offers == ("λ 0.5 → 0.7", "")


def test_a_drag_is_one_step_and_comes_to_nothing_where_it_ends_as_it_began(desk: Desk) -> None:
    for lam in (0.2, 0.3, 0.4):
        desk.session.change("training.lam", lam)
        desk.clock.advance(round(500 * MERGE_S))
    assert desk.offers[0] == "λ 0.1 → 0.4"
    desk.undo()
    assert (desk.now.training.lam, desk.offers) == (0.1, ("", "λ 0.1 → 0.4"))
    desk.redo()
    desk.clock.advance(PAUSE_MS)
    desk.session.change("training.lam", 0.9)
    desk.session.change("training.lam", 0.4)
    assert desk.offers[0] == "λ 0.1 → 0.4", "the drag has led nowhere"


def test_what_was_undone_can_be_redone_after_a_choice_that_came_to_nothing(desk: Desk) -> None:
    desk.choose("training.lam", 0.5)
    desk.choose("training.penalty", "l2")
    desk.undo()
    desk.undo()
    desk.choose("training.lam", 0.2)
    assert desk.offers == ("λ 0.1 → 0.2", "")
    desk.session.change("training.lam", 0.1)
    assert desk.offers == ("", "λ 0.1 → 0.5")
    desk.redo()
    desk.redo()
    assert desk.now.training == TrainSettings("l2", 0.5)
    # In force, a choice has ended it for good.
    desk.undo()
    desk.choose("training.lam", 0.7)
    desk.undo()
    desk.choose("training.lam", 0.8)
    desk.session.change("training.lam", 0.5)
    assert desk.offers == ("λ 0.1 → 0.5", "λ 0.5 → 0.7")


@pytest.mark.parametrize("origin", ["tour", "lesson", "script", "sweep"])
def test_what_others_change_is_no_step_and_pressure_is_undone_without_it(desk: Desk, origin: Any) -> None:
    desk.session.change("training.lam", 0.2, origin)
    assert desk.offers == ("", "")
    desk.choose("training.lam", 0.5)
    desk.session.change_all({"training.lam": 0.6, "training.learning_rate": 0.05}, origin)
    assert desk.offers == ("λ 0.2 → 0.5", "")
    desk.undo()
    assert (desk.now.training.lam, desk.now.training.learning_rate) == (0.2, 0.05)
    desk.redo()
    assert desk.now.training.lam == 0.6, "as it was when it was undone"


def test_what_a_sweep_finds_later_belongs_to_the_choice_of_its_best(desk: Desk) -> None:
    desk.choose("training.lam", 0.5)
    desk.choose("training.lam", 0.3)
    for lam in (0.25, 0.2):
        desk.clock.advance(PAUSE_MS)
        desk.window.loss_curve.lambda_followed.emit(lam)
    assert (desk.now.training.lam, desk.offers) == (0.2, ("λ 0.5 → 0.3", ""))
    desk.undo()
    assert desk.now.training.lam == 0.5
    desk.redo()
    assert desk.now.training.lam == 0.2


def test_a_choice_that_is_refused_is_no_step(desk: Desk) -> None:
    desk.choose("view.geometry.x", 999)
    assert (desk.now.view.geometry.x, desk.offers) == (None, ("", ""))
    desk.choose("training.lam", 0.5)
    desk.choose("view.selected", ("weight", 999))
    assert (desk.now.view.selected, desk.offers) == ((), ("λ 0.1 → 0.5", ""))


def test_another_shape_waits_until_its_run_has_been_handed_out(desk: Desk) -> None:
    before, training = desk.now, desk.workers.training
    training.is_late = True
    desk.choose("architecture.hidden", (2,))
    assert desk.offers == ("hidden layers none → 2", "")
    desk.undo()
    assert desk.now.architecture.hidden == (2,), "the thread has not handed out the run that was"
    training.is_late = False
    training.hand_over()
    assert (desk.now, desk.offers) == (before, ("", "hidden layers none → 2"))
    assert desk.requests(NewRun)[-1].architecture == Architecture(hidden=())
    n_runs = len(desk.requests(NewRun))
    desk.redo()
    assert (desk.now.architecture.hidden, len(desk.requests(NewRun))) == ((2,), n_runs + 1)


def test_data_that_are_being_prepared_are_given_up(desk: Desk) -> None:
    desk.choose("data.target", "a")
    assert desk.offers == ("target y → a", "")
    desk.undo()
    assert (desk.now.data.target, desk.offers) == ("y", ("", ""))
    desk.choose("data.target", "b")
    desk.workers.reading.answer()
    desk.undo()
    assert (desk.now.data.target, desk.offers) == ("y", ("", "target y → b"))
    desk.redo()
    assert desk.now.data.target == "b"
    assert len(desk.workers.reading.asked) == 3, "what was in force is not prepared again"


def test_a_run_that_could_not_be_kept_is_said_and_begins_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regdesk.session.undo.run_store.parts_of", lambda _loaded: {0: 2**40})
    desk.choose("data.target", "b")
    desk.workers.reading.answer()
    assert desk.offers == ("target y → b (weights not kept)", "")
    assert "256 MB" in desk.tips[0]
    desk.undo()
    assert (desk.now.data.target, desk.tips[1]) == ("y", READING)
    desk.workers.reading.answer()
    assert desk.offers == ("", "target y → b (weights not kept)")
    assert desk.requests(NewRun)[-1].dataset.target == "y"


def test_weights_that_are_put_in_are_a_step_and_the_run_is_kept_before(desk: Desk) -> None:
    desk.window.reset_requested.emit()
    assert desk.offers == ("reset", "")
    desk.undo()
    assert desk.offers == ("", "reset")


def test_what_was_done_before_a_lesson_waits_for_its_end(desk: Desk) -> None:
    desk.choose("training.lam", 0.5)
    lessons = desk.controller.lessons
    lessons.held_changed.emit(True)
    assert (desk.offers, desk.tips[0]) == (("", ""), IN_LESSON)
    desk.undo()
    assert desk.now.training.lam == 0.5
    desk.choose("training.lam", 0.7)
    desk.undo()
    assert (desk.now.training.lam, desk.tips[0]) == (0.5, IN_LESSON)
    lessons.held_changed.emit(False)
    desk.undo()
    assert desk.now.training.lam == 0.1


def test_nothing_is_undone_while_a_file_is_being_read(desk: Desk, tmp_path: Path) -> None:
    desk.choose("training.lam", 0.5)
    other = write_small(tmp_path, "other.csv")
    desk.controller.open_file(str(other), settings=DataSettings(target="y"))
    assert (desk.offers, desk.tips[0]) == (("", ""), READING)
    desk.undo()
    assert desk.now.training.lam == 0.5
    desk.workers.reading.answer()
    assert desk.offers == ("open other.csv", "")
    desk.undo()
    assert (str(desk.now.source.file).endswith("small.csv"), desk.offers) == (True, ("λ 0.1 → 0.5", "open other.csv"))
    assert len(desk.workers.reading.asked) == 2


def test_weights_of_a_run_are_asked_for_before_others_are_put_in(desk: Desk) -> None:
    desk.window.histogram.weight_set.emit(0, 2.0)
    assert desk.offers == ("", ""), "before a moment was shown there is no weight to be set"
    assert desk.requests(NewWeights) == []
