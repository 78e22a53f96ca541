"""Sentences on why the constraint geometry does not show what was asked for."""

from __future__ import annotations

from regdesk.core.geometry.unavailable import Unavailable

AT_START = "Press Run: three copies train with your model."
REASONS = {
    Unavailable.ONE_WEIGHT: "There is one weight only, and a plane needs two.",
    Unavailable.TRIO_AT_START: AT_START,
    Unavailable.FEW_MOMENTS: "The plane of the trajectory needs three recorded moments at least.",
    Unavailable.NOT_FINITE: "The trajectory has parameters that are not finite.",
    Unavailable.NO_MOTION: "The parameters have moved along one line or not at all, which makes no plane.",
    Unavailable.GROUPS: "Under the group lasso the others can only stand still: it ties weights together.",
    Unavailable.NETWORK: "In a network the others can only stand still: each point would have to be trained for.",
    Unavailable.TOO_LARGE: "With so many rows and inputs the others can only stand still: else it would take minutes.",
}


def unavailable_text(reason: Unavailable | None) -> str:
    """A sentence; empty where nothing stands in the way."""
    return "" if reason is None else REASONS[reason]
