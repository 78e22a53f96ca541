"""Statements of topics that can be calculated are so."""

from __future__ import annotations

import numpy as np
import pytest
from canned import dataset_of
from tables import write_sparse

from regdesk.core.model.losses import SQUARED
from regdesk.core.model.network import Network
from regdesk.core.training.stack_arrays import work_of
from regdesk.core.words.explain.model_topics import TINY
from regdesk.core.words.explain.topics import TOPICS


def test_guessing_the_mean_of_a_standardised_target_costs_one_half(tmp_path):
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    targets = dataset.standardized_targets(dataset.split.train)
    assert SQUARED.values(np.zeros((len(targets), 1)), targets).mean() == pytest.approx(0.5)
    assert "costs exactly 0.5" in TOPICS["loss-squared"].text


def test_the_least_sizes_of_weights_are_those_at_which_the_engine_makes_zeros():
    for name, text in TINY.items():
        tiny = work_of(Network((2, 1), "tanh"), np.dtype(name)).tiny
        assert float(text) == pytest.approx(float(tiny), rel=5e-3)
        assert text in TOPICS["underflow"].text


def test_ridge_counts_each_direction_by_its_singular_value():
    generator = np.random.default_rng(0)
    inputs, lam = generator.normal(size=(40, 6)) @ np.diag([3.0, 2.0, 1.0, 0.5, 0.2, 0.1]), 0.05
    inputs -= inputs.mean(axis=0)
    hat = inputs @ np.linalg.solve(inputs.T @ inputs + 40 * lam * np.eye(6), inputs.T)
    singular = np.linalg.svd(inputs, compute_uv=False)
    assert np.trace(hat) == pytest.approx(np.sum(singular**2 / (singular**2 + 40 * lam)))


def test_gradient_descent_that_ends_early_is_much_as_ridge():
    """The filters of a direction of curvature s: 1 − (1 − ηs)^k and s/(s + 1/(ηk))."""
    n_steps, rate, curvatures = 50, 0.01, np.geomspace(1e-3, 10.0, 200)
    early = 1.0 - (1.0 - rate * curvatures) ** n_steps
    ridge = curvatures / (curvatures + 1.0 / (rate * n_steps))
    assert np.abs(early - ridge).max() < 0.25
    assert early[:60] == pytest.approx(ridge[:60], rel=0.02)
    assert (np.diff(early) > 0).all()
