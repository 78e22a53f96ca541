"""The path of a linear model: its λ, and solves along them, each of which ends in a ``LinearSolution``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from regdesk.core.linear.certificate import (
    ROW_SHARE,
    SOLVED_GAP,
    certificate_of,
    certificates_along,
    rounding_of_squares,
)
from regdesk.core.linear.class_paths import ClassPath, is_for_class_paths
from regdesk.core.linear.least_squares import least_squares
from regdesk.core.linear.newton_path import FREE_RESIDUAL, NewtonPath
from regdesk.core.linear.no_minimum import never_penalised
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.proximal_gradient import least_lambda_without_weights
from regdesk.core.linear.row_paths import CentredRows, row_path
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.linear.solve import free_fit, row_space, solve
from regdesk.core.linear.squared_path import GramStatistics, Solutions, squared_path
from regdesk.core.model.penalty import Penalty
from regdesk.core.model.shortfalls import NothingPressed
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s
from regdesk.core.units import Crew

GAP_TOLERANCE = 1e-9
"""Largest duality gap, as a share of J, at which a point is left; what counts as solved is ten times that."""
FREE_TOLERANCE = 1e-12
"""With inputs that are never penalised: along these J is so flat that at 1e-9 their weights are off by 1e-4."""
MOST_GRAM_INPUTS = 4000
"""A Gram matrix of more inputs takes 128 MB and more."""
MOST_GROUPED_INPUTS = 1000
RIDGE_TOP = 10.0
"""L2 has no λ at which all weights are zero; its grid begins at ten times the lasso's."""


def lambda_max(problem: LinearProblem) -> float:
    """The least λ at which all weights of ``problem`` are zero that are penalised, all else at its best.

    It is infinite for L2, and NaN where the inputs that are never penalised have no best model.
    """
    inputs, targets, loss, penalty = problem.inputs, problem.targets, problem.loss, problem.penalty
    free = never_penalised(penalty, inputs.shape[1], problem.n_outputs)
    if not free.any():
        return least_lambda_without_weights(inputs, targets, loss, penalty, problem.n_outputs)
    if nothing_pressed(problem) is NothingPressed.FREE_FIT:
        return 0.0
    alone = free_fit(problem, penalty)
    return np.nan if alone is None else alone.lambda_max


def nothing_pressed(problem: LinearProblem) -> NothingPressed | None:
    """Why the model is the same at every λ above 0, where penalty factors of 0 make it so; None elsewhere."""
    free = never_penalised(problem.penalty, problem.inputs.shape[1], problem.n_outputs)
    if not free.any():
        return None
    if free.all():
        return NothingPressed.ALL_FREE
    if problem.loss.kind != "squared":
        return None
    alone = least_squares(problem.inputs[:, free], problem.targets)
    rows = (problem.inputs[:, free], problem.targets, alone.weights[:, np.newaxis], np.array([alone.bias]))
    left = float(problem.loss.values(rows[0] @ rows[2] + rows[3], problem.targets).mean())
    return NothingPressed.FREE_FIT if left <= rounding_of_squares(*rows) else None


def lambda_grid(problem: LinearProblem, n_lambdas: int) -> Float64s:
    """Descending and geometric, from λ_max to 1e-4 of it, 1e-2 where inputs outnumber rows, as these count."""
    top = lambda_max(problem)
    if np.isnan(top):
        # Nothing has a best model here, which every λ is to say for itself.
        top = least_lambda_without_weights(
            problem.inputs, problem.targets, problem.loss, problem.penalty.as_lasso, problem.n_outputs
        )
    if not np.isfinite(top):
        top = RIDGE_TOP * lambda_max(replace(problem, penalty=problem.penalty.as_lasso))
    # Inputs or targets that do not vary give 0, where every λ has the same solution.
    top = top if top > 0 else 1.0
    is_wide = problem.inputs.shape[1] > problem.n_counted
    return np.geomspace(top, top * (1e-2 if is_wide else 1e-4), n_lambdas)


