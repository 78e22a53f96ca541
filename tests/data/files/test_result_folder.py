"""The folder of results: whoever ends the program at whatever moment, a reader can tell which files belong together."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from killed_writer import CALLS, files_of, summary_of, write

from regdesk.data.files import whole_files
from regdesk.data.files.result_folder import NotWritable, ResultFolder, strangers_in
from regdesk.data.files.whole_files import write_whole

RESULTS = sorted([*files_of(""), "summary.json"])
MINE = {"notes.txt": "mine", "path.csv.part": "mine"}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def generation_of(content: bytes) -> str:
    """Which sweep a whole file is of."""
    for generation in ("old ", "new "):
        if content in files_of(generation).values():
            return generation
        if content.startswith(b"{") and json.loads(content)["generation"] == generation:
            return generation
    raise AssertionError(f"half a file: {content[:60]!r}")


def check_telling(folder: Path) -> None:
    """Every file is whole, and the summary names exactly those that are of its own sweep."""
    found = {name: generation_of((folder / name).read_bytes()) for name in RESULTS}
    strangers = {name for name in RESULTS if found[name] != found["summary.json"]}
    assert set(strangers_in(folder)) == strangers
    # The summary comes last: an old one may stand beside new files, a new one never beside old ones.
    assert found["summary.json"] == "old " or not strangers


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork to kill")
def test_killed_at_any_call_a_reader_can_tell_and_the_next_sweep_clears_up(tmp_path: Path) -> None:
    script = Path(__file__).with_name("killed_writer.py")
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, timeout=300)
    folders = sorted(tmp_path.iterdir(), key=lambda path: int(path.name))
    assert len(folders) > 60
    n_mixed = n_left = 0
    for folder in folders:
        check_telling(folder)
        n_mixed += bool(strangers_in(folder))
        n_left += names_in(folder) != sorted([*RESULTS, *MINE, ".regdesk-mine.part"])
        write(folder, "new ")
        assert names_in(folder) == sorted([*RESULTS, *MINE, ".regdesk-mine.part"]), folder.name
        assert strangers_in(folder) == []
        assert {name: (folder / name).read_text() for name in MINE} == MINE
        assert {generation_of((folder / name).read_bytes()) for name in RESULTS} == {"new "}
    # The calls are those that matter: some ended between two renamings, most with a hidden folder left behind.
    assert n_mixed >= len(RESULTS) - 1
    assert n_left > 20


def fail_at(monkeypatch: pytest.MonkeyPatch, k: int) -> list[int]:
    """The ``k``-th call to the system, and every one after it that writes, fails as on a full disk."""
    made: list[int] = []

    def failing(name: str, call: Any) -> Any:
        def counted(*arguments: Any, **options: Any) -> Any:
            made.append(1)
            if len(made) == k or (len(made) > k and name in ("write", "mkdir")):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return call(*arguments, **options)

        return counted

    for name in set(CALLS) - {"close", "unlink", "rmdir", "scandir"}:
        monkeypatch.setattr(os, name, failing(name, getattr(os, name)))
    return made


def test_whatever_fails_nothing_is_lost_and_nothing_is_left_behind(tmp_path: Path, monkeypatch: Any) -> None:
    n_done = 0
    for k in range(1, 1000):
        folder = tmp_path / str(k)
        write(folder, "old ")
        with monkeypatch.context() as patch:
            made = fail_at(patch, k)
            with suppress(OSError, NotWritable):
                write(folder, "new ")
                n_done += 1
        assert names_in(folder) == RESULTS
        check_telling(folder)
        if len(made) < k:
            break
    # What the disk of another machine may not know, to bring a folder's names to it, is no failure.
    assert k - n_done > 25


def test_a_full_disk_leaves_the_old_results_as_they_were(tmp_path: Path, monkeypatch: Any) -> None:
    write(tmp_path, "old ")
    write_to = os.write

    def nearly_full(descriptor: int, content: Any) -> int:
        if len(content) > 100:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_to(descriptor, content)

    monkeypatch.setattr(os, "write", nearly_full)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path, "new ")
    assert names_in(tmp_path) == RESULTS
    assert {generation_of((tmp_path / name).read_bytes()) for name in RESULTS} == {"old "}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("mine")
    with pytest.raises(NotWritable, match=r"this is a file; name a folder\): nothing was begun\.$"):
        write(path, "new ")
    with pytest.raises(NotWritable, match="Not a directory"):
        write(path / "deeper", "new ")
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["summary.json", "weights.csv"])
def test_a_folder_or_a_link_where_a_file_has_to_go_is_told_before(tmp_path: Path, name: str) -> None:
    (tmp_path / "a" / name).mkdir(parents=True)
    with pytest.raises(NotWritable, match=rf"\({name} is no file there\)"):
        write(tmp_path / "a", "new ")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotWritable, match=rf"\({name} is a link there\)"):
        write(tmp_path / "b", "new ")
    assert names_in(tmp_path / "b") == [name]


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="who may do everything may write everywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(NotWritable, match="Permission denied"):
            write(tmp_path / "out", "new ")
        with pytest.raises(NotWritable, match="Permission denied"):
            write(tmp_path, "new ")
    finally:
        tmp_path.chmod(0o755)


def test_a_link_to_a_folder_is_that_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    write(tmp_path / "link", "new ")
    assert names_in(tmp_path / "real") == RESULTS
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    with pytest.raises(NotWritable, match="File exists"):
        write(tmp_path / "nowhere", "new ")


def test_folders_that_were_made_for_nothing_are_taken_back(tmp_path: Path) -> None:
    with ResultFolder(tmp_path / "a" / "b"):
        assert (tmp_path / "a" / "b").is_dir()
    assert names_in(tmp_path) == []
    with ResultFolder(tmp_path / "a" / "b"):
        (tmp_path / "a" / "notes.txt").write_text("mine")
    assert names_in(tmp_path / "a") == ["notes.txt"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("summary.json", '{"total": 3}'),
        ("summary.json", "no JSON"),
        ("path.csv", "x,y\n"),
        ("path.csv", "lambda,train_loss,x\nbegins as ours do"),
        ("weights.csv", "kg\n"),
        ("lambdaPanel.svg", "drawn by hand"),
    ],
)
def test_what_others_wrote_is_kept(tmp_path: Path, name: str, text: str) -> None:
    for number, ending in enumerate(["kept", "kept-2"]):
        (tmp_path / name).write_text(text)
        with ResultFolder(tmp_path) as results:
            results.write(files_of("new "), summary_of("new "))
        kept = Path(name).with_suffix(f".{ending}{Path(name).suffix}").name
        why = "is not as regdesk writes it" if name == "summary.json" else "is not as summary.json there lists it"
        assert results.kept == [f"{tmp_path / name} {why}; it is kept as {kept}."]
        assert (tmp_path / kept).read_text() == text
        assert len(names_in(tmp_path)) == len(RESULTS) + number + 1


@pytest.mark.parametrize("name", RESULTS)
def test_what_was_changed_since_is_kept_and_the_rest_replaced(tmp_path: Path, name: str) -> None:
    write(tmp_path, "old ")
    with (tmp_path / name).open("a") as stream:
        stream.write("  ")
    mine = (tmp_path / name).read_bytes()
    with ResultFolder(tmp_path) as results:
        # The tables first, then the pictures too.
        tables = {table: content for table, content in files_of("new ").items() if table.endswith(".csv")}
        results.write(tables, summary_of("new "))
        results.write(files_of("new "), summary_of("new "))
    kept = f"{Path(name).stem}.kept{Path(name).suffix}"
    assert names_in(tmp_path) == sorted([*RESULTS, kept])
    assert (tmp_path / kept).read_bytes() == mine
    assert len(results.kept) == 1
    assert strangers_in(tmp_path) == []


def test_the_file_that_was_read_is_kept_even_if_it_is_ours(tmp_path: Path) -> None:
    write(tmp_path, "old ")
    with ResultFolder(tmp_path, tmp_path / "path.csv") as results:
        for _ in range(2):
            results.write(files_of("new "), summary_of("new "))
    assert results.kept == [f"{tmp_path / 'path.csv'} is the file that was read; it is kept as path.kept.csv."]
    assert (tmp_path / "path.kept.csv").read_bytes() == files_of("old ")["path.csv"]
    assert names_in(tmp_path) == sorted([*RESULTS, "path.kept.csv"])


def test_where_nothing_can_be_written_nothing_is_renamed(tmp_path: Path) -> None:
    (tmp_path / "historyPanel.png").mkdir()
    (tmp_path / "lambdaPanel.svg").write_text("mine")
    (tmp_path / "path.csv").write_text("mine")
    with pytest.raises(OSError, match=r"historyPanel\.png is no file there"):
        write(tmp_path, "new ")
    assert names_in(tmp_path) == ["historyPanel.png", "lambdaPanel.svg", "path.csv"]


def test_a_hidden_folder_that_is_not_certainly_ours_stays(tmp_path: Path) -> None:
    token = "0" * 32
    hidden = tmp_path / f".regdesk-{token}.part"
    hidden.mkdir()
    (hidden / "mine").write_text("mine")
    write(tmp_path, "new ")
    assert names_in(hidden) == ["mine"]
    # Ours, and something in it that is not.
    (hidden / "regdesk.list").write_bytes(f"regdesk is writing files here: {token}\n".encode() + b'"path.csv"\n"cut o')
    (hidden / "path.csv").write_text("half")
    write(tmp_path, "new ")
    assert names_in(hidden) == ["mine", "path.csv", "regdesk.list"]
    (hidden / "mine").unlink()
    write(tmp_path, "new ")
    assert names_in(tmp_path) == RESULTS


def test_what_a_living_program_is_writing_stays(tmp_path: Path) -> None:
    with whole_files.StagedFiles(tmp_path) as staged:
        staged.add("path.csv", b"half")
        write(tmp_path, "new ")
        staged.put_in_place()
    assert (tmp_path / "path.csv").read_bytes() == b"half"
    assert names_in(tmp_path) == RESULTS
    assert strangers_in(tmp_path) == ["path.csv"]


def test_a_single_file_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.png", tmp_path / "link.png"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640
    write_whole(tmp_path / ("n" * 251 + ".png"), b"a name as long as names may be")
    write_whole(Path(os.devnull), b"not replaced")
    assert not Path(os.devnull).is_file()
    for path in (tmp_path, tmp_path / "no such folder" / "x.png"):
        with pytest.raises(OSError, match=r"is no file there|No such file"):
            write_whole(path, b"")


def test_a_single_file_that_fails_is_what_it_was(tmp_path: Path, monkeypatch: Any) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"old")
    n_failed = 0
    for k in range(1, 100):
        with monkeypatch.context() as patch:
            made = fail_at(patch, k)
            try:
                write_whole(path, b"new")
            except whole_files.NotOnDisk:
                assert path.read_bytes() == b"new"
            except OSError:
                n_failed += 1
                assert path.read_bytes() == b"old"
        assert names_in(tmp_path) == ["picture.png"]
        path.write_bytes(b"old")
        if len(made) < k:
            break
    assert n_failed > 7
