"""The data-fit picture: the right kind, the right rows, and predictions that are the network's."""

from __future__ import annotations

import numpy as np
import pytest
from core_problems import make_dataset
from reference import forward
from sklearn.metrics import accuracy_score, r2_score, roc_auc_score

from regdesk.core.fit_view import MAX_MOVING_ROWS, N_CURVE_POINTS, N_MAP_SIDE, FitView
from regdesk.core.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings

SETTINGS = TrainSettings("l2", 0.001, 0.5, "adam", 0.01)


def dataset_of(n_inputs, task, n_rows=80, n_validation=20, groups=None):
    generator = np.random.default_rng(n_inputs)
    inputs = generator.normal(10.0, 4.0, size=(n_rows, n_inputs))
    signal = inputs[:, 0] + generator.normal(size=n_rows)
    targets = (signal > 10).astype(float) if task == "classification" else 50.0 + 7.0 * signal
    return make_dataset(inputs, targets, task, n_validation, groups=groups)


@pytest.mark.parametrize(
    ("n_inputs", "task", "groups", "kind"),
    [
        (1, "regression", None, "curve"),
        (1, "classification", None, "curve"),
        (2, "regression", None, "map"),
        (2, "classification", None, "map"),
        (2, "regression", [0, 0], "parity"),
        (2, "classification", [0, 0], "roc"),
        (3, "regression", None, "parity"),
        (3, "classification", None, "roc"),
    ],
)
@pytest.mark.parametrize("hidden", [(), (5, 3)])
def test_the_picture_suits_the_data_and_shows_the_networks_own_predictions(n_inputs, task, groups, kind, hidden):
    dataset = dataset_of(n_inputs, task, groups=groups)
    trainer = Trainer(dataset, Architecture(hidden), seed=0)
    trainer.advance(SETTINGS, 50)
    scene, frame = FitView(dataset).scene, trainer.snapshot(SETTINGS).fit
    assert scene.kind == kind
    tolerance = 1e-9 if not hidden else 1e-5

    def predict(inputs):
        standardized = (inputs - dataset.input_scaler.mean) / dataset.input_scaler.scale
        parameters = trainer.parameters.astype(np.float64)
        outputs = forward(parameters, trainer.network.sizes, "tanh", standardized)[2]
        if task == "classification":
            return 1.0 / (1.0 + np.exp(-outputs))
        return outputs * dataset.target_scaler.scale + dataset.target_scaler.mean

    train, validation = dataset.split.train, dataset.split.validation
    np.testing.assert_array_equal(scene.train_inputs, dataset.inputs[train])
    np.testing.assert_array_equal(scene.train_targets, dataset.targets[train])
    np.testing.assert_array_equal(scene.validation_targets, dataset.targets[validation])
    np.testing.assert_allclose(frame.train_predictions, predict(dataset.inputs[train]), rtol=tolerance)
    expected = predict(dataset.inputs[validation])
    np.testing.assert_allclose(frame.validation_predictions, expected, rtol=tolerance)
    if kind == "curve":
        assert scene.grid.shape == (1, N_CURVE_POINTS)
        np.testing.assert_allclose(frame.surface, predict(scene.grid.T), rtol=tolerance)
        assert scene.grid.min() < dataset.inputs.min() < dataset.inputs.max() < scene.grid.max()
    elif kind == "map":
        assert frame.surface.shape == (N_MAP_SIDE, N_MAP_SIDE)
        for row, column in [(0, 0), (3, 70), (80, 5)]:
            point = np.array([[scene.grid[0, column], scene.grid[1, row]]])
            assert frame.surface[row, column] == pytest.approx(predict(point)[0], rel=tolerance)
    else:
        assert frame.surface.size == scene.grid.size == 0
    if task == "regression":
        assert frame.score == pytest.approx(r2_score(dataset.targets[validation], expected), rel=1e-4)
        assert np.isnan(frame.auroc)
    else:
        labels = dataset.targets[validation]
        assert frame.score == pytest.approx(accuracy_score(labels, expected > 0.5))
        assert frame.auroc == pytest.approx(roc_auc_score(labels, expected))
    assert (len(frame.roc[0]) > 0) == (kind == "roc")


def test_many_rows_are_shown_in_part_and_scored_in_whole():
    dataset = dataset_of(3, "regression", n_rows=9_000, n_validation=4_000)
    trainer = Trainer(dataset, Architecture(()), seed=0)
    frame, scene = trainer.snapshot(SETTINGS).fit, FitView(dataset).scene
    assert len(scene.train_targets) == len(scene.validation_targets) == MAX_MOVING_ROWS
    assert len(frame.train_predictions) == len(frame.validation_predictions) == MAX_MOVING_ROWS
    assert scene.n_scored == scene.n_validation == 4_000
    rows = dataset.split.validation
    outputs = trainer.predict(dataset.standardized_inputs(rows))
    predictions = outputs * dataset.target_scaler.scale + dataset.target_scaler.mean
    assert frame.score == pytest.approx(r2_score(dataset.targets[rows], predictions), rel=1e-9)


@pytest.mark.parametrize("n_inputs", [1, 2, 3])
@pytest.mark.parametrize("task", ["regression", "classification"])
def test_no_validation_rows(task, n_inputs):
    dataset = dataset_of(n_inputs, task, n_validation=0)
    trainer = Trainer(dataset, Architecture((3,)), seed=0)
    snapshot = trainer.snapshot(SETTINGS)
    assert np.isnan(snapshot.fit.score)
    assert np.isnan(snapshot.validation_loss)
    assert len(snapshot.fit.validation_predictions) == 0
    assert np.isfinite(snapshot.train_loss)


def test_a_constant_input_still_has_a_curve_with_width():
    inputs = np.full((30, 1), 4.0)
    scene = FitView(make_dataset(inputs, np.arange(30.0), "regression")).scene
    assert (scene.grid[0, 0], scene.grid[0, -1]) == (3.5, 4.5)


def test_rows_far_out_are_no_ties_in_the_roc():
    """Their probabilities are all exactly 1; their log-odds are not."""
    dataset = dataset_of(3, "classification", n_rows=8, n_validation=4)
    view = FitView(dataset)
    labels = dataset.targets[dataset.split.validation]
    logits = np.where(labels > 0.5, 60.0, 50.0) + np.arange(4)
    outputs = np.concatenate([np.zeros(len(view.inputs) - 4), logits])
    if 0 < labels.sum() < 4:
        assert view.frame(outputs).auroc == pytest.approx(roc_auc_score(labels, logits)) == 1.0
    else:
        assert np.isnan(view.frame(outputs).auroc)
