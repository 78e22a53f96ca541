"""The optimum of a linear model at one λ, with its certificate: what ``fit`` gives, and what other solvers end with."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.linear.certificate import SOLVED_GAP, certificate_of
from regdesk.core.linear.duality import duality_gap
from regdesk.core.linear.least_squares import least_squares
from regdesk.core.linear.newton_path import NewtonPath
from regdesk.core.linear.proximal_gradient import (
    GradientSolution,
    least_lambda_without_weights,
    linear_gradient,
    proximal_gradient,
)
from regdesk.core.linear.refined_squares import refined_squares
from regdesk.core.linear.separation import Separation, separation_of
from regdesk.core.linear.uniqueness import shortest_optimum
from regdesk.core.model.column_figures import means_and_deviations
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import Loss
from regdesk.core.model.penalty import Penalty
from regdesk.core.model.shortfalls import LinearShortfall, NotReached, Separated
from regdesk.core.stopping import Stop
from regdesk.core.types import LINEAR_TOLERANCE, Booleans, Float64s

AIM = 1e-12
"""Gap, as a share of J, that is aimed at: the residual is then next to what rounding leaves."""
GOAL = 1e-3
"""Share of the residual asked for at which Newton's method ends: one more round of it is cheap."""
A_STEP = 0.1
"""Log-loss and softmax with zeros come down to a λ by factors of this, each from the solution before."""
MOST_NEWTON_WEIGHTS = 3000
"""Beyond them a Hessian takes many seconds; accelerated gradients go as far as they go."""
MOST_EASY_WEIGHTS, EASY_STEPS = 600, 100
"""Where columns are far from depending on each other so many accelerated gradient steps are all that is needed."""
CLOSE = 0.1
"""Residual, as a share of λ, from which Newton's method needs no way down."""
STANDARD = 1e-6
"""Of a mean and of a deviation: columns this close to 0 and 1 have been standardised, or need not be."""


@dataclass(frozen=True)
class LinearSolution:
    """``weights`` ``(n_inputs, n_outputs)`` and ``biases`` ``(n_outputs,)`` on the scale of the inputs given.

    Attributes:
        gap: the most that J can be above its minimum; infinite without a penalty.
        converged: there is a minimum and this is it; ``shortfall`` says why not, None where it is.
        is_unique: no other parameters do as well; else these have the least ‖W‖₂. None where there is no minimum.
    """

    weights: Float64s
    biases: Float64s
    objective: float
    gap: float
    kkt_residual: float
    n_iterations: int
    converged: bool
    is_unique: bool | None
    shortfall: LinearShortfall | None
    separation: Separation | None = None


def solve_linear(
    inputs: Float64s,
    targets: Float64s,
    loss: Loss,
    penalty: Penalty,
    n_outputs: int = 1,
    tolerance: float = LINEAR_TOLERANCE,
    max_iterations: int = 20_000,
    *,
    stop: Stop | None = None,
    names: tuple[str, ...] = (),
) -> LinearSolution:
    """Minimise mean loss + λ·R(W) over ``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``.

    ``n_outputs`` is more than 1 for softmax alone; ``names`` ``(n_inputs,)`` are kept in what ``shortfall`` says.
    Converged is a kkt residual of at most ``tolerance``, or of what rounding leaves of it, and a duality gap of at most
    1e-8 of J. ``max_iterations`` are rounds of Newton's method, or steps where there are too many weights for it.
    Raises Stopped soon after ``stop`` says so.
    """
    stop = stop or Stop()
    penalty = penalty.simplest
    weights, biases, n_iterations, is_unique = _solved(
        inputs, targets, loss, penalty, n_outputs, tolerance, max_iterations, stop
    )
    separation = _separation(inputs, targets, loss, penalty, weights, biases, stop)
    if is_unique is None:
        weights, biases, is_unique = (
            (weights, biases, None)
            if separation is not None
            else shortest_optimum(inputs, targets, loss, penalty, weights, biases)
        )
    rows = (inputs, targets, loss, penalty)
    found = certificate_of(*rows, weights, biases, tolerance)
    if (
        not found.is_solved
        and loss.kind == "squared"
        and penalty.lam > 0.0
        and penalty.is_separable
        and penalty.is_even
    ):
        refined = refined_squares(inputs, targets, penalty, weights[:, 0], stop.check)
        if refined is not None and not refined.gap > found.gap:
            weights, biases = refined.weights[:, np.newaxis], np.array([refined.bias])
            found = certificate_of(*rows, weights, biases, tolerance, refined.gap)
    objective, gap, residual = found.objective, found.gap, found.kkt_residual
    shortfall: LinearShortfall | None = None
    if separation is not None:
        shortfall = replace(separated(separation, inputs, names), is_never_penalised=penalty.lam > 0.0)
    elif not found.is_solved:
        open_to_it = not_standardized(inputs, targets, loss)
        shortfall = NotReached(n_iterations, residual, gap, objective, open_to_it)
    return LinearSolution(
        weights, biases, objective, gap, residual, n_iterations, shortfall is None, is_unique, shortfall, separation
    )


