"""One layer of the histogram: bars, the bar of exact zeros, the prior and the frozen outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from regdesk.core.rounding import round_limit
from regdesk.core.weights.summaries import N_BINS, count_weights
from regdesk.core.words.number_text import fixed_text, number_text
from regdesk.views.kit import theme
from regdesk.views.kit.blends import faded
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.axes import quiet_plot
from regdesk.views.plots.axis_room import keep_most_width, keep_width
from regdesk.views.plots.following_range import LEAST_SHARE, ROOM, FollowingRange, Patience
from regdesk.views.plots.rulers import Ruler, is_memory
from regdesk.views.plots.steady_items import SteadyBars, SteadyCurve, named
from regdesk.views.plots.steady_plots import plot_parts
from regdesk.views.weights.row_title import RowTitle, title_html

if TYPE_CHECKING:
    from regdesk.core.types import Float64s, Floats, Integers
    from regdesk.core.weights.prior import WeightPrior
    from regdesk.core.weights.summaries import LayerSummary
from regdesk.views.weights.ghost import Ghost

ZEROS_WIDTH_PX = 84
GHOST_SHARE = 0.6
LEAST_TOP = 2.0
LEAST_LIMIT_SHARE = 0.01
"""Of the axis that the largest weight of the run needs: it comes down no further."""
NAMED_PX = 60
"""A lower axis has no room for its name."""


class LayerRow(Ruler):
    """The items of one layer; made once for a network, then only given new numbers."""

    def __init__(self) -> None:
        self.title = named(RowTitle("", justify="left"), "layerTitle")
        self.zeros = named(pg.PlotItem(**plot_parts()), "layerZeros")
        self.plot = named(pg.PlotItem(**plot_parts()), "layerWeights")
        quiet_plot(self.zeros, "", "", (False, False))
        # Counts have ticks of their own, which follow the bars.
        quiet_plot(self.plot, "", "weights", (True, False))
        keep_most_width(self.zeros, ZEROS_WIDTH_PX)
        self.zeros.setXRange(-1, 1, padding=0)
        self.zeros.setYRange(0, 100, padding=0)
        self.zeros.showGrid(x=False, y=False)
        self.zeros.getAxis("bottom").setTicks([[(0, "zero")]])
        self.zeros.getAxis("left").setTicks([[(0, "0 %"), (50, "50 %"), (100, "100 %")]])
        # The outline shows how tall "all of them" is.
        self._all_zeros = SteadyBars(x=[0.0], width=1.2, height=[100.0])
        self.zero_bar = named(SteadyBars(x=[0.0], width=1.2, height=[0.0], pen=None), "zeroBar")
        # What is too small to matter is not in it: a bar that said zero was read as zeros, however pale it was.
        for item in (self._all_zeros, self.zero_bar):
            self.zeros.addItem(item)
        self.bars = named(SteadyBars(x=_centres(1.0), width=1.0, height=np.zeros(N_BINS), pen=None), "weightBars")
        outline = SteadyCurve(x=[0.0, 1.0], y=[0.0], stepMode="center", antialias=False)
        self.frozen = named(outline, "frozenWeights")
        self.prior = named(SteadyCurve(), "priorCurve")
        for item in (self.bars, self.frozen, self.prior):
            self.plot.addItem(item)
        keep_width(self.zeros.getAxis("left"), 44)
        keep_width(self.plot.getAxis("left"), 52)
        # With a grid an axis leaves out what reaches beyond its end, which is the number of the top.
        self.plot.showGrid(y=False)
        self._top = FollowingRange(LEAST_TOP)
        self._patience = Patience()
        self.limit = 0.0
        self._fitted_limit: float | None = None
        self._ghost: Ghost | None = None
        self._top_named = 0.0
        self._is_named = True
        self._prior_shown: tuple[WeightPrior | None, float, int] | None = None
        self.frozen.hide()
        self._layer: LayerSummary | None = None
        self._counts: Integers = np.zeros(N_BINS, dtype=np.int64)
        self.apply_theme()

    def apply_theme(self) -> None:
        colours = theme.colours()
        self._all_zeros.setOpts(brush=colours.window, pen=colours.grid)
        self.zero_bar.setOpts(brush=colours.zero)
        self.bars.setOpts(brush=colours.weights)
        self.frozen.setPen(pg.mkPen(faded(colours.quiet_text, GHOST_SHARE), width=1))
        self.prior.setPen(pg.mkPen(colours.penalty, width=2, style=Qt.PenStyle.DashLine))

    def begin(self, layer: LayerSummary) -> None:
        """Axes of a new run."""
        self.plot.vb.release()
        self.limit = 0.0
        self._fitted_limit = None
        self._patience.begin_again()
        self._top.reset(float(max(layer.counts.max(initial=0), LEAST_TOP)))

    def fit(self, weights: Floats) -> None:
        """Axes for the present weights, once; from there they widen again."""
        largest = float(np.abs(weights).max(initial=0.0))
        if largest > 0:
            self._fitted_limit = round_limit(largest)
            counts = count_weights(weights, self._fitted_limit)
            self._top.reset(float(max(counts.max(initial=0), LEAST_TOP)))
        self.limit = 0.0

    def show(self, layer: LayerSummary, weights: Floats, prior: WeightPrior | None, n_frames: int = 1) -> None:
        """``weights`` are the layer's, ``prior`` is None where none is to be drawn; ``n_frames`` have come since it was
        shown last. The title is left as it is.
        """
        self._layer = layer
        limit, counts = self._limit_of(layer, weights, n_frames), layer.counts
        if limit != layer.limit:
            counts = count_weights(weights, limit, layer.n_too_small)
        ghost = self._ghost
        highest = float(counts.max(initial=0))
        if self.limit != limit:
            # Bars of another width have other heights.
            self._top.reset(max(highest, LEAST_TOP))
        has_changed = self.limit != limit
        if ghost is not None:
            highest = max(highest, float(ghost.counts.max()))
        if self._top.follow(highest, LEAST_TOP, n_frames) or has_changed:
            self._set_axes(limit)
        self._fit_axis()
        self._counts = counts
        self.bars.setOpts(height=counts)
        percent = 100.0 / max(layer.n_weights, 1)
        self.zero_bar.setOpts(height=[percent * layer.n_zero])
        self._show_prior(prior, layer.n_weights)

    def _set_axes(self, limit: float) -> None:
        self.limit = limit
        self.plot.setRange(xRange=(-limit, limit), yRange=(0, self._top.top), padding=0)
        self.bars.setOpts(x=_centres(limit), width=self.bin_width * 0.92)

    def memory(self) -> list[float]:
        return [self.limit, self._top.top, self._fitted_limit or 0.0]

    def bring_back(self, memory: Any) -> None:
        if is_memory(memory, 3) and memory[0] > 0.0 and memory[1] > 0.0:
            self._top.bring_back(memory[1:2])
            self._fitted_limit = float(memory[2]) or None
            self._set_axes(float(memory[0]))

    def _limit_of(self, layer: LayerSummary, weights: Floats, n_frames: int) -> float:
        """Half the axis: it widens at once, and comes down when most of it has been empty for a while."""
        largest = float(np.abs(weights).max(initial=0.0))
        limit = layer.limit if self._fitted_limit is None else self._fitted_limit
        if largest > limit:
            limit = round_limit(largest)
        seen = largest if self._ghost is None else max(largest, self._ghost.limit)
        # Where next to nothing is left, the axis stays as the ruler that the weights shrank against.
        wanted = max(round_limit(ROOM * seen), LEAST_LIMIT_SHARE * layer.limit)
        if self._patience.is_over(0.0 < seen < LEAST_SHARE * limit and wanted < limit, n_frames):
            limit = wanted
        self._fitted_limit = None if limit >= layer.limit else limit
        return layer.limit if self._fitted_limit is None else limit

    def _fit_axis(self) -> None:
        axis = self.plot.getAxis("left")
        top = self._top.top
        if top != self._top_named:
            # Two numbers fit the lowest row. One exactly at the end falls off it by rounding.
            self._top_named = top
            middle = 0.5 * top if top % 2.0 == 0.0 else 0.4 * top
            axis.setTicks([[(middle, f"{middle:g}"), ((1.0 - 1e-9) * top, f"{top:g}")]])
        is_named = axis.size().height() >= scaled_px(NAMED_PX)
        if is_named != self._is_named:
            self._is_named = is_named
            axis.showLabel(is_named)

    @property
    def bin_width(self) -> float:
        return 2.0 * self.limit / N_BINS

    def show_ghost(self, ghost: Ghost | None) -> None:
        self._ghost = ghost
        if ghost is None:
            self.frozen.setData(x=[0.0, 1.0], y=[0.0])
            self.frozen.hide()
        else:
            self.frozen.setData(x=np.linspace(-ghost.limit, ghost.limit, N_BINS + 1), y=ghost.counts)
            self.frozen.show()

    def value_at(self, place: QPointF) -> str | None:
        """The bar at ``place`` of the scene, in words; zeros are told by the panel."""
        layer, number = self._layer, self._bar_at(place)
        if layer is None or number is None:
            return None
        low = -self.limit + number * self.bin_width
        text = (
            f"{self._counts[number]} of {layer.n_weights} weights between {number_text(low)} and "
            f"{number_text(low + self.bin_width)}"
        )
        if number == N_BINS // 2 and layer.n_negligible:
            text += f"\n{layer.n_negligible} of them too small to matter"
        if self._prior_shown is not None and self._prior_shown[0] is not None:
            middle = np.array([low + 0.5 * self.bin_width])
            text += f"\nprior at its middle: {fixed_text(float(self._expected(middle)[0]))}"
        return text

    def weight_at(self, place: QPointF, weights: Floats) -> int | None:
        """Which of the layer's ``weights``, counted row by row, a click on its bar at ``place`` of the scene means: of
        those in the bar the nearest. None where no bar is.
        """
        number = self._bar_at(place)
        if number is None or not self._counts[number]:
            return None
        values = weights.ravel().astype(np.float64)
        inside = np.minimum((values + self.limit) // self.bin_width, N_BINS - 1).astype(np.int64) == number
        # Exact zeros have a bar of their own.
        candidates = np.flatnonzero(inside & (values != 0.0))
        if not len(candidates):
            return None
        x = self.plot.getViewBox().mapSceneToView(place).x()
        return int(candidates[int(np.abs(values[candidates] - x).argmin())])

    def _bar_at(self, place: QPointF) -> int | None:
        box = self.plot.getViewBox()
        if self._layer is None or not box.sceneBoundingRect().contains(place):
            return None
        number = int((box.mapSceneToView(place).x() + self.limit) / self.bin_width)
        return min(max(number, 0), N_BINS - 1)

    def _expected(self, positions: Float64s) -> Float64s:
        assert self._prior_shown is not None
        prior, _, n_weights = self._prior_shown
        assert prior is not None
        return n_weights * self.bin_width * prior.density(positions)

    def _show_prior(self, prior: WeightPrior | None, n_weights: int) -> None:
        shown = (prior, self.limit, n_weights)
        if shown == self._prior_shown:
            return
        self._prior_shown = shown
        if prior is None:
            self.prior.setData([], [])
        else:
            positions = prior.positions(self.limit)
            self.prior.setData(positions, self._expected(positions))

    def show_title(self, width_px: float, is_running: bool, names_none: bool) -> None:
        """Name and numbers of the layer that is shown, in a panel that is ``width_px`` wide; as ``title_html``."""
        layer = self._layer
        if layer is None:
            return
        self.title.setText(
            title_html(layer, width_px, is_running, names_none),
            # Without any font its size is 0, of which Qt says a word.
            size=f"{max(QFontInfo(QApplication.font()).pointSizeF(), 1.0):g}pt",
            color=theme.colours().text,
        )


def _centres(limit: float) -> Float64s:
    edges = np.linspace(-limit, limit, N_BINS + 1)
    return np.asarray(0.5 * (edges[1:] + edges[:-1]))
