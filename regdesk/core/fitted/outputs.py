"""What a network answers for a row: in double precision, and to the last bit the same in whatever company of rows."""

from __future__ import annotations

import numpy as np

from regdesk.core.model.network import Network
from regdesk.core.types import Float64s, Floats

ROWS_AT_ONCE = 1024
"""Of 16 units they take 128 KB, which stays in the processor's cache."""


def network_outputs(network: Network, parameters: Floats, inputs: Float64s) -> Float64s:
    """Outputs ``(n_rows, n_outputs)`` of standardised ``inputs`` ``(n_rows, n_inputs)``.

    Parameters of whatever dtype are taken as they are stored. A product of matrices adds in an order that depends on
    how many rows there are, and its last digits with it; here each row's terms are added in the order of the inputs.
    """
    found = np.empty((len(inputs), network.sizes[-1]))
    for start in range(0, len(inputs), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        sums = _sums_of_layer(network, parameters, 0, np.ascontiguousarray(inputs[rows].T))
        found[rows] = _outputs_of_block(network, parameters, sums)
    return found


def outputs_of_sums(network: Network, parameters: Floats, sums: Float64s) -> Float64s:
    """Outputs ``(n_rows, n_outputs)`` of what reaches the first layer's units, ``sums`` ``(n_rows, n_units)``.

    Biases are in these sums already. They are the outputs where there is no hidden layer.
    """
    found = np.empty((len(sums), network.sizes[-1]))
    for start in range(0, len(sums), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        found[rows] = _outputs_of_block(network, parameters, np.ascontiguousarray(sums[rows].T))
    return found


def _outputs_of_block(network: Network, parameters: Floats, sums: Float64s) -> Float64s:
    """Of the first layer's ``sums`` ``(n_units, n_rows)``."""
    for layer in range(1, network.n_layers):
        values = np.tanh(sums) if network.activation == "tanh" else np.maximum(sums, 0.0)
        sums = _sums_of_layer(network, parameters, layer, values)
    return sums.T


def _sums_of_layer(network: Network, parameters: Floats, layer: int, values: Float64s) -> Float64s:
    weights = network.weights(parameters, layer).astype(np.float64)
    return _weighted_sums(values, weights, network.biases(parameters, layer).astype(np.float64))


def _weighted_sums(values: Float64s, weights: Float64s, biases: Float64s) -> Float64s:
    """``(n_units, n_rows)`` of ``values`` ``(n_inputs, n_rows)``, ``weights`` ``(n_inputs, n_units)`` and biases."""
    sums = np.zeros((weights.shape[1], values.shape[1]))
    terms = np.empty_like(sums)
    # Of a sparse model most inputs have no weight; of finite inputs they would add 0.
    for place in np.flatnonzero(weights.any(axis=1)).tolist():
        np.multiply(weights[place][:, np.newaxis], values[place], out=terms)
        sums += terms
    return sums + biases[:, np.newaxis]
