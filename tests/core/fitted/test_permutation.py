"""Permutation importance against scikit-learn, and against what it must be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from canned import Canned, dataset_of
from sklearn.base import BaseEstimator
from sklearn.inspection import permutation_importance
from tables import write_csv, write_sparse

from regdesk.core.fitted import permutation
from regdesk.core.fitted.permutation import permuted_losses
from regdesk.core.model.dataset import Dataset
from regdesk.core.types import Float64s


class Answers(BaseEstimator):
    """What scikit-learn asks: the canned model, whose answers are the reference's."""

    def __init__(self, model: Canned) -> None:
        self.model = model

    def fit(self, inputs: Float64s, targets: Float64s) -> Answers:
        return self

    def predict(self, inputs: Float64s) -> Float64s:
        return self.model.outputs(inputs)


def minus_loss(estimator: Answers, inputs: Float64s, targets: Float64s) -> float:
    dataset = estimator.model.dataset
    return -float(dataset.loss_on(dataset.split.validation).values(estimator.predict(inputs), targets).mean())


def write_labels(path: Path) -> Path:
    generator = np.random.default_rng(8)
    a, b = generator.normal(size=(2, 120)).round(3)
    colour = generator.choice(["blue", "green", "red"], size=120)
    target = np.where(a + 2.0 * (colour == "red") + 0.4 * generator.normal(size=120) > 0.8, "yes", "no")
    return write_csv(path, ["a", "b", "colour", "y"], [a, b, colour, target])


@pytest.mark.parametrize(("name", "hidden"), [("sparse", ()), ("sparse", (5,)), ("labels", (4, 3)), ("labels", ())])
def test_it_is_what_scikit_learn_finds(tmp_path: Path, name: str, hidden: tuple[int, ...]) -> None:
    write = write_sparse if name == "sparse" else write_labels
    dataset = dataset_of(write(tmp_path / "rows.csv"), "y")
    model = Canned.of(dataset, hidden)
    n_repeats = 200
    ours = permuted_losses(dataset, model.network, model.parameters, seed=1, n_repeats=n_repeats)
    assert ours is not None
    rows = dataset.split.validation
    theirs = permutation_importance(
        Answers(model), dataset.inputs[rows], dataset.standardized_targets(rows), scoring=minus_loss,
        n_repeats=n_repeats, random_state=3,
    )  # fmt: skip
    assert ours.loss == pytest.approx(model.snapshot().validation_loss, rel=1e-6)
    single = [number for number in range(len(dataset.features)) if np.sum(dataset.input_groups == number) == 1]
    inputs = [int(np.flatnonzero(dataset.input_groups == number)[0]) for number in single]
    means, spreads = theirs.importances_mean[inputs], theirs.importances_std[inputs]
    # Both means are of permutations drawn at random.
    error = np.hypot(spreads, ours.spreads[single]) / np.sqrt(n_repeats)
    assert (np.abs(ours.increases[single] - means) < 5.0 * error + 1e-9).all()
    np.testing.assert_allclose(ours.spreads[single], spreads, rtol=0.25, atol=1e-9)


def squared_model(folder: Path) -> tuple[Dataset, Canned]:
    dataset = dataset_of(write_sparse(folder / "sparse.csv"), "y")
    return dataset, Canned.of(dataset, ())


def test_of_a_linear_model_every_permutation_is_known(tmp_path: Path) -> None:
    dataset, model = squared_model(tmp_path)
    found = permuted_losses(dataset, model.network, model.parameters, seed=4, n_repeats=3)
    assert found is not None
    rows = dataset.split.validation
    inputs, targets = dataset.standardized_inputs(rows), dataset.standardized_targets(rows)
    weights = model.parameters[:-1].astype(np.float64)
    plain = 0.5 * np.mean((inputs @ weights + model.parameters[-1] - targets) ** 2)
    generator = np.random.default_rng(4)
    orders = [generator.permutation(len(rows)) for _ in range(3)]
    for column in range(dataset.n_inputs):
        increases = []
        for order in orders:
            moved = inputs.copy()
            moved[:, column] = inputs[order, column]
            increases.append(0.5 * np.mean((moved @ weights + model.parameters[-1] - targets) ** 2) - plain)
        assert found.increases[column] == pytest.approx(np.mean(increases), rel=1e-9, abs=1e-12)
        assert found.spreads[column] == pytest.approx(np.std(increases, ddof=1), rel=1e-9, abs=1e-12)
    again = permuted_losses(dataset, model.network, model.parameters, seed=4, n_repeats=3)
    assert again is not None
    np.testing.assert_array_equal(found.increases, again.increases)


def test_a_category_is_permuted_as_one_and_a_column_that_is_out_costs_nothing(tmp_path: Path) -> None:
    dataset = dataset_of(write_labels(tmp_path / "labels.csv"), "y")
    model = Canned.of(dataset, (4,))
    parameters = model.parameters.copy()
    model.network.weights(parameters, 0)[dataset.input_groups == 0] = 0.0
    model = replace(model, parameters=parameters)
    found = permuted_losses(dataset, model.network, model.parameters, seed=0)
    assert found is not None
    assert dataset.features == ("a", "b", "colour")
    assert (found.increases[0], found.spreads[0]) == (0.0, 0.0)
    rows = dataset.split.validation
    inputs, targets, loss = dataset.standardized_inputs(rows), dataset.standardized_targets(rows), dataset.loss_on(rows)
    generator = np.random.default_rng(0)
    increases = []
    for _ in range(found.n_repeats):
        moved, order = inputs.copy(), generator.permutation(len(rows))
        moved[:, dataset.input_groups == 2] = inputs[order][:, dataset.input_groups == 2]
        outputs = model.outputs(dataset.input_scaler.invert(moved))
        increases.append(loss.values(outputs, targets).mean() - found.loss)
    assert found.increases[2] == pytest.approx(np.mean(increases), rel=1e-5)


def test_of_many_rows_some_are_drawn_and_it_can_be_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset, model = squared_model(tmp_path)
    monkeypatch.setattr(permutation, "MOST_ROWS", 12)
    reported: list[float] = []
    found = permuted_losses(dataset, model.network, model.parameters, seed=0, report=reported.append)
    assert found is not None
    assert (found.n_rows, found.n_rows_all) == (12, len(dataset.split.validation))
    assert reported[-1] == 1.0
    assert permuted_losses(dataset, model.network, model.parameters, seed=0, should_stop=lambda: True) is None


def test_without_validation_rows_there_is_none(tmp_path: Path) -> None:
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y", validation_fraction=0.0)
    model = Canned.of(dataset, ())
    with pytest.raises(ValueError, match="no validation rows"):
        permuted_losses(dataset, model.network, model.parameters, seed=0)
