"""Two classes: the ROC of the validation rows, thin and dashed that of the training rows, and threshold 0.5 on it."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt

from regdesk.core.model.ranking import thinned
from regdesk.core.words.number_text import fixed_text
from regdesk.views.fit.axes import show_html
from regdesk.views.kit import theme
from regdesk.views.kit.blends import coloured, faint
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels, n_covered
from regdesk.views.plots.steady_items import SteadyCurve, SteadyPoints, named

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitFrame
    from regdesk.core.types import Float64s

MAX_POINTS = 2_000
LABEL_GAP_PX = 5.0
"""Between the point and its label."""
LABEL_OPACITY = 170


class RocPicture:
    """Items of the ROC; made once."""

    def __init__(self, plot: Any) -> None:
        self.curve = named(SteadyCurve(), "validationRoc")
        self.train = named(SteadyCurve(), "trainingRoc")
        self.point = named(SteadyPoints(symbol="o", size=11), "rocThreshold")
        self.point_label = named(pg.TextItem(anchor=(0.0, 0.0)), "rocThresholdLabel")
        self.figures = named(pg.TextItem(anchor=(1.0, 1.0)), "rocFigures")
        self._figures_html = ""
        self._corner = "below"
        self._has_point = False
        self._written: tuple[str, bool] | None = None
        self._box = plot.getViewBox()
        self._box.sigResized.connect(self._on_view_resized)
        self._items = (self.train, self.curve, self.point, self.point_label, self.figures)
        for height, item in enumerate(self._items):
            item.setZValue(height)
            item.setVisible(False)
            plot.addItem(item, ignoreBounds=True)

    def hide(self) -> None:
        for curve in (self.curve, self.train):
            curve.setData([], [])
        for item in self._items:
            item.setVisible(False)
        self._has_point = False
        self._figures_html = ""

    def show_scene(self) -> None:
        colours = theme.colours()
        self.curve.setPen(pg.mkPen(colours.validation, width=2))
        self.train.setPen(pg.mkPen(colours.training, width=1, style=Qt.PenStyle.DashLine))
        self.point.setPen(pg.mkPen(colours.text, width=2))
        self.point.setBrush(pg.mkBrush(colours.background))
        self.point_label.setColor(colours.text)
        # Where it is narrow a curve runs beneath it.
        self.point_label.fill = pg.mkBrush(faint(colours.background, LABEL_OPACITY))
        self.point_label.setPlainText("threshold 0.5")
        self._figures_html = ""

    def show_frame(self, fit: FitFrame, shows_training: bool, shows_validation: bool) -> None:
        two = fit.scores_of_two
        assert two is not None
        for curve, ranking, is_shown in (
            (self.curve, two.validation, shows_validation),
            (self.train, two.train, shows_training or two.is_of_training),
        ):
            curve.setData(*thinned(ranking, MAX_POINTS))
            curve.setVisible(is_shown)
        false_positive, true_positive = two.even_odds
        has_point = math.isfinite(false_positive) and math.isfinite(true_positive)
        if has_point:
            self.point.setData([false_positive], [true_positive])
        self.point.setVisible(has_point)
        self._has_point = has_point

    def show_words(self, fit: FitFrame) -> None:
        """The areas, and the name of the point; beside the curves that are drawn."""
        html = figures_html(fit)
        if html != self._figures_html:
            # As large as it will be, wherever that is.
            self._figures_html, self._written = html, None
            show_html(self.figures, html)
        self._make_room()
        self._place_label()

    def _make_room(self) -> None:
        """Where they would not stay below the diagonal the figures are in the readout alone."""
        pixels, size = PlotPixels(self._box), self.figures.boundingRect()
        # Of the unit square: the axes go a little beyond it, and the diagonal does not.
        across_px, up_px = float(pixels.x_px(1.0) - pixels.x_px(0.0)), float(pixels.y_px(0.0) - pixels.y_px(1.0))
        has_room = size.width() / max(across_px, 1.0) + size.height() / max(up_px, 1.0) < 1.0
        self.figures.setVisible(bool(self._figures_html) and has_room)
        # Where the model ranks the wrong way round the curves are below the diagonal, and above it there is room.
        points = self._points()
        places = {corner: self._figures_at(corner) for corner in (self._corner, "below", "above")}
        free = (corner for corner, box in places.items() if not n_covered(box, points))
        self._corner = next(free, min(places, key=lambda corner: n_covered(places[corner], points)))
        is_below = self._corner == "below"
        if self._figures_html and (self._figures_html, is_below) != self._written:
            self._written = self._figures_html, is_below
            side = "right" if is_below else "left"
            show_html(self.figures, f'<div align="{side}">{self._figures_html}</div>')
        self.figures.setAnchor((1.0, 1.0) if is_below else (0.0, 0.0))
        self.figures.setPos(*((1.0, 0.0) if is_below else (0.0, 1.0)))

    def _figures_at(self, corner: str) -> QRectF:
        """Right below or left above the diagonal, in pixels of the plot."""
        pixels, box = PlotPixels(self._box), QRectF(self.figures.boundingRect())
        if corner == "below":
            box.moveBottomRight(QPointF(float(pixels.x_px(1.0)), float(pixels.y_px(0.0))))
        else:
            box.moveTopLeft(QPointF(float(pixels.x_px(0.0)), float(pixels.y_px(1.0))))
        return box

    def _points(self) -> Float64s:
        """``(n_points, 2)`` pixels along the curves that can be seen."""
        pixels = PlotPixels(self._box)
        curves = [curve.getData() for curve in (self.curve, self.train) if curve.isVisible()]
        return np.concatenate([NO_POINTS, *(pixels.line(x, y) for x, y in curves if x is not None and len(x))])

    def _place_label(self) -> None:
        """Beside the point, where the label is neither cut off nor on the figures."""
        x, y = self.point.getData()
        if not len(x):
            return
        pixels = PlotPixels(self._box)
        point = QPointF(float(pixels.x_px(x[0])), float(pixels.y_px(y[0])))
        figures = self._figures_at(self._corner) if self.figures.isVisible() else QRectF()
        chance = pixels.line(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
        points = np.concatenate([self._points(), chance])
        place = label_place(point, self.point_label.boundingRect(), pixels.area, figures, points)
        self.point_label.setPos(*pixels.place(place.x(), place.y()))
        # In a narrow plot every place is on a curve: the ring stands without words, which the pointer brings up.
        box = QRectF(place, self.point_label.boundingRect().size())
        has_room = pixels.area.contains(box) and n_covered(box, points, 0.0) == 0
        self.point_label.setVisible(self._has_point and has_room)

    def _on_view_resized(self) -> None:
        self._make_room()
        self._place_label()


def label_place(point: QPointF, label: QRectF, room: QRectF, taken: QRectF, points: Float64s = NO_POINTS) -> QPointF:
    """The top left corner of a label beside ``point``, within ``room`` and not on ``taken``; all in pixels.

    Of the places that are left, the nearest of those that cover the fewest of ``points`` ``(n, 2)``.
    """
    width, height = label.width(), label.height()
    within = max(0.0, min(point.x() - 0.5 * width, room.right() - width))
    across = (point.x() + LABEL_GAP_PX, point.x() - LABEL_GAP_PX - width, within)
    first = point.y() + LABEL_GAP_PX, point.y() - LABEL_GAP_PX - height
    # Further away where both curves pass beside the point.
    rows = [
        row + sign * step * height for step in (0.0, 1.0, 2.0, 4.0) for row, sign in zip(first, (1, -1), strict=True)
    ]
    places = [QRectF(left, top, width, height) for top in rows for left in across]
    inside = [place for place in places if room.contains(place)]
    free = [place for place in inside if not place.intersects(taken)]
    return min(free or inside or places, key=lambda place: n_covered(place, points, 1.0)).topLeft()


def figures_html(fit: FitFrame) -> str:
    """The areas of both curves, each in its colour."""
    two, colours = fit.scores_of_two, theme.colours()
    assert two is not None
    lines = []
    if not two.is_of_training:
        lines.append(coloured(escape(f"validation AUROC {fixed_text(two.validation.auroc)}"), colours.validation))
        precision = f"average precision {fixed_text(two.validation.average_precision)}"
        lines.append(coloured(escape(precision), colours.validation))
    lines.append(coloured(escape(f"training AUROC {fixed_text(two.train.auroc)}"), colours.training))
    return "<br>".join(lines)
