"""The bar of a weight's pull: its length says the same whatever was shown before."""

from __future__ import annotations

import pytest

from regdesk.core.geometry.tangency import ZeroReason
from regdesk.views.geometry.zero_bar import bar_top


@pytest.mark.parametrize(
    ("pull", "threshold", "top"),
    [(0.02, 0.03, 0.06), (0.03, 0.03, 0.06), (0.07, 0.03, 0.1), (0.13, 0.0, 0.2), (0.0, 0.0, 1e-9)],
    ids=["held", "alive", "on its way", "nothing holds", "no pull"],
)
def test_the_threshold_stands_in_the_middle(pull: float, threshold: float, top: float) -> None:
    reason = ZeroReason(pull, threshold, is_zero=False, lam=threshold, l1_ratio=1.0)
    assert bar_top(reason) == pytest.approx(top)
    assert bar_top(reason) >= pull
