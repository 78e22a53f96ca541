"""Curves, points and bars for plots whose axes do not follow them, so that a frame asks nothing where they are.

pyqtgraph's items tell the view of every change, so that it can follow them, and measure themselves anew: the extent of
their data, and how far a pen reaches beyond it. Qt asks several times a frame; six panels took 20 ms of the GUI thread
like that, and 10 with these. They say that they fill the view, which clips them, and change nothing when they are given
what they have.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.functions import ndarray_from_qpolygonf
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from regdesk.views.plots.mark_pictures import FEW_MARKS, without_old_marks

if TYPE_CHECKING:
    from regdesk.core.types import Float64s

DATA = frozenset({"x", "width", "height"})
"""What bars are given at a frame."""
HEIGHTS = DATA - {"x", "width"}
CONNECTION = frozenset({"connect"})
"""What a line may be given at a frame beside its points."""
JOINED = ("all", "finite")
"""Connections that make one line of points that are all finite."""
MOST_JOINED = 20_000
"""Points of such a line; longer ones are left to pyqtgraph, which builds them in pieces."""
FAR_PX = 2.0**15
"""Marks further away than any screen reaches are not drawn."""
ANTIALIASING = QPainter.RenderHint.Antialiasing
NO_PEN, NO_BRUSH = Qt.PenStyle.NoPen, Qt.BrushStyle.NoBrush


def called(item: QGraphicsItem, words: str) -> None:
    """What ``item`` is called among numbers that are copied, where its name does not say it."""
    # Some plots' items have methods of these names that mean something else.
    QGraphicsItem.setData(item, 0, words)


def words_of(item: QGraphicsItem) -> str | None:
    """As which ``item`` is ``called``; None where it has nothing but its name."""
    found: str | None = QGraphicsItem.data(item, 0)
    return found or None


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
    """A line through points; arrays that it was given are not to be changed afterwards. It tells nobody of them."""

    # Corners of the last line, as Qt's points and as numbers in the same memory: making both takes 10 µs.
    _polygon: tuple[QPolygonF, Float64s] | None = None
    xData: Any
    yData: Any

    def setData(self, *args: Any, **options: Any) -> None:
        if len(args) == 2 and CONNECTION.issuperset(options):
            x, y = args
            is_connected = all(_is_same(value, self.opts[name]) for name, value in options.items())
            if is_connected and _is_same(x, self.xData) and _is_same(y, self.yData):
                return
            n_more = int(self.opts["stepMode"] == "center")
            if type(x) is type(y) is np.ndarray and x.ndim == y.ndim == 1 and len(x) == len(y) + n_more:
                self.opts.update(options)
                self.xData, self.yData = x, y
                self._forget_pictures()
                self._note_rows(len(x))
                self.update()
                return
        super().setData(*args, **options)

    def _forget_pictures(self) -> None:
        self.path = self.fillPath = self._fillPathList = self._mouseShape = None
        self._lineSegmentsRendered = False
        self.invalidateBounds()

    def updateData(self, *args: Any, **options: Any) -> None:
        super().updateData(*args, **options)
        self._note_rows(len(self.xData))

    def clear(self) -> None:
        super().clear()
        self._note_rows(0)

    def generatePath(self, x: Float64s, y: Float64s) -> Any:
        options = self.opts
        connection = options["connect"]
        if not isinstance(connection, str) or connection not in JOINED or len(x) > MOST_JOINED:
            return super().generatePath(x, y)
        corners = x, y
        if options["stepMode"]:
            corners = self._generateStepModeData(options["stepMode"], x, y, baseline=options["fillLevel"])
        # A sum is finite only where everything in it is.
        if not math.isfinite(sum(float(np.add.reduce(one)) for one in corners)):
            return super().generatePath(x, y)
        n_corners = len(corners[0])
        path = QPainterPath()
        if n_corners < 2:
            return path
        if self._polygon is None or len(self._polygon[1]) != n_corners:
            polygon = QPolygonF()
            polygon.resize(n_corners)
            self._polygon = polygon, ndarray_from_qpolygonf(polygon)
        polygon, memory = self._polygon
        memory[:, 0], memory[:, 1] = corners
        path.addPolygon(polygon)
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        options = self.opts
        pen, brush, is_filled = options["pen"], options["brush"], options["fillLevel"] is not None
        is_plain = self._exportOpts is False and options["shadowPen"] is None and options["compositionMode"] is None
        # Of steps the line itself goes along the foot of what is filled.
        is_closed = not is_filled or (options["stepMode"] and not options["fillOutline"])
        if not is_plain or not is_closed or self.xData is None or pen is None:
            super().paint(painter, option, widget)
            return
        painter.setRenderHint(ANTIALIASING, options["antialias"])
        if is_filled and brush is not None and brush.style() != NO_BRUSH:
            painter.fillPath(self.getPath(), brush)
        if pen.style() != NO_PEN:
            painter.setPen(pen)
            self._draw_line(painter, pen)

    def _draw_line(self, painter: QPainter, pen: QPen) -> None:
        # Antialiased lines are never drawn piece by piece: asking first for that saves asking the pen.
        if not self.opts["antialias"] and self._shouldUseDrawLineSegments(pen):
            painter.drawLines(*self._getLineSegments())
        else:
            painter.drawPath(self.getPath())


class SteadyPoints(_SteadyItem, pg.ScatterPlotItem):
    """Marks of a size in pixels."""

    # Of the painter and the device, for which the places in pixels are those that were computed last.
    _placed_for: tuple[float, ...] | None = None
    _most_marks = FEW_MARKS

    def setData(self, *args: Any, **options: Any) -> None:
        if len(args) == 2 and not options:
            x, y = args
            if _is_same(x, self.data["x"]) and _is_same(y, self.data["y"]):
                return
            if len(y) == len(self.data):
                # Pens, brushes and symbols are what they were.
                self.data["x"], self.data["y"] = x, y
                self.bounds = [None, None]
                self._placed_for = None
                self.update()
                return
        super().setData(*args, **options)

    def updateSpots(self, dataSet: Any = None) -> None:
        super().updateSpots(dataSet)
        self._most_marks = without_old_marks(self, super().updateSpots, self._most_marks)

    def mouseClickEvent(self, ev: Any) -> None:
        ev.ignore()  # The plot's: a mark would keep the double click that restores its axes.

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
        across, down, slant, lean = transform.m11(), transform.m22(), transform.m12(), transform.m21()
        left, top, scale = transform.dx(), transform.dy(), widget.devicePixelRatioF()
        placed_for = across, down, slant, lean, left, top, scale
        if placed_for != self._placed_for:
            self._placed_for = placed_for
            if slant or lean or scale != self.fragmentAtlas.devicePixelRatio():
                # It finds the places, and pictures of the marks that are as sharp as the screen.
                super().paint(painter, option, widget)
                return
            self._place(across * self.data["x"] + left, down * self.data["y"] + top, scale)
        painter.resetTransform()
        # Of the stubs' two, PySide takes the C++ form: the first of an array, and how many there are.
        draw: Any = painter.drawPixmapFragments
        draw(*self._pixmapFragments.drawargs(), self.fragmentAtlas.pixmap)

    def _place(self, x_px: Float64s, y_px: Float64s, scale: float) -> None:
        """Bring the pictures of the marks to ``x_px``, ``y_px`` ``(n,)``, in pixels of the device."""
        with np.errstate(invalid="ignore"):
            is_near = (np.abs(x_px) < FAR_PX) & (np.abs(y_px) < FAR_PX)
        sources = self.data["sourceRect"]
        if not is_near.all():
            x_px, y_px, sources = x_px[is_near], y_px[is_near], sources[is_near]
        self._pixmapFragments.resize(len(x_px))
        fragments = self._pixmapFragments.ndarray()
        fragments[:, 0], fragments[:, 1] = x_px, y_px
        for column, edge in enumerate(("x", "y", "w", "h"), start=2):
            fragments[:, column] = sources[edge]
        fragments[:, 6:] = (1.0 / scale, 1.0 / scale, 0.0, 1.0)


class SteadyBars(_SteadyItem, pg.BarGraphItem):
    """Bars; arrays that it was given are not to be changed afterwards."""

    _has_bounds = False

    def setOpts(self, **options: Any) -> None:
        if DATA.issuperset(options) and all(_is_same(value, self.opts[name]) for name, value in options.items()):
            return
        has_heights_alone = HEIGHTS.issuperset(options) and self._stands_on_zero
        if has_heights_alone and np.shape(options["height"]) == np.shape(self.opts["height"]) != ():
            self.opts.update(options)
            heights = np.asarray(options["height"], dtype=np.float64)
            rows = self._rectarray.ndarray()
            np.minimum(heights, 0.0, out=rows[:, 1])
            np.abs(heights, out=rows[:, 3])
            self.picture = self._shape = None
            self._has_bounds = False
            self.update()
            return
        super().setOpts(**options)
        self._has_bounds = True
        self._note_rows(1)

    @property
    def _stands_on_zero(self) -> bool:
        """Whether heights are all that says where bars begin and end."""
        options = self.opts
        return not self._is_empty and all(options[name] is None for name in ("y", "y0", "y1"))

    def dataBounds(self, ax: int, frac: float = 1.0, orthoRange: Any = None) -> Any:
        if not self._has_bounds:
            self._prepareData()
            self._has_bounds = True
        return super().dataBounds(ax, frac, orthoRange)


def _is_same(one: Any, other: Any) -> bool:
    """Whether two arrays hold the same numbers, bit for bit where they are of one kind; never where there is none yet.

    The bytes of 500 numbers are compared in a microsecond, numbers in five.
    """
    if one is other:
        return True
    if other is None:
        return False
    one, other = np.asarray(one), np.asarray(other)
    if one.dtype != other.dtype:
        return bool(np.array_equal(one, other))
    return bool(one.shape == other.shape and one.tobytes() == other.tobytes())
