"""Whether a model has what is selected, and what of a selection another model keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.model.network import Network
from regdesk.core.run.scene import run_scene_of
from regdesk.core.settings.selected import NOTHING, name_in, position_in, unit_in
from regdesk.core.weights.names import weight_name

if TYPE_CHECKING:
    from regdesk.core.settings.selected import Selected
    from regdesk.session.run import Run


def refusal_of(selected: Selected, run: Run) -> str:
    """Why ``selected`` is no part of the model of ``run``, as a sentence; empty where it is one."""
    name, position, place = name_in(selected), position_in(selected), unit_in(selected)
    if name is not None and not run_scene_of(run.dataset).inputs_named(name):
        return f"“{name}” is no input of the model, and no column that it is given."
    if position is not None and not _has_weight(_network_of(run), position):
        return f"The model has no weight at place {position} of its parameters."
    if place is not None:
        layer, unit = place
        hidden = run.architecture.hidden
        if layer > len(hidden) or unit > hidden[layer - 1]:
            return f"The model has no unit {unit} in a hidden layer {layer}."
    return ""


def kept_selection(selected: Selected, before: Run | None, now: Run) -> Selected:
    """``selected`` as far as the model of ``now`` has the same part still; ``before`` is None for the first model."""
    if refusal_of(selected, now):
        return NOTHING
    position = position_in(selected)
    if position is None or before is None or before.has_weights_of(now):
        return selected
    is_same = _has_weight(_network_of(before), position) and _name_of(before, position) == _name_of(now, position)
    return selected if is_same else NOTHING


def _network_of(run: Run) -> Network:
    dataset = run.dataset
    return Network.of(run.architecture, dataset.n_inputs, dataset.n_outputs)


def _has_weight(network: Network, position: int) -> bool:
    return position < network.n_parameters and bool(network.is_weight[position])


def _name_of(run: Run, position: int) -> str:
    scene = run_scene_of(run.dataset)
    return weight_name(_network_of(run), position, scene.input_names, scene.output_names)
