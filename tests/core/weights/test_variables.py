"""What each column of the data is to a model."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.model.network import Network
from regdesk.core.weights.variables import InputColumns, entry_places, variable_figures

COLUMNS = ("age", "colour", "colour", "colour", "size")


def test_of_a_linear_model_it_is_the_weight_and_its_sign() -> None:
    network = Network((5, 1), "tanh", (0, 1, 1, 1, 2))
    parameters = np.array([-2.0, 0.5, 0.0, -0.25, 0.0, 9.0])
    found = variable_figures(network, parameters, InputColumns.of(COLUMNS))
    assert found.names == ("age", "colour", "size")
    assert found.importance.tolist() == [2.0, 0.75, 0.0]
    assert found.signs == ("−", "±", "")
    assert found.is_alive.tolist() == [True, True, False]


@pytest.mark.parametrize("sizes", [(5, 3), (5, 4, 1)])
def test_other_models_have_no_sign(sizes: tuple[int, ...]) -> None:
    network = Network(sizes, "tanh", (0, 1, 1, 1, 2))
    parameters = np.random.default_rng(2).normal(size=network.n_parameters)
    network.weights(parameters, 0)[4] = 0.0
    found = variable_figures(network, parameters, InputColumns.of(COLUMNS))
    assert set(found.signs) == {""}
    matrix = np.abs(network.weights(parameters, 0))
    if network.n_layers > 1:
        matrix = matrix @ np.abs(network.weights(parameters, 1))
    sums = matrix.sum(axis=1)
    np.testing.assert_allclose(found.importance, [sums[0], sums[1:4].sum(), 0.0], rtol=1e-12)
    assert found.is_alive.tolist() == [True, True, False]


def test_a_column_enters_with_its_first_input() -> None:
    earliest, latest = np.array([2, 0, 4, 3, 0]), np.array([2, 0, 5, 3, 0])
    assert entry_places(earliest, latest, COLUMNS) == {"age": (2, 2), "colour": (3, 3)}
