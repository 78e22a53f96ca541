"""Frames, steps and the evenness of the window while it trains flat out, against the same engine with no window.

    python tests/benchmarks/window_speed.py [--pairs 5] [--seconds 5] [--only SIZE]

Each run is a process of its own: the engine alone in chunks of 18 ms, then the window (offscreen, 1440×900, all
panels painting, speed max) on the same file. Prints the medians of such pairs as a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SIZES = ((200, 1), (2000, 8))
ENOUGH_FRAMES = 3
WARM_S = 2.0
"""At most; never longer than what is measured."""


def write_data(path: Path, n_rows: int, n_inputs: int) -> None:
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(n_rows, n_inputs))
    targets = np.sin(2 * inputs[:, 0]) + 0.3 * generator.normal(size=n_rows)
    header = ",".join([*(f"x{column}" for column in range(n_inputs)), "y"])
    np.savetxt(path, np.column_stack([inputs, targets]), delimiter=",", header=header, comments="", fmt="%.6f")


def engine_alone(file: Path, measure_s: float) -> dict[str, float]:
    """Steps per second of a trainer in a plain loop."""
    from regdesk.compiling import engine_cache

    engine_cache.fill("float32")
    from regdesk.core.training.trainer import Trainer
    from regdesk.core.types import Architecture, DataSettings, TrainSettings
    from regdesk.data.csv.reader import read_table
    from regdesk.data.prepare.encoding import prepare_dataset

    trainer = Trainer(prepare_dataset(read_table(file), DataSettings(target="y"), 0), Architecture(), 0)
    settings = TrainSettings()
    trainer.advance(settings, 200)
    started_s = time.perf_counter()
    trainer.advance(settings, 500)
    chunk = max(1, int(0.018 * 500 / (time.perf_counter() - started_s)))
    first, started_s = trainer.step, time.perf_counter()
    while time.perf_counter() - started_s < measure_s:
        trainer.advance(settings, chunk)
    return {"steps_per_second": (trainer.step - first) / (time.perf_counter() - started_s)}


def window(file: Path, measure_s: float) -> dict[str, float]:
    """Steps, shown frames and gaps between ticks of the GUI thread, over ``measure_s``."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from regdesk.cli.arguments import parse_window_arguments
    from regdesk.desktop import program

    main_window, controller = program.build(parse_window_arguments([str(file), "--run", "--speed", "max"]))
    main_window.resize(1440, 900)
    frames: list[tuple[float, int, float]] = []
    ticks: list[float] = []
    controller.frame_shown.connect(
        lambda frame: frames.append((time.perf_counter(), frame.snapshot.step, frame.snapshot.train_loss))
    )
    ticker = QTimer(main_window)
    ticker.setTimerType(Qt.TimerType.PreciseTimer)
    ticker.timeout.connect(lambda: ticks.append(time.perf_counter()))
    ticker.start(5)
    end = QTimer(main_window)
    end.setSingleShot(True)
    # On a busy machine a rate needs longer.
    end.timeout.connect(lambda: QApplication.exit() if len(frames) > ENOUGH_FRAMES else end.start(100))

    def begin() -> None:
        if frames and frames[-1][1] > 0 and not end.isActive():
            end.start(round(1000 * (min(WARM_S, measure_s) + measure_s)))

    controller.frame_shown.connect(begin)
    QApplication.exec()
    main_window.close()
    stop_s = frames[-1][0]
    shown = max([frame for frame in frames if frame[0] > stop_s - measure_s], frames[-ENOUGH_FRAMES:], key=len)
    gaps_ms = 1000 * np.diff([tick for tick in ticks if shown[0][0] < tick <= stop_s])
    seconds = shown[-1][0] - shown[0][0]
    return {
        "steps_per_second": (shown[-1][1] - shown[0][1]) / seconds,
        "frames_per_second": (len(shown) - 1) / seconds,
        "gap_p99_ms": float(np.percentile(gaps_ms, 99)),
        "gap_max_ms": float(gaps_ms.max()),
    }


def measured(part: str, file: Path, measure_s: float) -> dict[str, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, __file__, "--seconds", str(measure_s), "--child", part, str(file)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main(only: str, n_pairs: int, measure_s: float) -> None:
    print(
        "| rows × inputs | engine alone, steps/s | window, steps/s | ratio | frames/s | gap p99, ms | largest gap, ms |"
    )
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for n_rows, n_inputs in SIZES:
            if only not in f"{n_rows} × {n_inputs}":
                continue
            file = Path(folder) / f"{n_rows}.csv"
            write_data(file, n_rows, n_inputs)
            pairs = [tuple(measured(part, file, measure_s) for part in ("engine", "window")) for _ in range(n_pairs)]
            ratio = statistics.median(shown["steps_per_second"] / alone["steps_per_second"] for alone, shown in pairs)
            alone = statistics.median(pair[0]["steps_per_second"] for pair in pairs)
            steps, frames, p99 = (
                statistics.median(pair[1][name] for pair in pairs)
                for name in ("steps_per_second", "frames_per_second", "gap_p99_ms")
            )
            largest = max(pair[1]["gap_max_ms"] for pair in pairs)
            print(
                f"| {n_rows} × {n_inputs} | {alone:,.0f} | {steps:,.0f} | {ratio:.2f} | {frames:.0f} | {p99:.0f} "
                f"| {largest:.0f} |"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="SIZE", help="sizes whose name has this in it")
    parser.add_argument("--pairs", type=int, default=5, metavar="N")
    parser.add_argument("--seconds", type=float, default=5.0, metavar="S", help="of each run (default 5)")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        sys.path.insert(0, str(ROOT))
        part, file = given.child
        print(json.dumps({"engine": engine_alone, "window": window}[part](Path(file), given.seconds)))
    else:
        main(given.only, given.pairs, given.seconds)
