"""A window that is killed is offered at the next start of a person, and comes back; a script is asked nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from warm_processes import WarmPopen

from regdesk.upkeep.process_names import new_name
from regdesk.upkeep.recovery_names import DAMAGED, LOCK, PICTURE, SESSION

ROOT = Path(__file__).resolve().parents[3]
START = """
import json, os, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from regdesk.app import main
from regdesk.system import signals
from regdesk.desktop import program

how, build, begun = sys.argv[1], program.build, []
chosen = {"training.lam": 0.25, "training.penalty": "l1", "architecture.hidden": (), "data.degree": 2}
def child(name):
    return window.findChild(QObject, name)
def say(*words):
    print(json.dumps(words), flush=True)
def steps():
    controller = begun[1]
    while not window.state()["weights_digest"]:
        yield
    if how == "work":
        controller.session.change_all(chosen)
        while controller.moment() is None or controller.moment().snapshot.settings.penalty != "l1":
            yield
        kept = Path(os.environ["REGDESK_SETTINGS"] + ".state", "recovery")
        while not list(kept.glob("*/session.regdesk")):
            yield
        say("kept")
        return
    for _ in range(20):
        yield
    dialog = child("recoveryDialog")
    if dialog is None or not dialog.isVisible():
        say("nothing is offered", window.state()["status"])
        return window.close()
    say(child("unsavedTitle1").text(), child("crashDetailsButton").isVisible(), child("unsavedTitle2") is not None)
    if how in ("discardButton1", "laterButton"):
        child(how).click()
        return window.close()
    child("restoreButton1").click()
    while window.state()["penalty"] != "l1" and "kept aside" not in window.state()["status"]:
        yield
    state = window.state()
    say(state["penalty"], state["lam"], state["file"] and os.path.basename(state["file"]), state["status"])
    window.close()
def begin(*arguments, **options):
    global window
    window, controller = found = build(*arguments, **options)
    begun[:] = found
    walk = steps()
    def step():
        if next(walk, "over") == "over":
            timer.stop()
    timer = QTimer(window)
    timer.timeout.connect(step)
    timer.start(50)
    return found
program.build = begin
signals.take_over()
sys.exit(main(["--sample", "noisy-curve"] if how == "work" else []))
"""


def begin(how: str, settings: Path) -> WarmPopen:
    environment = os.environ | {"REGDESK_SETTINGS": str(settings), "REGDESK_AUTOSAVE_S": "0.2"}
    return WarmPopen(
        ["-W", "error", "-c", START, how], cwd=ROOT, env=environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def start(how: str, settings: Path) -> list[Any]:
    child = begin(how, settings)
    out, errors = child.communicate(timeout=600)
    assert child.returncode == 0, errors
    return [json.loads(line) for line in out.splitlines()]


def recovery_of(settings: Path) -> Path:
    return settings.with_name(f"{settings.name}.state") / "recovery"


@pytest.fixture
def settings(engine: None, tmp_path: Path) -> Path:
    file = tmp_path / "settings.ini"
    # It is not a first start, in which one is shown around.
    file.write_text("[General]\nis_begun=true\n")
    return file


def end_work(settings: Path, number: int) -> Path:
    child = begin("work", settings)
    assert child.stdout is not None
    assert child.stdout.readline() == '["kept"]\n'
    (folder,) = recovery_of(settings).iterdir()
    os.kill(child.pid, number)
    child.communicate(timeout=600)
    expected = 128 + number if number == signal.SIGTERM else -number
    assert child.returncode == expected
    return folder


def test_a_killed_window_comes_back(settings: Path) -> None:
    folder = end_work(settings, signal.SIGKILL)
    assert (folder / PICTURE).read_bytes().startswith(b"\x89PNG")
    offered, restored = start("restoreButton1", settings)
    assert offered[0].startswith("Noisy curve")
    assert offered[2] is False
    assert restored[:3] == ["l1", 0.25, "noisy-curve.csv"]
    # The window was closed as it should: nothing is left, and nobody is asked again.
    assert not recovery_of(settings).exists()
    assert start("look", settings)[0][0] == "nothing is offered"
    assert [path.name for path in settings.parent.iterdir()] == [settings.name]


def test_what_is_left_for_later_is_offered_again_and_gone_when_discarded(settings: Path) -> None:
    end_work(settings, signal.SIGTERM)
    ((title, has_crash, _),) = start("laterButton", settings)
    assert title.startswith("Noisy curve")
    assert has_crash is False
    assert start("discardButton1", settings) == [[title, False, False]]
    assert start("look", settings)[0][0] == "nothing is offered"


def test_a_crash_is_told_and_damaged_work_is_kept_aside(settings: Path) -> None:
    folder = end_work(settings, signal.SIGSEGV)
    content = bytearray((folder / SESSION).read_bytes())
    content[len(content) // 2] ^= 255
    (folder / SESSION).write_bytes(content)
    offered, restored = start("restoreButton1", settings)
    assert offered[1] is True, "there is something to read of the crash"
    assert "kept aside" in restored[3]
    assert str(folder / DAMAGED) in restored[3]
    assert (folder / DAMAGED).read_bytes() == content
    # No start fails by it, or speaks of it, again.
    assert start("look", settings)[0][0] == "nothing is offered"
    assert (folder / DAMAGED).exists()


def test_work_that_ends_the_program_does_so_once(settings: Path) -> None:
    folder = recovery_of(settings) / new_name()
    folder.mkdir(parents=True)
    (folder / LOCK).touch()
    # As if it had been taken when the program ended.
    (folder / DAMAGED).write_bytes(b"x")
    assert start("look", settings)[0][0] == "nothing is offered"
