"""Numbers along an upright axis: none covers another, however low the axis is and whatever the range."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pyqtgraph as pg
import pytest
from plot_items import settle, tick_texts
from PySide6.QtGui import QFontMetrics

from regdesk.views.plots.axes import ValueAxis, quiet_plot
from regdesk.views.plots.axis_room import keep_width, resize_text
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


def test_text_of_another_size_takes_no_room_from_axes_of_a_plot_that_is_hidden(qtbot: Any) -> None:
    """Hidden with its plot an axis measures nothing; accuracy and AUROC came back without numbers and λ."""
    view = pg.GraphicsLayoutWidget()
    qtbot.addWidget(view)
    plot = view.addPlot(**plot_parts(left=ValueAxis("left")))
    quiet_plot(plot, "λ", "score")
    keep_width(plot.getAxis("left"), 56)
    view.resize(300, 200)
    view.show()
    settle()
    axes = plot.getAxis("left"), plot.getAxis("bottom")
    room = [(axis.size().width(), axis.size().height()) for axis in axes]
    plot.setVisible(False)
    resize_text(view)
    plot.setVisible(True)
    settle()
    assert [(axis.size().width(), axis.size().height()) for axis in axes] == room
    assert min(min(one) for one in room) > 0


@pytest.mark.parametrize("width_px", [60, 90, 130, 200, 500])
@pytest.mark.parametrize("limit", [0.45, 1.0, 3.0, 26.0])
def test_numbers_side_by_side_do_not_read_as_one(qtbot: Any, width_px: int, limit: float, set_text_scale: Any) -> None:
    set_text_scale(2.0)
    view = pg.GraphicsLayoutWidget()
    qtbot.addWidget(view)
    plot = view.addPlot(**plot_parts())
    quiet_plot(plot, "", "")
    keep_width(plot.getAxis("left"), 20)
    view.resize(width_px + 62, 200)
    view.show()
    plot.setRange(xRange=(-limit, limit), yRange=(0, 1), padding=0)
    settle()
    axis, metrics = plot.getAxis("bottom"), QFontMetrics(view.font())
    per_px = axis.size().width() / (2.0 * limit)
    written = [(place * per_px, 0.5 * metrics.horizontalAdvance(text)) for place, text in tick_texts(axis) if text]
    ends = [(place - half, place + half) for place, half in written]
    assert all(before[1] + 4.0 <= after[0] for before, after in pairwise(ends))
    assert len(ends) >= (3 if axis.size().width() >= 180 else 1)
