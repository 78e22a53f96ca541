"""Numbers of weights that are not zero, along the top of the losses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.axis_room import has_top_name

if TYPE_CHECKING:
    from regdesk.core.types import Float64s, Integers

COUNT_PX = 46
"""Between two numbers."""


def show_counts(plot: Any, positions: Float64s, counts: Integers) -> None:
    """As many as have room at ``positions`` ``(n_points,)``; the first and those after it by descending λ."""
    apart = scaled_px(COUNT_PX) * plot.vb.viewPixelSize()[0]
    ticks: list[tuple[float, str]] = []
    for position, count in zip(positions, counts, strict=True):
        if not ticks or ticks[-1][0] - position >= apart:
            ticks.append((float(position), str(count)))
    axis = plot.getAxis("top")
    axis.setTicks([ticks])
    axis.showLabel(has_top_name(plot))


def clear_counts(plot: Any) -> None:
    """There is no sweep to count weights of."""
    plot.getAxis("top").setTicks([[]])
    plot.getAxis("top").showLabel(False)
