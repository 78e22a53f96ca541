"""Which two weights stand on the axes where nobody has chosen any: those that show why a corner makes zeros."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from regdesk.core.geometry.corner_pair import DefaultPairs, corner_pair
from regdesk.core.geometry.view import DefaultPair
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_for
from regdesk.core.types import TrainSettings

LINEAR = Network((4, 1), "tanh")
DEEP = Network((2, 3, 1), "tanh")
LASSO = TrainSettings("l1", 0.1)


def model(network: Network, weights: list[float], pulls: list[float], settings: TrainSettings = LASSO) -> Any:
    gradient = np.zeros(network.n_parameters)
    gradient[network.is_weight] = pulls
    parameters = np.zeros(network.n_parameters)
    parameters[network.is_weight] = weights
    return SimpleNamespace(
        penalty=penalty_for(settings, network), weights=np.array(weights), parameters=parameters, gradient=gradient
    )


def test_one_is_alive_and_the_other_a_zero_that_the_loss_pulls_on() -> None:
    found = corner_pair(LINEAR, model(LINEAR, [0.2, 0.9, 0.0, 0.0], [0.1, -0.1, 0.03, -0.08]))
    assert found == DefaultPair(1, 3, shows_corner=True)


@pytest.mark.parametrize(
    ("weights", "pulls", "settings"),
    [
        ([0.2, 0.9, 0.1, 0.3], [0.1] * 4, LASSO),
        ([0.0, 0.0, 0.0, 0.0], [0.05] * 4, LASSO),
        ([0.2, 0.9, 0.0, 0.0], [0.1, 0.1, 0.001, 0.0], LASSO),
        ([0.2, 0.9, 0.0, 0.0], [0.1, 0.1, 0.05, 0.05], TrainSettings("l2", 0.1)),
        ([0.2, 0.9, 0.0, 0.0], [0.1, 0.1, 0.05, 0.05], TrainSettings("l1", 0.0)),
    ],
    ids=["all alive", "all zero", "not felt", "a disc", "no pressure"],
)
def test_without_a_corner_that_holds_anything_there_is_none(
    weights: list[float], pulls: list[float], settings: TrainSettings
) -> None:
    assert corner_pair(LINEAR, model(LINEAR, weights, pulls, settings)) is None


def test_of_a_network_both_enter_one_unit_of_the_first_layer_that_has_such_a_pair() -> None:
    # Rows are sources: places 0 to 2 leave input 1, 3 to 5 input 2; 6 to 8 go to the output.
    weights = [0.9, 0.8, 0.0, 0.0, 0.0, 0.0, 1.5, 0.7, 0.0]
    pulls = [0.1, 0.1, 0.0, 0.02, 0.09, 0.0, 0.1, 0.1, 0.09]
    places = np.flatnonzero(DEEP.is_weight)
    assert corner_pair(DEEP, model(DEEP, weights, pulls)) == DefaultPair(int(places[1]), int(places[4]), True)
    weights[3], weights[4] = 0.3, 0.4
    assert corner_pair(DEEP, model(DEEP, weights, pulls)) == DefaultPair(int(places[6]), int(places[8]), True)


class Asked:
    """The pairs of a linear model that is asked for picture after picture."""

    def __init__(self, network: Network = LINEAR) -> None:
        self.network, self.pairs = network, DefaultPairs(network)

    def of(self, weights: list[float], is_still: bool = True, slope: float = 0.1, **other: Any) -> DefaultPair:
        parameters = np.zeros(self.network.n_parameters)
        parameters[self.network.is_weight] = weights
        known = {"run": 1, "brought_back": None, "is_earlier": False} | other
        # At rest the pull on what is alive is what λ holds; it pulls the other way.
        pulls = [-slope if weight else 0.05 for weight in weights]
        request: Any = SimpleNamespace(parameters=parameters, **known)
        return self.pairs.of(request, is_still, lambda: model(self.network, weights, pulls), lambda: (0, 1))


def test_the_first_pair_at_rest_that_shows_a_corner_stays_where_it_is() -> None:
    asked, alive = Asked(), [1.0, 0.9, 0.8, 0.7]
    assert asked.of(alive) == DefaultPair(0, 1, shows_corner=False)
    dead = [1.0, 0.9, 0.0, 0.7]
    assert asked.of(dead, is_still=False) == DefaultPair(0, 1, shows_corner=False), "nothing changes under a hand"
    assert asked.of(dead, is_earlier=True) == DefaultPair(0, 1, shows_corner=False), "nor by a look back"
    corner = asked.of(dead)
    assert corner == DefaultPair(0, 2, shows_corner=True)
    # As λ falls and rises the point leaves the corner and comes back, which is to be seen.
    for weights in (alive, [1.0, 0.0, 0.8, 0.7], [0.0] * 4, alive):
        assert asked.of(weights) is corner
    assert asked.of([0.0, 0.9, 0.0, 0.7]) == DefaultPair(1, 0, shows_corner=True), "where both are gone"


def test_a_corner_of_a_model_that_still_moves_gives_way_when_it_is_left() -> None:
    asked, moving = Asked(), 0.02
    early = asked.of([1.0, 0.9, 0.0, 0.7], slope=moving)
    assert early == DefaultPair(0, 2, shows_corner=False)
    # While it stands in the corner another one does not take its place.
    assert asked.of([1.0, 0.0, 0.0, 0.7], slope=moving) == early
    late = asked.of([1.0, 0.9, 0.3, 0.0], slope=moving)
    assert late == DefaultPair(0, 3, shows_corner=False)
    settled = asked.of([1.0, 0.9, 0.3, 0.0])
    assert settled == DefaultPair(0, 3, shows_corner=True)
    assert asked.of([1.0, 0.9, 0.3, 0.2]) is settled


def test_a_linear_model_keeps_it_in_another_run_and_a_network_does_not() -> None:
    corner = [1.0, 0.9, 0.0, 0.7]
    linear, deep = Asked(), Asked(DEEP)
    assert linear.of(corner) is linear.of([1.0, 0.9, 0.8, 0.7], run=2)
    assert deep.of(corner + [1.0] * 5).shows_corner
    assert not deep.of([1.0] * 9, run=2).shows_corner


def test_what_is_brought_back_takes_its_place_once() -> None:
    asked, kept = Asked(), DefaultPair(3, 1, shows_corner=True)
    assert asked.of([1.0, 0.9, 0.0, 0.7]).first == 0
    assert asked.of([1.0, 0.9, 0.0, 0.7], brought_back=kept) is kept
    # Both of it are gone: it gives way, and the same request does not bring it back again.
    other = asked.of([1.0, 0.0, 0.3, 0.0], brought_back=kept)
    assert other == DefaultPair(0, 1, shows_corner=True)
    assert asked.of([1.0, 0.0, 0.3, 0.7], brought_back=kept) is other
