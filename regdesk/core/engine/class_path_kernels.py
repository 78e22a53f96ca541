"""Paths of log-loss and softmax along descending λ, compiled: proximal quasi-Newton steps.

Each λ starts from the solution before. A step goes to the minimum of a quadratic with the penalty, whose Hessian is of
some λ before and follows what steps have found since (``class_path_steps.follow``): the rows are read twice a step,
which is next to all that it costs. The first step to a λ counts on missing its slope by as much as the last first one
did, as the curvature goes on changing. A new Hessian is asked for where steps bring too little.
"""

from __future__ import annotations

import math

from regdesk.core.engine.arrays import copy, fill, larger, smaller
from regdesk.core.engine.class_path_gap import duality_gap, kkt_residual, objective
from regdesk.core.engine.class_path_rows import HAS_CRAWLED, IS_MOVED, LARGEST_OUTPUT, N_SPARE, N_STEPS, measure
from regdesk.core.engine.class_path_steps import (
    BEGUN,
    BETTER,
    DIRECTION,
    IMAGE,
    LIMITS,
    MINUS,
    POINT,
    RIDGES,
    descend,
    follow,
)
from regdesk.core.engine.stored import njit

ROUNDING = 4e-16
MOST_HALVINGS = 30
MOST_STEPS = 8
"""With one Hessian at one λ."""
SOLVED, WANTS_NEWER, WANTS_HESSIAN, WANTS_COORDINATES, FAILED = range(5)
FEW_STEPS = 2.0
"""With the newest Hessian there would hardly be fewer at a λ."""
FAR = 0.1
"""Residual, as a share of λ, beyond which no gap is worth its time."""
INNER_SHARE = 1e-2
MOST_EXACT_OUTPUT = 80.0
"""Beyond it ``exp_of_negative`` is no power any more."""


@njit(nogil=True, error_model="numpy")
def _begin_step(plan, state, model, l1, l2, uses_defect):
    """The quadratic at the measured point."""
    work, chosen = model.work, model.chosen
    for i in range(chosen.size):
        at = chosen[i]
        factor = plan.factors[at] if at < plan.factors.size else 0.0
        work[POINT, i] = work[BEGUN, i] = state.point[at]
        work[MINUS, i] = -state.gradient[at] - (state.defect[at] if uses_defect else 0.0)
        work[LIMITS, i], work[RIDGES, i] = l1 * factor, l2 * factor


@njit(allocates=True, nogil=True, error_model="numpy")
def _search(rows, plan, state, model, before, l1, l2):
    """Along the step, halved until J falls; J there, and the share of the step, 0 where it never fell."""
    work, chosen, share = model.work, model.chosen, 1.0
    slack = ROUNDING * before * (1.0 + state.figures[LARGEST_OUTPUT])
    for _ in range(MOST_HALVINGS):
        for i in range(chosen.size):
            if share == 1.0:
                state.point[chosen[i]] = work[POINT, i]
            else:
                state.point[chosen[i]] = work[BEGUN, i] + share * (work[POINT, i] - work[BEGUN, i])
        measure(rows, state)
        reached = objective(state, plan.factors, l1, l2)
        if reached < before or (share == 1.0 and reached <= before + slack):
            return reached, share
        if plan.stop[0]:
            break
        share *= 0.5
    for i in range(chosen.size):
        state.point[chosen[i]] = work[BEGUN, i]
    measure(rows, state)
    return before, 0.0


@njit(allocates=True, nogil=True, error_model="numpy")
def _follow_step(state, model, share, used_defect, before):
    """What the step has told of the Hessian."""
    work, chosen, gradient = model.work, model.chosen, state.gradient_before
    steps, images, slopes = work[DIRECTION], work[IMAGE], work[BETTER]
    for i in range(chosen.size):
        at = chosen[i]
        expected = -work[MINUS, i] - gradient[at] - (state.defect[at] if used_defect else 0.0)
        steps[i] = share * (work[POINT, i] - work[BEGUN, i])
        images[i] = share * expected
        slopes[i] = state.gradient[at] - gradient[at]
    follow(model, steps, slopes, images, 1e-18 * before)


@njit(allocates=True, nogil=True, error_model="numpy")
def _note_defect(state, model):
    fill(state.defect, 0.0)
    for i in range(model.chosen.size):
        state.defect[model.chosen[i]] = model.work[BETTER, i] - model.work[IMAGE, i]


@njit(nogil=True, error_model="numpy")
def _is_called(plan, state, model, l1):
    """Whether a coordinate that may not move is pulled away from 0."""
    for at in range(plan.factors.size):
        if not model.is_chosen[at] and abs(state.gradient[at]) > l1 * plan.factors[at]:
            return True
    return False


@njit(nogil=True, error_model="numpy")
def _size(plan, state):
    size = 1e-300
    for at in range(plan.factors.size):
        size += plan.factors[at] * abs(state.point[at])
    return size


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _spread(slopes, shares):
    """Σ share · p (1 − p) over the rows, with p the probability of the output's class: its curvatures go with it."""
    total = 0.0
    for i in range(shares.size):
        size = abs(slopes[i])
        total += size * (1.0 - size / shares[i])
    return total


