"""Sentences of three penalties side by side, and on why there is nothing to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.words.number_text import number_text

if TYPE_CHECKING:
    from regdesk.core.model.side_by_side import SideBySide

NO_MODEL = "Open a CSV file or a sample: three penalties are compared on its rows."
NETWORK = (
    "Exact solutions under three penalties are those of a linear model: empty “Hidden layers”. A network would have to "
    "be trained three times; Compare in the geometry does so with two twins."
)
NOT_READY = "The three penalties are compared as soon as their code is compiled, which the first launch does."
WAITING = "Solving under L1, L2 and the elastic net …"
TROUBLES = {
    "too large": "So many rows and inputs would take too long to be solved three times.",
    "no minimum": "Without a penalty these classes can be told apart, and no weights are best: raise λ.",
}


def trouble_sentence(trouble: str) -> str:
    """Why there is nothing to compare."""
    return TROUBLES[trouble]


def comparison_sentence(found: SideBySide) -> str:
    """How many weights each penalty leaves at the λ in force."""
    n_alive = [int(one) for one in (found.weights != 0.0).sum(axis=0)]
    return (
        f"The same rows at λ {number_text(found.lam)}: of {len(found.weights)} weights L1 leaves {n_alive[0]}, "
        f"L2 {n_alive[1]}, the elastic net (L1 share {number_text(found.l1_ratio)}) {n_alive[2]}."
    )
