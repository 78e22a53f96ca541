"""An earlier moment is shown as it was then, bit for bit, and whoever goes on from it does what was done then."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest
from core_problems import make_dataset, make_targets
from covering import covered

from regdesk.core.moments.kept_moment import KeptMoment
from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import ACTIVATIONS, OPTIMIZERS, PENALTIES, Architecture, TrainSettings

OF_THE_RUN = ("rows", "changes")
"""What a snapshot hands out of the run since the last one."""
STORIES = ("plain", "lambda raised", "dead", "weights put in", "optimiser changed", "diverged")


def dataset_of(loss, n_rows=60):
    generator = np.random.default_rng(5)
    inputs = generator.normal(2.0, 3.0, size=(n_rows, 4))
    task = "regression" if loss == "squared" else "classification"
    targets = make_targets(generator, (inputs - 2.0) / 3.0, loss)
    return make_dataset(inputs, targets, task, n_validation=n_rows // 5, groups=(0, 1, 1, 2))


def differences(first, second, at=""):
    """Paths at which two values are not equal to the last bit."""
    if isinstance(first, np.ndarray):
        is_same = (first.dtype, first.shape, first.tobytes()) == (second.dtype, second.shape, second.tobytes())
        return [] if is_same else [at]
    if is_dataclass(first) and type(first) is type(second):
        if isinstance(first, TrainSnapshot):
            names = [one.name for one in fields(first) if one.name not in OF_THE_RUN]
        else:
            names = [one.name for one in fields(first)]
        return [
            gone for name in names for gone in differences(getattr(first, name), getattr(second, name), f"{at}.{name}")
        ]
    if isinstance(first, tuple) and isinstance(second, tuple) and len(first) == len(second):
        pairs = enumerate(zip(first, second, strict=True))
        return [gone for number, pair in pairs for gone in differences(*pair, f"{at}[{number}]")]
    return [] if first is second or first == second or (first != first and second != second) else [at]


def is_of(kept, snapshot):
    state = kept.state
    return (kept.step, state.settings, state.optimizer.has_diverged) == (
        snapshot.step, snapshot.settings, snapshot.has_diverged,
    )  # fmt: skip


def train(trainer, settings, n_chunks, seen):
    """As the window does: chunks, rows of the history, and now and then a snapshot."""
    for chunk in range(n_chunks):
        trainer.advance(settings, 5)
        trainer.record(settings)
        if chunk % 2 == 0:
            seen.append(trainer.snapshot(settings))


def tell(trainer, settings, story):
    """A run with a story; the snapshots that were seen of it."""
    seen = []
    train(trainer, settings, 5, seen)
    if story == "lambda raised":
        settings = replace(settings, lam=30.0 * settings.lam)
    elif story == "dead":
        settings = replace(settings, lam=1e9)
    elif story == "optimiser changed":
        settings = replace(settings, optimizer=OPTIMIZERS[OPTIMIZERS.index(settings.optimizer) - 1])
    elif story == "weights put in":
        trainer.load(trainer.parameters * 1.5, settings, "by hand")
    elif story == "diverged":
        state = trainer.state()
        trainer.restore(replace(state, optimizer=replace(state.optimizer, loss_limit=1e-9)))
    train(trainer, settings, 9, seen)
    return seen


@covered(
    penalty=PENALTIES,
    optimizer=OPTIMIZERS,
    activation=ACTIVATIONS,
    loss=("squared", "logistic", "softmax"),
    hidden=((), (5,)),
    batch_size=(0, 7),
    story=STORIES,
    together=[("optimizer", "batch_size", "story")],
)
def test_every_moment_is_seen_again_as_it_was(penalty, optimizer, activation, loss, hidden, batch_size, story):
    settings = TrainSettings(penalty, 0.02, 0.4, optimizer, 0.01, batch_size)
    trainer = Trainer(dataset_of(loss), Architecture(hidden, activation), 3)
    seen = tell(trainer, settings, story)
    moments = trainer.moments.moments
    assert len({one.number for one in moments}) == trainer.moments.n_rows == len(moments)
    n_shown = 0
    for snapshot in reversed(seen):
        found = [one for one in moments if is_of(one, snapshot)]
        n_shown += len(found[-1:])
        for kept in found[-1:]:
            assert differences(snapshot, trainer.earlier(kept)) == []
    # A model that has diverged stands where it stood: only the first moment of that is one.
    assert n_shown == len(seen) if story != "diverged" else n_shown >= 3
    assert differences(seen[-1], trainer.snapshot(seen[-1].settings)) == [], "the model was only looked at"


@covered(
    penalty=("l1", "group-lasso"),
    optimizer=OPTIMIZERS,
    loss=("squared", "softmax"),
    hidden=((), (5,)),
    batch_size=(0, 7),
)
def test_going_on_from_a_moment_is_what_was_done_then(penalty, optimizer, loss, hidden, batch_size):
    settings = TrainSettings(penalty, 0.02, 0.4, optimizer, 0.01, batch_size)
    dataset = dataset_of(loss)
    trainer = Trainer(dataset, Architecture(hidden), 3)
    seen = tell(trainer, settings, "plain")
    *_, kept = (one for one in trainer.moments.moments if one.step == 25)
    again = Trainer(dataset, Architecture(hidden), 3)
    again.restore(kept.state)
    again.advance(settings, 45)
    assert again.step == seen[-1].step == trainer.step
    assert again.parameters.tobytes() == trainer.parameters.tobytes()
    row, other = again.record(settings), trainer.record(settings)
    assert row == other


def test_a_moment_says_what_it_is_of():
    settings = TrainSettings("l2", 0.1)
    trainer = Trainer(dataset_of("squared"), Architecture((4,)), 3)
    trainer.advance(settings, 3)
    trainer.record(settings)
    trainer.advance(replace(settings, lam=0.3), 4)
    trainer.record(replace(settings, lam=0.3))
    first, second = trainer.moments.moments
    assert [(one.number, one.step, one.epoch, one.is_change) for one in (first, second)] == [
        (0, 3, 3.0, False), (1, 7, 7.0, True),
    ]  # fmt: skip
    assert (first.state.settings.lam, second.state.settings.lam) == (0.1, 0.3)
    assert isinstance(first, KeptMoment)
    arrays = trainer.network.n_parameters * 4 * 4
    assert arrays < first.n_bytes < arrays + 3_000
    with pytest.raises(ValueError, match="read-only"):
        first.state.optimizer.parameters[0] = 1.0
