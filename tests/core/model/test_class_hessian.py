"""Second derivatives of log-loss and softmax against differences of first ones, and where they can be given up."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.model.class_hessian import class_hessian
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.types import Float64s

ROWS = np.random.default_rng(6).normal(size=(25, 3))
SHARES = np.random.default_rng(7).uniform(0.0, 2.0, size=25)


def softmax(logits: Float64s) -> Float64s:
    odds = np.exp(logits)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def probabilities_of(weights: Float64s, n_outputs: int) -> Float64s:
    """``weights`` ``(n_columns, n_outputs)``; of two classes the first has the logit 0."""
    logits = ROWS @ weights
    return softmax(np.column_stack([np.zeros(len(ROWS)), logits]) if n_outputs == 1 else logits)


def slope_of(weights: Float64s, n_outputs: int, shares: Float64s, targets: Float64s) -> Float64s:
    surplus = probabilities_of(weights, n_outputs) - targets
    surplus = surplus[:, 1:] if n_outputs == 1 else surplus
    return np.asarray((ROWS * shares[:, np.newaxis]).T @ surplus / len(ROWS)).ravel()


@pytest.mark.parametrize("n_outputs", [1, 3])
@pytest.mark.parametrize("shares", [None, SHARES], ids=["equal rows", "weighted rows"])
def test_it_is_the_change_of_the_slope(n_outputs: int, shares: Float64s | None) -> None:
    generator = np.random.default_rng(8)
    weights = generator.normal(size=(3, n_outputs))
    targets = np.eye(max(2, n_outputs))[generator.integers(0, max(2, n_outputs), len(ROWS))]
    found = class_hessian(ROWS, probabilities_of(weights, n_outputs), n_outputs, shares=shares)
    by_difference, width = np.empty_like(found), 1e-6
    counted = np.ones(len(ROWS)) if shares is None else shares
    for place in range(weights.size):
        moved = np.zeros(weights.size)
        moved[place] = width
        ahead, behind = (
            slope_of(weights + sign * moved.reshape(weights.shape), n_outputs, counted, targets) for sign in (1.0, -1.0)
        )
        by_difference[:, place] = (ahead - behind) / (2.0 * width)
    np.testing.assert_allclose(found, by_difference, atol=1e-8)
    # Products of rows with themselves take half the time, and are the same on both sides of the diagonal.
    assert np.array_equal(found, found.T)


def test_of_many_classes_it_is_given_up_between_two_blocks() -> None:
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        class_hessian(ROWS, probabilities_of(np.zeros((3, 3)), 3), 3, stop)
