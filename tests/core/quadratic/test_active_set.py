"""The minimum of a quadratic with L1 and L2 by its active set: closed forms, and where it can be given up."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.quadratic.active_set import quadratic_minimum
from regdesk.core.stopping import Stop, Stopped

SLOPE = np.array([-3.0, 0.4, 2.5, -1.0])
CURVATURE = np.array([2.0, 1.0, 5.0, 0.5])


def test_coordinates_that_do_not_meet_are_soft_thresholds() -> None:
    """argmin of s·v + ½hv² + a|v| + ½bv² is −sign(s)·max(|s| − a, 0)/(h + b): Hastie et al. (2015), section 2.4."""
    zeros, l1, l2 = np.zeros(4), np.full(4, 1.0), np.array([0.0, 0.0, 1.0, 0.0])
    found = quadratic_minimum(np.diag(CURVATURE), SLOPE, zeros, l1, l2, 0.0)
    expected = -np.sign(SLOPE) * np.maximum(np.abs(SLOPE) - l1, 0.0) / (CURVATURE + l2)
    np.testing.assert_allclose(found, expected, rtol=1e-14)
    assert found[1] == 0.0
    assert found[3] == 0.0, "its pull equals its limit"


def test_it_is_given_up_between_two_solves() -> None:
    generator = np.random.default_rng(4)
    rows = generator.normal(size=(40, 30))
    hessian, slope = rows.T @ rows / 40, generator.normal(size=30)
    stop, asked = Stop(), []

    def check() -> None:
        asked.append(len(asked))
        if len(asked) == 2:
            stop.request()
        stop.check()

    zeros, limits = np.zeros(30), np.full(30, 0.05)
    with pytest.raises(Stopped):
        quadratic_minimum(hessian, slope, zeros, limits, zeros, 0.0, check)
    assert asked == [0, 1], "nothing is solved after it was told to end"
