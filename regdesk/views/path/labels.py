"""Names at the ends of curves, spread so that none covers another, each with a thin line to its curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.kit.name_room import elided_all
from regdesk.views.plots.free_place import spread
from regdesk.views.plots.steady_items import SteadyCurve, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.types import Float64s

LEADER_PX = 14
MOST_NAME_PX, NAME_SHARE = 120, 0.22
"""The longest that a name may be: whichever is more, the second as a share of the width of the plot."""
MOST_SHARE = 0.42
"""Of that width, that names and their lines may take however narrow it is."""
MARGIN_PX = 1


class EndLabels:
    """Made as they are needed and given new places; ``numbers`` are the inputs that have one now."""

    def __init__(self, plot: Any, view: Any) -> None:
        self._plot, self._view = plot, view
        self._made: list[Any] = []
        self.numbers: tuple[int, ...] = ()
        self.leaders = SteadyCurve(connect="pairs")
        plot.addItem(self.leaders, ignoreBounds=True)

    @property
    def shown(self) -> list[Any]:
        """The text items that can be seen, in the order of ``numbers``."""
        return self._made[: len(self.numbers)]

    @property
    def row_px(self) -> float:
        return float(self._view.fontMetrics().height() + 2 * MARGIN_PX)

    def n_fitting(self, height_px: float) -> int:
        return max(0, int(height_px // self.row_px))

    def room_px(self, names: Sequence[str], width_px: float) -> float:
        """What the longest of ``names`` takes beside the curves, its line included."""
        if not names:
            return 0.0
        metrics = self._view.fontMetrics()
        longest = max(metrics.horizontalAdvance(name) for name in names) + 2 * MARGIN_PX + 2
        wanted_px = min(longest, max(MOST_NAME_PX, NAME_SHARE * width_px)) + LEADER_PX
        return float(min(wanted_px, MOST_SHARE * width_px))

    def clear(self) -> None:
        self.numbers = ()
        self.leaders.setData([], [])
        for label in self._made:
            label.hide()

    def show(
        self,
        numbers: Sequence[int],
        names: Sequence[str],
        heights: Float64s,
        colours: Sequence[QColor],
        place: float,
        is_left: bool,
        room_px: float,
    ) -> None:
        """Names of the inputs ``numbers`` beside the ends of their curves, which stand at ``place``.

        ``heights`` ``(n_labels,)`` are the values there. The axes must be those that will be seen.
        """
        self.clear()
        if not numbers:
            return
        box = self._plot.vb
        (_, _), (low, high) = box.viewRange()
        across = box.viewPixelSize()[0]
        order = np.argsort(heights, kind="stable")
        share = min(self.row_px / max(box.height(), 1.0), 1.0 / len(numbers))
        wanted = (heights[order] - low) / (high - low)
        centres = np.empty(len(numbers))
        centres[order] = low + (high - low) * spread(wanted, np.full(len(numbers), share))
        reach = (-LEADER_PX if is_left else LEADER_PX) * across
        self.numbers = tuple(numbers)
        metrics = self._view.fontMetrics()
        name_px = int(room_px - LEADER_PX - 2 * MARGIN_PX)
        while len(self._made) < len(numbers):
            self._made.append(self._new_label())
        cut = elided_all(names, metrics, name_px)
        for label, name, centre, colour in zip(self._made, cut, centres, colours, strict=False):
            label.setText(name, colour)
            label.setAnchor((1.0 if is_left else 0.0, 0.5))
            label.setPos(place + reach, centre)
            label.show()
            # While it was hidden it did not follow the axes.
            label.updateTransform(force=True)
        x = np.tile([place, place + 0.9 * reach], len(numbers))
        self.leaders.setData(x, np.column_stack([heights, centres]).ravel())
        self.leaders.setPen(pg.mkPen(blended(theme.colours().quiet_text, 0.6), width=1))

    def number_at(self, place: QPointF) -> int | None:
        """The input whose name is at ``place`` of the scene."""
        for number, label in zip(self.numbers, self.shown, strict=True):
            if label.mapRectToScene(label.boundingRect()).contains(place):
                return number
        return None

    def _new_label(self) -> Any:
        label = named(pg.TextItem(""), "weightName")
        label.setFont(self._view.font())
        label.textItem.document().setDocumentMargin(MARGIN_PX)
        label.setZValue(15)
        self._plot.addItem(label, ignoreBounds=True)
        return label
