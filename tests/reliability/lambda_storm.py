"""Whether the last of very many changes of λ is in force at once: 10,000 of them, 200 a second, while the model trains.

    python tests/reliability/lambda_storm.py [--changes 10000] [--rate 200] [--bursts 20] [--only TITLE]

The λ slider of the whole program (offscreen, all panels painting, speed max) is held and moved; what the timer was late
for is made up for, so that the rate holds. The changes come in bursts; after the last of each is taken how long it is
until the trainer advances under it, and until a frame of it has been shown. Then half a second of rest. Prints a
Markdown table; the goal is 100 ms for the largest.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import watched_program
from watched_program import ROOT

SLIDER_POSITIONS = (1, 1280)
"""λ from 1e-5 to 10."""
TICK_MS, REST_MS, LOOK_MS = 5, 500, 1
PATIENCE_S = 30.0
CASES: dict[str, list[str]] = {
    "first sample, 16-16": [],
    "sparse truth, linear, L1": ["--sample", "sparse-truth"],
}


class Storm:
    """Moves the slider, and notes when the last change of each burst arrives."""

    def __init__(self, window: Any, controller: Any, given: argparse.Namespace) -> None:
        from PySide6.QtCore import Qt, QTimer
        from PySide6.QtWidgets import QSlider

        from regdesk.core.training.trainer import Trainer

        self._window, self._rate = window, given.rate
        self._sizes = [given.changes // given.bursts] * given.bursts
        self._slider = window.findChild(QSlider, "lambdaSlider")
        self._generator = random.Random(0)
        self._trained: list[tuple[float, float]] = [(-1.0, 0.0)]
        self._shown: list[tuple[float, float]] = [(-1.0, 0.0)]
        self.arrivals_ms: list[tuple[float, float]] = []
        self.n_made, self.storming_s = 0, 0.0
        advance, trained = Trainer.advance, self._trained

        def note_and_advance(trainer: Any, settings: Any, *others: Any) -> Any:
            # Before: the settings are handed over with the call, and its steps are the first under them.
            trained[0] = (settings.lam, time.perf_counter())
            return advance(trainer, settings, *others)

        Trainer.advance = note_and_advance  # type: ignore[method-assign]
        controller.frame_shown.connect(self._on_frame_shown)
        self._timer = QTimer(window)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._slider.setSliderDown(True)

    def _on_frame_shown(self, frame: Any) -> None:
        self._shown[0] = (frame.snapshot.settings.lam, time.perf_counter())

    def next_burst(self) -> None:
        if not self._sizes:
            self._slider.setSliderDown(False)
            self._window.close()
            return
        size, begun_s, made = self._sizes.pop(), time.perf_counter(), 0

        def move() -> None:
            nonlocal made
            due = min(size, int((time.perf_counter() - begun_s) * self._rate) + 1)
            while made < due:
                position = self._generator.randrange(*SLIDER_POSITIONS)
                # Another place each time: what does not move is no change.
                self._slider.setValue(position + (position == self._slider.value()))
                made += 1
            if made == size:
                self._timer.timeout.disconnect()
                self.n_made += made
                self.storming_s += time.perf_counter() - begun_s
                self._await_last()

        self._timer.timeout.connect(move)
        self._timer.start(TICK_MS)

    def _await_last(self) -> None:
        from PySide6.QtCore import QTimer

        from regdesk.views.controls.lambda_slider import lambda_at

        wanted, made_s = lambda_at(self._slider.value()), time.perf_counter()

        def look() -> None:
            is_there = self._trained[0][0] == wanted and self._shown[0][0] == wanted
            if not is_there and time.perf_counter() - made_s < PATIENCE_S:
                return
            self._timer.timeout.disconnect()
            # Overwritten by each later chunk and frame: the first that had it is what was noted below.
            self.arrivals_ms.append((1000 * (first[0] - made_s), 1000 * (first[1] - made_s)))
            QTimer.singleShot(REST_MS, self._window, self.next_burst)

        first = [made_s + PATIENCE_S] * 2

        def note_first() -> None:
            for number, (lam, when_s) in enumerate((self._trained[0], self._shown[0])):
                if lam == wanted:
                    first[number] = min(first[number], when_s)

        self._timer.timeout.connect(note_first)
        self._timer.timeout.connect(look)
        self._timer.start(LOOK_MS)


def child(given: argparse.Namespace, arguments: list[str]) -> int:
    storms: list[Storm] = []

    def begin(window: Any, controller: Any, watch: watched_program.Watch) -> None:
        watch.during = "storm"

        def on_frame(frame: Any) -> None:
            if frame.snapshot.step and not storms:
                storms.append(Storm(window, controller, given))
                storms[0].next_burst()

        controller.frame_shown.connect(on_frame)

    status = watched_program.run([*arguments, "--run", "--speed", "max"], begin, given.folder / "report.json")
    storm = storms[0]
    values = {"arrivals_ms": storm.arrivals_ms, "n_made": storm.n_made, "storming_s": storm.storming_s}
    (given.folder / "storm.json").write_text(json.dumps(values))
    return status


def main(given: argparse.Namespace) -> None:
    print(
        "| model | changes | a second | largest until the trainer has the last, ms | until it is on screen, ms "
        "| longest gap of the loop (waiting for a core), s | errors, Qt's words | status |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for title, arguments in CASES.items():
        if given.only not in title:
            continue
        with tempfile.TemporaryDirectory(prefix="storm-") as name:
            folder = Path(name)
            options = [f"--changes={given.changes}", f"--rate={given.rate}", f"--bursts={given.bursts}"]
            command = [sys.executable, __file__, "--folder", name, *options, "--", *arguments]
            status = subprocess.run(command, env=watched_program.environment(folder), check=False).returncode
            storm = json.loads((folder / "storm.json").read_text())
            report = watched_program.Report.from_json((folder / "report.json").read_text())
        trained_ms, shown_ms = (max(column) for column in zip(*storm["arrivals_ms"], strict=True))
        print(
            f"| {title} | {storm['n_made']:,} | {storm['n_made'] / storm['storming_s']:.0f} | {trained_ms:.0f} "
            f"| {shown_ms:.0f} | {report.longest.seconds:.2f} ({report.longest.waiting_s:.2f}) "
            f"| {len(report.errors)}, {len(report.words)} | {status} |",
            flush=True,
        )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=200.0, metavar="PER_SECOND")
    parser.add_argument("--bursts", type=int, default=20)
    parser.add_argument("--only", default="", metavar="TITLE", help="models whose title has this in it")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.folder is not None:
        raise SystemExit(child(given, given.arguments))
    main(given)
