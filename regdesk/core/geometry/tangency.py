"""Whether contour and ball touch at a point, and why a weight is zero: numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from regdesk.core.model.penalty import Penalty
from regdesk.core.model.penalty_ball import NormalCone, PlanePenalty
from regdesk.core.types import Float64s

Unfelt = Literal["leads nowhere", "nothing comes", "no change"]
"""Why the loss does not feel a weight: its unit reaches no output, its source no input, or none of the two."""
TOUCHING = 1e-6
"""1 − cosine up to which the two are said to touch."""


@dataclass(frozen=True, eq=False)
class Tangency:
    """At one point of the plane.

    Attributes:
        point: ``(2,)``; ``gradient`` ``(2,)`` is that of the data loss in the reading chosen.
        cone: the penalty's normal cone there.
        nearest: ``(2,)``, the element of λ∂R nearest to −gradient.
        residual: the larger part of −gradient − ``nearest``: the two weights' part of the KKT residual.
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
        threshold: what it must exceed for the weight to leave 0: F·l1_ratio·λ, F·λ√|g|; 0 where nothing holds it there.
        is_zero: whether the weight, or its group, is exactly 0 now.
        lam, l1_ratio: of the penalty; the group lasso's share is 1.
        group_size: weights in its group; None where weights are penalised one by one.
        factor: the penalty factor F of its input; 1 in layers behind the first.
        unfelt: why the pull on a weight at zero is nothing but rounding; None where it is more, or the weight is alive.
    """

    pull: float
    threshold: float
    is_zero: bool
    lam: float
    l1_ratio: float
    group_size: int | None = None
    factor: float = 1.0
    unfelt: Unfelt | None = None


def zero_reason(penalty: Penalty, weights: Float64s, gradient: Float64s, position: int) -> ZeroReason:
    """Of the weight at ``position`` in the row of all ``weights`` ``(n_weights,)``, biases left out.

    ``gradient`` ``(n_weights,)`` is that of the data loss at these weights, of a network or of a linear model.
    """
    hold = penalty.hold_on(position)
    pull, is_zero = float(np.linalg.norm(gradient[hold.members])), not weights[hold.members].any()
    size = hold.members.stop - hold.members.start if hold.is_group else None
    return ZeroReason(pull, hold.threshold, is_zero, penalty.lam, penalty.l1_share, size, hold.factor)
