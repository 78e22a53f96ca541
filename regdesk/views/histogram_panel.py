"""The weights of each layer: a histogram on a fixed axis, and an own bar for exact zeros."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent
from PySide6.QtWidgets import QScrollArea

from regdesk.core.narration import fixed_text
from regdesk.core.summaries import N_BINS, LayerSummary
from regdesk.views import theme
from regdesk.views.axes import WideningRange, quiet_plot
from regdesk.views.frame import Frame
from regdesk.views.panel import Panel

ROW_HEIGHT_PX = 112
AHEAD_MS = 10
N_ROWS_AHEAD = 3
"""Rows of the first network, made while the engine is loaded: the first frame would wait 30 ms for each of them."""
EMPTY = "The weights of each layer appear here."


@dataclass
class _LayerRow:
    """The items of one layer; made once for a network, then only given new numbers."""

    zeros: Any
    zero_bar: Any
    plot: Any
    bars: Any
    title: Any
    top: WideningRange
    limit: float

    def begin(self, layer: LayerSummary) -> None:
        """Axes of a new run."""
        self.limit = 0.0
        self.top.reset(float(max(layer.counts.max(initial=0), 4)))


class HistogramPanel(Panel):
    """One row a layer: how many weights are exactly zero (grey), and how the others are spread."""

    def __init__(self) -> None:
        super().__init__(
            "histogramPanel",
            "Weights",
            "The weights of each layer. Grey: the share that is exactly zero. The axis holds still, so that shrinking "
            "is seen.",
            EMPTY,
        )
        self._view = pg.GraphicsLayoutWidget()
        self._view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea()
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._view)
        # All that were made, top to bottom, and those of them that the network has layers for.
        self._made: list[_LayerRow] = []
        self._rows: list[_LayerRow] = []
        self._is_painted = False
        self._ahead = QTimer(self)
        self._ahead.setInterval(AHEAD_MS)
        self._ahead.timeout.connect(self._on_ahead_due)
        self._names: tuple[str, ...] = ()
        self.set_content(self._area, self._view)

    def reset(self) -> None:
        """Empty, for a new run with axes of its own; the rows are kept for it."""
        self._names = ()
        self._take_away(0)
        self.set_readout(EMPTY)

    def show_run_scene(self, scene: object) -> None:
        pass

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self._ahead.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._ahead.stop()
        super().hideEvent(event)

    def _on_ahead_due(self) -> None:
        # One at a time: events come in between, which they would not with a timer of 0 ms.
        if self._rows or len(self._made) >= N_ROWS_AHEAD:
            self._ahead.stop()
        else:
            self._make_row()

    def draw(self, frame: Frame) -> None:
        layers = frame.snapshot.layers
        if tuple(layer.name for layer in layers) != self._names:
            self._fit_rows(layers)
        for row, layer in zip(self._rows, layers, strict=True):
            _show(row, layer)

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        snapshot = frame.snapshot
        layers = snapshot.layers
        l1 = sum(layer.l1_norm for layer in layers)
        l2 = float(np.sqrt(sum(layer.l2_norm**2 for layer in layers)))
        return (
            f"{snapshot.n_nonzero} of {snapshot.n_weights} alive; ‖W‖₁ {fixed_text(l1)}, ‖W‖₂ {fixed_text(l2)}.",
            None,
        )

    def _fit_rows(self, layers: tuple[LayerSummary, ...]) -> None:
        self._names = tuple(layer.name for layer in layers)
        self._view.setMinimumHeight(ROW_HEIGHT_PX * len(layers))
        self._take_away(len(layers))
        while len(self._made) < len(layers):
            self._make_row()
        for number, row in enumerate(self._made[: len(layers)]):
            if number >= len(self._rows):
                # Only now: hidden items would keep the layout at its least size.
                self._view.addItem(row.title, row=2 * number, col=0, colspan=2)
                self._view.addItem(row.zeros, row=2 * number + 1, col=0)
                self._view.addItem(row.plot, row=2 * number + 1, col=1)
                self._rows.append(row)
            row.begin(layers[number])
        # While only a title and the narrow bar of zeros stood in it, the layout would not grow beyond them.
        self._view.ci.layout.activate()
        self._view.ci.setGeometry(self._view.viewRect())

    def _take_away(self, n_kept: int) -> None:
        """Out of the picture with the rows that no layer needs; they are kept for another run."""
        for row in self._rows[n_kept:]:
            for item in (row.title, row.zeros, row.plot):
                self._view.removeItem(item)
        del self._rows[n_kept:]

    def _make_row(self) -> None:
        """One row more, not to be seen yet."""
        title = pg.LabelItem("", justify="left", color=theme.colours().text)
        zeros = pg.PlotItem(enableMenu=False)
        plot = pg.PlotItem(enableMenu=False)
        quiet_plot(zeros, "", "")
        quiet_plot(plot, "", "")
        zeros.setMaximumWidth(84)
        zeros.setXRange(-1, 1, padding=0)
        zeros.setYRange(0, 100, padding=0)
        zeros.showGrid(x=False, y=False)
        zeros.getAxis("bottom").setTicks([[(0, "zero")]])
        zeros.getAxis("left").setTicks([[(0, "0 %"), (50, "50 %"), (100, "100 %")]])
        # The outline shows how tall "all of them" is.
        zeros.addItem(
            pg.BarGraphItem(x=[0.0], width=1.2, height=[100.0], brush=theme.colours().window, pen=theme.colours().grid)
        )
        zero_bar = pg.BarGraphItem(x=[0.0], width=1.2, height=[0.0], brush=theme.colours().zero, pen=None)
        zeros.addItem(zero_bar)
        bars = pg.BarGraphItem(
            x=_centres(1.0), width=1.0, height=np.zeros(N_BINS), brush=theme.colours().weights, pen=None
        )
        plot.addItem(bars)
        for axis, width in ((zeros.getAxis("left"), 44), (plot.getAxis("left"), 36)):
            axis.setWidth(width)
        plot.getAxis("left").setStyle(maxTickLevel=0)
        plot.getAxis("left").setTickDensity(0.3)
        self._made.append(_LayerRow(zeros, zero_bar, plot, bars, title, WideningRange(1.0), 0.0))


def _centres(limit: float) -> Any:
    edges = np.linspace(-limit, limit, N_BINS + 1)
    return 0.5 * (edges[1:] + edges[:-1])


def _show(row: _LayerRow, layer: LayerSummary) -> None:
    has_grown = row.top.include(float(layer.counts.max(initial=0)))
    if has_grown or row.limit != layer.limit:
        row.limit = layer.limit
        row.plot.setRange(xRange=(-layer.limit, layer.limit), yRange=(0, row.top.top), padding=0)
        row.bars.setOpts(x=_centres(layer.limit), width=2 * layer.limit / N_BINS * 0.92)
    row.bars.setOpts(height=layer.counts)
    row.zero_bar.setOpts(height=[100.0 * layer.n_zero / max(layer.n_weights, 1)])
    # Two lines fit the narrowest panel; one line of all would push the plot out of it.
    row.title.setText(
        f"<b>{layer.name}</b> &nbsp; {layer.n_alive} alive, {layer.n_zero} zero<br>"
        f"‖W‖₁ {fixed_text(layer.l1_norm)} &nbsp; ‖W‖₂ {fixed_text(layer.l2_norm)}",
        size="9pt",
    )
