"""Histograms that no set of weights can break, and axis limits that are round and only grow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdesk.core.model.network import Network
from regdesk.core.weights.counting import LEAST_SIZE
from regdesk.core.weights.summaries import N_BINS, columns_out, layer_names, summarize_layers

NETWORK = Network((3, 4, 1), "tanh")


def parameters_with(first_layer):
    parameters = np.zeros(NETWORK.n_parameters)
    NETWORK.weights(parameters, 0)[:] = np.reshape(first_layer, (3, 4))
    return parameters


@pytest.mark.parametrize("value", [0.3, -0.3, 1.0, 5.0, 1e-30, 1e30, 0.0])
def test_all_weights_equal(value):
    summary = summarize_layers(NETWORK, parameters_with(np.full(12, value)), np.ones(2))[0]
    assert summary.counts.sum() == summary.counts.max() == 12 - summary.n_zero == (12 if value else 0)
    # What is too small to matter stands in a bar, and is not alive.
    assert summary.n_alive == (12 if abs(value) >= LEAST_SIZE else 0)
    assert summary.l1_norm == pytest.approx(12 * abs(value))
    assert summary.l2_norm == pytest.approx(np.sqrt(12) * abs(value))
    assert len(summary.counts) == N_BINS
    assert np.isfinite(summary.limit)
    assert summary.limit >= abs(value)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=12, max_size=12), st.sampled_from([np.float32, np.float64]))
def test_counts_add_up_to_the_weights_that_are_not_zero(values, dtype):
    weights = np.array(values, dtype=dtype)
    limits = np.array([0.5, 0.5])
    summary = summarize_layers(NETWORK, parameters_with(values).astype(dtype), limits)[0]
    assert summary.n_zero == np.sum(weights == 0)
    assert summary.n_alive == np.sum(np.abs(weights) >= LEAST_SIZE)
    assert summary.n_alive + summary.n_negligible == np.sum(weights != 0) == summary.counts.sum()
    assert summary.l1_norm == pytest.approx(np.abs(weights.astype(float)).sum(), rel=1e-9)
    assert summary.l2_norm == pytest.approx(np.linalg.norm(weights.astype(float)), rel=1e-9)
    assert limits[0] == summary.limit >= np.abs(weights).max()
    assert limits[1] == 0.5, "a layer of zeros asks for no room"


def test_limits_never_shrink():
    limits = np.ones(2)
    assert summarize_layers(NETWORK, parameters_with(np.full(12, 3.0)), limits)[0].limit == 5.0
    assert summarize_layers(NETWORK, parameters_with(np.full(12, 0.01)), limits)[0].limit == 5.0


def test_near_zeros_of_both_signs_stand_in_the_middle_bin():
    weights = np.zeros(12)
    weights[:4] = [1e-9, -1e-9, 0.9, -0.9]
    counts = summarize_layers(NETWORK, parameters_with(weights), np.ones(2))[0].counts
    assert counts[N_BINS // 2] == 2
    assert counts.sum() == 4


def test_biases_are_not_weights():
    parameters = parameters_with(np.zeros(12))
    NETWORK.biases(parameters, 0)[:] = 9.0
    assert all(summary.n_alive == 0 for summary in summarize_layers(NETWORK, parameters, np.ones(2)))


def test_layer_names():
    assert layer_names(Network((3, 1), "tanh")) == ("inputs → output",)
    expected = ("inputs → layer 1", "layer 1 → layer 2", "layer 2 → output")
    assert layer_names(Network((3, 4, 5, 1), "tanh")) == expected


@pytest.mark.parametrize(("groups", "columns"), [((), (0, 2)), ((0, 1, 1), (0,)), ((1, 1, 0), (0,)), ((0, 0, 0), ())])
def test_a_column_is_out_when_all_of_its_inputs_are(groups, columns):
    network = Network((3, 4, 1), "tanh", groups)
    first = np.array([[0] * 4, [0, 0, -1e-30, 0], [0] * 4])
    assert columns_out([first, np.ones((4, 1))], network.input_groups) == columns
    # What leads to a unit that nothing leaves leads nowhere.
    nowhere = np.array([[1], [1], [0], [1]])
    for layers in ([0.0 * first, np.ones((4, 1))], [first, nowhere], [first, np.ones((4, 2)), np.zeros((2, 1))]):
        assert columns_out(layers, network.input_groups) == tuple(range(len(set(groups)) or 3))
