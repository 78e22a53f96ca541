"""What three penalties make of one linear model: weights at one λ, and paths over the same λ, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from regdesk.core.types import Float64s, PenaltyKind

KINDS: tuple[PenaltyKind, ...] = ("l1", "l2", "elastic-net")
Trouble = Literal["too large", "no minimum"]


@dataclass(frozen=True, eq=False)
class PenaltyPath:
    """All of a linear model's weights under one penalty, ``weights`` ``(n_lambdas, n_weights)`` at descending
    ``lambdas`` ``(n_lambdas,)``, standardised; an input's weights to each output stand together.
    """

    kind: PenaltyKind
    lambdas: Float64s
    weights: Float64s


@dataclass(frozen=True, eq=False)
class SideBySide:
    """What three penalties make of the same rows.

    Attributes:
        lam: at which ``weights`` ``(n_weights, 3)`` are the solutions, in the order of ``KINDS``.
        l1_ratio: of the elastic net.
        paths: one for each penalty, over the same λ.
    """

    lam: float
    l1_ratio: float
    weights: Float64s
    paths: tuple[PenaltyPath, ...]
