"""Which two weights a comparison of penalties is drawn over: those that show the corner of L1's diamond."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from regdesk.core.geometry.compared_pair import ComparedPair
from regdesk.core.model.network import Network
from regdesk.core.types import TrainSettings

NETWORK = Network((1, 3, 2, 1), "tanh")
WEIGHTS = np.flatnonzero(NETWORK.is_weight)
NOBODY = (None, None)


def model(gradient: float = 0.0, **weights: float) -> Any:
    """Of the weights named by their place among all weights: ``w0=1.0``; a pull of ``gradient`` on all of them."""
    parameters = np.zeros(NETWORK.n_parameters)
    for name, value in weights.items():
        parameters[WEIGHTS[int(name[1:])]] = value
    return SimpleNamespace(
        settings=TrainSettings("l1", 0.1),
        parameters=parameters,
        weights=parameters[NETWORK.is_weight],
        gradient=np.full(NETWORK.n_parameters, gradient),
    )


def test_one_weight_is_alive_and_the_other_at_zero_and_both_enter_one_unit() -> None:
    # Places 0 to 2 enter layer 1, 3 to 8 layer 2 row by row, 9 and 10 the output. 3 and 5 enter the same unit.
    lasso = model(0.05, w0=0.8, w3=1.0, w9=0.9)
    ridge = model(w0=0.7, w3=0.6, w9=0.7, w1=0.6, w5=0.6, w6=0.6)
    pair = ComparedPair(NETWORK).of(1, NOBODY, lasso, ridge, lasso)
    assert pair == (WEIGHTS[3], WEIGHTS[5])


def test_a_zero_that_the_loss_does_not_feel_comes_last() -> None:
    lasso, ridge = model(w0=0.9, w3=1.0), model(w0=0.9, w3=0.9, w5=0.8, w6=0.3)
    lasso.gradient[WEIGHTS[6]] = 0.05
    assert ComparedPair(NETWORK).of(1, NOBODY, lasso, ridge, lasso) == (WEIGHTS[3], WEIGHTS[6])


def test_a_weight_that_the_elastic_net_has_at_zero_too_gives_way_to_one_that_it_leaves_alive() -> None:
    # Both corners are then seen in two of the three pictures, and not in one.
    lasso, ridge = model(0.05, w3=1.0, w6=0.9), model(w3=0.9, w4=0.8, w5=0.8, w6=0.9, w8=0.8)
    pair = ComparedPair(NETWORK)
    assert pair.of(1, NOBODY, lasso, ridge, lasso)[0] == WEIGHTS[3]
    under_both = model(0.05, w6=0.9)
    assert ComparedPair(NETWORK).of(1, NOBODY, lasso, ridge, under_both)[0] == WEIGHTS[6]


def test_where_l1_has_all_at_zero_they_are_the_largest_under_l2() -> None:
    lasso, ridge = model(), model(w4=0.5, w8=-0.6, w9=0.1)
    assert set(ComparedPair(NETWORK).of(1, NOBODY, lasso, ridge, lasso)) == {WEIGHTS[4], WEIGHTS[8]}


@pytest.mark.parametrize(("fixed", "other"), [(3, 5), (5, 3)], ids=["alive", "zero"])
def test_an_axis_that_was_chosen_by_hand_is_kept(fixed: int, other: int) -> None:
    lasso, ridge = model(0.05, w0=0.9, w3=1.0), model(w0=0.9, w3=0.9, w1=0.8, w5=0.8)
    pair, one = ComparedPair(NETWORK), int(WEIGHTS[fixed])
    assert pair.of(1, (one, None), lasso, ridge, lasso) == (one, WEIGHTS[other])
    assert pair.of(1, (None, one), lasso, ridge, lasso) == (WEIGHTS[other], one)
    by_hand = int(WEIGHTS[7]), int(WEIGHTS[8])
    assert pair.of(1, by_hand, lasso, ridge, lasso) == by_hand


def test_the_pair_stands_while_it_is_nearly_as_good_and_goes_when_its_zero_comes_alive() -> None:
    pair = ComparedPair(NETWORK)
    lasso, ridge = model(0.05, w3=1.0), model(w3=0.9, w5=0.8, w7=0.7)
    assert pair.of(1, NOBODY, lasso, ridge, lasso) == (WEIGHTS[3], WEIGHTS[5])
    moved = model(w3=0.9, w5=0.7, w7=0.8)
    assert pair.of(1, NOBODY, lasso, moved, lasso) == (WEIGHTS[3], WEIGHTS[5])
    alive = model(0.05, w3=1.0, w5=0.01)
    assert pair.of(1, NOBODY, alive, moved, alive) == (WEIGHTS[3], WEIGHTS[7])


def test_models_that_are_not_finite_have_a_pair_all_the_same() -> None:
    lost = model(w3=np.nan, w4=np.inf)
    one, other = ComparedPair(NETWORK).of(1, NOBODY, lost, lost, lost)
    assert one != other
    assert {one, other} <= set(WEIGHTS)
