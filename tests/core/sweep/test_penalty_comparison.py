"""One linear model under three penalties, against scikit-learn at the same objective."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from canned import dataset_of
from sklearn.linear_model import ElasticNet, Lasso, Ridge
from tables import write_classes, write_sparse

from regdesk.core.model.side_by_side import SideBySide
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.sweep.penalty_comparison import ABOVE, compare_penalties
from regdesk.core.types import TrainSettings

SETTINGS = TrainSettings(penalty="l2", lam=0.2, l1_ratio=0.5)


def test_three_solutions_and_paths_of_the_same_rows(tmp_path: Path, engine: None) -> None:
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    found = compare_penalties(dataset, SETTINGS, Stop())
    assert isinstance(found, SideBySide)
    rows = dataset.split.train
    inputs, targets = dataset.standardized_inputs(rows), dataset.standardized_targets(rows)
    models = (
        Lasso(0.2, tol=1e-12, max_iter=100_000),
        Ridge(0.2 * len(rows), solver="cholesky"),
        ElasticNet(0.2, l1_ratio=0.5, tol=1e-12, max_iter=100_000),
    )
    for column, model in zip(found.weights.T, models, strict=True):
        np.testing.assert_allclose(column, model.fit(inputs, targets).coef_, atol=1e-7)
    assert np.count_nonzero(found.weights, axis=0).tolist() == [2, 8, 2]
    # All paths stand over the same λ, from above the one at which L1 has no weight.
    lambdas = found.paths[0].lambdas
    assert all(path.lambdas is lambdas for path in found.paths)
    assert lambdas[0] == pytest.approx(ABOVE * np.abs(inputs.T @ targets).max() / len(rows))
    assert not found.paths[0].weights[0].any()
    assert found.paths[1].weights[0].all()
    lasso = Lasso(lambdas[30], tol=1e-12, max_iter=100_000).fit(inputs, targets)
    np.testing.assert_allclose(found.paths[0].weights[30], lasso.coef_, atol=1e-6)


def test_another_lambda_takes_the_paths_over(tmp_path: Path, engine: None) -> None:
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    first = compare_penalties(dataset, SETTINGS, Stop())
    assert isinstance(first, SideBySide)
    second = compare_penalties(dataset, replace(SETTINGS, lam=0.01), Stop(), first)
    assert isinstance(second, SideBySide)
    assert second.paths is first.paths
    third = compare_penalties(dataset, replace(SETTINGS, l1_ratio=0.9), Stop(), second)
    assert isinstance(third, SideBySide)
    assert third.paths is not first.paths


def test_what_cannot_be_compared_says_so(tmp_path: Path, engine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = dataset_of(write_classes(tmp_path / "classes.csv"), "colour")
    found = compare_penalties(dataset, replace(SETTINGS, lam=0.05), Stop())
    assert isinstance(found, SideBySide)
    assert found.weights.shape == (dataset.n_inputs * dataset.n_outputs, 3)
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        compare_penalties(dataset, SETTINGS, stop)
    monkeypatch.setattr("regdesk.core.sweep.penalty_comparison.MOST_CELLS", 1)
    assert compare_penalties(dataset, SETTINGS, Stop()) == "too large"
