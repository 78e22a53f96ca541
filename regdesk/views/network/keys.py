"""The way of the arrow keys through the picture of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt

from regdesk.core.settings.selected import (
    Selected,
    name_in,
    position_in,
    selected_input,
    selected_unit,
    selected_weight,
    unit_in,
)

if TYPE_CHECKING:
    from regdesk.core.model.network import Network
    from regdesk.core.run.scene import RunScene
    from regdesk.core.types import Integers
    from regdesk.views.network.diagram import Diagram

STEPS = {Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0)}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def next_part(
    key: Qt.Key, selected: Selected, diagram: Diagram, classes: Integers, network: Network, scene: RunScene
) -> Selected | None:
    """What ``key`` selects after ``selected``; None where it does nothing.

    Up and Down go through the nodes of a layer, Left and Right to the next layer. Return goes to the widest link that
    leaves a node; from there Up and Down go through the links of that node, Left and Right to its ends.
    """
    position = position_in(selected)
    if position is not None:
        return _after_link(key, position, diagram, network, scene)
    node = _node_of(selected, scene)
    if key in ENTER:
        return None if node is None else _widest_link(node, diagram, classes)
    if key not in STEPS:
        return None
    if node is None or node[1] not in diagram.nodes[node[0]]:
        return _part_of(0, int(diagram.nodes[0][0]), scene)
    across, down = STEPS[key]
    layer, row = node[0] + across, int(np.flatnonzero(diagram.nodes[node[0]] == node[1])[0])
    if not 0 <= layer < len(diagram.nodes) - 1:
        return None
    own = diagram.nodes[layer]
    if across:
        # As high up as before.
        height = diagram.places[node[0]][row, 1]
        row = int(np.abs(diagram.places[layer][:, 1] - height).argmin())
    return _part_of(layer, int(own[min(max(row + down, 0), len(own) - 1)]), scene)


def _node_of(selected: Selected, scene: RunScene) -> tuple[int, int] | None:
    name, place = name_in(selected), unit_in(selected)
    if place is not None:
        return place[0], place[1] - 1
    numbers = () if name is None else scene.inputs_named(name)
    return (0, numbers[0]) if numbers else None


def _part_of(layer: int, number: int, scene: RunScene) -> Selected:
    return selected_unit(layer, number + 1) if layer else selected_input(scene.input_names[number])


def _widest_link(node: tuple[int, int], diagram: Diagram, classes: Integers) -> Selected | None:
    own = np.flatnonzero((diagram.layers == node[0]) & (diagram.sources == node[1]))
    if not len(own):
        return None
    return selected_weight(int(diagram.positions[own[int(np.abs(classes[own]).argmax())]]))


def _after_link(key: Qt.Key, position: int, diagram: Diagram, network: Network, scene: RunScene) -> Selected | None:
    layer, source, unit = network.ends_of(position)
    if key == Qt.Key.Key_Left:
        return _part_of(layer, source, scene)
    if key == Qt.Key.Key_Right and layer < network.n_layers - 1:
        return _part_of(layer + 1, unit, scene)
    targets = diagram.nodes[layer + 1]
    if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down) or unit not in targets:
        return None
    row = int(np.flatnonzero(targets == unit)[0]) + STEPS[key][1]
    if not 0 <= row < len(targets):
        return None
    return selected_weight(position - unit + int(targets[row]))
