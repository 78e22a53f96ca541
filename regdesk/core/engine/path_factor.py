"""The lasso at one λ by its active set, compiled: guess which weights are not zero, solve for them, correct the guess.

Between events the path is a straight line, so that the last two solutions mostly name the next active set; a Cholesky
factor UᵀU of its Gram matrix is grown and shrunk along the path. The corrections are those of Hintermüller, Ito &
Kunisch 2003 (primal-dual active sets); they need not end, and then coordinate descent takes over.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.arrays import copy
from regdesk.core.engine.stored import njit
from regdesk.core.engine.tiles import LANE_MULTIPLE, dense_plain

MOST_ROUNDS = 10
MOST_WORK = 1_000_000_000
"""Multiplications for one λ, about 0.1 s, in which nothing can be cancelled; what takes more is left to sweeps."""
PIVOT_SHARE = 1e-9
"""A squared pivot below this share of its input's square: nearly a sum of others, and left to coordinate descent."""
STRIP = LANE_MULTIPLE
"""Columns of the factor that are worked on at once."""
BATCH = 16
"""Inputs that are added at once: the factor is read once for all of them."""
ROUNDING = 1e-12
"""What a pull may exceed λ by, as a share of it, before its weight is added."""


@njit(allocates=True, nogil=True, fastmath={"reassoc", "contract"})
def dot(one, other):
    total = 0.0
    for i in range(len(one)):
        total += one[i] * other[i]
    return total


@njit(allocates=True, nogil=True)
def add(target, factor, other):
    """``target`` += ``factor`` · ``other``."""
    for i in range(len(target)):
        target[i] += factor * other[i]


@njit(allocates=True, nogil=True)
def add_four(target, factors, one, two, three, four):
    """``target`` += the sum of four rows, each times one of ``factors``; it is read and written once."""
    a, b, c, d = factors
    for i in range(len(target)):
        target[i] += (a * one[i] + b * two[i]) + (c * three[i] + d * four[i])


@njit(allocates=True, nogil=True, fastmath={"reassoc", "contract"})
def dot_four(target, one, two, three, four):
    """The products of ``target`` with four rows, summed side by side."""
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    for i in range(len(target)):
        value = target[i]
        a += value * one[i]
        b += value * two[i]
        c += value * three[i]
        d += value * four[i]
    return a, b, c, d


@njit(allocates=True, nogil=True)
def substitute(factor, along, l1, n_active, found):
    """The weights of the active inputs at ``l1``: U ``found`` = z of the products − ``l1`` · z of the signs."""
    behind = n_active
    while behind >= 4:
        first = behind - 4
        done = found[behind:n_active]
        sums = dot_four(
            done,
            factor[first, behind:n_active],
            factor[first + 1, behind:n_active],
            factor[first + 2, behind:n_active],
            factor[first + 3, behind:n_active],
        )
        for position in range(3, -1, -1):
            i = first + position
            right = along[0, i] - l1 * along[1, i] - sums[position]
            for t in range(i + 1, behind):
                right -= factor[i, t] * found[t]
            found[i] = right / factor[i, i]
        behind = first
    for i in range(behind - 1, -1, -1):
        right = along[0, i] - l1 * along[1, i] - dot(factor[i, i + 1 : n_active], found[i + 1 : n_active])
        found[i] = right / factor[i, i]


@njit(allocates=True, nogil=True)
def _append(problem, active_set, n_active, new, new_signs, n_new):
    """``n_active`` after ``n_new`` inputs were added to the factor, or −1 if one is nearly a sum of others."""
    gram = problem.gram
    across, corner = np.empty((n_new, n_active)), np.empty((n_new, n_new))
    for q in range(n_new):
        row = gram[new[q]]
        for i in range(n_active):
            across[q, i] = row[active_set.order[i]]
        for r in range(q + 1):
            corner[q, r] = row[new[r]]
    return border(problem.products, active_set, n_active, new, new_signs, across, corner)