def separated(found: Separation, inputs: Float64s, names: tuple[str, ...]) -> Separated:
    """What ``found`` says of ``inputs`` ``(n_rows, n_inputs)``, whose ``names`` may be left out."""
    n_rows, n_inputs = inputs.shape
    return Separated(found.inputs, found.is_complete, n_rows, n_inputs, names)


def not_standardized(inputs: Float64s, targets: Float64s, loss: Loss) -> tuple[str, ...]:
    """What can still be standardised, of "inputs" and "target"; classes cannot."""
    named = {"inputs": inputs} | ({"target": targets[:, np.newaxis]} if loss.kind == "squared" else {})
    return tuple(name for name, columns in named.items() if not _are_standardized(columns, loss.row_weights))


def _are_standardized(columns: Float64s, weights: Float64s | None) -> bool:
    """Whether every one of ``columns`` ``(n_rows, n_columns)`` has mean 0 and deviation 1, or does not vary."""
    means, deviations = means_and_deviations(columns, weights)
    is_constant = (columns == columns[:1]).all(axis=0)
    is_standard = (np.abs(means) <= STANDARD) & (np.abs(deviations - 1.0) <= STANDARD)
    return bool((is_constant | is_standard).all())


def _separation(
    inputs: Float64s, targets: Float64s, loss: Loss, penalty: Penalty, weights: Float64s, biases: Float64s, stop: Stop
) -> Separation | None:
    """Why there is no minimum: along what is not penalised the loss of classes may fall for ever, whatever λ is."""
    if loss.kind == "squared":
        return None
    if penalty.lam == 0.0:
        return separation_without_penalty(inputs, targets, loss, weights, biases, stop)
    free = never_penalised(penalty, *weights.shape)
    if not free.any():
        return None
    found = separation_of(inputs[:, free], targets, weights.shape[1], stop.check)
    return None if found is None else found.of_columns(np.flatnonzero(free), len(free))


def never_penalised(penalty: Penalty, n_inputs: int, n_outputs: int) -> Booleans:
    """Which inputs have a penalty factor of 0, ``(n_inputs,)``."""
    return penalty.is_free(n_inputs * n_outputs)[::n_outputs]


def _solved(
    inputs: Float64s,
    targets: Float64s,
    loss: Loss,
    penalty: Penalty,
    n_outputs: int,
    tolerance: float,
    max_iterations: int,
    stop: Stop,
) -> tuple[Float64s, Float64s, int, bool | None]:
    """Weights, biases, rounds, and whether they are unique if that is known."""
    if penalty.is_smooth and penalty.is_even and loss.kind == "squared":
        exact = least_squares(inputs, targets, penalty.lam)
        return exact.weights[:, np.newaxis], np.array([exact.bias]), 1, exact.is_unique
    if penalty.is_smooth and penalty.is_even and inputs.shape[1] > inputs.shape[0]:
        # ‖W‖₂ is least, or must be, in the space of the rows: as many inputs as there are rows say all.
        means, left, rows = row_space(inputs)
        weights, biases, n_rounds, _ = _solved(left, targets, loss, penalty, n_outputs, tolerance, max_iterations, stop)
        full = rows.T @ weights
        return full, biases - means @ full, n_rounds, None
    if penalty.is_smooth and inputs.shape[1] * n_outputs > MOST_NEWTON_WEIGHTS:
        found = proximal_gradient(inputs, targets, loss, penalty, n_outputs, tolerance, max_iterations)
        return found.weights, found.biases, found.n_iterations, None
    path = NewtonPath(inputs, targets, loss, penalty, n_outputs, stop, is_compiled=False)
    path.most_rounds, path.residual_goal = max_iterations, GOAL * tolerance
    lambdas = np.array([penalty.lam])
    first = None
    if inputs.shape[1] * n_outputs <= MOST_EASY_WEIGHTS and inputs.shape[1] <= inputs.shape[0]:
        first = proximal_gradient(inputs, targets, loss, penalty, n_outputs, tolerance, min(EASY_STEPS, max_iterations))
        if first.converged and _is_certified(inputs, targets, loss, penalty, first):
            return first.weights, first.biases, first.n_iterations, None
        path.n_rounds = first.n_iterations
    if loss.kind == "squared" and penalty.is_separable and penalty.is_even and max_iterations > 1:
        start = np.zeros(inputs.shape[1]) if first is None else first.weights[:, 0]
        refined = refined_squares(inputs, targets, penalty, start, stop.check, max_iterations)
        if refined is not None and refined.gap <= SOLVED_GAP * refined.objective:
            return refined.weights[:, np.newaxis], np.array([refined.bias]), path.n_rounds + refined.n_rounds, None
    if first is not None and first.kkt_residual <= CLOSE * penalty.lam:
        path.begin_at(first.weights, first.biases)
    elif loss.kind != "squared" and not penalty.is_smooth:
        lambdas = _way_down(inputs, targets, loss, penalty, n_outputs)
    model = list(path.solve(lambdas, AIM))[-1]
    return model.weights, model.biases, path.n_rounds, None


