"""The optimum of the live linear model against closed forms and scikit-learn, and what is said of the way to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from linear_solves import optimum_at
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression

from regdesk.core.linear.distance import penalty_key_of
from regdesk.core.linear.optimum_solver import OptimumSolver
from regdesk.core.model.dataset import Dataset, Split
from regdesk.core.model.scale import ModelScale
from regdesk.core.model.shortfalls import TooManyWeights
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.stopping import Stopped
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings
from regdesk.core.words.linear_words import excess_text
from regdesk.core.words.shortfalls import unsolvable_sentence

LINEAR = Architecture(hidden=())


def make_dataset(inputs, targets, classes=(), groups=None, standardize=True):
    """The first three quarters of the rows train, the others validate."""
    n_rows, n_inputs = inputs.shape
    rows = np.arange(n_rows)
    train, rest = rows[: 3 * n_rows // 4], rows[3 * n_rows // 4 :]
    names = tuple(f"x{number}" for number in range(n_inputs))
    identity = Standardizer.identity
    return Dataset(
        name="made up",
        inputs=inputs,
        targets=targets.astype(np.float64),
        split=Split(train, rest, rows[:0]),
        task="classification" if classes else "regression",
        target="y",
        features=names,
        input_names=names,
        input_groups=np.arange(n_inputs) if groups is None else np.array(groups),
        classes=classes,
        input_scaler=Standardizer.fit(inputs[train]) if standardize else identity(n_inputs),
        target_scaler=identity(1) if classes else Standardizer.fit(targets[train, np.newaxis]),
    )


def make(task, n_rows=120, n_inputs=6):
    generator = np.random.default_rng(4)
    inputs = generator.normal(size=(n_rows, n_inputs)) * np.arange(1, n_inputs + 1) + 3.0
    signal = inputs[:, 0] - 0.5 * inputs[:, 1] - 1.5 + generator.normal(size=n_rows)
    groups = np.arange(n_inputs) // 2
    if task == "regression":
        return make_dataset(inputs, 40.0 + 7.0 * signal, groups=groups)
    if task == "two":
        return make_dataset(inputs, signal > 0, ("no", "yes"), groups)
    return make_dataset(inputs, np.digitize(signal, (-1.0, 1.0)), ("a", "b", "c"), groups)


def solver_of(dataset):
    return OptimumSolver(dataset, lambda: False)


def rows_of(dataset):
    rows = dataset.split.train
    return dataset.standardized_inputs(rows), dataset.standardized_targets(rows)


def split_parameters(dataset, parameters):
    n_weights = dataset.n_inputs * dataset.n_outputs
    return parameters[:n_weights].reshape(dataset.n_inputs, -1), parameters[n_weights:]


@pytest.mark.parametrize("lam", [0.0, 0.003, 2.0])
def test_ridge_and_least_squares_are_the_closed_form(engine, lam):
    dataset = make("regression")
    inputs, targets = rows_of(dataset)
    expected = np.linalg.solve(inputs.T @ inputs / len(inputs) + lam * np.eye(6), inputs.T @ targets / len(inputs))
    for settings in (TrainSettings(penalty="l2", lam=lam), TrainSettings(penalty="elastic-net", lam=lam, l1_ratio=0.0)):
        found = solver_of(dataset).solve(settings)
        weights, biases = split_parameters(dataset, found.parameters)
        np.testing.assert_allclose(weights[:, 0], expected, rtol=1e-10)
        np.testing.assert_allclose(biases, 0.0, atol=1e-14)
        residuals = targets - inputs @ expected
        objective = 0.5 * residuals @ residuals / len(targets) + 0.5 * lam * expected @ expected
        assert found.objective == pytest.approx(objective, rel=1e-13)


def test_degrees_of_freedom_are_the_trace_of_the_hat_matrix_and_of_the_lasso_the_weights_left(engine):
    dataset = make("regression")
    inputs, _ = rows_of(dataset)
    n_rows, solver = len(inputs), solver_of(dataset)
    for settings in (
        TrainSettings(penalty="none", lam=5.0),
        TrainSettings(penalty="l2", lam=0.0),
        TrainSettings(penalty="l2", lam=0.3),
        TrainSettings(penalty="l2", lam=1e9),
        TrainSettings(penalty="elastic-net", lam=0.3, l1_ratio=0.4),
    ):
        found = solver.solve(settings)
        active = inputs[:, found.solution.weights[:, 0] != 0.0]
        ridge = settings.effective_lam * (1.0 - settings.effective_l1_ratio)
        hat = active @ np.linalg.solve(
            active.T @ active + n_rows * ridge * np.eye(active.shape[1]), active.T
        ) + np.full((n_rows, n_rows), 1.0 / n_rows)
        assert found.degrees_of_freedom == pytest.approx(np.trace(hat), rel=1e-9)
    lasso = solver.solve(TrainSettings(penalty="l1", lam=0.2))
    assert 0 < lasso.solution.n_nonzero < 6
    assert lasso.degrees_of_freedom == lasso.solution.n_nonzero + 1
    # Groups have no such count, and of classes none is said.
    assert np.isnan(solver.solve(TrainSettings(penalty="group-lasso", lam=0.1)).degrees_of_freedom)
    assert np.isnan(solver_of(make("two")).solve(TrainSettings(penalty="l2", lam=0.1)).degrees_of_freedom)


def test_lasso_elastic_net_and_logistic_regression_are_those_of_scikit_learn(engine):
    dataset = make("regression")
    inputs, targets = rows_of(dataset)
    solver = solver_of(dataset)
    for settings, model in (
        (TrainSettings(penalty="l1", lam=0.05), Lasso(alpha=0.05, tol=1e-14, max_iter=100_000)),
        (
            TrainSettings(penalty="elastic-net", lam=0.05, l1_ratio=0.3),
            ElasticNet(alpha=0.05, l1_ratio=0.3, tol=1e-14, max_iter=100_000),
        ),
    ):
        model.fit(inputs, targets)
        found = solver.solve(settings)
        weights, _ = split_parameters(dataset, found.parameters)
        np.testing.assert_allclose(weights[:, 0], model.coef_, atol=1e-8)
        residuals = targets - model.predict(inputs)
        ratio = settings.effective_l1_ratio
        sizes = ratio * np.abs(model.coef_) + 0.5 * (1 - ratio) * model.coef_**2
        assert found.objective == pytest.approx(0.5 * np.mean(residuals**2) + 0.05 * sizes.sum(), rel=1e-12)
    dataset = make("two")
    inputs, targets = rows_of(dataset)
    found = solver_of(dataset).solve(TrainSettings(penalty="l2", lam=0.02))
    model = LogisticRegression(C=1 / (0.02 * len(targets)), tol=1e-12, max_iter=10_000, solver="newton-cholesky")
    model.fit(inputs, targets)
    weights, biases = split_parameters(dataset, found.parameters)
    np.testing.assert_allclose(weights[:, 0], model.coef_[0], rtol=1e-7)
    np.testing.assert_allclose(biases, model.intercept_, rtol=1e-7)


@pytest.mark.parametrize("task", ["regression", "two", "three"])
@pytest.mark.parametrize("penalty", ["none", "l1", "l2", "elastic-net", "group-lasso"])
def test_a_model_that_is_put_at_the_optimum_stays_there(engine, task, penalty):
    """Whatever the optimiser: J is the optimum's, a step changes nothing, and before it J was higher by the excess."""
    dataset = make(task)
    settings = TrainSettings(penalty=penalty, lam=0.02)
    found = solver_of(dataset).solve(settings)
    trainer = Trainer(dataset, LINEAR, seed=1)
    trainer.advance(replace(settings, lam=0.3), 200)
    before = trainer.snapshot(settings)
    assert found.excess(before.objective) == pytest.approx(before.objective / found.objective - 1.0, rel=1e-9)
    assert found.excess(before.objective) > 1e-4
    for optimizer in ("adam", "momentum", "sgd"):
        at_work = replace(settings, optimizer=optimizer)
        trainer.advance(at_work, 50)
        trainer.load(found.parameters, at_work, "solved")
        now = trainer.snapshot(at_work)
        np.testing.assert_array_equal(now.parameters, found.parameters)
        assert now.objective == pytest.approx(found.objective, rel=1e-13)
        assert now.changes[-1].loaded == "solved"
        assert now.kkt_residual < 1e-6
        for n_steps in (1, 10, 1_000):
            trainer.advance(at_work, n_steps)
            later = trainer.snapshot(at_work)
            assert abs(later.objective - found.objective) <= 1e-9 * found.objective
            np.testing.assert_allclose(later.parameters, found.parameters, atol=1e-6)
    # A change of λ sets it free.
    trainer.load(found.parameters, settings, "solved")
    trainer.advance(settings, 100)
    other = replace(settings, lam=0.2)
    there = solver_of(dataset).solve(other)
    trainer.advance(other, 2_000)
    assert there.excess(trainer.snapshot(other).objective) < 1e-4


