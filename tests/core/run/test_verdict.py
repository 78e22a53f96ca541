"""Overfitting and underfitting are named where they are, by the stated rule, and nowhere else."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from regdesk.core.run.history import BestMoment
from regdesk.core.run.verdict import CLEARLY, NullLosses, Verdict, null_losses, verdict_on
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.core.words.verdict_words import short_verdict, verdict_reason
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.samples import sample, sample_path, samples

NULL = NullLosses(0.5, 0.6)
BEST = BestMoment(46.0, 0.2, 0.1, lam=0.01)
N_EPOCHS = 3000


def moment(
    train: float, validation: float, lam: float = 0.01, has_diverged: bool = False, is_collapsed: bool = False
) -> Any:
    """What the rule looks at of a snapshot."""
    settings = TrainSettings("l2", lam)
    return SimpleNamespace(
        train_loss=train,
        validation_loss=validation,
        settings=settings,
        has_diverged=has_diverged,
        is_collapsed=is_collapsed,
    )


def kind_of(found: Verdict | None) -> str:
    return "" if found is None else found.kind


@pytest.mark.parametrize(
    ("train", "validation", "lam", "kind"),
    [
        (0.05, CLEARLY * 0.2 + 1e-6, 0.01, "overfitting"),
        (0.05, CLEARLY * 0.2 - 1e-6, 0.01, ""),
        # It has not learnt more than it had then.
        (0.1, 0.4, 0.01, ""),
        (0.4, 0.5, 0.1, "underfitting"),
        # Not held back by λ: it has not got there yet.
        (0.4, 0.5, 0.01, ""),
        (CLEARLY * 0.1 - 1e-6, 0.5, 0.1, ""),
        (math.nan, 0.5, 0.1, ""),
        (0.05, math.nan, 0.01, ""),
    ],
)
def test_against_the_lowest_validation_loss_of_the_run(train: float, validation: float, lam: float, kind: str) -> None:
    assert kind_of(verdict_on(moment(train, validation, lam), BEST, NULL)) == kind


def test_a_collapsed_network_underfits_whatever_lambda_is_now() -> None:
    assert kind_of(verdict_on(moment(0.5, 0.6, 1e-3, is_collapsed=True), BEST, NULL)) == "underfitting"
    # It has never been better than it is: nothing shows that it could be.
    never = BestMoment(0.0, 0.59, 0.49, lam=0.01)
    assert verdict_on(moment(0.5, 0.6, 1e-3, is_collapsed=True), never, NULL) is None


@pytest.mark.parametrize(
    ("train", "validation", "kind"), [(0.3, 0.61, "overfitting"), (0.3, 0.6, ""), (0.5, 0.61, ""), (0.51, 0.7, "")]
)
def test_against_the_model_without_inputs(train: float, validation: float, kind: str) -> None:
    for best in (None, BestMoment(3.0, validation, train)):
        found = verdict_on(moment(train, validation), best, NULL)
        assert kind_of(found) == kind
        if found is not None:
            assert verdict_reason(found) == "without inputs validation would be 0.600"


def test_nothing_is_said_of_a_model_that_has_diverged_or_has_nothing_to_be_judged_by() -> None:
    assert verdict_on(moment(0.05, 0.9, has_diverged=True), BEST, NULL) is None
    assert verdict_on(moment(0.3, math.nan), None, NullLosses(0.5, math.nan)) is None


def test_the_two_losses_are_in_the_words() -> None:
    over = verdict_on(moment(0.02, 1.03), BEST, NULL)
    under = verdict_on(moment(0.48, 0.58, 1e9), BEST, NULL)
    assert over is not None
    assert under is not None
    assert short_verdict(over) == "Overfitting: training loss 0.0200, validation loss 1.03."
    assert verdict_reason(over) == "at epoch 46 validation was 0.200"
    assert short_verdict(under) == "Underfitting: training loss 0.480, validation loss 0.580."
    assert verdict_reason(under) == "at epoch 46 they were 0.100 and 0.200"


def dataset_of(name: str) -> Any:
    return prepare_dataset(read_table(sample_path(name)), DataSettings(target=sample(name).target), 0)


def test_the_model_without_inputs_is_that_of_the_training_rows() -> None:
    dataset = dataset_of("noisy-curve")
    train, validation = (dataset.standardized_targets(rows) for rows in (dataset.split.train, dataset.split.validation))
    found = null_losses(dataset)
    assert found.train == pytest.approx(0.5 * np.mean((train - train.mean()) ** 2))
    assert found.validation == pytest.approx(0.5 * np.mean((validation - train.mean()) ** 2))
    classes = dataset_of("vote-1996")
    share = classes.standardized_targets(classes.split.train).mean()
    other = classes.standardized_targets(classes.split.validation).mean()
    assert null_losses(classes).validation == pytest.approx(
        -other * math.log(share) - (1 - other) * math.log(1 - share)
    )


@pytest.mark.parametrize("one", samples(), ids=lambda one: one.name)
def test_on_the_samples_it_is_said_where_it_is_so(engine: None, one: Any) -> None:
    """Without a penalty each network overfits; at a λ that a sentence recommends none does; at 10⁹ all underfit."""
    dataset, best = dataset_of(one.name), BestMoment(0.0, math.inf)
    trainer, null = Trainer(dataset, Architecture(), 0), null_losses(dataset)
    found = {}
    for lam in (0.03, 0.0, 1e9):
        for _ in range(N_EPOCHS // 100):
            trainer.advance(TrainSettings("l2", lam), 100)
            train, validation = trainer.losses()
            if validation < best.validation_loss:
                best = BestMoment(0.0, validation, train, lam)
        found[lam] = kind_of(verdict_on(moment(*trainer.losses(), lam), best, null))
    assert found == {0.03: "", 0.0: "overfitting", 1e9: "underfitting"}
