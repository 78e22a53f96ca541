"""Why there is no plane, or no profile in it, as values; ``core/words/plane_words.py`` says them."""

from __future__ import annotations

from enum import Enum, auto


class Unavailable(Enum):
    """What stands in the way of a picture that was asked for, or of a part of it."""

    ONE_WEIGHT = auto()
    TRIO_AT_START = auto()
    FEW_MOMENTS = auto()
    NOT_FINITE = auto()
    NO_MOTION = auto()
    GROUPS = auto()
    NETWORK = auto()
    TOO_LARGE = auto()
