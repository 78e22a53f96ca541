"""What was open before a lesson, for who returns to it: the run with its weights, and the file of the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from regdesk.core.settings.configuration import Configuration
    from regdesk.session.keeping.desk import Desk
    from regdesk.session.keeping.gathered import KeptSweep
    from regdesk.session.keeping.saver import SessionSaver
    from regdesk.session.keeping.unsaved import UnsavedWork
    from regdesk.session.run_state import RunState
    from regdesk.session.travel.branches import Branch

GROUPS = ("data", "seed", "architecture", "training", "sweep")


@dataclass(frozen=True, eq=False)
class LeftForLesson:
    """``saved`` is the run and the step that ``file`` holds, None where there is no file."""

    configuration: Configuration
    run: RunState
    sweep: KeptSweep | None
    branches: tuple[Branch, ...]
    file: Path | None
    embeds: bool
    saved: tuple[int, int] | None


class LessonReturn(QObject):
    """Signal: ``coming_back()`` before what was left takes the place of the lesson.

    Where there was no model before the lesson, nothing is done here: there is no run that could come back.
    """

    coming_back = Signal()

    def __init__(self, desk: Desk, saver: SessionSaver, work: UnsavedWork, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._saver, self._work = desk, saver, work
        self._is_held = False
        self._left: LeftForLesson | None = None
        # Before who holds the lesson, and would begin a new run.
        desk.window.lessons.return_requested.connect(self._on_return_requested)

    def note_lesson(self, is_held: bool) -> None:
        """A lesson begins, after another or by itself; or it has been left."""
        was_held, self._is_held = self._is_held, is_held
        if not is_held:
            self._left = None
        elif not was_held:
            self._remember()

    def _remember(self) -> None:
        desk, saver, saved = self._desk, self._saver, self._work.saved
        configuration, file, embeds = desk.session.configuration, saver.file, saver.embeds
        sweep, branches = desk.services.sweeps.kept, desk.branches.all

        def note(run: RunState | None) -> None:
            if run is not None and self._is_held:
                self._left = LeftForLesson(configuration, run, sweep, branches, file, embeds, saved)

        desk.runs.ask(note)

    def _on_return_requested(self) -> None:
        left, desk = self._left, self._desk
        if left is None:
            return
        self.coming_back.emit()
        desk.runs.bring_back(left.run, "lesson")
        desk.branches.bring_back(left.branches)
        if left.sweep is not None and desk.services.sweeps.curve is None:
            desk.services.sweeps.bring_back(left.sweep)
        # What had been chosen and was not in force yet is asked for again.
        desk.session.change_all({name: getattr(left.configuration, name) for name in GROUPS}, "lesson")
        run = desk.services.model.run
        if left.file is not None and run is not None:
            self._saver.take_up(left.file, embeds=left.embeds)
            is_same = left.saved is not None and left.saved[0] == left.run.run.number
            self._work.note_in_file((run.number, left.saved[1]) if is_same and left.saved is not None else left.saved)
