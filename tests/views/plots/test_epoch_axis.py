"""Numbers of epochs along a level axis, as many of them as have room."""

from __future__ import annotations

import pytest

from regdesk.views.plots.axes import EpochAxis

pytestmark = pytest.mark.usefixtures("qapp")


def numbers(width_px: float, last: float) -> list[str]:
    """Those that are written within an axis from 0 to ``last``; the ends are not."""
    axis = EpochAxis("bottom")
    axis.setRange(0.0, last)
    axis.resize(width_px, 17.0)
    written = []
    for spacing, values in axis.tickValues(0.0, last, width_px):
        texts = axis.tickStrings(values, 1.0, spacing)
        written += [text for value, text in zip(values, texts, strict=True) if text and 0.0 < value < last]
    return written


@pytest.mark.parametrize("last", [100.0, 5_000.0, 200_000.0, 1_000_000.0])
def test_an_axis_with_room_for_one_number_has_one(last: float) -> None:
    narrow = next(width for width in range(400, 20, -5) if len(numbers(float(width), last)) < 2)
    assert numbers(float(narrow), last) == [f"{0.5 * last:,.0f}"]


def test_a_wide_axis_has_a_scale() -> None:
    assert numbers(135.0, 200_000.0) == ["100,000"]
    assert numbers(200.0, 200_000.0) == ["80,000", "160,000"]
    assert len(numbers(900.0, 200_000.0)) > 2