def test_answers_are_kept_and_a_solution_that_nobody_wants_is_given_up(engine):
    dataset, is_unwanted = make("two"), []
    solver = OptimumSolver(dataset, lambda: bool(is_unwanted))
    first = solver.solve(TrainSettings(penalty="l1", lam=0.01))
    assert solver.solve(TrainSettings(penalty="elastic-net", lam=0.01)) is not first
    is_unwanted.append(True)
    # Known answers cost nothing, and are given also where new ones are not.
    assert solver.solve(TrainSettings(penalty="l1", lam=0.01, learning_rate=0.5)) is first
    with pytest.raises(Stopped):
        solver.solve(TrainSettings(penalty="l1", lam=0.02))
    is_unwanted.clear()
    moved = solver.solve(TrainSettings(penalty="l1", lam=0.02))
    anew = solver_of(dataset).solve(TrainSettings(penalty="l1", lam=0.02))
    np.testing.assert_allclose(moved.parameters, anew.parameters, atol=1e-8)


def test_where_there_is_no_optimum_it_says_why(engine):
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(80, 3))
    apart = make_dataset(inputs, inputs[:, 0] > 0, ("no", "yes"))
    for penalty in ("none", "l1", "l2", "group-lasso"):
        found = solver_of(apart).solve(TrainSettings(penalty=penalty, lam=0.0))
        assert found.parameters is None
        assert unsolvable_sentence(found.unavailable_reason).startswith(
            "There is no best model without a penalty here: separated by x0: the classes "
        )
    assert not solver_of(apart).solve(TrainSettings(penalty="l2", lam=0.01)).unavailable_reason
    # All rows with a 1 are of one class, the others mixed: a level that leaves no doubt has no best weight.
    level = (generator.uniform(size=80) < 0.3).astype(np.float64)
    mixed = make_dataset(
        np.column_stack([inputs, level]), (level > 0) | (generator.uniform(size=80) < 0.5), ("no", "yes")
    )
    found = solver_of(mixed).solve(TrainSettings(penalty="none"))
    assert "separated by x3: some of the rows of different classes can be told apart" in unsolvable_sentence(
        found.unavailable_reason
    )
    many = make_dataset(generator.normal(size=(800, 400)), np.arange(800) % 3, ("a", "b", "c"))
    assert solver_of(many).solve(TrainSettings(penalty="l1", lam=0.03)).parameters is not None
    many = make_dataset(generator.normal(size=(1200, 700)), np.arange(1200) % 3, ("a", "b", "c"))
    assert solver_of(many).solve(TrainSettings(penalty="l1", lam=0.01)).unavailable_reason == TooManyWeights(2000)


