"""Coordinate descent for the exact paths, compiled: as ``path_kernels``, from the rows, where inputs outnumber them."""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.arrays import copy, larger
from regdesk.core.engine.path_factor import add, dot
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
from regdesk.core.engine.path_structs import InputLists, RowState, Strengths
from regdesk.core.engine.stored import njit


@njit(allocates=True, nogil=True)
def _jump(problem, state, active, n_active, strengths, stop):
    """As that of ``path_kernels``, from the columns of the active weights."""
    columns, weights, residual = problem.columns, state.weights, state.residual
    l1, l2 = strengths
    n = len(residual)
    block, right = np.empty((n_active, n_active)), np.empty(n_active)
    for position in range(n_active):
        for other in range(position + 1):
            product = dot(columns[active[position]], columns[active[other]]) / n
            block[position, other] = block[other, position] = product
        block[position, position] += l2
    for _ in range(MOST_JUMPS):
        for position in range(n_active):
            j = active[position]
            right[position] = dot(columns[j], residual) / n - l2 * weights[j] - l1 * np.sign(weights[j])
        steps = solve(block[:n_active, :n_active], right[:n_active], stop)
        stopped = move(weights, steps, active, n_active, residual, columns)
        if stopped < 0 or stop[0]:
            break
        for position in range(stopped, n_active - 1):
            active[position] = active[position + 1]
            for other in range(n_active):
                block[position, other] = block[position + 1, other]
        n_active -= 1
        for position in range(n_active):
            for other in range(stopped, n_active):
                block[position, other] = block[position, other + 1]
    return n_active


@njit(allocates=True, nogil=True)
def _sweep(problem, state, inputs, n_inputs, strengths):
    """As that of ``path_kernels``, by the residual."""
    columns, curvatures = problem.columns, problem.curvatures
    weights, residual = state.weights, state.residual
    l1, l2 = strengths
    n = len(residual)
    largest = 0.0
    for position in range(n_inputs):
        j = inputs[position]
        curvature = curvatures[j]
        if curvature <= 0.0:
            continue
        old = weights[j]
        new = soft(dot(columns[j], residual) / n + curvature * old, l1) / (curvature + l2)
        change = new - old
        if change != 0.0:
            weights[j] = new
            add(residual, -change, columns[j])
            largest = larger(largest, change * change * (curvature + l2))
    return largest


_sweep_active = sweeps_of_active(_sweep, _jump)


@njit(allocates=True, nogil=True)
def _descend(problem, plan, state, lists, strengths, limit):
    """Coordinate descent to the tolerance; objective and gap. ``limit`` is that of the strong rules.

    All of the gradient is looked at when the weights that strong rules leave are solved for.
    """
    weights, minus_gradient, residual = state
    n = len(residual)
    square = dot(problem.targets, problem.targets) / n
    n_strong = strong_inputs(weights, minus_gradient, limit, lists.strong)
    n_done = 0
    objective, gap = duality_gap(weights, minus_gradient, problem.products, square, strengths)
    enough = 0.1 * plan.tolerance * objective
    while n_done < plan.most_sweeps and not plan.stop[0]:
        n_done += 1
        if _sweep(problem, state, lists.strong, n_strong, strengths) > enough:
            n_active = list_active(weights, lists, n_strong)
            n_done = _sweep_active(problem, plan, state, lists.active, n_active, strengths, enough, n_done)
            continue
        for j in range(len(weights)):
            minus_gradient[j] = dot(problem.columns[j], residual) / n
        n_strong, has_violation = strong_or_violating(weights, minus_gradient, limit, strengths.l1, lists.strong)
        objective, gap = duality_gap(weights, minus_gradient, problem.products, square, strengths)
        if gap <= plan.tolerance * objective:
            break
        if not has_violation:
            enough *= 0.1
    return objective, gap


@njit(allocates=True, cache=True, nogil=True)
def residual_path(problem, plan, weights, minus_gradient, found, first, last):
    """λ number ``first`` up to ``last``, as long as each is solved; the number of the λ at which it stopped.

    ``problem`` is a ``RowProblem``, ``plan`` a ``PathPlan``; ``weights`` and ``minus_gradient`` ``(n_inputs,)`` hold
    the solution before and go on from there. Into ``found``, ``PathSolutions``.
    """
    n_inputs = len(weights)
    lists = InputLists(np.empty(n_inputs, dtype=np.int64), np.empty(n_inputs, dtype=np.int64))
    state = RowState(weights, minus_gradient, problem.targets.copy())
    for j in range(n_inputs):
        if weights[j] != 0.0:
            add(state.residual, -weights[j], problem.columns[j])
    for number in range(first, last):
        strengths = Strengths(plan.l1s[number], plan.l2s[number])
        limit = 2.0 * strengths.l1 - (plan.l1s[number - 1] if number else strengths.l1)
        objective, gap = _descend(problem, plan, state, lists, strengths, limit)
        copy(weights, found.weights[number])
        found.objectives[number], found.gaps[number] = objective, gap
        if gap > plan.tolerance * objective:
            return number
    return last
