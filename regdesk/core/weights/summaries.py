"""Numbers about weights that a person reads: per-layer histograms, zeros, norms, and round axis limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from regdesk.core.model.network import Network
from regdesk.core.rounding import round_limit
from regdesk.core.types import Booleans, Float64s, Floats, Integers
from regdesk.core.weights.counting import alive_weights

N_BINS = 41
"""Odd, so that the middle bin is centred on 0 and near-zeros of both signs stand together beside the exact ones."""


@dataclass(frozen=True)
class LayerSummary:
    """The weights of one layer.

    Attributes:
        name: the layer in words.
        n_weights, n_zero: all weights, and those that are exactly 0.
        n_too_small: weights that no penalty has put at 0, but that are too small for their dtype to hold.
        n_negligible: weights that are not exactly 0 and yet not alive (``counting.py``): too small to matter.
        counts: ``(N_BINS,)``, weights other than exact zeros in equal bins from −limit to limit.
        limit: half width of the axis; only ever grows during a run.
        l1_norm, l2_norm: ‖W‖₁ and ‖W‖₂ (Frobenius).
    """

    name: str
    n_weights: int
    n_zero: int
    counts: Integers
    limit: float
    l1_norm: float
    l2_norm: float
    n_too_small: int = 0
    n_negligible: int = 0

    @property
    def n_alive(self) -> int:
        return self.n_weights - self.n_zero - self.n_negligible


def layer_names(network: Network) -> tuple[str, ...]:
    """One name a layer, in words: inputs → layer 1, …"""
    if network.is_linear:
        return ("inputs → output",)
    stops = ["inputs", *(f"layer {layer}" for layer in range(1, network.n_layers)), "output"]
    return tuple(f"{start} → {stop}" for start, stop in pairwise(stops))


def count_weights(weights: Floats, limit: float, n_too_small: int = 0) -> Integers:
    """Shape ``(N_BINS,)``: how many of ``weights`` other than 0 stand in each equal bin from −limit to limit.

    ``n_too_small`` of those at 0 are only too small for their dtype: they stand in the middle.
    """
    counts, _ = np.histogram(weights[weights != 0.0], bins=N_BINS, range=(-limit, limit))
    counts[N_BINS // 2] += n_too_small
    return np.asarray(counts, dtype=np.int64)


def summarize_layers(
    network: Network, parameters: Floats, limits: Float64s, too_small: Booleans | None = None
) -> tuple[LayerSummary, ...]:
    """A summary of each layer; ``limits`` ``(n_layers,)`` are widened in place where a weight lies outside.

    ``too_small`` ``(n_parameters,)`` are those at 0 that no penalty has put there; None when there are none.
    """
    summaries, alive = [], alive_weights(network, parameters, too_small)
    for layer, name in enumerate(layer_names(network)):
        weights = network.weights(parameters, layer).ravel().astype(np.float64)
        sizes = np.abs(weights)
        largest = float(sizes.max(initial=0.0))
        if largest > limits[layer]:
            limits[layer] = round_limit(largest)
        n_at_zero = len(weights) - int(np.count_nonzero(weights))
        n_too_small = 0 if too_small is None else int(np.count_nonzero(network.weights(too_small, layer)))
        counts = count_weights(weights, float(limits[layer]), n_too_small)
        n_alive = int(np.count_nonzero(network.weights(alive, layer)))
        summaries.append(
            LayerSummary(
                name=name,
                n_weights=len(weights),
                n_zero=n_at_zero - n_too_small,
                counts=counts,
                limit=float(limits[layer]),
                l1_norm=float(sizes.sum()),
                l2_norm=float(np.sqrt(np.square(weights).sum())),
                n_too_small=n_too_small,
                n_negligible=len(weights) - (n_at_zero - n_too_small) - n_alive,
            )
        )
    return tuple(summaries)


def columns_out(layers: Sequence[Floats], input_groups: Sequence[int]) -> tuple[int, ...]:
    """Numbers of the columns from none of whose inputs weights other than 0 lead on to an output.

    ``layers`` are the weights of each, ``(n_inputs, n_outputs)``; ``input_groups`` ``(n_inputs,)`` number the columns,
    empty where each input is one. What is never penalised keeps the weights that leave it, also to units that nothing
    leaves any more.
    """
    groups = np.array(input_groups or range(len(layers[0])), dtype=np.int64)
    leads_on = np.ones(np.shape(layers[-1])[1], np.bool_)
    for weights in reversed(layers):
        leads_on = np.any((np.asarray(weights) != 0.0) & leads_on, axis=1)
    return tuple(int(group) for group in np.setdiff1d(groups, groups[leads_on]))


def inputs_without_weights(network: Network, parameters: Floats, too_small: Booleans | None = None) -> tuple[int, ...]:
    """Numbers of the inputs all of whose weights in the first layer are exactly 0; ``too_small`` as above."""
    is_in = network.weights(parameters, 0) != 0.0
    if too_small is not None:
        is_in |= network.weights(too_small, 0)
    is_out = ~np.any(is_in, axis=1)
    return tuple(int(number) for number in np.flatnonzero(is_out))