def test_inputs_that_depend_on_each_other_or_outnumber_the_rows_have_an_optimum(engine):
    generator = np.random.default_rng(2)
    inputs = generator.normal(size=(40, 3))
    twins = make_dataset(np.column_stack([inputs, inputs[:, 0], np.ones(40)]), inputs[:, 0] + inputs[:, 1] ** 2)
    found = solver_of(twins).solve(TrainSettings(penalty="none"))
    rows, targets = rows_of(twins)
    least = np.linalg.lstsq(rows, targets, rcond=None)[0]
    assert found.objective == pytest.approx(0.5 * np.mean((targets - rows @ least) ** 2), rel=1e-10)
    wide = make_dataset(generator.normal(size=(40, 60)), generator.normal(size=40))
    found = solver_of(wide).solve(TrainSettings(penalty="none"))
    assert found.objective < 1e-20
    assert excess_text(found, 0.01) == "0.01 above the optimum, which is 0"
    assert excess_text(found, found.objective) == "at the optimum, one of many"
    # Inputs in units of their own, eight orders of magnitude apart.
    rough = make_dataset(inputs * [1e5, 1.0, 1e-3], inputs[:, 1] + inputs[:, 2], standardize=False)
    for penalty in ("none", "l1", "l2", "group-lasso"):
        assert not solver_of(rough).solve(TrainSettings(penalty=penalty, lam=1e-4)).unavailable_reason


