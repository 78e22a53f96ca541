"""The profile of squared error under L1 or elastic net over a plane of two weights, compiled.

Between two events (a weight reaching 0, or a pull reaching λ₁) the best other weights are an affine function of the two
on the axes. So they are followed from grid point to grid point along a serpentine: a step costs a few products, an
event one update of an inverse, and the answer is exact. Each point is checked against the conditions of its optimum;
where they fail it is solved for anew, along falling λ, and where columns depend on each other by coordinate descent.

One file: each function is a step of ``profile_losses`` alone, and all of them work on one ``Follower``.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from regdesk.core.engine.path_factor import add, dot
from regdesk.core.engine.quadratic_kernels import GroupPenalty, Quadratic, descend
from regdesk.core.engine.stored import njit

SINGULAR = 1e-11
"""Share of a column's square that the others leave of it, below which it counts as one of their sums."""
MOST_SWEEPS = 1000


class Others(NamedTuple):
    """What the loss has of the other weights: Gram matrix ``(m, m)``, Xᵀy/n and the Grams with the two, ``(m,)``.

    ``along`` ``(2, m)`` are those with the weight on the x axis and on the y axis; ``square`` is ‖y‖²/n.
    """

    gram: Any
    products: Any
    along: Any
    l1: float
    l2: float
    square: float
    tolerance: float


class Pair(NamedTuple):
    """The two weights on the axes: their part of the Gram matrix ``(2, 2)`` and of Xᵀy/n ``(2,)``."""

    gram: Any
    products: Any


class Follower(NamedTuple):
    """Where the other weights stand: ``weights``, ``minus_gradient``, ``signs`` ``(m,)``, the ``active`` ones and their
    inverse.

    ``counts`` holds the number of active ones and whether the inverse is theirs; ``at`` the two weights. The rest is
    scratch.
    """

    weights: Any
    minus_gradient: Any
    signs: Any
    active: Any
    inverse: Any
    counts: Any
    at: Any
    steps: Any
    slopes: Any
    is_barred: Any


@njit(allocates=True, nogil=True, error_model="numpy")
def _enter(others, follower, j):
    """Weight ``j`` becomes active; False where its column is a sum of the active ones'."""
    n, active, inverse, column = follower.counts[0], follower.active, follower.inverse, follower.steps
    left = others.gram[j, j] + others.l2
    square = left
    for p in range(n):
        total = 0.0
        for q in range(n):
            total += inverse[p, q] * others.gram[active[q], j]
        column[p] = total
    for p in range(n):
        left -= others.gram[active[p], j] * column[p]
    if left <= SINGULAR * square:
        return False
    for p in range(n):
        for q in range(n):
            inverse[p, q] += column[p] * column[q] / left
        inverse[p, n] = inverse[n, p] = -column[p] / left
    inverse[n, n] = 1.0 / left
    active[n] = j
    follower.counts[0] = n + 1
    return True


@njit(allocates=True, nogil=True, error_model="numpy")
def _leave(follower, position):
    """The active weight at ``position`` leaves; the last one takes its place."""
    last, active, inverse = follower.counts[0] - 1, follower.active, follower.inverse
    for p in range(last + 1):
        inverse[p, position], inverse[p, last] = inverse[p, last], inverse[p, position]
    for q in range(last + 1):
        inverse[position, q], inverse[last, q] = inverse[last, q], inverse[position, q]
    active[position] = active[last]
    for p in range(last):
        factor = inverse[p, last] / inverse[last, last]
        for q in range(last):
            inverse[p, q] -= factor * inverse[last, q]
    follower.counts[0] = last


@njit(allocates=True, nogil=True, error_model="numpy")
def _directions(others, follower, axis, sense):
    """How active weights and all pulls change per unit of the weight on ``axis``."""
    n, active, steps, slopes = follower.counts[0], follower.active, follower.steps, follower.slopes
    along = others.along[axis]
    for p in range(n):
        total = 0.0
        for q in range(n):
            total -= follower.inverse[p, q] * along[active[q]]
        steps[p] = sense * total
    for j in range(len(slopes)):
        slopes[j] = -sense * along[j]
    for p in range(n):
        add(slopes, -steps[p], others.gram[active[p]])


