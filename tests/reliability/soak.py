"""Whether the program stays as it is in long use: memory, threads, files and timers over hours of the same work.

    python tests/reliability/soak.py [--minutes 60] [--warm-up 5] [--stores MB] [--trace FILE]

The whole program (offscreen, speed max) goes round: it opens a sample, trains, moves λ, sweeps, looks at every panel,
freezes and thaws a fit, writes pictures, tables and a model, undoes, looks at an earlier moment, changes theme, text
size and layout, gives a lecture. When all samples have been opened, always at the same point, resident memory, threads,
open files, QTimers, top-level widgets and children are counted. Prints a Markdown table: the line through memory after
the warm-up, and the counts at its end and at the end.

What undo and time travel keep grows for hours up to its bounds, by design: 256 MB of runs that were left, 64 MB of the
run on screen, 64 MB of what was found and frozen before 500 steps, and what the engines of other runs took. With
``--stores`` these bounds are so small that they are reached within the warm-up, and what grows after that is nothing
that the program means to keep.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import watched_program
from watched_program import ROOT, Report

SAMPLES = ("noisy-curve", "sparse-truth", "two-moons", "diabetes", "travel-mode", "correlated-twins")
LOOKS = (
    "theme_dark",
    "theme_light",
    "layout_geometry",
    "layout_explore",
    "largerText",
    "usualText",
    "lecture",
    "lecture",
)
N_TYPES = 80
"""Of Python's objects, the most frequent: what a trace shows of a leak."""
SMALL_ACTS, SMALL_MOMENTS, SMALL_STEPS = 500, 1_000, 30
COUNTS = ("threads", "files", "timers", "top_levels", "children")


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class _Heap(ctypes.Structure):
    """``struct mallinfo2`` of the C library."""

    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"
    )]  # fmt: skip


def heap_mb() -> tuple[float, float]:
    """Of the C library's heap what is in use, and what is free: room that is used again, which is resident all the same
    where it was used once.
    """
    library = ctypes.CDLL(None)
    library.mallinfo2.restype = _Heap
    found = library.mallinfo2()
    return (found.uordblks + found.hblkhd) / 1e6, found.fordblks / 1e6


def anonymous_mb() -> float:
    """Of resident memory what is of no file."""
    (line,) = [one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("RssAnon")]
    return float(line.split()[1]) * 1024 / 1e6


