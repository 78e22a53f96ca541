"""Figures of merit against scikit-learn, ties and empty sets included."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn import metrics as theirs

from regdesk.core import metrics as ours

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
