"""Means, medians, losses and scores under row weights, against rows that are repeated; scikit-learn for fractions."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as theirs

from regdesk.core.model.column_figures import means_and_deviations, root_mean_square
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED, loss_for
from regdesk.core.model.metrics import (
    area_under_roc,
    classification_scores,
    r_squared,
    roc_curve,
    root_mean_squared_error,
)
from regdesk.core.model.ranking import rank, rates_at_even_odds
from regdesk.core.model.row_weights import as_plain_rows, mean_of_rows, median_of_rows, n_counted, shares_of
from regdesk.core.model.scoring import scores_of
from regdesk.core.model.standardizer import Standardizer

WHOLE = np.array([3.0, 1.0, 2.0, 5.0, 1.0, 2.0, 4.0, 1.0])
FRACTIONS = np.array([0.3, 1.7, 0.02, 2.5, 1e-6, 0.9, 40.0, 1.1])


def repeated(values, weights=WHOLE):
    return np.repeat(values, weights.astype(int), axis=0)


def columns():
    return np.random.default_rng(0).normal(size=(8, 3)) * [1.0, 1e8, 1e-200] + [0.0, 1e12, 0.0]


def test_means_and_deviations_are_those_of_repeated_rows():
    found, expected = means_and_deviations(columns(), WHOLE), means_and_deviations(repeated(columns()))
    np.testing.assert_allclose(found[0], expected[0], rtol=1e-14)
    np.testing.assert_allclose(found[1], expected[1], rtol=1e-13)
    assert root_mean_square(columns()[:, 0], WHOLE) == pytest.approx(root_mean_square(repeated(columns()[:, 0])))


def test_what_does_not_vary_has_no_deviation_and_its_own_value_for_a_mean():
    mean, deviation = means_and_deviations(np.full((8, 1), 0.1), FRACTIONS)
    assert (mean[0], deviation[0]) == (0.1, 0.0)
    assert Standardizer.fit(np.full((8, 1), 0.1), FRACTIONS).apply(np.full((8, 1), 0.1)).tolist() == [[0.0]] * 8


@pytest.mark.parametrize("seed", range(20))
def test_medians_are_those_of_repeated_values(seed):
    generator = np.random.default_rng(seed)
    n_rows = int(generator.integers(1, 9))
    # Few distinct values, so that halves end with one of them as well as within one.
    values, weights = generator.integers(0, 4, n_rows) / 3.0, generator.integers(1, 4, n_rows).astype(float)
    expected = float(np.median(repeated(values, weights)))
    assert median_of_rows(values, weights) == expected
    # The unit of weights says nothing, though tenths are no numbers of float64.
    assert median_of_rows(values, weights / 10.0) == expected
    assert median_of_rows(values, None) == float(np.median(values))


def test_weights_times_a_constant_have_the_same_shares_and_means():
    np.testing.assert_allclose(shares_of(FRACTIONS), shares_of(1e-300 * FRACTIONS), rtol=1e-12)
    np.testing.assert_allclose(shares_of(FRACTIONS).mean(), 1.0, rtol=1e-15)
    assert n_counted(FRACTIONS, 8) == pytest.approx(float(FRACTIONS.sum()))
    assert n_counted(None, 8) == 8.0


@pytest.mark.parametrize("weights", [WHOLE, FRACTIONS, 1.0 + 1e-9 * WHOLE, np.full(8, 7.0)])
def test_plain_rows_have_the_same_loss_at_every_model(weights):
    generator = np.random.default_rng(1)
    inputs, targets = generator.normal(size=(8, 3)) + 5.0, generator.normal(size=8) - 2.0
    rows, left = as_plain_rows(inputs, targets, weights)
    for _ in range(5):
        slopes, bias = generator.normal(size=3), generator.normal()
        expected = np.average((targets - inputs @ slopes - bias) ** 2, weights=weights)
        assert np.mean((left - rows @ slopes - bias) ** 2) == pytest.approx(expected, rel=1e-12)
    np.testing.assert_allclose(rows.mean(axis=0), np.average(inputs, axis=0, weights=weights), rtol=1e-13)
    # What does not vary still does not, to the last digit.
    constant = as_plain_rows(np.full((8, 1), 0.1), targets, weights)[0]
    assert (constant == 0.1).all()


@pytest.mark.parametrize("loss", [SQUARED, LOGISTIC, SOFTMAX])
def test_losses_and_null_models_are_those_of_repeated_rows(loss):
    generator = np.random.default_rng(2)
    n_outputs = 3 if loss.kind == "softmax" else 1
    targets = {"squared": generator.normal(size=8), "logistic": np.arange(8) % 2.0, "softmax": np.arange(8) % 3.0}
    own, outputs = targets[loss.kind], generator.normal(size=(8, n_outputs))
    weighed = loss.weighed(WHOLE)
    assert weighed.values(outputs, own).mean() == pytest.approx(
        loss.values(repeated(outputs), repeated(own)).mean(), rel=1e-14
    )
    slopes = loss.derivatives(repeated(outputs), repeated(own)).mean(axis=0)
    np.testing.assert_allclose(weighed.derivatives(outputs, own).mean(axis=0), slopes, rtol=1e-13)
    null = loss.null_outputs(repeated(own), n_outputs)
    np.testing.assert_allclose(weighed.null_outputs(own, n_outputs), null, rtol=1e-14, atol=1e-15)
    assert weighed.null_loss(own, n_outputs) == pytest.approx(loss.null_loss(repeated(own), n_outputs), rel=1e-14)


def test_a_class_of_next_to_no_weight_keeps_its_log_odds():
    targets, weights = np.array([0.0, 0.0, 1.0]), np.array([1.0, 1.0, 1e-9])
    assert LOGISTIC.weighed(weights).null_outputs(targets)[0] == pytest.approx(np.log(0.5e-9))
    assert SOFTMAX.weighed(weights).null_outputs(targets, 2)[1] == pytest.approx(0.5 * np.log(0.5e-9))


def test_the_loss_of_weighted_rows_is_that_of_no_others():
    with pytest.raises(ValueError, match="8 other rows, not of 2"):
        SQUARED.weighed(WHOLE).values(np.zeros((2, 1)), np.zeros(2))


def test_scores_of_numbers():
    generator = np.random.default_rng(3)
    targets, predictions = generator.normal(size=(2, 8))
    for weights in (WHOLE, FRACTIONS):
        expected = theirs.r2_score(targets, predictions, sample_weight=weights)
        assert r_squared(targets, predictions, weights) == pytest.approx(expected, rel=1e-12)
        squares = theirs.mean_squared_error(targets, predictions, sample_weight=weights)
        assert root_mean_squared_error(targets, predictions, weights) == pytest.approx(np.sqrt(squares), rel=1e-12)
    assert r_squared(targets, predictions, WHOLE) == pytest.approx(r_squared(repeated(targets), repeated(predictions)))


@pytest.mark.parametrize("weights", [WHOLE, FRACTIONS])
def test_scores_of_two_classes(weights):
    targets, scores = np.array([0, 1, 0, 1, 1, 0, 1, 0.0]), np.array([-1, 2, 0.5, 0.5, -2, 0.5, 1, -1.0])
    found = classification_scores(targets, scores[:, np.newaxis], weights)
    assert found.accuracy == pytest.approx(theirs.accuracy_score(targets, scores > 0, sample_weight=weights))
    expected = theirs.roc_auc_score(targets, scores, sample_weight=weights)
    assert found.auroc == pytest.approx(expected, rel=1e-12)
    expected = theirs.average_precision_score(targets, scores, sample_weight=weights)
    assert found.average_precision == pytest.approx(expected, rel=1e-12)
    ranking = rank(targets, scores, weights)
    assert (ranking.auroc, ranking.average_precision) == pytest.approx((found.auroc, found.average_precision))
    assert (ranking.true_positive[-1], ranking.false_positive[-1]) == (1.0, 1.0)
    curve = roc_curve(targets, scores, weights)
    np.testing.assert_array_equal(curve, (ranking.false_positive, ranking.true_positive))
    called, is_positive = scores > 0, targets > 0.5
    rates = [np.average(called[rows], weights=weights[rows]) for rows in (~is_positive, is_positive)]
    assert rates_at_even_odds(targets, scores, weights) == pytest.approx(rates)


def test_a_class_that_is_light_beside_the_other_keeps_the_digits_of_its_rates():
    random = np.random.default_rng(8)
    targets, scores, weights = random.integers(0, 2, 40), random.normal(size=40), random.uniform(0.5, 2.0, 40)
    light = weights * np.where(targets == 1, 1e12, 1.0)
    # What a class weighs in all changes nothing of its own rate.
    assert area_under_roc(targets, scores, light) == pytest.approx(area_under_roc(targets, scores, weights), rel=1e-13)
    found, expected = rank(targets, scores, light), rank(targets, scores, weights)
    np.testing.assert_allclose(found.false_positive, expected.false_positive, rtol=1e-13)


def test_scores_of_three_classes_are_those_of_repeated_rows():
    targets, outputs = np.arange(8) % 3.0, np.random.default_rng(4).normal(size=(8, 3))
    found = classification_scores(targets, outputs, WHOLE)
    expected = classification_scores(repeated(targets), repeated(outputs))
    assert vars(found) == pytest.approx(vars(expected), rel=1e-13)


@pytest.mark.parametrize("task", ["regression", "classification"])
def test_the_standard_error_over_rows_takes_the_sum_of_weights_for_their_number(task):
    generator = np.random.default_rng(5)
    targets = np.arange(8) % 2.0 if task == "classification" else generator.normal(size=8)
    outputs, loss = generator.normal(size=(8, 1)), loss_for(task)
    found = scores_of(loss.weighed(WHOLE), task, 2.0, 0.5, outputs, targets)
    expected = scores_of(loss, task, 2.0, 0.5, repeated(outputs), repeated(targets))
    assert found._asdict() == pytest.approx(expected._asdict(), rel=1e-13, nan_ok=True)
    # Rows that count as one at most have no error.
    assert np.isnan(scores_of(loss.weighed(WHOLE / WHOLE.sum()), task, 2.0, 0.5, outputs, targets).row_error)


def test_a_mean_without_weights_is_numpys_own():
    values = columns()
    np.testing.assert_array_equal(mean_of_rows(values, None), values.mean(axis=0))
