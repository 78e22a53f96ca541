"""What is said of a sweep before its other words are needed, which come with the first λ."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.sweep.view import SweepView

EACH_FOLD = "each fold by a model of the other folds"
"""On which rows a sweep judges: said in the same words wherever it is said."""
INVITATION = "Press Sweep (F5) to see the loss at every λ."
INVITATION_TO_PATH = "Press Sweep (F5) to see every weight at every λ."
PREPARING = "The sweep begins as soon as its code is compiled."
BEGINNING = "The sweep begins …"
WHAT_IT_IS = (
    "Training and validation loss over λ. Sweep computes the exact linear model at 50 λ; of a network the "
    "lowest J that its starts have led to, which other starts may lower. Five folds judge it, "
    f"{EACH_FOLD}. The band is one "
    "standard error, a point with a cross (×) has not converged, numbers along the top count weights that are not "
    "zero. Recommended is λ_best, which has the lowest validation loss. The alternatives, the first to be "
    "considered first: λ_1se, the largest λ within one standard error of it, for a simpler model; AIC and BIC, "
    "which judge the model of all rows by its training loss and its degrees of freedom. Each flag says what it "
    "costs against λ_best. From λ_collapse on no network that was found beats the model without inputs. Where "
    "rows have weights, standard errors, AIC and BIC take the sum of weights for the number of rows. Of classes "
    "accuracy and AUROC on the rows held out stand beneath. Hollow ○ and ◇ are live: the running model at each λ "
    "that it has visited. It trains on from the weights that it had before, for as long as you let it; a swept "
    "network has starts of its own and is trained to the end. So live losses may lie above the curve or below "
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


def best_text(what: str, view: SweepView) -> str:
    """``what`` taking λ_best does, on which rows that is judged once all is judged, and why one's own loss may rise."""
    is_done = view.curve is not None and view.curve.is_done
    return choosing_text(what + (judged_text(view) if is_done else ""), view) + may_rise_text(view)


def judged_text(view: SweepView) -> str:
    """Behind "the lowest validation loss of the sweep": on which rows that is judged."""
    curve = view.curve
    return "" if curve is None or curve.n_folds == 1 else f", judged by {curve.n_folds} folds, {EACH_FOLD}"


def may_rise_text(view: SweepView) -> str:
    """Beside Use best: why it may make the loss of one's own model larger; empty where no λ can be taken."""
    curve = view.curve
    if curve is None or why_no_choice(view):
        return ""
    rows = "it is judged on the validation rows alone" if curve.n_folds > 1 else ""
    epoch = "it is at its own epoch, those of the sweep are trained to the end" if curve.network is not None else ""
    why = ", and ".join(part for part in (rows, epoch) if part)
    return f". The loss of your own model may rise there: {why}" if why else ""
