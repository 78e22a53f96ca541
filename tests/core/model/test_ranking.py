"""The ROC with its thresholds and the counts of scores, against scikit-learn and numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn import metrics as theirs

from regdesk.core.model.ranking import N_SCORE_BINS, rank, rates_at_even_odds, score_counts, thinned

# Scores of few distinct values, so that ties are the rule.
scored_labels = st.lists(st.tuples(st.integers(0, 1), st.integers(-3, 3)), min_size=2, max_size=40)


@settings(max_examples=60, deadline=None)
@given(scored_labels)
def test_a_ranking_agrees_with_scikit_learn(pairs):
    labels, scores = np.array(pairs, dtype=float).T
    assume(0 < labels.sum() < len(labels))
    ranking = rank(labels, scores)
    expected = theirs.roc_curve(labels, scores, drop_intermediate=False)
    for ours, wanted in zip((ranking.false_positive, ranking.true_positive, ranking.thresholds), expected, strict=True):
        np.testing.assert_allclose(ours, wanted, atol=1e-12)
    assert ranking.auroc == pytest.approx(theirs.roc_auc_score(labels, scores), abs=1e-12)
    assert ranking.average_precision == pytest.approx(theirs.average_precision_score(labels, scores), abs=1e-12)
    assert ranking.n_rows == len(labels)
    called = scores > 0
    false_positive, true_positive = rates_at_even_odds(labels, scores)
    matrix = theirs.confusion_matrix(labels, called)
    assert false_positive == pytest.approx(matrix[0, 1] / matrix[0].sum())
    assert true_positive == pytest.approx(matrix[1, 1] / matrix[1].sum())


def test_one_class_alone_has_no_curve():
    ranking = rank(np.ones(3), np.arange(3.0))
    assert len(ranking.false_positive) == len(ranking.thresholds) == 0
    assert np.isnan(ranking.auroc)
    assert ranking.average_precision == 1.0
    assert np.isnan(rates_at_even_odds(np.ones(3), np.arange(3.0))[0])
    assert np.isnan(rank(np.zeros(3), np.arange(3.0)).average_precision)
    assert len(rank(np.empty(0), np.empty(0)).true_positive) == 0


def test_scores_are_counted_for_each_class():
    generator = np.random.default_rng(0)
    labels = generator.integers(0, 2, 500).astype(float)
    probabilities = np.concatenate([generator.uniform(size=498), [0.0, 1.0]])
    counts = score_counts(labels, probabilities)
    for k in range(2):
        expected, _ = np.histogram(probabilities[labels == k], bins=N_SCORE_BINS, range=(0.0, 1.0))
        np.testing.assert_array_equal(counts[k], expected)
    assert score_counts(np.empty(0), np.empty(0)).sum() == 0


def test_a_long_curve_is_thinned_between_its_ends():
    generator = np.random.default_rng(0)
    labels = (np.arange(9_000) % 2).astype(float)
    ranking = rank(labels, generator.normal(size=9_000) + labels)
    x, y = thinned(ranking, 2_000)
    assert len(x) == len(y) == 2_000
    assert (x[0], y[0], x[-1], y[-1]) == (0.0, 0.0, 1.0, 1.0)
    assert np.trapezoid(y, x) == pytest.approx(ranking.auroc, abs=1e-3)
    assert thinned(ranking, 10_000)[0] is ranking.false_positive
