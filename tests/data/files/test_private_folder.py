"""Folders for unpacked files: they go with the process, and one whose process was killed goes with the next."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from regdesk.data.files.private_folder import NEW_S, PREFIX, PrivateFolder

OLD_S = 2 * NEW_S
WAITS = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from regdesk.data.files.private_folder import PrivateFolder
folder = PrivateFolder()
(folder.path / "unpacked").write_text("a,b")
print(folder.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def make_old(folder: Path) -> None:
    then = time.time() - OLD_S
    os.utime(folder, (then, then))


def test_a_folder_is_there_until_it_is_left_and_nothing_of_it_stays(place: Path) -> None:
    with PrivateFolder() as folder:
        (folder.path / "deep").mkdir()
        (folder.path / "deep" / "file").write_text("1")
        assert folder.path.parent == place
        assert folder.path.name.startswith(PREFIX)
    assert list(place.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_what_a_killed_process_has_left_goes_and_what_a_living_one_needs_stays(place: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", WAITS, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    try:
        killed, living = (Path(str(child.stdout and child.stdout.readline()).strip()) for child in children)
        children[0].kill()
        children[0].wait()
        with PrivateFolder():
            assert killed.is_dir(), "so young, it may belong to one that has not taken its lock yet"
        make_old(killed)
        make_old(living)
        with PrivateFolder():
            assert not killed.exists()
            assert (living / "unpacked").read_text() == "a,b"
    finally:
        for child in children:
            child.communicate("")
    assert list(place.iterdir()) == [living], "this child was only taught to make it"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_and_a_folder_without_an_owner_are_none_of_ours(place: Path) -> None:
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "owner").write_text("")
    (place / f"{PREFIX}link").symlink_to(elsewhere)
    nobody = place / f"{PREFIX}nobody"
    nobody.mkdir()
    make_old(elsewhere)
    make_old(nobody)
    with PrivateFolder():
        assert (elsewhere / "owner").exists()
        assert nobody.is_dir()
