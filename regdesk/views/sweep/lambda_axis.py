"""The λ axis of a sweep and the live model: it ends where they do, and leaves outside where λ has been long ago."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from regdesk.core.words.number_text import number_text
from regdesk.views.kit import theme
from regdesk.views.plots.edge_marks import Outside
from regdesk.views.plots.following_range import Patience
from regdesk.views.plots.scales import decade_text
from regdesk.views.sweep.axes import LambdaRange, swept_ends

if TYPE_CHECKING:
    from regdesk.core.run.live_trail import TrailColumns
    from regdesk.core.sweep.curve import SweepCurve

NEAR_DECADES = 1.5
"""As far beyond the ends of a sweep a λ of the live model is still shown: it costs its curve little room, and what is
further away is not where λ = 0 has its place.
"""
LEAST_SHARE = 2.0 / 3.0
"""Of the axis: what is to be seen and takes less of it has been squeezed, as into a third by one look at 10⁹."""


class LambdaAxis(LambdaRange):
    """Reaches a λ in force at once, and comes back when λ has. Beside a sweep, what is far from it lies outside, the λ
    in force too, unless somebody asks for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._swept: tuple[float, ...] = ()
        self._patience = Patience()
        self._shows_far = False

    def reach(self, lam: float) -> bool:
        """Widen for the λ in force, unless that would squeeze a sweep; whether the range has changed."""
        return self._is_near(lam) and self.include(lam)

    def begin_run(self, curve: SweepCurve | None, lam: float) -> None:
        """Where λ has been is of another run."""
        self._shows_far = False
        self._reach(curve, [lam])

    def show_sweep(self, curve: SweepCurve, lam: float, is_first: bool) -> None:
        """As wide as all of ``curve`` will be, from its first points on."""
        ends = swept_ends(curve)
        if is_first or ends != self._swept:
            self._shows_far = False
            self._reach(curve, [lam])

    def follow(
        self, trail: TrailColumns, lam: float, curve: SweepCurve | None, shown: Sequence[float], n_frames: int
    ) -> bool:
        """The live model is at ``lam``, and a demonstration has been at ``shown``; whether the axis is another.

        To be asked every ``n_frames``, of which the axis waits some before it is narrower.
        """
        visited = self._visited(trail, curve)
        own = [lam] if self._is_near(lam) else []
        has_grown = [self.include(float(one)) for one in (*visited, *shown, *own)]
        if any(has_grown):
            self._patience.begin_again()
            return True
        if curve is None or self._shows_far:
            return False
        wanted = LambdaRange()
        wanted.reset(swept_ends(curve))
        for one in (*visited, *shown, *own):
            wanted.include(one)
        share = (wanted.highest - wanted.off) / (self.highest - self.off)
        if not self._patience.is_over(share < LEAST_SHARE, n_frames):
            return False
        self.lowest, self.highest = wanted.lowest, wanted.highest
        return True

    def hold_still(self) -> None:
        """The line is in a hand: the axis under it is not to get narrower."""
        self._patience.begin_again()

    def fit(
        self,
        trail: TrailColumns | None,
        lam: float,
        curve: SweepCurve | None,
        shown: Sequence[float],
        is_asked_for_more: bool,
    ) -> None:
        """The axis anew. Who asks for more sees all λ visited, and who sees all of them sees no more than is near."""
        all_visited = [] if trail is None else [float(one) for one in trail.lambdas]
        if is_asked_for_more and curve is not None:
            self._shows_far = any(not self.contains(one) for one in (*all_visited, lam))
        near = [] if trail is None else self._visited(trail, curve)
        ends = [lam, *shown, *near]
        if curve is not None or any(one > 0 for one in ends):
            self._reach(curve, ends)

    def contains(self, lam: float) -> bool:
        """Whether ``lam`` has a place between the ends."""
        return lam == 0 or self.lowest <= self.position(lam) <= self.highest

    def _reach(self, curve: SweepCurve | None, lambdas: Sequence[float]) -> None:
        self._patience.begin_again()
        self._swept = () if curve is None else swept_ends(curve)
        self.reset(self._swept)
        for lam in lambdas:
            self.reach(lam)

    def _is_near(self, lam: float) -> bool:
        """Whether ``lam`` costs a sweep little room: one at 10⁹ left it a third of the axis."""
        if not self._swept or self._shows_far or lam <= 0:
            return True
        first, last = sorted(math.log10(one) for one in self._swept)
        return first - NEAR_DECADES <= math.log10(lam) <= last + NEAR_DECADES

    def _visited(self, trail: TrailColumns, curve: SweepCurve | None) -> list[float]:
        """Those λ of ``trail`` that the axis reaches for: all of them without a sweep, else what is near it."""
        if curve is None or self._shows_far:
            return [float(trail.lambdas[0]), float(trail.lambdas[-1])] if len(trail.lambdas) else []
        first, last = sorted(math.log10(one) for one in swept_ends(curve))
        places = [(float(one), math.log10(one)) for one in trail.lambdas if one > 0]
        return [one for one, place in places if first - NEAR_DECADES <= place <= last + NEAR_DECADES]


def lambdas_outside(
    trail: TrailColumns | None, lambdas: LambdaAxis, seen: tuple[float, float], lam: float
) -> list[Outside]:
    """On each side of the axis, of which ``seen`` is to be seen, the λ furthest outside that the live model visited.

    ``lam``, which is in force, has its number beside its own line.
    """
    found: list[Outside] = []
    numbers = [] if trail is None else [n for n, lam in enumerate(trail.lambdas) if not lambdas.contains(float(lam))]
    if trail is None or not numbers:
        return found
    for number in dict.fromkeys((numbers[-1], numbers[0])):
        place = lambdas.position(float(trail.lambdas[number]))
        is_right = place > lambdas.highest
        losses = trail.validation_loss[number], trail.train_loss[number]
        loss = next((float(one) for one in losses if math.isfinite(one)), math.inf)
        x, beside = (seen[1], 1) if is_right else (seen[0], -1)
        if all(one.beside != beside for one in found):
            text = "" if float(trail.lambdas[number]) == lam else f"λ {_short(place)}"
            found.append(Outside(x, text, theme.colours().validation, beside=beside, y=loss))
    return found


def _short(place: float) -> str:
    """Such as "10⁹", which is a number of ten digits otherwise."""
    return decade_text(place) if abs(place - round(place)) < 1e-9 else number_text(10.0**place)
