"""A snapshot without a look at all rows: its parameters are of now, its losses of the moment that it names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from trainers import SETTINGS, make_trainer

from regdesk.core.model.network import weights_digest
from regdesk.core.words.run_sentences import objective_text, shorter_objectives

MEASURED = (
    "train_loss", "validation_loss", "penalty_value", "objective", "kkt_residual", "is_converged", "is_collapsed",
    "doubt",
)  # fmt: skip


def test_it_has_the_parameters_of_now_and_the_losses_of_before():
    trainer = make_trainer()
    trainer.advance(SETTINGS, 30)
    before = trainer.snapshot(SETTINGS)
    assert before.measured is before
    trainer.advance(SETTINGS, 25)
    glimpse = trainer.glimpse(SETTINGS)
    full = trainer.snapshot(SETTINGS)
    assert (glimpse.step, glimpse.epoch) == (full.step, full.epoch) == (55, trainer.epoch)
    assert glimpse.digest() == full.digest() == weights_digest(trainer.parameters) != before.digest()
    assert not glimpse.parameters.flags.writeable
    for one, other in zip(glimpse.layers, full.layers, strict=True):
        assert (one.l1_norm, one.n_zero, one.counts.tolist()) == (other.l1_norm, other.n_zero, other.counts.tolist())
    np.testing.assert_array_equal(glimpse.fit.validation_predictions, full.fit.validation_predictions)
    assert glimpse.fit.score == full.fit.score != before.fit.score
    assert glimpse.n_nonzero == full.n_nonzero
    assert (glimpse.measured.step, glimpse.measured.epoch) == (30, before.epoch)
    assert [getattr(glimpse, name) for name in MEASURED] == [getattr(before, name) for name in MEASURED]
    assert glimpse.train_loss != full.train_loss
    assert full.last_measured is None


def test_it_carries_rows_and_changes_and_no_loss_of_another_lambda():
    trainer = make_trainer()
    before = trainer.snapshot(SETTINGS)
    trainer.advance(SETTINGS, 5)
    trainer.record(SETTINGS)
    other = replace(SETTINGS, lam=0.7)
    trainer.advance(other, 5)
    glimpse = trainer.glimpse(other)
    assert glimpse.settings == other
    assert glimpse.measured.settings == SETTINGS
    assert (glimpse.measured.train_loss, glimpse.measured.objective) == (before.train_loss, before.objective)
    assert glimpse.rows[:, 0].tolist() == [5]
    assert [change.step for change in glimpse.changes] == [5]
    later = trainer.glimpse(other)
    assert len(later.rows) == len(later.changes) == 0
    full = trainer.snapshot(other)
    assert (full.rows[:, 0].tolist(), full.changes) == ([10], ())


def test_without_a_moment_to_go_by_there_is_none():
    trainer = make_trainer()
    trainer.advance(SETTINGS, 5)
    assert trainer.glimpse(SETTINGS) is None


def test_a_model_that_has_diverged_is_not_glimpsed():
    settings = replace(SETTINGS, optimizer="sgd", learning_rate=1e6)
    trainer = make_trainer()
    trainer.snapshot(settings)
    trainer.advance(settings, 100)
    assert trainer.has_diverged
    assert trainer.glimpse(settings) is None


@pytest.mark.parametrize("penalty", ["none", "l1"])
def test_the_objective_says_of_which_epoch_it_is(penalty):
    settings = replace(SETTINGS, penalty=penalty)
    trainer = make_trainer()
    trainer.advance(settings, 15)
    before = trainer.snapshot(settings)
    trainer.advance(replace(settings, lam=0.3), 15)
    glimpse = trainer.glimpse(replace(settings, lam=0.3))
    assert before.epoch == 5.0
    texts, own = ([objective_text(one), *shorter_objectives(one, "")] for one in (glimpse, before))
    assert texts == [text.replace("J = ", "J at epoch 5 = ", 1) for text in own]
