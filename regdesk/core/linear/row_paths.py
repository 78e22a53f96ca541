"""Exact paths of squared error from the rows, where inputs outnumber them: no Gram matrix of all inputs is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from regdesk.core.linear.squared_path import (
    MOST_SWEEPS,
    WORK_A_CALL,
    Solutions,
    kkt_residuals_along,
    without_rounded_zeros,
)
from regdesk.core.model.penalty import Penalty
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s

CENTRED = 1e-14
"""A mean, as a share of the root of the mean square, that is nothing but rounding: it need not be taken off."""
MOST_ACTIVE = 4000
"""A factor of more inputs takes 128 MB and more."""
MOST_KEPT_RESIDUALS = 100
MOST_FAILURES = 3
"""Of active sets one after the other, before a path is left to coordinate descent."""


@dataclass(frozen=True)
class CentredRows:
    """Rows whose means have been taken off, column by column.

    Attributes:
        columns: X transposed ``(n_inputs, n_rows)``, each column in one piece; ``targets`` ``(n_rows,)``.
        curvatures: the columns' mean squares ``(n_inputs,)``; ``square`` is that of the targets.
        products: Xᵀy/n ``(n_inputs,)``.
        means, target_mean: what has been taken off the inputs ``(n_inputs,)`` and the targets.
    """

    columns: Float64s
    targets: Float64s
    curvatures: Float64s
    square: float
    products: Float64s
    means: Float64s
    target_mean: float

    @classmethod
    def of(cls, inputs: Float64s, targets: Float64s) -> CentredRows:
        """Of ``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``; no copy is made that need not be."""
        n_rows = len(targets)
        means, target_mean = np.ones(n_rows) @ inputs / n_rows, float(targets.mean())
        curvatures, square = np.einsum("ij,ij->j", inputs, inputs) / n_rows, float(targets @ targets) / n_rows
        is_centred = (np.square(means) <= CENTRED**2 * curvatures).all() and target_mean**2 <= CENTRED**2 * square
        if not is_centred:
            inputs, targets = inputs - means, targets - target_mean
            curvatures, square = np.einsum("ij,ij->j", inputs, inputs) / n_rows, float(targets @ targets) / n_rows
        columns, targets = np.ascontiguousarray(inputs.T), np.ascontiguousarray(targets)
        return cls(columns, targets, curvatures, square, columns @ targets / n_rows, means, target_mean)

    def wide_parts(self, lambdas: Float64s) -> tuple[Any, ...]:
        """What ``path_wide_kernels`` is handed: problem, state, active set and pulls, with no weights so far, and
        where solutions at the descending ``lambdas`` are put.
        """
        from regdesk.core.engine.path_structs import ActiveSet, CertifiedSolutions, Pulls, WideProblem, WideState

        (n_inputs, n_rows), n_lambdas = self.columns.shape, len(lambdas)
        # More columns than rows depend on each other.
        room = min(n_inputs, n_rows, MOST_ACTIVE)
        state = WideState(
            weights=np.zeros(n_inputs),
            reached=np.array([np.abs(self.products).max(initial=lambdas.max(initial=0.0))]),
            residual=self.targets.copy(),
            is_active=np.zeros(n_inputs, dtype=np.bool_),
            counts=np.zeros(5, dtype=np.int64),
        )
        active_set = ActiveSet(
            factor=np.empty((room, room)),
            along=np.empty((2, room)),
            order=np.empty(room, dtype=np.int64),
            signs=np.empty(room),
            counts=np.zeros(2, dtype=np.int64),
        )
        pulls = Pulls(
            values=np.zeros(n_inputs),
            stamps=np.zeros(n_inputs, dtype=np.int64),
            residuals=np.empty((MOST_KEPT_RESIDUALS, n_rows)),
            squares=np.empty(MOST_KEPT_RESIDUALS),
        )
        problem = WideProblem(self.columns, np.sqrt(self.curvatures), self.products, self.targets, self.square)
        figures = (np.zeros(n_lambdas) for _ in range(4))
        return problem, state, active_set, pulls, CertifiedSolutions(np.zeros((n_lambdas, n_inputs)), *figures)


def row_path(
    rows: CentredRows, penalty: Penalty, lambdas: Float64s, tolerance: float, stop: Stop | None = None
) -> Iterator[Solutions]:
    """As ``squared_path``, from the rows. Gaps are at most ``tolerance`` of J, or what rounding leaves of it."""
    stop, ratio = stop or Stop(), penalty.l1_share
    if ratio == 1.0:
        return _by_active_sets(rows, lambdas, tolerance, stop)
    descent = _Descent(rows, ratio, lambdas, tolerance, stop)
    return map(descent.solution, range(len(lambdas)))


def _by_active_sets(rows: CentredRows, lambdas: Float64s, tolerance: float, stop: Stop) -> Iterator[Solutions]:
    from regdesk.core.engine.path_structs import PathPlan
    from regdesk.core.engine.path_wide_kernels import wide_path

    (n_inputs, n_rows), n_lambdas = rows.columns.shape, len(lambdas)
    problem, state, active_set, pulls, found = rows.wide_parts(lambdas)
    plan = PathPlan(lambdas, np.zeros(n_lambdas), tolerance, MOST_SWEEPS, stop.flag)
    descent = _Descent(rows, 1.0, lambdas, tolerance, stop)
    at_once = max(1, int(WORK_A_CALL / (4.0 * n_rows * n_inputs + 1.0)))
    shown, n_failures = 0, 0
    while shown < n_lambdas:
        last = min(shown + at_once, n_lambdas)
        stopped = shown
        if n_failures < MOST_FAILURES:
            stopped = wide_path(problem, plan, state, active_set, pulls, found, shown, last)
            stop.check()
        if stopped > shown:
            done = slice(shown, stopped)
            yield Solutions(lambdas[done], *(one[done] for one in found))
            shown, n_failures = stopped, 0
        if stopped < last:
            descent.begin_at(state.weights)
            yield descent.solution(shown)
            # Active sets go on from there.
            state.weights[:], state.reached[0], state.counts[0] = descent.weights, lambdas[shown], -1
            shown, n_failures = shown + 1, n_failures + 1


class _Descent:
    """Coordinate descent by residuals, λ by λ: under some l2, and where active sets do not come to a λ."""

    def __init__(self, rows: CentredRows, ratio: float, lambdas: Float64s, tolerance: float, stop: Stop) -> None:
        from regdesk.core.engine.path_structs import PathPlan, RowProblem

        self._rows, self._ratio, self._lambdas, self._stop = rows, ratio, lambdas, stop
        self.weights, self._minus_gradient = np.zeros(len(rows.products)), rows.products.copy()
        self._problem = RowProblem(rows.columns, rows.curvatures, rows.products, rows.targets)
        self._plan = PathPlan(lambdas * ratio, lambdas * (1.0 - ratio), tolerance, MOST_SWEEPS, stop.flag)

    def begin_at(self, weights: Float64s) -> None:
        """Go on from ``weights`` ``(n_inputs,)``."""
        self.weights[:] = weights
        _, self._minus_gradient[:] = self._errors_and_pull(weights)

    def solution(self, number: int) -> Solutions:
        """At λ ``number``, from where it is. Raises Stopped."""
        from regdesk.core.engine.path_row_kernels import residual_path
        from regdesk.core.engine.path_structs import PathSolutions

        # Of the kernel's own numbering none but this λ and the one before are looked at.
        found = PathSolutions(np.zeros((number + 1, len(self.weights))), np.zeros(number + 1), np.zeros(number + 1))
        residual_path(self._problem, self._plan, self.weights, self._minus_gradient, found, number, number + 1)
        self._stop.check()
        at, deviations = self._lambdas[number : number + 1], np.sqrt(self._rows.curvatures)
        weights = without_rounded_zeros(found.weights[number:], deviations, self._rows.square)
        errors, pull = self._errors_and_pull(weights[0])
        residuals = kkt_residuals_along(self._ratio, at, weights, pull[np.newaxis])
        loss = np.array([0.5 * float(errors @ errors) / len(errors)])
        return Solutions(at, weights, found.objectives[number:], found.gaps[number:], residuals, loss)

    def _errors_and_pull(self, weights: Float64s) -> tuple[Float64s, Float64s]:
        errors = self._rows.targets - weights @ self._rows.columns
        return errors, self._rows.columns @ errors / len(errors)
