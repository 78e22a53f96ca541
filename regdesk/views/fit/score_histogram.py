"""Two classes: how the rows of each are spread over the predicted probability of the second."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from regdesk.core.model.ranking import N_SCORE_BINS
from regdesk.views.fit.axes import SHARE_SPAN, AxisName, AxisWords, show_html, target_name
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.kit.name_room import elided_all
from regdesk.views.plots.axes import quiet_plot
from regdesk.views.plots.axis_room import keep_width
from regdesk.views.plots.following_range import FollowingRange
from regdesk.views.plots.steady_items import SteadyCurve, named
from regdesk.views.plots.steady_plots import plot_parts

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitFrame, FitScene
    from regdesk.core.types import Counts

EDGES = np.linspace(0.0, 1.0, N_SCORE_BINS + 1)
NO_ROWS = np.zeros(N_SCORE_BINS)
HEADROOM = 1.35
"""Of the axis above the highest bar, for the classes' labels."""
FIRST_TOP = 10.0
AXIS_WIDTH_PX = 52


def class_looks() -> tuple[tuple[QColor, QBrush], tuple[QColor, QBrush]]:
    """Outline and fill of the first class's bars, filled, and of the second's, outlined.

    A hatched brush is a small bitmap to Qt: enlarged in a picture it turns into blurred bands.
    """
    colours = theme.colours()
    first, second = (blended(colours.text, 0.6, one) for one in (colours.first_ground[0], colours.second_ground[1]))
    return (
        (first, QBrush(QColor(colours.first_ground[0]))),
        (second, QBrush(Qt.BrushStyle.NoBrush)),
    )


class ScoreHistogram:
    """Two step curves in a plot of their own; the count axis holds still, in 1-2-5 steps."""

    def __init__(self) -> None:
        self.view = pg.PlotWidget(**plot_parts())
        self.plot = self.view.getPlotItem()
        quiet_plot(self.plot, "", "")
        keep_width(self.plot.getAxis("left"), AXIS_WIDTH_PX)
        self.words = AxisWords(self.view)
        self.words.show_shares(("bottom",))
        self.bars = [
            named(SteadyCurve(EDGES, NO_ROWS, stepMode="center", fillLevel=0.0), "classScores") for _ in range(2)
        ]
        self.ghosts = [named(SteadyCurve(EDGES, NO_ROWS, stepMode="center"), "frozenScores") for _ in range(2)]
        self.threshold = named(pg.InfiniteLine(pos=0.5, angle=90), "evenOdds")
        self.labels = [named(pg.TextItem(anchor=(side, 0.0)), "scoreLabel") for side in (0.0, 1.0)]
        for item in (*self.bars, *self.ghosts, self.threshold, *self.labels):
            self.plot.addItem(item, ignoreBounds=True)
        self.counts: Counts = np.zeros((2, N_SCORE_BINS), dtype=np.int64)
        self._scene: FitScene | None = None
        self._ghost_highest = 0.0
        self._top = FollowingRange(FIRST_TOP)
        self.plot.getViewBox().sigResized.connect(self._on_view_resized)

    def show_scene(self, scene: FitScene) -> None:
        colours = theme.colours()
        if scene is not self._scene:
            self._scene = scene
            self._top.reset()
            self._show_counts(self.bars, np.zeros((2, N_SCORE_BINS), dtype=np.int64))
        for bars, ghost, label, (outline, fill) in zip(self.bars, self.ghosts, self.labels, class_looks(), strict=True):
            is_filled = fill.style() != Qt.BrushStyle.NoBrush
            bars.setPen(pg.mkPen(outline, width=1 if is_filled else 2))
            bars.setBrush(fill)
            ghost.setPen(pg.mkPen(outline, width=1.5, style=Qt.PenStyle.DotLine))
            label.setColor(outline)
        self.threshold.setPen(pg.mkPen(colours.text, width=1, style=Qt.PenStyle.DashLine))
        rows = "validation" if scene.n_validation else "training"
        self.words.show_names(target_name(scene), AxisName((f"{rows} {scene.counted}", scene.counted)))
        self._set_range()
        self._write_labels()

    def show_frame(self, fit: FitFrame) -> None:
        assert fit.scores_of_two is not None
        self._show_counts(self.bars, fit.scores_of_two.counts)
        self.counts = fit.scores_of_two.counts
        highest = max(float(self.counts.max()), self._ghost_highest)
        # Weights may add up to less than one row.
        least = FIRST_TOP if fit.scene is None or fit.scene.n_weighed is None else 0.0
        if self._top.follow(highest, least):
            self._set_range()

    def show_ghost(self, counts: Counts | None) -> None:
        """Outlines of ``counts`` ``(2, n_bins)``; None takes them away."""
        self._ghost_highest = 0.0 if counts is None else float(counts.max())
        if counts is not None:
            self._show_counts(self.ghosts, counts)
            if self._top.include(float(counts.max())):
                self._set_range()
        for ghost in self.ghosts:
            ghost.setVisible(counts is not None)

    def _show_counts(self, curves: list[Any], counts: Counts) -> None:
        for curve, heights in zip(curves, counts, strict=True):
            curve.setData(EDGES, heights)

    def _set_range(self) -> None:
        high = HEADROOM * self._top.top
        self.plot.setRange(xRange=SHARE_SPAN, yRange=(0.0, high), padding=0)
        for label, x in zip(self.labels, SHARE_SPAN, strict=True):
            label.setPos(x, high)

    def _write_labels(self) -> None:
        if self._scene is None:
            return
        metrics, room_px = self.view.fontMetrics(), round(self.plot.getViewBox().width() / 2) - 12
        names = elided_all(self._scene.classes, metrics, max(20, room_px))
        looks = ("filled", "outlined")
        # Where the words would run into each other the bars themselves must say it.
        has_room = max(map(metrics.horizontalAdvance, looks)) <= room_px
        for label, name, side, look in zip(self.labels, names, ("left", "right"), looks, strict=True):
            lines = f"{escape(name)}<br>{look}" if has_room else escape(name)
            show_html(label, f'<div align="{side}">{lines}</div>')

    def _on_view_resized(self) -> None:
        self._write_labels()
