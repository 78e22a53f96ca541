"""Slices: the network's own answers where one or two columns vary and the others stand at their medians."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core_problems import make_dataset
from reference import forward
from scipy.special import softmax

from regdesk.core.fit.slices import places_of, usual_row
from regdesk.core.fit.view import N_CURVE_POINTS, N_MAP_SIDE, FitView
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings

SETTINGS = TrainSettings("l2", 0.001, 0.5, "adam", 0.01)
LABELS = ("blue", "green", "red")


def mixed_dataset(task, n_classes=2, n_rows=90, n_validation=20):
    """A number, a column of three categories as three inputs, and two numbers more."""
    generator = np.random.default_rng(4)
    kinds = generator.choice(3, size=n_rows, p=[0.2, 0.5, 0.3])
    numbers = generator.normal(10.0, 4.0, size=(n_rows, 3))
    inputs = np.column_stack([numbers[:, 0], np.eye(3)[kinds], numbers[:, 1:]])
    signal = numbers[:, 0] + 3.0 * kinds + generator.normal(size=n_rows)
    targets = 50.0 + 7.0 * signal
    if task == "classification":
        targets = np.digitize(signal, np.quantile(signal, np.arange(1, n_classes) / n_classes)).astype(float)
    dataset = make_dataset(inputs, targets, task, n_validation, groups=[0, 1, 1, 1, 2, 3])
    names = ("size", *(f"colour={label}" for label in LABELS), "age", "rent")
    features = ("size", "colour", "age", "rent")
    return replace(dataset, features=features, input_names=names, labels=((), LABELS, (), ()))


def dataset_of_two_labels():
    """As ``mixed_dataset``, but what was blue or green is 0 now and red 1, in one input."""
    dataset = mixed_dataset("regression")
    return replace(
        dataset,
        inputs=np.delete(dataset.inputs, [1, 2], axis=1),
        input_names=("size", "colour=red", "age", "rent"),
        input_groups=np.arange(4),
        input_scaler=Standardizer.fit(np.delete(dataset.inputs, [1, 2], axis=1)[dataset.split.train]),
        labels=((), ("blue or green", "red"), (), ()),
    )


def predictor(dataset, trainer):
    """Values in original units, the second class's probability, or a probability for each class."""

    def predict(inputs):
        standardized = (inputs - dataset.input_scaler.mean) / dataset.input_scaler.scale
        parameters = trainer.parameters.astype(np.float64)
        outputs = forward(parameters, trainer.network.sizes, "tanh", standardized)[2]
        if dataset.n_outputs > 1:
            return softmax(outputs, axis=1)
        if dataset.task == "classification":
            return 1.0 / (1.0 + np.exp(-outputs[:, 0]))
        return outputs[:, 0] * dataset.target_scaler.scale + dataset.target_scaler.mean

    return predict


def usual_of(dataset):
    """Medians of the numbers; the most frequent colour."""
    rows = dataset.inputs[dataset.split.train]
    usual = np.array([np.median(column) for column in rows.T])
    counts = rows[:, 1:4].sum(axis=0)
    usual[1:4] = counts == counts.max()
    return usual


def inputs_at(dataset, **values):
    """Rows of inputs at the medians but for the named columns, whose values ``(n,)`` are numbers or labels."""
    n_rows = len(next(iter(values.values())))
    rows = np.tile(usual_of(dataset), (n_rows, 1))
    for name, column in values.items():
        if name == "colour":
            rows[:, 1:4] = np.array([[float(label == one) for one in LABELS] for label in column])
        else:
            rows[:, dataset.input_names.index(name)] = column
    return rows


