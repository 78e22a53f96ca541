"""Numbers along an upright axis: none covers another, however low the axis is and whatever the range."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pyqtgraph as pg
import pytest
from plot_items import settle
from PySide6.QtGui import QFontMetrics

from regdesk.views.plots.axes import ValueAxis, quiet_plot
from regdesk.views.plots.steady_plots import plot_parts


@pytest.mark.parametrize("height_px", [40, 70, 110, 200, 500])
@pytest.mark.parametrize("top", [1.0, 0.2, 3.7, 26.0, 2.4e5])
def test_numbers_do_not_cover_each_other(qtbot: Any, height_px: int, top: float) -> None:
    view = pg.GraphicsLayoutWidget()
    qtbot.addWidget(view)
    plot = view.addPlot(**plot_parts(left=ValueAxis("left")))
    quiet_plot(plot, "", "")
    view.resize(300, height_px + 60)
    view.show()
    plot.setRange(xRange=(0, 1), yRange=(0, top), padding=0)
    settle()
    axis = plot.getAxis("left")
    px = axis.size().height()
    written = []
    for spacing, values in axis.tickValues(0.0, top, px):
        texts = axis.tickStrings(values, 1.0, spacing)
        written += [value for value, text in zip(values, texts, strict=True) if text]
    line_px = QFontMetrics(axis.font()).height()
    apart = [(after - before) * px / top for before, after in pairwise(sorted(written))]
    assert all(one >= 0.85 * line_px for one in apart)
    assert len(written) >= (3 if height_px >= 110 else 2 if height_px >= 70 else 1)
