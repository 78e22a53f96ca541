"""Least squares with coefficients that may not be negative, and the shortest point that keeps some bounds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Float64s

ROUNDED = 1e-9


def non_negative_least_squares(
    matrix: Float64s,
    right: Float64s,
    tolerance: float,
    enough: float = 0.0,
    check: Callable[[], None] = lambda: None,
) -> Float64s | None:
    """argmin over u ≥ 0 of ‖``right`` − ``matrix`` u‖, by an active set (Lawson & Hanson 1974, ch. 23).

    ``matrix`` ``(n_rows, n_columns)`` with columns of about one length. It ends where no column has more than
    ``tolerance`` times the length of the residual to gain, or where the residual is at most ``enough``; None where
    rounding keeps it from ending. ``check`` is called before every step and may raise.
    """
    n_columns = matrix.shape[1]
    solution = np.zeros(n_columns)
    passive = np.zeros(n_columns, dtype=bool)
    residual = right.copy()
    for _ in range(3 * n_columns + 10 * matrix.shape[0] + 50):
        check()
        size = float(np.linalg.norm(residual))
        if size <= enough:
            return solution
        gains = matrix.T @ residual
        gains[passive] = -np.inf
        best = int(gains.argmax()) if n_columns else -1
        if best < 0 or gains[best] <= tolerance * size:
            return solution
        passive[best] = True
        if not _settle(matrix, right, solution, passive):
            return None
        residual = right - matrix[:, passive] @ solution[passive]
    return None


def _settle(matrix: Float64s, right: Float64s, solution: Float64s, passive: NDArray[np.bool_]) -> bool:
    """``solution`` to its minimum among the ``passive``, which lose those that would become negative."""
    for _ in range(len(solution) + 1):
        numbers = np.flatnonzero(passive)
        if not len(numbers):
            return True
        wanted = np.linalg.lstsq(matrix[:, numbers], right, rcond=1e-13)[0]
        falling = wanted <= 0.0
        if not falling.any():
            solution[:] = 0.0
            solution[numbers] = wanted
            return True
        own = solution[numbers]
        reach = np.where(falling, own / np.where(falling, np.maximum(own - wanted, 1e-300), 1.0), np.inf)
        share = min(float(reach.min()), 1.0)
        own = own + share * (wanted - own)
        own[falling & (reach <= share)] = 0.0
        own = np.maximum(own, 0.0)
        solution[numbers] = own
        passive[numbers[own == 0.0]] = False
    return False


def shortest_within(matrix: Float64s, bounds: Float64s) -> Float64s | None:
    """The z of the least ‖z‖₂ with ``matrix`` z ≥ ``bounds`` ``(n_bounds,)``; None where none is found.

    Least distance programming by non-negative least squares (Lawson & Hanson 1974, ch. 23, algorithm LDP).
    """
    scale = max(float(np.abs(bounds).max(initial=0.0)), 1e-300)
    system = np.vstack([matrix.T, bounds / scale])
    right = np.append(np.zeros(matrix.shape[1]), 1.0)
    found = non_negative_least_squares(system, right, 1e-14)
    if found is None:
        return None
    left = system @ found - right
    return -left[:-1] / left[-1] * scale if left[-1] < -1e-12 else None
