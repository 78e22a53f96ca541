"""Numbers of weights that are not zero, along the top of the losses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.axis_room import keep_height

if TYPE_CHECKING:
    from regdesk.core.types import Float64s, Integers

COUNT_PX = 46
"""Between two numbers."""
NAMED_PX, HEIGHT_PX, LOW_HEIGHT_PX = 230, 38, 21
"""Of the whole plot, from which the axis has room for its name; and of the axis with it and without."""


def show_counts(plot: Any, positions: Float64s, counts: Integers) -> None:
    """As many as have room at ``positions`` ``(n_points,)``; the first and those after it by descending λ."""
    apart = scaled_px(COUNT_PX) * plot.vb.viewPixelSize()[0]
    ticks: list[tuple[float, str]] = []
    for position, count in zip(positions, counts, strict=True):
        if not ticks or ticks[-1][0] - position >= apart:
            ticks.append((float(position), str(count)))
    axis = plot.getAxis("top")
    axis.setTicks([ticks])
    axis.showLabel(_has_room(plot))


def clear_counts(plot: Any) -> None:
    """There is no sweep to count weights of."""
    plot.getAxis("top").setTicks([[]])
    plot.getAxis("top").showLabel(False)


def fit_counts(plot: Any, is_swept: bool) -> None:
    """In a low plot the curves need the line of the name more: the legend of numbers is in the panel's help, too."""
    axis, has_room = plot.getAxis("top"), _has_room(plot)
    axis.showLabel(has_room and is_swept)
    height_px = HEIGHT_PX if has_room else LOW_HEIGHT_PX
    if axis.text_height_px != height_px:
        keep_height(axis, height_px)


def _has_room(plot: Any) -> bool:
    # Of the plot with its axes: what the name takes or leaves does not change it.
    return bool(plot.size().height() >= scaled_px(NAMED_PX))
