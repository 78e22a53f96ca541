"""Writes the timeline of a session: it hears of choices and of runs, and reads what engines took."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject

from regdesk.core.settings.configuration import Configuration, differing_paths, value_at, with_values
from regdesk.core.settings.settings_table import SETTINGS
from regdesk.core.timeline.acts import Act, Parent
from regdesk.core.timeline.packed import PackedActs
from regdesk.core.timeline.timeline import Timeline, lineage_of
from regdesk.core.words.settings_text import configuration_change
from regdesk.session.run import source_settings

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Iterable, Mapping

    from regdesk.core.run.taken import Taken
    from regdesk.core.settings.change import Change
    from regdesk.core.types import TrainSettings
    from regdesk.session.clock import Clock
    from regdesk.session.live_model import LiveModel
    from regdesk.session.run import Run
    from regdesk.session.session import Session

MERGE_S = 0.4
"""Choices of the same settings that come closer together than this are one gesture, and one act."""
MOST_ACTS, MOST_BYTES = 100_000, 32 * 2**20
"""Of the engines of runs that the present one does not go on from, and of the numbers that were put into them: beyond
that the oldest runs keep their beginning, and lose what their engine took.
"""
MOST_TRAINED = 64
"""Runs whose last settings are known. Of an older one, should its engine take any more, all settings are written again.
"""
TRAINING = tuple(path for path in SETTINGS if path.startswith("training."))
GOES_ON = "An earlier run goes on from step {step:,}."
BEGUN, BEGUN_AGAIN = "A run begins from the seed's weights.", "The run begins again from the seed's weights."


class Gesture(NamedTuple):
    """The choice at ``place`` among the acts may go on: what was ``before`` it, and when it last did."""

    place: int
    before: Configuration
    last_s: float


@dataclass(frozen=True)
class RunSettings:
    """Data, seed and layers of the run that began last, as they were then; the rest as it was before any run."""

    configuration: Configuration


class TimelineRecorder(QObject):
    """``read`` it now and then: what engines took waits in a queue until then."""

    def __init__(
        self, session: Session, model: LiveModel, taken: deque[Taken], clock: Clock, parent: QObject | None = None
    ) -> None:
        """``taken`` is what engines add to, whichever run they train."""
        super().__init__(parent)
        self._model, self._queue, self._clock = model, taken, clock
        self._begun_s = clock.now_s()
        self._begun = Timeline(session.configuration)
        self._acts = PackedActs()
        self._run = 0
        # Numbers of runs in the timeline by those of this program's life: what was opened has had runs before.
        self._numbers: dict[int, int] = {}
        # Of the run that began last, and of the last settings that each engine took.
        self._of_run = RunSettings(session.configuration)
        self._training: dict[int, TrainSettings] = {}
        # By run how many acts its engine took, and how many bytes of numbers: of all runs, and of each that has any.
        self._n_taken = self._n_bytes = 0
        self._taken: dict[int, tuple[int, int]] = {}
        # Of the runs that go on from another: which.
        self._parents: dict[int, int] = {}
        self._gesture: Gesture | None = None
        session.changed.connect(self._on_changed)
        model.begun.connect(self._on_run_begun)

    @property
    def timeline(self) -> Timeline:
        """All acts until now."""
        self.read()
        return replace(self._begun, acts=self._acts.row)

    def number_of(self, run: Run) -> int:
        """The number of ``run`` in the timeline. Raises KeyError where it is of none."""
        return self._numbers[run.number]

    def go_on(self, timeline: Timeline, live_number: int, run: int, left: Mapping[int, int] | None = None) -> None:
        """From now on ``timeline`` is gone on with; ``live_number`` is this program's number of its ``run``, and
        ``left`` has by this program's numbers those of its runs that can be returned to.
        """
        self._queue.clear()
        course = timeline.course(run)
        self._begun, self._acts = Timeline(timeline.beginning), PackedActs(timeline.acts)
        self._begun_s = self._clock.now_s() - timeline.seconds
        self._run, self._numbers = timeline.last_run, {**(left or {}), live_number: run}
        self._of_run = RunSettings(timeline.beginning_of(timeline.last_run))
        self._training = {run: course.configuration.training} if course.acts else {}
        self._parents = {act.run: act.parent.run for act in timeline.acts if act.parent is not None}
        self._taken, self._n_taken, self._n_bytes = {}, 0, 0
        for act in timeline.acts:
            if act.is_of_engine:
                self._count(act)
        self._gesture = None

    def read(self) -> None:
        """Note what engines have taken since the last time."""
        for _ in range(len(self._queue)):
            taken = self._queue.popleft()
            run = self._numbers.get(taken.run)
            if run is not None:
                self._note_taken(taken, run)

    def _note_run(self, run: Run, parent: Parent | None = None, words: str = "") -> None:
        self.read()
        self._run += 1
        self._numbers[run.number] = self._run
        loaded, before = run.loaded, self._of_run.configuration
        source = source_settings(loaded.source)
        now = {"source": source, "data": loaded.settings, "seed": loaded.seed, "architecture": run.architecture}
        after = with_values(before, now)
        self._of_run = RunSettings(after)
        said = words or configuration_change(before, after) or (BEGUN_AGAIN if self._run > 1 else BEGUN)
        step = 0 if parent is None else parent.step
        values = _values(after, differing_paths(before, after))
        if parent is not None:
            self._parents[self._run] = parent.run
        self._add(Act("run", self._run, step, self._now_s, said, values=values, parent=parent))
        self._trim()

    def _note_taken(self, taken: Taken, run: int) -> None:
        base = Configuration()
        is_first = run not in self._training
        if is_first and len(self._training) >= MOST_TRAINED:
            del self._training[min(self._training)]
        before = with_values(base, {"training": self._training.get(run, base.training)})
        after = with_values(base, {"training": taken.settings})
        paths = TRAINING if is_first else differing_paths(before, after)
        self._training[run] = taken.settings
        words = taken.words or ("" if is_first else configuration_change(before, after))
        values = _values(after, paths)
        act = Act(taken.kind, run, taken.step, self._now_s, words, values=values, put_in=taken.put_in)
        self._add(act)
        self._count(act)

    def _count(self, act: Act) -> None:
        """What an engine took."""
        n_bytes = 0 if act.put_in is None else len(act.put_in.content)
        n_taken, n_before = self._taken.get(act.run, (0, 0))
        self._taken[act.run] = n_taken + 1, n_before + n_bytes
        self._n_taken += 1
        self._n_bytes += n_bytes

    def _on_changed(self, change: Change) -> None:
        self.read()
        gesture, now_s = self._gesture, self._clock.now_s()
        if gesture is None or now_s - gesture.last_s > MERGE_S or not self._goes_on(gesture, change):
            gesture = self._gesture = Gesture(len(self._acts), change.before, now_s)
            self._add(Act("choice", self._run, change.step, self._now_s, origin=change.origin))
        words, values = configuration_change(gesture.before, change.after), _values(change.after, change.paths)
        self._acts.replace(gesture.place, replace(self._acts.open_act(gesture.place), words=words, values=values))
        self._gesture = gesture._replace(last_s=now_s)

    def _add(self, act: Act) -> None:
        """Acts of a gesture that may go on are not packed: a drag of ten seconds is hundreds of them."""
        gesture = self._gesture
        if gesture is not None and self._clock.now_s() - gesture.last_s > MERGE_S:
            gesture = None
        self._acts.append(act, None if gesture is None else gesture.place)

    def _goes_on(self, gesture: Gesture, change: Change) -> bool:
        last = self._acts.open_act(gesture.place)
        return (last.run, last.origin, tuple(last.values)) == (self._run, change.origin, change.paths)

    def _on_run_begun(self, run: Run) -> None:
        number, state = self._model.came_from or (0, None)
        known = self._numbers.get(number)
        if state is None or known is None:
            self._note_run(run)
        else:
            self._note_run(run, Parent(known, state.step, state.n_taken), GOES_ON.format(step=state.step))

    def _trim(self) -> None:
        """Give up what is too much of runs that have been left, the oldest first."""
        if self._n_taken <= MOST_ACTS and self._n_bytes <= MOST_BYTES:
            return
        kept, cut = lineage_of(self._parents, self._run), set()
        for run in sorted(self._taken.keys() - kept):
            if self._n_taken <= MOST_ACTS and self._n_bytes <= MOST_BYTES:
                break
            cut.add(run)
            n_lost, n_bytes_lost = self._taken.pop(run)
            self._n_taken -= n_lost
            self._n_bytes -= n_bytes_lost
        if cut:
            self._acts.forget_engine_acts(cut)
            self._gesture = None

    @property
    def _now_s(self) -> float:
        return round(self._clock.now_s() - self._begun_s, 3)


def _values(configuration: Configuration, paths: Iterable[str]) -> dict[str, Any]:
    return {path: value_at(configuration, path) for path in paths}
