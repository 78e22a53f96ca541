"""The minimum of a quadratic under lengths of groups by Newton's method on primal and dual, the corners smoothed less
and less (Chan, Golub & Mulet 1999; Andersen, Christiansen, Conn & Overton 2000).

Group by group (``groups.py``) crawls where columns are nearly parallel: of 112 of them thousands of sweeps
gain nothing that can be seen. Here a step costs one solve of all coordinates, and some forty of them are enough.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from regdesk.core.types import Float64s, Integers

MOST_STEPS = 120
SHRINK = 0.25
"""By which the smoothing falls after a step that was nearly whole."""
LEAST_SMOOTHING = 1e-13
"""Of the largest group's length."""
ZERO_SHARE = 1e-9
INSIDE = 1e-7
"""Share by which the dual of a group at 0 stays within its limit."""
RIDGE = 1e-14
MOST_HALVINGS = 30


def smoothed_group_minimum(
    hessian: Float64s,
    slope: Float64s,
    start: Float64s,
    bounds: Integers,
    limits: Float64s,
    check: Callable[[], None] = lambda: None,
) -> Float64s:
    """Near argmin of slope·(v − v₀) + ½(v − v₀)ᵀH(v − v₀) + Σ_g limit_g ‖v_g‖₂, groups at 0 exactly so.

    Arguments as those of ``groups.group_minimum``; ``check`` is called before each step and may raise.
    """
    first, sizes = bounds[:-1], np.diff(bounds)
    # In units in which the largest curvature within a group is about 1.
    units = np.sqrt(np.maximum(np.maximum.reduceat(np.diag(hessian), first), np.finfo(np.float64).tiny))
    spread = np.repeat(units, sizes)
    curvature = hessian / np.outer(spread, spread)
    offset = (slope - hessian @ start) / spread
    most = np.repeat(limits / units, sizes)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    is_block = owner[:, np.newaxis] == owner

    def sums(values: Float64s) -> Float64s:
        return np.asarray(np.repeat(np.add.reduceat(values, first), sizes))

    def height(at: Float64s, smoothing: float) -> float:
        lengths = np.sqrt(np.add.reduceat(np.square(at), first) + smoothing**2)
        return float(offset @ at + 0.5 * at @ curvature @ at + lengths @ (limits / units))

    point = start * spread
    largest = max(float(np.abs(point).max(initial=0.0)), float(np.abs(offset).max(initial=0.0)), 1e-300)
    dual, smoothing = np.zeros(len(point)), largest
    for _ in range(MOST_STEPS):
        check()
        lengths = np.sqrt(sums(np.square(point)) + smoothing**2)
        cross = np.outer(dual, point) / np.square(lengths)[:, np.newaxis]
        bent = curvature - np.where(is_block, 0.5 * (cross + cross.T), 0.0)
        bent[np.diag_indices_from(bent)] += most / lengths + RIDGE
        descent = -(curvature @ point + offset + most * point / lengths)
        step = _solved(bent, descent)
        turn = (most * step - dual * sums(point * step) / lengths) / lengths - dual + most * point / lengths
        share, before = 1.0, height(point, smoothing)
        for _ in range(MOST_HALVINGS):
            if height(point + share * step, smoothing) <= before + 1e-15 * abs(before):
                break
            share *= 0.5
        point = point + share * step
        dual = dual + turn
        # Back into the ball where it has left it: the curvature must not become negative.
        sizes_of_dual = np.sqrt(sums(np.square(dual)))
        dual *= np.minimum(1.0, most / np.maximum(sizes_of_dual, np.finfo(np.float64).tiny))
        if smoothing <= LEAST_SMOOTHING * largest:
            break
        if share > 0.5:
            smoothing *= SHRINK
            largest = max(float(np.sqrt(sums(np.square(point))).max(initial=0.0)), 1e-300)
    minus_gradient = np.sqrt(sums(np.square(curvature @ point + offset)))
    found = np.sqrt(sums(np.square(point)))
    is_zero = (most > 0.0) & (found <= ZERO_SHARE * largest) & (minus_gradient <= (1.0 + INSIDE) * most)
    return np.asarray(np.where(is_zero, 0.0, point) / spread)


def _solved(matrix: Float64s, right: Float64s) -> Float64s:
    try:
        return np.asarray(np.linalg.solve(matrix, right))
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.lstsq(matrix, right, rcond=1e-15)[0])
