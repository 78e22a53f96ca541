"""What a sweep says as it goes, of either kind of model; light, so that whoever waits for one loads nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from regdesk.core.linear.cross_validation import SweepPoint
    from regdesk.core.model.scale import ModelScale
    from regdesk.core.networks.curve import NetworkFacts
    from regdesk.core.networks.points import NetworkSweep
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.sweep.remaining_time import SweepProgress
    from regdesk.core.sweep.weight_path import PathFacts
    from regdesk.core.units import Crew
    from regdesk.data.prepare.folds import Folds

CrewOpening: TypeAlias = "Callable[[tuple[str, ...]], AbstractContextManager[Crew | None]]"
"""Makes parts of the engine ready and opens the crew that does the units of a sweep; None for a crew is the calling
thread."""


@dataclass(frozen=True, eq=False)
class PreparedSweep:
    """What stands still while a sweep goes on.

    Attributes:
        facts: what the path of the weights is told with, of a linear model or of a network.
        scale: of the rows of all folds; what the weights of the all-rows models belong to.
    """

    folds: Folds
    configuration: Configuration
    facts: PathFacts | NetworkFacts
    scale: ModelScale


@dataclass(frozen=True, eq=False)
class LinearStep:
    """``n_done`` of ``n_all`` points of a sweep are there; ``point`` is the last of them."""

    prepared: PreparedSweep
    n_done: int
    n_all: int
    point: SweepPoint


@dataclass(frozen=True, eq=False)
class NetworkStep:
    """``n_done`` of ``n_all`` models are there, 0 of 0 while the range of λ is looked for; ``moment`` holds them."""

    prepared: PreparedSweep
    progress: SweepProgress
    moment: NetworkSweep

    @property
    def n_done(self) -> int:
        return self.progress.n_done

    @property
    def n_all(self) -> int:
        return self.progress.n_fits


SweepStep: TypeAlias = LinearStep | NetworkStep
