"""What stands on the history's curves: the moments of changes, and the best epoch."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor

from regdesk.core.words.number_text import epoch_text, fixed_text
from regdesk.core.words.settings_text import settings_change
from regdesk.views.kit import theme
from regdesk.views.plots.free_place import PlotPixels, is_free
from regdesk.views.plots.role_marks import VALIDATION_SYMBOL
from regdesk.views.plots.rulers import Ruler, is_memory
from regdesk.views.plots.steady_items import SteadyCurve, SteadyPoints, named

if TYPE_CHECKING:
    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.run.history import BestMoment
    from regdesk.core.types import Float64s
    from regdesk.views.history.loss_scale import LossScale

PENALTY_FIELDS = {"lam", "penalty", "l1_ratio"}
MARK_SIZE_PX = 9
SPOT_PX = 8.0
"""Half the side of the square that the diamond of the best epoch takes, and a little more."""
BESIDE_PX = 14.0
"""Up to which distance words are beside their mark; else a dotted line leads there."""
FAR_PX = 40.0
"""How much nearer to its mark a place must be for words that stand well to move there."""
SEARCH_EVERY = 5
"""Drawings after which words that had no room, or stand far away, are given another place, if there is any by then."""
MOST_SIZES = 8
"""Of a plot, for which the place of the words is remembered: a picture's sheet takes it through four."""
PAST_SHARE = 0.95
"""While the best epoch is the present one its words would run along with the curve: they wait until it is past."""


def change_text(change: SettingsChange) -> str:
    """Such as "epoch 1,204: λ 0.01 → 0.1"; of a drag the epochs from start to end."""
    when = epoch_text(change.epoch)
    if change.last_epoch > change.epoch:
        when += f" to {epoch_text(change.last_epoch)}"
    parts = (settings_change(change.before, change.after), change.loaded)
    what = ", ".join(part for part in parts if part) or "settings moved, and came back to where they were"
    return f"epoch {when}: {what}"


class ChangeMarks:
    """A thin line at every change and a mark above it: a triangle for the penalty and λ, a square for the rest."""

    def __init__(self, plot: Any) -> None:
        self._plot = plot
        self.lines = named(SteadyCurve(connect="pairs", antialias=False), "changeLines")
        self.of_penalty = named(SteadyPoints(symbol="t", size=MARK_SIZE_PX, pen=None), "penaltyChanges")
        self.others = named(SteadyPoints(symbol="s", size=MARK_SIZE_PX - 2, pen=None), "otherChanges")
        for item in (self.lines, self.of_penalty, self.others):
            plot.addItem(item)
        self._changes: tuple[SettingsChange, ...] = ()
        self._epochs: list[float] = []
        self._range: tuple[float, float] | None = None

    def apply_theme(self) -> None:
        colours = theme.colours()
        self.lines.setPen(pg.mkPen(colours.lam, width=1, style=Qt.PenStyle.DotLine))
        self.of_penalty.setBrush(colours.lam)
        self.others.setBrush(colours.quiet_text)

    def show(self, changes: tuple[SettingsChange, ...], y_range: tuple[float, float]) -> None:
        if changes is self._changes and y_range == self._range:
            return
        self._changes, self._range = changes, y_range
        self._epochs = [change.epoch for change in changes]
        bottom, top = y_range
        epochs = np.array(self._epochs)
        is_of_penalty = np.array([bool(change.changed_fields & PENALTY_FIELDS) for change in changes], dtype=bool)
        self.lines.setData(np.repeat(epochs, 2), np.tile([bottom, top], len(epochs)))
        height = top - 0.04 * (top - bottom)
        for item, chosen in ((self.of_penalty, is_of_penalty), (self.others, ~is_of_penalty)):
            item.setData(epochs[chosen], np.full(int(chosen.sum()), height))

    def near(self, epoch: float, reach: float) -> SettingsChange | None:
        """The change nearest to ``epoch``, if it is no further than ``reach`` epochs."""
        place = bisect_left(self._epochs, epoch)
        near = [index for index in (place - 1, place) if 0 <= index < len(self._epochs)]
        best = min(near, key=lambda index: abs(self._epochs[index] - epoch), default=None)
        if best is None or abs(self._epochs[best] - epoch) > reach:
            return None
        return self._changes[best]