def row_space(inputs: Float64s) -> tuple[Float64s, Float64s, Float64s]:
    """Means ``(n_inputs,)``, coordinates ``(n_rows, rank)`` and orthonormal rows ``(rank, n_inputs)`` of the rows."""
    means = inputs.mean(axis=0)
    left, values, rows = np.linalg.svd(inputs - means, full_matrices=False)
    rank = int(np.count_nonzero(values > max(inputs.shape) * np.finfo(np.float64).eps * values.max(initial=0.0)))
    return means, left[:, :rank] * values[:rank], rows[:rank]


def _is_certified(inputs: Float64s, targets: Float64s, loss: Loss, penalty: Penalty, found: GradientSolution) -> bool:
    if penalty.lam == 0.0:
        return False
    losses = loss.values(inputs @ found.weights + found.biases, targets)
    objective = float(losses.mean()) + penalty.lam * penalty.value(found.weights.ravel())
    return duality_gap(inputs, targets, loss, penalty, found.weights, found.biases) <= 0.1 * SOLVED_GAP * objective


def _way_down(inputs: Float64s, targets: Float64s, loss: Loss, penalty: Penalty, n_outputs: int) -> Float64s:
    # Of what is penalised alone: where the way begins, not where a solution is.
    top = least_lambda_without_weights(inputs, targets, loss, penalty, n_outputs)
    if not np.isfinite(top) or penalty.lam >= top:
        return np.array([penalty.lam])
    n_steps = int(np.ceil(np.log(penalty.lam / top) / np.log(A_STEP)))
    return np.append(top * A_STEP ** np.arange(1, n_steps), penalty.lam)


def separated_by(dataset: Dataset) -> Separated | None:
    """Why the training rows of ``dataset``, of classes, have no best linear model without a penalty; None if one."""
    rows = dataset.split.train
    inputs, targets = dataset.standardized_inputs(rows), dataset.standardized_targets(rows)
    found = separation_of(inputs, targets, dataset.n_outputs)
    return None if found is None else separated(found, inputs, dataset.input_names)


def separation_without_penalty(
    inputs: Float64s, targets: Float64s, loss: Loss, weights: Float64s, biases: Float64s, stop: Stop | None = None
) -> Separation | None:
    """Why there is no minimum without a penalty, or None where there is one; ``weights`` are where a solver ended."""
    if overlaps(inputs, targets, loss, weights, biases):
        return None
    check = (stop or Stop()).check
    return separation_of(inputs, targets, weights.shape[1], check, np.vstack([weights, biases]))


def overlaps(inputs: Float64s, targets: Float64s, loss: Loss, weights: Float64s, biases: Float64s) -> bool:
    """Whether the model at hand proves that the classes cannot be told apart.

    The derivatives by the outputs are positive numbers with which the system of ``separation.py`` adds up to the
    gradient. Where a change smaller than each of them makes that 0, Stiemke's lemma has no direction left.
    """
    outputs = inputs @ weights + biases
    slopes = loss.derivatives(outputs, targets)
    labels, n_outputs = targets.astype(np.int64), weights.shape[1]
    by_weight, by_bias = linear_gradient(inputs, targets, loss, weights, biases)
    gradient = np.vstack([by_weight, by_bias]) * len(targets)
    rows = np.column_stack([inputs, np.ones(len(targets))])
    units = np.sqrt(np.mean(np.square(rows), axis=0))
    scaled = rows / np.where(units > 0.0, units, 1.0)
    wanted = gradient / np.where(units > 0.0, units, 1.0)[:, np.newaxis]
    # The least change of the derivatives that takes the gradient away.
    change = np.linalg.lstsq(scaled.T, wanted, rcond=1e-12)[0]
    if np.abs(scaled.T @ change - wanted).max(initial=0.0) > 1e-12 * len(targets):
        return False
    if n_outputs == 1:
        return bool((2.0 * np.abs(change) < np.abs(slopes)).all())
    # A change of a row's outputs by class adds up to 0 over the classes as the gradient does; what a class gets
    # from a row of another is to stay positive.
    numbers = np.arange(len(labels))
    others, moved = slopes.copy(), np.abs(change - change.mean(axis=1, keepdims=True))
    others[numbers, labels], moved[numbers, labels] = np.inf, 0.0
    return bool((2.0 * moved < others).all())
