"""The rules of the house can fail: each kind of trespass fails the test that committed it, by name."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]
TRESPASSES = """
import logging, subprocess, sys, threading, warnings
import pytest
from PySide6.QtCore import QObject, QThread, QTimer, Signal, qWarning
from PySide6.QtWidgets import QLabel, QWidget

kept = []

class Waiting(QThread):
    def run(self):
        self.exec()

class Source(QObject):
    happened = Signal()

def fail():
    raise ValueError("in a slot")

def test_thread(qapp):
    kept.append(Waiting())
    kept[-1].setObjectName("forgotten")
    kept[-1].start()

def test_timer(qapp):
    kept.append(QTimer())
    kept[-1].setObjectName("ticking")
    kept[-1].start(1000)

def test_timer_of_its_own_accord(qapp):
    kept.append(QTimer(singleShot=True))
    kept[-1].start(20)

def test_timer_that_begins_again(qapp):
    kept.append(QTimer(singleShot=True))
    kept[-1].setObjectName("restless")
    kept[-1].timeout.connect(kept[-1].start)
    kept[-1].start(20)

def test_window(qapp):
    kept.append(QLabel("open"))
    kept[-1].setObjectName("open")
    kept[-1].show()

def test_python_thread(qapp):
    kept.append(threading.Event())
    threading.Thread(target=kept[-1].wait, name="idle", daemon=True).start()

def test_child(qapp):
    kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

def test_qt_word(qapp):
    qWarning("a word")

def test_qt_word_of_the_platform(qapp):
    qWarning("This plugin does not support propagateSizeHints()")

def test_slot(qapp):
    source = Source()
    source.happened.connect(fail)
    source.happened.emit()

def test_qthread_error(qtbot):
    class Failing(QThread):
        def run(self):
            raise ValueError("in a thread")
    thread = Failing()
    with qtbot.waitSignal(thread.finished):
        thread.start()
    thread.wait()

def test_python_thread_error(qapp):
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()

def test_paint(qtbot):
    class Failing(QWidget):
        def paintEvent(self, event):
            raise ValueError("in a paint event")
    widget = Failing()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.repaint()

def test_warning():
    warnings.warn("old", DeprecationWarning)

def test_warning_in_the_log():
    logging.getLogger("regdesk.data").warning("a row is %s", "odd")

def test_warning_in_the_log_of_a_qthread(qtbot):
    class Warning(QThread):
        def run(self):
            logging.getLogger("regdesk.sweep").error("in a thread")
    thread = Warning()
    with qtbot.waitSignal(thread.finished):
        thread.start()
    thread.wait()

def test_warning_in_the_log_that_is_expected(qapp, expected_warnings):
    logging.getLogger("regdesk.data").warning("a row is odd")
    assert expected_warnings == ["regdesk.data: a row is odd"]

def test_expected_warning_that_does_not_come(expected_warnings):
    logging.getLogger("regdesk.data").info("a row is even")

def test_line_of_the_log_that_cannot_be_put_together():
    logging.getLogger("regdesk.data").info("%d rows", "many")

def test_line_of_the_log(caplog):
    logging.getLogger("regdesk.data").info("%d rows", 3)
    assert caplog.messages == ["3 rows"]

