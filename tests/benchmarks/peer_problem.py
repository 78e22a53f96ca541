"""What the peers' child processes share: the problem from a file, requests on stdin, results on stdout.

Runs in the peers' own environments, where there is numpy and no regdesk.

    PYTHON peer_torch.py PROBLEM.npz FORM THREADS

The file holds inputs ``(n_rows, n_inputs)``, targets ``(n_rows,)``, sizes, lams ``(n_models,)``, batch_size,
n_warm_steps, n_steps and learning_rate. Each line of stdin is a JSON object with the initial ``parameters``
``(n_parameters,)`` of every model and a ``seed``; each line of stdout one with ``seconds``, of the timed steps alone,
and the trained ``parameters`` ``(n_models, n_parameters)``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np


@dataclass(frozen=True)
class PeerProblem:
    inputs: Any
    targets: Any
    sizes: tuple[int, ...]
    lams: Any
    batch_size: int
    n_warm_steps: int
    n_steps: int
    learning_rate: float

    @property
    def n_models(self) -> int:
        return len(self.lams)

    def weights_and_biases(self, parameters: Any) -> tuple[list[Any], list[Any]]:
        """W ``(n_inputs, n_outputs)`` and b ``(n_outputs,)`` of each layer, float32, from ``(n_parameters,)``."""
        weights, biases, start = [], [], 0
        for inputs, outputs in pairwise(self.sizes):
            middle, stop = start + inputs * outputs, start + (inputs + 1) * outputs
            weights.append(np.array(parameters[start:middle], dtype=np.float32).reshape(inputs, outputs))
            biases.append(np.array(parameters[middle:stop], dtype=np.float32))
            start = stop
        return weights, biases

    def rows_of_parameters(self, weights: list[Any], biases: list[Any]) -> list[list[float]]:
        """The opposite, for stacked W ``(n_models, …)`` and b ``(n_models, …)``: ``(n_models, n_parameters)``."""
        parts = [part for pair in zip(weights, biases, strict=True) for part in pair]
        table = np.concatenate([np.asarray(part).reshape(self.n_models, -1) for part in parts], axis=1)
        rows: list[list[float]] = table.astype(np.float64).tolist()
        return rows


def read_problem(path: str) -> PeerProblem:
    with np.load(path) as file:
        return PeerProblem(
            inputs=file["inputs"].astype(np.float32),
            targets=file["targets"].astype(np.float32),
            sizes=tuple(int(size) for size in file["sizes"]),
            lams=file["lams"].astype(np.float32),
            batch_size=int(file["batch_size"]),
            n_warm_steps=int(file["n_warm_steps"]),
            n_steps=int(file["n_steps"]),
            learning_rate=float(file["learning_rate"]),
        )


def serve(train: Callable[[Any, int], dict[str, Any]], facts: dict[str, Any]) -> None:
    """Say ``facts`` (versions, compile time), then answer each request with ``train(parameters, seed)``."""
    print(json.dumps(facts), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        result = train(np.array(request["parameters"]), request["seed"])
        print(json.dumps(result), flush=True)
