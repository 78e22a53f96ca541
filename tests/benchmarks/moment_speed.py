"""What earlier moments cost: to keep them while a model trains, and to show one, as a Markdown table.

    python tests/benchmarks/moment_speed.py [--seconds 2] [--pairs 5] [--only linear]

Steps per second flat out, in chunks of 14 ms as the training thread does them with a row of the history after each;
runs with and without moments alternate on one trainer, by processor time, which other programs disturb least. Then
moments of that run are shown in mixed order, each with its losses, gradient, residual, fit and the optimiser's next
step. A frame of the window lasts 16 ms.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import engine_folder as engine_folder
import numpy as np
from measure_speed import BUDGET_MS, write_data

from regdesk.core.moments.store import MOST_BYTES, MOST_MOMENTS, MomentStore
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset

CASES = (("linear, 200 × 1", (), 200, 1), ("16-16, 1,000 × 10", (16, 16), 1_000, 10))
CHUNK_S = 0.014
N_SHOWN, N_WARM = 101, 2_000


class NoStore(MomentStore[Any]):
    """Keeps nothing, and asks for nothing."""

    def note(self, is_change: bool, make: object) -> None:
        """A row that leaves no moment."""


def steps_per_second(trainer: Trainer, settings: TrainSettings, n_steps: int, seconds: float) -> float:
    """As the training thread works when nobody looks."""
    first, began_s = trainer.step, time.thread_time()
    while time.thread_time() - began_s < seconds:
        trainer.advance(settings, n_steps)
        trainer.record(settings)
    return (trainer.step - first) / (time.thread_time() - began_s)


def case(file: Path, hidden: tuple[int, ...], n_pairs: int, seconds: float) -> tuple[list[float], list[float], Trainer]:
    """Steps per second with and without moments, pair by pair, and the trainer with those that were kept."""
    trainer = Trainer(prepare_dataset(read_table(file), DataSettings(target="y"), 0), Architecture(hidden), 0)
    settings = TrainSettings("l2", 0.003)
    trainer.advance(settings, 10)
    trainer.record(settings)
    began_s = time.thread_time()
    trainer.advance(settings, N_WARM)
    n_steps = max(1, int(N_WARM * CHUNK_S / (time.thread_time() - began_s)))
    stores = MomentStore[Any](), NoStore()
    found: tuple[list[float], list[float]] = ([], [])
    for pair in range(n_pairs):
        for number in (0, 1) if pair % 2 else (1, 0):
            trainer.moments = stores[number]
            found[number].append(steps_per_second(trainer, settings, n_steps, seconds))
    trainer.moments = stores[0]
    return *found, trainer


def times_ms(trainer: Trainer) -> list[float]:
    """Of showing moments, wherever they are."""
    moments = trainer.moments.moments
    found = []
    for number in range(N_SHOWN):
        kept = moments[number * 37 % len(moments)]
        began_s = time.perf_counter()
        trainer.earlier(kept)
        found.append(1000.0 * (time.perf_counter() - began_s))
    return found[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=2.0, metavar="S", help="of each run (default 2)")
    parser.add_argument("--pairs", type=int, default=5, metavar="N", help="of runs (default 5)")
    parser.add_argument("--only", default="", metavar="CASE", help="cases whose name has this in it")
    chosen = parser.parse_args()
    print(
        "| case | steps/s without moments | with | ratio, median of pairs | a moment shown, median, ms | most, ms | "
        f"{BUDGET_MS:g} ms | bytes of a moment | moments in {MOST_BYTES / 1e6:g} MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, hidden, n_rows, n_inputs in CASES:
            if chosen.only not in name:
                continue
            file = Path(folder) / "data.csv"
            write_data(file, n_rows, False, n_inputs)
            kept, not_kept, trainer = case(file, hidden, chosen.pairs, chosen.seconds)
            ratio = float(np.median(np.array(kept) / np.array(not_kept)))
            shown, n_bytes = times_ms(trainer), trainer.moments.moments[-1].n_bytes
            n_kept = min(MOST_BYTES // n_bytes, MOST_MOMENTS)
            verdict = "met" if np.median(shown) <= BUDGET_MS else "MISSED"
            print(
                f"| {name} | {np.median(not_kept):,.0f} | {np.median(kept):,.0f} | {ratio:.3f} | "
                f"{np.median(shown):.2f} | {max(shown):.2f} | {verdict} | {n_bytes:,} | {n_kept:,} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
