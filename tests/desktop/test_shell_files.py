"""Files that are dropped, and reading that takes long."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QLineEdit
from window_driver import WindowDriver, write_classes, write_sparse

from regdesk.core.stopping import Stopped
from regdesk.core.types import DataSettings
from regdesk.data.csv.lines import Progress
from regdesk.data.csv.table import Table
from regdesk.data.formats.reading import FileReader
from regdesk.data.source import Source
from regdesk.tasks import loading
from regdesk.tasks.loading import load

NO_BUTTON, NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


def carry(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def enter(widget: Any, data: QMimeData) -> bool:
    """Whether what is dragged may be dropped."""
    event = QDragEnterEvent(QPoint(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NO_KEY)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop(widget: Any, data: QMimeData) -> None:
    event = QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, NO_BUTTON, NO_KEY)
    QApplication.sendEvent(widget, event)


def test_files_are_dropped_watched_pasted_and_left_when_they_change(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one window, which takes longer to make than a file to be read."""
    driver: WindowDriver = make_window(write_sparse(tmp_path / "first of all.csv", n_rows=40))
    driver.wait_model()
    for number, step in enumerate((drop_a_file, drop_several_files_as_one_table, watch_a_file)):
        folder = tmp_path / str(number)
        folder.mkdir()
        step(driver, folder)
    for number, more in enumerate((paste_a_table, leave_a_file_that_changes_while_it_is_read)):
        folder = tmp_path / f"patched {number}"
        folder.mkdir()
        with monkeypatch.context() as patched:
            more(driver, folder, patched)


def opened(driver: WindowDriver, file: Path) -> dict[str, Any]:
    """The state when there is a model of the file."""
    run = driver.snapshot.run
    driver.controller.open_file(str(file))
    driver.wait(lambda: driver.snapshot.run > run)
    return driver.wait_state(file=str(file))


def drop_a_file(driver: WindowDriver, tmp_path: Path) -> None:
    first, second = write_sparse(tmp_path / "a.csv"), write_classes(tmp_path / "b & c.csv")
    opened(driver, first)
    window, overlay = driver.window, driver.child("dropOverlay")
    one = carry(QUrl.fromLocalFile(str(second)))
    assert enter(window, one)
    assert overlay.isVisible()
    assert overlay.geometry() == window.rect()
    assert driver.child("dropText").text() == "Drop it here to open b & c.csv"
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not overlay.isVisible()
    assert not enter(window, carry(QUrl("https://example.org/data.csv")))
    assert driver.state["status"] == "Only files on this computer can be opened; save it and drag the file."
    assert not enter(window, carry(QUrl("https://example.org/b.csv")))
    assert not enter(window, carry())
    assert not enter(window, carry(QUrl.fromLocalFile(str(tmp_path))))
    said = f"{tmp_path.name} is a folder; drag the file in it, or several that have the same columns."
    assert driver.state["status"] == said
    assert not overlay.isVisible()
    # Plots and edits leave files to the window.
    assert not any(view.acceptDrops() for view in window.findChildren(QGraphicsView))
    assert not any(edit.acceptDrops() for edit in window.findChildren(QLineEdit))
    assert enter(window, one)
    drop(window, one)
    assert not overlay.isVisible()
    driver.wait_state(file=str(second))


def drop_several_files_as_one_table(driver: WindowDriver, tmp_path: Path) -> None:
    first, second = write_sparse(tmp_path / "b.csv", n_rows=60), write_sparse(tmp_path / "a.csv", n_rows=40)
    opened(driver, first)
    several = carry(QUrl.fromLocalFile(str(first)), QUrl.fromLocalFile(str(second)))
    assert enter(driver.window, several)
    assert driver.child("dropText").text() == "Drop them here to open the rows of 2 files as one table"
    drop(driver.window, several)
    # In the order of their names, whatever the order in which they were chosen.
    driver.wait_state(file=str(second))
    assert driver.child("dataTitle").text() == "a.csv and 1 more file"
    assert driver.child("rowsLabel").text() == "75 train, 25 validate"


def watch_a_file(driver: WindowDriver, tmp_path: Path) -> None:
    """It is read again when it has changed."""
    file = write_sparse(tmp_path / "a.csv", n_rows=40)
    opened(driver, file)
    rows = driver.child("rowsLabel")
    assert rows.text() == "30 train, 10 validate"
    watch = driver.child("watchAction")
    assert watch.isCheckable()
    assert not watch.isChecked()
    watch.trigger()
    assert driver.state["status"] == "a.csv is watched: it is read again when it changes."
    last = file.read_text(encoding="utf-8").splitlines()[-1]
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"{last}\n" * 4)
    driver.wait(lambda: rows.text() == "33 train, 11 validate")
    watch.trigger()
    assert driver.state["status"] == "a.csv is not watched."