@njit(allocates=True, nogil=True, error_model="numpy")
def _next_event(others, follower, remaining):
    """How far until the next event, and which: the position of a weight that leaves, −2 − j for one that enters."""
    l1, share, event = others.l1, remaining, -1
    for p in range(follower.counts[0]):
        j, step = follower.active[p], follower.steps[p]
        if step * follower.signs[j] < 0.0:
            reach = max(-follower.weights[j] / step, 0.0)
            if reach < share:
                share, event = reach, p
    for j in range(len(follower.slopes)):
        slope = follower.slopes[j]
        if follower.signs[j] != 0.0 or follower.is_barred[j] or abs(slope) <= 1e-13 * others.gram[j, j]:
            continue
        limit = l1 if slope > 0.0 else -l1
        reach = max((limit - follower.minus_gradient[j]) / slope, 0.0)
        if reach < share:
            share, event = reach, -2 - j
    return share, event


@njit(allocates=True, nogil=True, error_model="numpy")
def _follow(others, follower, axis, value):
    """Move the weight on ``axis`` to ``value``, and the others to where they are best; False if that fails."""
    remaining = abs(value - follower.at[axis])
    sense = 1.0 if value > follower.at[axis] else -1.0
    if remaining == 0.0:
        return True
    follower.at[axis] = value
    m = len(follower.weights)
    for j in range(m):
        follower.is_barred[j] = False
    for _ in range(4 * m + 20):
        _directions(others, follower, axis, sense)
        share, event = _next_event(others, follower, remaining)
        for p in range(follower.counts[0]):
            follower.weights[follower.active[p]] += share * follower.steps[p]
        add(follower.minus_gradient, share, follower.slopes)
        remaining -= share
        if event == -1:
            return True
        if event >= 0:
            j = follower.active[event]
            follower.weights[j] = follower.signs[j] = 0.0
            _leave(follower, event)
        else:
            j = -2 - event
            sign = np.sign(follower.slopes[j])
            if _enter(others, follower, j):
                follower.signs[j] = sign
            else:
                follower.is_barred[j] = True
    return False


@njit(allocates=True, nogil=True, error_model="numpy")
def _violation(others, follower):
    """Pulls made anew, and how far they are from those of the optimum."""
    weights, minus_gradient = follower.weights, follower.minus_gradient
    for j in range(len(minus_gradient)):
        minus_gradient[j] = (
            others.products[j] - others.along[0, j] * follower.at[0] - others.along[1, j] * follower.at[1]
        )
    for j in range(len(minus_gradient)):
        if weights[j] != 0.0:
            add(minus_gradient, -weights[j], others.gram[j])
    worst = 0.0
    for j in range(len(minus_gradient)):
        sign = follower.signs[j]
        if sign != 0.0:
            wrong = abs(minus_gradient[j] - others.l2 * weights[j] - others.l1 * sign)
            if weights[j] * sign < 0.0:
                wrong = max(wrong, abs(weights[j]) * others.gram[j, j])
        else:
            wrong = abs(minus_gradient[j]) - others.l1
        worst = max(worst, wrong)
    return worst


@njit(allocates=True, nogil=True, error_model="numpy")
def _refine(others, follower):
    """One Newton step among the active weights: it takes rounding away."""
    n, active = follower.counts[0], follower.active
    for p in range(n):
        total = 0.0
        for q in range(n):
            j = active[q]
            left = follower.minus_gradient[j] - others.l2 * follower.weights[j] - others.l1 * follower.signs[j]
            total += follower.inverse[p, q] * left
        follower.steps[p] = total
    for p in range(n):
        follower.weights[active[p]] += follower.steps[p]


@njit(allocates=True, nogil=True, error_model="numpy")
def _next_event_of_lambda(others, follower, level):
    """As ``_next_event`` while λ₁ falls from ``level``, and with it the pulls of active weights."""
    share, event = level - others.l1, -1
    for p in range(follower.counts[0]):
        j, step = follower.active[p], follower.steps[p]
        if step * follower.signs[j] < 0.0:
            reach = max(-follower.weights[j] / step, 0.0)
            if reach < share:
                share, event = reach, p
    for j in range(len(follower.slopes)):
        if follower.signs[j] != 0.0 or follower.is_barred[j]:
            continue
        for sign in (1.0, -1.0):
            closing = 1.0 + sign * follower.slopes[j]
            if closing > 1e-12:
                reach = max((level - sign * follower.minus_gradient[j]) / closing, 0.0)
                if reach < share:
                    share, event = reach, -2 - j
    return share, event


