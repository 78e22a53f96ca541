"""What a sweep says, in words: its readout, its flags, and the values of one point."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from regdesk.core.narration import PENALTY_NAMES, fixed_text, number_text

if TYPE_CHECKING:
    from regdesk.core.sweep_curve import SweepCurve
    from regdesk.views.frame import SweepView

INVITATION = "Press Sweep (F5) to see the exact loss at every λ."
PREPARING = "The sweep begins as soon as its code is compiled."
BEGINNING = "The sweep begins …"
OLD = "Old: data, layers, penalty or seed have changed since; press Sweep (F5) again."


def sweep_sentence(view: SweepView | None) -> str:
    """The panel's readout."""
    if view is None:
        return INVITATION
    curve = view.curve
    if curve is None:
        if view.is_busy:
            return PREPARING if view.is_waiting else BEGINNING
        return view.obstacle or INVITATION
    n_done = len(curve.lambdas)
    if view.is_old:
        return OLD
    if not curve.is_done:
        folds = "the validation split" if curve.n_folds == 1 else f"{curve.n_folds} folds"
        return f"Sweeping {PENALTY_NAMES[curve.settings.penalty]}: {n_done} of {curve.n_lambdas} λ, {folds}."
    best, sparser = curve.best, curve.one_standard_error
    losses = f"validation loss {fixed_text(curve.validation_loss[best])}"
    if math.isfinite(curve.validation_se[best]):
        losses += f" ± {fixed_text(curve.validation_se[best])}"
    words = f"λ_best {number_text(curve.lambdas[best])}: {losses}, {weights_text(int(curve.n_nonzero[best]))}; "
    words += f"λ_1se {number_text(curve.lambdas[sparser])}: {cost_text(curve, sparser)}."
    if n_done < curve.n_lambdas:
        words = f"Cancelled after {n_done} of {curve.n_lambdas} λ. {words}"
    n_open = int((~curve.converged).sum())
    if n_open:
        words += f" {n_open} of {n_done} points are not converged."
    return words


def short_sentence(view: SweepView | None) -> str:
    """As ``sweep_sentence``, as short as a panel beside others needs it."""
    if view is None or view.curve is None or view.is_old or not view.curve.is_done:
        return sweep_sentence(view)
    curve, best, sparser = view.curve, view.curve.best, view.curve.one_standard_error
    loss = fixed_text(curve.validation_loss[best])
    if math.isfinite(curve.validation_se[best]):
        loss += f" ± {fixed_text(curve.validation_se[best])}"
    ends = f"λ_best {number_text(curve.lambdas[best])}: {loss}"
    return f"{ends} · λ_1se {number_text(curve.lambdas[sparser])}: {cost_text(curve, sparser)}"


def weights_text(n_weights: int) -> str:
    return f"{n_weights} weight" if n_weights == 1 else f"{n_weights} weights"


def cost_text(curve: SweepCurve, number: int) -> str:
    """What a point costs against the best, such as "+3.0 % loss, 2 fewer weights"."""
    if number == curve.best:
        return "the same"
    extra, n_fewer = curve.cost_of(number)
    loss = f"+{100 * extra:.1f} % loss"
    if n_fewer == 0:
        return f"{loss}, as many weights"
    word = "fewer" if n_fewer > 0 else "more"
    return f"{loss}, {abs(n_fewer)} {word} {'weight' if abs(n_fewer) == 1 else 'weights'}"


def point_text(curve: SweepCurve, number: int) -> str:
    """Everything about one point."""
    validation = fixed_text(curve.validation_loss[number])
    if math.isfinite(curve.validation_se[number]):
        validation += f" ± {fixed_text(curve.validation_se[number])}"
    lines = [
        f"λ {number_text(curve.lambdas[number])}: training {fixed_text(curve.train_loss[number])}, "
        f"validation {validation}",
        f"{weights_text(int(curve.n_nonzero[number]))} not zero, "
        + ("converged" if curve.converged[number] else "not converged"),
    ]
    if math.isfinite(curve.accuracy[number]):
        lines.append(f"accuracy {fixed_text(curve.accuracy[number])}, AUROC {fixed_text(curve.auroc[number])}")
    return "\n".join(lines)
