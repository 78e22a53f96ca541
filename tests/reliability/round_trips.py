"""Whether a session is what it was: it is led about by chance, saved, opened in another window, and replayed.

    python tests/reliability/round_trips.py [--sessions 20] [--acts 14] [--first 0] [--keep FOLDER]

In a whole window (offscreen) a person's acts come by chance: epochs, λ, penalty, optimiser, batches, layers, seeds,
folds, sweeps and what is taken from them, looks of panels, points moved, weights put in and set by hand, Reset, what is
frozen, an earlier moment gone on from, undo and redo. Then the session is saved, and opened in a second window, which
has had the sessions before. Compared are ``state()`` but for rates and for what the status line says, the pictures of
all panels that are seen, to the pixel, an earlier moment, and the weights after three epochs more in both; and the
weights to which the data and the timeline alone lead. Prints a Markdown table; the status is 1 where anything differs.
``--keep`` leaves the files there, with the pictures that differ.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]
PATIENCE_S, STILL_S = 120.0, 0.25
REST_TICKS = 40
"""A model at rest is drawn again and again until its axes have come to rest; then nothing is drawn for so many ticks of
the clock. In seconds it would seem to rest where the process had no core for so long, with axes half way.
"""
NOT_COMPARED = ("steps_per_second", "frames_per_second", "status", "readouts")
N_LOOKS = 4
"""Of the settings of single panels so many are changed together."""
CASES = (
    ("noisy-curve", ()), ("noisy-curve", ("--hidden", "", "--degree", "3")), ("two-moons", ("--hidden", "8,4")),
    ("sparse-truth", ("--hidden", "", "--penalty", "l1")), ("diabetes", ("--hidden", "", "--penalty", "elastic-net")),
    ("diabetes", ("--hidden", "4", "--batch-size", "32")), ("travel-mode", ("--hidden", "")),
)  # fmt: skip
PENALTIES, OPTIMIZERS = ("none", "l1", "l2", "elastic-net", "group-lasso"), ("adam", "momentum", "sgd")


class Window:
    """A window that is waited for."""

    def __init__(self, *arguments: str) -> None:
        from PySide6.QtCore import QObject
        from PySide6.QtWidgets import QApplication

        from regdesk.app import create_window
        from regdesk.session.controllers.frame_clock import FrameClock
        from regdesk.session.session import Session

        self.window = create_window(list(arguments))
        self._application, self._kind = QApplication.instance(), QObject
        self.session: Any = self.window.findChild(Session)
        self._n_ticks_at_rest = 0
        clock: Any = self.window.findChild(FrameClock)
        clock.ticked.connect(self._on_ticked)
        self._draw, self.window.settle = self.window.settle, self._note_drawing
        self.settle()

    def _on_ticked(self, _now_s: float) -> None:
        self._n_ticks_at_rest += 1

    def _note_drawing(self, *given: Any) -> None:
        self._n_ticks_at_rest = 0
        self._draw(*given)

    @property
    def state(self) -> dict[str, Any]:
        return self.window.state()

    def wait(self, condition: Callable[[], bool]) -> None:
        end_s = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > end_s:
                raise TimeoutError
            self._application.processEvents()
            time.sleep(0.002)

    def act(self, name: str) -> bool:
        """Whether the action called ``name`` could be done."""
        action: Any = self.window.findChild(self._kind, f"{name}Action")
        if action.isEnabled():
            action.trigger()
        return bool(action.isEnabled())

    def settle(self) -> None:
        """Until a model is there, nothing is prepared or swept, and nothing has moved for a while."""
        from regdesk.session.data_service import DataService
        from regdesk.session.sweep_service import SweepService

        data: Any = self.window.findChild(DataService)
        sweeps: Any = self.window.findChild(SweepService)
        last, since_s = None, time.monotonic()

        def is_still() -> bool:
            nonlocal last, since_s
            now = self.state
            shown = now["epoch"], now["weights_digest"], now["lam"], now["penalty"]
            if shown != last or data.is_reading or data.is_preparing or sweeps.is_busy:
                last, since_s = shown, time.monotonic()
            return now["weights_digest"] is not None and time.monotonic() - since_s > STILL_S

        self.wait(is_still)

    def train(self, n_epochs: int) -> None:
        for _ in range(n_epochs):
            epoch = self.state["epoch"]
            self.act("step")
            # To the end of the epoch; a moment within it may be seen before.
            self.wait(lambda epoch=epoch: self.state["epoch"] > epoch and self.state["epoch"] % 1 == 0)  # type: ignore[misc]

    def pictures(self) -> dict[str, Any]:
        """Of each panel that is seen, when its axes are at rest."""
        before: dict[str, Any] | None = None
        while True:
            self.window.draw_all()
            found = {
                dock.panel.objectName(): dock.panel.grab().toImage()
                for dock in self.window.docks.docks
                if not dock.panel.visibleRegion().isEmpty()
            }
            if found == before:
                return found
            before = found
            self._n_ticks_at_rest = 0
            self.wait(lambda: self._n_ticks_at_rest > REST_TICKS)

    def look_back(self, epoch: float) -> tuple[str, dict[str, Any]]:
        """Which weights were there, and the pictures of then."""
        self.window.history.epoch_chosen.emit(epoch)
        self.wait(lambda: self.state["earlier"])
        found = str(self.state["weights_digest"]), self.pictures()
        self.window.history.now_chosen.emit()
        self.wait(lambda: not self.state["earlier"])
        return found


def looks_of(kind: Any) -> tuple[Any, ...]:
    """What a setting of that kind may be."""
    from regdesk.core.settings.setting_kinds import Choice, Text

    return kind.words if isinstance(kind, Choice) else (None, "0", "1") if isinstance(kind, Text) else (False, True)


class Person:
    """Acts by chance in ``one``."""

    def __init__(self, one: Window, generator: random.Random) -> None:
        self._one, self._generator = one, generator
        self.done: list[str] = []

    def act(self) -> None:
        """One thing that can be done."""
        acts = [name for name in dir(self) if name.startswith("do_")]
        name = self._generator.choice(acts)
        getattr(self, name)()
        self._one.settle()
        self.done.append(name.removeprefix("do_"))

    def _choose(self, path: str, *values: Any) -> None:
        self._one.session.change(path, self._generator.choice(values))

    def do_train(self) -> None:
        self._one.train(self._generator.randint(1, 6))

    def do_run(self) -> None:
        self._one.act("run")
        end_s = time.monotonic() + 0.4
        self._one.wait(lambda: time.monotonic() > end_s)
        if self._one.state["running"]:
            self._one.act("run")

    def do_lambda(self) -> None:
        self._choose("training.lam", 10.0 ** self._generator.uniform(-5, 0.5), 0.0)

    def do_penalty(self) -> None:
        self._choose("training.penalty", *PENALTIES)

    def do_optimizer(self) -> None:
        self._choose("training.optimizer", *OPTIMIZERS)

    def do_batches(self) -> None:
        self._choose("training.batch_size", 0, 8, 32)

    def do_layers(self) -> None:
        self._choose("architecture.hidden", (), (3,), (4, 3))

    def do_seed(self) -> None:
        self._one.act("newSeed")

    def do_folds(self) -> None:
        self._choose("sweep.n_folds", 1, 2, 3)

    def do_sweep(self) -> None:
        self._one.session.change("sweep.n_lambdas", 6)
        self._one.session.change("sweep.n_starts", 1)
        self._one.session.change("architecture.hidden", ())
        self._one.settle()
        self._one.act("sweep")
        self._one.settle()
        self._one.act("useBestLambda")

    def do_solve(self) -> None:
        self._one.act("solve")

    def do_looks(self) -> None:
        from regdesk.core.settings.look_table import LOOKS

        chosen = self._generator.sample(LOOKS, N_LOOKS)
        self._one.session.change_all({one.path: self._generator.choice(looks_of(one.kind)) for one in chosen})

    def do_points(self) -> None:
        column = self._one.session.configuration.data.target
        row = self._generator.randint(1, 12)
        if column not in ("moon", "chosen"):
            self._one.session.change("data.cells", ((f"{row}:{column}", f"{self._generator.uniform(-2, 2):.3f}"),))

    def do_weight(self) -> None:
        self._one.window.histogram.weight_set.emit(0, round(self._generator.uniform(-1, 1), 3))

    def do_reset(self) -> None:
        self._one.act("reset")

    def do_freeze(self) -> None:
        self._one.act("freeze")

    def do_earlier(self) -> None:
        epoch = self._one.state["epoch"]
        if epoch > 2:
            self._one.window.history.epoch_chosen.emit(epoch / 2.0)
            self._one.wait(lambda: self._one.state["earlier"])
            self._one.act("branch")
            self._one.wait(lambda: not self._one.state["earlier"])

    def do_undo(self) -> None:
        self._one.act("undo")

    def do_redo(self) -> None:
        self._one.act("redo")


def replayed(file: Path) -> bool:
    """Whether the data and the timeline lead to the same weights; also of what was never trained."""
    from regdesk.tasks.draining import Drain
    from regdesk.tasks.sessions.replaying import NEVER_TRAINED, replay

    steps = Drain(replay(file))
    for _ in steps:
        pass
    return steps.value.is_equal or steps.value.problem == NEVER_TRAINED


def differences(first: Window, second: Window, file: Path) -> list[str]:
    """What is other in the second window, after ``first`` was saved as ``file`` and that was opened there."""
    pictures, state = first.pictures(), first.state
    first.window.save_session(file)
    second.window.open_session(file)
    second.settle()
    again, opened = second.pictures(), second.state
    found = [
        f"state: {key} {state[key]!r:.30} → {opened[key]!r:.30}"
        for key in state
        if key not in NOT_COMPARED and state[key] != opened[key]
    ]
    found += [f"picture: {name}" for name in _other_pictures(file, "", pictures, again)]
    found += [] if list(again) == list(pictures) else ["panels"]
    if first.state["epoch"] > 1:
        epoch = first.state["epoch"] / 2.0
        (digest, shown), (other, shown_again) = first.look_back(epoch), second.look_back(epoch)
        found += [] if digest == other else ["an earlier moment"]
        found += [f"an earlier picture: {name}" for name in _other_pictures(file, " earlier", shown, shown_again)]
    for one in (first, second):
        one.train(3)
    found += [] if first.state["weights_digest"] == second.state["weights_digest"] else ["training"]
    return found + ([] if replayed(file) else ["replay"])


def _other_pictures(file: Path, kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Names of panels whose pictures differ, which are kept beside ``file``."""
    others = [name for name in before if after.get(name) != before[name]]
    for name in others:
        for which, images in (("before", before), ("after", after)):
            if name in images:
                images[name].save(str(file.with_name(f"{file.stem}{kind} {name} {which}.png")))
    return others


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--acts", type=int, default=14)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["REGDESK_SETTINGS"] = ""
    counts: Counter[str] = Counter()
    n_acts = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        second = Window("--sample", "two-weights")
        for seed in range(arguments.first, arguments.first + arguments.sessions):
            sample, options = CASES[seed % len(CASES)]
            data = Path(shutil.copy(ROOT / "resources" / "samples" / f"{sample}.csv", folder))
            first = Window(str(data), *options)
            person = Person(first, random.Random(seed))
            for _ in range(arguments.acts):
                person.act()
            n_acts += len(person.done)
            found = differences(first, second, folder / f"{seed}.regdesk")
            counts.update(found or ["equal"])
            if found:
                print(f"seed {seed} ({sample} {options}): {found}, after {person.done}", file=sys.stderr)
            first.window.close()
        second.window.close()
    print("| sessions | acts | equal | different in |\n|---|---|---|---|")
    others = ", ".join(f"{name} ({n})" for name, n in counts.items() if name != "equal") or "nothing (0)"
    print(f"| {arguments.sessions} | {n_acts} | {counts['equal']} | {others} |")
    return int(counts["equal"] != arguments.sessions)


if __name__ == "__main__":
    sys.exit(main())
