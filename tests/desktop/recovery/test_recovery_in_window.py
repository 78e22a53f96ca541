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

from regdesk.desktop.recovery.left_work import claimed_works
from regdesk.upkeep.recovery_names import DAMAGED, PICTURE, SESSION

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
    while child("recoveryDialog") is None or not child("recoveryDialog").isVisible():
        yield
    say(child("unsavedTitle1").text(), child("crashDetailsButton").isVisible(), child("unsavedTitle2") is not None)
    if how == "laterButton":
        child(how).click()
        return window.close()
    restored = []
    left = os.listdir(os.environ["REGDESK_SETTINGS"] + ".state/recovery")
    left = [name for name in left if "-%d-" % os.getpid() not in name]
    controller.keeper.restored.connect(restored.append)
    child("restoreButton1").click()
    while not restored:
        yield
    kept = Path(os.environ["REGDESK_SETTINGS"] + ".state", "recovery")
    while restored == [""] and any(one.name in left for one in kept.iterdir()):
        # Until this process has kept it itself.
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


def test_a_crashed_window_comes_back(settings: Path) -> None:
    folder = end_work(settings, signal.SIGSEGV)
    assert (folder / PICTURE).read_bytes().startswith(b"\x89PNG")
    (title, has_crash_log, is_second), restored = start("restoreButton1", settings)
    assert title.startswith("Noisy curve")
    assert (has_crash_log, is_second) == (True, False)
    assert restored[:3] == ["l1", 0.25, "noisy-curve.csv"]
    # The window was closed as it should: what was restored is gone, and the log of the crash stays to be read.
    assert not recovery_of(settings).exists()
    (log,) = (recovery_of(settings).parent / "crashes").iterdir()
    assert "Fatal Python error: Segmentation fault" in log.read_text()


def test_what_a_signal_has_ended_waits_and_is_kept_aside_where_it_is_damaged(settings: Path) -> None:
    folder = end_work(settings, signal.SIGTERM)
    ((title, has_crash_log, _),) = start("laterButton", settings)
    assert title.startswith("Noisy curve")
    assert has_crash_log is False
    content = bytearray((folder / SESSION).read_bytes())
    content[len(content) // 2] ^= 255
    (folder / SESSION).write_bytes(content)
    _, restored = start("restoreButton1", settings)
    assert "kept aside" in restored[3]
    assert str(folder / DAMAGED) in restored[3]
    assert (folder / DAMAGED).read_bytes() == content
    # No start fails by it, or speaks of it, again.
    assert claimed_works(recovery_of(settings)) == []
    assert (folder / DAMAGED).exists()
