"""Why a weight is zero under penalty factors: the threshold that is said is the one that holds it."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.geometry.tangency import zero_reason
from regdesk.core.geometry.unfelt import with_cause
from regdesk.core.model.elastic_net import ElasticNet
from regdesk.core.model.group_lasso import GroupLasso
from regdesk.core.model.network import Network
from regdesk.core.model.penalty import Penalty
from regdesk.core.words.zero_words import zero_words

FACTORS = np.array([0.0, 2.5, 1.0])
NEVER = "Its input is never penalised (penalty factor F = 0): nothing holds"
# A stranger read "held up to λ" as a bound on the weight: it is one on the pull, and says so.
HOLDS = "the penalty holds pulls up to"
HOLDS_NOT = "the penalty holds no pull above"
PULL = "The pull is the slope of the data loss."


def words(penalty: Penalty, weights: list[float], gradient: list[float], position: int) -> str:
    return zero_words(zero_reason(penalty, np.array(weights), np.array(gradient), position))


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_a_weight_that_is_never_penalised_is_held_by_nothing_at_any_l1_share(l1_ratio: float) -> None:
    penalty = ElasticNet(0.1, l1_ratio, FACTORS)
    assert words(penalty, [0.3, 0.0, 0.0], [0.0] * 3, 0) == f"{NEVER} a weight at zero, whatever λ is."
    assert words(penalty, [0.0] * 3, [0.2, 0.0, 0.0], 0) == (
        f"{NEVER} a weight at zero. It is there because it was there before, and leaves while the loss pulls on it."
    )


def test_the_threshold_is_said_as_a_product_with_the_factor() -> None:
    lasso, net = ElasticNet(0.1, 1.0, FACTORS), ElasticNet(0.1, 0.5, FACTORS)
    pulls = [0.0, -0.2, 0.2]
    assert words(lasso, [0.0] * 3, pulls, 1) == (
        f"It is zero because the loss pulls on it with 0.2, and {HOLDS} F × λ = 2.5 × 0.1 = 0.25. {PULL}"
    )
    assert words(net, [0.0] * 3, pulls, 1) == (
        f"It is zero but will leave: the loss pulls on it with 0.2, and {HOLDS_NOT} "
        f"F × L1 share × λ = 2.5 × 0.05 = 0.125. {PULL}"
    )
    assert words(lasso, [0.0, 1.0, 0.0], pulls, 1).endswith("pulled with exactly F × λ = 2.5 × 0.1 = 0.25.")
    assert words(net, [0.0, 1.0, 0.0], pulls, 1).endswith(
        "pulled with exactly F × L1 share × λ = 2.5 × 0.05 = 0.125 and the pull of L2 together."
    )
    assert words(lasso, [0.0] * 3, pulls, 2).endswith(f"with 0.2, and {HOLDS_NOT} λ = 0.1. {PULL}")


def test_groups_have_their_factor_too() -> None:
    groups = GroupLasso(0.1, np.array([0, 4, 5, 7]), FACTORS)
    weights, pulls = [0.0] * 7, [0.0, 0.0, 0.0, 0.0, 0.1, 0.03, 0.04]
    assert words(groups, weights, pulls, 2).startswith(f"{NEVER} its group at zero. It is there because")
    assert words(groups, weights, pulls, 4) == (
        f"It is zero because the loss pulls on its group of one weight with 0.1, and {HOLDS} "
        f"F × λ√1 = 2.5 × 0.1 = 0.25. {PULL}"
    )
    assert words(groups, weights, pulls, 5).endswith(f"group of 2 weights with 0.05, and {HOLDS} λ√2 = 0.141. {PULL}")


def test_a_network_s_zero_that_the_loss_does_not_feel_says_what_is_missing() -> None:
    network = Network((1, 2, 2, 1), "tanh")
    parameters = np.zeros(network.n_parameters)
    first, second, last = (int(offset) for offset in network.weight_offsets)
    parameters[[first, second, last]] = 1.0
    weights, pulls = parameters[network.is_weight], np.zeros(network.n_weights)

    def said(position: int) -> str:
        place = int(network.is_weight[:position].sum())
        reason = zero_reason(ElasticNet(0.1, 1.0), weights, pulls, place)
        return zero_words(with_cause(reason, network, parameters, position))

    start = "It is zero, and the loss does not feel it: "
    end = f". {HOLDS[0].upper()}{HOLDS[1:]} λ = 0.1. {PULL}"
    # Into the unit that nothing leaves; out of the one that nothing enters; and where both ends are alive.
    assert said(first + 1) == f"{start}its unit leads nowhere{end}"
    assert said(second + 2) == f"{start}its unit gets nothing from the inputs{end}"
    pulls[:] = 0.05
    assert said(first + 1).startswith("It is zero because the loss pulls on it with 0.05")
    pulls[:] = 0.0
    assert said(first).startswith("It is not zero")
