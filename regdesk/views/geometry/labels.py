"""Words within the plot of a plane: each where there is room for it, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF

from regdesk.views.geometry.ink import CELL_PX, Ink
from regdesk.views.kit import theme
from regdesk.views.kit.blends import faded
from regdesk.views.plots.free_place import MOST_STEPS, NO_POINTS
from regdesk.views.plots.rulers import Ruler, is_memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.model.penalty_ball import PlanePenalty
    from regdesk.core.types import Float64s

POINT_PX = 8.0
"""Half the side of the square that a marked point takes."""
GAP_PX = 3.0
INSET_PX = (3.0, 4.0)
"""Of the box of words, in which no letter stands."""
FARTHER_PX = (0.0, 6.0, 12.0, 18.0, 24.0, 30.0)
"""From its mark than right beside it, that a name may stand: its colour says whose it is."""
LINE_COUNTS = 1_000
"""As so many squares of a contour."""
MOST_PLACES = 60
"""Of a contour that are tried."""


class PlotLabel:
    """One text; its item is given words and a place only where they are others than before."""

    def __init__(self, plot: Any, depth: int) -> None:
        self.item = pg.TextItem("", anchor=(0.5, 0.5))
        self.item.setZValue(depth)
        plot.addItem(self.item, ignoreBounds=True)
        self.item.hide()
        self.place: tuple[float, float] | None = None
        self._covers = False
        self._shown: tuple[str, str] = ("", "")

    def set_text(self, text: str, colour: str) -> None:
        if self._shown != (text, colour):
            self._shown = text, colour
            self.item.setText(text, colour)

    @property
    def size_px(self) -> tuple[float, float]:
        box = self.item.textItem.boundingRect()
        return box.width(), box.height()

    def put(self, place: tuple[float, float] | None, covers: bool = False) -> None:
        """Its middle, in the units of the plot; None hides it. A ground of its own has one that ``covers`` a curve."""
        self.place = place
        if covers != self._covers:
            self._covers = covers
            self.apply_theme()
        self.item.setVisible(place is not None)
        if place is not None:
            self.item.setPos(*place)

    def apply_theme(self) -> None:
        self.item.fill = pg.mkBrush(faded(theme.colours().background, 0.75) if self._covers else None)
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
    """What of the view box ``box`` is taken already; begun anew for every picture.

    ``contours`` and ``lines`` are what words keep off, each ``(n_points, 2)`` with NaN between its pieces; a contour is
    covered rather than a line, of which there is one.
    """

    def __init__(self, box: Any, contours: Sequence[Float64s] = (), lines: Sequence[Float64s] = ()) -> None:
        (self._left, self._right), (self._bottom, self._top) = box.viewRange()
        width, height = box.viewPixelSize()
        self._unit = max(float(width), 1e-300), max(float(height), 1e-300)
        self._taken: list[QRectF] = []
        corners = self._in_px(self._left, self._top), self._in_px(self._right, self._bottom)
        self._area = QRectF(*corners).normalized()
        self._contours, self._lines = self._ink_of(contours), self._ink_of(lines)

    def _ink_of(self, curves: Sequence[Float64s]) -> Ink:
        pieces = [self._along(piece) for curve in curves for piece in _pieces(curve)]
        return Ink(self._area, np.concatenate([NO_POINTS, *pieces]))

    def _along(self, line: Float64s) -> Float64s:
        """Pixels ``(n_places, 2)`` along ``line``, so close to each other that none of the ink's squares is missed."""
        points = line / (self._unit[0], -self._unit[1])
        if len(points) < 2:
            return points
        steps = np.hypot(*np.diff(points, axis=0).T)
        way = np.append(0.0, np.cumsum(steps))
        keep = np.append(True, steps > 0)
        at = np.linspace(0.0, way[-1], int(min(way[-1] / CELL_PX, MOST_STEPS)) + 2)
        return np.column_stack([np.interp(at, way[keep], one[keep]) for one in points.T])

    def take_point(self, point: Float64s) -> None:
        """A mark that no text may cover."""
        if np.isfinite(point).all():
            middle = self._in_px(float(point[0]), float(point[1]))
            self._taken.append(QRectF(middle.x() - POINT_PX, middle.y() - POINT_PX, 2.0 * POINT_PX, 2.0 * POINT_PX))

    def put_beside(self, label: PlotLabel, point: Float64s, is_needed: bool = False) -> None:
        """Beside a mark, on the first side that is free; a little farther where a curve would be covered otherwise.

        Where all cover curves it is left out, as the legend names the mark, too; one that is needed stands right beside
        it where it covers the least.
        """
        width, height = label.size_px
        places = []
        for more in FARTHER_PX:
            across, up = 0.5 * width + POINT_PX + GAP_PX + 1.0 + more, 0.5 * height + more
            over = 0.5 * height + 12.0 + more
            places += [(across, up), (-across, up), (across, -up), (-across, -up), (0.0, over), (0.0, -over)]
            # To the right above a line that runs beside the mark.
            places += [(0.5 * width, over), (-0.5 * width, over), (0.5 * width, -over), (-0.5 * width, -over)]
        if not np.isfinite(point).all():
            label.put(None)
            return
        tried = point + np.array(places) * self._unit
        if not self._has_put(label, tried):
            self._put_least(label, tried[: len(tried) // len(FARTHER_PX)] if is_needed else NO_POINTS)

    def put_in_corner(self, label: PlotLabel, is_needed: bool = False) -> None:
        """Top left, or in the first other corner that is free; one that is needed stands top left in any case."""
        width, height = label.size_px
        across, up = (0.5 * width + 2.0) * self._unit[0], (0.5 * height + 2.0) * self._unit[1]
        rows, columns = (self._top - up, self._bottom + up), (self._left + across, self._right - across)
        self._put_least(label, np.array([(x, y) for y in rows for x in columns]))
        if label.place is None and is_needed:
            label.put((columns[0], rows[0]))

    def put_by_line(self, label: PlotLabel, line: Float64s, ball: PlanePenalty | None, share: float) -> None:
        """Beside ``line`` ``(n_points, 2)``: near where it stands already, else as high as there is room.

        Off the ball {R ≤ ``share``} of ``ball``, if there is room. Where curves lie too close it interrupts its own, as
        on a map; hidden where it would cover another.
        """
        width, height = label.size_px
        across, up = 0.5 * width - INSET_PX[0] + CELL_PX + 1.0, 0.5 * height - INSET_PX[1] + CELL_PX + 1.0
        points = line[np.isfinite(line).all(axis=1)]
        points = points[:: max(1, len(points) // MOST_PLACES)]
        beside = np.array([(0.0, up), (0.0, -up), (across, 0.0), (-across, 0.0)]) * self._unit
        inset = np.array([0.5 * width * self._unit[0], 0.5 * height * self._unit[1]])
        for sides, own in ((beside, ()), (np.zeros((1, 2)), (line,))):
            places = (points[:, np.newaxis] + sides).reshape(-1, 2)
            away = -places[:, 1] if label.place is None else np.hypot(*((places - label.place) / self._unit).T)
            is_covered = np.zeros(len(places), dtype=np.bool_)
            if ball is not None:
                # The ball has 0 in its middle: a label is off it if what is nearest to 0 of the label is.
                is_covered = ball.values(*np.maximum(np.abs(places) - inset, 0.0).T) <= share
            order = np.lexsort((away, is_covered))
            if self._has_put(label, places[order], own):
                return
        label.put(None)

    def _has_put(
        self,
        label: PlotLabel,
        places: Float64s,
        own: Sequence[Float64s] = (),
        prefers_least: bool = False,
    ) -> bool:
        """At the first of ``places`` ``(n, 2)`` that is free of marks, words and curves but its ``own``, or at the one
        that covers the least of curves.
        """
        if not len(places):
            return False
        width, height = label.size_px
        # Where letters stand in the box of words, of all places at once.
        half = 0.5 * np.array([width, height]) - INSET_PX
        middles = places / (self._unit[0], -self._unit[1])
        inner = np.stack([middles - half, middles + half], axis=1)
        n_covered = self._contours.covered(inner) + LINE_COUNTS * self._lines.covered(inner)
        if prefers_least:
            # Stable: the first of those that cover as little.
            order = np.argsort(n_covered, kind="stable")
        else:
            order = np.flatnonzero(n_covered == (self._ink_of(own).covered(inner) if own else 0))
        for number in order.tolist():
            place = float(places[number, 0]), float(places[number, 1])
            box = self._own_px(place, width, height)
            wide = box.adjusted(-GAP_PX, -GAP_PX, GAP_PX, GAP_PX)
            if self._area.contains(box) and not any(wide.intersects(one) for one in self._taken):
                self._taken.append(box)
                label.put(place, covers=bool(n_covered[number]))
                return True
        return False

    def _put_least(self, label: PlotLabel, places: Float64s) -> None:
        """At the first of ``places`` that is free of all, else where it covers the least of curves, or nowhere."""
        if not self._has_put(label, places, prefers_least=True):
            label.put(None)

    def _own_px(self, place: tuple[float, float], width: float, height: float) -> QRectF:
        middle = self._in_px(*place)
        return QRectF(middle.x() - 0.5 * width, middle.y() - 0.5 * height, width, height)

    def _in_px(self, x: float, y: float) -> QPointF:
        return QPointF(x / self._unit[0], -y / self._unit[1])


def _pieces(curve: Float64s) -> list[Float64s]:
    """The parts of ``curve`` between its NaN."""
    is_known = np.isfinite(curve).all(axis=1)
    if is_known.all():
        return [curve]
    runs = np.split(curve, np.flatnonzero(~is_known))
    return [kept for run in runs if len(kept := run[np.isfinite(run).all(axis=1)])]
