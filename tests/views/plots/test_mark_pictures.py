"""Marks that are given new colours again and again look as they should, and their old pictures are not kept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from plot_items import settle
from PySide6.QtGui import QColor, QImage

from regdesk.views.plots.axes import quiet_plot
from regdesk.views.plots.mark_pictures import FEW_MARKS, MarkedCurve, add_marked_curve
from regdesk.views.plots.steady_items import SteadyPoints
from regdesk.views.plots.steady_plots import plot_parts

N_COLOURS = 150
X = np.linspace(0.1, 0.9, 60)
COLOURS = [QColor.fromHsv(2 * number, 255, 200) for number in range(N_COLOURS)]


def scatter_of(item: Any) -> pg.ScatterPlotItem:
    return item.scatter if isinstance(item, MarkedCurve) else item


def paint(item: Any, colour: QColor) -> None:
    if isinstance(item, MarkedCurve):
        item.setSymbolPen(pg.mkPen(colour))
        item.setSymbolBrush(pg.mkBrush(colour))
    else:
        item.setPen(pg.mkPen(colour))
        item.setBrush(pg.mkBrush(colour))


def shown(qtbot: Any, kind: str) -> tuple[pg.PlotWidget, Any]:
    view = pg.PlotWidget(**plot_parts())
    qtbot.addWidget(view)
    view.resize(300, 200)
    quiet_plot(view.getPlotItem(), "x", "y")
    view.setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
    if kind == "curve":
        item: Any = add_marked_curve(view.getPlotItem(), "d", 9)
    else:
        item = SteadyPoints(symbol="d", size=9)
        view.addItem(item)
    view.show()
    item.setData(x=X, y=X)
    return view, item


def picture(view: pg.PlotWidget) -> QImage:
    settle()
    return view.grab().toImage()


@pytest.mark.parametrize("kind", ["points", "curve"])
def test_pictures_of_marks_are_given_up_with_them(kind: str, qtbot: Any) -> None:
    view, item = shown(qtbot, kind)
    fresh_view, fresh = shown(qtbot, kind)
    for number, colour in enumerate(COLOURS):
        paint(item, colour)
        if number % 40 == 0:
            picture(view)
    assert len(scatter_of(item).fragmentAtlas) <= FEW_MARKS + 2
    paint(fresh, COLOURS[-1])
    assert picture(view) == picture(fresh_view)


def test_no_picture_is_given_up_that_a_point_has(qtbot: Any) -> None:
    view, item = shown(qtbot, "points")
    fresh_view, fresh = shown(qtbot, "points")
    for one, n_times in ((item, 6), (fresh, 1)):
        for _ in range(n_times):
            one.setBrush([pg.mkBrush(colour) for colour in COLOURS[: len(X)]])
    # Twice as many as are in use may stay, so that they are not all drawn again with each new one.
    assert len(X) <= len(item.fragmentAtlas) <= 3 * len(X)
    assert picture(view) == picture(fresh_view)
