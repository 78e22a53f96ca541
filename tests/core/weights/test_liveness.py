"""Which inputs and units are alive, against a walk along every single chain of weights."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from regdesk.core.model.network import Network
from regdesk.core.types import Float64s
from regdesk.core.weights.counting import LEAST_SIZE, alive_weights
from regdesk.core.weights.liveness import by_column, input_importance, liveness_of
from regdesk.core.weights.parts import weights_of_inputs, weights_of_unit
from regdesk.core.weights.summaries import summarize_layers
from regdesk.core.words.zero_words import layer_zeros_text

SIZES = [(4, 1), (3, 2), (5, 3, 1), (4, 3, 3, 2)]


def sparse(network: Network, seed: int) -> Float64s:
    generator = np.random.default_rng(seed)
    parameters = generator.normal(size=network.n_parameters)
    parameters[network.is_weight & (generator.uniform(size=network.n_parameters) < 0.65)] = 0.0
    return parameters


def chains(network: Network) -> list[tuple[int, ...]]:
    """Every way from an input to an output."""
    return list(product(*(range(size) for size in network.sizes)))


def product_along(network: Network, parameters: Float64s, chain: tuple[int, ...]) -> float:
    found = 1.0
    for layer in range(network.n_layers):
        found *= abs(float(network.weights(parameters, layer)[chain[layer], chain[layer + 1]]))
    return found


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("seed", range(4))
def test_alive_is_what_a_chain_of_weights_goes_through(sizes: tuple[int, ...], seed: int) -> None:
    network = Network(sizes, "tanh")
    parameters = sparse(network, seed)
    found = liveness_of(network, parameters)
    through = [set() for _ in sizes]
    importance = np.zeros(sizes[0])
    for chain in chains(network):
        weight = product_along(network, parameters, chain)
        importance[chain[0]] += weight
        if weight:
            for own, number in zip(through, chain, strict=True):
                own.add(number)
    assert set(np.flatnonzero(found.inputs)) == through[0]
    for layer, units in enumerate(found.units, start=1):
        # Whole chains, so that what enters from nowhere and what leads nowhere are both dead.
        assert set(np.flatnonzero(units)) == through[layer]
    assert found.n_out == sizes[0] - len(through[0])
    assert found.n_dead == tuple(size - len(own) for size, own in zip(sizes[1:-1], through[1:-1], strict=True))
    np.testing.assert_allclose(input_importance(network, parameters), importance, rtol=1e-12)


def test_what_enters_from_nowhere_is_told_from_what_leads_nowhere() -> None:
    network = Network((2, 3, 1), "tanh")
    parameters = np.ones(network.n_parameters)
    network.weights(parameters, 0)[:, 0] = 0.0
    network.weights(parameters, 1)[1] = 0.0
    found = liveness_of(network, parameters)
    assert found.units[0].tolist() == [False, False, True]
    assert found.reached[0].tolist() == [False, True, True]
    # Biases, which are all 1 here, make nothing alive.
    assert found.n_out == 0


def test_weights_too_small_for_their_dtype_are_alive_in_a_linear_model_alone() -> None:
    network = Network((2, 1), "tanh")
    parameters, too_small = np.zeros(network.n_parameters), np.zeros(network.n_parameters, np.bool_)
    network.weights(too_small, 0)[1, 0] = True
    assert liveness_of(network, parameters, too_small).inputs.tolist() == [False, True]
    assert alive_weights(network, parameters + 1e-12).tolist() == [True, True, False]
    network = Network((2, 2, 1), "tanh")
    parameters = np.full(network.n_parameters, 0.9 * LEAST_SIZE)
    assert not liveness_of(network, parameters, network.is_weight).inputs.any()
    network.weights(parameters, 0)[0, 1] = network.weights(parameters, 1)[1, 0] = -LEAST_SIZE
    found = liveness_of(network, parameters)
    assert (found.inputs.tolist(), found.units[0].tolist()) == ([True, False], [False, True])


def test_a_layer_counts_what_is_zero_what_is_too_small_and_what_is_alive() -> None:
    network = Network((3, 2, 1), "relu")
    parameters, too_small = np.ones(network.n_parameters), np.zeros(network.n_parameters, np.bool_)
    network.weights(parameters, 0)[:] = [[0.0, 0.0], [1e-9, -1e-20], [0.5, 0.0]]
    network.weights(too_small, 0)[0, 0] = True
    first, second = summarize_layers(network, parameters, np.ones(2), too_small)
    assert (first.n_zero, first.n_too_small, first.n_negligible, first.n_alive) == (2, 1, 3, 1)
    assert (second.n_zero, second.n_negligible, second.n_alive) == (0, 0, 2)
    assert layer_zeros_text(first, "float32") == (
        "2 of 6 weights are exactly zero\n3 more are too small to matter: below 1e-6, 1 of them too small for float32"
    )


def test_sums_over_columns_and_places_of_parts() -> None:
    assert by_column(np.array([1.0, 2.0, 4.0]), (0, 0, 1)).tolist() == [3.0, 4.0]
    assert by_column(np.array([1.0, 2.0]), ()).tolist() == [1.0, 2.0]
    network = Network((3, 2, 2, 1), "relu")
    numbered = np.arange(network.n_parameters)
    assert weights_of_inputs(network, [2, 0]).tolist() == [
        *network.weights(numbered, 0)[2],
        *network.weights(numbered, 0)[0],
    ]
    assert weights_of_unit(network, 2, 1).tolist() == [
        *network.weights(numbered, 1)[:, 0],
        *network.weights(numbered, 2)[0],
    ]
    for position in np.flatnonzero(network.is_weight):
        layer, source, unit = network.ends_of(int(position))
        assert network.weights(numbered, layer)[source, unit] == position
