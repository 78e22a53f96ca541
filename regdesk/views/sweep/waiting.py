"""What is said of a sweep before its other words are needed, which come with the first λ."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.sweep.view import SweepView

INVITATION = "Press Sweep (F5) to see the loss at every λ."
INVITATION_TO_PATH = "Press Sweep (F5) to see every weight at every λ."
PREPARING = "The sweep begins as soon as its code is compiled."
BEGINNING = "The sweep begins …"
STILL_FALLING = "The loss still falls as λ does: there is no λ_best yet."


def waiting_sentence(view: SweepView | None, invitation: str = INVITATION) -> str:
    """The readout of a panel without a curve."""
    if view is None:
        return invitation
    if not view.is_busy:
        return view.unavailable_reason or invitation
    if view.is_waiting:
        return PREPARING
    if view.progress is None:
        return BEGINNING
    from regdesk.views.sweep.network_words import progress_text

    return progress_text(view.progress, is_linear=view.is_linear)


def why_no_choice(view: SweepView) -> str:
    """Why no λ of the sweep can be taken now, one sentence; empty where one can."""
    if view.curve is None:
        if view.is_busy:
            return "The sweep has no λ yet to choose from."
        return view.unavailable_reason or "Press Sweep (F5) first: it finds the best λ."
    if view.is_stale:
        return "The sweep is of other data or settings: press Sweep (F5) again."
    if view.curve.is_still_falling:
        return STILL_FALLING
    return ""


def choosing_text(what: str, view: SweepView) -> str:
    """``what`` taking a λ of the sweep does, and for how long; or why none can be taken."""
    reason = why_no_choice(view)
    if reason or view.curve is None:
        return reason
    return what if view.curve.is_done else f"{what} so far; λ follows until the sweep has ended"


def judged_text(view: SweepView) -> str:
    """Behind "the lowest validation loss of the sweep": how that is judged, and why the live one is another."""
    n_folds = 1 if view.curve is None else view.curve.n_folds
    if n_folds == 1:
        return ""
    return f", the mean of {n_folds} folds; the live loss is another, for it is judged on one split of the rows"
