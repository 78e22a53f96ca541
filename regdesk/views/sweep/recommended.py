"""Which λ of a sweep is recommended, why, and what the others are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve

ALTERNATIVES = {
    "λ_1se": "the largest λ that is worse by no more than one standard error, which may be chance: for a simpler model",
    "AIC": "judges by the training rows alone, without folds: for a second opinion",
    "BIC": "as AIC, but charges more for each weight: for the few that are surely needed",
}
"""The rules beside λ_best, the first to be considered first."""


def explained(name: str) -> str:
    """What the rules are for that chose a point of this ``name``, such as "λ_1se = BIC so far"; empty for λ_best."""
    names = name.removesuffix(" so far").split(" = ")
    if "λ_best" in names:
        return ""
    return "; ".join(f"{one}: {ALTERNATIVES[one]}" for one in names)


def doubt_about_best(curve: SweepCurve) -> str:
    """Why the best of a sweep may not be the best there is; empty where there is no reason for that."""
    lambdas, best = curve.lambdas, curve.best
    if len(lambdas) < 2 or not curve.is_done:
        return ""
    is_empty = curve.network.is_collapsed[best] if curve.network is not None else curve.n_nonzero[best] == 0
    if is_empty:
        return "No λ does better than the model without inputs."
    if lambdas[best] == lambdas.max():
        return "It is the largest λ that was tried: a better one may lie beyond."
    if lambdas[best] == lambdas.min() and lambdas[best] > 0.0:
        return "It is the smallest λ that was tried: a better one may lie below, or be no penalty at all."
    return ""
