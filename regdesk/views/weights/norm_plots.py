"""‖W‖₁, ‖W‖₂ and the number of weights that are not zero over time, one above the other, each on its own scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF

from regdesk.core.words.number_text import epoch_text, fixed_text
from regdesk.views.kit import theme
from regdesk.views.plots.axes import EpochAxis, ValueAxis, quiet_plot
from regdesk.views.plots.axis_room import keep_width
from regdesk.views.plots.following_range import FollowingRange
from regdesk.views.plots.scales import WideningRange
from regdesk.views.plots.steady_items import SteadyCurve, named
from regdesk.views.plots.steady_plots import plot_parts

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.types import Float64s

AXIS_WIDTH_PX = 66


class NormPlots:
    """Three plots in ``view``; all weights of the network together."""

    def __init__(self) -> None:
        self.view = pg.GraphicsLayoutWidget()
        self.view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self.plots = [
            self.view.addPlot(row=row, col=0, **plot_parts(left=ValueAxis("left"), bottom=EpochAxis("bottom")))
            for row in range(3)
        ]
        self.curves: list[Any] = []
        for plot, name in zip(self.plots, ("‖W‖₁", "‖W‖₂", "not zero"), strict=True):
            quiet_plot(plot, "", name)
            keep_width(plot.getAxis("left"), AXIS_WIDTH_PX)
            self.curves.append(named(SteadyCurve(connect="finite"), "normCurve"))
            plot.addItem(self.curves[-1])
        for plot in self.plots[1:]:
            plot.vb.follow(self.plots[0].vb)
        for plot in self.plots[:-1]:
            plot.getAxis("bottom").setStyle(showValues=False)
            plot.getAxis("bottom").setHeight(4)
        self._epochs = WideningRange(100.0)
        self._tops = [FollowingRange(1.0) for _ in self.plots]
        self._stretch: tuple[float, float] | None = None
        self._ranges: object = None
        self._frame: Frame | None = None
        self.apply_theme()

    def apply_theme(self) -> None:
        for curve in self.curves:
            curve.setPen(pg.mkPen(theme.colours().weights, width=1))

    def reset(self) -> None:
        """Empty, with the axes of a new run."""
        for plot in self.plots:
            plot.vb.release()
        self._epochs.reset()
        for top in self._tops:
            top.reset()
        self._stretch = None
        for curve in self.curves:
            curve.setData([], [])
        self._frame = None

    def show(self, frame: Frame, n_frames: int = 1) -> None:
        """The course of ``frame``, the first shown of ``n_frames``; axes fit a new stretch of it, follow it, and hold
        still otherwise.
        """
        self._frame = frame
        epochs = frame.history.epoch
        if not len(epochs):
            return
        self._epochs.include(float(epochs[-1]))
        columns = self._columns(frame)
        is_new_stretch = frame.stretch != self._stretch
        self._stretch = frame.stretch
        is_seen = epochs >= (frame.stretch or (0.0,))[0]
        for top, column in zip(self._tops, columns, strict=True):
            highest = float(column.max(initial=0.0, where=is_seen & np.isfinite(column)))
            if is_new_stretch:
                # What the norms were before it would press the end of a run onto the floor.
                top.reset(highest)
            top.follow(highest, n_frames=n_frames)
        self._tops[-1].include(float(frame.snapshot.n_weights))
        ranges = (frame.stretch or (0.0, self._epochs.top), [top.top for top in self._tops])
        if ranges != self._ranges:
            self._ranges = ranges
            for plot, top in zip(self.plots, self._tops, strict=True):
                plot.setRange(xRange=ranges[0], yRange=(0, 1.02 * top.top), padding=0)
        for curve, column in zip(self.curves, columns, strict=True):
            curve.setData(epochs, column)

    def fit_axes(self) -> None:
        """Choose the ranges anew for the course that is shown now."""
        if self._frame is None:
            return
        # As for a stretch that nothing was shown of before.
        self._stretch, self._ranges = (math.nan, math.nan), None
        self.show(self._frame)

    def value_at(self, place: QPointF) -> str | None:
        """All three at the epoch under ``place`` of the scene."""
        plot = next((one for one in self.plots if one.vb.sceneBoundingRect().contains(place)), None)
        if plot is None or self._frame is None or not len(self._frame.history.epoch):
            return None
        history = self._frame.history
        row = int(np.abs(history.epoch - plot.vb.mapSceneToView(place).x()).argmin())
        return (
            f"epoch {epoch_text(history.epoch[row])}: ‖W‖₁ {fixed_text(history.l1_norm[row])}, "
            f"‖W‖₂ {fixed_text(history.l2_norm[row])}, {history.n_nonzero[row]:.0f} of "
            f"{self._frame.snapshot.n_weights} weights not zero"
        )

    @staticmethod
    def _columns(frame: Frame) -> tuple[Float64s, Float64s, Float64s]:
        return frame.history.l1_norm, frame.history.l2_norm, frame.history.n_nonzero
