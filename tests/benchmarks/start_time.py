"""From the start of the process to the painted window, beside a bare script that shows one empty plot.

    python tests/benchmarks/start_time.py [--pairs 5] [--without-bytecode]

Pairs are taken in turn, after one of each that is not counted; compared are the medians. The limit is 1.1 times.
Python keeps the bytecode of modules that it has imported. Here both programs find all of theirs, as they do from a
user's second start on, whatever PYTHONDONTWRITEBYTECODE says: it is written to a temporary folder by the pair that is
not counted. With --without-bytecode none is written: the program is compiled at every start, the packages are not.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 1.1
PAINTED = """
import time
while window.windowHandle() is None or not window.windowHandle().isExposed():
    application.processEvents()
# What was exposed is painted, with all that its first layout has asked for.
application.processEvents()
print(time.time(), flush=True)
import os
os._exit(0)
"""
BARE = """
import pyqtgraph as pg
application = pg.mkQApp()
window = pg.PlotWidget()
window.resize(1440, 900)
window.show()
"""
REGDESK = """
from regdesk.app import create_window
window = create_window([])
from PySide6.QtWidgets import QApplication
application = QApplication.instance()
"""


def seconds(program: str, bytecode: str | None) -> float:
    """From before the process exists to the moment that it prints; ``bytecode`` is a folder, or None to keep none."""
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    environment = os.environ | {"PYTHONPATH": paths, "REGDESK_SETTINGS": ""}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment |= {"PYTHONPYCACHEPREFIX": bytecode} if bytecode else {"PYTHONDONTWRITEBYTECODE": "1"}
    started_s = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program + PAINTED], env=environment, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1]) - started_s


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--without-bytecode", action="store_true")
    arguments = parser.parse_args()
    n_pairs = arguments.pairs
    times: dict[str, list[float]] = {"bare": [], "regdesk": []}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(n_pairs + 1):
            for name, program in (("bare", BARE), ("regdesk", REGDESK)):
                taken_s = seconds(program, None if arguments.without_bytecode else folder)
                if number:
                    times[name].append(taken_s)
    print("| | " + " | ".join(f"run {number}" for number in range(1, n_pairs + 1)) + " | median |")
    print("|---" * (n_pairs + 2) + "|")
    for name, taken in times.items():
        print(f"| {name}, s | " + " | ".join(f"{one:.3f}" for one in [*taken, statistics.median(taken)]) + " |")
    ratio = statistics.median(times["regdesk"]) / statistics.median(times["bare"])
    print(f"\nregdesk takes {ratio:.2f} times as long; the limit is {LIMIT}.")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
