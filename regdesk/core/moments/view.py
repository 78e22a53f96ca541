"""Where on its course a run is looked at, as a value for the window."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TravelView:
    """What the bar under the history shows, and what can be done.

    Attributes:
        epoch: of the moment that the window shows; None for now.
        now: epoch of the newest moment of the run.
        has_earlier, has_later: whether there is a moment before the one shown, and one after it.
        is_playing: whether one moment follows the other by itself.
        branches: a sentence for each course that was left and can be returned to, the newest first.
        unavailable_reason: why no earlier moment can be shown, one sentence; empty where one can.
    """

    epoch: float | None = None
    now: float = 0.0
    has_earlier: bool = False
    has_later: bool = False
    is_playing: bool = False
    branches: tuple[str, ...] = ()
    unavailable_reason: str = ""

    @property
    def is_earlier(self) -> bool:
        """Whether another moment than now is shown."""
        return self.epoch is not None
