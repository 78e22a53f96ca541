"""Every weight of a model by its place, with names that are made when somebody reads them."""

from __future__ import annotations

import numpy as np

from regdesk.core.model.network import Network
from regdesk.core.types import Integers
from regdesk.core.weights.names import weight_name


class NamedWeights:
    """``positions`` ``(n_weights,)`` are those among all parameters, layer by layer."""

    def __init__(self, network: Network, input_names: tuple[str, ...], output_names: tuple[str, ...]) -> None:
        self.network = network
        self.positions: Integers = np.flatnonzero(network.is_weight)
        self._ends = input_names, output_names
        self._names: dict[int, str] = {}

    def name(self, number: int) -> str:
        """Of the weight of that number in ``positions``."""
        known = self._names.get(number)
        if known is None:
            known = self._names[number] = weight_name(self.network, int(self.positions[number]), *self._ends)
        return known
