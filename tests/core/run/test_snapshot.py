"""A snapshot is a frozen value, and everything in it belongs to one moment."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from covering import covered
from reference import forward, gradient, group_labels, kkt_residual, mean_loss, penalty_value
from trainers import SETTINGS, make_trainer

from regdesk.core.model.network import weights_digest
from regdesk.core.run.history import HistoryRow
from regdesk.core.types import PENALTIES, Architecture, TrainSettings, training_dtype


@pytest.mark.parametrize("penalty", PENALTIES)
@pytest.mark.parametrize("n_classes", [0, 2, 4])
def test_its_numbers_are_those_of_its_parameters(n_classes, penalty):
    trainer = make_trainer(n_classes=n_classes)
    settings = replace(SETTINGS, penalty=penalty)
    trainer.advance(settings, 100)
    snapshot = trainer.snapshot(settings)
    dataset, network = trainer.dataset, trainer.network
    parameters = snapshot.parameters.astype(np.float64)
    loss = {0: "squared", 2: "logistic", 4: "softmax"}[n_classes]
    losses = []
    for rows in (dataset.split.train, dataset.split.validation):
        inputs, targets = dataset.standardized_inputs(rows), dataset.standardized_targets(rows)
        losses.append(mean_loss(parameters, network.sizes, "tanh", loss, inputs, targets, np.ones(len(rows))))
    weights = parameters[network.is_weight]
    labels = group_labels(network.sizes, dataset.input_groups)[network.is_weight]
    expected = penalty_value(penalty, 0.4, weights, labels)
    assert [snapshot.train_loss, snapshot.validation_loss] == pytest.approx(losses, rel=1e-5)
    assert snapshot.gap == pytest.approx(losses[1] - losses[0], rel=1e-3, abs=1e-6)
    assert snapshot.penalty_value == pytest.approx(expected, rel=1e-5)
    assert snapshot.objective == pytest.approx(losses[0] + 0.05 * expected, rel=1e-5)
    assert snapshot.n_weights == 3 * 6 + 6 * (n_classes if n_classes > 2 else 1)
    assert snapshot.n_nonzero == np.count_nonzero(weights) == sum(layer.n_alive for layer in snapshot.layers)
    assert snapshot.step == 100
    assert snapshot.epoch == pytest.approx(100 / 3, abs=1)
    assert snapshot.settings is settings
    assert snapshot.digest() == weights_digest(trainer.parameters)


def test_it_does_not_move_with_the_trainer():
    trainer = make_trainer()
    snapshot = trainer.snapshot(SETTINGS)
    before = snapshot.parameters.tobytes(), snapshot.fit.train_predictions.tobytes(), snapshot.rows.tobytes()
    trainer.advance(SETTINGS, 50)
    trainer.snapshot(SETTINGS)
    after = snapshot.parameters.tobytes(), snapshot.fit.train_predictions.tobytes(), snapshot.rows.tobytes()
    assert before == after
    with pytest.raises(ValueError, match="read-only"):
        snapshot.parameters[0] = 1.0
    with pytest.raises(FrozenInstanceError):
        snapshot.step = 3


def test_history_rows_come_once_and_mark_the_change():
    trainer = make_trainer()
    lam = HistoryRow._fields.index("lam")
    changed = HistoryRow._fields.index("changed")
    assert len(trainer.snapshot(SETTINGS).rows) == 1
    for _ in range(3):
        trainer.advance(SETTINGS, 5)
        trainer.record(SETTINGS)
    eased = replace(SETTINGS, lam=0.001)
    trainer.advance(eased, 5)
    trainer.record(eased)
    rows = trainer.snapshot(eased).rows
    assert rows[:, 0].tolist() == [5, 10, 15, 20]
    assert rows[:, lam].tolist() == [0.05, 0.05, 0.05, 0.001]
    assert rows[:, changed].tolist() == [0, 0, 0, 1]


def test_rows_hold_the_norms_and_snapshots_the_changes():
    trainer = make_trainer()
    l1, gentle = replace(SETTINGS, penalty="l1", lam=0.2), replace(SETTINGS, penalty="l1", lam=0.1)
    trainer.advance(l1, 60)
    first = trainer.snapshot(l1)
    weights = first.parameters[trainer.network.is_weight].astype(np.float64)
    row = HistoryRow(*first.rows[-1])
    assert row.l1_norm == pytest.approx(np.abs(weights).sum())
    assert row.l2_norm == pytest.approx(np.linalg.norm(weights))
    assert row.n_nonzero == np.count_nonzero(weights) == first.n_nonzero
    assert first.changes == ()
    trainer.advance(gentle, 3)
    trainer.apply(replace(gentle, optimizer="sgd"))
    second = trainer.snapshot(replace(gentle, optimizer="sgd"))
    assert [(one.step, one.before, one.after) for one in second.changes] == [
        (60, l1, gentle),
        (63, gentle, replace(gentle, optimizer="sgd")),
    ]
    assert second.changes[0].epoch == first.epoch
    assert trainer.snapshot(replace(gentle, optimizer="sgd")).changes == ()


def test_steps_left_in_epoch_end_it_exactly():
    trainer = make_trainer(n_rows=50)
    assert trainer.steps_left_in_epoch(0) == 1
    assert trainer.steps_left_in_epoch(1000) == 1
    for batch_size in (16, 7, 1, 39, 40, 13):
        settings = replace(SETTINGS, batch_size=batch_size)
        trainer.advance(settings, 1)
        while trainer.epoch % 1:
            trainer.advance(settings, 1)
        whole = trainer.epoch
        expected = -(-40 // batch_size)
        assert trainer.steps_left_in_epoch(batch_size) == expected
        if expected > 1:
            trainer.advance(settings, 1)
            assert trainer.steps_left_in_epoch(batch_size) == expected - 1
            trainer.advance(settings, trainer.steps_left_in_epoch(batch_size))
            assert trainer.epoch == whole + 1


@covered(hidden=[(), (5,)], n_classes=[0, 2, 4], penalty=PENALTIES)
def test_kkt_residual_is_the_smallest_subgradient_of_the_objective(hidden, n_classes, penalty):
    trainer = make_trainer(hidden, 200, n_classes)
    settings = replace(SETTINGS, penalty=penalty, lam=0.05)
    trainer.advance(settings, 300)
    dataset, network = trainer.dataset, trainer.network
    rows = dataset.split.train
    parameters = trainer.parameters.astype(np.float64)
    slope = gradient(
        parameters,
        network.sizes,
        "tanh",
        {0: "squared", 2: "logistic", 4: "softmax"}[n_classes],
        dataset.standardized_inputs(rows),
        dataset.standardized_targets(rows),
        np.ones(len(rows)),
    )
    is_weight = network.is_weight
    labels = group_labels(network.sizes, dataset.input_groups)[is_weight]
    residual = kkt_residual(penalty, 0.05, 0.4, parameters[is_weight], slope[is_weight], labels)
    residual = max(residual, np.abs(slope[~is_weight]).max())
    has_zeros = np.count_nonzero(parameters[is_weight]) < network.n_weights
    assert has_zeros == (penalty in ("l1", "group-lasso")) or penalty == "elastic-net"
    assert trainer.kkt_residual(settings) == pytest.approx(residual, rel=1e-3, abs=1e-6)
    assert trainer.snapshot(settings).kkt_residual == trainer.kkt_residual(settings)


def test_predictions_are_the_forward_pass_for_any_number_of_rows():
    trainer = make_trainer(())
    weights, bias = trainer.parameters[:3], trainer.parameters[3]
    for n_rows in (0, 1, 15, 16, 17, 300):
        inputs = np.random.default_rng(n_rows).normal(size=(n_rows, 3))
        outputs = trainer.predict(inputs)
        assert outputs.shape == (n_rows, 1)
        np.testing.assert_allclose(outputs[:, 0], inputs @ weights + bias, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("hidden", [(), (6,)])
def test_predictions_of_several_classes_are_the_forward_pass(hidden):
    trainer = make_trainer(hidden, n_classes=5)
    trainer.advance(SETTINGS, 20)
    for n_rows in (0, 1, 17, 300):
        inputs = np.random.default_rng(n_rows).normal(size=(n_rows, 3))
        outputs = trainer.predict(inputs)
        expected = forward(trainer.parameters.astype(np.float64), trainer.network.sizes, "tanh", inputs)[2]
        assert outputs.shape == expected.shape == (n_rows, 5)
        np.testing.assert_allclose(outputs, expected, rtol=1e-4, atol=1e-5)


def test_linear_models_are_trained_in_double_precision():
    assert training_dtype(Architecture(())) == np.float64
    assert training_dtype(Architecture((16,))) == np.float32
    for hidden in ((), (16,)):
        assert make_trainer(hidden).parameters.dtype == training_dtype(Architecture(hidden))


def test_settings_say_how_they_act():
    for kind, lam, ratio in [("none", 0.0, 0.0), ("l1", 2.0, 1.0), ("l2", 2.0, 0.0), ("elastic-net", 2.0, 0.3)]:
        settings = TrainSettings(kind, 2.0, 0.3)
        assert (settings.effective_lam, settings.effective_l1_ratio) == (lam, ratio)
    grouped = TrainSettings("group-lasso", 2.0, 0.3)
    assert (grouped.effective_lam, grouped.makes_zeros) == (2.0, True)


@pytest.mark.parametrize(
    ("train", "validation", "gap"), [(1.0, 1.0 - 8.9e-16, 0.0), (0.5, 0.75, 0.25), (2.0, 1.0, -1.0), (0.0, 1e-9, 1e-9)]
)
def test_a_gap_of_rounding_is_none(train, validation, gap):
    snapshot = replace(make_trainer().snapshot(TrainSettings()), train_loss=train, validation_loss=validation)
    assert snapshot.gap == gap


def dead_under_l2():
    trainer = make_trainer((4, 3))
    settings = TrainSettings("l2", 1e9, optimizer="sgd")
    trainer.advance(settings, 400)
    return trainer, settings


def test_what_l2_shrinks_below_its_dtype_is_not_called_zero():
    trainer, settings = dead_under_l2()
    snapshot = trainer.snapshot(settings)
    weights = snapshot.parameters[snapshot.network.is_weight]
    n_at_zero = len(weights) - np.count_nonzero(weights)
    assert n_at_zero > 0, "float32 has run out of small numbers"
    assert snapshot.n_nonzero == snapshot.n_weights
    assert snapshot.n_too_small == n_at_zero == np.count_nonzero(snapshot.too_small)
    assert sum(layer.n_zero for layer in snapshot.layers) == 0
    assert [layer.counts.sum() for layer in snapshot.layers] == [layer.n_weights for layer in snapshot.layers]
    assert snapshot.rows[-1][HistoryRow._fields.index("n_nonzero")] == snapshot.n_weights


def test_zeros_of_l1_stay_exact_under_l2_and_those_that_l2_makes_do_not_become_so():
    trainer = make_trainer((4, 3))
    trainer.advance(TrainSettings("l1", 1e9), 50)
    dead = trainer.snapshot(TrainSettings("l1", 1e9))
    assert dead.n_nonzero == 0
    assert dead.too_small is None
    l2 = TrainSettings("l2", 1e9)
    trainer.advance(l2, 5)
    after = trainer.snapshot(l2)
    n_at_zero = after.n_weights - np.count_nonzero(after.parameters[after.network.is_weight])
    assert n_at_zero == after.n_weights - after.n_nonzero + after.n_too_small
    trainer = dead_under_l2()[0]
    # Looked at before a step has been made under L1: nothing has been put at zero yet.
    assert trainer.snapshot(TrainSettings("l1", 0.1)).n_nonzero == trainer.network.n_weights
