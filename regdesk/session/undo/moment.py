"""What a person has chosen by some moment, as a value: to come back to it is to undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.settings.configuration import Configuration
    from regdesk.session.calculator_service import Asked
    from regdesk.session.keeping.gathered import KeptSweep
    from regdesk.session.travel.branches import Branch

Ghosts = tuple[object, ...]
"""What is frozen in each panel, in their order, None where nothing is; whose they are panels alone know."""
NO_MODEL = 0


@dataclass(frozen=True, eq=False)
class Moment:
    """``weights`` is a number for the weights, another one since they have begun anew or were put in, and ``NO_MODEL``
    where there are none; ``ghosts`` is what is frozen, ``point`` what the calculator asks, ``branches`` are the courses
    that can be returned to. ``sweep`` is no choice: it is what had been found of the data by then. ``places`` is where
    the panels stood and ``theme`` the choice of colours, known of steps alone that are of them.
    """

    configuration: Configuration
    weights: int
    ghosts: Ghosts
    point: Asked
    sweep: KeptSweep | None = None
    branches: tuple[Branch, ...] = ()
    places: object = None
    theme: str = ""

    def is_same_as(self, other: Moment) -> bool:
        """Whether there is nothing to choose between the two."""
        return (
            self.weights == other.weights
            and self.configuration == other.configuration
            and is_same(self.ghosts, other.ghosts)
            and self.point == other.point
            and (self.places, self.theme) == (other.places, other.theme)
        )


def is_same(one: Ghosts, other: Ghosts) -> bool:
    """Whether the same is frozen: ghosts are made once and hold arrays, so that they are compared by what they are."""
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
