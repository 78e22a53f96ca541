"""What a network's sweep says while it still looks for its largest λ."""

from __future__ import annotations

import numpy as np
import pytest
from fold_datasets import make_dataset

from regdesk.core.networks.path import NetworkPlan, network_sweep
from regdesk.core.types import Architecture, TrainSettings

pytestmark = pytest.mark.usefixtures("engine")


def test_at_first_there_is_no_lambda_and_no_phase() -> None:
    generator = np.random.default_rng(3)
    inputs = generator.normal(size=(40, 2))
    whole = make_dataset(inputs, inputs[:, 0] - inputs[:, 1], np.arange(30), np.arange(30, 40))
    sweep = network_sweep(whole, [], Architecture((2,)), TrainSettings("l1"), NetworkPlan(n_lambdas=3))
    first = next(sweep)
    sweep.close()
    assert (first.lambdas.shape, first.points, first.changed) == ((0,), (), ())
    assert (first.n_done, first.n_units, first.phase, first.is_done) == (0, 0, 0, False)
