"""A signal that ends the program while a dialog of its has events of its own to wait for."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from warm_processes import warm_run
from window_driver import write_sparse

from regdesk.system import signals

WINDOW = """
import os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from regdesk.desktop import program
from regdesk.start import main

folder = sys.argv.pop(1)
send = lambda: os.kill(os.getpid(), signal.SIGTERM)
build = program.build
def build_and_send(arguments, **options):
    window, controller = build(arguments, **options)
    def look():
        if window.state()["epoch"] < 5:
            return
        timer.stop()
        window.commands.taking.pictures.trigger()
        dialog = window.findChild(QDialog, "picturesDialog")
        dialog.findChild(QLineEdit, "picturesFolderEdit").setText(folder)
        QTimer.singleShot(0, send)
        dialog.findChild(QPushButton, "picturesSaveButton").click()
    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(10)
    return window, controller
program.build = build_and_send
sys.exit(main())
"""


@pytest.mark.parametrize(
    "is_asked", [pytest.param(False, id="while pictures are made"), pytest.param(True, marks=pytest.mark.full)]
)
def test_nothing_is_written_and_the_status_is_the_signals(is_asked: bool, engine: None, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "data.csv")
    folder = tmp_path / "pictures"
    folder.mkdir()
    if is_asked:
        (folder / "dataFitPanel.png").write_bytes(b"old")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = warm_run("-c", WINDOW, str(folder), str(file), "--hidden", "", "--run")
    number = signal.SIGTERM
    assert (done.returncode, done.stderr) == (signals.status_of(number), f"regdesk: {signals.sentence_of(number)}\n")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
