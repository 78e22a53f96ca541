"""Coordinate descent for the exact paths, compiled: one penalty on single weights, squared error.

Both kernels minimise ½‖y − Xw‖²/n + λ₁‖w‖₁ + ½λ₂‖w‖² along descending λ, from the solution before. They sweep over
the weights that strong rules leave (Tibshirani et al. 2012, eq. 7) and look at all others before a λ counts as done.
``stop`` ``(1,)`` is a flag: once another thread has set it they end soon, with numbers that mean nothing.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.path_factor import MOST_WORK, add, dot, grow, solve_active
from regdesk.core.engine.stored import njit

SWEEPS_BEFORE_JUMP = 20
MOST_JUMPS = 10
MOST_FAILURES = 3
"""Of the search by active sets along one path, before it is left to coordinate descent alone."""


@njit(allocates=True, nogil=True)
def soft(value, threshold):
    if value > threshold:
        return value - threshold
    if value < -threshold:
        return value + threshold
    return 0.0


@njit(allocates=True, nogil=True)
def duality_gap(weights, pulls, moments, square, l1, l2):
    """Objective and its distance from the dual at the scaled residual; ``pulls`` are Xᵀr/n, ``square`` is ‖y‖²/n.

    The dual of the elastic net is that of the lasso on rows √(nλ₂)·I below X (Zou & Hastie 2005, lemma 1); its point is
    the residual, scaled until no column's pull is above λ₁.
    """
    size, ridge, linear, quadratic, largest = 0.0, 0.0, 0.0, 0.0, 0.0
    for j in range(len(weights)):
        w = weights[j]
        pull = abs(pulls[j] - l2 * w)
        if pull > largest:
            largest = pull
        if w != 0.0:
            size += abs(w)
            ridge += w * w
            linear += w * moments[j]
            quadratic += w * (moments[j] - pulls[j])
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
def largest_share(weights, steps, active, n_active):
    """How much of ``steps`` leaves every weight on its side of 0, at most 1; and the position of the one that stops."""
    share, stopped = 1.0, -1
    for position in range(n_active):
        w = weights[active[position]]
        if (w + steps[position]) * w < 0.0:
            reach = -w / steps[position]
            if reach < share:
                share, stopped = reach, position
    return share, stopped


@njit(allocates=True, nogil=True)
def _jump(gram, weights, pulls, active, n_active, l1, l2, stop):
    """To the minimum for the present signs of the active weights, or as far that way as the signs allow.

    Where columns are nearly collinear sweeps alone take thousands of times as long.
    """
    block, right = np.empty((n_active, n_active)), np.empty(n_active)
    for _ in range(MOST_JUMPS):
        for position in range(n_active):
            j = active[position]
            for other in range(n_active):
                block[position, other] = gram[j, active[other]]
            block[position, position] += l2
            right[position] = pulls[j] - l2 * weights[j] - l1 * np.sign(weights[j])
        steps = solve(block[:n_active, :n_active], right[:n_active], stop)
        share, stopped = largest_share(weights, steps, active, n_active)
        for position in range(n_active):
            j = active[position]
            change = -weights[j] if position == stopped else share * steps[position]
            weights[j] = 0.0 if position == stopped else weights[j] + change
            add(pulls, -change, gram[j])
        if stopped < 0 or stop[0]:
            break
        for position in range(stopped, n_active - 1):
            active[position] = active[position + 1]
        n_active -= 1
    return n_active


@njit(allocates=True, nogil=True)
def _sweep(gram, weights, pulls, rows, n_rows, l1, l2):
    """One pass over ``rows``; the largest fall of the objective (times 2) that one weight brought."""
    largest = 0.0
    for position in range(n_rows):
        j = rows[position]
        curvature = gram[j, j]
        if curvature <= 0.0:
            continue
        old = weights[j]
        new = soft(pulls[j] + curvature * old, l1) / (curvature + l2)
        change = new - old
        if change != 0.0:
            weights[j] = new
            add(pulls, -change, gram[j])
            largest = max(largest, change * change * (curvature + l2))
    return largest


@njit(allocates=True, nogil=True)
def _without_zeros(weights, active, n_active):
    n_left = 0
    for position in range(n_active):
        if weights[active[position]] != 0.0:
            active[n_left] = active[position]
            n_left += 1
    return n_left


@njit(allocates=True, nogil=True)
def _look_ahead(gram, weights, pulls, last_weights, last_pulls, step):
    """Move on along the line from the solution before the last: between events the lasso's path is straight.

    A weight that would cross zero stops there, one that has just left it stays; ``pulls`` follow. What comes in as
    ``weights`` and ``pulls`` is kept in ``last_weights`` and ``last_pulls``.
    """
    n_inputs = len(weights)
    for j in range(n_inputs):
        pull = pulls[j]
        pulls[j] += step * (pull - last_pulls[j])
        last_pulls[j] = pull
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
                pulls[k] -= difference * row[k]
        last_weights[j] = old
        weights[j] = new


@njit(allocates=True, nogil=True)
def _begin(gram, moments, weights, factor, along, order, signs):
    """The factor of the inputs whose weights are not zero: how many, or −1."""
    active = np.flatnonzero(weights)
    if len(active) ** 3 // 6 > MOST_WORK:
        return -1
    return grow(gram, moments, factor, along, order, signs, 0, active, np.sign(weights[active]), len(active))


@njit(allocates=True, nogil=True)
def _refresh(gram, moments, weights, pulls):
    """``pulls`` anew: rounding of many small changes has gathered in them."""
    pulls[:] = moments
    for j in range(len(moments)):
        if weights[j] != 0.0:
            add(pulls, -weights[j], gram[j])


@njit(allocates=True, cache=True, nogil=True)
def gram_path(
    gram,
    moments,
    square,
    l1s,
    l2s,
    tolerance,
    most_sweeps,
    stop,
    first,
    last,
    weights,
    pulls,
    last_weights,
    last_pulls,
    factor,
    along,
    order,
    signs,
    counts,
    path,
    objectives,
    gaps,
):
    """λ number ``first`` up to ``last``, as long as each is solved; the number of the λ at which it stopped.

    ``gram`` ``(n_inputs, n_inputs)`` = XᵀX/n, ``moments`` ``(n_inputs,)`` = Xᵀy/n; ``weights`` and ``pulls``
    ``(n_inputs,)`` hold the solution before and go on from there. A λ is solved when the gap is at most
    ``tolerance`` times the objective. Without l2 active sets are tried first: ``factor`` ``(n_inputs, n_inputs)`` to
    ``counts`` are theirs (see ``path_factor``), the last being inputs in the factor, −1 for none, and failures so far.
    """
    n_inputs = len(moments)
    rows = np.empty(n_inputs, dtype=np.int64)
    active = np.empty(n_inputs, dtype=np.int64)
    for number in range(first, last):
        l1, l2 = l1s[number], l2s[number]
        before = l1s[number - 1] if number else l1
        limit = 2.0 * l1 - before
        step = (l1 - before) / (before - l1s[number - 2]) if number >= 2 else 0.0
        is_direct = False
        if number and l1 > 0.0 and l2 == 0.0 and counts[1] < MOST_FAILURES and not stop[0]:
            if counts[0] < 0:
                counts[0] = _begin(gram, moments, weights, factor, along, order, signs)
            is_direct = counts[0] >= 0 and (
                solve_active(
                    gram, moments, l1, step, weights, pulls, last_weights, last_pulls, factor, along, order, signs,
                    counts,
                ) >= 0
            )  # fmt: skip
            counts[1] += not is_direct
        if is_direct:
            _refresh(gram, moments, weights, pulls)
        elif number >= 2:
            _look_ahead(gram, weights, pulls, last_weights, last_pulls, step)
        else:
            last_weights[:] = weights
            last_pulls[:] = pulls
        n_rows = 0
        for j in range(n_inputs):
            if weights[j] != 0.0 or abs(pulls[j]) >= limit:
                rows[n_rows] = j
                n_rows += 1
        n_done = 0
        objective, gap = duality_gap(weights, pulls, moments, square, l1, l2)
        enough = 0.1 * tolerance * objective
        is_solved = gap <= tolerance * objective
        while not is_solved and n_done < most_sweeps and not stop[0]:
            fall = _sweep(gram, weights, pulls, rows, n_rows, l1, l2)
            n_done += 1
            if fall > enough:
                n_active = 0
                for position in range(n_rows):
                    if weights[rows[position]] != 0.0:
                        active[n_active] = rows[position]
                        n_active += 1
                n_since = 0
                while n_done < most_sweeps and not stop[0]:
                    n_done += 1
                    n_since += 1
                    if _sweep(gram, weights, pulls, active, n_active, l1, l2) <= enough:
                        break
                    if n_since == SWEEPS_BEFORE_JUMP:
                        n_active = _without_zeros(weights, active, n_active)
                        n_active = _jump(gram, weights, pulls, active, n_active, l1, l2, stop)
                        n_since = 0
            n_rows = 0
            has_violation = False
            for j in range(n_inputs):
                is_pulled = abs(pulls[j]) > l1
                if weights[j] != 0.0 or abs(pulls[j]) >= limit or is_pulled:
                    has_violation |= weights[j] == 0.0 and is_pulled
                    rows[n_rows] = j
                    n_rows += 1
            objective, gap = duality_gap(weights, pulls, moments, square, l1, l2)
            is_solved = gap <= tolerance * objective
            if not is_solved and not has_violation:
                enough *= 0.1
        if n_done or not is_direct:
            counts[0] = -1
            _refresh(gram, moments, weights, pulls)
            objective, gap = duality_gap(weights, pulls, moments, square, l1, l2)
        path[number] = weights
        objectives[number], gaps[number] = objective, gap
        if gap > 2.0 * tolerance * objective:
            return number
    return last


@njit(allocates=True, nogil=True)
def _jump_by_rows(columns, weights, residual, active, n_active, l1, l2, stop):
    """As ``_jump``, from the columns of the active weights."""
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
        share, stopped = largest_share(weights, steps, active, n_active)
        for position in range(n_active):
            j = active[position]
            change = -weights[j] if position == stopped else share * steps[position]
            weights[j] = 0.0 if position == stopped else weights[j] + change
            add(residual, -change, columns[j])
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
def _residual_sweep(columns, curvatures, weights, residual, rows, n_rows, l1, l2):
    n = len(residual)
    largest = 0.0
    for position in range(n_rows):
        j = rows[position]
        curvature = curvatures[j]
        if curvature <= 0.0:
            continue
        old = weights[j]
        new = soft(dot(columns[j], residual) / n + curvature * old, l1) / (curvature + l2)
        change = new - old
        if change != 0.0:
            weights[j] = new
            add(residual, -change, columns[j])
            largest = max(largest, change * change * (curvature + l2))
    return largest


@njit(allocates=True, cache=True, nogil=True)
def residual_path(
    columns,
    curvatures,
    moments,
    targets,
    l1s,
    l2s,
    tolerance,
    most_sweeps,
    stop,
    first,
    last,
    weights,
    pulls,
    path,
    objectives,
    gaps,
):
    """As ``gram_path`` for many inputs and few rows: ``columns`` ``(n_inputs, n_rows)`` are X transposed.

    ``curvatures`` ``(n_inputs,)`` are the columns' mean squares. All pulls are looked at when the weights that strong
    rules leave are solved for.
    """
    n_inputs, n = columns.shape
    rows = np.empty(n_inputs, dtype=np.int64)
    active = np.empty(n_inputs, dtype=np.int64)
    square = dot(targets, targets) / n
    residual = targets.copy()
    for j in range(n_inputs):
        if weights[j] != 0.0:
            add(residual, -weights[j], columns[j])
    for number in range(first, last):
        l1, l2 = l1s[number], l2s[number]
        limit = 2.0 * l1 - (l1s[number - 1] if number else l1)
        n_rows = 0
        for j in range(n_inputs):
            if weights[j] != 0.0 or abs(pulls[j]) >= limit:
                rows[n_rows] = j
                n_rows += 1
        n_done = 0
        objective, gap = duality_gap(weights, pulls, moments, square, l1, l2)
        enough = 0.1 * tolerance * objective
        while n_done < most_sweeps and not stop[0]:
            n_done += 1
            fall = _residual_sweep(columns, curvatures, weights, residual, rows, n_rows, l1, l2)
            if fall > enough:
                n_active = 0
                for position in range(n_rows):
                    if weights[rows[position]] != 0.0:
                        active[n_active] = rows[position]
                        n_active += 1
                n_since = 0
                while n_done < most_sweeps and not stop[0]:
                    n_done += 1
                    n_since += 1
                    if _residual_sweep(columns, curvatures, weights, residual, active, n_active, l1, l2) <= enough:
                        break
                    if n_since == SWEEPS_BEFORE_JUMP:
                        n_active = _without_zeros(weights, active, n_active)
                        n_active = _jump_by_rows(columns, weights, residual, active, n_active, l1, l2, stop)
                        n_since = 0
                continue
            n_rows = 0
            has_violation = False
            for j in range(n_inputs):
                pulls[j] = dot(columns[j], residual) / n
                is_pulled = abs(pulls[j]) > l1
                if weights[j] != 0.0 or abs(pulls[j]) >= limit or is_pulled:
                    has_violation |= weights[j] == 0.0 and is_pulled
                    rows[n_rows] = j
                    n_rows += 1
            objective, gap = duality_gap(weights, pulls, moments, square, l1, l2)
            if gap <= tolerance * objective:
                break
            if not has_violation:
                enough *= 0.1
        path[number] = weights
        objectives[number], gaps[number] = objective, gap
        if gap > tolerance * objective:
            return number
    return last