class BestMark(Ruler):
    """A diamond at the lowest validation loss of the run, and its words, which stay where they stand: a thin line leads
    from them to it, where they are not beside it.
    """

    def __init__(self, plot: Any) -> None:
        self._plot = plot
        self._boxes: dict[tuple[float, float], QRectF] = {}
        self._searched: object = None
        self._n_fruitless = 0
        self._written: tuple[str, str] | None = None
        self.spot = named(SteadyPoints(symbol=VALIDATION_SYMBOL, size=11), "bestEpoch")
        self.label = named(pg.TextItem("", anchor=(0.0, 0.0)), "bestEpochLabel")
        self.leader = named(SteadyCurve(), "bestEpochLeader")
        for item in (self.leader, self.spot, self.label):
            plot.addItem(item, ignoreBounds=True)
        self.label.hide()

    def memory(self) -> list[float]:
        """Of each size of the plot, in pixels, where the words stand."""
        return [
            number
            for size_px, box in self._boxes.items()
            for number in (*size_px, box.left(), box.top(), box.width(), box.height())
        ]

    def bring_back(self, memory: Any) -> None:
        n = len(memory) if isinstance(memory, list) else 0
        if n % 6 == 0 and n <= 6 * MOST_SIZES and is_memory(memory, n):
            for first in range(0, n, 6):
                width_px, height_px, *box = memory[first : first + 6]
                self._keep((width_px, height_px), QRectF(*box))

    def apply_theme(self) -> None:
        colours = theme.colours()
        self.spot.setPen(pg.mkPen(colours.validation, width=2))
        self.spot.setBrush(colours.background)
        # In the colour of the losses, and solid, it would look like a loss that falls.
        self.leader.setPen(pg.mkPen(colours.quiet_text, width=1, style=Qt.PenStyle.DotLine))
        self.label.setColor(colours.validation)
        ground = QColor(colours.background)
        self.label.fill = pg.mkBrush(ground.red(), ground.green(), ground.blue(), 140)

    def hide(self) -> None:
        self.spot.setData([], [])
        self._forget_place()

    def _forget_place(self) -> None:
        self._hide_words()
        self._boxes.clear()
        self._searched = None

    def show(
        self,
        best: BestMoment | None,
        now: float,
        x_range: tuple[float, float],
        scale: LossScale,
        points: Float64s,
        taken: Sequence[QRectF] = (),
    ) -> None:
        """``now`` is the present epoch, ``points`` ``(n, 2)`` are pixels along the curves, ``taken`` words in pixels of
        the plot; the words of the mark keep off both.
        """
        if best is None or not x_range[0] <= best.epoch <= x_range[1]:
            self.hide()
            return
        pixels = PlotPixels(self._plot.vb)
        bottom, top = pixels.bottom, pixels.top
        height = float(scale.position(np.array([best.validation_loss]))[0])
        self.spot.setData([best.epoch], [height])
        is_past = best.epoch < PAST_SHARE * now and bottom <= height <= top
        if not is_past:
            self._forget_place()
            return
        x_px, y_px = float(pixels.x_px(best.epoch)), float(pixels.y_px(height))
        middle, spot = QPointF(x_px, y_px), QRectF(x_px - SPOT_PX, y_px - SPOT_PX, 2.0 * SPOT_PX, 2.0 * SPOT_PX)
        # A place in a plot of another size says nothing; on the way back from a picture's sheet the old one counts.
        size_px = pixels.area.width(), pixels.area.height()
        kept = self._boxes.pop(size_px, None)
        view = pixels.area, x_range, (bottom, top)
        # Where losses fill the plot, looking for room takes longer than drawing them.
        is_far = kept is None or _away(kept, middle) > FAR_PX
        self._n_fruitless = self._n_fruitless + 1 if is_far and view == self._searched else 0
        self._searched = view
        is_searching = self._n_fruitless % SEARCH_EVERY == 0
        if kept is None and not is_searching:
            return
        loss = fixed_text(best.validation_loss)
        box = None
        for words in (f"best {loss} at epoch {epoch_text(best.epoch)}", f"best {loss}"):
            self._write(words)
            size = self.label.boundingRect().size()
            box = _place(size, middle, pixels.area, [spot, *taken], points, kept or QRectF(), is_searching)
            if box is not None:
                break
        if box is None:
            self._hide_words()
            return
        self._keep(size_px, box)
        self._lead(box, middle, pixels)
        place = pixels.place(box.left(), box.top())
        if not self.label.isVisible() or place != (self.label.pos().x(), self.label.pos().y()):
            self.label.show()
            self.label.setPos(*place)
            # While it was hidden it did not follow the axes.
            self.label.updateTransform(force=True)

    def _hide_words(self) -> None:
        self.label.hide()
        self.leader.setData([], [])

    def _lead(self, box: QRectF, middle: QPointF, pixels: PlotPixels) -> None:
        """Draw the line from the words in ``box`` to the rim of the diamond about ``middle``, or none."""
        away = _away(box, middle)
        if away <= BESIDE_PX:
            self.leader.setData([], [])
            return
        start = QPointF(min(max(middle.x(), box.left()), box.right()), min(max(middle.y(), box.top()), box.bottom()))
        end = middle + (start - middle) * (SPOT_PX / away)
        (x1, y1), (x2, y2) = (pixels.place(one.x(), one.y()) for one in (start, end))
        self.leader.setData(np.array([x1, x2]), np.array([y1, y2]))

    def _keep(self, size_px: tuple[float, float], box: QRectF) -> None:
        """The last few sizes of the plot are remembered: a window that is drawn larger goes through hundreds."""
        while len(self._boxes) >= MOST_SIZES:
            del self._boxes[next(iter(self._boxes))]
        self._boxes[size_px] = box

    def _write(self, words: str) -> None:
        written = words, theme.colours().validation
        if written != self._written:
            self._written = written
            self.label.setText(*written)


