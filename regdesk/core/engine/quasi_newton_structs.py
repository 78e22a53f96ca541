"""What the quasi-Newton method is handed, and what it keeps: named tuples, and the codes of penalties."""

from __future__ import annotations

from typing import Any, NamedTuple

SMOOTH, SINGLE, GROUPED = 0, 1, 2
"""Where a penalty has corners: nowhere (L2 or none), at each weight's 0 (L1), at each group's (group lasso)."""


class NetworkRows(NamedTuple):
    """The rows of one model: its ``layout``, a ``problem`` of several models, and the number of the ``model`` in it.

    ``work`` is the scratch of a pass, whose dtype a pass has.
    """

    layout: Any
    problem: Any
    model: int
    work: Any


class CornerPenalty(NamedTuple):
    """½ Σ ridge w² + strength·(L1 or group norms, as ``kind`` says); ``ridges`` ``(n_parameters,)``."""

    ridges: Any
    kind: int
    strength: float


class SolveLimits(NamedTuple):
    """When the method ends.

    ``tolerance`` is for the ∞-norm of the smallest subgradient. J may also fall by at most ``fall``·|J| in ``window``
    passes over the rows, or passes reach ``max_passes``. J never rises by more than ``rounding``·|J|, which is what a
    pass is uncertain by.
    """

    tolerance: float
    fall: float
    window: int
    max_passes: int
    rounding: float


class Point(NamedTuple):
    """Parameters, the gradient of the smooth part of J at them, and its smallest subgradient; ``(n_parameters,)``."""

    parameters: Any
    gradient: Any
    slopes: Any


class Memory(NamedTuple):
    """The newest curvature pairs: steps, and how the gradient changed along each, ``(n_places, n_parameters)``.

    ``products`` ``(n_places, 2)`` holds step·change and change·change of each pair; the others
    ``(n_places,)`` are scratch.
    """

    steps: Any
    changes: Any
    products: Any
    coefficients: Any
    inverses: Any