@njit(allocates=True, nogil=True, error_model="numpy")
def _rescale(rows, state, model, is_even):
    """Have the Hessian follow what has become of curvatures since it was last done; steps tell of some alone.

    With ``is_even`` it is all of them together, which brings half as many steps of softmax under L2; under L1 it takes
    a fifth more.
    """
    n_outputs, spreads, scales = state.outputs.shape[0], state.spreads, model.work[BETTER]
    total, total_before = 0.0, 0.0
    for k in range(n_outputs):
        before, spreads[0, k] = spreads[0, k], _spread(state.slopes[k], rows.shares)
        is_known = before > 0.0 and spreads[0, k] > 0.0
        spreads[1, k] = math.sqrt(spreads[0, k] / before) if is_known else 1.0
        total += spreads[0, k]
        total_before += before
    if is_even and total > 0.0 and total_before > 0.0:
        fill(spreads[1], math.sqrt(total / total_before))
    for i in range(scales.size):
        scales[i] = spreads[1, model.chosen[i] % n_outputs]
    for i in range(scales.size):
        row = model.hessian[i]
        for j in range(scales.size):
            row[j] *= scales[i] * scales[j]


@njit(allocates=True, nogil=True, error_model="numpy")
def _solve_at(rows, plan, state, model, l1, l2, is_first):
    """To the solution at one λ: how it ended, J, gap and residual there."""
    value = objective(state, plan.factors, l1, l2)
    residual, gap = kkt_residual(rows, plan.factors, state, l1, l2), math.inf
    if residual <= FAR * (l1 + l2):
        gap = duality_gap(rows, plan.factors, state, l1, l2)
    if gap <= plan.aim * value:
        return SOLVED, value, gap, residual
    if _is_called(plan, state, model, l1):
        return WANTS_COORDINATES, value, gap, residual
    _rescale(rows, state, model, l1 == 0.0)
    for number in range(MOST_STEPS):
        copy(state.gradient, state.gradient_before)
        uses_defect = is_first and number == 0
        _begin_step(plan, state, model, l1, l2, uses_defect)
        least = smaller(0.1 * plan.aim * value / _size(plan, state), INNER_SHARE * l1)
        if not descend(model, model.lists[0], model.lists[1], INNER_SHARE, least, plan.stop):
            state.figures[HAS_CRAWLED] += 1.0
        if plan.stop[0]:
            return FAILED, value, gap, residual
        value_before, gap_before = value, gap
        value, share = _search(rows, plan, state, model, value, l1, l2)
        state.figures[N_STEPS] += 1.0
        if not state.figures[LARGEST_OUTPUT] <= MOST_EXACT_OUTPUT:
            return FAILED, value, gap, residual
        if share > 0.0:
            _follow_step(state, model, share, uses_defect, value_before)
            if number == 0:
                _note_defect(state, model)
        residual = kkt_residual(rows, plan.factors, state, l1, l2)
        gap = math.inf
        if residual <= FAR * (l1 + l2):
            gap = duality_gap(rows, plan.factors, state, l1, l2)
        if gap <= plan.aim * value or (gap <= plan.tolerance * value and gap > 0.5 * gap_before):
            return SOLVED, value, gap, residual
        if _is_called(plan, state, model, l1):
            return WANTS_COORDINATES, value, gap, residual
        if share < 1.0 or (l1 == 0.0 and state.figures[HAS_CRAWLED] > 0.0 and model.inverse.shape[0] == 1):
            return WANTS_HESSIAN, value, gap, residual
    return WANTS_HESSIAN, value, gap, residual


@njit(allocates=True, cache=True, nogil=True, error_model="numpy")
def class_path(rows, plan, state, model, found, first, last, is_first):
    """λ number ``first`` up to ``last``, as long as each is solved; the number at which it stopped, and why.

    ``rows`` are ``ClassRows``, ``plan`` a ``ClassPlan``, ``model`` a ``ClassModel``; ``state`` holds the solution
    before and goes on from there. ``is_first``: nothing has been tried at the first λ. Into ``found``,
    ``ClassSolutions``.
    """
    if state.figures[IS_MOVED] != 0.0:
        measure(rows, state)
        state.figures[IS_MOVED] = 0.0
    for number in range(first, last):
        l1, l2 = plan.l1s[number], plan.l2s[number]
        n_steps, may_extrapolate = state.figures[N_STEPS], number > first or is_first
        status, value, gap, residual = _solve_at(rows, plan, state, model, l1, l2, may_extrapolate)
        copy(state.point, found.points[number])
        found.objectives[number], found.gaps[number], found.kkt_residuals[number] = value, gap, residual
        if status != SOLVED:
            return number, status
        state.figures[N_SPARE] += larger(state.figures[N_STEPS] - n_steps - FEW_STEPS, 0.0)
        if state.figures[N_SPARE] > plan.price:
            # By now steps have cost as much as a new Hessian does.
            return number + 1, WANTS_NEWER
    return last, SOLVED