@njit(allocates=True, nogil=True)
def border(products, active_set, n_active, new, new_signs, across, corner):
    """Add the inputs ``new`` to the factor: as many as ``across`` has rows. As ``_append``.

    ``across`` ``(n_new, n_active)`` are their products with those in the factor, and are written over; ``corner``
    ``(n_new, n_new)``, its lower half, those among themselves.
    """
    factor, along, n_new = active_set.factor, active_set.along, len(across)
    room = factor.shape[1]
    above, rows, products_above = factor.reshape(-1), across.reshape(-1), np.empty(n_new * STRIP)
    for first in range(0, n_active, STRIP):
        behind = min(first + STRIP, n_active)
        if first:
            # Columns beyond the last are read, too, and nobody looks at what comes of them.
            dense_plain(
                rows, 0, 1, n_active, -1, first, n_new, above, first, room, products_above, 0, STRIP, products_above,
                0, STRIP,
            )  # fmt: skip
            for q in range(n_new):
                for i in range(first, behind):
                    across[q, i] -= products_above[q * STRIP + i - first]
        for i in range(first, behind):
            inverse = 1.0 / factor[i, i]
            # Of one after the other, so that no division or sum waits for that of another.
            for q in range(n_new):
                share = across[q, i]
                for r in range(first, i):
                    share -= across[q, r] * factor[r, i]
                share *= inverse
                across[q, i] = factor[i, n_active + q] = share
    for q in range(n_new):
        at = n_active + q
        for r in range(q):
            value = corner[q, r] - dot(across[q], across[r])
            for t in range(r):
                value -= factor[n_active + t, at] * factor[n_active + t, n_active + r]
            factor[n_active + r, at] = value / factor[n_active + r, n_active + r]
        pivot = corner[q, q] - dot(across[q], across[q])
        product = products[new[q]] - dot(across[q], along[0, :n_active])
        sign = new_signs[q] - dot(across[q], along[1, :n_active])
        for r in range(q):
            share = factor[n_active + r, at]
            pivot -= share * share
            product -= share * along[0, n_active + r]
            sign -= share * along[1, n_active + r]
        if not pivot > PIVOT_SHARE * corner[q, q]:
            return -1
        root = np.sqrt(pivot)
        factor[at, at] = root
        along[0, at], along[1, at] = product / root, sign / root
        active_set.order[at], active_set.signs[at] = new[q], new_signs[q]
    return n_active + n_new


@njit(allocates=True, nogil=True)
def remove(active_set, n_active, at):
    """Take the input at position ``at`` out of the factor by rotations (Golub & Van Loan 2013, 6.5.2)."""
    factor, along, order, signs = active_set.factor, active_set.along, active_set.order, active_set.signs
    for i in range(at):
        row = factor[i]
        for t in range(at, n_active - 1):
            row[t] = row[t + 1]
    for i in range(at, n_active - 1):
        upper, lower = factor[i], factor[i + 1]
        a, b = upper[i + 1], lower[i + 1]
        length = np.sqrt(a * a + b * b)
        cosine, sine = a / length, b / length
        for t in range(i + 1, n_active):
            above, below = upper[t], lower[t]
            upper[t - 1] = cosine * above + sine * below
            lower[t] = cosine * below - sine * above
        for right in range(2):
            above, below = along[right, i], along[right, i + 1]
            along[right, i] = cosine * above + sine * below
            along[right, i + 1] = cosine * below - sine * above
        order[i], signs[i] = order[i + 1], signs[i + 1]


@njit(allocates=True, nogil=True)
def grow(problem, active_set, n_active, new, new_signs, n_new):
    """As ``_append``, in batches."""
    for first in range(0, n_new, BATCH):
        n_batch = min(BATCH, n_new - first)
        n_active = _append(problem, active_set, n_active, new[first:], new_signs[first:], n_batch)
        if n_active < 0:
            return -1
    return n_active


