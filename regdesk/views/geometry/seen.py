"""Which marks of a plane can be seen: those that a legend may speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from regdesk.views.geometry.plot import APART_PX

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from regdesk.core.types import Float64s
    from regdesk.views.geometry.legend import Mark
    from regdesk.views.geometry.plot import GeometryPlot

LEAST_LINE_PX = 5.0
"""A line that is shorter hides beneath the mark of the model."""


def seen_marks(plot: GeometryPlot) -> frozenset[Mark]:
    """Of what the items of ``plot`` hold, what stands within its axes and is large enough to be found."""
    if plot.look is None or not plot.plot.isVisible():
        return frozenset()
    shown = plot.plot.vb.viewRect()
    least = LEAST_LINE_PX * max(plot.plot.vb.viewPixelSize())
    lines: tuple[tuple[Mark, tuple[Any, ...]], ...] = (
        ("contours", plot.contours),
        ("through", (plot.through,)),
        ("path", (plot.path,)),
        ("arrow", (plot.arrow,)),
        ("trail", (plot.trail,)),
    )
    points: tuple[tuple[Mark, Any], ...] = (
        ("here", plot.here),
        ("touch", plot.touch),
        ("free", plot.unpenalised),
        ("best", plot.optimum),
    )
    found: set[Mark] = {mark for mark, items in lines if any(_is_long(_line_of(item), shown, least) for item in items)}
    found |= {mark for mark, item in points if _is_long(_line_of(item), shown, 0.0)}
    if plot.ball.polygon().boundingRect().intersects(shown):
        found.add("ball")
    if {"touch", "best"} <= found and _is_beside(_line_of(plot.touch), _line_of(plot.optimum), plot):
        # The ring is around both, and has the name.
        found.remove("best")
    cone = plot.cone.polygon()
    if not cone.isEmpty():
        # The model's point and one end, or two of them.
        found.add("wedge" if cone.count() > 2 else "normal")
    return frozenset(found)


def _is_beside(one: Float64s, other: Float64s, plot: GeometryPlot) -> bool:
    """Whether two points ``(1, 2)`` cover each other."""
    return float(np.abs(one - other).max()) < APART_PX * float(max(plot.plot.vb.viewPixelSize()))


def _line_of(item: Any) -> Float64s:
    x, y = item.getData()
    return np.empty((0, 2)) if x is None else np.column_stack([x, y])


def _is_long(line: Float64s, shown: QRectF, least: float) -> bool:
    """Whether what of ``line`` ``(n_points, 2)`` is within ``shown`` reaches further than ``least`` one way."""
    low, high = (shown.left(), shown.top()), (shown.right(), shown.bottom())
    inside = line[((line >= low) & (line <= high)).all(axis=1)]
    return len(inside) > 0 and bool(np.ptp(inside, axis=0).max() >= least)
