"""The window comes up whatever is in its settings, and after a start that did not."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from warm_processes import WarmPopen

from regdesk.desktop.preferences import PATH_VARIABLE, Preferences
from regdesk.desktop.start_marker import StartMarker

ROOT = Path(__file__).resolve().parents[2]
START = """
import json, os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from regdesk.app import create_window
from regdesk.views.docks.panel_docks import PanelDocks

how, restore = sys.argv[1], PanelDocks.restore_layout
def crash(docks, state, arrangement):
    restore(docks, state, arrangement)
    os.kill(os.getpid(), signal.SIGKILL)
def wait(docks, state, arrangement):
    print("restoring", flush=True)
    sys.stdin.readline()
    return restore(docks, state, arrangement)
if how in ("crash", "wait"):
    PanelDocks.restore_layout = {"crash": crash, "wait": wait}[how]
window = create_window([])
said = []
def look():
    status = window.state()["status"]
    if status not in said:
        said.append(status)
    if window.state()["weights_digest"]:
        if how == "move":
            window.docks.docks[2].close_button.click()
            window.resize(1111, 777)
        hidden = [dock.objectName() for dock in window.docks.docks if dock.isHidden()]
        print(json.dumps([hidden, window.width(), said]), flush=True)
        window.close()
timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
QApplication.exec()
"""
MOVED, FIRST = [["historyDock"], 1111], [[], 1440]
FAILED = "The last start did not come up: window and panels are where they stood at first."
DAMAGED = "The layout that was kept is damaged: the panels are where they stood at first."
CRASHES = (16, 36)
"""This byte of a layout with this value in it ended Qt 6.10 with a segmentation fault."""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "settings.ini"


def begin(how: str, settings: Path) -> WarmPopen:
    return WarmPopen(
        ["-W", "error", "-c", START, how], cwd=ROOT, env=os.environ | {PATH_VARIABLE: str(settings)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def end(child: subprocess.Popen[str]) -> tuple[list[Any], list[str]]:
    """Which panels were hidden and how wide the window was; every sentence of the status line."""
    out, errors = child.communicate("\n", timeout=600)
    assert child.returncode == 0, errors
    *shown, said = json.loads(out.splitlines()[-1])
    return shown, said


def start(how: str, settings: Path) -> tuple[list[Any], list[str]]:
    return end(begin(how, settings))


def kept(settings: Path) -> Preferences:
    return Preferences(QSettings(str(settings), QSettings.Format.IniFormat))


def rewrite_layout(settings: Path, text: str) -> None:
    file = QSettings(str(settings), QSettings.Format.IniFormat)
    file.setValue("window/layout", text)
    file.sync()


def layout_text(settings: Path) -> str:
    text = QSettings(str(settings), QSettings.Format.IniFormat).value("window/layout")
    assert isinstance(text, str)
    return text


@pytest.fixture(scope="module")
def content_of_moved(engine: None, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a window leaves in which a panel was closed, and which was given another size."""
    file = tmp_path_factory.mktemp("moved") / "settings.ini"
    start("move", file)
    return file.read_bytes()


@pytest.fixture
def moved(content_of_moved: bytes, settings: Path) -> Path:
    settings.parent.mkdir()
    settings.write_bytes(content_of_moved)
    return settings


