"""Seventy small problems of networks, each with the lowest J that anybody has found of it (``minima_best_known.json``).

Ten data sets of scikit-learn's, seven times each: tanh and relu, one and two hidden layers of at most 16 units, every
penalty, λ from 1e-4 to 0.05, squared, logistic and softmax loss, 100 to 300 rows. Which go together is drawn evenly.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from network_problems import PROBLEMS, load_problem

from regdesk.core.networks.solver import NetworkProblem
from regdesk.core.types import ActivationKind, PenaltyKind, TrainSettings

N_TIMES = 7
HIDDEN = ((8,), (16,), (8, 8), (16, 16))
N_ROWS = (100, 150, 200, 300)
MOST_ROWS = {"linnerud": 20, "iris": 150, "wine": 178}
LAMBDAS = (1e-4, 1e-3, 1e-2, 5e-2)
PRESSURES: tuple[PenaltyKind, ...] = ("l2", "l1", "elastic-net", "group-lasso", "l2")
FILE = Path(__file__).with_name("minima_best_known.json")


@dataclass(frozen=True)
class MinimumProblem:
    """One of the seventy; ``name`` is its key in the file."""

    data: str
    hidden: tuple[int, ...]
    activation: ActivationKind
    penalty: PenaltyKind
    lam: float
    n_rows: int

    @property
    def name(self) -> str:
        layers = "-".join(map(str, self.hidden))
        return f"{self.data}, {self.n_rows} rows, {layers} {self.activation}, {self.penalty} {self.lam:g}"

    @property
    def settings(self) -> TrainSettings:
        return TrainSettings(self.penalty, self.lam, 0.5)

    def load(self) -> NetworkProblem:
        return load_problem(self.data, self.hidden, self.activation, self.n_rows)


def minimum_problems() -> list[MinimumProblem]:
    found = []
    for turn in range(N_TIMES):
        for place, data in enumerate(PROBLEMS):
            found.append(
                MinimumProblem(
                    data,
                    HIDDEN[(2 * turn + place + turn // 2) % len(HIDDEN)],
                    "relu" if (turn + place) % 2 else "tanh",
                    PRESSURES[(3 * turn + place) % len(PRESSURES)],
                    LAMBDAS[(turn + 3 * place + place // 4) % len(LAMBDAS)],
                    min(N_ROWS[(turn + place // 3) % len(N_ROWS)], MOST_ROWS.get(data, max(N_ROWS))),
                )
            )
    return found


def best_known() -> dict[str, float]:
    """The lowest J of each problem by its name; of those that nobody has solved nothing."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
