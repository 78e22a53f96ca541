"""The profile of log-loss and softmax over a plane of two weights, compiled.

Every grid point is a convex problem of the other coefficients: proximal Newton steps (Lee, Sun & Saunders 2014), begun
at the solution of its neighbour along a serpentine. A neighbour's Hessian and its factor serve as long as steps with
them bring the residual down well; then a point costs a few passes over the rows.

One file: each function is a step of ``class_losses`` alone, and all of them work on one ``Standing``.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from regdesk.core.engine.path_factor import add, dot
from regdesk.core.engine.quadratic_kernels import GroupPenalty, Quadratic, descend
from regdesk.core.engine.stored import njit

MOST_ROUNDS = 200
MOST_JUMPS = 20
MOST_HALVINGS = 30
SWEEPS = 10
"""Of coordinate descent in a step: they find the weights that are not 0; what is left the factor does."""
GOOD_SHARE = 0.25
"""A step that leaves more than this of the residual calls for a new Hessian."""
JITTER = 1e-11
"""Share of its diagonal that a Hessian is raised by: directions in which the loss does not change."""


class ClassRows(NamedTuple):
    """``columns`` ``(n_columns, n_rows)``, ``targets`` ``(n_rows,)``: 0 and 1, or indices of ``n_outputs`` classes.

    ``shares`` ``(n_rows,)`` are how much each row counts, with mean 1.
    """

    columns: Any
    targets: Any
    n_outputs: int
    shares: Any


class Coefficients(NamedTuple):
    """Those that are free: each one's column and output ``(m,)``, what holds it at 0, and its ridge.

    ``bounds`` ``(m + 1,)`` count them; ``curvatures`` ``(m,)`` are ones, for ``descend``.
    """

    columns: Any
    outputs: Any
    limits: Any
    ridges: Any
    bounds: Any
    curvatures: Any


class Standing(NamedTuple):
    """Where they stand: ``values``, ``slopes`` ``(m,)``, ``hessian`` ``(m, m)``, ``factor`` of the ``factored``.

    ``counts`` are whether the Hessian is one, and the number factored. Outputs and what is of their shape are
    ``(n_outputs, n_rows)``; the rest is scratch.
    """

    values: Any
    slopes: Any
    hessian: Any
    factor: Any
    factored: Any
    counts: Any
    outputs: Any
    trial: Any
    moved: Any
    chances: Any
    left: Any
    point: Any
    minus_gradient: Any
    right: Any


class Axes(NamedTuple):
    """The two weights on the axes: their ``columns`` and ``outputs`` ``(2,)``, and the values that they take.

    ``base`` ``(n_outputs, n_rows)`` is what stands in the outputs besides.
    """

    columns: Any
    outputs: Any
    x_values: Any
    y_values: Any
    base: Any


class GridFindings(NamedTuple):
    """By grid point ``(n_y, n_x)``: losses, the data loss's ``slopes`` by the two weights ``(n_y, n_x, 2)``, and the
    ``residuals`` of the free coefficients' conditions.
    """

    losses: Any
    slopes: Any
    residuals: Any


@njit(allocates=True, nogil=True, error_model="numpy")
def _copy(source, destination):
    for k in range(source.shape[0]):
        for i in range(source.shape[1]):
            destination[k, i] = source[k, i]


@njit(allocates=True, nogil=True, error_model="numpy")
def _loss(rows, outputs, chances):
    """The mean loss at ``outputs``; ``chances`` become the probabilities."""
    n_rows, total = rows.targets.size, 0.0
    if rows.n_outputs == 1:
        for i in range(n_rows):
            z = outputs[0, i]
            power = np.exp(-abs(z))
            chances[0, i] = 1.0 / (1.0 + power) if z >= 0.0 else power / (1.0 + power)
            total += rows.shares[i] * (max(z, 0.0) + np.log1p(power) - rows.targets[i] * z)
        return total / n_rows
    for i in range(n_rows):
        largest = outputs[0, i]
        for k in range(1, rows.n_outputs):
            largest = max(largest, outputs[k, i])
        mass = 0.0
        for k in range(rows.n_outputs):
            chances[k, i] = np.exp(outputs[k, i] - largest)
            mass += chances[k, i]
        for k in range(rows.n_outputs):
            chances[k, i] /= mass
        total += rows.shares[i] * (largest + np.log(mass) - outputs[int(rows.targets[i]), i])
    return total / n_rows


@njit(allocates=True, nogil=True, error_model="numpy")
def _size(free, values, step, share):
    """What the penalty is at ``values`` + ``share`` · ``step``."""
    total = 0.0
    for j in range(values.size):
        value = values[j] + share * step[j]
        total += free.limits[j] * abs(value) + 0.5 * free.ridges[j] * value * value
    return total


@njit(allocates=True, nogil=True, error_model="numpy")
def _gradient(rows, free, standing):
    """Slopes of the loss at ``chances``; the largest part of the smallest subgradient."""
    n_rows, largest = rows.targets.size, 0.0
    left = standing.left
    for k in range(rows.n_outputs):
        for i in range(n_rows):
            hit = rows.targets[i]
            if rows.n_outputs > 1:
                hit = 1.0 if int(hit) == k else 0.0
            left[k, i] = rows.shares[i] * (standing.chances[k, i] - hit) / n_rows
    for j in range(free.columns.size):
        slope = dot(rows.columns[free.columns[j]], left[free.outputs[j]])
        standing.slopes[j] = slope
        value, limit = standing.values[j], free.limits[j]
        pull = slope + free.ridges[j] * value
        if value > 0.0:
            pull = abs(pull + limit)
        elif value < 0.0:
            pull = abs(pull - limit)
        else:
            pull = max(abs(pull) - limit, 0.0)
        largest = max(largest, pull)
    return largest


@njit(allocates=True, nogil=True, error_model="numpy")
def _hessian(rows, free, standing):
    """The Hessian of the mean loss at ``chances``."""
    n_rows, m = rows.targets.size, free.columns.size
    along, chances = standing.left[0], standing.chances
    for j in range(m):
        column, own = rows.columns[free.columns[j]], free.outputs[j]
        for other in range(rows.n_outputs):
            for i in range(n_rows):
                spread = (1.0 if other == own else 0.0) - chances[other, i]
                along[i] = rows.shares[i] * column[i] * chances[own, i] * spread / n_rows
            for k in range(j + 1):
                if free.outputs[k] == other:
                    standing.hessian[j, k] = standing.hessian[k, j] = dot(along, rows.columns[free.columns[k]])
    standing.counts[0] = 1
    standing.counts[1] = -1


@njit(allocates=True, nogil=True, error_model="numpy")
def _factorise(free, standing, n):
    """Cholesky's factor of the Hessian of the first ``n`` in ``factored``."""
    factor, factored = standing.factor, standing.factored
    for p in range(n):
        row = factored[p]
        for q in range(p + 1):
            left = standing.hessian[row, factored[q]] - dot(factor[p, :q], factor[q, :q])
            if p == q:
                own = standing.hessian[row, row] + free.ridges[row]
                factor[p, p] = np.sqrt(max(left + free.ridges[row] + JITTER * own, 1e-300 + JITTER * own))
            else:
                factor[p, q] = left / factor[q, q]
    standing.counts[1] = n


