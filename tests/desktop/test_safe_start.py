"""A safe start uses nothing that was kept, says so, and keeps nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from session_fakes import fake_workers

from regdesk.compiling import engine_cache
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import TrainSettings
from regdesk.desktop.preferences import PATH_VARIABLE
from regdesk.desktop.program import SAFE
from regdesk.session.engine_readiness import COMPILING_ALWAYS, COMPILING_SAFE, EngineReadiness
from regdesk.session.session import Session


def test_a_safe_window_says_it_and_keeps_nothing(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings.ini"
    settings.write_text("[General]\nis_begun=true\n\n[window]\nrectangle=10 20 900 700\nis_maximised=false\n")
    before = settings.read_bytes()
    monkeypatch.setenv(PATH_VARIABLE, str(settings))
    driver = make_window("--safe", "--sample", "two-moons")
    driver.wait_model()
    assert driver.window.windowTitle().endswith("regdesk (safe start)")
    assert driver.state["status"] == SAFE
    assert driver.window.width() == 1440
    driver.controller.session.change("view.text_percent", 125)
    driver.window.close()
    assert settings.read_bytes() == before
    assert list(tmp_path.iterdir()) == [settings]


def test_a_safe_process_compiles_into_a_folder_of_its_own(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    program = (
        "from regdesk.compiling import engine_cache; before = engine_cache.prepare_cache_folder(); "
        "engine_cache.keep_out(); after = engine_cache.prepare_cache_folder(); "
        "print(engine_cache.is_temporary(), engine_cache.is_kept_out()); "
        "print(before.parent, after != before and after.is_dir())"
    )
    environment = {name: value for name, value in os.environ.items() if name != "REGDESK_ENGINE_FOLDER"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment | {"NUMBA_CACHE_DIR": str(cache), "TMPDIR": str(tmp_path)},
        capture_output=True, text=True, timeout=600, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["True", "True", str(cache), "True"]
    # It goes with the process.
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


def test_it_says_why_it_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    engine = EngineReadiness(fake_workers(TrainSettings()).engine, Session(Configuration()))
    monkeypatch.setattr(engine_cache, "is_temporary", lambda: True)
    for is_kept_out in (True, False):
        monkeypatch.setattr(engine_cache, "is_kept_out", lambda is_kept_out=is_kept_out: is_kept_out)
        said.append(engine.sentence)
    assert said == [COMPILING_SAFE, COMPILING_ALWAYS]
