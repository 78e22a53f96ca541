"""When the loss axis over λ is to be another one: what the live model shows is outside, or most of it is empty."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.words.number_text import fixed_text
from regdesk.views.kit import theme
from regdesk.views.plots.edge_marks import Outside
from regdesk.views.plots.following_range import LEAST_SHARE, Patience

if TYPE_CHECKING:
    from regdesk.core.run.hysteresis_tour import HysteresisCurves
    from regdesk.core.run.live_trail import TrailColumns
    from regdesk.views.sweep.axes import LossRange
    from regdesk.views.sweep.lambda_axis import LambdaAxis

N_FRAMES_OUTSIDE = 45
"""Some one to two seconds of training with the present loss at the edge, before the axis makes room for it."""
FAR = 50.0
"""Times what is drawn beside the live model, or what it began with: more would flatten all else, and stays outside."""


class LossFollower:
    """The answers are rare, so that the axis is a ruler that stands still."""

    def __init__(self) -> None:
        self._outside = Patience(N_FRAMES_OUTSIDE)
        self._empty = Patience()

    def begin_again(self) -> None:
        self._outside.begin_again()
        self._empty.begin_again()

    def new_highest(
        self, losses: LossRange, drawn: float, live: float, usual: float, n_frames: int = 1
    ) -> float | None:
        """The highest loss that the axis is to hold from now on; None to leave it. To be asked every ``n_frames``.

        ``drawn`` is the highest of what is to be seen beside the present loss ``live`` of the running model, ``usual``
        what losses have been like where that says little.
        """
        is_near = math.isfinite(live) and live <= FAR * max(drawn, usual)
        if self._outside.is_over(is_near and live > losses.top, n_frames):
            self._empty.begin_again()
            return max(live, drawn)
        highest = max(drawn, live if is_near else 0.0)
        height = losses.top - losses.bottom
        if self._empty.is_over(0.0 < highest < losses.bottom + LEAST_SHARE * height, n_frames):
            return highest
        return None


def present_losses(trail: TrailColumns, lam: float) -> tuple[float, float]:
    """The lowest and the highest finite loss at ``lam``; infinity and 0 without any."""
    place = int(np.searchsorted(trail.lambdas, lam))
    if place >= len(trail.lambdas) or trail.lambdas[place] != lam:
        return math.inf, 0.0
    both = [float(losses[place]) for losses in (trail.train_loss, trail.validation_loss)]
    known = [loss for loss in both if math.isfinite(loss)]
    return min(known, default=math.inf), max(known, default=0.0)


def losses_outside(
    trail: TrailColumns | None, lam: float, up_down: HysteresisCurves | None, lambdas: LambdaAxis, top: float
) -> list[Outside]:
    """What is above ``top``, the end of the axis: the live model at ``lam`` first, then where λ has been, newest
    stations last.
    """
    colours = theme.colours()
    found: list[tuple[bool, Outside]] = []
    if trail is not None:
        for own, colour in ((trail.validation_loss, colours.validation), (trail.train_loss, colours.training)):
            for number in np.flatnonzero(own > top).tolist():
                at = float(trail.lambdas[number])
                if not lambdas.contains(at):
                    continue
                place = Outside(lambdas.position(at), fixed_text(float(own[number])), colour)
                found.append((at != lam, place))
    for way in (up_down.up, up_down.down) if up_down is not None else ():
        for own, colour in ((way.validation_loss, colours.validation), (way.train_loss, colours.training)):
            beyond = np.flatnonzero(own > top)
            if len(beyond):
                # One for all: a whole branch outside would be a row of triangles.
                number = int(beyond[-1])
                place = Outside(lambdas.position(float(way.lambdas[number])), fixed_text(float(own[number])), colour)
                found.append((True, place))
    return [place for _, place in sorted(found, key=lambda one: one[0])]
