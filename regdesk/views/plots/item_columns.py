"""The numbers behind a picture, read from its items."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsPolygonItem

from regdesk.views.plots.data_columns import Column
from regdesk.views.plots.steady_items import words_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ASIDE = frozenset({"outsideMarks", "diagonal", "contourThroughWeights", "downhillArrow"})
"""Items that only help to read a picture, such as marks at its edge, whose data others hold."""


def columns_of_items(panel: QWidget, views: Iterable[Any]) -> list[Column]:
    """Two columns for each curve, each set of points and each histogram of ``views`` that ``panel`` shows.

    They are called as the axes are, and as what is drawn, or as it is ``called``; other items give columns of their
    own by ``data_columns``.
    """
    columns: list[Column] = []
    for view in views:
        if not view.isVisibleTo(panel):
            continue
        for plot in (item for item in view.scene().items() if isinstance(item, pg.PlotItem) and item.isVisible()):
            for item in plot.items:
                if item.isVisible():
                    columns += _columns_of(plot, item)
    return columns


def _columns_of(plot: Any, item: Any) -> list[Column]:
    if hasattr(item, "data_columns"):
        own: list[Column] = item.data_columns()
        return own
    points = _points_of(item)
    if points is None or not len(points[0]):
        return []
    name = words_of(item)
    if name is None:
        if item.objectName() in ASIDE:
            return []
        name = _words_of(item.objectName())
    across, up = (plot.getAxis(side).labelText or side_name for side, side_name in (("bottom", "x"), ("left", "y")))
    return [Column(f"{across} ({name})", points[0]), Column(f"{up} ({name})", points[1])]


def _points_of(item: Any) -> tuple[Any, Any] | None:
    """Where the points of a curve, of an outline, of marks or of bars stand; None for other items."""
    if isinstance(item, QGraphicsPolygonItem) and words_of(item) is not None:
        corners = [(corner.x(), corner.y()) for corner in item.polygon().toList()]
        return [x for x, _ in corners], [y for _, y in corners]
    if isinstance(item, pg.BarGraphItem):
        heights = np.atleast_1d(item.opts["height"])
        return np.broadcast_to(item.opts["x"], heights.shape), heights
    if isinstance(item, pg.PlotCurveItem | pg.PlotDataItem | pg.ScatterPlotItem):
        x, y = item.getData()
        # The edges of a histogram are one more than its bars.
        return None if x is None or y is None else (np.asarray(x), np.asarray(y))
    return None


def _words_of(name: str) -> str:
    """``trainingRows`` as "training rows"."""
    return re.sub(r"(?<=[a-z])([A-Z])", lambda letter: f" {letter[1].lower()}", name)
