"""How long a sweep goes on after it has been cancelled, at random moments from its very beginning on.

    python tests/benchmarks/sweep_cancel.py [--times N]

Each case is a process of its own with one sweep desk, whose sweep is started and cancelled again and again: until the
window hears that it has ended, and until the sweeping thread itself is idle. Gate: 200 ms until it has ended.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
GATE_MS = 200.0


@dataclass(frozen=True)
class Case:
    n_rows: int
    n_inputs: int
    is_logistic: bool = False
    penalty: str = "l1"
    correlation: float = 0.0
    n_labels: int = 0
    """Of one further column in words; its rarest label is not in every fold."""

    @property
    def name(self) -> str:
        kind = "logistic" if self.is_logistic else "linear"
        extra = ", one common factor" if self.correlation else ""
        return f"{self.n_rows:,} × {self.n_inputs:,} {kind}, {self.penalty}{extra}" + (
            f", {self.n_labels} labels" if self.n_labels else ""
        )


CASES = (
    Case(442, 10),
    Case(20_000, 200),
    Case(20_000, 200, penalty="group-lasso"),
    Case(100_000, 50, is_logistic=True),
    Case(5_000, 500, is_logistic=True),
    Case(2_000, 1_000),
    Case(2_000, 1_000, correlation=1.0),
    Case(2_000, 1_000, penalty="l2"),
    Case(200, 1_000),
    Case(300, 1_000, is_logistic=True),
    Case(300_000, 20),
    Case(100_000, 20, n_labels=50),
    Case(200, 300),
)


def table_of(case: Case) -> object:
    """A table in memory, with a dozen inputs that matter."""
    from regdesk.data.csv.reader import read_table

    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(case.n_rows, case.n_inputs)).astype(np.float32)
    inputs += case.correlation * 3.0 * generator.normal(size=(case.n_rows, 1)).astype(np.float32)
    score = inputs[:, :12] @ generator.normal(size=min(12, case.n_inputs)) + 2.0 * generator.normal(size=case.n_rows)
    target = np.where(score > 0, "yes", "no") if case.is_logistic else np.round(score, 4)
    path = Path(os.environ["REGDESK_CANCEL_FILE"])
    labels = [f"w{label}" for label in generator.integers(0, case.n_labels, case.n_rows)] if case.n_labels else None
    with path.open("w") as file:
        names = [f"x{column}" for column in range(case.n_inputs)]
        file.write(",".join([*names, *(["word"] if labels else []), "y"]) + "\n")
        for row in range(case.n_rows):
            cells = [f"{value:.3f}" for value in inputs[row]]
            file.write(",".join([*cells, *([labels[row]] if labels else []), str(target[row])]) + "\n")
    return read_table(path)


def measure(case: Case, n_times: int) -> dict[str, float]:
    from PySide6.QtCore import QCoreApplication, QEventLoop

    from regdesk.compiling import engine_cache
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.types import Architecture, DataSettings, TrainSettings
    from regdesk.data.source import Source
    from regdesk.session.session import Session
    from regdesk.session.sweep_service import SweepService
    from regdesk.tasks.loading import prepare
    from regdesk.workers.sweeping import SweepThread

    engine_cache.fill(engine_cache.PATHS)
    application = QCoreApplication([])
    table = table_of(case)
    settings = DataSettings(target="y")
    loaded = prepare(Source(Path("data.csv"), "data"), table, settings, 0, lambda: False)
    configuration = Configuration(
        data=settings, architecture=Architecture(hidden=()), training=TrainSettings(penalty=case.penalty)
    )
    # Of the service of the data it asks for those in force alone.
    service = SweepService(SweepThread(), Session(configuration), SimpleNamespace(now=loaded))
    service.set_ready(engine_cache.PATHS)
    ended: list[float] = []
    service.ended.connect(lambda *_: ended.append(time.perf_counter()))

    def pump(until: object, limit_s: float) -> None:
        stop_s = time.perf_counter() + limit_s
        while not until() and time.perf_counter() < stop_s:
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            service.pull()
            # As a window at rest between two frames: a loop that spins would hold the interpreter against the sweep.
            time.sleep(0.001)

    # How long it takes in all, to spread the moments over; at most ten seconds of it.
    started_s = time.perf_counter()
    service.start()
    pump(lambda: ended or service.curve is not None, 60.0)
    first_s = time.perf_counter() - started_s
    pump(lambda: ended, 10.0 - first_s)
    whole_s = time.perf_counter() - started_s
    service.cancel()
    pump(lambda: ended and not service.is_at_work, 60.0)
    chance = random.Random(0)
    answers, idles = [], []
    for number in range(n_times):
        ended.clear()
        # Every other one while it prepares, before there is a point.
        limit_s = first_s if number % 2 == 0 else whole_s
        service.start()
        wait_s = chance.uniform(0.0, 0.95 * limit_s)
        pump(lambda: ended, wait_s)
        if ended:
            continue
        cancelled_s = time.perf_counter()
        service.cancel()
        pump(lambda: ended, 60.0)
        answers.append(1000 * (ended[0] - cancelled_s))
        pump(lambda: not service.is_at_work, 60.0)
        idles.append(1000 * (time.perf_counter() - cancelled_s))
    service.stop()
    service.wait()
    return {
        "first_s": first_s,
        "whole_s": whole_s,
        "n": len(answers),
        "median_ms": float(np.median(answers)),
        "largest_ms": max(answers),
        "idle_median_ms": float(np.median(idles)),
        "idle_ms": max(idles),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20, metavar="N")
    parser.add_argument("--case", type=int, metavar="NUMBER")
    arguments = parser.parse_args()
    print(
        "| data | first point, s | all, at most 10 s | cancelled | ended, median ms | largest | "
        "thread idle, median ms | largest |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for number, case in enumerate(CASES):
        if arguments.case is not None and number != arguments.case:
            continue
        command = [sys.executable, __file__, "child", str(number), str(arguments.times)]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        environment["REGDESK_CANCEL_FILE"] = str(Path(os.environ.get("TMPDIR", "/tmp")) / f"cancel{os.getpid()}.csv")
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        Path(environment["REGDESK_CANCEL_FILE"]).unlink(missing_ok=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        found = json.loads(done.stdout.splitlines()[-1])
        figures = (found["n"], found["median_ms"], found["largest_ms"], found["idle_median_ms"], found["idle_ms"])
        cells = [case.name, f"{found['first_s']:.2f}", f"{found['whole_s']:.2f}", *(f"{one:.0f}" for one in figures)]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if len(sys.argv) == 4 and sys.argv[1] == "child":
        print(json.dumps(measure(CASES[int(sys.argv[2])], int(sys.argv[3]))))
    else:
        main()
