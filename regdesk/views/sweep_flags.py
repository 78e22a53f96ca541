"""The flags of the λ that rules choose: λ_best, λ_1se, AIC and BIC, with words that keep out of each other's way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from regdesk.core.narration import number_text
from regdesk.views import theme
from regdesk.views.blends import blended
from regdesk.views.live_marks import LABEL_SHARE
from regdesk.views.sweep_words import point_cost_text

if TYPE_CHECKING:
    from regdesk.core.sweep_curve import SweepCurve
    from regdesk.core.types import Float64s
    from regdesk.views.sweep_axes import LambdaRange, LossRange

EDGE_PX = 1.0
CURVE_PX = 4.0
"""Kept between words and the points of a curve."""


class _Flag:
    """A dashed line at a λ, and words beside its upper part."""

    def __init__(self, plot: Any) -> None:
        self.line = pg.InfiniteLine(angle=90, movable=False)
        self.label = pg.TextItem("", anchor=(0.0, 0.0))
        for item in (self.line, self.label):
            plot.addItem(item, ignoreBounds=True)
        self.hide()

    def hide(self) -> None:
        self.line.hide()
        self.label.hide()


class SweepFlags:
    """One for each rule; where two choose the same λ, the first of them carries both names."""

    def __init__(self, plot: Any) -> None:
        self._box = plot.vb
        self.best, self.one_standard_error, self.aic, self.bic = (_Flag(plot) for _ in range(4))
        # Measures words that nobody sees.
        self._ruler = pg.TextItem("")
        self._sizes: dict[str, tuple[float, float]] = {}

    def hide(self) -> None:
        for flag in (self.best, self.one_standard_error, self.aic, self.bic):
            flag.hide()

    def show(self, curve: SweepCurve, lambdas: LambdaRange, losses: LossRange, is_old: bool) -> None:
        """With as many words as have room: a name, its λ and what it costs; a name and its λ; or the name alone."""
        colours = theme.colours()
        colour = QColor(colours.disabled_text if is_old else colours.text)
        self.hide()
        owners = {
            curve.lowest_bic: self.bic,
            curve.lowest_aic: self.aic,
            curve.one_standard_error: self.one_standard_error,
            curve.best: self.best,
        }
        shown = [(owners[number], number, name) for number, name in curve.chosen]
        area = self._box.rect()
        (low, high), (bottom, top) = lambdas.ends, (losses.bottom, losses.top)
        across, up = area.width() / (high - low), area.height() / (top - bottom)
        places = lambdas.positions(curve.lambdas)
        lines_px = [float(across * (places[number] - low)) for _, number, _ in shown]
        points = _points_px(curve, across * (places - low), losses.top, up)
        texts, boxes = self._fit(curve, shown, lines_px, points, QRectF(0.0, 0.0, area.width(), area.height()))
        for (flag, number, _), text, box in zip(shown, texts, boxes, strict=True):
            flag.line.setPen(pg.mkPen(colour, width=1, style=Qt.PenStyle.DashLine))
            flag.line.setPos(float(places[number]))
            flag.line.show()
            if box is None:
                continue
            flag.label.fill = pg.mkBrush(blended(colours.background, 1.0))
            flag.label.setText(text, colour)
            flag.label.setPos(low + box.left() / across, top - box.top() / up)
            flag.label.show()
            # While it was hidden it did not follow the axes.
            flag.label.updateTransform(force=True)

    def _fit(
        self,
        curve: SweepCurve,
        shown: list[tuple[_Flag, int, str]],
        lines_px: list[float],
        points: Float64s,
        area: QRectF,
    ) -> tuple[list[str], list[QRectF | None]]:
        """The fullest words that have room, and where; None for those that have none."""
        lams = [f"{name} {number_text(curve.lambdas[number])}" for _, number, name in shown]
        costs = [f"{lam}:\n{point_cost_text(curve, number)}" for lam, (_, number, _) in zip(lams, shown, strict=True)]
        names = [name for _, _, name in shown]
        # λ_best and λ_1se are what most people look for: AIC and BIC give way to them.
        mixed = [full if "λ" in name else lam for full, lam, name in zip(costs, lams, names, strict=True)]
        area.setHeight(area.height() * (1.0 - LABEL_SHARE))
        for texts in (costs, mixed, lams, names):
            boxes = self._placed(texts, lines_px, points, area)
            if None not in boxes:
                return texts, boxes
        # Better over a curve than not at all.
        return names, self._placed(names, lines_px, np.empty((0, 2)), area)

    def _placed(self, texts: list[str], lines_px: list[float], points: Float64s, area: QRectF) -> list[QRectF | None]:
        """In pixels from the upper left corner: beside its line, as high as there is room, clear of ``points``."""
        taken: list[QRectF] = []
        boxes: list[QRectF | None] = []
        for text, line_px in zip(texts, lines_px, strict=True):
            width, height = self._size_of(text)
            # Down in steps of its own height, and right below what is there already.
            tops = sorted({EDGE_PX, *(other.bottom() + EDGE_PX for other in taken)})
            places = [
                QRectF(left, top, width, height)
                for top in tops
                for left in (line_px - width - EDGE_PX, line_px + EDGE_PX)
            ]
            box = next((one for one in places if area.contains(one) and _is_free(one, taken, points)), None)
            boxes.append(box)
            if box is not None:
                taken.append(box)
        return boxes

    def _size_of(self, text: str) -> tuple[float, float]:
        size = self._sizes.get(text)
        if size is None:
            if len(self._sizes) > 500:
                self._sizes.clear()
            self._ruler.setText(text)
            bounds = self._ruler.boundingRect()
            size = self._sizes[text] = bounds.width(), bounds.height()
        return size


def _points_px(curve: SweepCurve, across_px: Float64s, top: float, up: float) -> Float64s:
    """Of both curves, ``(2 n_done, 2)`` from the upper left corner."""
    losses = np.concatenate([curve.train_loss, curve.validation_loss])
    return np.column_stack([np.tile(across_px, 2), up * (top - losses)])


def _is_free(box: QRectF, taken: list[QRectF], points: Float64s) -> bool:
    if any(box.intersects(other) for other in taken):
        return False
    across, down = points[:, 0], points[:, 1]
    is_over = (
        (across > box.left() - CURVE_PX)
        & (across < box.right() + CURVE_PX)
        & (down > box.top() - CURVE_PX)
        & (down < box.bottom() + CURVE_PX)
    )
    return not is_over.any()
