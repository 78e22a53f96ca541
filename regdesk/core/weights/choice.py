"""Which two weights matter most, for axes that nobody has chosen."""

from __future__ import annotations

import numpy as np

from regdesk.core.model.network import Network
from regdesk.core.types import Float64s, Floats


def first_to_enter(path_weights: Float64s) -> tuple[int, int]:
    """Of a linear model: the two that leave 0 first as λ falls; among equals the larger at the end of the path.

    ``path_weights`` ``(n_lambdas, n_weights)`` for descending λ, of standardised inputs. Raises ValueError for fewer
    than two weights.
    """
    n_weights = path_weights.shape[1]
    if n_weights < 2:
        raise ValueError("a plane needs two weights")
    has_left = path_weights != 0.0
    entered = np.where(has_left.any(axis=0), has_left.argmax(axis=0), len(path_weights))
    order = np.lexsort([np.arange(n_weights), -np.abs(path_weights[-1]), entered])
    return int(order[0]), int(order[1])


def largest_weights(network: Network, parameters: Floats) -> tuple[int, int]:
    """Positions in ``parameters`` ``(n_parameters,)`` of the two weights that carry most through the network.

    Of the first layer, whose weights bear a column's name: largest |w| · ‖what leaves its unit‖₂. Where only one weight
    goes in, the second is the largest of the layers above. Raises ValueError for fewer than two weights.
    """
    if network.n_weights < 2:
        raise ValueError("a plane needs two weights")
    first = np.abs(network.weights(parameters, 0).astype(np.float64))
    if network.n_layers > 1:
        first = first * np.linalg.norm(network.weights(parameters, 1).astype(np.float64), axis=1)
    order = np.argsort(-first.ravel(), kind="stable")
    if len(order) > 1:
        return int(order[0]), int(order[1])
    positions = np.flatnonzero(network.is_weight)[1:]
    above = int(positions[int(np.abs(parameters[positions]).argmax())])
    return 0, above