def solve_path(
    problem: LinearProblem,
    lambdas: Float64s,
    stop: Stop | None = None,
    tolerance: float = GAP_TOLERANCE,
    crew: Crew | None = None,
) -> Iterator[LinearSolution]:
    """The solution at each of the descending ``lambdas``, one by one: between two of them is a place to stop.

    ``tolerance`` is the largest duality gap, as a share of J, at which a point is left. Converged is a point whose gap
    is at most 1e-8 of J all the same: with a looser tolerance some are not, and their ``gap`` says how close they are.
    A ``crew`` in this process shares what is summed over very many rows, with the same numbers; it must not be waiting
    for this path itself. Raises Stopped soon after ``stop`` says so, which may be within one λ.
    """
    # With some λ, as without any it would be none.
    problem = replace(problem, penalty=replace(problem.penalty, lam=1.0).simplest)
    if problem.loss.kind == "squared" and problem.penalty.is_even and not _needs_working_sets(problem):
        yield from _squared(problem, lambdas, stop, tolerance, crew)
        return
    if len(lambdas) and lambdas.min() > 0.0 and is_for_class_paths(problem):
        for found in _of_classes(problem, np.asarray(lambdas, dtype=np.float64), tolerance, stop):
            yield _mended(problem, found, stop, tolerance)
        return
    path = NewtonPath(problem.inputs, problem.targets, problem.loss, problem.penalty, problem.n_outputs, stop)
    if _is_wide(problem):
        # Nothing but the rows' own space is used: as many inputs as there are rows say all.
        means, inputs, rows = row_space(problem.inputs)
        path = NewtonPath(inputs, problem.targets, problem.loss, problem.penalty, problem.n_outputs, stop)
    if problem.loss.kind == "squared" and problem.penalty.is_ridge:
        # J is quadratic: one step more is exact to rounding, whatever the tolerance.
        path.residual_goal = FREE_RESIDUAL
    has_free = bool(never_penalised(problem.penalty, problem.inputs.shape[1], problem.n_outputs).any())
    alone = free_fit(problem, problem.penalty, stop)
    # The same at every λ: a solve that proves it at each took five times as long as the path.
    has_minimum = not has_free or alone is not None
    for model in path.solve(lambdas, tolerance if not has_free else min(tolerance, FREE_TOLERANCE)):
        weights, biases = model.weights, model.biases
        if _is_wide(problem):
            weights = rows.T @ weights
            biases = biases - means @ weights
        found = _solution(problem, model.lam, weights, biases)
        if alone is not None and alone.is_best_at(model.lam):
            # A path ends within its tolerance, which may leave a weight of 1e-10 where the best is exactly 0.
            without = _solution(problem, model.lam, alone.weights, alone.biases)
            found = without if without.converged else found
        yield _mended(problem, found, stop, tolerance, has_minimum)


def _needs_working_sets(problem: LinearProblem) -> bool:
    """Groups of so many inputs that their products would fill the memory."""
    n_rows, n_inputs = problem.inputs.shape
    return not problem.penalty.is_separable and n_inputs > max(n_rows, MOST_GROUPED_INPUTS)


def _is_wide(problem: LinearProblem) -> bool:
    penalty, (n_rows, n_inputs) = problem.penalty, problem.inputs.shape
    return penalty.is_ridge and penalty.is_even and n_inputs > n_rows


def _of_classes(
    problem: LinearProblem, lambdas: Float64s, tolerance: float, stop: Stop | None
) -> Iterator[LinearSolution]:
    if not _is_wide(problem):
        yield from ClassPath(problem, lambdas, tolerance, stop).points()
        return
    # Nothing but the rows' own space is used: as many inputs as there are rows say all.
    means, inputs, rows = row_space(problem.inputs)
    for point in ClassPath(replace(problem, inputs=inputs), lambdas, tolerance, stop).points():
        weights = rows.T @ point.weights
        yield _solution(problem, point.lam, weights, point.biases - means @ weights)


