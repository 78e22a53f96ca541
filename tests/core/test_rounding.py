"""Round numbers that are not below a value."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdesk.core.rounding import round_limit


@pytest.mark.parametrize(
    ("value", "limit"),
    [
        (1.0, 1.0),
        (1.01, 2.0),
        (2.0, 2.0),
        (2.5, 5.0),
        (5.0, 5.0),
        (5.1, 10.0),
        (10.0, 10.0),
        (0.3, 0.5),
        (0.1, 0.1),
        (0.001, 0.001),
        (0.07, 0.1),
        (1234.0, 2000.0),
        (0.0, 1.0),
        (-3.0, 1.0),
        (np.nan, 1.0),
        (np.inf, 1.0),
    ],
)
def test_round_limit(value, limit):
    assert round_limit(value) == pytest.approx(limit, rel=1e-12)


@settings(max_examples=50, deadline=None)
@given(st.floats(1e-12, 1e12))
def test_round_limit_is_near_and_not_below(value):
    limit = round_limit(value)
    assert value * (1 - 1e-9) <= limit <= value * 2.5 * (1 + 1e-9)
    mantissa = limit / 10 ** np.floor(np.log10(limit) + 1e-9)
    assert min(abs(mantissa - step) for step in (1, 2, 5)) < 1e-6


@pytest.mark.parametrize(
    ("value", "limit"), [(1.1, 1.5), (1.5000001, 1.5), (1.51, 2.0), (0.08, 0.1), (7.01, 10.0), (31.0, 50.0)]
)
def test_other_digits_and_a_wider_slack(value, limit):
    assert round_limit(value, (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0), 1e-6) == pytest.approx(limit, rel=1e-12)
