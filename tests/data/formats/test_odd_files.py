"""What is no ordinary file, or cannot be read, is said in one sentence; any name that a system allows can be opened."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from regdesk.data.errors import DataError
from regdesk.data.formats.reading import read_file

CONTENT = b"a,b\n1,x\n2,y\n"


def failure(path: Path | str) -> DataError:
    with pytest.raises(DataError) as caught:
        read_file(path)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
    return caught.value


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    # The name of a socket is short.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(path.name)
    finally:
        os.chdir(here)


def make_dangling_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def make_loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_pipe, "this is not an ordinary file"),
        (make_socket, "this is not an ordinary file"),
        (make_dangling_link, "there is no such file"),
        (make_loop, "cannot be read"),
        (Path.mkdir, "this is a folder"),
        (Path.touch, "the file is empty"),
    ],
)
def test_what_is_no_file_is_named(tmp_path: Path, make: Callable[[Path], object], words: str) -> None:
    path = tmp_path / "t.csv"
    make(path)
    error = failure(path)
    assert (error.file, error.row) == (str(path), None)
    assert words in str(error)


@pytest.mark.parametrize("name", ["t.csv", "t.parquet", "t.ods"])
def test_what_may_not_be_read_is_named_and_so_is_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / name
    path.write_text("a,b\n1,2\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    # The user who runs tests may be one to whom nothing is denied.
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert str(failure(path)) == f"{name}: there is no permission to read this file; change its permissions."
    monkeypatch.setattr(os, "access", lambda folder, _: folder != tmp_path)
    assert "there is no permission to look into the folder of this file" in str(failure(path))
    assert "this is a folder without permission to look into it" in str(failure(tmp_path))


def test_of_a_folder_it_is_said_which_tables_lie_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "rooms"
    (folder / "inner.csv").mkdir(parents=True)
    (folder / "notes.pdf").touch()
    assert str(failure(folder)) == "rooms: this is a folder, and no table lies in it; open a file."
    (folder / "b.CSV").touch()
    assert str(failure(folder)) == "rooms: this is a folder; open the file in it, 'b.CSV'."
    for name in ("a.tsv", "c.xlsx", "d.csv"):
        (folder / name).touch()
    assert str(failure(folder)) == (
        "rooms: this is a folder with 4 files that may be tables ('a.tsv', 'b.CSV', 'c.xlsx' and 1 more); open one of "
        "them, or several together where their columns are the same."
    )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a system without devices")
@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/tty"])
def test_a_device_is_never_read(device: str) -> None:
    if Path(device).exists():
        assert "this is not an ordinary file" in str(failure(device))


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "t.csv/inside.csv", "a\0b.csv"])
def test_a_name_that_no_file_has_is_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "t.csv").write_bytes(CONTENT)
    assert "cannot be read" in str(failure(tmp_path / name))


@pytest.mark.parametrize(
    "name",
    ["with blanks.csv", "emoji 😀.csv", "データ.csv", "بيانات.csv", "e\u0301.csv", "-.csv", "#1 50%.csv",
     "'\";&$(x).csv", "new\nline.csv", "no ending", ".hidden", "two.csv.txt", "UPPER.CSV", b"bad\xff.csv"],
)  # fmt: skip
def test_any_name_can_be_opened(tmp_path: Path, name: str | bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(CONTENT)
    table = read_file(path)
    assert (table.path, table.n_rows) == (path, 2)
    path.write_bytes(CONTENT + b"3\n")
    assert failure(path).row == 4


def test_a_file_in_a_folder_with_blanks_and_signs(tmp_path: Path) -> None:
    folder = tmp_path / "my data 😀" / "новая папка"
    folder.mkdir(parents=True)
    (folder / "t.csv").write_bytes(CONTENT)
    assert read_file(folder / "t.csv").n_rows == 2


def test_a_link_is_read_as_the_file_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(CONTENT)
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "t.csv")
    assert read_file(link).path == link
