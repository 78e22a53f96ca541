"""The weights of the first layer one by one, with the names of their inputs, under its histogram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from regdesk.core.words.number_text import fixed_text
from regdesk.views.kit import theme
from regdesk.views.kit.name_room import elided_all
from regdesk.views.plots.axes import quiet_plot
from regdesk.views.plots.steady_items import SteadyPoints, named
from regdesk.views.plots.steady_plots import plot_parts
from regdesk.views.plots.steady_ticks import SteadyTicks

if TYPE_CHECKING:
    from regdesk.core.model.network import Network
    from regdesk.core.types import Booleans, Float64s, Floats, Integers

MAX_NAMED_LINEAR = 60
MAX_NAMED_NETWORK = 8
"""More inputs than these share one line: their names would push the other layers out of sight."""
MAX_TICKS = 2_000
TICK_SHARE = 0.36
"""Half the height of a tick, in lines."""
NEAR_PX = 8.0
MAX_TOLD = 4


class WeightRug:
    """A tick at each weight; a line of its own for each input where they are few, one line for all else.

    A weight of exactly 0 is an open grey ring; one that is only too small for its dtype is a tick at 0.
    """

    def __init__(self) -> None:
        self.plot = named(pg.PlotItem(**plot_parts()), "weightRug")
        quiet_plot(self.plot, "", "", (True, False))
        self.plot.hideAxis("bottom")
        self.plot.showGrid(x=True, y=False)
        axis = self.plot.getAxis("left")
        axis.showLabel(False)
        axis.setStyle(tickLength=0)
        self.ticks = named(SteadyTicks(), "weightTicks")
        self.rings = named(SteadyPoints(symbol="o", size=6), "zeroWeights")
        self.plot.addItem(self.ticks)
        self.plot.addItem(self.rings)
        self._input_names: tuple[str, ...] = ()
        self._output_names: tuple[str, ...] = ()
        self._is_linear = False
        self._is_named = False
        self._limit = 0.0
        self._axis_width_px = 0.0
        self._weights: Floats = np.zeros((0, 0))
        self._is_alive: Booleans = np.zeros((0, 0), dtype=bool)
        self.apply_theme()

    def apply_theme(self) -> None:
        colours = theme.colours()
        self.ticks.setPen(pg.mkPen(colours.weights, width=2))
        self.rings.setPen(pg.mkPen(colours.zero, width=1))
        self.rings.setBrush(colours.background)

    def begin(self, network: Network, input_names: tuple[str, ...], output_names: tuple[str, ...]) -> float:
        """Lines for a new network; the height in pixels that they need."""
        self._input_names, self._output_names = input_names, output_names
        self._is_linear = network.is_linear
        self._is_named = len(input_names) <= (MAX_NAMED_LINEAR if network.is_linear else MAX_NAMED_NETWORK)
        self._limit = self._axis_width_px = 0.0
        self.plot.setYRange(0.5 - self._n_lines, 0.5, padding=0)
        return self.fit_text()

    @property
    def _n_lines(self) -> int:
        return len(self._input_names) if self._is_named else 1

    def fit_text(self) -> float:
        """Lines for text of the size in force; the height in pixels that they need."""
        height_px = self._n_lines * QFontMetrics(QApplication.font()).height() + 2
        if height_px != self.plot.minimumHeight():
            self.plot.setMinimumHeight(height_px)
            self.plot.setMaximumHeight(height_px)
            # Names are cut for letters of one size.
            self._axis_width_px = 0.0
        return float(height_px)

    def align(self, left_px: float) -> None:
        """``left_px`` is where 0 wide is: the left edge of the histogram in the scene."""
        width_px = left_px - self.plot.sceneBoundingRect().left()
        if width_px > 0 and abs(width_px - self._axis_width_px) > 0.5:
            self._axis_width_px = width_px
            self.plot.getAxis("left").setWidth(width_px)
            self._name_lines()

    def show(self, weights: Floats, limit: float, too_small: Booleans | None = None) -> None:
        """``weights`` ``(n_inputs, n_outputs)`` between −limit and limit; ``too_small``, of the same shape, are at 0
        but not exactly so.
        """
        self._weights = weights
        self._is_alive = weights != 0.0 if too_small is None else (weights != 0.0) | too_small
        if limit != self._limit:
            self._limit = limit
            self.plot.setXRange(-limit, limit, padding=0)
        numbers = np.arange(len(weights)) if self._is_named else np.zeros(len(weights))
        lines = np.repeat(-numbers.astype(np.float64), weights.shape[1])
        values = weights.ravel().astype(np.float64)
        is_alive = self._is_alive.ravel()
        alive, heights = values[is_alive], lines[is_alive]
        if len(alive) > MAX_TICKS:
            largest = np.argpartition(np.abs(alive), -MAX_TICKS)[-MAX_TICKS:]
            alive, heights = alive[largest], heights[largest]
        tips = np.stack([heights - TICK_SHARE, heights + TICK_SHARE], axis=1)
        self.ticks.setData(np.repeat(alive, 2), tips.ravel())
        dead = np.unique(lines[~is_alive])
        self.rings.setData(np.zeros(len(dead)), dead)

    def ends_of(self, numbers: Integers) -> tuple[Float64s, Float64s]:
        """Lower and upper end of the ticks of the layer's weights ``numbers``, counted row by row."""
        lines = -(numbers // self._weights.shape[1]).astype(np.float64) if self._is_named else np.zeros(len(numbers))
        return lines - TICK_SHARE, lines + TICK_SHARE

    def value_at(self, place: QPointF) -> str | None:
        """The weights at ``place`` of the scene by name; beside them, what there is to say of the input."""
        if not self.plot.sceneBoundingRect().contains(place) or not self._weights.size:
            return None
        number, x, reach = self._pointed_at(place)
        if number is None:
            return self._told(self._weights, range(len(self._weights)), x, reach)
        told = self._told(self._weights[[number]], [number], x, reach)
        return told or self._line_text(number)

    def weight_at(self, place: QPointF) -> int | None:
        """Which of the layer's weights, counted row by row, a click at ``place`` of the scene means."""
        if not self.plot.sceneBoundingRect().contains(place) or not self._weights.size:
            return None
        number, x, reach = self._pointed_at(place)
        distances = np.abs(self._weights - x)
        if number is not None:
            # Beside its only weight a line means it all the same.
            reach = np.inf if self._weights.shape[1] == 1 else reach
            distances[np.arange(len(distances)) != number] = np.inf
        nearest = int(distances.argmin())
        return nearest if distances.flat[nearest] <= reach and np.isfinite(distances.flat[nearest]) else None

    def _pointed_at(self, place: QPointF) -> tuple[int | None, float, float]:
        """The line of an input, None where all share one; the weight there, and how far from it still counts."""
        box = self.plot.getViewBox()
        point = box.mapSceneToView(place)
        number = min(max(round(-point.y()), 0), len(self._weights) - 1) if self._is_named else None
        return number, point.x(), NEAR_PX * box.viewPixelSize()[0]

    def _told(self, weights: Floats, numbers: Any, x: float, reach: float) -> str | None:
        distances = np.abs(weights - x)
        near = np.argwhere(distances <= reach)
        if not len(near):
            return None
        near = near[np.argsort(distances[near[:, 0], near[:, 1]], kind="stable")]
        lines = [
            self._weight_text(numbers[row], column, float(weights[row, column])) for row, column in near[:MAX_TOLD]
        ]
        if len(near) > MAX_TOLD:
            lines.append(f"and {len(near) - MAX_TOLD} more here")
        return "\n".join(lines)

    def _line_text(self, number: int) -> str:
        weights = self._weights[number]
        name, n_zero = self._input_names[number], int(np.sum(~self._is_alive[number]))
        if len(weights) == 1:
            return self._weight_text(number, 0, float(weights[0]))
        largest = fixed_text(float(weights[np.abs(weights).argmax()]))
        return f"{name}: {len(weights)} weights, {n_zero} of them zero; the largest is {largest}"

    def _weight_text(self, number: int, column: int, weight: float) -> str:
        return f"{self._input_names[number]} → {self._output_name(column)}: {fixed_text(weight)}"

    def _output_name(self, column: int) -> str:
        return self._output_names[column] if self._is_linear else f"unit {column + 1}"

    def _name_lines(self) -> None:
        metrics = QFontMetrics(QApplication.font())
        room = int(self._axis_width_px) - 10
        if self._is_named:
            names: list[str] = list(self._input_names)
        else:
            names = [f"{len(self._input_names)} inputs"]
        cut = elided_all(names, metrics, room)
        self.plot.getAxis("left").setTicks([[(-number, name) for number, name in enumerate(cut)]])
