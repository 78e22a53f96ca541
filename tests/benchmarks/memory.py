"""Whether the window grows while it trains: resident memory over minutes of λ in motion, and the line through it.

    python tests/benchmarks/memory.py [--minutes 10] [--warm-up 2] [--trace file.csv] [--types]

The window (offscreen, 1440×900, all panels painting, speed max) trains on the first sample while the λ slider walks at
random over 1e-5 … 1e3, a step every 50 ms. Resident memory is read once a second from /proc/self/statm. Prints a
Markdown table; with --types also which kinds of Python objects have become more since the warm-up.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
MOVE_MS, SAMPLE_MS = 50, 1000
LOWEST, HIGHEST = 1e-5, 1e3
STEP_DECADES = 0.2


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def types() -> Counter[str]:
    gc.collect()
    return Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())


def slope_mb_per_hour(samples: list[tuple[float, float]]) -> float:
    seconds, megabytes = np.array(samples).T
    return float(np.polyfit(seconds / 3600, megabytes, 1)[0])


def measure(arguments: argparse.Namespace) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QSlider

    from regdesk.cli.arguments import parse_window_arguments
    from regdesk.desktop import program
    from regdesk.views.controls.lambda_slider import position_of

    window, controller = program.build(parse_window_arguments(["--run", "--speed", "max"]))
    window.resize(1440, 900)
    slider = window.findChild(QSlider, "lambdaSlider")
    assert slider is not None
    generator = np.random.default_rng(0)
    started_s = time.monotonic()
    decades = [np.log10(LOWEST)]
    samples: list[tuple[float, float]] = []
    after_warm_up: list[Counter[str]] = []
    steps = [0]
    controller.frame_shown.connect(lambda frame: steps.__setitem__(0, frame.snapshot.step))

    def move() -> None:
        wanted = decades[0] + generator.normal(scale=STEP_DECADES)
        decades[0] = float(np.clip(wanted, np.log10(LOWEST), np.log10(HIGHEST)))
        slider.setValue(position_of(10.0 ** decades[0]))

    def sample() -> None:
        now_s = time.monotonic() - started_s
        samples.append((now_s, resident_mb()))
        if arguments.types and not after_warm_up and now_s >= 60 * arguments.warm_up:
            after_warm_up.append(types())
        if now_s >= 60 * (arguments.warm_up + arguments.minutes):
            QApplication.exit()

    timers = []
    for interval_ms, action in ((MOVE_MS, move), (SAMPLE_MS, sample)):
        timer = QTimer(window)
        timer.timeout.connect(action)
        timer.start(interval_ms)
        timers.append(timer)
    slider.setSliderDown(True)
    QApplication.exec()
    for timer in timers:
        timer.stop()
    if arguments.types:
        report_types(after_warm_up[0], types())
    window.close()
    report(arguments, samples, steps[0])


def report(arguments: argparse.Namespace, samples: list[tuple[float, float]], n_steps: int) -> None:
    if arguments.trace is not None:
        lines = [f"{seconds:.1f},{megabytes:.3f}" for seconds, megabytes in samples]
        arguments.trace.write_text("\n".join(["seconds,resident_mb", *lines]) + "\n", encoding="utf-8")
    kept = [one for one in samples if one[0] >= 60 * arguments.warm_up]
    half = [one for one in kept if one[0] >= 60 * (arguments.warm_up + arguments.minutes / 2)]
    print("| after a warm-up of | over | steps | first, MB | last, MB | slope, MB/h | slope of the second half, MB/h |")
    print("|---|---|---|---|---|---|---|")
    print(
        f"| {arguments.warm_up:g} min | {arguments.minutes:g} min | {n_steps:,} | {kept[0][1]:.1f} | {kept[-1][1]:.1f} "
        f"| {slope_mb_per_hour(kept):+.1f} | {slope_mb_per_hour(half):+.1f} |"
    )


def report_types(before: Counter[str], after: Counter[str]) -> None:
    print("| kind of Python object | after the warm-up | at the end |")
    print("|---|---|---|")
    for name, grown in (after - before).most_common(12):
        print(f"| {name} | {after[name] - grown} | {after[name]} |")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--warm-up", type=float, default=2.0, metavar="MINUTES")
    parser.add_argument("--trace", type=Path, metavar="FILE", help="write every sample there, as CSV")
    parser.add_argument("--types", action="store_true", help="count Python objects; makes a pause of half a second")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    measure(parser.parse_args())


if __name__ == "__main__":
    main()
