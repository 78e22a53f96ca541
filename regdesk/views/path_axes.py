"""The axis of a path: powers of ten of λ, or ordinary numbers, and none where names of curves stand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg

from regdesk.core.summaries import round_limit
from regdesk.views.axes import power_text

LABEL_PX = 44
NUMBER_PX = 34


class PathTicks(pg.AxisItem):
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
            step = round_limit((maximum - minimum) * NUMBER_PX / max(size, NUMBER_PX))
            numbers = range(math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6) + 1)
            return [(step, [step * number for number in numbers])]
        n_fitting = max(2.0, size * (high - low) / max(maximum - minimum, 1e-9) / LABEL_PX)
        step = next((step for step in (1, 2, 3, 4, 5) if (high - low) / step <= n_fitting), 5)
        decades = range(math.ceil(low - 0.02), math.floor(high + 0.02) + 1)
        return [(1.0, [float(decade) for decade in decades if decade % step == 0])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        if self.is_log:
            return [power_text(round(value)) for value in values]
        return list(super().tickStrings(values, scale, spacing))
