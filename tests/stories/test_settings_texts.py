"""A window's settings as a small text: it leaves by menu and clipboard, and another window opens the same situation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from window_driver import WindowDriver, write_curve

from regdesk import __version__
from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.settings_lines import SIGNATURE, settings_text
from regdesk.desktop.kept_imports import KeptImports
from regdesk.desktop.preferences import Preferences

CHOSEN = {
    "training.penalty": "l1",
    "training.lam": 0.02,
    "architecture.hidden": (6,),
    "data.degree": 2,
    "seed": 5,
    "view.layout": "geometry",
    "view.slice": ("x",),
}


def situation(driver: WindowDriver) -> Configuration:
    """All that is in force once the run has begun that was asked for."""
    return driver.controller.session.configuration


def wait_for(driver: WindowDriver, wanted: Configuration) -> None:
    """Until a run of ``wanted`` is on the screen."""
    driver.wait(
        lambda: (
            (moment := driver.controller.moment()) is not None
            and moment.snapshot.settings == wanted.training
            and moment.loaded.settings == wanted.data
            and moment.loaded.seed == wanted.seed
            and moment.configuration.architecture == wanted.architecture
        )
    )


def test_a_sample_with_all_choices_opens_in_another_window(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first: WindowDriver = make_window("--sample", "noisy-curve")
    first.wait_model()
    first.controller.session.change_all(CHOSEN)
    first.wait(lambda: first.controller.moment() is not None)
    wait_for(first, situation(first))
    wanted = situation(first)
    file = tmp_path / "handout.regdesk.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    first.child("saveSettingsAction").trigger()
    assert "handout.regdesk.txt" in first.state["status"]
    first.child("copySettingsAction").trigger()
    text = file.read_text(encoding="utf-8")
    assert QGuiApplication.clipboard().text() == text
    said, origin = text.split("\n# Written with ")
    assert said == settings_text(wanted)
    table = first.controller.moment().loaded.table
    assert origin.startswith(
        f"regdesk {__version__}; noisy-curve.csv, sha256 {table.digest}; seed {wanted.seed}; split "
    )
    digest = first.state["weights_digest"]
    # From the command line, as of a file that is double-clicked.
    second: WindowDriver = make_window(file)
    wait_for(second, wanted)
    assert situation(second) == wanted
    second.wait_state(weights_digest=digest)
    # Pasted, also into the window that has another sample open; how somebody likes the window stays.
    third = second.controller.session
    third.change_all({"source.sample": "two-moons", "view.text_percent": 125})
    second.wait(lambda: second.controller.moment() is not None and "moon" in str(second.state["file"]))
    second.child("pasteTableAction").trigger()
    wait_for(second, wanted)
    assert third.configuration.source == wanted.source
    assert third.configuration.view.text_percent == 125


def test_a_file_is_found_beside_the_text_or_where_a_person_says(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, away = tmp_path / "course", tmp_path / "elsewhere"
    folder.mkdir()
    away.mkdir()
    data = write_curve(folder / "curve.csv")
    handout = folder / "sheet.txt"
    handout.write_text(f'{SIGNATURE}1\nsource.file = "curve.csv"\ntraining.lam = 0.5\n', encoding="utf-8")
    driver: WindowDriver = make_window("--sample", "two-moons")
    driver.wait_model()
    driver.controller.open_file(str(handout))
    driver.wait_state(file=str(data), lam=0.5)
    # It is open already: a text that came without it is for this one.
    other = tmp_path / "other.regdesk.txt"
    other.write_text(f'{SIGNATURE}1\nsource.file = "curve.csv"\ntraining.lam = 0.25\n', encoding="utf-8")
    driver.controller.open_file(str(other))
    driver.wait_state(file=str(data), lam=0.25)
    # Another file is nowhere: a script is told so.
    data.rename(away / "moved.csv")
    other.write_text(f'{SIGNATURE}1\nsource.file = "gone.csv"\ntraining.lam = 0.125\n', encoding="utf-8")
    driver.controller.open_file(str(other))
    assert driver.state["status"].startswith("other.regdesk.txt: its data are in gone.csv, which is not beside it")
    assert driver.state["lam"] == 0.25
    # A person is asked where it is, and may not say.
    driver.controller.import_memory = KeptImports(Preferences(None))
    answers = ["", str(away / "moved.csv")]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (answers.pop(0), ""))
    driver.controller.choose_file(str(other))
    assert driver.state["lam"] == 0.25
    driver.controller.choose_file(str(other))
    driver.wait_state(file=str(away / "moved.csv"), lam=0.125)
    assert answers == []


def test_what_is_wrong_in_a_text_changes_nothing(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window("--sample", "two-moons")
    driver.wait_model()
    before = situation(driver)
    for content, said in (
        (f"{SIGNATURE}1\n\ntraining.lam = much\nfoo = 1\n".encode(), "line 3: training.lam (λ) must be a number"),
        (f'{SIGNATURE}1\nsource.sample = "moons"\n'.encode(), "moons: there is no such sample"),
        (f"{SIGNATURE}1\ndata.target = ".encode() + b'"\xff"', "line 2: this is not UTF-8"),
        (f"{SIGNATURE}9\n".encode(), "a newer regdesk reads it"),
    ):
        file = tmp_path / "wrong.txt"
        file.write_bytes(content)
        driver.controller.open_file(str(file))
        assert said in driver.state["status"]
        assert situation(driver) == before
    driver.controller.open_file(str(tmp_path / "gone.regdesk.txt"))
    assert driver.state["status"] == "gone.regdesk.txt: there is no such file."
