"""What the up-and-down demonstration draws over log₁₀ λ: the losses on the way up and on the way down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from regdesk.views import theme

if TYPE_CHECKING:
    from regdesk.core.types import Float64s
    from regdesk.core.up_and_down import UpAndDown, Way
    from regdesk.views.sweep_axes import LambdaRange, LossRange

SIZES_PX = (5, 6)
"""Of the triangles of training and validation loss."""
OFF_SCALES = 4.0, 3.0
"""Losses beyond so many times the largest training loss, and the usual validation loss, do not widen the axis."""

LABEL_DECADES = 0.8
"""From an edge, where a label has no room beyond its curve."""


class UpDownMarks:
    """Triangles that point to where λ goes: on a solid line up, on a dashed one down; hollow where not settled."""

    def __init__(self, plot: Any) -> None:
        self._plot = plot
        self._value: UpAndDown | None = None
        self._place: tuple[float, ...] = ()
        self._ways = []
        for symbol in ("t2", "t3"):
            items = [plot.plot(symbol=symbol, symbolSize=size) for size in SIZES_PX]
            label = pg.TextItem("", anchor=(0.5, 1.1))
            plot.addItem(label, ignoreBounds=True)
            for item in (*items, label):
                item.setZValue(8)
            self._ways.append((items, label))
        self.clear()

    @property
    def value(self) -> UpAndDown | None:
        return self._value

    def clear(self) -> None:
        self._value = None
        for items, label in self._ways:
            for item in items:
                item.setData([], [])
            label.hide()

    def highest(self, value: UpAndDown) -> float:
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

    def show(self, value: UpAndDown, lambdas: LambdaRange, losses: LossRange) -> None:
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
            self._ways, (value.up, value.down), ("up ▶", "◀ down"), styles, strict=True
        ):
            # The way down begins with the last station of that up: alone it says nothing.
            n_least = 1 if way is value.up else 2
            label.setVisible(len(way) >= n_least and not _is_at_turn(value, way))
            if len(way) < n_least:
                for item in items:
                    item.setData([], [])
                continue
            self._draw(items, way, lambdas.positions(way.lambdas), style)
            self._name(label, text, value, way, lambdas, losses)

    def _draw(self, items: list[Any], way: Way, positions: Float64s, style: Qt.PenStyle) -> None:
        colours = theme.colours()
        ground = QColor(colours.background)
        for item, one, colour, width in zip(
            items, (way.train_loss, way.validation_loss), (colours.training, colours.validation), (1, 2), strict=True
        ):
            item.setData(
                positions,
                one,
                pen=pg.mkPen(colour, width=width, style=style),
                symbolPen=pg.mkPen(colour, width=1),
                symbolBrush=[pg.mkBrush(QColor(colour) if settled else ground) for settled in way.is_settled],
            )

    def _name(self, label: Any, text: str, value: UpAndDown, way: Way, lambdas: LambdaRange, losses: LossRange) -> None:
        """Above the newest station, or below it where there is no room."""
        has_rows = bool(np.isfinite(way.validation_loss[-1]))
        loss = float((way.validation_loss if has_rows else way.train_loss)[-1])
        colours = theme.colours()
        label.setText(text, QColor(colours.validation if has_rows else colours.training))
        is_high = loss > losses.height(0.8)
        is_up = way is value.up
        is_over = value.is_done or (is_up and value.direction == "down")
        position, (low, high) = lambdas.position(float(way.lambdas[-1])), lambdas.ends
        # Ahead of the curve, or behind while λ stands there.
        is_left = (is_over != is_up and position > low + LABEL_DECADES) or position > high - LABEL_DECADES
        label.setAnchor((1.05 if is_left else -0.05, -0.35 if is_high else 1.35))
        label.setPos(position, min(loss, losses.top))
        label.updateTransform(force=True)


def _is_at_turn(value: UpAndDown, way: Way) -> bool:
    """Whether λ, coming down, is still so near its turn that both names would be written over each other."""
    if value.is_done or way is value.up or value.direction == "up":
        return False
    return abs(float(np.log10(way.lambdas[-1] / way.lambdas[0]))) < LABEL_DECADES
