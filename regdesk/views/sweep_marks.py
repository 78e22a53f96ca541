"""What a sweep draws: two curves and the band of a standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from regdesk.views import theme
from regdesk.views.blends import blended

if TYPE_CHECKING:
    from regdesk.core.sweep_curve import SweepCurve
    from regdesk.core.types import Float64s

BAND_SHARE = 0.3
OLD_SHARE = 0.35
POINT_PX = 5


class SweepCurves:
    """Training and validation loss over log₁₀ λ; a point that is not converged is hollow."""

    def __init__(self, plot: Any) -> None:
        self._edges = [pg.PlotCurveItem(), pg.PlotCurveItem()]
        for edge in self._edges:
            edge.setPen(None)
            plot.addItem(edge, ignoreBounds=True)
        self.band = pg.FillBetweenItem(*self._edges)
        self.band.setZValue(-10)
        plot.addItem(self.band, ignoreBounds=True)
        self.train = plot.plot(symbol="o", symbolSize=POINT_PX)
        self.validation = plot.plot(symbol="s", symbolSize=POINT_PX)

    def clear(self) -> None:
        for item in (self.train, self.validation, *self._edges):
            item.setData([], [])

    def show(self, curve: SweepCurve, positions: Float64s, is_old: bool) -> None:
        """``positions`` ``(n_done,)`` are the places of its λ."""
        colours = theme.colours()
        ground = QColor(colours.background)
        for item, losses, colour in (
            (self.train, curve.train_loss, colours.training),
            (self.validation, curve.validation_loss, colours.validation),
        ):
            shown = blended(colour, OLD_SHARE) if is_old else QColor(colour)
            style = Qt.PenStyle.DashLine if is_old else Qt.PenStyle.SolidLine
            item.setData(
                positions,
                losses,
                pen=pg.mkPen(shown, width=1, style=style),
                symbolPen=pg.mkPen(shown, width=1),
                symbolBrush=[pg.mkBrush(shown if is_solved else ground) for is_solved in curve.converged],
            )
        self.band.setBrush(blended(colours.validation, BAND_SHARE * (OLD_SHARE if is_old else 1.0)))
        errors = np.nan_to_num(curve.validation_se)
        self._edges[0].setData(positions, curve.validation_loss - errors)
        self._edges[1].setData(positions, curve.validation_loss + errors)