@pytest.mark.parametrize(("task", "n_classes"), [("regression", 0), ("classification", 2), ("classification", 3)])
@pytest.mark.parametrize("picture", [("age",), ("colour",), ("rent", "size"), ("colour", "age"), ("age", "colour")])
def test_a_slice_is_the_networks_own_answer(task, n_classes, picture):
    dataset = mixed_dataset(task, n_classes)
    view = FitView(dataset).with_slice(picture)
    trainer = Trainer(dataset, Architecture((4,)), seed=0, fit_view=view)
    trainer.advance(SETTINGS, 60)
    scene, frame, predict = view.scene, trainer.snapshot(SETTINGS).fit, predictor(dataset, trainer)
    assert frame.scene is scene
    assert (scene.slice_columns, scene.axis_names) == (picture, picture)
    assert scene.has_others
    assert scene.kind == ("class-" if n_classes == 3 else "") + ("map" if len(picture) == 2 else "curve") + (
        "s" if n_classes == 3 and len(picture) == 1 else ""
    )
    values = [
        np.array(LABELS)[np.rint(grid).astype(int)] if name == "colour" else grid
        for name, grid in zip(picture, scene.grid, strict=True)
    ]
    for name, labels, grid in zip(picture, scene.axis_categories, scene.grid, strict=True):
        assert labels == (LABELS if name == "colour" else ())
        if name == "colour":
            assert len(grid) == (6 if len(picture) == 1 else 3)
        else:
            assert len(grid) == (N_CURVE_POINTS if len(picture) == 1 else N_MAP_SIDE)
            column = dataset.inputs[:, dataset.input_names.index(name)]
            assert grid[0] < column.min() < column.max() < grid[-1]
    if len(picture) == 1:
        expected = predict(inputs_at(dataset, **{picture[0]: values[0]}))
        np.testing.assert_allclose(frame.surface, expected, rtol=2e-5, atol=1e-6)
        return
    for row, column in [(0, 0), (2, 1), (len(scene.grid[1]) - 1, len(scene.grid[0]) - 1)]:
        place = {picture[0]: values[0][column : column + 1], picture[1]: values[1][row : row + 1]}
        (expected,) = predict(inputs_at(dataset, **place))
        if n_classes == 3:
            assert frame.surface_classes[row, column] == expected.argmax()
            expected = expected.max()
        assert frame.surface[row, column] == pytest.approx(expected, rel=1e-4)


def test_rows_stand_where_their_values_are():
    dataset = mixed_dataset("regression")
    scene = FitView(dataset, ("colour", "age")).scene
    for places, rows in (
        (scene.train_places, dataset.split.train),
        (scene.validation_places, dataset.split.validation),
    ):
        np.testing.assert_array_equal(np.rint(places[:, 0]), dataset.inputs[rows, 1:4].argmax(axis=1))
        assert np.abs(places[:, 0] - np.rint(places[:, 0])).max() < 0.301
        np.testing.assert_array_equal(places[:, 1], dataset.inputs[rows, 4])
    unseen = replace(dataset, inputs=dataset.inputs * np.array([1, 0, 0, 0, 1, 1]))
    assert (places_of(unseen, 1, dataset.split.train) < -0.5).all()


def test_two_labels_have_two_places():
    dataset = dataset_of_two_labels()
    view = FitView(dataset, ("colour", "age"))
    assert view.scene.axis_categories == (("blue or green", "red"), ())
    assert view.scene.categorical == ("colour",)
    np.testing.assert_array_equal(view.scene.grid[0], [0.0, 1.0])
    places = view.scene.train_places[:, 0]
    np.testing.assert_array_equal(np.rint(places), dataset.inputs[dataset.split.train, 1])
    assert 0.2 < np.abs(places - np.rint(places)).max() < 0.301
    # Both ends of a level line for each of the two labels, which ask for the label itself.
    curve = FitView(dataset, ("colour",))
    np.testing.assert_allclose(curve.scene.grid[0], [-0.36, 0.36, 0.64, 1.36])
    asked = dataset.input_scaler.invert(curve.inputs[:4])
    np.testing.assert_allclose(asked[:, 1], [0, 0, 1, 1], atol=1e-12)
    np.testing.assert_allclose(np.delete(asked, 1, axis=1), np.tile(np.delete(usual_row(dataset), 1), (4, 1)))