def _squared(
    problem: LinearProblem, lambdas: Float64s, stop: Stop | None, tolerance: float, crew: Crew | None
) -> Iterator[LinearSolution]:
    penalty, inputs, targets = problem.penalty, problem.inputs, problem.targets
    n_rows, n_inputs = inputs.shape
    if penalty.is_separable and penalty.makes_zeros and n_inputs > min(n_rows, MOST_GRAM_INPUTS):
        rows = CentredRows.of(inputs, targets)
        for solution in row_path(rows, penalty, lambdas, tolerance, stop):
            for point in solutions_of(solution, rows.target_mean - solution.weights @ rows.means):
                yield _mended(problem, point, stop, tolerance)
        return
    if _is_wide(problem):
        means, coordinates, basis = row_space(inputs)
        for solution in squared_path(GramStatistics.of(coordinates, targets), penalty, lambdas, tolerance, stop):
            full = replace(solution, weights=solution.weights @ basis)
            for point in solutions_of(full, np.asarray(float(targets.mean()) - full.weights @ means)):
                found = _solution(problem, point.lam, point.weights, point.biases)
                yield _mended(problem, found, stop, tolerance)
        return
    moments = GramStatistics.of(inputs, targets, crew, stop)
    for points in solutions_of_moments(moments, penalty, lambdas, problem, stop, tolerance):
        yield from points


def solutions_of_moments(
    statistics: GramStatistics,
    penalty: Penalty,
    lambdas: Float64s,
    problem: LinearProblem,
    stop: Stop | None = None,
    tolerance: float = GAP_TOLERANCE,
) -> Iterator[list[LinearSolution]]:
    """The path of squared error from ``statistics``, as many λ at once as are found together.

    ``problem`` holds the rows, which the closest fits are judged by.
    """
    least = ROW_SHARE * statistics.square
    for solutions in squared_path(statistics, penalty, lambdas, tolerance, stop):
        points = list(solutions_of(solutions, statistics.biases(solutions.weights)))
        if (solutions.objectives >= least).all():
            yield points if _is_sound(solutions) else [_mended(problem, point, stop, tolerance) for point in points]
            continue
        # Of many rows each of these takes long: between two of them is a place to stop.
        for point in points:
            is_close = point.objective < least
            found = _solution(problem, point.lam, point.weights, point.biases) if is_close else point
            yield [_mended(problem, found, stop, tolerance)]


def _is_sound(solutions: Solutions) -> bool:
    return bool(solutions.lambdas[-1] > 0.0 and (solutions.gaps <= SOLVED_GAP * solutions.objectives).all())


def _mended(
    problem: LinearProblem, found: LinearSolution, stop: Stop | None, tolerance: float, has_minimum: bool = True
) -> LinearSolution:
    """``found``, or a better one where it is not as close as asked for, or has no penalty: then there may be none, or
    many.

    ``has_minimum``: there is a best model at every λ above 0.
    """
    is_close = found.converged or found.gap <= tolerance * found.objective
    if is_close and found.lam > 0.0 and has_minimum:
        return found
    better = solve(problem, replace(problem.penalty, lam=found.lam), stop=stop)
    if found.lam > 0.0 and not better.converged and better.has_optimum and not better.gap < found.gap:
        return replace(found, shortfall=better.shortfall)
    return better


def solutions_of(solutions: Solutions, biases: Float64s) -> Iterator[LinearSolution]:
    """One for each λ; ``biases`` ``(n_lambdas,)``."""
    return map(
        LinearSolution.made,
        solutions.lambdas.tolist(),
        solutions.weights[:, :, np.newaxis],
        biases[:, np.newaxis],
        certificates_along(solutions),
    )


def _solution(problem: LinearProblem, lam: float, weights: Float64s, biases: Float64s) -> LinearSolution:
    """With a certificate from the rows themselves."""
    certificate = certificate_of(problem, replace(problem.penalty, lam=lam), weights, biases)
    return LinearSolution(lam, weights, biases, certificate)
