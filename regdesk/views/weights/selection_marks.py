"""Where the selected weights stand in the plots of the weights panel: upright lines in the colour of the selection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg

from regdesk.views.kit import theme
from regdesk.views.plots.steady_items import named
from regdesk.views.plots.steady_ticks import SteadyTicks

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import Integers
    from regdesk.views.weights.histogram import LayerRow
    from regdesk.views.weights.rug import WeightRug

OVER_ALL = 10
TOP_SHARE = 2.0
"""Times the axis: a line reaches beyond its top, also when it widens."""


class SelectionMarks:
    """An item in a plot is made when something in it is selected for the first time."""

    def __init__(self) -> None:
        self._ticks: dict[Any, Any] = {}

    def apply_theme(self) -> None:
        for ticks in self._ticks.values():
            ticks.setPen(_pen())

    def show(
        self, rows: Sequence[LayerRow], rug: WeightRug | None, snapshot: TrainSnapshot, positions: Integers
    ) -> None:
        """``positions`` of the selected weights in the row of all parameters; one row a layer."""
        network, parameters = snapshot.network, snapshot.parameters
        if not len(positions) and not self._ticks:
            return
        for layer, row in enumerate(rows):
            start, stop = int(network.weight_offsets[layer]), int(network.bias_offsets[layer])
            own = positions[(positions >= start) & (positions < stop)]
            values = parameters[own].astype(np.float64)
            (_, _), (_, top) = row.plot.vb.viewRange()
            self._put(row.plot, values, np.zeros(len(own)), np.full(len(own), TOP_SHARE * top))
            if layer == 0 and rug is not None:
                low, high = rug.ends_of(own - start)
                self._put(rug.plot, values, low, high)

    def _put(self, plot: Any, values: Any, low: Any, high: Any) -> None:
        if plot not in self._ticks:
            if not len(values):
                return
            ticks = self._ticks[plot] = named(SteadyTicks(), "selectedWeights")
            ticks.setPen(_pen())
            ticks.setZValue(OVER_ALL)
            plot.addItem(ticks)
        self._ticks[plot].setData(np.repeat(values, 2), np.column_stack([low, high]).ravel())


def _pen() -> Any:
    return pg.mkPen(theme.colours().selected, width=2)
