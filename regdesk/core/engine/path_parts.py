"""What both kinds of exact paths are made of, compiled: thresholds, strong rules, the duality gap, jumps."""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.path_factor import add, dot
from regdesk.core.engine.stored import njit

SWEEPS_BEFORE_JUMP = 20
MOST_JUMPS = 10


@njit(allocates=True, nogil=True)
def soft(value, threshold):
    if value > threshold:
        return value - threshold
    if value < -threshold:
        return value + threshold
    return 0.0


@njit(allocates=True, nogil=True)
def duality_gap(weights, minus_gradient, products, square, strengths):
    """Objective and its distance from the dual at the scaled residual; ``minus_gradient`` is Xᵀr/n, ``square`` ‖y‖²/n.

    The dual of the elastic net is that of the lasso on rows √(nλ₂)·I below X (Zou & Hastie 2005, lemma 1); its point is
    the residual, scaled until no column's pull is above λ₁.

    ``duality.duality_gap`` has another point under l2, whose bound is closer (1.7e-16 where this one says 1.1e-8, in an
    elastic net of 30 inputs at J = 2.7), and takes no difference of large sums, but it reads every row. This one reads
    none, and a path stops by it: with the other one it would stop elsewhere.
    """
    l1, l2 = strengths
    size, ridge, linear, quadratic, largest = 0.0, 0.0, 0.0, 0.0, 0.0
    for j in range(len(weights)):
        w = weights[j]
        pull = abs(minus_gradient[j] - l2 * w)
        if pull > largest:
            largest = pull
        if w != 0.0:
            size += abs(w)
            ridge += w * w
            linear += w * products[j]
            quadratic += w * (products[j] - minus_gradient[j])
    residual = square - 2.0 * linear + quadratic
    if residual < 0.0:
        residual = 0.0
    scale = 1.0 if largest <= l1 else l1 / largest
    objective = 0.5 * residual + l1 * size + 0.5 * l2 * ridge
    # The residual of the rows below X is −√(nλ₂) w.
    extended = residual + l2 * ridge
    dual = scale * (square - linear) - 0.5 * scale * scale * extended
    return objective, objective - dual


@njit(allocates=True, nogil=True)
def solve(matrix, right, stop):
    """x of ``matrix`` x = ``right`` by conjugate gradients (Hestenes & Stiefel 1952); matrix positive semidefinite."""
    n = len(right)
    solution, left = np.zeros(n), right.copy()
    direction, image = right.copy(), np.empty(n)
    square = dot(left, left)
    goal = 1e-26 * square
    for _ in range(2 * n + 10):
        if square <= goal or stop[0]:
            break
        for i in range(n):
            image[i] = dot(matrix[i], direction)
        curvature = dot(direction, image)
        if curvature <= 1e-15 * square:
            break
        step = square / curvature
        add(solution, step, direction)
        add(left, -step, image)
        before, square = square, dot(left, left)
        factor = square / before
        for i in range(n):
            direction[i] = left[i] + factor * direction[i]
    return solution


@njit(allocates=True, nogil=True)
def move(weights, steps, active, n_active, follower, rows):
    """Move the active weights along ``steps``, as far as leaves each on its side of 0; the one that stops there, or −1.

    It is the position of the first one in ``active``. A change of weight j takes its multiple of ``rows[j]`` off
    ``follower``: the residual by columns, or the minus gradient by rows of the Gram matrix.
    """
    share, stopped = 1.0, -1
    for position in range(n_active):
        w = weights[active[position]]
        if (w + steps[position]) * w < 0.0:
            reach = -w / steps[position]
            if reach < share:
                share, stopped = reach, position
    for position in range(n_active):
        j = active[position]
        change = -weights[j] if position == stopped else share * steps[position]
        weights[j] = 0.0 if position == stopped else weights[j] + change
        add(follower, -change, rows[j])
    return stopped


@njit(allocates=True, nogil=True)
def without_zeros(weights, active, n_active):
    """How many of ``active`` stay when those whose weights have become zero are taken out of it."""
    n_left = 0
    for position in range(n_active):
        if weights[active[position]] != 0.0:
            active[n_left] = active[position]
            n_left += 1
    return n_left


@njit(allocates=True, nogil=True)
def strong_inputs(weights, minus_gradient, limit, strong):
    """Those that strong rules leave into ``strong``; how many these are."""
    n_strong = 0
    for j in range(len(weights)):
        if weights[j] != 0.0 or abs(minus_gradient[j]) >= limit:
            strong[n_strong] = j
            n_strong += 1
    return n_strong


@njit(allocates=True, nogil=True)
def strong_or_violating(weights, minus_gradient, limit, l1, strong):
    """As ``strong_inputs``, and those whose gradient is above ``l1``; how many, and whether one of them is at 0."""
    n_strong = 0
    has_violation = False
    for j in range(len(weights)):
        is_pulled = abs(minus_gradient[j]) > l1
        if weights[j] != 0.0 or abs(minus_gradient[j]) >= limit or is_pulled:
            has_violation |= weights[j] == 0.0 and is_pulled
            strong[n_strong] = j
            n_strong += 1
    return n_strong, has_violation


@njit(allocates=True, nogil=True)
def list_active(weights, lists, n_strong):
    """The inputs of ``lists.strong`` whose weights are not zero into ``lists.active``; how many these are."""
    n_active = 0
    for position in range(n_strong):
        if weights[lists.strong[position]] != 0.0:
            lists.active[n_active] = lists.strong[position]
            n_active += 1
    return n_active


def sweeps_of_active(sweep, jump):
    """The part that solves for the active weights alone, by a kind of path's own ``sweep`` and ``jump``.

    Each kind has its own two, which know its kind of problem. Compiled code is bound to what it calls, so that the part
    is made once for each: compiling takes as long as with the text written twice.
    """

    def sweep_active(problem, plan, state, active, n_active, strengths, enough, n_done):
        """Sweeps over the active weights, with jumps, until one brings no more than ``enough``; all sweeps so far."""
        n_since = 0
        while n_done < plan.most_sweeps and not plan.stop[0]:
            n_done += 1
            n_since += 1
            if sweep(problem, state, active, n_active, strengths) <= enough:
                break
            if n_since == SWEEPS_BEFORE_JUMP:
                n_active = without_zeros(state.weights, active, n_active)
                n_active = jump(problem, state, active, n_active, strengths, plan.stop)
                n_since = 0
        return n_done

    # Its symbol is made of these names, and units that other processes compiled may be loaded beside each other.
    sweep_active.__module__, sweep_active.__qualname__ = sweep.__module__, "_sweep_active"
    return njit(allocates=True, nogil=True)(sweep_active)