def test_no_byte_of_a_kept_layout_can_change_unnoticed(moved: Path) -> None:
    whole = layout_text(moved)
    intact = kept(moved).layout
    assert intact is not None
    content = moved.read_bytes()
    begin_of_text = content.index(whole.encode())
    for place in range(len(whole)):
        damaged = bytearray(content)
        # Another character that such a text may have.
        damaged[begin_of_text + place] = ord("A" if whole[place] != "A" else "B")
        # Under a name of its own: QSettings looks at the time and size of a file alone.
        file = moved.with_name(f"damaged {place}.ini")
        file.write_bytes(damaged)
        # Some bits of base64's last character stand for nothing.
        assert kept(file).layout is None or (kept(file).layout == intact and whole[place + 1] == "="), place
    cut = moved.with_name("cut.ini")
    cut.write_bytes(content[: begin_of_text + len(whole) // 2])
    assert kept(cut).layout is None


def test_a_damaged_layout_is_not_restored_and_said(moved: Path) -> None:
    shown, said = start("look", moved)
    assert shown == MOVED
    assert not {DAMAGED, FAILED} & set(said)
    digest, _, layout = layout_text(moved).partition(" ")
    content = bytearray(base64.b64decode(layout))
    place, value = CRASHES
    assert content[place] != value
    content[place] = value
    rewrite_layout(moved, f"{digest} {base64.b64encode(content).decode()}")
    shown, said = start("look", moved)
    assert shown == [[], 1111]
    assert said[-1] == DAMAGED
    # As of a version that knew no digest; it was kept as it should be, but nobody can tell.
    rewrite_layout(moved, base64.b64encode(content).decode())
    shown, said = start("look", moved)
    assert shown == [[], 1111]
    assert not {DAMAGED, FAILED} & set(said)


def test_a_start_that_did_not_come_up_is_not_repeated(moved: Path) -> None:
    crashed = begin("crash", moved)
    crashed.communicate(timeout=600)
    assert crashed.returncode == -signal.SIGKILL
    # Nothing has lost what was kept: it was ended in the midst of it.
    assert kept(moved).layout is not None
    shown, said = start("look", moved)
    assert shown == FIRST
    assert said[-1] == FAILED
    # Nor does it say so for ever, and what it leaves is sound.
    shown, said = start("move", moved)
    assert shown == MOVED
    assert FAILED not in said
    assert start("look", moved)[0] == MOVED
    assert [path.name for path in moved.parent.iterdir()] == [moved.name]


def test_a_window_that_is_coming_up_is_no_failure_to_another(moved: Path) -> None:
    first = begin("wait", moved)
    assert first.stdout is not None
    assert first.stdout.readline() == "restoring\n"
    shown, said = start("look", moved)
    assert shown == MOVED
    assert FAILED not in said
    shown, said = end(first)
    assert shown == MOVED
    assert FAILED not in said
    assert [path.name for path in moved.parent.iterdir()] == [moved.name]


def test_a_real_crash_of_qt_happens_once(moved: Path) -> None:
    preferences = kept(moved)
    assert preferences.layout is not None
    content = bytearray(preferences.layout)
    content[CRASHES[0]] = CRASHES[1]
    # With a digest that agrees, as a mistake of Qt's own would have.
    preferences.layout = bytes(content)
    preferences.save()
    crashed = begin("look", moved)
    crashed.communicate(timeout=600)
    shown, said = start("look", moved)
    if crashed.returncode < 0:
        assert shown == FIRST
        assert said[-1] == FAILED
    else:
        # A later Qt may look before it reads.
        assert FAILED not in said


def test_markers_where_the_settings_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    nowhere = tmp_path / "no such folder" / "settings.ini"

    def marker(file: Path = nowhere) -> StartMarker:
        return StartMarker(file)

    # A process that ends as a crash ends it, and with it the lock.
    program = (
        "import os, sys; from pathlib import Path; from regdesk.desktop.start_marker import StartMarker; "
        "marker = StartMarker(Path(sys.argv[1])); assert not marker.set(); os.abort()"
    )
    crashed = subprocess.run(
        [sys.executable, "-c", program, str(nowhere)],
        env=os.environ | {"TMPDIR": str(temporary)}, capture_output=True, check=False,
    )  # fmt: skip
    assert crashed.returncode != 0
    assert b"Traceback" not in crashed.stderr
    (left,) = temporary.iterdir()
    left_name = left.name
    left = left.rename(tmp_path / "left")
    second, other = marker(), marker(nowhere.with_name("other.ini"))
    assert not second.set()
    left.rename(temporary / left_name)
    assert len(list(temporary.iterdir())) == 2
    assert not other.set()
    third = marker()
    assert third.set()
    assert not marker().set()
    for one in (second, third, other):
        one.remove()
        one.remove()
    assert len(list(temporary.iterdir())) == 1
