"""What a sweep draws: two curves, the band of a standard error, and numbers of weights along the top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics

from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.axis_room import has_top_name, name_axis
from regdesk.views.plots.mark_pictures import add_marked_curve
from regdesk.views.plots.role_marks import TRAINING_SYMBOL, UNCONVERGED_SYMBOL, VALIDATION_SYMBOL
from regdesk.views.plots.steady_items import SteadyCurve, SteadyPoints, named
from regdesk.views.sweep.axes import NAME_OF_COUNTS, NAME_OF_WHOLES
from regdesk.views.sweep.network_words import goes_as_a_whole

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import Float64s

BAND_SHARE = 0.3
OLD_SHARE = 0.35
POINT_PX, DIAMOND_PX, CROSS_PX = 5, 8, 9
"""From end to end; a diamond of one width looks smaller than a circle of it."""
COUNT_PX = 46
"""Between two numbers of weights that are not zero."""


class SweepCurves:
    """Training and validation loss over log₁₀ λ; a point that is not converged has a cross over it."""

    def __init__(self, plot: Any) -> None:
        self._edges = [named(SteadyCurve(), "standardErrorEdge") for _ in range(2)]
        for edge in self._edges:
            edge.setPen(None)
            plot.addItem(edge, ignoreBounds=True)
        self.band = pg.FillBetweenItem(*self._edges)
        self.band.setZValue(-10)
        plot.addItem(self.band, ignoreBounds=True)
        self.train = named(add_marked_curve(plot, TRAINING_SYMBOL, POINT_PX), "sweptTrainingLoss")
        self.validation = named(add_marked_curve(plot, VALIDATION_SYMBOL, DIAMOND_PX), "sweptValidationLoss")
        # Not hollow: what is hollow is the live model.
        self.crossed_train = named(SteadyPoints(symbol=UNCONVERGED_SYMBOL, size=CROSS_PX), "unconvergedTrainingLoss")
        self.crossed_validation = named(
            SteadyPoints(symbol=UNCONVERGED_SYMBOL, size=CROSS_PX), "unconvergedValidationLoss"
        )
        for item in (self.crossed_train, self.crossed_validation):
            plot.addItem(item, ignoreBounds=True)
        self._style: tuple[object, bool] | None = None

    def clear(self) -> None:
        for item in (self.train, self.validation, self.crossed_train, self.crossed_validation, *self._edges):
            item.setData([], [])
        self.band.updatePath()

    def show(self, curve: SweepCurve, positions: Float64s, is_stale: bool) -> None:
        """``positions`` ``(n_done,)`` are the places of its λ."""
        self._colour(is_stale)
        is_crossed = ~curve.converged
        # Nothing is drawn across λ that a network's sweep has not reached.
        connect: Any = "all" if curve.network is None else curve.network.is_followed.astype(np.int32)
        for item, crosses, losses in (
            (self.train, self.crossed_train, curve.train_loss),
            (self.validation, self.crossed_validation, curve.validation_loss),
        ):
            item.setData(positions, losses, connect=connect)
            crosses.setData(positions[is_crossed], losses[is_crossed])
        errors = np.nan_to_num(curve.validation_se)
        self._edges[0].setData(positions, curve.validation_loss - errors, connect=connect)
        self._edges[1].setData(positions, curve.validation_loss + errors, connect=connect)
        # Its edges are steady curves, which tell nobody of new data.
        self.band.updatePath()

    def _colour(self, is_stale: bool) -> None:
        """Pens and brushes, where they are others than before: a symbol is drawn anew for each that is new (8 ms)."""
        colours = theme.colours()
        if self._style == (colours, is_stale):
            return
        self._style = colours, is_stale
        style = Qt.PenStyle.DashLine if is_stale else Qt.PenStyle.SolidLine
        for item, crosses, colour in (
            (self.train, self.crossed_train, colours.training),
            (self.validation, self.crossed_validation, colours.validation),
        ):
            shown = blended(colour, OLD_SHARE) if is_stale else QColor(colour)
            item.setPen(pg.mkPen(shown, width=1, style=style))
            item.setSymbolPen(pg.mkPen(shown, width=1))
            item.setSymbolBrush(pg.mkBrush(shown))
            crosses.setPen(pg.mkPen(colours.background, width=0.5))
            crosses.setBrush(pg.mkBrush(shown))
        self.band.setBrush(blended(colours.validation, BAND_SHARE * (OLD_SHARE if is_stale else 1.0)))


def show_counts(plot: Any, positions: Float64s, curve: SweepCurve) -> None:
    """As many numbers of weights as have room at ``positions`` ``(n_points,)``; the first and those after it by
    descending λ.
    """
    apart = scaled_px(COUNT_PX) * plot.vb.viewPixelSize()[0]
    ticks: list[tuple[float, str]] = []
    for position, count in zip(positions, curve.n_nonzero, strict=True):
        if not ticks or ticks[-1][0] - position >= apart:
            ticks.append((float(position), str(count)))
    axis = plot.getAxis("top")
    axis.setTicks([ticks])
    # The first is the largest λ, whose number stands wherever the axis has any.
    names = (NAME_OF_WHOLES, NAME_OF_COUNTS) if goes_as_a_whole(curve, 0) else (NAME_OF_COUNTS,)
    name_axis(axis, QFontMetrics(QFont()), *names)
    axis.showLabel(has_top_name(plot))


def clear_counts(plot: Any) -> None:
    """There is no sweep to count weights of."""
    plot.getAxis("top").setTicks([[]])
    plot.getAxis("top").showLabel(False)
