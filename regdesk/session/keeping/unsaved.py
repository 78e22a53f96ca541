"""What a person would call work, and no file holds: asked about at closing, and marked in the title.

The rule: what a person has chosen for the data, the layers, the training or the sweep (by a control, by undo, or by
taking the λ of a sweep), points moved, weights put in, a sweep that has found anything, a frozen picture; and of a
session that is in a file also what the model has trained since. Training alone, on data that were only opened, is no
work: it is there again in as many seconds. Nor is how the window looks, or what is done within a lesson, which says
itself what to choose.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.session.services import Services
    from regdesk.session.session import Session

WORK_GROUPS = ("data", "seed", "architecture", "training", "sweep")
BY_A_PERSON = ("hand", "undo", "sweep")
"""Origins of what a person chooses; the λ of a sweep is taken by a click."""
CHOICES, POINTS, WEIGHTS = "what you chose", "points that you moved", "weights that were put in"
SWEEP, FROZEN, TRAINED = "a sweep", "what you froze", "what the model has trained since it was saved"
ORDER = (CHOICES, POINTS, WEIGHTS, SWEEP, FROZEN, TRAINED)


class UnsavedWork(QObject):
    """Signal: ``changed()`` when there is some, or none any more."""

    changed = Signal()

    def __init__(
        self, session: Session, services: Services, is_lesson_held: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._is_lesson_held = services, is_lesson_held
        self._kinds: set[str] = set()
        # Those that a file is being written with.
        self._kinds_in_writing: set[str] = set()
        self.saved: tuple[int, int] | None = None
        """The run and the step of the model that is in a file; None where it is in none."""
        session.changed.connect(self._on_changed)
        services.sweeps.ended.connect(self._on_sweep_ended)

    @property
    def words(self) -> str:
        """What it is, such as "what you chose, a sweep and what you froze"; empty where there is none."""
        found = self._kinds | self._kinds_in_writing | ({TRAINED} if self._has_trained else set())
        kinds = [kind for kind in ORDER if kind in found]
        *most, last = kinds or [""]
        return f"{', '.join(most)} and {last}" if most else last

    def note(self, kind: str) -> None:
        """A person has done something; within a lesson it counts for nothing."""
        if kind not in self._kinds and not self._is_lesson_held():
            self._kinds.add(kind)
            self.changed.emit()

    def note_unsaved(self) -> None:
        """What has taken the place of all else is in no file, whether within a lesson or not."""
        self._kinds = {CHOICES}
        self.changed.emit()

    def note_saved(self, run: int, step: int) -> None:
        """All of it is in a file, which holds the model of ``run`` at ``step``."""
        self._kinds.clear()
        self.note_written((run, step))

    def note_writing(self) -> None:
        """All that there is by now is in what is being written; what is done from now on is not."""
        self._kinds_in_writing |= self._kinds
        self._kinds.clear()

    def note_written(self, saved: tuple[int, int] | None) -> None:
        """It is in its file, and the session is as ``note_in_file`` says."""
        self._kinds_in_writing.clear()
        self.note_in_file(saved)

    def note_not_written(self) -> None:
        """It is in no file."""
        self._kinds |= self._kinds_in_writing
        self._kinds_in_writing.clear()

    def note_in_file(self, saved: tuple[int, int] | None) -> None:
        """The session is that in a file, which holds the model of that run at that step, or in none."""
        self.saved = saved
        # What has been trained since then is seen by the step.
        self._kinds.discard(TRAINED)
        self.changed.emit()

    def note_moment(self) -> None:
        """The model may have been trained."""
        if self._has_trained and TRAINED not in self._kinds:
            self._kinds.add(TRAINED)
            self.changed.emit()

    @property
    def _has_trained(self) -> bool:
        snapshot = self._services.model.snapshot
        return self.saved is not None and snapshot is not None and (snapshot.run, snapshot.step) != self.saved

    def _on_changed(self, change: Change) -> None:
        if change.origin not in BY_A_PERSON or self._is_of_data_that_come(change):
            return
        if change.touches("data.cells"):
            self.note(POINTS)
        elif any(change.touches(group) for group in WORK_GROUPS):
            self.note(CHOICES)

    def _is_of_data_that_come(self, change: Change) -> bool:
        """Whether it says what has come into force with data: a target that was found, the model of a sample."""
        now, run = self._services.data.now, self._services.model.run
        is_new = now is not None and (run is None or run.loaded is not now)
        return change.touches("source") or (is_new and now is not None and now.settings == change.after.data)

    def _on_sweep_ended(self, n_done: int, _n_all: int, _unit: str) -> None:
        if n_done:
            self.note(SWEEP)
