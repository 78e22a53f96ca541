"""A sweep that is about to begin, as values: what a worker goes through; apart from what calculates it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from regdesk.core.linear.cross_validation import SweepPoint
    from regdesk.core.linear.lasso_knots import LassoKnots
    from regdesk.core.linear.solution import LinearSolution
    from regdesk.core.model.scale import ModelScale
    from regdesk.core.networks.points import NetworkSweep
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.weight_path import PathFacts
    from regdesk.core.training.cores import Cores


@dataclass(frozen=True)
class LinearSweepTask:
    """A sweep that is about to begin: how many points there will be, of how many folds, on what scale of all rows.

    ``facts`` are what the path of the weights is told with; ``knots`` begins the search for the exact events
    of a path down to its last point, where there can be any.
    """

    n_lambdas: int
    n_folds: int
    points: Iterator[SweepPoint]
    scale: ModelScale
    facts: PathFacts | None = None
    knots: Callable[[LinearSolution], LassoKnots | None] | None = None


@dataclass(frozen=True)
class NetworkSweepTask:
    """A sweep of a network that is about to begin; ``curve_of`` a moment is None while no λ is complete."""

    scale: ModelScale
    sweeps: Callable[[Cores], Generator[NetworkSweep, None, None]]
    curve_of: Callable[[NetworkSweep, bool], SweepCurve | None]
