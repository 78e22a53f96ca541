"""Which inputs and hidden units of a network carry something, and how much each input's weights come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regdesk.core.model.network import Network
from regdesk.core.types import Booleans, Float64s, Floats, Integers
from regdesk.core.weights.counting import alive_weights


@dataclass(frozen=True, eq=False)
class Liveness:
    """``inputs`` ``(n_inputs,)`` and, of each hidden layer, ``units`` ``(n_units,)``: whether it is alive; ``reached``
    ``(n_units,)``, of each hidden layer: whether a weight that is alive leads to it from an input.

    An input is out when no chain of weights that are alive (``counting.py``) leads from it to an output. A hidden unit
    is dead when no such chain leads to it from an input, or none from it to an output. It then passes on nothing, or
    the same number for every row.
    """

    inputs: Booleans
    units: tuple[Booleans, ...]
    reached: tuple[Booleans, ...]

    @property
    def n_out(self) -> int:
        return int(np.count_nonzero(~self.inputs))

    @property
    def n_live_units(self) -> int:
        """Hidden units of all layers that are alive."""
        return sum(int(np.count_nonzero(units)) for units in self.units)

    @property
    def n_dead(self) -> tuple[int, ...]:
        """Dead units of each hidden layer."""
        return tuple(int(np.count_nonzero(~units)) for units in self.units)


def liveness_of(network: Network, parameters: Floats, too_small: Booleans | None = None) -> Liveness:
    """Of the network with ``parameters`` ``(n_parameters,)``; ``too_small`` as for ``alive_weights``."""
    alive = alive_weights(network, parameters, too_small)
    is_there = [network.weights(alive, layer) for layer in range(network.n_layers)]
    reached: list[Booleans] = [np.ones(network.sizes[0], np.bool_)]
    for own in is_there[:-1]:
        reached.append(np.any(own[reached[-1]], axis=0))
    leads_on: list[Booleans] = [np.ones(network.sizes[-1], np.bool_)]
    for own in reversed(is_there):
        leads_on.insert(0, np.any(own[:, leads_on[0]], axis=1))
    units = tuple(reached[layer] & leads_on[layer] for layer in range(1, network.n_layers))
    return Liveness(leads_on[0], units, tuple(reached[1:]))


def input_importance(network: Network, parameters: Floats) -> Float64s:
    """``(n_inputs,)``: Σ over all ways from an input to an output of the product of |weights| along it.

    It bounds how much any output can change with the input where no unit is steeper than 1 (tanh and relu are not): the
    ℓ1 path norm of Neyshabur, Tomioka & Srebro (2015), by input. Of a linear model with one output it is |weight|.
    """
    found = np.ones(network.sizes[-1])
    for layer in reversed(range(network.n_layers)):
        found = np.abs(network.weights(parameters, layer).astype(np.float64)) @ found
    return found


def by_column(values: Float64s, input_groups: Sequence[int] | Integers) -> Float64s:
    """Sums of ``values`` ``(n_inputs,)`` over the inputs of each column, ``(n_columns,)``; without groups one each."""
    if not len(input_groups):
        return values
    return np.asarray(np.bincount(np.asarray(input_groups, dtype=np.int64), weights=values), dtype=np.float64)
