"""Names of single weights, in the user's words where a weight bears a column's name."""

from __future__ import annotations

from regdesk.core.geometry_view import WeightList
from regdesk.core.network import Network

MOST_LISTED = 3000
"""Weights that a list to choose from holds; those of the first layer come first."""


def weight_list(network: Network, input_names: tuple[str, ...], output_names: tuple[str, ...]) -> WeightList:
    """All weights of ``network``, layer by layer, at most ``MOST_LISTED``."""
    positions: list[int] = []
    names: list[str] = []
    for layer in range(network.n_layers):
        n_sources, n_units = network.sizes[layer], network.sizes[layer + 1]
        first = int(network.weight_offsets[layer])
        for number in range(n_sources * n_units):
            if len(names) == MOST_LISTED:
                return WeightList(tuple(positions), tuple(names))
            positions.append(first + number)
            names.append(_name(network, layer, *divmod(number, n_units), input_names, output_names))
    return WeightList(tuple(positions), tuple(names))


def _name(
    network: Network, layer: int, source: int, unit: int, inputs: tuple[str, ...], outputs: tuple[str, ...]
) -> str:
    is_last = layer == network.n_layers - 1
    if network.is_linear and len(outputs) == 1:
        return inputs[source]
    start = inputs[source] if layer == 0 else f"unit {source + 1}"
    end = outputs[unit] if is_last else f"unit {unit + 1}"
    # Units of several layers have the same numbers.
    prefix = f"layer {layer + 1}: " if layer > 0 and not is_last else ""
    prefix = f"layer {layer + 1}: " if layer > 1 and is_last else prefix
    return f"{prefix}{start} → {end}"
