"""Least squares and ridge regression from the rows, to all the digits that the rows have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Float64s

Extended = NDArray[np.longdouble]

MOST_REFINEMENTS = 10
ENOUGH_DIGITS = 1e-15
"""Of what a slope is the sum of: what a ridge's may be left with."""
MOST_SCALED_INPUTS = 1000
"""Beyond them a decomposition in units of the inputs' own takes many seconds where there are fewer rows."""
MOST_SHORTENED = 1e-14
"""Least singular value, as a share of the largest, that is told from 0 in units of the inputs as they are."""
EASY_PIVOT = 1e-5
"""Square of the least pivot of the products at which they do, with steps from the rows that bring back what is lost."""


@dataclass(frozen=True)
class LeastSquares:
    """``weights`` ``(n_inputs,)``, ``bias``, and ``is_unique``: whether no other weights do as well."""

    weights: Float64s
    bias: float
    is_unique: bool


def least_squares(
    inputs: Float64s, targets: Float64s, lam: float = 0.0, factors: Float64s | None = None
) -> LeastSquares:
    """The minimum of ½ mean (y − Xw − b)² + ½λ Σ F w²; where there are many, the one of the least ‖w‖₂.

    ``factors`` F ``(n_inputs,)`` are from 0 on; None means 1. There are many at λ = 0 alone, or among inputs whose
    factor is 0.

    ``inputs`` ``(n_rows, n_inputs)``, ``targets`` ``(n_rows,)``. From the rows, not from their products, whose
    condition is the square of theirs: a singular value decomposition in units in which every input has deviation 1,
    and iterative refinement with residuals of both systems in extended precision (Björck 1967).
    """
    n_rows, n_inputs = inputs.shape
    precise, precise_left = centred_columns(inputs), centred_columns(targets[:, np.newaxis])[:, 0]
    centred, left = np.asarray(precise, np.float64), np.asarray(precise_left, np.float64)
    units = np.sqrt(np.einsum("ij,ij->j", centred, centred) / max(n_rows, 1))
    is_used = (units > 0.0) & (inputs != inputs[:1]).any(axis=0)
    columns = precise[:, is_used] / units[is_used]
    shares = np.ones(n_inputs) if factors is None else factors
    is_pressed = lam > 0.0 and bool((shares > 0.0).all())
    ridge = np.sqrt(n_rows * lam * shares[is_used]) / units[is_used] if lam > 0.0 else None
    if is_pressed and n_inputs > n_rows:
        roots = np.sqrt(shares.astype(np.longdouble))
        wide_columns = precise / roots
        dual = wide_ridge_dual(wide_columns, precise_left, lam, is_last_resort=n_inputs > MOST_SCALED_INPUTS)
        if dual is not None:
            wide = np.asarray(dual @ wide_columns / roots, np.float64)
            return LeastSquares(wide, _bias(inputs, targets, wide), True)
    elif lam > 0.0 and (is_pressed or is_used.all()):
        found = _easy_ridge(centred, left, lam * shares)
        if found is not None:
            return LeastSquares(found, _bias(inputs, targets, found), True)
    matrix = columns if ridge is None else np.vstack([columns, np.diag(ridge)])
    right = precise_left if ridge is None else np.concatenate([precise_left, np.zeros(len(ridge), np.longdouble)])
    scaled, rank, rows_of_space = _refined(matrix, right)
    weights = np.zeros(n_inputs)
    is_held = ~is_used & (lam * shares > 0.0)
    is_unique = is_pressed or bool(rank + np.count_nonzero(is_held) == n_inputs)
    used = scaled / units[is_used]
    if rank < len(scaled):
        # The shortest is the part within the rows' own space, in units of the inputs as they are.
        basis = np.linalg.qr(rows_of_space.T * units[is_used][:, np.newaxis])[0]
        shortest = _shortest(precise[:, is_used], columns @ scaled, rank) if factors is None else None
        used = basis @ (basis.T @ used) if shortest is None else shortest
    weights[is_used] = used
    return LeastSquares(weights, _bias(inputs, targets, weights), is_unique)


def ridge_gap(inputs: Float64s, targets: Float64s, ridges: Float64s | float, weights: Float64s, bias: float) -> float:
    """How far ½ mean (y − Xw − b)² + ½ Σ λFw² at ``weights`` ``(n_inputs,)`` is above its minimum.

    ``ridges`` are λF, one for all or ``(n_inputs,)``, each above 0.

    J is a quadratic: that is ½gᵀH⁻¹g of its gradient and Hessian, with the bias at its best, and what the bias is off
    adds half of its square. Unlike the duality gap, ‖g‖²/2λ at most, it has no unit of the inputs in it. H is not made:
    H = RᵀR of the rows and the penalty below each other, whose condition is the root of its.
    """
    n_rows, n_inputs = inputs.shape
    centred = np.asarray(centred_columns(inputs), np.float64)
    errors = targets - inputs @ weights - bias
    slope = ridges * weights - centred.T @ (errors - errors.mean()) / n_rows
    units = np.sqrt(np.mean(np.square(centred), axis=0) + ridges)
    stacked = np.vstack([centred / np.sqrt(n_rows), np.sqrt(ridges) * np.eye(n_inputs)]) / units
    _, factor = np.linalg.qr(stacked)
    return float(0.5 * np.sum(np.square(np.linalg.solve(factor.T, slope / units))) + 0.5 * errors.mean() ** 2)


def _bias(inputs: Float64s, targets: Float64s, weights: Float64s) -> float:
    mean = np.mean(targets.astype(np.longdouble))
    return float(mean - np.mean(inputs, axis=0, dtype=np.longdouble) @ weights)


