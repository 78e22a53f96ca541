"""The one solve of a linear model at one λ: ``fit``, points of a path, Solve and the geometry all end in it.

It is what ``fit`` gives, numpy alone, to whatever the certificate asks for. A ``WarmStart`` tries first what compiled
code and earlier solves make faster; what it finds without a certificate is solved for here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.linear.certificate import SOLVED_GAP, certificate_of
from regdesk.core.linear.least_squares import MOST_SCALED_INPUTS, least_squares
from regdesk.core.linear.newton_path import NewtonPath
from regdesk.core.linear.no_minimum import never_penalised, separated, separation_under
from regdesk.core.linear.polish import polished
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.proximal_gradient import (
    GradientSolution,
    least_lambda_without_weights,
    proximal_gradient,
)
from regdesk.core.linear.refined_squares import refined_squares
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.linear.uniqueness import shortest_optimum
from regdesk.core.model.column_figures import means_and_deviations
from regdesk.core.model.elastic_net import ElasticNet
from regdesk.core.model.losses import Loss
from regdesk.core.model.penalty import Penalty
from regdesk.core.model.shortfalls import LinearShortfall, NotReached
from regdesk.core.stopping import Stop
from regdesk.core.types import LINEAR_TOLERANCE, Float64s

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
SAME_LAMBDA = 1e-12
"""Share of λ_max by which a λ below it counts as it: what is penalised would get weights of next to that size."""


@dataclass(frozen=True)
class FreeFit:
    """The best model of the inputs that are never penalised, with all other weights at exactly 0.

    ``weights`` ``(n_inputs, n_outputs)`` and ``biases`` ``(n_outputs,)``. From ``lambda_max`` on it is the best of all;
    it is infinite for L2.
    """

    weights: Float64s
    biases: Float64s
    lambda_max: float
    n_iterations: int

    def is_best_at(self, lam: float) -> bool:
        """Whether ``lam`` is λ_max, but for rounding, or above it."""
        return lam >= (1.0 - SAME_LAMBDA) * self.lambda_max


def free_fit(problem: LinearProblem, penalty: Penalty, stop: Stop | None = None) -> FreeFit | None:
    """To the digits that rounding leaves; None where ``penalty`` leaves nothing free, or there is no best such model.

    Raises Stopped soon after ``stop`` says so.
    """
    free = never_penalised(penalty, problem.inputs.shape[1], problem.n_outputs)
    if not free.any():
        return None
    nothing = ElasticNet(0.0, 0.0)
    within = replace(problem, inputs=problem.inputs[:, free], penalty=nothing, input_names=())
    alone = solve(within, nothing, stop=stop)
    if alone.separation is not None:
        return None
    found, biases = alone.weights, alone.biases
    if problem.loss.kind != "squared":
        # Newton's method ends some roundings short, by which λ_max would be too low and let weights of 1e-10 in.
        found, biases = polished(within, None, nothing, found, biases, stop)
    slopes = problem.loss.derivatives(within.inputs @ found + biases, problem.targets)
    top = penalty.null_lambda((problem.inputs.T @ slopes / len(problem.targets)).ravel())
    weights = np.zeros((problem.inputs.shape[1], problem.n_outputs))
    weights[free] = found
    return FreeFit(weights, biases, top, alone.n_iterations)


def solve(
    problem: LinearProblem,
    penalty: Penalty,
    *,
    tolerance: float = LINEAR_TOLERANCE,
    max_iterations: int = 20_000,
    stop: Stop | None = None,
) -> LinearSolution:
    """Minimise mean loss + λ·R(W) over the rows of ``problem``; ``penalty`` is on its weights, with the λ.

    Converged is a KKT residual of at most ``tolerance``, or of what rounding leaves of it, and a duality gap of at most
    1e-8 of J. ``max_iterations`` are rounds of Newton's method, or steps where there are too many weights for it.
    Raises Stopped soon after ``stop`` says so.
    """
    stop, penalty = stop or Stop(), penalty.simplest
    free = free_fit(problem, penalty, stop) if penalty.lam > 0.0 and penalty.makes_zeros else None
    if free is not None and free.is_best_at(penalty.lam):
        rows = (problem.inputs, problem.targets, problem.loss, penalty)
        weights, biases, is_unique = shortest_optimum(*rows, free.weights, free.biases)
        found = certificate_of(problem, penalty, weights, biases, tolerance)
        if found.is_solved:
            n_rounds = free.n_iterations
            return LinearSolution(penalty.lam, weights, biases, found, is_unique=is_unique, n_iterations=n_rounds)
    weights, biases, n_iterations, is_unique = _solved(problem, penalty, tolerance, max_iterations, stop)
    separation = separation_under(problem, penalty, weights, biases, stop)
    if is_unique is None and separation is None:
        weights, biases, is_unique = shortest_optimum(
            problem.inputs, problem.targets, problem.loss, penalty, weights, biases
        )
    found = certificate_of(problem, penalty, weights, biases, tolerance)
    if not found.is_solved and _can_be_refined(problem, penalty):
        refined = refined_squares(problem.inputs, problem.targets, penalty, weights[:, 0], stop.check)
        if refined is not None and not refined.gap > found.gap:
            weights, biases = refined.weights[:, np.newaxis], np.array([refined.bias])
            found = certificate_of(problem, penalty, weights, biases, tolerance, refined.gap)
    shortfall: LinearShortfall | None = None
    if separation is not None:
        found = found._replace(is_solved=False)
        why = separated(separation, problem.inputs, problem.input_names)
        shortfall = replace(why, is_never_penalised=penalty.lam > 0.0)
    elif not found.is_solved:
        open_to_it = not_standardized(problem.inputs, problem.targets, problem.loss)
        shortfall = NotReached(n_iterations, found.kkt_residual, found.gap, found.objective, open_to_it)
    return LinearSolution(penalty.lam, weights, biases, found, shortfall, separation, is_unique, n_iterations)


def _can_be_refined(problem: LinearProblem, penalty: Penalty) -> bool:
    return bool(problem.loss.kind == "squared" and penalty.lam > 0.0 and penalty.is_separable and penalty.is_even)


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


def _solved(
    problem: LinearProblem, penalty: Penalty, tolerance: float, max_iterations: int, stop: Stop
) -> tuple[Float64s, Float64s, int, bool | None]:
    """Weights, biases, rounds, and whether they are unique if that is known."""
    inputs, targets, loss, n_outputs = problem.inputs, problem.targets, problem.loss, problem.n_outputs
    if penalty.is_smooth and penalty.is_even and loss.kind == "squared":
        exact = least_squares(inputs, targets, penalty.lam)
        return exact.weights[:, np.newaxis], np.array([exact.bias]), 1, exact.is_unique
    if penalty.is_smooth and loss.kind == "squared" and inputs.shape[1] <= MOST_SCALED_INPUTS:
        # Under factors it is as quadratic; of more inputs a decomposition of rows and penalty takes many seconds.
        ridges = penalty.blocks(np.arange(inputs.shape[1])).ridges
        exact = least_squares(inputs, targets, 1.0, ridges)
        return exact.weights[:, np.newaxis], np.array([exact.bias]), 1, exact.is_unique
    if penalty.is_smooth and penalty.is_even and inputs.shape[1] > inputs.shape[0]:
        # ‖W‖₂ is least, or must be, in the space of the rows: as many inputs as there are rows say all.
        means, left, rows = row_space(inputs)
        within = replace(problem, inputs=left)
        weights, biases, n_rounds, _ = _solved(within, penalty, tolerance, max_iterations, stop)
        full = rows.T @ weights
        return full, biases - means @ full, n_rounds, None
    if penalty.is_smooth and inputs.shape[1] * n_outputs > MOST_NEWTON_WEIGHTS:
        found = proximal_gradient(inputs, targets, loss, penalty, n_outputs, tolerance, max_iterations, stop)
        return found.weights, found.biases, found.n_iterations, None
    path = NewtonPath(inputs, targets, loss, penalty, n_outputs, stop, is_compiled=False)
    path.most_rounds, path.residual_goal = max_iterations, GOAL * tolerance
    lambdas = np.array([penalty.lam])
    first = None
    if inputs.shape[1] * n_outputs <= MOST_EASY_WEIGHTS and inputs.shape[1] <= inputs.shape[0]:
        n_steps = min(EASY_STEPS, max_iterations)
        first = proximal_gradient(inputs, targets, loss, penalty, n_outputs, tolerance, n_steps, stop)
        if first.converged and _is_certified(problem, penalty, first):
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
        lambdas = way_down(_top(problem, penalty), penalty.lam, A_STEP)
    model = list(path.solve(lambdas, AIM))[-1]
    return model.weights, model.biases, path.n_rounds, None


def row_space(inputs: Float64s) -> tuple[Float64s, Float64s, Float64s]:
    """Means ``(n_inputs,)``, coordinates ``(n_rows, rank)`` and orthonormal rows ``(rank, n_inputs)`` of the rows."""
    means = inputs.mean(axis=0)
    left, values, rows = np.linalg.svd(inputs - means, full_matrices=False)
    rank = int(np.count_nonzero(values > max(inputs.shape) * np.finfo(np.float64).eps * values.max(initial=0.0)))
    return means, left[:, :rank] * values[:rank], rows[:rank]


def _is_certified(problem: LinearProblem, penalty: Penalty, found: GradientSolution) -> bool:
    """With a tenth of the gap that counts as solved: more is one round of Newton's method away."""
    if penalty.lam == 0.0:
        return False
    return certificate_of(problem, penalty, found.weights, found.biases).optimal_to <= 0.1 * SOLVED_GAP


def _top(problem: LinearProblem, penalty: Penalty) -> float:
    """Where the way down begins, not where a solution is: the λ_max of what is penalised alone."""
    return least_lambda_without_weights(problem.inputs, problem.targets, problem.loss, penalty, problem.n_outputs)


def way_down(top: float, lam: float, share: float) -> Float64s:
    """Descending λ from below ``top`` to ``lam`` by factors of ``share``, each a good start for the next.

    ``lam`` alone where it is 0, or not below ``top``, or where ``top`` is infinite.
    """
    if not np.isfinite(top) or not 0.0 < lam < top:
        return np.array([lam])
    n_steps = int(np.ceil(np.log(lam / top) / np.log(share)))
    return np.append(top * share ** np.arange(1, n_steps), lam)
