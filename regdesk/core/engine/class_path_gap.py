"""J, the duality gap and the KKT residual of log-loss and softmax, compiled: as ``duality.duality_gap`` has them.

The dual point is that one, too: slopes of a class's rows times one number for each output, so that no bias gains, and
all of them scaled until no weight's pull exceeds what the penalty bears. What such a point leaves is then known from
sums over the rows of each class, but for a class's own probabilities, which each row has its own part in.
"""

from __future__ import annotations

import math

from regdesk.core.engine.arrays import fill, larger, smaller
from regdesk.core.engine.class_path_rows import MEAN_LOSS
from regdesk.core.engine.stored import njit

MOST_BALANCINGS = 200
BALANCED = 4e-16
HARDLY_BALANCED = 1e-9
SMALL = 1e-3
"""A relative change of a probability up to which the divergence goes by its series."""


@njit(nogil=True, error_model="numpy")
def _divergence(change):
    """(1 + c) log(1 + c) − c, for c from −1 on."""
    if change <= -1.0:
        return 1.0
    if abs(change) < SMALL:
        return change * change * (0.5 - change * (1.0 / 6.0 - change * (1.0 / 12.0 - change / 20.0)))
    return larger((1.0 + change) * math.log1p(change) - change, 0.0)


@njit(nogil=True, error_model="numpy")
def _balance_two(state):
    flows, moves = state.flows, state.moves
    least = smaller(flows[0, 0], flows[1, 0])
    for label in range(2):
        moves[label, 0] = smaller(least / flows[label, 0], 1.0) if flows[label, 0] > 0.0 else 0.0
    return True


@njit(allocates=True, nogil=True, error_model="numpy")
def _balance(state, powers):
    """Into ``moves`` d_c/d_k, by which every class gets what it gives (Osborne 1960); whether there are such d.

    ``powers`` ``(n_classes,)`` is scratch for d.
    """
    flows, moves = state.flows, state.moves
    n_classes = flows.shape[0]
    fill(powers, 1.0)
    for _ in range(MOST_BALANCINGS):
        is_balanced = True
        for k in range(n_classes):
            away, towards = 0.0, 0.0
            for other in range(n_classes):
                away += powers[k] / powers[other] * flows[k, other]
                towards += powers[other] / powers[k] * flows[other, k]
            if away > 0.0 and towards > 0.0:
                is_balanced &= abs(away - towards) <= BALANCED * away
                powers[k] *= math.sqrt(towards / away)
        if is_balanced:
            break
    is_balanced = True
    for k in range(n_classes):
        away, towards = 0.0, 0.0
        for other in range(n_classes):
            away += powers[k] / powers[other] * flows[k, other]
            towards += powers[other] / powers[k] * flows[other, k]
            moves[k, other] = powers[k] / powers[other]
        is_balanced &= abs(away - towards) <= HARDLY_BALANCED * larger(away, towards)
    return is_balanced


@njit(nogil=True, error_model="numpy")
def _hold_rows(rows, state):
    """Scale ``moves`` so that no row gives away more than its share."""
    moves, slopes = state.moves, state.slopes
    largest = 0.0
    for label in range(moves.shape[0]):
        for i in range(rows.bounds[label], rows.bounds[label + 1]):
            given = 0.0
            for k in range(moves.shape[1]):
                if k != label:
                    given += moves[label, k] * slopes[k, i]
            if rows.shares[i] > 0.0:
                largest = larger(largest, given / rows.shares[i])
    if largest > 1.0:
        for label in range(moves.shape[0]):
            for k in range(moves.shape[1]):
                moves[label, k] /= largest


@njit(nogil=True, error_model="numpy")
def _balanced_pull(state, j, k):
    """Of the moved slopes, of input ``j`` on output ``k``."""
    pulls, moves = state.pulls, state.moves
    total = 0.0
    for label in range(moves.shape[0]):
        if moves.shape[1] == 1 or label != k:
            total += moves[label, k] * pulls[label, k, j]
        else:
            for other in range(moves.shape[1]):
                if other != k:
                    total -= moves[label, other] * pulls[label, other, j]
    return total / state.owns.size


