"""Whether the gap closes: losses of every bundled sample without a penalty, and at the λ that validates best.

    python tests/benchmarks/sample_gaps.py [--seeds 5] [--epochs 5000] [--penalty l2] [--hidden 16,16] [FILE TARGET …]

The window's own network and defaults (16-16 tanh, Adam, learning rate 0.01, full batches), 5,000 epochs from the
initial weights for each λ, then what a person does: 5,000 epochs at λ = 0, and 5,000 more after λ has been raised to
the best. Losses are means over the seeds, each with a split and initial weights of its own.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import engine_folder as engine_folder
import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.samples import sample_path, samples

LOOK_EVERY_EPOCHS = 50
LAMBDAS = (0.0, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)


def course(trainer: Trainer, settings: TrainSettings, n_epochs: int) -> np.ndarray:
    """Training and validation loss every 50 epochs, ``(n_looks, 2)``."""
    looks = []
    for _ in range(n_epochs // LOOK_EVERY_EPOCHS):
        trainer.advance(settings, LOOK_EVERY_EPOCHS)
        looks.append(trainer.losses())
    return np.array(looks)


def table_row(name: str, datasets: list[Dataset], penalty: str, architecture: Architecture, n_epochs: int) -> str:
    """One line of the table; ``datasets`` are those of the seeds 0, 1, ..."""
    settings = [TrainSettings("none" if lam == 0.0 else penalty, lam) for lam in LAMBDAS]
    courses = np.array(
        [
            [course(Trainer(dataset, architecture, seed), one, n_epochs) for one in settings]
            for seed, dataset in enumerate(datasets)
        ]
    )
    ends = courses[:, :, -1].mean(axis=0)
    best = 1 + int(ends[1:, 1].argmin())
    raised = []
    for seed, dataset in enumerate(datasets):
        trainer = Trainer(dataset, architecture, seed)
        course(trainer, settings[0], n_epochs)
        raised.append(course(trainer, settings[best], n_epochs)[-1])
    after = np.mean(raised, axis=0)
    turn = courses[:, 0, :, 1].min(axis=1).mean()
    wins = int(np.sum(courses[:, best, -1, 1] < courses[:, 0, -1, 1]))
    cells = [
        name,
        f"{len(datasets[0].split.train)}",
        f"{datasets[0].n_inputs}",
        f"{ends[0, 0]:.3f}",
        f"{turn:.3f}",
        f"{ends[0, 1]:.3f}",
        f"{LAMBDAS[best]:g}",
        f"{ends[best, 0]:.3f}",
        f"{ends[best, 1]:.3f}",
        f"{after[0]:.3f}",
        f"{after[1]:.3f}",
        f"{wins} of {len(datasets)}",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=5000, metavar="N", help="at each λ (default 5000)")
    parser.add_argument("--penalty", default="l2")
    parser.add_argument("--hidden", default="16,16")
    parser.add_argument("files", nargs="*", help="FILE TARGET …, instead of the bundled samples")
    arguments = parser.parse_args()
    chosen = [
        (Path(file).stem, Path(file), target)
        for file, target in zip(arguments.files[::2], arguments.files[1::2], strict=True)
    ] or [(one.name, sample_path(one.name), one.target) for one in samples()]
    architecture = Architecture(tuple(int(width) for width in arguments.hidden.split(",") if width))
    print(
        "| sample | rows | inputs | λ = 0: training | validation at best | validation at the end | best λ | training "
        "| validation | raised live: training | validation | better |"
    )
    print("|---" * 12 + "|")
    for name, path, target in chosen:
        table = read_table(path)
        settings = DataSettings(target=target)
        datasets = [prepare_dataset(table, settings, seed) for seed in range(arguments.seeds)]
        print(table_row(name, datasets, arguments.penalty, architecture, arguments.epochs), flush=True)


if __name__ == "__main__":
    main()
