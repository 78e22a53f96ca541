"""One plot of the plane of two weights: contours, ball, points, path, trail, and what pulls and holds at the point."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QGraphicsPolygonItem

from regdesk.core.words.number_text import number_text
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.views.geometry.axis_names import fitting_axis_names
from regdesk.views.geometry.labels import LabelRoom, PlotLabel
from regdesk.views.geometry.outlines import arrow_of, polygon_of
from regdesk.views.geometry.words import LEAST_PULL, is_met
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended, faded
from regdesk.views.plots.axes import ValueAxis, quiet_plot
from regdesk.views.plots.axis_room import keep_width
from regdesk.views.plots.role_marks import OPTIMUM_SYMBOL
from regdesk.views.plots.steady_items import SteadyCurve, SteadyPoints, called, named
from regdesk.views.plots.steady_plots import plot_parts

if TYPE_CHECKING:
    from regdesk.core.geometry.plane import PlaneFrame
    from regdesk.core.geometry.view import Contour, PlaneLook
    from regdesk.core.types import Float64s

N_CONTOURS = 10
LABELLED_EVERY = 3  # Of ten also the outermost, beside which there mostly is room.
ARROW_SHARE = 0.16
"""Of the frame's width: how long the arrow of the loss and the sides of the cone are."""
LEAST_ARROW = 0.6
"""Of the way to the least loss: how far the arrow goes at most, unless it would be too short to see."""
HERE_PX, TOUCHING_PX, TOUCH_PX, NOWHERE = 10, 7, 19, np.full(2, np.nan)
"""The model; within the ring where contour and ball touch it is small, so that the corner is seen; no place for it."""
APART_PX = 12.0
"""Between two points below which only one is named."""


