"""What is remembered of a run while it goes on, and the frame that is made of it and of the newest snapshot."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from regdesk.core.run.changes import ChangeLog
from regdesk.core.run.collapse_recovery import LivedLambdas
from regdesk.core.run.frame import Frame
from regdesk.core.run.history import MAX_ROWS, MOST_DRAWN, History
from regdesk.core.run.live_trail import LiveTrail
from regdesk.core.run.span import HistorySpan
from regdesk.core.run.verdict import NullLosses, Verdict, null_losses, verdict_on
from regdesk.core.words.run_sentences import objective_text
from regdesk.core.words.status_sentence import StatusSentence
from regdesk.session.run_state import RunMemory

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.run.collapse_recovery import RestartAdvice
    from regdesk.core.run.history import HistoryColumns
    from regdesk.core.run.hysteresis_tour import HysteresisCurves
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.run.weight_trail import WeightTrailMemory
    from regdesk.core.types import TrainSettings
    from regdesk.session.run import Run


class RunRecord:
    """Of one run after the other."""

    def __init__(self) -> None:
        self.story = StatusSentence()
        self.lived = LivedLambdas()
        self.trail = LiveTrail()
        self._history, self._changes = History(), ChangeLog()
        self.trained_under: TrainSettings | None = None
        """What its weights were last trained, or put in, under; None before its first moment."""
        self._question: object = None
        self._rule_at: Callable[[TrainSettings], str] = lambda _settings: ""
        self._null = NullLosses(math.nan, math.nan)

    def begin_run(self, run: Run) -> None:
        """Nothing has happened yet."""
        self.trained_under = None
        self._history, self._changes, self.trail = History(), ChangeLog(), LiveTrail()
        self.story.reset(run.dataset.features)
        if run.question != self._question:
            # What killed weights of other data or layers says nothing about its own.
            self._question, self.lived = run.question, LivedLambdas()
        self._null = null_losses(run.dataset)
        self.lived.begin_run(self._null.train)

    def memory(self, weights: WeightTrailMemory, up_down: HysteresisCurves | None) -> RunMemory:
        """All that is remembered, with what others remember of the same run."""
        return RunMemory(
            history=self._history.memory(),
            changes=self._changes.changes,
            gesture=self._changes.gesture,
            trail=self.trail.memory(),
            lived=self.lived.memory(),
            story=self.story.memory(),
            weights=weights,
            up_down=up_down,
            trained_under=self.trained_under,
        )

    def bring_back(self, run: Run, memory: RunMemory) -> None:
        """Remember what ``memory`` holds of ``run``, which has just begun again under another number."""
        self.trained_under = memory.trained_under
        self._history.bring_back(memory.history)
        self._changes.bring_back(memory.changes, memory.gesture)
        self.trail.bring_back(memory.trail)
        self.lived.bring_back(memory.lived)
        before = memory.story.before
        self.story.bring_back(replace(memory.story, before=before and replace(before, run=run.number)))

    def note_change(self, snapshot: TrainSnapshot | None, now_s: float, remark: str = "") -> None:
        """Somebody has changed a setting of the model last seen as ``snapshot``; ``remark`` is said with it."""
        if self.story.note_change(snapshot and snapshot.measured, now_s, remark):
            self.lived.note_gesture()

    def note_load(self, before: TrainSnapshot | None, snapshot: TrainSnapshot, now_s: float) -> None:
        """Say it if parameters were put into the model between two snapshots."""
        loaded = next((change.loaded for change in reversed(snapshot.changes) if change.loaded), "")
        if loaded:
            self.story.note_load(before and before.measured, loaded, now_s)

    def note_snapshot(self, snapshot: TrainSnapshot, now_s: float, goes_on: bool) -> None:
        """Its rows of history and its changes; ``goes_on``: those of λ belong to the change before them."""
        self._history.append(snapshot.rows)
        self._changes.extend(snapshot.changes, now_s, goes_on)

    def frame(
        self,
        snapshot: TrainSnapshot,
        story: str,
        optimum: str,
        advice: RestartAdvice | None,
        up_down: HysteresisCurves | None,
        span: HistorySpan,
        now: TrainSnapshot | None = None,
    ) -> Frame:
        """``advice`` is the λ to go back to, None where nothing has collapsed; ``span`` the part of the course.

        ``now`` is the newest moment, where ``snapshot`` is an earlier one.
        """
        stretch = span.window((now or snapshot).epoch)
        return Frame(
            snapshot=snapshot,
            history=self._columns(stretch),
            story=story,
            objective=objective_text(snapshot),
            optimum=optimum,
            reset_lam=advice.lam if advice else None,
            changes=self._changes.changes,
            best=self._history.best,
            stretch=stretch,
            trail=self.trail.columns(snapshot if snapshot.is_exact or now is not None else None),
            up_down=up_down,
            verdict=self.verdict(snapshot),
            now=now,
        )

    def sentence(self, snapshot: TrainSnapshot, is_running: bool, advice: RestartAdvice | None) -> str:
        """What the status line says of a moment."""
        return self.story.sentence(snapshot, is_running, advice, self.verdict(snapshot))

    def verdict(self, snapshot: TrainSnapshot) -> Verdict | None:
        """Whether a moment overfits or underfits, by what the run has shown so far."""
        found = verdict_on(snapshot.measured, self._history.best_until(snapshot.epoch), self._null)
        return found and replace(found, rule=self._rule_at(snapshot.settings))

    def ask_for_rules(self, rule_at: Callable[[TrainSettings], str]) -> None:
        """``rule_at`` answers by which rule of a sweep the λ of settings is recommended; empty: by none."""
        self._rule_at = rule_at

    @property
    def whole_course(self) -> HistoryColumns:
        """Every row that is kept, where a frame has as many as can be drawn."""
        return self._history.columns(MAX_ROWS)

    def with_course(self, frame: Frame, span: HistorySpan) -> Frame:
        """The same moment with the part of the course that is wanted now."""
        stretch = span.window(frame.now_epoch)
        return replace(frame, history=self._columns(stretch), stretch=stretch)

    def _columns(self, stretch: tuple[float, float] | None) -> HistoryColumns:
        return self._history.columns(MOST_DRAWN, stretch[0] if stretch else 0.0)