@njit(allocates=True, nogil=True, error_model="numpy")
def _choose(free, standing):
    """What is not held at 0 becomes ``factored``, with its factor; how many these are."""
    n, is_same = 0, True
    for j in range(standing.point.size):
        if free.limits[j] == 0.0 or standing.point[j] != 0.0:
            if n >= standing.counts[1] or standing.factored[n] != j:
                is_same = False
                standing.factored[n] = j
            n += 1
    if not is_same or standing.counts[1] != n:
        _factorise(free, standing, n)
    return n


@njit(allocates=True, nogil=True, error_model="numpy")
def _jump(free, standing):
    """``point`` towards the minimum of the quadratic among what is not held at 0; whether a weight stopped it at 0."""
    n = _choose(free, standing)
    right, factor, factored = standing.right, standing.factor, standing.factored
    for p in range(n):
        j = factored[p]
        value = standing.point[j]
        pull = standing.minus_gradient[j] - free.ridges[j] * value - free.limits[j] * np.sign(value)
        right[p] = (pull - dot(factor[p, :p], right[:p])) / factor[p, p]
    for p in range(n - 1, -1, -1):
        right[p] /= factor[p, p]
        for q in range(p):
            right[q] -= factor[p, q] * right[p]
    share, stopped = 1.0, -1
    for p in range(n):
        j = factored[p]
        if free.limits[j] > 0.0 and (standing.point[j] + right[p]) * standing.point[j] <= 0.0:
            reach = -standing.point[j] / right[p]
            if reach <= share:
                share, stopped = reach, j
    for p in range(n):
        j = factored[p]
        standing.point[j] += share * right[p]
        if stopped >= 0:
            add(standing.minus_gradient, -share * right[p], standing.hessian[j])
    if stopped >= 0:
        standing.point[stopped] = 0.0
    return stopped >= 0


