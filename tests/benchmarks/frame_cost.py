"""What a frame costs the GUI thread, beside a bare plot of 1,000 points, and how often panels are painted for it.

    python tests/benchmarks/frame_cost.py [--only TEXT] [--panels six|four] [--seconds 8] [--profile FILE]

Each line is a process of its own: first a bare pyqtgraph plot of 1,000 points, updated and painted 200 times, then the
window offscreen at 1440×900 while a network trains in batches of 32 and λ moves twice a second, so that everything
does. "six" puts path and geometry beside the others, "four" is the window as it comes. Costs are processor time of the
GUI thread, which other programs disturb less than the clock does: *update* is the frame clock and what the geometry's
thread sends, *painting* is the rest. A tick of the frame clock shows a frame, or what of the last one had to wait.
Frames painted are paint events of data fit and weights; what has not changed is not painted. Gaps are those between
ticks of a 5 ms timer in the GUI thread. Budget: a frame costs at most 6 bare plots; 45 frames/s, p99 of gaps 30 ms.
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
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SAMPLE, MILLION = "first sample", "1,000,000 × 20"
SIZES = (SAMPLE, "569 × 30", "2,000 × 8")
SPEEDS = ("max", "1000")
BESIDE_A_SWEEP = "2,000 × 8, beside a network's sweep"
BATCH_SIZE = 32
"""So that the weights never come to rest."""
N_BARE, N_POINTS = 200, 1_000
WARM_S = 3.0
"""At most; never longer than what is measured."""
MOVE_MS = 500
BUDGET_BARE_PLOTS = 6


def write_data(path: Path, case: str) -> None:
    """569 × 30 are scikit-learn's breast cancer data, of the others the target is a sine of the first input."""
    if case.startswith("569"):
        from sklearn.datasets import load_breast_cancer

        inputs, targets = load_breast_cancer(return_X_y=True)
    else:
        generator = np.random.default_rng(0)
        n_rows, n_inputs = (int(part.replace(",", "")) for part in case.split(" × "))
        inputs = generator.normal(size=(n_rows, n_inputs))
        targets = np.sin(2 * inputs[:, 0]) + 0.3 * generator.normal(size=len(inputs))
    header = ",".join([*(f"x{column}" for column in range(inputs.shape[1])), "y"])
    np.savetxt(path, np.column_stack([inputs, targets]), delimiter=",", header=header, comments="", fmt="%.6g")


def bare_plot_ms() -> float:
    """Processor time of this thread for an update and a paint of one curve in a window as large as ours, the median.

    The axes stand still, as ours do: where they follow the data, as pyqtgraph's do when nobody says otherwise, it takes
    three times as long.
    """
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication

    view = pg.PlotWidget()
    view.resize(1440, 900)
    curve = view.plot(pen="w", antialias=False)
    view.setRange(xRange=(0, 1), yRange=(-1.5, 1.5))
    view.show()
    x = np.linspace(0, 1, N_POINTS)
    noise = 0.1 * np.random.default_rng(0).normal(size=(20, N_POINTS))
    lines = [np.sin(9 * x + phase) + one for phase, one in zip(np.linspace(0, 6, 20), noise, strict=True)]
    spent_ms = []
    for number in range(N_BARE):
        started_s = time.thread_time()
        curve.setData(x, lines[number % len(lines)])
        QApplication.processEvents()
        spent_ms.append(1000 * (time.thread_time() - started_s))
    view.close()
    return statistics.median(spent_ms)


class Meter:
    """Processor time spent in some methods by the thread that calls them."""

    def __init__(self) -> None:
        self.spent_s, self.n_calls = 0.0, 0
        self._depth = 0
        self._started_s = 0.0

    def watch(self, owner: type, name: str) -> None:
        original = getattr(owner, name)

        def timed(*arguments: Any, **named: Any) -> Any:
            if self._depth:
                return original(*arguments, **named)
            self.begin()
            try:
                return original(*arguments, **named)
            finally:
                self.end()

        setattr(owner, name, timed)

    def begin(self) -> None:
        self._depth = 1
        self._started_s = time.thread_time()

    def end(self) -> None:
        self._depth = 0
        self.n_calls += 1
        self.spent_s += time.thread_time() - self._started_s


