"""Cross-validated losses against scikit-learn on the same folds, and the rules that choose λ."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from fold_datasets import NO_ROWS, make_dataset, make_folds
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import ElasticNetCV, LassoCV, LogisticRegression, Ridge
from sklearn.metrics import log_loss

from regdesk.core.linear.cross_validation import sweep
from regdesk.core.linear.fold_moments import RawGramStatistics, SharedMoments
from regdesk.core.linear.path import lambda_grid, solve_path
from regdesk.core.linear.problem import problem_of
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.training.cores import Cores
from regdesk.core.types import TrainSettings


def columns(points, *names):
    return [np.array([getattr(point, name) for point in points]) for name in names]


@pytest.mark.parametrize("l1_ratio", [1.0, 0.3])
def test_regression_agrees_with_scikit_learns_cross_validation(l1_ratio):
    data = load_diabetes()
    whole, folds, pairs = make_folds(data.data, data.target, 5, standardize=False)
    settings = TrainSettings(penalty="l1" if l1_ratio == 1.0 else "elastic-net", l1_ratio=l1_ratio)
    lambdas = lambda_grid(problem_of(whole, settings), 25)[:20]
    points = list(sweep(whole, folds, settings, lambdas))
    grid = {"alphas": lambdas, "cv": pairs, "tol": 1e-12, "max_iter": 1_000_000}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = LassoCV(**grid) if l1_ratio == 1.0 else ElasticNetCV(l1_ratio=l1_ratio, **grid)
        model.fit(data.data, data.target)
    errors, losses, spreads = 0.5 * model.mse_path_, *columns(points, "validation_loss", "validation_se")
    sizes = [len(held) for _, held in pairs]
    np.testing.assert_allclose(losses, np.average(errors, axis=1, weights=sizes), rtol=1e-7)
    variances = np.average((errors - losses[:, np.newaxis]) ** 2, axis=1, weights=sizes)
    np.testing.assert_allclose(spreads, np.sqrt(variances / 4), rtol=1e-5)
    model_at_5 = points[5].model
    np.testing.assert_allclose(model_at_5.lam, lambdas[5])
    assert points[5].train_loss < points[0].train_loss


@pytest.mark.parametrize("name", ["breast", "iris"])
def test_classification_agrees_with_scikit_learn_on_the_same_folds(name):
    data = {"breast": load_breast_cancer, "iris": load_iris}[name]()
    classes = tuple(map(str, np.unique(data.target)))
    whole, folds, pairs = make_folds(data.data, data.target, 3, classes)
    settings = TrainSettings(penalty="l2")
    lambdas = np.array([0.3, 0.01])
    points = list(sweep(whole, folds, settings, lambdas))
    for point in points:
        expected, hits = [], []
        for fold, (train, held) in zip(folds, pairs, strict=True):
            scaled = fold.input_scaler.apply(data.data)
            model = LogisticRegression(C=1 / (len(train) * point.lam), tol=1e-10, max_iter=10_000)
            model.fit(scaled[train], data.target[train])
            expected.append(log_loss(data.target[held], model.predict_proba(scaled[held]), labels=model.classes_))
            hits.append(model.score(scaled[held], data.target[held]))
        sizes = [len(held) for _, held in pairs]
        assert point.validation_loss == pytest.approx(np.average(expected, weights=sizes), rel=1e-5)
        assert point.accuracy == pytest.approx(np.average(hits, weights=sizes))


def test_sums_over_folds_give_what_their_rows_give():
    generator = np.random.default_rng(0)
    # Far from 0, and in units that differ a millionfold.
    inputs = generator.normal(size=(90, 5)) * [1e-3, 1, 10, 1e3, 1] + [1e3, 0, -50, 1e5, 7]
    targets = inputs[:, 1] + 5e5 + generator.normal(size=90)
    whole, folds, _ = make_folds(inputs, targets, 4)
    settings = TrainSettings(penalty="l1")
    lambdas = lambda_grid(problem_of(whole, settings), 15)
    by_sums = list(sweep(whole, folds, settings, lambdas))
    assert SharedMoments.of(whole, folds) is not None
    # Folds with inputs of their own, as after an imputation, are worked out from their rows.
    other = inputs.copy()
    other[0, 0] = np.nextafter(other[0, 0], 1e9)
    own = [make_dataset(other, targets, fold.split.train, fold.split.validation) for fold in folds]
    assert SharedMoments.of(whole, own) is None
    by_rows = list(sweep(whole, own, settings, lambdas))
    for name in ("validation_loss", "validation_se", "train_loss"):
        np.testing.assert_allclose(*columns(by_sums, name), *columns(by_rows, name), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(("of_others", "is_shared"), [(1.0, False), (0.0, True)])
def test_one_outlier_takes_no_digits_of_the_folds_that_train_without_it(of_others, is_shared):
    """An input that hardly varies without the outlier, and one that is constant without it."""
    generator = np.random.default_rng(1)
    inputs = generator.normal(size=(60, 3)) * [1.0, of_others, 1.0]
    inputs[7, 1] = 1e12
    targets = inputs[:, 0] + generator.normal(size=60)
    whole, folds, pairs = make_folds(inputs, targets, 4)
    assert (SharedMoments.of(whole, folds) is not None) == is_shared
    (point,) = sweep(whole, folds, TrainSettings(penalty="l2"), np.array([0.01]))
    losses = []
    for fold, (train, held) in zip(folds, pairs, strict=True):
        scaled, scaler = fold.input_scaler.apply(inputs), fold.target_scaler
        model = Ridge(len(train) * 0.01, solver="svd").fit(scaled[train], scaler.apply(targets[:, np.newaxis])[train])
        left = targets[held] - scaler.invert(model.predict(scaled[held]).reshape(-1, 1))[:, 0]
        losses.append(0.5 * np.mean((left / targets.std()) ** 2))
    assert point.validation_loss == pytest.approx(np.mean(losses), rel=1e-8)


def test_one_fold_has_the_standard_error_of_its_rows():
    data = load_diabetes()
    order = np.random.default_rng(0).permutation(len(data.target))
    fold = make_dataset(data.data, data.target, order[100:], order[:100])
    whole = make_dataset(data.data, data.target, order, NO_ROWS)
    settings = TrainSettings(penalty="l2")
    point = next(iter(sweep(whole, [fold], settings, np.array([0.1]))))
    problem = problem_of(fold, settings)
    rows = fold.split.validation
    model = next(iter(solve_path(problem, np.array([0.1]))))
    errors = fold.standardized_targets(rows) - fold.standardized_inputs(rows) @ model.weights[:, 0] - model.biases[0]
    losses = 0.5 * errors**2 * (fold.target_scaler.scale[0] / whole.target_scaler.scale[0]) ** 2
    assert point.validation_loss == pytest.approx(losses.mean(), rel=1e-9)
    assert point.validation_se == pytest.approx(losses.std(ddof=1) / 10, rel=1e-9)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("n_inputs", [5, 127, 128, 129, 300])
def test_shared_units_are_those_of_all_inputs_at_once(order, n_inputs):
    # They are found in blocks of inputs, which threads may share: to the last bit nobody sees where one ends.
    generator = np.random.default_rng(n_inputs)
    inputs = np.array(1e3 + generator.normal(size=(400, n_inputs)), order=order)
    whole, folds, _ = make_folds(inputs, inputs[:, 0] + generator.normal(size=400), 4)
    shared = SharedMoments.of(whole, folds)
    expected = Standardizer.fit(whole.inputs[whole.split.train])
    assert np.array_equal(shared.shift.mean, expected.mean)
    assert np.array_equal(shared.shift.scale, expected.scale)


@pytest.mark.parametrize("n_inputs", [1, 127, 128, 129, 300])
def test_moments_of_many_inputs_are_those_of_the_rows_that_are_left(n_inputs):
    # They are worked on in blocks, whose edges nobody sees.
    generator = np.random.default_rng(n_inputs)
    inputs = generator.normal(size=(450, n_inputs)) + 0.1
    targets = inputs[:, 0] + generator.normal(size=450)
    whole, part = (RawGramStatistics.of(inputs[:count], targets[:count]) for count in (450, 40))
    scaler, unit = Standardizer.fit(inputs), Standardizer.fit(targets[:, np.newaxis])
    found = whole.standardised(scaler, unit, less=part)
    expected = GramStatistics.of(scaler.apply(inputs)[40:], unit.apply(targets[:, np.newaxis])[40:, 0])
    assert np.array_equal(found.gram, found.gram.T)
    for name in ("gram", "products", "means", "target_mean", "square"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), atol=1e-14, rtol=1e-13)
    parts = [RawGramStatistics.of(inputs[rows], targets[rows]) for rows in np.array_split(np.arange(450), 3)]
    np.testing.assert_allclose(RawGramStatistics.sum_of(parts).gram, whole.gram, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("shift", "unit", "is_taken"), [(0.0, 1.0, True), (0.01, 1.0, False), (3.0, 1e-3, False)])
def test_units_that_rows_have_already_are_taken_where_they_are_good(shift, unit, is_taken):
    generator = np.random.default_rng(0)
    rows = generator.normal(size=(90, 3))
    rows = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    targets = rows[:, 0] + rows[:, 1] ** 2
    whole, folds, _ = make_folds(rows * unit + shift, (targets - targets.mean()) / targets.std(), 3)
    plain = {"input_scaler": Standardizer.identity(3), "target_scaler": Standardizer.identity(1)}
    whole, folds = replace(whole, **plain), [replace(fold, **plain) for fold in folds]
    shared = SharedMoments.of(whole, folds)
    assert (shared.shift is whole.input_scaler) == is_taken
    by_sums = list(sweep(whole, folds, TrainSettings(penalty="l2"), np.array([0.1 * unit**2])))
    own = [replace(fold, inputs=np.vstack([fold.inputs, 1e9 * fold.inputs[:1]])) for fold in folds]
    by_rows = list(sweep(whole, own, TrainSettings(penalty="l2"), np.array([0.1 * unit**2])))
    assert by_sums[0].validation_loss == pytest.approx(by_rows[0].validation_loss, rel=1e-9)


def test_inputs_of_a_sweep_are_factorised_once(monkeypatch):
    factorised, factorise = [], np.linalg.cholesky
    monkeypatch.setattr(np.linalg, "cholesky", lambda matrix: factorised.append(len(matrix)) or factorise(matrix))
    data = load_diabetes()
    whole, folds, _ = make_folds(data.data, data.target, 3)
    points = list(sweep(whole, folds, TrainSettings(penalty="l1"), np.array([0.1, 0.01])))
    assert factorised == [10]
    assert [point.degrees_of_freedom for point in points] == [point.model.n_nonzero + 1 for point in points]


def test_threads_change_no_number_of_a_sweep():
    data = load_diabetes()
    whole, folds, _ = make_folds(data.data, data.target, 5)
    settings = TrainSettings(penalty="l1")
    lambdas = lambda_grid(problem_of(whole, settings), 12)
    in_step = list(sweep(whole, folds, settings, lambdas))
    with ThreadPoolExecutor(2) as executor:
        by_threads = list(sweep(whole, folds, settings, lambdas, crew=Cores(executor, 2)))
    for one, other in zip(in_step, by_threads, strict=True):
        assert np.array_equal(one.model.parameters, other.model.parameters)
        assert (one.validation_loss, one.bic) == (other.validation_loss, other.bic)
        assert one.model.is_unique
        assert other.model.is_unique
