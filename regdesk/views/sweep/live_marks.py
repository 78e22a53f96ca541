"""What the running model draws beside a sweep: its losses at each λ visited, and its λ as a line to be dragged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from regdesk.core.words.number_text import number_text
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels, best_place, is_free
from regdesk.views.plots.role_marks import TRAINING_SYMBOL, VALIDATION_SYMBOL
from regdesk.views.plots.rulers import Ruler, is_memory
from regdesk.views.plots.steady_items import SteadyPoints, named

if TYPE_CHECKING:
    from regdesk.core.run.live_trail import TrailColumns
    from regdesk.core.types import Float64s
    from regdesk.views.sweep.axes import LambdaRange, LossRange

POINT_PX, DIAMOND_PX = 10, 13
STILL_PX = 0.05
CLEAR_PX = 16.0
"""From all else, the usual place of the λ in force is taken again: what moves to and fro there moves no words."""
N_REMEMBERED = 7
EDGE_DECADES = 0.1
"""Beyond the highest λ of the axis, and before its end: there stands the line of one that is higher still."""
LINE_PX = 2.0
"""Between the line and its label, whose ground would interrupt it."""
LABEL_SHARE = 0.42
"""Of the height: below the words of the flags, above curves where they are low."""


class LiveMarks:
    """Open circles of training and open diamonds of validation loss, larger than the points of a sweep's curves."""

    def __init__(self, plot: Any) -> None:
        self.train = named(SteadyPoints(symbol=TRAINING_SYMBOL, size=POINT_PX, brush=None), "liveTrainingLoss")
        self.validation = named(
            SteadyPoints(symbol=VALIDATION_SYMBOL, size=DIAMOND_PX, brush=None), "liveValidationLoss"
        )
        for item in (self.train, self.validation):
            item.setZValue(10)
            plot.addItem(item, ignoreBounds=True)
        self._asked: Float64s | None = None
        self._shown: Float64s | None = None

    def apply_theme(self) -> None:
        colours = theme.colours()
        self.train.setPen(pg.mkPen(colours.training, width=1))
        self.validation.setPen(pg.mkPen(colours.validation, width=1))

    def clear(self) -> None:
        self._asked = self._shown = None
        self.train.setData([], [])
        self.validation.setData([], [])

    def show(self, trail: TrailColumns, lambdas: LambdaRange, pixel: float) -> bool:
        """``pixel`` is the loss that one pixel is worth: what would not move is not painted. Whether anything has.

        The same moment once more, as of a model that rests, is painted as it is: a picture of it does not depend on
        the moments before.
        """
        positions = lambdas.positions(trail.lambdas)
        picture = np.array([positions, trail.train_loss, trail.validation_loss])
        before, self._asked, shown = self._asked, picture, self._shown
        rests = before is not None and np.array_equal(before, picture, equal_nan=True)
        if shown is not None and np.array_equal(shown, picture, equal_nan=True):
            return False
        if (
            not rests
            and shown is not None
            and shown.shape == picture.shape
            and np.array_equal(shown[0], positions)
            and np.allclose(shown[1:], picture[1:], rtol=0.0, atol=STILL_PX * pixel, equal_nan=True)
        ):
            return False
        self._shown = picture
        for item, losses in ((self.train, trail.train_loss), (self.validation, trail.validation_loss)):
            has_rows = np.isfinite(losses)
            item.setData(positions[has_rows], losses[has_rows])
        return True

    def points(self, pixels: PlotPixels) -> Float64s:
        """``(n_points, 2)`` pixels that words keep off: the middle of every mark, and its corners."""
        if self._shown is None:
            return NO_POINTS
        positions, *both = self._shown
        middles = np.concatenate([pixels.marks(positions, losses) for losses in both])
        corners = 0.5 * DIAMOND_PX * np.array([(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)])
        return np.concatenate([middles + corner for corner in corners])