def beside_each_other(window: Any) -> None:
    """Path and geometry in a column of their own."""
    from PySide6.QtCore import Qt

    loss, path, geometry = window.docks.docks[3:6]
    window.docks.splitDockWidget(loss, path, Qt.Orientation.Horizontal)
    window.docks.splitDockWidget(path, geometry, Qt.Orientation.Vertical)


def measure(arguments: list[str], panels: str, sweeps: bool, measure_s: float, profile: str | None) -> dict[str, Any]:
    """The figures of one line of the table."""
    import pyqtgraph as pg
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtWidgets import QApplication, QSlider

    from regdesk.cli.arguments import parse_window_arguments
    from regdesk.desktop import program
    from regdesk.session.clock import Clock
    from regdesk.views.controls.lambda_slider import position_of
    from regdesk.views.geometry.panel import GeometryPanel
    from regdesk.views.window.main_window import MainWindow
    from regdesk.workers.sweeping import SweepThread

    updates = Meter()

    class MeteredClock(Clock):
        """Its frames are timed from before the controller hears of a tick until after."""

        def ticks(self, every_ms: int, parent: Any) -> Any:
            self.frame_ticks = super().ticks(every_ms, parent)
            self.frame_ticks.timeout.connect(updates.begin)
            return self.frame_ticks

    clock = MeteredClock()
    updates.watch(GeometryPanel, "show_view")
    shown = Meter()
    for name in ("show_frame", "catch_up"):
        shown.watch(MainWindow, name)
    window, controller = program.build(parse_window_arguments([*arguments, "--run"]), clock=clock)
    clock.frame_ticks.timeout.connect(updates.end)
    window.resize(1440, 900)
    if panels == "six":
        beside_each_other(window)

    class PaintCounter(QObject):
        def __init__(self, watched: QObject) -> None:
            super().__init__(watched)
            self.n_paints = 0
            watched.installEventFilter(self)

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.n_paints += 1
            return False

    frames: list[tuple[float, int]] = []
    ticks: list[float] = []
    counters: dict[str, PaintCounter] = {}
    first: dict[str, Any] = {}
    found: dict[str, Any] = {}
    profiler = None
    if profile is not None:
        import cProfile

        profiler = cProfile.Profile(time.thread_time)

    def figures() -> dict[str, Any]:
        return {
            "at": time.perf_counter(), "thread": time.thread_time(), "update": updates.spent_s,
            "frames": len(frames),
            "shown": shown.n_calls, "ticks": len(ticks), "step": frames[-1][1],
            "paints": {name: one.n_paints for name, one in counters.items()},
        }  # fmt: skip

    def begin() -> None:
        for panel in window.panels:
            views = sorted(panel.findChildren(pg.GraphicsView), key=lambda view: view.objectName())
            for number, view in enumerate(views):
                if view.isVisible():
                    name = panel.objectName().removesuffix("Panel") + (f" {number + 1}" if number else "")
                    counters[name] = PaintCounter(view.viewport())
        first.update(figures())
        if profiler is not None:
            profiler.enable()
        end.start(round(1000 * measure_s))

    def stop() -> None:
        if len(frames) < first["frames"] + 3:
            # On a busy machine a rate needs longer.
            end.start(100)
            return
        if profiler is not None:
            profiler.disable()
            profiler.dump_stats(profile)
        last = figures()
        n_frames, seconds = last["frames"] - first["frames"], last["at"] - first["at"]
        update_s = last["update"] - first["update"]
        paints = {name: n_paints - first["paints"][name] for name, n_paints in last["paints"].items()}
        painted = {
            name: max(paints[one] for one in paints if one.startswith(name)) for name in ("dataFit", "histogram")
        }
        gaps_ms = 1000 * np.diff(ticks[first["ticks"] : last["ticks"]])
        found.update(
            update_ms=1000 * update_s / n_frames,
            painting_ms=1000 * (last["thread"] - first["thread"] - update_s) / n_frames,
            paints={name: n_paints / (last["shown"] - first["shown"]) for name, n_paints in paints.items()},
            painted={name: n_paints / seconds for name, n_paints in painted.items()},
            ticks_per_second=n_frames / seconds,
            gap_p99_ms=float(np.percentile(gaps_ms, 99)),
            steps_per_second=(last["step"] - first["step"]) / seconds,
        )
        QApplication.exit()

    slider = window.findChild(QSlider, "lambdaSlider")
    lambdas = np.concatenate([np.geomspace(1e-4, 1e-2, 8), np.geomspace(1e-2, 1e-4, 8)[1:-1]])
    moves = iter(range(1_000_000))
    timers = []
    for action, interval_ms, is_single in (
        (lambda: ticks.append(time.perf_counter()), 5, False),
        (lambda: slider.setValue(position_of(lambdas[next(moves) % len(lambdas)])), MOVE_MS, False),
        (begin, round(1000 * min(WARM_S, measure_s)), True),
        (stop, 0, True),
    ):
        timer = QTimer(window)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(interval_ms)
        timer.setSingleShot(is_single)
        timer.timeout.connect(action)
        timers.append(timer)
    warm, end = timers[2:]

    def note(frame: Any) -> None:
        frames.append((time.perf_counter(), frame.snapshot.step))
        is_sweeping = window.findChild(SweepThread).is_at_work if sweeps else True
        if sweeps and not is_sweeping and window.commands.sweep.isEnabled():
            window.commands.sweep.trigger()
        if frame.snapshot.step > 0 and is_sweeping and not warm.isActive() and not first:
            for timer in timers[:3]:
                timer.start()

    controller.frame_shown.connect(note)
    QApplication.exec()
    for timer in timers:
        timer.stop()
    window.close()
    return found


