"""The lasso by active sets, compiled, where inputs outnumber rows: no Gram matrix of all inputs is made.

For a λ the signs of the active weights are guessed to be those of the λ before, and the guess is corrected as in
``path_factor``. What takes the time is Xᵀr of all inputs: it is read only of those that may break their bound. Of the
others |xᵀr| ≤ |a xᵀr'| + ‖x‖ ‖r − a r'‖ is enough, with an earlier residual r' at which xᵀr' was read: a sphere test as
of El Ghaoui, Viallon & Rabbani 2012, around points of the path itself. What it leaves out is left out for certain, so
that duality gaps hold for all inputs. Where a guess cannot be corrected λ is come to in smaller steps.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.arrays import copy, fill, larger
from regdesk.core.engine.path_factor import BATCH, ROUNDING, add, border, dot, dot_four, remove, substitute
from regdesk.core.engine.stored import njit

MOST_ROUNDS = 12
MOST_STEPS = 60
"""To one λ, those that failed included: each is half as long, in log λ, as one that has failed before it."""
ROUNDED_ZERO = 1e-13
TINY = float(np.finfo(np.float64).tiny)
SLACK = 1e-14
"""Of a residual's square, what rounding may hide of its distance from another."""


@njit(allocates=True, nogil=True)
def _products_with(columns, n_chosen, chosen, row, found):
    """The products of ``row`` with the first ``n_chosen`` columns of ``chosen``, over n, into ``found``."""
    n = len(row)
    n_fours = n_chosen // 4 * 4
    for at in range(0, n_fours, 4):
        one, two, three, four = chosen[at], chosen[at + 1], chosen[at + 2], chosen[at + 3]
        a, b, c, d = dot_four(row, columns[one], columns[two], columns[three], columns[four])
        found[at], found[at + 1], found[at + 2], found[at + 3] = a / n, b / n, c / n, d / n
    for at in range(n_fours, n_chosen):
        found[at] = dot(row, columns[chosen[at]]) / n


@njit(allocates=True, nogil=True)
def _append(problem, active_set, n_active, new, new_signs, n_new):
    """As that of ``path_factor``, from the columns."""
    across, corner = np.empty((n_new, n_active)), np.empty((n_new, n_new))
    for q in range(n_new):
        column = problem.columns[new[q]]
        _products_with(problem.columns, n_active, active_set.order, column, across[q])
        _products_with(problem.columns, q + 1, new, column, corner[q])
    return border(problem.products, active_set, n_active, new, new_signs, across, corner)


@njit(allocates=True, nogil=True)
def _grow(problem, state, active_set, n_active, new, new_signs, n_new, stop):
    """As ``path_factor.grow``, but that inputs which are nearly a sum of others are left out, as one of two copies is.

    −1 where there would be more inputs than the factor holds, or ``stop`` says so.
    """
    if n_active + n_new > len(active_set.factor):
        return -1
    n_batch, first = BATCH, 0
    while first < n_new:
        if stop[0]:
            return -1
        n_some = min(n_batch, n_new - first)
        n_grown = _append(problem, active_set, n_active, new[first:], new_signs[first:], n_some)
        if n_grown < 0 and n_some > 1:
            n_batch = 1
            continue
        if n_grown >= 0:
            for q in range(first, first + n_some):
                state.is_active[new[q]] = True
            n_active = n_grown
        first += n_some
    return n_active


@njit(allocates=True, nogil=True)
def _distances(pulls, n_kept, residual, shares, distances):
    """Of each kept residual r' the share a that is nearest to ``residual``, and ‖``residual`` − a r'‖/√n."""
    n, square = len(residual), dot(residual, residual)
    for slot in range(n_kept):
        share = dot(residual, pulls.residuals[slot]) / pulls.squares[slot]
        left = square - share * share * pulls.squares[slot]
        shares[slot] = share
        distances[slot] = np.sqrt((larger(left, 0.0) + SLACK * square) / n)


