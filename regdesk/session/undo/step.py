"""One thing that a person has done, as it can be undone and redone."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from regdesk.session.undo.moment import Moment


class Reach(Enum):
    """What of a moment comes back with a step."""

    EVERYTHING = "everything"
    """It was of data, layers, seed or weights: the run comes back, with all that was in force with it."""
    SETTINGS = "settings"
    """It was of pressure or looks: these settings alone, and whatever trains goes on."""
    GHOSTS = "ghosts"
    POINT = "point"


Restore = Callable[["Step", "Moment"], "Moment"]
"""Brings a moment back as far as the step reaches, and answers with the one that was left for it."""


class Step(QUndoCommand):
    """From the moment ``before`` it to the one ``after`` it, which is known when it has been undone.

    What a lesson, the λ tour or the program changes between two steps is no step. It belongs to the one before it
    where that reaches everything: nothing is ever brought back into data or layers that it was not chosen for.
    """

    def __init__(self, before: Moment, words: str, reach: Reach, paths: tuple[str, ...], restore: Restore) -> None:
        super().__init__(words)
        self.before, self.after = before, before
        self.reach, self.paths = reach, paths
        self._restore = restore
        self._is_new = True

    def go_on(self, words: str, paths: tuple[str, ...]) -> None:
        """More has been done that belongs to it."""
        self.setText(words)
        self.paths = tuple(dict.fromkeys((*self.paths, *paths)))

    def undo(self) -> None:
        self.after = self._restore(self, self.before)

    def redo(self) -> None:
        # The stack does what it is handed, which has been done already.
        if self._is_new:
            self._is_new = False
            return
        self.before = self._restore(self, self.after)
