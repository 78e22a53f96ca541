"""The data-fit picture: the right kind, the right rows, and predictions that are the network's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core_problems import make_dataset
from reference import forward
from scipy.special import softmax
from sklearn.metrics import accuracy_score, confusion_matrix, r2_score, roc_auc_score

from regdesk.core.fit.slices import usual_row
from regdesk.core.fit.view import MAX_MOVING_ROWS, MAX_SCORED_ROWS, N_CURVE_POINTS, N_MAP_SIDE, FitView
from regdesk.core.training.trainer import Trainer
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
        outputs = forward(parameters, trainer.network.sizes, "tanh", standardized)[2][:, 0]
        if task == "classification":
            return 1.0 / (1.0 + np.exp(-outputs))
        return outputs * dataset.target_scaler.scale + dataset.target_scaler.mean

    train, validation = dataset.split.train, dataset.split.validation
    if scene.grid:
        np.testing.assert_array_equal(scene.train_places, dataset.inputs[train])
        np.testing.assert_array_equal(scene.validation_places, dataset.inputs[validation])
    np.testing.assert_array_equal(scene.train_targets, dataset.targets[train])
    np.testing.assert_array_equal(scene.validation_targets, dataset.targets[validation])
    np.testing.assert_allclose(frame.train_predictions, predict(dataset.inputs[train]), rtol=tolerance)
    expected = predict(dataset.inputs[validation])
    np.testing.assert_allclose(frame.validation_predictions, expected, rtol=tolerance)
    if kind == "curve":
        (grid,) = scene.grid
        assert grid.shape == (N_CURVE_POINTS,)
        np.testing.assert_allclose(frame.surface, predict(grid[:, np.newaxis]), rtol=tolerance)
        assert grid.min() < dataset.inputs.min() < dataset.inputs.max() < grid.max()
    elif kind == "map":
        assert frame.surface.shape == (N_MAP_SIDE, N_MAP_SIDE)
        for row, column in [(0, 0), (3, 70), (80, 5)]:
            point = np.array([[scene.grid[0][column], scene.grid[1][row]]])
            assert frame.surface[row, column] == pytest.approx(predict(point)[0], rel=tolerance)
    else:
        assert frame.surface.size == len(scene.grid) == 0
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
    outputs = trainer.predict(dataset.standardized_inputs(rows))[:, 0]
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
    assert (scene.grid[0][0], scene.grid[0][-1]) == (3.5, 4.5)


def test_rows_far_out_are_no_ties_in_the_roc():
    """Their probabilities are all exactly 1; their log-odds are not."""
    dataset = dataset_of(3, "classification", n_rows=8, n_validation=4)
    view = FitView(dataset)
    labels = dataset.targets[dataset.split.validation]
    logits = np.where(labels > 0.5, 60.0, 50.0) + np.arange(4)
    outputs = np.concatenate([np.zeros(len(view.inputs) - 4), logits])[:, np.newaxis]
    if 0 < labels.sum() < 4:
        assert view.frame(outputs).auroc == pytest.approx(roc_auc_score(labels, logits)) == 1.0
    else:
        assert np.isnan(view.frame(outputs).auroc)


def dataset_of_classes(n_inputs, n_classes=3, n_rows=80, n_validation=20, groups=None):
    """Classes that alternate, so that every part has rows of each, and inputs that tell a little about them."""
    generator = np.random.default_rng(n_inputs)
    targets = np.arange(n_rows) % n_classes
    inputs = generator.normal(10.0, 4.0, size=(n_rows, n_inputs)) + 3.0 * targets[:, np.newaxis]
    return make_dataset(inputs, targets.astype(float), "classification", n_validation, groups=groups)


@pytest.mark.parametrize(
    ("n_inputs", "groups", "kind"),
    [(1, None, "class-curves"), (2, None, "class-map"), (2, [0, 0], "confusion"), (4, None, "confusion")],
)
@pytest.mark.parametrize("n_classes", [3, 7])
@pytest.mark.parametrize("hidden", [(), (5, 3)])
def test_several_classes_have_pictures_of_their_own(n_inputs, groups, kind, n_classes, hidden):
    dataset = dataset_of_classes(n_inputs, n_classes, groups=groups)
    trainer = Trainer(dataset, Architecture(hidden), seed=0)
    trainer.advance(SETTINGS, 50)
    scene, frame = FitView(dataset).scene, trainer.snapshot(SETTINGS).fit
    assert scene.kind == kind
    tolerance = 1e-9 if not hidden else 1e-5

    def probabilities(inputs):
        parameters = trainer.parameters.astype(np.float64)
        standardized = (inputs - dataset.input_scaler.mean) / dataset.input_scaler.scale
        return softmax(forward(parameters, trainer.network.sizes, "tanh", standardized)[2], axis=1)

    train, validation = dataset.split.train, dataset.split.validation
    expected = probabilities(dataset.inputs[validation])
    labels = dataset.targets[validation]
    np.testing.assert_array_equal(frame.train_predictions, probabilities(dataset.inputs[train]).argmax(axis=1))
    np.testing.assert_array_equal(frame.validation_predictions, expected.argmax(axis=1))
    assert frame.score == pytest.approx(accuracy_score(labels, expected.argmax(axis=1)))
    assert frame.auroc == pytest.approx(roc_auc_score(labels, expected, multi_class="ovr"))
    assert len(frame.roc[0]) == 0
    if kind == "class-curves":
        np.testing.assert_allclose(
            frame.surface, probabilities(scene.grid[0][:, np.newaxis]), rtol=tolerance, atol=1e-7
        )
        assert frame.surface.shape == (N_CURVE_POINTS, n_classes)
    elif kind == "class-map":
        assert frame.surface.shape == frame.surface_classes.shape == (N_MAP_SIDE, N_MAP_SIDE)
        for row, column in [(0, 0), (3, 70), (80, 5)]:
            point = probabilities(np.array([[scene.grid[0][column], scene.grid[1][row]]]))[0]
            assert frame.surface_classes[row, column] == point.argmax()
            assert frame.surface[row, column] == pytest.approx(point.max(), rel=10 * tolerance)
    else:
        assert frame.surface.size == frame.surface_classes.size == len(scene.grid) == 0
        counts = confusion_matrix(labels, expected.argmax(axis=1), labels=range(n_classes))
        np.testing.assert_array_equal(frame.confusion, counts)
    assert (frame.confusion.size > 0) == (kind == "confusion")


@pytest.mark.parametrize("n_inputs", [1, 2, 3])
def test_without_validation_rows_the_matrix_is_of_the_training_rows(n_inputs):
    dataset = dataset_of_classes(n_inputs, n_rows=1_500, n_validation=0)
    view = FitView(dataset)
    outputs = np.random.default_rng(0).normal(size=(len(view.inputs), 3))
    frame = view.frame(outputs)
    assert np.isnan(frame.score)
    assert np.isnan(frame.auroc)
    assert len(frame.validation_predictions) == 0
    if n_inputs == 3:
        # All of them, not only as many as would be drawn as points.
        expected = confusion_matrix(dataset.targets[dataset.split.train], outputs.argmax(axis=1))
        np.testing.assert_array_equal(frame.confusion, expected)


def test_a_class_without_validation_rows_keeps_its_place_in_the_matrix():
    dataset = dataset_of_classes(3, n_classes=4)
    rows = dataset.split.validation
    targets = dataset.targets.copy()
    targets[rows] = 1.0 + np.arange(len(rows)) % 2
    view = FitView(replace(dataset, targets=targets))
    outputs = np.zeros((len(view.inputs), 4))
    outputs[:, 3] = 1.0
    frame = view.frame(outputs)
    expected = np.zeros((4, 4))
    expected[1, 3] = expected[2, 3] = len(rows) / 2
    np.testing.assert_array_equal(frame.confusion, expected)
    assert frame.score == 0.0
    assert np.isnan(frame.auroc)


def test_as_many_rows_are_scored_as_can_be_sorted_for_every_class():
    dataset = dataset_of_classes(3, n_classes=5, n_rows=6_000, n_validation=5_000)
    view = FitView(dataset)
    assert (view.scene.n_scored, view.scene.n_validation) == (MAX_SCORED_ROWS // 5, 5_000)
    assert view.frame(np.zeros((len(view.inputs), 5))).confusion.sum() == MAX_SCORED_ROWS // 5


@pytest.mark.parametrize(
    ("n_inputs", "task", "n_classes"), [(3, "regression", 0), (3, "classification", 2), (3, "classification", 3)]
)
def test_scores_and_counts_take_rows_as_they_weigh(n_inputs, task, n_classes):
    """Whole-number weights, against the same outputs of rows that are repeated."""
    generator = np.random.default_rng(8)
    inputs, weights = generator.normal(size=(60, n_inputs)), generator.integers(1, 4, 60)
    targets = generator.normal(size=60) if task == "regression" else np.arange(60.0) % n_classes
    data = replace(make_dataset(inputs, targets, task, 40), row_weights=weights.astype(float))
    frames = []
    for one, copies in ((data, np.ones(60, int)), (replace(data, row_weights=None), weights)):
        # Copies of a row stand side by side in their part.
        split = replace(
            one.split,
            train=np.repeat(one.split.train, copies[one.split.train]),
            validation=np.repeat(one.split.validation, copies[one.split.validation]),
        )
        view = FitView(replace(one, split=split))
        first = view.inputs @ np.arange(1.0, n_inputs + 1.0)
        outputs = np.column_stack([first, np.sin(first), -first])[:, : data.n_outputs]
        frames.append(view.frame(outputs))
    weighted, repeated = frames
    for name in ("score", "auroc", "average_precision"):
        assert getattr(weighted, name) == pytest.approx(getattr(repeated, name), rel=1e-12, nan_ok=True)
    assert weighted.scene.n_scored == 40
    assert weighted.scene.n_weighed == repeated.scene.n_scored == weights[data.split.validation].sum()
    assert repeated.scene.n_weighed is None
    if n_classes == 2:
        assert weighted.scores_of_two.even_odds == pytest.approx(repeated.scores_of_two.even_odds)
        np.testing.assert_allclose(weighted.scores_of_two.train.auroc, repeated.scores_of_two.train.auroc)
        np.testing.assert_array_equal(weighted.scores_of_two.counts, repeated.scores_of_two.counts)
    if n_classes == 3:
        np.testing.assert_array_equal(weighted.confusion, repeated.confusion)


def test_a_slice_stands_at_the_median_of_the_rows_as_they_weigh():
    inputs = np.column_stack([[1.0, 2.0, 3.0, 10.0], [0.0, 1.0, 2.0, 3.0]])
    data = make_dataset(inputs, np.arange(4.0), "regression")
    heavy = replace(data, row_weights=np.array([1.0, 1.0, 1.0, 4.0]))
    assert usual_row(data).tolist() == [2.5, 1.5]
    assert usual_row(heavy).tolist() == [10.0, 3.0]
