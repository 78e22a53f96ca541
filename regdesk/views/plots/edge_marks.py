"""What lies outside an axis: a triangle at its edge that points there, in the curve's colour, and the value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels, best_place, is_free
from regdesk.views.plots.steady_items import SteadyPoints, named

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

SIZE_PX = 10.0
INSET_PX = 6.0
"""From the edge to the middle of a triangle, so that all of it is seen."""
GAP_PX = 8.0
LINE_PX = 16.0
SIDE_LINES = 4


@dataclass(frozen=True)
class Outside:
    """A value that an axis does not reach: its place on the other axis, and which way it is.

    ``text`` is the value, empty for a triangle alone. Of what is left (``beside`` −1) or right (1) of the picture ``x``
    is that end, and ``y`` its height, as far as there is room.
    """

    x: float
    text: str
    colour: str
    is_above: bool = True
    beside: int = 0
    y: float = 0.0

    @property
    def symbol(self) -> str:
        return {0: "t1" if self.is_above else "t", 1: "t2", -1: "t3"}[self.beside]


class EdgeMarks:
    """Items of one plot; made as they are needed and given new places. ``boxes`` are theirs, in pixels of the plot."""

    def __init__(self, plot: Any, depth: int = 22) -> None:
        self._plot = plot
        self._depth = depth
        self.spots = named(SteadyPoints(size=SIZE_PX), "outsideMarks")
        self.spots.setZValue(depth)
        plot.addItem(self.spots, ignoreBounds=True)
        self._made: list[Any] = []
        self.outside: tuple[Outside, ...] = ()
        self.boxes: tuple[QRectF, ...] = ()
        self._texts: tuple[QRectF, ...] = ()
        self._drawn: object = None

    @property
    def labels(self) -> list[Any]:
        """The texts that can be seen."""
        return [label for label in self._made if label.isVisible()]

    def show(self, outside: Sequence[Outside], taken: Sequence[QRectF] = (), points: Float64s = NO_POINTS) -> bool:
        """Values outside, those that matter most first; ``taken`` are words that stay where they are, ``points``
        ``(n, 2)`` pixels along the curves: their values keep off both. Whether anything has changed.
        """
        box = self._plot.vb
        pixels = PlotPixels(box)
        drawn = tuple(outside), box.viewRange(), pixels.area, theme.colours(), tuple(taken)
        if drawn == self._drawn and all(is_free(text, (), points, 0.0) for text in self._texts):
            return False
        self._drawn, self.outside = drawn, tuple(outside)
        spots_px = self._spots_px(outside, pixels)
        places = [pixels.place(*spot) for spot in spots_px]
        self.spots.setData(
            x=[x for x, _ in places],
            y=[y for _, y in places],
            symbol=[one.symbol for one in outside],
            pen=[pg.mkPen(theme.colours().background, width=1) for _ in outside],
            brush=[pg.mkBrush(one.colour) for one in outside],
        )
        triangles = [self._around(*spot) for spot in spots_px]
        texts: list[QRectF] = []
        while len(self._made) < len(outside):
            label = named(pg.TextItem("", anchor=(0.0, 0.0)), "outsideValue")
            label.textItem.document().setDocumentMargin(1)
            label.setZValue(self._depth)
            self._plot.addItem(label, ignoreBounds=True)
            self._made.append(label)
        for label in self._made:
            label.hide()
        middle = 0.5 * pixels.area.height()
        for label, one, (x_px, row) in zip(self._made, outside, spots_px, strict=False):
            if not one.text:
                continue
            label.setText(one.text, QColor(one.colour))
            label.fill = pg.mkBrush(blended(theme.colours().background, 1.0))
            size = label.boundingRect()
            ways = (row <= middle, row > middle) if one.beside else (one.is_above,)
            # At a side nothing else has a text: it may be a little further away.
            lines = SIDE_LINES if one.beside else 2
            spots = [spot for way in ways for spot in self._beside(x_px, row, size.width(), size.height(), way, lines)]
            place = best_place(spots, pixels.area, [*triangles, *texts, *taken], points)
            if place is None or not is_free(place, (), points, 0.0):
                # A triangle alone says which way; the value is under the pointer.
                continue
            texts.append(place)
            label.setPos(*pixels.place(place.left(), place.top()))
            label.show()
            # While it was hidden it did not follow the axes.
            label.updateTransform(force=True)
        self._texts = tuple(texts)
        self.boxes = (*triangles, *texts)
        return True

    def clear(self) -> None:
        self.show(())

    @staticmethod
    def _spots_px(outside: Sequence[Outside], pixels: PlotPixels) -> list[tuple[float, float]]:
        """Where triangles stand: at the edge, or in a line of their own where another one is in the way."""
        spots: list[tuple[float, float]] = []
        width, height = pixels.area.width(), pixels.area.height()
        for number, one in enumerate(outside):
            if one.beside:
                row = float(min(max(pixels.y_px(one.y), INSET_PX), height - INSET_PX))
                spots.append((width - INSET_PX if one.beside > 0 else INSET_PX, row))
                continue
            n_others = sum(
                not other.beside
                and other.is_above == one.is_above
                and abs(float(pixels.x_px(other.x - one.x + pixels.low))) < SIZE_PX
                for other in outside[:number]
            )
            away = INSET_PX + n_others * LINE_PX
            spots.append((float(pixels.x_px(one.x)), away if one.is_above else height - away))
        return spots

    @staticmethod
    def _around(x_px: float, row_px: float) -> QRectF:
        return QRectF(x_px - 0.5 * SIZE_PX, row_px - 0.5 * SIZE_PX, SIZE_PX, SIZE_PX)

    @staticmethod
    def _beside(x_px: float, row_px: float, width: float, height: float, is_above: bool, lines: int) -> list[QRectF]:
        """Right or left of a triangle, at the edge and in the next line, then a little further away; beyond, nobody
        would know whose value it is.
        """
        inward = height if is_above else -height
        top = max(row_px - 0.5 * height, 1.0) if is_above else row_px + INSET_PX - height - 1.0
        found = []
        for away, n_lines in ((0.0, lines), (0.5 * width, 1)):
            sides = (x_px + GAP_PX + away, x_px - GAP_PX - away - width)
            found += [QRectF(left, top + line * inward, width, height) for line in range(n_lines) for left in sides]
        return found
