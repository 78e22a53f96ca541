"""Whether contour and ball touch at a point, and why a weight is zero: numbers and their words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.geometry.penalty_ball import NormalCone, PlanePenalty
from regdesk.core.model.penalties import ElasticNet, GroupLasso, Penalty
from regdesk.core.types import Float64s
from regdesk.core.words.narration import number_text

TOUCHING = 1e-6
"""1 − cosine up to which the two are said to touch."""
STAYS = "One that stays so at the optimum is pulled with just"


@dataclass(frozen=True, eq=False)
class Tangency:
    """At one point of the plane.

    Attributes:
        point: ``(2,)``; ``gradient`` ``(2,)`` is that of the data loss in the reading chosen.
        cone: the penalty's normal cone there.
        nearest: ``(2,)``, the element of λ∂R nearest to −gradient.
        residual: the larger part of −gradient − ``nearest``: the two weights' part of the kkt residual.
        cosine: between −gradient and the cone, 1 where contour and ball touch; NaN where one of them is 0.
    """

    point: Float64s
    gradient: Float64s
    cone: NormalCone
    nearest: Float64s
    residual: float
    cosine: float

    @classmethod
    def at(cls, point: Float64s, gradient: Float64s, penalty: PlanePenalty, lam: float) -> Tangency:
        """``point`` and ``gradient`` ``(2,)``; λ ≥ 0."""
        cone = penalty.cone_at(point)
        nearest = cone.nearest(-gradient, lam)
        residual = float(np.abs(-gradient - nearest).max())
        return cls(point, gradient, cone, nearest, residual, cone.cosine(-gradient))

    @property
    def touches(self) -> bool:
        return self.cosine >= 1.0 - TOUCHING


@dataclass(frozen=True)
class ZeroReason:
    """Why a weight is zero, or is not: the loss's pull on it against the threshold that holds it.

    Attributes:
        pull: |∂loss/∂w|, for the group lasso the norm of the group's.
        threshold: what it must exceed for the weight to leave 0: l1_ratio·λ, λ√|g|; 0 where nothing holds it there.
        is_zero: whether the weight is exactly 0 now.
        words: a sentence or two.
    """

    pull: float
    threshold: float
    is_zero: bool
    words: str


def zero_reason(penalty: Penalty, weights: Float64s, gradient: Float64s, position: int) -> ZeroReason:
    """Of the weight at ``position`` in the row of all ``weights`` ``(n_weights,)``, biases left out.

    ``gradient`` ``(n_weights,)`` is that of the data loss at these weights, of a network or of a linear model.
    """
    is_zero = bool(weights[position] == 0.0)
    if isinstance(penalty, GroupLasso):
        group = int(np.searchsorted(penalty.bounds, position, side="right")) - 1
        first, last = int(penalty.bounds[group]), int(penalty.bounds[group + 1])
        pull, threshold = float(np.linalg.norm(gradient[first:last])), penalty.lam * float(np.sqrt(last - first))
        is_zero = not weights[first:last].any()
        return ZeroReason(pull, threshold, is_zero, _group_words(pull, threshold, is_zero, last - first))
    assert isinstance(penalty, ElasticNet)
    pull, threshold = float(abs(gradient[position])), penalty.lam * penalty.l1_ratio
    return ZeroReason(pull, threshold, is_zero, _single_words(pull, threshold, is_zero, penalty))


def _single_words(pull: float, threshold: float, is_zero: bool, penalty: ElasticNet) -> str:
    name = "λ" if penalty.l1_ratio == 1.0 else "L1 share × λ"
    if threshold == 0.0:
        held = f"{'At λ = 0' if penalty.l1_ratio > 0.0 else 'Without L1'} nothing holds a weight at zero"
        if is_zero and penalty.lam > 0.0:
            return f"{held}: it was there before, or L2 has made it too small to be told from zero."
        if is_zero:
            return f"{held}: it is there because it was there before, and leaves while the loss pulls on it."
        reason = ": L2 pulls in proportion to its size, which fades as it shrinks." if penalty.lam > 0.0 else "."
        return held + reason
    pulled, limit = number_text(pull), number_text(threshold)
    if is_zero and pull <= threshold:
        return f"It is zero because the loss pulls on it with {pulled}, no more than {name} = {limit}."
    if is_zero:
        return f"It is zero but will leave: the loss pulls on it with {pulled}, more than {name} = {limit}."
    if penalty.l1_ratio < 1.0:
        return (
            f"It is not zero: the loss pulls on it with {pulled}. {STAYS} {name} = {limit} and the pull of L2 together."
        )
    return f"It is not zero: the loss pulls on it with {pulled}. {STAYS} {name} = {limit}."


def _group_words(pull: float, threshold: float, is_zero: bool, size: int) -> str:
    members = f"its group of {size} weights" if size > 1 else "its group of one weight"
    if threshold == 0.0:
        return "Without λ nothing holds a group at zero."
    pulled, limit = number_text(pull), f"λ√{size} = {number_text(threshold)}"
    if is_zero and pull <= threshold:
        return f"It is zero because the loss pulls on {members} with {pulled}, no more than {limit}."
    if is_zero:
        return f"It is zero but will leave: the loss pulls on {members} with {pulled}, more than {limit}."
    return f"It is not zero: the loss pulls on {members} with {pulled}. {STAYS} {limit}."
