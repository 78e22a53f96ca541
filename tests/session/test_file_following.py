"""A file that changes after it was read: told once, and read again where it is watched."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from session_fakes import FakeBackground, HandClock, write_small

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import DataSettings
from regdesk.data.csv.file_watch import state_of
from regdesk.data.csv.reader import read_table
from regdesk.data.source import Source
from regdesk.session.data_service import DataService
from regdesk.session.file_following import FileFollower
from regdesk.session.run import source_settings
from regdesk.session.session import Session


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


def following(file: Path | None, *more: Path) -> SimpleNamespace:
    """A follower with its service, in which ``file`` is open, and all that it tells."""
    session, clock, reading = Session(Configuration(seed=3)), HandClock(), FakeBackground()
    made = SimpleNamespace(session=session, clock=clock, reading=reading, told=[])
    made.service = DataService(session, reading, FakeBackground())
    made.service.loaded.connect(
        lambda found, *_: session.change_all({"source": source_settings(found.source), "data": found.settings})
    )
    made.follower = FileFollower(session, made.service, clock)
    made.follower.told.connect(made.told.append)
    made.follower.warned.connect(lambda sentence: made.told.append(f"! {sentence}"))
    if file is not None:
        options = ReadingOptions(more_files=tuple(map(str, more)))
        made.service.open_file(str(file), options, DataSettings(target="y"))
        made.reading.answer()
    return made


def append(file: Path, row: str) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(row)


def n_rows(made: SimpleNamespace) -> int:
    return int(made.service.now.table.n_rows)


def test_a_file_that_changed_before_it_was_opened_from_the_dialog_is_told_of(file: Path) -> None:
    made = following(None)
    states = (state_of(file),)
    table = read_table(file)
    append(file, "9,9,9,9\n")
    source = Source.of_file(file, ReadingOptions())
    made.service.open_read(source, table, DataSettings(target="y"), None, states)
    made.reading.answer()
    assert n_rows(made) == 24
    assert made.told == [
        "! small.csv has changed since it was read, and the data on screen have not; with File, Watch this file, it is "
        "read again."
    ]
    # One that has not changed since is not told of.
    made.service.open_read(source, read_table(file), DataSettings(target="y"), None, (state_of(file),))
    made.reading.answer()
    made.follower.look()
    assert len(made.told) == 1


def test_a_file_that_is_not_watched_is_only_told_of_and_once_a_change(file: Path) -> None:
    made = following(file)
    made.follower.look()
    made.clock.advance(10_000)
    assert made.told == []
    assert made.clock.n_active == 0
    append(file, "9,9,9,9\n")
    made.follower.look()
    made.follower.look()
    assert made.told == [
        "! small.csv has changed since it was read, and the data on screen have not; "
        "with File, Watch this file, it is read again."
    ]
    append(file, "8,8,8,8\n")
    made.follower.look()
    file.unlink()
    made.follower.look()
    assert len(made.told) == 3
    assert made.told[2] == "! small.csv is gone or cannot be read any more; the data on screen stay."
    assert len(made.reading.asked) == 1


def test_a_watched_file_is_read_again_when_its_writer_has_paused(file: Path) -> None:
    made = following(file)
    rows = n_rows(made)
    made.follower.watch(True)
    made.clock.advance(5000)
    assert made.told == ["small.csv is watched: it is read again when it changes."]
    append(file, "9,9,9,9\n")
    made.clock.advance(1000)
    append(file, "8,8,8,8\n")
    made.clock.advance(1000)
    assert not made.service.is_reading
    made.clock.advance(1000)
    assert made.told[1:] == ["small.csv has changed and is read again."]
    made.reading.answer()
    assert n_rows(made) == rows + 2
    assert made.service.now.settings.target == "y"
    made.clock.advance(5000)
    assert len(made.told) == 2


def test_a_file_that_has_changed_begins_without_the_cells_of_an_old_copy(file: Path) -> None:
    made = following(file)
    made.session.change("data.cells", (("2:a", "7"),))
    made.follower.watch(True)
    append(file, "9,9,9,9\n")
    made.clock.advance(3000)
    made.reading.answer()
    assert (made.service.now.settings.target, made.service.now.settings.cells) == ("y", ())


def test_what_changed_before_it_was_watched_is_read_again_as_well(file: Path) -> None:
    made = following(file)
    append(file, "9,9,9,9\n")
    made.follower.watch(True)
    made.clock.advance(2000)
    assert made.service.is_reading


def test_a_file_that_goes_stays_on_screen_and_is_read_again_when_it_comes_back(file: Path) -> None:
    made = following(file)
    content = file.read_text(encoding="utf-8")
    made.follower.watch(True)
    file.unlink()
    made.clock.advance(5000)
    assert made.told[1:] == ["! small.csv is gone or cannot be read any more; the data on screen stay."]
    file.write_text(content + "9,9,9,9\n", encoding="utf-8")
    made.clock.advance(2000)
    assert made.told[2:] == ["small.csv has changed and is read again."]


def test_a_file_that_cannot_be_read_any_more_is_not_tried_again_before_it_changes(file: Path) -> None:
    made = following(file)
    rows = n_rows(made)
    made.follower.watch(True)
    append(file, "9\n")
    made.clock.advance(2000)
    made.reading.answer()
    made.clock.advance(10_000)
    assert made.told[1:] == ["small.csv has changed and is read again."]
    assert n_rows(made) == rows
    append(file, "9\n")
    made.clock.advance(2000)
    assert len(made.told) == 3


def test_the_end_of_watching_ends_the_timer(file: Path) -> None:
    made = following(file)
    made.follower.watch(True)
    assert made.follower.is_watching
    assert made.clock.n_active == 1
    made.follower.watch(False)
    append(file, "9,9,9,9\n")
    made.clock.advance(10_000)
    assert made.clock.n_active == 0
    assert made.told[1:] == ["small.csv is not watched."]
    made.follower.watch(True)
    made.follower.stop()
    assert made.clock.n_active == 0


def test_another_file_that_could_not_be_opened_does_not_make_this_one_look_changed(file: Path, tmp_path: Path) -> None:
    made = following(file)
    other = tmp_path / "other.csv"
    other.write_text("a\n", encoding="utf-8")
    made.service.open_file(str(other))
    made.reading.answer()
    made.follower.look()
    assert made.told == []


def test_of_several_files_each_is_looked_at(file: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.csv"
    second.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    made = following(file, second)
    append(second, "9,9,9,9\n")
    made.follower.watch(True)
    made.clock.advance(2000)
    assert made.service.is_reading


def test_a_file_that_is_still_being_read_is_watched(file: Path) -> None:
    made = following(None)
    made.service.open_file(str(file), settings=DataSettings(target="y"))
    made.follower.watch(True)
    assert made.told == ["small.csv is watched: it is read again when it changes."]
    made.reading.answer()
    append(file, "9,9,9,9\n")
    made.clock.advance(2000)
    assert made.service.is_reading


def test_a_sample_is_not_watched() -> None:
    made = following(None)
    made.follower.watch(True)
    made.service.open_sample("two-moons")
    made.reading.answer()
    made.clock.advance(5000)
    made.follower.look()
    made.follower.watch(False)
    assert made.told == [
        "The file that is opened next is watched; a sample does not change.",
        "Files are no longer watched.",
    ]
