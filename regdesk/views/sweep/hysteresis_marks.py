"""What the up-and-down demonstration draws over log₁₀ λ: the losses on the way up and on the way down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels, best_place
from regdesk.views.plots.mark_pictures import add_marked_curve
from regdesk.views.plots.steady_items import named

if TYPE_CHECKING:
    from regdesk.core.run.hysteresis_tour import Branch, HysteresisCurves
    from regdesk.core.types import Float64s
    from regdesk.views.sweep.axes import LambdaRange, LossRange

SIZES_PX = (5, 6)
"""Of the triangles of training and validation loss."""
OFF_SCALES = 4.0, 3.0
"""Losses beyond so many times the largest training loss, and the usual validation loss, do not widen the axis."""
LABEL_GAP_PX = 5.0


PALE_SHARE = 0.3
"""Of its colour: a station where the model was still moving. What is hollow is live, and no station."""


class UpDownMarks:
    """Triangles that point to where λ goes: on a solid line up, on a dashed one down; pale where not settled."""

    def __init__(self, plot: Any) -> None:
        self._plot = plot
        self._value: HysteresisCurves | None = None
        self._place: tuple[float, ...] = ()
        self._points = []
        for symbol, way in (("t2", "up"), ("t3", "down")):
            losses = zip(SIZES_PX, ("TrainingLoss", "ValidationLoss"), strict=True)
            items = [named(add_marked_curve(plot, symbol, size), f"{way}{name}") for size, name in losses]
            label = named(pg.TextItem("", anchor=(0.0, 0.0)), f"{way}Label")
            plot.addItem(label, ignoreBounds=True)
            for item in (*items, label):
                item.setZValue(8)
            self._points.append((items, label))
        self.clear()

    @property
    def value(self) -> HysteresisCurves | None:
        return self._value

    @property
    def ends(self) -> tuple[float, ...]:
        """The lowest and the highest λ of what is drawn; empty for nothing."""
        return () if self._value is None else tuple(self._value.ends)

    def clear(self) -> None:
        self._value = None
        for items, label in self._points:
            for item in items:
                item.setData([], [])
            label.hide()

    def highest(self, value: HysteresisCurves) -> float:
        """The largest loss that the axis has to hold; 0 without a station."""
        train = np.concatenate([value.up.train_loss, value.down.train_loss])
        ways = [way.validation_loss for way in (value.up, value.down)]
        losses = np.concatenate([train, *ways])
        usual = max((float(np.median(way)) for way in ways if len(way) and np.isfinite(way).all()), default=0.0)
        limit = max(OFF_SCALES[0] * float(train.max(initial=0.0)), OFF_SCALES[1] * usual)
        return float(losses[losses <= limit].max(initial=0.0))

    @property
    def highest_shown(self) -> float:
        """Of what is drawn; 0 for nothing."""
        return 0.0 if self._value is None else self.highest(self._value)

    def show(self, value: HysteresisCurves, lambdas: LambdaRange, losses: LossRange) -> None:
        """Draw ``value``, if it or the axes are other than those that are drawn."""
        place = (*lambdas.ends, losses.bottom, losses.top)
        if value is self._value and place == self._place:
            return
        self._value, self._place = value, place
        self.apply_theme(lambdas, losses)

    def apply_theme(self, lambdas: LambdaRange, losses: LossRange) -> None:
        """Draw what there is in the colours in force."""
        value = self._value
        if value is None:
            return
        styles = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)
        for (items, label), way, text, style in zip(
            self._points, (value.up, value.down), ("up ▶", "◀ down"), styles, strict=True
        ):
            # The way down begins with the last station of that up: alone it says nothing.
            n_least = 1 if way is value.up else 2
            label.setVisible(len(way) >= n_least)
            if len(way) < n_least:
                for item in items:
                    item.setData([], [])
                continue
            self._draw(items, way, lambdas.positions(way.lambdas), style)
            self._name(label, text, value, way, lambdas, losses)

    def _draw(self, items: list[Any], way: Branch, positions: Float64s, style: Qt.PenStyle) -> None:
        colours = theme.colours()
        for item, one, colour, width in zip(
            items, (way.train_loss, way.validation_loss), (colours.training, colours.validation), (1, 2), strict=True
        ):
            item.setData(
                positions,
                one,
                pen=pg.mkPen(colour, width=width, style=style),
                symbolPen=pg.mkPen(colour, width=1),
                symbolBrush=[
                    pg.mkBrush(QColor(colour) if settled else blended(colour, PALE_SHARE)) for settled in way.is_settled
                ],
            )

    def points(self, pixels: PlotPixels, lambdas: LambdaRange) -> Float64s:
        """``(n_points, 2)`` pixels along all four lines, which words keep off."""
        value = self._value
        if value is None:
            return NO_POINTS
        ways = [(way, lambdas.positions(way.lambdas)) for way in (value.up, value.down)]
        lines = [pixels.line(at, one) for way, at in ways for one in (way.train_loss, way.validation_loss)]
        return np.concatenate([line for line in lines if len(line)] or [NO_POINTS])

    def boxes(self, pixels: PlotPixels) -> list[QRectF]:
        """Of the words, in pixels of the plot."""
        labels = [label for _, label in self._points if label.isVisible()]
        return [_box_of(label, pixels) for label in labels]

    def _name(
        self, label: Any, text: str, value: HysteresisCurves, way: Branch, lambdas: LambdaRange, losses: LossRange
    ) -> None:
        """Beside the newest station, off the lines: above it first, and ahead of the curve."""
        has_rows = bool(np.isfinite(way.validation_loss[-1]))
        loss = float((way.validation_loss if has_rows else way.train_loss)[-1])
        colours = theme.colours()
        label.setText(text, QColor(colours.validation if has_rows else colours.training))
        is_up = way is value.up
        is_over = value.is_done or (is_up and value.direction == "down")
        pixels = PlotPixels(self._plot.vb)
        size = label.boundingRect()
        width, height = size.width(), size.height()
        x_px = float(pixels.x_px(lambdas.position(float(way.lambdas[-1]))))
        y_px = float(pixels.y_px(min(loss, losses.top)))
        # Ahead of the curve, or behind while λ stands there.
        sides = [x_px + LABEL_GAP_PX, x_px - LABEL_GAP_PX - width]
        if is_over != is_up:
            sides.reverse()
        shifts = [-1.0, 0.0, -1.6, 0.6, -2.4, 1.4]
        spots = [QRectF(left, y_px + shift * height, width, height) for shift in shifts for left in sides]
        others = [_box_of(other, pixels) for _, other in self._points if other is not label and other.isVisible()]
        place = best_place(spots, pixels.area, others, self.points(pixels, lambdas))
        label.setVisible(place is not None)
        if place is not None:
            label.setPos(*pixels.place(place.left(), place.top()))
            label.updateTransform(force=True)


def _box_of(label: Any, pixels: PlotPixels) -> QRectF:
    size, at = label.boundingRect(), label.pos()
    return QRectF(float(pixels.x_px(at.x())), float(pixels.y_px(at.y())), size.width(), size.height())
