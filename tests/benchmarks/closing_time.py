"""How long closing takes: the window while it trains, and the process after its window.

    python tests/benchmarks/closing_time.py [--times 20] [--seed 0]

Each line is of processes of their own, offscreen, a network in training at speed max. The first closes one window after
the other at random moments within 0.4 s of the first frame, and takes how long ``close`` does; the second closes the
program's window at random moments within 1.5 s, and takes the time from then until the process has ended.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from regdesk.cli.arguments import parse_window_arguments
from regdesk.desktop.program import build

application = QApplication([])
took_ms = []
for delay_ms in json.loads(sys.argv[2]):
    window, controller = build(parse_window_arguments(["--run", "--speed", "max"]))
    def close():
        started_s = time.perf_counter()
        window.close()
        took_ms.append(1000 * (time.perf_counter() - started_s))
    def begin(frame, begun=[]):
        if not begun:
            begun.append(1)
            QTimer.singleShot(delay_ms, window, close)
    controller.frame_shown.connect(begin)
    application.exec()
    window.deleteLater()
print(json.dumps(took_ms))
"""
PROGRAM = """
import sys, time
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QTimer
import regdesk.desktop.program as desktop
from regdesk.app import main
build = desktop.build
def build_and_close(arguments, **options):
    window, controller = build(arguments, **options)
    def close():
        print(time.time(), flush=True)
        window.close()
    QTimer.singleShot(int(sys.argv[2]), window, close)
    return window, controller
desktop.build = build_and_close
raise SystemExit(main(["--run"]))
"""


def run_child(code: str, argument: str) -> str:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "REGDESK_SETTINGS": ""}
    command = [sys.executable, "-c", code, str(ROOT), argument]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    generator = random.Random(chosen.seed)
    windows_ms = json.loads(run_child(WINDOWS, json.dumps([generator.randrange(400) for _ in range(chosen.times)])))
    programs_ms = []
    for _ in range(chosen.times):
        out = run_child(PROGRAM, str(generator.randrange(1500)))
        programs_ms.append(1000 * (time.time() - float(out)))
    print("| closed | times | median, ms | largest, ms |")
    print("|---|---|---|---|")
    for name, took_ms in (("window", windows_ms), ("program, until its process has ended", programs_ms)):
        print(f"| {name} | {len(took_ms)} | {statistics.median(took_ms):.0f} | {max(took_ms):.0f} |")


if __name__ == "__main__":
    main()
