"""What is imported after the first paint, in a process that has imported nothing yet."""

from __future__ import annotations

import os
import subprocess
import sys

ASKED_MEANWHILE = """
from regdesk.views.window.deferred_imports import deferred_imports
modules = deferred_imports()
while next(modules).__name__ != "PySide6.QtWidgets":
    pass
# A person has opened what needs it before its turn has come.
import pyqtgraph
while next(modules).__name__ != "PySide6.QtSvg":
    pass
print("all there")
"""


def test_plots_may_ask_for_qt_before_their_turn() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED_MEANWHILE], env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("all there\n", "")
