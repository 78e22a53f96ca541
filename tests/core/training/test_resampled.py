"""Fits of other samples: linear ones against numpy, networks against a trainer of one, and what is given up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core_problems import make_dataset

from regdesk.core.fit.cloud import ResampleWork
from regdesk.core.fit.view import FitView
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.training import resampled
from regdesk.core.training.resampled import drawn_counts, resampled_fits
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings

LINEAR, N_FITS = Architecture(()), 30
RIDGE = TrainSettings("l2", 0.05, 0.5, "adam", 0.01)


def curve(task="regression", n_rows=40, powers=3):
    """One number with its powers, as inputs of one column."""
    generator = np.random.default_rng(2)
    x = np.sort(generator.uniform(0.0, 2.0, n_rows))
    inputs = x[:, np.newaxis] ** np.arange(1, powers + 1)
    targets = 20.0 + 5.0 * np.sin(3.0 * x) + generator.normal(size=n_rows)
    if task == "classification":
        targets = (targets + 2.0 * generator.normal(size=n_rows) > 21.0).astype(float)
    dataset = make_dataset(inputs, targets, task, 10, groups=[0] * powers)
    return replace(dataset, features=("x",), labels=((),))


def work_of(dataset, architecture=LINEAR, settings=RIDGE, seed=4, n_fits=N_FITS):
    trainer = Trainer(dataset, architecture, 0)
    return ResampleWork(
        7, dataset, FitView(dataset), architecture, settings, trainer.parameters.copy(), 0.0, seed, n_fits
    )


def test_ridge_is_that_of_numpy_on_the_drawn_rows():
    dataset = curve()
    train = dataset.split.train
    cloud = resampled_fits(work_of(dataset), Stop())
    assert (cloud.surfaces.shape, cloud.n_failed, cloud.n_steps, cloud.run) == ((N_FITS, 241), 0, 0, 7)
    inputs, targets = dataset.standardized_inputs(train), dataset.standardized_targets(train)
    counts, predictions = drawn_counts(len(train), N_FITS, 4), []
    for fit, count in enumerate(counts):
        # As many rows as are drawn, each as often as it is drawn.
        drawn = np.repeat(np.arange(len(train)), count.astype(int))
        assert len(drawn) == len(train)
        rows = np.column_stack([inputs[drawn], np.ones(len(drawn))])
        penalty = len(drawn) * RIDGE.lam * np.diag([1.0, 1.0, 1.0, 0.0])
        weights = np.linalg.solve(rows.T @ rows + penalty, rows.T @ targets[drawn])
        surface = dataset.input_scaler.apply(cloud.scene.grid[0][:, np.newaxis] ** np.arange(1, 4))
        expected = dataset.target_scaler.invert((surface @ weights[:3] + weights[3])[:, np.newaxis])[:, 0]
        np.testing.assert_allclose(cloud.surfaces[fit], expected, rtol=1e-7)
        predictions.append(dataset.target_scaler.invert((inputs @ weights[:3] + weights[3])[:, np.newaxis])[:, 0])
    spread = np.median(np.std(predictions, axis=0, ddof=1))
    np.testing.assert_allclose(cloud.spread, spread, rtol=1e-7)
    np.testing.assert_allclose(cloud.spread_surface, np.std(cloud.surfaces, axis=0, ddof=1), rtol=1e-12)


def test_more_penalty_leaves_less_to_chance():
    """Of targets that are nothing but chance."""
    dataset = curve(powers=9)
    noise = replace(dataset, targets=np.random.default_rng(8).normal(size=len(dataset.targets)))
    works = [work_of(noise, settings=replace(RIDGE, lam=lam)) for lam in (1e-6, 10.0)]
    loose, tight = (resampled_fits(work, Stop()).spread for work in works)
    assert tight < 0.7 * loose


@pytest.mark.parametrize("task", ["regression", "classification"])
def test_networks_go_on_as_one_of_the_drawn_rows_would(engine, monkeypatch, task):
    monkeypatch.setattr(resampled, "MOST_STEPS", 200)
    dataset, architecture = curve(task, powers=1), Architecture((4,), "tanh")
    work = work_of(dataset, architecture)
    cloud = resampled_fits(replace(work, n_fits=3), Stop())
    assert cloud.n_steps == 200
    train = dataset.split.train
    for fit, count in enumerate(drawn_counts(len(train), 3, 4)):
        weights = np.zeros(len(dataset.targets))
        weights[train] = count
        own = replace(dataset, row_weights=weights, split=replace(dataset.split, train=train[count > 0]))
        alone = Trainer(own, architecture, 4)
        alone.load(work.parameters, RIDGE, "")
        alone.advance(RIDGE, 200)
        expected = work.view.in_units(alone.predict(work.view.inputs[:241]))
        np.testing.assert_allclose(cloud.surfaces[fit], expected, rtol=2e-3, atol=2e-3)
    if task == "classification":
        assert cloud.surfaces.min() >= 0.0
        assert cloud.surfaces.max() <= 1.0


def test_what_nobody_waits_for_is_given_up():
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        resampled_fits(work_of(curve()), stop)


def test_a_fit_without_an_optimum_is_left_out():
    dataset = curve("classification")
    parted = replace(dataset, targets=(dataset.inputs[:, 0] > 1.0).astype(float))
    cloud = resampled_fits(work_of(parted, settings=replace(RIDGE, penalty="none"), n_fits=5), Stop())
    assert (cloud.n_failed, len(cloud.surfaces)) == (5, 0)
    assert np.isnan(cloud.spread)
