"""Log-loss and softmax of a linear model over the plane of two weights: the profile, solved for at every point."""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.class_plane_kernels import (
    Axes,
    ClassRows,
    Coefficients,
    GridFindings,
    Standing,
    class_losses,
)
from regdesk.core.geometry.plane import PlaneGrid
from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.penalty import Penalty
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers

GRID_TOLERANCE, POINT_TOLERANCE = 1e-7, 1e-12
"""Residual of the other coefficients' conditions, in units of the largest pull without a model. J is off by about its
square, which no contour shows; slopes at a point are off by the residual itself."""
MOST_QUICK = 3_000_000
"""Rows times coefficients squared, which is what a Hessian takes."""
WORST_SHARE, LEAST_LOSS = 1e-3, 1e-6
"""A minimum whose residual stays above this share of the unit, or whose loss is below this, is none: the classes can be
told apart, and the weights grow for ever."""


class ClassProfile:
    """Of one pair under one penalty; ``pair`` are positions in the row of all weights ``(n_inputs * n_outputs,)``.

    The other weights and the biases are free. As ``SolvedProfile``: ``value_at``, ``gradient_at``, ``minimum``,
    ``grid``. Nothing of it moves with the model's weights: the newest grid and the minimum are kept.
    """

    def __init__(self, problem: LinearProblem, pair: tuple[int, int], penalty: Penalty) -> None:
        self.pair, self.penalty = pair, penalty
        self._n_outputs = problem.n_outputs
        n_rows = len(problem.targets)
        columns = np.vstack([problem.inputs.T, np.ones(n_rows)])
        shares = np.ones(n_rows) if problem.loss.shares is None else problem.loss.shares
        targets = problem.targets.astype(np.float64)
        self._rows = ClassRows(np.ascontiguousarray(columns), targets, problem.n_outputs, shares)
        self._places = (
            np.array([one // problem.n_outputs for one in pair]),
            np.array([one % problem.n_outputs for one in pair]),
        )
        null = problem.loss.null_outputs(problem.targets, problem.n_outputs)
        chances = problem.loss.derivatives(np.tile(null, (n_rows, 1)), problem.targets)
        self._unit = float(np.abs(problem.inputs.T @ chances).max(initial=0.0)) / n_rows or 1.0
        self._start = null
        self._grid: PlaneGrid | None = None
        self._minimum: Float64s | None = None

    def value_at(self, point: Float64s) -> float:
        return float(self._solve(point[:1], point[1:], POINT_TOLERANCE)[0][0, 0])

    def gradient_at(self, point: Float64s) -> Float64s:
        """``(2,)``: by the envelope theorem the data loss's own derivatives, with the others where they are best."""
        return np.asarray(self._solve(point[:1], point[1:], POINT_TOLERANCE)[1][0, 0])

    def grid(self, x_values: Float64s, y_values: Float64s, stop: Stop | None = None) -> PlaneGrid:
        """Raises Stopped soon after ``stop`` says so."""
        if self._grid is None or not self.has_grid(x_values, y_values):
            losses = self._solve(x_values, y_values, GRID_TOLERANCE, stop)[0]
            self._grid = PlaneGrid(x_values, y_values, losses)
        return self._grid

    @property
    def is_slow(self) -> bool:
        """Whether a fine grid takes more than some tenths of a second."""
        n_columns, n_rows = self._rows.columns.shape
        return bool(n_rows * (n_columns * self._n_outputs) ** 2 > MOST_QUICK)

    def has_grid(self, x_values: Float64s, y_values: Float64s) -> bool:
        """Whether the grid of these values is known already."""
        known = self._grid
        return (
            known is not None and np.array_equal(known.x_values, x_values) and np.array_equal(known.y_values, y_values)
        )

    def minimum(self, stop: Stop | None = None) -> Float64s:
        """Where it is least ``(2,)``, λ being on the other weights alone; NaN where it falls for ever."""
        if self._minimum is None:
            zero = np.zeros(1)
            losses, _, residuals, values = self._solve(zero, zero, POINT_TOLERANCE, stop, has_pair=True)
            is_found = residuals[0, 0] <= WORST_SHARE * self._unit and losses[0, 0] >= LEAST_LOSS
            self._minimum = values[list(self.pair)] if is_found else np.full(2, np.nan)
        return self._minimum

    def _free(self, has_pair: bool) -> tuple[Integers, Integers]:
        """Columns and outputs of what is free: the other weights, then biases; of several the last stays as it is.

        All biases of softmax moved together change nothing.
        """
        n_inputs, n_outputs = len(self._rows.columns) - 1, self._n_outputs
        numbers = np.arange(n_inputs * n_outputs)
        numbers = numbers if has_pair else np.delete(numbers, list(self.pair))
        biases = np.arange(max(n_outputs - 1, 1))
        columns = np.append(numbers // n_outputs, np.full(len(biases), n_inputs))
        return columns, np.append(numbers % n_outputs, biases)

    def _solve(
        self,
        x_values: Float64s,
        y_values: Float64s,
        tolerance: float,
        stop: Stop | None = None,
        has_pair: bool = False,
    ) -> tuple[Float64s, Float64s, Float64s, Float64s]:
        stop = stop or Stop()
        columns, outputs = self._free(has_pair)
        m, shape = len(columns), (self._n_outputs, len(self._rows.targets))
        is_held = columns < len(self._rows.columns) - 1
        if has_pair:
            is_held[list(self.pair)] = False
        own = self.penalty.blocks(np.arange((len(self._rows.columns) - 1) * self._n_outputs))
        places = np.where(is_held, columns * self._n_outputs + outputs, 0)
        free = Coefficients(
            columns=columns,
            outputs=outputs,
            limits=np.where(is_held, own.limits[places], 0.0),
            ridges=np.where(is_held, own.ridges[places], 0.0),
            bounds=np.arange(m + 1),
            curvatures=np.ones(m),
        )
        standing = Standing(
            values=np.zeros(m),
            slopes=np.zeros(m),
            hessian=np.zeros((m, m)),
            factor=np.zeros((m, m)),
            factored=np.zeros(m, dtype=np.int64),
            counts=np.array([0, -1]),
            outputs=np.zeros(shape),
            trial=np.zeros(shape),
            moved=np.zeros(shape),
            chances=np.zeros(shape),
            left=np.zeros(shape),
            point=np.zeros(m),
            minus_gradient=np.zeros(m),
            right=np.zeros(m),
        )
        size = (len(y_values), len(x_values))
        found = GridFindings(np.empty(size), np.empty((*size, 2)), np.empty(size))
        base = np.tile(self._start[:, np.newaxis], shape[1])
        axes = Axes(*self._places, np.ascontiguousarray(x_values), np.ascontiguousarray(y_values), base)
        class_losses(self._rows, free, standing, axes, found, tolerance * self._unit, stop.flag)
        stop.check()
        return found.losses, found.slopes, found.residuals, standing.values


def class_profile(problem: LinearProblem, pair: tuple[int, int], penalty: Penalty) -> ClassProfile | Unavailable:
    """min over the other weights and the biases of (data loss + λR of the others); why not, of groups."""
    if not penalty.is_separable:
        return Unavailable.GROUPS
    return ClassProfile(problem, pair, penalty)
