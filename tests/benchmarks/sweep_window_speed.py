"""Frames of the window while a linear model trains flat out and one sweep over λ follows the other.

    python tests/benchmarks/sweep_window_speed.py [--only TEXT] [--seconds 8]

Each line is a process of its own: the window offscreen, 1440×900, all panels painting, speed max; as soon as a sweep
has ended the next one begins. Gate: 30 frames a second.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
CASES = ((200, 8, False), (2_000, 8, False), (20_000, 100, False), (2_000, 8, True), (20_000, 100, True))
ENOUGH_FRAMES = 3
WARM_S = 2.0
"""At most; never longer than what is measured."""


def write_data(path: Path, n_rows: int, n_inputs: int, is_logistic: bool) -> None:
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(n_rows, n_inputs))
    score = inputs[:, :6] @ np.array([2.0, -1.5, 1.0, 0.7, -0.4, 0.2]) + generator.normal(size=n_rows)
    targets = (score > 0).astype(float) if is_logistic else score
    header = ",".join([*(f"x{column}" for column in range(n_inputs)), "y"])
    np.savetxt(path, np.column_stack([inputs, targets]), delimiter=",", header=header, comments="", fmt="%.6g")


def window(file: Path, has_sweeps: bool, measure_s: float) -> dict[str, float]:
    """Frames, gaps between ticks of the GUI thread and sweeps that have ended, over ``measure_s``."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from regdesk.cli.arguments import parse_window_arguments
    from regdesk.desktop import program
    from regdesk.session.sweep_service import SweepService

    options = ["--target", "y", "--hidden", "", "--penalty", "l1", "--run", "--speed", "max"]
    main_window, controller = program.build(parse_window_arguments([str(file), *options]))
    main_window.resize(1440, 900)
    frames: list[tuple[float, int]] = []
    ticks: list[float] = []
    ended: list[float] = []
    controller.frame_shown.connect(lambda frame: frames.append((time.perf_counter(), frame.snapshot.step)))
    ticker = QTimer(main_window)
    ticker.setTimerType(Qt.TimerType.PreciseTimer)
    ticker.timeout.connect(lambda: ticks.append(time.perf_counter()))
    ticker.start(5)
    end = QTimer(main_window)
    end.setSingleShot(True)
    # On a busy machine a rate needs longer.
    end.timeout.connect(lambda: QApplication.exit() if len(frames) > ENOUGH_FRAMES else end.start(100))
    sweep = main_window.commands.sweep

    def begin() -> None:
        if frames and frames[-1][1] > 0 and not end.isActive():
            end.start(round(1000 * (min(WARM_S, measure_s) + measure_s)))
            if has_sweeps:
                sweep.trigger()

    def again(n_done: int, n_lambdas: int, _unit: str) -> None:
        assert n_done == n_lambdas
        ended.append(time.perf_counter())
        QTimer.singleShot(0, sweep.trigger)

    controller.frame_shown.connect(begin)
    main_window.findChild(SweepService).ended.connect(again)
    QApplication.exec()
    main_window.close()
    stop_s = frames[-1][0]
    shown = max([frame for frame in frames if frame[0] > stop_s - measure_s], frames[-ENOUGH_FRAMES:], key=len)
    gaps_ms = 1000 * np.diff([tick for tick in ticks if shown[0][0] < tick <= stop_s])
    seconds = shown[-1][0] - shown[0][0]
    return {
        "sweeps": len([one for one in ended if one > stop_s - measure_s]) / measure_s,
        "steps_per_second": (shown[-1][1] - shown[0][1]) / seconds,
        "frames_per_second": (len(shown) - 1) / seconds,
        "gap_p99_ms": float(np.percentile(gaps_ms, 99)),
        "gap_max_ms": float(gaps_ms.max()),
    }


def main(only: str, measure_s: float) -> None:
    print("| data | sweeps/s | steps/s | frames/s | gap p99, ms | largest gap, ms |")
    print("|---|---|---|---|---|---|")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "REGDESK_SETTINGS": ""}
    with tempfile.TemporaryDirectory() as folder:
        for n_rows, n_inputs, is_logistic in CASES:
            title = f"{n_rows:,} × {n_inputs} {'logistic' if is_logistic else 'linear'}"
            if only not in title:
                continue
            file = Path(folder) / "data.csv"
            write_data(file, n_rows, n_inputs, is_logistic)
            for part in ("alone", "sweeps"):
                command = [sys.executable, __file__, "--seconds", str(measure_s), "--child", part, str(file)]
                done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
                found = json.loads(done.stdout.splitlines()[-1])
                print(
                    f"| {title}, {'no sweep' if part == 'alone' else 'sweeping'} "
                    f"| {found['sweeps']:.2f} | {found['steps_per_second']:,.0f} | {found['frames_per_second']:.0f} "
                    f"| {found['gap_p99_ms']:.0f} | {found['gap_max_ms']:.0f} |",
                    flush=True,
                )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="TEXT", help="data whose title has this in it")
    parser.add_argument("--seconds", type=float, default=8.0, metavar="S", help="of each line (default 8)")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        sys.path.insert(0, str(ROOT))
        part, file = given.child
        print(json.dumps(window(Path(file), part == "sweeps", given.seconds)))
    else:
        main(given.only, given.seconds)
