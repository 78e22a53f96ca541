"""What the sentences of the samples say to try does what they say, with the window's own model and seed."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from regdesk.core.model.dataset import Dataset
from regdesk.core.run.history import BestMoment
from regdesk.core.run.verdict import null_losses, verdict_on
from regdesk.core.settings.configuration import LAYOUTS
from regdesk.core.settings.view_table import PANELS
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.samples import sample, sample_path, samples

N_EPOCHS = 1000


def dataset_of(name: str) -> Dataset:
    return prepare_dataset(read_table(sample_path(name)), DataSettings(target=sample(name).target), 0)


@pytest.mark.parametrize(
    ("name", "overfitted", "lam", "closed"),
    [
        ("noisy-curve", 1.0, 0.01, 0.17),
        ("two-moons", 1.0, 0.01, 0.32),
        ("vote-1996", 2.0, 0.03, 0.54),
        ("diabetes", 0.6, 0.03, 0.25),
        ("party-1996", 4.0, 0.03, 0.93),
        ("travel-mode", 0.9, 0.01, 0.5),
    ],
)
def test_the_gap_opens_at_zero_and_closes_when_lambda_is_raised(engine, name, overfitted, lam, closed):
    one = sample(name)
    trainer = Trainer(dataset_of(name), one.architecture, 0)
    n_before = 2 * N_EPOCHS if name in ("noisy-curve", "two-moons") else N_EPOCHS
    trainer.advance(replace(one.training, lam=0.0), n_before)
    train, validation = trainer.losses()
    assert validation > overfitted > 4 * train, "the gap opens"
    assert f"within {n_before:,} epochs" in one.sentence
    trainer.advance(replace(one.training, lam=lam), 3 * N_EPOCHS)
    train, validation = trainer.losses()
    assert validation < closed
    # What one is told to raise λ to is not in force yet; what is said of a λ otherwise is.
    assert f"raise λ to {lam:g}" in one.sentence if one.training.lam == 0.0 else f"λ = {lam:g}" in one.sentence
    assert one.training.lam in (0.0, lam)


@pytest.mark.parametrize("one", [one for one in samples() if "overfits" in one.sentence], ids=lambda one: one.name)
def test_who_has_trained_under_a_penalty_is_told_to_begin_again(engine, one):
    """A network that comes from another λ overfits later, or less: a run at λ = 0 alone does what a sentence says."""
    starts_at_zero = one.training.lam == 0.0
    assert starts_at_zero != ("Set λ to 0 and press Reset" in one.sentence)
    if one.name == "noisy-curve":
        trainer = Trainer(dataset_of(one.name), one.architecture, 0)
        trainer.advance(one.training, 2 * N_EPOCHS)
        highest = 0.0
        for _ in range(8):
            trainer.advance(replace(one.training, lam=0.0), 250)
            highest = max(highest, trainer.losses()[1])
        assert highest < 1.0, "without Reset it does not climb above 1 in as many epochs"


@pytest.mark.parametrize(
    ("name", "promised"),
    [("vote-1996", 0.52), ("diabetes", 0.24), ("party-1996", 0.9), ("noisy-curve", 0.16), ("two-moons", 0.3)],
)
def test_the_loss_that_a_sentence_names_is_reached_from_the_start(engine, name, promised):
    sentence = sample(name).sentence
    assert sentence.endswith(f"{promised:g}.")
    (lam,) = re.findall(r"λ (?:=|to) (0\.\d+)", sentence)
    trainer = Trainer(dataset_of(name), sample(name).architecture, 0)
    trainer.advance(replace(sample(name).training, lam=float(lam)), N_EPOCHS)
    assert trainer.losses()[1] == pytest.approx(promised, abs=0.012)


def test_twins_are_told_apart_by_l1_and_shared_by_l2(engine):
    dataset = dataset_of("correlated-twins")
    assert dataset.input_names[:2] == ("thermometer_north_c", "thermometer_south_c")
    twins = dataset.standardized_inputs(dataset.split.train)[:, :2]
    assert np.corrcoef(twins.T)[0, 1] > 0.995
    weights, one = {}, sample("correlated-twins")
    assert (one.training.penalty, one.training.lam) == ("l1", 0.1)
    for penalty in ("none", "l1", "l2", "elastic-net"):
        trainer = Trainer(dataset, one.architecture, 0)
        trainer.advance(replace(one.training, penalty=penalty), 5000)
        weights[penalty] = trainer.parameters[:6].copy()
    assert weights["none"][0] > 0.1 > -1.0 > weights["none"][1], "pulled apart without a penalty"
    assert np.count_nonzero(weights["l1"][:2]) == 1
    assert weights["l2"][0] == pytest.approx(weights["l2"][1], abs=0.05)
    assert np.all(np.abs(weights["elastic-net"][:2]) > 0.3)
    assert np.all(weights["elastic-net"][4:] == 0.0), "guests and baths do not matter"


@pytest.mark.parametrize("one", samples(), ids=lambda one: one.name)
def test_what_a_sentence_speaks_of_is_what_comes_into_force(one):
    """λ, the penalty and the layers that it names; where it names none, what its losses were measured with."""
    training, sentence = one.training, one.sentence
    lambdas = {float(lam) for lam in re.findall(r"λ = (\d[\d.]*\d|\d)", sentence)}
    assert training.lam in lambdas
    named = [kind for kind, words in (("l1", "L1"), ("l2", "L2"), ("elastic-net", "elastic net")) if words in sentence]
    assert training.penalty in (named or ["l2"])
    assert ("linear model, without hidden layers" in sentence) == one.architecture.is_linear
    if not one.architecture.is_linear:
        assert one.architecture == Architecture()
    assert replace(training, penalty="l2", lam=0.01) == TrainSettings()
    assert one.layout in LAYOUTS
    assert set(one.panels) <= set(PANELS)
    assert ("historyPanel" in one.panels) == ("validation loss" in sentence) == ("overfits" in sentence)


@pytest.mark.parametrize("one", [one for one in samples() if "overfits" in one.sentence], ids=lambda one: one.name)
def test_what_a_sentence_says_overfits_is_called_so_in_the_window(engine, one):
    trainer, null, history = Trainer(dataset_of(one.name), one.architecture, 0), null_losses(dataset_of(one.name)), []
    for _ in range(2 * N_EPOCHS // 50):
        trainer.advance(replace(one.training, lam=0.0), 50)
        history.append(trainer.losses())
    train, validation = min(history, key=lambda losses: losses[1])
    verdict = verdict_on(trainer.snapshot(replace(one.training, lam=0.0)), BestMoment(0.0, validation, train), null)
    assert verdict is not None
    assert verdict.kind == "overfitting"


def test_sparse_truth_keeps_four_at_the_lambda_that_is_named(engine):
    one = sample("sparse-truth")
    trainer = Trainer(dataset_of("sparse-truth"), one.architecture, 0)
    trainer.advance(one.training, 5000)
    assert np.count_nonzero(trainer.parameters[:20]) == 4


def test_two_weights_end_at_a_corner_under_l1_and_beside_it_under_l2(engine):
    one, dataset = sample("two-weights"), dataset_of("two-weights")
    assert dataset.input_names == ("size_m2", "height_m")
    weights = {}
    for penalty in ("l1", "l2"):
        trainer = Trainer(dataset, one.architecture, 0)
        trainer.advance(replace(one.training, penalty=penalty), 5000)
        weights[penalty] = trainer.parameters[:2].copy()
    assert weights["l1"][0] > 0.5
    assert weights["l1"][1] == 0.0
    assert weights["l2"][1] > 0.1
