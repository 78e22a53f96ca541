"""What was left is offered again until it is in a file or a person lets it go; aside goes only what is damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from unsaved_work import HandWork

from regdesk.desktop.recovery.left_work import about_bytes, claimed_works
from regdesk.desktop.recovery.recovery import Recovery
from regdesk.upkeep.process_names import new_name
from regdesk.upkeep.recovery_names import ABOUT, DAMAGED, LOCK, PICTURE, SESSION, TRIED

GONE = "Its data are gone."


class Window(QWidget):
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[str] = []

    def show_error(self, sentence: str) -> None:
        self.errors.append(sentence)


class Door(QObject):
    restore_requested = Signal(str)
    discard_requested = Signal(str)
    left = Signal()

    def show_works(self, works: list[Any], _has_crash_log: bool) -> None:
        self.works = works


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Any:
    """A window in which a work that was left is being restored: ``then`` and ``put_off`` say what becomes of it."""
    folder = tmp_path / new_name()
    folder.mkdir()
    for name, content in ((LOCK, b""), (SESSION, b"x"), (PICTURE, b"p"), (ABOUT, about_bytes("t", b"p"))):
        (folder / name).write_bytes(content)
    window, door, work = Window(), Door(), HandWork()
    qtbot.addWidget(window)
    places: Any = SimpleNamespace(recovery=tmp_path, crashes=None)
    recovery = Recovery(window, SimpleNamespace(), places, work, door)  # type: ignore[arg-type]
    recovery.offer()
    door.restore_requested.emit(door.works[0].key)
    assert work.restoring is not None
    path, then, put_off = work.restoring
    assert path.read_bytes() == b"x"
    return SimpleNamespace(
        window=window, work=work, folder=folder, then=then, put_off=put_off, recovery=recovery,
        offered=lambda: offered(tmp_path),
    )  # fmt: skip


def offered(recovery: Path) -> list[Path]:
    """What the next start offers."""
    works = claimed_works(recovery)
    for work in works:
        work.release()
    return [work.folder for work in works]


def test_a_reading_that_was_not_ended_is_counted(desk: Any) -> None:
    assert (desk.folder / TRIED).read_bytes() == b"1"
    assert (desk.folder / SESSION).exists()
    # A window that is closed meanwhile has ended it.
    desk.window.closed.emit()
    assert not (desk.folder / TRIED).exists()
    assert desk.offered() == [desk.folder]


def test_what_cannot_be_read_is_kept_aside(desk: Any) -> None:
    desk.then("It is damaged.")
    assert desk.window.errors == [f"It is damaged. It is kept aside as {desk.folder / DAMAGED}."]
    assert (desk.offered(), (desk.folder / DAMAGED).read_bytes()) == ([], b"x")


def test_what_waits_for_its_data_is_offered_again_whatever_comes(desk: Any) -> None:
    desk.put_off()
    # A process that ends now leaves no more than this.
    assert {one.name for one in desk.folder.iterdir()} == {LOCK, SESSION, PICTURE, ABOUT}
    desk.then(GONE)
    assert desk.window.errors == [f"{GONE} It is offered again at the next start."]
    assert desk.offered() == [desk.folder]
    desk.window.closed.emit()
    assert desk.offered() == [desk.folder]


@pytest.mark.parametrize("is_let_go", [False, True])
def test_what_was_restored_goes_at_closing_only_if_it_was_let_go(desk: Any, is_let_go: bool) -> None:
    desk.then("")
    desk.work.is_let_go = is_let_go
    desk.window.closed.emit()
    assert desk.offered() == ([] if is_let_go else [desk.folder])
    assert desk.window.errors == []


def test_what_was_being_kept_before_does_not_stand_for_what_was_restored(
    qtbot: Any, tmp_path: Path, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Callable[[], None]] = []
    gather = desk.work.gather
    monkeypatch.setattr(desk.work, "gather", lambda then: answers.append(lambda: gather(then)))
    autosave = desk.recovery.findChild(QObject, "autosave").parent()
    desk.work.mark = 1
    autosave.look()
    desk.work.mark = 2
    desk.then("")
    with qtbot.waitSignal(autosave.kept):
        answers.pop()()
    assert desk.folder.exists()
    autosave.look()
    with qtbot.waitSignal(autosave.kept):
        answers.pop()()
    assert not desk.folder.exists()
    autosave.end(is_left=False)


def keep(qtbot: Any, desk: Any, mark: int) -> None:
    desk.work.mark = mark
    autosave = desk.recovery.findChild(QObject, "autosave").parent()
    with qtbot.waitSignal(autosave.kept):
        autosave.look()


def test_what_was_undone_is_offered_again_whatever_is_kept_instead(qtbot: Any, desk: Any) -> None:
    desk.then("")
    desk.work.is_undone = True
    keep(qtbot, desk, 1)
    # What ends this process now leaves both.
    assert desk.folder.exists()
    desk.work.is_undone = False
    keep(qtbot, desk, 2)
    assert not desk.folder.exists()
    desk.window.closed.emit()


@pytest.mark.parametrize("is_undone", [False, True])
def test_so_it_is_where_the_program_is_ended_from_outside(desk: Any, is_undone: bool) -> None:
    desk.then("")
    desk.work.is_undone, desk.work.mark = is_undone, 1
    desk.recovery.keep_for_next_start()
    desk.window.closed.emit()
    offers = desk.offered()
    assert (desk.folder in offers, len(offers)) == (is_undone, 1 + is_undone)
