"""The scale of the losses: linear from 0, or logarithmic between round numbers; it widens and holds still otherwise."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.rounding import round_limit
from regdesk.views.plots.rulers import Ruler
from regdesk.views.plots.scales import WideningRange

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

LEAST_LOSS = 1e-15
"""Below it a loss is rounding noise."""


class LossScale(Ruler):
    """Where a loss stands on the axis, which is log₁₀ when ``is_log``. Not ``PlotItem.setLogMode``: it would draw the
    same data twice, and its range would be in other units than what is set.
    """

    remembered = ("_bottom",)

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
        return self.losses_of(self.range)

    def losses_of(self, places: tuple[float, float]) -> tuple[float, float]:
        """The losses at two ``places`` of the axis."""
        low, high = places
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
