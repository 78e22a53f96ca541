"""Minima of the quadratic that stands for the mean loss of classes, under a penalty on single coordinates, compiled."""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.arrays import larger
from regdesk.core.engine.path_factor import add, dot
from regdesk.core.engine.path_parts import MOST_JUMPS, SWEEPS_BEFORE_JUMP, soft, solve
from regdesk.core.engine.stored import njit

MOST_SWEEPS = 200
MOST_ITERATIONS = 60
"""Of conjugate gradients, with the inverse of a near matrix as their preconditioner."""
POINT, MINUS, LIMITS, RIDGES, BEGUN, IMAGE, DIRECTION, BETTER = range(8)
"""Rows of ``ClassModel.work``: where the quadratic is looked at, and minus its slope there without the penalty; what
presses on each coordinate; where it began; three of scratch."""


@njit(nogil=True, error_model="numpy")
def _sweep(model, active, n_active):
    """One pass of coordinate descent; the largest change of a slope that one coordinate brought."""
    point, minus, hessian = model.work[POINT], model.work[MINUS], model.hessian
    limits, ridges, largest = model.work[LIMITS], model.work[RIDGES], 0.0
    for position in range(n_active):
        i = active[position]
        curvature = hessian[i, i]
        if curvature <= 0.0:
            continue
        old = point[i]
        new = soft(minus[i] + curvature * old, limits[i]) / (curvature + ridges[i])
        change = new - old
        if change != 0.0:
            point[i] = new
            row = hessian[i]
            for other in range(minus.size):
                minus[other] -= change * row[other]
            largest = larger(largest, abs(change) * (curvature + ridges[i]))
    return largest


@njit(nogil=True, error_model="numpy")
def _list(model, active):
    """The coordinates that are not 0, or that nothing holds there; how many."""
    n_active = 0
    for i in range(active.size):
        if model.work[POINT, i] != 0.0 or model.work[LIMITS, i] == 0.0:
            active[n_active] = i
            n_active += 1
    return n_active


@njit(allocates=True, nogil=True, error_model="numpy")
def _jump(model, active, n_active, stop):
    """To the minimum for the present signs, or as far that way as the signs allow: columns may be nearly collinear."""
    point, minus, hessian = model.work[POINT], model.work[MINUS], model.hessian
    limits, ridges = model.work[LIMITS], model.work[RIDGES]
    block, right = np.empty((n_active, n_active)), np.empty(n_active)
    for _ in range(MOST_JUMPS):
        for position in range(n_active):
            i = active[position]
            for other in range(n_active):
                block[position, other] = hessian[i, active[other]]
            block[position, position] += ridges[i]
            right[position] = minus[i] - ridges[i] * point[i] - limits[i] * np.sign(point[i])
        steps = solve(block[:n_active, :n_active], right[:n_active], stop)
        share, stopped = 1.0, -1
        for position in range(n_active):
            w = point[active[position]]
            if limits[active[position]] > 0.0 and (w + steps[position]) * w < 0.0 and -w / steps[position] < share:
                share, stopped = -w / steps[position], position
        for position in range(n_active):
            i = active[position]
            change = -point[i] if position == stopped else share * steps[position]
            point[i] = 0.0 if position == stopped else point[i] + change
            add(minus, -change, hessian[i])
        if stopped < 0 or stop[0]:
            break
        for position in range(stopped, n_active - 1):
            active[position] = active[position + 1]
        n_active -= 1


@njit(allocates=True, nogil=True, error_model="numpy")
def descend(model, share, least, stop):
    """To where a pass changes no slope by more than ``share`` of what the first one did, or than ``least``."""
    everything = np.arange(model.chosen.size)
    active = np.empty(model.chosen.size, dtype=np.int64)
    enough, n_done = -1.0, 0
    while n_done < MOST_SWEEPS and not stop[0]:
        n_done += 1
        largest = _sweep(model, everything, everything.size)
        if enough < 0.0:
            enough = larger(share * largest, least)
        if largest <= enough:
            break
        n_active, n_since = _list(model, active), 0
        while n_done < MOST_SWEEPS and not stop[0]:
            n_done += 1
            n_since += 1
            if _sweep(model, active, n_active) <= enough:
                break
            if n_since == SWEEPS_BEFORE_JUMP:
                _jump(model, active, _list(model, active), stop)
                n_active, n_since = _list(model, active), 0


@njit(allocates=True, nogil=True, error_model="numpy")
def conjugate_gradients(model, share, stop):
    """Without corners: until the square of the residual is ``share`` of what it was, in the metric of ``inverse``."""
    point, minus, hessian, inverse = model.work[POINT], model.work[MINUS], model.hessian, model.inverse
    ridges, image, direction, better = model.work[RIDGES], model.work[IMAGE], model.work[DIRECTION], model.work[BETTER]
    left = np.empty(point.size)
    for i in range(point.size):
        left[i] = minus[i] - ridges[i] * point[i]
    for i in range(point.size):
        direction[i] = dot(inverse[i], left)
    square = dot(left, direction)
    goal = share * square
    for _ in range(MOST_ITERATIONS):
        if not square > goal or stop[0]:
            break
        for i in range(point.size):
            image[i] = dot(hessian[i], direction)
        curvature = dot(direction, image)
        for i in range(point.size):
            curvature += ridges[i] * direction[i] * direction[i]
        if not curvature > 0.0:
            break
        step = square / curvature
        add(point, step, direction)
        add(minus, -step, image)
        for i in range(point.size):
            left[i] -= step * (image[i] + ridges[i] * direction[i])
        for i in range(point.size):
            better[i] = dot(inverse[i], left)
        before, square = square, dot(left, better)
        for i in range(point.size):
            direction[i] = better[i] + square / before * direction[i]


@njit(allocates=True, nogil=True, error_model="numpy")
def follow(model, steps, slopes, images, least):
    """Have the Hessian say of ``steps`` what the ``slopes`` changed by, where it said ``images`` (BFGS).

    Broyden, Fletcher, Goldfarb & Shanno 1970; it stays positive. Steps along which the slope changed next to nothing,
    less than ``least`` altogether, are left out.
    """
    curvature, expected = dot(steps, slopes), dot(steps, images)
    if not (curvature > least and expected > least):
        return
    for i in range(steps.size):
        if slopes[i] != 0.0 or images[i] != 0.0:
            one, other = slopes[i] / curvature, images[i] / expected
            row = model.hessian[i]
            for j in range(steps.size):
                row[j] += one * slopes[j] - other * images[j]