def _easy_ridge(centred: Float64s, left: Float64s, ridges: Float64s) -> Float64s | None:
    """From the products of the rows, refined by the rows; None where that would cost digits.

    ``ridges`` ``(n_inputs,)`` are λF.
    """
    n_rows = len(left)
    gram = centred.T @ centred / n_rows + np.diag(ridges)
    units = np.sqrt(np.diag(gram))
    try:
        pivots = np.diag(np.linalg.cholesky(gram / np.outer(units, units)))
    except np.linalg.LinAlgError:
        return None
    if float(pivots.min(initial=1.0)) ** 2 < EASY_PIVOT:
        return None
    weights, last = np.zeros(len(gram)), np.inf
    for _ in range(MOST_REFINEMENTS):
        slope = (left - centred @ weights) @ centred / n_rows - ridges * weights
        step = np.linalg.solve(gram / np.outer(units, units), slope / units) / units
        size = float(np.abs(step * units).max(initial=0.0))
        if not size < 0.5 * last:
            break
        weights, last = weights + step, size
    return np.asarray(weights)


def centred_columns(columns: Float64s) -> Extended:
    """Less their means, in extended precision: what two columns differ by may be the last of their digits."""
    extended = columns.astype(np.longdouble)
    return np.asarray(extended - extended.mean(axis=0))


def _refined(precise: Extended, aim: Extended) -> tuple[Float64s, int, Float64s]:
    """The shortest solution, the rank, and rows ``(rank, n_columns)`` that span the rows of ``precise``."""
    matrix = np.asarray(precise, np.float64)
    n_columns = matrix.shape[1]
    if not matrix.size:
        return np.zeros(n_columns), 0, np.zeros((0, n_columns))
    left, right_factor = np.linalg.qr(matrix)
    turned, values, rows = np.linalg.svd(right_factor, full_matrices=False)
    left = left @ turned
    rank = int(np.count_nonzero(values > max(matrix.shape) * np.finfo(np.float64).eps * values[0])) if values[0] else 0
    left, values, rows = left[:, :rank], values[:rank], rows[:rank]
    solution = np.zeros(n_columns, dtype=np.longdouble)
    errors = aim.copy()
    last = np.inf
    for _ in range(MOST_REFINEMENTS):
        # The augmented system r + Ax = b, Aᵀr = 0: both residuals are taken from the rows.
        above = np.asarray(aim - errors - precise @ solution, dtype=np.float64)
        below = np.asarray(-(errors @ precise), dtype=np.float64)
        along = left.T @ above
        turn = (rows @ below) / values
        step = rows.T @ ((along - turn) / values)
        size = float(np.abs(step).max(initial=0.0))
        if not size < 0.5 * last:
            break
        solution = solution + step
        errors = errors + (above - left @ (along - turn))
        last = size
        if size <= 1e-18 * float(np.abs(solution).max(initial=0.0)):
            break
    return np.asarray(solution, dtype=np.float64), rank, rows


def _solution(kernel: Float64s, right: Float64s) -> Float64s:
    try:
        return np.asarray(np.linalg.solve(kernel, right))
    except np.linalg.LinAlgError:
        return np.full(len(right), np.nan)


def _shortest(columns: Extended, fitted: Extended, rank: int) -> Float64s | None:
    """The shortest w with ``columns`` w = ``fitted``; None where units are so far apart that ``rank`` is not seen."""
    left, values, rows = np.linalg.svd(np.asarray(columns, np.float64), full_matrices=False)
    if rank == 0 or not values[rank - 1] > MOST_SHORTENED * values[0]:
        return None
    left, values, rows = left[:, :rank], values[:rank], rows[:rank]
    found, last = np.zeros(columns.shape[1], dtype=np.longdouble), np.inf
    for _ in range(2 * MOST_REFINEMENTS):
        step = rows.T @ ((left.T @ np.asarray(fitted - columns @ found, np.float64)) / values)
        size = float(np.abs(step).max(initial=0.0))
        if not size < 0.5 * last:
            break
        found, last = found + step, size
    return np.asarray(found, np.float64)


def wide_ridge_dual(columns: Extended, left: Extended, lam: float, is_last_resort: bool = False) -> Extended | None:
    """``a`` of (XXᵀ + nλ) a = y, of which w = Xᵀa is the ridge: in as many unknowns as there are rows.

    ``columns`` ``(n_rows, n_inputs)`` and ``left`` ``(n_rows,)`` are centred. Refined with residuals in extended
    precision; None where units are so far apart that this leaves it short of the digits of float64, unless it
    ``is_last_resort``.
    """
    plain = np.asarray(columns, np.float64)
    ridge = len(left) * np.longdouble(lam)
    kernel = plain @ plain.T + float(ridge) * np.eye(len(left))
    # Centred columns say nothing of a constant, which must not make a kernel of next to no ridge singular.
    kernel += float(np.trace(kernel)) / len(left) ** 2
    dual, last = np.zeros(len(left), dtype=np.longdouble), np.inf
    for _ in range(2 * MOST_REFINEMENTS):
        residual = left - columns @ (dual @ columns) - ridge * dual
        step = _solution(kernel, np.asarray(residual, np.float64))
        step -= step.mean()
        size = float(np.abs(step).max(initial=0.0))
        if not size < 0.5 * last:
            break
        dual, last = np.asarray(dual + step), size
    if is_last_resort:
        return dual
    weights = np.abs(np.asarray(dual @ columns, np.float64))
    noise = np.abs(plain).T @ (np.abs(plain) @ weights + np.abs(np.asarray(left, np.float64)))
    left_over = np.abs(np.asarray(residual @ columns, np.float64))
    return dual if (left_over <= ENOUGH_DIGITS * noise.max(initial=0.0)).all() else None
