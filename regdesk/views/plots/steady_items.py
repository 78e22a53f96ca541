"""Curves, points and bars for plots whose axes do not follow them, so that a frame asks nothing where they are.

pyqtgraph's items tell the view of every change, so that it can follow them, and measure themselves anew: the extent of
their data, and how far a pen reaches beyond it. Qt asks several times a frame; six panels took 20 ms of the GUI thread
like that, and 10 with these. They say that they fill the view, which clips them, and change nothing when they are given
what they have.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

DATA = frozenset({"x", "width", "height"})
"""What bars are given at a frame."""
CONNECTION = frozenset({"connect"})
"""What a line may be given at a frame beside its points."""


def named(item: Any, name: str) -> Any:
    """``item`` with a name in its scene, like the controls': what it shows, whatever it is drawn with.

    A name may stand several times where one kind of thing is drawn in several ways; at most one way is seen at a time.
    """
    item.setObjectName(name)
    return item


class _SteadyItem(pg.GraphicsObject):
    """What the items share; named before a class of pyqtgraph's."""

    _filled: QRectF | None = None
    _is_empty = True

    def boundingRect(self) -> QRectF:
        if self._filled is None:
            box = self.getViewBox()
            # In no plot there is nothing to fill.
            is_in_plot = isinstance(box, pg.ViewBox) and not self._is_empty
            self._filled = self.mapRectFromItem(box, box.rect()) if is_in_plot else QRectF()
        return self._filled

    def viewTransformChanged(self) -> None:
        self._filled = None
        super().viewTransformChanged()

    def informViewBoundsChanged(self) -> None:
        """The view does not follow."""

    def _note_rows(self, n_rows: int) -> None:
        """Where there is nothing it takes no room, and is not painted."""
        if (n_rows == 0) != self._is_empty:
            self._is_empty = n_rows == 0
            self._filled = None
            self.prepareGeometryChange()


class SteadyCurve(_SteadyItem, pg.PlotCurveItem):
    """A line through points; arrays that it was given are not to be changed afterwards."""

    def setData(self, *args: Any, **options: Any) -> None:
        if len(args) == 2 and CONNECTION.issuperset(options):
            x, y = args
            is_connected = all(_is_same(value, self.opts[name]) for name, value in options.items())
            if is_connected and _is_same(x, self.xData) and _is_same(y, self.yData):
                return
        super().setData(*args, **options)

    def updateData(self, *args: Any, **options: Any) -> None:
        super().updateData(*args, **options)
        self._note_rows(len(self.xData))

    def clear(self) -> None:
        super().clear()
        self._note_rows(0)


class SteadyPoints(_SteadyItem, pg.ScatterPlotItem):
    """Marks of a size in pixels."""

    # Of the painter and the device, for which the places in pixels are those that were computed last.
    _placed_for: tuple[float, ...] | None = None

    def setData(self, *args: Any, **options: Any) -> None:
        if len(args) == 2 and not options:
            x, y = args
            if _is_same(x, self.data["x"]) and _is_same(y, self.data["y"]):
                return
            if len(y) == len(self.data):
                # Pens, brushes and symbols are what they were.
                self.data["x"], self.data["y"] = x, y
                self.invalidate()
                return
        super().setData(*args, **options)

    def addPoints(self, *args: Any, **options: Any) -> None:
        super().addPoints(*args, **options)
        self._note_rows(len(self.data))

    def clear(self) -> None:
        super().clear()
        self._note_rows(0)

    def invalidate(self) -> None:
        self._placed_for = None
        super().invalidate()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        is_drawn_from_pixels = self.opts["pxMode"] and self.opts["useCache"] and self._exportOpts is False
        if not is_drawn_from_pixels or widget is None:
            super().paint(painter, option, widget)
            return
        transform = painter.transform()
        placed_for = (
            transform.m11(), transform.m22(), transform.m12(), transform.m21(), transform.dx(), transform.dy(),
            widget.devicePixelRatioF(),
        )  # fmt: skip
        if placed_for != self._placed_for:
            # It finds the places, and pictures of the marks that are as sharp as the screen.
            super().paint(painter, option, widget)
            self._placed_for = placed_for
            return
        painter.resetTransform()
        # Of the stubs' two, PySide takes the C++ form: the first of an array, and how many there are.
        draw: Any = painter.drawPixmapFragments
        draw(*self._pixmapFragments.drawargs(), self.fragmentAtlas.pixmap)


class SteadyBars(_SteadyItem, pg.BarGraphItem):
    """Bars; arrays that it was given are not to be changed afterwards."""

    def setOpts(self, **options: Any) -> None:
        if DATA.issuperset(options) and all(_is_same(value, self.opts[name]) for name, value in options.items()):
            return
        super().setOpts(**options)
        self._note_rows(1)


def _is_same(one: Any, other: Any) -> bool:
    """Whether two arrays hold the same numbers; never where one is NaN, or there is none yet."""
    return one is other or (other is not None and np.array_equal(one, other))
