"""Whole epochs on request: the same end whatever the slices, the batch size in between, and whoever asks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core_problems import make_dataset

from regdesk.core.model.network import weights_digest
from regdesk.core.training.epoch_loop import EpochLoop, StepTime
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import FULL_BATCH, Architecture, TrainSettings

SETTINGS = TrainSettings("l2", 0.01, batch_size=16)
N_TRAIN = 50


def make_trainer(hidden=(3,)):
    inputs = np.random.default_rng(0).normal(size=(N_TRAIN + 5, 2))
    return Trainer(make_dataset(inputs, inputs @ [1.0, -2.0], "regression", 5), Architecture(hidden), 1)


def run(loop, trainer, settings, most):
    """Slices of at most ``most`` steps until all is over: the epochs at which something has ended, and all slices."""
    ends, slices = [], []
    while n_left := loop.steps_left(trainer, settings.batch_size):
        slices.append(min(most, n_left))
        trainer.advance(settings, slices[-1])
        if loop.note(trainer):
            ends.append(trainer.epoch)
    assert loop.is_over
    return ends, slices


@pytest.mark.parametrize("batch_size", [1, 16, 25, 49, 50, 51, FULL_BATCH])
@pytest.mark.parametrize("most", [1, 3, 7, 1000])
def test_slices_end_where_one_call_would(batch_size, most):
    settings = replace(SETTINGS, batch_size=batch_size)
    per_epoch = {1: 50, 16: 4, 25: 2, 49: 2}.get(batch_size, 1)
    alone = make_trainer()
    alone.advance(settings, 6 * per_epoch)
    assert alone.epoch == 6.0
    for stops_at_each, ends in ((True, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), (False, [2.0, 6.0])):
        trainer, loop = make_trainer(), EpochLoop(stops_at_each)
        loop.ask(2)
        first, _ = run(loop, trainer, settings, most)
        loop.ask(3)
        loop.ask()
        second, slices = run(loop, trainer, settings, most)
        assert first + second == ends
        assert sum(slices) == 4 * per_epoch
        assert max(slices) == min(most, per_epoch if stops_at_each else 4 * per_epoch)
        assert weights_digest(trainer.parameters) == weights_digest(alone.parameters)


def test_an_epoch_that_is_under_way_is_brought_to_its_end():
    trainer, loop = make_trainer(), EpochLoop(stops_at_each=True)
    trainer.advance(SETTINGS, 6)
    loop.ask(2)
    assert not loop.is_under_way
    assert loop.steps_left(trainer, 16) == 2
    assert loop.is_under_way
    # 18 of 50 rows are left of the second epoch: two batches of 16, three of 8, and one of 49.
    assert [loop.steps_left(trainer, size) for size in (8, 49, 16)] == [3, 1, 2]
    assert run(loop, trainer, SETTINGS, 1) == ([2.0, 3.0], [1] * 6)


def test_nothing_is_asked_for():
    trainer, loop = make_trainer(), EpochLoop(stops_at_each=True)
    assert loop.steps_left(trainer, 16) == 0
    trainer.advance(SETTINGS, 4)
    assert not loop.note(trainer)
    loop.ask(3)
    assert loop.steps_left(trainer, 16) == 4
    loop.give_up()
    assert loop.is_over
    assert loop.steps_left(trainer, 16) == 0


@pytest.mark.parametrize("stops_at_each", [True, False])
def test_a_model_that_diverges_has_no_epochs_left(stops_at_each):
    wild = TrainSettings("none", optimizer="sgd", learning_rate=1.0)
    trainer, loop = make_trainer(()), EpochLoop(stops_at_each)
    trainer.parameters[:] = 1e150
    loop.ask(1000)
    ends, _ = run(loop, trainer, wild, 8)
    assert trainer.has_diverged
    assert ends[-1] == trainer.epoch < 1000
    assert loop.steps_left(trainer, FULL_BATCH) == 0


def test_a_slice_is_at_most_twice_the_largest():
    times = StepTime()
    assert times.fitting(1.0) == 1
    times.learn(1, 0.0)
    assert times.fitting(1.0) == 2
    times.learn(2, 0.02)
    assert [times.fitting(slice_s) for slice_s in (0.001, 0.025, 1.0)] == [1, 2, 4]
    times.forget()
    assert times.fitting(1.0) == 1
