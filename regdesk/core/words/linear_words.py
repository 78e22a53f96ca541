"""Sentences on the optimum of a linear model: that it is one of many, and how far a live model is above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.linear.distance import AT_THE_OPTIMUM
from regdesk.core.words.number_text import number_text

if TYPE_CHECKING:
    from regdesk.core.linear.distance import Optimum
    from regdesk.core.types import TrainSettings

LEAST_SHARE = 1e-5
"""An excess over the optimum below it, as a share, is not spelt out."""


def not_unique_sentence(settings: TrainSettings) -> str:
    """That other weights do as well, and which are given."""
    where = f"at λ = {number_text(settings.effective_lam)}" if settings.effective_lam else "without a penalty"
    return (
        f"Other weights do as well {where}, as inputs depend on each other; these have the least Euclidean norm on "
        "the training scale."
    )


def many_optima_sentence(n_lambdas: int) -> str:
    """That at some λ of a sweep other weights do as well."""
    return (
        f"At {n_lambdas} of the λ other weights do as well, as inputs depend on each other; these have the least "
        "Euclidean norm on the training scale."
    )


def excess_text(optimum: Optimum, objective: float) -> str:
    """How far J = ``objective`` is above the optimum, such as "0.3 % above the optimum"."""
    if optimum.unavailable_reason is not None:
        return "no finite optimum"
    excess = optimum.excess(objective)
    if excess <= AT_THE_OPTIMUM:
        return "at the optimum" if optimum.is_unique else "at the optimum, one of many"
    if excess == float("inf"):
        return f"{number_text(objective - optimum.objective)} above the optimum, which is 0"
    if excess < LEAST_SHARE:
        return "under 0.001 % above the optimum"
    if excess < 1.0:
        return f"{_percent_text(100.0 * excess)} % above the optimum"
    return f"{number_text(float(f'{1.0 + excess:.2g}'))} times the optimum"


def _percent_text(percent: float) -> str:
    """One digit below 1 and above 10, two between: what can be read while it moves."""
    if percent >= 9.95:
        return f"{percent:.0f}"
    if percent >= 0.095:
        return f"{percent:.1f}"
    return f"{percent:.2f}" if percent >= 0.0095 else f"{percent:.3f}"