def run_case(file: Path | None, speed: str, sweeps: bool, options: argparse.Namespace) -> dict[str, Any]:
    from regdesk.desktop.application import the_application

    the_application()
    before_ms = bare_plot_ms()
    data = [] if file is None else [str(file), "--target", "y"]
    arguments = [*data, "--batch-size", str(BATCH_SIZE), "--speed", speed]
    found = measure(arguments, options.panels, sweeps, options.seconds, options.profile)
    return {**found, "bare_ms": statistics.mean((before_ms, bare_plot_ms()))}


def row(name: str, found: dict[str, Any]) -> str:
    paints = found["paints"]
    most = max(paints, key=lambda one: paints[one])
    cost_ms = found["update_ms"] + found["painting_ms"]
    ratio = cost_ms / found["bare_ms"]
    verdict = "met" if ratio <= BUDGET_BARE_PLOTS else "MISSED"
    return (
        f"| {name} | {found['bare_ms']:.2f} | {found['update_ms']:.1f} | {found['painting_ms']:.1f} | {ratio:.1f}: "
        f"{verdict} | {paints[most]:.2f} ({most}) | {found['painted']['dataFit']:.0f}, "
        f"{found['painted']['histogram']:.0f} of {found['ticks_per_second']:.0f} | {found['gap_p99_ms']:.0f} "
        f"| {found['steps_per_second']:,.0f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="TEXT", help="cases whose name contains it")
    parser.add_argument("--panels", choices=("six", "four"), default="six")
    parser.add_argument("--seconds", type=float, default=8.0, metavar="S", help="of each case (default 8)")
    parser.add_argument("--profile", metavar="FILE", help="cProfile of the GUI thread, which makes everything slower")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        sys.path.insert(0, str(ROOT))
        file, speed, sweeps = arguments.child
        found = run_case(Path(file) if file else None, speed, bool(sweeps), arguments)
        print(json.dumps(found))
        return
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "REGDESK_SETTINGS": ""}
    cases = [(size, speed, f"{size}, speed {speed}") for size in SIZES for speed in SPEEDS]
    cases += [(MILLION, "max", f"{MILLION}, speed max"), ("2,000 × 8", "max", BESIDE_A_SWEEP)]
    print(
        "| rows × inputs | bare plot, ms | update, ms | painting, ms | bare plots a frame | most paints a tick "
        "| data fit, weights painted, of frames/s | gap p99, ms | steps/s |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size, speed, name in cases:
            if arguments.only not in name:
                continue
            file = Path(folder) / f"{size}.csv"
            if size != SAMPLE and not file.exists():
                write_data(file, size)
            command = [sys.executable, __file__, "--panels", arguments.panels, "--seconds", str(arguments.seconds)]
            command += ["--profile", arguments.profile] if arguments.profile else []
            command += ["--child", "" if size == SAMPLE else str(file), speed, "1" if name == BESIDE_A_SWEEP else ""]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
            print(row(name, json.loads(done.stdout.splitlines()[-1])), flush=True)


if __name__ == "__main__":
    main()