class LambdaLine(Ruler):
    """The λ in force; ``line`` is dragged by the user, and follows λ otherwise.

    Where its label stands depends on where it has stood, and is remembered.
    """

    def __init__(self, plot: Any) -> None:
        self.line = named(pg.InfiniteLine(angle=90, movable=True), "lambdaLine")
        self.label = named(pg.TextItem(""), "lambdaLabel")
        for item in (self.line, self.label):
            item.setZValue(20)
            plot.addItem(item, ignoreBounds=True)
        self.lam = 0.0
        self.box: QRectF | None = None
        self._has_room = True
        self._area = QRectF()
        # λ, the size of the plot, and where the label stood in it, of a picture that is brought back.
        self._brought: tuple[float, float, float, QRectF] | None = None

    def memory(self) -> list[float]:
        box, area = self.box, self._area
        if box is None:
            return []
        return [self.lam, area.width(), area.height(), box.left(), box.top(), box.width(), box.height()]

    def bring_back(self, memory: Any) -> None:
        if is_memory(memory, N_REMEMBERED):
            lam, width_px, height_px, *box = memory
            self._brought, self.box = (lam, width_px, height_px, QRectF(*box)), None

    def apply_theme(self) -> None:
        colours = theme.colours()
        self.line.setPen(pg.mkPen(colours.lam, width=2))
        self.line.setHoverPen(pg.mkPen(colours.lam, width=4))
        self.label.setColor(QColor(colours.lam))
        self.label.fill = pg.mkBrush(blended(colours.background, 1.0))

    def show(self, lam: float, lambdas: LambdaRange, losses: LossRange) -> None:
        """Stand at ``lam``; a line in the user's hand stays there."""
        self.lam = lam
        # One that the axis does not reach stands at its edge.
        position = lambdas.position(lam)
        shown = min(max(position, lambdas.lowest), lambdas.highest + EDGE_DECADES) if lam > 0 else position
        bounds = lambdas.off, lambdas.ends[1]
        if self.line.bounds() != bounds:
            # It would move the line once more.
            self.line.setBounds(bounds)
        if not self.line.moving:
            self.line.setPos(shown)
        text = "λ off" if lam == 0 else f"λ {number_text(lam)}"
        self.label.setText(text if shown == position else f"{text} →" if shown < position else f"← {text}")
        # Its place is found when all else has one; until then it stays beside the line.
        self.box = None
        self.label.setPos(shown, losses.height(LABEL_SHARE))

    def place_label(
        self, pixels: PlotPixels, taken: Sequence[QRectF], points: Float64s, flags_px: Sequence[float] = ()
    ) -> None:
        """Beside the line, off ``points`` ``(n, 2)`` and ``taken``, all in pixels; where it stands if that is free.

        It interrupts as few of the flags' lines, which stand at ``flags_px``, as can be.
        """
        size = self.label.boundingRect()
        width, height = size.width(), size.height()
        x_px, area = float(pixels.x_px(self.line.value())), pixels.area
        right, left = x_px + LINE_PX, x_px - LINE_PX - width
        sides = (right, left) if x_px <= 0.5 * area.width() else (left, right)
        first = (1.0 - LABEL_SHARE) * area.height()
        # Below the words of the flags first, then further down, then up there.
        lower = np.arange(first + 0.5 * height, area.height() - height, 0.5 * height)
        tops = [first, *lower, *np.arange(first, 0.0, -0.5 * height)]
        spots = [QRectF(side, float(top), width, height) for top in tops for side in sides]
        spots.sort(key=lambda spot: sum(spot.left() < flag < spot.right() for flag in flags_px))
        # In a plot of another size a place in pixels is another place.
        kept, self._area = self.box if area == self._area else None, area
        if kept is None and self._brought is not None:
            *picture, brought = self._brought
            kept = brought if picture == [self.lam, area.width(), area.height()] else None
        if kept is not None and (min(abs(kept.left() - side) for side in sides) > 0.5 or kept.size() != size.size()):
            kept = None
        if area.contains(spots[0]) and is_free(spots[0], taken, points, CLEAR_PX):
            kept = spots[0]
        place = best_place(spots, area, taken, points, kept) or spots[0]
        # The edit has the number as well: words on a curve would say it twice and hide what is shown once.
        self._has_room = area.contains(place) and is_free(place, taken, points, 0.0)
        self.label.setVisible(self._has_room and self.line.isVisible())
        self.box = place
        spot = QPointF(*pixels.place(place.left(), place.top()))
        # In units of the axes it moves with their ranges, also where its pixels stay.
        if spot != self.label.pos():
            self.label.setPos(spot)

    def set_visible(self, is_visible: bool) -> None:
        self.line.setVisible(is_visible)
        self.label.setVisible(is_visible and self._has_room)
        if is_visible:
            self.label.updateTransform(force=True)