@njit(nogil=True, error_model="numpy")
def _conjugate_gap(state, factors, l1, l2):
    """The factor that the dual point is scaled by, and what Fenchel's inequality leaves between penalty and pulls."""
    point, (_, n_outputs, n_inputs) = state.point, state.pulls.shape
    largest, left = 0.0, 0.0
    for j in range(n_inputs):
        for k in range(n_outputs):
            at = j * n_outputs + k
            pull, limit, ridge, w = _balanced_pull(state, j, k), l1 * factors[at], l2 * factors[at], point[at]
            if l2 > 0.0:
                borne = larger(smaller(-pull, limit), -limit)
                rest = ridge * w + pull + borne
                left += rest * rest / (2.0 * ridge) + larger(limit * abs(w) - borne * w, 0.0)
            else:
                largest = larger(largest, abs(pull) / factors[at])
    if l2 > 0.0:
        return 1.0, left
    scale = 1.0 if largest <= l1 else l1 / largest
    for j in range(n_inputs):
        for k in range(n_outputs):
            at = j * n_outputs + k
            if point[at] != 0.0:
                size = l1 * factors[at] * abs(point[at])
                left += larger(size + scale * _balanced_pull(state, j, k) * point[at], 0.0)
    return scale, left


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _small_divergences(owns, changes, shares):
    total = 0.0
    for i in range(owns.size):
        change = changes[i]
        series = 0.5 - change * (1.0 / 6.0 - change * (1.0 / 12.0 - change / 20.0))
        total += shares[i] * owns[i] * change * change * series
    return total


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "nnan", "nsz"})
def _fill_changes(rows, state, scale, changes):
    """By what share a row's own probability changes; the largest."""
    moves, bounds = state.moves, rows.bounds
    largest = 0.0
    for label in range(moves.shape[0]):
        for i in range(bounds[label], bounds[label + 1]):
            changes[i] = 0.0
        for k in range(moves.shape[1]):
            if moves.shape[1] == 1:
                for i in range(bounds[label], bounds[label + 1]):
                    changes[i] = (1.0 - scale * moves[label, 0]) * state.others[i]
            elif k != label:
                for i in range(bounds[label], bounds[label + 1]):
                    changes[i] += (1.0 - scale * moves[label, k]) * state.slopes[k, i] / rows.shares[i]
        for i in range(bounds[label], bounds[label + 1]):
            changes[i] /= state.owns[i]
            largest = larger(largest, abs(changes[i]))
    return largest


@njit(allocates=True, nogil=True, error_model="numpy")
def duality_gap(rows, factors, state, l1, l2):
    """J minus a lower bound of J at the measured point, under λ₁ and λ₂."""
    n_classes, n_outputs = state.moves.shape
    changes = state.row_work[0]
    if n_outputs == 1:
        _balance_two(state)
    else:
        if not _balance(state, state.row_work[1, :n_classes]):
            return math.inf
        _hold_rows(rows, state)
    scale, left = _conjugate_gap(state, factors, l1, l2)
    total = 0.0
    for label in range(n_classes):
        for k in range(n_outputs):
            if n_outputs == 1 or k != label:
                total += state.flows[label, k] * _divergence(scale * state.moves[label, k] - 1.0)
    if _fill_changes(rows, state, scale, changes) < SMALL:
        total += _small_divergences(state.owns, changes, rows.shares)
    else:
        for i in range(changes.size):
            total += rows.shares[i] * state.owns[i] * _divergence(changes[i])
    return left + total / changes.size


@njit(nogil=True, error_model="numpy")
def objective(state, factors, l1, l2):
    """J at the measured point."""
    size = 0.0
    for at in range(factors.size):
        w = state.point[at]
        if w != 0.0:
            size += factors[at] * (l1 * abs(w) + 0.5 * l2 * w * w)
    return state.figures[MEAN_LOSS] + size


@njit(nogil=True, error_model="numpy")
def kkt_residual(rows, factors, state, l1, l2):
    """∞-norm of the smallest subgradient of J, by weights of inputs as they are, not centred."""
    n_outputs, gradient, found = state.outputs.shape[0], state.gradient, 0.0
    for k in range(n_outputs):
        found = larger(found, abs(gradient[factors.size + k]))
    for at in range(factors.size):
        w, limit = state.point[at], l1 * factors[at]
        k, j = at % n_outputs, at // n_outputs
        slope = gradient[at] + rows.means[j] * gradient[factors.size + k] + l2 * factors[at] * w
        if w == 0.0:
            found = larger(found, abs(slope) - limit)
        else:
            found = larger(found, abs(slope + (limit if w > 0.0 else -limit)))
    return found
