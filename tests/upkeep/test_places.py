"""Where the program keeps things is where Qt keeps preferences, and beside a file of them that somebody has named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from regdesk.upkeep.places import SETTINGS_VARIABLE, places, state_folder, usual_settings_file

QT = (
    "from PySide6.QtCore import QSettings; "
    "print(QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, 'regdesk', 'regdesk').fileName())"
)


@pytest.mark.parametrize(
    "changed",
    [
        {"HOME": "/home/somebody"},
        {"HOME": "/home/some body 🙂", "XDG_CONFIG_HOME": "/elsewhere/config"},
        {"HOME": "/home/somebody", "XDG_CONFIG_HOME": "relative/config"},
        {"HOME": "/home/somebody", "XDG_CONFIG_HOME": ""},
        {},
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks no variables for its folders")
def test_the_usual_file_is_the_one_of_qt(changed: dict[str, str]) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_CONFIG_HOME")}
    environment = kept | changed
    done = subprocess.run([sys.executable, "-c", QT], env=environment, capture_output=True, text=True, check=True)
    assert str(usual_settings_file(environment)) == done.stdout.strip()


def test_nothing_is_kept_where_the_variable_is_empty() -> None:
    found = places({SETTINGS_VARIABLE: ""})
    assert (found.preferences, found.state, found.recovery, found.crashes, found.pasted) == (None,) * 5


def test_a_named_file_has_its_state_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "mine.ini"
    found = places({SETTINGS_VARIABLE: str(file)})
    assert found.preferences == file
    assert found.recovery == tmp_path / "mine.ini.state" / "recovery"
    assert found.crashes == tmp_path / "mine.ini.state" / "crashes"
    assert found.pasted == tmp_path / "pasted"


@pytest.mark.skipif(sys.platform != "linux", reason="of the folders of Linux")
def test_the_usual_state_is_in_the_folder_for_it() -> None:
    home = {"HOME": "/home/somebody"}
    usual = usual_settings_file(home)
    assert state_folder(usual, home) == Path("/home/somebody/.local/state/regdesk")
    assert state_folder(usual, home | {"XDG_STATE_HOME": "/elsewhere"}) == Path("/elsewhere/regdesk")
    assert state_folder(usual, home | {"XDG_STATE_HOME": "relative"}) == Path("/home/somebody/.local/state/regdesk")
