"""Moves from the best network so far to where another, lower minimum may begin.

No move is the best everywhere: of 544 moves that lowered J by more than 1e-4 of itself (70 problems of 20 to 300 rows,
three seeds each) 221 went by way of another λ, 170 were short, 97 drew units anew, and 56 were long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from regdesk.core.networks.solver import NetworkProblem
from regdesk.core.types import Float64s

LEAST_SIZE = 1e-3
"""Added to a layer's root mean square, so that a layer of zeros moves, too."""
LEAST_UNIT = 0.3
"""Of a fresh unit's size: a unit that is drawn anew among tiny ones is no smaller, as it would shrink to nothing."""
SHARE_OF_USE = 0.1
"""Of the mean use of a layer's units, added to each: so much does a unit in use come up beside one that is not."""


@dataclass(frozen=True)
class Move:
    """``kind``: "scaled" and "shifted" move each parameter by its own size, and by its layer's, times ``size``·N(0, 1);
    "units" draws that share of a hidden layer's units anew, at least one; "lambda" goes down at ``size``·λ first.
    """

    kind: Literal["scaled", "shifted", "units", "lambda"]
    size: float


MOVES = (
    Move("shifted", 0.1),
    Move("lambda", 4.0),
    Move("units", 0.0),
    Move("scaled", 0.1),
    Move("lambda", 0.25),
    Move("shifted", 0.3),
    Move("scaled", 0.4),
    Move("units", 0.3),
)
"""In their turn: short ones of several kinds first."""


def moved(problem: NetworkProblem, parameters: Float64s, move: Move, key: tuple[int, ...]) -> Float64s:
    """``parameters`` ``(n_parameters,)`` moved; the same for the same ``key`` of whole numbers from 0.

    Under "lambda" they stay as they are.
    """
    generator = np.random.default_rng(key)
    found = problem.units.scaled(parameters)
    if move.kind == "scaled":
        found *= 1.0 + move.size * generator.normal(size=found.shape)
    elif move.kind == "shifted":
        _shift(problem, found, move.size, generator)
    elif move.kind == "units":
        _draw_units(problem, found, move.size, generator)
    return problem.units.unscaled(found)


def _size_of(values: Float64s) -> float:
    """Root mean square."""
    return float(np.sqrt(np.square(values).mean()))


def _shift(problem: NetworkProblem, parameters: Float64s, size: float, generator: np.random.Generator) -> None:
    network = problem.network
    for layer in range(network.n_layers):
        for values in (network.weights(parameters, layer), network.biases(parameters, layer)):
            values += size * (_size_of(values) + LEAST_SIZE) * generator.normal(size=values.shape)


def _draw_units(problem: NetworkProblem, parameters: Float64s, share: float, generator: np.random.Generator) -> None:
    """Of one hidden layer: those whose weights are small, dead ones among them, sooner than those in use."""
    network = problem.network
    layer = int(generator.integers(network.n_layers - 1))
    into, out = network.weights(parameters, layer), network.weights(parameters, layer + 1)
    use = np.abs(into).sum(axis=0) * np.abs(out).sum(axis=1)
    odds = 1.0 / (use + SHARE_OF_USE * use.mean() + np.finfo(np.float64).tiny ** 0.5)
    n_units = network.sizes[layer + 1]
    count = min(max(1, round(share * n_units)), n_units)
    units = generator.choice(n_units, size=count, replace=False, p=odds / odds.sum())
    fresh = network.initial_parameters(int(generator.integers(1 << 31)), np.zeros(network.sizes[-1]))
    fresh_into, fresh_out = network.weights(fresh, layer), network.weights(fresh, layer + 1)
    scale = max(_size_of(into) / _size_of(fresh_into), LEAST_UNIT)
    into[:, units] = scale * fresh_into[:, units]
    network.biases(parameters, layer)[units] = 0.7 * scale * generator.normal(size=count)
    out[units, :] = 0.5 * fresh_out[units, :]
