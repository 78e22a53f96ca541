"""Squared error under L1 or the elastic net in any units: the active set's solution and its certificate, refined.

A pull is a sum over rows of products as large as input times target. Where units are far from 1 rounding leaves more
of it than λ, so that no model in float64 has the pulls of an optimum, and a bound from its own residuals says nothing.
Here weights and residuals have the digits of extended precision until the certificate is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regdesk.core.linear.duality import squared_gap
from regdesk.core.linear.least_squares import Extended, centred_columns, wide_ridge_dual
from regdesk.core.model.penalty import Penalty
from regdesk.core.quadratic.active_set import quadratic_minimum
from regdesk.core.types import Float64s

MOST_CELLS = 4_000_000
"""Rows times inputs: 64 MB in extended precision, of which a product takes 20 ms."""
MOST_ROUNDS = 60
MOST_CALLED = 200
"""Inputs that a round takes in besides those alive."""
MOST_STEPS = 8
EXTENDED_ROUNDING = 8.0 * float(np.finfo(np.longdouble).eps)


@dataclass(frozen=True)
class RefinedSquares:
    """``weights`` ``(n_inputs,)``, ``bias``, J, the most that it is above its minimum, and rounds taken."""

    weights: Float64s
    bias: float
    objective: float
    gap: float
    n_rounds: int


def refined_squares(
    inputs: Float64s,
    targets: Float64s,
    penalty: Penalty,
    weights: Float64s,
    check: Callable[[], None] = lambda: None,
    most_rounds: int = MOST_ROUNDS,
) -> RefinedSquares | None:
    """The minimum of ½ mean (y − Xw − b)² + λR(w) from ``weights`` ``(n_inputs,)`` on; λ is above 0.

    ``inputs`` ``(n_rows, n_inputs)``, ``targets`` ``(n_rows,)``. None where there is too much for extended precision.
    """
    if inputs.size > MOST_CELLS:
        return None
    n_rows, n_inputs = inputs.shape
    if penalty.l1_share == 0.0 and n_inputs > n_rows:
        return _refined_ridge(inputs, targets, penalty)
    search = _Search(inputs, targets, penalty, weights)
    search.run(check, min(most_rounds, MOST_ROUNDS))
    return search.found(targets, inputs)


class _Search:
    """Weights in units in which every input and the target have deviation 1."""

    def __init__(self, inputs: Float64s, targets: Float64s, penalty: Penalty, weights: Float64s) -> None:
        columns, left = centred_columns(inputs), centred_columns(targets[:, np.newaxis])[:, 0]
        self._varies = (inputs != inputs[:1]).any(axis=0)
        deviations = np.sqrt(np.mean(np.square(columns), axis=0))
        self._units = np.where(self._varies & (deviations > 0.0), deviations, 1.0)
        self._unit = np.sqrt(np.mean(np.square(left))) or np.longdouble(1.0)
        self._columns, self._left = columns / self._units, left / self._unit
        self._plain = np.asarray(self._columns, np.float64)
        l1, l2 = penalty.lam * penalty.l1_share, penalty.lam * (1.0 - penalty.l1_share)
        self._l1, self._l2 = l1 / (self._units * self._unit), l2 / np.square(self._units)
        self._penalty, self._n_rows, self._n_rounds = penalty, len(targets), 0
        self._point: Extended = np.where(self._varies, weights * self._units / self._unit, np.longdouble(0.0))

    def _slope(self) -> Extended:
        """Of the data loss, by every weight."""
        return np.asarray((self._columns @ self._point - self._left) @ self._columns / self._n_rows)

    def _noise(self) -> float:
        """What extended precision leaves of a slope, whose inputs and targets are about 1."""
        size = 1.0 + float(np.abs(self._point).sum())
        return EXTENDED_ROUNDING * size

    def run(self, check: Callable[[], None], most_rounds: int) -> None:
        for _ in range(most_rounds):
            check()
            self._n_rounds += 1
            slope, alive = self._slope(), self._point != 0.0
            excess = np.abs(slope) - self._l1
            is_called = self._varies & ~alive & (excess > np.maximum(1e-15 * self._l1, self._noise()))
            if is_called.sum() > MOST_CALLED:
                is_called &= excess >= np.sort(excess[is_called])[-MOST_CALLED]
            before = np.sign(self._point)
            self._move(np.flatnonzero(alive | is_called), slope, check)
            has_settled = self._refine()
            if has_settled and not is_called.any() and (np.sign(self._point) == before).all():
                break

    def _move(self, chosen: NDArray[np.int64], slope: Extended, check: Callable[[], None]) -> None:
        own = self._plain[:, chosen]
        start = np.asarray(self._point[chosen], np.float64)
        l1, l2 = (np.asarray(sizes[chosen], np.float64) for sizes in (self._l1, self._l2))
        found = quadratic_minimum(
            own.T @ own / self._n_rows, np.asarray(slope[chosen], np.float64), start, l1, l2, self._noise(), check
        )
        # The digits beyond those of float64 stay, but of what has left 0 or come there.
        is_same = np.sign(found) == np.sign(start)
        self._point[chosen] = np.where(is_same, self._point[chosen] + (found - start), found)

    def _refine(self) -> bool:
        """Newton's steps among the weights that are not 0; false where one of them would change its sign."""
        alive = np.flatnonzero(self._point)
        if not len(alive):
            return True
        own = self._plain[:, alive]
        hessian = own.T @ own / self._n_rows + np.diag(np.asarray(self._l2[alive], np.float64))
        signs, last = np.sign(self._point[alive]), np.inf
        for _ in range(MOST_STEPS):
            left = self._slope()[alive] + self._l1[alive] * signs + self._l2[alive] * self._point[alive]
            step = -np.linalg.lstsq(hessian, np.asarray(left, np.float64), rcond=1e-15)[0]
            size = float(np.abs(step).max())
            if not size < 0.5 * last:
                break
            moved = self._point[alive] + step
            if (moved * signs <= 0.0).any():
                return False
            self._point[alive], last = moved, size
        return True

    def found(self, targets: Float64s, inputs: Float64s) -> RefinedSquares:
        weights: Extended = np.asarray(self._point * self._unit / self._units, np.longdouble)
        columns, left = np.asarray(self._columns * self._units), np.asarray(self._left * self._unit)
        return _measured(inputs, targets, self._penalty, columns, left, weights, self._n_rounds)


