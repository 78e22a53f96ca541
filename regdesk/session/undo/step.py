"""One thing that a person has done, as it can be undone and redone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

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
    PLACES = "places"
    """Of the panels, all of which a choice in a menu has put elsewhere; with the settings that went with it."""
    THEME = "theme"


Restore = Callable[["Step", "Moment"], "Moment"]
"""Brings a moment back as far as the step reaches, and answers with the one that was left for it."""


@dataclass(eq=False)
class Step:
    """From the moment ``before`` it to the one ``after`` it, which is known when it has been undone.

    What a lesson, the λ tour or the program changes between two steps is no step. It belongs to the one before it
    where that reaches everything: nothing is ever brought back into data or layers that it was not chosen for.
    """

    before: Moment
    words: str
    reach: Reach
    paths: tuple[str, ...] = ()
    after: Moment = field(init=False)

    def __post_init__(self) -> None:
        self.after = self.before

    def go_on(self, words: str, paths: tuple[str, ...]) -> None:
        """More has been done that belongs to it."""
        self.words = words
        self.paths = tuple(dict.fromkeys((*self.paths, *paths)))
