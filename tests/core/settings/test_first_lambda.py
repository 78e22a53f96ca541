"""Choosing a penalty that makes zeros shows selection: λ begins where weights are left, and the presets are such λ."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from regdesk.core.settings.change import Change
from regdesk.core.settings.configuration import Configuration, with_values
from regdesk.core.settings.first_lambda import FIRST_LAMBDA, first_lambda, presets_for, removing_lambda
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, DataSettings, PenaltyKind, TrainSettings
from regdesk.core.words.settings_text import NO_PRESSURE, first_lambda_words
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.samples import sample, sample_path, samples

NETWORK = Configuration(training=TrainSettings("l2", 0.1))
LINEAR = replace(NETWORK, architecture=Architecture(hidden=()))


@pytest.mark.parametrize(
    ("configuration", "penalty", "lam"),
    [
        (NETWORK, "l1", FIRST_LAMBDA),
        (NETWORK, "elastic-net", FIRST_LAMBDA),
        (NETWORK, "group-lasso", FIRST_LAMBDA),
        (NETWORK, "none", 0.1),
        (replace(NETWORK, training=TrainSettings("none", 7.0)), "l2", 7.0),
        # What leaves weights stays.
        (replace(NETWORK, training=TrainSettings("l2", 0.04)), "l1", 0.04),
        (replace(NETWORK, training=TrainSettings("l2", 0.04)), "group-lasso", FIRST_LAMBDA),
        (replace(NETWORK, training=TrainSettings("l2", 0.1, 0.4)), "elastic-net", 0.1),
        (replace(NETWORK, training=TrainSettings("l2", 0.1, 0.0)), "elastic-net", 0.1),
        # A person who is among such penalties already has chosen λ for one.
        (replace(NETWORK, training=TrainSettings("l1", 0.1)), "group-lasso", 0.1),
        # Nothing was measured there.
        (LINEAR, "l1", 0.1),
        (replace(NETWORK, data=DataSettings(standardize_target=False)), "l1", 0.1),
        (replace(NETWORK, data=DataSettings(standardize=False)), "l1", 0.1),
        (replace(NETWORK, training=TrainSettings("l2", 0.0)), "l1", 0.0),
    ],
)
def test_lambda_is_another_only_where_it_would_remove_every_weight(
    configuration: Configuration, penalty: PenaltyKind, lam: float
) -> None:
    assert first_lambda(configuration, penalty) == lam


def said(before: Configuration, penalty: PenaltyKind, lam: float) -> str:
    after = with_values(before, {"training.penalty": penalty, "training.lam": lam})
    return first_lambda_words(Change(before, after, 0, "hand"))


def test_a_word_about_it() -> None:
    buttons = "The λ buttons offer 0.001 to 0.03 now."
    assert said(NETWORK, "l1", FIRST_LAMBDA) == (f"L1 at λ = 0.1 may leave no weight: it begins with 0.01. {buttons}")
    assert said(NETWORK, "l1", 0.02) == buttons, "that λ is somebody else's choice"
    assert said(NETWORK, "l2", 0.01) == ""
    assert said(replace(NETWORK, training=TrainSettings("l2", 0.0)), "group-lasso", 0.0) == NO_PRESSURE
    assert said(NETWORK, "none", 0.0) == ""


def dataset_of(name: str) -> Any:
    return prepare_dataset(read_table(sample_path(name)), DataSettings(target=sample(name).target), 0)


@pytest.mark.parametrize("one", samples(), ids=lambda one: one.name)
def test_it_selects_weights_of_the_network_of_every_sample(engine: None, one: Any) -> None:
    """From a model that was trained under L2, as in the window when the penalty is changed."""
    dataset, kinds = dataset_of(one.name), ("l1", "group-lasso")
    trainer = Trainer(dataset, Architecture(), 0)
    trainer.advance(TrainSettings("l2", 0.01), 500)
    trained = trainer.parameters.copy()
    for penalty in kinds:
        for lam in (FIRST_LAMBDA, presets_for(penalty, is_linear=False)[4]):
            trainer.load(trained, TrainSettings(penalty, lam), "")
            trainer.advance(TrainSettings(penalty, lam), 2000)
            share = np.count_nonzero(trainer.parameters[trainer.network.is_weight]) / trainer.network.n_weights
            assert 0.0 < share < 0.5, (penalty, lam)


def test_presets_leave_weights_but_for_the_last() -> None:
    for penalty in ("l1", "group-lasso"):
        training = TrainSettings(penalty)
        *leaving, last = presets_for(penalty, is_linear=False)
        assert max(leaving) < removing_lambda(training) < last
        assert leaving[0] == 0.0
    assert 0.1 in presets_for("l1", is_linear=True)
    assert 0.1 in presets_for("l2", is_linear=False)
