"""Coordinate descent for the exact paths, compiled: from the Gram matrix.

It minimises ½‖y − Xw‖²/n + λ₁‖w‖₁ + ½λ₂‖w‖² along descending λ, from the solution before. It sweeps over the weights
that strong rules leave (Tibshirani et al. 2012, eq. 7) and looks at all others before a λ counts as done.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.arrays import copy, larger
from regdesk.core.engine.path_factor import MOST_WORK, add, grow, solve_active
from regdesk.core.engine.path_parts import (
    MOST_JUMPS,
    duality_gap,
    list_active,
    move,
    soft,
    solve,
    strong_inputs,
    strong_or_violating,
    sweeps_of_active,
)
from regdesk.core.engine.path_structs import ROUNDED_ZERO, InputLists, Strengths
from regdesk.core.engine.stored import njit

MOST_FAILURES = 3
"""Of the search by active sets along one path, before it is left to coordinate descent alone."""

MOST_SWEEPS_A_CALL = 20
"""For one λ; after more it is shown before the next is begun."""


@njit(allocates=True, nogil=True)
def _jump(problem, state, active, n_active, strengths, stop):
    """To the minimum for the present signs of the active weights, or as far that way as the signs allow.

    Where columns are nearly collinear sweeps alone take thousands of times as long.
    """
    gram, weights, minus_gradient = problem.gram, state.weights, state.minus_gradient
    l1, l2 = strengths
    block, right = np.empty((n_active, n_active)), np.empty(n_active)
    for _ in range(MOST_JUMPS):
        for position in range(n_active):
            j = active[position]
            for other in range(n_active):
                block[position, other] = gram[j, active[other]]
            block[position, position] += l2
            right[position] = minus_gradient[j] - l2 * weights[j] - l1 * np.sign(weights[j])
        steps = solve(block[:n_active, :n_active], right[:n_active], stop)
        stopped = move(weights, steps, active, n_active, minus_gradient, gram)
        if stopped < 0 or stop[0]:
            break
        for position in range(stopped, n_active - 1):
            active[position] = active[position + 1]
        n_active -= 1
    return n_active


@njit(allocates=True, nogil=True)
def _sweep(problem, state, inputs, n_inputs, strengths):
    """One pass over ``inputs``; the largest fall of the objective (times 2) that one weight brought."""
    gram, weights, minus_gradient = problem.gram, state.weights, state.minus_gradient
    l1, l2 = strengths
    largest = 0.0
    for position in range(n_inputs):
        j = inputs[position]
        curvature = gram[j, j]
        if curvature <= 0.0:
            continue
        old = weights[j]
        new = soft(minus_gradient[j] + curvature * old, l1) / (curvature + l2)
        change = new - old
        if change != 0.0:
            weights[j] = new
            add(minus_gradient, -change, gram[j])
            largest = larger(largest, change * change * (curvature + l2))
    return largest


_sweep_active = sweeps_of_active(_sweep, _jump)


@njit(allocates=True, nogil=True)
def _look_ahead(gram, state, step):
    """Move on along the line from the solution before the last: between events the lasso's path is straight.

    A weight that would cross zero stops there, one that has just left it stays; the gradient follows. The solution that
    comes in becomes the one before.
    """
    weights, minus_gradient, last_weights, last_minus_gradient = state
    n_inputs = len(weights)
    for j in range(n_inputs):
        pull = minus_gradient[j]
        minus_gradient[j] += step * (pull - last_minus_gradient[j])
        last_minus_gradient[j] = pull
    for j in range(n_inputs):
        old, before = weights[j], last_weights[j]
        if old == 0.0 and before == 0.0:
            continue
        straight = old + step * (old - before)
        if old == 0.0 or straight * old <= 0.0:
            new = 0.0
        elif before == 0.0:
            new = old
        else:
            new = straight
        if new != straight:
            row, difference = gram[j], new - straight
            for k in range(n_inputs):
                minus_gradient[k] -= difference * row[k]
        last_weights[j] = old
        weights[j] = new


@njit(allocates=True, nogil=True)
def _begin(problem, weights, active_set):
    """The factor of the inputs whose weights are not zero: how many, or −1."""
    new, new_signs, n_new = np.empty(len(weights), dtype=np.int64), np.empty(len(weights)), 0
    for j in range(len(weights)):
        if weights[j] != 0.0:
            new[n_new], new_signs[n_new] = j, np.sign(weights[j])
            n_new += 1
    if n_new**3 // 6 > MOST_WORK:
        return -1
    return grow(problem, active_set, 0, new, new_signs, n_new)


@njit(allocates=True, nogil=True)
def _refresh(problem, state):
    """``minus_gradient`` anew: rounding of many small changes has gathered in it."""
    copy(problem.products, state.minus_gradient)
    for j in range(len(problem.products)):
        if state.weights[j] != 0.0:
            add(state.minus_gradient, -state.weights[j], problem.gram[j])


@njit(allocates=True, nogil=True)
def _go_on(problem, plan, state, active_set, number):
    """From the last solution to near that of λ number ``number``; whether the active set found it.

    Without l2 that is tried first. Where it fails the weights move on along the line of the last two solutions.
    """
    l1, counts = plan.l1s[number], active_set.counts
    before = plan.l1s[number - 1] if number else l1
    step = (l1 - before) / (before - plan.l1s[number - 2]) if number >= 2 else 0.0
    is_direct = False
    if number and l1 > 0.0 and plan.l2s[number] == 0.0 and counts[1] < MOST_FAILURES and not plan.stop[0]:
        if counts[0] < 0:
            counts[0] = _begin(problem, state.weights, active_set)
        is_direct = counts[0] >= 0 and solve_active(problem, state, active_set, l1, step) >= 0
        counts[1] += not is_direct
    if is_direct:
        return True
    if number >= 2:
        _look_ahead(problem.gram, state, step)
    else:
        copy(state.weights, state.last_weights)
        copy(state.minus_gradient, state.last_minus_gradient)
    return False


@njit(allocates=True, nogil=True)
def _gap(problem, state, strengths):
    return duality_gap(state.weights, state.minus_gradient, problem.products, problem.square, strengths)


@njit(allocates=True, nogil=True)
def _descend(problem, plan, state, lists, strengths, limit):
    """Coordinate descent to the tolerance: the sweeps it took (0 where nothing was left to do), objective and gap.

    ``limit`` is that of the strong rules.
    """
    n_strong = n_done = 0
    objective, gap = _gap(problem, state, strengths)
    enough = 0.1 * plan.tolerance * objective
    is_solved = gap <= plan.tolerance * objective
    if not is_solved:
        n_strong = strong_inputs(state.weights, state.minus_gradient, limit, lists.strong)
    while not is_solved and n_done < plan.most_sweeps and not plan.stop[0]:
        fall = _sweep(problem, state, lists.strong, n_strong, strengths)
        n_done += 1
        if fall > enough:
            n_active = list_active(state.weights, lists, n_strong)
            n_done = _sweep_active(problem, plan, state, lists.active, n_active, strengths, enough, n_done)
        n_strong, has_violation = strong_or_violating(
            state.weights, state.minus_gradient, limit, strengths.l1, lists.strong
        )  # fmt: skip
        objective, gap = _gap(problem, state, strengths)
        is_solved = gap <= plan.tolerance * objective
        if not is_solved and not has_violation:
            enough *= 0.1
    return n_done, objective, gap


@njit(allocates=True, nogil=True)
def _show(problem, weights, deviations, shown):
    """``weights`` into ``shown``, with exact zeros as ``squared_path.without_rounded_zeros`` has them."""
    largest = np.sqrt(larger(problem.square, 0.0))
    for j in range(len(weights)):
        largest = larger(largest, abs(weights[j]) * deviations[j])
    for j in range(len(weights)):
        shown[j] = weights[j] if abs(weights[j]) * deviations[j] > ROUNDED_ZERO * largest else 0.0


@njit(allocates=True, cache=True, nogil=True)
def gram_path(problem, plan, state, active_set, found, first, last):
    """λ number ``first`` up to ``last``, as long as each is solved and soon; the number of the λ at which it stopped.

    ``problem`` is a ``GramProblem``, ``plan`` a ``PathPlan``; ``state`` holds the solution before and goes on from
    there. Without l2 active sets are tried first, from ``active_set`` on. Into ``found``, ``PathSolutions`` whose
    weights have no rounded zeros.

    What an active set has found has a gap of −∞: all λ together are measured sooner than one by one. That ends with
    the λ that ``active_set`` names, whose ``state`` was found so and is not good enough.
    """
    n_inputs, poor = len(problem.products), active_set.counts[2]
    lists = InputLists(np.empty(n_inputs, dtype=np.int64), np.empty(n_inputs, dtype=np.int64))
    deviations = np.empty(n_inputs)
    for j in range(n_inputs):
        deviations[j] = np.sqrt(larger(problem.gram[j, j], 0.0))
    for number in range(first, last):
        strengths = Strengths(plan.l1s[number], plan.l2s[number])
        limit = 2.0 * strengths.l1 - (plan.l1s[number - 1] if number else strengths.l1)
        is_direct = number == poor or _go_on(problem, plan, state, active_set, number)
        if is_direct and poor < 0:
            _show(problem, state.weights, deviations, found.weights[number])
            found.gaps[number] = -np.inf
            continue
        if is_direct:
            _refresh(problem, state)
        n_done, objective, gap = _descend(problem, plan, state, lists, strengths, limit)
        if n_done or not is_direct:
            active_set.counts[0] = -1
            _refresh(problem, state)
            objective, gap = _gap(problem, state, strengths)
        _show(problem, state.weights, deviations, found.weights[number])
        found.objectives[number], found.gaps[number] = objective, gap
        if gap > 2.0 * plan.tolerance * objective or n_done > MOST_SWEEPS_A_CALL:
            return number
    return last