@njit(allocates=True, nogil=True)
def _read_pulls(problem, state, pulls, l1, chosen):
    """Make the pulls of now known that may be above ``l1``, and those of active inputs; the slot of this residual."""
    counts, residual, n_inputs = state.counts, state.residual, len(state.weights)
    n_kept = counts[1]
    is_full = n_kept == len(pulls.residuals)
    n_chosen = 0
    if is_full or n_kept == 0:
        n_kept = 0
        for j in range(n_inputs):
            chosen[j] = j
        n_chosen = n_inputs
    else:
        shares, distances = np.empty(n_kept), np.empty(n_kept)
        _distances(pulls, n_kept, residual, shares, distances)
        for j in range(n_inputs):
            slot = pulls.stamps[j]
            bound = abs(shares[slot] * pulls.values[j]) + problem.deviations[j] * distances[slot]
            if bound > l1 or state.is_active[j]:
                chosen[n_chosen] = j
                n_chosen += 1
    found = np.empty(n_chosen)
    _products_with(problem.columns, n_chosen, chosen, residual, found)
    for at in range(n_chosen):
        pulls.values[chosen[at]], pulls.stamps[chosen[at]] = found[at], n_kept
    copy(residual, pulls.residuals[n_kept])
    # Of a perfect fit nothing may be divided by nothing.
    pulls.squares[n_kept] = larger(dot(residual, residual), TINY)
    counts[1] = n_kept + 1
    counts[4] += n_chosen
    return n_chosen


@njit(allocates=True, nogil=True)
def _violators(state, pulls, l1, chosen, n_chosen, new, new_signs):
    """The inputs that are not active and whose pull is above ``l1``, into ``new``: how many, and the largest pull."""
    n_new, largest, bound = 0, 0.0, l1 * (1.0 + ROUNDING)
    for at in range(n_chosen):
        j = chosen[at]
        pull = abs(pulls.values[j])
        largest = larger(largest, pull)
        if pull > bound and not state.is_active[j]:
            new[n_new], new_signs[n_new] = j, np.sign(pulls.values[j])
            n_new += 1
    return n_new, largest


@njit(allocates=True, nogil=True)
def _certificate(state, active_set, pulls, l1, found, n_active, largest):
    """J, its gap and ½‖r‖²/n, for the weights ``found`` of the active inputs.

    The dual point is the residual, scaled until no pull is above ``l1``; the gap is a sum of what is never negative.
    """
    residual = state.residual
    loss = 0.5 * dot(residual, residual) / len(residual)
    scale = 1.0 if largest <= l1 else l1 / largest
    size, left = 0.0, 0.0
    for position in range(n_active):
        weight = found[position]
        size += abs(weight)
        left += l1 * abs(weight) - scale * weight * pulls.values[active_set.order[position]]
    gap = larger(left, 0.0) + (1.0 - scale) * (1.0 - scale) * loss
    return loss + l1 * size, gap, loss


@njit(allocates=True, nogil=True)
def _without_wrong_signs(state, active_set, l1, n_active, found):
    """Solve for the active weights, taking out those that are not on their side of 0; how many stay."""
    order, signs = active_set.order, active_set.signs
    n_wrong = 1
    while n_wrong:
        substitute(active_set.factor, active_set.along, l1, n_active, found)
        n_wrong = 0
        for position in range(n_active - 1, -1, -1):
            if not found[position] * signs[position] > 0.0:
                state.is_active[order[position]] = False
                remove(active_set, n_active, position)
                n_active -= 1
                n_wrong += 1
    return n_active


@njit(allocates=True, nogil=True)
def _find_residual(problem, active_set, found, n_active, residual):
    columns, order = problem.columns, active_set.order
    copy(problem.targets, residual)
    for position in range(n_active):
        add(residual, -found[position], columns[order[position]])


@njit(allocates=True, nogil=True)
def _solve_at(problem, plan, state, active_set, pulls, l1, scratch, figures):
    """The lasso at ``l1`` to the tolerance, from whatever is active: how many are then, or −1.

    ``figures`` become J, its gap, the loss and the largest pull; ``scratch.found`` the weights of the active inputs.
    """
    found, chosen, new, new_signs = scratch
    n_active = state.counts[0]
    for _ in range(MOST_ROUNDS):
        if plan.stop[0]:
            return -1
        state.counts[2] += 1
        n_active = _without_wrong_signs(state, active_set, l1, n_active, found)
        _find_residual(problem, active_set, found, n_active, state.residual)
        n_chosen = _read_pulls(problem, state, pulls, l1, chosen)
        n_new, largest = _violators(state, pulls, l1, chosen, n_chosen, new, new_signs)
        objective, gap, loss = _certificate(state, active_set, pulls, l1, found, n_active, largest)
        if gap <= plan.tolerance * objective:
            figures[0], figures[1], figures[2], figures[3] = objective, gap, loss, largest
            return n_active
        if n_new == 0:
            return -1
        state.counts[3] += n_new
        n_grown = _grow(problem, state, active_set, n_active, new, new_signs, n_new, plan.stop)
        if n_grown <= n_active:
            return -1
        n_active = n_grown
    return -1


