"""Figures of merit against scikit-learn, ties and empty sets included."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn import metrics as theirs

from regdesk.core.model import metrics as ours

few = settings(max_examples=50, deadline=None)
# Scores of few distinct values, so that ties are the rule.
scored_labels = st.lists(st.tuples(st.integers(0, 1), st.integers(-3, 3)), min_size=2, max_size=40)


@few
@given(scored_labels)
def test_ranking_figures_agree_with_scikit_learn(pairs):
    labels, scores = np.array(pairs, dtype=float).T
    assume(0 < labels.sum() < len(labels))
    assert ours.area_under_roc(labels, scores) == pytest.approx(theirs.roc_auc_score(labels, scores), abs=1e-12)
    expected = theirs.average_precision_score(labels, scores)
    assert ours.average_precision(labels, scores) == pytest.approx(expected, abs=1e-12)
    false_positive, true_positive, _ = theirs.roc_curve(labels, scores, drop_intermediate=False)
    np.testing.assert_allclose(ours.roc_curve(labels, scores), (false_positive, true_positive), atol=1e-12)


@few
@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=2, max_size=40))
def test_regression_figures_agree_with_scikit_learn(pairs):
    targets, predictions = np.array(pairs).T
    assume(np.ptp(targets) > 1e-3)
    assert ours.r_squared(targets, predictions) == pytest.approx(theirs.r2_score(targets, predictions), rel=1e-9)
    expected = theirs.root_mean_squared_error(targets, predictions)
    assert ours.root_mean_squared_error(targets, predictions) == pytest.approx(expected, rel=1e-12)


def test_accuracy_counts_the_right_side_of_even_odds():
    labels = np.array([1.0, 1.0, 0.0, 0.0])
    assert ours.accuracy(labels, np.array([2.0, -1.0, -1.0, 0.0])) == 0.75
    assert ours.accuracy(labels, np.array([2.0, 1.0, -1.0, -5.0])) == theirs.accuracy_score(labels, [1, 1, 0, 0])


def test_what_is_not_defined_is_nan():
    none = np.empty(0)
    for figure in (ours.r_squared, ours.root_mean_squared_error, ours.accuracy, ours.area_under_roc):
        assert np.isnan(figure(none, none))
    assert np.isnan(ours.average_precision(none, none))
    assert np.isnan(ours.r_squared(np.full(3, 2.0), np.arange(3.0)))
    assert np.isnan(ours.area_under_roc(np.ones(3), np.arange(3.0)))
    assert np.isnan(ours.area_under_roc(np.zeros(3), np.arange(3.0)))
    assert np.isnan(ours.average_precision(np.zeros(3), np.arange(3.0)))
    assert [len(rates) for rates in ours.roc_curve(np.ones(3), np.arange(3.0))] == [0, 0]


def test_all_scores_equal_is_a_coin():
    labels = np.array([1.0, 0.0, 0.0, 1.0, 0.0])
    assert ours.area_under_roc(labels, np.zeros(5)) == 0.5
    assert np.array(ours.roc_curve(labels, np.zeros(5))).tolist() == [[0.0, 1.0], [0.0, 1.0]]
    assert ours.average_precision(labels, np.zeros(5)) == pytest.approx(0.4)


def softmax(outputs):
    return np.exp(outputs - np.logaddexp.reduce(outputs, axis=1, keepdims=True))


@st.composite
def several_classes(draw):
    """Classes of 3 to 6 with a row each at least, and logits of few distinct values or of many."""
    n_classes = draw(st.integers(3, 6))
    extra = draw(st.lists(st.integers(0, n_classes - 1), max_size=30))
    generator = np.random.default_rng(draw(st.integers(0, 1000)))
    targets = generator.permutation([*range(n_classes), *extra]).astype(float)
    outputs = generator.normal(size=(len(targets), n_classes)) * draw(st.sampled_from([0.1, 1.0, 5.0]))
    # Some rows stand twice, so that there are ties.
    n_same = draw(st.integers(0, len(targets) // 2))
    outputs[:n_same] = outputs[len(outputs) - n_same :]
    return targets, outputs


@few
@given(several_classes())
def test_scores_of_several_classes_agree_with_scikit_learn(case):
    targets, outputs = case
    probabilities = softmax(outputs)
    scores = ours.classification_scores(targets, outputs)
    assert scores.accuracy == pytest.approx(theirs.accuracy_score(targets, probabilities.argmax(axis=1)), abs=1e-12)
    expected = theirs.roc_auc_score(targets, probabilities, multi_class="ovr", average="macro")
    assert scores.auroc == pytest.approx(expected, abs=1e-12)
    one_hot = np.eye(outputs.shape[1])[targets.astype(int)]
    expected = theirs.average_precision_score(one_hot, probabilities, average="macro")
    assert scores.average_precision == pytest.approx(expected, abs=1e-12)


@few
@given(scored_labels)
def test_scores_of_one_output_are_those_of_two_classes(pairs):
    labels, logits = np.array(pairs, dtype=float).T
    found = ours.classification_scores(labels, logits[:, np.newaxis])
    expected = [figure(labels, logits) for figure in (ours.accuracy, ours.area_under_roc, ours.average_precision)]
    np.testing.assert_array_equal([found.accuracy, found.auroc, found.average_precision], expected)


def test_log_odds_of_a_class_are_against_all_others():
    generator = np.random.default_rng(5)
    outputs = np.concatenate([generator.normal(size=(200, 4)) * 30.0, np.zeros((2, 4))])
    outputs[0] = [800.0, -800.0, 0.0, 1e4]
    found = ours.class_log_odds(outputs)
    for k in range(4):
        rest = np.delete(outputs, k, axis=1)
        expected = outputs[:, k] - np.logaddexp.reduce(rest, axis=1)
        np.testing.assert_allclose(found[:, k], expected, rtol=1e-12, atol=1e-12)
    probabilities = softmax(outputs[1:201] / 30.0)
    log_odds = ours.class_log_odds(outputs[1:201] / 30.0)
    np.testing.assert_allclose(log_odds, np.log(probabilities) - np.log1p(-probabilities), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(ours.class_log_odds(np.full((1, 4), 1e300)), [[-np.log(3.0)] * 4], rtol=1e-12)
    one = np.array([[3.0], [-800.0]])
    np.testing.assert_array_equal(ours.class_log_odds(one), np.hstack([-one, one]))


def test_sure_rows_are_still_ranked():
    """Their probabilities are exactly 1, ties that would make a coin of a perfect order."""
    targets = np.array([0.0, 0.0, 1.0, 2.0])
    outputs = np.array([[60.0, 0.0, 0.0], [59.0, 0.0, 0.0], [50.0, 0.0, -9.0], [45.0, -9.0, 0.0]])
    assert (softmax(outputs)[:, 0] == 1.0).all()
    assert ours.classification_scores(targets, outputs).auroc == 1.0
    assert ours.classification_scores(targets, outputs).average_precision == 1.0


def test_equal_outputs_in_all_rows_are_a_coin():
    targets = np.repeat([0.0, 1.0, 2.0], [50, 30, 20])
    scores = ours.classification_scores(targets, np.tile([0.3, -0.1, 0.7], (100, 1)))
    assert (scores.accuracy, scores.auroc) == (0.2, 0.5)
    assert scores.average_precision == pytest.approx(np.mean([0.5, 0.3, 0.2]))


@pytest.mark.parametrize("targets", [[], [0.0, 1.0, 0.0], [2.0, 2.0, 2.0]])
def test_scores_need_a_row_of_every_class(targets):
    scores = ours.classification_scores(np.array(targets), np.eye(3)[: len(targets)])
    assert np.isnan([scores.auroc, scores.average_precision]).all()
    np.testing.assert_array_equal(scores.accuracy, np.mean(np.arange(3) == targets) if targets else np.nan)


def test_predicted_classes_and_their_confusion():
    assert ours.predicted_classes(np.array([[1.0, 3.0, 2.0], [5.0, 5.0, 0.0]])).tolist() == [1, 0]
    assert ours.predicted_classes(np.array([[0.5], [0.0], [-2.0]])).tolist() == [1, 0, 0]
    generator = np.random.default_rng(3)
    targets, predicted = generator.integers(0, 4, 60), generator.integers(0, 3, 60)
    found = ours.confusion_matrix(targets.astype(float), predicted, 5)
    assert found.dtype == np.int64
    np.testing.assert_array_equal(found, theirs.confusion_matrix(targets, predicted, labels=range(5)))
    assert ours.confusion_matrix(np.empty(0), np.empty(0, np.int64), 3).tolist() == [[0] * 3] * 3
