"""Minima of the quadratic that stands for the mean loss of classes, under a penalty on single coordinates, compiled."""

from __future__ import annotations

import math

from regdesk.core.engine.arrays import copy, fill, larger
from regdesk.core.engine.path_factor import add, add_four, dot
from regdesk.core.engine.path_parts import soft
from regdesk.core.engine.stored import njit

MOST_JUMPS = 20
SWEEPS = 2
"""Between two jumps, over the coordinates that are not 0."""
MOST_ITERATIONS = 60
"""Of conjugate gradients."""
POINT, MINUS, LIMITS, RIDGES, BEGUN, IMAGE, DIRECTION, BETTER, LEFT, START, MINUS_START = range(11)
"""Rows of ``ClassModel.work``: where the quadratic is looked at, and minus its slope there without the penalty; what
presses on each coordinate; where it began; all others are scratch."""


@njit(nogil=True, error_model="numpy")
def _slope(model, i):
    """Size of the smallest subgradient of the quadratic with its penalty, by coordinate ``i``."""
    work, w, limit = model.work, model.work[POINT, i], model.work[LIMITS, i]
    if w == 0.0:
        return larger(abs(work[MINUS, i]) - limit, 0.0)
    return abs(work[MINUS, i] - work[RIDGES, i] * w - (limit if w > 0.0 else -limit))


@njit(nogil=True, error_model="numpy")
def _sweep(model, active, n_active, enough):
    """One pass of coordinate descent over those whose slope is more than ``enough``; whether there were any."""
    point, minus, hessian = model.work[POINT], model.work[MINUS], model.hessian
    limits, ridges, has_any = model.work[LIMITS], model.work[RIDGES], False
    for position in range(n_active):
        i = active[position]
        curvature = hessian[i, i]
        if curvature <= 0.0 or _slope(model, i) <= enough:
            continue
        has_any = True
        old = point[i]
        new = soft(minus[i] + curvature * old, limits[i]) / (curvature + ridges[i])
        change = new - old
        point[i] = new
        row = hessian[i]
        for other in range(minus.size):
            minus[other] -= change * row[other]
    return has_any


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
def _image(hessian, direction, active, n_active, image):
    """H · direction, of which only the ``active`` coordinates are not 0."""
    fill(image, 0.0)
    done = 0
    while done + 4 <= n_active:
        a, b, c, d = active[done], active[done + 1], active[done + 2], active[done + 3]
        own = direction[a], direction[b], direction[c], direction[d]
        add_four(image, own, hessian[a], hessian[b], hessian[c], hessian[d])
        done += 4
    for position in range(done, n_active):
        add(image, direction[active[position]], hessian[active[position]])


@njit(allocates=True, nogil=True, error_model="numpy")
def _better(model, left, active, n_active, better):
    """``left`` by a near inverse: that of the model, or of the diagonal alone; their product."""
    if model.inverse.shape[0] == left.size:
        for i in range(left.size):
            better[i] = dot(model.inverse[i], left)
        return dot(left, better)
    square = 0.0
    for position in range(n_active):
        i = active[position]
        better[i] = left[i] / (model.hessian[i, i] + model.work[RIDGES, i])
        square += left[i] * better[i]
    return square


@njit(allocates=True, nogil=True, error_model="numpy")
def _jump(model, active, n_active, share, least, stop):
    """To the minimum for the present signs, by conjugate gradients, or as far that way as the signs allow.

    Until the residual is ``share`` of what it was or its largest part at most ``least``; whether it came to that.
    """
    work, hessian = model.work, model.hessian
    point, minus, ridges = work[POINT], work[MINUS], work[RIDGES]
    image, direction, better, left = work[IMAGE], work[DIRECTION], work[BETTER], work[LEFT]
    start, minus_start = work[START], work[MINUS_START]
    copy(point, start)
    copy(minus, minus_start)
    fill(direction, 0.0)
    for position in range(n_active):
        i = active[position]
        sign = 1.0 if point[i] > 0.0 else (-1.0 if point[i] < 0.0 else 0.0)
        left[i] = minus[i] - ridges[i] * point[i] - work[LIMITS, i] * sign
    square = _better(model, left, active, n_active, better)
    goal = share * share * square
    for position in range(n_active):
        direction[active[position]] = better[active[position]]
    largest = math.inf
    for _ in range(MOST_ITERATIONS):
        if not square > goal or stop[0]:
            break
        _image(hessian, direction, active, n_active, image)
        curvature, largest = 0.0, 0.0
        for position in range(n_active):
            i = active[position]
            curvature += direction[i] * (image[i] + ridges[i] * direction[i])
        if not curvature > 0.0:
            break
        step = square / curvature
        add(minus, -step, image)
        for position in range(n_active):
            i = active[position]
            point[i] += step * direction[i]
            left[i] -= step * (image[i] + ridges[i] * direction[i])
            largest = larger(largest, abs(left[i]))
        if largest <= least:
            break
        before, square = square, _better(model, left, active, n_active, better)
        for position in range(n_active):
            i = active[position]
            direction[i] = better[i] + square / before * direction[i]
    _hold_signs(model, active, n_active)
    return largest <= least or not square > goal


@njit(allocates=True, nogil=True, error_model="numpy")
def _hold_signs(model, active, n_active):
    """Back to where the first coordinate came to 0."""
    work = model.work
    point, start, share, stopped = work[POINT], work[START], 1.0, -1
    for position in range(n_active):
        i = active[position]
        if work[LIMITS, i] > 0.0 and point[i] * start[i] < 0.0:
            reach = start[i] / (start[i] - point[i])
            if reach < share:
                share, stopped = reach, i
    if stopped < 0:
        return
    for i in range(point.size):
        point[i] = start[i] + share * (point[i] - start[i])
        work[MINUS, i] = work[MINUS_START, i] + share * (work[MINUS, i] - work[MINUS_START, i])
    point[stopped] = 0.0


@njit(allocates=True, nogil=True, error_model="numpy")
def descend(model, everything, active, share, least, stop):
    """To where the slope is ``share`` of what it was, or ``least``; the last two lists are scratch.

    The coordinates that are not 0 are solved for, then a sweep over all looks which are to be. Whether it came there.
    """
    largest = 0.0
    for i in range(everything.size):
        everything[i] = i
        largest = larger(largest, _slope(model, i))
    enough = larger(share * largest, least)
    for _ in range(MOST_JUMPS):
        is_sound = _jump(model, active, _list(model, active), 0.5 * share, 0.5 * enough, stop)
        if not _sweep(model, everything, everything.size, enough) or stop[0]:
            return True
        if not is_sound:
            return False
        n_active = _list(model, active)
        for _ in range(SWEEPS):
            if not _sweep(model, active, n_active, enough):
                break
    return False


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
