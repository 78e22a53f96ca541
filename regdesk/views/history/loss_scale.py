"""The scale of the losses: linear from 0, or logarithmic between round numbers; it widens and holds still otherwise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from regdesk.core.rounding import round_limit
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.axes import ValueAxis, WideningRange, large_text, power_text

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

LEAST_LOSS = 1e-15
"""Below it a loss is rounding noise."""
TICK_ROOM_PX = 16
FEW_DECADES = 3.0


class LossScale:
    """Where a loss stands on the axis, which is log₁₀ when ``is_log``. Not ``PlotItem.setLogMode``: it would draw the
    same data twice, and its range would be in other units than what is set.
    """

    def __init__(self) -> None:
        self.is_log = False
        self.top = WideningRange(1.0)
        self._bottom = 0.1

    def reset(self) -> None:
        self.top.reset()
        self._bottom = 0.1

    @property
    def ends(self) -> tuple[float, float]:
        """The losses at both ends of the axis."""
        low, high = self.range
        return (10.0**low, 10.0**high) if self.is_log else (low, high)

    def refit(self, highest: float, lowest: float) -> None:
        """Begin anew with what is to be seen; ``lowest`` is the lowest loss above 0."""
        self.top.reset(highest)
        self._bottom = _floor_of(lowest)

    def include(self, highest: float, lowest: float) -> bool:
        """Widen for losses from ``lowest`` (above 0) to ``highest``; whether the range has changed."""
        has_changed = self.top.include(highest)
        if math.isfinite(lowest) and LEAST_LOSS < lowest < self._bottom:
            self._bottom = _floor_of(lowest)
            has_changed |= self.is_log
        return has_changed

    @property
    def range(self) -> tuple[float, float]:
        """Of the axis, in its own units."""
        if not self.is_log:
            return 0.0, self.top.top
        return math.log10(min(self._bottom, 0.1 * self.top.top)), math.log10(self.top.top)

    def position(self, values: Float64s) -> Float64s:
        """``values`` in the units of the axis; NaN where a logarithm has no place for them."""
        if not self.is_log:
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(values > 0, np.log10(np.maximum(values, LEAST_LOSS)), np.nan)


def _floor_of(value: float) -> float:
    """The largest number of the form 1, 2 or 5 × 10ᵏ that is at most ``value``."""
    return 1.0 / round_limit(1.0 / max(value, LEAST_LOSS)) if math.isfinite(value) else 0.1


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
