"""Where parameters stand, what a seed gives, and the digest of it."""

from __future__ import annotations

import hashlib
import struct

import numpy as np
import pytest
from reference import group_labels, unpack, weight_mask

from regdesk.core.model.network import Network, weights_digest
from regdesk.core.types import Architecture


@pytest.mark.parametrize("n_outputs", [1, 3, 12])
@pytest.mark.parametrize("hidden", [(), (1,), (5,), (7, 3), (16, 16, 2)])
def test_layout_is_weights_then_biases_layer_by_layer(hidden, n_outputs):
    network = Network.of(Architecture(hidden), 4, n_outputs, [2, 2, 0, 1])
    assert network.sizes == (4, *hidden, n_outputs)
    parameters = np.arange(float(network.n_parameters))
    layers = unpack(parameters, network.sizes)
    assert network.n_layers == len(layers) == len(hidden) + 1
    for number, (weights, biases) in enumerate(layers):
        np.testing.assert_array_equal(network.weights(parameters, number), weights)
        np.testing.assert_array_equal(network.biases(parameters, number), biases)
    np.testing.assert_array_equal(network.is_weight, weight_mask(network.sizes))
    assert network.n_weights == sum(weights.size for weights, _ in layers)
    assert network.is_linear == (not hidden)
    labels = group_labels(network.sizes, (2, 2, 0, 1))[network.is_weight]
    np.testing.assert_array_equal(np.repeat(np.arange(labels.max() + 1), np.diff(network.group_bounds)), labels)


def test_views_of_layers_are_alive():
    network = Network((2, 3, 1), "tanh")
    parameters = np.zeros(network.n_parameters)
    network.weights(parameters, 0)[1, 2] = 7.0
    network.biases(parameters, 1)[0] = 8.0
    assert np.flatnonzero(parameters).tolist() == [5, 12]


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_initial_parameters_are_the_seeds_and_of_the_right_spread(activation):
    network = Network((60, 50, 40, 1), activation)
    first, again, other = (network.initial_parameters(seed, [0.7]) for seed in (3, 3, 4))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()
    for layer, fan_in, fan_out in [(0, 60, 50), (1, 50, 40), (2, 40, 1)]:
        weights = network.weights(first, layer)
        is_relu = activation == "relu" and layer < 2
        deviation = np.sqrt(2.0 / fan_in) if is_relu else np.sqrt(2.0 / (fan_in + fan_out))
        assert np.abs(weights).max() <= deviation * np.sqrt(3.0)
        # 40 uniform draws at the least: their deviation has a standard error of 7 %.
        assert weights.std() == pytest.approx(deviation, rel=0.2 if layer == 2 else 0.05)
        assert network.biases(first, layer).tolist() == ([0.7] if layer == 2 else [0.0] * fan_out)


def test_every_output_begins_at_its_own_bias():
    network = Network((4, 5, 3), "tanh")
    parameters = network.initial_parameters(0, np.array([0.1, -0.4, 0.3]))
    assert network.biases(parameters, 1).tolist() == [0.1, -0.4, 0.3]
    assert network.weights(parameters, 1).shape == (5, 3)
    assert network.weights(parameters, 1).any(axis=0).all()


def test_the_first_weights_of_a_seed_are_the_same_in_every_version():
    """Digests are promised for a file, a seed and a version; this says when a version changed them."""
    parameters = Network((2, 1), "tanh").initial_parameters(0, [0.0])
    generator = np.random.default_rng(0)
    expected = generator.uniform(-np.sqrt(2.0), np.sqrt(2.0), 2)
    np.testing.assert_array_equal(parameters, [*expected, 0.0])


@pytest.mark.parametrize(("dtype", "code"), [(np.float32, "f"), (np.float64, "d")])
def test_digest_is_of_little_endian_bytes_of_the_dtype(dtype, code):
    values = [0.5, -1.25, 3.0]
    expected = hashlib.sha256(struct.pack(f"<3{code}", *values)).hexdigest()
    assert weights_digest(np.array(values, dtype=dtype)) == expected
    big_endian = np.array(values, dtype=np.dtype(dtype).newbyteorder(">"))
    assert weights_digest(big_endian) == expected
