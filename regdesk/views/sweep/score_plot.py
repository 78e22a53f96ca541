"""Accuracy and AUROC over λ, beneath the losses of a sweep of classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.plots.axes import quiet_plot
from regdesk.views.plots.axis_room import keep_width
from regdesk.views.plots.free_place import PlotPixels, is_free
from regdesk.views.plots.mark_pictures import add_marked_curve
from regdesk.views.plots.steady_items import named
from regdesk.views.plots.steady_plots import plot_parts
from regdesk.views.sweep.axes import LambdaTicks
from regdesk.views.sweep.marks import OLD_SHARE, POINT_PX

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import Float64s
    from regdesk.views.sweep.axes import LambdaRange

HEIGHT_SHARE = 0.36
"""Of the view, its λ axis included."""
BOTTOMS = (0.98, 0.95, 0.9, 0.8, 0.5, 0.0)
"""Where the axis may begin; it ends at 1."""
AXIS_PX = 6
"""Of the axis between the two plots, which has no numbers."""
HEADROOM, FOOTROOM = 0.12, 0.08
"""Above 1 and below where the axis begins, as shares of it: symbols at its ends are whole."""


class ScorePlot:
    """A plot of its own in the same view, its λ axis linked to that of ``losses``; hidden until it is asked for."""

    def __init__(self, view: Any, losses: Any, lambdas: LambdaRange) -> None:
        self._view, self._losses = view, losses
        self.plot = named(view.addPlot(row=1, col=0, **plot_parts(bottom=LambdaTicks(lambdas))), "scorePlot")
        quiet_plot(self.plot, "λ", "score", (True, False))
        self.plot.vb.follow(losses.vb)
        keep_width(self.plot.getAxis("left"), 56)
        self.plot.setXLink(losses)
        self.accuracy = named(add_marked_curve(self.plot, "s", POINT_PX), "sweptAccuracy")
        self.auroc = named(add_marked_curve(self.plot, "t1", POINT_PX + 2), "sweptAuroc")
        self._names = [pg.TextItem(text, anchor=(0.0, 0.0)) for text in ("■ accuracy", "△ AUROC")]
        for name in self._names:
            # Above the λ that is dragged, which would strike words out.
            name.setZValue(25)
            self.plot.addItem(name, ignoreBounds=True)
        self.line = named(pg.InfiniteLine(angle=90, movable=False), "scoreLambdaLine")
        self.plot.addItem(self.line, ignoreBounds=True)
        self.bottom = BOTTOMS[0]
        self.is_shown = True
        self._height_px = -1.0
        self.set_shown(False)

    def apply_theme(self) -> None:
        self.line.setPen(pg.mkPen(theme.colours().lam, width=2))

    def begin(self) -> None:
        """Another sweep: the axis fits what is to come."""
        self.bottom = BOTTOMS[0]

    def set_shown(self, is_shown: bool) -> None:
        """The λ axis stands beneath the lower of the two plots."""
        layout = self._view.ci.layout
        height_px = HEIGHT_SHARE * self._view.height() if is_shown else 0.0
        if height_px == self._height_px:
            return
        self._height_px = height_px
        if is_shown != self.is_shown:
            self.is_shown = is_shown
            axis = self._losses.getAxis("bottom")
            axis.setStyle(showValues=not is_shown)
            axis.showLabel(not is_shown)
            axis.setHeight(AXIS_PX if is_shown else None)
            if is_shown:
                layout.addItem(self.plot, 1, 0)
            else:
                # Left in, it would keep the room of its axes.
                layout.removeItem(self.plot)
            self.plot.setVisible(is_shown)
        layout.setRowFixedHeight(1, height_px)
        # A row in which nothing stands any more keeps its distance otherwise.
        layout.setRowSpacing(0, layout.verticalSpacing() if is_shown else 0.0)
        layout.activate()

    def contains(self, place: QPointF) -> bool:
        """Whether ``place`` of the scene is in the plot."""
        return self.is_shown and bool(self.plot.vb.sceneBoundingRect().contains(place))

    def show(self, curve: SweepCurve, positions: Float64s, is_stale: bool) -> None:
        """``positions`` ``(n_done,)`` are the places of its λ."""
        colours = theme.colours()
        colour = blended(colours.validation, OLD_SHARE) if is_stale else QColor(colours.validation)
        for item, scores, style in (
            (self.accuracy, curve.accuracy, Qt.PenStyle.SolidLine),
            (self.auroc, curve.auroc, Qt.PenStyle.DashLine),
        ):
            item.setData(
                positions,
                scores,
                connect="finite",
                pen=pg.mkPen(colour, width=1, style=style),
                symbolPen=pg.mkPen(colour, width=1),
                symbolBrush=pg.mkBrush(colour) if item is self.accuracy else pg.mkBrush(colours.background),
            )
        both = np.concatenate([curve.accuracy, curve.auroc])
        lowest = float(np.nanmin(both)) if np.isfinite(both).any() else 1.0
        self.bottom = min(self.bottom, next(bottom for bottom in BOTTOMS if bottom <= lowest))
        length = 1.0 - self.bottom
        self.plot.setYRange(self.bottom - FOOTROOM * length, 1.0 + HEADROOM * length, padding=0)
        self.line.setPen(pg.mkPen(colours.lam, width=2))
        self._place_names(curve, positions, colour)

    def _place_names(self, curve: SweepCurve, positions: Float64s, colour: QColor) -> None:
        """Each beside its curve, where neither curve runs; not at all where there is no such place."""
        pixels = PlotPixels(self.plot.vb)
        room, x_px = pixels.area, pixels.x_px(positions)
        scores = curve.accuracy, curve.auroc
        heights = [pixels.y_px(one) for one in scores]
        points = np.concatenate([pixels.line(positions, one) for one in scores])
        taken: list[QRectF] = []
        for name, own, other in zip(self._names, heights, reversed(heights), strict=True):
            name.fill = pg.mkBrush(blended(theme.colours().background, 1.0))
            name.setColor(colour)
            size = name.boundingRect()
            # Beside its own curve rather than the other's, if that can be.
            outward = np.where(own <= other, -5.0 - size.height(), 5.0)
            inward = np.where(outward > 0, -5.0 - size.height(), 5.0)
            beneath_both = np.fmax(own, other) + 5.0 - own
            shifts = (outward, inward, beneath_both)
            spots = [
                QRectF(x - 0.5 * size.width(), y, size.width(), size.height())
                for shift in shifts
                for x, y in zip(x_px, own + shift, strict=True)
                if np.isfinite(y)
            ]
            # Else at the foot, where most curves are not.
            foot = room.bottom() - size.height()
            spots += [QRectF(x, foot, size.width(), size.height()) for x in np.arange(0.0, room.width(), 10.0)]
            free = (one for one in spots if room.contains(one) and is_free(one, taken, points, 3.0))
            spot = next(free, None)
            name.setVisible(spot is not None)
            if spot is not None:
                taken.append(spot)
                name.setPos(*pixels.place(spot.left(), spot.top()))
                name.updateTransform(force=True)
