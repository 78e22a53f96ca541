"""Two windows share one settings file and lose nothing; where none can be written that is said once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSettings
from PySide6.QtWidgets import QApplication
from warm_processes import WarmPopen, warm_run
from window_driver import WindowDriver, write_curve, write_sparse

from regdesk.desktop.preferences import MAX_RECENT_FILES, PATH_VARIABLE, Preferences, WindowPlace
from regdesk.views.kit import theme

ROOT = Path(__file__).resolve().parents[2]
OPENER = """
import sys
from regdesk.desktop.preferences import open_preferences
preferences = open_preferences()
print(len(preferences.recent_files), flush=True)
sys.stdin.readline()
for file in sys.argv[1:]:
    preferences.add_recent_file(file)
"""
FULL = """
import resource, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from regdesk.app import create_window
window = create_window(sys.argv[1:])
# A disk without room: no file may grow. What is printed goes into a pipe.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
said = []
def look():
    status = window.state()["status"]
    if status not in said:
        said.append(status)
    if window.state()["epoch"] > 5:
        timer.stop()
        print(*said, sep="\\n", flush=True)
        window.close()
timer = QTimer()
timer.timeout.connect(look)
timer.start(5)
QApplication.exec()
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "settings.ini"
    monkeypatch.setenv(PATH_VARIABLE, str(file))
    return file


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply_theme(qapp, theme.LIGHT)


def kept(settings: Path) -> Preferences:
    return Preferences(QSettings(str(settings), QSettings.Format.IniFormat))


def test_processes_that_open_files_at_once_lose_none(settings: Path) -> None:
    files = [f"/tables/{number}.csv" for number in range(MAX_RECENT_FILES)]
    children = [
        WarmPopen(
            ["-c", OPENER, *files[first::4]], cwd=ROOT, env=os.environ | {PATH_VARIABLE: str(settings)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for first in range(4)
    ]  # fmt: skip
    # All of them have read the settings before any of them writes.
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "0\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    for child in children:
        child.communicate(timeout=600)
        assert child.returncode == 0
    assert sorted(kept(settings).recent_files) == files
    assert [path.name for path in settings.parent.iterdir()] == [settings.name]


def test_a_window_keeps_what_another_has_kept_since(settings: Path) -> None:
    one, other = kept(settings), kept(settings)
    one.add_recent_file("/a.csv")
    other.add_recent_file("/b.csv")
    one.theme = "dark"
    one.save()
    other.place = WindowPlace(QRect(1, 2, 900, 700), False)
    other.save()
    one.add_recent_file("/a.csv")
    assert one.recent_files == other.recent_files == kept(settings).recent_files == ("/a.csv", "/b.csv")
    assert kept(settings).theme == "dark"
    assert kept(settings).place == WindowPlace(QRect(1, 2, 900, 700), False)


def test_what_a_window_has_not_moved_it_leaves_to_others(make_window: Any, settings: Path) -> None:
    first = make_window()
    first.wait_model()
    first.window.close()
    still, moved = make_window(), make_window()
    still.wait_model()
    moved.wait_model()
    moved.window.resize(1111, 777)
    moved.click("historyPanelClose")
    moved.child("theme_darkAction").trigger()
    moved.window.close()
    layout = kept(settings).layout
    still.window.close()
    preferences = kept(settings)
    assert preferences.place is not None
    assert preferences.place.rectangle.width() == 1111
    assert preferences.layout == layout
    assert preferences.theme == "dark"


def test_the_menu_knows_what_another_window_has_opened(make_window: Any, settings: Path, tmp_path: Path) -> None:
    driver: WindowDriver = make_window()
    driver.wait_model()
    file = str(write_curve(tmp_path / "curve.csv"))
    kept(settings).add_recent_file(file)
    driver.child("fileMenu").aboutToShow.emit()
    menu = driver.child("recentMenu")
    assert menu.isEnabled()
    assert [action.data() for action in menu.actions() if action.data()] == [file]


def test_a_place_that_cannot_be_written_is_said_once(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Below an ordinary file nobody can write, root included.
    (tmp_path / "home").write_text("")
    settings = tmp_path / "home" / "settings.ini"
    monkeypatch.setenv(PATH_VARIABLE, str(settings))
    driver: WindowDriver = make_window(write_sparse(tmp_path / "sparse.csv"))
    sentence = f"{settings} cannot be written: what you choose here is not found again at the next start."
    driver.wait_state(status=sentence)
    said: list[str] = []
    monkeypatch.setattr(driver.window, "show_error", said.append)
    driver.child("theme_darkAction").trigger()
    assert theme.colours() is theme.DARK
    second = str(write_curve(tmp_path / "curve.csv"))
    driver.controller.open_file(second)
    driver.wait_state(file=second)
    # The window goes on with what was chosen in it.
    listed = [action.data() for action in driver.child("recentMenu").actions() if action.data()]
    assert listed == [second, str(tmp_path / "sparse.csv")]
    driver.window.close()
    assert said == []
    assert capsys.readouterr().err == ""


def test_what_cannot_be_kept_at_the_end_is_said_on_standard_error(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home").write_text("")
    settings = tmp_path / "home" / "settings.ini"
    monkeypatch.setenv(PATH_VARIABLE, str(settings))
    driver: WindowDriver = make_window()
    driver.wait_model()
    driver.window.close()
    sentence = f"{settings} could not be written: where the window and its panels were is not kept."
    assert capsys.readouterr().err == f"regdesk: {sentence}\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no limit can be set on the size of files there")
@pytest.mark.parametrize("before", ["theme=dark\n[window]\nrectangle=0 0 900 700\n", "\0 no settings at all\n[[\n"])
def test_a_full_disk_leaves_the_old_settings(before: str, engine: None, tmp_path: Path) -> None:
    settings = tmp_path / "settings.ini"
    settings.write_text(before, encoding="utf-8")
    file = str(write_sparse(tmp_path / "sparse.csv"))
    environment = os.environ | {PATH_VARIABLE: str(settings)}
    done = warm_run("-W", "error", "-c", FULL, file, "--run", cwd=ROOT, env=environment)
    said = "".join(line for line in done.stderr.splitlines() if "propagateSizeHints" not in line)
    assert (done.returncode, said) == (0, "")
    sentence = f"{settings} cannot be written: what you choose here is not found again at the next start."
    assert done.stdout.splitlines().count(sentence) == 1
    assert settings.read_text(encoding="utf-8") == before
