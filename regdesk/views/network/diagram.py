"""Where nodes and links stand in a picture of so many pixels, and how strongly each link is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.model.network import Network
    from regdesk.core.types import Booleans, Float64s, Floats, Integers
    from regdesk.views.network.shown_nodes import Nodes

WIDTHS_PX = (1.0, 1.0, 1.5, 2.0, 3.0, 4.0)
SHARES = (0.3, 0.5, 0.65, 0.8, 0.9, 1.0)
"""Of links from the weakest class to the strongest: how wide they are, and how strong their colour is."""
MOST_LINKS = 2500
"""Drawn of a picture, the largest: 1,072 take 5 ms of a frame, on a machine with AVX-512 and nothing else to do."""
MOST_GAP_PX = 44.0
"""Between the centres of two nodes of a layer, where there are few."""


@dataclass(frozen=True, eq=False)
class Diagram:
    """What stands still as long as the size and the nodes are the same.

    Attributes:
        places: of each layer ``(n_shown, 2)``, the centres of its nodes.
        layers, sources, targets: ``(n_links,)``, the layer of weights, and the numbers of the nodes at both ends.
        positions: ``(n_links,)`` among all parameters.
        lines: ``(n_links, 4)``: x and y of both ends.
    """

    nodes: Nodes
    places: tuple[Float64s, ...]
    layers: Integers
    sources: Integers
    targets: Integers
    positions: Integers
    lines: Float64s

    @property
    def gaps_px(self) -> list[float]:
        """Of each layer, between two of its nodes."""
        return [float(own[1, 1] - own[0, 1]) if len(own) > 1 else MOST_GAP_PX for own in self.places]


def diagram_of(network: Network, nodes: Nodes, left: float, right: float, top: float, bottom: float) -> Diagram:
    """First layer at ``left``, last at ``right``; every layer stands in the middle between ``top`` and ``bottom``."""
    across = np.linspace(left, right, len(nodes))
    places = tuple(_column(len(own), x, top, bottom) for own, x in zip(nodes, across, strict=True))
    layers, sources, targets, positions, lines = [], [], [], [], []
    for layer in range(network.n_layers):
        n_from, n_to = len(nodes[layer]), len(nodes[layer + 1])
        start, end = np.repeat(np.arange(n_from), n_to), np.tile(np.arange(n_to), n_from)
        layers.append(np.full(n_from * n_to, layer))
        sources.append(nodes[layer][start])
        targets.append(nodes[layer + 1][end])
        positions.append(network.weight_offsets[layer] + sources[-1] * network.sizes[layer + 1] + targets[-1])
        lines.append(np.hstack([places[layer][start], places[layer + 1][end]]))
    return Diagram(
        nodes,
        places,
        layers=np.concatenate(layers).astype(np.int64),
        sources=np.concatenate(sources),
        targets=np.concatenate(targets),
        positions=np.concatenate(positions),
        lines=np.concatenate(lines),
    )


def _column(n_nodes: int, x: float, top: float, bottom: float) -> Float64s:
    gap = min((bottom - top) / max(n_nodes, 1), MOST_GAP_PX)
    heights = 0.5 * (top + bottom) + gap * (np.arange(n_nodes) - 0.5 * (n_nodes - 1))
    return np.column_stack([np.full(n_nodes, x), heights])


def link_classes(diagram: Diagram, parameters: Floats, limits: Sequence[float], alive: Booleans) -> Integers:
    """``(n_links,)``: 0 for a link that is not drawn, 1 to ``len(WIDTHS_PX)`` for others, with the sign of the weight.

    Only weights that are ``alive`` ``(n_parameters,)`` have a link. ``limits`` are, of each layer, the size that has
    the widest one; at most ``MOST_LINKS`` of the largest are drawn.
    """
    weights = parameters[diagram.positions].astype(np.float64)
    shares = np.abs(weights) / np.asarray(limits, dtype=np.float64)[diagram.layers]
    classes = np.minimum(np.ceil(shares * len(WIDTHS_PX)), len(WIDTHS_PX)).astype(np.int64)
    # One that its dtype does not hold is alive in a linear model.
    classes = np.where(alive[diagram.positions], np.maximum(classes, 1), 0)
    n_drawn = int(np.count_nonzero(classes))
    if n_drawn > MOST_LINKS:
        classes[np.argpartition(shares, len(shares) - MOST_LINKS)[: len(shares) - MOST_LINKS]] = 0
    return np.where(weights < 0.0, -classes, classes)


def nearest_link(diagram: Diagram, classes: Integers, x: float, y: float, reach_px: float) -> int | None:
    """The number of the drawn link that passes nearest to a place, the widest of those that are as near; None beyond
    ``reach_px``.
    """
    drawn = np.flatnonzero(classes)
    if not len(drawn):
        return None
    x1, y1, x2, y2 = diagram.lines[drawn].T
    along_x, along_y = x2 - x1, y2 - y1
    share = np.clip(((x - x1) * along_x + (y - y1) * along_y) / np.maximum(along_x**2 + along_y**2, 1e-9), 0.0, 1.0)
    away = np.hypot(x1 + share * along_x - x, y1 + share * along_y - y)
    # What is drawn wide is meant sooner than a hair beside it.
    away = np.maximum(away - 0.5 * np.array(WIDTHS_PX)[np.abs(classes[drawn]) - 1], 0.0)
    best = int(np.lexsort([-np.abs(classes[drawn]), away.round(1)])[0])
    return int(drawn[best]) if away[best] <= reach_px else None


def nearest_node(diagram: Diagram, x: float, y: float, reach_px: float) -> tuple[int, int] | None:
    """Layer and number of the node at a place; None beyond ``reach_px``."""
    found, least = None, reach_px
    for layer, places in enumerate(diagram.places):
        away = np.hypot(places[:, 0] - x, places[:, 1] - y)
        nearest = int(away.argmin())
        if away[nearest] <= least:
            found, least = (layer, int(diagram.nodes[layer][nearest])), float(away[nearest])
    return found
