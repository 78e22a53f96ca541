"""The room that an axis keeps for its numbers and its name: the same in every picture, and larger for larger text."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QGraphicsSimpleTextItem, QGraphicsTextItem

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.text_size import scaled_px

TICK_HEIGHT_PX = 15
"""Of the numbers along a level axis: a line of text and little more, for its name stands below them."""
NAMED_TOP_PX, TOP_HEIGHT_PX, LOW_TOP_HEIGHT_PX = 230, 38, 21
"""Height of a plot from which the axis along its top has a name; and of that axis with it and without."""


def keep_width(axis: Any, width_px: float) -> None:
    """An upright axis is ``width_px`` wide for text of the usual size."""
    axis.text_width_px = width_px
    axis.setWidth(scaled_px(width_px))


def keep_height(axis: Any, height_px: float) -> None:
    """A level axis is ``height_px`` high for text of the usual size."""
    axis.text_height_px = height_px
    axis.setHeight(scaled_px(height_px))


def measure_anew(axis: Any) -> None:
    """Numbers and name of an axis have another size; whether it has a name is not asked: one in a hidden plot has."""
    if axis.orientation in ("left", "right"):
        axis.setWidth(axis.fixedWidth)
    else:
        axis.setHeight(axis.fixedHeight)


def has_top_name(plot: Any) -> bool:
    """Whether the axis along the top of ``plot`` has room for its name: in a low one curves need that line more."""
    # Of the plot with its axes: what the name takes or leaves does not change it.
    return bool(plot.size().height() >= scaled_px(NAMED_TOP_PX))


def fit_top_name(plot: Any, is_used: bool) -> None:
    """Give the axis along the top the height of numbers and name, or of numbers alone; ``is_used``: it has any.

    Not while the plot is laid out: a layout that is changed then loses the change.
    """
    axis, is_named = plot.getAxis("top"), has_top_name(plot)
    axis.showLabel(is_named and is_used)
    height_px = TOP_HEIGHT_PX if is_named else LOW_TOP_HEIGHT_PX
    if axis.text_height_px != height_px:
        keep_height(axis, height_px)


def keep_most_width(plot: Any, width_px: float) -> None:
    """A plot is at most ``width_px`` wide for text of the usual size."""
    plot.most_width_px = width_px
    plot.setMaximumWidth(scaled_px(width_px))


def keep_text_room(axis: Any) -> None:
    """The numbers of an axis neither give room away nor take more when they get longer."""
    axis.setStyle(autoReduceTextSpace=False, autoExpandTextSpace=False, tickTextHeight=scaled_px(TICK_HEIGHT_PX))


def name_axis(axis: Any, metrics: QFontMetrics, *names: str) -> None:
    """Write the first of ``names`` that has room along ``axis``, otherwise the last one."""
    length_px = axis.size().height() if axis.orientation in ("left", "right") else axis.size().width()
    name = next(
        (name for name in map(safe_line, names) if metrics.horizontalAdvance(name) < length_px), safe_line(names[-1])
    )
    if name != axis.labelText:
        axis.setLabel(name)
        # It keeps the place of the text before it otherwise.
        axis.resizeEvent(None)


def resize_text(view: Any) -> None:
    """Everything written in a pyqtgraph view takes the font that the application has now."""
    items = view.scene().items()
    for item in items:
        # Before the axes, which are as high as their names need.
        if isinstance(item, QGraphicsTextItem | QGraphicsSimpleTextItem):
            item.setFont(QFont())
    for item in items:
        if isinstance(item, pg.AxisItem):
            item.setStyle(tickTextHeight=scaled_px(TICK_HEIGHT_PX))
            if hasattr(item, "text_width_px"):
                keep_width(item, item.text_width_px)
            elif hasattr(item, "text_height_px"):
                keep_height(item, item.text_height_px)
            else:
                measure_anew(item)
            # What it has drawn was measured with letters of another size.
            item.picture = None
            item.resizeEvent(None)
            item.update()
        elif hasattr(item, "most_width_px"):
            keep_most_width(item, item.most_width_px)
        elif isinstance(item, pg.TextItem):
            item.updateTextPos()
