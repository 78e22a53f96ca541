"""What stands under the pointer in the picture of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.weights.liveness import liveness_of
from regdesk.core.words.network_words import left_out_text, network_sentence
from regdesk.core.words.number_text import fixed_text
from regdesk.core.words.run_sentences import negligible_text

if TYPE_CHECKING:
    from regdesk.core.run.scene import RunScene
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.weights.liveness import Liveness

CLICK = "Click: select it in all panels"


def snapshot_sentence(
    snapshot: TrainSnapshot, n_drawn: tuple[int, ...], n_links_drawn: int = 0, is_running: bool = False
) -> str:
    """The panel's sentence; ``n_drawn`` are the nodes of each layer that are drawn, empty before there is a picture,
    ``n_links_drawn`` the links.
    """
    network = snapshot.network
    liveness = liveness_of(network, snapshot.parameters, snapshot.too_small)
    left_out = ""
    if len(n_drawn) == len(network.sizes):
        left_out = left_out_text(network.sizes, n_drawn, snapshot.n_alive, n_links_drawn)
    negligible = negligible_text(snapshot, is_running) if snapshot.n_negligible else ""
    return network_sentence(liveness, snapshot.n_nonzero, snapshot.n_weights, left_out, negligible)


def weight_text(snapshot: TrainSnapshot, scene: RunScene, position: int) -> str:
    """Of a link: its ends and its weight."""
    network = snapshot.network
    layer, source, unit = network.ends_of(position)
    start = scene.input_names[source] if layer == 0 else unit_name(network.n_layers, layer, source)
    is_last = layer == network.n_layers - 1
    end = scene.output_names[unit] if is_last else unit_name(network.n_layers, layer + 1, unit)
    weight = float(snapshot.parameters[position])
    text = f"{start} → {end}\nweight {fixed_text(weight)}"
    if layer == 0 and scene.input_scales:
        # Of a linear model it says how much of the target one of the input's own units makes; else of a unit's sum.
        scale = scene.target_scale if network.is_linear else 1.0
        own = fixed_text(weight * scale / scene.input_scales[source])
        text += f" (standardised), {own} for 1 more of {start} in its own unit"
    return f"{text}\n{CLICK}"


def unit_name(n_layers: int, layer: int, unit: int) -> str:
    """Of a hidden unit; ``layer`` from 1, ``unit`` from 0."""
    return f"unit {unit + 1}" if n_layers == 2 else f"unit {unit + 1} of layer {layer}"


def input_text(snapshot: TrainSnapshot, scene: RunScene, liveness: Liveness, number: int) -> str:
    """Of an input: its weights, or that it is out."""
    network, name = snapshot.network, scene.input_names[number]
    weights = network.weights(snapshot.parameters, 0)[number].astype(np.float64)
    if network.is_linear and len(weights) == 1:
        return weight_text(snapshot, scene, number)
    n_there, norm = int(np.count_nonzero(weights)), fixed_text(float(np.linalg.norm(weights)))
    text = f"{name}: {n_there} of {len(weights)} weights are not zero, ‖w‖₂ {norm}"
    if not liveness.inputs[number]:
        text += "\nout: no chain of weights that matter leads from it to an output"
    return f"{text}\n{CLICK}"


def unit_text(snapshot: TrainSnapshot, liveness: Liveness, layer: int, unit: int) -> str:
    """Of a hidden unit; ``layer`` from 1, ``unit`` from 0."""
    network = snapshot.network
    enters = network.weights(snapshot.parameters, layer - 1)[:, unit]
    leaves = network.weights(snapshot.parameters, layer)[unit]
    text = (
        f"{unit_name(network.n_layers, layer, unit)}: {np.count_nonzero(enters)} of {len(enters)} weights that enter "
        f"it are not zero, {np.count_nonzero(leaves)} of {len(leaves)} that leave it"
    )
    if not liveness.units[layer - 1][unit]:
        text += "\ndead: no chain of weights that matter leads " + (
            "from it to an output"
            if liveness.reached[layer - 1][unit]
            else "to it from an input, so that its value is the same for every row"
        )
    return f"{text}\n{CLICK}"


def output_text(scene: RunScene, snapshot: TrainSnapshot, number: int) -> str:
    """Of an output."""
    enters = snapshot.network.weights(snapshot.parameters, snapshot.network.n_layers - 1)[:, number]
    name = scene.output_names[number]
    return f"{name}: {np.count_nonzero(enters)} of {len(enters)} weights that enter it are not zero"
