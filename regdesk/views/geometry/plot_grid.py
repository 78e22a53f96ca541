"""Where plots of one shape stand: beside each other, under each other, or both, so that each is as large as it can."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from regdesk.views.plots.axes import take_in_plots

if TYPE_CHECKING:
    from collections.abc import Sequence

AXIS_PX, WORDS_PX = 60.0, 42.0
"""Beside and below a plot's own square: its axes and their names."""


def columns_for(n_plots: int, width_px: float, height_px: float) -> int:
    """How many stand beside each other; of as good ones the most."""

    def side_px(n_columns: int) -> float:
        n_rows = math.ceil(n_plots / n_columns)
        return min(width_px / n_columns - AXIS_PX, height_px / n_rows - WORDS_PX)

    return max(range(1, n_plots + 1), key=lambda n_columns: (side_px(n_columns), n_columns))


class PlotGrid:
    """The plots of a ``pyqtgraph.GraphicsLayoutWidget``; only those that are shown have a place in it."""

    def __init__(self, view: Any) -> None:
        self._view = view
        self._places: dict[int, Any] = {}
        self._n_columns = 0

    def place(self, plots: Sequence[Any], n_shown: int, is_in_a_row: bool = False) -> None:
        """The first ``n_shown`` of ``plots`` in as many columns as suit the room; the others are hidden."""
        n_columns = n_shown if is_in_a_row else columns_for(n_shown, self._view.width(), self._view.height())
        shown = dict(enumerate(plots[:n_shown]))
        if (shown, n_columns) == (self._places, self._n_columns):
            return
        self._places, self._n_columns = shown, n_columns
        central = self._view.ci
        for plot in plots:
            if plot in central.items:
                central.removeItem(plot)
            plot.setVisible(False)
        for number, plot in shown.items():
            central.addItem(plot, row=number // n_columns, col=number % n_columns)
            plot.setVisible(True)
        for place in range(len(plots)):
            central.layout.setColumnStretchFactor(place, int(place < n_columns))
            central.layout.setRowStretchFactor(place, int(place < math.ceil(n_shown / n_columns)))
        take_in_plots(self._view)
        # Without plots it has shrunk to nothing.
        central.setGeometry(self._view.range)
