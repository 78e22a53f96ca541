"""Which inputs a selection means in a model, also in one that is not the selection's own."""

from __future__ import annotations

import pytest

from regdesk.core.model.network import Network
from regdesk.core.types import Architecture
from regdesk.views.plots.selecting_frame import inputs_in

NAMES = ("size", "age", "age=old")


@pytest.mark.parametrize("hidden", [(), (4,)])
def test_a_weight_selects_the_input_that_it_leaves_and_nothing_where_the_model_has_none_there(
    hidden: tuple[int, ...],
) -> None:
    network = Network.of(Architecture(hidden), len(NAMES), 1)
    n_first = len(NAMES) * (hidden[0] if hidden else 1)
    of_first = [inputs_in(("weight", position), NAMES, network=network) for position in range(n_first)]
    assert of_first == [(position // (n_first // len(NAMES)),) for position in range(n_first)]
    # A calculator has the model of the data before until the new ones have answered.
    for position in range(n_first, network.n_parameters + 40):
        assert inputs_in(("weight", position), NAMES, network=network) == ()
