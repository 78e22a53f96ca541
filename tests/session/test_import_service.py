"""The service that looks at files, with a reader that answers when the test says so."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from session_fakes import FakeBackground, write_small

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.import_choices import ImportChoices
from regdesk.core.types import DataSettings
from regdesk.data.csv import size_estimate
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError
from regdesk.data.source import Source
from regdesk.session.import_service import ImportService
from regdesk.tasks.importing import look_at

SIGNALS = "size_told reading_began progressed glimpsed read read_failed weighed weighing_failed left"
TARGET = DataSettings(target="y")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


@pytest.fixture
def made() -> SimpleNamespace:
    """A service, its worker, and a log of everything that it emits."""
    worker = FakeBackground()
    found = SimpleNamespace(worker=worker, service=ImportService(worker), log=[])
    for name in SIGNALS.split():
        getattr(found.service, name).connect(lambda *values, name=name: found.log.append((name, *values)))
    return found


def names(made: SimpleNamespace) -> list[str]:
    return [name for name, *_ in made.log]


def test_nothing_is_read_before_the_start(made: SimpleNamespace) -> None:
    assert made.worker.called == ["hold"]
    made.service.start()
    assert made.worker.called == ["hold", "release"]
    assert not made.service.is_open


def test_a_file_is_read_and_weighed(made: SimpleNamespace, file: Path) -> None:
    made.service.look_at(str(file), ImportChoices(), {})
    assert made.service.is_open
    assert made.service.now is None
    made.worker.progressed.emit(1, 0.5)
    made.worker.answer()
    assert made.log[:2] == [("reading_began", "small.csv"), ("progressed", 0.5)]
    found = made.service.now
    assert made.log[2] == ("read", found)
    assert found.table.column_names == ("a", "b", "c", "y")
    made.service.weigh(TARGET, 3)
    assert made.service.loaded is None
    made.worker.answer()
    loaded = made.service.loaded
    assert (loaded.settings, loaded.seed) == (TARGET, 3)
    assert loaded.table is found.table
    assert made.log[3] == ("weighed", loaded.consequences)


def test_a_large_file_is_read_when_it_is_known_how_much_of_it(
    made: SimpleNamespace, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(size_estimate, "LEAST_BYTES", 0)
    monkeypatch.setattr(size_estimate, "MANY_ROWS", 1)
    made.service.answer_size(3)
    assert made.log == []
    first = ImportChoices(ReadingOptions(missing_words=("x",), sample_rows=3), TARGET)
    for n_rows in (2, None):
        made.service.look_at(str(file), ImportChoices(), {read_table(file).digest: first})
        made.worker.answer()
        name, large = made.log[-1]
        assert (name, large.title, large.sample_rows) == ("size_told", "small.csv", 1_000_000)
        assert "4 columns, and to read them takes about" in large.needs
        assert made.service.is_open
        assert made.service.now is None
        made.service.answer_size(n_rows)
        made.worker.answer()
        found = made.service.now
        assert found.table.n_rows == (n_rows or read_table(file).n_rows)
        # What was said last time is in force again, but for how much is read.
        assert found.source.reading == ReadingOptions(missing_words=("x",), sample_rows=n_rows)
        assert found.data == TARGET
    made.service.look_at(str(file), ImportChoices(ReadingOptions(sample_rows=2)), {})
    made.worker.answer()
    assert made.log[-1][0] == "read"


def test_roles_that_cannot_be_are_answered_by_the_reason(made: SimpleNamespace, file: Path) -> None:
    made.service.look_at(str(file), ImportChoices(), {})
    made.worker.answer()
    made.service.weigh(DataSettings(), 0)
    made.worker.answer()
    name, error = made.log[-1]
    assert name == "weighing_failed"
    assert "no target is chosen" in str(error)
    assert made.service.loaded is None


def test_only_the_newest_question_is_answered(made: SimpleNamespace, file: Path) -> None:
    made.service.look_at(str(file), ImportChoices(), {})
    made.worker.answer()
    made.log.clear()
    made.service.weigh(TARGET, 0)
    made.service.weigh(DataSettings(target="a"), 0)
    made.worker.succeeded.emit(2, "an answer to the first")
    assert made.log == []
    made.worker.answer()
    assert made.service.loaded.settings.target == "a"


def test_while_it_is_read_again_nothing_is_weighed(made: SimpleNamespace, file: Path) -> None:
    made.service.look_at(str(file), ImportChoices(), {})
    made.worker.answer()
    made.service.read_again(ReadingOptions(has_header=False))
    made.service.weigh(TARGET, 0)
    assert len(made.worker.asked) == 2
    made.worker.answer()
    assert made.service.now.table.column_names[0] == "column_1"
    assert names(made) == ["reading_began", "read", "read"]


def test_a_file_that_is_left_is_answered_by_nothing(made: SimpleNamespace, file: Path) -> None:
    made.service.look_at(str(file), ImportChoices(), {})
    made.service.leave()
    made.service.leave()
    assert made.log[1:] == [("left", "small.csv")]
    assert made.worker.called[-1] == "cancel"
    made.worker.answer(1)
    made.worker.progressed.emit(1, 1.0)
    assert made.log[2:] == []
    assert not made.service.is_open


def test_what_cannot_be_read_in_any_way_is_raised_once(made: SimpleNamespace, tmp_path: Path) -> None:
    made.service.look_at(str(tmp_path / "none.csv"), ImportChoices(), {})
    made.worker.answer()
    name, error = made.log[-1]
    assert name == "read_failed"
    assert isinstance(error, DataError)
    assert not made.service.is_open
    made.service.leave()
    assert names(made) == ["reading_began", "read_failed"]


def test_after_the_end_nothing_is_answered(made: SimpleNamespace, file: Path) -> None:
    made.service.look_at(str(file), ImportChoices(), {})
    made.service.stop()
    made.worker.answer()
    assert names(made) == ["reading_began"]


def test_first_rows_are_told_and_can_be_read_otherwise(made: SimpleNamespace, file: Path) -> None:
    made.service.look_at(str(file), ImportChoices(), {})
    head = look_at(Source(file, file.name), DataSettings(), {}, lambda: False, lambda _share: None)
    made.worker.glimpse(head)
    assert made.log[1:] == [("glimpsed", head)]
    # It is not what can be opened.
    assert made.service.now is None
    made.service.read_again(ReadingOptions(has_header=False))
    made.worker.answer()
    assert made.service.now.table.column_names[0] == "column_1"
    made.worker.glimpse(head)
    assert names(made).count("glimpsed") == 1
