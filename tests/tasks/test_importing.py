"""A file as it is looked at before it is opened: by its digest, in another way, and when it cannot be read."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import zipfile
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.import_choices import ImportChoices
from regdesk.core.stopping import Stopped
from regdesk.core.types import DataSettings
from regdesk.data.csv.file_watch import state_of
from regdesk.data.errors import DataError
from regdesk.data.source import Source
from regdesk.tasks.importing import CHANGED, Imported, look_again, look_at
from regdesk.tasks.loading import prepare


def look(
    path: Path, reading: ReadingOptions | None = None, remembered: dict[str, ImportChoices] | None = None
) -> Imported:
    source = Source(path, path.name, reading=reading or ReadingOptions())
    return look_at(source, DataSettings(), remembered or {}, lambda: False, lambda _share: None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.csv"
    path.write_text("a;b;y\n1,5;x;0\n2,5;z;1\n3,5;x;1\n", encoding="utf-8")
    return path


def test_a_table_comes_with_its_digest(file: Path) -> None:
    found = look(file)
    assert found.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert found.table is not None
    assert found.table.column_names == ("a", "b", "y")
    assert [column.name for column in found.preview.columns] == ["a", "b", "y"]
    assert (found.preview.title, found.preview.file) == ("small.csv", str(file))
    assert found.data == DataSettings()


def test_choices_come_back_for_the_same_bytes_under_any_name(file: Path, tmp_path: Path) -> None:
    known = ImportChoices(ReadingOptions(has_header=False), DataSettings(target="column_3"))
    other = tmp_path / "other.csv"
    other.write_bytes(file.read_bytes())
    found = look(other, remembered={hashlib.sha256(file.read_bytes()).hexdigest(): known})
    assert found.source.reading == known.reading
    assert found.data == known.data
    assert found.table is not None
    assert found.table.column_names == ("column_1", "column_2", "column_3")
    other.write_bytes(file.read_bytes() + b"4,5;x;0\n")
    assert look(other, remembered={hashlib.sha256(file.read_bytes()).hexdigest(): known}).data == DataSettings()


def test_choices_for_several_files_come_back_wherever_they_lie(file: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text("a;b;y\n4,5;x;1\n", encoding="utf-8")
    first = look(file, ReadingOptions(more_files=(str(more),)))
    assert first.table is not None
    known = ImportChoices(ReadingOptions(missing_words=("x",)), DataSettings(target="a"))
    moved = tmp_path / "moved.csv"
    more.rename(moved)
    again = look(file, ReadingOptions(more_files=(str(moved),)), {first.digest: known})
    assert again.digest == first.digest
    assert again.data == known.data
    assert again.source.reading == ReadingOptions(missing_words=("x",), more_files=(str(moved),))
    assert again.table is not None
    assert again.table.column("b").n_missing == 3
    # One of them alone is another table, and so are both the other way round.
    assert look(file, remembered={first.digest: known}).data == DataSettings()
    turned = look(moved, ReadingOptions(more_files=(str(file),)), {first.digest: known})
    assert turned.data == DataSettings()


def test_a_file_that_has_changed_between_two_readings_is_told_of(file: Path) -> None:
    first = look(file)
    assert first.states == (state_of(file),)
    same = look_again(first, ReadingOptions(decimal=","), lambda: False, lambda _share: None)
    assert CHANGED not in same.preview.warnings
    file.write_text("a;b;y\n7,5;x;0\n8,5;z;1\n", encoding="utf-8")
    again = look_again(same, ReadingOptions(), lambda: False, lambda _share: None)
    assert again.preview.warnings[0] == CHANGED
    assert again.states == (state_of(file),) != first.states
    assert again.table is not None
    assert again.table.n_rows == 2


def test_what_is_said_comes_before_what_is_remembered(file: Path) -> None:
    known = ImportChoices(ReadingOptions(has_header=False), DataSettings(target="column_3"))
    said = ReadingOptions(delimiter=";")
    found = look(file, said, remembered={hashlib.sha256(file.read_bytes()).hexdigest(): known})
    assert found.source.reading == said
    assert found.data == known.data


def test_the_same_file_in_another_way_and_back(file: Path) -> None:
    first = look(file)
    other = look_again(first, ReadingOptions(n_skipped=1, has_header=False), lambda: False, lambda _share: None)
    assert other.table is not None
    assert other.table.n_rows == 3
    damaged = look_again(other, ReadingOptions(kinds=(("b", "numeric"),)), lambda: False, lambda _share: None)
    assert damaged.table is None
    assert damaged.preview.problem_line == 2
    assert "'x' is not a number" in damaged.preview.problem
    back = look_again(damaged, ReadingOptions(), lambda: False, lambda _share: None)
    assert back.preview.columns == first.preview.columns


def test_a_fault_with_a_line_is_shown_and_one_without_hope_raised(tmp_path: Path) -> None:
    ragged = tmp_path / "ragged.csv"
    ragged.write_text("a,b\n1,2\n1,2,3\n4,5\n", encoding="utf-8")
    found = look(ragged)
    assert found.table is None
    assert found.preview.problem_line == 3
    with pytest.raises(DataError, match="there is no such file"):
        look(tmp_path / "none.csv")
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(DataError, match="picture"):
        look(picture)
    # What was said may be what is wrong.
    assert look(picture, ReadingOptions(encoding="latin-1")).table is None


def test_one_of_several_tables_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "two.db"
    with closing(sqlite3.connect(path)) as connection:
        for name in ("first", "second"):
            connection.execute(f"create table {name} (a, b)")
            connection.execute(f"insert into {name} values (1, '{name}')")
        connection.commit()
    found = look(path)
    assert found.table is not None
    assert (found.preview.sheets, found.source.reading.sheet) == (("first", "second"), "first")
    assert found.table.columns[1].levels == ("first",)
    chosen = look_again(found, ReadingOptions(sheet="second"), lambda: False, lambda _share: None)
    assert chosen.table is not None
    assert chosen.table.columns[1].levels == ("second",)
    assert chosen.preview.sheets == ("first", "second")


def test_files_of_an_archive_are_sheets(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(file, "one.csv")
        archive.write(file, "two.csv")
    assert look(path).preview.sheets == ("one.csv", "two.csv")


def test_giving_up_is_heard(file: Path) -> None:
    with pytest.raises(Stopped):
        look_at(Source(file, file.name), DataSettings(), {}, lambda: True, lambda _share: None)


def test_the_first_rows_of_a_long_file_are_there_before_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regdesk.data.preview.head.LONG_FILE", 1000)
    monkeypatch.setattr("regdesk.data.preview.head.HEAD", 400)
    path = tmp_path / "long.csv"
    rows = [f"{row},{row % 7}.5,größe" for row in range(400)]
    path.write_text("\n".join(["a,b,c", *rows, "400,word,größe"]) + "\n", encoding="utf-8")
    seen: list[Imported] = []
    shares: list[float] = []
    found = look_at(Source(path, path.name), DataSettings(), {}, lambda: False, shares.append, seen.append)
    (head,) = seen
    assert head.table is None
    assert head.preview.is_partial
    assert head.preview.title == "long.csv"
    assert [column.name for column in head.preview.columns] == ["a", "b", "c"]
    whole = path.read_bytes()[:400]
    n_rows = whole.count(b"\n") - 1
    assert head.preview.rows.n_rows == n_rows
    assert head.preview.rows.text(n_rows - 1, 0) == f"{n_rows - 1}"
    assert (head.digest, head.source) == (found.digest, found.source)
    assert (found.preview.is_partial, found.preview.rows.n_rows) == (False, 401)
    look_again(found, ReadingOptions(has_header=False), lambda: False, shares.append, seen.append)
    assert [column.name for column in seen[1].preview.columns] == ["column_1", "column_2", "column_3"]


@pytest.mark.parametrize(
    "content",
    [b"a,b\n" + b"1,2\n" * 30, b"\0" * 5000, b"no end of a line " * 500, b'a,b\n1,"' + b"x\n" * 900 + b'"\n3,4\n'],
    ids=["short", "zeros", "one line", "a cell of many lines"],
)
def test_where_the_beginning_is_no_table_by_itself_nothing_is_shown_of_it(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regdesk.data.preview.head.LONG_FILE", 1000)
    monkeypatch.setattr("regdesk.data.preview.head.HEAD", 400)
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    seen: list[Imported] = []
    with contextlib.suppress(DataError):
        look_at(Source(path, path.name), DataSettings(), {}, lambda: False, lambda _share: None, seen.append)
    assert seen == []


def test_what_weighs_a_wide_table_looks_for_the_wish_to_stop_at_every_column(tmp_path: Path) -> None:
    n_columns, path = 300, tmp_path / "wide.csv"
    rows = [[f"{(7 * row + 3 * column) % 11 + column / 7:.3f}" for column in range(n_columns)] for row in range(24)]
    names = ",".join(f"c{column}" for column in range(n_columns))
    path.write_text("\n".join([names, *map(",".join, rows)]) + "\n", encoding="utf-8")
    asked: list[int] = []

    def should_stop(last: int | None = None) -> bool:
        asked.append(len(asked))
        return last is not None and len(asked) >= last

    found = look_at(Source(path, path.name), DataSettings(), {}, should_stop, lambda _share: None)
    assert found.table is not None
    # Read, shown, and asked whether it may be the target.
    assert len(asked) > 3 * n_columns
    asked.clear()
    prepare(found.source, found.table, DataSettings(target="c299"), 0, should_stop)
    n_looks = len(asked)
    # Fitted, encoded, and compared with each other in four ways.
    assert n_looks > 5 * n_columns
    asked.clear()
    with pytest.raises(Stopped):
        prepare(found.source, found.table, DataSettings(target="c299"), 0, partial(should_stop, n_looks - 1))
    assert len(asked) == n_looks - 1
