"""Closing at any moment ends everything at once, without a word.

At once: within a second, or, on a machine that is slow or has other things to do, within a few times of what it took to
begin; and with no chunk of training that was begun after the end.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from window_driver import write_sparse

pytestmark = pytest.mark.alone

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 10
"""An end may take so many times as long as the beginning, which knows how fast the machine is and what else it does."""
CLOSING = """
import json, sys, threading, time
started_s = time.time()
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication
from regdesk.cli.arguments import parse_window_arguments
from regdesk.desktop.program import build
from regdesk.workers.training import TrainingThread

file, moments = sys.argv[2], json.loads(sys.argv[3])
begun_late = []
train = TrainingThread._train_chunk
def note(thread):
    if thread._is_stopping:
        begun_late.append(thread)
    return train(thread)
TrainingThread._train_chunk = note
application = QApplication([])
report = []
for waits_for_model, delay_ms in moments:
    building = time.monotonic()
    window, controller = build(parse_window_arguments([file, "--run", "--speed", "max"]))
    built_s = time.monotonic() - building
    begun_late.clear()
    def close():
        started = time.monotonic()
        window.close()
        took_s = time.monotonic() - started
        running = [one.objectName() for one in controller.findChildren(QThread) if one.isRunning()]
        timers = [one.interval() for one in window.findChildren(QTimer) if one.isActive()]
        report.append([took_s, built_s, running, timers, threading.active_count(), len(begun_late)])
    begun = []
    def begin(frame=None):
        if not begun:
            begun.append(1)
            QTimer.singleShot(delay_ms, window, close)
    controller.frame_shown.connect(begin) if waits_for_model else begin()
    application.exec()
    window.deleteLater()
print(json.dumps([report, time.time(), started_s]))
"""
WHOLE = """
import sys, time
started_s = time.time()
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import regdesk.desktop.program as desktop
from regdesk.app import main
build = desktop.build
def build_and_close(arguments):
    window, controller = build(arguments)
    built_s = time.time()
    def close():
        print(built_s - started_s, time.time(), flush=True)
        window.close()
    QTimer.singleShot(int(sys.argv[3]), window, close)
    return window, controller
desktop.build = build_and_close
raise SystemExit(main([sys.argv[2], "--run"]))
"""


def run_child(code: str, *arguments: str) -> tuple[subprocess.CompletedProcess[str], float]:
    """The finished child, and when it had ended, in seconds since the epoch."""
    import time

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(ROOT), *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip
    return done, time.time()


def words(stderr: str) -> str:
    return "\n".join(line for line in stderr.splitlines() if "propagateSizeHints" not in line)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_five_windows_of_a_process_close_while_they_train(seed: int, engine: None, tmp_path: Path) -> None:
    generator = random.Random(seed)
    moments = [[number > 0, generator.randrange(400)] for number in range(5)]
    done, ended_s = run_child(CLOSING, str(write_sparse(tmp_path / "data.csv")), json.dumps(moments))
    assert (done.returncode, words(done.stderr)) == (0, "")
    report, last_s, started_s = json.loads(done.stdout)
    assert len(report) == 5
    for seconds, built_s, running, timers, n_threads, n_begun_late in report:
        assert (running, timers, n_threads) == ([], [], 1)
        # The one that was about to begin.
        assert n_begun_late <= 1
        assert seconds < max(1.0, PATIENCE * built_s)
    assert ended_s - last_s < max(1.0, last_s - started_s)


@pytest.mark.parametrize("seed", [11, 12, 13, 14, 15])
def test_the_program_ends_soon_after_its_window(seed: int, engine: None, tmp_path: Path) -> None:
    delay_ms = random.Random(seed).randrange(1500)
    done, ended_s = run_child(WHOLE, str(write_sparse(tmp_path / "data.csv")), str(delay_ms))
    assert (done.returncode, done.stderr) == (0, "")
    beginning_s, closed_s = map(float, done.stdout.split())
    assert ended_s - closed_s < max(1.0, PATIENCE * beginning_s)


ENDING = """
import sys
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import delete
from regdesk.app import create_window

window = create_window([sys.argv[2], "--run"])
if sys.argv[3] != "at once":
    QTimer.singleShot(1500, QApplication.instance().quit)
    if sys.argv[3] == "deleted":
        QTimer.singleShot(700, lambda: delete(window))
    QApplication.exec()
print("ended")
"""


@pytest.mark.parametrize("ending", ["at once", "quit", "deleted"])
def test_a_script_may_end_without_closing_its_window(ending: str, engine: None, tmp_path: Path) -> None:
    done, _ = run_child(ENDING, str(write_sparse(tmp_path / "sparse.csv")), ending)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["ended"]
    assert words(done.stderr) == ""