def _refined_ridge(inputs: Float64s, targets: Float64s, penalty: Penalty) -> RefinedSquares | None:
    columns, left = centred_columns(inputs), centred_columns(targets[:, np.newaxis])[:, 0]
    dual = wide_ridge_dual(columns, left, penalty.lam)
    return None if dual is None else _measured(inputs, targets, penalty, columns, left, np.asarray(dual @ columns), 1)


def _measured(
    inputs: Float64s,
    targets: Float64s,
    penalty: Penalty,
    columns: Extended,
    left: Extended,
    precise: Extended,
    n_rounds: int,
) -> RefinedSquares:
    """The weights ``precise`` in float64, and their gap: the residuals of all their digits are the dual's point."""
    weights, means = np.asarray(precise, np.float64), np.mean(inputs, axis=0, dtype=np.longdouble)
    mean = np.mean(targets.astype(np.longdouble))
    bias = float(mean - means @ weights)
    slopes = columns @ weights - left + (bias - (mean - means @ weights))
    dual = columns @ precise - left
    dual -= dual.mean()
    gap = squared_gap(penalty, weights, dual @ columns / len(left), dual, slopes)
    objective = float(0.5 * np.mean(np.square(slopes))) + penalty.lam * penalty.value(weights)
    return RefinedSquares(weights, bias, objective, gap, n_rounds)
