"""Whether the last of very many changes of λ is in force at once: 10,000 of them, 200 a second, while the model trains.

    python tests/reliability/lambda_storm.py [--changes 10000] [--rate 200] [--bursts 20] [--only TITLE]

The λ slider of the whole program (offscreen, all panels painting, speed max) is held and moved; what the timer was late
for is made up for, so that the rate holds. The changes come in bursts; after the last of each is taken how long it is
until the trainer advances under it, and until a frame of it has been shown; and for how long of it the thread that
trains, or the window's, was ready and had no core. Then half a second of rest. Prints a Markdown table; the goal is
100 ms for the largest.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import watched_program
from watched_program import ROOT, waited_for_core_s

SLIDER_POSITIONS = (1, 1280)
"""λ from 1e-5 to 10."""
TICK_MS, REST_MS, LOOK_MS = 5, 500, 1
PATIENCE_S = 30.0
CASES: dict[str, list[str]] = {
    "first sample, 16-16": [],
    "sparse truth, linear, L1": ["--sample", "sparse-truth"],
}


@dataclass(frozen=True)
class Noted:
    """A thread came to ``lam``; by then it had waited for a core for ``waited_s`` in all."""

    lam: float
    when_s: float
    waited_s: float

    @classmethod
    def now(cls, lam: float) -> Noted:
        return cls(lam, time.perf_counter(), waited_for_core_s())

    def unless_new(self, lam: float) -> Noted:
        """This one as long as λ is the same: who looks later than the next chunk is to find the first."""
        return self if lam == self.lam else Noted.now(lam)


def arrivals_of(made_s: float, before: list[Noted], first: list[Noted]) -> list[tuple[float, float]]:
    """Of the trainer and of the screen: how many ms after ``made_s``, and in how many of them there was no core.

    ``before`` and ``first`` are of the thread that trains and of the window's: the last that came before, and the first
    that came after. What is shown has waited for both threads, of which the one that waited longer counts.
    """
    waited_ms = [1000 * (one.waited_s - last.waited_s) for last, one in zip(before, first, strict=True)]
    trained, shown = (1000 * (one.when_s - made_s) for one in first)
    return [(trained, waited_ms[0]), (shown, max(waited_ms))]


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
        self._trained = [Noted(-1.0, 0.0, 0.0)]
        self._shown = Noted(-1.0, 0.0, 0.0)
        self.arrivals_ms: list[list[tuple[float, float]]] = []
        self.n_made, self.storming_s = 0, 0.0
        advance, trained = Trainer.advance, self._trained

        def note_and_advance(trainer: Any, settings: Any, *others: Any) -> Any:
            # Before: the settings are handed over with the call, and its steps are the first under them.
            trained[0] = trained[0].unless_new(settings.lam)
            return advance(trainer, settings, *others)

        Trainer.advance = note_and_advance  # type: ignore[method-assign]
        controller.frame_shown.connect(self._on_frame_shown)
        self._timer = QTimer(window)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._slider.setSliderDown(True)

    def _on_frame_shown(self, frame: Any) -> None:
        self._shown = self._shown.unless_new(frame.snapshot.settings.lam)

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
        # The thread that trains is read by itself alone: it came to the λ before this one some chunks earlier.
        before = [self._trained[0], Noted.now(wanted)]
        late = Noted(wanted, made_s + PATIENCE_S, 0.0)
        first = [late, late]

        def look() -> None:
            is_there = late not in first
            if not is_there and time.perf_counter() - made_s < PATIENCE_S:
                return
            self._timer.timeout.disconnect()
            self.arrivals_ms.append(arrivals_of(made_s, before, first))
            QTimer.singleShot(REST_MS, self._window, self.next_burst)

        def note_first() -> None:
            for number, one in enumerate((self._trained[0], self._shown)):
                if one.lam == wanted and first[number] is late:
                    first[number] = one

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
        "| model | changes | a second | largest until the trainer has the last (waiting for a core), ms "
        "| until it is on screen (waiting), ms "
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
        trained, shown = (max(column) for column in zip(*storm["arrivals_ms"], strict=True))
        print(
            f"| {title} | {storm['n_made']:,} | {storm['n_made'] / storm['storming_s']:.0f} "
            f"| {trained[0]:.0f} ({trained[1]:.0f}) | {shown[0]:.0f} ({shown[1]:.0f}) "
            f"| {report.longest.seconds:.2f} ({report.longest.waiting_s:.2f}) "
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
