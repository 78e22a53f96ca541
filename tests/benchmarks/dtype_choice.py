"""float32 or float64 for live networks: what each costs, and what a person would see of the difference.

    python tests/benchmarks/dtype_choice.py [--steps 10000] [--only SAMPLE]

The same network, data and settings (16-16 tanh, Adam, learning rate 0.01, λ first 0.001, then 0.03, as many steps of
each) in both. The curve's difference is in pixels of a plot 400 high that shows the target's whole range.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import engine_folder as engine_folder
import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.training import trainer as trainer_module
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.samples import sample_path, samples

PLOT_HEIGHT_PX = 400


@dataclass(frozen=True)
class Run:
    """``outputs`` ``(n_rows, n_outputs)``, standardised or log-odds."""

    microseconds: float
    train_loss: float
    validation_loss: float
    n_nonzero: int
    kkt_residual: float
    outputs: np.ndarray


def train(dataset: Dataset, penalty: str, dtype: type, n_steps: int) -> Run:
    trainer_module.training_dtype = lambda _architecture: dtype
    trainer = trainer_module.Trainer(dataset, Architecture(), 0)
    before, after = (TrainSettings(penalty, lam) for lam in (0.001, 0.03))
    trainer.advance(before, n_steps)
    started_s = time.perf_counter()
    trainer.advance(after, n_steps)
    seconds = time.perf_counter() - started_s
    losses = trainer.losses()
    n_nonzero = trainer.snapshot(after).n_nonzero
    outputs = trainer.predict(dataset.input_scaler.apply(dataset.inputs))
    return Run(1e6 * seconds / n_steps, *losses, n_nonzero, trainer.kkt_residual(after), outputs)


def difference_px(dataset: Dataset, one: Run, other: Run) -> float:
    """Largest difference between two fits in pixels."""
    if dataset.task == "regression":
        targets = dataset.standardized_targets(np.arange(len(dataset.targets)))
        return PLOT_HEIGHT_PX * float(np.abs(one.outputs - other.outputs).max() / np.ptp(targets))
    probabilities = [1.0 / (1.0 + np.exp(-run.outputs)) for run in (one, other)]
    return PLOT_HEIGHT_PX * float(np.abs(probabilities[0] - probabilities[1]).max())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=10_000, metavar="N", help="under each λ (default 10000)")
    parser.add_argument("--only", default="", metavar="SAMPLE", help="samples whose name has this in it")
    chosen = parser.parse_args()
    print(
        "| sample, penalty | dtype | µs/step | training loss | validation loss | alive | kkt | largest difference, px |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for one in samples():
        if chosen.only not in one.name:
            continue
        table = read_table(sample_path(one.name))
        dataset = prepare_dataset(table, DataSettings(target=one.target), 0)
        for penalty in ("l1", "l2", "group-lasso"):
            single, double = (train(dataset, penalty, dtype, chosen.steps) for dtype in (np.float32, np.float64))
            for name, run in (("float32", single), ("float64", double)):
                pixels = f"{difference_px(dataset, single, double):.3f}" if run is single else ""
                print(
                    f"| {one.name}, {penalty} | {name} | {run.microseconds:.1f} | {run.train_loss:.8f} "
                    f"| {run.validation_loss:.8f} | {run.n_nonzero} | {run.kkt_residual:.1e} | {pixels} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
