"""What a panel has of the selection that all panels share: what it shows, and what a person selects in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from regdesk.core.settings.selected import NOTHING, Selected, name_in, position_in, unit_in
from regdesk.core.weights.names import inputs_named
from regdesk.core.weights.parts import weights_of_inputs, weights_of_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.model.network import Network
    from regdesk.core.run.scene import RunScene
    from regdesk.core.settings.configuration import ViewSettings
    from regdesk.core.types import Integers


class SelectingFrame(QFrame):
    """Signals: ``part_selected(object)`` with what a person selects, as ``selected.py`` writes it;
    ``settings_chosen(object)`` with the values of settings by path.

    Subclasses give ``show_selected``, which brings what they draw to ``selected``.
    """

    part_selected = Signal(object)
    settings_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._selected: Selected = NOTHING

    @property
    def selected(self) -> Selected:
        """What is shown in the colour of the selection, where the panel shows it at all."""
        return self._selected

    def show_view_settings(self, view: ViewSettings) -> None:
        """How everything is looked at has changed; a panel takes from it what concerns it."""
        if view.selected != self._selected:
            self._selected = view.selected
            self.show_selected()

    def show_selected(self) -> None:
        """Draw what is selected now in its colour, and nothing else."""

    def select_nothing(self) -> None:
        """A person lets go what is selected in all panels."""
        self.part_selected.emit(NOTHING)

    def selects_anew(self, selected: Selected) -> None:
        """A person has clicked on a part of the model; on the one that is selected already, to let it go."""
        self.part_selected.emit(NOTHING if selected == self._selected else selected)


def weights_in(selected: Selected, network: Network, scene: RunScene) -> Integers:
    """Places in the row of all parameters of the selected weights: one, or all that leave an input or belong to a unit.

    None of a part that the network does not have.
    """
    position, place = position_in(selected), unit_in(selected)
    if position is not None:
        is_one = position < network.n_parameters and bool(network.is_weight[position])
        return np.array([position] if is_one else [], dtype=np.int64)
    if place is not None:
        layer, unit = place
        has_it = layer < network.n_layers and unit <= network.sizes[layer]
        return weights_of_unit(network, layer, unit) if has_it else np.empty(0, np.int64)
    if network.sizes[0] != len(scene.input_names):
        return np.empty(0, np.int64)
    return weights_of_inputs(network, inputs_in(selected, scene.input_names, scene.column_names))


def inputs_in(
    selected: Selected, input_names: Sequence[str], column_names: Sequence[str] = (), network: Network | None = None
) -> tuple[int, ...]:
    """Numbers of the inputs that are selected by name, by their column's name, or by a weight that leaves them.

    ``column_names`` ``(n_inputs,)`` are the columns that inputs come from; ``network`` says where a weight stands,
    and without one, or where its inputs are others, a weight selects none.
    """
    name, position = name_in(selected), position_in(selected)
    if name is not None:
        return inputs_named(name, input_names, column_names)
    if position is None or network is None or network.sizes[0] != len(input_names):
        return ()
    if position >= network.n_parameters or not network.is_weight[position]:
        # Of another model: what asks older ones, such as a calculator, still has that of the data before.
        return ()
    layer, source, _ = network.ends_of(position)
    return (source,) if layer == 0 else ()
