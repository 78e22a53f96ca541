"""An unexpected error becomes one dialog, however often it happens and wherever."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from window_driver import WindowDriver, write_sparse

from regdesk.error_reports import ErrorReports

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints", "does not support"), pytest.mark.qt_no_exception_capture]


@pytest.fixture
def hooks() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = before


def fail(text: str) -> None:
    raise ValueError(text)


class Unraisable:
    def __del__(self) -> None:
        fail("while it was thrown away")


def test_many_errors_and_one_dialog(
    make_window: Any, tmp_path: Path, hooks: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    driver: WindowDriver = make_window(write_sparse(tmp_path / "sparse.csv"), "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    ErrorReports(driver.window, ends_program=False).install()
    # A real one, in every frame.
    panel = driver.window.data_fit
    draw, n_failed = panel.draw, []

    def draw_badly(frame: Any) -> None:
        n_failed.append(1)
        fail(f"frame {len(n_failed)} cannot be drawn")

    monkeypatch.setattr(panel, "draw", draw_badly)
    driver.wait(lambda: len(n_failed) >= 13)
    # The panels after it have gone on all the while.
    readouts = {driver.window.history.readout}
    driver.wait(lambda: readouts.add(driver.window.history.readout) or len(readouts) > 2)
    monkeypatch.setattr(panel, "draw", draw)
    dialog = driver.child("errorDialog")
    others = driver.child("errorOthers")
    driver.wait(lambda: others.text() == f"… and {len(n_failed) - 1} more since.")
    assert dialog.isVisible()
    assert not dialog.isModal()
    sentence = driver.child("errorSentence").text()
    assert sentence == "Something in regdesk went wrong that should not: ValueError: frame 1 cannot be drawn"
    assert capsys.readouterr().err == f"regdesk: {sentence}\n"
    # Work goes on.
    epoch = driver.state["epoch"]
    driver.wait_state(epoch=lambda now: now > epoch + 20, running=True)
    details = driver.child("errorDetails")
    assert not details.isVisible()
    driver.click("showDetailsButton")
    assert details.isVisible()
    text = details.toPlainText()
    for word in ("draw_badly", "ValueError: frame 1", "numpy ", "PySide6 ", "Status line: Training"):
        assert word in text
    driver.click("copyDetailsButton")
    assert text in QApplication.clipboard().text()
    driver.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    # The same error again is no news; another one is, from whatever thread.
    with pytest.raises(ValueError, match="known") as known:
        fail("a place that is known")
    sys.excepthook(known.type, known.value, known.tb)
    thread = threading.Thread(target=int, args=["in another thread"])
    thread.start()
    thread.join()
    driver.wait(dialog.isVisible)
    assert "in another thread" in driver.child("errorSentence").text()
    Unraisable()
    driver.wait(lambda: others.text() == "… and 1 more since.")
    assert "while it was thrown away" in driver.state["status"]
    dialog.close()


def test_interrupted_by_the_keyboard_is_no_error(make_window: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = make_window()
    statuses: list[int] = []
    # The real one would end every event loop that comes after.
    monkeypatch.setattr(QApplication, "exit", statuses.append)
    reports = ErrorReports(driver.window, ends_program=False)
    heard: list[str] = []
    reports.happened.connect(lambda *_: heard.append("error"))
    reports.report(KeyboardInterrupt, KeyboardInterrupt(), None)
    QApplication.processEvents()
    assert (heard, statuses) == ([], [130])
