"""What is said where a penalty was chosen, and λ was set with it or does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.settings.first_lambda import first_lambda
from regdesk.core.words.number_text import exact_text
from regdesk.core.words.settings_text import PENALTY_NAMES

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change

NO_PRESSURE = "λ is 0, so the penalty does nothing yet: raise λ."


def first_lambda_words(change: Change) -> str:
    """A sentence on the λ that a penalty begins with; empty where there is nothing to say."""
    before, after = change.before.training, change.after.training
    if not change.touches("training.penalty") or after.penalty == "none":
        return ""
    if after.lam == 0.0:
        return NO_PRESSURE
    if after.lam == before.lam or after.lam != first_lambda(change.before, after.penalty):
        return ""
    name, lam = PENALTY_NAMES[after.penalty], exact_text(after.lam)
    return f"{name[:1].upper()}{name[1:]} at λ = {exact_text(before.lam)} may leave no weight: it begins with {lam}."
