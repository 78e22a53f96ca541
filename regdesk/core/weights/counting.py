"""Which weights count: the one place where alive is told from zero and from too small to matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from regdesk.core.model.network import Network
    from regdesk.core.types import Booleans, Floats

LEAST_SIZE = 1e-6
"""Below this a weight of a network with hidden layers is too small to matter, on the training scale. L1 makes weights
exactly 0; under L2 they only shrink for ever, and what is left of such layers passes nothing on."""


def alive_weights(network: Network, parameters: Floats, too_small: Booleans | None = None) -> Booleans:
    """``(n_parameters,)``: which weights are alive; biases are not.

    In a network with hidden layers those of at least ``LEAST_SIZE``. Those of a linear model may be of any size, as
    each stands for an input in its own units: there all are alive that are not exactly 0, with ``too_small``
    ``(n_parameters,)``, which are at 0 only because their dtype holds nothing smaller.
    """
    if network.is_linear:
        is_there = parameters != 0.0
        alive = is_there if too_small is None else is_there | too_small
    else:
        alive = np.abs(parameters) >= LEAST_SIZE
    return np.asarray(alive & network.is_weight)