@pytest.mark.parametrize(
    ("objective", "words"),
    [
        (2.0 * (1 - 1e-16), "at the optimum"),
        (1.9, "at the optimum"),
        (2.0 * (1 + 9e-9), "at the optimum"),
        (2.0 * (1 + 2e-8), "under 0.001 % above the optimum"),
        (2.0 * (1 + 4e-5), "0.004 % above the optimum"),
        (2.0 * (1 + 0.00034), "0.03 % above the optimum"),
        (2.0 * 1.003, "0.3 % above the optimum"),
        (2.0 * 1.0262, "2.6 % above the optimum"),
        (2.0 * 1.5, "50 % above the optimum"),
        (2.0 * 2.34, "2.3 times the optimum"),
        (2.0 * 12, "12 times the optimum"),
        (2.0 * 12_345, "12000 times the optimum"),
    ],
)
def test_the_excess_in_words(objective, words):
    assert excess_text(optimum_at(TrainSettings(penalty="l1", lam=0.1), 2.0, null_loss=5.0), objective) == words


def test_settings_that_have_one_optimum_are_one_pressure():
    assert penalty_key_of(TrainSettings(penalty="none", lam=3.0)) == penalty_key_of(
        TrainSettings(penalty="l1", lam=0.0)
    )
    assert penalty_key_of(TrainSettings(penalty="l1", l1_ratio=0.1)) == penalty_key_of(TrainSettings(penalty="l1"))
    assert penalty_key_of(TrainSettings(penalty="l1")) != penalty_key_of(TrainSettings(penalty="l2"))
    assert penalty_key_of(TrainSettings(optimizer="sgd")) == penalty_key_of(TrainSettings(batch_size=8))


@pytest.mark.parametrize("task", ["regression", "three"])
def test_the_same_model_on_another_scale_predicts_the_same(task):
    dataset = make(task)
    generator = np.random.default_rng(6)
    rows = np.arange(len(dataset.targets))
    whole = replace(
        dataset,
        input_names=(*dataset.input_names[:3], "rare", *dataset.input_names[3:]),
        input_scaler=Standardizer.fit(np.insert(dataset.inputs, 3, rows == 119, axis=1)),
        target_scaler=Standardizer.identity(1) if dataset.classes else Standardizer.fit(dataset.targets[:, np.newaxis]),
    )
    weights, biases = generator.normal(size=(7, dataset.n_outputs)), generator.normal(size=dataset.n_outputs)
    moved, shifted = ModelScale.of(whole).moved(weights, biases, ModelScale.of(dataset))
    assert moved.shape == (6, dataset.n_outputs)
    # A level that no row of the smaller encoding has.
    inputs = np.insert(dataset.inputs, 3, 0.0, axis=1)
    expected = whole.target_scaler.invert(whole.input_scaler.apply(inputs) @ weights + biases)
    found = dataset.target_scaler.invert(dataset.input_scaler.apply(dataset.inputs) @ moved + shifted)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)
    back, unshifted = ModelScale.of(dataset).moved(moved, shifted, ModelScale.of(whole))
    np.testing.assert_allclose(np.delete(weights, 3, axis=0), np.delete(back, 3, axis=0), rtol=1e-12)
    assert (back[3] == 0).all()
    assert unshifted.shape == biases.shape


def test_a_trainer_refuses_parameters_that_do_not_fit(engine):
    trainer = Trainer(make("regression"), LINEAR, seed=1)
    settings = TrainSettings()
    before = trainer.parameters.copy()
    for wrong in (np.zeros(6), np.full(7, np.nan)):
        with pytest.raises(ValueError, match="7 finite parameters"):
            trainer.load(wrong, settings, "from elsewhere")
    np.testing.assert_array_equal(trainer.parameters, before)
    assert not trainer.snapshot(settings).changes


def test_a_network_goes_on_from_weights_that_it_had_before(engine):
    settings = TrainSettings(penalty="l1", lam=0.01)
    trainer = Trainer(make("three"), Architecture(hidden=(5, 3)), seed=1)
    trainer.advance(settings, 50)
    before = trainer.snapshot(settings)
    trainer.advance(settings, 50)
    trainer.load(before.parameters.astype(np.float64), settings, "weights of before")
    now = trainer.snapshot(settings)
    assert (now.digest(), now.objective, now.step) == (before.digest(), before.objective, 100)
    assert [change.loaded for change in now.changes] == ["weights of before"]
    trainer.advance(settings, 50)
    assert trainer.snapshot(settings).objective < now.objective
