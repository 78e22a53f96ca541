"""A run as a value: what it is of, where its training stands, and what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from regdesk.core.run.changes import ChangeLog
from regdesk.core.run.collapse_recovery import LivedLambdas
from regdesk.core.run.history import History
from regdesk.core.run.live_trail import LiveTrail
from regdesk.core.run.weight_trail import WeightTrail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regdesk.core.moments.kept_moment import KeptMoment
    from regdesk.core.moments.store import MomentMemory
    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.run.collapse_recovery import LivedMemory
    from regdesk.core.run.history import HistoryMemory
    from regdesk.core.run.hysteresis_tour import HysteresisCurves
    from regdesk.core.run.live_trail import TrailMemory
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.run.trainer_state import TrainerState
    from regdesk.core.run.weight_trail import WeightTrailMemory
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.types import TrainSettings
    from regdesk.core.words.status_sentence import StoryMemory
    from regdesk.session.run import Run
    from regdesk.workers.requests import RunStart


@dataclass(frozen=True, eq=False)
class RunMemory:
    """What a window remembers of a run.

    Attributes:
        history: its rows.
        changes: of its settings, joined as gestures; gesture: the settings that the last of them has changed.
        trail: the losses at each λ visited.
        lived: where weights lived and died, also in runs before it.
        story: the moment before the last change.
        weights: parameters that the weights have come through, for the geometry.
        up_down: what the newest tour of λ has found; None before there was one.
        trained_under: what the weights were last trained, or put in, under; None for the settings in force.
    """

    history: HistoryMemory
    changes: tuple[SettingsChange, ...]
    gesture: frozenset[str]
    trail: TrailMemory
    lived: LivedMemory
    story: StoryMemory
    weights: WeightTrailMemory
    up_down: HysteresisCurves | None = None
    trained_under: TrainSettings | None = None

    def with_unseen(self, snapshots: Iterable[TrainSnapshot]) -> RunMemory:
        """As it would be, had the window seen ``snapshots`` as well, which come next in its run."""
        found = self
        for snapshot in snapshots:
            found = found.with_snapshot(snapshot.stands_for or snapshot)
        return found

    def with_snapshot(self, snapshot: TrainSnapshot) -> RunMemory:
        """As it would be after one more, of a model that was trained."""
        has_moved = not len(self.history.rows) or self.history.rows[-1, 0] != snapshot.step
        is_of_now = has_moved or any(change.loaded for change in snapshot.changes)
        history, changes, lived, trail, weights = History(), ChangeLog(), LivedLambdas(), LiveTrail(), WeightTrail()
        history.bring_back(self.history)
        history.append(snapshot.rows)
        changes.bring_back(self.changes, self.gesture)
        changes.extend(snapshot.changes, 0.0)
        lived.bring_back(self.lived)
        trail.bring_back(self.trail)
        if snapshot.last_measured is None:
            lived.note_snapshot(snapshot)
            trail.note_snapshot(snapshot)
        weights.bring_back(self.weights, snapshot.run)
        weights.note_snapshot(snapshot)
        return replace(
            self,
            history=history.memory(),
            changes=changes.changes,
            gesture=changes.gesture,
            trail=trail.memory(),
            lived=lived.memory(),
            weights=weights.memory(),
            trained_under=snapshot.settings if is_of_now else self.trained_under,
        )


@dataclass(frozen=True, eq=False)
class RunState:
    """A run between two steps, from which it goes on as if it had never been left.

    Attributes:
        run: its data and layers, under the number that it had.
        configuration: all settings, those of the run as they were in force in it.
        state: of its trainer; None where nothing was trained yet: it begins from ``start``, or from the seed's weights.
        memory: what is remembered of it, up to the last moment that the window has been shown or that was on its way
            there; later rows and changes are in ``state``.
        snapshot: the last moment that the window has seen; None before the first.
        start: in place of the seed's weights.
        moments: earlier ones that can be shown again; None where none were kept.
    """

    run: Run
    configuration: Configuration
    state: TrainerState | None
    memory: RunMemory
    snapshot: TrainSnapshot | None = None
    start: RunStart | None = None
    moments: MomentMemory[KeptMoment] | None = None

    @property
    def step(self) -> int:
        """Optimiser steps."""
        return 0 if self.state is None else self.state.step

    @property
    def epoch(self) -> float:
        """Passes over the training rows."""
        return 0.0 if self.state is None else self.state.epoch

    @property
    def n_bytes(self) -> int:
        """Memory that it takes beside the data: those are shared with other runs, or of the table that is open."""
        history, weights = self.memory.history, self.memory.weights.moments
        own = history.rows.nbytes + history.numbers.nbytes + sum(one.nbytes for one in weights)
        own += 0 if self.moments is None else self.moments.n_bytes
        return own + (0 if self.state is None else self.state.n_bytes)
