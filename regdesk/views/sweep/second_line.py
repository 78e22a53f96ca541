"""What stands under the sentence of a sweep: the λ_best there is so far, and then how the live loss and the swept one
differ, and why.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from regdesk.core.words.number_text import count_text, fixed_text, number_text
from regdesk.views.sweep.waiting import EACH_FOLD, STILL_FALLING

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.view import SweepView


def second_line(
    view: SweepView, snapshot: TrainSnapshot, n_validation: float, followed: str, why_another: str = ""
) -> tuple[str, str]:
    """The whole, and as short as a narrow panel needs it; empty where nothing is to be added.

    ``snapshot`` is the moment on screen, ``n_validation`` are its validation rows, as they count, ``followed`` says
    which λ is being followed, and ``why_another`` why the λ_best so far is no longer the one that was named before.
    """
    curve = view.curve
    if curve is None or view.is_stale or not len(curve.lambdas):
        return "", ""
    if not curve.is_done:
        # Whoever follows has been told: what they see move is λ.
        words = followed or _so_far(curve, why_another)
        if not followed and why_another and not curve.is_still_falling:
            # The picture has its loss; why it is another stands nowhere else.
            return words, f"λ_best so far {number_text(curve.lambdas[curve.best])}, {why_another}"
        return words, words
    return live_beside_swept(curve, snapshot.settings.effective_lam, snapshot.validation_loss, n_validation)


def _so_far(curve: SweepCurve, why_another: str) -> str:
    if curve.is_still_falling:
        return STILL_FALLING
    lam, loss = curve.lambdas[curve.best], curve.validation_loss[curve.best]
    named = f"λ_best so far {number_text(lam)} with validation {fixed_text(loss)}"
    return f"{named}; {why_another}; Ctrl+B takes it." if why_another else f"{named}; Ctrl+B takes it, and follows."


def why_another_best(before: SweepCurve | None, curve: SweepCurve | None, said: str) -> str:
    """Why the λ_best so far is another than that of the curve ``before``, what has been ``said`` where it is the same,
    and empty where none was named before, or none is now.
    """
    if before is None or curve is None or curve.is_done or before.is_done or before.settings != curve.settings:
        return ""
    old, new = float(before.lambdas[before.best]), float(curve.lambdas[curve.best])
    if before.is_still_falling or curve.is_still_falling:
        return ""
    if old == new:
        return said
    if new in before.lambdas:
        return f"not {number_text(old)}: other models have been found since"
    return f"not {number_text(old)}: the folds of {number_text(new)} were not all in"


def live_beside_swept(curve: SweepCurve, lam: float, live: float, n_validation: float) -> tuple[str, str]:
    """Both validation losses at ``lam``, how far they are apart, and why; the whole, and the short of it."""
    if not math.isfinite(live):
        return "", ""
    swept = curve.validation_loss_at(lam)
    if swept is None or not math.isfinite(swept):
        beyond = f"λ {number_text(lam)} lies outside the sweep"
        return f"{beyond}: nothing is known of it but the live model.", f"{beyond}."
    if curve.n_folds == 1 and curve.network is not None:
        why = (
            "live trained on from the weights it had, until you stopped it, the swept one from other starts to the end"
        )
        short_why = "live trained on from its weights, swept from other starts"
    elif curve.n_folds == 1:
        why = "both judge the same rows, the sweep a model that is trained to the end"
        short_why = "the swept one is trained to the end"
    else:
        folds, rows = f"{curve.n_folds} folds", f"{count_text(n_validation)} validation rows"
        why, short_why = f"live is judged on {rows}, the sweep on {folds}, {EACH_FOLD}", f"{rows} against {folds}"
        if curve.network is not None:
            why += ", and live is at its own epoch, a swept model is trained to the end"
            short_why += ", its own epoch against training to the end"
    pair = f"live {fixed_text(live)}, swept {fixed_text(swept)}"
    # Both losses come before what a narrow panel leaves out: cut in between, the line would compare nothing.
    return f"Validation loss at this λ: {pair}{_apart(live, swept)}: {why}.", f"Validation here: {pair}; {short_why}"


def _apart(live: float, swept: float) -> str:
    """Such as ", live is 2.4 % higher"; empty where they are the same to three digits, or there is no share."""
    if swept <= 0.0 or fixed_text(live) == fixed_text(swept):
        return ""
    percent = 100.0 * abs(live / swept - 1.0)
    return f", live is {percent:.{0 if percent >= 10 else 1}f} % {'higher' if live > swept else 'lower'}"