def _place(
    size: QSizeF,
    middle: QPointF,
    area: QRectF,
    taken: Sequence[QRectF],
    points: Float64s,
    kept: QRectF,
    is_searching: bool,
) -> QRectF | None:
    """Where words of ``size`` about ``middle`` cover nothing: ``kept``, where they stand, if it is that and near, or
    if there is no search for a place that is nearer.

    None where they have no room: the diamond stands alone then, and the readout says as much.
    """
    is_kept = kept.size() == size and area.contains(kept) and is_free(kept, taken, points)
    reach = _away(kept, middle) - FAR_PX if is_kept else math.inf
    if is_kept and (reach <= 0.0 or not is_searching):
        return kept
    inside = (box for box in _around(middle, size.width(), size.height(), area, reach) if area.contains(box))
    return next((box for box in inside if is_free(box, taken, points)), kept if is_kept else None)


def _around(spot: QPointF, width: float, height: float, area: QRectF, reach: float) -> list[QRectF]:
    """Places for words about ``spot`` within ``reach``, the nearest first: at its sides, above and below, then further
    away.
    """
    right, foot = max(area.width() - width, 0.0), max(area.height() - height, 0.0)
    beside = [spot.x() + SPOT_PX, spot.x() - SPOT_PX - width, min(max(spot.x() - 0.5 * width, 0.0), right)]
    lefts = np.concatenate([beside, np.arange(0.0, right + 1.0, width / 3.0)])
    tops = np.append(np.arange(0.0, foot + 1.0, 0.5 * height), min(max(spot.y() - 0.5 * height, 0.0), foot))
    across = np.maximum(np.maximum(lefts - spot.x(), spot.x() - lefts - width), 0.0)
    down = np.maximum(np.maximum(tops - spot.y(), spot.y() - tops - height), 0.0)
    away = np.hypot(across, down[:, np.newaxis]).ravel()
    order = np.argsort(away, kind="stable")
    rows, columns = np.divmod(order[away[order] < reach], len(lefts))
    return [
        QRectF(left, top, width, height) for left, top in zip(lefts[columns].tolist(), tops[rows].tolist(), strict=True)
    ]


def _away(place: QRectF, spot: QPointF) -> float:
    """From ``spot`` to the nearest point of ``place``."""
    across = max(place.left() - spot.x(), spot.x() - place.right(), 0.0)
    down = max(place.top() - spot.y(), spot.y() - place.bottom(), 0.0)
    return float(np.hypot(across, down))
