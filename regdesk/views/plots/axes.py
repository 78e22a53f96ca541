"""Axes that hold still: fixed ranges that widen to the next 1-2-5 number, and a λ axis with a place for 0."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QGraphicsItem

from regdesk.core.rounding import round_limit
from regdesk.views.kit import theme
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.axis_room import keep_text_room, resize_text
from regdesk.views.plots.scales import OFF_POSITION, large_text, power_text
from regdesk.views.plots.steady_plots import SteadyAxis, draws_nothing

if TYPE_CHECKING:
    pass

LINE_PX = 14
"""Height of a number on an axis."""
EPOCH_GAP_PX = 22.0
"""Between the numbers of two epochs on an axis."""


class LambdaAxis(SteadyAxis):
    """Ticks at whole powers of ten, and "off" at λ = 0; numbers may stand half beyond its ends."""

    def boundingRect(self) -> QRectF:
        # pyqtgraph has a setting for this, which holds for axes without a grid.
        half_px = scaled_px(LINE_PX) // 2
        return super().boundingRect().adjusted(0, -half_px, 0, half_px)

    def tickValues(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        # Whole decades, as many as have room for a label of about 14 pixels; multiples of 2 and 4 keep 1 among them.
        fitting = max(2, int(size / scaled_px(LINE_PX)))
        n_decades = maximum - OFF_POSITION
        step = next((step for step in (1, 2, 4, 8) if n_decades / step <= fitting - 1), 8)
        # The first number stands clear of "off".
        clear = scaled_px(LINE_PX) * (maximum - minimum) / max(size, 1.0)
        first, last = math.ceil(OFF_POSITION + max(1.0, 0.4 * step, clear)), math.floor(maximum)
        decades = [float(value) for value in range(first, last + 1) if value % step == 0]
        if decades and decades[-1] < last - 1:
            # Where λ was higher than the highest number by far, nothing would say how high.
            decades = [float(value) for value in range(last, first - 1, -step)][::-1]
        if fitting == 2:
            # One number is no scale: "off" at one end and the highest at the other.
            decades = [float(last)]
        return [(1.0, [OFF_POSITION, *decades])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return ["off" if value == OFF_POSITION else power_text(round(value)) for value in values]


class ValueAxis(SteadyAxis):
    """Ordinary ticks whose numbers stay short enough for the axis: 20k, 1.5M, 2×10¹⁰."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        ordinary = super().tickStrings(values, scale, spacing)
        texts = zip(values, ordinary, strict=True)
        return [large_text(value) if text and abs(value) >= 1e4 else text for value, text in texts]


class EpochAxis(SteadyAxis):
    """Epochs written as everywhere else, such as 8,152,050; as many of them as have room."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> Any:
        levels = super().tickSpacing(minVal, maxVal, size)
        length, least = maxVal - minVal, self._least_spacing(minVal, maxVal, size)
        named = [spacing for spacing, _ in levels if spacing >= least] or [round_limit(least)]
        if minVal == 0 and length == round_limit(length) and named[-1] > 0.4 * length:
            # Those at the ends are not written: halves would leave one number, which is no scale, but more than none.
            return [(0.4 * length, 0) if 0.4 * length >= least else (0.5 * length, 0)]
        return levels if levels and levels[0][0] >= least else [(named[0], 0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        first, last = self.range
        is_alone = spacing >= 0.5 * (last - first)
        if not is_alone and spacing < self._least_spacing(first, last, self.size().width()):
            return [""] * len(values)
        places = max(0, math.ceil(-math.log10(spacing)))
        return [f"{value:,.{places}f}" for value in values]

    def _least_spacing(self, first: float, last: float, width_px: float) -> float:
        """Between two numbers that both have room."""
        metrics = QFontMetrics(self.font())
        number_px = metrics.horizontalAdvance(f"{last:,.0f}") + EPOCH_GAP_PX
        return (last - first) * number_px / max(width_px, number_px)


def quiet_plot(plot: Any, bottom: str, left: str, zooms: tuple[bool, bool] = (True, True)) -> None:
    """A plot that draws no more than it must: thin grid, named axes, ranges of the program until a hand moves them.

    ``zooms`` says which of its axes, across and up, a hand can move.
    """
    draws_nothing(plot)
    plot.setMenuEnabled(False)
    plot.setMouseEnabled(*zooms)
    plot.hideButtons()
    plot.autoBtn.changeParent = _hears_no_view
    plot.showGrid(True, True, 0.12)
    plot.setLabel("bottom", bottom)
    plot.setLabel("left", left)
    plot.disableAutoRange()
    for side in ("top", "right"):
        # pyqtgraph has four axes follow every plot: half of them are never seen.
        if not plot.getAxis(side).isVisible():
            plot.getAxis(side).unlinkFromView()
    for axis in (plot.getAxis("bottom"), plot.getAxis("left")):
        axis.enableAutoSIPrefix(False)
        axis.setTickDensity(0.55)
        # Ticks and grid are redrawn with every curve above them: as pixels they cost a third of what they do as text.
        axis.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        keep_text_room(axis)
        if isinstance(axis, SteadyAxis):
            plot.geometryChanged.connect(axis.draw_anew)


def _hears_no_view() -> None:
    """In place of the method by which pyqtgraph's button of a plot begins to hear of the view, or ends it.

    Nobody sees the button, and it is the one part of a plot that does: PySide keeps two weak references to it and their
    callbacks, 500 bytes, each time that a plot comes or goes. Taken out of the plot the button would be seen in the
    order in which plots are painted.
    """


def take_in_plots(view: Any) -> None:
    """Plots come back to a pyqtgraph view, which heard of other colours and other text while they were out of it."""
    restyle_plots(view)
    resize_text(view)


def restyle_plots(view: Any) -> None:
    """Ground, axes and axis labels of every plot of a pyqtgraph view in the colours in force."""
    colours = theme.colours()
    if view.backgroundBrush().color() != QColor(colours.background):
        view.setBackground(colours.background)
    for item in view.scene().items():
        # What was made in these colours keeps them; of a lecture the ground may be the same, and words are not.
        if isinstance(item, pg.AxisItem) and item.textPen().color() != QColor(colours.quiet_text):
            # The label takes the colour of the pen.
            item.setPen(colours.quiet_text)
            item.setTextPen(colours.quiet_text)
            item.update()
