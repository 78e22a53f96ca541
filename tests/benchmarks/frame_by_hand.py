"""What a frame costs the GUI thread when nothing else wants the processor: frames driven by hand, fifty a second.

    python tests/benchmarks/frame_by_hand.py [--panels six|four] [--only SIZE] [--frames 200]

As ``frame_cost.py``, but model and frame clock go by a clock that is moved by hand, 20 ms a frame: how many frames
there are, and how often words are due, is the same however busy the machine is. λ moves every 25 frames. Medians of
the frames that show pictures alone, with the course, and with words; the mean of all, in bare plots, is held against
the budget.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from frame_cost import BATCH_SIZE, BUDGET_BARE_PLOTS, ROOT, SAMPLE, SIZES, bare_plot_ms, beside_each_other, write_data

FRAME_S, MOVE_EVERY, STEPS = 0.02, 25, 60
LAUNCH_S, BREATH_S = 3.0, 0.006


def pump(seconds: float) -> float:
    """Let what other threads send arrive; processor time of this thread for it."""
    from PySide6.QtWidgets import QApplication

    spent_s, end_s = 0.0, time.monotonic() + seconds
    while time.monotonic() < end_s:
        started_s = time.thread_time()
        QApplication.processEvents()
        spent_s += time.thread_time() - started_s
        # Else this loop would take the core that training has in the program.
        time.sleep(0.002)
    return spent_s


KINDS = ("pictures", "course", "words")


def measure(arguments: list[str], panels: str, n_frames: int) -> dict[str, float]:
    """Milliseconds of this thread for frames of each kind, and for all of them; before them a quarter as many."""
    from PySide6.QtWidgets import QSlider

    from regdesk.cli.arguments import parse_window_arguments
    from regdesk.core.run.pace import FramePace, Part
    from regdesk.core.training.trainer import Trainer
    from regdesk.desktop import program
    from regdesk.session.clock import Clock
    from regdesk.session.workers import Workers
    from regdesk.views.controls.lambda_slider import position_of
    from regdesk.workers.requests import NewRun
    from regdesk.workers.training import TrainingThread

    class HandClock(Clock):
        """The computer's own until ``hand_s`` is set."""

        hand_s: float | None = None

        def now_s(self) -> float:
            return super().now_s() if self.hand_s is None else self.hand_s

        def ticks(self, every_ms: int, parent: Any) -> Any:
            found = super().ticks(every_ms, parent)
            if every_ms < 1000 * FRAME_S + 1:
                self.frame_ticks = found
            return found

    class HandTraining(TrainingThread):
        """Knows what it trains, and sleeps once ``is_by_hand``."""

        is_by_hand = False
        newest: NewRun

        def request(self, request: Any) -> None:
            if isinstance(request, NewRun):
                self.newest = request
            super().request(request)

        def wake(self) -> None:
            if not self.is_by_hand:
                super().wake()

    parsed = parse_window_arguments(arguments)
    settings, clock = parsed.configuration.training, HandClock()
    training = HandTraining(settings)
    workers = replace(Workers.for_a_window(settings, None), training=training)
    window, controller = program.build(parsed, workers=workers, clock=clock)
    window.resize(1440, 900)
    if panels == "six":
        beside_each_other(window)
    shown: list[Any] = []
    controller.frame_shown.connect(shown.append)
    while not shown:
        pump(0.05)
    n_warm = n_frames // 4
    pump(min(LAUNCH_S, n_warm * FRAME_S * 3))
    # The thread rests; a trainer of the same model is driven from here.
    run = training.newest
    trainer = Trainer(run.dataset, run.architecture, run.seed, run.run, run.fit_view)
    clock.frame_ticks.stop()
    training.is_by_hand = training.is_running = True
    window.show_running(True)
    clock.hand_s = time.monotonic()
    dues: list[Part] = []
    due = FramePace.due
    FramePace.due = lambda self, *rest: dues.append(due(self, *rest)) or dues[-1]
    slider = window.findChild(QSlider, "lambdaSlider")
    lambdas = np.concatenate([np.geomspace(1e-4, 1e-2, 8), np.geomspace(1e-2, 1e-4, 8)[1:-1]])
    spent: list[tuple[Part, float]] = []
    for number in range(n_warm + n_frames):
        clock.hand_s += FRAME_S
        settings = training.settings
        trainer.apply(settings)
        trainer.advance(settings, STEPS)
        trainer.record(settings)
        training.mailbox.offer(trainer.snapshot(settings))
        started_s = time.thread_time()
        if number % MOVE_EVERY == 0:
            slider.setValue(position_of(lambdas[number // MOVE_EVERY % len(lambdas)]))
        clock.frame_ticks.timeout.emit()
        own_s = time.thread_time() - started_s
        spent.append((dues[-1], 1000 * (own_s + pump(BREATH_S))))
    training.is_running = training.is_by_hand = False
    window.close()
    kept = spent[n_warm:]
    kinds = (("pictures", Part.PICTURES, Part.WORDS | Part.CURVES), ("course", Part.CURVES, Part.WORDS),
             ("words", Part.WORDS, Part.CURVES))  # fmt: skip
    found = {}
    for name, part, other in kinds:
        # Where a piece of words or courses is due in every frame, none has pictures alone.
        of_kind = [ms for one, ms in kept if one & part and not one & other]
        found[name] = statistics.median(of_kind) if of_kind else math.nan
    return {**found, "mean": statistics.mean(ms for _, ms in kept)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--panels", choices=("six", "four"), default="six")
    parser.add_argument("--only", default="", metavar="SIZE", help="sizes whose name has this in it")
    parser.add_argument("--frames", type=int, default=200, metavar="N", help="of each size (default 200)")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        sys.path.insert(0, str(ROOT))
        from regdesk.desktop.application import the_application

        the_application()
        name, file = arguments.child
        bare_ms = bare_plot_ms()
        data = [file, "--target", "y"] if file else []
        found = measure([*data, "--batch-size", str(BATCH_SIZE)], arguments.panels, arguments.frames)
        ratio = found["mean"] / bare_ms
        by_kind = " | ".join("–" if math.isnan(found[kind]) else f"{found[kind]:.1f}" for kind in KINDS)
        print(
            f"| {name} | {bare_ms:.2f} | {by_kind} "
            f"| {found['mean']:.1f} | {ratio:.1f}: {'met' if ratio <= BUDGET_BARE_PLOTS else 'MISSED'} |"
        )
        return
    print("| rows × inputs | bare plot, ms | pictures, ms | and course, ms | and words, ms | mean, ms | bare plots |")
    print("|---|---|---|---|---|---|---|")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "REGDESK_SETTINGS": ""}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            if arguments.only not in size:
                continue
            file = "" if size == SAMPLE else str(Path(folder) / f"{size}.csv")
            if file:
                write_data(Path(file), size)
            command = [sys.executable, __file__, "--panels", arguments.panels, "--frames", str(arguments.frames)]
            command += ["--child", size, file]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
            print(done.stdout.splitlines()[-1], flush=True)


if __name__ == "__main__":
    main()
