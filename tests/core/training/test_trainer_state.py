"""A trainer that goes on from the state of another: the same numbers, to the last bit, as without an interruption."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from core_problems import make_dataset, make_targets
from covering import covered

from regdesk.core.linear.problem import penalty_of, problem_of
from regdesk.core.linear.solve import solve
from regdesk.core.run.trainer_state import OptimizerState, TrainerState
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import ACTIVATIONS, OPTIMIZERS, PENALTIES, Architecture, TrainSettings

N_BEFORE, N_AFTER = 37, 61
STORIES = ("plain", "lambda raised", "weights put in", "dead", "diverged", "optimiser changed")


def dataset_of(loss, n_rows=60):
    generator = np.random.default_rng(5)
    inputs = generator.normal(2.0, 3.0, size=(n_rows, 4))
    task = "regression" if loss == "squared" else "classification"
    targets = make_targets(generator, (inputs - 2.0) / 3.0, loss)
    return make_dataset(inputs, targets, task, n_validation=n_rows // 5, groups=(0, 1, 1, 2))


def same(first, second):
    """Whether two values are equal to the last bit; arrays by dtype, shape and bytes, frozen values field by field."""
    if isinstance(first, np.ndarray):
        return (first.dtype, first.shape, first.tobytes()) == (second.dtype, second.shape, second.tobytes())
    if isinstance(first, OptimizerState | TrainerState):
        return all(same(getattr(first, one.name), getattr(second, one.name)) for one in fields(first))
    return first == second


def same_snapshots(first, second):
    names = (
        "step", "epoch", "settings", "parameters", "train_loss", "validation_loss", "penalty_value", "objective",
        "n_nonzero", "rows", "kkt_residual", "is_converged", "is_collapsed", "has_diverged", "changes", "too_small",
        "gradient",
    )  # fmt: skip
    nexts = [(one.next_step.gradient, one.next_step.direction, one.next_step.metric) for one in (first, second)]
    return (
        all(same(getattr(first, name), getattr(second, name)) for name in names)
        and all(map(same, *nexts))
        and [one.limit for one in first.layers] == [one.limit for one in second.layers]
    )


def train(trainer, settings, n_steps, snapshots):
    """As the window does: chunks, rows of the history, and now and then a snapshot that hands rows out."""
    for chunk in range(0, n_steps, 5):
        trainer.advance(settings, min(5, n_steps - chunk))
        trainer.record(settings)
        if chunk % 3 == 0:
            snapshots.append(trainer.snapshot(settings))


def begin(trainer, story, settings, snapshots):
    """The first part of a story, at whose end the state is taken; returns the settings from there on."""
    if story == "diverged":
        trainer.load(np.full(trainer.network.n_parameters, 3.0), settings, "by hand")
        limit = trainer.state().optimizer.loss_limit
        train(trainer, settings, N_BEFORE, snapshots)
        trainer.restore(with_limit(trainer.state(), 1e-9))
        train(trainer, settings, 9, snapshots)
        assert trainer.has_diverged
        trainer.restore(with_limit(trainer.state(), limit))
        return settings
    train(trainer, settings, N_BEFORE, snapshots)
    if story == "lambda raised":
        settings = replace(settings, lam=30.0 * settings.lam)
        train(trainer, settings, 7, snapshots)
    elif story == "weights put in":
        trainer.load(trainer.parameters * 1.5, settings, "by hand")
    elif story == "dead":
        settings = replace(settings, lam=1e9)
        train(trainer, settings, 49, snapshots)
    elif story == "optimiser changed":
        settings = replace(settings, optimizer="momentum" if settings.optimizer == "adam" else "adam")
        trainer.apply(settings)
    return settings


def with_limit(state, loss_limit):
    """So that any loss can be called divergence: what diverges by itself depends on the loss."""
    return replace(state, optimizer=replace(state.optimizer, loss_limit=loss_limit))


# A state that forgets the floor, the order of the rows or the means shows under single ones of these alone.
@covered(
    loss=["squared", "logistic", "softmax"],
    hidden=[(), (5,), (4, 3)],
    activation=ACTIVATIONS,
    penalty=PENALTIES,
    optimizer=OPTIMIZERS,
    batch_size=[0, 16],
    story=STORIES,
    together=[("story", "optimizer", "batch_size")],
)
def test_a_new_trainer_goes_on_as_the_old_one_would_have(
    loss, hidden, activation, penalty, optimizer, batch_size, story
):
    dataset, architecture = dataset_of(loss), Architecture(hidden, activation)
    settings = TrainSettings(penalty, 0.02, 0.4, optimizer, 0.02, batch_size)
    whole, before, after = Trainer(dataset, architecture, 3, 1), [], []
    settings = begin(whole, story, settings, before)
    state = whole.state()
    assert state.epoch == whole.epoch
    assert batch_size == 0 or story == "diverged" or len(state.optimizer.order), "in the middle of an epoch"
    # Another seed has other weights and other batches: all of it must come from the state.
    again = Trainer(dataset, architecture, 8, 1)
    again.advance(replace(settings, lam=0.7, batch_size=8), 3)
    again.restore(state)
    assert same(again.state(), state)

    expected = []
    for trainer, snapshots in ((whole, expected), (again, after)):
        train(trainer, settings, N_AFTER, snapshots)
        eased = replace(settings, lam=0.001, learning_rate=0.001)
        train(trainer, eased, 20, snapshots)
    assert len(expected) == len(after)
    assert all(map(same_snapshots, expected, after))
    assert same(again.state(), whole.state())
    assert again.step > state.step


@covered(loss=["squared", "logistic", "softmax"], optimizer=OPTIMIZERS, penalty=PENALTIES)
def test_a_model_at_its_minimum_stays_there(loss, optimizer, penalty):
    """Its metric is fixed until settings change, which is no part of the optimiser's means."""
    dataset = dataset_of(loss)
    settings = TrainSettings(penalty, 0.05, 0.4, optimizer, 0.02)
    whole, again = (Trainer(dataset, Architecture(()), seed) for seed in (3, 4))
    whole.load(solve(problem_of(dataset, settings), penalty_of(dataset, settings)).parameters, settings, "solved")
    again.restore(whole.state())
    assert whole.state().still_metric > 0
    for trainer in (whole, again):
        trainer.advance(settings, 500)
    assert same(again.state(), whole.state())
    assert whole.kkt_residual(settings) <= 1e-8


