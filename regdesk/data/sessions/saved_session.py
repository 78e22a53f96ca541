"""What a session file holds, as plain values: settings, data or where they are, runs, what was found and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from regdesk.core.model.scale import ModelScale
from regdesk.core.run.changes import SettingsChange
from regdesk.core.run.collapse_recovery import LivedMemory
from regdesk.core.run.history import HistoryColumns, HistoryMemory
from regdesk.core.run.hysteresis_tour import HysteresisCurves
from regdesk.core.run.live_trail import TrailMemory
from regdesk.core.run.moment import Moment
from regdesk.core.run.trainer_state import TrainerState
from regdesk.core.run.weight_trail import WeightTrailMemory
from regdesk.core.settings.configuration import Configuration
from regdesk.core.sweep.curve import SweepCurve
from regdesk.core.timeline.timeline import Timeline
from regdesk.core.types import Floats, TrainSettings
from regdesk.data.files.model_file import SavedModel
from regdesk.data.sessions.saved_moments import SavedMoments


@dataclass(frozen=True, eq=False)
class SavedMoment:
    """A moment of a run, from which ``measure`` makes the snapshot again.

    ``parameters`` ``(n_parameters,)`` are in the dtype that they had; ``is_exact``: they are those of the exact model
    that was shown in place of the trained one.
    """

    parameters: Floats
    settings: TrainSettings
    moment: Moment
    is_exact: bool = False


@dataclass(frozen=True, eq=False)
class SavedStart:
    """In place of the seed's weights a run begins with ``parameters`` ``(n_parameters,)``; ``words`` say whose."""

    parameters: Floats
    words: str


@dataclass(frozen=True, eq=False)
class SavedStory:
    """The moment before the last change, where weights are from that were put in since, and what is said with it."""

    before: SavedMoment | None = None
    loaded: str = ""
    remark: str = ""


@dataclass(frozen=True, eq=False)
class SavedRun:
    """A run: where its training stands, and what a window remembers of it.

    Attributes:
        number: in the timeline.
        configuration: under which it is, with its own data, layers, seed and training.
        state: of its trainer; None where nothing was trained yet.
        start: with what it begins then, in place of the seed's weights.
        history … up_down: as ``RunMemory`` of the session has them.
        seen: the moment that was shown last; None before the first.
        trained_under: what its weights were last trained, or put in, under; None for the settings in force.
        moments: earlier ones that can be shown again and gone on from; None where there are none.
    """

    number: int
    configuration: Configuration
    state: TrainerState | None
    start: SavedStart | None
    history: HistoryMemory
    changes: tuple[SettingsChange, ...]
    gesture: frozenset[str]
    trail: TrailMemory
    lived: LivedMemory
    story: SavedStory
    weights: WeightTrailMemory
    up_down: HysteresisCurves | None = None
    seen: SavedMoment | None = None
    trained_under: TrainSettings | None = None
    moments: SavedMoments | None = None


@dataclass(frozen=True, eq=False)
class SavedBranch:
    """A course of the model that was left at the epoch ``left_at``, and can be returned to: its ``run`` at its end."""

    run: SavedRun
    left_at: float


@dataclass(frozen=True, eq=False)
class SavedSweep:
    """A sweep, the scale of its weights, and the configuration that it was made under; the scale is None where the
    weights were found elsewhere.
    """

    curve: SweepCurve
    scale: ModelScale | None
    configuration: Configuration


@dataclass(frozen=True, eq=False)
class SavedFreeze:
    """What was frozen: the moment of the model, and the course that the history drew then.

    ``configuration`` says of which data, seed and layers it was, and which slice was looked at: by now those may be
    others. None: those of the live run.
    """

    moment: SavedMoment
    history: HistoryColumns
    configuration: Configuration | None = None


@dataclass(frozen=True, eq=False)
class SavedData:
    """The data of a session.

    Attributes:
        digest: sha256 of the bytes of their files, in hexadecimal digits, as a ``Table`` has it.
        embedded: the content of each file by its name, in the order in which they are read; empty where they are only
            named in the configuration.
        marks: by which it can be told what of them has changed, as JSON; None where they were not made.
    """

    digest: str
    embedded: Mapping[str, bytes] = field(default_factory=dict)
    marks: Mapping[str, Any] | None = None


@dataclass(frozen=True, eq=False)
class SavedSession:
    """A session as it stands in a file.

    Attributes:
        model: the model that it shows, as a model file holds it: what asks for a model can be given the session.
        configuration: all settings that are in force, with how everything is looked at.
        timeline: all acts, in order.
        run: the live one; ``branches`` are others of the same data and layers, the newest first.
        n_changes: how often settings were changed in the run, as it is remembered.
        look: how the window looks besides, as JSON.
        layout: which panel stands where, as Qt has it; of no meaning to anybody else.
        picture: a small PNG of the window; empty where there is none.
    """

    model: SavedModel
    configuration: Configuration
    data: SavedData
    timeline: Timeline
    run: SavedRun
    branches: tuple[SavedBranch, ...] = ()
    sweep: SavedSweep | None = None
    frozen: SavedFreeze | None = None
    n_changes: int = 0
    look: Mapping[str, Any] = field(default_factory=dict)
    layout: bytes = b""
    picture: bytes = b""
