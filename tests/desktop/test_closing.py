"""Closing at any moment ends everything at once, without a word.

At once: no chunk of training is begun any more, and no thread and no timer goes on. How many milliseconds that takes is
measured by ``tests/benchmarks/closing_time.py``.
"""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from warm_processes import warm_run
from window_driver import write_sparse

ROOT = Path(__file__).resolve().parents[2]
CLOSING = """
import json, sys, threading
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
    window, controller = build(parse_window_arguments([file, "--run", "--speed", "max"]))
    begun_late.clear()
    def close():
        window.close()
        running = [one.objectName() for one in controller.findChildren(QThread) if one.isRunning()]
        timers = [one.interval() for one in window.findChildren(QTimer) if one.isActive()]
        report.append([running, timers, threading.active_count(), len(begun_late)])
    begun = []
    def begin(frame=None):
        if not begun:
            begun.append(1)
            QTimer.singleShot(delay_ms, window, close)
    controller.frame_shown.connect(begin) if waits_for_model else begin()
    application.exec()
    window.deleteLater()
print(json.dumps(report))
"""
WHOLE = """
import sys
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import regdesk.desktop.program as desktop
from regdesk.app import main
from regdesk.workers.training import TrainingThread
is_closed = []
build = desktop.build
def build_and_close(arguments, **options):
    window, controller = build(arguments, **options)
    train = TrainingThread._train_chunk
    def note(thread):
        if is_closed:
            print("a chunk after the window", flush=True)
        return train(thread)
    def close():
        window.close()
        TrainingThread._train_chunk = note
        is_closed.append(1)
    QTimer.singleShot(int(sys.argv[3]), window, close)
    return window, controller
desktop.build = build_and_close
raise SystemExit(main([sys.argv[2], "--run"]))
"""


def more(*seeds: int) -> list[Any]:
    """Further moments, for ``pytest -m full``."""
    return [pytest.param(seed, marks=pytest.mark.full) for seed in seeds]


def run_child(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return warm_run("-W", "error", "-c", code, str(ROOT), *arguments, collects_at_end=True)


def words(stderr: str) -> str:
    return "\n".join(line for line in stderr.splitlines() if "propagateSizeHints" not in line)


@pytest.mark.parametrize("seed", [1, *more(2, 3, 4)])
def test_five_windows_of_a_process_close_while_they_train(seed: int, engine: None, tmp_path: Path) -> None:
    generator = random.Random(seed)
    moments = [[number > 0, generator.randrange(400)] for number in range(5)]
    done = run_child(CLOSING, str(write_sparse(tmp_path / "data.csv")), json.dumps(moments))
    assert (done.returncode, words(done.stderr)) == (0, "")
    report = json.loads(done.stdout)
    assert len(report) == 5
    for running, timers, n_threads, n_begun_late in report:
        assert (running, timers, n_threads) == ([], [], 1)
        # The one that was about to begin.
        assert n_begun_late <= 1


@pytest.mark.parametrize("seed", [11, *more(12, 13, 14, 15)])
def test_the_program_ends_with_its_window(seed: int, engine: None, tmp_path: Path) -> None:
    delay_ms = random.Random(seed).randrange(1500)
    done = run_child(WHOLE, str(write_sparse(tmp_path / "data.csv")), str(delay_ms))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


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
    done = run_child(ENDING, str(write_sparse(tmp_path / "sparse.csv")), ending)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["ended"]
    assert words(done.stderr) == ""
