"""A person opens a file: from the menu, by dropping it, and at the start; and a script is asked nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from window_driver import WindowDriver, write_classes, write_sparse

from regdesk.cli.arguments import parse_window_arguments
from regdesk.desktop import program
from regdesk.desktop.preferences import PATH_VARIABLE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
MakeWindow = Callable[..., WindowDriver]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of preferences: somebody sits before the window."""
    path = tmp_path / "settings.ini"
    monkeypatch.setenv(PATH_VARIABLE, str(path))
    return path


def dialog_of(driver: WindowDriver) -> QDialog | None:
    found = driver.window.findChild(QDialog, "importDialog")
    return found if isinstance(found, QDialog) and found.isVisible() else None


def child(driver: WindowDriver, name: str) -> Any:
    dialog = dialog_of(driver)
    assert dialog is not None
    found = dialog.findChild(QObject, name)
    assert found is not None, name
    return found


def wait_settled(driver: WindowDriver) -> None:
    driver.wait(lambda: dialog_of(driver) is not None)
    driver.wait(lambda: child(driver, "importState").text().startswith("Enter opens"))


def press(driver: WindowDriver, key: Qt.Key) -> None:
    dialog = dialog_of(driver)
    assert dialog is not None
    driver.qtbot.keyClick(dialog.focusWidget() or dialog, key)


def test_a_person_opens_files_and_finds_the_choices_again(
    make_window: MakeWindow, settings: Path, tmp_path: Path
) -> None:
    driver = make_window("--sample", "two-moons", "--hidden", "")
    driver.wait_model()
    assert dialog_of(driver) is None
    mend_a_damaged_file_by_saying_how_it_is_written(driver, tmp_path)
    before = driver.session.configuration
    file = write_classes(tmp_path / "classes.csv")
    # Left by Esc: nothing has changed.
    driver.window.file_chosen.emit(str(file))
    wait_settled(driver)
    assert driver.session.configuration == before
    press(driver, Qt.Key.Key_Escape)
    assert dialog_of(driver) is None
    assert driver.session.configuration == before
    assert driver.state["status"] == "Opening classes.csv was cancelled; the data on screen stay."
    # Opened with another target and one column less.
    driver.window.file_chosen.emit(str(file))
    wait_settled(driver)
    target, columns = child(driver, "importTargetBox"), child(driver, "importColumns")
    names = [target.itemData(row) for row in range(target.count())]
    other = next(name for name in names if name != target.currentData())
    target.setCurrentIndex(names.index(other))
    row = next(row for row in range(columns.columns.rowCount()) if columns.columns.role(row) == "feature")
    ignored = columns.columns.column(row).name
    columns.columns.give_role([row], "ignored")
    child(driver, "importCopyButton").click()
    command = QGuiApplication.clipboard().text()
    press(driver, Qt.Key.Key_Return)
    driver.wait(lambda: driver.state["file"] == str(file))
    data = driver.session.configuration.data
    assert (data.target, data.roles) == (other, ((ignored, "ignored"),))
    assert command == f"regdesk {file} --target={other} --role={ignored}=ignored"
    assert ignored not in driver.loaded.dataset.features
    # The same bytes under another name: what was chosen has come back, also for another window.
    again = tmp_path / "again.csv"
    again.write_bytes(file.read_bytes())
    driver.window.file_chosen.emit(str(again))
    wait_settled(driver)
    assert child(driver, "importTargetBox").currentData() == other
    press(driver, Qt.Key.Key_Return)
    driver.wait(lambda: driver.state["file"] == str(again))
    assert driver.session.configuration.data == data
    kept = QSettings(str(settings), QSettings.Format.IniFormat).value("imports")
    assert f'"target": "{other}"' in str(kept)


def mend_a_damaged_file_by_saying_how_it_is_written(driver: WindowDriver, tmp_path: Path) -> None:
    """It is left in the end, so that nothing has been opened."""
    file = tmp_path / "damaged.csv"
    rows = "".join(f"{row},{row * row % 7},{row % 5}.5\n" for row in range(30))
    file.write_text(f"a,b,y\n{rows}31,2,3,4\n32,1,0.5\n", encoding="utf-8")
    driver.window.file_chosen.emit(str(file))
    driver.wait(lambda: dialog_of(driver) is not None)
    assert not child(driver, "importOpenButton").isEnabled()
    assert child(driver, "importRows").currentIndex().data() == "31,2,3,4"
    child(driver, "importSkipSpin").setValue(32)
    driver.wait(lambda: not child(driver, "importOpenButton").isEnabled())
    dialog = dialog_of(driver)
    assert dialog is not None
    dialog.reject()
    driver.window.file_chosen.emit(str(tmp_path / "none.csv"))
    driver.wait(lambda: "there is no such file" in driver.state["status"])
    assert dialog_of(driver) is None


@pytest.mark.parametrize(
    ("words", "is_asked"),
    [
        ([], True),
        (["--features", "a,b", "--delimiter", ";"], True),
        (["--target", "y"], False),
        (["--role", "y=target"], False),
        (["--run"], False),
        (["--screenshot", "picture.png"], False),
    ],
)
def test_who_says_what_is_to_be_done_is_asked_nothing(words: list[str], is_asked: bool) -> None:
    assert program.leaves_choices(parse_window_arguments(["a.csv", *words])) == is_asked


def test_at_the_start_a_file_is_asked_about(
    make_window: MakeWindow, settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.parent == tmp_path
    # What the program does, and create_window does not.
    monkeypatch.setattr(program.build, "__kwdefaults__", {**program.build.__kwdefaults__, "asks": True})
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "")
    wait_settled(driver)
    assert driver.state["file"] is None
    # Who leaves it there has the sample that a start without a file shows.
    press(driver, Qt.Key.Key_Escape)
    driver.wait_model()
    assert driver.session.configuration.source.sample == program.FIRST_SAMPLE


def test_a_script_is_asked_nothing(make_window: MakeWindow, settings: Path, tmp_path: Path) -> None:
    """``create_window`` builds as this does."""
    assert settings.parent == tmp_path
    file = write_sparse(tmp_path / "sparse.csv")
    driver = make_window(file, "--hidden", "")
    driver.wait_model()
    assert driver.state["file"] == str(file)
    assert driver.window.findChild(QDialog, "importDialog") is None


def test_without_preferences_nobody_is_asked(make_window: MakeWindow, tmp_path: Path) -> None:
    driver = make_window("--sample", "two-moons", "--hidden", "")
    file = write_sparse(tmp_path / "sparse.csv")
    driver.wait_model()
    driver.window.file_chosen.emit(str(file))
    driver.wait(lambda: driver.state["file"] == str(file))
    assert driver.window.findChild(QDialog, "importDialog") is None