def counts(window: Any) -> dict[str, Any]:
    """What is to stay as it is; collected first, so that garbage does not count."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    gc.collect()
    in_use_mb, free_mb = heap_mb()
    return {
        "memory_mb": resident_mb(),
        "anonymous_mb": anonymous_mb(),
        "heap_mb": in_use_mb,
        "free_heap_mb": free_mb,
        "python_blocks": sys.getallocatedblocks(),
        "threads": len(list(Path("/proc/self/task").iterdir())),
        "python_threads": threading.active_count(),
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "timers": len(window.findChildren(QTimer)),
        "top_levels": len(QApplication.topLevelWidgets()),
        "children": len(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()),
        "objects": len(gc.get_objects()),
        "types": dict(Counter(type(one).__name__ for one in gc.get_objects()).most_common(N_TYPES)),
    }


def make_stores_small(most_mb: float) -> None:
    """What undo, time travel and the timeline keep of runs holds ``most_mb`` each at most."""
    from regdesk.core.moments.store import MomentStore
    from regdesk.session.keeping import recorder
    from regdesk.session.undo import history
    from regdesk.session.undo.run_store import RunStore
    from regdesk.workers import training

    most = round(1e6 * most_mb)
    MomentStore.__init__.__defaults__ = (most,)
    history.StepHistory.__init__.__defaults__ = (most,)
    history.MOST_STEPS = SMALL_STEPS
    RunStore.__init__.__defaults__ = (most, SMALL_MOMENTS)
    training.MOST_LEFT_BYTES = most // 8
    recorder.MOST_ACTS, recorder.MOST_BYTES = SMALL_ACTS, most


class Round:
    """One time round after the other, as a generator of pauses in milliseconds."""

    def __init__(self, window: Any, controller: Any, folder: Path) -> None:
        self._window, self._controller, self._folder = window, controller, folder
        self.samples: list[dict[str, Any]] = []
        self._begun_s = time.monotonic()
        self.n_steps = 0
        controller.frame_shown.connect(self._on_frame_shown)
        self._last_step = 0

    def _on_frame_shown(self, frame: Any) -> None:
        self.n_steps += max(0, frame.snapshot.step - self._last_step)
        self._last_step = frame.snapshot.step

    def _trigger(self, name: str) -> None:
        from PySide6.QtGui import QAction

        found = self._window.findChild(QAction, f"{name}Action") or self._window.findChild(QAction, name)
        if found is None:
            raise LookupError(f"the window has no action {name}")
        found.trigger()

    def go(self) -> Iterator[int]:
        from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QSlider

        window = self._window
        slider = window.findChild(QSlider, "lambdaSlider")
        number = 0
        while True:
            name = SAMPLES[number % len(SAMPLES)]
            self._trigger(f"sample_{name}")
            yield 600
            if not window.commands.run.isChecked():
                self._trigger("run")
            for place in range(0, 1280, 64):
                slider.setValue(place)
                yield 25
            for dock in window.docks.docks:
                window.docks.bring_up(dock.panel)
                yield 60
            self._trigger("sweep")
            yield 1500
            if window.is_sweeping:
                self._trigger("sweep")
            yield 100
            self._trigger("useBestLambda")
            self._trigger("freeze")
            yield 100
            self._trigger("freeze")
            for kind in ("pictures", "tables"):
                self._trigger(kind)
                dialog = window.findChild(QDialog, f"{kind}Dialog")
                if dialog is not None:
                    dialog.findChild(QLineEdit, f"{kind}FolderEdit").setText(str(self._folder))
                    for file in self._folder.iterdir():
                        file.unlink()
                    dialog.findChild(QPushButton, f"{kind}SaveButton").click()
                    yield 300
                    dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
                    for one in dialogs:
                        one.close()
                yield 50
            self._trigger("saveModel")
            yield 200
            for look in LOOKS:
                self._trigger(look)
                yield 80
            self._trigger("newSeed")
            yield 400
            for name in ("undo", "redo", "earlierMoment", "backToNow"):
                self._trigger(name)
                yield 150
            number += 1
            if number % len(SAMPLES) == 0:
                self.samples.append(counts(window) | {"seconds": time.monotonic() - self._begun_s})


def child(folder: Path, minutes: float, stores_mb: float | None) -> int:
    rounds: list[Round] = []
    if stores_mb is not None:
        make_stores_small(stores_mb)

    def begin(window: Any, controller: Any, watch: watched_program.Watch) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QFileDialog

        (folder / "out").mkdir()

        def place(*_given: object) -> tuple[str, str]:
            return str(folder / "model.regdesk"), ""

        QFileDialog.getSaveFileName = staticmethod(place)  # type: ignore[assignment]
        rounds.append(Round(window, controller, folder / "out"))
        going, end_s = rounds[0].go(), time.monotonic() + 60 * minutes
        written = [-1]

        def step() -> None:
            pause_ms, n_samples = next(going), len(rounds[0].samples)
            ends = time.monotonic() > end_s and (n_samples > 0 or minutes < 1)
            if ends or n_samples != written[-1]:
                # Not at every step: a text that gets longer all the time would be growth of the script's own.
                written[-1] = n_samples
                (folder / "soak.json").write_text(json.dumps([rounds[0].n_steps, rounds[0].samples]))
            if ends:
                watch.during = "closing"
                window.close()
                return
            QTimer.singleShot(pause_ms, window, step)

        step()

    return watched_program.run(["--run", "--speed", "max"], begin, folder / "report.json")


def slope_per_hour(seconds: list[float], values: list[float]) -> float:
    """Of the line through ``values``; 0 for fewer than two."""
    return float(np.polyfit(np.array(seconds) / 3600, values, 1)[0]) if len(values) > 1 else 0.0


def main(given: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        folder = Path(name)
        command = [sys.executable, __file__, "--child", name, "--minutes", str(given.minutes + given.warm_up)]
        command += [] if given.stores is None else ["--stores", str(given.stores)]
        own = watched_program.environment(folder)
        done = subprocess.run(
            command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
        )
        n_steps, samples = json.loads((folder / "soak.json").read_text())
        report = Report.from_json((folder / "report.json").read_text())
        if given.trace is not None:
            given.trace.write_text("\n".join(json.dumps(one) for one in samples) + "\n", encoding="utf-8")
    kept = [one for one in samples if one["seconds"] >= 60 * given.warm_up] or samples
    print(
        "| after a warm-up of | over | steps | times round | memory, first → last, MB | slope, MB/h "
        f"| {' | '.join(COUNTS)} | errors, Qt's words | longest gap (waiting for a core), s | status |"
    )
    print("|---" * (9 + len(COUNTS)) + "|")
    first, last = (kept[0], kept[-1]) if kept else ({}, {})
    seconds, memory = [one["seconds"] for one in kept], [one["memory_mb"] for one in kept]
    cells = [f"{first.get(one, 0):g} → {last.get(one, 0):g}" for one in COUNTS]
    print(
        f"| {given.warm_up:g} min | {given.minutes:g} min | {n_steps:,} | {len(SAMPLES) * len(samples)} "
        f"| {first.get('memory_mb', 0):.0f} → {last.get('memory_mb', 0):.0f} | {slope_per_hour(seconds, memory):+.1f} "
        f"| {' | '.join(cells)} | {len(report.errors)}, {len(report.words)} "
        f"| {report.longest.seconds:.2f} ({report.longest.waiting_s:.2f}) | {done.returncode} |"
    )
    if report.errors or report.words or done.returncode:
        print("\n".join([*report.errors, *report.words, done.stderr[-4000:]]), file=sys.stderr)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--warm-up", type=float, default=5.0, metavar="MINUTES")
    parser.add_argument("--stores", type=float, metavar="MB", help="so much at most of each store of earlier runs")
    parser.add_argument("--trace", type=Path, metavar="FILE", help="write every count there, a JSON object a line")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child is not None:
        raise SystemExit(child(given.child, given.minutes, given.stores))
    main(given)
