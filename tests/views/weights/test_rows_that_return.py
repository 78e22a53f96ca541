"""Rows that a network had no layer for: when another has, they have the colours and the text of now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyqtgraph as pg
import pytest
from canned import Canned, dataset_of
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from tables import write_curve

from regdesk.views.geometry.plot_grid import PlotGrid
from regdesk.views.kit import theme
from regdesk.views.plots.axes import restyle_plots
from regdesk.views.plots.axis_room import keep_width, resize_text
from regdesk.views.weights.rows import LayerRows


@pytest.fixture
def dark(qapp: Any) -> Iterator[Any]:
    """Puts the dark colours in force."""
    yield lambda: theme.apply_theme(qapp, theme.DARK)
    theme.apply_theme(qapp, theme.LIGHT)


def axes_of(view: Any) -> list[Any]:
    return [one for one in view.scene().items() if isinstance(one, pg.AxisItem)]


def widths_of(view: Any) -> list[float]:
    return [axis.width() for axis in axes_of(view) if hasattr(axis, "text_width_px")]


def check(view: Any, usual_px: float) -> None:
    """``usual_px``: the widest axis was so wide with text half as large."""
    assert {axis.textPen().color().name() for axis in axes_of(view)} == {QColor(theme.DARK.quiet_text).name()}
    assert min(widths_of(view)) > usual_px


def test_rows_of_layers(qtbot: Any, tmp_path: Path, dark: Any, set_text_scale: Any) -> None:
    dataset, owner = dataset_of(write_curve(tmp_path / "curve.csv"), "degrees"), QWidget()
    qtbot.addWidget(owner)
    rows = LayerRows(owner)
    qtbot.addWidget(rows.view)
    deep, flat = (Canned.of(dataset, hidden).snapshot() for hidden in ((2,), ()))
    rows.show(deep, (None, None))
    usual_px = max(widths_of(rows.view))
    rows.show(flat, (None,))
    n_axes = len(axes_of(rows.view))
    dark()
    set_text_scale(2.0)
    for heard in (restyle_plots, resize_text):
        heard(rows.view)
    rows.show(deep, (None, None))
    assert len(axes_of(rows.view)) > n_axes
    check(rows.view, usual_px)


def test_plots_of_penalties_side_by_side(qtbot: Any, dark: Any, set_text_scale: Any) -> None:
    view = pg.GraphicsLayoutWidget()
    qtbot.addWidget(view)
    plots = [pg.PlotItem() for _ in range(2)]
    for plot in plots:
        keep_width(plot.getAxis("left"), 40)
    usual_px = plots[0].getAxis("left").width()
    grid = PlotGrid(view)
    for n_shown in (2, 1):
        grid.place(plots, n_shown)
    dark()
    set_text_scale(2.0)
    for heard in (restyle_plots, resize_text):
        heard(view)
    grid.place(plots, 2)
    check(view, usual_px)
