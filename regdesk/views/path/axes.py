"""The axis of a path: powers of ten of λ, or ordinary numbers, and none where names of curves stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from regdesk.core.rounding import round_limit
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.axis_room import TOP_HEIGHT_PX, fit_top_name, keep_height, keep_text_room
from regdesk.views.plots.scales import FINE_DECADES, decade_text, fine_decades
from regdesk.views.plots.steady_plots import SteadyAxis

if TYPE_CHECKING:
    from regdesk.views.path.picture import PathPicture

LABEL_PX = 44
NUMBER_PX = 34
UNITS_PX = 38
"""The least between two numbers along the top."""


class PathTicks(SteadyAxis):
    """``is_log``: places are log₁₀ λ. ``ends`` are those of the curves."""

    def __init__(self) -> None:
        self.is_log = True
        self.ends = (-4.0, 0.0)
        super().__init__("bottom")

    def show_axis(self, is_log: bool, ends: tuple[float, float]) -> None:
        if (is_log, ends) != (self.is_log, self.ends):
            self.is_log, self.ends = is_log, ends
            self.picture = None
            self.update()

    def tickValues(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        low, high = self.ends
        if not self.is_log:
            step = round_limit((maximum - minimum) * scaled_px(NUMBER_PX) / max(size, scaled_px(NUMBER_PX)))
            numbers = range(math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6) + 1)
            return [(step, [step * number for number in numbers])]
        if maximum - minimum < min(FINE_DECADES, high - low):
            return [(1.0, fine_decades(minimum, maximum))]
        n_fitting = max(2.0, size * (high - low) / max(maximum - minimum, 1e-9) / scaled_px(LABEL_PX))
        step = next((step for step in (1, 2, 3, 4, 5) if (high - low) / step <= n_fitting), 5)
        decades = range(math.ceil(low - 0.02), math.floor(high + 0.02) + 1)
        return [(1.0, [float(decade) for decade in decades if decade % step == 0])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        if self.is_log:
            return [decade_text(value) for value in values]
        return list(super().tickStrings(values, scale, spacing))


class UnitTicks:
    """Along the top of a network's path: how many hidden units live; of linear models there is nothing."""

    def __init__(self, plot: Any) -> None:
        self._plot, self._axis = plot, plot.getAxis("top")
        # In most plots nobody sees it, and it follows nothing.
        self._axis.linkToView(plot.vb)
        keep_text_room(self._axis)
        self._axis.setStyle(tickLength=-4)

    def clear(self) -> None:
        self._axis.setTicks([[]])

    def fit(self) -> None:
        """The plot is higher or lower than before."""
        if self._axis.isVisible() and self._axis.labelText:
            fit_top_name(self._plot, True)

    def show(self, picture: PathPicture, per_pixel: float) -> None:
        """``per_pixel`` is what a pixel is worth on the axis; from small λ on as many numbers as have room."""
        units = picture.path.units
        if self._axis.isVisible() != (units is not None):
            self._plot.showAxis("top", units is not None)
        if units is None:
            return
        if not self._axis.labelText:
            self._axis.setLabel("live units")
            keep_height(self._axis, TOP_HEIGHT_PX)
            self.fit()
        ticks: list[tuple[float, str]] = []
        for place, count in zip(picture.places[::-1], units.live[::-1], strict=True):
            if all(abs(place - other) >= scaled_px(UNITS_PX) * per_pixel for other, _ in ticks):
                ticks.append((float(place), str(count)))
        self._axis.setTicks([ticks])
