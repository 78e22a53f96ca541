"""Walks through the plots of a view: which words lie on a curve, on points, on other words, or are cut off."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pyqtgraph as pg
from plot_items import settle, views
from PySide6.QtCore import QRectF

from regdesk.views.plots.axes import LINE_PX, LambdaAxis
from regdesk.views.plots.steady_plots import SteadyAxis, SteadyBox

INSET_PX = (3, 4)
"""Of the box of words, in which no letter stands."""
STEP_PX = 2.0


def covered(view: Any, ignored: tuple[Any, ...] = ()) -> list[str]:
    """One sentence for each fault in ``view``; curves among ``ignored`` may run beneath words."""
    found: list[str] = []
    for plot in [one for one in view.scene().items() if isinstance(one, pg.PlotItem) and one.isVisible()]:
        box = plot.vb
        items = [one for one in box.allChildren() if one.isVisible()]
        room = box.sceneBoundingRect().adjusted(-3, -3, 3, 3)
        words = [
            (one.toPlainText(), one.textItem.mapRectToScene(one.textItem.boundingRect()))
            for one in items
            if isinstance(one, pg.TextItem) and one.toPlainText()
        ]
        found += [f"“{text}” reaches out of its plot" for text, place in words if not room.contains(place)]
        found += [
            f"“{text}” is on “{other}”"
            for (text, place), (other, taken) in combinations(words, 2)
            if _inner(place).intersects(_inner(taken))
        ]
        for item in items:
            if isinstance(item, pg.PlotCurveItem | pg.ScatterPlotItem) and item not in ignored:
                points = points_of(item, room)
                found += [
                    f"“{text}” is on a {type(item).__name__} {_pen(item)} for {n_beneath} steps"
                    for text, place in words
                    if (n_beneath := _n_in(points, _inner(place)))
                ]
    return found


def n_known_rooms(panel: Any) -> int:
    """How many axes and boxes of plots a panel has; fails where one takes another room than pyqtgraph would find."""
    settle()
    found = 0
    for view in views(panel):
        for one in view.scene().items():
            if isinstance(one, SteadyAxis):
                # Half a number may stand beyond either end of an axis of λ.
                half_px = LINE_PX // 2 if isinstance(one, LambdaAxis) else 0
                assert one.boundingRect() == pg.AxisItem.boundingRect(one).adjusted(0, -half_px, 0, half_px), one
            elif isinstance(one, SteadyBox):
                assert one.boundingRect() == pg.ViewBox.boundingRect(one), one
            else:
                continue
            found += 1
    return found


def points_of(item: Any, room: QRectF) -> Any:
    """``(n_points, 2)`` pixels of the scene along a curve, or at points, that are in ``room``."""
    x, y = item.getData()
    # Lines from point to point of pairs mark moments, and pass beneath whatever stands there.
    if x is None or not len(x) or (isinstance(item, pg.PlotCurveItem) and str(item.opts["connect"]) == "pairs"):
        return np.empty((0, 2))
    if len(x) == len(y) + 1:
        x = 0.5 * (x[1:] + x[:-1])
    to_scene = item.sceneTransform()
    points = np.column_stack(
        [
            to_scene.m11() * x + to_scene.m21() * y + to_scene.dx(),
            to_scene.m12() * x + to_scene.m22() * y + to_scene.dy(),
        ]
    )
    if isinstance(item, pg.PlotCurveItem):
        points = np.clip(points, -5000, 5000)
        steps = [
            start + np.linspace(0, 1, int(np.abs(end - start).max() / STEP_PX) + 2)[:, np.newaxis] * (end - start)
            for start, end in pairwise(points)
            if np.isfinite(start).all() and np.isfinite(end).all()
        ]
        points = np.concatenate([np.empty((0, 2)), *steps])
    is_seen = (points[:, 0] >= room.left()) & (points[:, 0] <= room.right())
    return points[is_seen & (points[:, 1] >= room.top()) & (points[:, 1] <= room.bottom())]


def _inner(place: QRectF) -> QRectF:
    across, down = INSET_PX
    return place.adjusted(across, down, -across, -down)


def _n_in(points: Any, place: QRectF) -> int:
    is_in = (points[:, 0] > place.left()) & (points[:, 0] < place.right())
    return int((is_in & (points[:, 1] > place.top()) & (points[:, 1] < place.bottom())).sum())


def _pen(item: Any) -> str:
    pen = pg.mkPen(item.opts["pen"])
    return f"of {pen.color().name()}, {pen.style().name}"
