"""Coordinate descent on a quadratic with penalties on single coordinates or on groups of them, compiled."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from regdesk.core.engine.path_parts import soft
from regdesk.core.engine.stored import njit

MOST_BLOCK_STEPS = 20
"""Of one visit to a group of several coordinates; the next visit goes on where it ends."""


class Quadratic(NamedTuple):
    """A quadratic by its ``hessian`` ``(n_coordinates, n_coordinates)``, at ``point`` ``(n_coordinates,)``.

    ``minus_gradient`` ``(n_coordinates,)`` is that of the quadratic at ``point``.
    """

    hessian: Any
    point: Any
    minus_gradient: Any


class GroupPenalty(NamedTuple):
    """Σ_g limit_g ‖v_g‖₂ + ½ Σ_g ridge_g ‖v_g‖² over groups of coordinates, ``(n_groups,)`` each.

    ``bounds`` ``(n_groups + 1,)`` say where groups begin; a group of several coordinates has no ridge. ``curvatures``
    bound the blocks of the Hessian; of single coordinates they are not read.
    """

    bounds: Any
    limits: Any
    ridges: Any
    curvatures: Any


@njit(allocates=True, nogil=True)
def _block_step(hessian, point, minus_gradient, first, last, limit, bound, work):
    """Prox-gradient steps on the coordinates ``first`` to ``last``, whose block of the Hessian is at most ``bound``.

    Returns the fall of the objective (times 2), at least.
    """
    fall = 0.0
    for _ in range(MOST_BLOCK_STEPS):
        norm = 0.0
        for j in range(first, last):
            work[j] = point[j] + minus_gradient[j] / bound
            norm += work[j] * work[j]
        norm = np.sqrt(norm)
        shrink = 0.0 if norm * bound <= limit else 1.0 - limit / (bound * norm)
        moved = 0.0
        for j in range(first, last):
            change = shrink * work[j] - point[j]
            if change != 0.0:
                point[j] = shrink * work[j]
                moved += change * change
                row = hessian[j]
                for k in range(len(minus_gradient)):
                    minus_gradient[k] -= change * row[k]
        fall += bound * moved
        if bound * moved <= 1e-3 * fall:
            break
    return fall


@njit(allocates=True, nogil=True)
def _sweep(quadratic, penalty, groups, n_groups, work):
    hessian, point, minus_gradient = quadratic
    bounds, limits, ridges, curvatures = penalty
    largest = 0.0
    for position in range(n_groups):
        group = groups[position]
        first, last = bounds[group], bounds[group + 1]
        if last - first > 1:
            if curvatures[group] > 0.0:
                largest = max(
                    largest,
                    _block_step(hessian, point, minus_gradient, first, last, limits[group], curvatures[group], work),
                )
            continue
        curvature = hessian[first, first]
        if curvature <= 0.0:
            continue
        old = point[first]
        new = soft(minus_gradient[first] + curvature * old, limits[group]) / (curvature + ridges[group])
        change = new - old
        if change != 0.0:
            point[first] = new
            row = hessian[first]
            for k in range(len(minus_gradient)):
                minus_gradient[k] -= change * row[k]
            largest = max(largest, change * change * (curvature + ridges[group]))
    return largest


@njit(allocates=True, cache=True, nogil=True)
def descend(quadratic, penalty, enough, most_sweeps, stop):
    """Minimise ½(v − v₀)ᵀH(v − v₀) − pᵀ(v − v₀) + the ``GroupPenalty`` of v, from v₀ on.

    v is the point of ``quadratic``, which moves with its gradient p. Ends when a sweep brings less than ``enough``
    (twice the fall of one coordinate or group), or soon after ``stop`` ``(1,)`` is set; the number of sweeps.
    """
    point, bounds = quadratic.point, penalty.bounds
    n_all = len(bounds) - 1
    everything = np.arange(n_all)
    active = np.empty(n_all, dtype=np.int64)
    work = np.empty(len(point))
    n_done = 0
    while n_done < most_sweeps and not stop[0]:
        n_done += 1
        if _sweep(quadratic, penalty, everything, n_all, work) <= enough:
            break
        n_active = 0
        for group in range(n_all):
            for j in range(bounds[group], bounds[group + 1]):
                if point[j] != 0.0:
                    active[n_active] = group
                    n_active += 1
                    break
        while n_done < most_sweeps and not stop[0]:
            n_done += 1
            if _sweep(quadratic, penalty, active, n_active, work) <= enough:
                break
    return n_done
