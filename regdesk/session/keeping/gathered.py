"""All that a session holds at one moment, as values in memory: what a file of it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regdesk.core.model.scale import ModelScale
    from regdesk.core.run.history import HistoryColumns
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.timeline.timeline import Timeline
    from regdesk.core.types import Architecture, DataSettings, PenaltyKind
    from regdesk.session.calculator_service import Asked
    from regdesk.session.run_state import RunState
    from regdesk.session.travel.branches import Branch


@dataclass(frozen=True, eq=False)
class KeptSweep:
    """A sweep: its ``curve``, and the ``scale`` of its weights, None where they were found elsewhere.

    What was swept: how the ``data`` were used, their ``seed``, the layers (``shape``), and the ``pressure``, which is
    the penalty with its share of L1.
    """

    curve: SweepCurve
    scale: ModelScale | None
    data: DataSettings
    seed: int
    shape: Architecture
    pressure: tuple[PenaltyKind, float]


@dataclass(frozen=True, eq=False)
class FrozenMoment:
    """What was frozen: the moment of the model, and the course that the history drew then; ``configuration`` has the
    data, the seed, the layers and the slice that it is of, which may be others by now.
    """

    snapshot: TrainSnapshot
    history: HistoryColumns
    configuration: Configuration


@dataclass(frozen=True, eq=False)
class KeptBranch:
    """A course that can be returned to, whose run has the number ``timeline_run`` in the timeline."""

    branch: Branch
    timeline_run: int


@dataclass(frozen=True, eq=False)
class Gathered:
    """A session at one moment.

    Attributes:
        configuration: all settings that are in force, with how everything is looked at.
        run: the live run, with its data; ``timeline_run`` is its number in the timeline.
        look: how the window looks besides, as JSON holds it.
        n_changes: how often settings were changed in the run, as it is remembered.
        branches: other courses of the run's model, the newest first.
        asked: what the calculator is asked: a point of the run's columns, None for the training means, and its line.
    """

    configuration: Configuration
    run: RunState
    timeline: Timeline
    timeline_run: int
    sweep: KeptSweep | None
    frozen: FrozenMoment | None
    look: Mapping[str, Any]
    n_changes: int
    branches: tuple[KeptBranch, ...] = ()
    asked: Asked = (None, 0)
