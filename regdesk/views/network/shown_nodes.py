"""Which inputs, units and outputs of a large network are drawn: those that most goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdesk.core.model.network import Network
    from regdesk.core.types import Float64s, Floats, Integers

MOST_INPUTS, MOST_UNITS, MOST_OUTPUTS = 50, 32, 20
"""Of one layer; more would stand closer than they can be told apart."""
SLACK = 1.25
"""How many times more must go through a node that is left out than through one that is drawn, before they change
places: nothing jumps while a model trains."""

Nodes = tuple["Integers", ...]
"""Of each layer, inputs and outputs included, the numbers of the nodes that are drawn, ascending."""


def node_strengths(network: Network, parameters: Floats) -> list[Float64s]:
    """Of each node, Σ over all ways from an input through it to an output of the product of |weights| along the way."""
    sizes = [np.abs(network.weights(parameters, layer).astype(np.float64)) for layer in range(network.n_layers)]
    reach, lead = [np.ones(network.sizes[0])], [np.ones(network.sizes[-1])]
    for own in sizes:
        reach.append(reach[-1] @ own)
    for own in reversed(sizes):
        lead.insert(0, own @ lead[0])
    return [before * after for before, after in zip(reach, lead, strict=True)]


def shown_nodes(network: Network, parameters: Floats, wanted: Mapping[int, int], before: Nodes | None = None) -> Nodes:
    """``wanted`` are nodes by their layer that are drawn in any case; ``before`` is what is drawn, of the same network.

    Where nothing has changed much, ``before`` itself.
    """
    mosts = [MOST_INPUTS, *(MOST_UNITS for _ in network.sizes[1:-1]), MOST_OUTPUTS]
    found, strengths = [], None
    for layer, (size, most) in enumerate(zip(network.sizes, mosts, strict=True)):
        if size <= most:
            found.append(before[layer] if before is not None else np.arange(size))
            continue
        strengths = node_strengths(network, parameters) if strengths is None else strengths
        found.append(_strongest(strengths[layer], most, wanted.get(layer), None if before is None else before[layer]))
    if before is not None and all(one is other for one, other in zip(found, before, strict=True)):
        return before
    return tuple(found)


def _strongest(strengths: Float64s, most: int, wanted: int | None, before: Integers | None) -> Integers:
    if before is not None and (wanted is None or wanted in before):
        is_out = np.ones(len(strengths), np.bool_)
        is_out[before] = False
        kept = before if wanted is None else before[before != wanted]
        if strengths[is_out].max() <= SLACK * strengths[kept].min():
            return before
    ranked = np.argsort(-strengths, kind="stable")[:most]
    if wanted is not None and wanted not in ranked:
        ranked = np.append(ranked[:-1], wanted)
    return np.sort(ranked)
