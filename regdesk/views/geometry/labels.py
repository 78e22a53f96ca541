"""Words within the plot of a plane: each where there is room for it, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF

from regdesk.views.kit import theme
from regdesk.views.kit.blends import faded
from regdesk.views.plots.free_place import MOST_STEPS, NO_POINTS, STEP_PX, n_covered
from regdesk.views.plots.rulers import Ruler, is_memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.model.penalty_ball import PlanePenalty
    from regdesk.core.types import Float64s

POINT_PX = 8.0
"""Half the side of the square that a marked point takes."""
GAP_PX = 3.0
MOST_PLACES = 40
"""Of a contour that are tried."""


class PlotLabel:
    """One text; its item is given words and a place only where they are others than before."""

    def __init__(self, plot: Any, depth: int) -> None:
        self.item = pg.TextItem("", anchor=(0.5, 0.5))
        self.item.setZValue(depth)
        plot.addItem(self.item, ignoreBounds=True)
        self.item.hide()
        self.place: tuple[float, float] | None = None
        self._shown: tuple[str, str] = ("", "")

    def set_text(self, text: str, colour: str) -> None:
        if self._shown != (text, colour):
            self._shown = text, colour
            self.item.setText(text, colour)

    @property
    def size_px(self) -> tuple[float, float]:
        box = self.item.textItem.boundingRect()
        return box.width(), box.height()

    def put(self, place: tuple[float, float] | None) -> None:
        """Its middle, in the units of the plot; None hides it."""
        self.place = place
        self.item.setVisible(place is not None)
        if place is not None:
            self.item.setPos(*place)

    def apply_theme(self) -> None:
        self.item.fill = pg.mkBrush(faded(theme.colours().background, 0.75))
        self.item.update()


class LabelPlaces(Ruler):
    """Where labels stand that keep near to where they stood."""

    def __init__(self, labels: Sequence[PlotLabel]) -> None:
        self._labels = labels

    def memory(self) -> list[float]:
        """Of each whether it has a place, and that."""
        return [one for label in self._labels for one in (float(label.place is not None), *(label.place or (0.0, 0.0)))]

    def bring_back(self, memory: Any) -> None:
        if is_memory(memory, 3 * len(self._labels)):
            for number, label in enumerate(self._labels):
                has_place, x, y = memory[3 * number : 3 * number + 3]
                if has_place:
                    label.put((float(x), float(y)))


class LabelRoom:
    """What of the view box ``box`` is taken already; begun anew for every picture."""

    def __init__(self, box: Any) -> None:
        (self._left, self._right), (self._bottom, self._top) = box.viewRange()
        width, height = box.viewPixelSize()
        self._unit = max(float(width), 1e-300), max(float(height), 1e-300)
        self._taken: list[QRectF] = []
        self._lines = NO_POINTS

    def take_line(self, line: Float64s) -> None:
        """A curve ``(n_points, 2)`` that no level covers, and names of marks only where there is no other place."""
        self._lines = np.concatenate([self._lines, self._along(line)])

    def _along(self, line: Float64s) -> Float64s:
        """Pixels ``(n_places, 2)`` along ``line``, so close to each other that no word goes between them."""
        points = line[np.isfinite(line).all(axis=1)] / (self._unit[0], -self._unit[1])
        if len(points) < 2:
            return NO_POINTS
        steps = np.hypot(*np.diff(points, axis=0).T)
        way = np.append(0.0, np.cumsum(steps))
        keep = np.append(True, steps > 0)
        at = np.linspace(0.0, way[-1], int(min(way[-1] / STEP_PX, MOST_STEPS)) + 2)
        return np.column_stack([np.interp(at, way[keep], one[keep]) for one in points.T])

    def take_point(self, point: Float64s) -> None:
        """A mark that no text may cover."""
        if np.isfinite(point).all():
            middle = self._in_px(float(point[0]), float(point[1]))
            self._taken.append(QRectF(middle.x() - POINT_PX, middle.y() - POINT_PX, 2.0 * POINT_PX, 2.0 * POINT_PX))

    def put_beside(self, label: PlotLabel, point: Float64s, spared: Float64s | None = None) -> None:
        """Beside a mark, on the first side that is free and covers no edge of the shape ``spared`` ``(n_corners, 2)``;
        hidden where there is none.
        """
        width, height = label.size_px
        across, up = 0.5 * width + POINT_PX + GAP_PX + 1.0, 0.5 * height
        sides = ((across, up), (-across, up), (across, -up), (-across, -up), (0.0, up + 12.0), (0.0, -up - 12.0))
        places = [
            (float(point[0]) + right * self._unit[0], float(point[1]) + above * self._unit[1]) for right, above in sides
        ]
        if len(self._lines):
            # Stable: the first side of those that cover as little.
            sizes = [self._own_px(place, width, height) for place in places]
            covered = [n_covered(one, self._lines, 0.0) > 0 for one in sizes]
            places = [places[number] for number in np.argsort(covered, kind="stable")]
        if spared is not None and len(spared):
            # The legend names the mark, too, and a small ball would not be seen behind a word.
            outline = self._along(np.concatenate([spared, spared[:1]]))
            places = [one for one in places if not n_covered(self._own_px(one, width, height), outline, 0.0)]
        self._put_first(label, places if np.isfinite(point).all() else [])

    def put_in_corner(self, label: PlotLabel, is_needed: bool = False) -> None:
        """Top left, or in the first other corner that is free; one that is needed stands top left in any case."""
        width, height = label.size_px
        across, up = (0.5 * width + 2.0) * self._unit[0], (0.5 * height + 2.0) * self._unit[1]
        rows, columns = (self._top - up, self._bottom + up), (self._left + across, self._right - across)
        self._put_first(label, [(x, y) for y in rows for x in columns])
        if label.place is None and is_needed:
            label.put((columns[0], rows[0]))

    def put_on_line(self, label: PlotLabel, line: Float64s, ball: PlanePenalty | None, share: float) -> None:
        """On ``line`` ``(n_points, 2)``: near where it stands already, else as high as there is room.

        Off the ball {R ≤ ``share``} of ``ball``, if there is room; hidden where it would cover one of the curves.
        """
        width, height = label.size_px
        inset = 0.5 * width * self._unit[0], 0.5 * height * self._unit[1]
        inside = (
            (line[:, 0] > self._left + inset[0]) & (line[:, 0] < self._right - inset[0])
            & (line[:, 1] > self._bottom + inset[1]) & (line[:, 1] < self._top - inset[1])
        )  # fmt: skip
        points = line[inside]
        points = points[:: max(1, len(points) // MOST_PLACES)]
        away = -points[:, 1] if label.place is None else np.hypot(*((points - label.place) / self._unit).T)
        is_covered = np.zeros(len(points), dtype=np.bool_)
        if ball is not None:
            # The ball has 0 in its middle: a label is off it if what is nearest to 0 of the label is.
            is_covered = ball.values(*np.maximum(np.abs(points) - inset, 0.0).T) <= share
        apart = np.abs((points / (self._unit[0], -self._unit[1]))[:, np.newaxis] - self._lines)
        is_on_line = (apart < (0.5 * width, 0.5 * height)).all(axis=2).any(axis=1)
        order = np.lexsort((away, is_covered))
        self._put_first(label, [(float(x), float(y)) for x, y in points[order[~is_on_line[order]]]])

    def _put_first(self, label: PlotLabel, places: list[tuple[float, float]]) -> None:
        width, height = label.size_px
        room = QRectF(
            self._in_px(self._left, self._top), self._in_px(self._right, self._bottom)
        ).normalized()  # fmt: skip
        for place in places:
            own = self._own_px(place, width, height)
            if not room.contains(own):
                continue
            wide = own.adjusted(-GAP_PX, -GAP_PX, GAP_PX, GAP_PX)
            if not any(wide.intersects(one) for one in self._taken):
                self._taken.append(own)
                label.put(place)
                return
        label.put(None)

    def _own_px(self, place: tuple[float, float], width: float, height: float) -> QRectF:
        middle = self._in_px(*place)
        return QRectF(middle.x() - 0.5 * width, middle.y() - 0.5 * height, width, height)

    def _in_px(self, x: float, y: float) -> QPointF:
        return QPointF(x / self._unit[0], -y / self._unit[1])
