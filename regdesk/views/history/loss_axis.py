"""The axis of the losses, linear or logarithmic as their scale is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from regdesk.views.history.loss_scale import LossScale
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.axes import ValueAxis
from regdesk.views.plots.scales import large_text, power_text

TICK_ROOM_PX = 16
FEW_DECADES = 3.0


class LossAxis(ValueAxis):
    """Ordinary ticks, or whole powers of ten on an axis of log₁₀; with few of them 2 and 5 as well."""

    def __init__(self, scale: LossScale) -> None:
        self._loss_scale = scale
        super().__init__("left")

    def tickValues(self, minimum: float, maximum: float, size: float) -> Any:
        if not self._loss_scale.is_log:
            return super().tickValues(minimum, maximum, size)
        span = maximum - minimum
        n_fitting = max(2.0, size / scaled_px(TICK_ROOM_PX))
        step = next((step for step in (1, 2, 3, 5) if span / step <= n_fitting), 5)
        decades = range(math.floor(minimum), math.ceil(maximum) + 1)
        named = [float(decade) for decade in decades if decade % step == 0]
        others = [decade + math.log10(digit) for decade in decades for digit in range(2, 10)] if step == 1 else []
        if span <= FEW_DECADES and 3 * span <= n_fitting:
            named += [decade + math.log10(digit) for decade in decades for digit in (2, 5)]
        return [(1.0, _inside(named, minimum, maximum)), (0.1, _inside(others, minimum, maximum))]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> Any:
        if not self._loss_scale.is_log:
            return super().tickStrings(values, scale, spacing)
        return [_loss_text(value) if spacing == 1.0 else "" for value in values]


def _inside(values: list[float], minimum: float, maximum: float) -> list[float]:
    return [value for value in values if minimum - 1e-9 <= value <= maximum + 1e-9]


def _loss_text(position: float) -> str:
    nearest = round(position)
    if abs(position - nearest) < 1e-9:
        return power_text(nearest)
    return large_text(10.0**position) if position > 4 else f"{10.0**position:.3g}"
