"""How soon a change of λ acts, and how soon it is seen, while λ is dragged and the model trains flat out.

    python tests/benchmarks/latency.py [--changes 1000] [--repeat 1] [--only TITLE] [--warm-up 3]

The window (offscreen, 1440×900, all panels painting, speed max) on the first sample and on 2,000 rows × 8 inputs. The λ
slider is held and moved a thousand times, at uneven moments 20 to 60 ms apart. Of each change is taken the time until
the trainer advances under it or under a later one, and until a paint of the data fit has ended that began after the
window had been given a frame of it. Both are measured in the program as it is, by wrapping ``Trainer.advance`` and the
plot's ``paintEvent``. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from window_speed import write_data

ROOT = Path(__file__).resolve().parents[2]
SHORTEST_MS, LONGEST_MS = 20, 60
PATIENCE_S = 30.0
SLIDER_POSITIONS = (1, 1280)
"""λ from 1e-5 to 10."""


class Changes:
    """When each change was made, and when the trainer and the screen first had it."""

    def __init__(self) -> None:
        self.lams: list[float] = []
        self.made: list[float] = []
        self.trained: list[float] = []
        self.painted: list[float] = []

    def make(self, lam: float, now_s: float) -> None:
        # λ first: another thread finds a number by the length of ``made``.
        self.lams.append(lam)
        self.made.append(now_s)

    def note(self, arrived: list[float], lam: float, now_s: float) -> None:
        """``lam`` is in force there: it, and every change before it, has arrived."""
        newest = len(self.made) - 1
        while newest >= len(arrived) and self.lams[newest] != lam:
            newest -= 1
        arrived.extend([now_s] * (newest + 1 - len(arrived)))


def wrapped(owner: Any, name: str, after: Callable[..., None], before: Callable[..., None] | None = None) -> None:
    """Call ``before`` and ``after`` around ``owner.name`` with its arguments."""
    original = getattr(owner, name)

    def call(*arguments: Any) -> Any:
        if before is not None:
            before(*arguments)
        result = original(*arguments)
        after(*arguments)
        return result

    setattr(owner, name, call)


def watch(changes: Changes, main_window: Any, controller: Any) -> None:
    """Note when the trainer and the screen have a change."""
    import pyqtgraph as pg

    from regdesk.core.training.trainer import Trainer

    shown_lam: list[float] = []
    painting: list[float] = []

    def note_trained(_trainer: Any, settings: Any, _n_steps: int) -> None:
        changes.note(changes.trained, settings.lam, time.perf_counter())

    def begin_paint(*_arguments: Any) -> None:
        painting[:] = shown_lam

    def end_paint(*_arguments: Any) -> None:
        if painting:
            changes.note(changes.painted, painting[0], time.perf_counter())

    # Before: the settings are handed over with the call, and its steps are the first under them.
    wrapped(Trainer, "advance", after=lambda *_arguments: None, before=note_trained)
    controller.frame_shown.connect(lambda frame: shown_lam.__setitem__(slice(None), [frame.snapshot.settings.lam]))
    view = main_window.data_fit.findChild(pg.GraphicsView)
    view.paintEvent = painting_event(view, begin_paint, end_paint)


def painting_event(view: Any, before: Callable[..., None], after: Callable[..., None]) -> Callable[[Any], None]:
    original = view.paintEvent

    def paint(event: Any) -> None:
        before()
        original(event)
        after()

    return paint


def window(arguments: list[str], n_changes: int, warm_s: float) -> dict[str, list[float]]:
    """Milliseconds from each change to the trainer and to the screen."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication, QSlider

    from regdesk.cli.arguments import parse_window_arguments
    from regdesk.desktop import program
    from regdesk.views.controls.lambda_slider import lambda_at

    main_window, controller = program.build(parse_window_arguments([*arguments, "--run", "--speed", "max"]))
    main_window.resize(1440, 900)
    slider = main_window.findChild(QSlider, "lambdaSlider")
    assert slider is not None
    changes = Changes()
    generator = np.random.default_rng(0)
    timer = QTimer(main_window)
    timer.setSingleShot(True)
    timer.setTimerType(Qt.TimerType.PreciseTimer)

    def move() -> None:
        if len(changes.made) == n_changes:
            QTimer.singleShot(1000, end)
            return
        position = int(generator.integers(*SLIDER_POSITIONS))
        if lambda_at(position) not in changes.lams[-50:] and position != slider.value():
            changes.make(lambda_at(position), time.perf_counter())
            slider.setValue(position)
        timer.start(int(generator.integers(SHORTEST_MS, LONGEST_MS)))

    def end() -> None:
        is_late = time.perf_counter() - changes.made[-1] > PATIENCE_S
        if is_late or len(changes.painted) == len(changes.made):
            QApplication.exit()
        else:
            QTimer.singleShot(100, end)

    def begin(frame: Any) -> None:
        if frame.snapshot.step:
            controller.frame_shown.disconnect(begin)
            watch(changes, main_window, controller)
            slider.setSliderDown(True)
            timer.start(round(1000 * warm_s))

    timer.timeout.connect(move)
    controller.frame_shown.connect(begin)
    QApplication.exec()
    main_window.close()
    made = np.array(changes.made)
    return {
        name: (1000 * (np.array(arrived) - made[: len(arrived)])).tolist()
        for name, arrived in (("trained", changes.trained), ("painted", changes.painted))
    }


def measured(arguments: list[str], n_changes: int, warm_s: float) -> dict[str, list[float]]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, __file__, "--changes", str(n_changes), "--warm-up", str(warm_s), "--window", *arguments]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return result


def main(n_changes: int, n_repeats: int, only: str, warm_s: float) -> None:
    print("| data | changes | until | p50, ms | p99, ms | largest, ms |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "2000.csv"
        write_data(file, 2000, 8)
        for title, arguments in (("first sample", []), ("2,000 × 8", [str(file)])) * n_repeats:
            if only not in title:
                continue
            result = measured(arguments, n_changes, warm_s)
            for name, until in (("trained", "a step is made under it"), ("painted", "a frame of it is painted")):
                times_ms = result[name]
                middle, late = np.percentile(times_ms, [50, 99])
                print(f"| {title} | {len(times_ms)} | {until} | {middle:.1f} | {late:.1f} | {max(times_ms):.1f} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--only", default="", metavar="TITLE", help="data whose title has this in it")
    parser.add_argument("--warm-up", type=float, default=3.0, metavar="S", help="before the first change (default 3)")
    parser.add_argument("--window", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.window is not None:
        sys.path.insert(0, str(ROOT))
        print(json.dumps(window(given.window, given.changes, given.warm_up)))
    else:
        main(given.changes, given.repeat, given.only, given.warm_up)
