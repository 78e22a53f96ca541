"""Which file the session of a window is in: that of other data is never written over, and nothing counts too early."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from session_fakes import FakeWindow, HandClock, fake_workers, loaded_from, snapshot_of, write_small

from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.errors import DataError
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.keeping.saver import OTHER_DATA, STILL_WRITING
from regdesk.session.keeping.unsaved import CHOICES, TRAINED
from regdesk.session.session import Session

LASSO = TrainSettings(penalty="l1", lam=0.1)
LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), LASSO, seed=3)


class Desk:
    """A window with a linear model of ``small.csv`` whose first moment is on screen."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.window, self.clock, self.workers = folder, FakeWindow(), HandClock(), fake_workers(LASSO)
        self.controller = Controller(self.window, Session(LINEAR), self.workers, self.clock)
        self.controller.start()
        self.clock.advance(START_AFTER_MS)
        self.workers.engine.finish()
        self.n_runs = 0
        self.door, self.saver = self.window.sessions, self.controller.keeper.saver
        self.open("small.csv")
        self.show()

    def open(self, name: str) -> None:
        self.file = write_small(self.folder, name)
        self.controller.open_file(str(self.file), settings=DataSettings(target="y"))
        self.workers.reading.answer()
        self.n_runs += 1

    def show(self, step: int = 0) -> None:
        loaded = loaded_from(self.file, seed=3)
        moment = snapshot_of(loaded, LINEAR.architecture, LASSO, step, run=self.n_runs)
        self.workers.training.mailbox.offer(moment)
        self.clock.advance(FRAME_MS)

    def begin_saving(self, place: str, embeds: bool = False) -> Path:
        file = self.folder / place
        self.door.place_chosen.emit(str(file), embeds)
        self.workers.training.hand_over()
        return file

    def end_saving(self, problem: Exception | None = None) -> None:
        keeping = self.workers.keeping
        if problem is None:
            keeping.succeeded.emit(keeping.newest, None)
        else:
            keeping.failed.emit(keeping.newest, problem)

    def save(self, place: str, embeds: bool = False) -> Path:
        file = self.begin_saving(place, embeds)
        self.end_saving()
        return file

    @property
    def words(self) -> str:
        return str(self.controller.keeper.unsaved_words)

    def asked(self) -> list[Any]:
        """What a person is offered where Ctrl+S asks for a place; empty where it does not."""
        before = len(self.window.all_of("sessions.ask_place"))
        self.door.save_requested.emit()
        return self.window.all_of("sessions.ask_place")[before:]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_other_data_are_never_written_over_a_session(desk: Desk) -> None:
    file = desk.save("s1.regdesk", embeds=True)
    assert desk.window.last("show_aside") == "Saved as s1.regdesk."
    assert (desk.saver.file, desk.saver.embeds) == (file, True)
    assert desk.asked() == []
    desk.workers.training.hand_over()
    desk.end_saving()
    desk.open("other.csv")
    desk.show()
    assert (desk.saver.file, desk.saver.embeds) == (None, False)
    n_written = desk.workers.keeping.newest
    ((offer,),) = desk.asked()
    assert (Path(offer.place).name, offer.embeds) == ("other.regdesk", False)
    assert desk.workers.keeping.newest == n_written
    desk.show(step=50)
    assert TRAINED not in desk.words, "what was only opened was never saved"
    # The same file by hand is another session of it.
    desk.open("small.csv")
    assert desk.saver.file is None


def test_what_brings_the_data_back_brings_their_file_back(desk: Desk) -> None:
    file, session = desk.save("s1.regdesk", embeds=True), desk.controller.session
    before = session.configuration.source
    for origin, expected in (("undo", file), ("refusal", file), ("hand", None), ("undo", None)):
        session.change("source.file", str(desk.folder / "other.csv"))
        assert desk.saver.file is None
        session.change("source", before, origin)
        assert (desk.saver.file, desk.saver.embeds) == (expected, expected is not None), origin


def test_a_lesson_is_not_written_over_a_session(desk: Desk) -> None:
    desk.save("s1.regdesk")
    desk.controller.lessons.held_changed.emit(True)
    assert desk.saver.file is None
    assert len(desk.asked()) == 1
    file = desk.save("of the lesson.regdesk")
    desk.controller.lessons.held_changed.emit(False)
    assert desk.saver.file == file


def test_data_that_come_while_a_file_is_written_are_not_in_it(desk: Desk) -> None:
    file = desk.begin_saving("s1.regdesk")
    desk.open("other.csv")
    desk.end_saving()
    assert desk.saver.file is None
    # Before there is a moment of the new run it waits for one, and other data come before that.
    n_written = desk.workers.keeping.newest
    desk.door.place_chosen.emit(str(file), False)
    desk.open("third.csv")
    desk.show()
    desk.workers.training.hand_over()
    assert desk.window.last("show_error") == OTHER_DATA
    assert desk.workers.keeping.newest == n_written


def test_what_is_chosen_while_a_file_is_written_is_not_in_it(desk: Desk) -> None:
    session = desk.controller.session
    session.change("training.lam", 0.5)
    desk.begin_saving("s1.regdesk")
    assert desk.words == CHOICES, "it is in no file before that is written"
    desk.end_saving()
    assert (desk.words, desk.window.last("show_session_file")) == ("", ("s1.regdesk", False))
    desk.begin_saving("s1.regdesk")
    session.change("training.lam", 0.6)
    desk.door.save_requested.emit()
    assert desk.window.last("show_error") == STILL_WRITING
    desk.end_saving()
    assert (desk.words, desk.window.last("show_session_file")) == (CHOICES, ("s1.regdesk", True))
    desk.begin_saving("s1.regdesk")
    desk.end_saving(DataError("the disk is full.", file=desk.folder))
    assert (desk.words, desk.window.last("show_session_file")) == (CHOICES, ("s1.regdesk", True))


def test_what_cannot_be_written_is_called_a_session(desk: Desk) -> None:
    other = desk.folder / "other.txt"
    other.write_text("mine")
    for place, why in (
        (other, "this is a file that regdesk has not saved as a session; it is left as it is. Choose another name."),
        (desk.file, "this is the file that is read; it is left as it is. Choose another name."),
        (desk.folder / "none" / "x.regdesk", "the session could not be written there (No such file or directory)."),
    ):
        desk.begin_saving(str(place))
        desk.workers.keeping.answer()
        assert desk.window.last("show_error") == f"{place.name}: {why}"
    assert (other.read_text(), desk.saver.file) == ("mine", None)
