"""What the compiled exact paths are handed: one penalty on single weights, squared error, λ descending."""

from __future__ import annotations

from typing import Any, NamedTuple

ROUNDED_ZERO = 1e-13
"""Of the target's deviation, or of the largest effect of an input: a weight with less is a zero that was rounded."""


class GramProblem(NamedTuple):
    """Squared error by its sums: ``gram`` ``(n_inputs, n_inputs)`` = XᵀX/n, ``products`` ``(n_inputs,)`` = Xᵀy/n.

    ``square`` is ‖y‖²/n.
    """

    gram: Any
    products: Any
    square: float


class RowProblem(NamedTuple):
    """Squared error by its rows: ``columns`` ``(n_inputs, n_rows)`` are X transposed, ``targets`` ``(n_rows,)`` are y.

    ``curvatures`` ``(n_inputs,)`` are the columns' mean squares, ``products`` ``(n_inputs,)`` = Xᵀy/n.
    """

    columns: Any
    curvatures: Any
    products: Any
    targets: Any


class WideProblem(NamedTuple):
    """As ``RowProblem``, with ``deviations`` ``(n_inputs,)``, the roots of the columns' mean squares.

    ``square`` is ‖y‖²/n.
    """

    columns: Any
    deviations: Any
    products: Any
    targets: Any
    square: float


class PathPlan(NamedTuple):
    """The penalties, ``l1s`` and ``l2s`` ``(n_lambdas,)``, and when each is solved.

    That is when the gap is at most ``tolerance`` times the objective; after ``most_sweeps`` it is given up. ``stop``
    ``(1,)`` is a flag: once another thread has set it a path ends soon, with numbers that mean nothing.
    """

    l1s: Any
    l2s: Any
    tolerance: float
    most_sweeps: int
    stop: Any


class Strengths(NamedTuple):
    """λ₁ and λ₂ at one point of a path."""

    l1: float
    l2: float


class PathState(NamedTuple):
    """The solution that a path has come to, and the one before it: weights and Xᵀr/n, ``(n_inputs,)`` each."""

    weights: Any
    minus_gradient: Any
    last_weights: Any
    last_minus_gradient: Any


class RowState(NamedTuple):
    """The solution that a path by rows has come to: ``weights``, Xᵀr/n ``(n_inputs,)`` and the ``residual`` r."""

    weights: Any
    minus_gradient: Any
    residual: Any


class ActiveSet(NamedTuple):
    """The inputs whose weights are not zero, with a Cholesky factor UᵀU of their Gram matrix.

    ``factor`` ``(n_inputs, n_inputs)`` is U; ``along`` ``(2, n_inputs)`` solves Uᵀz = right for the products and for
    the signs; ``order`` and ``signs`` ``(n_inputs,)`` say whose rows these are. ``counts`` ``(3,)`` are the inputs in
    the factor, −1 for none, the failures so far, and the number of the first λ at which a solution was not good enough,
    −1 for none.
    """

    factor: Any
    along: Any
    order: Any
    signs: Any
    counts: Any


class InputLists(NamedTuple):
    """Scratch ``(n_inputs,)``: the inputs that strong rules leave, and those of them whose weights are not zero."""

    strong: Any
    active: Any


class PathSolutions(NamedTuple):
    """What a path finds: ``weights`` ``(n_lambdas, n_inputs)``, objectives and duality gaps ``(n_lambdas,)``."""

    weights: Any
    objectives: Any
    gaps: Any


class Pulls(NamedTuple):
    """Xᵀr/n of a path by rows, of most inputs as it was for an earlier residual r.

    ``values`` ``(n_inputs,)``, each for the residual whose number is in ``stamps``; those residuals are ``residuals``
    ``(n_slots, n_rows)``, their squared lengths ``squares``.
    """

    values: Any
    stamps: Any
    residuals: Any
    squares: Any


class WideState(NamedTuple):
    """Where a path by rows and active sets has come to.

    ``weights`` ``(n_inputs,)`` are its solution at ``reached`` ``(1,)``, the λ₁; ``residual`` ``(n_rows,)`` is r.
    ``is_active`` ``(n_inputs,)`` says which inputs are in the factor. ``counts`` ``(5,)``: inputs in the factor, or −1
    where it is to be made anew; residuals that are kept; and for the curious: rounds, inputs that were added, pulls
    that were made anew.
    """

    weights: Any
    reached: Any
    residual: Any
    is_active: Any
    counts: Any


class CertifiedSolutions(NamedTuple):
    """As ``PathSolutions``, with the KKT residuals and the losses ½‖r‖²/n ``(n_lambdas,)``."""

    weights: Any
    objectives: Any
    gaps: Any
    kkt_residuals: Any
    losses: Any
