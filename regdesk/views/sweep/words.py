"""What a sweep says, in words: its readout, its flags, and the values of one point."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from regdesk.core.words.number_text import cost_text, fixed_text, number_text
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.core.words.shortfalls import no_criteria_sentence, shortfalls_text
from regdesk.views.sweep.network_words import (
    WHOLE_TO_ZERO,
    collapse_text,
    goes_as_a_whole,
    hysteresis_at,
    hysteresis_text,
    progress_text,
    progress_unit,
)
from regdesk.views.sweep.recommended import doubt_about_best, explained
from regdesk.views.sweep.waiting import waiting_sentence

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.view import SweepView
    from regdesk.core.types import Float64s

OLD = "Old: data, layers, penalty or seed have changed since; press Sweep (F5) again."


def sweep_sentence(view: SweepView | None) -> str:
    """The panel's readout."""
    if view is None or view.curve is None:
        return waiting_sentence(view)
    curve = view.curve
    n_done = len(curve.lambdas)
    if view.is_stale:
        return OLD
    if not curve.is_done and view.progress is not None:
        return progress_text(view.progress, curve.settings.penalty, is_linear=curve.network is None)
    if not curve.is_done:
        folds = "the validation split" if curve.n_folds == 1 else f"{curve.n_folds} folds"
        return f"Sweeping {PENALTY_NAMES[curve.settings.penalty]}: {n_done} of {curve.n_lambdas} λ, {folds}."
    words = _recommended_text(curve)
    progress = view.progress
    if progress is not None and progress.n_done < progress.n_fits:
        unit = progress_unit(is_linear=curve.network is None)
        words = f"Cancelled after {progress.n_done} of {progress.n_fits} {unit}. {words}"
    elif n_done < curve.n_lambdas:
        words = f"Cancelled after {n_done} of {curve.n_lambdas} λ. {words}"
    n_open = int((~curve.converged).sum())
    if n_open:
        words += f" {n_open} of {n_done} points are not converged."
    if curve.network is not None:
        words = " ".join(part for part in (words, hysteresis_text(curve), collapse_text(curve)) if part)
    return f"{words} {no_criteria_sentence(curve.no_criteria)}".rstrip()


def _recommended_text(curve: SweepCurve) -> str:
    """The one λ that is recommended with the reason, and what the alternatives cost against it."""
    (best, name), *others = curve.chosen
    lam, weights = number_text(curve.lambdas[best]), weights_text(int(curve.n_nonzero[best]))
    words = f"Recommended: {name} {lam} with the lowest validation loss, {_loss_text(curve, best)}, and {weights}."
    words = f"{words} {doubt_about_best(curve)}".rstrip()
    if not others:
        return words
    costs = (
        f"{other} {number_text(curve.lambdas[at])}: {point_cost_text(curve, at)}{_why_sparser(curve, at, other)}"
        for at, other in others
    )
    return f"{words} {'Alternative' if len(others) == 1 else 'Alternatives'}: {'; '.join(costs)}."


def _why_sparser(curve: SweepCurve, number: int, name: str) -> str:
    """What speaks for λ_1se although it costs loss; empty of other rules."""
    if "λ_1se" not in name.split(" = "):
        return ""
    why = ", which is within one standard error and may be chance"
    if curve.n_nonzero[number] < curve.n_nonzero[curve.best]:
        return why
    return f"{why}; it saves no weight here, so take λ_best"


def _loss_text(curve: SweepCurve, number: int) -> str:
    loss, error = curve.validation_loss[number], curve.validation_se[number]
    return f"{fixed_text(loss)} ± {fixed_text(error)}" if math.isfinite(error) else fixed_text(loss)


def short_sentence(view: SweepView | None) -> str:
    """As ``sweep_sentence``, as short as a panel beside others needs it."""
    if view is None or view.curve is None or view.is_stale or not view.curve.is_done:
        return sweep_sentence(view)
    curve, best, sparser = view.curve, view.curve.best, view.curve.one_standard_error
    loss = _loss_text(curve, best)
    if best == sparser:
        return f"Recommended: λ_best = λ_1se {number_text(curve.lambdas[best])}: {loss}"
    # What is cut off first stands at the end: the loss can be read from the picture.
    ends = f"Recommended: λ_best {number_text(curve.lambdas[best])} · λ_1se {number_text(curve.lambdas[sparser])}"
    if curve.n_nonzero[sparser] >= curve.n_nonzero[best]:
        return f"{ends} saves no weight · loss {loss}"
    return f"{ends}: {point_cost_text(curve, sparser)} · loss {loss}"


def weights_text(n_weights: int) -> str:
    return f"{n_weights} weight" if n_weights == 1 else f"{n_weights} weights"


def point_cost_text(curve: SweepCurve, number: int) -> str:
    """What a point costs against the best, such as "3.0 % more loss, 2 fewer weights"; of the best its weights."""
    return weights_text(int(curve.n_nonzero[number])) if number == curve.best else cost_text(*curve.cost_of(number))


def point_text(curve: SweepCurve, number: int) -> str:
    """Everything about one point."""
    name = dict(curve.chosen).get(number)
    lines = [
        f"λ {number_text(curve.lambdas[number])}{f' ({name})' if name else ''}: "
        f"training {fixed_text(curve.train_loss[number])}, validation {_loss_text(curve, number)}",
        f"{weights_text(int(curve.n_nonzero[number]))} not zero, "
        + ("converged" if curve.converged[number] else "not converged"),
    ]
    if name and explained(name):
        lines.append(explained(name))
    if curve.shortfalls[number]:
        lines.append(shortfalls_text(curve.shortfalls[number]))
    if curve.network is not None:
        if curve.network.is_collapsed[number]:
            is_first = number == curve.network.collapse
            first = "λ_collapse: the least λ from which on " if is_first else ""
            lines.append(f"{first}nothing found{'' if is_first else ' here'} beats the model without inputs")
            lines += [WHOLE_TO_ZERO] if goes_as_a_whole(curve, number) else []
        apart = hysteresis_at(curve, number)
        lines += [apart] if apart else []
    if number != curve.best and not curve.is_still_falling:
        so_far = "" if curve.is_done else " so far"
        lines.append(f"against λ_best{so_far}: {point_cost_text(curve, number)}")
    if math.isfinite(curve.accuracy[number]):
        lines.append(f"accuracy {fixed_text(curve.accuracy[number])}, AUROC {fixed_text(curve.auroc[number])}")
    if math.isfinite(curve.aic[number]):
        lines.append(
            f"AIC {_criterion_text(curve.aic, curve.lowest_aic, number)}, "
            f"BIC {_criterion_text(curve.bic, curve.lowest_bic, number)}, "
            f"df {curve.degrees_of_freedom[number]:.3g}"
        )
    elif curve.no_criteria is None:
        # Where no point has them the readout says why.
        lines.append(no_criteria_sentence(curve.no_criteria_reasons[number]))
    return "\n".join(lines)


def _criterion_text(values: Float64s, lowest: int | None, number: int) -> str:
    """Only differences between λ mean something: the lowest and how far above it this is."""
    if lowest is None or lowest == number:
        return f"{values[number]:,.1f} (lowest)"
    return f"{values[number]:,.1f} (+{values[number] - values[lowest]:,.1f})"
