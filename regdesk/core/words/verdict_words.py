"""Overfitting and underfitting in words, with the two losses that show it, and how the gap between them moves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from regdesk.core.words.number_text import epoch_text, fixed_text, signed_text

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.run.verdict import Verdict

GAP = "the gap (validation − training)"
STILL_SHARE = 0.02
"""Of a gap: what it moves by less than that is no news."""

RECOMMENDED = {
    "λ_best": "no λ of the sweep has a lower validation loss",
    "λ_1se": "no λ of the sweep is better by more than one standard error, which may be chance",
}
"""What a sweep says for a λ that one of its rules recommends: there the gap stands, and no λ is known to close it."""


def short_verdict(verdict: Verdict) -> str:
    """Such as "Overfitting: training loss 0.0210, validation loss 1.03."."""
    losses = f"training loss {fixed_text(verdict.train_loss)}, validation loss {fixed_text(verdict.validation_loss)}"
    defence = RECOMMENDED.get(verdict.rule, "")
    # In parts: where there is no room for the last one, the line ends before it.
    yet = f"; yet this is {verdict.rule}, and {defence}" if defence else ""
    return f"{verdict.kind.capitalize()}: {losses}{yet}."


def verdict_reason(verdict: Verdict) -> str:
    """What the losses are compared with, such as "at epoch 46 validation was 0.142"."""
    best, defence = verdict.best, RECOMMENDED.get(verdict.rule, "")
    yet = f", and yet {defence}" if defence else ""
    if best is None:
        return f"without inputs validation would be {fixed_text(verdict.null_loss)}{yet}"
    validation = fixed_text(best.validation_loss)
    if verdict.kind == "overfitting":
        return f"at epoch {epoch_text(best.epoch)} validation was {validation}{yet}"
    return f"at epoch {epoch_text(best.epoch)} they were {fixed_text(best.train_loss)} and {validation}{yet}"


def gap_change(before: TrainSnapshot, now: TrainSnapshot) -> str:
    """Such as "the gap (validation − training) narrowed from 0.310 to 0.0500".

    It narrows and widens only as long as validation is the higher of the two; else the sides are named. Empty without
    validation rows.
    """
    if not (math.isfinite(before.gap) and math.isfinite(now.gap)):
        return ""
    first, last = signed_text(before.gap), signed_text(now.gap)
    if first == last:
        return f"{GAP} stays at {last}"
    if abs(now.gap - before.gap) <= STILL_SHARE * min(abs(before.gap), abs(now.gap)):
        return f"{GAP} stays near {last}"
    if before.gap >= 0.0 and now.gap >= 0.0:
        if now.gap < before.gap:
            moved = "closed" if last == signed_text(0.0) else "narrowed"
        else:
            moved = "opened" if first == signed_text(0.0) else "widened"
        return f"{GAP} {moved} from {first} to {last}"
    side = "lower" if now.gap < 0.0 else "higher"
    still = "still" if (before.gap < 0.0) == (now.gap < 0.0) else "now"
    return f"{GAP} went from {first} to {last}: the validation loss is {still} the {side} one"


def shorter_sentence(sentence: str) -> str:
    """``sentence`` with what ``gap_change`` says in fewer words, such as "gap 0.310 → 0.0500": numbers stay."""
    before, gap, rest = sentence.partition(f"{GAP} ")
    if not gap:
        return sentence
    moved, said, numbers = rest.partition(" from ")
    # A number of thousands has blanks of another kind.
    if said and " " not in moved:
        return f"{before}gap {numbers.replace(' to ', ' → ', 1)}"
    return f"{before}gap {rest}"
