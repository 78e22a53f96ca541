"""A file between the window and the services: looked at, opened with what was chosen, remembered, or left."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from session_fakes import FakeWindow, HandClock, emissions, fake_workers, write_small

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.configuration import Configuration, SourceSettings
from regdesk.core.settings.import_choices import ImportChoices
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.session.controller import Controller
from regdesk.session.session import Session

TARGET = DataSettings(target="y", roles=(("c", "ignored"),))


class Memory:
    """Kept for as long as the test."""

    def __init__(self) -> None:
        self.kept: dict[str, ImportChoices] = {}

    def recalled(self) -> Mapping[str, ImportChoices]:
        return dict(self.kept)

    def keep(self, digest: str, choices: ImportChoices) -> None:
        self.kept[digest] = choices


class Desk:
    """A controller with its fakes, and what it tells."""

    def __init__(self, memory: Memory | None) -> None:
        self.session = Session(Configuration(seed=3))
        self.window, self.workers = FakeWindow(), fake_workers(self.session.configuration.training)
        self.controller = Controller(self.window, self.session, self.workers, HandClock())
        self.controller.import_memory = self.memory = memory
        self.opened = emissions(self.controller.file_opened)
        self.failed = emissions(self.controller.load_failed)
        self.left = emissions(self.controller.import_left)
        self.commands = emissions(self.controller.command_requested)

    @property
    def door(self) -> Any:
        return self.window.importing

    def shown(self) -> Any:
        """The file as it was shown last, with the settings to begin with."""
        return self.window.last("importing.show_preview")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


@pytest.fixture
def desk() -> Desk:
    return Desk(Memory())


def test_where_nobody_is_asked_a_file_is_opened_at_once(file: Path) -> None:
    desk = Desk(None)
    desk.window.file_chosen.emit(str(file))
    assert desk.workers.importing.asked == []
    desk.workers.reading.answer()
    assert desk.session.configuration.source == SourceSettings(str(file))
    assert desk.opened == [str(file)]


def test_a_file_is_shown_before_anything_changes(desk: Desk, file: Path) -> None:
    before = desk.session.configuration
    desk.window.file_chosen.emit(str(file))
    assert desk.window.last("show_busy") == ("Reading small.csv", True)
    desk.workers.importing.answer()
    preview, settings = desk.shown()
    assert (preview.title, preview.rows.n_rows, settings) == ("small.csv", 24, DataSettings())
    assert desk.session.configuration == before
    assert desk.workers.reading.asked == []
    assert desk.opened == []


def test_what_was_chosen_is_in_force_when_it_is_accepted(desk: Desk, file: Path) -> None:
    desk.controller.choose_file(str(file))
    desk.workers.importing.answer()
    desk.door.reading_edited.emit(ReadingOptions(decimal="."))
    desk.workers.importing.answer()
    desk.door.settings_edited.emit(TARGET)
    desk.workers.importing.answer()
    consequences = desk.window.last("importing.show_consequences")
    assert consequences.sentences[1] == "All 24 rows are used; 2 columns become 2 inputs."
    desk.door.file_accepted.emit(TARGET)
    desk.workers.reading.answer()
    after = desk.session.configuration
    assert after.source == SourceSettings(str(file), reading=ReadingOptions(decimal="."))
    assert (after.data, after.seed) == (TARGET, 3)
    assert desk.opened == [str(file)]
    assert desk.memory is not None
    assert desk.memory.kept == {read_table(file).digest: ImportChoices(ReadingOptions(decimal="."), TARGET)}


def test_what_has_been_prepared_is_not_prepared_again(desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.controller.choose_file(str(file))
    desk.workers.importing.answer()
    desk.door.settings_edited.emit(TARGET)
    desk.workers.importing.answer()
    desk.door.file_accepted.emit(TARGET)
    monkeypatch.setattr("regdesk.tasks.loading.prepare", None)
    desk.workers.reading.answer()
    assert desk.opened == [str(file)]


def test_what_was_chosen_comes_back(desk: Desk, file: Path) -> None:
    assert desk.memory is not None
    known = ImportChoices(ReadingOptions(has_header=False), DataSettings(target="column_4"))
    desk.memory.kept[read_table(file).digest] = known
    desk.controller.choose_file(str(file))
    desk.workers.importing.answer()
    preview, settings = desk.shown()
    assert preview.reading == known.reading
    assert settings == known.data


def test_a_file_that_is_left_changes_nothing(desk: Desk, file: Path) -> None:
    desk.controller.open_file(str(file), settings=DataSettings(target="a"))
    desk.workers.reading.answer()
    before = desk.session.configuration
    other = write_small(file.parent, "other.csv")
    desk.controller.choose_file(str(other))
    desk.workers.importing.answer()
    desk.door.left.emit()
    assert desk.left == [()]
    assert desk.window.last("show_error") == "Opening other.csv was cancelled; the data on screen stay."
    assert desk.session.configuration == before
    # A dialog that closes when its file has gone says no more.
    desk.door.left.emit()
    desk.door.file_accepted.emit(TARGET)
    assert desk.left == [()]
    assert desk.session.configuration == before


def test_reading_is_cancelled_before_the_dialog_is_there(desk: Desk, file: Path) -> None:
    desk.controller.choose_file(str(file))
    desk.window.load_cancelled.emit()
    desk.workers.importing.answer(1)
    assert desk.window.all_of("importing.show_preview") == []
    assert desk.window.last("show_error") == "Opening small.csv was cancelled; open a file or a sample."


def test_what_cannot_be_read_is_a_sentence_and_no_dialog(desk: Desk, tmp_path: Path) -> None:
    desk.controller.choose_file(str(tmp_path / "none.csv"))
    desk.workers.importing.answer()
    assert desk.window.all_of("importing.show_preview") == []
    assert "there is no such file" in desk.window.last("show_error")
    assert desk.failed == [desk.window.last("show_error")]
    assert desk.left == []


def test_roles_that_cannot_be_are_said_in_the_dialog(desk: Desk, file: Path) -> None:
    desk.controller.choose_file(str(file))
    desk.workers.importing.answer()
    desk.door.settings_edited.emit(DataSettings())
    desk.workers.importing.answer()
    assert "no target is chosen" in desk.window.last("importing.show_problem")


def test_another_file_takes_the_place_of_the_one_that_is_looked_at(desk: Desk, file: Path) -> None:
    desk.controller.choose_file(str(file))
    desk.workers.importing.answer()
    other = write_small(file.parent, "other.csv")
    desk.window.file_chosen.emit(str(other))
    assert desk.window.all_of("importing.close_dialog")
    desk.workers.importing.answer()
    assert desk.shown()[0].title == "other.csv"


def test_the_command_is_asked_for_with_the_file(desk: Desk, file: Path) -> None:
    desk.controller.choose_file(str(file))
    desk.workers.importing.answer()
    desk.door.command_requested.emit(TARGET)
    assert desk.commands == [(str(file), ImportChoices(ReadingOptions(), TARGET))]
