"""Weights by size: which are listed, and which are folded away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.types import Float64s, Integers

MOST_LISTED = 400
"""Of a network with thousands of weights: nobody reads more lines."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """Numbers of weights.

    Attributes:
        listed: ``(n_listed,)``, the largest first; where several are as large, in their own order.
        n_more: how many more are not zero.
        zeros: ``(n_zeros,)`` of those that are exactly zero, in their own order.
    """

    listed: Integers
    n_more: int
    zeros: Integers


def ranking_of(values: Float64s, most: int = MOST_LISTED) -> Ranking:
    """Of ``values`` ``(n_weights, n_models)``: the largest that a weight has in any of the models is its size."""
    sizes = np.abs(values).max(axis=1, initial=0.0)
    alive = np.flatnonzero(sizes > 0.0)
    order = alive[np.argsort(-sizes[alive], kind="stable")]
    return Ranking(order[:most], max(len(order) - most, 0), np.flatnonzero(sizes == 0.0))
