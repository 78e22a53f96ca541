"""The rules that choose one λ of many, and what folds come to together."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from regdesk.core.model.scoring import FoldScores, averages_of, best_lambda, lowest, one_standard_error_lambda

curves = st.integers(2, 30).flatmap(
    lambda n: st.tuples(
        arrays(np.float64, n, elements=st.integers(0, 6).map(float) | st.floats(0, 10)),
        arrays(np.float64, n, elements=st.floats(0, 3)),
    )
)


@given(curves)
def test_the_rule_never_chooses_below_the_best(curve):
    losses, errors = curve
    lambdas = np.geomspace(1.0, 1e-3, len(losses))
    best, chosen = best_lambda(lambdas, losses), one_standard_error_lambda(lambdas, losses, errors)
    assert losses[best] == losses.min()
    assert lambdas[chosen] >= lambdas[best]
    assert losses[chosen] <= losses[best] + errors[best]
    # It is the largest such λ, and among equal losses the best is the largest λ.
    assert not (losses[:chosen] <= losses[best] + errors[best]).any()
    assert not (losses[:best] == losses[best]).any()


def test_the_rules_on_a_known_curve():
    lambdas = np.array([1.0, 0.3, 0.1, 0.03, 0.01])
    losses, errors = np.array([0.9, 0.53, 0.5, 0.48, 0.6]), np.array([0.1, 0.2, 0.1, 0.06, 0.1])
    assert best_lambda(lambdas, losses) == 3
    assert one_standard_error_lambda(lambdas, losses, errors) == 1
    flat = np.full(5, 0.5)
    assert (best_lambda(lambdas, flat), one_standard_error_lambda(lambdas, flat, 0 * flat)) == (0, 0)


@pytest.mark.parametrize("size", [1.0, 1e200, 1e-200])
def test_the_standard_error_of_losses_that_have_no_square(size):
    found = [FoldScores(validation_loss=size * loss, train_loss=size) for loss in (1.0, 2.0, 4.0)]
    _, mean, error, _, _ = averages_of(found, (0.5, 0.25, 0.25))
    assert mean == pytest.approx(2.0 * size, rel=1e-14)
    # Weighted variance (0.5·1 + 0.25·0 + 0.25·4) / 2.
    assert error == pytest.approx(np.sqrt(0.75) * size, rel=1e-14)


def test_among_equals_the_largest_lambda():
    assert lowest(np.array([3.0, 2.0, 1.0]), np.array([math.nan, 5.0, 5.0])) == 1
    assert lowest(np.array([3.0, 2.0]), np.array([math.nan, math.inf])) is None
    with pytest.raises(ValueError, match="validation loss"):
        best_lambda(np.array([3.0, 2.0]), np.full(2, math.nan))
