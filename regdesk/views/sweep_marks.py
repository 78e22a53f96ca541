"""What a sweep draws: two curves, the band of a standard error, and the flags of the λ that it chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from regdesk.core.narration import number_text
from regdesk.views import theme
from regdesk.views.blends import blended
from regdesk.views.sweep_words import cost_text, weights_text

if TYPE_CHECKING:
    from regdesk.core.sweep_curve import SweepCurve
    from regdesk.core.types import Float64s
    from regdesk.views.sweep_axes import LambdaRange

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


class _Flag:
    """A dashed line at a λ, and words beside its upper end."""

    def __init__(self, plot: Any) -> None:
        self.line = pg.InfiniteLine(angle=90, movable=False)
        self.label = pg.TextItem("")
        for item in (self.line, self.label):
            plot.addItem(item, ignoreBounds=True)
        self.hide()

    def hide(self) -> None:
        self.line.hide()
        self.label.hide()

    def show(
        self, position: float, text: str, colour: QColor, height: float, is_right: bool, n_rows_above: int
    ) -> None:
        """``is_right``: words stand right of the line; ``n_rows_above`` is how far down, in their own heights."""
        self.line.setPen(pg.mkPen(colour, width=1, style=Qt.PenStyle.DashLine))
        self.line.setPos(position)
        self.label.fill = pg.mkBrush(blended(theme.colours().background, 1.0))
        self.label.setText(text, colour)
        self.label.setAnchor((0.0 if is_right else 1.0, -float(n_rows_above)))
        self.label.setPos(position, height)
        self.line.show()
        self.label.show()
        # While it was hidden it did not follow the axes.
        self.label.updateTransform(force=True)


class SweepFlags:
    """λ_best and λ_1se, each with what it costs."""

    def __init__(self, plot: Any) -> None:
        self._plot = plot
        self.best, self.one_standard_error = _Flag(plot), _Flag(plot)

    def hide(self) -> None:
        self.best.hide()
        self.one_standard_error.hide()

    def show(self, curve: SweepCurve, lambdas: LambdaRange, top: float, is_old: bool) -> None:
        colours = theme.colours()
        colour = QColor(colours.disabled_text if is_old else colours.text)
        best, sparser = curve.best, curve.one_standard_error
        places = lambdas.positions(curve.lambdas)
        name = "λ_best" if best != sparser else "λ_best = λ_1se"
        text = f"{name} {number_text(curve.lambdas[best])}:\n{weights_text(int(curve.n_nonzero[best]))}"
        self.best.show(float(places[best]), text, colour, top, False, 0)
        if best == sparser:
            self.one_standard_error.hide()
            return
        text = f"λ_1se {number_text(curve.lambdas[sparser])}:\n{cost_text(curve, sparser)}"
        flag = self.one_standard_error
        flag.label.setText(text)
        # Right of its line where there is room for it, else below the words of the other flag.
        room_px = (lambdas.ends[1] - float(places[sparser])) / self._plot.vb.viewPixelSize()[0]
        is_right = flag.label.boundingRect().width() <= room_px
        flag.show(float(places[sparser]), text, colour, top, is_right, 0 if is_right else 1)