def test_window_of_the_program(make_window):
    driver = make_window("--sample", "two-moons", "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 5)

def test_controller_that_forgets_to_stop(make_window, monkeypatch):
    from regdesk.session.controller import Controller
    driver = make_window("--sample", "two-moons", "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    driver.window.closed.disconnect(driver.controller.shut_down)

def test_error_in_the_training_thread(make_window, monkeypatch):
    from regdesk.core.training.trainer import Trainer
    driver = make_window("--sample", "two-moons")
    driver.wait_model()
    monkeypatch.setattr(Trainer, "advance", lambda *_: fail())
    driver.run()
    driver.wait_state(running=False)

def test_error_while_a_frame_is_shown(make_window, monkeypatch):
    from regdesk.views.history.panel import HistoryPanel
    driver = make_window("--sample", "two-moons")
    driver.wait_model()
    shown = []
    monkeypatch.setattr(HistoryPanel, "show_frame", lambda *_: (shown.append(1), fail()))
    driver.run()
    driver.wait(lambda: bool(shown))

def test_nothing(qapp):
    pass
"""
EXPECTED = {
    "test_thread": ("ERROR", "a running QThread: Waiting 'forgotten'"),
    "test_timer": ("ERROR", "an active QTimer: QTimer 'ticking'"),
    "test_timer_of_its_own_accord": ("PASSED", ""),
    "test_timer_that_begins_again": ("ERROR", "an active QTimer: QTimer 'restless'"),
    "test_window": ("ERROR", "a top-level window: QLabel 'open'"),
    "test_python_thread": ("ERROR", "a Python thread: idle"),
    "test_child": ("ERROR", "a child process: python"),
    "test_qt_word": ("FAILED", "a word"),
    "test_qt_word_of_the_platform": ("PASSED", ""),
    "test_slot": ("FAILED", "in a slot"),
    "test_qthread_error": ("FAILED", "in a thread"),
    "test_python_thread_error": ("FAILED", "PytestUnhandledThreadExceptionWarning"),
    "test_paint": ("FAILED", "in a paint event"),
    "test_warning": ("FAILED", "DeprecationWarning: old"),
    "test_warning_in_the_log": ("ERROR", "regdesk.data: a row is odd"),
    "test_warning_in_the_log_of_a_qthread": ("ERROR", "regdesk.sweep: in a thread"),
    "test_warning_in_the_log_that_is_expected": ("PASSED", ""),
    "test_expected_warning_that_does_not_come": ("ERROR", "expects a warning in the log, and there was none"),
    "test_line_of_the_log_that_cannot_be_put_together": ("FAILED", "TypeError"),
    "test_line_of_the_log": ("PASSED", ""),
    "test_window_of_the_program": ("PASSED", ""),
    "test_controller_that_forgets_to_stop": ("ERROR", "TrainingThread 'training'"),
    "test_error_in_the_training_thread": ("FAILED", "in a slot"),
    "test_error_while_a_frame_is_shown": ("FAILED", "in a slot"),
    "test_nothing": ("PASSED", ""),
}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, engine: None) -> str:
    """What pytest says of the trespasses, under this very conftest and configuration."""
    folder = tmp_path_factory.mktemp("house")
    support = [f"support/{name}.py" for name in ("calm_clock", "window_driver", "stillness", "tables")]
    for name in ("conftest.py", *support):
        (folder / Path(name).name).write_text((HERE / name).read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "pyproject.toml").write_text((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    (folder / "test_trespasses.py").write_text(TRESPASSES, encoding="utf-8")
    paths = os.pathsep.join(filter(None, (str(HERE.parent), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "test_trespasses.py"], cwd=folder,
        env=os.environ | {"PYTHONPATH": paths, "COLUMNS": "300"}, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", EXPECTED)
def test_trespass(name: str, outcome: str) -> None:
    verdict, words = EXPECTED[name]
    found = set(re.findall(rf"^test_trespasses.py::{name} (\w+)", outcome, re.MULTILINE))
    # A teardown that fails is reported as an error after the test has passed.
    expected = {"PASSED", "ERROR"} if verdict == "ERROR" else {verdict}
    # A window whose every frame fails goes on failing while it is closed.
    assert found == expected or (verdict == "FAILED" and found == {"FAILED", "ERROR"}), outcome[-6000:]
    if words:
        section = re.split(rf"^_+ (?:ERROR at teardown of )?{name} _+$", outcome, flags=re.MULTILINE)
        assert len(section) > 1, outcome[-6000:]
        assert any(words in re.split(r"^_{4,} .* _{4,}$", part, flags=re.MULTILINE)[0] for part in section[1:])