def test_a_state_is_a_copy_that_nothing_changes():
    trainer = Trainer(dataset_of("squared"), Architecture((5,)), 3)
    settings = TrainSettings(batch_size=16)
    trainer.advance(settings, 20)
    state = trainer.state()
    kept = [getattr(state.optimizer, one.name) for one in fields(state.optimizer)]
    bytes_before = [one.tobytes() for one in kept if isinstance(one, np.ndarray)]
    trainer.advance(settings, 20)
    again = Trainer(dataset_of("squared"), Architecture((5,)), 3)
    again.restore(state)
    again.advance(settings, 20)
    assert [one.tobytes() for one in kept if isinstance(one, np.ndarray)] == bytes_before
    assert not any(one.flags.writeable for one in kept if isinstance(one, np.ndarray))
    assert state.n_bytes >= 4 * trainer.parameters.nbytes


@pytest.mark.parametrize(
    "spoil",
    [
        lambda state: replace(state, limits=()),
        lambda state: replace(state, is_zero=state.is_zero[1:]),
        lambda state: replace(state, optimizer=replace(state.optimizer, parameters=state.optimizer.parameters[1:])),
        lambda state: replace(state, optimizer=replace(state.optimizer, sound=state.optimizer.sound.astype(float))),
        lambda state: replace(state, optimizer=replace(state.optimizer, order=state.optimizer.order[1:])),
        lambda state: replace(state, optimizer=replace(state.optimizer, order=state.optimizer.order + 10**9)),
        lambda state: replace(state, optimizer=replace(state.optimizer, cursor=48)),
        lambda state: replace(state, optimizer=replace(state.optimizer, cursor=-1)),
        lambda state: replace(state, optimizer=replace(state.optimizer, beta_powers=np.ones(3))),
    ],
)
def test_a_state_of_another_model_is_refused_and_changes_nothing(spoil):
    """An order of rows from elsewhere would send the engine anywhere in memory."""
    trainer = Trainer(dataset_of("squared"), Architecture((5,)), 3)
    settings = TrainSettings(batch_size=16)
    trainer.advance(settings, 20)
    state = trainer.state()
    with pytest.raises(ValueError, match=r"parameters|numbers|order|state"):
        trainer.restore(spoil(state))
    assert same(trainer.state(), state)