@njit(allocates=True, nogil=True, error_model="numpy")
def _newton_step(free, standing, is_smooth, tolerance, stop):
    """``point`` becomes the step that the quadratic model asks for."""
    for j in range(standing.values.size):
        standing.point[j] = standing.values[j]
        standing.minus_gradient[j] = -standing.slopes[j]
    if not is_smooth:
        quadratic = Quadratic(standing.hessian, standing.point, standing.minus_gradient)
        penalty = GroupPenalty(free.bounds, free.limits, free.ridges, free.curvatures)
        descend(quadratic, penalty, tolerance * tolerance, SWEEPS, stop)
    for _ in range(MOST_JUMPS):
        if not _jump(free, standing):
            break
    for j in range(standing.values.size):
        standing.point[j] -= standing.values[j]


@njit(allocates=True, nogil=True, error_model="numpy")
def _search(rows, free, standing, objective):
    """Go along ``point`` as far as it helps; J there, or NaN where no step does."""
    for k in range(rows.n_outputs):
        for i in range(rows.targets.size):
            standing.moved[k, i] = 0.0
    for j in range(standing.point.size):
        if standing.point[j] != 0.0:
            add(standing.moved[free.outputs[j]], standing.point[j], rows.columns[free.columns[j]])
    largest = 0.0
    for k in range(rows.n_outputs):
        for i in range(rows.targets.size):
            largest = max(largest, abs(standing.outputs[k, i]))
    slack = 4e-16 * (objective + largest)
    share = 1.0
    for _ in range(MOST_HALVINGS):
        for k in range(rows.n_outputs):
            for i in range(rows.targets.size):
                standing.trial[k, i] = standing.outputs[k, i] + share * standing.moved[k, i]
        found = _loss(rows, standing.trial, standing.chances) + _size(free, standing.values, standing.point, share)
        if found <= objective + slack:
            for j in range(standing.point.size):
                # What the step brings to 0 is exactly 0.
                ends = standing.values[j] == -standing.point[j]
                standing.values[j] = 0.0 if share == 1.0 and ends else standing.values[j] + share * standing.point[j]
            _copy(standing.trial, standing.outputs)
            return found
        share *= 0.5
    return np.nan


@njit(allocates=True, nogil=True, error_model="numpy")
def _solve_point(rows, free, standing, is_smooth, tolerance, stop):
    """The free coefficients to their best; J there. ``left`` is the slope by the outputs when it returns."""
    objective = _loss(rows, standing.outputs, standing.chances) + _size(free, standing.values, standing.values, 0.0)
    last, before, n_stalled = np.inf, np.inf, 0
    residual = _gradient(rows, free, standing)
    for _ in range(MOST_ROUNDS):
        if residual <= tolerance or n_stalled == 3 or stop[0]:
            break
        is_fresh = standing.counts[0] == 0 or residual > GOOD_SHARE * last
        if is_fresh:
            _hessian(rows, free, standing)
        is_stalled = is_fresh and residual > 0.9 * last and objective >= before - 1e-12 * before
        n_stalled = n_stalled + 1 if is_stalled else 0
        last, before = residual, objective
        _newton_step(free, standing, is_smooth, tolerance, stop)
        found = _search(rows, free, standing, objective)
        if np.isnan(found):
            _loss(rows, standing.outputs, standing.chances)
            standing.counts[0] = 0
            if is_fresh:
                residual = _gradient(rows, free, standing)
                break
        else:
            objective = found
        residual = _gradient(rows, free, standing)
    return objective, residual


@njit(allocates=True, nogil=True, error_model="numpy", cache=True)
def class_losses(rows, free, standing, axes, found, tolerance, stop):
    """min over the free coefficients of (mean loss + their penalty) on the grid of ``axes``, into ``found``.

    Ends soon after ``stop`` ``(1,)`` is set.
    """
    is_smooth = True
    for j in range(free.limits.size):
        is_smooth = is_smooth and free.limits[j] == 0.0
    columns, outputs, n_x = axes.columns, axes.outputs, axes.x_values.size
    for row in range(axes.y_values.size):
        for number in range(n_x):
            column = number if row % 2 == 0 else n_x - 1 - number
            _copy(axes.base, standing.outputs)
            add(standing.outputs[outputs[0]], axes.x_values[column], rows.columns[columns[0]])
            add(standing.outputs[outputs[1]], axes.y_values[row], rows.columns[columns[1]])
            for j in range(standing.values.size):
                if standing.values[j] != 0.0:
                    add(standing.outputs[free.outputs[j]], standing.values[j], rows.columns[free.columns[j]])
            objective, residual = _solve_point(rows, free, standing, is_smooth, tolerance, stop)
            if stop[0]:
                return
            found.losses[row, column], found.residuals[row, column] = objective, residual
            for axis in range(2):
                found.slopes[row, column, axis] = dot(rows.columns[columns[axis]], standing.left[outputs[axis]])