@njit(allocates=True, nogil=True)
def _other_minus_gradient(problem, active_set, n_active, l1, values, is_active, minus_gradient):
    """Xᵀr/n of all inputs for the dense weights ``values``, by whichever rows of ``gram`` are fewer.

    Those of the active inputs are λ and their sign, which is what they were solved for; the caller certifies that.
    """
    gram, products, order = problem.gram, problem.products, active_set.order
    n_inputs = len(products)
    if 2 * n_active > n_inputs:
        for j in range(n_inputs):
            if not is_active[j]:
                minus_gradient[j] = products[j] - dot(gram[j], values)
    else:
        copy(products, minus_gradient)
        n_fours = n_active // 4 * 4
        for position in range(0, n_fours, 4):
            a, b, c, d = order[position], order[position + 1], order[position + 2], order[position + 3]
            factors = -values[a], -values[b], -values[c], -values[d]
            add_four(minus_gradient, factors, gram[a], gram[b], gram[c], gram[d])
        for position in range(n_fours, n_active):
            j = order[position]
            add(minus_gradient, -values[j], gram[j])
    for position in range(n_active):
        minus_gradient[order[position]] = l1 * active_set.signs[position]


@njit(allocates=True, nogil=True)
def solve_active(problem, state, active_set, l1, step):
    """The lasso at ``l1`` from the solution before, whose factor is at hand; multiplications.

    ``state`` becomes that at ``l1``, and what it was the solution before; ``step`` says how far to look ahead along the
    line of the two. A negative number: not found, nothing of ``state`` has changed, and the factor is of no more use.
    """
    weights, minus_gradient, last_weights, last_minus_gradient = state
    order, signs = active_set.order, active_set.signs
    n_inputs, n_active = len(weights), active_set.counts[0]
    is_active = np.zeros(n_inputs, dtype=np.bool_)
    new, new_signs = np.empty(n_inputs, dtype=np.int64), np.empty(n_inputs)
    found, values, seen = np.empty(n_inputs), np.zeros(n_inputs), np.empty(n_inputs)
    for position in range(n_active):
        is_active[order[position]] = True
    n_new = 0
    for j in range(n_inputs):
        ahead = minus_gradient[j] + step * (minus_gradient[j] - last_minus_gradient[j])
        if not is_active[j] and abs(ahead) > l1:
            new[n_new], new_signs[n_new] = j, np.sign(ahead)
            n_new += 1
    work = 0
    for _ in range(MOST_ROUNDS):
        for q in range(n_new):
            is_active[new[q]] = True
        work += n_new * (n_active + n_new) * (n_active + n_new) // 2
        if work > MOST_WORK:
            return -1
        n_active = grow(problem, active_set, n_active, new, new_signs, n_new)
        if n_active < 0:
            return -1
        n_wrong = 1
        while n_wrong:
            work += n_active * n_active // 2
            substitute(active_set.factor, active_set.along, l1, n_active, found)
            n_wrong = 0
            for position in range(n_active - 1, -1, -1):
                if not found[position] * signs[position] > 0.0:
                    j = order[position]
                    is_active[j], values[j] = False, 0.0
                    remove(active_set, n_active, position)
                    work += n_active * n_active
                    n_active -= 1
                    n_wrong += 1
        for position in range(n_active):
            values[order[position]] = found[position]
        work += min(n_active, n_inputs - n_active) * n_inputs
        _other_minus_gradient(problem, active_set, n_active, l1, values, is_active, seen)
        n_new, bound = 0, l1 * (1.0 + ROUNDING)
        for j in range(n_inputs):
            if not is_active[j] and abs(seen[j]) > bound:
                new[n_new], new_signs[n_new] = j, np.sign(seen[j])
                n_new += 1
        if n_new == 0:
            copy(weights, last_weights)
            copy(minus_gradient, last_minus_gradient)
            copy(values, weights)
            copy(seen, minus_gradient)
            active_set.counts[0] = n_active
            return work
    return -1
