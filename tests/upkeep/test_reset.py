"""Reset removes what is ours, all of it, and nothing else; a running window and links keep it away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from regdesk.app import main
from regdesk.upkeep.crash_log import CRASH
from regdesk.upkeep.places import Places
from regdesk.upkeep.process_names import locked_new, new_name
from regdesk.upkeep.reset import findings, remove, running_instances


def put(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def kept(tmp_path: Path) -> Places:
    """One of everything that is ours."""
    found = Places(tmp_path / "config" / "regdesk" / "regdesk.ini", tmp_path / "state" / "regdesk", tmp_path / "cache")
    assert found.preferences is not None
    assert found.recovery is not None
    assert found.crashes is not None
    put(found.preferences, "[General]\n")
    put(found.preferences.with_name("regdesk.ini.start-abc"))
    work = found.recovery / new_name()
    for name in ("lock", "session.regdesk", "picture.png", "about.json"):
        put(work / name)
    put(work / f".regdesk-{'0' * 32}.part" / "regdesk.list")
    put(work / f".regdesk-{'0' * 32}.part" / "session.regdesk")
    put(found.crashes / f"{new_name()}{CRASH}")
    put(found.cache / f"engine-{'a' * 16}" / "float32.lock")
    return found


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_all_that_is_ours_goes_and_empty_folders_with_it(kept: Places, tmp_path: Path) -> None:
    found = findings(kept)
    assert len(found.kept) == 5
    assert found.left == ()
    assert remove(kept, found) == []
    assert files(tmp_path) == []
    assert not (tmp_path / "state" / "regdesk").exists()
    assert not (tmp_path / "config" / "regdesk").exists()
    # What a system has for all programs stays.
    assert (tmp_path / "state").is_dir()
    assert findings(kept).kept == ()


def test_what_is_not_ours_stays_wherever_it_is(kept: Places, tmp_path: Path) -> None:
    assert kept.preferences is not None
    assert kept.recovery is not None
    assert kept.crashes is not None
    (work,) = kept.recovery.iterdir()
    others = [
        put(kept.preferences.with_name("notes.txt")),
        put(kept.preferences.with_name("regdesk.ini.bak")),
        put(kept.preferences.parent / "pasted" / "pasted 1.txt"),
        put(work / "thesis.doc"),
        put(kept.recovery / "mine" / "session.regdesk"),
        put(kept.crashes / "other.log"),
        put(kept.cache / "engine-mine" / "x.nbi"),
        put(kept.cache / f"engine-{'a' * 16}" / "thesis.doc"),
    ]
    before = files(tmp_path)
    found = findings(kept)
    assert [sentence for sentence in found.left if "pasted" in sentence]
    problems = remove(kept, found)
    assert [path for path in others if not path.exists()] == []
    assert len(files(tmp_path)) == len(others) < len(before)
    assert len(problems) == 2


def test_links_are_refused(kept: Places, tmp_path: Path) -> None:
    assert kept.preferences is not None
    assert kept.recovery is not None
    outside = put(tmp_path / "outside" / new_name() / "session.regdesk")
    real = put(tmp_path / "outside" / "dotfiles.ini")
    for path, target in ((kept.recovery, outside.parents[1]), (kept.preferences, real)):
        if path.is_dir():
            path.rename(tmp_path / "away")
        else:
            path.unlink()
        path.symlink_to(target)
    (kept.cache / f"engine-{'b' * 16}").symlink_to(outside.parents[1])
    found = findings(kept)
    assert sum("is a link" in sentence for sentence in found.left) == 2
    assert remove(kept, found) == []
    assert outside.exists()
    assert real.exists()
    assert kept.preferences.is_symlink()


def test_a_running_window_is_respected(
    kept: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kept.recovery is not None
    assert running_instances(kept) == []
    folder = kept.recovery / new_name()
    folder.mkdir()
    with locked_new(folder / "lock"):
        assert running_instances(kept) == [os.getpid()]
        monkeypatch.setattr("regdesk.cli.upkeep_commands.places", lambda: kept)
        before = files(tmp_path)
        assert main(["reset", "--yes"]) == 1
        assert f"regdesk is running (process {os.getpid()})" in capsys.readouterr().err
        assert files(tmp_path) == before
    assert running_instances(kept) == []


def test_the_command_lists_asks_and_removes(
    kept: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("regdesk.cli.upkeep_commands.places", lambda: kept)
    before = files(tmp_path)
    # Nobody sits before this one.
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["reset"]) == 2
    out, errors = capsys.readouterr()
    assert str(kept.preferences) in out
    assert "--yes" in errors
    assert files(tmp_path) == before
    assert main(["reset", "--yes"]) == 0
    assert capsys.readouterr().out.endswith("Removed.\n")
    assert files(tmp_path) == []
    assert main(["reset"]) == 0
    assert capsys.readouterr().out == "Nothing is kept on this computer.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_a_person_at_a_terminal_is_asked(tmp_path: Path) -> None:
    import pty

    file = put(tmp_path / "mine.ini")
    environment = os.environ | {"REGDESK_SETTINGS": str(file), "NUMBA_CACHE_DIR": str(tmp_path / "no cache")}
    for answer, is_there in ((b"n\n", True), (b"yes\n", False)):
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "regdesk", "reset"],
            stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
        ) as child:  # fmt: skip
            os.write(ours, answer)
            _, errors = child.communicate(timeout=600)
        os.close(ours)
        os.close(theirs)
        assert child.returncode == 0, errors
        assert b"Type yes" in errors
        assert file.exists() == is_there
