"""A fit from several initial weights, of which the lowest J counts: what each of them led to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_value
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Float64s, Floats, TrainSettings
from regdesk.core.words.number_text import number_text

SAME_SHARE = 0.01
"""Of J: what is no further above the lowest has led as low, for whoever reads it."""


@dataclass(frozen=True)
class Start:
    """Where the initial weights of one seed led.

    Attributes:
        objective: J; infinite where it is too large for a number, NaN where training left all bounds.
        kkt_residual: ∞-norm of the smallest subgradient of J there.
    """

    seed: int
    objective: float
    kkt_residual: float
    converged: bool
    n_epochs: int


def start_seeds(configuration: Configuration) -> range:
    """Of the initial weights: one after the other from the configuration's own, of which rows are drawn."""
    return range(configuration.seed, configuration.seed + configuration.sweep.n_starts)


def objective_of(
    dataset: Dataset, settings: TrainSettings, network: Network, parameters: Floats, outputs: Float64s
) -> float:
    """J, in float64 and infinite where it is no number, of a model whose ``outputs`` are of all rows of ``dataset``."""
    rows = dataset.split.train
    loss = float(dataset.loss_on(rows).values(outputs[rows], dataset.standardized_targets(rows)).mean())
    weights = parameters[network.is_weight].astype(np.float64)
    found = loss + settings.effective_lam * penalty_value(settings, network, weights)
    return found if math.isfinite(found) else math.inf


def lowest_of(starts: Sequence[Start]) -> int:
    """The number of the one with the lowest J, of equal ones the first; what has diverged is the last choice."""

    def rank(number: int) -> tuple[bool, float]:
        objective = starts[number].objective
        return (True, 0.0) if math.isnan(objective) else (False, objective)

    return min(range(len(starts)), key=rank)


def starts_record(starts: Sequence[Start]) -> dict[str, Any]:
    """``n_starts``, ``seed_of_best`` and ``starts``, for JSON; nothing where there was only one."""
    if len(starts) < 2:
        return {}
    return {
        "n_starts": len(starts),
        "seed_of_best": starts[lowest_of(starts)].seed,
        "starts": [
            {
                "seed": one.seed,
                "objective": one.objective if math.isfinite(one.objective) else None,
                "kkt_residual": one.kkt_residual if math.isfinite(one.kkt_residual) else None,
                "converged": one.converged,
                "epochs": one.n_epochs,
            }
            for one in starts
        ],
    }


def starts_origin(starts: Sequence[Start]) -> dict[str, Any]:
    """How many starts there were, from which seeds, and which won, for a model's provenance; nothing of only one."""
    if len(starts) < 2:
        return {}
    seeds = [one.seed for one in starts]
    return {"starts": {"n": len(starts), "seeds": [min(seeds), max(seeds)], "best": starts[lowest_of(starts)].seed}}


def starts_words(provenance: Mapping[str, Any]) -> str:
    """What ``starts_origin`` says, in words: "lowest of 4 starts (seeds 0–3), seed 2"; empty where it says nothing."""
    found = provenance.get("starts")
    if not isinstance(found, Mapping):
        return ""
    seeds = found.get("seeds")
    numbers = [found.get("n"), found.get("best"), *(seeds if isinstance(seeds, list) else ())]
    if len(numbers) != 4 or not all(isinstance(number, int) for number in numbers):
        return ""
    return f"lowest of {numbers[0]} starts (seeds {numbers[2]}–{numbers[3]}), seed {numbers[1]}"


def starts_sentence(record: dict[str, Any]) -> str:
    """What a reader is told of ``starts_record``; empty where there was only one. No word of a lowest J of all."""
    if "starts" not in record:
        return ""
    found = [one["objective"] for one in record["starts"] if one["objective"] is not None]
    if not found:
        return f"None of {record['n_starts']} starts has a J that is a number."
    least, most = min(found), max(found)
    n_near = sum(one - least <= SAME_SHARE * abs(least) for one in found)
    n_left = record["n_starts"] - len(found)
    diverged = f" {n_left} of them left all bounds." if n_left else ""
    return (
        f"The lowest of {record['n_starts']} starts, that of seed {record['seed_of_best']}: their J goes from "
        f"{number_text(least)} to {number_text(most)}, and {n_near} {'are' if n_near > 1 else 'is'} within 1 % of the "
        f"lowest.{diverged}"
    )
