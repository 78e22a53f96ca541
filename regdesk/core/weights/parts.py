"""Which weights belong to a part of a network: to inputs, or to a hidden unit."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from regdesk.core.model.network import Network
from regdesk.core.types import Integers


def weights_of_inputs(network: Network, numbers: Iterable[int]) -> Integers:
    """Places in the row of all parameters of the weights that leave the inputs ``numbers``, from 0."""
    n_outputs = network.sizes[1]
    starts = int(network.weight_offsets[0]) + n_outputs * np.array(list(numbers), dtype=np.int64)
    return np.asarray((starts[:, np.newaxis] + np.arange(n_outputs)).ravel(), dtype=np.int64)


def weights_of_unit(network: Network, layer: int, unit: int) -> Integers:
    """Places of the weights that enter and that leave a unit of a hidden layer, both counted from 1."""
    n_before, n_own, n_after = network.sizes[layer - 1 : layer + 2]
    entering = int(network.weight_offsets[layer - 1]) + unit - 1 + n_own * np.arange(n_before)
    leaving = int(network.weight_offsets[layer]) + n_after * (unit - 1) + np.arange(n_after)
    return np.concatenate([entering, leaving]).astype(np.int64)
