"""What is said of a sweep before its other words are needed, which come with the first λ."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.sweep.view import SweepView

INVITATION = "Press Sweep (F5) to see the loss at every λ."
INVITATION_TO_PATH = "Press Sweep (F5) to see every weight at every λ."
PREPARING = "The sweep begins as soon as its code is compiled."
BEGINNING = "The sweep begins …"


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


def judged_text(view: SweepView) -> str:
    """Behind "the lowest validation loss of the sweep": how that is judged, and why the live one is another."""
    n_folds = 1 if view.curve is None else view.curve.n_folds
    if n_folds == 1:
        return ""
    return f", the mean of {n_folds} folds; the live loss is another, for it is judged on one split of the rows"
