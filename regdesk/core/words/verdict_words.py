"""Overfitting and underfitting in words, always with the two losses that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.words.number_text import epoch_text, fixed_text

if TYPE_CHECKING:
    from regdesk.core.run.verdict import Verdict


RECOMMENDED = {
    "λ_best": "no λ of the sweep has a lower validation loss",
    "λ_1se": "the best λ of the sweep is better by less than one standard error",
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
