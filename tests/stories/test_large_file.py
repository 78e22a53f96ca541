"""A very large file is not read before somebody has said whether all of it, or a sample, is wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog
from window_driver import WindowDriver

from regdesk.data.csv import size_estimate
from regdesk.desktop.preferences import PATH_VARIABLE
from regdesk.tasks import importing

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
MakeWindow = Callable[..., WindowDriver]
N_ROWS = 3_000


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small file that counts as large."""
    monkeypatch.setenv(PATH_VARIABLE, str(tmp_path / "settings.ini"))
    monkeypatch.setattr(size_estimate, "LEAST_BYTES", 0)
    monkeypatch.setattr(size_estimate, "MANY_ROWS", 1_000)
    monkeypatch.setattr(importing, "SAMPLE_ROWS", 200)
    path = tmp_path / "many.csv"
    path.write_text("a,b,y\n" + "".join(f"{row % 17},{row % 5}.5,{row % 7}.25\n" for row in range(N_ROWS)))
    return path


def shown(driver: WindowDriver, name: str) -> Any:
    """The dialog of that name, None where it is not seen."""
    found = [one for one in driver.window.findChildren(QDialog, name) if one.isVisible()]
    return found[0] if found else None


def asked(driver: WindowDriver, file: Path) -> QDialog:
    driver.window.file_chosen.emit(str(file))
    driver.wait(lambda: shown(driver, "largeFileDialog") is not None)
    found = shown(driver, "largeFileDialog")
    assert isinstance(found, QDialog)
    return found


def child(dialog: QDialog, name: str) -> Any:
    found = dialog.findChild(QObject, name)
    assert found is not None, name
    return found


def open_it(driver: WindowDriver) -> None:
    """Open what the import dialog shows, by Enter."""
    driver.wait(lambda: shown(driver, "importDialog") is not None)
    dialog = shown(driver, "importDialog")
    driver.wait(lambda: child(dialog, "importState").text().startswith("Enter opens"))
    driver.qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)


def test_enter_takes_a_sample(make_window: MakeWindow, file: Path) -> None:
    driver = make_window("--sample", "two-moons", "--hidden", "")
    driver.wait_model()
    before = driver.session.configuration
    dialog = asked(driver, file)
    text = child(dialog, "largeFileText").text()
    assert text.startswith("many.csv is large: there are about 3,")
    assert "rows and 3 columns, and to read them takes about" in text
    assert "A sample of 200 rows can be read" in text
    assert shown(driver, "importDialog") is None
    assert driver.session.configuration == before
    driver.qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
    assert shown(driver, "largeFileDialog") is None
    open_it(driver)
    driver.wait(lambda: driver.session.configuration.source.file == str(file))
    assert driver.session.configuration.source.reading.sample_rows == 200


def test_all_rows_are_read_where_that_is_said_and_said_again(make_window: MakeWindow, file: Path) -> None:
    driver = make_window("--sample", "two-moons", "--hidden", "")
    driver.wait_model()
    for button, wanted in (("largeFileSampleButton", 200), ("largeFileWholeButton", None)):
        # The second time the choices of the first come back, but for the answer.
        dialog = asked(driver, file)
        driver.qtbot.mouseClick(child(dialog, button), Qt.MouseButton.LeftButton)
        open_it(driver)
        driver.wait(lambda wanted=wanted: driver.session.configuration.source.reading.sample_rows == wanted)
        assert driver.session.configuration.source.file.endswith("many.csv")


def test_esc_leaves_everything_as_it_is(make_window: MakeWindow, file: Path) -> None:
    driver = make_window("--sample", "two-moons", "--hidden", "")
    driver.wait_model()
    before = driver.session.configuration
    dialog = asked(driver, file)
    driver.qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
    driver.wait(lambda: driver.state["status"] == "Opening many.csv was cancelled; the data on screen stay.")
    assert shown(driver, "largeFileDialog") is None
    assert shown(driver, "importDialog") is None
    assert driver.session.configuration == before
