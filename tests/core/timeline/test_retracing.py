"""A run that is led through what another has taken comes to the same bits: of everything a person can do to a model."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np
import pytest
from core_problems import make_dataset
from covering import covered

from regdesk.core.model.dataset import Dataset
from regdesk.core.run.taken import PutIn, Taken
from regdesk.core.training.retracing import retraced
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import OPTIMIZERS, PENALTIES, Architecture, TrainSettings

N_ROWS = 50


def dataset_of(n_classes: int) -> Dataset:
    inputs = np.random.default_rng(1).normal(size=(N_ROWS, 3))
    if n_classes:
        return make_dataset(inputs, np.arange(N_ROWS) % n_classes * 1.0, "classification", 10, groups=(0, 1, 1))
    return make_dataset(inputs, inputs @ [1.0, 2.0, 0.0], "regression", 10)


def led_astray(trainer: Trainer, settings: TrainSettings, seed: int) -> None:
    """Steps in chunks of any size, with looks between them, under settings that change, and weights that are put in."""
    generator = np.random.default_rng(seed)
    for _ in range(30):
        act = generator.integers(8)
        if act == 0:
            settings = replace(settings, lam=float(generator.choice([0.0, 1e-3, 0.1, 3.0])))
            trainer.apply(settings)
        elif act == 1:
            # Taken back before a step: the optimiser's metric has its floor raised all the same.
            trainer.apply(replace(settings, lam=settings.lam * 2 + 1))
            trainer.apply(settings)
        elif act == 2:
            optimizer = OPTIMIZERS[generator.integers(len(OPTIMIZERS))]
            settings = replace(settings, optimizer=optimizer, batch_size=int(generator.choice([0, 7, 16])))
        elif act == 3:
            parameters = trainer.parameters.copy()
            parameters[generator.integers(len(parameters))] = generator.normal()
            trainer.load(parameters, settings, "one weight by hand")
        elif act == 4:
            trainer.load(generator.normal(size=len(trainer.parameters)), settings, "from elsewhere")
        elif act == 5:
            trainer.snapshot(settings)
        elif act == 6:
            settings = replace(settings, penalty=PENALTIES[generator.integers(len(PENALTIES))])
        trainer.advance(settings, int(generator.integers(1, 40)))
        if act == 7:
            trainer.record(settings)


@covered(
    penalty=PENALTIES, optimizer=OPTIMIZERS, batch_size=(0, 16), hidden=((), (6,), (5, 4)),
    activation=("tanh", "relu"), n_classes=(0, 2, 3),
)  # fmt: skip
def test_what_was_taken_leads_to_the_same_bits(engine, penalty, optimizer, batch_size, hidden, activation, n_classes):
    dataset, architecture = dataset_of(n_classes), Architecture(hidden, activation)
    taken: deque[Taken] = deque()
    first = Trainer(dataset, architecture, 3, run=2, taken=taken)
    led_astray(first, TrainSettings(penalty, 0.01, 0.3, optimizer, 0.02, batch_size), seed=len(penalty) + batch_size)
    assert {one.run for one in taken} == {2}

    second = Trainer(dataset, architecture, 3)
    steps = list(retraced(second, taken, first.step))
    assert steps == sorted(steps)
    assert (second.step, second.epoch) == (first.step, first.epoch)
    assert second.parameters.tobytes() == first.parameters.tobytes()


@pytest.mark.parametrize("who", ["diverged", "found-diverged"])
def test_a_divergence_is_found_again_by_who_found_it(engine, who):
    """The engine looks when it begins the eighth step; who measures the loss before that knows sooner."""
    inputs = 300.0 * np.random.default_rng(1).normal(size=(N_ROWS, 3))
    dataset = make_dataset(inputs, inputs @ [1.0, 2.0, 0.0], "regression", 10, standardize=False)
    wild, calm = (TrainSettings("none", 0.0, 0.5, "momentum", rate, 0) for rate in (1.0, 1e-5))
    taken: deque[Taken] = deque()
    first = Trainer(dataset, Architecture((6,), "relu"), 3, taken=taken)
    while not first.has_diverged:
        first.advance(wild, 1)
        if who == "found-diverged":
            first.record(wild)
    first.advance(calm, 50)
    assert [one.kind for one in taken] == ["settings", who, "settings"]

    second = Trainer(dataset, Architecture((6,), "relu"), 3)
    list(retraced(second, taken, first.step))
    assert second.step == first.step
    assert second.parameters.tobytes() == first.parameters.tobytes()


def test_a_run_that_goes_on_from_a_moment_of_another_is_retraced_through_both(engine):
    dataset, settings = dataset_of(0), TrainSettings("l1", 0.01, 0.3, "adam", 0.02, 16)
    taken: deque[Taken] = deque()
    first = Trainer(dataset, Architecture((6,)), 3, run=1, taken=taken)
    first.advance(settings, 20)
    first.load(0.5 * first.parameters, settings, "halved")
    first.advance(settings, 7)
    moment = first.state()
    # At the very step of the moment, and not of its past.
    led_astray(first, replace(settings, lam=1.0), seed=1)
    second = Trainer(dataset, Architecture((6,)), 3, run=2, taken=taken)
    second.restore(moment)
    led_astray(second, settings, seed=2)

    course = [one for one in taken if one.run == 1][: moment.n_taken] + [one for one in taken if one.run == 2]
    third = Trainer(dataset, Architecture((6,)), 3)
    list(retraced(third, course, second.step))
    assert third.parameters.tobytes() == second.parameters.tobytes()
    assert third.state().n_taken == second.state().n_taken


def test_of_what_is_put_in_no_more_is_kept_than_is_new():
    present = np.arange(6, dtype=np.float32)
    one = present.astype(np.float64)
    one[4] = 0.1
    assert PutIn.of(present, one).positions == (4,)
    assert PutIn.of(present, one).into(present).tolist() == one.astype(np.float32).tolist()
    other = PutIn.of(present, one + 1)
    assert other.positions is None
    assert other.into(present).tolist() == (one + 1).tolist()
    assert PutIn.of(present, present).into(present).tolist() == present.tolist()
    for put_in in (other, PutIn.of(present, one)):
        with pytest.raises(ValueError, match="the model has 3"):
            put_in.into(present[:3])


def test_steps_without_settings_are_no_run(engine):
    with pytest.raises(ValueError, match="no settings"):
        list(retraced(Trainer(dataset_of(0), Architecture(()), 0), [], 1))
