"""Where the axes of the history end: a ruler that stands still, and now and then another."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.rounding import round_limit
from regdesk.views.history.loss_scale import LossScale
from regdesk.views.plots.following_range import LEAST_SHARE, ROOM, Patience
from regdesk.views.plots.rulers import Ruler
from regdesk.views.plots.scales import WideningRange, lambda_floor

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.history import HistoryColumns
    from regdesk.core.types import Float64s

SETTLED_SHARE = 0.04
"""The share of the time axis whose losses may run off the top: the first fall from the initial weights."""

MOST_OF_PENALTY = 3.0
"""Times the losses, up to which the penalty term has a part in an axis that is chosen anew."""

SPIKE_SHARE = 0.2
"""Of the time shown, in which what is high may be cut off: more than that is what a reader compares the rest with."""


class HistoryRanges(Ruler):
    """``scale`` is the loss axis, ``drawn`` training and validation loss as they are drawn, which may be averages, and
    ``ghost`` the frozen course with which a run is compared on one axis.
    """

    remembered = ("_followed_from", "_highest_lambda")

    def __init__(self) -> None:
        self.scale = LossScale()
        self.drawn: tuple[Float64s, ...] = ()
        self.ghost: HistoryColumns | None = None
        self._epochs = WideningRange(100.0)
        self._stretch: tuple[float, float] | None = None
        # Losses before this epoch are left at the edge: the axis has come down to what came after it.
        self._followed_from = 0.0
        self._patience = Patience()
        self._highest_lambda = 1.0

    @property
    def rulers(self) -> dict[str, Ruler]:
        """All that the axes depend on."""
        return {"history": self, "losses": self.scale, "highestLoss": self.scale.top, "epochs": self._epochs}

    @property
    def epochs(self) -> tuple[float, float]:
        """The ends of the time axis."""
        return self._stretch or (0.0, self._epochs.top)

    @property
    def lambdas(self) -> tuple[float, float]:
        """The ends of the axis of λ, in places on it."""
        return lambda_floor(self._highest_lambda), self._highest_lambda + 0.3

    def reset(self) -> None:
        """Those of a new run."""
        self._epochs.reset()
        self.scale.reset()
        self._stretch = None
        self._followed_from = 0.0
        self._patience.begin_again()
        self._highest_lambda = 1.0
        self._include_ghost()

    def _include_ghost(self) -> None:
        """A new run is compared with the frozen one on one axis."""
        if self.ghost is not None:
            self._epochs.include(float(self.ghost.epoch[-1]))
            settled = self.ghost.epoch > SETTLED_SHARE * self._epochs.top
            losses = self.ghost.train_loss[settled], self.ghost.validation_loss[settled]
            self.scale.include(*_extremes(*losses))

    def widen(self, frame: Frame, positions: Float64s, smoothing: float, n_frames: int) -> bool:
        """Make room for a frame whose λ stand at ``positions`` ``(n_rows,)``; whether any axis is another.

        Losses are drawn as averages over a share ``smoothing`` of the time axis; ``n_frames`` have passed since the
        last call.
        """
        history, scale = frame.history, self.scale
        epochs = history.epoch
        now = float(epochs[-1])
        has_changed = self._epochs.include(now)
        stretch = frame.stretch
        if (stretch is None) != (self._stretch is None):
            self._followed_from = 0.0
        if stretch is not None:
            has_changed = stretch != self._stretch
            recent = epochs >= stretch[0]
            if stretch[0] == 0.0:
                recent = epochs > SETTLED_SHARE * now
        else:
            has_changed |= self._stretch is not None
            # What the last change did must be inside the frame, the first steps need not.
            recent = (
                epochs > SETTLED_SHARE * self._epochs.top if now > SETTLED_SHARE * self._epochs.top else epochs >= 0
            )
        recent &= epochs >= self._followed_from
        self._stretch = stretch
        self.drawn = self._averaged(history, smoothing)
        # What is drawn as well: an average may still be high where the losses have fallen.
        shown = history.train_loss, history.validation_loss, *self.drawn
        has_jumped = len(epochs) > 1 and now == float(epochs[0])
        if has_jumped:
            # Solved before it was trained: the loss of initial weights left the answer no room.
            recent = np.arange(len(epochs)) == len(epochs) - 1
        highest, lowest = _extremes(*(losses[recent] for losses in shown))
        if has_jumped:
            has_changed |= self._jump_to(ROOM * highest, lowest)
        if has_changed and recent.any() and now > SETTLED_SHARE * self.epochs[1]:
            # A new picture is due anyway: the fall of the first steps no longer sets the scale of the losses.
            scale.refit(1.2 * highest, lowest)
            if stretch is None:
                self._include_ghost()
        has_changed |= scale.include(highest, lowest)
        has_changed |= self._follow(history, shown, lowest, n_frames)
        if positions.max() > self._highest_lambda:
            self._highest_lambda = math.ceil(float(positions.max()))
            has_changed = True
        return has_changed

    def _jump_to(self, highest: float, lowest: float) -> bool:
        """Whether the axis of losses is another, which begins anew."""
        before = self.scale.top.top
        if highest > 0.0:
            self.scale.refit(highest, lowest)
            self._include_ghost()
        return self.scale.top.top != before

    def fit(self, history: HistoryColumns) -> None:
        """Choose the axis of losses for what is shown now, without the fall of the first steps."""
        first, last = self.epochs
        epochs = history.epoch
        is_shown = (epochs >= first) & (epochs <= last)
        settled = is_shown & (epochs > first + SETTLED_SHARE * (float(epochs[-1]) - first))
        rows = settled if settled.any() else is_shown
        highest, lowest = _extremes(*(losses[rows] for losses in (history.train_loss, history.validation_loss)))
        penalties = (history.lam * history.penalty_value)[rows]
        # A penalty that is many times the losses would flatten them.
        highest = max(highest, float(penalties[penalties <= MOST_OF_PENALTY * highest].max(initial=0.0)))
        if highest > 0.0:
            self.scale.refit(ROOM * highest, lowest)
            self._include_ghost()
            # Otherwise the first fall would widen it again with the next frame.
            self._followed_from = float(epochs[rows][0])
            self._patience.begin_again()

    def _follow(self, history: HistoryColumns, shown: tuple[Float64s, ...], lowest: float, n_frames: int) -> bool:
        """Come down when most of the axis has been empty for a while: to the later half of what is shown, or to all of
        it but short spikes, such as the answer to another λ.

        What was higher before is cut off at the top, with a mark. Whether the range has changed.
        """
        if self.ghost is not None:
            # Losses are compared with the frozen ones, on their axis.
            self._patience.begin_again()
            return False
        highest, start = self._later(history, shown)
        if not self._is_little(highest):
            highest, start = self._without_spikes(history, shown)
        if not self._patience.is_over(self._is_little(highest), n_frames):
            return False
        self.scale.refit(ROOM * highest, lowest)
        self._followed_from = start
        return True

    def _is_little(self, highest: float) -> bool:
        """Whether what is no higher leaves most of the axis empty."""
        top = self.scale.top.top
        return 0.0 < highest < LEAST_SHARE * top and round_limit(ROOM * highest) < top

    def _later(self, history: HistoryColumns, shown: tuple[Float64s, ...]) -> tuple[float, float]:
        """The highest of the later half of what is shown, and where that begins."""
        epochs, top = history.epoch, self.scale.top.top
        middle = 0.5 * (max(self.epochs[0], float(epochs[0])) + float(epochs[-1]))
        later = epochs >= middle
        highest, _ = _extremes(*(losses[later] for losses in shown))
        penalties = (history.lam * history.penalty_value)[later]
        # A penalty beyond the axis has no part in it; one within it fills it.
        return max(highest, float(penalties[penalties <= top].max(initial=0.0))), middle

    def _without_spikes(self, history: HistoryColumns, shown: tuple[Float64s, ...]) -> tuple[float, float]:
        """The highest of what takes less than a third of the axis, and where the last spike has ended; infinity where
        what is higher has not ended, or has a larger part in what is shown.
        """
        epochs, top = history.epoch, self.scale.top.top
        penalties = history.lam * history.penalty_value
        highs = np.fmax.reduce([*shown, np.where(penalties <= top, penalties, 0.0)])
        is_shown = epochs >= self.epochs[0]
        epochs, highs = epochs[is_shown], highs[is_shown]
        is_low = highs < LEAST_SHARE * top
        if len(epochs) < 2 or not is_low[-1]:
            return math.inf, 0.0
        # Rows stand closer together where more was recorded: what counts is time. Of two rows the later says which.
        high_epochs = float(np.diff(epochs)[~is_low[1:]].sum())
        if high_epochs > SPIKE_SHARE * float(epochs[-1] - epochs[0]):
            return math.inf, 0.0
        ends = np.flatnonzero(~is_low)
        return float(highs[is_low].max()), float(epochs[ends[-1] + 1]) if len(ends) else float(epochs[0])

    def _averaged(self, history: HistoryColumns, smoothing: float) -> tuple[Float64s, Float64s]:
        """Training and validation loss as they are drawn, which may be averages."""
        from regdesk.core.run.smoothing import smoothed

        first, last = self.epochs
        remembered = smoothing * (last - first)
        return (
            smoothed(history.epoch, history.train_loss, remembered),
            smoothed(history.epoch, history.validation_loss, remembered),
        )


def _extremes(*parts: Float64s) -> tuple[float, float]:
    """The highest loss and the lowest above 0 of ``parts``; 0 and infinity without any."""
    losses = np.concatenate(parts)
    losses = losses[np.isfinite(losses)]
    positive = losses[losses > 0]
    return (float(losses.max()) if len(losses) else 0.0, float(positive.min()) if len(positive) else math.inf)
