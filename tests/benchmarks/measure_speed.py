"""How long it takes to show any earlier parameters as if they were now, as a Markdown table.

    python tests/benchmarks/measure_speed.py [--runs 101] [--only 16-16]

``measure(parameters, settings)`` in the thread that asks, at moments of a run in mixed order: median and most of the
runs. A frame of the window lasts 16 ms.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import engine_folder as engine_folder
import numpy as np

from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset

CASES = (
    ("16-16, 1,000 rows, regression", (16, 16), 1_000, False),
    ("16-16, 1,000 rows, two classes", (16, 16), 1_000, True),
    ("64-64, 1,000 rows, regression", (64, 64), 1_000, False),
    ("linear, 1,000 rows, two classes", (), 1_000, True),
    ("16-16, 20,000 rows, regression", (16, 16), 20_000, False),
)
N_INPUTS, N_MOMENTS, N_STEPS = 10, 9, 50
BUDGET_MS = 16.0


def write_data(path: Path, n_rows: int, has_classes: bool, n_inputs: int = N_INPUTS) -> None:
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(n_rows, n_inputs))
    targets = np.tanh(inputs[:, 0]) + 0.3 * generator.normal(size=n_rows)
    if n_inputs > 2:
        targets += inputs[:, 1] * inputs[:, 2]
    header = ",".join([*(f"x{number}" for number in range(n_inputs)), "y"])
    columns = [inputs, (targets > 0) if has_classes else targets]
    np.savetxt(path, np.column_stack(columns), delimiter=",", header=header, comments="", fmt="%.6g")


def times_ms(file: Path, hidden: tuple[int, ...], n_runs: int) -> list[float]:
    trainer = Trainer(prepare_dataset(read_table(file), DataSettings(target="y"), 0), Architecture(hidden), 0)
    settings = TrainSettings("elastic-net", 0.003)
    moments = []
    for _ in range(N_MOMENTS):
        trainer.advance(settings, N_STEPS)
        moments.append(trainer.parameters.copy())
    trainer.measure(moments[0], settings)
    found = []
    for number in range(n_runs):
        started_s = time.perf_counter()
        trainer.measure(moments[number * 4 % N_MOMENTS], settings)
        found.append(1000.0 * (time.perf_counter() - started_s))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=101, metavar="N", help="of each case (default 101)")
    parser.add_argument("--only", default="", metavar="CASE", help="cases whose name has this in it")
    chosen = parser.parse_args()
    print(f"| case | a snapshot, median, ms | most, ms | {BUDGET_MS:g} ms |")
    print("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, hidden, n_rows, has_classes in CASES:
            if chosen.only not in name:
                continue
            file = Path(folder) / "data.csv"
            write_data(file, n_rows, has_classes)
            found = times_ms(file, hidden, chosen.runs)
            verdict = "met" if np.median(found) <= BUDGET_MS else "MISSED"
            print(f"| {name} | {np.median(found):.2f} | {max(found):.2f} | {verdict} |", flush=True)


if __name__ == "__main__":
    main()
