"""What a snapshot says of the next step is what the engine then does, weight by weight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from trainers import make_trainer

from regdesk.core.run.next_step import NextStep, weight_step
from regdesk.core.types import TrainSettings

BASE = TrainSettings("l1", 0.05, 0.4, "adam", 0.01, 0)
PRESSURES = [("l1", 0.05), ("l2", 30.0), ("elastic-net", 0.1), ("group-lasso", 0.02), ("none", 1.0)]


@pytest.mark.parametrize("optimizer", ["adam", "momentum", "sgd"])
@pytest.mark.parametrize("hidden", [(), (4,)], ids=["linear", "network"])
def test_every_parameter_goes_where_its_step_says(hidden, optimizer):
    trainer = make_trainer(hidden, n_classes=3)
    for penalty, lam in PRESSURES:
        # λ and the penalty change under way: Adam's floor is raised, and comes down.
        settings = replace(BASE, penalty=penalty, lam=lam, optimizer=optimizer)
        for n_steps in (1, 7):
            trainer.advance(settings, n_steps)
            snapshot = trainer.snapshot(settings)
            parameters = snapshot.parameters
            steps = [
                weight_step(snapshot.network, parameters, settings, snapshot.next_step, position)
                for position in range(snapshot.network.n_parameters)
            ]
            trainer.advance(settings, 1)
            after = trainer.parameters.astype(float)
            assert [one.before for one in steps] == pytest.approx(parameters.astype(float))
            exact = 1e-9 if not hidden else 2e-5
            assert [one.after for one in steps] == pytest.approx(after, rel=exact, abs=0.01 * exact)
            # The same weights are exactly zero.
            assert [one.after == 0.0 for one in steps] == (after == 0.0).tolist()
    assert trainer.parameters.any()


def test_a_model_that_was_put_at_its_minimum_takes_the_small_steps_that_are_told():
    trainer = make_trainer(())
    settings = replace(BASE, penalty="none")
    trainer.load(np.array([0.0, 0.0, 0.0, 0.0]), settings, "from nowhere")
    inputs = trainer.dataset.standardized_inputs(trainer.dataset.split.train)
    design = np.column_stack([inputs, np.ones(len(inputs))])
    targets = trainer.dataset.standardized_targets(trainer.dataset.split.train)
    trainer.load(np.linalg.lstsq(design, targets)[0] + 1e-8, settings, "the minimum, nearly")
    snapshot = trainer.snapshot(settings)
    assert snapshot.next_step.metric.min() > 0.1
    steps = [weight_step(snapshot.network, snapshot.parameters, settings, snapshot.next_step, one) for one in range(4)]
    trainer.advance(settings, 1)
    moves = [one.after - one.before for one in steps]
    assert moves == pytest.approx(trainer.parameters - snapshot.parameters, rel=1e-5, abs=1e-16)
    assert 0 < np.abs(moves).max() < 1e-8


def test_what_the_penalty_takes_away_is_told_with_its_numbers():
    trainer = make_trainer((4,))
    network = trainer.network
    parameters = np.zeros(network.n_parameters)
    parameters[:3] = 0.5, -0.02, 0.0
    flat = NextStep(np.zeros(len(parameters)), np.full(len(parameters), 0.1), np.full(len(parameters), 0.5))
    lasso = replace(BASE, lam=1.0, learning_rate=0.1)
    kept = weight_step(network, parameters, lasso, flat, 0)
    assert (kept.rate, kept.moved, kept.threshold, kept.shrinkage) == pytest.approx((0.2, 0.48, 0.2, 0.0))
    assert kept.after == pytest.approx(0.28)
    assert weight_step(network, parameters, lasso, flat, 1).after == 0.0
    ridge = weight_step(network, parameters, replace(lasso, penalty="l2"), flat, 0)
    assert (ridge.threshold, ridge.shrinkage, ridge.after) == pytest.approx((0.0, 0.2, 0.48 / 1.2))
    group = weight_step(network, parameters, replace(lasso, penalty="group-lasso"), flat, 2)
    assert (group.group_size, group.threshold) == (4, pytest.approx(0.2 * 2.0))
    bias = weight_step(network, parameters, lasso, flat, int(network.bias_offsets[0]))
    assert bias.is_bias
    assert (bias.threshold, bias.after) == (0.0, pytest.approx(-0.02))
