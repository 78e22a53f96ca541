"""The steps that a person has done, as a stack: which can be undone and redone, and which weights they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoStack

from regdesk.session.undo.step import Reach, Step

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from regdesk.session.undo.moment import Moment
    from regdesk.session.undo.step import Restore

MOST_STEPS = 500
"""Moments are small; what is large in them, ghosts and runs, is shared by those between which it has not changed."""


class StepHistory:
    """Qt's own stack, of ``Step`` alone."""

    def __init__(self, restore: Restore, parent: QObject) -> None:
        self._restore = restore
        self._stack = QUndoStack(parent)
        self._stack.setUndoLimit(MOST_STEPS)

    @property
    def last(self) -> Step | None:
        """What would be undone."""
        return self._step(self._stack.index() - 1)

    @property
    def next(self) -> Step | None:
        """What would be redone."""
        return self._step(self._stack.index())

    def add(self, before: Moment, words: str, reach: Reach, paths: tuple[str, ...] = ()) -> None:
        """Something has been done, or is being done; what had been undone cannot be redone any more."""
        self._stack.push(Step(before, words, reach, paths, self._restore))

    def drop_last(self) -> None:
        """What was done last has come to nothing."""
        last = self.last
        if last is not None:
            # The stack takes out what is obsolete, and does nothing else about it.
            last.setObsolete(True)
            self._stack.undo()

    def undo(self) -> None:
        self._stack.undo()

    def redo(self) -> None:
        self._stack.redo()

    def clear(self) -> None:
        self._stack.clear()

    @property
    def weights(self) -> set[int]:
        """Numbers of all weights to which one can come back."""
        index = self._stack.index()
        steps = [(number < index, self._step(number)) for number in range(self._stack.count())]
        return {
            (step.before if is_done else step.after).weights
            for is_done, step in steps
            if step is not None and step.reach is Reach.EVERYTHING
        }

    def _step(self, number: int) -> Step | None:
        found = self._stack.command(number) if 0 <= number < self._stack.count() else None
        assert found is None or isinstance(found, Step)
        return found