class GeometryPlot:
    """Items are made once and filled for ever; ``look`` is what they hold."""

    FREE, BEST, TOUCH = "least loss", "optimum", "touch"

    def __init__(self, view: Any, column: int) -> None:
        self.plot = view.addPlot(row=0, col=column, **plot_parts(left=ValueAxis("left"), bottom=ValueAxis("bottom")))
        quiet_plot(self.plot, "", "")
        keep_width(self.plot.getAxis("left"), 52)
        self.plot.vb.setAspectLocked(True)
        self.look: PlaneLook | None = None
        self._frame: PlaneFrame | None = None
        self._named_in: QRectF | None = None
        self._axis_names: tuple[str, ...] = ("", "")
        self._path: Float64s = np.empty((0, 2))
        self._ball, self._cone = np.empty((0, 2)), np.empty((0, 2))
        plot = self.plot
        self.ball, self.cone = QGraphicsPolygonItem(), QGraphicsPolygonItem()
        called(self.ball, "ball")
        self.zeros = tuple(pg.InfiniteLine(pos=0.0, angle=angle, movable=False) for angle in (0, 90))
        self.contours = tuple(named(SteadyCurve(connect="finite"), "lossContour") for _ in range(N_CONTOURS))
        self.through = named(SteadyCurve(connect="finite"), "contourThroughWeights")
        lines = (named(SteadyCurve(), name) for name in ("weightsAlongLambda", "weightsTrail", "downhillArrow"))
        self.path, self.trail, self.arrow = lines
        names = ("leastLoss", "optimumOfLambda", "weightsNow", "touchingPoint")
        self.unpenalised, self.optimum, self.here, self.touch = (named(SteadyPoints(), name) for name in names)
        items = (
            self.ball, *self.zeros, *self.contours, self.through, self.cone, self.path, self.trail, self.arrow,
            self.unpenalised, self.optimum, self.here, self.touch,
        )  # fmt: skip
        for depth, item in enumerate(items):
            item.setZValue(depth)
            plot.addItem(item, ignoreBounds=True)
        self.levels = tuple(PlotLabel(plot, len(items)) for _ in range(N_CONTOURS // LABELLED_EVERY))
        self.names = {key: PlotLabel(plot, len(items)) for key in ("free", "best", "touch", "title")}
        plot.vb.sigResized.connect(self._on_resized)
        self.apply_theme()

    def apply_theme(self) -> None:
        colours = theme.colours()
        self._styled = None
        self.through.setPen(pg.mkPen(colours.training, width=2))
        self.cone.setBrush(pg.mkBrush(faded(colours.penalty, 0.45)))
        self.cone.setPen(pg.mkPen(colours.penalty, width=1, style=Qt.PenStyle.DashLine))
        for line in self.zeros:
            line.setPen(pg.mkPen(blended(colours.zero, 0.8), width=1))
        self.path.setPen(pg.mkPen(colours.lam, width=1, style=Qt.PenStyle.DashLine))
        self.trail.setPen(pg.mkPen(colours.weights, width=1))
        self.arrow.setPen(pg.mkPen(colours.training, width=2))
        self.unpenalised.setData(pen=pg.mkPen(colours.training, width=2), brush=None, symbol="+", size=13)
        self.optimum.setData(pen=pg.mkPen(colours.lam, width=2), brush=None, symbol=OPTIMUM_SYMBOL, size=15)
        ground = pg.mkPen(colours.background, width=1)
        self.here.setData(pen=ground, brush=pg.mkBrush(colours.weights), symbol="o", size=HERE_PX)
        self.touch.setData(pen=pg.mkPen(colours.text, width=2), brush=None, symbol="o", size=TOUCH_PX)
        for label in (*self.levels, *self.names.values()):
            label.apply_theme()
        if self.look is not None and self._frame is not None:
            self.show(self.look, self._frame, ("", ""), self._is_named)
            self.show_words()

    _is_named = False
    _styled: tuple[bool, bool] | None = None
    _drawn: tuple[Contour, ...] | None = None

    def clear(self) -> None:
        self.look = None

    def show(self, look: PlaneLook, frame: PlaneFrame, names: tuple[str, str], is_named: bool) -> None:
        """``names`` of the axes, empty for those that stand; ``is_named`` writes the penalty into the plot.

        Other words follow with ``show_words``.
        """
        self.look, self._is_named = look, is_named
        axis_names = tuple(name or before for name, before in zip(names, self._axis_names, strict=True))
        if axis_names != self._axis_names:
            # What a hand has moved were other axes.
            self.plot.vb.release()
        self._axis_names = axis_names
        for side, name in zip(("bottom", "left"), self._fitting_names(), strict=True):
            axis = self.plot.getAxis(side)
            if name and axis.labelText != name:
                # Its words are rich text.
                axis.setLabel(escape(name), **axis.labelStyle)
                axis.labelText = name
                # The place of a label follows its axis's size, not its own.
                axis.resizeEvent(None)
        if frame != self._frame:
            self._frame = frame
            self.plot.vb.setRange(
                QRectF(frame.left, frame.bottom, frame.right - frame.left, frame.top - frame.bottom), padding=0
            )
        is_sum = look.shown is not look.picture.grid
        self._style(is_sum, is_sum or look.shape is not None)
        self._show_contours(look.contours)
        through = look.through if look.through is not None else np.empty((0, 2))
        self.through.setData(through[:, 0], through[:, 1])
        if not np.array_equal(look.drawn_ball, self._ball):
            self._ball = look.drawn_ball
            self.ball.setPolygon(polygon_of(self._ball))
        self._show_pulls(look, is_sum, frame)
        picture = look.picture
        if not np.array_equal(look.path, self._path):
            self._path = look.path
            self.path.setData(look.path[:, 0], look.path[:, 1])
        self.trail.setData(look.trail[:, 0], look.trail[:, 1])
        _place(self.unpenalised, picture.unpenalised)
        _place(self.here, picture.here)
        self._show_touch(look)

    def _show_touch(self, look: PlaneLook) -> None:
        """The ring, in which nothing hides the corner: the model is small, and the optimum has no mark of its own."""
        here, optimum, is_touching = look.picture.here, look.picture.optimum, is_met(look)
        apart = APART_PX * float(max(self.plot.vb.viewPixelSize()))
        is_within = is_touching and float(np.abs(optimum - here).max()) < apart
        _place(self.optimum, NOWHERE if is_within else optimum)
        _place(self.touch, here if is_touching else NOWHERE)
        if self.here.opts["size"] != (here_px := TOUCHING_PX if is_touching else HERE_PX):
            self.here.setSize(here_px)

    def show_selected(self, is_selected: tuple[bool, bool]) -> None:
        """Whether the weight across, and the one upwards, are selected: then so is the colour of their names."""
        colours = theme.colours()
        for side, is_one in zip(("bottom", "left"), is_selected, strict=True):
            axis = self.plot.getAxis(side)
            style = {"color": colours.selected, "font-weight": "bold"} if is_one else {"color": colours.quiet_text}
            if axis.labelStyle != style:
                name = axis.labelText
                axis.setLabel(escape(name), **style)
                axis.labelText = name
                axis.resizeEvent(None)

    def _on_resized(self) -> None:
        # Places are in pixels, and the next picture of a model at rest may never come.
        self.show_words()

    def _fitting_names(self) -> list[str]:
        rooms = [self.plot.getAxis("bottom").size().width(), self.plot.getAxis("left").size().height()]
        return fitting_axis_names(self._axis_names, rooms, QFontMetrics(QApplication.font()))

    def _show_contours(self, contours: tuple[Contour, ...]) -> None:
        # A profile stands still while a model trains at one λ: nothing of it is painted again.
        if contours is self._drawn:
            return
        self._drawn = contours
        for number, curve in enumerate(self.contours):
            line = contours[number].line if number < len(contours) else np.empty((0, 2))
            called(curve, f"loss {contours[number].level:.6g}" if len(line) else "")
            curve.setData(line[:, 0], line[:, 1])

    def _style(self, is_sum: bool, is_faint: bool) -> None:
        """Pens of what looks different in the two views; each new one paints its item anew."""
        if self._styled == (is_sum, is_faint):
            return
        self._styled = is_sum, is_faint
        colours, colour = theme.colours(), _contour_colour(is_sum)
        for number, curve in enumerate(self.contours):
            # The lower, the stronger: which way is down can be seen without a number.
            curve.setPen(pg.mkPen(blended(colour, 0.85 - 0.06 * number), width=1))
        style = Qt.PenStyle.DashLine if is_faint else Qt.PenStyle.SolidLine
        self.ball.setPen(pg.mkPen(colours.penalty, width=1, style=style))
        self.ball.setBrush(pg.mkBrush(blended(colours.penalty, 0.1 if is_faint else 0.28)))

    def _show_pulls(self, look: PlaneLook, is_sum: bool, frame: PlaneFrame) -> None:
        picture, tangency = look.picture, look.picture.tangency
        length = ARROW_SHARE * (frame.right - frame.left)
        size = float(np.linalg.norm(tangency.gradient))
        is_pulled = size > LEAST_PULL and not is_sum and bool(np.isfinite(picture.here).all())
        # The mark of the least loss stays free of the arrow's head.
        way = float(np.linalg.norm(picture.unpenalised - picture.here))
        drawn = min(length, max(LEAST_ARROW * way, 0.35 * length)) if math.isfinite(way) else length
        arrow = arrow_of(picture.here, -tangency.gradient / size * drawn) if is_pulled else np.empty((0, 2))
        self.arrow.setData(arrow[:, 0], arrow[:, 1])
        edges = tangency.cone.edges() if look.penalty is not None and not is_sum and len(picture.ball) else ()
        cone = [picture.here, *(picture.here + 1.15 * length * edge for edge in edges)] if len(edges) else []
        self._cone = np.array(cone).reshape(-1, 2)
        self.cone.setPolygon(polygon_of(self._cone))

    def show_words(self) -> None:
        """Of the picture that is drawn: levels of contours and names of marks, where there is room."""
        look = self.look
        if look is None:
            return
        colours, picture, is_sum = theme.colours(), look.picture, look.shown is not look.picture.grid
        lines = look.path, look.trail, np.column_stack(self.arrow.getData())
        room = LabelRoom(self.plot.vb, self._shapes(look), lines)
        shown = self.plot.vb.viewRect()
        if shown != self._named_in:
            # A place in other axes says nothing here.
            self._named_in = shown
            for label in self.levels:
                label.put(None)
        for mark in (picture.here, picture.unpenalised, picture.optimum):
            room.take_point(mark)
        title = self.names["title"]
        title.set_text(PENALTY_NAMES[look.kind], colours.penalty)
        if self._is_named:
            room.put_in_corner(title)
            if title.place is None:
                # Which penalty it is stands nowhere else: in a narrow plot its words stand below each other.
                title.set_text(PENALTY_NAMES[look.kind].replace(" ", "\n"), colours.penalty)
                room.put_in_corner(title, is_needed=True)
        else:
            title.put(None)
        named = (
            ("touch", picture.here if is_met(look) else NOWHERE, self.TOUCH, colours.text),
            ("free", picture.unpenalised, self.FREE, colours.training),
            ("best", picture.optimum, self.BEST, colours.lam),
        )
        apart = APART_PX * self.plot.vb.viewPixelSize()[0]
        others: list[Float64s] = []
        for key, place, text, colour in named:
            label = self.names[key]
            # Two marks on one spot have one name: where both touch is what the picture is about.
            if all(float(np.abs(one - place).max()) > apart for one in others):
                label.set_text(text, colour)
                room.put_beside(label, place, is_needed=key == "touch")
                others += [place] if np.isfinite(place).all() else []
            else:
                label.put(None)
        ball = look.penalty if len(picture.ball) else None
        labels = iter(self.levels)
        for number, contour in enumerate(look.contours):
            if number % LABELLED_EVERY == 0 and number:
                label = next(labels)
                label.set_text(number_text(contour.level), _contour_colour(is_sum))
                room.put_by_line(label, contour.line, ball, picture.share)
        for label in labels:
            label.put(None)

    def _shapes(self, look: PlaneLook) -> list[Float64s]:
        """The edges that words keep off: contours, the ball and the cone."""
        closed = [np.concatenate([one, one[:1]]) for one in (self._ball, self._cone) if len(one)]
        return [*(one.line for one in look.contours), *closed, np.column_stack(self.through.getData())]

    def place_in(self, scene_place: QPointF) -> tuple[float, float] | None:
        """The two weights at a place of the scene; None outside the plot."""
        if not self.plot.isVisible() or not self.plot.vb.sceneBoundingRect().contains(scene_place):
            return None
        place = self.plot.vb.mapSceneToView(scene_place)
        return place.x(), place.y()


def _contour_colour(is_sum: bool) -> str:
    """Of the sum no part is the training loss alone."""
    return theme.colours().text if is_sum else theme.colours().training


def _place(item: Any, point: Float64s) -> None:
    x, y = item.getData()
    if len(x) == 1 and x[0] == point[0] and y[0] == point[1]:
        return
    if np.isfinite(point).all():
        item.setData(point[:1], point[1:])
    else:
        item.setData([], [])
