"""A fault of PySide 6.10 under Python 3.11, without regdesk: an error in an override ends the process.

    python tests/reliability/error_in_override.py [--only WORD]

A method of Qt that Python overrides may be called by Qt while Python itself is in a call of Qt's: a model's ``data``
while a window's ``event`` hands on to ``super().event``. If it raises, shiboken keeps the error and puts words before
its message (``Shiboken::Errors::storePythonOverrideErrorOrPrint``, then ``PepException_GetArgs``, where it ends). What
``PyErr_Fetch`` gives need not be an exception before Python 3.12: of an error that C code has raised (a list's index, a
division by zero) it is the message alone, and its ``args`` are read from where a string has something else.
``PyErr_NormalizeException`` after ``PyErr_Fetch`` would mend it.

Each line of the table is a process of its own; −11 is a segmentation fault. An error that Python code has raised, or
has caught and raised again, does no harm.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys

CASES = {
    "list index": "[][0]",
    "dictionary key": "{}['k']",
    "key that is a number": "{}[5]",
    "attribute": "None.nothing",
    "division": "1 / 0",
    "conversion": "int('x')",
    "raised by Python": "raised(IndexError('own'))",
    "caught and raised again": "raised_again()",
}
PROGRAM = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QAbstractTableModel, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

def raised(error):
    raise error

def raised_again():
    try:
        [][0]
    except IndexError:
        raise

class Model(QAbstractTableModel):
    def rowCount(self, *_):
        return 2
    def columnCount(self, *_):
        return 2
    def data(self, *_):
        return eval(sys.argv[1])

class Window(QMainWindow):
    def event(self, event):
        return super().event(event)

application = QApplication([])
window, view, model = Window(), QTableView(), Model()
view.setModel(model)
window.setCentralWidget(view)
window.show()
QTimer.singleShot(100, view.viewport().update)
QTimer.singleShot(300, application.quit)
application.exec()
"""


def main() -> None:
    import PySide6

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="errors whose name has this in it")
    only = parser.parse_args().only

    print(f"| error, Python {platform.python_version()}, PySide {PySide6.__version__} | status | last word |")
    print("|---|---|---|")
    for title, code in CASES.items():
        if only not in title:
            continue
        done = subprocess.run([sys.executable, "-c", PROGRAM, code], capture_output=True, text=True, check=False)
        words = [line for line in done.stderr.splitlines() if not line.startswith("This plugin")]
        print(f"| {title} | {done.returncode} | {words[-1].strip() if words else ''} |", flush=True)


if __name__ == "__main__":
    main()