@njit(allocates=True, nogil=True)
def _begin(problem, state, active_set, scratch, stop):
    """The factor anew, of the inputs whose weights are not 0; whether there is one."""
    _, _, new, new_signs = scratch
    n_new = 0
    for j in range(len(state.weights)):
        state.is_active[j] = False
        if state.weights[j] != 0.0:
            new[n_new], new_signs[n_new] = j, np.sign(state.weights[j])
            n_new += 1
    state.counts[0] = _grow(problem, state, active_set, 0, new, new_signs, n_new, stop)
    return state.counts[0] >= 0


@njit(allocates=True, nogil=True)
def _keep(state, active_set, l1, n_active, found):
    """The solution at ``l1`` becomes that which the path has come to."""
    fill(state.weights, 0.0)
    for position in range(n_active):
        state.weights[active_set.order[position]] = found[position]
    state.counts[0], state.reached[0] = n_active, l1


@njit(allocates=True, nogil=True)
def _come_to(problem, plan, state, active_set, pulls, l1, scratch, figures):
    """From the solution before to that at ``l1``; whether it was found. Where it is not at once, in smaller steps."""
    ratio = l1 / state.reached[0]
    for _ in range(MOST_STEPS):
        if plan.stop[0] or (state.counts[0] < 0 and not _begin(problem, state, active_set, scratch, plan.stop)):
            return False
        goal = larger(l1, ratio * state.reached[0])
        n_active = _solve_at(problem, plan, state, active_set, pulls, goal, scratch, figures)
        if n_active < 0:
            state.counts[0] = -1
            ratio = np.sqrt(ratio)
            continue
        _keep(state, active_set, goal, n_active, scratch[0])
        if goal == l1:
            return True
        ratio *= ratio
    return False


@njit(allocates=True, nogil=True)
def _put_down(problem, state, active_set, pulls, l1, weights, figures):
    """The solution at ``l1`` into ``weights``, but for zeros that were rounded; its KKT residual.

    Those are as of ``squared_path.without_rounded_zeros``.
    """
    residual, largest = larger(figures[3] - l1, 0.0), np.sqrt(problem.square)
    for position in range(state.counts[0]):
        j = active_set.order[position]
        residual = larger(residual, abs(pulls.values[j] - l1 * active_set.signs[position]))
        largest = larger(largest, abs(state.weights[j]) * problem.deviations[j])
    for position in range(state.counts[0]):
        j = active_set.order[position]
        if abs(state.weights[j]) * problem.deviations[j] > ROUNDED_ZERO * largest:
            weights[j] = state.weights[j]
    return residual


@njit(allocates=True, cache=True, nogil=True)
def wide_path(problem, plan, state, active_set, pulls, found, first, last):
    """λ number ``first`` up to ``last``, as long as each is solved; the number of the λ at which it stopped.

    ``problem`` is a ``WideProblem``, ``plan`` a ``PathPlan`` without l2; ``state``, ``active_set`` and ``pulls`` go on
    from the solution before. Into ``found``, ``CertifiedSolutions``.
    """
    n_inputs = len(state.weights)
    scratch = (
        np.empty(len(active_set.order)),
        np.empty(n_inputs, dtype=np.int64),
        np.empty(n_inputs, dtype=np.int64),
        np.empty(n_inputs),
    )
    figures = np.empty(4)
    for number in range(first, last):
        l1 = plan.l1s[number]
        if not l1 > 0.0 or not _come_to(problem, plan, state, active_set, pulls, l1, scratch, figures):
            return number
        found.kkt_residuals[number] = _put_down(problem, state, active_set, pulls, l1, found.weights[number], figures)
        found.objectives[number], found.gaps[number] = figures[0], figures[1]
        found.losses[number] = figures[2]
    return last
