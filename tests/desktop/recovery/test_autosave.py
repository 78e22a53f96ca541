"""What is not saved is kept whole, in a folder of this process alone, and goes when it is saved or not wanted."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from unsaved_work import HandWork

from regdesk.desktop.recovery.autosave import INTERVAL_S, Autosave, interval_s
from regdesk.desktop.recovery.left_work import ASIDE_DAYS, MOST_OFFERED, LeftWork, about_bytes, claimed_works
from regdesk.upkeep.process_names import new_name, process_of
from regdesk.upkeep.recovery_names import ABOUT, DAMAGED, FILES, LOCK, PICTURE, SESSION, living_owners, process_folders

CHILD = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from PySide6.QtCore import QCoreApplication
from unsaved_work import HandWork
from regdesk.desktop.recovery.autosave import Autosave
application = QCoreApplication([])
work = HandWork("mark")
work.content = b"of the child"
autosave = Autosave(work, Path(sys.argv[1]), lambda: b"picture")
print(autosave.keep_now(), flush=True)
sys.stdin.readline()
os.kill(os.getpid(), 9)
"""
SUPPORT = Path(__file__).resolve().parents[2] / "support"


def begin_child(recovery: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(recovery), str(SUPPORT)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "True\n"
    return child


def kill(child: subprocess.Popen[str]) -> None:
    child.communicate("\n", timeout=600)
    assert child.returncode == -signal.SIGKILL


def left_folder(recovery: Path, session: bytes = b"x", title: str = "t", picture: bytes = b"p") -> Path:
    """As a process that lives no more has left it."""
    folder = recovery / new_name()
    folder.mkdir(parents=True)
    for name, content in (
        (LOCK, b""), (SESSION, session), (PICTURE, picture), (ABOUT, about_bytes(title, picture))
    ):  # fmt: skip
        (folder / name).write_bytes(content)
    return folder


def look(qtbot: Any, autosave: Autosave) -> None:
    with qtbot.waitSignal(autosave.kept):
        autosave.look()


def test_it_keeps_what_has_changed_and_nothing_else(qtbot: Any, tmp_path: Path) -> None:
    work, recovery = HandWork(), tmp_path / "state" / "recovery"
    autosave = Autosave(work, recovery, lambda: b"picture")
    autosave.look()
    assert autosave.folder is None
    assert not recovery.exists()
    work.mark = 1
    look(qtbot, autosave)
    folder = autosave.folder
    assert folder is not None
    assert process_of(folder.name) == os.getpid()
    assert {path.name for path in folder.iterdir()} == {LOCK, SESSION, PICTURE, ABOUT} <= set(FILES)
    assert (folder / SESSION).read_bytes() == b"first"
    assert living_owners(recovery) == [os.getpid()]
    autosave.look()
    assert work.n_gathered == 1
    work.mark, work.content = 2, b"second"
    look(qtbot, autosave)
    assert (folder / SESSION).read_bytes() == b"second"
    # It was saved by hand.
    work.mark = None
    autosave.look()
    assert not recovery.parent.exists()
    work.mark = 3
    assert autosave.keep_now()
    assert autosave.folder not in (None, folder)
    assert autosave.end(is_left=False) is False
    assert not recovery.parent.exists()
    # Nor does anything come after the end.
    autosave.look()
    assert not autosave.keep_now()
    assert not recovery.parent.exists()


def test_what_is_left_is_offered_to_one_window(qtbot: Any, tmp_path: Path) -> None:
    work, recovery = HandWork("mark"), tmp_path / "recovery"
    autosave = Autosave(work, recovery, lambda: b"picture")
    assert autosave.keep_now()
    assert claimed_works(recovery) == [], "it is of a living process"
    assert autosave.end(is_left=True)
    (left,) = claimed_works(recovery)
    assert claimed_works(recovery) == [], "another window is asked about it"
    facts = left.facts(time.time() + 60 * 7)
    assert (facts.title, facts.picture, facts.trouble) == ("houses.csv", b"picture", "")
    assert facts.when.endswith(", 7 minutes ago")
    left.release()
    other = left_folder(recovery)
    os.utime(other / SESSION, (1e9, 1e9))
    for n_tries in range(3):
        # Its process may have been ended from outside while it was read; twice, and it may be the session. It is
        # offered still, as nothing is restored without a click.
        works = {work.folder: work for work in claimed_works(recovery)}
        assert list(works) == [left.folder, other]
        again = works[left.folder]
        assert again.facts(0).is_suspect is (n_tries >= 2)
        assert again.taken().read_bytes() == b"first"
        for work in works.values():
            work.release()
    again.give_back()
    last = claimed_works(recovery)
    assert [(work.folder, work.facts(0).is_suspect) for work in last] == [(left.folder, False), (other, False)]
    for work in last:
        work.remove()
    assert not recovery.exists()


def test_between_two_runs_what_was_kept_stays(qtbot: Any, tmp_path: Path) -> None:
    work = HandWork("mark")
    autosave = Autosave(work, tmp_path, lambda: b"picture")
    look(qtbot, autosave)
    folder = autosave.folder
    assert folder is not None
    # The layers are others: the model that was is gone, and the new one has not taken a step.
    work.mark, work.is_between = None, True
    autosave.look()
    assert (folder / SESSION).read_bytes() == b"first"
    assert autosave.keep_now()
    work.mark, work.is_between, work.content = "other", False, b"second"
    look(qtbot, autosave)
    assert (autosave.folder, (folder / SESSION).read_bytes()) == (folder, b"second")
    work.mark, work.is_between = None, True
    assert autosave.end(is_left=True)
    assert (folder / SESSION).read_bytes() == b"second"


def test_two_processes_leave_each_other_alone(qtbot: Any, tmp_path: Path) -> None:
    first, second = begin_child(tmp_path), begin_child(tmp_path)
    assert sorted(living_owners(tmp_path)) == sorted([first.pid, second.pid])
    assert claimed_works(tmp_path) == []
    kill(first)
    (left,) = claimed_works(tmp_path)
    assert process_of(left.key) == first.pid
    assert (left.folder / SESSION).read_bytes() == b"of the child"
    left.remove()
    assert living_owners(tmp_path) == [second.pid]
    kill(second)
    (left,) = claimed_works(tmp_path)
    left.release()


def test_what_is_gathered_by_way_of_events_is_kept_too(qtbot: Any, tmp_path: Path) -> None:
    work = HandWork(1)
    work.is_late = True
    autosave = Autosave(work, tmp_path, lambda: b"picture")
    look(qtbot, autosave)
    folder = autosave.folder
    assert folder is not None
    work.mark, work.content = 2, b"second"
    assert autosave.keep_now()
    assert (folder / SESSION).read_bytes() == b"second"
    # Two that are under way at once: what was gathered last is what stays.
    work.mark, work.content = 3, b"third"
    autosave.look()
    work.mark, work.content = 4, b"fourth"
    assert autosave.keep_now()
    assert autosave.end(is_left=True)
    assert (folder / SESSION).read_bytes() == b"fourth"


def test_a_full_disk_is_said_once_and_tried_again(qtbot: Any, tmp_path: Path) -> None:
    work = HandWork(1)
    autosave = Autosave(work, tmp_path / "recovery", lambda: b"")
    work.problem = OSError(errno.ENOSPC, "No space left on device")
    said: list[str] = []
    autosave.failed.connect(said.append)
    with qtbot.waitSignal(autosave.failed):
        autosave.look()
    assert claimed_works(tmp_path / "recovery") == []
    assert "No space left on device" in said[0]
    assert not autosave.keep_now()
    work.problem = None
    look(qtbot, autosave)
    assert len(said) == 1
    autosave.end(is_left=False)


def test_after_an_error_that_nobody_foresaw_it_is_tried_again(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = HandWork(1)
    # A window that cannot be drawn any more: what is in it is kept all the same.
    autosave = Autosave(work, tmp_path, lambda: bytes(1 // 0))
    work.trouble = RuntimeError("gathering")
    for _ in range(2):
        with pytest.raises(RuntimeError, match="gathering"):
            autosave.look()
        assert not autosave.keep_now(), "who ends the program is told nothing any more"
    work.trouble, work.problem = None, ZeroDivisionError("writing")
    for is_late in (False, True):
        work.is_late = is_late
        with qtbot.capture_exceptions() as errors:
            autosave.look()
            qtbot.waitUntil(lambda: bool(errors))
    work.problem, work.is_lost, n_gathered = None, True, work.n_gathered
    for _ in range(2):
        autosave.look()
    assert work.n_gathered == n_gathered + 1, "it waits for an answer"
    # None comes.
    monkeypatch.setattr("regdesk.desktop.recovery.autosave.LOST_MS", 0)
    work.is_lost = False
    look(qtbot, autosave)
    folder = autosave.folder
    assert folder is not None
    assert ((folder / SESSION).read_bytes(), (folder / PICTURE).read_bytes()) == (b"first", b"")
    autosave.end(is_left=False)


def test_what_is_damaged_beside_a_session_is_left_out(tmp_path: Path) -> None:
    left_folder(tmp_path, title="T" * 1000)
    (left,) = claimed_works(tmp_path)
    assert left.facts(0.0).title == "T" * 200
    (left.folder / PICTURE).write_bytes(b"another")
    assert left.facts(0.0).picture == b""
    for about in (b"{", b"[]", b'{"title": 3, "picture": 4}', b"\xff", b"[" * 100_000, b"{" + b" " * 20_000 + b"}"):
        (left.folder / ABOUT).write_bytes(about)
        facts = left.facts(0.0)
        assert (facts.title, facts.picture) == ("regdesk", b"")
    left.release()


def test_what_holds_no_session_goes_and_what_was_tried_stays_for_a_while(tmp_path: Path) -> None:
    empty, tried, old = left_folder(tmp_path), left_folder(tmp_path), left_folder(tmp_path)
    (empty / SESSION).unlink()
    for folder in (tried, old):
        (folder / SESSION).rename(folder / DAMAGED)
    long_ago_s = time.time() - (ASIDE_DAYS + 1) * 86_400
    os.utime(old / DAMAGED, (long_ago_s, long_ago_s))
    others = tmp_path / "notes"
    others.mkdir()
    assert claimed_works(tmp_path) == []
    assert process_folders(tmp_path) == [tried]
    assert others.exists()


def test_few_are_offered_at_once_and_none_is_lost(tmp_path: Path) -> None:
    folders = [left_folder(tmp_path) for _ in range(MOST_OFFERED + 2)]
    for number, folder in enumerate(folders):
        os.utime(folder / SESSION, (1e9 + number, 1e9 + number))
    works: list[LeftWork] = claimed_works(tmp_path)
    assert [work.folder for work in works] == folders[:1:-1]
    for work in works:
        work.remove()
    rest = claimed_works(tmp_path)
    assert [work.folder for work in rest] == folders[1::-1]
    for work in rest:
        work.release()


def test_a_link_in_place_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    recovery = tmp_path / "recovery"
    outside = left_folder(tmp_path / "outside")
    recovery.mkdir()
    (recovery / new_name()).symlink_to(outside)
    assert claimed_works(recovery) == []
    assert (outside / SESSION).exists()


@pytest.mark.parametrize(
    ("text", "seconds"), [("", INTERVAL_S), ("2", 2.0), ("0", 0.05), ("nan", INTERVAL_S), ("x", INTERVAL_S)]
)
def test_the_interval(text: str, seconds: float) -> None:
    assert interval_s({"REGDESK_AUTOSAVE_S": text}) == seconds
