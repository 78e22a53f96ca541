"""Names of weights, and which come first: each case worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.model.network import Network
from regdesk.core.weights.by_size import MOST_LISTED, ranking_of
from regdesk.core.weights.choice import first_to_enter, largest_weights
from regdesk.core.weights.counting import LEAST_SIZE, alive_weights
from regdesk.core.weights.names import inputs_named, weight_list, weight_name
from regdesk.core.weights.prior import ERFCX_SWITCH, WeightPrior, erfcx
from regdesk.core.weights.summaries import columns_out, inputs_without_weights, layer_names
from regdesk.core.weights.variables import InputColumns, entry_places

LINEAR = Network((3, 1), "tanh", ())
CLASSES = Network((2, 3), "tanh", ())
SHALLOW = Network((2, 2, 1), "tanh", ())
DEEP = Network((2, 2, 2, 2), "tanh", ())
INPUTS, OUTPUTS = ("age", "town"), ("no", "yes", "perhaps")


@pytest.mark.parametrize(
    ("network", "names"),
    [
        (Network((2, 1), "tanh", ()), ["age", "town"]),
        (CLASSES, ["age → no", "age → yes", "age → perhaps", "town → no", "town → yes", "town → perhaps"]),
        (SHALLOW, ["age → unit 1", "age → unit 2", "town → unit 1", "town → unit 2", "unit 1 → no", "unit 2 → no"]),
        (
            DEEP,
            ["age → unit 1", "age → unit 2", "town → unit 1", "town → unit 2",
             "layer 2: unit 1 → unit 1", "layer 2: unit 1 → unit 2", "layer 2: unit 2 → unit 1",
             "layer 2: unit 2 → unit 2",
             "layer 3: unit 1 → no", "layer 3: unit 1 → yes", "layer 3: unit 2 → no", "layer 3: unit 2 → yes"],
        ),
    ],
)  # fmt: skip
def test_a_weight_is_named_by_its_ends(network: Network, names: list[str]) -> None:
    outputs = OUTPUTS[: network.sizes[-1]]
    found = weight_list(network, INPUTS, outputs)
    assert list(found.names) == names
    assert list(found.positions) == np.flatnonzero(network.is_weight).tolist()
    assert weight_name(network, found.positions[-1], INPUTS, outputs) == names[-1]


def test_layers_are_named_by_their_ends() -> None:
    assert layer_names(LINEAR) == ("inputs → output",)
    assert layer_names(DEEP) == ("inputs → layer 1", "layer 1 → layer 2", "layer 2 → output")
    assert inputs_named("town", INPUTS, ("a", "b")) == (1,)
    assert inputs_named("a", ("a = 1", "a = 2", "c"), ("a", "a", "c")) == (0, 1)
    assert inputs_named("z", INPUTS, ("a", "b")) == ()


def test_the_largest_come_first_and_zeros_apart() -> None:
    values = np.array([[0.1, -0.3], [0.0, 0.0], [0.5, 0.0], [-0.5, 0.2], [0.0, 1e-300]])
    found = ranking_of(values)
    assert (found.listed.tolist(), found.n_more, found.zeros.tolist()) == ([2, 3, 0, 4], 0, [1])
    few = ranking_of(values, 3)
    assert (few.listed.tolist(), few.n_more, few.zeros.tolist()) == ([2, 3, 0], 1, [1])
    many = ranking_of(np.ones((MOST_LISTED + 5, 1)))
    assert (len(many.listed), many.n_more) == (MOST_LISTED, 5)
    assert ranking_of(np.empty((2, 0))).zeros.tolist() == [0, 1]


def test_two_weights_matter_most() -> None:
    path = np.array([[0.0, 0.0, 0.0, 0.0], [0.0, 0.1, 0.0, 0.0], [0.3, 0.1, -0.9, 0.0]])
    assert first_to_enter(path) == (1, 2), "of those that enter together the larger"
    assert first_to_enter(path[:, [0, 3]]) == (0, 1)
    assert first_to_enter(path[:, [3, 3]]) == (0, 1)
    assert first_to_enter(path[:, [0, 2, 1]][:, ::-1]) == (0, 1)
    for too_few in (path[:, :1], path[:, :0]):
        with pytest.raises(ValueError, match="a plane needs two weights"):
            first_to_enter(too_few)


def parameters_of(network: Network, *layers: list[list[float]]) -> np.ndarray:
    found = np.zeros(network.n_parameters)
    for number, values in enumerate(layers):
        network.weights(found, number)[:] = values
    return found


def test_what_leaves_a_unit_counts_for_what_goes_in() -> None:
    assert largest_weights(LINEAR, parameters_of(LINEAR, [[0.1], [-0.9], [0.5]])) == (1, 2)
    carried = parameters_of(SHALLOW, [[1.0, 0.3], [-0.9, -0.4]], [[0.1], [-5.0]])
    assert largest_weights(SHALLOW, carried) == (3, 1)
    thin = Network((1, 1, 2), "tanh", ())
    position = int(np.flatnonzero(thin.is_weight)[2])
    assert largest_weights(thin, parameters_of(thin, [[3.0]], [[0.5, -0.7]])) == (0, position)
    two = Network((2, 1), "tanh", ())
    assert largest_weights(two, parameters_of(two, [[0.0], [1.0]])) == (1, 0)
    with pytest.raises(ValueError, match="a plane needs two weights"):
        largest_weights(Network((1, 1), "tanh", ()), np.zeros(2))


def test_what_is_alive() -> None:
    deep = parameters_of(SHALLOW, [[LEAST_SIZE, -LEAST_SIZE], [0.99 * LEAST_SIZE, 0.0]], [[1.0], [0.0]])
    deep[~SHALLOW.is_weight] = 7.0
    assert np.flatnonzero(alive_weights(SHALLOW, deep)).tolist() == [0, 1, int(SHALLOW.weight_offsets[1])]
    linear = parameters_of(LINEAR, [[1e-300], [0.0], [0.0]])
    assert alive_weights(LINEAR, linear).tolist() == [True, False, False, False]
    too_small = np.array([False, True, False, False])
    assert alive_weights(LINEAR, linear, too_small).tolist() == [True, True, False, False]
    assert inputs_without_weights(LINEAR, linear) == (1, 2)
    assert inputs_without_weights(LINEAR, linear, too_small) == (2,)
    assert inputs_without_weights(SHALLOW, parameters_of(SHALLOW, [[0.0, 0.0], [0.0, 1e-9]], [[1.0], [1.0]])) == (0,)


def test_columns_that_lead_nowhere() -> None:
    first, second = np.array([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]]), np.array([[0.0], [3.0]])
    assert columns_out([first, second], ()) == (0, 2)
    assert columns_out([first, second], (5, 5, 9)) == (9,)
    assert columns_out([first], ()) == (2,)
    assert columns_out([first, np.zeros((2, 1))], ()) == (0, 1, 2)


def test_columns_of_inputs_and_their_places_of_entry() -> None:
    columns = InputColumns.of(["b", "a", "a", "c", "b"])
    assert (columns.names, columns.groups.tolist()) == (("b", "a", "c"), [0, 1, 1, 2, 0])
    found = entry_places(np.array([3, 0, 2, 0, 1]), np.array([4, 0, 5, 0, 2]), ["b", "a", "a", "c", "b"])
    assert found == {"b": (1, 2), "a": (2, 5)}
    same = entry_places(np.array([2, 2]), np.array([3, 9]), ["a", "a"])
    assert same == {"a": (2, 3)}


@pytest.mark.parametrize(
    ("prior", "scale"), [((4.0, 0.0), 0.25), ((0.0, 4.0), 0.5), ((4.0, 100.0), 0.1), ((4.0, 1.0), 0.25)]
)
def test_a_prior_integrates_to_one(prior: tuple[float, float], scale: float) -> None:
    found = WeightPrior(*prior)
    assert found.scale == pytest.approx(scale)
    weights = np.linspace(-12.0, 12.0, 400_001)
    density = found.density(weights)
    assert float(density.sum() * (weights[1] - weights[0])) == pytest.approx(1.0, rel=1e-4)
    assert (found.is_laplace, found.is_gauss) == (prior[1] == 0.0, prior[0] == 0.0)
    places = found.positions(2.0 * scale)
    assert (places[0], places[-1]) == (-2.0 * scale, 2.0 * scale)
    assert (np.diff(places) >= 0).all()
    assert np.abs(places).max() == 2.0 * scale


def test_both_forms_of_erfcx_meet() -> None:
    below, above = np.nextafter(ERFCX_SWITCH, 0.0), ERFCX_SWITCH
    assert erfcx(float(below)) == pytest.approx(erfcx(above), rel=1e-9)
    assert erfcx(0.0) == 1.0
    # 1 / (x √π) · (1 − 1/(2x²) + 3/(4x⁴) − 15/(8x⁶))
    x = 50.0
    series = 1 - 1 / (2 * x**2) + 3 / (4 * x**4) - 15 / (8 * x**6)
    assert erfcx(x) == pytest.approx(series / (x * np.sqrt(np.pi)), rel=1e-12)
