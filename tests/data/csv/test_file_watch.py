"""A file that changes while it is read: never rows of two files, and a digest of the very bytes that were parsed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regdesk.data.csv import file_watch, reader
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError

N_ROWS = 9_000
"""More than the reader takes at first, 64 KB, and more than two of its chunks of rows."""
LINE = "{number:06d},{mark}\n"
LONG_AGO_NS = 1_700_000_000_000_000_000


def text_of(mark: str, n_rows: int = N_ROWS) -> bytes:
    """Every line is as long as in any other such file."""
    return ("row,mark\n" + "".join(LINE.format(number=number, mark=mark) for number in range(n_rows))).encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    path.write_bytes(text_of("1"))
    os.utime(path, ns=(LONG_AGO_NS, LONG_AGO_NS))
    return path


def write_once(change: Callable[[], None], at_call: int = 1) -> Callable[[float], None]:
    """A progress callback that changes the file between two pieces of the reading, when some cells have been read."""
    calls = []

    def progress(share: float) -> None:
        if share > 0.0:
            calls.append(1)
        if share > 0.0 and len(calls) == at_call:
            change()

    return progress


def overwrite(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.write(text_of("2"))


def append(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(LINE.format(number=N_ROWS, mark="2").encode())


def truncate(path: Path) -> None:
    os.truncate(path, len(text_of("1", N_ROWS - 100)))


def truncate_within_a_row(path: Path) -> None:
    os.truncate(path, len(text_of("1", N_ROWS - 100)) - 2)


def replace(path: Path) -> None:
    other = path.with_name("other.csv")
    other.write_bytes(text_of("2"))
    os.utime(other, ns=(LONG_AGO_NS, LONG_AGO_NS))
    other.replace(path)


def remove(path: Path) -> None:
    path.unlink()


def overwrite_and_set_the_clock_back(path: Path) -> None:
    overwrite(path)
    os.utime(path, ns=(LONG_AGO_NS, LONG_AGO_NS))


CHANGES = [
    overwrite, append, truncate, truncate_within_a_row, replace, remove, overwrite_and_set_the_clock_back,
]  # fmt: skip


@pytest.mark.parametrize("at_call", [1, N_ROWS // 4096 + 1], ids=["after the first rows", "after the last"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_while_it_is_read_is_refused(file: Path, change: Callable[[Path], None], at_call: int):
    with pytest.raises(DataError, match=r"^data.csv: the file changed while it was read.* or open a copy\.$"):
        read_table(file, progress=write_once(lambda: change(file), at_call))


def test_a_change_that_leaves_no_trace_in_the_times_is_found_by_the_bytes(file: Path, monkeypatch):
    # A clock of file times as coarse as 2 s: what was written just before and what is written now look alike.
    def coarse(found: os.stat_result) -> file_watch.FileState:
        return file_watch.FileState(found.st_dev, found.st_ino, found.st_size, 0, 0)

    monkeypatch.setattr(file_watch.FileState, "of", coarse)
    monkeypatch.setattr(file_watch, "RECENT_NS", 2**63)
    with pytest.raises(DataError, match="changed while it was read"):
        read_table(file, progress=write_once(lambda: overwrite(file)))
    read_table(file)


def test_a_change_between_two_passes_is_found(file: Path):
    # A word after so many numbers: they are read once more, as words.
    text = text_of("1") + b"last,x\n" * N_ROWS
    file.write_bytes(text)
    shares: list[float] = []

    def overwrite_after_the_first(share: float) -> None:
        # The first reading of all cells is the first 0.8 of the work.
        if shares and share > 0.8 >= shares[-1]:
            overwrite(file)
        shares.append(share)

    with pytest.raises(DataError, match="changed while it was read"):
        read_table(file, progress=overwrite_after_the_first)
    assert max(shares) > 0.8
    file.write_bytes(text)
    assert read_table(file).digest == hashlib.sha256(text).hexdigest()


def test_damage_that_a_writer_makes_is_not_called_the_files_own(file: Path):
    def damage() -> None:
        with file.open("r+b") as stream:
            stream.seek(len(text_of("1", N_ROWS - 10)))
            stream.write(b"1,2,3\n")

    with pytest.raises(DataError, match="changed while it was read"):
        read_table(file, progress=write_once(damage))
    with pytest.raises(DataError, match=r"line \d+: this row has"):
        read_table(file)


@pytest.mark.parametrize(
    "text",
    [text_of("1"), b"\xef\xbb\xbfa,b\r\n1,2\r\n\r\n3,4", b'a;b\n"x\n\xc3\xa9";1\ny;2\n\n\n', b"a\n1\n2\n"],
    ids=["long", "marked", "quoted", "one column"],
)
def test_the_digest_is_that_of_the_whole_file(tmp_path: Path, text: bytes):
    path = tmp_path / "data.csv"
    path.write_bytes(text)
    assert read_table(path).digest == hashlib.sha256(text).hexdigest()


def test_a_file_that_changes_before_its_quotes_are_looked_up_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_text('a,b\n1,it "is\n2,so\n')
    real = reader.stray_quote_warnings

    def changed_first(*values: Any) -> Any:
        path.write_text('a,b\n1,it ""is\n2,so it is\n')
        return real(*values)

    monkeypatch.setattr(reader, "stray_quote_warnings", changed_first)
    with pytest.raises(DataError, match="the file changed while it was read"):
        reader.read_table(path)
