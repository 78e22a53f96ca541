"""The end of a process that has used Qt: what was to be done is done, and the status stands."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ENDING = """
import atexit, os, sys
from regdesk.system import leaving

leaving.prepare()
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QGraphicsWidget

atexit.register(lambda: print("done at the end"))
is_over = []

class Part(QGraphicsWidget):
    def event(self, event):
        # An error of C code: as of a list, or of an object of Qt that is gone.
        return [][0] if is_over else super().event(event)

    def changeEvent(self, event):
        [][0] if is_over else super().changeEvent(event)

application, kept = QApplication([]), []
for size in range(20, 40):
    # What it has of a font its parts are told to forget when it goes.
    whole = QGraphicsWidget()
    whole.setFont(QFont("any", size))
    part, other = Part(whole), Part()
    other.setParentItem(part)
    kept += [whole, part, Part(part), other]
is_over.append(True)
leaving.leave_with(int(sys.argv[1]))
sys.exit(int(sys.argv[1]))
"""


@pytest.mark.parametrize("status", [0, 143])
def test_nothing_of_qt_is_taken_apart_at_the_end(status: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDING, str(status)], env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (status, "done at the end\n", "")


def test_without_qt_python_ends_as_ever() -> None:
    lines = "import atexit", "from regdesk.system import leaving", "atexit.register(lambda: print('last of all'))"
    ends = "leaving.prepare()", "leaving.leave_with(5)", "raise SystemExit(7)"
    done = subprocess.run([sys.executable, "-c", "\n".join(lines + ends)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (7, "last of all\n", "")
