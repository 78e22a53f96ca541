"""Names of single weights, in the user's words where a weight bears a column's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from regdesk.core.model.network import Network

INTERCEPT = "(intercept)"
BIAS = "(bias)"
"""What the biases of a network lead from."""
RESERVED = (INTERCEPT, BIAS)
"""Names that stand among those of the inputs, so that no input has them."""
MOST_LISTED = 3000
"""Weights that a list to choose from holds; those of the first layer come first."""


@dataclass(frozen=True)
class WeightList:
    """The weights that can be put on an axis: positions in the row of parameters, and their names."""

    positions: tuple[int, ...] = field(default=())
    names: tuple[str, ...] = field(default=())


def weight_list(network: Network, input_names: tuple[str, ...], output_names: tuple[str, ...]) -> WeightList:
    """All weights of ``network``, layer by layer, at most ``MOST_LISTED``."""
    positions = [int(one) for one in np.flatnonzero(network.is_weight)[:MOST_LISTED]]
    return WeightList(
        tuple(positions), tuple(weight_name(network, one, input_names, output_names) for one in positions)
    )


def inputs_named(name: str, input_names: Sequence[str], column_names: Sequence[str]) -> tuple[int, ...]:
    """Numbers of the input of that name; where it is that of a column, of all its inputs; empty for neither.

    ``column_names`` ``(n_inputs,)`` are the columns that inputs come from.
    """
    if name in input_names:
        return (tuple(input_names).index(name),)
    return tuple(number for number, column in enumerate(column_names) if column == name)


def weight_name(network: Network, position: int, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> str:
    """Of the weight at ``position`` in the row of all parameters."""
    layer, source, unit = network.ends_of(position)
    is_last = layer == network.n_layers - 1
    if network.is_linear and len(outputs) == 1:
        return inputs[source]
    start = inputs[source] if layer == 0 else f"unit {source + 1}"
    end = outputs[unit] if is_last else f"unit {unit + 1}"
    # Units of several layers have the same numbers.
    prefix = f"layer {layer + 1}: " if layer > 0 and not is_last else ""
    prefix = f"layer {layer + 1}: " if layer > 1 and is_last else prefix
    return f"{prefix}{start} → {end}"
