"""What is said of a sweep before its other words are needed, which come with the first λ."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.sweep.view import SweepView

INVITATION = "Press Sweep (F5) to see the loss at every λ."
INVITATION_TO_PATH = "Press Sweep (F5) to see every weight at every λ."
PREPARING = "The sweep begins as soon as its code is compiled."
BEGINNING = "The sweep begins …"
WHAT_IT_IS = (
    "Training and validation loss over λ. Sweep computes the exact linear model at 50 λ and judges it by five "
    "folds; of a network the lowest J that its starts have led to, which other starts may lower. The band is one "
    "standard error, a point with a cross (×) has not converged, numbers along the top count weights that are not "
    "zero. Recommended is λ_best, which has the lowest validation loss. The alternatives, the first to be "
    "considered first: λ_1se, the largest λ within one standard error of it, for a simpler model; AIC and BIC, "
    "which judge the model of all rows by its training loss and its degrees of freedom. Each flag says what it "
    "costs against λ_best. From λ_collapse on no network that was found beats the model without inputs. Where "
    "rows have weights, standard errors, AIC and BIC take the sum of weights for the number of rows. Of classes "
    "accuracy and AUROC on the rows held out stand beneath. Hollow ○ and ◇ are live: the running model at each λ "
    "that it has visited. It trains on from the weights that it had before, for as long as you let it; a swept "
    "network has starts of its own and goes on until it rests. So live losses may lie above the curve or below "
    "it. Up and down moves its λ by itself: ▶ on the way up, ◀ on a dashed line on the way down, pale where it "
    "still moved. Drag the line, or click on a point, to set λ; a double click puts its weights into the live "
    "model."
)
"""And what each mark in it means."""
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
