"""The loss axis over λ, as a sweep and the live model have it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from regdesk.views.sweep.axes import LossRange, lowest_loss
from regdesk.views.sweep.loss_follower import LossFollower, present_losses

if TYPE_CHECKING:
    from regdesk.core.run.live_trail import TrailColumns
    from regdesk.core.sweep.curve import SweepCurve

OFF_SCALE = 2.0
"""Losses of a live model beyond so many times what it began with do not widen the axis: it may diverge."""


class LossAxis(LossRange):
    """Fits a sweep that has ended, and makes room for the losses of a live model while they are of its kind."""

    remembered = ("bottom", "top", "_step", "_live_limit")

    def __init__(self, highest: Callable[[SweepCurve], float]) -> None:
        """``highest`` is the highest loss of a sweep that is to be seen."""
        super().__init__()
        self._highest = highest
        self._follower = LossFollower()
        self._live_limit = 0.0

    def begin_run(self, curve: SweepCurve | None) -> None:
        """What was live is no longer so; ``curve`` is what a sweep has found."""
        self._live_limit = 0.0
        self._follower.begin_again()
        if curve is None:
            self.reset(0.0)
        else:
            self.fit_curve(curve)

    def fit_curve(self, curve: SweepCurve) -> None:
        """The axis of ``curve`` alone."""
        if curve.is_done:
            self.fit(lowest_loss(curve), self._highest(curve))
        else:
            self.reset(self._highest(curve))

    def fit_all(self, trail: TrailColumns | None, lam: float, curve: SweepCurve | None, up_down: float) -> None:
        """The axis of all that is to be seen: ``curve``, where the live model has been, and a demonstration."""
        lowest, highest = math.inf, up_down
        if curve is not None:
            lowest, highest = lowest_loss(curve), max(highest, self._highest(curve))
        if trail is not None:
            # Of a sweep the losses at this λ alone; of a live model alone all that it has shown.
            losses = np.concatenate([trail.train_loss, trail.validation_loss])
            known = losses[np.isfinite(losses)]
            low, high = present_losses(trail, lam) if curve is not None else (0.0, float(known.max(initial=0.0)))
            lowest, highest = min(lowest, low), max(highest, high)
        if not math.isfinite(highest) or highest <= 0.0:
            return
        self._follower.begin_again()
        self._live_limit = max(self._live_limit, highest)
        if curve is not None and curve.is_done:
            self.fit(lowest, highest)
        else:
            self.reset(highest)

    def include_trail(
        self, trail: TrailColumns, lam: float, curve: SweepCurve | None, up_down: float, n_frames: int
    ) -> bool:
        """Make room for a live model whose λ is ``lam``; whether the axis is another.

        ``up_down`` is the highest loss of a demonstration that is drawn, ``n_frames`` how many frames have passed
        since the last call.
        """
        losses = np.concatenate([trail.train_loss, trail.validation_loss])
        losses = losses[np.isfinite(losses)]
        has_grown = [self.include_below(float(losses.min(initial=np.inf)))]
        if curve is None:
            self._live_limit = self._live_limit or OFF_SCALE * float(losses.max(initial=0.0))
            has_grown.append(self.include(float(losses[losses <= self._live_limit].max(initial=0.0))))
        has_grown.append(self._follow(trail, lam, curve, up_down, n_frames))
        return any(has_grown)

    def _follow(self, trail: TrailColumns, lam: float, curve: SweepCurve | None, drawn: float, n_frames: int) -> bool:
        """Another axis where what matters has been outside for a while, or most of it empty; whether there is."""
        if curve is not None and not curve.is_done:
            # It brings its own axis to its end.
            self._follower.begin_again()
            return False
        lowest, live = present_losses(trail, lam)
        if curve is not None:
            drawn = max(drawn, self._highest(curve))
        else:
            known = np.concatenate([trail.train_loss, trail.validation_loss])
            drawn = max(drawn, float(known[np.isfinite(known) & (known <= self._live_limit)].max(initial=0.0)))
        highest = self._follower.new_highest(self, drawn, live, self._live_limit, n_frames)
        if highest is None:
            return False
        self._live_limit = max(self._live_limit, live) if live <= highest else self._live_limit
        if curve is not None:
            self.fit(min(lowest, lowest_loss(curve)), highest)
        else:
            self.reset(highest)
        return True
