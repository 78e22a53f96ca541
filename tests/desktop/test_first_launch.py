"""Launches without a cache: two at once, none that can be written, and one that is closed while it compiles."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from regdesk.compiling import engine_cache
from regdesk.session.engine_readiness import COMPILING, COMPILING_ALWAYS

ROOT = Path(__file__).resolve().parents[2]
SMALL = "kernels.predict"
"""The function of each dtype that is compiled fastest, in two seconds."""
LAUNCH = """
import json, shutil, sys, time
from regdesk.compiling import engine_cache
if sys.argv[2:]:
    # What another has compiled, without the markers that say so: the child is started and has less to do.
    folder = engine_cache.prepare_cache_folder()
    shutil.copytree(sys.argv[2], folder, ignore=shutil.ignore_patterns("*.ready", "*.lock"), dirs_exist_ok=True)
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from regdesk.app import create_window
window = create_window(["--run"])
statuses, started = [], time.monotonic()
def tick():
    state = window.state()
    if state["status"] not in statuses:
        statuses.append(state["status"])
    is_done = state["epoch"] > 20 if sys.argv[1] == "train" else state["status"].startswith("Preparing")
    if is_done or time.monotonic() - started > 900:
        timer.stop()
        # Long enough for the child to have begun.
        QTimer.singleShot(500, window.close)
timer = QTimer()
timer.timeout.connect(tick)
timer.start(10)
QApplication.exec()
print(json.dumps({"statuses": statuses, "epoch": window.state()["epoch"]}))
"""
MISSES = """
from regdesk.compiling.engine_cache import DTYPES, prepare_cache_folder
prepare_cache_folder()
from regdesk.compiling import warm_up
from regdesk.core.engine import kernels, passes
for dtype in DTYPES:
    for name in ("steps", "gradient_pass", "measures", "forward"):
        getattr(warm_up, f"warm_up_{name}")(dtype)
called = [kernels.train, kernels.measure, kernels.predict, passes.forward_here,
          passes.gradient_pass_here]
print(sum(sum(one.stats.cache_misses.values()) for one in called))
print(min(sum(one.stats.cache_hits.values()) for one in called))
"""


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", *arguments]
    own = os.environ | {"REGDESK_ENGINE_FOLDER": "", "QT_QPA_PLATFORM": "offscreen"} | environment
    return subprocess.Popen(
        command, cwd=ROOT, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        encoding="utf-8",
    )  # fmt: skip


def end(child: subprocess.Popen[str]) -> str:
    """What it has printed."""
    # A child that compiles ends with its standard input, which ``communicate`` would close at once.
    kept, child.stdin = child.stdin, None
    out, errors = child.communicate(timeout=1200)
    assert kept is not None
    kept.close()
    errors = "\n".join(line for line in errors.splitlines() if "propagateSizeHints" not in line)
    assert (child.returncode, errors) == (0, "")
    return out


def unwritable(folder: Path) -> dict[str, str]:
    """The environment of somebody whose home cannot be written, and whose temporary files are in ``folder``."""
    folder.mkdir()
    # Below an ordinary file nobody can make a folder, root included.
    home = folder.parent / "home"
    home.write_text("")
    # Whoever is named here comes before the home.
    return {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache"), "NUMBA_CACHE_DIR": "", "TMPDIR": str(folder)}


def test_two_that_fill_one_cache_at_once(tmp_path: Path, engine: None) -> None:
    """What compiles longest is there already; each begins with the other's last dtype of what is not."""
    folder = tmp_path / "engine"
    left_out = shutil.ignore_patterns("*.ready", "*.lock", f"{SMALL}-*")
    shutil.copytree(engine_cache.prepare_cache_folder(), folder, ignore=left_out)
    environment = {"NUMBA_CACHE_DIR": str(folder), "REGDESK_ENGINE_FOLDER": str(folder)}
    orders = (engine_cache.DTYPES, engine_cache.DTYPES[::-1])
    children = [start(*engine_cache.child_arguments(order), **environment) for order in orders]
    assert [sorted(end(child).split()) for child in children] == [sorted(order) for order in orders]
    # Every function is there for both dtypes: nobody has written over the other's line of an index.
    misses, hits = end(start("-c", MISSES, **environment)).split()
    assert (int(misses), int(hits)) == (0, len(engine_cache.DTYPES))
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="the home that is hidden here has no say there: LOCALAPPDATA has")
def test_without_a_folder_it_trains_and_leaves_none(tmp_path: Path, engine: None) -> None:
    temporary = tmp_path / "temporary"
    compiled = str(engine_cache.prepare_cache_folder())
    report: dict[str, Any] = json.loads(end(start("-c", LAUNCH, "train", compiled, **unwritable(temporary))))
    assert report["epoch"] > 20
    assert COMPILING_ALWAYS in report["statuses"]
    assert COMPILING not in report["statuses"]
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="the home that is hidden here has no say there: LOCALAPPDATA has")
def test_closed_while_it_compiles_it_leaves_no_folder(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    report: dict[str, Any] = json.loads(end(start("-c", LAUNCH, "close", **unwritable(temporary))))
    assert report["epoch"] == 0
    assert COMPILING_ALWAYS in report["statuses"]
    assert list(temporary.iterdir()) == []
