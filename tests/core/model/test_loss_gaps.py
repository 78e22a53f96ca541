"""The gap between a loss of classes and its conjugate, of probabilities as small as there are."""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
import pytest

from regdesk.core.model.loss_gaps import class_loss_gap


def gap_of(probability, moved):
    """Of one row of two classes: the model gives the other class ``probability``, the dual point ``moved``."""
    loss = -np.log1p(-probability)
    return class_loss_gap(np.array([[probability]]), np.array([[moved]]), np.array([loss]), np.zeros(1, dtype=np.int64))


@pytest.mark.parametrize(
    ("probability", "moved"),
    [(5e-324, 1.0), (1e-308, 0.5), (1e-310, 1e-10), (5e-324, 0.0), (2e-3, 3e-3), (1e-3, 4e-3), (1e-3, 0.0),
     (0.3, 0.3003), (0.3, 0.8)],
)  # fmt: skip
def test_it_is_the_divergence_of_the_two_probabilities(probability, moved):
    """Against 400 digits of decimal arithmetic (Kullback & Leibler 1951)."""
    with localcontext() as context:
        context.prec = 400
        pairs = [(Decimal(moved), Decimal(probability)), (1 - Decimal(moved), 1 - Decimal(probability))]
        exact = sum(to * (to / own).ln() if to else Decimal(0) for to, own in pairs)
    assert gap_of(probability, moved) == pytest.approx(float(exact), rel=1e-12, abs=0.0)


def test_of_three_classes_it_is_the_mean_over_the_rows():
    probabilities = np.array([[0.7, 0.2, 0.1], [0.25, 0.5, 0.25]])
    moved, labels = np.array([[0.6, 0.1, 0.3], [0.3, 0.3, 0.4]]), np.array([0, 2])
    indicators = np.eye(3)[labels]
    losses = -np.log(probabilities[[0, 1], labels])
    expected = np.mean(np.sum(moved * np.log(moved / probabilities), axis=1))
    assert class_loss_gap(probabilities - indicators, moved - indicators, losses, labels) == pytest.approx(
        expected, rel=1e-12
    )


def test_from_a_probability_of_0_it_is_infinite_unless_nothing_moves():
    assert gap_of(0.0, 1e-300) == np.inf
    assert gap_of(0.0, 0.0) == 0.0


def test_of_a_dual_point_that_is_no_number_it_is_infinite():
    assert gap_of(0.5, np.nan) == np.inf