def paste_a_table(driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    first = write_classes(tmp_path / "first.csv")
    opened(driver, first)
    QApplication.clipboard().setText("a single line")
    driver.child("pasteTableAction").trigger()
    assert "it holds a single line of text; copy a table" in driver.state["status"]
    assert driver.state["file"] == str(first)
    text = write_sparse(tmp_path / "second.csv", n_rows=200).read_text(encoding="utf-8")
    QApplication.clipboard().setText(text.replace(",", "\t"))
    driver.child("pasteTableAction").trigger()
    pasted = tmp_path / "regdesk" / "pasted" / "pasted 1.txt"
    driver.wait_state(file=str(pasted))
    assert pasted.read_text(encoding="utf-8") == text.replace(",", "\t")
    QApplication.clipboard().clear()


def leave_a_file_that_changes_while_it_is_read(
    driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class ChangingReader(FileReader):
        """Somebody adds a row after the first rows have been read."""

        def read(self, path: Path, progress: Progress | None = None) -> Table:
            def add_a_row(_share: float) -> None:
                with path.open("a", encoding="utf-8") as stream:
                    stream.write("0,0,0,0,0,0,0,0,0\n")

            return super().read(path, add_a_row)

    first, second = write_classes(tmp_path / "first.csv"), write_sparse(tmp_path / "second.csv", n_rows=6_000)
    digest = opened(driver, first)["weights_digest"]
    monkeypatch.setattr(loading, "FileReader", ChangingReader)
    driver.controller.open_file(str(second))
    state = driver.wait_state(status=lambda text: "the file changed while it was read" in text)
    assert (state["file"], state["weights_digest"]) == (str(first), digest)
    assert driver.window.windowTitle().startswith("first.csv")


class SlowLoad:
    """Reads half a file and then waits until nobody wants it any more."""

    def __init__(self) -> None:
        self.was_superseded = threading.Event()

    def __call__(
        self, source: Source, settings: DataSettings, seed: int, should_stop: Callable[[], bool],
        report: Callable[[float], None],
    ) -> None:  # fmt: skip
        for _ in range(12_000):
            report(0.5)
            if should_stop():
                self.was_superseded.set()
                raise Stopped
            time.sleep(0.005)


def test_cancelling_keeps_the_data_on_screen(make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = write_sparse(tmp_path / "first.csv"), write_classes(tmp_path / "second.csv")
    driver: WindowDriver = make_window(first, "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    run = driver.snapshot.run
    for way in ("button", "escape"):
        with monkeypatch.context() as patched:
            slow = SlowLoad()
            patched.setattr(loading, "load", slow)
            cancel_reading(driver, second, way)
            assert slow.was_superseded.wait(30)
        before = driver.state["epoch"]
        state = driver.wait_state(epoch=lambda epoch, before=before: epoch > before + 50)
        assert (state["file"], driver.snapshot.run) == (str(first), run)
        assert driver.window.windowTitle().startswith("first.csv")
    # The next file is read as ever.
    driver.controller.open_file(str(second))
    driver.wait_state(file=str(second))
    assert not driver.child("cancelAction").isEnabled()


def cancel_reading(driver: WindowDriver, second: Path, way: str) -> None:
    """With the mouse or by the keyboard, as soon as a file that is being read has shown how far it is."""
    driver.controller.open_file(str(second))
    bar, button = driver.child("progressBar"), driver.child("cancelButton")
    assert not bar.isVisible()
    assert not driver.child("cancelAction").isEnabled()
    (patience,) = driver.child("busyBar").findChildren(QTimer)
    assert (patience.isActive(), patience.interval()) == (True, 500)
    driver.qtbot.waitSignal(patience.timeout).wait()
    assert bar.isVisible()
    driver.wait(lambda: bar.value() == bar.maximum() // 2 > 0)
    assert button.isVisible()
    if way == "button":
        driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        driver.qtbot.keyClick(driver.window.focusWidget(), Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert driver.state["status"] == "Reading second.csv was cancelled; the data on screen stay."


def test_reading_says_how_far_it_is(tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "long.csv", n_rows=20_000)
    fractions: list[float] = []
    load(Source(file, file.name), DataSettings(), 0, lambda: False, fractions.append)
    assert len(fractions) > 2
    assert fractions == sorted(fractions)
    assert 0.0 <= fractions[0] < 0.5 < fractions[-1] <= 1.0
