"""A fault of PySide 6.10, without regdesk: Python's collector deletes an object of Qt twice, and ends the process.

    python tests/reliability/collected_child.py [--only WORD]

A window is the parent of a controller, and this is the parent of a part, which has an attribute with the window. All
of them are garbage, and the collector comes upon the controller before the window. That happens where the controller is
the older of the two, and where the collector has put them into another order:

1. The collector clears the controller (``SbkObject_tp_clear``). Shiboken takes it from its parent and gives it back to
   Python, although in C++ the window is its parent still.
2. The last reference to the controller goes: Python deletes it, and its destructor deletes the part.
3. With the part its attributes go, and with them the last reference to the window. Python deletes the window, within
   the destructor of the controller. The window deletes its children, and the controller is one of them still.

Qt may say "shared QObject was deleted directly. The program is malformed and may crash"; then there is a fault in
memory. Each line of the table is a process of its own; −11 is a segmentation fault. Each of the other cases takes one
of the conditions away.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys

CASES = {
    "all of it": (),
    "the window is older": ("older",),
    "no part holds the window": ("free",),
    "deleted before it is collected": ("deleted",),
}
PROGRAM = """
import gc, sys
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject

class Part(QObject):
    pass

application = QCoreApplication([])
gc.disable()
for _ in range(10):
    if "older" in sys.argv:
        window = Part()
        controller = Part(window)
        part = Part(controller)
    else:
        controller = Part()
        part = Part(controller)
        window = Part()
        controller.setParent(window)
    if "free" not in sys.argv:
        part.window = window
    if "deleted" in sys.argv:
        shiboken6.delete(window)
    window = controller = part = None
    gc.collect()
"""


def main() -> None:
    import PySide6

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="cases whose name has this in it")
    only = parser.parse_args().only
    print(f"| garbage, Python {platform.python_version()}, PySide {PySide6.__version__} | status |")
    print("|---|---|")
    for title, options in CASES.items():
        if only in title:
            done = subprocess.run([sys.executable, "-c", PROGRAM, *options], capture_output=True, check=False)
            print(f"| {title} | {done.returncode} |", flush=True)


if __name__ == "__main__":
    main()