@njit(allocates=True, nogil=True, error_model="numpy")
def _come_down(others, follower):
    """All other weights from 0 along falling λ₁ (Osborne, Presnell & Turlach 2000) to where they are best."""
    m, active, steps, slopes = len(follower.weights), follower.active, follower.steps, follower.slopes
    follower.counts[0] = 0
    for j in range(m):
        follower.weights[j] = follower.signs[j] = 0.0
        follower.is_barred[j] = False
    _violation(others, follower)
    level, first = 0.0, -1
    for j in range(m):
        if abs(follower.minus_gradient[j]) > level:
            level, first = abs(follower.minus_gradient[j]), j
    if level <= others.l1:
        return
    if _enter(others, follower, first):
        follower.signs[first] = np.sign(follower.minus_gradient[first])
    for _ in range(8 * m + 40):
        n = follower.counts[0]
        for p in range(n):
            total = 0.0
            for q in range(n):
                total += follower.inverse[p, q] * follower.signs[active[q]]
            steps[p] = total
        for j in range(m):
            slopes[j] = 0.0
        for p in range(n):
            add(slopes, -steps[p], others.gram[active[p]])
        share, event = _next_event_of_lambda(others, follower, level)
        for p in range(n):
            follower.weights[active[p]] += share * steps[p]
        add(follower.minus_gradient, share, slopes)
        level -= share
        if event == -1:
            return
        if event >= 0:
            j = active[event]
            follower.weights[j] = follower.signs[j] = 0.0
            _leave(follower, event)
            for k in range(m):
                follower.is_barred[k] = k == j and share == 0.0
        elif _enter(others, follower, -2 - event):
            follower.signs[-2 - event] = np.sign(follower.minus_gradient[-2 - event])
        else:
            follower.is_barred[-2 - event] = True


@njit(allocates=True, nogil=True, error_model="numpy")
def _is_solved(others, follower):
    if _violation(others, follower) <= others.tolerance:
        return True
    _refine(others, follower)
    return _violation(others, follower) <= others.tolerance


@njit(allocates=True, nogil=True, error_model="numpy")
def _begin_anew(others, follower):
    """Solve for this point alone; False where the active weights' columns depend on each other."""
    _come_down(others, follower)
    if _is_solved(others, follower):
        return True
    m = len(follower.weights)
    for j in range(m):
        follower.signs[j] = 0.0
    quadratic = Quadratic(others.gram, follower.weights, follower.minus_gradient)
    penalty = GroupPenalty(np.arange(m + 1), np.full(m, others.l1), np.full(m, others.l2), np.ones(m))
    never = np.zeros(1, dtype=np.uint8)
    for enough in (1e-10, 1e-16, 1e-22):
        descend(quadratic, penalty, enough * others.square, MOST_SWEEPS, never)
    follower.counts[0] = 0
    is_whole = True
    for j in range(m):
        if follower.weights[j] != 0.0:
            follower.signs[j] = np.sign(follower.weights[j])
            is_whole = _enter(others, follower, j) and is_whole
    if is_whole:
        return _is_solved(others, follower)
    _violation(others, follower)
    return False


@njit(allocates=True, nogil=True, error_model="numpy", cache=True)
def profile_losses(others, follower, pair, x_values, y_values, losses, slopes):
    """Least data loss + λR over the other weights, into ``losses`` ``(n_y, n_x)``.

    ``slopes`` ``(n_y, n_x, 2)`` become the derivatives by the two weights of ``pair``. ``follower`` goes on from where
    it stands. The number of points at which coordinate descent was needed.
    """
    own, own_products = pair
    n_anew = 0
    # Literal integers would compile what they are passed to twice.
    along_x, along_y = np.int64(0), np.int64(1)
    for row in range(len(y_values)):
        for number in range(len(x_values)):
            # A serpentine: each point is next to the one before.
            column = number if row % 2 == 0 else len(x_values) - 1 - number
            is_right = follower.counts[1] == 1
            if is_right:
                is_right = _follow(others, follower, along_y, y_values[row])
                is_right = is_right and _follow(others, follower, along_x, x_values[column])
            follower.at[0], follower.at[1] = x_values[column], y_values[row]
            if not (is_right and _is_solved(others, follower)):
                n_anew += 1
                follower.counts[1] = 1 if _begin_anew(others, follower) else 0
            x, y, weights = x_values[column], y_values[row], follower.weights
            size, ridge, fitted = 0.0, 0.0, 0.0
            for j in range(len(weights)):
                size += abs(weights[j])
                ridge += weights[j] * weights[j]
                fitted += weights[j] * (others.products[j] + follower.minus_gradient[j])
            pull_x = own_products[0] - own[0, 0] * x - own[0, 1] * y - dot(others.along[0], weights)
            pull_y = own_products[1] - own[0, 1] * x - own[1, 1] * y - dot(others.along[1], weights)
            fitted += x * (own_products[0] + pull_x) + y * (own_products[1] + pull_y)
            losses[row, column] = 0.5 * (others.square - fitted) + others.l1 * size + 0.5 * others.l2 * ridge
            slopes[row, column, 0], slopes[row, column, 1] = -pull_x, -pull_y
    return n_anew
