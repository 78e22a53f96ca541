"""The minimum of a quadratic under a penalty on the lengths of groups of coordinates, without compiling anything."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from regdesk.core.quadratic.smoothed_groups import smoothed_group_minimum
from regdesk.core.types import Float64s, Integers

MOST_ROOT_STEPS = 100
ROOTED = 1e-15
ROUNDED = 1e-14


def group_minimum(
    hessian: Float64s,
    slope: Float64s,
    start: Float64s,
    bounds: Integers,
    limits: Float64s,
    enough: float,
    most_sweeps: int,
    check: Callable[[], None] = lambda: None,
) -> Float64s:
    """Towards argmin of slope·(v − v₀) + ½(v − v₀)ᵀH(v − v₀) + Σ_g limit_g ‖v_g‖₂ from v₀ = ``start`` on.

    ``start`` and ``slope`` ``(n_coordinates,)``, ``bounds`` ``(n_groups + 1,)`` where groups begin, ``limits``
    ``(n_groups,)``. Group by group, each exactly (Qin, Scheinberg & Goldfarb 2013), until a sweep brings J down by
    less than ``enough``; where ``most_sweeps`` have not, from all groups' common minimum on (``smoothed_groups.py``).
    ``check`` is called before each and may raise.
    """
    quadratic = _Quadratic(hessian, slope, start, bounds, limits)
    point, has_ended = _swept(quadratic, start, enough, most_sweeps, check)
    if has_ended:
        return point
    middle = smoothed_group_minimum(hessian, slope, start, bounds, limits, check)
    other, _ = _swept(quadratic, middle, enough, most_sweeps, check)

    def height(at: Float64s) -> float:
        lengths = np.sqrt(np.add.reduceat(np.square(at), bounds[:-1]))
        return float((slope + 0.5 * hessian @ (at - start)) @ (at - start) + limits @ lengths)

    # Close to the minimum J is flat to rounding, while all groups' common one still has the smaller slope.
    slack = ROUNDED * float(limits @ np.sqrt(np.add.reduceat(np.square(other), bounds[:-1])))
    return other if height(other) <= height(point) + slack else point


class _Quadratic(NamedTuple):
    """½(v − origin)ᵀ ``hessian`` (v − origin) + slopeᵀ(v − origin) + Σ_g limit_g ‖v_g‖₂ over the groups."""

    hessian: Float64s
    slope: Float64s
    origin: Float64s
    bounds: Integers
    limits: Float64s


def _swept(
    quadratic: _Quadratic, start: Float64s, enough: float, most_sweeps: int, check: Callable[[], None]
) -> tuple[Float64s, bool]:
    """From ``start`` on; whether sweeps have come to gain next to nothing."""
    hessian, slope, origin, bounds, limits = quadratic
    point, gradient = start.copy(), slope + hessian @ (start - origin)
    spans = [slice(first, last) for first, last in itertools.pairwise(bounds)]
    bases = [np.linalg.eigh(hessian[span, span]) for span in spans]
    for _ in range(most_sweeps):
        check()
        fall = 0.0
        for span, (values, vectors), limit in zip(spans, bases, limits, strict=True):
            old = point[span]
            along = vectors.T @ (hessian[span, span] @ old - gradient[span])
            new = vectors @ _group_point(values, along, float(limit))
            change = new - old
            if change.any():
                point[span] = new
                gradient += hessian[:, span] @ change
                fall = max(fall, float(change @ hessian[span, span] @ change))
        if fall <= enough:
            return point, True
    return point, False


_LEAST_LIMIT, _FLAT = 1e-12, 1e-13
"""Of a limit, as a share of the pull, and of a curvature and a pull, as shares of the largest: less is rounding."""
_NO_LIMIT = 1e-90
"""The cube of a pull over a limit that is a smaller share of it is no number."""


def _group_point(values: Float64s, along: Float64s, limit: float) -> Float64s:
    """argmin of ½ Σ valuesₖ vₖ² − along·v + limit ‖v‖₂, all ``(n_coordinates,)``.

    v = along s/(values s + limit) with s = ‖v‖₂, the root of Σ (alongₖ/(valuesₖ s + limit))² = 1; Newton's method in
    1/√Σ − 1, as for the prox (``penalties.py``).
    """
    largest, norm = float(values[-1]), float(np.linalg.norm(along))
    if limit <= _LEAST_LIMIT * norm:
        # Along a direction without curvature nothing but the limit would hold back what rounding has left of a pull.
        along = np.where((values <= _FLAT * largest) & (np.abs(along) <= _FLAT * norm), 0.0, along)
    if limit <= _NO_LIMIT * norm:
        is_used = values > 1e-12 * largest
        return np.asarray(np.where(is_used, along / np.where(is_used, values, 1.0), 0.0))
    if norm <= limit or largest <= 0.0:
        return np.zeros(len(along))
    values = np.maximum(values, 0.0)
    root = (norm - limit) / largest
    for _ in range(MOST_ROOT_STEPS):
        lengths = values * root + limit
        squares = np.square(along / lengths)
        total = float(squares.sum())
        turn = float(np.sum(squares * values / lengths))
        if turn <= 0.0:
            break
        step = total * (np.sqrt(total) - 1.0) / turn
        root += step
        if step <= ROOTED * root:
            break
    return np.asarray(along * root / (values * root + limit))
