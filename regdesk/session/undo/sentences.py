"""What is said of a step that can be undone or redone, and why nothing can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.session.undo.step import Reach

if TYPE_CHECKING:
    from regdesk.session.undo.step import Step

Offer = tuple[str, str]
"""What would be done, empty where nothing can be, and a sentence on it, or on why not."""
NOTHING_DONE = "Nothing has been chosen yet that could be undone"
NOTHING_UNDONE = "Nothing has been undone that could be done again"
READING = "Data are being read: when they are there, or have been cancelled, it can be undone"
IN_LESSON = "What was done before the lesson can be undone when it has been left"
NOT_KEPT = " (weights not kept)"
_RUN_COMES = "The run that was comes back, with its weights and its history"
_GOES_ON = "The setting comes back, and training goes on"
_RUN_LOST = (
    "Its weights could not be kept, as memory for undo is bounded ({most} MB): the settings come back, and a new run"
)
_OTHERS = {
    Reach.SETTINGS: _GOES_ON,
    Reach.GHOSTS: "What was frozen comes back as it was",
    Reach.POINT: "The calculator's point comes back",
    Reach.PLACES: "The panels go back to where they stood",
    Reach.THEME: "The colours come back",
}


def offer_of(step: Step, is_run_kept: bool, most_bytes: int) -> Offer:
    """Of ``step``; ``is_run_kept``: the run to which it leads can be brought back, or is the present one."""
    words = step.words
    if step.reach is not Reach.EVERYTHING:
        return words, _OTHERS[step.reach]
    if is_run_kept:
        return words, _RUN_COMES
    return words + NOT_KEPT, _RUN_LOST.format(most=most_bytes // 2**20)
