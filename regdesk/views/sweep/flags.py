"""The flags of the λ that rules choose: λ_best, λ_1se, AIC and BIC, with words that keep out of each other's way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from regdesk.core.words.number_text import number_text
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels, is_free
from regdesk.views.plots.steady_items import named
from regdesk.views.sweep.live_marks import LABEL_SHARE
from regdesk.views.sweep.words import point_cost_text

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.types import Float64s
    from regdesk.views.sweep.axes import LambdaRange, LossRange

EDGE_PX = 1.0
NAMES = "bestLambda", "oneStandardErrorLambda", "aic", "bic"


class _Flag:
    """A dashed line at a λ, and words beside its upper part."""

    def __init__(self, plot: Any, name: str) -> None:
        self.line = named(pg.InfiniteLine(angle=90, movable=False), f"{name}Flag")
        self.label = named(pg.TextItem("", anchor=(0.0, 0.0)), f"{name}FlagLabel")
        for item in (self.line, self.label):
            plot.addItem(item, ignoreBounds=True)
        # Above the λ that is dragged, which would strike words out.
        self.label.setZValue(25)
        self.hide()

    def hide(self) -> None:
        self.line.hide()
        self.label.hide()


class SweepFlags:
    """One for each rule; where two choose the same λ, the first of them carries both names."""

    def __init__(self, plot: Any) -> None:
        self._box = plot.vb
        self.best, self.one_standard_error, self.aic, self.bic = (_Flag(plot, name) for name in NAMES)
        # Measures words that nobody sees.
        self._ruler = pg.TextItem("")
        self._sizes: dict[str, tuple[float, float]] = {}
        self.boxes: tuple[QRectF, ...] = ()
        self.lines_px: tuple[float, ...] = ()

    def hide(self) -> None:
        self.boxes = self.lines_px = ()
        for flag in (self.best, self.one_standard_error, self.aic, self.bic):
            flag.hide()

    def show(
        self,
        curve: SweepCurve,
        lambdas: LambdaRange,
        losses: LossRange,
        is_stale: bool,
        points: Float64s = NO_POINTS,
        taken: Sequence[QRectF] = (),
    ) -> None:
        """With as many words as have room: a name, its λ and what it costs; a name and its λ; or the name alone.

        They keep off the curves, ``points`` ``(n, 2)`` in pixels, and the words that are in ``taken``. ``boxes`` are
        theirs then, and ``lines_px`` where the flags' lines stand across.
        """
        colours = theme.colours()
        colour = QColor(colours.disabled_text if is_stale else colours.text)
        self.hide()
        owners = {
            curve.lowest_bic: self.bic,
            curve.lowest_aic: self.aic,
            curve.one_standard_error: self.one_standard_error,
            curve.best: self.best,
        }
        pixels = PlotPixels(self._box)
        places = lambdas.positions(curve.lambdas)
        # What a hand has moved out of sight has no words there, and takes none from those that are seen.
        shown = [
            (owners[number], number, name)
            for number, name in curve.chosen
            if pixels.low <= places[number] <= pixels.high
        ]
        lines_px = [float(pixels.x_px(places[number])) for _, number, _ in shown]
        points = np.concatenate([points, curve_points(curve, places, pixels)])
        placed = self._fit(curve, shown, lines_px, points, list(taken), QRectF(pixels.area))
        self.lines_px = tuple(lines_px)
        self.boxes = tuple(box for _, box in placed if box is not None)
        for (flag, number, _), (text, box) in zip(shown, placed, strict=True):
            flag.line.setPen(pg.mkPen(colour, width=1, style=Qt.PenStyle.DashLine))
            flag.line.setPos(float(places[number]))
            flag.line.show()
            if box is None:
                continue
            flag.label.fill = pg.mkBrush(blended(colours.background, 1.0))
            flag.label.setText(text, colour)
            flag.label.setPos(*pixels.place(box.left(), box.top()))
            flag.label.show()
            # While it was hidden it did not follow the axes.
            flag.label.updateTransform(force=True)

    def _fit(
        self,
        curve: SweepCurve,
        shown: list[tuple[_Flag, int, str]],
        lines_px: list[float],
        points: Float64s,
        taken: list[QRectF],
        area: QRectF,
    ) -> list[tuple[str, QRectF | None]]:
        """The fullest words that have room, and where; None for those that have none."""
        lams = [f"{name} {number_text(curve.lambdas[number])}" for _, number, name in shown]
        costs = [point_cost_text(curve, number) for _, number, _ in shown]
        full = [
            tuple(f"{lam}:\n{way}" for way in (cost, cost.replace(", ", ",\n")))
            for lam, cost in zip(lams, costs, strict=True)
        ]
        names = [name for _, _, name in shown]
        # λ_best and λ_1se are what most people look for: AIC and BIC give way to them.
        mixed = [both if "λ" in name else (lam,) for both, lam, name in zip(full, lams, names, strict=True)]
        area.setHeight(area.height() * (1.0 - LABEL_SHARE))
        for texts in (full, mixed, [*zip(lams, names, strict=True)], [(name,) for name in names]):
            placed = self._placed(texts, lines_px, points, taken, area)
            if all(box is not None for _, box in placed):
                return placed
        # Those that have no room: their lines stand without a word, and the readout says which they are.
        return placed

    def _placed(
        self,
        texts: Sequence[tuple[str, ...]],
        lines_px: list[float],
        points: Float64s,
        others_taken: list[QRectF],
        area: QRectF,
    ) -> list[tuple[str, QRectF | None]]:
        """One of each flag's ``texts`` and where it stands, in pixels from the upper left corner of ``area``.

        Beside its line and clear of ``points``, across as few lines of others as can be, and high up.
        """
        taken = list(others_taken)
        placed: list[tuple[str, QRectF | None]] = []
        for flag, (ways, line_px) in enumerate(zip(texts, lines_px, strict=True)):
            others = [other for number, other in enumerate(lines_px) if number != flag]
            # At the top, and right below what is there already.
            tops = [EDGE_PX, *(other.bottom() + EDGE_PX for other in taken)]
            free = [
                (text, box)
                for text in ways
                for top in tops
                for box in self._beside(text, line_px, top)
                if area.contains(box) and is_free(box, taken, points)
            ]
            best = min(free, key=lambda one: (_n_crossed(one[1], others), one[1].bottom()), default=None)
            placed.append((ways[0], None) if best is None else best)
            if best is not None:
                taken.append(best[1])
        return placed

    def _beside(self, text: str, line_px: float, top: float) -> tuple[QRectF, QRectF]:
        width, height = self._size_of(text)
        return (
            QRectF(line_px - width - EDGE_PX, top, width, height),
            QRectF(line_px + EDGE_PX, top, width, height),
        )

    def _size_of(self, text: str) -> tuple[float, float]:
        font = self.best.label.textItem.font()
        if font != self._ruler.textItem.font():
            # The text has another size: what was measured before says nothing.
            self._ruler.setFont(font)
            self._sizes.clear()
        size = self._sizes.get(text)
        if size is None:
            if len(self._sizes) > 500:
                self._sizes.clear()
            self._ruler.setText(text)
            bounds = self._ruler.boundingRect()
            size = self._sizes[text] = bounds.width(), bounds.height()
        return size


def curve_points(curve: SweepCurve, places: Float64s, pixels: PlotPixels) -> Float64s:
    """``(n_points, 2)`` pixels along both curves and the edges of the band; its λ stand at ``places`` ``(n_done,)``."""
    error = np.nan_to_num(curve.validation_se)
    lines = (curve.train_loss, curve.validation_loss, curve.validation_loss + error, curve.validation_loss - error)
    return np.concatenate([pixels.line(places, losses) for losses in lines])


def _n_crossed(box: QRectF, lines_px: list[float]) -> int:
    return sum(box.left() < line < box.right() for line in lines_px)