def test_rows_of_two_categories_fill_the_square_about_their_place():
    """On one line, rows at the same two labels would hide each other."""
    dataset = dataset_of_two_labels()
    inputs = dataset.inputs.copy()
    inputs[:, 2] = inputs[:, 1]
    labels = ((), ("a", "b"), ("c", "d"), ())
    scene = FitView(replace(dataset, inputs=inputs, labels=labels), ("colour", "age")).scene
    offsets = scene.train_places - np.rint(scene.train_places)
    assert abs(np.corrcoef(offsets.T)[0, 1]) < 0.3
    assert np.abs(offsets).max() < 0.301
    for quarter in [(1, 1), (1, -1), (-1, 1), (-1, -1)]:
        assert ((offsets * quarter) > 0).all(axis=1).sum() > len(offsets) / 8


@pytest.mark.parametrize(("n_red", "usual"), [(2, 0.0), (4, 0.0), (5, 1.0)])
def test_the_usual_label_of_two_is_the_most_frequent(n_red, usual):
    dataset = dataset_of_two_labels()
    inputs = dataset.inputs.copy()
    inputs[dataset.split.train[:8], 1] = np.arange(8) < n_red
    dataset = replace(dataset, inputs=inputs, split=replace(dataset.split, train=dataset.split.train[:8]))
    assert usual_row(dataset)[1] == usual


def test_the_usual_row_is_of_the_training_rows():
    dataset = mixed_dataset("regression")
    np.testing.assert_array_equal(usual_row(dataset), usual_of(dataset))
    far = dataset.inputs.copy()
    far[dataset.split.validation] = 1e6
    np.testing.assert_array_equal(usual_row(replace(dataset, inputs=far)), usual_of(dataset))


def test_another_picture_changes_nothing_of_the_model():
    dataset = mixed_dataset("classification")
    view = FitView(dataset)
    trainer, other = (Trainer(dataset, Architecture((4,)), seed=0, fit_view=view) for _ in range(2))
    for one in (trainer, other):
        one.advance(SETTINGS, 30)
    before = trainer.snapshot(SETTINGS)
    assert before.fit.scene is view.scene
    assert view.scene.kind == "roc"
    trainer.show(view.with_slice(("age",)))
    after = trainer.snapshot(SETTINGS)
    assert after.fit.scene is not view.scene
    assert (after.step, after.digest(), after.fit.score) == (before.step, before.digest(), before.fit.score)
    assert after.fit.auroc == before.fit.auroc
    for one in (trainer, other):
        one.advance(SETTINGS, 30)
    assert trainer.snapshot(SETTINGS).digest() == other.snapshot(SETTINGS).digest()


def test_a_column_that_is_not_there_makes_no_slice():
    view = FitView(mixed_dataset("regression"))
    assert view.with_slice(()) is view
    assert view.with_slice(("height",)).scene.kind == "parity"
    assert view.with_slice(("height",)).scene.slice_columns == ()


def test_two_classes_have_scores_of_their_validation_rows_or_else_of_all():
    for n_validation in (20, 0):
        dataset = mixed_dataset("classification", n_validation=n_validation)
        view = FitView(dataset)
        logits = np.random.default_rng(1).normal(size=(len(view.inputs), 1))
        two = view.frame(logits).scores_of_two
        rows = dataset.split.validation if n_validation else dataset.split.train
        n_train = len(dataset.split.train)
        of_rows = logits[n_train:, 0] if n_validation else logits[:n_train, 0]
        labels = dataset.targets[rows]
        assert two.is_of_training == (n_validation == 0)
        assert two.judged.n_rows == two.counts.sum() == len(rows)
        np.testing.assert_array_equal(two.counts.sum(axis=1), [(labels == 0).sum(), (labels == 1).sum()])
        assert two.even_odds[1] == pytest.approx((of_rows[labels == 1] > 0).mean())
        assert two.train.n_rows == n_train
