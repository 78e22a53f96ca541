"""Axes that hold still: fixed ranges that widen to the next 1-2-5 number, and a λ axis with a place for 0."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg

OFF_POSITION = -6.0
"""Where λ = 0 stands on an axis of log₁₀ λ: one decade below the smallest λ of the slider."""


def round_up(value: float) -> float:
    """The next number of the form 1, 2 or 5 × 10ᵏ."""
    if not math.isfinite(value) or value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(factor * power for factor in (1, 2, 5, 10) if value <= factor * power * (1 + 1e-12))


class WideningRange:
    """The upper end of an axis; grows in 1-2-5 steps when a value leaves it, and never shrinks on its own."""

    def __init__(self, start: float) -> None:
        self._start = start
        self.top = round_up(start)

    def reset(self, start: float | None = None) -> None:
        self.top = round_up(self._start if start is None else start)

    def include(self, value: float) -> bool:
        """Widen for ``value``; whether the range has changed."""
        if not math.isfinite(value) or value <= self.top:
            return False
        self.top = round_up(value)
        return True


def lambda_position(lam: float) -> float:
    """log₁₀ λ, or the place of its own for λ = 0."""
    return OFF_POSITION if lam <= 0 else max(math.log10(lam), OFF_POSITION + 0.5)


class LambdaAxis(pg.AxisItem):
    """Ticks at whole powers of ten, and "off" at λ = 0."""

    def tickValues(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        # Whole decades, thinned until there is room for a label of about 24 pixels each.
        fitting = max(1, int(size / 24))
        first, last = math.ceil(max(minimum, -5)), math.floor(maximum)
        step = max(1, math.ceil((last - first + 2) / fitting))
        decades = [float(value) for value in range(first, last + 1) if value % step == 0]
        return [(1.0, ([OFF_POSITION] if minimum <= OFF_POSITION else []) + decades)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return ["off" if value == OFF_POSITION else f"{10.0**value:g}" for value in values]


def quiet_plot(plot: Any, bottom: str, left: str) -> None:
    """A plot that neither zooms by accident nor draws more than it must: thin grid, named axes, fixed range."""
    plot.setMenuEnabled(False)
    plot.setMouseEnabled(x=False, y=False)
    plot.hideButtons()
    plot.showGrid(x=True, y=True, alpha=0.12)
    plot.setLabel("bottom", bottom)
    plot.setLabel("left", left)
    plot.disableAutoRange()
    for side in ("bottom", "left"):
        plot.getAxis(side).enableAutoSIPrefix(False)
        plot.getAxis(side).setTickDensity(0.7)
        plot.getAxis(side).setStyle(autoReduceTextSpace=False, autoExpandTextSpace=False)
