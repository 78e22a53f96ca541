"""Titles of rows of the histogram: whole numbers, or none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from regdesk.views.weights.row_title import title_html

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_norm_for_which_there_is_no_room_goes_whole() -> None:
    layer: Any = SimpleNamespace(
        name="layer 1 → layer 2", n_alive=12, n_zero=3, n_negligible=241, l1_norm=4.93e-35, l2_norm=5.31e-35
    )
    wide, narrow, narrowest = (title_html(layer, width_px) for width_px in (1200.0, 460.0, 320.0))
    assert "‖W‖₁ 4.93e-35" in wide
    assert wide.endswith("‖W‖₂ 5.31e-35")
    assert "‖W‖₂" not in narrow
    # On a line of their own both have room.
    assert narrowest.endswith("‖W‖₂ 5.31e-35")
    assert "<br>" in narrowest
    assert "12 alive, 3 zero, 241 too small" in narrow
