"""The minimum of a quadratic with L1 and L2 on its coordinates, found exactly and without compiling anything.

The compiled descent (``engine/quadratic_kernels.py``) is faster where columns are far from depending on each other;
here columns that depend on each other, as one-hot ones or copies, cost no more than others.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Float64s, Integers

LEAST_PIVOT = 1e-10
"""Square of the smallest pivot of a Cholesky factor, of a matrix with ones on its diagonal, that is trusted."""
NULL_SHARE = 1e-12
"""Eigenvalue, as a share of the largest, of a direction along which the quadratic may not change at all."""
TIGHT = 1e-13
"""Share of its limit by which a pull may exceed it."""
FIRST_ADDED = 10
MOST_CHANGES = 20


def quadratic_minimum(
    hessian: Float64s,
    slope: Float64s,
    start: Float64s,
    l1: Float64s,
    l2: Float64s,
    noise: float,
    check: Callable[[], None] = lambda: None,
) -> Float64s:
    """argmin over v of slope·(v − v₀) + ½(v − v₀)ᵀH(v − v₀) + Σ l1ⱼ|vⱼ| + ½ Σ l2ⱼ vⱼ², with v₀ = ``start``.

    All arguments ``(n_coordinates,)`` but ``hessian``, which is positive semidefinite. ``noise`` is what rounding has
    left in ``slope``: less does not call a coordinate in. ``check`` is called before every solve and may raise.

    An active set with signs, as of Lawson & Hanson (1974, ch. 23) for non-negative least squares: the minimum for the
    present signs, or as far that way as the signs allow; then the coordinates whose pull exceeds their limit come in.
    Where the quadratic does not change along a direction, the pull of ``l1`` decides how far it is followed. J falls
    with every change, so that no set comes twice.
    """
    diagonal = np.diag(hessian) + l2
    units = np.sqrt(np.where(diagonal > 0.0, diagonal, 1.0))
    is_free = diagonal > 0.0
    search = _Search(
        hessian / np.outer(units, units) + np.diag(l2 / units**2),
        slope / units + l2 * start / units,
        np.where(is_free, start, 0.0 * start) * units,
        l1 / units,
        noise / units,
        is_free,
    )
    found = search.run(check) / units
    return np.asarray(np.where(is_free | (l1 == 0.0), np.where(is_free, found, start), 0.0))


class _Search:
    """One active set and its way to the minimum, in units in which every coordinate has curvature 1."""

    def __init__(
        self,
        hessian: Float64s,
        gradient: Float64s,
        point: Float64s,
        limits: Float64s,
        noise: Float64s,
        is_free: NDArray[np.bool_],
    ) -> None:
        self._hessian, self._gradient, self._point = hessian, gradient.copy(), point.copy()
        self._limits, self._noise, self._is_free = limits, noise, is_free
        self._signs = np.sign(point)
        self._alive = is_free & ((point != 0.0) | (limits == 0.0))
        self._banned = np.zeros(len(point), dtype=bool)
        self._least = np.maximum(TIGHT * limits, noise)
        self._moved_since = np.zeros(len(point))

    def run(self, check: Callable[[], None]) -> Float64s:
        most_added = FIRST_ADDED
        for _ in range(MOST_CHANGES * (len(self._point) + 10)):
            check()
            if self._alive.any() and not self._move():
                continue
            added = self._called(most_added)
            if not len(added):
                break
            most_added = max(FIRST_ADDED, int(self._alive.sum()) // 2)
            self._signs[added] = -np.sign(self._gradient[added])
            self._alive[added] = True
        return self._point

    def _called(self, most: int) -> Integers:
        """The coordinates at 0 that are pulled most beyond their limits."""
        excess = np.abs(self._gradient) - self._limits
        is_called = self._is_free & ~self._alive & ~self._banned
        is_called &= excess > self._least
        called = np.flatnonzero(is_called)
        return called[np.argsort(-excess[called], kind="stable")][:most]

    def _move(self) -> bool:
        """Towards the minimum for the present signs; whether it has been reached."""
        active = np.flatnonzero(self._alive)
        steps = self._steps(active)
        signs, points, limited = self._signs[active], self._point[active], self._limits[active] > 0.0
        is_newborn = limited & (points == 0.0)
        against = is_newborn & (steps * signs <= 0.0)
        if against.any():
            # Called in with others, or by rounding: what would go the wrong way stays out until pulls have moved.
            self._alive[active[against]] = False
            self._banned[active[against]] = True
            self._moved_since[active[against]] = 0.0
            return False
        crossing = limited & ~is_newborn & ((points + steps) * signs <= 0.0) & (steps != 0.0)
        share, stopped = 1.0, -1
        if crossing.any():
            reach = np.where(crossing, -points / np.where(crossing, steps, 1.0), np.inf)
            share, stopped = float(reach.min()), int(reach.argmin())
        change = share * steps
        if stopped >= 0:
            change[stopped] = -points[stopped]
        self._point[active] += change
        self._gradient += self._hessian[:, active] @ change
        # With ones on the diagonal no pull has changed by more than the point has moved. Where that is no more than
        # what calls nothing in, the same coordinates would come in again and leave again, a thousand times.
        self._moved_since += float(np.abs(change).sum())
        self._banned &= self._moved_since <= self._least
        if stopped >= 0:
            self._point[active[stopped]] = 0.0
            self._alive[active[stopped]] = False
            return False
        return True

    def _steps(self, active: Integers) -> Float64s:
        block = self._hessian[np.ix_(active, active)]
        slope = self._gradient[active] + self._limits[active] * self._signs[active]
        try:
            factor = np.linalg.cholesky(block)
        except np.linalg.LinAlgError:
            return self._steps_by_directions(block, slope, active)
        if float(np.diag(factor).min()) ** 2 < LEAST_PIVOT:
            return self._steps_by_directions(block, slope, active)
        steps = -np.linalg.solve(block, slope)
        return np.asarray(steps - np.linalg.solve(block, block @ steps + slope))

    def _steps_by_directions(self, block: Float64s, slope: Float64s, active: Integers) -> Float64s:
        values, vectors = np.linalg.eigh(block)
        along = vectors.T @ slope
        least = NULL_SHARE * float(values[-1])
        noise = 10.0 * float(np.linalg.norm(self._noise[active])) + TIGHT * float(np.linalg.norm(self._limits[active]))
        # Along a direction in which nothing changes but by rounding there is nothing to gain.
        is_used = (values > least) | (np.abs(along) > noise)
        floor = 1e-4 * least + np.finfo(np.float64).tiny
        return np.asarray(-vectors @ np.where(is_used, along / np.maximum(values, floor), 0.0))
