"""A sweep over λ as the window shows it: what was found, and whether there can be another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.remaining_time import SweepProgress


@dataclass(frozen=True, eq=False)
class SweepView:
    """A sweep over λ as it is shown.

    Attributes:
        curve: what has been found so far; None before there is a point.
        is_waiting: it waits for its compiled code.
        is_old: data, layers, penalty or seed are no longer those that were swept.
        obstacle: why there can be no sweep now, one sentence; empty when there can be one.
        progress: how far a sweep by units is, models of a network or paths that workers solve; None for others.
        is_linear: the model in force has no hidden layer, so that its sweep is exact.
    """

    curve: SweepCurve | None
    is_busy: bool
    is_waiting: bool
    is_stale: bool
    unavailable_reason: str
    progress: SweepProgress | None = None
    is_linear: bool = False
