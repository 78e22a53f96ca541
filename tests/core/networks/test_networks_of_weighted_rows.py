"""Networks under row weights: J, slopes, scores and sweeps of whole-number weights as of rows that are repeated."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from weighted_tables import datasets_of, settings_of, tables_of

from regdesk.core.networks.path import NetworkPlan, network_sweep
from regdesk.core.networks.solver import NetworkProblem
from regdesk.core.types import Architecture, TrainSettings
from regdesk.data.prepare.folds import prepare_folds

ARCHITECTURE = Architecture((4,))
LOSSES = ["squared", "logistic", "softmax"]


@pytest.mark.parametrize("loss", LOSSES)
def test_j_and_its_slopes_are_those_of_repeated_rows(tmp_path, loss):
    weighted, repeated = (NetworkProblem.of(one, ARCHITECTURE) for one in datasets_of(tmp_path, loss))
    # Batches and starts are of the seed; the null model is where output biases begin.
    start = weighted.cold_start(3)
    np.testing.assert_allclose(start, repeated.cold_start(3), atol=1e-14)
    settings = TrainSettings("elastic-net", 0.01, 0.5)
    found, expected = (one.measure(start, settings) for one in (weighted, repeated))
    assert found.objective == pytest.approx(expected.objective, rel=1e-12)
    assert found.residual == pytest.approx(expected.residual, rel=1e-10)
    assert weighted.null_model().objective == pytest.approx(repeated.null_model().objective, rel=1e-12)


@pytest.mark.parametrize("loss", LOSSES)
def test_the_solver_ends_at_the_same_minimum(tmp_path, loss):
    weighted, repeated = (NetworkProblem.of(one, ARCHITECTURE) for one in datasets_of(tmp_path, loss))
    settings = TrainSettings("l2", 0.02)
    found = weighted.solve(weighted.cold_start(3), settings)
    assert found.converged
    # At what it has found the rows that are repeated have the same J, and as little slope.
    there = repeated.measure(found.parameters, settings)
    assert there.objective == pytest.approx(found.objective, rel=1e-12)
    assert there.residual == pytest.approx(found.residual, abs=1e-9)
    assert found.residual <= 1e-5


def test_a_problem_keeps_its_weights_on_the_way_to_another_process(tmp_path):
    problem = NetworkProblem.of(datasets_of(tmp_path, "logistic")[0], ARCHITECTURE)
    again = pickle.loads(pickle.dumps(problem))
    start, settings = problem.cold_start(1), TrainSettings("l2", 0.1)
    assert again.measure(start, settings).objective == problem.measure(start, settings).objective


@pytest.mark.parametrize("loss", LOSSES)
def test_a_sweep_of_so_many_epochs_is_that_of_repeated_rows(tmp_path, loss):
    points = []
    for table in tables_of(tmp_path, loss):
        folds = prepare_folds(table, settings_of(fold_column="fold"), 0, 3)
        settings, plan = TrainSettings("l2", learning_rate=0.05), NetworkPlan((0.1, 0.01), seeds=(1,), n_epochs=30)
        *_, last = network_sweep(folds.whole, folds.folds, ARCHITECTURE, settings, plan)
        points.append(last.points)
    for one, other in zip(*points, strict=True):
        for name in ("objective", "data_loss", "train_loss", "validation_loss", "validation_se", "accuracy", "auroc"):
            expected = getattr(other, name)
            assert getattr(one, name) == pytest.approx(expected, rel=2e-4, nan_ok=True), name
