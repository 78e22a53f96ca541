"""The service of the data with a reader that does what the test says: what is wanted, in force and refused."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from session_fakes import FakeBackground, loaded_from, write_small

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError
from regdesk.data.samples import samples
from regdesk.session.data_service import DataService
from regdesk.session.run import source_settings
from regdesk.session.session import Session
from regdesk.tasks.loading import NotTrainable

SIGNALS = (
    "reading_began preparing_began progressed file_opened cancelled loaded table_taken load_failed request_refused "
    "previewed preview_failed"
)


def ask_for_next_seed(made: SimpleNamespace) -> None:
    made.session.change("seed", made.session.configuration.seed + 1)


def ask(made: SimpleNamespace, settings: DataSettings, seed: int) -> None:
    made.session.change_all({"data": settings, "seed": seed})


def service(seed: int = 3) -> SimpleNamespace:
    """A service with its session and two workers, and a log of everything that it emits.

    What it has read is part of the configuration, as a controller makes it.
    """
    reading, previewing, session = FakeBackground(), FakeBackground(), Session(Configuration(seed=seed))
    made = SimpleNamespace(reading=reading, previewing=previewing, session=session, log=[])
    made.service = DataService(session, reading, previewing)
    session.changed.connect(made.service.follow)
    for signal in (made.service.loaded, made.service.table_taken):
        signal.connect(
            lambda found, *_: session.change_all(
                {"source": source_settings(found.source), "data": found.settings, "seed": found.seed}
            )
        )
    for name in SIGNALS.split():
        getattr(made.service, name).connect(lambda *values, name=name: made.log.append((name, *values)))
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


def with_file(file: Path, **settings: Any) -> SimpleNamespace:
    made = service()
    made.service.open_file(str(file), settings=DataSettings(**({"target": "y"} | settings)))
    made.reading.answer()
    made.log.clear()
    return made


def test_nothing_is_read_before_the_start() -> None:
    made = service()
    assert made.reading.called == ["hold"]
    assert made.previewing.called == []
    made.service.start()
    assert made.reading.called == ["hold", "release"]
    assert made.service.now is None
    assert made.service.opened is None
    assert made.service.not_trainable is None
    assert not made.service.is_reading


def test_a_file_is_in_force_when_it_has_been_read(file: Path) -> None:
    made = service()
    made.service.open_file(str(file))
    assert made.log == [("reading_began", "small.csv")]
    assert made.service.is_reading
    assert made.service.now is None
    assert made.service.reading_sentence == "small.csv is still being read; try again when it is there."
    made.log.clear()
    made.reading.answer()
    loaded = made.service.now
    assert made.log == [("loaded", loaded, True), ("file_opened", str(file))]
    assert not made.service.is_reading
    assert (loaded.seed, loaded.settings.target) == (3, "y"), "the seed in force stays, the target is the file's"
    assert made.service.opened == (loaded.source, loaded.table)


def test_a_file_is_read_with_its_own_delimiter_and_reports_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("a|y\n" + "".join(f"{n}.5|{n % 7}.25\n" for n in range(40)), encoding="utf-8")
    made = service()
    made.service.open_file(str(path), reading=ReadingOptions(delimiter="|"), settings=DataSettings(target="y"))
    made.reading.answer()
    assert made.service.now.source.reading.delimiter == "|"
    assert [column.name for column in made.service.now.table.columns] == ["a", "y"]
    assert made.reading.reported[-1] == 1.0


def test_progress_is_that_of_what_is_read(file: Path) -> None:
    made = service()
    made.service.open_file(str(file))
    made.log.clear()
    made.reading.progressed.emit(made.reading.newest - 1, 0.2)
    made.reading.progressed.emit(made.reading.newest, 0.4)
    assert made.log == [("progressed", 0.4)]
    made.reading.answer()
    made.log.clear()
    made.reading.progressed.emit(made.reading.newest, 0.6)
    assert made.log == [], "nothing is being read any more"


def test_what_a_newer_file_has_superseded_is_not_heard(file: Path, tmp_path: Path) -> None:
    made = service()
    made.service.open_file(str(file))
    late = loaded_from(file)
    made.service.open_file(str(write_small(tmp_path, "newer.csv")))
    made.log.clear()
    made.reading.succeeded.emit(1, late)
    made.reading.failed.emit(1, DataError("too late", file="small.csv"))
    assert made.log == []
    assert made.service.is_reading
    made.reading.answer()
    assert made.service.now.source.title == "newer.csv"


def test_a_failure_leaves_what_was_in_force(file: Path, tmp_path: Path) -> None:
    made = with_file(file)
    before = made.service.now
    made.service.open_file(str(tmp_path / "nowhere.csv"))
    made.log.clear()
    made.reading.answer()
    ((name, error),) = made.log
    assert name == "load_failed"
    assert "nowhere.csv" in str(error)
    assert made.service.now is before
    assert not made.service.is_reading


def test_a_file_that_nothing_can_be_learnt_from_is_open_but_not_in_force(file: Path, tmp_path: Path) -> None:
    made = with_file(file)
    words = tmp_path / "words.csv"
    words.write_text("a,b,y\n" + "".join(f"{n}.5,{n % 4}.25,good\n" for n in range(9)), encoding="utf-8")
    made.service.open_file(str(words), settings=DataSettings(target="y"))
    made.log.clear()
    made.reading.answer()
    taken = made.service.not_trainable
    assert isinstance(taken, NotTrainable)
    assert made.log == [("table_taken", taken), ("file_opened", str(words))]
    assert made.service.now is None
    assert made.service.opened == (taken.source, taken.table)
    assert (taken.settings, taken.seed) == (DataSettings(target="y"), 3)
    # Another way can be asked for, and is in force then.
    ask(made, DataSettings(target="a"), 3)
    made.reading.answer()
    assert made.service.not_trainable is None
    assert made.service.now.settings.target == "a"


def test_a_sample_comes_with_its_model_unless_settings_are_given() -> None:
    made = service()
    name = samples()[0].name
    made.service.open_sample(name)
    made.reading.answer()
    loaded = made.service.now
    assert loaded.seed == 0
    assert loaded.source.model == (samples()[0].architecture, samples()[0].training)
    assert [one[0] for one in made.log] == ["reading_began", "loaded"], "a sample is nobody's recent file"
    made = service()
    made.service.open_sample(name, DataSettings(validation_fraction=0.4))
    made.reading.answer()
    assert (made.service.now.seed, made.service.now.source.model) == (3, None)
    assert made.service.now.settings.validation_fraction == 0.4
    with pytest.raises(DataError, match="no-such-sample"):
        made.service.open_sample("no-such-sample")


def test_a_table_that_was_read_elsewhere_is_prepared_and_no_file(file: Path) -> None:
    made = service()
    made.service.open_table(read_table(file), DataSettings(target="a"))
    assert made.log == [("reading_began", "small.csv")]
    made.reading.answer()
    assert [one[0] for one in made.log] == ["reading_began", "loaded"]
    assert (made.service.now.settings.target, made.service.now.seed, made.service.now.table.name) == (
        "a",
        3,
        "small.csv",
    )


def test_cancelling_gives_up_what_is_read(file: Path) -> None:
    made = with_file(file)
    before = made.service.now
    made.service.cancel()
    assert made.log == [], "nothing was under way"
    assert "cancel" not in made.reading.called
    made.service.open_file(str(file))
    made.log.clear()
    number = made.reading.newest
    made.service.cancel()
    assert made.log == [("cancelled", "Reading small.csv")]
    assert made.reading.called[-1] == "cancel"
    made.reading.answer(number)
    assert len(made.log) == 1
    assert made.service.now is before
    assert not made.service.is_reading


def test_cancelling_gives_up_what_is_prepared(file: Path) -> None:
    made = with_file(file)
    ask_for_next_seed(made)
    assert made.log == [("preparing_began",)]
    assert not made.service.is_reading
    made.service.cancel()
    assert made.log[1:] == [("cancelled", "What was asked for")]
    made.service.cancel()
    assert len(made.log) == 2, "nothing is under way any more"
    assert made.service.now.seed == 3


def test_a_new_seed_builds_on_what_was_asked_for_last(file: Path) -> None:
    made = with_file(file)
    ask_for_next_seed(made)
    ask_for_next_seed(made)
    made.reading.answer()
    assert made.service.now.seed == 5
    assert [one[0] for one in made.log] == ["preparing_began", "preparing_began", "loaded"]
    assert made.log[-1][2] is False, "it is the same source"


def test_nothing_is_prepared_while_a_file_is_read_or_none_is_there(file: Path) -> None:
    made = service()
    ask_for_next_seed(made)
    made.service.preview(DataSettings(), 0)
    assert (made.reading.asked, made.previewing.asked, made.log) == ([], [], [])
    made = with_file(file)
    made.service.open_file(str(file))
    made.log.clear()
    ask(made, DataSettings(target="a"), 0)
    assert made.log == [("request_refused", "small.csv is still being read; try again when it is there.")]
    assert made.reading.newest == 2, "the file was not superseded"
    assert made.service.now.settings.target == "y"


def test_what_is_in_force_already_is_not_prepared_again(file: Path) -> None:
    made = with_file(file)
    assert made.reading.newest == 1, "the target that the file has suggested is told, and is no request"
    ask_for_next_seed(made)
    made.session.change("seed", 3)
    assert made.reading.newest == 3, "what is under way is of another seed"
    made.reading.answer()
    assert made.service.now.seed == 3
    made.session.change("view.smoothing", 0.1)
    assert made.reading.newest == 3


def test_another_source_is_read_with_its_own_settings(file: Path, tmp_path: Path) -> None:
    made = with_file(file)
    other = write_small(tmp_path, "other.csv")
    made.session.change("source.file", str(other))
    assert made.log == [("reading_began", "other.csv")]
    made.reading.answer()
    assert (made.service.now.source.path, made.service.now.settings.target) == (other, "y")
    made.session.change_all({"source.file": str(file), "data": DataSettings(target="a")})
    made.reading.answer()
    assert (made.service.now.source.path, made.service.now.settings.target) == (file, "a")
    assert made.reading.newest == 3, "what is in force is not read again"


def test_after_a_failed_preparation_what_is_in_force_is_asked_for_no_more(file: Path) -> None:
    made = with_file(file)
    before = made.service.now
    ask(made, DataSettings(target="no such column"), 9)
    made.reading.failed.emit(made.reading.newest, ValueError("broken"))
    assert made.log[-1][0] == "load_failed"
    ask(made, before.settings, 3)
    assert made.reading.newest == 2
    made.service.cancel()
    assert made.log[-1][0] == "load_failed", "nothing is under way"


def test_a_preview_says_what_would_be_and_spares_preparing_it_again(file: Path) -> None:
    made = with_file(file)
    wanted = DataSettings(target="a", features=("b", "c"))
    made.service.preview(wanted, 8)
    made.previewing.answer()
    ((name, consequences),) = made.log
    assert name == "previewed"
    assert made.service.now.settings.target == "y", "nothing is in force that was only looked at"
    ask(made, wanted, 8)
    assert made.log[1:] == [], "it is ready: nothing has to be waited for"
    made.reading.answer()
    assert made.log[-1] == ("loaded", made.service.now, False)
    assert made.service.now.consequences is consequences
    # It is taken once: the next time is a preparation of its own.
    ask(made, DataSettings(target="y"), 8)
    ask(made, wanted, 8)
    assert [one[0] for one in made.log[-2:]] == ["preparing_began", "preparing_began"]


@pytest.mark.parametrize(("target", "seed"), [("a", 9), ("b", 8)])
def test_a_preview_of_something_else_is_not_put_in_force(file: Path, target: str, seed: int) -> None:
    made = with_file(file)
    made.service.preview(DataSettings(target="a"), 8)
    made.previewing.answer()
    ask(made, DataSettings(target=target), seed)
    assert made.log[-1] == ("preparing_began",)
    made.reading.answer()
    assert (made.service.now.settings.target, made.service.now.seed) == (target, seed)


def test_only_the_newest_question_about_the_open_table_is_answered(file: Path, tmp_path: Path) -> None:
    made = with_file(file)
    made.service.preview(DataSettings(target="a"), 8)
    late = made.previewing.asked[-1](lambda: False)
    made.service.preview(DataSettings(target="b"), 8)
    made.previewing.succeeded.emit(1, late)
    made.previewing.failed.emit(1, DataError("too late", file="small.csv"))
    assert made.log == []
    error = DataError("no such column", file="small.csv")
    made.previewing.failed.emit(2, error)
    assert made.log == [("preview_failed", error)]
    # Another table is open by the time the answer comes.
    made.service.preview(DataSettings(target="a"), 8)
    answer = made.previewing.asked[-1](lambda: False)
    made.service.open_file(str(write_small(tmp_path, "other.csv")))
    made.reading.answer()
    made.log.clear()
    made.previewing.succeeded.emit(made.previewing.newest, answer)
    assert made.log == []


def test_after_a_failed_preview_an_earlier_one_is_not_taken_for_it(file: Path) -> None:
    made = with_file(file)
    made.service.preview(DataSettings(target="a"), 8)
    made.previewing.answer()
    made.service.preview(DataSettings(target="b"), 8)
    made.previewing.failed.emit(2, DataError("it cannot", file="small.csv"))
    ask(made, DataSettings(target="a"), 8)
    assert made.log[-1] == ("preparing_began",)


def test_stopping_ends_both_workers() -> None:
    made = service()
    made.service.stop()
    assert (made.reading.called[1:], made.previewing.called) == (["stop"], ["stop"])
    made.service.wait()
    assert (made.reading.called[2:], made.previewing.called[1:]) == (["wait"], ["wait"])
