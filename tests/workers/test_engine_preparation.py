"""The child that fills the cache: what is named as ready, in which order, and what is said when it fails."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QThread

from regdesk.compiling import engine_cache
from regdesk.workers.engine import KILLED_MS, EnginePreparation


class Heard:
    """The signals of a preparation, in order."""

    def __init__(self, preparation: EnginePreparation) -> None:
        self.words: list[str] = []
        preparation.compiling.connect(lambda: self.words.append("compiling"))
        preparation.ready.connect(self.words.append)
        preparation.failed.connect(lambda: self.words.append("failed"))


@pytest.fixture
def preparation(qapp: Any) -> Iterator[EnginePreparation]:
    preparation = EnginePreparation()
    yield preparation
    preparation.stop()


def without_cache(monkeypatch: pytest.MonkeyPatch, code: str, filled: str = "") -> list[list[str]]:
    """The child runs ``code`` instead; returns what it was asked for."""
    asked: list[list[str]] = []

    def arguments(dtypes: list[str]) -> list[str]:
        asked.append(list(dtypes))
        return ["-c", code]

    monkeypatch.setattr(engine_cache, "is_filled", lambda dtype: dtype == filled)
    monkeypatch.setattr(engine_cache, "child_arguments", arguments)
    return asked


def processes_begun(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """A list that grows with every process that is begun from here on."""
    begun: list[subprocess.Popen[str]] = []

    class Noted(subprocess.Popen[str]):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return begun


@pytest.mark.parametrize("first", engine_cache.DTYPES)
def test_a_full_cache_needs_no_child(
    first: str, preparation: EnginePreparation, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_cache, "is_filled", lambda _dtype: True)
    heard = Heard(preparation)
    preparation.start(first)
    qtbot.waitUntil(lambda: len(heard.words) == len(engine_cache.PARTS))
    assert heard.words == [first, *(part for part in engine_cache.PARTS if part != first)]


def test_what_is_waited_for_comes_first(
    preparation: EnginePreparation, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = ("float64", "noise", "float32", "paths", "class_paths", "planes", "networks")
    code = "; ".join(f"print({word!r}, flush=True)" for word in printed)
    asked = without_cache(monkeypatch, code)
    heard = Heard(preparation)
    preparation.start("float64")
    qtbot.waitUntil(lambda: len(heard.words) == 7)
    assert asked == [["float64", "float32", "paths", "class_paths", "planes", "networks"]] * engine_cache.n_children()
    assert heard.words == ["compiling", "float64", "float32", "paths", "class_paths", "planes", "networks"]


def test_only_what_is_missing_is_compiled(
    preparation: EnginePreparation, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "; ".join(f"print({word!r})" for word in ("float64", "paths", "class_paths", "planes", "networks"))
    asked = without_cache(monkeypatch, code, filled="float32")
    heard = Heard(preparation)
    preparation.start("float32")
    qtbot.waitUntil(lambda: len(heard.words) == 7)
    assert asked == [["float64", "paths", "class_paths", "planes", "networks"]] * engine_cache.n_children()
    assert heard.words == ["float32", "compiling", "float64", "paths", "class_paths", "planes", "networks"]


def test_a_cache_that_cannot_be_looked_at_is_compiled_anew(
    preparation: EnginePreparation, qtbot: Any, monkeypatch: pytest.MonkeyPatch, expected_warnings: list[str]
) -> None:
    parts = [part for part in engine_cache.PARTS if part != "float32"]
    asked = without_cache(monkeypatch, "; ".join(f"print({part!r})" for part in parts))

    def is_filled(part: str) -> bool:
        if part != "float32":
            raise RuntimeError("nobody foresaw it")
        return True

    monkeypatch.setattr(engine_cache, "is_filled", is_filled)
    heard = Heard(preparation)
    preparation.start("float32")
    qtbot.waitUntil(lambda: len(heard.words) == 1 + len(engine_cache.PARTS))
    assert (set(heard.words[2:]), set(asked[0])) == (set(parts), set(parts))
    assert heard.words[:2] == ["float32", "compiling"]


@pytest.mark.parametrize("code", ["print('float32'); raise SystemExit(1)", "import os; print('float32'); os._exit(0)"])
def test_a_child_that_ends_early_is_told(
    code: str,
    preparation: EnginePreparation,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
    expected_warnings: list[str],
) -> None:
    without_cache(monkeypatch, code)
    heard = Heard(preparation)
    preparation.start("float32")
    qtbot.waitUntil(lambda: "failed" in heard.words)
    assert set(heard.words) <= {"compiling", "float32", "failed"}
    assert heard.words.count("failed") == 1
    (warning,) = expected_warnings
    assert warning.startswith("regdesk.compiling: No child could compile ")
    assert "networks: the window compiles for itself." in warning


def test_nothing_is_heard_after_the_stop(
    preparation: EnginePreparation, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_cache(monkeypatch, "import time; time.sleep(60)")
    heard = Heard(preparation)
    preparation.start("float32")
    qtbot.waitUntil(lambda: heard.words == ["compiling"])
    preparation.stop()
    qtbot.wait(50)
    assert heard.words == ["compiling"]


def test_nothing_is_heard_of_a_check_that_is_stopped(
    preparation: EnginePreparation, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = without_cache(monkeypatch, "print('float64')", filled="float32")
    heard = Heard(preparation)
    preparation.start("float32")
    # It has found what it has found, but nobody has come round to hear of it.
    preparation.findChild(QThread, "cache check").wait()
    preparation.stop()
    qtbot.wait(50)
    assert (heard.words, asked) == ([], [])


def test_where_no_process_can_be_started_it_is_told(
    preparation: EnginePreparation, qtbot: Any, monkeypatch: pytest.MonkeyPatch, expected_warnings: list[str]
) -> None:
    without_cache(monkeypatch, "")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    heard = Heard(preparation)
    preparation.start("float32")
    qtbot.waitUntil(lambda: heard.words == ["failed"])
    assert len(expected_warnings) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that kills")
def test_a_child_that_is_slow_to_die_is_waited_for(
    preparation: EnginePreparation, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_cache(monkeypatch, "import time; print('up', flush=True); time.sleep(600)")
    begun = processes_begun(monkeypatch)
    with qtbot.waitSignal(preparation.compiling):
        preparation.start("float32")
    (process, *_) = begun
    # As on a machine that is busy with other things.
    killers = []
    monkeypatch.setattr(
        process, "kill", lambda: killers.append(subprocess.Popen(["sh", "-c", f"sleep 1.5; kill -9 {process.pid}"]))
    )
    preparation.stop()
    killers[0].wait()
    assert process.returncode == -signal.SIGKILL


def test_a_child_that_is_ended_with_the_window_is_no_failure(
    preparation: EnginePreparation, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_cache(monkeypatch, "import os, signal; os.kill(os.getpid(), signal.SIGTERM)")
    heard = Heard(preparation)
    with qtbot.waitSignal(preparation.compiling):
        preparation.start("float32")
    for thread in threading.enumerate():
        if thread.name == "compile child":
            thread.join()
    # The window has been told to close meanwhile.
    preparation.stop()
    qtbot.wait(2 * KILLED_MS)
    assert heard.words == ["compiling"]
