"""Owns the optimum of the live linear model: its thread, how far the model is above it, and the wish to jump there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.linear.distance import Optimum, PenaltyKey, penalty_key_of
from regdesk.core.words.linear_words import excess_text
from regdesk.core.words.number_text import number_text
from regdesk.core.words.shortfalls import unsolvable_sentence
from regdesk.session.service import NOTHING, Service
from regdesk.workers.optimum import OptimumWork

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import TrainSettings
    from regdesk.session.clock import Clock
    from regdesk.session.run import Run
    from regdesk.workers.optimum import OptimumThread

LATE_MS = 300
"""For so long what was last said may stand: most answers come within a frame or two, and words must not flicker."""
MOST_KEPT = 64
NO_DATA = "There is no model to solve for yet: open a file or a sample, or choose another target."
NETWORK = "Only a linear model has one optimum that can be jumped to: empty Hidden layers."
NOT_READY = "It can be solved for as soon as its code is compiled, which the first launch does in the background."
FAILED = "It could not be solved for: an unexpected error was reported."
LOOKING = "looking for the optimum …"


class OptimumService(Service):
    """Signals: ``changed()`` when there is something else to say of a model at rest, ``solved(Optimum)`` for each
    ``solve`` that could be answered, ``refused(str)`` for each that could not. What is expected are answers
    about the present run.
    """

    changed = Signal()
    solved = Signal(object)
    refused = Signal(str)

    def __init__(self, thread: OptimumThread, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(thread, parent=parent)
        self._thread = thread
        self._thread.solved.connect(self._on_solved)
        self._thread.failed.connect(self._on_failed)
        self._late = clock.delay(LATE_MS, self)
        self._late.timeout.connect(self.changed)
        self._delays = (self._late,)
        self._is_ready = False
        self._run: Run | None = None
        self._has_failed = False
        self._known: dict[PenaltyKey, Optimum] = {}
        # What is being solved, and what the user waits for.
        self._asked: PenaltyKey | None = None
        self._wanted: PenaltyKey | None = None
        self._words = ""

    def begin_run(self, run: Run) -> None:
        """Another trainer; what is known of the same rows stays known."""
        if self._run is None or run.dataset is not self._run.dataset or not run.is_linear:
            self._thread.forget()
            self._known = {}
        self._expect(run.number)
        self._run = run
        self._asked = self._wanted = None
        self._words, self._has_failed = "", False
        self._late.stop()
        self.changed.emit()

    def end_run(self) -> None:
        """There is no model any more."""
        self._thread.forget()
        self._expect(NOTHING)
        self._run, self._known = None, {}
        self._asked = self._wanted = None
        self._words = ""
        self._late.stop()
        self.changed.emit()

    def set_ready(self) -> None:
        """The compiled code is there."""
        self._is_ready = True
        self.changed.emit()

    @property
    def unavailable_reason_of_run(self) -> str:
        """Why there is no optimum to be found whatever λ is, one sentence; empty when there is."""
        if self._run is None:
            return NO_DATA
        if not self._run.is_linear:
            return NETWORK
        if not self._is_ready:
            return NOT_READY
        if self._has_failed:
            return FAILED
        return ""

    def unavailable_reason(self, settings: TrainSettings) -> str:
        """Why nobody can jump to the optimum under ``settings``, one sentence; empty when one can."""
        if self.unavailable_reason_of_run:
            return self.unavailable_reason_of_run
        known = self._known.get(penalty_key_of(settings))
        return unsolvable_sentence(known.unavailable_reason) if known is not None else ""

    def known(self, settings: TrainSettings) -> Optimum | None:
        """The optimum under ``settings``, if it has been found; one that is not is asked for by ``words``."""
        return self._known.get(penalty_key_of(settings)) if not self.unavailable_reason_of_run else None

    def solve(self, settings: TrainSettings) -> None:
        """Answer with ``solved`` as soon as the optimum under ``settings`` is known, unless λ changes before."""
        unavailable_reason = self.unavailable_reason(settings)
        if unavailable_reason:
            self.refused.emit(unavailable_reason)
            return
        self._wanted = penalty_key_of(settings)
        self._ask(settings)
        self._answer()

    def waiting_sentence(self, settings: TrainSettings) -> str:
        """What a ``solve`` waits for; empty when there is none, or when λ has moved on from it."""
        if self._wanted is not None and self._wanted != penalty_key_of(settings):
            self._wanted = None
        if self._wanted is None:
            return ""
        return f"Looking for the optimum at λ = {number_text(settings.effective_lam)} …"

    def words(self, snapshot: TrainSnapshot) -> str:
        """How far ``snapshot`` is above the optimum of the settings it carries; what is not known is asked for."""
        if not self._is_expected(snapshot.run) or self.unavailable_reason_of_run or snapshot.has_diverged:
            return ""
        # Its losses may be of an earlier moment, under other settings.
        snapshot = snapshot.measured
        known = self._known.get(penalty_key_of(snapshot.settings))
        if known is not None:
            self._words = excess_text(known, snapshot.objective)
        else:
            self._ask(snapshot.settings)
            if not self._late.isActive():
                self._words = LOOKING
        return self._words

    def degrees_of_freedom(self, snapshot: TrainSnapshot) -> float:
        """Of the optimum of the settings that ``snapshot`` carries; NaN where they are not known, or not yet."""
        known = self.known(snapshot.settings) if self._is_expected(snapshot.run) else None
        return math.nan if known is None else known.degrees_of_freedom

    def _ask(self, settings: TrainSettings) -> None:
        penalty_key = penalty_key_of(settings)
        if penalty_key == self._asked or penalty_key in self._known or self._run is None:
            return
        if self._asked is None:
            self._late.start()
        self._asked = penalty_key
        self._thread.submit(OptimumWork(self._run.number, self._run.dataset, settings))

    def _on_solved(self, run: int, optimum: Optimum) -> None:
        if not self._is_expected(run):
            return
        self._known[optimum.penalty_key] = optimum
        if len(self._known) > MOST_KEPT:
            del self._known[next(iter(self._known))]
        if optimum.penalty_key == self._asked:
            self._asked = None
            self._late.stop()
        self._answer()
        self.changed.emit()

    def _answer(self) -> None:
        known = self._known.get(self._wanted) if self._wanted is not None else None
        if known is None:
            return
        self._wanted = None
        if known.unavailable_reason is not None:
            self.refused.emit(unsolvable_sentence(known.unavailable_reason))
        else:
            self.solved.emit(known)

    def _on_failed(self, run: int, error: Exception) -> None:
        if self._is_expected(run):
            self._asked = self._wanted = None
            self._words, self._has_failed = "", True
            self._late.stop()
            self.changed.emit()
        # One of an earlier run is a fault as well, but not of the present model.
        self.failed.emit(error)
